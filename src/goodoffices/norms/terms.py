"""Terms, and what became of a duty when every date is exact.

A term "within n" from day t ends with the day t + n. Hours are counted from an hour nobody recorded: the act falls
within the term surely, or surely not, or perhaps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from goodoffices.core.days import Day, add_months
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


def turning_days(days: Iterable[Day], term: TermOf | None, clocks: Iterable[date]) -> set[date]:
    """Days on which an answer can turn: the two clocks, and every end of a range moved by the term, both ways."""
    ends = set(clocks)
    for day in days:
        if day.precision != "unknown":
            ends |= {day.earliest, day.latest}
    if term is None:
        return ends
    moved = set()
    for end in ends:
        ahead = due_day(end, *term) - end
        moved |= {end + ahead, end - ahead}
        moved |= {end - ahead + timedelta(days=step) for step in range(-3, 4)}  # months differ in length
    return ends | moved


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
    compensated: tuple[date, ...] = ()
    zones: Zones = NO_ZONES


def state_of(course: Course) -> str:
    """The state of a duty on `as_of`, on what was known by `known_at`.

    Done, where the act came before the situation ended; freed, where that came before any breach; a breach, where the
    organ refused or the situation ended without the act. Otherwise the term decides. A breach that was made good by
    another act, on its day or later, is compensated.
    """
    if course.start > course.as_of:
        return "not_triggered"
    state = _uncompensated(course)
    if state not in ("deviation", "overdue"):
        return state
    broken = breach_of(course)
    made_good = broken is not None and any(broken <= day <= course.as_of for day in course.compensated)
    return "compensated" if made_good else state


def breach_of(course: Course) -> date | None:
    """The first day on which a duty that was breached was so: of the refusal, of the end of the situation without the
    act, or the day after the term."""
    days = [day for day in (course.refused, course.ended) if day is not None]
    if course.term:
        days.append(due_day(course.start, *course.term) + timedelta(days=1))
    return min(days, default=None)


def _uncompensated(course: Course) -> str:
    performed, refused, ended, freed = (
        day if day is not None and day <= course.as_of else None
        for day in (course.performed, course.refused, course.ended, course.freed)
    )
    due = due_day(course.start, *course.term) if course.term else None
    in_time = freed is not None and all(breach is None or freed <= breach for breach in (due, refused, ended))
    if performed is not None and (ended is None or performed <= ended):
        state = _performed(course, performed, due)
        # What was no longer owed cannot be done late.
        return "discharged" if in_time and state != "fulfilled" else state
    if in_time:
        return "discharged"
    if refused is not None or (ended is not None and course.public_record):
        return "deviation"
    if ended is not None:  # the act may have been done without anybody's showing it
        return "undetermined"
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
