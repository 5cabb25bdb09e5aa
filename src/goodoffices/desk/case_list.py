"""The list of cases as a table that can be searched: by kind, outcome, place, years, a mission's presence, and words.

Invariant: as of a day, a change that had not begun by then is not in the list, and counts nowhere. What a case is found
by follows from the record at the moment asked about: the organisations its state belonged to on day 0, the missions
that were in the country then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from goodoffices.briefs.status_line import Cell, status_line
from goodoffices.briefs.subregions import regions_of
from goodoffices.briefs.tally import Occurrence, State
from goodoffices.casebook.checks import membership
from goodoffices.core.days import Day
from goodoffices.core.facts import Fact
from goodoffices.core.names import fold
from goodoffices.core.reading import case_fact, seizure, state_fact, told
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict
from goodoffices.desk.asking import Asking
from goodoffices.desk.records import case_row_record
from goodoffices.desk.views import CaseRow, Moment
from goodoffices.norms.evaluator import evaluate
from goodoffices.rulebooks.shelf import rulebook, rulebooks

_KEPT: Final = 16  # moments whose cases are kept in memory
_CELLS: Final = {"governs": "leader", "au": "au", "region": "region", "council": "council", "mission": "mission"}
_NAMES: Final = ("country", "country_fr", "country_ar", "country_es", "country_ru", "country_zh")
NO_REGION: Final = "un-security-council"  # to sit there says nothing of where a state lies


@dataclass(frozen=True, slots=True)
class Details:
    """What the list knows of a case beyond its row.

    `cells` are the facts behind the row's cells, by the row's field; `bodies` the organisations its state belonged to
    on day 0; `missions` the missions in the country on day 0, each with its type; `searched` its names, folded.
    """

    seizure: str
    zero: Day | None
    begun: bool
    french: Mapping[str, str]
    cells: Mapping[str, str]
    bodies: tuple[str, ...]
    regions: tuple[str, ...]
    missions: tuple[tuple[str, str], ...]
    country_fr: str
    searched: str


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the table."""

    row: CaseRow
    details: Details

    @property
    def year(self) -> int | None:
        """The year it is counted in: that of the first day of its seizure; None where no day is known."""
        zero = self.details.zero
        return zero.shown.year if zero is not None and zero.precision != "unknown" else None

    def said(self, language: str) -> CaseRow:
        """The row in a language."""
        if language != "fr":
            return self.row
        cells: dict[str, Any] = dict(self.details.french)
        return replace(self.row, **cells)

    def occurrence(self, language: str = "en") -> Occurrence:
        """The case as the figures count it."""
        title = self.row.title_fr if language == "fr" else self.row.title
        row = self.row
        return Occurrence(row.id, title, self.details.seizure, self.year, row.category, row.outcome, row.iso3)


@dataclass(frozen=True, slots=True)
class CaseList:
    """The cases that had begun by the moment, newest first; how many known ones began only later; the names of all
    states; the organisations the register knows members of."""

    lines: tuple[Line, ...]
    later: int
    states: Mapping[str, State]
    bodies: tuple[str, ...]

    def occurrences(self, language: str = "en") -> tuple[Occurrence, ...]:
        """All of them as the figures count them."""
        return tuple(line.occurrence(language) for line in self.lines)


_Known = tuple[Mapping[str, Details], Mapping[str, State], tuple[str, ...]]
_DETAILS: Final[dict[tuple[object, ...], _Known]] = {}


def case_list(desk: Asking, moment: Moment, everything: Snapshot | None = None) -> CaseList:
    """The list of cases at a moment. What it takes long to work out is kept by the end of the chain. `everything` is
    the whole record at the moment, for those who have it in hand."""
    rows = desk.cases(moment)
    details, states, bodies = _known(desk, moment, everything)
    lines = [Line(row, details[row.id]) for row in rows if row.id in details]
    begun = tuple(line for line in lines if line.details.begun)
    return CaseList(begun, len(lines) - len(begun), states, bodies)


def key_of(desk: Asking, moment: Moment) -> tuple[object, ...]:
    """What everything worked out over all cases follows from: another record has another end of its chain."""
    versions = tuple((book.id, book.version) for book in rulebooks())
    return desk.head().hash, moment.as_of, moment.known_at, desk.clearance, versions


def keep(kept: dict[Any, Any], key: object, value: object, most: int = _KEPT) -> None:
    """Keep an answer, and let go of the oldest where there are many."""
    while len(kept) >= most:
        kept.pop(next(iter(kept)), None)
    kept[key] = value


def _known(desk: Asking, moment: Moment, everything: Snapshot | None) -> _Known:
    key = key_of(desk, moment)
    found = _DETAILS.get(key)
    if found is None:
        everything = everything or desk.everything(moment)
        details = {one.subjects[0]: _details(one) for one in each_case(everything)}
        found = details, _states(everything), _register_bodies(everything)
        keep(_DETAILS, key, found)
    return found


