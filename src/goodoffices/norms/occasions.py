"""What gives rise to a duty more than once: further occasions, and what they do to the one that runs.

`ignore`: the first occasion counts. `restart`: a further one starts the term anew while the duty is not done. `new`:
each gives a duty of its own; the finding tells of the last, and its reasons of the earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goodoffices.core.days import Day
from goodoffices.core.facts import Fact
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.conditions import gate_from
from goodoffices.norms.rules import AllOf, AnyOf, Condition, Met, Pattern, Recorded, Rule

if TYPE_CHECKING:
    from goodoffices.norms.evaluator import Evaluation


def occasions(run: Evaluation, rule: Rule, first: Day) -> tuple[Day, ...]:
    """The days after that on which the duty first arose, on which what gives rise to it surely came again. A day on
    which the rule does not reach the case is none."""
    if rule.on_retrigger == "ignore" or first.precision == "unknown":
        return ()
    found = {
        (fact.span.begins.earliest, fact.span.begins.latest): fact.span.begins
        for pattern in _giving_rise(run, rule.trigger)
        for fact in run.known_of(pattern)
        if fact.span.begun_by(run.as_of) is Verdict.HOLDS and fact.span.begins.earliest > first.latest
    }
    reached = (found[days] for days in sorted(found))
    return tuple(day for day in reached if gate_from(run, rule, day, run.as_of).verdict is not Verdict.FAILS)


def perhaps_again(run: Evaluation, rule: Rule, start: Day) -> tuple[Fact, ...]:
    """Facts that perhaps gave rise to the duty again after `start`, and perhaps did not: of a day that may be that of
    `start` or lie beyond the day looked at, or of which nobody knows whether they are what gives rise to it."""
    if rule.on_retrigger == "ignore" or start.precision == "unknown":
        return ()
    return tuple(
        fact
        for pattern in _giving_rise(run, rule.trigger)
        for fact, fit in run.perhaps(pattern)
        if fact.span.begun_by(run.as_of) is not Verdict.FAILS
        and fact.span.begins.latest > start.earliest
        and fact.span.begins != start
        and (
            fit is not Verdict.HOLDS
            or fact.span.begins.earliest <= start.latest
            or fact.span.begun_by(run.as_of) is not Verdict.HOLDS
        )
    )


def _giving_rise(run: Evaluation, condition: Condition | None) -> Iterator[Pattern]:
    """The patterns whose facts make a condition hold, those of definitions it asks for included."""
    match condition:
        case Recorded(pattern):
            yield pattern
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _giving_rise(run, part)
        case Met(rule_id):
            yield from _giving_rise(run, run.rule(rule_id).holds_if)
