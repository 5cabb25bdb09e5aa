"""How far a claim misses: in days, and in percent of what its own words allow.

At 100 percent a claim still holds; where its words are loose ones it is borderline up to 200.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from goodoffices.claims.verdicts import TOLERANCES, Expect, Value

# A month and a year of the Gregorian calendar, on the average.
_YEAR: Final = 365.2425
DAYS_IN: Final = {"day": 1.0, "week": 7.0, "month": _YEAR / 12, "year": _YEAR}


@dataclass(frozen=True, slots=True)
class Miss:
    """How far the nearest value that the facts allow lies from the figure: in the claim's unit (below zero: less), in
    days where it is a length of time, and in percent of the tolerance where the words allow any."""

    amount: float
    days: float | None
    share: float | None


def miss_of(expect: Expect, values: tuple[Value, ...]) -> Miss | None:
    """The miss; None where what is expected is no number, or nothing was found."""
    if isinstance(expect.figure, bool | frozenset):
        return None
    figure = float(expect.figure)
    amounts = [float(value) - figure for value in values if not isinstance(value, frozenset)]
    shares = [(_share(expect, figure, amount), amount) for amount in amounts]
    if not shares:
        return None
    # Of the values that a coarse date allows the kindest one counts.
    share, amount = min(shares, key=lambda one: (one[0] if one[0] is not None else float("inf"), abs(one[1])))
    days = abs(amount) * DAYS_IN[expect.unit] if expect.unit in DAYS_IN else None
    return Miss(amount, days, share)


def _share(expect: Expect, figure: float, amount: float) -> float | None:
    if expect.form not in TOLERANCES:
        return 100 * abs(amount) / (expect.step / 2) if expect.unit in DAYS_IN else None
    word = TOLERANCES[expect.form]
    if amount == 0 and not (word.open_low or word.open_high):
        return 0.0
    over = amount > 0
    held = abs((word.high if over else word.low) - 1) * figure
    near = abs((word.high_borderline if over else word.low_borderline) - 1) * figure
    if held == float("inf"):
        return 0.0  # "at least" sets no bound above
    grace = near - held
    if grace > 0:
        return 100 * (abs(amount) - held) / grace + 100 if abs(amount) > held else 100 * abs(amount) / (held or grace)
    # The wrong side of the word: nothing is allowed there, so it counts from where claims fail.
    other = abs(word.low - 1) * figure if over else abs(word.high - 1) * figure
    return 200 + 100 * abs(amount) / other if 0 < other < float("inf") else None


def bounds_of(expect: Expect) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """From where to where a number holds, and is at least borderline; None for what is no number, or exact to the
    unit. Infinite where there is no bound."""
    if isinstance(expect.figure, bool | frozenset):
        return None
    figure = float(expect.figure)
    if expect.form in TOLERANCES:
        word = TOLERANCES[expect.form]
        return (
            (_bound(word.low, figure), _bound(word.high, figure)),
            (_bound(word.low_borderline, figure), _bound(word.high_borderline, figure)),
        )
    if expect.unit not in DAYS_IN:
        return None
    half = expect.step / 2
    return (figure - half, figure + half), (figure - half, figure + half)


def _bound(share: float, figure: float) -> float:
    return share if share in (float("inf"), -float("inf")) else share * figure
