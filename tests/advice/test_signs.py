"""The signs that advice hangs on: the cases beside them, and that no alternative in a sign stands there untried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from goodoffices.advice.language import SIGNS, signs
from goodoffices.casebook.actors import actors
from goodoffices.core.errors import Problem
from goodoffices.core.yamlfile import read_yaml
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import AllOf, AnyOf, Condition, Not, Rule, Rulebook, patterns_of
from rulebooks.caseform import Case, differences, read_cases

BOOK = signs()
CASES = read_cases(SIGNS / "cases.yaml", BOOK)
# What the sections may name; helpers that keep the order of days stand beside them.
NAMED = (
    "partners-detained",
    "partners-freed",
    "order-set-aside",
    "roadmap",
    "term-missed",
    "election-held",
    "order-restored",
    "new-partner",
    "forces-leaving",
    "mission-restricted",
    "women-barred",
    "people-restricted",
    "expulsion",
    "contentious-act",
    "suspended-regionally",
    "regional-sanctions",
    "regional-force",
    "un-sanctions",
    "aid-stopped",
    "aid-redirected",
    "staff-threatened",
    "blackout",
    "staff-moved",
    "staff-returned",
    "premises-guarded",
    "guidance-leaked",
    "repression",
    "fighting",
    "authorities-open",
    "authorities-closed",
    "mission-talks",
    "society-heard",
    "public-rejects",
    "several-mediations",
    "joint-mechanism",
    "mediation-refused",
    "mandate-since",
    "mandate-changed",
    "mandate-unchanged",
    "assessment-asked",
    "assessment-delivered",
    "no-assessment",
    "un-divided",
    "envoy-rejected",
    "seat-contested",
)
NBSP = "\u00a0"


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_case(case: Case) -> None:
    assert not differences(case, evaluate(BOOK, case.snapshot, case.readings, only=set(case.expect)))


def test_every_sign_that_advice_may_name_is_a_definition() -> None:
    kinds = {rule.id: rule.kind for rule in BOOK.rules}
    assert [name for name in NAMED if kinds.get(f"sign.{name}") != "definition"] == []


def test_every_sign_has_four_cases_and_comes_out_both_ways() -> None:
    states: dict[str, list[str]] = {rule.id: [] for rule in BOOK.rules}
    for case in CASES:
        for rule, wanted in case.expect.items():
            states[rule].append(wanted["state"])
    assert [rule for rule, found in states.items() if len(found) < 4] == []
    assert [rule for rule, found in states.items() if not {"met", "in_force"} & set(found)] == []
    assert [rule for rule, found in states.items() if not set(found) - {"met", "in_force"}] == []


def test_names_of_cases_are_used_once() -> None:
    names = [case.name for case in CASES]
    assert sorted(names) == sorted(set(names))


def test_everybody_a_sign_names_is_an_actor() -> None:
    named = {actor for rule in BOOK.rules for pattern in patterns_of(rule) for actor in pattern.actors}
    fields = {
        word
        for rule in BOOK.rules
        for pattern in patterns_of(rule)
        for name, words in pattern.value
        if name == "with"
        for word in words
    }
    assert named | fields | {rule.bearer for rule in BOOK.rules} <= set(actors())


def test_every_list_of_words_is_looked_for_and_has_no_word_twice() -> None:
    asked = {
        word[1:]
        for rule in BOOK.rules
        for pattern in patterns_of(rule)
        for _, words in pattern.value
        for word in words
        if word.startswith("$")
    }
    assert asked == {one.name for one in BOOK.parameters}
    for one in BOOK.parameters:
        words = [word.strip() for word in one.value.split(",")]
        assert len(words) == len(set(words)), one.name


def _without_one(condition: Condition) -> Iterator[Condition]:
    """The condition with one alternative of an `any` left out, each in turn."""
    match condition:
        case AnyOf(parts) | AllOf(parts):
            for place, part in enumerate(parts):
                rest = (*parts[:place], *parts[place + 1 :])
                if isinstance(condition, AnyOf):
                    yield AnyOf(rest)
                for changed in _without_one(part):
                    yield type(condition)((*parts[:place], changed, *parts[place + 1 :]))
        case Not(part):
            yield from (Not(changed) for changed in _without_one(part))


def _noticed(changed: Rule) -> bool:
    rules = tuple(changed if rule.id == changed.id else rule for rule in BOOK.rules)
    book: Rulebook = replace(BOOK, rules=rules)
    near = [case for case in CASES if changed.id in case.expect]
    return any(differences(case, evaluate(book, case.snapshot, case.readings, only=set(case.expect))) for case in near)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(rule, holds_if=less), id=f"{rule.id} {number}")
        for rule in BOOK.rules
        if rule.holds_if is not None
        for number, less in enumerate(_without_one(rule.holds_if), 1)
    ],
)
def test_a_case_notices_when_an_alternative_is_left_out(changed: Rule) -> None:
    assert _noticed(changed)


def test_french_has_its_spaces_and_apostrophes() -> None:
    problems: list[Problem] = []
    for name in ("rules.yaml", "values.yaml"):
        located = read_yaml(SIGNS / name, problems)
        assert located is not None
        for place in located.lines:
            text = located.data
            for step in place:
                text = text[step]
            if not isinstance(text, str) or place[-1] == "subject_matter":
                continue
            assert "'" not in text, f"{located.where(place)}: a straight apostrophe"
            if str(place[-1]).endswith("_fr"):
                for mark in ":;!?»":
                    at = [i for i, letter in enumerate(text) if letter == mark]
                    assert all(text[i - 1] == NBSP for i in at), f"{located.where(place)}: no space before {mark}"
