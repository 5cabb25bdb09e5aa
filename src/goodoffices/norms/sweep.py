"""Running a compiled rulebook over many histories: intervals of states, or the states of one day, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from goodoffices.core.findings import Finding
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.histories import Histories
from goodoffices.norms.kernel import run
from goodoffices.norms.kernel_layout import scratch
from goodoffices.norms.program import STATES, Program
from goodoffices.norms.rules import Rulebook

CHUNK: Final = 50_000
_COLUMNS: Final = ("history", "rule", "start", "stop", "state", "since", "due", "done", "trigger", "cause")
_ROOM: Final = 8  # intervals a history to begin with; a chunk that needs more is run again with what it needs


@dataclass(frozen=True, slots=True)
class Intervals:
    """States of rules over time, in columns. From `start` up to `stop`, left out; days are ordinals, 0 is none.

    `trigger` and `cause` count the events of the history: what gave rise to the state, and what made it so; -1 is none.
    `hard` are the histories whose dates must be weighed: their intervals are not to be used.
    """

    rules: tuple[str, ...]
    table: npt.NDArray[np.int32]
    hard: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return int(self.table.shape[1])

    def column(self, name: str) -> npt.NDArray[np.int32]:
        """One column by its name."""
        found: npt.NDArray[np.int32] = self.table[_COLUMNS.index(name)]
        return found


@dataclass(frozen=True, slots=True)
class StatesOn:
    """The states of every rule on one day, a row a history; since, due and done are ordinals, 0 is none."""

    rules: tuple[str, ...]
    state: npt.NDArray[np.int32]
    since: npt.NDArray[np.int32]
    due: npt.NDArray[np.int32]
    done: npt.NDArray[np.int32]
    hard: npt.NDArray[np.bool_]

    def named(self, history: int) -> dict[str, str]:
        """The states of one history in words."""
        return {rule: STATES[self.state[history, row]] for row, rule in enumerate(self.rules)}


def _tables(program: Program) -> tuple[Any, ...]:
    return (
        *(program.table, program.steps, program.conditions, program.unless, program.moves),
        *(program.type_offsets, program.type_patterns, program.type_members),
        *(program.pattern_offsets, program.pattern_rules, program.act_offsets, program.act_rules),
        *(program.member_offsets, program.member_rules),
        *(program.rule_offsets, program.rule_rules, program.turns, program.turn_rules),
    )


def _scratch(program: Program) -> tuple[Any, ...]:
    return scratch(len(program.rules), len(program.pattern_offsets) - 1, len(program.member_offsets) - 1)


def _run(
    program: Program,
    part: Histories,
    first: int,
    days: tuple[date, date],
    out: npt.NDArray[np.int32],
    last: npt.NDArray[np.int32],
) -> tuple[int, npt.NDArray[np.bool_]]:
    hard = np.zeros(len(part), dtype=np.bool_)
    columns = (part.offsets, part.day, part.known, part.type)
    horizon, known_at = (day.toordinal() for day in days)
    used = run(columns, first, known_at, horizon, _tables(program), _scratch(program), out, last, hard)
    return int(used), hard


def intervals(
    program: Program, histories: Histories, until: date, known_at: date | None = None, chunk: int = CHUNK
) -> Iterator[Intervals]:
    """States over time, from each history's first event until a day, one chunk of histories at a time."""
    days = min(until, known_at or until), known_at or until
    nothing = np.zeros((0, 0, 4), dtype=np.int32)
    for first in range(0, len(histories), chunk):
        part = histories.part(first, min(first + chunk, len(histories)))
        room = _ROOM * len(part) * max(1, len(program.rules))
        while True:
            out = np.empty((len(_COLUMNS), room), dtype=np.int32)
            used, hard = _run(program, part, first, days, out, nothing)
            if used <= room:
                break
            room = used
        yield Intervals(program.rules, out[:, :used], hard)


def states_on(program: Program, histories: Histories, as_of: date, known_at: date | None = None) -> StatesOn:
    """The states of every rule on a day, on what was known by a day: `as_of` itself where that is not given."""
    last = np.zeros((len(histories), len(program.rules), 4), dtype=np.int32)
    out = np.empty((len(_COLUMNS), 0), dtype=np.int32)
    hard = np.zeros(len(histories), dtype=np.bool_)
    days = as_of, known_at or as_of
    for first in range(0, len(histories), CHUNK):
        stop = min(first + CHUNK, len(histories))
        _, weigh = _run(program, histories.part(first, stop), first, days, out, last[first:stop])
        hard[first:stop] = weigh
    state, since, due, done = (last[:, :, column] for column in range(4))
    return StatesOn(program.rules, state, since, due, done, hard)


def explained(
    book: Rulebook,
    histories: Histories,
    index: int,
    days: tuple[date, date],
    readings: Mapping[str, str] | None = None,
    only: Sequence[str] | None = None,
) -> tuple[Finding, ...]:
    """What the case evaluator makes of one history as of a day, as known on a day: the same states, with reasons."""
    return evaluate(book, histories.snapshot(index, *days), readings, only)
