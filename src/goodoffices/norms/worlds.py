"""Coarse dates: every way the exact days could have been.

A coarse day stands for a range. What a rule comes to is computed for each possible assignment of exact days; where all
agree, that is the answer. Wide ranges are thinned to the days on which an answer can turn: their own ends, and the
days around every other date in play.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import Final

from goodoffices.core.days import ALWAYS, NEVER, Day, on

_WIDE: Final = 40
MOST_WORLDS: Final = 20_000


def possible_days(day: Day, turning: Iterable[date]) -> list[date]:
    """Exact days to try for one day; `turning` are the days on which an answer may change."""
    if day.earliest == day.latest:
        return [day.earliest]
    span = (day.latest - day.earliest).days
    if span <= _WIDE:
        return [day.earliest + timedelta(days=step) for step in range(span + 1)]
    picked = {day.earliest, day.latest}
    for turn in turning:
        for step in (-1, 0, 1):
            if (step < 0 and turn == ALWAYS) or (step > 0 and turn == NEVER):
                continue
            near = turn + timedelta(days=step)
            if day.earliest <= near <= day.latest:
                picked.add(near)
    return sorted(picked)


def worlds(days: Sequence[Day], turning: Iterable[date]) -> Iterator[tuple[date, ...]] | None:
    """Every assignment of exact days; None where there are too many to try."""
    turns = set(turning)
    for day in days:
        turns.update((day.earliest, day.latest))
    choices = [possible_days(day, turns) for day in days]
    if prod(len(choice) for choice in choices) > MOST_WORLDS:
        return None
    return product(*choices)


def between(earliest: date, latest: date, among: Iterable[Day]) -> Day:
    """The day that lies somewhere from `earliest` to `latest`: one of `among` where one says just that, otherwise
    written as an EDTF set."""
    for day in among:
        if (day.earliest, day.latest) == (earliest, latest):
            return day
    if earliest == latest:
        return on(earliest)
    if earliest == ALWAYS or latest == NEVER:
        return Day("unknown", earliest, latest, "unknown")
    return Day(f"[{earliest}..{latest}]", earliest, latest, "other")


def first_of(sure: Sequence[Day], perhaps: Sequence[Day] = ()) -> Day | None:
    """The first of some days. Those in `perhaps` may not count at all, so they can only make it earlier."""
    if not sure:
        return None
    earliest = min(day.earliest for day in (*sure, *perhaps))
    return between(earliest, min(day.latest for day in sure), sure)


def last_of(days: Sequence[Day]) -> Day | None:
    """The last of some days."""
    if not days:
        return None
    return between(max(day.earliest for day in days), max(day.latest for day in days), days)
