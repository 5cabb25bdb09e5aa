"""Statuses: against a calendar painted day by day, over every way the exact days could have been."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.facts import Fact
from goodoffices.norms.rules import Member

from .small import LIFTED, NINE, SUSPENSION, assignments, day, fact, facts_of_kind, judged, rule


def painted(begins: list[date], ends: list[date], as_of: date, on_tie: str) -> tuple[str, date | None, date | None]:
    """State, since, until: each day in turn, each move of the day in its order."""
    order = [(False, ends), (True, begins)] if on_tie == "begins_last" else [(True, begins), (False, ends)]
    state, since, until = "not_in_force", None, None
    for today in NINE:
        if today > as_of:
            break
        for starts, moves in order:
            if today in moves and starts and state != "in_force":
                state, since, until = "in_force", today, None
            elif today in moves and not starts and state == "in_force":
                state, until = "ended", today
    return state, since, until


@settings(max_examples=500, deadline=None)
@given(
    facts_of_kind("suspension", 3),
    facts_of_kind("suspension_lifted", 2),
    st.sampled_from(NINE),
    st.sampled_from(["ends_last", "begins_last"]),
)
def test_a_status_is_what_the_painted_calendars_agree_on(
    begins: list[Fact], ends: list[Fact], as_of: date, on_tie: str
) -> None:
    found = judged(rule("status", begins=(SUSPENSION,), ends=(LIFTED,), on_tie=on_tie), begins + ends, as_of)
    came = set()
    for days in assignments(begins + ends):
        came.add(painted([days[one.key] for one in begins], [days[one.key] for one in ends], as_of, on_tie))
    states = {state for state, _, _ in came}
    assert found.state == (states.pop() if len(states) == 1 else "undetermined")
    if found.state in ("in_force", "ended") and len(came) == 1:
        _, since, until = came.pop()
        assert found.since is not None and found.since.earliest <= since <= found.since.latest  # type: ignore[operator]
        assert (found.until is None) == (until is None)


def test_beyond_what_is_known_a_status_is_not_known_but_its_last_state_is_told() -> None:
    found = judged(rule("status", begins=(SUSPENSION,), ends=(LIFTED,)), [fact("suspension", day(1))], NINE[6], NINE[3])
    assert found.state == "undetermined"
    last = next(node for node in found.tree.walk() if node.code == "last_known")
    assert dict(last.args)["last"] == "in_force"


def test_a_status_without_an_end_lasts() -> None:
    found = judged(
        rule("status", begins=(SUSPENSION,)), [fact("suspension", day(1)), fact("suspension_lifted", day(2))], NINE[6]
    )
    assert (found.state, found.until) == ("in_force", None)


def test_a_status_ends_when_the_state_leaves_the_reach_of_the_rule() -> None:
    joined = fact("membership", day(0), 0, value=(("organisation", "au"), ("step", "joined")))
    left = fact("membership", day(5), 1, value=(("organisation", "au"), ("step", "left")))
    guarded = rule("status", begins=(SUSPENSION,), ends=(LIFTED,), applies_if=Member("au"))
    suspended = fact("suspension", day(2))
    for number, today in enumerate(NINE):
        found = judged(guarded, [joined, left, suspended], today)
        assert found.state == ("not_in_force" if number < 2 else "in_force" if number < 5 else "ended")
    assert found.until == day(5)
