"""Rules that yield to others, and duties that ask for what a prohibition forbids."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.days import Span
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Breached, During, InForce, Member, Pattern, Recorded, Rule, Term, conflicts

from .small import (
    DECLINED,
    LIFTED,
    NINE,
    ORDER,
    SEIZURE,
    SUSPENSION,
    assignments,
    book,
    day,
    exact,
    fact,
    facts_of_kind,
    rule,
    snapshot,
)
from .test_obligations import Duty, walked

TALKS, WORKING = Pattern(("dialogue",)), Pattern(("working_group",))
DUTY = rule("obligation", "t.duty", trigger=SEIZURE, must=SUSPENSION, within=Term("calendar_day", 2))
BAN = rule("prohibition", "t.ban", holds_if=Recorded(TALKS), forbids=SUSPENSION)


def came(*rules: Rule, facts: list[Fact], as_of: date = NINE[8], known_at: date = NINE[8]) -> list[Finding]:
    return list(evaluate(book(*rules), snapshot(facts, as_of, known_at)))


def at(**numbers: int) -> list[Fact]:
    return [fact(kind, day(number)) for kind, number in numbers.items()]


# --- overrides


def stands(begun: list[date], ended: list[date], today: date) -> bool:
    """Whether a status is in force: walking to that day; on one day the end comes last."""
    state = False
    for one in NINE:
        if one <= today:
            state = (state or one in begun) and one not in ended
    return state


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(st.none(), st.integers(1, 4)),
    facts_of_kind("seizure", 1, exact),
    facts_of_kind("suspension", 1, exact),
    facts_of_kind("suspension_declined", 1, exact),
    facts_of_kind("dialogue", 2, exact),
    facts_of_kind("working_group", 1, exact),
    st.sampled_from(NINE),
)
def test_a_duty_yields_unless_it_was_breached_before_the_other_stood(
    term: int | None,
    seizures: list[Fact],
    acts: list[Fact],
    refusals: list[Fact],
    begun: list[Fact],
    ended: list[Fact],
    as_of: date,
) -> None:
    duty = rule(
        "obligation",
        "t.duty",
        trigger=SEIZURE,
        must=SUSPENSION,
        refused_by=DECLINED,
        within=Term("calendar_day", term) if term else None,
    )
    status = rule("status", "t.status", begins=(TALKS,), ends=(WORKING,), overrides=("t.duty",))
    facts = [*seizures, *acts, *refusals, *begun, *ended]
    found, _ = came(duty, status, facts=facts, as_of=as_of)
    (days,) = assignments(facts)
    plain = walked(Duty(term, False, False, True, True), days, as_of, NINE[8])
    over = [days[one.key] for one in begun], [days[one.key] for one in ended]
    wanted = plain
    if plain in ("pending", "open", "overdue", "deviation") and stands(*over, as_of):
        wanted = "discharged"
        # The day on which it was broken: that of the refusal, or the last of the term.
        start = days["test-2021/seizure-0"]
        broken = [days[one.key] for one in refusals if start <= days[one.key] <= as_of]
        broken += [start + timedelta(days=term)] if term and start + timedelta(days=term) < as_of else []
        if plain in ("overdue", "deviation") and not stands(*over, min(broken)):
            wanted = plain
    assert found.state == wanted
    assert (found.breached_on is None) == (wanted not in ("overdue", "deviation", "fulfilled_late"))


def test_what_was_breached_before_the_other_rule_stood_stays_breached_and_what_follows_from_it_too() -> None:
    power = rule("power", "t.power", holds_if=Recorded(TALKS), overrides=("t.duty",))
    then = rule("obligation", "t.then", trigger=Breached("t.duty"), must=WORKING, within=Term("calendar_day", 1))
    for number in range(9):
        found, _, after = came(DUTY, power, then, facts=at(seizure=1, dialogue=number))
        # The last day of the term is 3: a rule that stands by then is in time.
        states = ("discharged", "not_triggered") if number <= 3 else ("overdue", "overdue")
        assert (found.state, after.state) == states
        assert ("overridden" in {node.code for node in found.tree.walk()}) == (number <= 3)


def test_a_rule_that_no_longer_stands_overrides_nothing() -> None:
    # The power was used while it was open; it has ended since.
    open_for = replace(fact("mission_present", day(1)), span=Span("x", day(1), day(4), True))
    power = rule(
        "power",
        "t.power",
        holds_if=During(Pattern(("mission_present",)), "fails"),
        exercised_by=TALKS,
        overrides=("t.ban",),
    )
    ban = replace(BAN, holds_if=SEIZURE)
    facts = [*at(seizure=0, dialogue=2), open_for]
    states = [came(ban, power, facts=facts, as_of=today)[0].state for today in NINE]
    assert states == ["in_force"] + ["not_in_force"] * 4 + ["in_force"] * 4
    assert came(ban, power, facts=facts, as_of=NINE[3])[0].since is None


def test_a_prohibition_that_was_broken_still_stands_before_others() -> None:
    ban = replace(BAN, overrides=("t.may",))
    may = rule("permission", "t.may", holds_if=SEIZURE)
    found, permitted = came(ban, may, facts=at(seizure=0, dialogue=1, suspension=3))
    assert (found.state, permitted.state) == ("deviation", "not_available")


def test_an_act_done_while_the_prohibition_yielded_breaks_nothing() -> None:
    may = rule("permission", "t.may", holds_if=Recorded(ORDER, "fails"), overrides=("t.ban",))
    for number in range(9):
        found, _ = came(BAN, may, facts=at(dialogue=1, constitutional_order=4, suspension=number))
        broken = 1 <= number < 4
        assert found.state == ("deviation" if broken else "not_in_force")


def test_an_act_under_a_rule_that_perhaps_yielded_is_not_called_a_breach() -> None:
    may = rule("permission", "t.may", holds_if=Recorded(ORDER, "unknown"), overrides=("t.ban",))
    assert came(BAN, may, facts=at(dialogue=1, suspension=3))[0].state == "undetermined"


def test_a_breach_is_not_claimed_where_the_stronger_rule_may_have_stood() -> None:
    perhaps = rule("permission", "t.may", holds_if=Recorded(TALKS, "unknown"), overrides=("t.duty",))
    found, _ = came(DUTY, perhaps, facts=at(seizure=1))
    assert (found.state, found.breached_on) == ("undetermined", None)
    assert "perhaps_overridden" in {node.code for node in found.tree.walk()}
    # Coarse: the stronger rule began on the last day of the term, or a day later.
    coarse = rule("permission", "t.may", holds_if=Recorded(TALKS), overrides=("t.duty",))
    facts = [*at(seizure=1), fact("dialogue", day(3, 2))]
    assert came(DUTY, coarse, facts=facts)[0].state == "undetermined"
    assert came(DUTY, coarse, facts=[*at(seizure=1), fact("dialogue", day(4, 2))])[0].state == "overdue"
    assert came(DUTY, coarse, facts=[*at(seizure=1), fact("dialogue", day(2, 2))])[0].state == "discharged"


def test_outside_its_reach_a_stronger_rule_does_not_stand() -> None:
    power = rule("power", "t.power", holds_if=Recorded(TALKS), overrides=("t.duty",), applies_if=Member("au"))
    assert came(DUTY, power, facts=at(state=0, seizure=1, dialogue=2))[0].state == "overdue"


@pytest.mark.parametrize(
    ("kind", "more", "weak", "yielded"),
    [
        ("permission", {"holds_if": SEIZURE}, "available", "not_available"),
        ("power", {"holds_if": SEIZURE}, "available", "not_available"),
        ("prohibition", {"holds_if": SEIZURE, "forbids": LIFTED}, "in_force", "not_in_force"),
        ("status", {"begins": (Pattern(("seizure",)),)}, "in_force", "not_in_force"),
        ("obligation", {"trigger": SEIZURE, "must": LIFTED}, "open", "discharged"),
    ],
)
def test_every_kind_that_yields_says_so(kind: str, more: dict[str, object], weak: str, yielded: str) -> None:
    lesser = rule(kind, "t.lesser", **more)
    stronger = rule("status", "t.status", begins=(TALKS,), ends=(WORKING,), overrides=("t.lesser",))
    facts = at(seizure=1, dialogue=3, working_group=6)
    states = [came(lesser, stronger, facts=facts, as_of=today)[0].state for today in NINE[1:]]
    assert states == [weak] * 2 + [yielded] * 3 + [weak] * 3


# --- conflicts


def test_a_duty_and_a_prohibition_of_the_same_act_are_both_disputed() -> None:
    for number in range(4):
        found, ban = came(DUTY, BAN, facts=at(seizure=1, dialogue=number))
        assert (found.state, ban.state) == ("disputed", "disputed")
        for one, other in ((found, "t.ban"), (ban, "t.duty")):
            (told,) = [node for node in one.tree.walk() if node.code == "conflict"]
            assert dict(told.args)["rule"] == other


def test_what_was_breached_before_the_prohibition_stood_stays_breached() -> None:
    for number in range(4, 9):
        found, ban = came(DUTY, BAN, facts=at(seizure=1, dialogue=number))
        assert (found.state, found.breached_on, ban.state) == ("overdue", day(4), "disputed")
        assert "conflict" in {node.code for node in found.tree.walk()}
    lapsed = replace(DUTY, after_deadline="lapses")
    for number in range(9):
        states = [one.state for one in came(lapsed, BAN, facts=at(seizure=1, dialogue=number))]
        assert states == (["disputed"] * 2 if number < 4 else ["deviation", "in_force"])


def test_a_prohibition_begun_anew_on_one_day_stands_from_that_day() -> None:
    """Ended and begun again on one day, the status behind it is that of the later act: the breach was before it."""
    status = rule("status", "t.status", begins=(TALKS,), ends=(TALKS,), on_tie="begins_last")
    ban = replace(BAN, holds_if=InForce("t.status"))
    lapsed = replace(DUTY, after_deadline="lapses")
    once = [fact("dialogue", day(1)), fact("seizure", day(1))]
    for facts, expected in (
        (once, ["in_force", "disputed", "disputed"]),
        ([*once, fact("dialogue", day(6))], ["in_force", "deviation", "in_force"]),
    ):
        assert [one.state for one in came(status, lapsed, ban, facts=facts, as_of=NINE[8])] == expected


def test_what_was_refused_before_the_prohibition_stood_stays_breached_when_done_late() -> None:
    """The first breach counts, here the refusal, not the day after the term; done late it stays late."""
    duty = replace(DUTY, refused_by=DECLINED)
    facts = at(seizure=1, suspension_declined=2, dialogue=2, suspension=5)
    found, ban = came(duty, BAN, facts=facts)
    assert (found.state, found.breached_on, ban.state) == ("fulfilled_late", day(2), "disputed")
    found, _ = came(DUTY, BAN, facts=at(seizure=1, dialogue=2, suspension=5))
    assert found.state == "disputed", "without a refusal the prohibition stood before the term ran out"


def test_an_act_that_one_rule_asked_for_and_another_forbade_is_no_plain_breach() -> None:
    found, ban = came(DUTY, BAN, facts=at(seizure=1, dialogue=1, suspension=2))
    assert (found.state, ban.state) == ("disputed", "disputed")
    # Before the prohibition stood, the act was done and that is all.
    found, ban = came(DUTY, BAN, facts=at(seizure=1, dialogue=4, suspension=2))
    assert (found.state, ban.state) == ("fulfilled", "in_force")


def test_a_prohibition_broken_before_still_stands_against_the_duty() -> None:
    facts = [fact("dialogue", day(0)), fact("suspension", day(1)), fact("seizure", day(4))]
    duty, ban = came(DUTY, BAN, facts=facts, as_of=NINE[5])
    assert duty.state == "disputed", "what it asks for is still forbidden"
    assert ban.state == "deviation", "and what was done before the duty arose stays a breach"


@pytest.mark.parametrize("over", [True, False])
def test_where_one_is_ranked_over_the_other_nothing_is_disputed(over: bool) -> None:
    duty = replace(DUTY, overrides=("t.ban",) if over else ())
    ban = replace(BAN, overrides=() if over else ("t.duty",))
    states = [one.state for one in came(duty, ban, facts=at(seizure=1, dialogue=1), as_of=NINE[2])]
    assert states == (["pending", "not_in_force"] if over else ["discharged", "in_force"])


@pytest.mark.parametrize(
    ("must", "forbids", "meet"),
    [
        (Pattern(("suspension",)), Pattern(("suspension", "seizure")), True),
        (Pattern(("suspension",)), Pattern(("seizure",)), False),
        (Pattern(("suspension",), ("au",)), Pattern(("suspension",), ("ecowas",)), False),
        (Pattern(("suspension",), ("au",)), Pattern(("suspension",)), True),
        (
            Pattern(("statement",), (), (("verb", ("condemn",)),)),
            Pattern(("statement",), (), (("verb", ("reject",)),)),
            False,
        ),
        (
            Pattern(("statement",), (), (("verb", ("condemn",)),)),
            Pattern(("statement",), (), (("verb", ("$t.verbs",)),)),
            False,
        ),
        # What can be done in another way stands against nothing.
        (Pattern(("suspension", "dialogue")), Pattern(("suspension",)), False),
        (Pattern(("suspension",)), Pattern(("suspension",), ("au",)), False),
    ],
)
def test_only_what_may_be_one_act_is_a_conflict(must: Pattern, forbids: Pattern, meet: bool) -> None:
    rules = (replace(DUTY, must=must), replace(BAN, forbids=forbids))
    assert conflicts(rules) == ((("t.duty", "t.ban"),) if meet else ())


def test_asking_one_rule_alone_shows_its_conflict() -> None:
    seen = snapshot(at(seizure=1, dialogue=1), NINE[8])
    for rule_id in ("t.duty", "t.ban"):
        (found,) = evaluate(book(DUTY, BAN), seen, only={rule_id})
        assert found.state == "disputed"
