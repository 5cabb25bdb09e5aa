"""What one can ask the desk: cases, findings, reasons, changes, briefs.

Invariant: only here is the ledger opened, and each answer is given under two questions, as of when and as known when,
to a reader of a given clearance.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from statistics import median
from typing import Final

from goodoffices.briefs.ahead import next_dates
from goodoffices.briefs.comparing import Comparison, compare
from goodoffices.briefs.compose import Material, compose
from goodoffices.briefs.document import Brief
from goodoffices.briefs.precedents import MOST, Precedents, precedents
from goodoffices.briefs.reading import case_fact, day_zero, gaps, key_days, seizure, told
from goodoffices.briefs.status_line import status_line
from goodoffices.briefs.timeline import timeline
from goodoffices.casebook.actors import actors
from goodoffices.claims.compute import Result, cases_with_findings, compute_all
from goodoffices.claims.file import claims_named, read_claims
from goodoffices.claims.record import Record
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.markings import Marking
from goodoffices.core.names import fold
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.forms import known_readings
from goodoffices.desk.views import CaseRow, CaseView, Checked, Moment, Observed, Turn
from goodoffices.ledger.chain import Head, Verification
from goodoffices.ledger.store import Change, Entry, Ledger
from goodoffices.norms.evaluator import evaluate, kinds_looked_at
from goodoffices.norms.rules import Rule, Rulebook
from goodoffices.rulebooks.shelf import rulebook, rulebooks

_DONE: Final = ("fulfilled", "fulfilled_late")
_KEPT: Final = 16  # lists of cases kept in memory, one a moment and chain head


class Asking:
    """The asking half of a desk over one ledger. `clock` tells the time; nothing else in the program asks for it."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Callable[[], datetime],
        clearance: Marking = Marking.UNCLASSIFIED,
    ):
        self._ledger = ledger
        self._clock = clock
        self.clearance = clearance
        self._lags: dict[tuple[str, date], dict[str, Observed]] = {}
        self._listed: dict[tuple[str, date, date], tuple[CaseRow, ...]] = {}

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
        near = get_close_matches(fold(case), ids, 5, 0.4) or [
            one for one in ids if one.startswith(fold(case).split("-")[0])
        ]
        hint = f" Nearest: {', '.join(near)}." if near else " `goodoffices cases` lists them."
        raise NoAnswer(f"there is no case {case!r} in the record.{hint}", near)

    def cases(self, moment: Moment) -> tuple[CaseRow, ...]:
        """All cases known by then, newest first, each with who answered and how."""
        key = (self._ledger.head().hash, moment.as_of, moment.known_at)
        if key not in self._listed:
            while len(self._listed) >= _KEPT:
                self._listed.pop(next(iter(self._listed)), None)
            self._listed[key] = self._list(moment)
        return self._listed[key]

    def _list(self, moment: Moment) -> tuple[CaseRow, ...]:
        rows = (self._row(snapshot) for snapshot in self._each_case(moment))
        return tuple(sorted(rows, key=lambda row: (row.day, row.id), reverse=True))

    def _each_case(self, moment: Moment, kinds: Collection[str] | None = None) -> Iterator[Snapshot]:
        """A snapshot of each case with its state, read in one go; nothing known later is in them.

        `kinds` narrows what is read: enough for rules that look at no other kind.
        """
        days = moment.as_of, moment.known_at
        heads = self._ledger.snapshot(None, *days, self.clearance, kinds=("case",)).facts
        subjects = sorted({fact.subject for fact in heads} | {f"state:{fact.get('iso3')}" for fact in heads})
        wanted = sorted(kinds) if kinds is not None else None
        everything = self._ledger.snapshot(subjects, *days, self.clearance, kinds=wanted)
        by_subject: dict[str, list[Fact]] = {}
        for fact in everything.facts:
            by_subject.setdefault(fact.subject, []).append(fact)
        for head in heads:
            state = by_subject.get(f"state:{head.get('iso3')}", [])
            facts = (*by_subject.get(head.subject, ()), *state)
            yield replace(everything, subjects=(head.subject,), facts=facts, later=())

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
            region=f"{cells['region'].label}: {cells['region'].value}"
            if cells["region"].label != "Region"
            else cells["region"].value,
            council=cells["council"].value,
            mission=cells["mission"].value,
            facts=len(told(snapshot)),
        )

    def case(
        self, case: str, moment: Moment, language: str = "en", readings: Mapping[str, str] | None = None
    ) -> CaseView:
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
        heads = self._ledger.snapshot(
            None, snapshot.as_of, snapshot.known_at, self.clearance, kinds=("case", "seizure")
        ).facts
        country = {
            fact.subject: fact for fact in heads if fact.kind == "case" and fact.get("iso3") == opened.get("iso3")
        }
        later = [
            Turn(fact.subject, country[fact.subject].get("title"), fact.span.begins.shown)
            for fact in heads
            if fact.kind == "seizure"
            and fact.subject in country
            and mine.shown < fact.span.begins.shown <= snapshot.as_of
        ]
        return min(later, key=lambda turn: turn.day, default=None)

    def check(
        self, case: str, moment: Moment, book: str | None = None, readings: Mapping[str, str] | None = None
    ) -> Checked:
        """What each rule made of the case. `readings` replaces interpretation parameters by the reader's own."""
        books = (rulebook(book),) if book else rulebooks()
        known_readings(readings or {}, rulebooks())
        snapshot = self.snapshot(case, moment)
        findings: list[Finding] = []
        for one in books:
            mine = {name: value for name, value in (readings or {}).items() if one.parameter(name)}
            findings += evaluate(one, snapshot, mine)
        return Checked(
            case,
            moment,
            snapshot,
            {one.id: one.version for one in books},
            tuple(findings),
            self.observed(moment.known_at),
        )

    def why(
        self, case: str, rule: str, moment: Moment, readings: Mapping[str, str] | None = None
    ) -> tuple[Finding, Snapshot]:
        """One finding with its tree of reasons, and the snapshot it rests on."""
        checked = self.check(case, moment, readings=readings)
        finding = checked.finding(rule)
        if finding is None:
            ids = [one.rule for one in checked.findings]
            near = get_close_matches(rule, ids, 5, 0.4)
            raise NoAnswer(
                f"there is no rule {rule!r}. "
                + (f"Nearest: {', '.join(near)}." if near else "`goodoffices rules` lists them."),
                near,
            )
        return finding, checked.snapshot

    def observed(self, known_at: date) -> dict[str, Observed]:
        """For rules whose text sets no term: the median number of days others took, on what was known by then."""
        key = (self._ledger.head().hash, known_at)
        if key not in self._lags:
            while len(self._lags) >= _KEPT:
                self._lags.pop(next(iter(self._lags)), None)
            self._lags[key] = self._observe(known_at)
        return self._lags[key]

    def _observe(self, known_at: date) -> dict[str, Observed]:
        # Only duties whose term is left to a reading can have a lag worth telling.
        open_ended = [
            (book, frozenset(rule.id for rule in book.rules if rule.kind == "obligation" and not _has_term(book, rule)))
            for book in rulebooks()
        ]
        days: dict[str, list[tuple[int, str]]] = {}
        looked_at = {kind for book in rulebooks() for kind in kinds_looked_at(book)}
        for snapshot in self._each_case(self.moment(known_at, known_at), looked_at):
            for finding in (found for book, only in open_ended for found in evaluate(book, snapshot, only=only)):
                already = any(node.code == "already_so" for node in finding.tree.walk())
                if finding.open_term and finding.state in _DONE and finding.day is not None and not already:
                    days.setdefault(finding.rule, []).append((finding.day, snapshot.subjects[0]))
        return {
            rule: Observed(float(median(day for day, _ in found)), tuple(sorted(case for _, case in found)))
            for rule, found in days.items()
        }

    def compare(self, cases: Sequence[str], moment: Moment) -> Comparison:
        """Two cases or more side by side. BadRecord for fewer, or one given twice; NoAnswer for one we do not have."""
        twice = sorted({case for case in cases if list(cases).count(case) > 1})
        if twice:
            raise BadRecord([Problem("CASE", f"{case!r} is given twice.", "Name each case once.") for case in twice])
        if len(cases) < 2:
            given = f"only {cases[0]!r} is given" if cases else "no case is given"
            remedy = "Name two or more, such as mali-2021 chad-2021."
            raise BadRecord([Problem("CASE", f"{given}, and one needs two to compare.", remedy)])
        return compare([self.snapshot(case, moment) for case in cases])

    def precedents(self, case: str, moment: Moment, most: int = MOST) -> Precedents:
        """The cases most like this one, as known on the day. NoAnswer where its own seizure was not known then."""
        given = self.snapshot(case, moment)
        taken = seizure(given)
        if taken is None or taken.span.begins.latest > moment.as_of:
            asked = f"as of {moment.as_of}, as known on {moment.known_at}"
            raise NoAnswer(f"no seizure of {case!r} is known {asked}. Ask for a later day.")
        return precedents(given, self._each_case(moment), most)

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
        return tuple(change for change in found if change.fact.kind not in ("case", "state", "code"))

    def brief(
        self, case: str, moment: Moment, language: str = "en", readings: Mapping[str, str] | None = None
    ) -> Brief:
        """The brief of a case at a moment, as a value; `briefs` prints it."""
        view = self.case(case, moment, language, readings)
        figure = timeline(
            view.checked.snapshot, view.title_fr if language == "fr" else view.title, most=5, language=language
        )
        material = Material(
            snapshot=view.checked.snapshot,
            title=view.title_fr if language == "fr" else view.title,
            findings=view.checked.findings,
            observed={rule: one.words for rule, one in view.checked.observed.items()},
            cells=view.cells,
            figure=figure,
            ahead=view.ahead,
            rulebooks=view.checked.rulebooks,
        )
        return compose(material, self._clock(), language)

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

    def claims(self, moment: Moment, claim_id: str | None = None) -> tuple[Result, ...]:
        """The report's claims, or one of them, computed from the record at a moment."""
        file = read_claims()
        chosen = claims_named(file, claim_id)
        asked = cases_with_findings(chosen)
        findings = {
            one.subjects[0]: [finding for book in rulebooks() for finding in evaluate(book, one)]
            for one in (self._each_case(moment) if asked else ())
            if one.subjects[0] in asked
        }
        everything = self._ledger.snapshot(None, moment.as_of, moment.known_at, self.clearance)
        part_of = {actor.id: actor.part_of for actor in actors().values()}
        record = Record(everything.facts, moment.as_of, moment.known_at, part_of, findings)
        return compute_all(chosen, file.report, record)

    def verify(self, heads: Sequence[Head] = ()) -> Verification:
        """Recompute the chain of the ledger."""
        return self._ledger.verify(heads)

    def head(self) -> Head:
        """The end of the chain."""
        return self._ledger.head()


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


def _has_term(book: Rulebook, rule: Rule) -> bool:
    """Whether the text gives the duty a term: a number, or a parameter that is not "none"."""
    if rule.within is None:
        return False
    parameter = book.parameter(rule.within.parameter)
    return parameter is None or parameter.value != "none"
