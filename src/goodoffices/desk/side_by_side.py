"""Cases side by side for pages: which may be chosen, the ready-made sets, the matrix with the aligned figure, and the
cases most like one with what came next in them.

Invariant: everything follows from what the desk gives at a moment; what was known only later is neither shown nor
offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from goodoffices.briefs.afterwards import Course, courses
from goodoffices.briefs.aligned import STRETCHES, Aligned, aligned
from goodoffices.briefs.case_sets import LEAST, MOST, CaseSet, case_sets
from goodoffices.briefs.comparing import Comparison, compare
from goodoffices.briefs.matrix import Matrix, matrix
from goodoffices.briefs.precedents import Precedents, precedents
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.reading import case_fact, seizure, state_fact
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict
from goodoffices.desk.asking import Asking
from goodoffices.desk.comparisons import comparison_record, precedents_record
from goodoffices.desk.views import Moment

_KEPT: Final = 16
_KEPT_CASES: Final = 4  # each holds the whole record of a moment
_T = TypeVar("_T")
_CASES: Final[dict[tuple[object, ...], tuple[Snapshot, ...]]] = {}
_SETS: Final[dict[tuple[object, ...], tuple[CaseSet, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Choice:
    """A case that may be chosen: its name, and day 0 as EDTF, empty where no seizure is known."""

    id: str
    title: str
    day: str
    year: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Cases side by side: the comparison, its matrix with every act, and the figure of what was done in order."""

    comparison: Comparison
    matrix: Matrix
    figure: Aligned


@dataclass(frozen=True, slots=True)
class Likenesses:
    """The cases most like one: the likenesses, the cases' names by id, and what came next in them, the case first."""

    found: Precedents
    titles: dict[str, str]
    courses: tuple[Course, ...]

    @property
    def cases(self) -> tuple[str, ...]:
        """The case and those like it, in the order of the columns."""
        return (self.found.head.case, *(one.head.case for one in self.found.found))


def each_case(desk: Asking, moment: Moment) -> tuple[Snapshot, ...]:
    """A snapshot of every case known by then with its state, read in one go, in order of their ids; the last few
    answers are kept by the end of the chain."""
    key = (desk.head().hash, moment.as_of, moment.known_at, desk.clearance)
    found = _CASES.get(key)
    if found is None:
        found = _kept(_CASES, key, _read(desk, moment), _KEPT_CASES)
    return found


def _kept(kept: dict[tuple[object, ...], _T], key: tuple[object, ...], value: _T, most: int) -> _T:
    while len(kept) >= most:
        kept.pop(next(iter(kept)), None)
    kept[key] = value
    return value


def _read(desk: Asking, moment: Moment) -> tuple[Snapshot, ...]:
    everything = desk.everything(moment)
    by_subject: dict[str, list[Fact]] = {}
    for fact in everything.facts:
        by_subject.setdefault(fact.subject, []).append(fact)
    heads = sorted((fact for fact in everything.facts if fact.kind == "case"), key=lambda fact: fact.subject)
    return tuple(
        Snapshot(
            *((head.subject,), everything.as_of, everything.known_at, everything.clearance),
            (*by_subject[head.subject], *by_subject.get(f"state:{head.get('iso3')}", ())),
            head=everything.head,
        )
        for head in heads
    )


def title_of(snapshot: Snapshot, language: str = "en") -> str:
    """The case's name in a language; its id where it was not known yet."""
    opened = case_fact(snapshot)
    if opened is None:
        return snapshot.subjects[0]
    return (opened.get("title_fr") if language == "fr" else "") or opened.get("title")


def country_of(snapshot: Snapshot, language: str = "en") -> str:
    """The country's name, from the register of states in French."""
    opened, state = case_fact(snapshot), state_fact(snapshot)
    french = state.get("country_fr") if state and language == "fr" else ""
    return french or (opened.get("country") if opened else "") or snapshot.subjects[0]


def sets(desk: Asking, moment: Moment) -> tuple[CaseSet, ...]:
    """The ready-made sets at a moment, kept by the end of the chain they were worked out from."""
    key = (desk.head().hash, moment.as_of, moment.known_at, desk.clearance)
    found = _SETS.get(key)
    if found is None:
        found = _kept(_SETS, key, case_sets(each_case(desk, moment)), _KEPT)
    return found


def choices(desk: Asking, moment: Moment, chosen: Sequence[str] = (), language: str = "en") -> tuple[Choice, ...]:
    """Every case whose seizure had come by then, newest first, with those chosen marked."""
    found = []
    for snapshot in each_case(desk, moment):
        taken = seizure(snapshot)
        if taken is not None and taken.span.begun_by(moment.as_of) is Verdict.HOLDS:
            day = taken.span.begins
            case = snapshot.subjects[0]
            found.append(
                (day.shown, Choice(case, title_of(snapshot, language), day.text, day.text[:4], case in chosen))
            )
    return tuple(choice for _, choice in sorted(found, key=lambda pair: (pair[0], pair[1].id), reverse=True))


def checked_choice(cases: Sequence[str], fewest: int = LEAST) -> tuple[str, ...]:
    """The cases asked for. BadRecord where one is given twice, or there are too few or too many."""
    twice = sorted({case for case in cases if list(cases).count(case) > 1})
    problems = [Problem("case", f"{case!r} is given twice.", "Name each case once.") for case in twice]
    if len(cases) < fewest:
        said = f"only {cases[0]!r} is given" if cases else "no case is given"
        remedy = "Name two or more: ?case=mali-2021&case=chad-2021."
        problems.append(Problem("case", f"{said}, and one needs two to compare.", remedy))
    if len(cases) > MOST:
        problems.append(Problem("case", f"{len(cases)} cases are given.", f"Choose at most {MOST}."))
    if problems:
        raise BadRecord(problems)
    return tuple(cases)


