"""The cases that stand beside each rulebook, one test a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.core.errors import BadRecord
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.language import read_rulebook
from goodoffices.norms.rules import Rulebook
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
    book = read_rulebook(FOLDERS[0])
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
