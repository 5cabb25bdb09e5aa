"""Duties to keep something so: they run from their trigger until the situation ends, and one act breaks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from goodoffices.core.days import Day
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, Reason, reason
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.conditions import exempted
from goodoffices.norms.reasons import absence, beyond, fact_reason
from goodoffices.norms.rules import Pattern, Rule
from goodoffices.norms.standing import blank
from goodoffices.norms.terms import TermOf, due_day
from goodoffices.norms.worlds import worlds

if TYPE_CHECKING:
    from goodoffices.norms.evaluator import Evaluation


def judge_kept(run: Evaluation, rule: Rule, start: Day, term: TermOf | None, parts: list[Reason]) -> Finding:
    """The finding for a duty of maintenance that has arisen on `start`; a term says for how long it runs."""
    broken, freed_by = _breaking(run, rule, start)
    ended = _begun(run, rule.ended_by, start)
    exempt, freed, exemptions = exempted(run, rule, run.as_of)
    free = [day or start for day in freed]
    states = _states(run, start, term, (broken, ended), free)
    state = next(iter(states)) if len(states) == 1 else "undetermined"
    if state == "deviation" and exempt in (Verdict.UNKNOWN, Verdict.DISPUTED):
        state = "undetermined" if exempt is Verdict.UNKNOWN else "disputed"
    parts = [*parts, *exemptions, *freed_by, *(reason("broken", fact_reason(fact, None)) for fact in broken)]
    parts += [reason("ended_situation", fact_reason(fact, None)) for fact in ended]
    if not broken and rule.broken_by:
        silence = Verdict.FAILS if rule.public_record else Verdict.UNKNOWN
        parts.append(absence(run, rule.broken_by, run.as_of, silence, start.earliest))
        if not rule.public_record and state in ("open", "pending", "fulfilled"):
            state = "undetermined"
    if len(states) > 1:
        parts.append(reason("coarse_order", verdict=Verdict.UNKNOWN))
    if run.as_of > run.known_at and state in ("open", "pending"):
        parts += [*beyond(run), reason("last_known", last=state, known_at=run.known_at)]
        state = "undetermined"
    first = broken[0].span.begins if broken and state in ("deviation", "compensated") else None
    over = ended[0].span.begins if ended and state == "fulfilled" else None
    return replace(
        blank(rule, state, reason("obligation", *parts)),
        since=start,
        until=over,
        due=due_day(start.latest, *term) if term else None,
        day=max(0, (min(run.as_of, run.known_at) - start.shown).days),
        open_term=term is None,
        breached_on=first,
    )


def _begun(run: Evaluation, pattern: Pattern | None, start: Day) -> list[Fact]:
    if pattern is None:
        return []
    found = [
        fact
        for fact in run.known_of(pattern)
        if fact.span.begun_by(run.as_of) is not Verdict.FAILS and fact.span.begins.latest >= start.earliest
    ]
    return sorted(found, key=lambda fact: (fact.span.begins.latest, fact.key))


def _breaking(run: Evaluation, rule: Rule, start: Day) -> tuple[list[Fact], list[Reason]]:
    """The acts that break it, and those that an exception covers on their own day."""
    broken, covered = [], []
    for fact in _begun(run, rule.broken_by, start):
        verdict = exempted(run, rule, fact.span.begins.latest)[0] if rule.unless else Verdict.FAILS
        if verdict is Verdict.HOLDS:
            covered.append(reason("exempt_act", fact_reason(fact, None)))
        else:
            broken.append(fact)
    return broken, covered


def _states(
    run: Evaluation,
    start: Day,
    term: TermOf | None,
    groups: tuple[Sequence[Fact], Sequence[Fact]],
    freed: Sequence[Day],
) -> set[str]:
    """The states it comes to over every way the exact days could have been."""
    broken, ended = groups
    days = [start, *(fact.span.begins for fact in (*broken, *ended)), *freed]
    turning = {run.as_of, run.known_at, *(end for day in days for end in (day.earliest, day.latest))}
    tried = worlds(days, turning)
    if tried is None:
        return {"undetermined", "open"}
    states = set()
    for begun, *exact in tried:
        first = min((day for day in exact[: len(broken)] if begun <= day <= run.as_of), default=None)
        over = min((day for day in exact[len(broken) : len(broken) + len(ended)] if begun <= day), default=None)
        due = due_day(begun, *term) if term else None
        states.add(_state(run.as_of, begun, first, (over, due), min(exact[len(broken) + len(ended) :], default=None)))
    return states


def _state(
    as_of: date, begun: date, broken: date | None, ends: tuple[date | None, date | None], freed: date | None
) -> str:
    if begun > as_of:
        return "not_triggered"
    last = min((day for day in (*ends, freed) if day is not None), default=None)
    if broken is not None and (last is None or broken <= last):
        return "deviation"
    if freed is not None and freed <= as_of and freed == last:
        return "discharged"
    over, due = ends
    if (over is not None and over <= as_of) or (due is not None and due < as_of):
        return "fulfilled"
    return "open" if due is None else "pending"
