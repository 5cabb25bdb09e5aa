"""Duties: from a trigger, what must be done, by when, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from goodoffices.core.days import NEVER, Day, on
from goodoffices.core.errors import Broken
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, Reason, reason
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.conditions import Answer, exempted, gate, gate_from, hold
from goodoffices.norms.keeping import judge_kept
from goodoffices.norms.occasions import occasions, perhaps_again
from goodoffices.norms.reasons import absence, beyond, fact_reason
from goodoffices.norms.rules import Met, Pattern, Rule, conditions_in
from goodoffices.norms.standing import blank
from goodoffices.norms.statuses import status_at
from goodoffices.norms.terms import Course, TermOf, breach_of, due_day, state_of, turning_days
from goodoffices.norms.worlds import between, worlds
from goodoffices.norms.zones import AT_HOME, NO_ZONES, Zones

if TYPE_CHECKING:
    from goodoffices.norms.evaluator import Evaluation

_BREACH: Final = frozenset({"deviation", "overdue", "possible_deviation", "fulfilled_late", "compensated"})
_DATED: Final = frozenset({"fulfilled", "fulfilled_late", "possible_deviation"})
_BREACHED: Final = frozenset({"deviation", "overdue", "fulfilled_late", "compensated"})
_LEFT_UNDONE: Final = frozenset({"open", "pending", "overdue", "deviation", "compensated"})
_DECIDED: Final = frozenset({"fulfilled", *_BREACH})
_ONE_DAY: Final = (0, "calendar_day", "exact")  # the term of a duty that is to be done on the day it arises


@dataclass(frozen=True, slots=True)
class _Duty:
    """A duty that has arisen: the day, the term, and the acts that bear on what became of it."""

    start: Day
    term: TermOf | None
    performed: tuple[Fact, ...]
    refused: tuple[Fact, ...]
    ended: tuple[Fact, ...]
    compensated: tuple[Fact, ...]
    freed: tuple[Day, ...]
    exempt: Verdict


def judge_obligation(run: Evaluation, rule: Rule) -> Finding:
    """The finding for one duty; see `norms.terms.state_of` for the states."""
    if rule.trigger is None:
        raise Broken(f"obligation {rule.id} lacks a trigger")
    triggered = hold(run, rule.trigger, run.as_of)
    start = triggered.since
    if triggered.verdict is Verdict.FAILS:
        why = reason("trigger", triggered.why, verdict=Verdict.FAILS)
        return blank(rule, "not_triggered", reason("obligation", why, *beyond(run)))
    if start is None:
        state = "disputed" if triggered.verdict is Verdict.DISPUTED else "undetermined"
        why = reason("trigger", triggered.why, verdict=triggered.verdict)
        undated = (reason("undated"),) if triggered.verdict is Verdict.HOLDS else ()
        return blank(rule, state, reason("obligation", why, *undated, *beyond(run)))
    start, earlier, perhaps = _occasion(run, rule, start)
    # A rule binds, or not, on the day its duty arises.
    reached = gate_from(run, rule, start, run.as_of)
    parts = [reached.why, reason("trigger", triggered.why, verdict=triggered.verdict, day=start.text), *earlier]
    if reached.verdict is Verdict.FAILS:
        return blank(rule, "not_triggered", reason("obligation", *parts))
    if rule.mode == "maintenance":
        finding = judge_kept(run, rule, start, _term(run, rule), parts)
    else:
        finding = _already(run, rule, start, parts) or _course(run, rule, start, reached, parts)
    finding = _doubted(finding, rule, triggered, reached)
    return _once(run, rule, start, finding, perhaps)


def _once(run: Evaluation, rule: Rule, start: Day, finding: Finding, perhaps: Sequence[Fact]) -> Finding:
    """Where nobody knows whether the duty arose again, nobody knows what became of the last. `perhaps`: acts that may
    have come before a further occasion."""
    again = perhaps_again(run, rule, start)
    if rule.on_retrigger == "restart" and finding.state in ("fulfilled", "fulfilled_late") and finding.performed_on:
        # Once it was done, a further occasion changes nothing.
        again = tuple(one for one in again if one.span.begins.earliest <= finding.performed_on.latest)
    if finding.state in ("not_triggered", "disputed") or not (again or perhaps):
        return finding
    leaves = (fact_reason(fact, Verdict.UNKNOWN) for fact in dict.fromkeys((*again, *perhaps)))
    tree = replace(finding.tree, parts=(*finding.tree.parts, reason("coarse_order", *leaves, verdict=Verdict.UNKNOWN)))
    return replace(finding, state="undetermined", tree=tree, breached_on=None)


def _occasion(run: Evaluation, rule: Rule, first: Day) -> tuple[Day, list[Reason], list[Fact]]:
    """The day from which the duty told of runs, a reason for each occasion before it, and the acts of which nobody
    knows whether they came before a further one; see `norms.occasions`."""
    start, earlier = first, []
    perhaps: list[Fact] = []
    for later in occasions(run, rule, first):
        acts = _after(run, rule, rule.must, start)
        done = [fact for fact in acts if fact.span.begins.latest < later.earliest]
        if rule.on_retrigger == "restart":
            if done:
                break  # it was done: a further occasion changes nothing
            perhaps += [fact for fact in acts if fact.span.begins.earliest < later.latest]
            earlier.append(reason("restarted", day=later.text, before=start.text))
        else:
            before = run.at(later.earliest - timedelta(days=1))
            states, _ = _states(before, rule, _duty(before, rule, start, (), Verdict.FAILS))
            state = _joint(states, Verdict.FAILS)
            leaves = (fact_reason(fact, None) for fact in done[:1])
            earlier.append(reason("earlier_duty", *leaves, day=start.text, last=state))
        start = later
    return start, earlier, perhaps


def _doubted(finding: Finding, rule: Rule, triggered: Answer, reached: Answer) -> Finding:
    """What follows from a trigger or a guard that is not sure is not sure either."""
    ours = any(isinstance(one, Met) for one in conditions_in(rule.trigger)) and _is_our_reading(triggered.why)
    doubt = {reached.verdict, triggered.verdict} - {Verdict.HOLDS}
    state = finding.state
    if doubt and state not in ("not_triggered", "discharged"):
        state = "disputed" if Verdict.DISPUTED in doubt else "undetermined"
    return replace(finding, state=state, our_reading=ours)


def _is_our_reading(why: Reason) -> bool:
    """Whether the trigger is our own definition-finding and no organ's determination stands behind it."""
    return not any(node.code == "fact" and dict(node.args).get("kind") == "determination" for node in why.walk())


