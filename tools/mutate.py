"""Change one thing in a rulebook's rules at a time, and see whether a case beside it notices.

    python tools/mutate.py [RULEBOOK...]        all of them: `make mutate`

Each mutant drops an exception, a guard, a part of a condition or pattern, a word or an option, swaps all for any, moves
a term or a day of being in force by one, or turns a tie around. A mutant that no case notices is named; exit status 1
where one lives that drops an exception or moves a term, which must never happen.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from goodoffices.advice.language import SIGNS, signs
from goodoffices.core.days import read_span
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.language import read_rulebook
from goodoffices.norms.rules import (
    AllOf,
    AnyOf,
    Condition,
    Exemption,
    Not,
    Pattern,
    Recorded,
    Rule,
    Rulebook,
    Term,
)
from goodoffices.rulebooks.shelf import SHELF, rulebooks
from rulebooks.caseform import Case, differences, read_cases

GRAVE: Final = ("exception", "term")
_PATTERNS: Final = ("must", "refused_by", "ended_by", "forbids", "exercised_by", "broken_by", "compensated_by")
_OPTIONS: Final = {
    "on_tie": ("ends_last", "begins_last"),
    "after_deadline": ("persists", "lapses"),
    "late_performance": ("cures", "none"),
    "preemptive": (True, False),
    "public_record": (True, False),
    "soft": (True, False),
}
Mutant = tuple[str, Rule]


def conditions(condition: Condition | None) -> Iterator[tuple[str, Condition | None]]:
    """Every condition that differs from this one in one place."""
    match condition:
        case AllOf() | AnyOf():
            yield from _joined(condition)
        case Not(part):
            yield "without its not", part
            yield from ((said, Not(changed)) for said, changed in conditions(part) if changed is not None)
        case Recorded(pattern, silence):
            yield from ((said, Recorded(changed, silence)) for said, changed in patterns(pattern))


def _joined(condition: AllOf | AnyOf) -> Iterator[tuple[str, Condition]]:
    made, other = (AllOf, AnyOf) if isinstance(condition, AllOf) else (AnyOf, AllOf)
    parts = condition.parts
    yield f"{made.__name__} becomes {other.__name__}", other(parts)
    for place, part in enumerate(parts):
        rest = parts[:place] + parts[place + 1 :]
        if rest:
            yield f"without part {place + 1} of {made.__name__}", made(rest)
        for said, changed in conditions(part):
            if changed is not None:
                yield said, made((*parts[:place], changed, *parts[place + 1 :]))


def patterns(pattern: Pattern) -> Iterator[tuple[str, Pattern]]:
    """Every pattern that differs from this one in one place."""
    for kind in pattern.kinds if len(pattern.kinds) > 1 else ():
        yield f"without kind {kind}", replace(pattern, kinds=tuple(one for one in pattern.kinds if one != kind))
    if pattern.actors:
        yield "by any actor", replace(pattern, actors=())
    for name, words in pattern.value:
        others = tuple(one for one in pattern.value if one[0] != name)
        yield f"whatever {name}", replace(pattern, value=others)
        for word in words if len(words) > 1 else ():
            left = tuple(one for one in words if one != word)
            yield f"{name} without {word}", replace(pattern, value=(*others, (name, left)))
    if pattern.same:
        yield "of anybody", replace(pattern, same=())


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every rule that differs from this one in one place."""
    yield from _exceptions(rule)
    if rule.within is not None and rule.within.amount is not None:
        for amount in (rule.within.amount - 1, rule.within.amount + 1):
            if amount > 0:
                term = Term(rule.within.unit, amount, "", rule.within.rounding)
                yield f"term: {amount} {rule.within.unit}", replace(rule, within=term)
    if rule.applies_if is not None:
        yield "guard: none", replace(rule, applies_if=None)
    for name in ("applies_if", "trigger", "holds_if"):
        for said, changed in conditions(getattr(rule, name)):
            yield f"{name}: {said}", replace(rule, **{name: changed})
    yield from _acts(rule)
    yield from _moves(rule)
    if rule.already is not None:
        yield "already: none", replace(rule, already=None)
    yield from _options(rule)


