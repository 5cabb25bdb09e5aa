"""What a condition comes to on a day: verdict, since when, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from goodoffices.core.days import NEVER, Day, on
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, Reason, reason
from goodoffices.core.verdicts import Verdict, all_of, any_of
from goodoffices.norms.matching import of_sort
from goodoffices.norms.reasons import absence, fact_reason
from goodoffices.norms.rules import (
    AllOf,
    AnyOf,
    Breached,
    Condition,
    During,
    InForce,
    Member,
    Met,
    Not,
    Party,
    Pattern,
    Performed,
    ReadingIs,
    Recorded,
    Rule,
)
from goodoffices.norms.worlds import first_of, last_of, possible_days

if TYPE_CHECKING:
    from goodoffices.norms.evaluator import Evaluation

_Single = Recorded | During | Member | Party | Met | InForce | Breached | Performed | ReadingIs
# Kinds that guards look up by themselves, without a pattern.
LOOKED_UP: Final = frozenset({"membership", "treaty_action", "state", "case"})
_TO_VERDICT: Final = {
    "met": Verdict.HOLDS,
    "in_force": Verdict.HOLDS,
    "not_met": Verdict.FAILS,
    "not_in_force": Verdict.FAILS,
    "ended": Verdict.FAILS,
    "undetermined": Verdict.UNKNOWN,
    "disputed": Verdict.DISPUTED,
}


# What a duty's state says of its having been breached, and of its having been done. The other states: it was not.
_TO_BREACH: Final = {
    **dict.fromkeys(("overdue", "deviation", "fulfilled_late", "compensated"), Verdict.HOLDS),
    **dict.fromkeys(("possible_deviation", "undetermined", "projected"), Verdict.UNKNOWN),
    "disputed": Verdict.DISPUTED,
}
_TO_DONE: Final = {
    **dict.fromkeys(("fulfilled", "fulfilled_late"), Verdict.HOLDS),
    **dict.fromkeys(("possible_deviation", "undetermined", "projected"), Verdict.UNKNOWN),
    "disputed": Verdict.DISPUTED,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a condition comes to. `since` is the day from which the verdict stands, where one is known."""

    verdict: Verdict
    since: Day | None
    why: Reason


def hold(run: Evaluation, condition: Condition, day: date) -> Answer:
    """What a condition comes to on `day`."""
    match condition:
        case AllOf(parts):
            return _all(tuple(hold(run, part, day) for part in parts))
        case AnyOf(parts):
            return _any(tuple(hold(run, part, day) for part in parts))
        case Not(part):
            answer = hold(run, part, day)
            verdict = answer.verdict.negated()
            return Answer(verdict, answer.since, reason("not", answer.why, verdict=verdict))
        case _:
            return _single(run, condition, day)


def _single(run: Evaluation, condition: _Single, day: date) -> Answer:
    match condition:
        case Recorded(pattern, silence):
            return _recorded(run, pattern, silence, day)
        case During(pattern, silence):
            return _during(run, pattern, silence, day)
        case Member(organisation):
            return _member(run, organisation, day)
        case Party(instrument):
            return _party(run, instrument, day)
        case Met(rule_id) | InForce(rule_id):
            return _leaning(run, rule_id, day)
        case Breached(rule_id):
            return _after_duty(run, rule_id, day, _TO_BREACH)
        case Performed(rule_id):
            return _after_duty(run, rule_id, day, _TO_DONE)
        case ReadingIs(parameter, value):
            return _reading(run, parameter, value)


def _all(answers: tuple[Answer, ...]) -> Answer:
    verdict = all_of(answer.verdict for answer in answers)
    since = None if verdict is Verdict.FAILS else last_of([a.since for a in answers if a.since is not None])
    return Answer(verdict, since, reason("all_of", *(a.why for a in answers), verdict=verdict))


