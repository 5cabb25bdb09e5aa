"""What gives rise to a duty more than once: against a walk through the days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.facts import Fact
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import AllOf, Member, Met, Pattern, Recorded, Rule, Term

from .small import (
    DECLINED,
    NINE,
    SEIZURE,
    SUSPENSION,
    assignments,
    book,
    day,
    fact,
    facts_of_kind,
    judged,
    rule,
    snapshot,
)

DOUBT = {"undetermined", "possible_deviation"}


def duty(again: str, term: int = 2, **more: object) -> Rule:
    within = Term("calendar_day", term)
    plain = {"trigger": SEIZURE, "must": SUSPENSION, "within": within, "on_retrigger": again}
    return rule("obligation", **(plain | more))


def walked(again: str, term: int, days: dict[str, date], as_of: date) -> str:
    """The last duty, one day after another; on one day what gives rise to it comes before the act."""
    start = done = None
    for today in NINE:
        if today > as_of:
            break
        moves = {key.rpartition("-")[0].partition("/")[2] for key, one in days.items() if one == today}
        if "seizure" in moves:
            restarts = again == "new" or (again == "restart" and done is None)
            if start is None or restarts:
                start, done = today, None
        if "suspension" in moves and start is not None and done is None:
            done = today
    if start is None:
        return "not_triggered"
    due = start + timedelta(days=term)
    if done is not None:
        return "fulfilled" if done <= due else "fulfilled_late"
    return "pending" if due >= as_of else "overdue"


@settings(max_examples=700, deadline=None)
@given(
    st.sampled_from(["ignore", "restart", "new"]),
    st.integers(1, 4),
    facts_of_kind("seizure", 3),
    facts_of_kind("suspension", 2),
    st.sampled_from(NINE),
)
def test_further_occasions_are_what_the_walks_agree_on(
    again: str, term: int, seizures: list[Fact], acts: list[Fact], as_of: date
) -> None:
    found = judged(duty(again, term), seizures + acts, as_of)
    came = {walked(again, term, days, as_of) for days in assignments(seizures + acts)}
    if all(one.span.begins.precise for one in seizures + acts):
        assert {found.state} == came
    elif again == "ignore":
        assert len(came) > 1 or {found.state} == came
    assert found.state in DOUBT or {found.state} == came


def _at(*seizures: int, done: int | None = None) -> list[Fact]:
    acts = [] if done is None else [fact("suspension", day(done))]
    return [fact("seizure", day(number), number) for number in seizures] + acts


def codes(again: str, facts: list[Fact]) -> list[str]:
    return [node.code for node in judged(duty(again), facts, NINE[8]).tree.walk()]


def test_a_second_occasion_before_the_act_starts_the_term_anew() -> None:
    found = judged(duty("restart"), _at(1, 3, done=5), NINE[8])
    assert (found.state, found.since, found.due, found.day) == ("fulfilled", day(3), NINE[5], 2)
    assert judged(duty("ignore"), _at(1, 3, done=5), NINE[8]).state == "fulfilled_late"
    assert codes("restart", _at(1, 3, done=5)).count("restarted") == 1
    assert codes("restart", _at(1, 3, 4, done=5)).count("restarted") == 2


def test_done_on_the_day_of_the_second_occasion_is_done() -> None:
    for again in ("restart", "new"):
        found = judged(duty(again), _at(1, 2, done=2), NINE[8])
        assert (found.state, found.since, found.day) == ("fulfilled", day(2), 0)


def test_once_done_a_second_occasion_changes_nothing_but_a_new_duty_arises() -> None:
    again = judged(duty("restart"), _at(1, 4, done=2), NINE[8])
    assert (again.state, again.since, again.due) == ("fulfilled", day(1), NINE[3])
    new = judged(duty("new"), _at(1, 4, done=2), NINE[8])
    assert (new.state, new.since, new.due) == ("overdue", day(4), NINE[6])
    earlier = [node for node in new.tree.walk() if node.code == "earlier_duty"]
    assert [dict(node.args)["last"] for node in earlier] == ["fulfilled"]
    assert "test-2021/suspension-0" in new.facts


def test_a_new_duty_tells_what_became_of_each_before_it() -> None:
    found = judged(duty("new"), _at(0, 4, 5, done=7), NINE[8])
    earlier = [dict(node.args)["last"] for node in found.tree.walk() if node.code == "earlier_duty"]
    assert (found.state, earlier) == ("fulfilled", ["overdue", "pending"])


def test_two_facts_of_one_day_are_one_occasion() -> None:
    twice = [fact("seizure", day(1), 0), fact("seizure", day(1), 1)]
    for again in ("restart", "new"):
        found = judged(duty(again), twice, NINE[2])
        assert (found.state, found.since) == ("pending", day(1))


def test_an_occasion_that_perhaps_came_leaves_the_term_in_doubt() -> None:
    first, perhaps = fact("seizure", day(1)), fact("seizure", day(3, 4), 1)
    assert judged(duty("ignore"), [first, perhaps], NINE[4]).state == "overdue"
    for again in ("restart", "new"):
        assert judged(duty(again), [first, perhaps], NINE[4]).state == "undetermined"
        done = [first, perhaps, fact("suspension", day(2))]
        assert judged(duty(again), done, NINE[4]).state == ("fulfilled" if again == "restart" else "undetermined")


@pytest.mark.parametrize("again", ["restart", "new"])
def test_an_occasion_outside_the_reach_of_the_rule_is_none(again: str) -> None:
    joined = fact("membership", day(0), 0, value=(("organisation", "au"), ("step", "joined")))
    left = fact("membership", day(5), 1, value=(("organisation", "au"), ("step", "left")))
    guarded = duty(again, applies_if=Member("au"))
    found = judged(guarded, [joined, left, *_at(1, 6)], NINE[8])
    assert (found.state, found.since, found.breached_on) == ("deviation", day(1), day(4))


def test_occasions_come_through_a_definition_too() -> None:
    coup = rule("definition", "t.coup", holds_if=AllOf((SEIZURE,)))
    asked = duty("restart", trigger=Met("t.coup"))
    found = evaluate(book(asked, coup), snapshot(_at(1, 4), NINE[8]))[0]
    assert (found.state, found.since, found.due) == ("overdue", day(4), NINE[6])


def test_of_several_things_that_give_rise_each_is_an_occasion() -> None:
    either = AllOf((SEIZURE, Recorded(DECLINED, "fails")))
    asked = rule(
        "obligation",
        trigger=either,
        must=Pattern(("dialogue",)),
        within=Term("calendar_day", 2),
        on_retrigger="restart",
    )
    facts = [*_at(1, 6), fact("suspension_declined", day(2))]
    assert judged(asked, facts, NINE[4]).since == day(2)
    assert judged(asked, facts, NINE[8]).since == day(6)
