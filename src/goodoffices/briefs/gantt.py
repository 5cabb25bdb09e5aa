"""The Gantt of missions or operations as a value: rows of bars between two days, with changes of government as marks.

A bar is drawn full as far as the record vouches for it, dashed where it does not (a date not known to the day, an end
that is not on record), and light after the day looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from goodoffices.briefs.lives import Change, Life, is_vague
from goodoffices.core.days import Day

Sureness = Literal["sure", "doubt", "ahead"]
FIRST: Final = date(1999, 1, 1)  # the figure begins here, just before the casebook; longer lives are cut at the edge
_AHEAD: Final = 400  # days after the day looked at that the figure still shows


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, last day included, and how sure it is."""

    start: date
    end: date
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Bar:
    """One life: whose, where its page is, what it is called in the figure, its kind, its pieces in order of time, and
    all of it in words."""

    id: str
    page: str
    name: str
    kind: str
    pieces: tuple[Piece, ...]
    words: str

    @property
    def start(self) -> date:
        """Its first day in the figure."""
        return self.pieces[0].start

    @property
    def end(self) -> date:
        """Its last day in the figure."""
        return self.pieces[-1].end


@dataclass(frozen=True, slots=True)
class Mark:
    """A change of government; `vague` where its day is not known."""

    case: str
    fact: str
    day: date
    vague: bool
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A country’s or a type’s row."""

    name: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Gantt:
    """Rows between two days, with the day looked at."""

    title: str
    start: date
    end: date
    as_of: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the figure is made of: a mission or operation with its row, its life and the words for it."""

    id: str
    page: str
    name: str
    kind: str
    row: str
    life: Life
    words: str


def gantt(
    title: str,
    entries: Sequence[Entry],
    as_of: date,
    changes: Mapping[str, Sequence[Change]],
    *,
    whole: bool,
    language: str,
) -> Gantt:
    """The figure. `changes` are those of each row; `whole` begins it with the first life instead of in 1999."""
    begun = min((entry.life.begun.earliest for entry in entries), default=FIRST)
    # Somebody who asks for a day before 1999 must see the years before it.
    early = whole or as_of < FIRST + timedelta(days=366)
    start = date(begun.year, 1, 1) if early else FIRST
    end = date(min((as_of + timedelta(days=_AHEAD)).year, 9998), 12, 31) if as_of.year < 9000 else as_of
    rows: dict[str, list[Bar]] = {}
    for entry in entries:
        pieces = tuple(_clipped(pieces_of(entry.life, as_of), start, end))
        if pieces:
            rows.setdefault(entry.row, []).append(
                Bar(entry.id, entry.page, entry.name, entry.kind, pieces, entry.words)
            )
    made = [
        Row(
            name,
            tuple(sorted(bars, key=lambda bar: (bar.start, bar.id))),
            tuple(_mark(one, language) for one in changes.get(name, ()) if start <= one.day.shown <= end),
        )
        for name, bars in rows.items()
    ]
    return Gantt(title, start, end, as_of, tuple(made))


def _mark(change: Change, language: str) -> Mark:
    said = f"{change.said(language)}: {change.day.words(language)}"
    return Mark(change.case, change.fact.key, change.day.shown, is_vague(change.day), said)


def pieces_of(life: Life, as_of: date) -> list[Piece]:
    """A life in pieces: dashed over the days that its beginning or end may fall on, and from the last day that the
    record vouches for where no end is on record; light after the day looked at."""
    found = _opening(life.begun)
    sure_from = found[-1].end if found else life.begun.earliest
    if life.ended is not None:
        last = life.ended.earliest if is_vague(life.ended) else life.ended.latest
        found += _split(max(sure_from, life.begun.earliest), max(last, sure_from), as_of)
        if is_vague(life.ended):
            found.append(Piece(max(last, sure_from), max(life.ended.latest, sure_from), "doubt"))
        return found
    vouched = max(life.carried.earliest, sure_from) if life.carried else sure_from
    found += _split(sure_from, vouched, as_of)
    if vouched < as_of:
        found.append(Piece(vouched, as_of, "doubt"))
    return found


def _opening(begun: Day) -> list[Piece]:
    return [Piece(begun.earliest, begun.latest, "doubt")] if is_vague(begun) else []


def _split(first: date, last: date, as_of: date) -> list[Piece]:
    """Full up to the day looked at, light after it."""
    if last <= as_of:
        return [Piece(first, last, "sure")] if first <= last else []
    if first > as_of:
        return [Piece(first, last, "ahead")]
    return [Piece(first, as_of, "sure"), Piece(as_of, last, "ahead")]


def _clipped(pieces: Iterable[Piece], start: date, end: date) -> list[Piece]:
    return [
        Piece(max(one.start, start), min(one.end, end), one.sureness)
        for one in pieces
        if one.end >= start and one.start <= end
    ]


def gantt_rows(figure: Gantt) -> list[dict[str, object]]:
    """The data behind the figure, one row a piece of a bar or a mark."""
    found: list[dict[str, object]] = []
    for row in figure.rows:
        for bar in row.bars:
            found += [
                {
                    "row": row.name,
                    "what": "bar",
                    "id": bar.id,
                    "name": bar.name,
                    "kind": bar.kind,
                    "from": piece.start.isoformat(),
                    "to": piece.end.isoformat(),
                    "sureness": piece.sureness,
                    "said": bar.words,
                }
                for piece in bar.pieces
            ]
        found += [
            {
                "row": row.name,
                "what": "change of government",
                "id": mark.case,
                "name": mark.case,
                "kind": "",
                "from": mark.day.isoformat(),
                "to": mark.day.isoformat(),
                "sureness": "doubt" if mark.vague else "sure",
                "said": mark.words,
            }
            for mark in row.marks
        ]
    return found
