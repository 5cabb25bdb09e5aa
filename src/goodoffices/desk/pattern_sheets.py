"""The pattern tables for pages, worked out once for each end of the chain and moment; one case in detail.

Invariant: a table says of a moment what the desk would say of it case by case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from goodoffices.briefs.aligned import Aligned, AlignedCase, aligned
from goodoffices.briefs.pattern_cells import NAMES, PatternCell, PatternRow, Sheet, sheet
from goodoffices.briefs.patterns import REGIONS, Told
from goodoffices.casebook.actors import LANES, actors
from goodoffices.core.errors import NoAnswer
from goodoffices.core.reading import seizure
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.asking import Asking
from goodoffices.desk.side_by_side import checked_stretch, country_of, each_case, title_of
from goodoffices.desk.views import Moment
from goodoffices.norms.evaluator import evaluate
from goodoffices.rulebooks.shelf import rulebooks

_KEPT: Final = 32
_SHEETS: Final[dict[tuple[object, ...], Sheet]] = {}
# The lanes of a case's alignment, in their order: the Union, the region, the United Nations.
_ALIGNED: Final = ("au", *REGIONS, "council", "assembly", "secretariat", "mission")


@dataclass(frozen=True, slots=True)
class Behind:
    """What a number counts: the table's row and column by name, and the cell."""

    row: PatternRow
    head: str
    cell: PatternCell


def pattern_sheet(desk: Asking, name: str, moment: Moment, language: str = "en") -> Sheet:
    """A table at a moment. NoAnswer, with the names there are, for another."""
    if name not in NAMES:
        near = tuple(get_close_matches(name, NAMES, 5, 0.4)) or tuple(NAMES)
        raise NoAnswer(f"there is no table {name!r}. Tables: {', '.join(NAMES)}.", near)
    versions = tuple((book.id, book.version) for book in rulebooks())
    key = (desk.head().hash, moment.as_of, moment.known_at, desk.clearance, versions, name, language)
    found = _SHEETS.get(key)
    if found is None:
        found = sheet(name, [_told(one, name == "category-5") for one in each_case(desk, moment)], language)
        while len(_SHEETS) >= _KEPT:
            _SHEETS.pop(next(iter(_SHEETS)), None)
        _SHEETS[key] = found
    return found


def _told(snapshot: Snapshot, asked: bool) -> Told:
    """A case with its findings, where the table asks for them: those of the Union and of regional bodies."""
    taken = seizure(snapshot)
    if not asked or taken is None or taken.get("category") != "constitutional_manipulation":
        return Told(snapshot, ())
    lanes = ("au", *REGIONS)
    books = [book for book in rulebooks() if any(actors()[rule.bearer].lane in lanes for rule in book.rules)]
    mine = {book.id: [rule.id for rule in book.rules if actors()[rule.bearer].lane in lanes] for book in books}
    return Told(snapshot, [one for book in books for one in evaluate(book, snapshot, only=mine[book.id])])


def behind(found: Sheet, row: str, column: str) -> Behind:
    """What a number of the table counts. NoAnswer where there is no such row or column at this moment."""
    cell, line = found.cell(row, column), found.row(row)
    if cell is None or line is None:
        rows, columns = ", ".join(one.id for one in found.rows), ", ".join(one for one, _ in found.columns)
        raise NoAnswer(f"the table {found.name!r} has no {row!r}, {column!r}. Rows: {rows}. Columns: {columns}.")
    return Behind(line, dict(found.columns)[column], cell)


def alignment_of(desk: Asking, case: str, moment: Moment, stretch: str, language: str = "en") -> Aligned:
    """One case's answers: a lane for each of the Union, the region and the organs of the United Nations. NoAnswer for a
    case we do not have, or whose seizure was not known then."""
    snapshot = desk.snapshot(case, moment)
    name, country = title_of(snapshot, language), country_of(snapshot, language)
    whole = aligned([snapshot], [(name, country)], name, checked_stretch(stretch), language)
    if not whole.cases[0].zero:
        asked = f"as of {moment.as_of}, as known on {moment.known_at}"
        raise NoAnswer(f"no seizure of {case!r} is known {asked}. Ask for a later day.")
    lanes = [_lane(whole.cases[0], LANES[lane][language == "fr"]) for lane in _ALIGNED]
    # The Union and the Council are shown without a mark, too: that nothing is known of them is an answer.
    always = [LANES[lane][language == "fr"] for lane in ("au", "council")]
    kept = tuple(one for one in lanes if one.marks or one.name in always)
    return Aligned(whole.title, whole.stretch, whole.start, whole.end, kept)


def _lane(case: AlignedCase, lane: str) -> AlignedCase:
    marks = tuple(mark for mark in case.marks if mark.lane == lane)
    return AlignedCase(case.case, case.title, lane, case.zero, case.reached, marks)


# ---------------------------------------------------------------- as data


def sheet_record(found: Sheet, moment: Moment) -> dict[str, Any]:
    """A table as JSON: each cell with what it stands on."""
    return {
        "table": found.name,
        "title": found.title,
        "about": found.about,
        "as_of": moment.as_of.isoformat(),
        "known_at": moment.known_at.isoformat(),
        "columns": [{"column": one, "head": head} for one, head in found.columns],
        "rows": [
            {
                "row": row.id,
                "name": row.name,
                "cells": {
                    column: _cell_record(cell) for (column, _), cell in zip(found.columns, row.cells, strict=True)
                },
            }
            for row in found.rows
        ],
    }


def _cell_record(cell: PatternCell) -> dict[str, Any]:
    return {
        "says": cell.text,
        "number": cell.number,
        "members": cell.members,
        "cases": list(dict.fromkeys(hit.case for hit in cell.hits)),
        "facts": [hit.fact for hit in cell.hits if hit.fact],
        "rules": [hit.rule for hit in cell.hits if hit.rule],
    }


def sheet_rows(found: Sheet) -> list[dict[str, Any]]:
    """A table as CSV, one line a row, the words of its cells."""
    return [
        {"row": row.id, "name": row.name}
        | {
            column: cell.number if cell.number is not None else cell.text
            for (column, _), cell in zip(found.columns, row.cells, strict=True)
        }
        for row in found.rows
    ]


def index_record(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """The tables there are."""
    return [{"table": one.name, "title": one.title, "about": one.about, "rows": len(one.rows)} for one in sheets]
