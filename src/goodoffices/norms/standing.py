"""Definitions, prohibitions, permissions and powers: what holds on the day looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from goodoffices.core.errors import Broken
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, Reason, reason
from goodoffices.core.verdicts import Verdict, all_of
from goodoffices.norms.conditions import Answer, acts_under, exempted, gate, gate_from, hold
from goodoffices.norms.reasons import absence, beyond, fact_reason
from goodoffices.norms.worlds import last_of

if TYPE_CHECKING:
    from goodoffices.norms.evaluator import Evaluation
    from goodoffices.norms.rules import Rule

_DEFINITION: Final = {
    Verdict.HOLDS: "met",
    Verdict.FAILS: "not_met",
    Verdict.UNKNOWN: "undetermined",
    Verdict.DISPUTED: "disputed",
}
_DOUBT: Final = {Verdict.UNKNOWN: "undetermined", Verdict.DISPUTED: "disputed"}


def blank(rule: Rule, state: str, tree: Reason) -> Finding:
    """A finding of this rule in a state; the rest is added by its judge and when it is sealed."""
    return Finding(rule.id, rule.title, rule.kind, rule.bearer, state, rule.references, tree, titles=rule.titles)


def judge_definition(run: Evaluation, rule: Rule) -> Finding:
    """Whether the definition is met. Its guard is asked for the day on which what it describes began: a state that
    leaves the organisation afterwards does not undo what happened while it was a member."""
    if rule.holds_if is None:
        raise Broken(f"definition {rule.id} has no condition")
    answer = _unless(run, rule, hold(run, rule.holds_if, run.as_of))
    start = answer.since if answer.verdict is not Verdict.FAILS else None
    reached = gate_from(run, rule, start, min(run.as_of, run.known_at))
    verdict = all_of((reached.verdict, answer.verdict))
    # Outside the rule's reach the rest explains nothing.
    parts = [reached.why] if reached.verdict is Verdict.FAILS else [reached.why, answer.why, *beyond(run)]
    finding = blank(rule, _DEFINITION[verdict], reason("definition", *parts, verdict=verdict))
    return replace(finding, since=start if verdict is not Verdict.FAILS else None)


def _unless(run: Evaluation, rule: Rule, held: Answer) -> Answer:
    """A condition, unless an exception holds. It holds anew from the day on which an exception ended."""
    if not rule.unless:
        return held
    free, _, parts = exempted(run, rule, run.as_of)
    why = reason("but", held.why, *parts, verdict=free.negated())
    answers = (hold(run, one.when, run.as_of) for one in rule.unless)
    ended = [one.since for one in answers if one.verdict is Verdict.FAILS and one.since is not None]
    since = held.since if held.since is None else last_of([held.since, *ended])
    return Answer(all_of((held.verdict, free.negated())), since, why)


def _standing(run: Evaluation, rule: Rule) -> tuple[Answer, Answer, Verdict]:
    """Guard and condition on the day looked at, and what both come to."""
    reached = gate(run, rule, run.as_of)
    nothing = Answer(Verdict.HOLDS, None, reason("always"))
    held = hold(run, rule.holds_if, run.as_of) if rule.holds_if else nothing
    held = _unless(run, rule, held)
    begins = rule.in_force.begins
    if held.since is not None and held.since.latest < begins.earliest:  # nothing stands before the norm does
        held = Answer(held.verdict, begins, held.why)
    return reached, held, all_of((reached.verdict, held.verdict))


def judge_prohibition(run: Evaluation, rule: Rule) -> Finding:
    """In force or not on the day looked at; a deviation where the forbidden act was done while it was in force, and
    that stays one when the prohibition has ended."""
    reached, held, verdict = _standing(run, rule)
    acts = acts_under(run, rule, rule.forbids)
    done = [fact for fact, under in acts if under is Verdict.HOLDS]
    perhaps = [fact for fact, under in acts if under in _DOUBT]
    parts = [reached.why, held.why]
    if done:
        state = "deviation"
        parts += [_act(fact, Verdict.HOLDS) for fact in done]
    elif perhaps:
        state = _DOUBT.get(verdict, "undetermined")
        parts += [_act(fact, Verdict.UNKNOWN) for fact in perhaps]
    elif verdict is Verdict.HOLDS:
        state = "in_force"
        parts += [absence(run, rule.forbids, run.as_of, Verdict.FAILS)] if rule.forbids else []
    else:
        state = "not_in_force" if verdict is Verdict.FAILS else _DOUBT[verdict]
    finding = blank(rule, state, reason("prohibition", *parts, *beyond(run), verdict=verdict))
    since = held.since if verdict is Verdict.HOLDS and state in ("in_force", "deviation") else None
    return replace(finding, since=since, performed_on=done[0].span.begins if done else None)


def judge_permission(run: Evaluation, rule: Rule) -> Finding:
    """Available or not on the day looked at; exercised where the act was done while it was available. Acts of which
    nobody knows whether they were stand among the reasons and change nothing."""
    reached, held, verdict = _standing(run, rule)
    acts = acts_under(run, rule, rule.exercised_by)
    done = [fact for fact, under in acts if under is Verdict.HOLDS]
    perhaps = [fact for fact, under in acts if under in _DOUBT and not done]
    parts = [reached.why, held.why, *(_act(fact, Verdict.HOLDS) for fact in done)]
    parts += [_act(fact, Verdict.UNKNOWN) for fact in perhaps]
    states = {Verdict.HOLDS: "available", Verdict.FAILS: "not_available", **_DOUBT}
    state = "exercised" if done else states[verdict]
    finding = blank(rule, state, reason(rule.kind, *parts, *beyond(run), verdict=verdict))
    since = held.since if verdict is Verdict.HOLDS else None
    return replace(finding, since=since, performed_on=done[0].span.begins if done else None)


def _act(fact: Fact, verdict: Verdict) -> Reason:
    return reason("act", fact_reason(fact, verdict), verdict=verdict)
