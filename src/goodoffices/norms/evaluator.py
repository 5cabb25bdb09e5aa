"""The case evaluator: rules and a snapshot in, findings with their reasons out.

Invariant: what a finding rests on was known by the snapshot's day; what became known later is named, never counted.
Silence of a body that publishes what it decides means it did not decide; silence elsewhere means we do not know.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from goodoffices.core.errors import BadRecord, Broken, Problem
from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import DEPARTURES, DIVERGENCE, Finding, Reason, reason
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict, all_of, any_of
from goodoffices.norms.accounts import disputed, worlds_of_accounts
from goodoffices.norms.conditions import LOOKED_UP
from goodoffices.norms.matching import fits, words_of
from goodoffices.norms.obligations import judge_obligation
from goodoffices.norms.reasons import companions, later_leaves, without_repeats
from goodoffices.norms.rules import Parameter, Pattern, Rule, Rulebook, conflicts, leans_on, overriders, patterns_of
from goodoffices.norms.standing import judge_definition, judge_permission, judge_prohibition
from goodoffices.norms.statuses import judge_status
from goodoffices.norms.worlds import possible_days
from goodoffices.norms.zones import Zones

# States in which a rule can yield to another, by kind, and those in which a rule stands against others.
_YIELDS: Final = {
    "obligation": frozenset({"pending", "open", "overdue", "deviation", "projected", "undetermined"}),
    "prohibition": frozenset({"in_force"}),
    "permission": frozenset({"available"}),
    "power": frozenset({"available"}),
    "status": frozenset({"in_force"}),
}
_STANDS: Final = frozenset(("in_force", "pending", "open", "overdue", "fulfilled", "fulfilled_late"))
_DOUBT: Final = {Verdict.UNKNOWN: "undetermined", Verdict.DISPUTED: "disputed"}
_JUDGES: Final = {
    "obligation": judge_obligation,
    "status": judge_status,
    "definition": judge_definition,
    "prohibition": judge_prohibition,
    "permission": judge_permission,
    "power": judge_permission,
}


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts of a snapshot, by what they are looked up with: the same for every rulebook."""

    facts: tuple[Fact, ...]
    by_kind: dict[str, list[Fact]] = field(default_factory=dict)
    by_key: dict[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for fact in sorted(self.facts, key=order):
            self.by_kind.setdefault(fact.kind, []).append(fact)
            self.by_key[fact.key] = fact


_last: list[_Facts] = []  # of the snapshot asked about last: rulebook after rulebook asks about the same one


def _looked_up(facts: tuple[Fact, ...]) -> _Facts:
    for kept in _last[:1]:
        if kept.facts is facts:
            return kept
    made = _Facts(facts)
    _last[:] = [made]
    return made


@dataclass(frozen=True, slots=True)
class _Record:
    """What does not change while one snapshot is looked at: facts, readings, and what was found among them."""

    rulebook: Rulebook
    known: _Facts
    later: tuple[Fact, ...]
    known_at: date
    readings: Mapping[str, str]
    parameters: Mapping[str, Parameter]
    rules: Mapping[str, Rule]
    over: Mapping[str, tuple[str, ...]]
    meeting: tuple[tuple[str, str], ...]  # duties and prohibitions that may ask for and forbid one act
    # By the identity of the pattern: the rulebook keeps it, and to hash one takes longer than to look up.
    found: dict[int, list[tuple[Fact, Verdict]]] = field(default_factory=dict)
    days: dict[date, Evaluation] = field(default_factory=dict)


class Evaluation:
    """One rulebook applied to one snapshot, under given readings. Findings are computed once each, on demand."""

    def __init__(self, record: _Record, as_of: date):
        self._record = record
        self.as_of = as_of
        self.known_at = record.known_at
        self.facts = record.known.facts
        self.later = record.later
        # The state counts days where it lies, its bodies where they sit.
        state = next(iter(record.known.by_kind.get("state", ())), None)
        self.zones = Zones(state.get("zone") if state else "", record.rulebook.zone)
        self._done: dict[str, Finding] = {}
        self._used: list[str] = []
        record.days[as_of] = self

    def at(self, day: date) -> Evaluation:
        """The same record looked at as of another day."""
        return self._record.days.get(day) or Evaluation(self._record, day)

    # parameters

    def note(self, *names: str) -> None:
        """Remember that the finding in work used these parameters."""
        self._used += [name for name in names if name not in self._used]

    def parameter(self, name: str) -> Parameter:
        """A parameter of the rulebook."""
        found = self._record.parameters.get(name)
        if found is None:
            raise Broken(f"the rulebook has no parameter {name!r}: the loader should have refused it")
        return found

    def value_of(self, name: str) -> str:
        """A parameter's value: the reader's reading, or the rulebook's. Noted for the explanation."""
        self.note(name)
        return self._record.readings.get(name, self.parameter(name).value)

    def words(self, name: str) -> tuple[str, ...]:
        """A parameter's value where it is a list of words."""
        return split_words(self.value_of(name))

    def words_in(self, choice: tuple[str, ...]) -> tuple[str, ...]:
        """The words a pattern allows for a field."""
        return words_of(choice, self.words)

    def parameter_args(self, name: str) -> dict[str, Any]:
        """What a reason says of a parameter: its name, and its title by language."""
        found = self.parameter(name)
        return {"parameter": name, "title": found.title, **{f"title_{word}": title for word, title in found.titles}}

    # facts

    def of_kind(self, *kinds: str) -> list[Fact]:
        """Known facts of these kinds, in order of time."""
        if len(kinds) == 1:
            return self._record.known.by_kind.get(kinds[0], [])
        return sorted((fact for kind in kinds for fact in self._record.known.by_kind.get(kind, ())), key=order)

    def perhaps(self, pattern: Pattern) -> list[tuple[Fact, Verdict]]:
        """Known facts a pattern means, whenever they were so, each with whether it surely does."""
        for _, choice in pattern.value:
            self.note(*(word[1:] for word in choice if word.startswith("$")))
        found = self._record.found.get(id(pattern))
        if found is None:
            judged = ((fact, fits(fact, pattern, self.of_kind, self.words)) for fact in self.of_kind(*pattern.kinds))
            found = [(fact, verdict) for fact, verdict in judged if verdict is not Verdict.FAILS]
            self._record.found[id(pattern)] = found
        return found

    def known_of(self, pattern: Pattern) -> tuple[Fact, ...]:
        """Known facts a pattern surely means, whenever they were so."""
        return tuple(fact for fact, verdict in self.perhaps(pattern) if verdict is Verdict.HOLDS)

    # rules

    def rule(self, rule_id: str) -> Rule:
        """A rule of the rulebook."""
        found = self._record.rules.get(rule_id)
        if found is None:
            raise Broken(f"the rulebook has no rule {rule_id!r}: the loader should have refused it")
        return found

    def instrument_title(self, instrument: str, language: str) -> str:
        """What an instrument is called in English or French."""
        found = next((one for one in self._record.rulebook.instruments if one.id == instrument), None)
        if found is None:
            return instrument
        return found.title_fr if language == "fr" else found.title

    def findings(self, only: Collection[str] | None = None) -> tuple[Finding, ...]:
        """One finding a rule, in the rulebook's order; of `only` these rules where they are given.

        Where a duty asks for what a prohibition forbids, and neither overrides the other, both are disputed.
        """
        found = {one: self.finding(one) for one in self._record.rules if only is None or one in only}
        for duty, ban in self._record.meeting:
            if duty in found and _hindered(found[duty], self.finding(ban)):
                found[duty] = _conflicting(found[duty], self.finding(ban))
            if ban in found and _meet(self.finding(duty), found[ban]):
                found[ban] = _conflicting(found[ban], self.finding(duty))
        return tuple(found.values())

    def finding(self, rule_id: str) -> Finding:
        """The finding of one rule."""
        if rule_id not in self._done:
            rule = self.rule(rule_id)
            outer, self._used = self._used, []
            self._done[rule_id] = self._sealed(rule, self._yielding(rule, _JUDGES[rule.kind](self, rule)))
            self._used = outer
        return self._done[rule_id]

    def _yielding(self, rule: Rule, finding: Finding) -> Finding:
        """The finding, or that the rule yields to another of the rulebook."""
        for other in self._record.over.get(rule.id, ()):
            if finding.state not in _YIELDS[rule.kind]:
                break
            stronger = self.finding(other)
            stands = all_of((_stance(stronger), self._stood(other, finding)))
            if stands is Verdict.HOLDS:
                return _yielded(finding, stronger)
            if stands is not Verdict.FAILS and finding.state in ("overdue", "deviation"):
                why = reason("perhaps_overridden", **_named(stronger), verdict=stands)
                tree = replace(finding.tree, parts=(*finding.tree.parts, why))
                finding = replace(finding, state=_DOUBT[stands], tree=tree, breached_on=None)
        return finding

    def _stood(self, rule_id: str, finding: Finding) -> Verdict:
        """Whether a rule stood by the last day on which a duty could still be kept: what was breached before the other
        rule stood stays breached."""
        day = finding.breached_on
        if day is None:
            days = {finding.due} if finding.due is not None and finding.due < self.as_of else set()
        else:
            # A term is broken when its last day is over; a refusal, or an act, on its own day.
            back = timedelta(days=finding.due is not None and day.latest == finding.due + timedelta(days=1))
            days = {one - back for one in possible_days(day, ())}
        verdicts = {_stance(self.at(one).finding(rule_id)) for one in days}
        return all_of(verdicts) if len(verdicts) < 2 else Verdict.UNKNOWN

    def yields_on(self, rule_id: str, day: date) -> Verdict:
        """Whether another rule, which overrides this one, stands on a day."""
        return any_of(_stance(self.at(day).finding(other)) for other in self._record.over.get(rule_id, ()))

    def _sealed(self, rule: Rule, finding: Finding) -> Finding:
        """Add what every finding carries: facts, marking, readings, and what was known only later."""
        tree, state = without_repeats(finding.tree), finding.state
        parts = tree.parts
        if self.later:
            named = set(tree.known_later())
            found = (leaf for pattern in patterns_of(rule) for leaf in later_leaves(self, pattern))
            parts += tuple(dict.fromkeys(leaf for leaf in found if leaf.facts[0] not in named))
        if state in ("deviation", "overdue") and not any(one.verified for one in rule.references):
            # A reference nobody has read never carries a breach alone.
            parts += (reason("unverified_alone", verdict=Verdict.UNKNOWN),)
            state = "undetermined"
        parts += companions(self, rule, tree.rests_on())
        divergence = rule.soft and state in DEPARTURES
        called = DIVERGENCE if divergence and state == "deviation" else state
        tree = Reason(tree.code, (("state", called), *tree.args), tree.verdict, tree.facts, parts)
        rests = tree.rests_on()
        interpretations = (name for name in self._used if self.parameter(name).certainty == "interpretation")
        return replace(
            finding,
            state=state,
            tree=tree,
            facts=rests,
            marking=max((self._record.known.by_key[key].marking for key in rests), default=Marking.UNCLASSIFIED),
            interpretation=tuple(interpretations),
            known_later=tree.known_later(),
            divergence=divergence,
            breached_on=finding.breached_on if state != "undetermined" else None,
        )


def _stance(finding: Finding) -> Verdict:
    """Whether a rule stands, so that others yield to it. A prohibition that was broken, and a permission that was
    used, stand no longer than their conditions do."""
    if finding.kind in ("prohibition", "permission", "power"):
        return Verdict.UNKNOWN if finding.tree.verdict is None else finding.tree.verdict
    doubt = {"undetermined": Verdict.UNKNOWN, "disputed": Verdict.DISPUTED}
    return doubt.get(finding.state, Verdict.HOLDS if finding.state in _STANDS else Verdict.FAILS)


def _yielded(finding: Finding, stronger: Finding) -> Finding:
    """The finding of a rule that yields to another."""
    verdict = None if finding.kind == "obligation" else Verdict.FAILS
    parts = (*finding.tree.parts, reason("overridden", **_named(stronger)))
    tree = replace(finding.tree, parts=parts, verdict=verdict)
    state = {"obligation": "discharged", "permission": "not_available", "power": "not_available"}
    found = replace(finding, state=state.get(finding.kind, "not_in_force"), tree=tree, breached_on=None)
    return found if finding.kind == "obligation" else replace(found, since=None)


def _meet(duty: Finding, ban: Finding) -> bool:
    """Whether a duty and a prohibition that may meet stand against each other: what one asks for the other forbids."""
    if ban.state == "deviation":  # the act that did the one broke the other
        return duty.state in ("fulfilled", "fulfilled_late", "disputed") and duty.performed_on == ban.performed_on
    stand = duty.state in ("pending", "open", "overdue", "deviation", "disputed")
    return stand and ban.state in ("in_force", "disputed") and not (duty.state == "deviation" and _before(duty, ban))


def _hindered(duty: Finding, ban: Finding) -> bool:
    """Whether a duty is disputed by what forbids its act. A prohibition broken before still stands against it."""
    if ban.state == "deviation" and ban.tree.verdict is Verdict.HOLDS and duty.performed_on is None:
        return _meet(duty, replace(ban, state="in_force"))
    return _meet(duty, ban)


def _before(duty: Finding, ban: Finding) -> bool:
    """Whether the duty was breached before the prohibition stood: that stays so, whatever is forbidden later."""
    return bool(duty.breached_on and ban.since and duty.breached_on.latest <= ban.since.earliest)


def _named(finding: Finding) -> dict[str, Any]:
    """What a reason says of another rule's finding."""
    titles = {f"title_{language}": title for language, title in finding.titles}
    return {"rule": finding.rule, "title": finding.title, "state": finding.state, **titles}


def _conflicting(finding: Finding, other: Finding) -> Finding:
    why = reason("conflict", verdict=Verdict.DISPUTED, **_named(other))
    tree = replace(finding.tree, parts=(*finding.tree.parts, why))
    return replace(finding, state=finding.state if _before(finding, other) else "disputed", tree=tree)


def split_words(value: str) -> tuple[str, ...]:
    """The words of a value that is a list: "elected, transitional"."""
    return tuple(word.strip() for word in value.split(","))


def check_readings(rulebook: Rulebook, readings: Mapping[str, str]) -> None:
    """Refuse a reading whose value its parameter cannot have. Names of other rulebooks are passed over.

    Raises BadRecord, one problem a reading.
    """
    problems = []
    for name, value in readings.items():
        parameter = rulebook.parameter(name)
        if parameter is None or value == parameter.value:
            continue
        if parameter.unit and value != "none" and not (value.isascii() and value.isdigit() and 0 < int(value) < 10_000):
            problems.append(
                Problem(f"reading {name}", f"{value!r} is no term.", "Write a whole number from 1, or none.")
            )
        elif not parameter.unit:
            allowed = {word for one in (parameter.value, *parameter.alternatives) for word in split_words(one)}
            if not set(split_words(value)) <= allowed:
                remedy = f"Possible: {', '.join(sorted(allowed))}."
                problems.append(Problem(f"reading {name}", f"{value!r} is not among its values.", remedy))
    if problems:
        raise BadRecord(problems)


def kinds_looked_at(rulebook: Rulebook) -> frozenset[str]:
    """The kinds of fact that any rule of a rulebook looks for; facts of other kinds change no finding."""
    patterns = [pattern for rule in rulebook.rules for pattern in patterns_of(rule)]
    patterns += [same.as_in for pattern in patterns for same in pattern.same]
    return LOOKED_UP | {kind for pattern in patterns for kind in pattern.kinds}


@functools.lru_cache(maxsize=64)
def _ranks(rules: tuple[Rule, ...]) -> tuple[Mapping[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    return overriders(rules), conflicts(rules)


def evaluate(
    rulebook: Rulebook,
    snapshot: Snapshot,
    readings: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """Findings of every rule of a rulebook for one snapshot, or of `only` the rules with these ids.

    Where the record holds competing accounts of one thing, each is tried; a rule that comes out differently is
    *disputed*, never settled silently. BadRecord where a reading has a value that its parameter cannot have.
    """
    chosen = dict(readings or {})
    check_readings(rulebook, chosen)
    parameters = {one.name: one for one in rulebook.parameters}
    rules = {rule.id: rule for rule in rulebook.rules}
    over, meeting = _ranks(rulebook.rules)

    def run(facts: _Facts, chosen_rules: Collection[str] | None) -> tuple[Finding, ...]:
        known = (facts, snapshot.later, snapshot.known_at)
        record = _Record(rulebook, *known, chosen, parameters, rules, over, meeting)
        return Evaluation(record, snapshot.as_of).findings(chosen_rules)

    main, others = worlds_of_accounts(snapshot.facts)
    if not others:
        return run(_looked_up(snapshot.facts), only)
    findings = {one.rule: one for one in run(_Facts(_left(snapshot, main)), only)}
    looking, kind_of = _kinds_by_rule(rulebook), {fact.key: fact.kind for fact in snapshot.facts}
    for account in others:
        kinds = {kind_of[account.taken], kind_of[account.preferred]}
        asked = [rule for rule in findings if kinds & looking[rule]]
        if asked:
            for second in run(_Facts(_left(snapshot, account.without)), asked):
                findings[second.rule] = disputed(findings[second.rule], second, account)
    return tuple(findings.values())


def _left(snapshot: Snapshot, without: frozenset[str]) -> tuple[Fact, ...]:
    return tuple(fact for fact in snapshot.facts if fact.key not in without)


@functools.lru_cache(maxsize=64)
def _kinds_by_rule(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """By rule, the kinds of fact that can change its finding, those of the rules it leans on and yields to included."""
    rules = {rule.id: rule for rule in rulebook.rules}
    over, meeting = _ranks(rulebook.rules)
    near: dict[str, set[str]] = {rule.id: {*leans_on(rule), *over.get(rule.id, ())} for rule in rulebook.rules}
    for duty, ban in meeting:
        near[duty].add(ban)
        near[ban].add(duty)

    def kinds(rule_id: str, seen: set[str]) -> set[str]:
        if rule_id in seen:
            return set()
        seen.add(rule_id)
        mine = {kind for pattern in patterns_of(rules[rule_id]) for kind in pattern.kinds}
        mine |= {kind for one in patterns_of(rules[rule_id]) for same in one.same for kind in same.as_in.kinds}
        return mine.union(LOOKED_UP, *(kinds(other, seen) for other in near[rule_id]))

    return {rule_id: frozenset(kinds(rule_id, set())) for rule_id in rules}