def _any(answers: tuple[Answer, ...]) -> Answer:
    verdict = any_of(answer.verdict for answer in answers)
    sure = [a.since for a in answers if a.since is not None and a.verdict is Verdict.HOLDS]
    perhaps = [a.since for a in answers if a.since is not None and a.verdict in (Verdict.UNKNOWN, Verdict.DISPUTED)]
    since = first_of(sure, perhaps) or first_of(perhaps)
    return Answer(verdict, since, reason("any_of", *(a.why for a in answers), verdict=verdict))


def _recorded(run: Evaluation, pattern: Pattern, silence: str, day: date) -> Answer:
    found = [(fact, verdict, fact.span.begun_by(day)) for fact, verdict in run.perhaps(pattern)]
    sure = [fact for fact, fit, begun in found if fit is begun is Verdict.HOLDS]
    perhaps = [fact for fact, fit, begun in found if begun is not Verdict.FAILS and fact not in sure]
    if sure:
        first = min(sure, key=lambda fact: (fact.span.begins.latest, fact.key))
        since = first_of([fact.span.begins for fact in sure], [fact.span.begins for fact in perhaps])
        return Answer(Verdict.HOLDS, since, fact_reason(first, Verdict.HOLDS))
    if perhaps:
        since = first_of([fact.span.begins for fact in perhaps])
        fit = any_of(fit for fact, fit, _ in found if fact in perhaps)
        if fit is Verdict.HOLDS:
            keys = tuple(fact.key for fact in perhaps)
            return Answer(Verdict.UNKNOWN, since, reason("coarse_date", verdict=Verdict.UNKNOWN, facts=keys, day=day))
        leaves = (fact_reason(fact, fit) for fact in perhaps)
        return Answer(fit, since, reason("unsettled", *leaves, verdict=fit, value=_fields(run, pattern, perhaps)))
    return _absent(run, pattern, silence, day)


def _fields(run: Evaluation, pattern: Pattern, facts: Sequence[Fact]) -> str:
    """The fields in which facts are not, or not surely, what a pattern asks for, with what they say there."""
    found: dict[str, dict[str, None]] = {}
    for name, choice in pattern.value:
        said = [fact.get(name) for fact in facts if fact.get(name) not in run.words_in(choice)]
        found |= {name: dict.fromkeys(said)} if said else {}
    return ";".join(f"{name}={'|'.join(words)}" for name, words in found.items())


def _absent(run: Evaluation, pattern: Pattern, silence: str, day: date) -> Answer:
    others = [] if silence == "fails" or pattern.same else _of_sort(run, pattern, day)
    if others:
        # Silence means nothing here, but there is no silence: what is on record is of another sort.
        leaves = (fact_reason(fact, None) for fact in others)
        fields = _fields(run, pattern, others)
        return Answer(Verdict.FAILS, None, reason("other_sort", *leaves, verdict=Verdict.FAILS, value=fields))
    wanted = Verdict.FAILS if silence == "fails" else Verdict.UNKNOWN
    leaf = absence(run, pattern, day, wanted)
    return Answer(Verdict.UNKNOWN if day > run.known_at else wanted, None, leaf)


def _of_sort(run: Evaluation, pattern: Pattern, day: date) -> list[Fact]:
    listed = run.of_kind(*pattern.kinds)
    return [fact for fact in listed if of_sort(fact, pattern) and fact.span.begun_by(day) is Verdict.HOLDS]


def _during(run: Evaluation, pattern: Pattern, silence: str, day: date) -> Answer:
    found = [(fact, all_of((fit, fact.span.covers(day)))) for fact, fit in run.perhaps(pattern)]
    for wanted in (Verdict.HOLDS, Verdict.DISPUTED, Verdict.UNKNOWN):
        for fact, verdict in found:
            if verdict is wanted:
                return Answer(verdict, fact.span.begins, fact_reason(fact, verdict))
    answer = _absent(run, pattern, silence, day)
    over = [fact.span.end_latest for fact, _ in found if fact.span.end_latest <= day]
    if over and answer.verdict is Verdict.FAILS:
        return Answer(Verdict.FAILS, on(max(over)), answer.why)
    return answer


