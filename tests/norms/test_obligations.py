"""Duties: against a walk through the days, over every way the exact days could have been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.facts import Fact
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Already, Exemption, Member, Recorded, Rule, Term

from .small import (
    DECLINED,
    LIFTED,
    NINE,
    ORDER,
    READ,
    SEIZURE,
    SUSPENSION,
    UNREAD,
    assignments,
    book,
    day,
    fact,
    facts_of_kind,
    judged,
    rule,
    snapshot,
)

DECIDED = {"fulfilled", "fulfilled_late", "possible_deviation", "deviation", "overdue"}


@dataclass(frozen=True)
class Duty:
    term: int | None
    preemptive: bool
    lapses: bool
    cures: bool
    public: bool

    def rule(self) -> Rule:
        return rule(
            "obligation",
            trigger=SEIZURE,
            must=SUSPENSION,
            within=Term("calendar_day", self.term) if self.term else None,
            preemptive=self.preemptive,
            after_deadline="lapses" if self.lapses else "persists",
            late_performance="cures" if self.cures else "none",
            refused_by=DECLINED,
            ended_by=ORDER,
            public_record=self.public,
        )


def walked(duty: Duty, days: dict[str, date], as_of: date, known_at: date) -> str:
    """What became of a duty, one day after another."""

    def on(kind: str) -> set[date]:
        return {one for key, one in days.items() if key.rpartition("-")[0] == f"test-2021/{kind}"}

    acts, refusals, ends = on("suspension"), on("suspension-declined"), on("constitutional-order")
    start = min((one for one in on("seizure")), default=None)
    if start is None or start > as_of:
        return "not_triggered"
    if duty.preemptive and any(act <= start for act in acts):
        return "fulfilled"
    refused = False
    today, left = start, duty.term
    while today <= as_of:
        if today in acts:
            in_time = left is None or left >= 0
            return "fulfilled" if in_time else "fulfilled_late" if duty.cures and not duty.lapses else "deviation"
        if today in ends:  # where acts are not published, it may have been done all the same
            told = any(start <= one <= as_of for one in refusals)
            return "deviation" if told or duty.public else "undetermined"
        refused |= today in refusals
        today += timedelta(days=1)
        left = None if left is None else left - 1
    return "deviation" if refused else silent(duty, start, as_of, known_at)


def silent(duty: Duty, start: date, as_of: date, known_at: date) -> str:
    """What it means that nothing was done."""
    if duty.term is None:
        return "open" if duty.public and as_of <= known_at else "undetermined"
    last = start + timedelta(days=duty.term)
    if as_of > known_at and last > known_at:
        return "projected"
    if last >= as_of:
        return "pending"
    return "undetermined" if not duty.public else "deviation" if duty.lapses else "overdue"


def agreed(states: set[str]) -> str:
    if len(states) == 1:
        return next(iter(states))
    return "possible_deviation" if states <= DECIDED else "undetermined"


duties = st.builds(
    Duty, st.one_of(st.none(), st.integers(1, 4)), st.booleans(), st.booleans(), st.booleans(), st.booleans()
)


@settings(max_examples=900, deadline=None)
@given(
    duties,
    facts_of_kind("seizure", 2),
    facts_of_kind("suspension", 2),
    facts_of_kind("suspension_declined", 1),
    facts_of_kind("constitutional_order", 1),
    st.sampled_from(NINE),
    st.sampled_from(NINE),
)
def test_a_duty_is_what_the_walks_agree_on(
    duty: Duty,
    seizures: list[Fact],
    acts: list[Fact],
    refusals: list[Fact],
    ends: list[Fact],
    as_of: date,
    known_at: date,
) -> None:
    facts = [*seizures, *acts, *refusals, *ends]
    found = judged(duty.rule(), facts, as_of, known_at)
    begun = [one for one in seizures if one.span.begins.earliest <= as_of]
    if not begun and as_of > known_at:
        assert found.state == "undetermined"  # nothing is known of the days between
        return
    states = {walked(duty, days, as_of, known_at) for days in assignments(facts)}
    assert found.state == agreed(states)


@settings(max_examples=200, deadline=None)
@given(
    duties,
    facts_of_kind("seizure", 1, st.builds(day, st.integers(0, 8))),
    facts_of_kind("suspension", 1, st.builds(day, st.integers(0, 8))),
)
def test_days_and_dues_of_exact_histories(duty: Duty, seizures: list[Fact], acts: list[Fact]) -> None:
    found = judged(duty.rule(), seizures + acts, NINE[8])
    if not seizures:
        assert (found.state, found.since, found.due, found.day) == ("not_triggered", None, None, None)
        return
    start = seizures[0].span.begins.earliest
    assert found.since == seizures[0].span.begins
    assert found.due == (start + timedelta(days=duty.term) if duty.term else None)
    counted = [one for one in acts if duty.preemptive or one.span.begins.earliest >= start]
    end = counted[0].span.begins.earliest if counted else NINE[8]
    assert found.day == max(0, (end - start).days)
    assert found.performed_on == (counted[0].span.begins if counted else None)


def _already(facts: list[Fact]) -> Iterator[tuple[str, int | None]]:
    duty = rule("obligation", trigger=SEIZURE, must=SUSPENSION, already=Already("t.status", "in_force"))
    status = rule("status", "t.status", begins=(SUSPENSION,), ends=(LIFTED,))
    found = evaluate(book(duty, status), snapshot(facts, NINE[8]))[0]
    yield found.state, found.day


def test_what_is_so_already_leaves_nothing_to_do() -> None:
    coup, before, lifted = fact("seizure", day(4)), fact("suspension", day(1)), fact("suspension_lifted", day(3))
    assert list(_already([coup, before])) == [("fulfilled", 0)]
    assert list(_already([coup, before, lifted])) == [("open", 4)]
    assert list(_already([coup, before, fact("suspension_lifted", day(4))])) == [("open", 4)]
    assert list(_already([coup, before, fact("suspension_lifted", day(5))])) == [("fulfilled", 0)]
    assert list(_already([coup, fact("suspension", day(4))])) == [("fulfilled", 0)]
    assert list(_already([fact("seizure", day(1)), fact("suspension", day(4))])) == [("fulfilled", 3)]
    # Perhaps the suspension came first, perhaps the coup did: then it is an act like others.
    assert list(_already([fact("seizure", day(1, 3)), fact("suspension", day(2))])) == [("undetermined", 7)]


def test_an_exception_frees_only_before_the_breach() -> None:
    freed = Exemption(Recorded(ORDER, "fails"), "restored", (READ,))
    duty = rule("obligation", trigger=SEIZURE, must=SUSPENSION, within=Term("calendar_day", 2), unless=(freed,))
    coup = fact("seizure", day(1))
    for number in range(1, 9):
        state = judged(duty, [coup, fact("constitutional_order", day(number))], NINE[8]).state
        assert state == ("discharged" if number <= 3 else "deviation")
    performed = [coup, fact("suspension", day(2)), fact("constitutional_order", day(1))]
    assert judged(duty, performed, NINE[8]).state == "fulfilled"


def test_an_exception_nobody_can_judge_leaves_a_breach_open() -> None:
    unknown = Exemption(Recorded(ORDER, "unknown"), "restored", (READ,))
    duty = rule("obligation", trigger=SEIZURE, must=SUSPENSION, within=Term("calendar_day", 2), unless=(unknown,))
    assert judged(duty, [fact("seizure", day(1))], NINE[8]).state == "undetermined"
    assert judged(duty, [fact("seizure", day(7))], NINE[8]).state == "pending"


def test_leaving_frees_from_what_was_not_yet_broken() -> None:
    joined = fact("membership", day(0), 0, value=(("organisation", "au"), ("step", "joined")))
    left = fact("membership", day(5), 1, value=(("organisation", "au"), ("step", "left")))
    duty = rule("obligation", trigger=SEIZURE, must=SUSPENSION, within=Term("calendar_day", 2), applies_if=Member("au"))
    came = [judged(duty, [joined, left, fact("seizure", day(number))], NINE[8]).state for number in range(7)]
    assert came == ["deviation"] * 3 + ["discharged"] * 2 + ["not_triggered"] * 2


def test_a_reference_nobody_has_read_carries_no_breach_alone() -> None:
    for references, state in (((UNREAD,), "undetermined"), ((UNREAD, READ), "overdue")):
        duty = rule(
            "obligation", trigger=SEIZURE, must=SUSPENSION, within=Term("calendar_day", 2), references=references
        )
        found = judged(duty, [fact("seizure", day(1))], NINE[8])
        assert found.state == state
        assert ("unverified_alone" in {node.code for node in found.tree.walk()}) == (state == "undetermined")


def test_soft_law_gives_a_divergence() -> None:
    duty = rule("obligation", trigger=SEIZURE, must=SUSPENSION, refused_by=DECLINED, soft=True)
    found = judged(duty, [fact("seizure", day(1)), fact("suspension_declined", day(3))], NINE[8])
    assert (found.state, found.divergence) == ("deviation", True)
