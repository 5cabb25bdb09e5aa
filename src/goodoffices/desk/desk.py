"""The desk: what one can ask and do, the same verbs for pages, commands and tests.

Invariant: only here is the ledger opened, and each answer is given under two questions, as of when and as known when,
to a reader of a given clearance.
"""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from statistics import median
from typing import Any, Final

from goodoffices.briefs.ahead import next_dates
from goodoffices.briefs.compose import Brief, compose
from goodoffices.briefs.reading import case_fact, day_zero, gaps, key_days, seizure, told
from goodoffices.briefs.status_line import status_line
from goodoffices.briefs.timeline import timeline
from goodoffices.casebook.factform import FactForm, read_source
from goodoffices.casebook.files import CASES, STATES, own_fact
from goodoffices.core.days import read_day
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import CASE_ID, Fact
from goodoffices.core.findings import Finding
from goodoffices.core.kinds import CATEGORIES
from goodoffices.core.markings import Marking
from goodoffices.core.names import fold
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Source
from goodoffices.desk.intake import Progress, TakenIn, take_in_casebook
from goodoffices.desk.views import CaseRow, CaseView, Checked, Moment, Observed, Turn
from goodoffices.ledger.chain import Head, Verification
from goodoffices.ledger.store import Change, Entry, Ledger, open_ledger
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Rulebook
from goodoffices.rulebooks.shelf import rulebook, rulebooks

DATABASE: Final = "GOODOFFICES_DATABASE_URL"
_DONE: Final = ("fulfilled", "fulfilled_late")

# What a new case says of itself until somebody writes a better sentence.
_SEIZED: Final = {
    "military_coup": "Soldiers take power in",
    "mercenary_intervention": "Mercenaries overthrow the government of",
    "armed_takeover": "An armed group takes power in",
    "refusal_to_leave": "After losing an election the government refuses to hand over power in",
    "constitutional_manipulation": "Those in power change the constitution to stay in office in",
    "foreign_removal": "A foreign power removes the head of state of",
    "popular_uprising": "A popular uprising brings down the government of",
    "other": "The government is replaced outside the constitution in",
}
_SEIZERS: Final = {"military_coup": "armed-forces", "armed_takeover": "armed-groups", "mercenary_intervention": "armed-groups", "popular_uprising": "public"}


@dataclass(frozen=True, slots=True)
class NewCase:
    """Four answers that open a case: the country, the day, the kind of change, who says so. The rest can be left out."""

    country: str
    day: str
    category: str
    source: str
    address: str = ""
    what: str = ""
    iso3: str = ""



def default_database() -> str:
    """The address given by the environment, or a file in the user's data folder."""
    given = os.environ.get(DATABASE)
    if given:
        return given
    from platformdirs import user_data_path

    return str(user_data_path("goodoffices", appauthor=False) / "goodoffices.db")


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in this container
        return "unknown"


