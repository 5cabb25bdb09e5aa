"""Days in two places: Myanmar's coup as New York saw it, terms in hours, and every pair of moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goodoffices.core.days import Span, on
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Pattern, Rule, Term
from goodoffices.norms.terms import Course, state_of
from goodoffices.norms.zones import Zones

from .small import ORDER, SEIZURE, book, fact, rule, snapshot

NEW_YORK, YANGON, BAMAKO = "America/New_York", "Asia/Yangon", "Africa/Bamako"
# Half hours, summer times, midnights that come twice or never, and a day that never was (Apia, 30 December 2011).
PLACES = (
    *(NEW_YORK, YANGON, BAMAKO, "UTC", "Asia/Kathmandu", "Africa/Cairo", "Asia/Beirut", "America/Havana"),
    *("America/Sao_Paulo", "America/St_Johns", "Pacific/Apia", "Pacific/Kiritimati", "Australia/Lord_Howe"),
)
STATEMENT = Pattern(("statement",))


def dated(kind: str, when: date, number: int = 0, **more: object) -> Fact:
    day = on(when)
    return replace(fact(kind, day, number, known=when, **more), span=Span(day.text, day, day, False))


def answer(
    case: str,
    organ: str,
    coup: date,
    act: date | None,
    as_of: date | None = None,
    kind: str = "statement",
    **more: object,
) -> Finding:
    """A duty of the United Nations to speak within 24 hours."""
    plain = {"trigger": SEIZURE, "must": STATEMENT, "within": Term("hour", 24), "bearer": "un-secretary-general"}
    duty: Rule = rule("obligation", **(plain | more))
    facts = [dated("state", date(1948, 1, 4), value=(("zone", case),) if case else ()), dated("seizure", coup)]
    today = coup + timedelta(days=30)
    return evaluate(replace(book(duty), zone=organ), snapshot([*facts, dated(kind, act)], today, today))[0]


def test_myanmar_the_statement_of_31_january_in_new_york_answers_the_coup_of_1_february() -> None:
    coup, act = date(2021, 2, 1), date(2021, 1, 31)
    found = answer(YANGON, NEW_YORK, coup, act)
    assert (found.state, found.performed_on, found.day) == ("fulfilled", on(act), 0)
    assert "performed" in {node.code for node in found.tree.walk()}
    for case, organ in (("", NEW_YORK), (YANGON, ""), ("", ""), (YANGON, YANGON), (NEW_YORK, YANGON)):
        assert answer(case, organ, coup, act).state == "overdue"
    assert answer(YANGON, NEW_YORK, coup, date(2021, 1, 30)).state == "overdue"


def test_a_refusal_of_the_same_hours_is_one_and_what_ended_before_the_coup_is_no_end_of_it() -> None:
    coup, eve = date(2021, 2, 1), date(2021, 1, 31)
    more = {"refused_by": Pattern(("suspension_declined",)), "ended_by": ORDER, "within": None}
    assert answer(YANGON, NEW_YORK, coup, eve, kind="suspension_declined", **more).state == "deviation"
    # An election on the eve of the coup was before it: both happened in Myanmar.
    assert answer(YANGON, NEW_YORK, coup, eve, kind="constitutional_order", **more).state == "open"


def test_who_acts_where_the_case_is_counts_the_same_days() -> None:
    coup, eve = date(2021, 2, 1), date(2021, 1, 31)
    assert answer(YANGON, NEW_YORK, coup, eve, bearer="authorities").state == "overdue"
    assert answer(YANGON, NEW_YORK, coup, coup, bearer="authorities").state == "fulfilled"


@pytest.mark.parametrize(
    ("case", "coup", "hours"),
    [
        # From Yangon, 6 h 30 ahead of UTC, to New York in winter, 5 behind.
        (YANGON, date(2021, 2, 1), [(-36.5, 11.5), (-12.5, 35.5), (11.5, 59.5), (35.5, 83.5)]),
        # From Bamako, on UTC, to New York in summer, 4 behind.
        (BAMAKO, date(2020, 8, 18), [(-44, 4), (-20, 28), (4, 52), (28, 76)]),
        (NEW_YORK, date(2021, 1, 6), [(-48, 0), (-24, 24), (0, 48), (24, 72)]),
        # The night on which New York's clocks go forward is an hour short.
        (NEW_YORK, date(2021, 3, 13), [(-48, 0), (-24, 24), (0, 47), (23, 71)]),
    ],
)
def test_hours_between_two_days(case: str, coup: date, hours: list[tuple[float, float]]) -> None:
    zones = Zones(case, NEW_YORK)
    assert [zones.hours(coup, coup + timedelta(days=step)) for step in (-1, 0, 1, 2)] == hours


@pytest.mark.parametrize(
    ("case", "coup", "states"),
    [
        (YANGON, date(2021, 2, 1), ["fulfilled", "possible_deviation", "possible_deviation", "fulfilled_late"]),
        (BAMAKO, date(2020, 8, 18), ["fulfilled", "possible_deviation", "possible_deviation", "fulfilled_late"]),
        (NEW_YORK, date(2021, 1, 6), ["overdue", "fulfilled", "possible_deviation", "fulfilled_late"]),
        (NEW_YORK, date(2021, 3, 13), ["overdue", "fulfilled", "possible_deviation", "possible_deviation"]),
        ("", date(2021, 3, 13), ["overdue", "fulfilled", "possible_deviation", "fulfilled_late"]),
    ],
)
def test_a_day_and_a_night_by_zone(case: str, coup: date, states: list[str]) -> None:
    came = [answer(case, NEW_YORK, coup, coup + timedelta(days=step)).state for step in (-1, 0, 1, 2)]
    assert came == states


def moments(day: date, zone: str, share: float) -> datetime:
    """A moment of a local day: of all quarter hours around it that have that date there, the one at this share."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    around = (noon + timedelta(minutes=15 * step) for step in range(-4 * 40, 4 * 40))
    local = [one for one in around if one.astimezone(ZoneInfo(zone)).date() == day]
    assume(local)
    return local[int(share * (len(local) - 1))]


