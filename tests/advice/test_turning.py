"""What changed in the advice between two days: the turns of the advice on Sudan, each with the rule that turned."""

from __future__ import annotations

from datetime import date

import pytest

from goodoffices.advice.advise import Advice
from goodoffices.advice.turning import Difference, differences
from goodoffices.desk.advising import advice_on
from goodoffices.desk.desk import Desk
from goodoffices.desk.views import Moment
from record import TODAY

NOW = TODAY.date()


def on(desk: Desk, day: str, *names: str, known: date | None = None) -> Advice:
    when = date.fromisoformat(day)
    return advice_on(desk, "sudan-2021", Moment(when, known or when, NOW), names=names or ("guidance",))


def turns(found: tuple[Difference, ...]) -> dict[str, tuple[str, str]]:
    return {rule.rule: (rule.before, rule.after) for one in found for rule in one.turned}


def test_nothing_changes_from_a_day_to_itself(advised: Desk) -> None:
    advice = on(advised, "2021-11-15")
    assert differences(advice, advice) == ()


@pytest.mark.parametrize(
    ("before", "after", "rule", "states"),
    [
        ("2021-11-04", "2021-11-15", "un.limited-contact", ("not_in_force", "in_force")),
        ("2021-11-15", "2021-11-30", "un.limited-contact", ("in_force", "ended")),
        ("2021-11-15", "2021-11-30", "un.treated-as-legitimate", ("not_in_force", "in_force")),
    ],
)
def test_each_turn_of_the_advice_is_explained_by_its_rule(
    advised: Desk, before: str, after: str, rule: str, states: tuple[str, str]
) -> None:
    found = differences(on(advised, before, known=NOW), on(advised, after, known=NOW))
    assert turns(found)[rule] == states
    assert {one.change for one in found} >= {"new", "gone"}


def test_a_task_that_changes_its_course_says_which_it_had(advised: Desk) -> None:
    found = differences(on(advised, "2021-10-24", "triage"), on(advised, "2021-11-20", "triage"))
    changed = {one.item.id: (one.before, one.item.course) for one in found if one.change == "course"}
    assert changed["mission:unitams/set-2579-pol"][1] == "suspend"
    assert all(before and before != after for before, after in changed.values())


def test_what_is_gone_comes_last_and_what_was_there_is_not_new(advised: Desk) -> None:
    before, after = on(advised, "2021-10-26", "first_hours"), on(advised, "2022-06-01", "first_hours")
    found = differences(before, after)
    order = [one.change == "gone" for one in found]
    assert order == sorted(order) and any(order)
    ids = {item.id for item in before.items}
    assert all(one.item.id not in ids for one in found if one.change == "new")
    assert {one.item.id for one in found if one.change == "gone"} == ids - {item.id for item in after.items}
