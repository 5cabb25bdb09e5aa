"""Days as ordinals, for compiled code: calendar months, working days, the last day of a term.

Invariant: each function gives what `norms.terms.due_day` gives for the same days; a property test holds them together.
"""

from __future__ import annotations

from typing import Final

from goodoffices.norms.compiled import compiled

WEEK: Final = 7
WORKING: Final = 5
HOURS: Final = 24
# The calendar repeats every 400 years. Counting years from 1 March puts the leap day at the end.
_CYCLE: Final = 146_097
_FROM_MARCH: Final = 306  # days from 1 March of the year 0 to 1 January of the year 1


@compiled
def civil(ordinal: int) -> tuple[int, int, int]:
    """Year, month and day of an ordinal."""
    days = ordinal - 1 + _FROM_MARCH
    cycle = days // _CYCLE
    rest = days - cycle * _CYCLE
    year = (rest - rest // 1460 + rest // 36524 - rest // 146096) // 365
    inside = rest - (365 * year + year // 4 - year // 100)
    month = (5 * inside + 2) // 153
    day = inside - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return year + cycle * 400 + (1 if month <= 2 else 0), month, day


@compiled
def ordinal_of(year: int, month: int, day: int) -> int:
    """The ordinal of a day of the calendar."""
    if month <= 2:
        year -= 1
    cycle = year // 400
    rest = year - cycle * 400
    shifted = month - 3 if month > 2 else month + 9
    inside = (153 * shifted + 2) // 5 + day - 1
    return cycle * _CYCLE + rest * 365 + rest // 4 - rest // 100 + inside - _FROM_MARCH + 1


@compiled
def month_length(year: int, month: int) -> int:
    """Days of a month."""
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return ordinal_of(following[0], following[1], 1) - ordinal_of(year, month, 1)


@compiled
def add_months(ordinal: int, months: int) -> int:
    """The same day some months on, or the last day of that month."""
    year, month, day = civil(ordinal)
    count = year * 12 + month - 1 + months
    year, month = count // 12, count % 12 + 1
    return ordinal_of(year, month, min(day, month_length(year, month)))


@compiled
def due(start: int, amount: int, unit: int, rounding: int) -> int:
    """Last day of a term; units and roundings by their place in `norms.program`."""
    if unit == 3:
        day = add_months(start, amount)
    elif unit == 0:
        day = start + (amount + HOURS - 1) // HOURS
    elif unit == 1:
        day = start + amount
    else:
        day, left = start, amount
        weeks = left // WORKING - 1
        if weeks > 0:  # whole weeks at once
            day, left = day + weeks * WEEK, left - weeks * WORKING
        while left > 0:
            day += 1
            if (day + 6) % WEEK < WORKING:
                left -= 1
    if rounding == 2:
        year, month, _ = civil(day)
        return ordinal_of(year, month, month_length(year, month))
    if rounding == 1 and (day + 6) % WEEK >= WORKING:
        return day + WEEK - (day + 6) % WEEK
    return day
