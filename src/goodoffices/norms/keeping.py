"""Duties to keep something so: they run from their trigger until the situation ends, and one act breaks them.

Invariant: an act is judged on its own day. One that an exception covers on that day, or that lies outside the reach of
the rule, breaks nothing; what begins afterwards undoes no breach.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from goodoffices.core.days import Day, on
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, Reason, reason
from goodoffices.core.verdicts import Verdict, any_of
from goodoffices.norms.conditions import exempted, gate
from goodoffices.norms.reasons import absence, beyond, fact_reason
from goodoffices.norms.rules import Pattern, Rule
from goodoffices.norms.standing import blank
from goodoffices.norms.terms import TermOf, due_day, turning_days
from goodoffices.norms.worlds import between, worlds

if TYPE_CHECKING:
    from goodoffices.norms.evaluator import Evaluation

_KEPT: Final = frozenset({"open", "pending", "fulfilled"})


@dataclass(frozen=True, slots=True)
class _Kept:
    """A duty of maintenance that has arisen: the day, the term, and the acts and days that bear on it."""

    start: Day
    term: TermOf | None
    broken: tuple[Fact, ...]
    ended: tuple[Fact, ...]
    compensated: tuple[Fact, ...]
    freed: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What it came to, every date exact: since when it was broken, and the day on which the situation ended it."""

    state: str
    broken: date | None = None
    until: date | None = None


def judge_kept(run: Evaluation, rule: Rule, start: Day, term: TermOf | None, parts: list[Reason]) -> Finding:
    """The finding for a duty of maintenance that has arisen on `start`; a term says for how long it runs."""
    if start.precision == "unknown":
        return replace(blank(rule, "undetermined", reason("obligation", *parts, reason("undated"))), since=start)
    duty, more = _kept(run, rule, start, term)
    outcomes = _outcomes(run, rule, duty)
    unsettled = _unsettled(run, rule, duty, outcomes)
    state = _joint({one.state for one in outcomes})
    if unsettled and state != "disputed":
        state = "undetermined"
    parts = [*parts, *more, *unsettled, *_act_reasons(run, rule, duty, state)]
    if len({one.state for one in outcomes}) > 1:
        parts.append(reason("coarse_order", verdict=Verdict.UNKNOWN))
    if run.as_of > run.known_at and state == "undetermined":
        last = _joint({one.state for one in _outcomes(run.at(run.known_at), rule, duty)})
        told = [reason("last_known", last=last, known_at=run.known_at)] if last in _KEPT else []
        parts += [*beyond(run), *told]
    until = _day({one.until for one in outcomes}, duty.ended) if state == "fulfilled" else None
    reached = until.shown if until else min(run.as_of, run.known_at)
    return replace(
        blank(rule, state, reason("obligation", *parts)),
        since=start,
        until=until,
        due=due_day(start.latest, *term) if term else None,
        day=max(0, (reached - start.shown).days),
        open_term=term is None,
        breached_on=_day({one.broken for one in outcomes}, duty.broken),
    )


def _kept(run: Evaluation, rule: Rule, start: Day, term: TermOf | None) -> tuple[_Kept, list[Reason]]:
    """The duty with all that bears on it, and the reasons that free from it."""
    _, freed, parts = exempted(run, rule, run.as_of)
    free = [day or start for day in freed]
    now = gate(run, rule, run.as_of)
    if now.verdict is Verdict.FAILS:  # it reached the case when the duty arose
        free.append(now.since or on(run.as_of))
        parts.append(reason("reach_ended", now.why))
    broken, ended = _begun(run, rule.broken_by, start), _begun(run, rule.ended_by, start)
    return _Kept(start, term, broken, ended, _begun(run, rule.compensated_by, start), tuple(free)), parts


def _begun(run: Evaluation, pattern: Pattern | None, start: Day) -> tuple[Fact, ...]:
    """Matching acts that can lie at or after the trigger and, surely or perhaps, by the day looked at, in order."""
    found = [fact for fact in run.known_of(pattern) if _may_lie(run, fact, start)] if pattern else []
    return tuple(sorted(found, key=lambda fact: (fact.span.begins.latest, fact.span.begins.earliest, fact.key)))


def _may_lie(run: Evaluation, fact: Fact, start: Day) -> bool:
    return fact.span.begun_by(run.as_of) is not Verdict.FAILS and fact.span.begins.latest >= start.earliest


def _act_reasons(run: Evaluation, rule: Rule, duty: _Kept, state: str) -> list[Reason]:
    """What broke it, what an exception covers, what ended it; where nothing broke it, that."""
    found = []
    for fact in duty.broken:
        covered = _covered(run, rule, fact.span.begins.earliest), _covered(run, rule, fact.span.begins.latest)
        code = "exempt_act" if set(covered) == {Verdict.HOLDS} else "broken"
        found.append(reason(code, fact_reason(fact, Verdict.UNKNOWN if state == "undetermined" else None)))
    found += [reason("ended_situation", fact_reason(fact, None)) for fact in duty.ended]
    found += [reason("made_good", fact_reason(fact, None)) for fact in duty.compensated if state == "compensated"]
    if not duty.broken and rule.broken_by:
        silence = Verdict.FAILS if rule.public_record else Verdict.UNKNOWN
        found.append(absence(run, rule.broken_by, run.as_of, silence, duty.start.earliest))
    return found


