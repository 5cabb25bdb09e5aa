"""Duties of maintenance: against a walk through the days, over every way the exact days could have been."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.days import UNKNOWN_DAY, Span, on, read_day
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import During, Exemption, Member, Pattern, Recorded, Rule, Term

from .small import (
    DECLINED,
    LIFTED,
    NINE,
    ORDER,
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

AMENDS = Pattern(("dialogue",))


@dataclass(frozen=True)
class Duty:
    term: int | None
    public: bool
    excused: bool

    def rule(self) -> Rule:
        return rule(
            "obligation",
            mode="maintenance",
            trigger=SEIZURE,
            broken_by=LIFTED,
            ended_by=ORDER,
            compensated_by=AMENDS,
            within=Term("calendar_day", self.term) if self.term else None,
            unless=(Exemption(Recorded(DECLINED, "fails"), "excused", (READ,)),) if self.excused else (),
            public_record=self.public,
        )


def walked(duty: Duty, days: dict[str, date], as_of: date, known_at: date) -> tuple[str, date | None]:
    """What became of it, one day after another, and since when it was broken. Acts come before ends on one day."""

    def on(kind: str) -> set[date]:
        return {one for key, one in days.items() if key.rpartition("-")[0] == f"test-2021/{kind}"}

    start = min(on("seizure"), default=None)
    if start is None or start > as_of:
        return "not_triggered", None
    today, left = start, duty.term
    while today <= as_of:
        excused = duty.excused and any(one <= today for one in on("suspension-declined"))
        if today in on("suspension-lifted") and not excused:
            if duty.excused and today > known_at:
                return "undetermined", None  # whether it was excused that day nobody can know yet
            mended = any(today <= one <= as_of for one in on("dialogue"))
            return ("compensated" if mended else "deviation"), today
        over = "discharged" if excused else "fulfilled" if today in on("constitutional-order") else ""
        over = over or ("fulfilled" if left == 0 and today < as_of else "")
        if over:
            told = min(on("suspension-declined")) if over == "discharged" else today
            return (over if duty.public and told <= known_at else "undetermined"), None
        today += timedelta(days=1)
        left = None if left is None else left - 1
    if not duty.public or as_of > known_at:
        return "undetermined", None
    return ("open" if duty.term is None else "pending"), None


duties = st.builds(Duty, st.one_of(st.none(), st.integers(1, 4)), st.booleans(), st.booleans())


def compare(duty: Duty, facts: list[Fact], as_of: date, known_at: date) -> tuple[Finding, set[tuple[str, date | None]]]:
    found = judged(duty.rule(), facts, as_of, known_at)
    return found, {walked(duty, days, as_of, known_at) for days in assignments(facts)}


@settings(max_examples=700, deadline=None)
@given(
    duties,
    facts_of_kind("seizure", 2),
    facts_of_kind("suspension_lifted", 2),
    facts_of_kind("constitutional_order", 1),
    facts_of_kind("dialogue", 1),
    facts_of_kind("suspension_declined", 1, exact),
    st.sampled_from(NINE),
    st.sampled_from(NINE),
)
def test_a_duty_to_keep_is_what_the_walks_agree_on(
    duty: Duty,
    seizures: list[Fact],
    acts: list[Fact],
    ends: list[Fact],
    amends: list[Fact],
    excuses: list[Fact],
    as_of: date,
    known_at: date,
) -> None:
    facts = [*seizures, *acts, *ends, *amends, *excuses]
    found, came = compare(duty, facts, as_of, known_at)
    if as_of > known_at and not any(one.span.begins.earliest <= as_of for one in seizures):
        assert found.state == "undetermined"  # nothing is known of the days between
        return
    states = {state for state, _ in came}
    assert found.state == (states.pop() if len(states) == 1 else "undetermined")
    if found.state in ("deviation", "compensated"):
        since = [broken for _, broken in came if broken is not None]
        assert found.breached_on is not None
        assert (found.breached_on.earliest, found.breached_on.latest) == (min(since), max(since))
    else:
        assert found.breached_on is None


@settings(max_examples=300, deadline=None)
@given(
    facts_of_kind("seizure", 1, exact),
    facts_of_kind("suspension_lifted", 2),
    facts_of_kind("suspension_declined", 2),
    st.sampled_from(NINE),
)
def test_where_the_exception_is_dated_coarsely_no_breach_is_claimed_that_some_walk_denies(
    seizures: list[Fact], acts: list[Fact], excuses: list[Fact], as_of: date
) -> None:
    duty = Duty(None, True, True)
    found, came = compare(duty, [*seizures, *acts, *excuses], as_of, NINE[8])
    states, breach = {state for state, _ in came}, {"deviation", "compensated"}
    if found.state in breach:
        assert states == {found.state}
    elif found.state != "undetermined":
        assert not states & breach


KEEP = rule("obligation", mode="maintenance", trigger=SEIZURE, broken_by=LIFTED, ended_by=ORDER)


def test_what_is_broken_on_the_day_it_arises_or_ends_is_broken() -> None:
    coup, ended = fact("seizure", day(2)), fact("constitutional_order", day(6))
    states = [judged(KEEP, [coup, ended, fact("suspension_lifted", day(n))], NINE[8]).state for n in range(9)]
    assert states == ["fulfilled"] * 2 + ["deviation"] * 5 + ["fulfilled"] * 2


def test_a_duty_that_was_kept_says_until_when() -> None:
    coup, ended = fact("seizure", day(1)), fact("constitutional_order", day(6, 2))
    found = judged(KEEP, [coup, ended], NINE[8])
    assert (found.state, found.until, found.due) == ("fulfilled", day(6, 2), None)
    short = judged(Duty(2, True, False).rule(), [coup, ended], NINE[8])
    assert (short.state, short.until, short.due) == ("fulfilled", None, NINE[3])


def test_an_exception_covers_acts_of_its_own_days_and_undoes_no_earlier_breach() -> None:
    lasting = replace(fact("mission_present", day(3)), span=Span("x", day(3), day(5), True))
    excuse = Exemption(During(Pattern(("mission_present",)), "fails"), "a mission is there", (READ,))
    duty = rule("obligation", mode="maintenance", trigger=SEIZURE, broken_by=LIFTED, unless=(excuse,))
    coup = fact("seizure", day(1))
    for today in (4, 8):
        states = [judged(duty, [coup, lasting, fact("suspension_lifted", day(n))], NINE[today]).state for n in range(9)]
        kept = "discharged" if today == 4 else "open"
        later = ["deviation"] * 3 if today == 8 else [kept] * 3
        assert states == [kept, "deviation", "deviation", kept, kept, kept, *later]
    covered = judged(duty, [coup, lasting, fact("suspension_lifted", day(4))], NINE[8])
    assert "exempt_act" in {node.code for node in covered.tree.walk()}


def test_who_has_left_breaks_nothing_any_more_but_what_was_broken_stays_so() -> None:
    joined = fact("membership", day(0), 0, value=(("organisation", "au"), ("step", "joined")))
    left = fact("membership", day(5), 1, value=(("organisation", "au"), ("step", "left")))
    duty = rule("obligation", mode="maintenance", trigger=SEIZURE, broken_by=LIFTED, applies_if=Member("au"))
    facts = [joined, left, fact("seizure", day(1))]
    states = [judged(duty, [*facts, fact("suspension_lifted", day(n))], NINE[8]).state for n in range(9)]
    assert states == ["discharged"] + ["deviation"] * 4 + ["discharged"] * 4


def test_an_act_of_which_nobody_knows_whether_it_breaks_it_leaves_it_open() -> None:
    duty = rule(
        "obligation",
        mode="maintenance",
        trigger=Recorded(SUSPENSION),
        broken_by=Pattern(("seizure",), (), (("victim", ("elected",)),)),
    )
    came = fact("suspension", day(1))
    for victim, state in (("elected", "deviation"), ("not_established", "undetermined"), ("unelected", "open")):
        act = fact("seizure", day(3), value=(("victim", victim),))
        assert judged(duty, [came, act], NINE[8]).state == state
    doubtful = fact("seizure", day(4), 1, value=(("victim", "not_established"),))
    sure = fact("seizure", day(3), value=(("victim", "elected"),))
    assert judged(duty, [came, doubtful, sure], NINE[8]).state == "deviation"


def test_beyond_what_is_known_nobody_can_say_that_it_was_kept() -> None:
    duty = Duty(4, True, False).rule()
    coup = fact("seizure", day(1))
    assert judged(duty, [coup], NINE[8], NINE[3]).state == "undetermined"
    assert judged(duty, [coup], NINE[8], NINE[5]).state == "fulfilled"
    told = {node.code: dict(node.args) for node in judged(duty, [coup], NINE[8], NINE[3]).tree.walk()}
    assert told["last_known"]["last"] == "pending"
    assert judged(duty, [coup, fact("suspension_lifted", day(2))], NINE[8], NINE[3]).state == "deviation"


def test_an_unknown_day_of_the_trigger_leaves_all_open() -> None:
    for term in (None, 3):
        found = judged(Duty(term, True, False).rule(), [fact("seizure", UNKNOWN_DAY)], NINE[8])
        assert (found.state, found.due, found.day) == ("undetermined", None, None)


@given(st.integers(1, 300), st.integers(0, 364), st.integers(0, 364))
@settings(max_examples=100, deadline=None)
def test_a_year_without_a_day_is_weighed_with_the_term(term: int, broken: int, today: int) -> None:
    first = date(2021, 1, 1)
    duty, as_of = Duty(term, True, False), first + timedelta(days=today)
    seizure = fact("seizure", read_day("2021"))
    act = fact("suspension_lifted", on(first + timedelta(days=broken)))
    days = [first + timedelta(days=step) for step in range(365)]
    came = {
        walked(duty, {"test-2021/seizure-0": one, act.key: act.span.begins.earliest}, as_of, date(2021, 12, 31))[0]
        for one in days
    }
    found = judged(duty.rule(), [seizure, act], as_of, date(2021, 12, 31))
    assert found.state == (came.pop() if len(came) == 1 else "undetermined")


def test_soft_law_that_was_not_kept_is_a_divergence() -> None:
    duty = rule("obligation", mode="maintenance", trigger=SEIZURE, broken_by=LIFTED, soft=True)
    found = judged(duty, [fact("seizure", day(1)), fact("suspension_lifted", day(3))], NINE[8])
    assert (found.state, found.divergence, found.breached_on) == ("deviation", True, day(3))


def test_an_override_of_the_day_of_the_act_covers_it() -> None:
    duty = rule("obligation", mode="maintenance", trigger=SEIZURE, broken_by=LIFTED)
    stronger = rule("permission", "t.may", holds_if=Recorded(DECLINED, "fails"), overrides=("t.rule",))
    coup, allowed = fact("seizure", day(1)), fact("suspension_declined", day(4))
    states = [
        evaluate(book(duty, stronger), snapshot([coup, allowed, fact("suspension_lifted", day(n))], NINE[8]))[0].state
        for n in range(9)
    ]
    assert states == ["discharged"] + ["deviation"] * 3 + ["discharged"] * 5
