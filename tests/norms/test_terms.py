"""Terms: against stepping day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.days import add_months
from goodoffices.norms.terms import UNITS, Course, due_day, state_of


@given(st.dates(date(2020, 1, 1), date(2024, 12, 31)), st.integers(1, 40))
def test_working_days_skip_saturdays_and_sundays(start: date, amount: int) -> None:
    end = due_day(start, amount, "working_day")
    stepped = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    assert sum(day.weekday() not in (5, 6) for day in stepped) == amount
    assert end.weekday() not in (5, 6)


@given(st.dates(date(2020, 1, 1), date(2024, 12, 31)), st.integers(1, 200))
def test_hours_end_on_the_last_day_they_can_reach(start: date, hours: int) -> None:
    # From the last hour of the first day, the term ends in this many hours; from the first, sooner.
    latest = start + timedelta(days=1) + timedelta(days=(hours - 1) // 24)
    assert due_day(start, hours, "hour") == latest


@given(st.dates(date(2020, 1, 1), date(2024, 12, 31)), st.integers(1, 40))
def test_months_keep_the_day_of_the_month_where_there_is_one(start: date, months: int) -> None:
    end = due_day(start, months, "month")
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
    assert end == add_months(start, months)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 4), st.integers(1, 100), st.booleans())
def test_hours_between_two_days_are_judged_as_every_pair_of_hours_would_be(apart: int, term: int, cures: bool) -> None:
    start = date(2021, 6, 10)
    # The first and the last minute of either day; a minute less than whole days, since both ends are never exact.
    late = {apart * 1440 + done - began > term * 60 for began in (0, 1439) for done in (0, 1439)}
    course = Course(
        start,
        date(2021, 7, 1),
        date(2021, 7, 1),
        (term, "hour", "exact"),
        start + timedelta(days=apart),
        late_cures=cures,
    )
    wanted = {
        frozenset({False}): "fulfilled",
        frozenset({True}): "fulfilled_late" if cures else "deviation",
        frozenset({True, False}): "possible_deviation",
    }
    assert state_of(course) == wanted[frozenset(late)]


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [(7, "calendar_day", date(2021, 5, 31)), (6, "month", date(2021, 11, 24)), (5, "working_day", date(2021, 5, 31))],
)
def test_terms_of_mali_2021(amount: int, unit: str, due: date) -> None:
    assert due_day(date(2021, 5, 24), amount, unit) == due


def test_six_months_from_the_last_of_august_end_with_february() -> None:
    assert due_day(date(2020, 8, 31), 6, "month") == date(2021, 2, 28)


def rounded(day: date, rounding: str) -> date:
    """The last day of a term, looked for one day after another."""
    while rounding == "next_working_day" and day.strftime("%a") in ("Sat", "Sun"):
        day += timedelta(days=1)
    while rounding == "month_end" and (day + timedelta(days=1)).month == day.month:
        day += timedelta(days=1)
    return day


@settings(max_examples=400)
@given(
    st.dates(date(2019, 12, 1), date(2024, 3, 31)),
    st.integers(1, 40),
    st.sampled_from(UNITS),
    st.sampled_from(["exact", "next_working_day", "month_end"]),
)
def test_the_last_day_is_moved_as_a_calendar_shows(start: date, amount: int, unit: str, rounding: str) -> None:
    assert due_day(start, amount, unit, rounding) == rounded(due_day(start, amount, unit), rounding)


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        (date(2021, 2, 6), (7, "calendar_day", "next_working_day"), date(2021, 2, 15)),  # a Saturday
        (date(2021, 2, 5), (7, "calendar_day", "next_working_day"), date(2021, 2, 12)),  # a Friday
        (date(2021, 2, 5), (3, "working_day", "next_working_day"), date(2021, 2, 10)),
        (date(2020, 1, 31), (1, "month", "month_end"), date(2020, 2, 29)),
        (date(2021, 2, 28), (1, "month", "month_end"), date(2021, 3, 31)),
        (date(2021, 11, 15), (1, "month", "month_end"), date(2021, 12, 31)),
        (date(2021, 11, 30), (1, "month", "exact"), date(2021, 12, 30)),
    ],
)
def test_roundings(start: date, term: tuple[int, str, str], due: date) -> None:
    assert due_day(start, *term) == due


def test_an_act_on_the_monday_after_a_weekend_is_in_time() -> None:
    for rounding, state in (("exact", "fulfilled_late"), ("next_working_day", "fulfilled")):
        # From Saturday 6 February seven days end on Saturday the 13th.
        term = (7, "calendar_day", rounding)
        course = Course(date(2021, 2, 6), date(2021, 3, 1), date(2021, 3, 1), term, date(2021, 2, 15))
        assert state_of(course) == state