def _already(run: Evaluation, rule: Rule, start: Day, parts: list[Reason]) -> Finding | None:
    """Nothing is left to do where the status aimed at stands on the day the duty arises."""
    if rule.already is None or start.precision == "unknown":
        return None
    acts = []
    for day in {start.earliest, start.latest}:
        standing = status_at(run, run.rule(rule.already.status), day)
        act = standing.begun if standing.state == "in_force" else standing.ended
        if standing.state != rule.already.state or act is None or act.span.begins.latest >= start.earliest:
            return None
        acts.append(act)
    tree = reason("obligation", *parts, reason("already_so", fact_reason(acts[0], None)))
    done = acts[0].span.begins
    return replace(
        blank(rule, "fulfilled", tree), since=start, performed_on=done, day=0, open_term=_term(run, rule) is None
    )


def _course(run: Evaluation, rule: Rule, start: Day, reached: Answer, parts: list[Reason]) -> Finding:
    exempt, freed, exempt_parts = _exemptions(run, rule, start)
    lost = _reach_lost(run, rule, reached, start)
    if lost:
        freed.append(lost.since or on(run.as_of))
        exempt_parts.append(reason("reach_ended", lost.why))
    duty = _duty(run, rule, start, tuple(freed), exempt)
    performed = duty.performed
    states, breached = _states(run, rule, duty)
    state = _joint(states, exempt)
    unsettled = _unsettled(run, rule, start) if state in _LEFT_UNDONE else ()
    if unsettled:
        state = "undetermined"
        exempt_parts.append(reason("unsettled", *unsettled, verdict=Verdict.UNKNOWN, value=""))
    breach = breached if state in _BREACHED else None
    parts = [*parts, *_term_reasons(run, rule, duty), *exempt_parts, *_act_reasons(run, rule, duty, state)]
    if state == "compensated":
        since = breach.earliest if breach else start.earliest
        parts += [reason("made_good", fact_reason(fact, None)) for fact in _from(duty.compensated, since)]
    if len(states) > 1:
        parts.append(reason("coarse_order", verdict=Verdict.UNKNOWN))
    if run.as_of > run.known_at and not performed:
        parts += [*beyond(run), reason("last_known", last=_last_known(run, rule, duty), known_at=run.known_at)]
    shown = performed[0] if performed and (state in _DATED or states == {"deviation"}) else None
    found = replace(blank(rule, state, reason("obligation", *parts)), breached_on=breach)
    return _dated(run, duty, found, shown)