def _member(run: Evaluation, organisation: str, day: date) -> Answer:
    """The register of states lists memberships completely; without the state's own entry nothing can be said."""
    mine = [fact for fact in run.of_kind("membership") if fact.get("organisation") == organisation]
    begun = {fact.key: fact.span.begun_by(day) for fact in mine}
    moves = [fact for fact in mine if begun[fact.key] is Verdict.HOLDS]
    perhaps = [fact for fact in mine if begun[fact.key] is Verdict.UNKNOWN]
    if moves:
        last = max(moves, key=lambda fact: (fact.span.begins.latest, fact.get("step") == "left", fact.key))
        perhaps += _may_follow(moves, last)
    if perhaps:
        why = reason("coarse_date", verdict=Verdict.UNKNOWN, facts=tuple(fact.key for fact in perhaps), day=day)
        return Answer(Verdict.UNKNOWN, first_of([fact.span.begins for fact in perhaps]), why)
    if moves:
        verdict = Verdict.HOLDS if last.get("step") == "joined" else Verdict.FAILS
        return Answer(verdict, last.span.begins, fact_reason(last, verdict))
    registered = bool(mine) or bool(run.of_kind("state"))
    verdict = Verdict.FAILS if registered else Verdict.UNKNOWN
    code = "no_membership" if registered else "state_unknown"
    return Answer(verdict, None, reason(code, verdict=verdict, organisation=organisation, day=day))


def _may_follow(moves: Sequence[Fact], last: Fact) -> list[Fact]:
    """Moves the other way that may have come after the one that seems the last. On one day leaving comes last."""
    first_day = last.span.begins.earliest
    if first_day == last.span.begins.latest:
        return []
    return [one for one in moves if one.get("step") != last.get("step") and one.span.begins.latest >= first_day]


def _party(run: Evaluation, instrument: str, day: date) -> Answer:
    acts = [fact for fact in run.of_kind("treaty_action") if fact.get("instrument") == instrument]
    left = [fact for fact in acts if fact.get("step") == "withdrew" and fact.span.begun_by(day) is Verdict.HOLDS]
    if left:
        return Answer(Verdict.FAILS, left[0].span.begins, fact_reason(left[0], Verdict.FAILS))
    bound = [f for f in acts if f.get("step") in ("ratified", "acceded") and f.span.begun_by(day) is Verdict.HOLDS]
    if bound:
        return Answer(Verdict.HOLDS, bound[0].span.begins, fact_reason(bound[0], Verdict.HOLDS))
    free = [fact for fact in acts if fact.get("step") == "not_ratified" and fact.span.begins.earliest >= day]
    if free:
        return Answer(Verdict.FAILS, None, fact_reason(free[0], Verdict.FAILS))
    return Answer(
        Verdict.UNKNOWN, None, reason("party_unknown", verdict=Verdict.UNKNOWN, instrument=instrument, day=day)
    )


def _leaning(run: Evaluation, rule_id: str, day: date) -> Answer:
    finding = run.at(day).finding(rule_id)
    since = finding.until if finding.state == "ended" else finding.since
    return _as_told(run, finding, _TO_VERDICT[finding.state], since)


def _after_duty(run: Evaluation, rule_id: str, day: date, verdicts: Mapping[str, Verdict]) -> Answer:
    """What another duty's finding says of its breach, or of its being done."""
    finding = run.at(day).finding(rule_id)
    since = finding.breached_on if verdicts is _TO_BREACH else finding.performed_on
    return _as_told(run, finding, verdicts.get(finding.state, Verdict.FAILS), since)


def _as_told(run: Evaluation, finding: Finding, verdict: Verdict, since: Day | None) -> Answer:
    """A condition that leans on another rule: that rule's verdict, with its reasons."""
    run.note(*finding.interpretation)
    more = {f"title_{language}": title for language, title in finding.titles}
    args: dict[str, Any] = {"rule": finding.rule, "state": finding.state, "title": finding.title, **more}
    # The finding that leans on this one says itself how far it is beyond what is known.
    parts = (part for part in finding.tree.parts if part.code != "beyond_known")
    return Answer(verdict, since, reason("rule", *parts, verdict=verdict, **args))


