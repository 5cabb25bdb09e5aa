"""Chains: duties that arise when another was breached, or done. Against a walk of one duty after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Breached, Exemption, Not, Pattern, Performed, Recorded, Rule, Term

from .small import (
    DECLINED,
    NINE,
    ORDER,
    READ,
    SEIZURE,
    SUSPENSION,
    UNREAD,
    assignments,
    book,
    day,
    exact,
    fact,
    facts_of_kind,
    rule,
    snapshot,
)
from .test_obligations import Duty, agreed, walked

TALKS = Pattern(("dialogue",))
BREACHED = {"deviation", "overdue", "fulfilled_late"}
DOUBT = {"undetermined", "possible_deviation"}


def first_duty(term: int | None = 2, **more: object) -> Rule:
    within = Term("calendar_day", term) if term else None
    refused = {"refused_by": DECLINED, "ended_by": ORDER}
    return rule("obligation", "t.first", trigger=SEIZURE, must=SUSPENSION, within=within, **{**refused, **more})


def after(condition: Breached | Performed, term: int = 2) -> Rule:
    return rule("obligation", "t.second", trigger=condition, must=TALKS, within=Term("calendar_day", term))


def both(first: Rule, second: Rule, facts: list[Fact], as_of: date) -> tuple[Finding, Finding]:
    one, two = evaluate(book(first, second), snapshot(facts, as_of))
    return one, two


def when_breached(term: int | None, days: dict[str, date], as_of: date) -> tuple[str, date | None]:
    """State of the first duty, and the first day on which it was breached."""
    state = walked(Duty(term, False, False, True, True), days, as_of, NINE[8])
    if state not in BREACHED:
        return state, None
    start = days_of(days, "seizure")[0]
    against = [one for one in days_of(days, "suspension-declined", "constitutional-order") if one >= start]
    passed = [start + timedelta(days=term + 1)] if term else []
    return state, min([*against, *passed])


def days_of(days: dict[str, date], *kinds: str) -> list[date]:
    return sorted(one for key, one in days.items() if key.partition("/")[2].rpartition("-")[0] in kinds)


def second_walked(term: int, start: date | None, days: dict[str, date], as_of: date) -> str:
    """The second duty, as if what gives rise to it had been a seizure on that day, and the talks a suspension."""
    renamed = {f"test-2021/suspension-{n}": one for n, one in enumerate(days_of(days, "dialogue"))} | (
        {"test-2021/seizure-0": start} if start else {}
    )
    return walked(Duty(term, False, False, True, True), renamed, as_of, NINE[8])


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(st.none(), st.integers(1, 3)),
    facts_of_kind("seizure", 1),
    facts_of_kind("suspension", 2),
    facts_of_kind("suspension_declined", 1),
    facts_of_kind("constitutional_order", 1),
    facts_of_kind("dialogue", 1),
    st.integers(1, 3),
    st.sampled_from(NINE),
)
def test_what_follows_from_a_breach_runs_from_the_breach(
    term: int | None,
    seizures: list[Fact],
    acts: list[Fact],
    refusals: list[Fact],
    ends: list[Fact],
    talks: list[Fact],
    then: int,
    as_of: date,
) -> None:
    facts = [*seizures, *acts, *refusals, *ends, *talks]
    first, second = both(first_duty(term), after(Breached("t.first"), then), facts, as_of)
    worlds = [(days, *when_breached(term, days, as_of)) for days in assignments(facts)]
    breaches = [one for _, _, one in worlds]
    if first.state in BREACHED:
        known = [one for one in breaches if one is not None]
        assert first.breached_on is not None and len(known) == len(breaches)
        assert (first.breached_on.earliest, first.breached_on.latest) == (min(known), max(known))
        assert second.since == first.breached_on
    else:
        assert first.breached_on is None
    came = {second_walked(then, breach, days, as_of) for days, _, breach in worlds}
    if all(one.span.begins.precise for one in facts):
        assert {second.state} == came
    else:
        assert second.state in DOUBT | {agreed(came)}


@settings(max_examples=200, deadline=None)
@given(
    facts_of_kind("seizure", 1, exact),
    facts_of_kind("suspension", 2, exact),
    facts_of_kind("dialogue", 1, exact),
    st.integers(1, 3),
    st.sampled_from(NINE),
)
def test_what_follows_from_its_being_done_runs_from_the_act(
    seizures: list[Fact], acts: list[Fact], talks: list[Fact], then: int, as_of: date
) -> None:
    facts = [*seizures, *acts, *talks]
    first, second = both(first_duty(2), after(Performed("t.first"), then), facts, as_of)
    (days,) = assignments(facts)
    done = None
    if first.state in ("fulfilled", "fulfilled_late"):
        done = min(one for one in days_of(days, "suspension") if one >= days_of(days, "seizure")[0])
    assert second.state == second_walked(then, done, days, as_of)


def _facts(**numbers: int) -> list[Fact]:
    return [fact(kind, day(number), number) for kind, number in numbers.items()]


def test_an_act_on_the_day_of_the_breach_answers_it_and_an_earlier_one_does_not() -> None:
    for number, state in ((3, "overdue"), (4, "fulfilled"), (6, "fulfilled"), (7, "fulfilled_late")):
        _, second = both(first_duty(), after(Breached("t.first")), _facts(seizure=1, dialogue=number), NINE[8])
        assert (second.state, second.since) == (state, day(4))


@pytest.mark.parametrize(
    ("more", "facts", "holds"),
    [
        ({}, {"seizure": 1}, True),
        ({}, {"seizure": 1, "suspension": 2}, False),
        ({}, {"seizure": 1, "suspension": 6}, True),  # done late is breached all the same
        ({"late_performance": "none"}, {"seizure": 1, "suspension": 6}, True),
        ({"compensated_by": Pattern(("aid_measure",))}, {"seizure": 1, "aid_measure": 6}, True),
        ({}, {"seizure": 1, "suspension_declined": 2}, True),
        ({}, {"seizure": 1, "suspension_declined": 2, "suspension": 3}, False),  # it thought again in time
        ({"references": (UNREAD,)}, {"seizure": 1}, None),
        ({"public_record": False}, {"seizure": 1}, None),
    ],
)
def test_which_duties_count_as_breached(more: dict[str, object], facts: dict[str, int], holds: bool | None) -> None:
    wanted = {True: "met", False: "not_met", None: "undetermined"}[holds]
    asked = rule("definition", "t.second", holds_if=Breached("t.first"))
    first, second = both(first_duty(**more), asked, _facts(**facts), NINE[8])
    assert second.state == wanted
    assert (first.breached_on is not None) == (holds is True)
    denied = rule("definition", "t.second", holds_if=Not(Breached("t.first")))
    opposite = {"met": "not_met", "not_met": "met", "undetermined": "undetermined"}
    assert both(first_duty(**more), denied, _facts(**facts), NINE[8])[1].state == opposite[wanted]


def test_a_duty_done_too_late_to_count_was_not_done() -> None:
    asked = rule("definition", "t.second", holds_if=Performed("t.first"))
    for more, state in (
        ({}, "met"),
        ({"late_performance": "partial"}, "met"),
        ({"late_performance": "none"}, "not_met"),
    ):
        assert both(first_duty(**more), asked, _facts(seizure=1, suspension=6), NINE[8])[1].state == state


def test_an_exception_after_the_breach_does_not_end_what_followed_from_it() -> None:
    freed = Exemption(Recorded(Pattern(("mediation",)), "fails"), "mediated", (READ,))
    states = []
    for number in range(1, 9):
        facts = _facts(seizure=1, mediation=number)
        first, second = both(first_duty(unless=(freed,)), after(Breached("t.first"), 1), facts, NINE[8])
        states.append((first.state, second.state))
    assert states == [("discharged", "not_triggered")] * 3 + [("deviation", "overdue")] * 5


def test_a_breach_of_what_may_not_have_been_breached_gives_a_doubtful_duty() -> None:
    first, second = both(
        first_duty(), after(Breached("t.first")), [*_facts(seizure=1), fact("suspension", day(3, 2))], NINE[8]
    )
    assert (first.state, first.breached_on, second.state) == ("possible_deviation", None, "undetermined")


def test_three_duties_in_a_chain() -> None:
    third = replace(after(Breached("t.second"), 1), id="t.third")
    rules = (first_duty(1), after(Breached("t.first"), 1), third)
    came = [[one.state for one in evaluate(book(*rules), snapshot(_facts(seizure=0), today))] for today in NINE]
    assert [states[0] for states in came] == ["pending"] * 2 + ["overdue"] * 7
    assert [states[1] for states in came] == ["not_triggered"] * 2 + ["pending"] * 2 + ["overdue"] * 5
    assert [states[2] for states in came] == ["not_triggered"] * 4 + ["pending"] * 2 + ["overdue"] * 3
