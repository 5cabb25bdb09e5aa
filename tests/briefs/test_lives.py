"""Lives of missions: nothing runs because nobody wrote down its end; changes of government fall into them or not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.briefs.lives import Life, changes, is_vague, register_id
from goodoffices.core.days import on, read_day, read_span
from goodoffices.core.facts import Fact
from ledger.making import fact

days = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def life(begun: str, ended: str = "", carried: str = "") -> Life:
    return Life(read_day(begun), read_day(ended) if ended else None, read_day(carried) if carried else None)


@pytest.mark.parametrize(
    ("one", "day", "said"),
    [
        (life("2013-04-25", "2023-12-31"), "2015-01-01", "running"),
        (life("2013-04-25", "2023-12-31"), "2023-12-30", "running"),
        (life("2013-04-25", "2023-12-31"), "2023-12-31", "ended"),
        (life("2013-04", "2023-12"), "2013-04-10", "not_known"),  # the day of its beginning is not known
        (life("2013-04", "2023-12"), "2013-04-30", "running"),
        (life("2013-04", "2023-12"), "2023-12-15", "not_known"),
        (life("2013-04", "2023-12"), "2023-12-31", "ended"),
        (life("1948-05"), "2026-11-21", "not_known"),
        (life("2002-03-28", "", "2026-06-17"), "2026-06-17", "running"),
        (life("2002-03-28", "", "2026-06-17"), "2026-06-18", "not_known"),
        (life("2002-03-28", "", "2026-06-17~"), "2026-06-17", "not_known"),  # "about": perhaps a day earlier
        (life("2002-03-28", "", "2026-06-17~"), "2026-06-16", "running"),
    ],
)
def test_standing(one: Life, day: str, said: str) -> None:
    assert one.standing(date.fromisoformat(day)) == said


@given(days, days)
def test_without_an_end_and_a_term_nothing_runs(begun: date, day: date) -> None:
    assert Life(on(begun)).standing(day) == "not_known"


@given(days, st.integers(0, 4000), days)
def test_what_ended_never_runs_again(begun: date, length: int, day: date) -> None:
    one = Life(on(begun), on(begun + timedelta(days=length)))
    if one.standing(day) == "ended":
        assert one.standing(day + timedelta(days=1)) == "ended"
    assert (one.standing(day) == "running") == (begun <= day < begun + timedelta(days=length))


def test_within() -> None:
    one = life("2013-04-25", "2023-12-31")
    assert one.within(read_day("2020-08-18"), date(2026, 1, 1))
    assert not one.within(read_day("2020-08-18"), date(2020, 8, 17))  # not yet, on the day looked at
    assert not one.within(read_day("2012-03-21"), date(2026, 1, 1))
    assert not one.within(read_day("2024-01-01"), date(2026, 1, 1))
    assert one.within(read_day("2013"), date(2026, 1, 1))  # may be after the beginning
    assert life("1948-05").within(read_day("2020-08-18"), date(2026, 1, 1))


@given(days, st.integers(0, 3000), days, st.integers(0, 3000), days)
def test_meeting_is_mutual(first: date, one: int, second: date, two: int, looked_at: date) -> None:
    a, b = (Life(on(begun), on(begun + timedelta(days=length))) for begun, length in ((first, one), (second, two)))
    assert a.meets(b, looked_at) == b.meets(a, looked_at)
    both = range(max(first, second).toordinal(), min(a.ended.latest, b.ended.latest).toordinal() + 1)  # type: ignore[union-attr]
    assert a.meets(b, looked_at) == any(day <= looked_at.toordinal() for day in both)


@pytest.mark.parametrize(
    ("day", "vague"),
    [("2021-05-24", False), ("2021-05-24~", True), ("2021-05-24?", True), ("2021-05", True), ("2021", True)],
)
def test_vague_days(day: str, vague: bool) -> None:
    assert is_vague(read_day(day)) is vague


def case(name: str, day: str = "2021-05-24", iso3: str = "MLI", **more: object) -> list[Fact]:
    head = {"title": f"Case {name}", "title_fr": f"Cas {name}", "country": "Mali", "iso3": iso3}
    return [
        fact(f"{name}/case", kind="case", value=tuple(head.items())),
        fact(f"{name}/seizure", kind="seizure", span=read_span(day), **more),
    ]


def test_changes() -> None:
    present = fact("mali-2021/present", kind="mission_present", value=(("mission", "minusma"),))
    envoy = fact("yemen-2015/present", kind="mission_present", value=(("mission", "un-envoy-yemen"),))
    other = case("mali-2021", "2021-06-01", competes_with="mali-2021/seizure")[1]
    competing = fact("mali-2021/other-account", kind="seizure", span=other.span, competes_with="mali-2021/seizure")
    found = changes([*case("yemen-2015", "2015-01-22", "YEM"), *case("mali-2021"), present, envoy, competing])
    assert [(one.case, one.day.text, one.iso3) for one in found] == [
        ("yemen-2015", "2015-01-22", "YEM"),
        ("mali-2021", "2021-05-24", "MLI"),
    ]
    assert found[1].missions == ("minusma",)
    assert found[0].missions == ("osesgy",)  # the office of the envoy, in the register
    assert found[1].said("fr") == "Cas mali-2021"


def test_no_change_without_its_case_or_its_day() -> None:
    assert changes([case("mali-2021")[1]]) == ()
    assert changes([case("mali-2021")[0]]) == ()
    assert changes(case("mali-2021", "unknown")) == ()


def test_register_ids() -> None:
    assert register_id("minusma") == "minusma"
    assert register_id("un-envoy-syria") == "ose-syria"