shares = st.one_of(st.sampled_from((0.0, 1.0)), st.floats(0, 1))
places = st.sampled_from(PLACES)
seen_days = st.one_of(
    st.dates(date(2005, 1, 1), date(2024, 12, 31)),
    st.sampled_from((date(2011, 12, 29), date(2023, 4, 27), date(2023, 10, 26), date(2010, 11, 6), date(2018, 11, 3))),
)


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(PLACES), st.sampled_from(PLACES), seen_days, st.integers(-2, 4), st.integers(1, 100), shares, shares
)
def test_nothing_is_narrower_than_what_a_pair_of_moments_allows(
    case: str, organ: str, start: date, apart: int, term: int, early: float, late: float
) -> None:
    zones, done = Zones(case, organ), start + timedelta(days=apart)
    came, acted = moments(start, case, early), moments(done, organ, late)
    between = (acted - came) / timedelta(hours=1)
    least, most = zones.hours(start, done)
    assert least <= between <= most
    assert most - least <= 24 * 2 + 3
    heard = came.astimezone(ZoneInfo(organ)).date()
    assert zones.first_day(start) <= heard
    today = start + timedelta(days=30)
    state = state_of(Course(start, today, today, (term, "hour", "exact"), done, zones=zones))
    assert state != "fulfilled" or between <= term
    assert state != "fulfilled_late" or between >= term


@given(places, places, seen_days)
@settings(max_examples=200, deadline=None)
def test_the_first_day_on_which_it_can_be_heard_of_is_one_on_which_it_can(case: str, organ: str, start: date) -> None:
    first = moments(start, case, 0.0)
    assert Zones(case, organ).first_day(start) == first.astimezone(ZoneInfo(organ)).date()
    assert Zones(case, "").first_day(start) == Zones("", organ).first_day(start) == start
