"""What one can ask the desk beyond looking up: findings, reasons, likenesses, claims, briefs.

Invariant: every answer follows from what `looking` gives at a moment, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from statistics import median
from typing import Final

from goodoffices.briefs.ahead import next_dates
from goodoffices.briefs.comparing import Comparison, compare
from goodoffices.briefs.compose import Material, compose
from goodoffices.briefs.course import course
from goodoffices.briefs.document import Brief
from goodoffices.briefs.patterns import REGIONS, TABLES, Table, Told
from goodoffices.briefs.precedents import MOST, Precedents, precedents
from goodoffices.briefs.status_line import status_line
from goodoffices.briefs.timeline import timeline
from goodoffices.casebook.actors import actors
from goodoffices.casebook.checks import membership
from goodoffices.casebook.edition import edition
from goodoffices.claims.compute import Result, cases_with_findings, compute_all
from goodoffices.claims.file import claims_named, read_claims
from goodoffices.claims.record import Record
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.findings import DEPARTURES, Finding
from goodoffices.core.reading import case_fact, day_zero, gaps, key_days, seizure, told
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.forms import known_readings
from goodoffices.desk.kept import Kept
from goodoffices.desk.looking import Looking
from goodoffices.desk.views import CaseRow, CaseView, Checked, Moment, Observed, Turn
from goodoffices.norms.evaluator import evaluate, kinds_looked_at
from goodoffices.norms.rules import Rule, Rulebook
from goodoffices.rulebooks.shelf import rulebook, rulebooks

_DONE: Final = ("fulfilled", "fulfilled_late")
# Kept by the end of the chain: desks over the same ledger, or a copy of it, share what was worked out.
_LAGS: Final[Kept[dict[str, Observed | None]]] = Kept()
_LISTED: Final[Kept[tuple[CaseRow, ...]]] = Kept()
_CHECKED: Final[Kept[Checked]] = Kept(48)
_ALIKE: Final[Kept[Precedents]] = Kept(256)


class Asking(Looking):
    """The asking half of a desk over one ledger."""

    @property
    def quoted(self) -> Asking:
        """The desk from whose cases advice quotes precedents: this one, unless it stands beside another."""
        return self

    def cases(self, moment: Moment) -> tuple[CaseRow, ...]:
        """All cases known by then, newest first, each with who answered and how."""
        return _LISTED.get(self, moment, lambda: self._list(moment))

    def _list(self, moment: Moment) -> tuple[CaseRow, ...]:
        rows = (self._row(snapshot) for snapshot in self._each_case(moment))
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
            region=f"{cells['region'].label}: {cells['region'].value}"
            if cells["region"].label != "Region"
            else cells["region"].value,
            council=cells["council"].value,
            mission=cells["mission"].value,
            facts=len(told(snapshot)),
            iso3=get("iso3"),
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
            course=course(snapshot, language),
            alike=self._alike(snapshot),
            turn=self._turn(snapshot),
        )

    def _alike(self, snapshot: Snapshot) -> Precedents | None:
        """The cases most like this one; none where its own seizure had not come by the day looked at."""
        taken = seizure(snapshot)
        if taken is None or taken.span.begins.latest > snapshot.as_of:
            return None
        moment = self.moment(snapshot.as_of, snapshot.known_at)
        return _ALIKE.get(self, moment, lambda: precedents(snapshot, self._each_case(moment), MOST), snapshot.subjects)

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
            _turn_of(country[fact.subject], fact)
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
        if book or readings:
            return self.checked(self.snapshot(case, moment), moment, book, readings)
        return _CHECKED.get(self, moment, lambda: self.checked(self.snapshot(case, moment), moment), case)

    def checked(
        self, snapshot: Snapshot, moment: Moment, book: str | None = None, readings: Mapping[str, str] | None = None
    ) -> Checked:
        """What each rule made of a snapshot: that of a case, or one supposed."""
        books = (rulebook(book),) if book else rulebooks()
        known_readings(readings or {}, rulebooks())
        findings: list[Finding] = []
        for one in books:
            mine = {name: value for name, value in (readings or {}).items() if one.parameter(name)}
            findings += evaluate(one, snapshot, mine)
        return Checked(
            snapshot.subjects[0],
            moment,
            snapshot,
            {one.id: one.version for one in books},
            tuple(findings),
            self.observed(moment.known_at, [one.rule for one in findings if one.open_term] or ("",)),
            tuple(one for one in books if one.no_rule and is_member(snapshot, one.no_rule.body)),
        )

    def deviations(self, moment: Moment, book: str | None = None) -> tuple[tuple[str, Finding], ...]:
        """Every finding, with its case, in which practice departed from a text: apparent deviations, acts done late or
        made good, and divergences from soft law. A reference nobody has read carries none of them alone."""
        books = (rulebook(book),) if book else rulebooks()
        looked_at = {kind for one in books for kind in kinds_looked_at(one)}
        found = [
            (snapshot.subjects[0], finding)
            for snapshot in self._each_case(moment, looked_at)
            for one in books
            for finding in evaluate(one, snapshot)
            if finding.state in DEPARTURES and any(one.verified for one in finding.references)
        ]
        return tuple(sorted(found, key=lambda pair: (pair[1].rule, pair[0])))

    def why(
        self, case: str, rule: str, moment: Moment, readings: Mapping[str, str] | None = None
    ) -> tuple[Finding, Snapshot]:
        """One finding with its tree of reasons, and the snapshot it rests on."""
        snapshot = self.snapshot(case, moment)
        known_readings(readings or {}, rulebooks())
        books = self.rules_of_advice()
        book = next((one for one in books if one.rule(rule)), None)
        if book is None:
            near = get_close_matches(rule, [one.id for book in books for one in book.rules], 5, 0.4)
            raise NoAnswer(
                f"there is no rule {rule!r}. "
                + (f"Nearest: {', '.join(near)}." if near else "`goodoffices rules` lists them."),
                near,
            )
        mine = {name: value for name, value in (readings or {}).items() if book.parameter(name)}
        return evaluate(book, snapshot, mine, only=(rule,))[0], snapshot

    def observed(self, known_at: date, rules: Collection[str] | None = None) -> dict[str, Observed]:
        """For rules whose text sets no term, or for these of them: the median number of days others took, on what was
        known by then."""
        kept = _LAGS.get(self, self.moment(known_at, known_at), dict)
        wanted = {
            rule.id
            for book in rulebooks()
            for rule in book.rules
            if (not rules or rule.id in rules) and _has_lag(book, rule)
        }
        missing = wanted - kept.keys()
        if missing:
            kept.update(dict.fromkeys(missing) | self._observe(known_at, missing))
        return {rule: one for rule in sorted(wanted) if (one := kept[rule]) is not None}

    def _observe(self, known_at: date, rules: Collection[str]) -> dict[str, Observed]:
        books = [book for book in rulebooks() if any(rule.id in rules for rule in book.rules)]
        days: dict[str, list[tuple[int, str]]] = {}
        looked_at = {kind for book in books for kind in kinds_looked_at(book)}
        for snapshot in self._each_case(self.moment(known_at, known_at), looked_at):
            for finding in (found for book in books for found in evaluate(book, snapshot, only=rules)):
                already = any(node.code == "already_so" for node in finding.tree.walk())
                if finding.open_term and finding.state in _DONE and finding.day is not None and not already:
                    days.setdefault(finding.rule, []).append((finding.day, snapshot.subjects[0]))
        return {
            rule: Observed(float(median(day for day, _ in found)), tuple(sorted(case for _, case in found)))
            for rule, found in days.items()
        }

    def patterns(self, name: str, moment: Moment) -> Table:
        """A table over all cases: how organisations answered. NoAnswer, with the names there are, for another."""
        if name not in TABLES:
            raise NoAnswer(f"there is no table {name!r}. Tables: {', '.join(TABLES)}.", tuple(TABLES))
        # What the African Union and regional bodies call such a change; others define other things.
        lanes = ("au", *REGIONS)
        definitions = {
            rule.id
            for book in rulebooks()
            for rule in book.rules
            if rule.kind == "definition" and actors()[rule.bearer].lane in lanes
        }
        told = []
        for snapshot in sorted(self._each_case(moment), key=lambda one: one.subjects):
            asked = name == "category-5"
            books = rulebooks() if asked else ()
            told.append(Told(snapshot, [one for book in books for one in evaluate(book, snapshot, only=definitions)]))
        return TABLES[name](told)

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
            casebook=edition().version,
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


def is_member(snapshot: Snapshot, body: str) -> bool:
    """Whether the case's state was a member of a body on day 0, by the register of states; on the day looked at where
    no day 0 is known."""
    zero = day_zero(snapshot)
    day = zero.shown if zero is not None else snapshot.as_of
    spells = membership((fact for fact in snapshot.facts if fact.subject.startswith("state:")), body)
    return any(joined <= day < left for joined, left in spells)


def _has_lag(book: Rulebook, rule: Rule) -> bool:
    """Whether it means something how long others took: a duty to do a thing, without a term in the text."""
    if rule.kind != "obligation" or rule.mode != "achievement":
        return False
    parameter = book.parameter(rule.within.parameter) if rule.within else None
    return rule.within is None or (parameter is not None and parameter.value == "none")


def _turn_of(opened: Fact, taken: Fact) -> Turn:
    """A change of government as another case tells of it: by its head and its seizure."""
    title = opened.get("title")
    return Turn(taken.subject, title, opened.get("title_fr") or title, taken.span.begins.shown)
