"""Whether a condition of advice holds in a situation, and what it rests on: rules with their states, and facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.advice import written
from goodoffices.advice.items import HungOn
from goodoffices.advice.situation import Situation
from goodoffices.advice.written import When
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.verdicts import Verdict, all_of, any_of

_DOUBT: Final = {"undetermined": Verdict.UNKNOWN, "possible_deviation": Verdict.UNKNOWN, "disputed": Verdict.DISPUTED}


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition’s verdict, the rules it hangs on, and the keys of the facts it rests on. What speaks neither for nor
    against is left out: of alternatives, those that hold, or else those in doubt."""

    verdict: Verdict
    hangs_on: tuple[HungOn, ...] = ()
    facts: tuple[str, ...] = ()


def judge(when: When | None, situation: Situation, task: Fact | None = None) -> Judged:
    """Whether the condition holds. `task` is the task a course is asked for."""
    match when:
        case None:
            return Judged(Verdict.HOLDS)
        case written.RuleIs(rule, states):
            return _rule(situation, rule, states)
        case written.All(parts):
            found = [judge(part, situation, task) for part in parts]
            return _joined(all_of(one.verdict for one in found), found)
        case written.Any(parts):
            found = [judge(part, situation, task) for part in parts]
            verdict = any_of(one.verdict for one in found)
            return _joined(verdict, [one for one in found if one.verdict is verdict])
        case written.Not(part):
            one = judge(part, situation, task)
            return Judged(one.verdict.negated(), one.hangs_on, one.facts)
        case written.TaskIs(matters, counterparts):
            return Judged(_holds(task is not None and _fits(task, matters, counterparts)))
        case _:
            return _plain(when, situation)


def _plain(when: When, situation: Situation) -> Judged:
    match when:
        case written.Days(first, last):
            return Judged(_days(situation.day, first, last))
        case written.MissionIs(types):
            fact = situation.mission.fact
            return Judged(_holds(situation.mission.type in types), facts=(fact.key,) if fact else ())
        case written.LaterChange():
            return Judged(_holds(situation.later is not None), facts=_keys([situation.later]))
        case written.EarlierChanges(least):
            return Judged(_holds(len(situation.earlier) >= least), facts=_keys(situation.earlier))
        case written.Overdue():
            return Judged(_holds(bool(situation.overdue)), facts=_keys(situation.overdue))
        case written.OpinionIs(found):
            return Judged(_holds(situation.opinion in found), facts=_keys(situation.surveys))
        case _:
            raise TypeError(type(when))


def _holds(true: bool) -> Verdict:
    return Verdict.HOLDS if true else Verdict.FAILS


def _keys(facts: Iterable[Fact | None]) -> tuple[str, ...]:
    return tuple(fact.key for fact in facts if fact is not None)


def _days(day: tuple[int, int] | None, first: int | None, last: int | None) -> Verdict:
    """Whether so many days have passed, over all that day 0 could have been."""
    if day is None:
        return Verdict.UNKNOWN
    least, most = day
    low, high = -1 if first is None else first, most if last is None else last
    if low <= least and most <= high:
        return Verdict.HOLDS
    return Verdict.FAILS if most < low or least > high else Verdict.UNKNOWN


def _rule(situation: Situation, rule: str, states: Sequence[str]) -> Judged:
    finding = situation.findings.get(rule)
    if finding is None:
        return Judged(Verdict.UNKNOWN)
    asked = HungOn(rule, finding.said(situation.language), finding.state)
    if finding.state in states:
        return Judged(Verdict.HOLDS, (asked,), _rests_on(situation, finding))
    doubt = _DOUBT.get(finding.state, Verdict.FAILS)
    return Judged(doubt, (asked,), () if doubt is Verdict.FAILS else _rests_on(situation, finding))


def _rests_on(situation: Situation, finding: Finding) -> tuple[str, ...]:
    """The case’s own facts behind a finding: what only the state’s register or an organisation says explains little."""
    case = situation.snapshot.subjects[0]
    return tuple(key for key in finding.facts if key.partition("/")[0] == case)


def _fits(task: Fact, matters: Sequence[str], counterparts: Sequence[str]) -> bool:
    of_matter = not matters or task.get("subject_matter") in matters
    return of_matter and (not counterparts or task.get("with") in counterparts)


def _joined(verdict: Verdict, found: Sequence[Judged]) -> Judged:
    hangs_on = dict.fromkeys(one for part in found for one in part.hangs_on)
    facts = dict.fromkeys(key for part in found for key in part.facts)
    return Judged(verdict, tuple(hangs_on), tuple(facts))
