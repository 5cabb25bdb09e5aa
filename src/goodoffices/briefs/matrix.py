"""The response matrix for pages: the rows of a comparison, each cell with every act it counts.

Invariant: what stands in a cell is what `comparing` put there, in its order; a cell without acts says that none is
known, never that there was none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodoffices.briefs.act_words import act_words, day_number_words, flag_words, number_words, organisation_words
from goodoffices.briefs.comparing import Comparison, Response, When, when, zero_of
from goodoffices.core.days import Day
from goodoffices.core.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Act:
    """One act in a cell: its fact, the day since the seizure as printed (`number`) and in a sentence (`said`)."""

    fact: str
    number: str
    said: str
    text: str
    about: str = ""
    known: int | None = None


@dataclass(frozen=True, slots=True)
class CellOfActs:
    """The acts of one kind in one case: the one shown, the others from the seizure on, and those before it."""

    case: str
    shown: Act | None
    others: tuple[Act, ...] = ()
    before: tuple[Act, ...] = ()
    perhaps_earlier: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An organisation and a kind of act, with a cell for each case."""

    organisation: str
    name: str
    act: str
    label: str
    cells: tuple[CellOfActs, ...]

    @property
    def known_in(self) -> int:
        """In how many of the cases such an act is known."""
        return sum(1 for cell in self.cells if cell.shown)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a case's column: its title, day 0 in words, and what to know before reading on."""

    case: str
    title: str
    zero: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Heads of the columns, and rows by organisation."""

    heads: tuple[Head, ...]
    groups: tuple[tuple[str, tuple[MatrixRow, ...]], ...]

    @property
    def rows(self) -> tuple[MatrixRow, ...]:
        """All rows, in order."""
        return tuple(row for _, rows in self.groups for row in rows)


def matrix(found: Comparison, snapshots: Sequence[Snapshot], titles: Sequence[str], language: str = "en") -> Matrix:
    """The matrix of a comparison over these snapshots, in the same order. `titles` are the cases' names."""
    zeros = [zero_of(one) for one in snapshots]
    heads = tuple(
        Head(column.case, title, zero.words(language) if zero else "", _flags(column.flags, language))
        for column, title, zero in zip(found.columns, titles, zeros, strict=True)
    )
    groups: dict[str, list[MatrixRow]] = {}
    for row in found.rows:
        cells = tuple(
            _cell(response, snapshot, zero, language)
            for response, snapshot, zero in zip(row.cells, snapshots, zeros, strict=True)
        )
        name = organisation_words(row.organisation, language)
        made = MatrixRow(row.organisation, name, row.act, act_words(row.act, language), cells)
        groups.setdefault(name, []).append(made)
    return Matrix(heads, tuple((name, tuple(rows)) for name, rows in groups.items()))


def _flags(flags: Sequence[str], language: str) -> tuple[str, ...]:
    return tuple(flag_words(one, language) for one in flags)


def _cell(found: Response | None, snapshot: Snapshot, zero: Day | None, language: str) -> CellOfActs:
    case = snapshot.subjects[0]
    if found is None:
        return CellOfActs(case, None)
    first, *rest = found.facts
    acts = [(_act(key, snapshot, zero, language), _comes_before(key, snapshot, zero)) for key in rest]
    shown = _act(first, snapshot, zero, language, found.about)
    # The act shown is one from the seizure on, or, where there is none, the last one before it.
    others = tuple(act for act, early in acts if not early)
    before = tuple(act for act, early in acts if early)
    return CellOfActs(case, shown, others, before, found.perhaps_earlier)


def _act(key: str, snapshot: Snapshot, zero: Day | None, language: str, about: str = "") -> Act:
    fact = snapshot.find(key)
    assert fact is not None, f"{key} is in the comparison and not in its snapshot"
    day: When = when(fact, zero)
    known = day.known_day
    return Act(key, number_words(day, language), day_number_words(day, language), fact.said(language), about, known)


def _comes_before(key: str, snapshot: Snapshot, zero: Day | None) -> bool:
    fact = snapshot.find(key)
    return fact is not None and zero is not None and fact.span.begins.latest < zero.earliest
