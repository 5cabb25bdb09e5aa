"""Terms, and what became of a duty when every date is exact.

A term "within n" from day t ends with the day t + n. Hours are counted from an hour nobody recorded: the act falls
within the term surely, or surely not, or perhaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from goodoffices.core.days import add_months
from goodoffices.norms.zones import NO_ZONES, Zones

UNITS: Final = ("hour", "calendar_day", "working_day", "month")
_WEEKEND: Final = 5
_DAY_HOURS: Final = 24
# How many, of what, and where the last day falls.
TermOf = tuple[int, str, str]


def due_day(start: date, amount: int, unit: str, rounding: str = "exact") -> date:
    """Last day of a term that starts on `start`. Working days are Monday to Friday; holidays are not known here.

    A term in hours, started at an unknown hour of `start`, ends on the day returned. `rounding` moves the last day to
    the next working day, or to the end of its month.
    """
    day = _counted(start, amount, unit)
    if rounding == "month_end":
        return add_months(day.replace(day=1), 1) - timedelta(days=1)
    if rounding == "next_working_day" and day.weekday() >= _WEEKEND:
        return day + timedelta(days=7 - day.weekday())
    return day


def _counted(start: date, amount: int, unit: str) -> date:
    if unit == "month":
        return add_months(start, amount)
    if unit == "hour":
        return start + timedelta(days=-(-amount // _DAY_HOURS))
    if unit == "calendar_day":
        return start + timedelta(days=amount)
    day, left = start, amount
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _WEEKEND
    return day


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to one duty, each date exact or absent, and the two days from which one looks."""

    start: date
    as_of: date
    known_at: date
    term: TermOf | None = None
    performed: date | None = None
    refused: date | None = None
    ended: date | None = None
    freed: date | None = None
    public_record: bool = True
    lapses: bool = False
    late_cures: bool = True
    compensated: date | None = None
    zones: Zones = NO_ZONES


def state_of(course: Course) -> str:
    """The state of a duty on `as_of`, on what was known by `known_at`.

    Done, where the act came before the situation ended; freed, where that came before any breach; a breach, where the
    organ refused or the situation ended without the act. Otherwise the term decides. A breach that was made good by
    another act is compensated.
    """
    if course.start > course.as_of:
        return "not_triggered"
    state = _uncompensated(course)
    if state in ("deviation", "overdue") and course.compensated is not None and course.compensated <= course.as_of:
        return "compensated"
    return state


def _uncompensated(course: Course) -> str:
    performed, refused, ended, freed = (
        day if day is not None and day <= course.as_of else None
        for day in (course.performed, course.refused, course.ended, course.freed)
    )
    due = due_day(course.start, *course.term) if course.term else None
    if performed is not None and (ended is None or performed <= ended):
        return _performed(course, performed, due)
    if freed is not None and all(breach is None or freed <= breach for breach in (due, refused, ended)):
        return "discharged"
    if refused is not None or ended is not None:
        return "deviation"
    if freed is not None:  # the term had passed, and now nobody can make up for it
        return "deviation" if course.public_record else "undetermined"
    return _silent(course, due)


def _silent(course: Course, due: date | None) -> str:
    """Nothing is on record. Without a term silence stays open; beyond what is known a term is only projected."""
    if due is None:
        return "open" if course.public_record and course.as_of <= course.known_at else "undetermined"
    if due > course.known_at and course.as_of > course.known_at:
        return "projected"
    if due >= course.as_of:
        return "pending"
    if not course.public_record:
        return "undetermined"
    return "deviation" if course.lapses else "overdue"


def _performed(course: Course, performed: date, due: date | None) -> str:
    late = "fulfilled_late" if course.late_cures and not course.lapses else "deviation"
    if due is None or course.term is None:
        return "fulfilled"
    amount, unit, _ = course.term
    if unit != "hour":
        return "fulfilled" if performed <= due else late
    # Both acts are known to the day: the hours between them lie between these two.
    least, most = course.zones.hours(course.start, performed)
    if most <= amount:
        return "fulfilled"
    return late if least >= amount else "possible_deviation"