def _duty(run: Evaluation, rule: Rule, start: Day, freed: tuple[Day, ...], exempt: Verdict) -> _Duty:
    return _Duty(
        start,
        _term(run, rule),
        _performed(run, rule, start),
        _after(run, rule, rule.refused_by, start),
        _after(run, rule, rule.ended_by, start),
        _after(run, rule, rule.compensated_by, start),
        freed,
        exempt,
    )


def _from(facts: Sequence[Fact], day: date) -> list[Fact]:
    return [fact for fact in facts if fact.span.begins.latest >= day]


def _dated(run: Evaluation, duty: _Duty, finding: Finding, shown: Fact | None) -> Finding:
    start, dated = duty.start, duty.start.precision != "unknown"
    reached = shown.span.begins.shown if shown else min(run.as_of, run.known_at)
    return replace(
        finding,
        since=start,
        due=due_day(start.latest, *duty.term) if duty.term and dated else None,
        performed_on=shown.span.begins if shown else None,
        day=max(0, (reached - start.shown).days) if dated else None,
        open_term=duty.term is None,
    )


def _performed(run: Evaluation, rule: Rule, start: Day) -> tuple[Fact, ...]:
    """The acts that may have done it; of a duty of one day those that may lie on that day or later."""
    found, term = _after(run, rule, rule.must, start, rule.preemptive), _term(run, rule)
    if rule.mode != "punctual" or term is None or start.precision == "unknown":
        return found
    return tuple(_from(found, due_day(start.earliest, *term)))


def _term(run: Evaluation, rule: Rule) -> TermOf | None:
    if rule.within is None:
        return _ONE_DAY if rule.mode == "punctual" else None
    if rule.within.amount is not None:
        return rule.within.amount, rule.within.unit, rule.within.rounding
    value = run.value_of(rule.within.parameter)
    return None if value == "none" else (int(value), rule.within.unit, rule.within.rounding)


def _term_reasons(run: Evaluation, rule: Rule, duty: _Duty) -> list[Reason]:
    if duty.term is _ONE_DAY:
        return [reason("that_day")]
    name = rule.within.parameter if rule.within else ""
    args: dict[str, Any] = run.parameter_args(name) if name else {}
    if duty.term is None:
        return [reason("no_term_reading" if name else "no_term", **args)]
    due = "" if duty.start.precision == "unknown" else due_day(duty.start.latest, *duty.term)
    read = name and run.parameter(name).certainty == "interpretation"
    amount, unit, _ = duty.term
    return [reason("term_reading" if read else "term", amount=amount, unit=unit, due=due, **args)]


def _act_reasons(run: Evaluation, rule: Rule, duty: _Duty, state: str) -> list[Reason]:
    """What was done, decided otherwise or left undone: each act that bears on it, and the absence of the act."""
    if duty.performed:
        first = duty.performed[0]
        floor = _zones(run, rule).first_day(duty.start.earliest)
        code = "performed" if first.span.begins.latest >= floor else "already_so"
        act = reason(code, fact_reason(first, Verdict.UNKNOWN if state == "undetermined" else None))
        partial = rule.late_performance == "partial" and state == "fulfilled_late"
        return [act, reason("late_in_part")] if partial else [act]
    found = [reason("refused", fact_reason(fact, None)) for fact in duty.refused]
    found += [reason("ended_without", fact_reason(fact, None)) for fact in duty.ended]
    silence = Verdict.FAILS if rule.public_record else Verdict.UNKNOWN
    since = duty.start.earliest if duty.start.precision != "unknown" else None
    return [*found, absence(run, _must(rule), run.as_of, silence, since)]


def _must(rule: Rule) -> Pattern:
    if rule.must is None:
        raise Broken(f"obligation {rule.id} lacks an act")
    return rule.must


def _exemptions(run: Evaluation, rule: Rule, start: Day) -> tuple[Verdict, list[Day], list[Reason]]:
    """Whether an exception may hold, from when those that do have held, and the reasons."""
    _, freed, parts = exempted(run, rule, run.as_of)
    # Those that hold free from their day on; only a doubt about the others is left to say.
    doubts = [part.verdict for part in parts if part.verdict in (Verdict.UNKNOWN, Verdict.DISPUTED)]
    doubt = Verdict.DISPUTED if Verdict.DISPUTED in doubts else Verdict.UNKNOWN if doubts else Verdict.FAILS
    return doubt, [day or start for day in freed], parts