def checked_stretch(name: str) -> str:
    """The stretch asked for. BadRecord for one there is not."""
    if name not in STRETCHES:
        raise BadRecord([Problem("days", f"there is no stretch {name!r}.", f"Stretches: {', '.join(STRETCHES)}.")])
    return name


def side_by_side(
    desk: Asking, cases: Sequence[str], moment: Moment, stretch: str = "month", language: str = "en"
) -> SideBySide:
    """These cases side by side. BadRecord for a choice that cannot be compared; NoAnswer for a case we do not have."""
    snapshots = [desk.snapshot(case, moment) for case in checked_choice(cases)]
    found = compare(snapshots)
    titles = [title_of(one, language) for one in snapshots]
    names = [(title, country_of(one, language)) for one, title in zip(snapshots, titles, strict=True)]
    heading = "Jours depuis la prise de pouvoir" if language == "fr" else "Days since the seizure"
    figure = aligned(snapshots, names, f"{heading}: {', '.join(titles)}", checked_stretch(stretch), language)
    return SideBySide(found, matrix(found, snapshots, titles, language), figure)


def likenesses(desk: Asking, case: str, moment: Moment, most: int, language: str = "en") -> Likenesses:
    """The cases most like one. NoAnswer for a case we do not have, or whose seizure was not known then."""
    given = desk.snapshot(case, moment)
    taken = seizure(given)
    if taken is None or taken.span.begun_by(moment.as_of) is not Verdict.HOLDS:
        asked = f"as of {moment.as_of}, as known on {moment.known_at}"
        raise NoAnswer(f"no seizure of {case!r} is known {asked}. Ask for a later day.")
    others = {one.subjects[0]: one for one in each_case(desk, moment)}
    found = precedents(given, others.values(), most)
    shown = [given, *(others[one.head.case] for one in found.found)]
    titles = {one.subjects[0]: title_of(one, language) for one in shown}
    return Likenesses(found, titles, courses(shown, language))


# ---------------------------------------------------------------- as data


def sets_record(found: Sequence[CaseSet]) -> list[dict[str, Any]]:
    """The sets as JSON. `all` counts the cases that belong; `cases` are the newest of them."""
    return [
        {"set": one.id, "name": one.name[0], "why": one.why[0], "cases": list(one.cases), "all": one.all}
        for one in found
    ]


def side_by_side_record(found: SideBySide) -> dict[str, Any]:
    """The JSON of `compare`, and the marks of the figure."""
    figure = found.figure
    return comparison_record(found.comparison) | {
        "figure": {"days": figure.stretch, "from": figure.start, "to": figure.end, "marks": marks_rows(figure)}
    }


def matrix_rows(found: SideBySide) -> list[dict[str, Any]]:
    """The matrix in long form, one row an act."""
    rows = []
    for row, said in zip(found.comparison.rows, found.matrix.rows, strict=True):
        for response, cell in zip(row.cells, said.cells, strict=True):
            if response is None or cell.shown is None:
                continue
            when = response.when
            rows.append(
                {
                    "case": cell.case,
                    "organisation": row.organisation,
                    "name": said.name,
                    "act": row.act,
                    "label": said.label,
                    "days": cell.shown.number,
                    "day": when.day,
                    "first": when.first,
                    "last": when.last,
                    "known_day": when.known_day,
                    "date": when.date,
                    "about": response.about,
                    "perhaps_earlier": response.perhaps_earlier,
                    "more": response.more,
                    "before": response.before,
                    "facts": list(response.facts),
                }
            )
    return rows


def marks_rows(figure: Aligned) -> list[dict[str, Any]]:
    """The marks of the figure, one row a mark, in order of days."""
    return [
        {
            "case": case.case,
            "day": mark.at if mark.first == mark.last else None,
            "first": mark.first,
            "last": mark.last,
            "says": mark.said,
            "when": mark.when,
            "lane": mark.lane,
            "mark": mark.shape,
            "label": mark.label,
            "text": mark.text,
            "later": mark.later,
            "fact": mark.fact,
        }
        for case, mark in figure.rows
    ]


def likenesses_record(found: Likenesses) -> dict[str, Any]:
    """The JSON of `precedents`, and the steps that came next in each case."""
    return precedents_record(found.found) | {
        "next": {
            one.name: {
                cell.case: {"what": cell.what, "days": cell.days, "day": cell.number, "fact": cell.fact}
                if cell.fact
                else None
                for cell in one.cells
            }
            for one in found.courses
        }
    }


def likenesses_rows(found: Likenesses) -> list[dict[str, Any]]:
    """The likenesses as a table, one row a case, the steps as columns; the case asked about comes first."""
    steps = {
        case: {one.name: one.cells[number].days for one in found.courses} for number, case in enumerate(found.cases)
    }
    nothing: dict[str, Any] = {
        "likeness": None,
        "shared": None,
        "weighed": None,
        "later": None,
        "alike": "",
        "differ": "",
    }
    rows: list[dict[str, Any]] = [
        {"case": found.cases[0], "day_zero": found.found.head.zero} | nothing | steps[found.cases[0]]
    ]
    for one in found.found.found:
        rows.append(
            {
                "case": one.head.case,
                "day_zero": one.head.zero,
                "likeness": round(one.likeness, 4),
                "shared": one.shared,
                "weighed": one.weighed,
                "later": one.later,
                "alike": [pair.feature for pair in one.alike],
                "differ": [pair.feature for pair in one.differ],
            }
            | steps[one.head.case]
        )
    return rows
