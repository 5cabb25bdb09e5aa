"""Duties to be done on one day, breaches made good, lateness that is cured in part: against walks through the days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.days import UNKNOWN_DAY
from goodoffices.core.facts import Fact
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Exemption, Parameter, Pattern, Recorded, Rule, Term

from .small import (
    DECLINED,
    NINE,
    ORDER,
    READ,
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
from .test_obligations import Duty, agreed, walked

AMENDS = Pattern(("dialogue",))


def punctual(term: int | None, lapses: bool = False) -> Rule:
    return rule(
        "obligation",
        mode="punctual",
        trigger=SEIZURE,
        must=SUSPENSION,
        within=Term("calendar_day", term) if term else None,
        after_deadline="lapses" if lapses else "persists",
    )


def walked_to_the_day(term: int | None, lapses: bool, days: dict[str, date], as_of: date) -> str:
    """What became of a duty of one day: what was done before it does not count."""
    starts = [one for key, one in days.items() if "seizure" in key]
    if not starts or min(starts) > as_of:
        return "not_triggered"
    that_day = min(starts) + timedelta(days=term or 0)
    today = that_day
    while today <= as_of:
        if any(one == today for key, one in days.items() if "suspension" in key):
            return "fulfilled" if today == that_day else "deviation" if lapses else "fulfilled_late"
        today += timedelta(days=1)
    return "pending" if as_of <= that_day else "deviation" if lapses else "overdue"


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(st.none(), st.integers(1, 4)),
    st.booleans(),
    facts_of_kind("seizure", 2),
    facts_of_kind("suspension", 2),
    st.sampled_from(NINE),
)
def test_a_punctual_duty_is_done_on_its_day(
    term: int | None, lapses: bool, seizures: list[Fact], acts: list[Fact], as_of: date
) -> None:
    found = judged(punctual(term, lapses), seizures + acts, as_of)
    came = {walked_to_the_day(term, lapses, days, as_of) for days in assignments(seizures + acts)}
    assert found.state == agreed(came)
    if found.state in ("fulfilled", "fulfilled_late") and found.since is not None and found.performed_on is not None:
        assert found.performed_on.latest >= found.since.earliest + timedelta(days=term or 0)


def test_an_early_act_is_not_the_one_of_the_day() -> None:
    found = judged(punctual(3), [fact("seizure", day(1)), *(fact("suspension", day(n), n) for n in (2, 4))], NINE[8])
    assert (found.state, found.performed_on, found.day, found.due) == ("fulfilled", day(4), 3, NINE[4])
    early = judged(punctual(3), [fact("seizure", day(1)), fact("suspension", day(2))], NINE[8])
    assert (early.state, early.performed_on, early.breached_on) == ("overdue", None, day(5))


def test_without_a_term_its_day_is_the_day_it_arises() -> None:
    coup = fact("seizure", day(3))
    assert [judged(punctual(None), [coup], today).state for today in NINE[3:6]] == ["pending", "overdue", "overdue"]
    found = judged(punctual(None), [coup, fact("suspension", day(3))], NINE[8])
    assert (found.state, found.due) == ("fulfilled", NINE[3])
    assert "that_day" in {node.code for node in found.tree.walk()}


def test_where_a_reading_gives_no_days_a_punctual_duty_has_no_day() -> None:
    reading = Parameter("t.term", "Days", "none", "interpretation", "calendar_day", ("3",))
    duty = replace(punctual(1), within=Term("calendar_day", None, "t.term"))
    facts = [fact("seizure", day(1))]
    for readings, state in ({}, "open"), ({"t.term": "3"}, "overdue"):
        (found,) = evaluate(book(duty, parameters=(reading,)), snapshot(facts, NINE[8]), readings)
        assert found.state == state


@pytest.mark.parametrize("mode", ["achievement", "punctual"])
def test_an_unknown_day_of_the_trigger_breaks_no_count(mode: str) -> None:
    duty = replace(punctual(2), mode=mode)
    for acts in ([], [fact("suspension", day(3))]):
        assert judged(duty, [fact("seizure", UNKNOWN_DAY), *acts], NINE[8]).state == "undetermined"


# --- made good, and late


def made_good(late: str = "cures", lapses: bool = False) -> Rule:
    return rule(
        "obligation",
        trigger=SEIZURE,
        must=SUSPENSION,
        within=Term("calendar_day", 2),
        refused_by=DECLINED,
        ended_by=ORDER,
        compensated_by=AMENDS,
        late_performance=late,
        after_deadline="lapses" if lapses else "persists",
    )


def walked_to_amends(days: dict[str, date], as_of: date, late: str, lapses: bool) -> str:
    """The duty as without amends; then, day by day, whether they came when it had been breached."""
    plain = walked(Duty(2, False, lapses, late != "none", True), days, as_of, NINE[8])
    if plain not in ("deviation", "overdue"):
        return plain
    start = min(one for key, one in days.items() if "seizure" in key)
    for today in NINE:
        if start <= today <= as_of:
            against = [one for key, one in days.items() if "declined" in key or "order" in key]
            broken = today > start + timedelta(days=2) or any(start <= one <= today for one in against)
            if broken and any(one == today for key, one in days.items() if "dialogue" in key):
                return "compensated"
    return plain


@settings(max_examples=500, deadline=None)
@given(
    facts_of_kind("seizure", 1),
    facts_of_kind("suspension", 1),
    facts_of_kind("suspension_declined", 1),
    facts_of_kind("constitutional_order", 1),
    facts_of_kind("dialogue", 2),
    st.sampled_from(NINE),
    st.sampled_from(["cures", "partial", "none"]),
    st.booleans(),
)
def test_only_what_comes_after_the_breach_makes_it_good(
    seizures: list[Fact],
    acts: list[Fact],
    refusals: list[Fact],
    ends: list[Fact],
    amends: list[Fact],
    as_of: date,
    late: str,
    lapses: bool,
) -> None:
    facts = [*seizures, *acts, *refusals, *ends, *amends]
    found = judged(made_good(late, lapses), facts, as_of)
    came = {walked_to_amends(days, as_of, late, lapses) for days in assignments(facts)}
    decided = {"fulfilled", "fulfilled_late", "overdue", "deviation", "compensated"}
    several = "possible_deviation" if came <= decided else "undetermined"
    assert found.state == (came.pop() if len(came) == 1 else several)


def test_amends_before_the_breach_count_for_nothing() -> None:
    states = [judged(made_good(), [fact("seizure", day(1)), fact("dialogue", day(n))], NINE[8]).state for n in range(9)]
    assert states == ["overdue"] * 4 + ["compensated"] * 5
    found = judged(made_good(), [fact("seizure", day(1)), *(fact("dialogue", day(n), n) for n in (2, 6))], NINE[8])
    (told,) = [node for node in found.tree.walk() if node.code == "made_good"]
    assert told.parts[0].facts == ("test-2021/dialogue-6",)
    assert (found.breached_on, found.performed_on) == (day(4), None)


def test_a_late_act_that_does_not_count_can_be_made_good_and_says_by_what() -> None:
    facts = [fact("seizure", day(1)), fact("suspension", day(5)), fact("dialogue", day(6))]
    found = judged(made_good("none"), facts, NINE[8])
    assert found.state == "compensated"
    assert {"performed", "made_good"} <= {node.code for node in found.tree.walk()}


def test_amends_are_no_breach_where_nobody_can_judge_the_exception() -> None:
    excuse = Exemption(Recorded(Pattern(("mediation",)), "unknown"), "mediated", (READ,))
    facts = [fact("seizure", day(1)), fact("dialogue", day(6))]
    assert judged(replace(made_good(), unless=(excuse,)), facts, NINE[8]).state == "undetermined"


@pytest.mark.parametrize(
    ("late", "state", "said"),
    [("cures", "fulfilled_late", False), ("partial", "fulfilled_late", True), ("none", "deviation", False)],
)
def test_what_a_late_act_is_worth(late: str, state: str, said: bool) -> None:
    found = judged(made_good(late), [fact("seizure", day(1)), fact("suspension", day(5))], NINE[8])
    assert (found.state, found.breached_on, found.performed_on) == (state, day(4), day(5))
    assert ("late_in_part" in {node.code for node in found.tree.walk()}) == said
    in_time = judged(made_good(late), [fact("seizure", day(1)), fact("suspension", day(3))], NINE[8])
    assert in_time.state == "fulfilled"
    assert "late_in_part" not in {node.code for node in in_time.tree.walk()}
