"""The cases that stand beside each rulebook, one test a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.casebook.actors import actors
from goodoffices.casebook.states import read_states
from goodoffices.core.errors import BadRecord
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.language import read_rulebook
from goodoffices.norms.rules import Member, Rulebook, all_conditions, patterns_of
from goodoffices.norms.wording import lines
from goodoffices.rulebooks.shelf import SHELF

from .caseform import Case, differences, read_cases

FOLDERS = sorted(path.parent for path in SHELF.glob("*/rules.yaml"))
ALL = [
    pytest.param(book, case, id=f"{folder.name}: {case.name}")
    for folder in FOLDERS
    for book in [read_rulebook(folder)]
    for case in read_cases(folder / "cases.yaml", book)
]


@pytest.mark.parametrize(("book", "case"), ALL)
def test_case(book: Rulebook, case: Case) -> None:
    if case.refused:
        with pytest.raises(BadRecord) as caught:
            evaluate(book, case.snapshot, case.readings)
        assert str(caught.value) == case.refused
        return
    findings = evaluate(book, case.snapshot, case.readings)
    said = differences(case, findings)
    trees = ["\n".join(lines(one.tree)) for one in findings if any(f": {one.rule}: " in line for line in said)]
    assert not said, "\n".join([*said, *trees])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_rule_has_a_case(folder: Path) -> None:
    book = read_rulebook(folder)
    tried = {rule for case in read_cases(folder / "cases.yaml", book) for rule in case.expect}
    assert tried == {rule.id for rule in book.rules}


def test_mistakes_in_a_case_are_named_with_file_and_line(tmp_path: Path) -> None:
    book = read_rulebook(SHELF / "au")
    path = tmp_path / "au" / "cases.yaml"
    path.parent.mkdir()
    path.write_text(
        "cases:\n"
        "  - name: wrong\n"
        "    as_of: 2021-06-01\n"
        "    facts:\n"
        "      coup: {kind: seizur, when: 2021-06-01}\n"
        "    expect:\n"
        "      au.ucg: {state: met}\n"
        "  - name: wrong too\n"
        "    as_of: 2021-06-01\n"
        "    facts: {}\n"
        "    expect:\n"
        "      au.ucg: {state: fulfilled}\n"
        "      au.none: {state: met}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadRecord) as caught:
        read_cases(path, book)
    assert [(one.where, one.found) for one in caught.value.problems] == [
        ("au/cases.yaml, line 5", "coup: 'seizur' is no kind of fact."),
        ("au/cases.yaml, line 12", "a definition has no state 'fulfilled'."),
        ("au/cases.yaml, line 13", "the rulebook has no rule 'au.none'."),
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_everybody_a_rule_names_is_an_actor(folder: Path) -> None:
    """A mistyped actor would be silent for ever, and silence can look like a departure."""
    book = read_rulebook(folder)
    named = {rule.bearer for rule in book.rules}
    for rule in book.rules:
        named |= {actor for pattern in patterns_of(rule) for actor in pattern.actors}
        named |= {one.organisation for one in all_conditions(rule) if isinstance(one, Member)}
    if book.no_rule:
        named.add(book.no_rule.body)
    assert not named - set(actors()), f"no such actors: {sorted(named - set(actors()))}"


def test_every_body_that_a_guard_asks_for_has_members_in_the_register() -> None:
    """Otherwise the guard fails for every state, for want of entries and not by the facts."""
    rules = [rule for folder in FOLDERS for rule in read_rulebook(folder).rules]
    asked = {one.organisation for rule in rules for one in all_conditions(rule) if isinstance(one, Member)}
    entered = {fact.get("organisation") for fact in read_states() if fact.kind == "membership"}
    assert len(asked) > 8
    assert asked - entered == set()