def _reading(run: Evaluation, parameter: str, value: str) -> Answer:
    found = run.value_of(parameter)
    verdict = Verdict.HOLDS if found == value else Verdict.FAILS
    return Answer(verdict, None, reason("reading", verdict=verdict, **run.parameter_args(parameter), value=found))


def gate(run: Evaluation, rule: Rule, day: date) -> Answer:
    """Whether the rule applies at all on a day: in force, and its guard. `since` of a failure is the day it ended."""
    bound = rule.in_force.covers(day)
    if bound is not Verdict.HOLDS:
        over = rule.in_force.end_latest
        since = on(over) if bound is Verdict.FAILS and over != NEVER and over <= day else None
        code = "norm_not_in_force" if bound is Verdict.FAILS else "norm_perhaps_in_force"
        return Answer(bound, since, reason(code, verdict=bound, day=day, in_force=rule.in_force.text))
    if rule.applies_if is None:
        return Answer(Verdict.HOLDS, None, reason("applies_to_all", verdict=Verdict.HOLDS))
    answer = hold(run, rule.applies_if, day)
    return Answer(answer.verdict, answer.since, reason("applies_if", answer.why, verdict=answer.verdict))


def gate_from(run: Evaluation, rule: Rule, start: Day | None, otherwise: date) -> Answer:
    """The gate on the day something began, wherever in its range that day lies."""
    if start is None or start.precision == "unknown":
        return gate(run, rule, otherwise)
    first = gate(run, rule, start.earliest)
    if start.earliest == start.latest:
        return first
    last = gate(run, rule, start.latest)
    if last.verdict is first.verdict:
        return last
    why = reason("applies_if", first.why, last.why, verdict=Verdict.UNKNOWN)
    return Answer(Verdict.UNKNOWN, None, why)


def acts_under(run: Evaluation, rule: Rule, pattern: Pattern | None) -> Sequence[tuple[Fact, Verdict]]:
    """Acts a pattern means, done by the day looked at, each with whether the rule held on its day."""
    if pattern is None:
        return ()
    return [
        (fact, all_of((fit, _under(run, rule, fact)))) for fact, fit in run.perhaps(pattern) if not _later(run, fact)
    ]


def _later(run: Evaluation, fact: Fact) -> bool:
    return fact.span.begun_by(run.as_of) is Verdict.FAILS


def _under(run: Evaluation, rule: Rule, fact: Fact) -> Verdict:
    day = fact.span.begins
    if day.latest > run.as_of:
        return Verdict.UNKNOWN
    seen = set()
    for one in possible_days(day, ()) if day.precision != "unknown" else [run.as_of]:
        held = hold(run, rule.holds_if, one).verdict if rule.holds_if else Verdict.HOLDS
        free = any_of(hold(run, exemption.when, one).verdict for exemption in rule.unless)
        first = run.yields_on(rule.id, one).negated()
        seen.add(all_of((gate(run, rule, one).verdict, held, free.negated(), first)))
    return seen.pop() if len(seen) == 1 else Verdict.UNKNOWN


def exempted(run: Evaluation, rule: Rule, day: date) -> tuple[Verdict, list[Day | None], list[Reason]]:
    """Whether an exception holds on a day, since when those that surely do have held, and each with its reason."""
    verdicts, since, parts = [], [], []
    for exemption in rule.unless:
        answer = hold(run, exemption.when, day)
        first = exemption.references[0]
        args: dict[str, Any] = {
            "title": exemption.title,
            "title_fr": exemption.title_fr or exemption.title,
            "article": first.words,
            "article_fr": f"{run.instrument_title(first.instrument, 'fr')}, {first.article}",
        }
        code = "exception_met" if answer.verdict is Verdict.HOLDS else "exception_not_met"
        parts.append(reason(code, answer.why, verdict=answer.verdict, **args))
        verdicts.append(answer.verdict)
        if answer.verdict is Verdict.HOLDS:
            since.append(answer.since)
    return any_of(verdicts), since, parts