def _unsettled(run: Evaluation, rule: Rule, duty: _Kept, outcomes: Sequence[_Outcome]) -> list[Reason]:
    """Acts of which nobody knows whether they are what breaks it, where that matters."""
    if rule.broken_by is None or {one.state for one in outcomes} == {"deviation"}:
        return []
    perhaps = [
        (fact, fit)
        for fact, fit in run.perhaps(rule.broken_by)
        if fit is not Verdict.HOLDS and _may_lie(run, fact, duty.start)
    ]
    with_them = replace(duty, broken=(*duty.broken, *(fact for fact, _ in perhaps)))
    if {one.state for one in _outcomes(run, rule, with_them)} == {one.state for one in outcomes}:
        return []
    leaves = (fact_reason(fact, fit) for fact, fit in perhaps)
    return [reason("unsettled", *leaves, verdict=Verdict.UNKNOWN, value="")]


def _joint(states: set[str]) -> str:
    return next(iter(states)) if len(states) == 1 else "undetermined"


def _day(days: set[date | None], among: Sequence[Fact]) -> Day | None:
    """The range of some days; none where in one world there was no such day."""
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return None
    return between(min(known), max(known), [fact.span.begins for fact in among])


def _outcomes(run: Evaluation, rule: Rule, duty: _Kept) -> list[_Outcome]:
    """What it comes to over every way the exact days could have been."""
    groups = [[fact.span.begins for fact in group] for group in (duty.broken, duty.ended, duty.compensated)]
    days = [duty.start, *(day for group in (*groups, duty.freed) for day in group)]
    tried = worlds(days, turning_days(days, duty.term, (run.as_of, run.known_at)))
    if tried is None:
        return [_Outcome("undetermined")]
    covered = functools.cache(lambda day: _covered(run, rule, day))
    found = []
    for begun, *exact in tried:
        left = iter(exact)
        broken, ended, made_good, freed = ([next(left) for _ in group] for group in (*groups, duty.freed))
        due = due_day(begun, *duty.term) if duty.term else None
        ends = min((day for day in ended if begun <= day), default=None), due, min(freed, default=None)
        breaking = [(day, covered(day)) for day in sorted(broken) if begun <= day <= run.as_of]
        found.append(_outcome(run, rule, begun, breaking, ends, made_good))
    return list(dict.fromkeys(found))


def _outcome(
    run: Evaluation,
    rule: Rule,
    begun: date,
    broken: Sequence[tuple[date, Verdict]],
    ends: tuple[date | None, date | None, date | None],
    made_good: Sequence[date],
) -> _Outcome:
    """All dates exact. `broken`: the acts since it arose, each with whether something covers it; `ends`: the day on
    which the situation ended, the last of the term, the first one free of it."""
    if begun > run.as_of:
        return _Outcome("not_triggered")
    over, due, freed = ends
    last = min((day for day in (over, due) if day is not None), default=run.as_of)
    within = [(day, covered) for day, covered in broken if day <= last and covered is not Verdict.HOLDS]
    sure = min((day for day, covered in within if covered is Verdict.FAILS), default=None)
    if sure is not None:
        again = any(sure <= day <= run.as_of for day in made_good)
        # Where an earlier act may have broken it, nobody knows since when it is broken.
        return _Outcome("compensated" if again else "deviation", sure if sure == within[0][0] else None)
    if within:
        return _Outcome("disputed" if Verdict.DISPUTED in {covered for _, covered in within} else "undetermined")
    return _unbroken(run, rule, over, due, freed)


def _unbroken(run: Evaluation, rule: Rule, over: date | None, due: date | None, freed: date | None) -> _Outcome:
    """Nothing broke it. Beyond what is known, and where such acts are not published, silence says nothing."""
    last = min((day for day in (over, due) if day is not None), default=None)
    loosed = freed is not None and freed <= run.as_of and (last is None or freed <= last)
    ended = (over is not None and over <= run.as_of) or (due is not None and due < run.as_of)
    told = freed if loosed else last if ended else run.as_of
    if not rule.public_record or (told is not None and told > run.known_at):
        return _Outcome("undetermined")
    if loosed:
        return _Outcome("discharged")
    if ended:
        return _Outcome("fulfilled", None, over if over == last else None)
    return _Outcome("open" if due is None else "pending")


def _covered(run: Evaluation, rule: Rule, day: date) -> Verdict:
    """Whether an act of a day breaks nothing: an exception holds, another rule comes first, or this one does not reach
    the case."""
    free = exempted(run, rule, day)[0] if rule.unless else Verdict.FAILS
    return any_of((free, run.yields_on(rule.id, day), gate(run, rule, day).verdict.negated()))
