"""No advice uses a fact not known that day, and none a day that had not come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goodoffices.advice.advise import Advice
from goodoffices.core.verdicts import Verdict
from goodoffices.desk.advising import advice_on
from goodoffices.desk.desk import Desk
from goodoffices.desk.planning import plan_for
from goodoffices.desk.views import Moment
from record import TODAY as NOON

TODAY = NOON.date()

ZEROS = {
    "mali-2020": date(2020, 8, 18),
    "mali-2021": date(2021, 5, 24),
    "sudan-2021": date(2021, 10, 25),
    "afghanistan-2021": date(2021, 8, 15),
    "niger-2023": date(2023, 7, 26),
    "guinea-bissau-2012": date(2012, 4, 12),
}
QUESTIONS = [(case, zero + timedelta(days=days)) for case, zero in ZEROS.items() for days in (0, 1, 10, 100, 500)]


def keys_of(advice: Advice) -> set[str]:
    """Every fact that the advice names, in items and in tables."""
    items = {key for item in advice.items for key in item.facts}
    rows = {key for one in advice.sections for table in one.tables for row in table.rows for key in row.facts}
    return items | rows


@pytest.mark.parametrize(("case", "day"), QUESTIONS, ids=str)
def test_no_advice_uses_a_fact_not_known_that_day(advised: Desk, case: str, day: date) -> None:
    advice = advice_on(advised, case, Moment(day, day, TODAY))
    assert advice.items
    everything = {fact.key: fact for fact in advised.everything(Moment(day, day, TODAY)).facts}
    used = keys_of(advice)
    assert used - set(everything) == set(), "named, and not known then"
    for key in used:
        assert everything[key].known_at <= day
        assert everything[key].span.begun_by(day) is not Verdict.FAILS, key
    for item in advice.items:
        for fact in item.precedents:
            assert fact.known_at <= day, (item.id, fact.key)
            assert fact.span.begun_by(day) is Verdict.HOLDS, (item.id, fact.key)
            assert fact.subject != case, "a precedent is another case’s"
        for ground in item.grounds:
            assert ground.afterwards or not ground.published or ground.published[:4] <= str(day.year), ground


def test_what_became_known_later_changes_no_advice_of_the_day(advised: Desk) -> None:
    """The same day as known then and as known today: only the second may lean on what was learnt since."""
    day = ZEROS["sudan-2021"] + timedelta(days=20)
    then = advice_on(advised, "sudan-2021", Moment(day, day, TODAY))
    now = advice_on(advised, "sudan-2021", Moment(day, TODAY, TODAY))
    learnt = {key for key in keys_of(now) if advised.fact(key, Moment(TODAY, TODAY, TODAY)).known_at > day}
    assert learnt, "the record learnt something of these days since"
    assert not learnt & keys_of(then)


def test_a_plan_uses_nothing_known_later(advised: Desk) -> None:
    day = date(2021, 10, 1)
    plan = plan_for(advised, "Sudan", Moment(day, day, TODAY))
    assert [fact.subject for fact in plan.history] == ["sudan-2019"]
    for foreseen in plan.foreseen:
        assert {item.course for item in foreseen.tasks}
        for item in foreseen.tasks:
            assert all(fact.known_at <= day for fact in item.precedents)
            for key in item.facts:
                assert key.startswith(("plan-supposed/", "mission:unitams/")), key
    for item in plan.section.items:
        assert all(fact.known_at <= day for fact in item.precedents)