def each_case(everything: Snapshot) -> tuple[Snapshot, ...]:
    """A snapshot of every case with its state, out of one of the whole record."""
    by_subject: dict[str, list[Fact]] = {}
    for fact in everything.facts:
        by_subject.setdefault(fact.subject, []).append(fact)
    return tuple(
        replace(
            everything,
            subjects=(head.subject,),
            facts=(*by_subject[head.subject], *by_subject.get(f"state:{head.get('iso3')}", ())),
            later=(),
        )
        for head in everything.of_kind("case")
    )


def _states(everything: Snapshot) -> Mapping[str, State]:
    names = ("iso3", "m49", "country", "country_fr")
    return {fact.get("iso3"): State(*(fact.get(name) for name in names)) for fact in everything.of_kind("state")}


def _register_bodies(everything: Snapshot) -> tuple[str, ...]:
    """The organisations of which the register knows members, those with most steps of membership first."""
    steps = Counter(fact.get("organisation") for fact in everything.of_kind("membership"))
    del steps[NO_REGION]
    return tuple(sorted(steps, key=lambda one: (-steps[one], one)))


def _details(snapshot: Snapshot) -> Details:
    taken, opened, state = seizure(snapshot), case_fact(snapshot), state_fact(snapshot)
    zero = taken.span.begins if taken else None
    # What a case is looked at for is its status line; of the rules that takes no more than one.
    findings = evaluate(rulebook("au"), snapshot, only=("au.suspended",))
    cells, french = ({cell.name: cell for cell in status_line(snapshot, findings, one)} for one in ("en", "fr"))
    iso3 = opened.get("iso3") if opened else ""
    names = [state.get(name) for name in _NAMES] if state else []
    if opened:
        names += [snapshot.subjects[0], *(opened.get(name) for name in ("title", "title_fr", "country", "iso3"))]
    names += [cells["governs"].value] if cells["governs"].facts else []
    return Details(
        seizure=taken.key if taken else "",
        zero=zero,
        begun=_begun(snapshot, zero),
        french={_CELLS[name]: _shown(cell) for name, cell in french.items() if name in _CELLS},
        cells={_CELLS[name]: cell.facts[0] for name, cell in cells.items() if name in _CELLS and cell.facts},
        bodies=_bodies(snapshot, zero),
        regions=regions_of(iso3),
        missions=_missions(snapshot, zero),
        country_fr=(state.get("country_fr") if state else "") or (opened.get("country") if opened else ""),
        searched=fold(" ".join(name for name in names if name)),
    )


def _shown(cell: Cell) -> str:
    """A cell of the status line in the table: that of the region says which one, where one is told."""
    return f"{cell.label} : {cell.value}" if cell.name == "region" and cell.label != "Région" else cell.value


def _begun(snapshot: Snapshot, zero: Day | None) -> bool:
    """Whether the change may have begun by the day looked at; where no seizure is known, whether anything had."""
    if zero is not None and zero.precision != "unknown":
        return zero.earliest <= snapshot.as_of
    facts = told(snapshot)
    return not facts or any(fact.span.begins.earliest <= snapshot.as_of for fact in facts)


def _bodies(snapshot: Snapshot, zero: Day | None) -> tuple[str, ...]:
    """The organisations the register has the state in on day 0; on the day looked at where no day 0 is known."""
    day = zero.shown if zero is not None and zero.precision != "unknown" else snapshot.as_of
    facts = [fact for fact in snapshot.facts if fact.kind == "membership" and fact.subject.startswith("state:")]
    bodies = dict.fromkeys(fact.get("organisation") for fact in facts)
    bodies.pop(NO_REGION, None)
    return tuple(one for one in bodies if any(since <= day < until for since, until in membership(facts, one)))


def _missions(snapshot: Snapshot, zero: Day | None) -> tuple[tuple[str, str], ...]:
    if zero is None:
        return ()
    present = [
        fact
        for fact in snapshot.of_kind("mission_present")
        if not fact.competes_with and fact.span.covers(zero.shown) is Verdict.HOLDS
    ]
    return tuple((fact.get("mission"), fact.get("mission_type")) for fact in present)


def line_record(line: Line) -> dict[str, Any]:
    """A case of the table as JSON and CSV give it: its row, and what it is found by."""
    return case_row_record(line.row) | {
        "year": line.year,
        "seizure": line.details.seizure or None,
        "regions": list(line.details.regions),
        "organisations": list(line.details.bodies),
        "missions_on_day_0": [mission for mission, _ in line.details.missions],
        "mission_types_on_day_0": list(dict.fromkeys(kind for _, kind in line.details.missions)),
    }


def records(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The lines as JSON and CSV give them."""
    return [line_record(line) for line in lines]