def _exceptions(rule: Rule) -> Iterator[Mutant]:
    for place, exemption in enumerate(rule.unless):
        rest = rule.unless[:place] + rule.unless[place + 1 :]
        yield f"exception: without “{exemption.title}”", replace(rule, unless=rest)
        for said, changed in conditions(exemption.when):
            if changed is not None:
                one = Exemption(changed, exemption.title, exemption.references, exemption.title_fr)
                yield (
                    f"exception “{exemption.title}”: {said}",
                    replace(rule, unless=(*rest[:place], one, *rest[place:])),
                )


def _acts(rule: Rule) -> Iterator[Mutant]:
    for name in _PATTERNS:
        pattern = getattr(rule, name)
        if pattern is not None:
            yield from ((f"{name}: {said}", replace(rule, **{name: one})) for said, one in patterns(pattern))
            if name not in ("must", "broken_by"):
                yield f"{name}: none", replace(rule, **{name: None})


def _moves(rule: Rule) -> Iterator[Mutant]:
    for name in ("begins", "ends"):
        moves = getattr(rule, name)
        for place, pattern in enumerate(moves):
            rest = moves[:place] + moves[place + 1 :]
            if rest or name == "ends":
                yield f"{name}: without {place + 1}", replace(rule, **{name: rest})
            for said, one in patterns(pattern):
                yield f"{name}: {said}", replace(rule, **{name: (*rest[:place], one, *rest[place:])})


def _options(rule: Rule) -> Iterator[Mutant]:
    mine = {one.name for one in fields(Rule)}
    kinds = {"on_tie": "status"}
    for name, words in _OPTIONS.items():
        if name in mine and rule.kind == kinds.get(name, "obligation") and getattr(rule, name) in words:
            other = words[1 - words.index(getattr(rule, name))]
            yield f"{name}: {other}", replace(rule, **{name: other})
    first = rule.in_force.begins
    if first.precise and rule.in_force.ends is None:
        for step in (-1, 1):
            day = (first.earliest + timedelta(days=step)).isoformat()
            yield f"in force: from {day}", replace(rule, in_force=read_span(f"{day}/..", "in_force"))


def noticed(book: Rulebook, changed: Rule, cases: list[Case]) -> bool:
    """Whether some case comes out otherwise than expected."""
    rules = tuple(changed if one.id == changed.id else one for one in book.rules)
    mutant = replace(book, rules=rules)
    for case in cases:
        try:
            findings = evaluate(mutant, case.snapshot, case.readings, only=set(case.expect))
        except Exception:  # a mutant may be no rule at all: that is noticed, too
            return True
        if differences(case, findings):
            return True
    return False


def run(book: Rulebook, folder: Path) -> tuple[int, list[str], list[str]]:
    """How many mutants there were, and which of them lived: the grave ones, and the others."""
    cases: list[Any] = [one for one in read_cases(folder / "cases.yaml", book) if not one.refused]
    if any(differences(case, evaluate(book, case.snapshot, case.readings, only=set(case.expect))) for case in cases):
        raise SystemExit(
            f"{book.id}: a case fails before anything is changed: mend it first, or every mutant is noticed."
        )
    count, grave, others = 0, [], []
    for rule in book.rules:
        # Cases that expect something of the rule itself notice most, and first.
        near = sorted(cases, key=lambda case, rule_id=rule.id: rule_id not in case.expect)
        for said, changed in mutants(rule):
            count += 1
            if not noticed(book, changed, near):
                (grave if said.startswith(GRAVE) else others).append(f"{rule.id}: {said}")
    return count, grave, others


def main() -> int:
    """Mutate the rulebooks named, or all."""
    wanted = sys.argv[1:]
    folders = {read_rulebook(path.parent).id: path.parent for path in SHELF.glob("*/rules.yaml")}
    folders[signs().id] = SIGNS
    bad = counted = noticed = 0
    for book in (*rulebooks(), signs()):
        if (wanted and book.id not in wanted) or not book.rules:
            continue
        began = time.process_time()
        count, grave, others = run(book, folders[book.id])
        lived = len(grave) + len(others)
        counted, noticed = counted + count, noticed + count - lived
        print(
            f"{book.id}: {count} mutants, {count - lived} noticed, {lived} lived ({time.process_time() - began:.0f} s)"
        )
        for line in (*grave, *others):
            print(f"  lived: {line}")
        bad += len(grave)
    print(f"in all: {counted:,} mutants, {noticed:,} noticed")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
