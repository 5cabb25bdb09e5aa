"""Rules as values: the intermediate form every evaluator works on.

Invariant: a rule says what a text says and nothing else. Readings (what "immediately" comes to, who counts as elected)
are parameters with their own citation, so that a reader can change one and see what flips.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goodoffices.core.days import Span
from goodoffices.core.findings import Reference


@dataclass(frozen=True, slots=True)
class Same:
    """Asks that a field of the fact name the same person or thing as that field of another fact of the case."""

    field: str
    as_in: Pattern


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which facts count: any of these kinds, by any of these actors, with each value field among the words given.

    A word "$name" stands for the parameter of that name.
    """

    kinds: tuple[str, ...]
    actors: tuple[str, ...] = ()
    value: tuple[tuple[str, tuple[str, ...]], ...] = ()
    same: tuple[Same, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part fails."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Recorded:
    """Such a fact has begun by the day. `silence` says what finding none means: it fails, or nobody can know."""

    pattern: Pattern
    silence: str = "fails"


@dataclass(frozen=True, slots=True)
class During:
    """Such a fact lasts on the day."""

    pattern: Pattern
    silence: str = "fails"


@dataclass(frozen=True, slots=True)
class Member:
    """The state is a member of the organisation on the day."""

    organisation: str


@dataclass(frozen=True, slots=True)
class Party:
    """The state is a party to the treaty on the day. Where nobody showed its ratification it is unknown, not absent."""

    instrument: str


@dataclass(frozen=True, slots=True)
class Met:
    """A definition of this rulebook is met."""

    rule: str


@dataclass(frozen=True, slots=True)
class InForce:
    """A status of this rulebook is in force."""

    rule: str


@dataclass(frozen=True, slots=True)
class ReadingIs:
    """A parameter has this value."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Breached:
    """A duty of this rulebook was breached: its term passed, it was refused, or the situation ended without the act."""

    rule: str


@dataclass(frozen=True, slots=True)
class Performed:
    """A duty of this rulebook was done, on time or late."""

    rule: str


Condition = AllOf | AnyOf | Not | Recorded | During | Member | Party | Met | InForce | Breached | Performed | ReadingIs
Leaning = Met | InForce | Breached | Performed  # conditions that lean on another rule


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or word a rule needs. `certainty` is `text` or `interpretation`; an interpretation shows in every
    explanation. `value` "none" means: the text gives none."""

    name: str
    title: str
    value: str
    certainty: str
    unit: str = ""
    alternatives: tuple[str, ...] = ()
    reference: Reference | None = None
    note: str = ""
    titles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """How long there is to act: a number of `unit` (hour, calendar_day, working_day, month), or a parameter's value.

    `rounding` says where the last day falls: as counted (`exact`), on the next working day where it is none
    (`next_working_day`), or at the end of its month (`month_end`).
    """

    unit: str
    amount: int | None = None
    parameter: str = ""
    rounding: str = "exact"


@dataclass(frozen=True, slots=True)
class Exemption:
    """A situation that frees the bearer, with the article that says so."""

    when: Condition
    title: str
    references: tuple[Reference, ...]
    title_fr: str = ""


@dataclass(frozen=True, slots=True)
class Already:
    """A status of this rulebook that, standing on the day a duty arises, leaves nothing to do: it is so already."""

    status: str
    state: str  # in_force, ended


@dataclass(frozen=True, slots=True)
class Rule:
    """One norm. Which of the last fields are used depends on `kind`; the rule language refuses the others."""

    id: str
    rulebook: str
    kind: str
    title: str
    text: str
    bearer: str
    references: tuple[Reference, ...]
    in_force: Span
    titles: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    applies_if: Condition | None = None
    unless: tuple[Exemption, ...] = ()
    # obligation
    trigger: Condition | None = None
    must: Pattern | None = None
    within: Term | None = None
    already: Already | None = None
    preemptive: bool = False
    after_deadline: str = "persists"  # or lapses
    late_performance: str = "cures"  # or partial, none
    mode: str = "achievement"  # do it; or maintenance (keep it so), punctual (on the day itself)
    broken_by: Pattern | None = None  # maintenance: the act that breaks it
    compensated_by: Pattern | None = None
    on_retrigger: str = "ignore"  # or restart, new
    on_breach: tuple[str, ...] = ()  # duties that its breach gives rise to
    refused_by: Pattern | None = None
    ended_by: Pattern | None = None
    public_record: bool = True
    soft: bool = False  # soft law or practice: a departure is a divergence
    # status
    begins: tuple[Pattern, ...] = ()
    ends: tuple[Pattern, ...] = ()
    on_tie: str = "ends_last"  # or begins_last
    # definition, prohibition, permission, power
    holds_if: Condition | None = None
    forbids: Pattern | None = None
    exercised_by: Pattern | None = None
    # any but a definition: rules of the rulebook that yield to this one
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """A text that rules cite."""

    id: str
    title: str
    title_fr: str
    reference: str
    force: str  # treaty, rules, declaration, policy
    adopted: str
    in_force: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class NoRule:
    """The finding that a body has no rule of its own on such changes, with the sources that were searched."""

    body: str
    text: str
    text_fr: str
    searched: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A folder of rules: one legal order, one version. `zone` is the time zone in which its bodies count their days."""

    id: str
    title: str
    title_fr: str
    version: str
    instruments: tuple[Instrument, ...]
    parameters: tuple[Parameter, ...]
    rules: tuple[Rule, ...]
    no_rule: NoRule | None = None
    zone: str = ""

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of this id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of this name."""
        return next((one for one in self.parameters if one.name == name), None)


def conditions_in(condition: Condition | None) -> Iterator[Condition]:
    """A condition and all inside it."""
    if condition is None:
        return
    yield condition
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from conditions_in(part)
    elif isinstance(condition, Not):
        yield from conditions_in(condition.part)


def all_conditions(rule: Rule) -> Iterator[Condition]:
    """Every condition a rule states."""
    for start in (rule.applies_if, rule.trigger, rule.holds_if, *(one.when for one in rule.unless)):
        yield from conditions_in(start)


def _acts_of(rule: Rule) -> tuple[Pattern | None, ...]:
    return (
        *(rule.must, rule.refused_by, rule.ended_by, rule.broken_by, rule.compensated_by),
        *(rule.forbids, rule.exercised_by),
    )


def patterns_of(rule: Rule) -> tuple[Pattern, ...]:
    """Every pattern a rule looks for: what could bear on it."""
    found = [pattern for pattern in _acts_of(rule) if pattern]
    found += [*rule.begins, *rule.ends]
    found += [one.pattern for one in all_conditions(rule) if isinstance(one, Recorded | During)]
    return tuple(dict.fromkeys(found))


def overriders(rules: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    """By rule, the rules that override it."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        for other in rule.overrides:
            found[other] = (*found.get(other, ()), rule.id)
    return found


def conflicts(rules: Sequence[Rule]) -> tuple[tuple[str, str], ...]:
    """Duties and prohibitions of which the one asks for nothing but what the other forbids, and neither overrides the
    other. A duty that can be done in another way stands against no prohibition."""
    ranked = {(one.id, other) for one in rules for other in one.overrides}
    return tuple(
        (duty.id, ban.id)
        for duty in rules
        for ban in rules
        if duty.must and ban.forbids and _within(duty.must, ban.forbids)
        if not {(duty.id, ban.id), (ban.id, duty.id)} & ranked
    )


def _within(one: Pattern, other: Pattern) -> bool:
    """Whether every fact of one pattern is of the other. Fields that stand for parameters may be anything."""
    mine, theirs = dict(one.value), dict(other.value)
    return (
        set(one.kinds) <= set(other.kinds)
        and (not other.actors or (bool(one.actors) and set(one.actors) <= set(other.actors)))
        and not other.same
        and all(name in mine and set(mine[name]) <= set(words) for name, words in theirs.items())
        and not any(word.startswith("$") for words in theirs.values() for word in words)
    )


def leans_on(rule: Rule) -> tuple[str, ...]:
    """Ids of the rules this one refers to."""
    found = [one.rule for one in all_conditions(rule) if isinstance(one, Leaning)]
    found += [rule.already.status] if rule.already else []
    return tuple(dict.fromkeys(found))
