"""A rulebook as tables of numbers: what the kernel runs over many histories.

A new rule is another row, no new code. Rules that only the case evaluator handles are refused by name, with the reason,
and so is every rule that leans on one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from goodoffices.core.days import ALWAYS, NEVER
from goodoffices.core.facts import Fact
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.evaluator import split_words
from goodoffices.norms.histories import EventType
from goodoffices.norms.matching import fits
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
    Rulebook,
    all_conditions,
    conditions_in,
    conflicts,
    leans_on,
    overriders,
    patterns_of,
)

Table = npt.NDArray[np.int32]
# What a condition is made of, as the kernel reads it: three numbers a step, in reverse Polish order.
CONST, RECORDED, MEMBER, PARTY, MET, IN_FORCE, ALL, ANY, NOT = range(9)
FAILS, UNKNOWN, HOLDS = range(3)
VERDICTS: Final = (Verdict.FAILS, Verdict.UNKNOWN, Verdict.HOLDS)
KINDS: Final = ("obligation", "status", "definition", "prohibition", "permission", "power")
UNITS: Final = ("hour", "calendar_day", "working_day", "month")
ROUNDINGS: Final = ("exact", "next_working_day", "month_end")
STATES: Final = (
    *("not_triggered", "pending", "open", "fulfilled", "fulfilled_late", "overdue", "deviation", "discharged"),
    *("compensated", "possible_deviation", "undetermined", "in_force", "not_in_force", "ended"),
    *("available", "exercised", "not_available", "met", "not_met"),
)
# Columns of the table of rules: numbers of conditions, of patterns, and flags. -1 is none.
COLUMNS: Final = (
    *("kind", "from_first", "from_last", "to_first", "to_last", "gate", "main", "first_unless", "end_unless"),
    *("must", "refused", "ended", "compensated", "forbids", "exercised", "amount", "unit", "rounding"),
    *("preemptive", "lapses", "late_cures", "public", "unverified", "already", "already_state", "begins_last"),
    *("first_begin", "end_begin", "first_end", "end_end"),
)
COLUMN: Final = {name: number for number, name in enumerate(COLUMNS)}
MEMBER_STEPS: Final = ("joined", "left")
# What an act can be to a rule: a bit each. A rule says which of them could still change it.
ACTS: Final = ("must", "refused", "ended", "compensated", "done", "begins", "ends")


@dataclass(frozen=True)
class Program:
    """A rulebook compiled for some types of events and readings. `refused` says which rules are left out, and why.

    `rules` are the ids of those that run, each after the rules it leans on, in the order of their rows.
    """

    rulebook: str
    rules: tuple[str, ...]
    refused: Mapping[str, str]
    table: Table  # a row a rule
    steps: Table  # of conditions: operation and two arguments
    conditions: Table  # first step and end of each condition
    unless: Table  # conditions of exceptions
    moves: Table  # patterns that begin and end statuses
    type_offsets: Table  # by type of event, where its patterns begin
    type_patterns: Table
    type_members: Table  # by type: the organisation's number and whether it is a leaving; -1 where it is neither
    pattern_offsets: Table  # by pattern, the rules that ask whether such an event has been: the first one counts
    pattern_rules: Table
    act_offsets: Table  # by pattern, the rules for which it is an act, whenever it is done, and which (bits of ACTS)
    act_rules: Table
    member_offsets: Table
    member_rules: Table
    rule_offsets: Table  # by rule, the rules that lean on it
    rule_rules: Table
    turns: Table  # days on which a rule's being in force turns, sorted, and which rule
    turn_rules: Table
    registered: bool = True


@dataclass
class _Compiler:
    book: Rulebook
    readings: Mapping[str, str]
    types: Sequence[EventType]
    patterns: dict[Pattern, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    steps: list[tuple[int, int, int]] = field(default_factory=list)
    conditions: list[tuple[int, int]] = field(default_factory=list)
    unless: list[int] = field(default_factory=list)
    moves: list[int] = field(default_factory=list)
    order: dict[str, int] = field(default_factory=dict)

    def value_of(self, name: str) -> str:
        parameter = self.book.parameter(name)
        return self.readings.get(name, parameter.value if parameter else "")

    def words(self, name: str) -> tuple[str, ...]:
        return split_words(self.value_of(name))

    def pattern(self, pattern: Pattern | None) -> int:
        return -1 if pattern is None else self.patterns.setdefault(pattern, len(self.patterns))

    def condition(self, condition: Condition | None) -> int:
        if condition is None:
            return -1
        first = len(self.steps)
        self._put(condition)
        self.conditions.append((first, len(self.steps)))
        return len(self.conditions) - 1

    def _put(self, condition: Condition) -> None:
        match condition:
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self._put(part)
                self.steps.append((ALL if isinstance(condition, AllOf) else ANY, len(parts), 0))
            case Not(part):
                self._put(part)
                self.steps.append((NOT, 0, 0))
            case Recorded(pattern, silence):
                # Where silence says nothing, an act of another sort on record still says that it was not this one.
                sort = -1 if silence == "fails" else self.pattern(Pattern(pattern.kinds, pattern.actors))
                self.steps.append((RECORDED, self.pattern(pattern), sort))
            case Member(organisation):
                number = self.organisations.setdefault(organisation, len(self.organisations))
                self.steps.append((MEMBER, number, 0))
            case Party(instrument):
                bound, left = (self.pattern(one) for one in party_patterns(instrument))
                self.steps.append((PARTY, bound, left))
            case Met(rule):
                self.steps.append((MET, self.order[rule], 0))
            case InForce(rule):
                self.steps.append((IN_FORCE, self.order[rule], 0))
            case ReadingIs(parameter, value):
                self.steps.append((CONST, HOLDS if self.value_of(parameter) == value else FAILS, 0))
            case _:
                raise TypeError(f"{condition} was to be refused before")

    def row(self, rule: Rule) -> list[int]:
        first_unless = len(self.unless)
        self.unless += [self.condition(one.when) for one in rule.unless]
        first_begin = len(self.moves)
        self.moves += [self.pattern(one) for one in rule.begins]
        first_end = len(self.moves)
        self.moves += [self.pattern(one) for one in rule.ends]
        amount, unit, rounding = self._term(rule)
        span = rule.in_force
        main = rule.trigger if rule.kind == "obligation" else rule.holds_if
        values = {
            "kind": KINDS.index(rule.kind),
            "from_first": span.begins.earliest.toordinal(),
            "from_last": span.begins.latest.toordinal(),
            "to_first": span.end_earliest.toordinal(),
            "to_last": span.end_latest.toordinal(),
            "gate": self.condition(rule.applies_if),
            "main": self.condition(main),
            "first_unless": first_unless,
            "end_unless": len(self.unless),
            "must": self.pattern(rule.must),
            "refused": self.pattern(rule.refused_by),
            "ended": self.pattern(rule.ended_by),
            "compensated": self.pattern(rule.compensated_by),
            "forbids": self.pattern(rule.forbids),
            "exercised": self.pattern(rule.exercised_by),
            "amount": amount,
            "unit": unit,
            "rounding": rounding,
            "preemptive": rule.preemptive,
            "lapses": rule.after_deadline == "lapses",
            "late_cures": rule.late_performance != "none",
            "public": rule.public_record,
            "unverified": not any(one.verified for one in rule.references),
            "already": self.order[rule.already.status] if rule.already else -1,
            "already_state": STATES.index(rule.already.state) if rule.already else -1,
            "begins_last": rule.on_tie == "begins_last",
            "first_begin": first_begin,
            "end_begin": first_end,
            "first_end": first_end,
            "end_end": len(self.moves),
        }
        return [int(values[name]) for name in COLUMNS]

    def _term(self, rule: Rule) -> tuple[int, int, int]:
        if rule.within is None:
            return -1, 0, 0
        amount = rule.within.amount
        if amount is None:
            value = self.value_of(rule.within.parameter)
            amount = -1 if value == "none" else int(value)
        return amount, UNITS.index(rule.within.unit), ROUNDINGS.index(rule.within.rounding)


def compile_rules(book: Rulebook, types: Sequence[EventType], readings: Mapping[str, str] | None = None) -> Program:
    """Compile what can be compiled of a rulebook."""
    refused = refusals(book, any(("step", "not_ratified") in one.value for one in types))
    rules = _sorted([rule for rule in book.rules if rule.id not in refused])
    made = _Compiler(book, dict(readings or {}), types, order={rule.id: row for row, rule in enumerate(rules)})
    table = [made.row(rule) for rule in rules]
    looking, acts = _looking(made, rules), _acts(made, rules)
    type_patterns, type_members = _types(made)
    turns = sorted(
        (day, row)
        for row, rule in enumerate(rules)
        for day in {
            rule.in_force.begins.earliest,
            rule.in_force.begins.latest,
            rule.in_force.end_earliest,
            rule.in_force.end_latest,
        }
        if ALWAYS < day < NEVER
    )
    leaning: list[list[int]] = [[] for _ in rules]
    for row, rule in enumerate(rules):
        for other in leans_on(rule):
            leaning[made.order[other]].append(row)
    return Program(
        book.id,
        tuple(rule.id for rule in rules),
        refused,
        _array(table, len(COLUMNS)),
        _array(made.steps, 3),
        _array(made.conditions, 2),
        np.array(made.unless, dtype=np.int32),
        np.array(made.moves, dtype=np.int32),
        *_rows(type_patterns),
        _array(type_members, 2),
        *_rows([looking[0].get(number, []) for number in range(len(made.patterns))]),
        *_pairs([acts.get(number, {}) for number in range(len(made.patterns))]),
        *_rows([looking[1].get(number, []) for number in range(len(made.organisations))]),
        *_rows(leaning),
        np.array([day.toordinal() for day, _ in turns], dtype=np.int32),
        np.array([row for _, row in turns], dtype=np.int32),
    )


def _array(rows: Sequence[Sequence[int]], width: int) -> Table:
    return np.array(rows, dtype=np.int32).reshape(-1, width)


def _rows(lists: Sequence[Sequence[int]]) -> tuple[Table, Table]:
    """Lists of numbers as offsets and one column."""
    offsets = np.cumsum([0, *(len(one) for one in lists)], dtype=np.int32)
    return offsets, np.array([number for one in lists for number in one], dtype=np.int32)


def _pairs(found: Sequence[Mapping[int, int]]) -> tuple[Table, Table]:
    """Pairs of numbers as offsets and two columns."""
    offsets = np.cumsum([0, *(len(one) for one in found)], dtype=np.int32)
    return offsets, _array([pair for one in found for pair in one.items()], 2)


def _looking(made: _Compiler, rules: Sequence[Rule]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """By pattern and by organisation, the rows of the rules whose conditions ask for it."""
    by_pattern: dict[int, list[int]] = {}
    by_member: dict[int, list[int]] = {}
    for row, rule in enumerate(rules):
        numbers = set()
        for condition in all_conditions(rule):
            if isinstance(condition, Recorded):
                numbers.add(made.patterns[condition.pattern])
                if condition.silence != "fails":
                    numbers.add(made.patterns[Pattern(condition.pattern.kinds, condition.pattern.actors)])
            if isinstance(condition, Party):
                numbers |= {made.patterns[one] for one in party_patterns(condition.instrument)}
            if isinstance(condition, Member):
                by_member.setdefault(made.organisations[condition.organisation], []).append(row)
        for number in numbers:
            by_pattern.setdefault(number, []).append(row)
    return by_pattern, {number: sorted(set(found)) for number, found in by_member.items()}


def _acts(made: _Compiler, rules: Sequence[Rule]) -> dict[int, dict[int, int]]:
    """By pattern, the rows of the rules for which it is an act, and which."""
    found: dict[int, dict[int, int]] = {}
    for row, rule in enumerate(rules):
        acts: dict[str, Sequence[Pattern | None]] = {
            "must": (rule.must,),
            "refused": (rule.refused_by,),
            "ended": (rule.ended_by,),
            "compensated": (rule.compensated_by,),
            "done": (rule.forbids, rule.exercised_by),
            "begins": rule.begins,
            "ends": rule.ends,
        }
        for act, patterns in acts.items():
            for pattern in patterns:
                if pattern is not None:
                    rows = found.setdefault(made.patterns[pattern], {})
                    rows[row] = rows.get(row, 0) | 1 << ACTS.index(act)
    return found


def _types(made: _Compiler) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """By type of event, the patterns it is of, and the organisation it joins or leaves."""
    patterns, members = [], []
    for one in made.types:
        fact = one.fact("history-2000/e", ALWAYS, ALWAYS)
        patterns.append([number for pattern, number in made.patterns.items() if _is(made, fact, pattern)])
        number = made.organisations.get(fact.get("organisation"), -1) if one.kind == "membership" else -1
        members.append((number, int(fact.get("step") == "left")))
    return patterns, members


def _is(made: _Compiler, fact: Fact, pattern: Pattern) -> bool:
    return fits(fact, pattern, lambda *_: (), made.words) is Verdict.HOLDS


def party_patterns(instrument: str) -> tuple[Pattern, Pattern]:
    """The acts that bind a state to a treaty, and those that free it."""
    named = ("instrument", (instrument,))
    bound = Pattern(("treaty_action",), value=(named, ("step", ("ratified", "acceded"))))
    return bound, Pattern(("treaty_action",), value=(named, ("step", ("withdrew",))))


def _sorted(rules: Sequence[Rule]) -> list[Rule]:
    """Each rule after those it leans on; the loader has refused circles."""
    by_id = {rule.id: rule for rule in rules}
    found: dict[str, Rule] = {}

    def put(rule: Rule) -> None:
        if rule.id not in found:
            for other in leans_on(rule):
                put(by_id[other])
            found[rule.id] = rule

    for rule in rules:
        put(rule)
    return list(found.values())


def refusals(book: Rulebook, unbound: bool = False) -> dict[str, str]:
    """The rules that only the case evaluator handles, each with the reason. `unbound`: some event says that a state had
    not ratified by its day, which only the case evaluator reads backwards."""
    ranked = overriders(book.rules)
    meeting = {one for pair in conflicts(book.rules) for one in pair}
    found = {rule.id: why for rule in book.rules if (why := _refused(rule, ranked, meeting, unbound))}
    changed = True
    while changed:  # who leans on a rule that is left out is left out too
        changed = False
        for rule in book.rules:
            missing = [other for other in leans_on(rule) if other in found]
            if missing and rule.id not in found:
                found[rule.id] = f"leans on {missing[0]}"
                changed = True
    return found


def _refused(rule: Rule, ranked: Mapping[str, tuple[str, ...]], meeting: set[str], unbound: bool) -> str:
    reasons = {
        f"mode {rule.mode}": rule.mode != "achievement",
        f"on_retrigger {rule.on_retrigger}": rule.on_retrigger != "ignore",
        f"yields to {ranked.get(rule.id, ('',))[0]}": rule.id in ranked,
        "may stand against another rule that neither overrides": rule.id in meeting,
        "asks for the same person or thing in two facts": any(pattern.same for pattern in patterns_of(rule)),
    }
    why = next((said for said, holds in reasons.items() if holds), "")
    if why:
        return why
    for condition in all_conditions(rule):
        if isinstance(condition, During | Breached | Performed):
            return f"asks for {type(condition).__name__.lower()}"
        if unbound and isinstance(condition, Party):
            return "asks for a party where some state is known not to have ratified"
        if isinstance(condition, Not) and any(isinstance(one, Met) for one in conditions_in(condition.part)):
            return "denies a definition"
    return ""