def _reach_lost(run: Evaluation, rule: Rule, reached: Answer, start: Day) -> Answer | None:
    """The guard on the day looked at, where it has failed since the duty arose: the state left, the norm ended."""
    if reached.verdict is not Verdict.HOLDS or run.as_of <= start.latest:
        return None
    now = gate(run, rule, run.as_of)
    return now if now.verdict is Verdict.FAILS else None


def _zones(run: Evaluation, rule: Rule) -> Zones:
    """Who acts where the case is counts the days of the case; an organ those of its seat."""
    return NO_ZONES if rule.bearer in AT_HOME else run.zones


def _after(
    run: Evaluation, rule: Rule, pattern: Pattern | None, start: Day, before_too: bool = False
) -> tuple[Fact, ...]:
    """Matching acts that can lie at or after the trigger and, surely or perhaps, by the day looked at, in order."""
    if pattern is None:
        return ()
    floor = _zones(run, rule).first_day(start.earliest)
    found = [
        fact
        for fact in run.known_of(pattern)
        if fact.span.begun_by(run.as_of) is not Verdict.FAILS and (before_too or fact.span.begins.latest >= floor)
    ]
    return tuple(sorted(found, key=lambda fact: (fact.span.begins.latest, fact.span.begins.earliest, fact.key)))


def _unsettled(run: Evaluation, rule: Rule, start: Day) -> list[Reason]:
    """Acts of which nobody knows whether they are what the duty asks for."""
    floor = _zones(run, rule).first_day(start.earliest)
    return [
        fact_reason(fact, verdict)
        for fact, verdict in run.perhaps(_must(rule))
        if verdict is not Verdict.HOLDS
        and fact.span.begun_by(run.as_of) is not Verdict.FAILS
        and (rule.preemptive or fact.span.begins.latest >= floor)
    ]


def _states(run: Evaluation, rule: Rule, duty: _Duty) -> tuple[set[str], Day | None]:
    """The states the duty comes to, over every way the exact days could have been, and the first day of its breach
    where it was breached in each; all states if there are too many ways to try."""
    groups: Sequence[Sequence[Day]] = (
        [fact.span.begins for fact in duty.performed],
        [fact.span.begins for fact in duty.refused],
        [fact.span.begins for fact in duty.ended],
        [fact.span.begins for fact in duty.compensated],
        duty.freed,
    )
    flat = [duty.start, *(day for group in groups for day in group)]
    tried = worlds(flat, turning_days(flat, duty.term, (run.as_of, run.known_at)))
    if tried is None:
        return {"undetermined", "open"}, None
    states, breaches, zones = set(), set(), _zones(run, rule)
    for begun, *exact in tried:
        left = iter(exact)
        done, refused, ended, made_good, freed = ([next(left) for _ in group] for group in groups)
        floor = zones.first_day(begun)
        # In a world where an act came before the trigger, it is not its performance, refusal or end.
        course = Course(
            begun,
            run.as_of,
            run.known_at,
            duty.term,
            performed=_act_day(rule, begun, duty.term, [day for day in done if day >= floor or rule.preemptive]),
            refused=min((day for day in refused if day >= floor), default=None),
            ended=min((day for day in ended if day >= begun), default=None),  # of the case's own days
            freed=min(freed, default=None),
            compensated=tuple(made_good),
            zones=zones,
            public_record=rule.public_record,
            lapses=rule.after_deadline == "lapses",
            late_cures=rule.late_performance != "none",
        )
        state = state_of(course)
        states.add(state)
        breaches.add(breach_of(course) if state in _BREACHED else None)
    known = [day for day in breaches if day is not None]
    if not known or len(known) < len(breaches):
        return states, None
    return states, between(min(known), max(known), flat)


def _act_day(rule: Rule, begun: date, term: TermOf | None, done: Sequence[date]) -> date | None:
    """The day on which it was done: the first act; for a duty of one day the act of that day, else the first later."""
    if rule.mode == "punctual" and term and begun != NEVER:
        done = [day for day in done if day >= due_day(begun, *term)]
    return min(done, default=None)


def _last_known(run: Evaluation, rule: Rule, duty: _Duty) -> str:
    """The state on the last day of which anything is known."""
    return _joint(_states(run.at(run.known_at), rule, duty)[0], duty.exempt)


def _joint(states: set[str], exempt: Verdict) -> str:
    if exempt in (Verdict.UNKNOWN, Verdict.DISPUTED) and states & _BREACH:
        return "undetermined" if exempt is Verdict.UNKNOWN else "disputed"
    if len(states) == 1:
        return next(iter(states))
    return "possible_deviation" if states <= _DECIDED else "undetermined"