class Desk:
    """One desk over one ledger. `clock` tells the time; nothing else in the program asks for it."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime], recorder: str = "", clearance: Marking = Marking.UNCLASSIFIED):
        self._ledger = ledger
        self._clock = clock
        self.recorder = recorder or _who()
        self.clearance = clearance
        self._lags: dict[tuple[str, date], dict[str, Observed]] = {}

    def close(self) -> None:
        """Let go of the database."""
        self._ledger.close()

    # time

    def today(self) -> date:
        """Today, in the desk's own time zone."""
        return self._clock().date()

    def moment(self, as_of: date | None = None, known_at: date | None = None) -> Moment:
        """Both clocks, today where not given."""
        today = self.today()
        return Moment(as_of or today, known_at or today, today)

    # taking in

    def take_in_casebook(self, progress: Progress | None = None, cases: Path = CASES, states: Path = STATES) -> TakenIn:
        """Bring the ledger up to a casebook: the installed one, or other folders of the same form."""
        return take_in_casebook(self._ledger, progress, cases, states)

    # asking

    def case_ids(self) -> tuple[str, ...]:
        """Ids of all cases of the record."""
        everything = self._ledger.snapshot(None, date.max, date.max, self.clearance, kinds=("case",))
        return tuple(sorted(fact.subject for fact in everything.facts))

    def snapshot(self, case: str, moment: Moment) -> Snapshot:
        """What was known of a case and of its state. NoAnswer, with the nearest ids, where there is no such case."""
        opened = self._case_head(case)
        state = f"state:{opened.get('iso3')}"
        return self._ledger.snapshot((case, state), moment.as_of, moment.known_at, self.clearance)

    def _case_head(self, case: str) -> Fact:
        found = self._ledger.snapshot((case,), date.max, date.max, self.clearance, kinds=("case",))
        if found.facts:
            return found.facts[0]
        ids = self.case_ids()
        near = get_close_matches(fold(case), ids, 5, 0.4) or [one for one in ids if one.startswith(fold(case).split("-")[0])]
        hint = f" Nearest: {', '.join(near)}." if near else " `goodoffices cases` lists them."
        raise NoAnswer(f"there is no case {case!r} in the record.{hint}", near)

    def cases(self, moment: Moment) -> tuple[CaseRow, ...]:
        """All cases known by then, newest first, each with who answered and how."""
        everything = self._ledger.snapshot(None, moment.as_of, moment.known_at, self.clearance)
        by_subject: dict[str, list[Fact]] = {}
        for fact in everything.facts:
            by_subject.setdefault(fact.subject, []).append(fact)
        rows = [
            self._row(replace(everything, subjects=(case,), facts=(*facts, *by_subject.get(f"state:{_iso3(facts)}", ())), later=()))
            for case, facts in by_subject.items()
            if any(fact.kind == "case" for fact in facts)
        ]
        return tuple(sorted(rows, key=lambda row: (row.day, row.id), reverse=True))

    def _row(self, snapshot: Snapshot) -> CaseRow:
        opened, taken = case_fact(snapshot), seizure(snapshot)
        findings = evaluate(rulebook("au"), snapshot)
        cells = {cell.name: cell for cell in status_line(snapshot, findings)}
        get = opened.get if opened else (lambda _name, default="": default)
        return CaseRow(
            id=snapshot.subjects[0],
            title=get("title"),
            title_fr=get("title_fr") or get("title"),
            country=get("country"),
            day=taken.span.text if taken else "",
            category=taken.get("category") if taken else "",
            outcome=taken.get("outcome") if taken else "",
            leader=cells["governs"].value,
            au=cells["au"].value,
            region=f"{cells['region'].label}: {cells['region'].value}" if cells["region"].label != "Region" else cells["region"].value,
            council=cells["council"].value,
            mission=cells["mission"].value,
            facts=len(told(snapshot)),
        )

    def case(self, case: str, moment: Moment, language: str = "en", readings: Mapping[str, str] | None = None) -> CaseView:
        """Everything the case page shows."""
        checked = self.check(case, moment, readings=readings)
        snapshot = checked.snapshot
        opened = case_fact(snapshot) or self._case_head(case)
        title = opened.get("title")
        said = opened.get("title_fr") if language == "fr" and opened.get("title_fr") else title
        return CaseView(
            id=case,
            title=title,
            title_fr=opened.get("title_fr") or title,
            country=opened.get("country"),
            checked=checked,
            cells=status_line(snapshot, checked.findings, language),
            timeline=timeline(snapshot, said, most=9, language=language),
            ahead=next_dates(snapshot, checked.findings, language),
            key_days=key_days(snapshot),
            facts=told(snapshot),
            lead=lead(snapshot),
            gaps=gaps(snapshot),
            turn=self._turn(snapshot),
        )

    def _turn(self, snapshot: Snapshot) -> Turn | None:
        """The next case of the same country whose day 0 had come by the day looked at."""
        mine, opened = day_zero(snapshot), case_fact(snapshot)
        if mine is None or opened is None:
            return None
        heads = self._ledger.snapshot(None, snapshot.as_of, snapshot.known_at, self.clearance, kinds=("case", "seizure")).facts
        country = {fact.subject: fact for fact in heads if fact.kind == "case" and fact.get("iso3") == opened.get("iso3")}
        later = [
            Turn(fact.subject, country[fact.subject].get("title"), fact.span.begins.shown)
            for fact in heads
            if fact.kind == "seizure" and fact.subject in country and mine.shown < fact.span.begins.shown <= snapshot.as_of
        ]
        return min(later, key=lambda turn: turn.day, default=None)

    def check(self, case: str, moment: Moment, book: str | None = None, readings: Mapping[str, str] | None = None) -> Checked:
        """What each rule made of the case. `readings` replaces interpretation parameters by the reader's own."""
        books = (rulebook(book),) if book else rulebooks()
        known_readings(readings or {}, rulebooks())
        snapshot = self.snapshot(case, moment)
        findings: list[Finding] = []
        for one in books:
            mine = {name: value for name, value in (readings or {}).items() if one.parameter(name)}
            findings += evaluate(one, snapshot, mine)
        return Checked(case, moment, snapshot, {one.id: one.version for one in books}, tuple(findings), self.observed(moment.known_at))

    def why(self, case: str, rule: str, moment: Moment, readings: Mapping[str, str] | None = None) -> tuple[Finding, Snapshot]:
        """One finding with its tree of reasons, and the snapshot it rests on."""
        checked = self.check(case, moment, readings=readings)
        finding = checked.finding(rule)
        if finding is None:
            ids = [one.rule for one in checked.findings]
            near = get_close_matches(rule, ids, 5, 0.4)
            raise NoAnswer(f"there is no rule {rule!r}. " + (f"Nearest: {', '.join(near)}." if near else "`goodoffices rules` lists them."), near)
        return finding, checked.snapshot

    def observed(self, known_at: date) -> dict[str, Observed]:
        """For rules whose text sets no term: the median number of days others took, on what was known by then."""
        key = (self._ledger.head().hash, known_at)
        if key not in self._lags:
            self._lags = {key: self._observe(known_at)}
        return self._lags[key]

    def _observe(self, known_at: date) -> dict[str, Observed]:
        everything = self._ledger.snapshot(None, known_at, known_at, self.clearance)
        by_subject: dict[str, list[Fact]] = {}
        for fact in everything.facts:
            by_subject.setdefault(fact.subject, []).append(fact)
        days: dict[str, list[tuple[int, str]]] = {}
        for case, facts in by_subject.items():
            if not any(fact.kind == "case" for fact in facts):
                continue
            alone = replace(everything, subjects=(case,), facts=(*facts, *by_subject.get(f"state:{_iso3(facts)}", ())), later=())
            for book in rulebooks():
                for finding in evaluate(book, alone):
                    if finding.open_term and finding.state in _DONE and finding.day is not None:
                        days.setdefault(finding.rule, []).append((finding.day, case))
        return {rule: Observed(float(median(day for day, _ in found)), tuple(sorted(case for _, case in found))) for rule, found in days.items()}

    def rules(self, book: str | None = None) -> tuple[Rulebook, ...]:
        """The rulebooks, or one of them."""
        return (rulebook(book),) if book else rulebooks()

    def fact(self, key: str, moment: Moment) -> Fact:
        """One fact, as known then. NoAnswer where it was not known."""
        subject = key.partition("/")[0]
        found = self._ledger.snapshot((subject,), moment.as_of, moment.known_at, self.clearance).find(key)
        if found is None:
            raise NoAnswer(f"no fact {key!r} was known on {moment.known_at.isoformat()}.")
        return found

    def history(self, key: str) -> tuple[Entry, ...]:
        """Every entry about one fact."""
        return self._ledger.history(key, self.clearance)

    def changes(self, start: date, end: date, case: str | None = None, recorded: bool = False) -> tuple[Change, ...]:
        """What was new between two days of knowledge; with `recorded`, between two states of the ledger."""
        if start > end:
            raise BadRecord([Problem("--from", f"{start} lies after {end}.", "Give the earlier day first.")])
        subjects = (case,) if case else None
        if case:
            self._case_head(case)
        if recorded:
            bounds = (f"{start.isoformat()}T23:59:59.999999+00:00", f"{end.isoformat()}T23:59:59.999999+00:00")
            found = self._ledger.changes(date.max, date.max, subjects, self.clearance, bounds)
        else:
            found = self._ledger.changes(start, end, subjects, self.clearance)
        return tuple(change for change in found if change.fact.kind not in ("case", "state"))

    def brief(self, case: str, moment: Moment, language: str = "en", readings: Mapping[str, str] | None = None) -> Brief:
        """The brief of a case at a moment, as a value; `briefs` prints it."""
        view = self.case(case, moment, language, readings)
        figure = timeline(view.checked.snapshot, view.title_fr if language == "fr" else view.title, most=5, language=language)
        return compose(
            snapshot=view.checked.snapshot,
            title=view.title_fr if language == "fr" else view.title,
            findings=view.checked.findings,
            observed={rule: one.words for rule, one in view.checked.observed.items()},
            cells=view.cells,
            figure=figure,
            ahead=view.ahead,
            rulebooks=view.checked.rulebooks,
            made=self._clock(),
            language=language,
        )

    def printed(self, brief: Brief, form: str) -> bytes:
        """A brief as pdf, html or docx."""
        if form == "html":
            from goodoffices.briefs.html import html

            return html(brief).encode()
        if form == "docx":
            from goodoffices.briefs.docx import docx

            return docx(brief)
        from goodoffices.briefs.pdf import pdf

        return pdf(brief)

    def verify(self, heads: Sequence[Head] = ()) -> Verification:
        """Recompute the chain of the ledger."""
        return self._ledger.verify(heads)

    def head(self) -> Head:
        """The end of the chain."""
        return self._ledger.head()

    # writing

    def new_case(self, answers: NewCase) -> str:
        """Open a case on day 0 from four answers. Gives its id. BadRecord with everything that is wrong with them."""
        problems: list[Problem] = []
        try:
            when = read_day(answers.day, "the day")
        except BadRecord as fault:
            problems += fault.problems
            when = None
        if when is not None and when.precision == "unknown":
            problems.append(Problem("the day", "a case needs at least the year of its day 0.", "Write 2026-11-20, 2026-11 or 2026."))
        country = answers.country.strip()
        if not country:
            problems.append(Problem("the country", "is missing.", "Give its usual English name."))
        if not answers.source.strip():
            problems.append(Problem("the source", "is missing.", "Say who reports it: every fact has a source."))
        if answers.category not in CATEGORIES:
            near = get_close_matches(answers.category, CATEGORIES, 1) or CATEGORIES
            problems.append(Problem("the kind of change", f"{answers.category!r} is none.", f"Possible: {', '.join(near)}."))
        iso3 = answers.iso3 or self.iso3_of(country)
        if country and not re.fullmatch(r"[A-Z]{3}", iso3):
            remedy = "Give its ISO 3166 code of three letters as well (--iso3), such as MLI."
            problems.append(Problem("the country", f"{country!r} is not in the register of states.", remedy))
        if problems or when is None:
            raise BadRecord(problems)
        case = self._free_id(country, when.shown)
        title = f"{country}, {when.words().split(' ', 1)[1] if when.precision == 'day' else when.words()}"
        head = {"title": title, "country": country, "iso3": iso3, "searched_until": self.today().isoformat()}
        opened = own_fact(f"{case}/case", "case", f"{title}: a case of the record.", head, when.latest.isoformat(), Marking.UNCLASSIFIED)
        fields = {
            "kind": "seizure",
            "when": answers.day.strip(),
            "actor": _SEIZERS.get(answers.category, "authorities"),
            "text": answers.what.strip() or f"{_SEIZED[answers.category]} {country}.",
            "category": answers.category,
            "victim": "not_established",
            "outcome": "completed",
            "confidence": "medium",
            "sources": ["first"],
        }
        source = {"title": answers.source.strip()} | ({"address": answers.address} if answers.address else {})
        taken = self._fact(case, "seizure", fields, {"first": source})
        self._ledger.assert_facts((opened, taken), self.recorder, reason="a new case")
        return case

    def iso3_of(self, country: str) -> str:
        """The code of a state of the register by its English, French or Arabic name; empty where there is none."""
        register = self._ledger.snapshot(None, date.max, date.max, self.clearance, kinds=("state",))
        wanted = fold(country)
        for fact in register.facts:
            if wanted and wanted in {fold(fact.get(name)) for name in ("country", "country_fr", "country_ar", "iso3")}:
                return fact.get("iso3")
        return ""

    def _free_id(self, country: str, day: date) -> str:
        name = re.sub(r"[^a-z]+", "-", fold(country)).strip("-")
        taken = set(self.case_ids())
        choices = [f"{name}-{day.year}", f"{name}-{day.year}-{day.month:02d}"]
        choices += [f"{name}-{day.year}-{day.month:02d}-{number}" for number in range(2, 10)]
        for choice in choices:
            if choice not in taken and CASE_ID.match(choice):
                return choice
        raise BadRecord([Problem("the country", f"{country!r} gives no free case id for {day}.", "Use letters, and check `goodoffices cases`.")])

    def _fact(self, case: str, name: str, fields: Mapping[str, Any], sources: Mapping[str, Any]) -> Fact:
        problems: list[Problem] = []
        read = {key: read_source(key, one, f"the source {key}", problems) for key, one in sources.items()}
        known: dict[str, Source] = {key: source for key, source in read.items() if source is not None}
        fact = FactForm(case, name, fields, lambda field: field, problems).fact(known, Marking.UNCLASSIFIED)
        if problems or fact is None:
            raise BadRecord(problems)
        return fact

    def free_key(self, case: str, name: str) -> str:
        """A key within the case that nothing was ever recorded under: the name itself, or with a number."""
        used = set(self._ledger.last_entries((case,)))
        choices = [name, *(f"{name}-{number}" for number in range(2, 10_000))]
        return next(choice for choice in choices if f"{case}/{choice}" not in used)

    def record(self, case: str, name: str, fields: Mapping[str, Any], sources: Mapping[str, Any]) -> Fact:
        """Record a new fact of a case. BadRecord with every problem; nothing is written then."""
        self._case_head(case)
        fact = self._fact(case, name, fields, sources)
        self._ledger.assert_facts((fact,), self.recorder)
        return fact

    def correct(self, key: str, changes: Mapping[str, Any], reason: str, known_at: date | None = None, sources: Mapping[str, Any] | None = None) -> Fact:
        """Correct fields of a fact. With `known_at` the old content stays what was known before that day."""
        before = self._current(key)
        if not reason.strip():
            raise BadRecord([Problem("--reason", "a correction needs a reason.", "Say in a few words what was wrong.")])
        given = {f"s{number}": one.source.record() for number, one in enumerate(before.citations)}
        for one in given.values():
            one.pop("id", None)
        fields = fields_of(before) | dict(changes)
        if known_at and "known" not in changes:
            fields["known"] = known_at.isoformat()
        fact = self._fact(before.subject, before.name, fields, {**given, **(sources or {})})
        # Sources that stay keep their own ids.
        kept = {f"s{number}": one for number, one in enumerate(before.citations)}
        fact = replace(fact, citations=tuple(kept.get(one.source.id, one) for one in fact.citations))
        self._ledger.correct(fact, self.recorder, reason, known_at)
        return fact

    def retract(self, key: str, reason: str, known_at: date | None = None) -> Fact:
        """Withdraw a fact: it leaves every answer, and stays in its history."""
        before = self._current(key)
        if not reason.strip():
            raise BadRecord([Problem("--reason", "a withdrawal needs a reason.", "Say in a few words why.")])
        self._ledger.retract(key, self.recorder, reason, known_at)
        return before

    def _current(self, key: str) -> Fact:
        subject = key.partition("/")[0]
        found = self._ledger.snapshot((subject,), date.max, date.max, self.clearance).find(key)
        if found is None:
            near = get_close_matches(key, [fact.key for fact in self._ledger.snapshot((subject,), date.max, date.max, self.clearance).facts], 5, 0.5)
            raise NoAnswer(f"the record has no fact {key!r}." + (f" Nearest: {', '.join(near)}." if near else ""), near)
        return found


