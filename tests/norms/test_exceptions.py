"""Exceptions to prohibitions, permissions, powers and definitions: each act is judged by those of its own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.days import Span
from goodoffices.core.facts import Fact
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import AllOf, During, Exemption, InForce, Met, Not, Pattern, Recorded, Rule, Term

from .small import (
    LIFTED,
    NINE,
    READ,
    SEIZURE,
    SUSPENSION,
    assignments,
    book,
    day,
    exact,
    fact,
    facts_of_kind,
    judged,
    rule,
    snapshot,
)

EXCUSED = rule("status", "t.excused", begins=(Pattern(("dialogue",)),), ends=(Pattern(("working_group",)),))
UNLESS = (Exemption(InForce("t.excused"), "they talk", (READ,)),)
BAN = rule("prohibition", holds_if=SEIZURE, forbids=SUSPENSION, unless=UNLESS)
MAY = rule("permission", holds_if=SEIZURE, exercised_by=SUSPENSION, unless=UNLESS)


def excused(days: dict[str, date], today: date) -> bool:
    """Whether they talk: walking to that day; on one day the end comes last."""
    talking = False
    for one in NINE:
        moves = {key.rpartition("-")[0].partition("/")[2] for key, when in days.items() if when == one <= today}
        talking = (talking or "dialogue" in moves) and "working-group" not in moves
    return talking


def open_on(days: dict[str, date], today: date) -> bool:
    return any("seizure" in key and one <= today for key, one in days.items()) and not excused(days, today)


@settings(max_examples=400, deadline=None)
@given(
    st.booleans(),
    facts_of_kind("seizure", 1),
    facts_of_kind("dialogue", 2),
    facts_of_kind("working_group", 1),
    facts_of_kind("suspension", 2),
    st.sampled_from(NINE),
)
def test_an_act_is_judged_by_the_exceptions_of_its_own_day(
    banned: bool, seizures: list[Fact], talks: list[Fact], ends: list[Fact], acts: list[Fact], as_of: date
) -> None:
    facts = [*seizures, *talks, *ends, *acts]
    found = evaluate(book(BAN if banned else MAY, EXCUSED), snapshot(facts, as_of))[0]
    did, stands, rests = (
        ("deviation", "in_force", "not_in_force") if banned else ("exercised", "available", "not_available")
    )
    came = set()
    for days in assignments(facts):
        done = [days[one.key] for one in acts if days[one.key] <= as_of]
        came.add(did if any(open_on(days, one) for one in done) else stands if open_on(days, as_of) else rests)
    if all(one.span.begins.precise for one in facts):
        assert {found.state} == came
    elif found.state == did:
        assert came == {did}
    elif banned:
        assert found.state == "undetermined" or {found.state} == came


def test_an_exception_that_begins_after_the_forbidden_act_does_not_undo_it() -> None:
    for number in range(9):
        facts = [fact("seizure", day(1)), fact("suspension", day(4)), fact("dialogue", day(number))]
        found = evaluate(book(BAN, EXCUSED), snapshot(facts, NINE[8]))[0]
        assert (found.state, found.performed_on) == (("not_in_force", None) if number <= 4 else ("deviation", day(4)))


def test_an_exception_that_has_ended_covers_what_was_done_while_it_held() -> None:
    facts = [
        fact("seizure", day(1)),
        fact("suspension", day(4)),
        fact("dialogue", day(3)),
        fact("working_group", day(5)),
    ]
    states = [evaluate(book(BAN, EXCUSED), snapshot(facts, today))[0].state for today in NINE]
    assert states == ["not_in_force", "in_force", "in_force", "not_in_force", "not_in_force", *["in_force"] * 4]


@pytest.mark.parametrize(
    ("kind", "stands", "rests"),
    [
        ("prohibition", "in_force", "not_in_force"),
        ("permission", "available", "not_available"),
        ("power", "available", "not_available"),
        ("definition", "met", "not_met"),
    ],
)
def test_while_an_exception_holds_none_of_them_stands(kind: str, stands: str, rests: str) -> None:
    lasting = replace(fact("mission_present", day(3)), span=Span("x", day(3), day(5), True))
    unless = (Exemption(During(Pattern(("mission_present",)), "fails"), "a mission", (READ,)),)
    found = [
        judged(rule(kind, holds_if=SEIZURE, unless=unless), [fact("seizure", day(1)), lasting], today) for today in NINE
    ]
    assert [one.state for one in found] == [rests] + [stands] * 2 + [rests] * 3 + [stands] * 3
    met, not_met = (found[number].tree.walk() for number in (4, 7))
    assert "exception_met" in {node.code for node in met}
    assert "exception_not_met" in {node.code for node in not_met}


@pytest.mark.parametrize("kind", ["prohibition", "permission", "power", "definition"])
def test_an_exception_nobody_can_judge_leaves_them_open(kind: str) -> None:
    unless = (Exemption(Recorded(LIFTED, "unknown"), "lifted", (READ,)),)
    excepted = rule(kind, holds_if=SEIZURE, unless=unless)
    assert judged(excepted, [fact("seizure", day(1))], NINE[8]).state == "undetermined"
    rests = {"prohibition": "not_in_force", "definition": "not_met"}.get(kind, "not_available")
    assert judged(excepted, [], NINE[8]).state == rests


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["prohibition", "permission", "definition"]),
    facts_of_kind("seizure", 1, exact),
    facts_of_kind("suspension_lifted", 2),
    st.sampled_from(NINE),
)
def test_an_exception_is_one_more_condition(kind: str, seizures: list[Fact], lifted: list[Fact], as_of: date) -> None:
    unless = (Exemption(Recorded(LIFTED, "fails"), "lifted", (READ,)),)
    excepted: Rule = rule(kind, holds_if=SEIZURE, unless=unless)
    joined = rule(kind, holds_if=AllOf((SEIZURE, Not(Recorded(LIFTED, "fails")))))
    facts = seizures + lifted
    one, other = (judged(each, facts, as_of) for each in (excepted, joined))
    assert one.state == other.state
    assert one.state == "undetermined" or one.since == other.since


def test_a_duty_that_leans_on_a_definition_arises_only_where_its_exception_does_not_hold() -> None:
    definition = rule("definition", "t.coup", holds_if=SEIZURE, unless=UNLESS)
    duty = rule("obligation", trigger=Met("t.coup"), must=SUSPENSION, within=Term("calendar_day", 1))
    facts = [fact("seizure", day(2)), fact("dialogue", day(1)), fact("working_group", day(4))]
    found = [evaluate(book(duty, definition, EXCUSED), snapshot(facts, today))[0] for today in NINE]
    # When the exception ends it arises, with its whole term: nothing was breached while the exception held.
    assert [one.state for one in found] == ["not_triggered"] * 4 + ["pending"] * 2 + ["overdue"] * 3
    assert (found[8].since, found[8].breached_on) == (day(4), day(6))


def test_a_prohibition_stands_anew_from_the_day_on_which_its_exception_ended() -> None:
    facts = [fact("seizure", day(2)), fact("dialogue", day(4)), fact("working_group", day(6))]
    found = [evaluate(book(BAN, EXCUSED), snapshot(facts, today))[0].since for today in (NINE[3], NINE[5], NINE[8])]
    assert found == [day(2), None, day(6)]
