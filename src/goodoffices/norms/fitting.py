"""What no single rule shows: whether the rules of a folder fit together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from goodoffices.core.errors import Problem
from goodoffices.core.yamlfile import Located
from goodoffices.norms.rules import (
    Breached,
    InForce,
    Leaning,
    Met,
    Performed,
    ReadingIs,
    Rule,
    all_conditions,
    conditions_in,
    leans_on,
    overriders,
    patterns_of,
)


def cross_checks(rules: Sequence[Rule], parameters: set[str], located: Located) -> list[Problem]:
    """Every problem between rules: ids, parameters, references to each other, circles."""
    where = {rule.id: located.where(("rules", index, "id")) for index, rule in reversed(list(enumerate(rules)))}
    problems = []
    for index, rule in enumerate(rules):
        if rule.id in {one.id for one in rules[:index]}:
            place = located.where(("rules", index, "id"))
            problems.append(Problem(place, f"the rule {rule.id!r} stands twice.", "Give one another id."))
        for name in sorted(_parameters_in(rule) - parameters):
            found = f"{rule.id} uses the parameter {name!r}, which values.yaml does not have."
            problems.append(Problem(located.where(("rules", index, "id")), found, "Add it there."))
    if len(where) < len(rules):
        return problems  # which of two rules another leans on cannot be told
    problems += [one for rule in rules for one in _references(rule, rules, where[rule.id])]
    over = overriders(rules)
    circle = _circle({rule.id: (*leans_on(rule), *over.get(rule.id, ())) for rule in rules})
    if circle:
        found = f"rules lean on each other in a circle: {' -> '.join(circle)}."
        problems.append(Problem(where[circle[0]], found, "Let one of them say what it means without the others."))
    return problems


def _references(rule: Rule, rules: Sequence[Rule], where: str) -> Iterator[Problem]:
    """What a rule says of other rules."""
    by_id = {one.id: one for one in rules}
    for other, wanted in _wanted(rule):
        if other not in by_id or by_id[other].kind != wanted:
            found = f"{rule.id} refers to {other!r}, which is no {wanted} of this rulebook."
            yield Problem(where, found, "Check the id.")
    for other in rule.overrides:
        if other not in by_id:
            yield Problem(where, f"{rule.id} overrides {other!r}, which is no rule of this rulebook.", "Check the id.")
    for other in rule.on_breach:
        follows = by_id.get(other)
        if follows is not None and Breached(rule.id) not in conditions_in(follows.trigger):
            found = f"{rule.id} says that its breach gives rise to {other}, whose trigger does not ask for it."
            yield Problem(where, found, f"Write breached: {rule.id} in the trigger of {other}.")


def _wanted(rule: Rule) -> list[tuple[str, str]]:
    """The rules a rule refers to, each with the kind it must be."""
    wanted: dict[type, str] = {Met: "definition", InForce: "status", Breached: "obligation", Performed: "obligation"}
    found = [(one.rule, wanted[type(one)]) for one in all_conditions(rule) if isinstance(one, Leaning)]
    found += [(other, "obligation") for other in rule.on_breach]
    return found + ([(rule.already.status, "status")] if rule.already else [])


def _parameters_in(rule: Rule) -> set[str]:
    names = {rule.within.parameter} if rule.within and rule.within.parameter else set()
    names |= {one.parameter for one in all_conditions(rule) if isinstance(one, ReadingIs)}
    for pattern in patterns_of(rule):
        names |= {word[1:] for _, words in pattern.value for word in words if word.startswith("$")}
    return names


def _circle(leaning: Mapping[str, Sequence[str]]) -> list[str]:
    done: set[str] = set()

    def walk(rule: str, path: list[str]) -> list[str]:
        if rule in path:
            return [*path[path.index(rule) :], rule]
        if rule in done:
            return []
        for other in leaning.get(rule, ()):
            found = walk(other, [*path, rule])
            if found:
                return found
        done.add(rule)
        return []

    for rule in leaning:
        found = walk(rule, [])
        if found:
            return found
    return []
