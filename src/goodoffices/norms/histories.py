"""Many histories at once, in columns: what happened when, and when it was known.

Invariant: within a history events stand in order of their day. A day here is exact: a history with a coarse, uncertain
or unsettled fact is for the case evaluator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from goodoffices.core.days import Span, on
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Citation, Source
from goodoffices.norms.matching import UNSETTLED

Ints = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Types = npt.NDArray[np.int16]
MADE: Final = Citation(Source("history", "A history in columns"))


@dataclass(frozen=True, slots=True)
class EventType:
    """What all events of one type have in common: the kind of fact, who acts, and the fields a rule may ask for."""

    kind: str
    actor: str
    value: tuple[tuple[str, str], ...] = ()

    def fact(self, key: str, day: date, known: date) -> Fact:
        """A fact of this type, as the case evaluator reads it."""
        span = Span(day.isoformat(), on(day), on(day), False)
        said = f"{self.kind} by {self.actor}."
        return Fact(key, self.kind, self.actor, span, known, said, (MADE,), "high", self.value)


@dataclass(frozen=True, slots=True)
class Histories:
    """Events of many histories: those of history i stand from offsets[i] up to offsets[i + 1].

    `day` and `known` are ordinals of days (1 is 1 January of the year 1); `type` indexes `types`.
    """

    types: tuple[EventType, ...]
    offsets: Ints
    day: Days
    known: Days
    type: Types

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def part(self, first: int, last: int) -> Histories:
        """Histories from `first` up to `last`, without copying their events."""
        start, stop = int(self.offsets[first]), int(self.offsets[last])
        moved = self.offsets[first : last + 1] - start
        return Histories(self.types, moved, self.day[start:stop], self.known[start:stop], self.type[start:stop])

    def snapshot(self, index: int, as_of: date, known_at: date) -> Snapshot:
        """One history as a snapshot: the same events, read by the case evaluator."""
        facts = [
            self.types[self.type[place]].fact(
                f"history-2000/e-{place - self.offsets[index]}",
                date.fromordinal(int(self.day[place])),
                date.fromordinal(int(self.known[place])),
            )
            for place in range(int(self.offsets[index]), int(self.offsets[index + 1]))
        ]
        known = tuple(fact for fact in facts if fact.known_at <= known_at)
        later = tuple(fact for fact in facts if fact.known_at > known_at)
        return Snapshot(("history-2000",), as_of, known_at, Marking.UNCLASSIFIED, known, later)


def columns(types: Sequence[EventType], events: Iterable[Sequence[tuple[int, int, int]]]) -> Histories:
    """Histories from lists of (type, day, known), in any order within a history."""
    offsets, rows = [0], []
    for history in events:
        rows += sorted(history, key=lambda event: event[1])
        offsets.append(len(rows))
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Histories(
        tuple(types),
        np.array(offsets, dtype=np.int64),
        table[:, 1].astype(np.int32),
        table[:, 2].astype(np.int32),
        table[:, 0].astype(np.int16),
    )


def histories_of(snapshots: Sequence[Snapshot]) -> Histories:
    """The facts of snapshots as histories. BadRecord with every fact that is too coarse or unsettled to stand there."""
    problems = [problem for snapshot in snapshots for problem in _unfit(snapshot)]
    if problems:
        raise BadRecord(problems)
    types: dict[EventType, int] = {}
    events = []
    for snapshot in snapshots:
        rows = []
        for fact in snapshot.facts:
            one = EventType(fact.kind, fact.actor, fact.value)
            index = types.setdefault(one, len(types))
            rows.append((index, fact.span.begins.earliest.toordinal(), fact.known_at.toordinal()))
        events.append(rows)
    return columns(tuple(types), events)


def _unfit(snapshot: Snapshot) -> Iterator[Problem]:
    for fact in snapshot.facts:
        if fact.span.begins.earliest != fact.span.begins.latest:
            yield Problem(fact.key, f"{fact.span.text} is no exact day.", "The case evaluator takes coarse days.")
        elif fact.competes_with:
            yield Problem(fact.key, "competes with another account.", "The case evaluator tries each account.")
        elif any(word in UNSETTLED for _, word in fact.value):
            yield Problem(
                fact.key, "has a field that nobody established.", "The case evaluator weighs what is unknown."
            )