def _iso3(facts: Sequence[Fact]) -> str:
    return next((fact.get("iso3") for fact in facts if fact.kind == "case"), "")


def fields_of(fact: Fact) -> dict[str, Any]:
    """A fact's fields as the form has them, sources as s0, s1, ..."""
    fields: dict[str, Any] = {"kind": fact.kind, "when": fact.span.text, "actor": fact.actor, "text": fact.text, "confidence": fact.confidence}
    fields |= dict(fact.value)
    if fact.texts:
        fields["text_fr"] = dict(fact.texts).get("fr", "")
    if not fact.known_assumed:
        fields["known"] = fact.known_at.isoformat()
    for name in ("note",):
        if getattr(fact, name):
            fields[name] = getattr(fact, name)
    if fact.competes_with:
        fields["competes_with"] = fact.competes_with.partition("/")[2]
    if fact.marking:
        fields["marking"] = fact.marking.words
    fields["sources"] = [{"source": f"s{number}", **({"at": one.locator} if one.locator else {})} for number, one in enumerate(fact.citations)]
    return fields


def lead(snapshot: Snapshot) -> tuple[Fact, ...]:
    """The facts whose sentences open the page: the seizure, and who governs since."""
    taken = seizure(snapshot)
    found = [taken] if taken and taken.span.begins.earliest <= snapshot.as_of else []
    cells = status_line(snapshot, ())
    for key in cells[0].facts[:1]:
        fact = snapshot.find(key)
        if fact is not None and fact not in found:
            found.append(fact)
    return tuple(found)


