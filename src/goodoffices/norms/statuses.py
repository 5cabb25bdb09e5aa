"""Statuses: what an organ's act begins lasts until another act ends it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from goodoffices.core.days import Day
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, reason
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.conditions import Answer, gate, gate_from
from goodoffices.norms.reasons import absence, beyond, fact_reason
from goodoffices.norms.rules import Rule
from goodoffices.norms.standing import blank
from goodoffices.norms.worlds import worlds

if TYPE_CHECKING:
    from goodoffices.norms.evaluator import Evaluation

Move = tuple[Fact, bool]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a status stands on a day, and the acts that began and ended it. `undetermined`: the dates are too coarse."""

    state: str
    begun: Fact | None = None
    ended: Fact | None = None


def judge_status(run: Evaluation, rule: Rule) -> Finding:
    """In force from the last beginning that no end has followed. Ties on one day go by the rule's `on_tie`.

    A status follows the organ's act alone: where our register does not show that the rule reached the state, the act
    counts and the doubt shows. When the state leaves the rule's reach, the status ends.
    """
    standing = status_at(run, rule, run.as_of)
    state, begun, ended = standing.state, standing.begun, standing.ended
    reached = gate_from(run, rule, begun.span.begins, run.as_of) if begun else gate(run, rule, run.as_of)
    shaky = Verdict.UNKNOWN if state == "undetermined" else None
    parts = [reached.why]
    if begun:
        parts.append(reason("status_begun", fact_reason(begun, shaky), verdict=shaky))
    if ended:
        parts.append(reason("status_ended", fact_reason(ended, shaky), verdict=shaky))
    until = ended.span.begins if ended and state == "ended" else None
    left = _reach_lost(run, rule, reached) if state == "in_force" else None
    if left:
        state, until = "ended", left.since
        parts.append(reason("reach_ended", left.why, verdict=Verdict.FAILS))
    if state == "undetermined":
        parts.append(reason("coarse_order", verdict=Verdict.UNKNOWN))
    if not begun:
        parts += [absence(run, pattern, run.as_of, Verdict.FAILS) for pattern in rule.begins]
    elif not ended and not left:
        parts += [absence(run, pattern, run.as_of, Verdict.FAILS, begun.span.begins.earliest) for pattern in rule.ends]
    if begun and reached.verdict is not Verdict.HOLDS:
        parts.append(reason("reach_doubtful", verdict=reached.verdict))
    if run.as_of > run.known_at and (begun or reached.verdict is not Verdict.FAILS) and not left:
        parts += [*beyond(run), reason("last_known", verdict=Verdict.UNKNOWN, last=state, known_at=run.known_at)]
        state, until = "undetermined", None
    since = begun.span.begins if begun and standing.state != "undetermined" else None
    return replace(blank(rule, state, reason("status", *parts)), since=since, until=until)


def _reach_lost(run: Evaluation, rule: Rule, reached: Answer) -> Answer | None:
    """The guard on the day looked at, where it has failed since the status began."""
    if reached.verdict is not Verdict.HOLDS:
        return None
    now = gate(run, rule, run.as_of)
    return now if now.verdict is Verdict.FAILS else None


def status_at(run: Evaluation, rule: Rule, day: date) -> Standing:
    """The status on a day over every way the exact days could have been, on all that was known."""
    moves = _moves(run, rule, day)
    days: list[Day] = [fact.span.begins for fact, _ in moves]
    tried = worlds(days, {day})
    outcomes: dict[str, tuple[set[int | None], set[int | None]]] = {}
    for exact in tried or ():
        dated = [(one, begins) for one, (_, begins) in zip(exact, moves, strict=True)]
        state, begun, ended = status_on(day, dated, rule.on_tie)
        firsts, lasts = outcomes.setdefault(state, (set(), set()))
        firsts.add(begun)
        lasts.add(ended)
    if len(outcomes) != 1:
        first = next((fact for fact, begins in moves if begins), None)
        last = next((fact for fact, begins in reversed(moves) if not begins), None)
        return Standing("undetermined", first, last)
    state, (firsts, lasts) = outcomes.popitem()
    return Standing(state, _pick(firsts, moves), _pick(lasts, moves))


def _pick(indexes: set[int | None], moves: list[Move]) -> Fact | None:
    """The act that made it so; where several could have, the earliest of them."""
    facts = [moves[index][0] for index in indexes if index is not None]
    return min(facts, key=lambda fact: (fact.span.begins.earliest, fact.span.begins.latest, fact.key), default=None)


def _moves(run: Evaluation, rule: Rule, day: date) -> list[Move]:
    begins = {fact.key: (fact, True) for pattern in rule.begins for fact in run.known_of(pattern)}
    ends = {fact.key: (fact, False) for pattern in rule.ends for fact in run.known_of(pattern)}
    moves = [*begins.values(), *ends.values()]
    return [(fact, starts) for fact, starts in moves if fact.span.begun_by(day) is not Verdict.FAILS]


def status_on(as_of: date, moves: list[tuple[date, bool]], on_tie: str) -> tuple[str, int | None, int | None]:
    """State on a day, all dates exact: `in_force`, `ended` or `not_in_force`, and the indexes of the moves behind it.

    Inertia: a status lasts until it is ended. A second beginning while it lasts changes nothing.
    """
    last_is_begin = on_tie == "begins_last"
    ordered = sorted(
        (index for index, (day, _) in enumerate(moves) if day <= as_of),
        key=lambda index: (moves[index][0], moves[index][1] is last_is_begin, index),
    )
    begun: int | None = None
    ended: int | None = None
    for index in ordered:
        if moves[index][1]:
            if begun is None or ended is not None:
                begun, ended = index, None
        elif begun is not None and ended is None:
            ended = index
    if begun is None:
        return "not_in_force", None, None
    return ("in_force" if ended is None else "ended"), begun, ended