def known_readings(readings: Mapping[str, str], books: Sequence[Rulebook]) -> None:
    """Refuse readings no rulebook has, or that are no value of theirs."""
    problems = []
    names = {parameter.name: parameter for book in books for parameter in book.parameters}
    for name, value in readings.items():
        parameter = names.get(name)
        if parameter is None:
            near = get_close_matches(name, list(names), 3, 0.4) or sorted(names)
            problems.append(Problem("--reading", f"there is no reading {name!r}.", f"There are: {', '.join(near)}."))
        elif parameter.unit and value != "none" and not re.fullmatch(r"[1-9]\d{0,4}", value):
            problems.append(Problem("--reading", f"{name} is a number, not {value!r}.", "Write digits, or none."))
        elif not parameter.unit and value not in (parameter.value, *parameter.alternatives):
            problems.append(Problem("--reading", f"{name} cannot be {value!r}.", f"Possible: {', '.join((parameter.value, *parameter.alternatives))}."))
    if problems:
        raise BadRecord(problems)


def printed_head(text: str) -> Head:
    """Read a chain head as a brief prints it, number:digits. BadRecord where it is none."""
    number, colon, digits = text.strip().partition(":")
    if not colon or not number.isdigit() or not re.fullmatch(r"[0-9a-f]{8,64}", digits):
        raise BadRecord([Problem("--head", f"{text!r} is no chain head.", "Copy it from the brief's last line, such as 1290:0123456789abcdef.")])
    return Head(int(number), digits)


def now() -> datetime:
    """The clock of the machine: handed to the desk, read nowhere else."""
    return datetime.now(UTC).astimezone()


def open_desk(
    database: str | Path | None = None,
    clock: Callable[[], datetime] = now,
    progress: Progress | None = None,
    recorder: str = "",
    take_in: bool = True,
) -> Desk:
    """Open the desk over a database (default: the user's own), with the installed casebook taken in."""
    desk = Desk(open_ledger(str(database or default_database()), clock), clock, recorder)
    if take_in:
        desk.take_in_casebook(progress)
    return desk


