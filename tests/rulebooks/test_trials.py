"""The cases beside a rulebook, counted as they stand in its folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

from goodoffices.rulebooks.shelf import SHELF, rulebooks
from goodoffices.rulebooks.trials import trials


def test_every_case_of_the_shelf_is_counted() -> None:
    for path in SHELF.glob("*/rules.yaml"):
        book = yaml.safe_load(path.read_text(encoding="utf-8"))["rulebook"]
        beside = path.with_name("cases.yaml")
        cases = (yaml.safe_load(beside.read_text(encoding="utf-8")) or {}).get("cases") or [] if beside.exists() else []
        assert trials(book).cases == len(cases)
        assert dict(trials(book).by_rule) == Counter(rule for case in cases for rule in case.get("expect", {}))


def test_most_rules_are_tried() -> None:
    untried = [rule.id for book in rulebooks() for rule in book.rules if rule.id not in trials(book.id).by_rule]
    assert len(untried) < 10, untried


def test_a_folder_without_cases_has_none(tmp_path: Path) -> None:
    (tmp_path / "x_y").mkdir()
    (tmp_path / "x_y" / "rules.yaml").write_text("rulebook: x-z\n", encoding="utf-8")
    assert trials("x-z", tmp_path).cases == 0
    (tmp_path / "x_y" / "cases.yaml").write_text(
        "cases:\n  - {expect: {x.a: {}, x.b: {}}}\n  - {expect: {x.a: {}}}\n", "utf-8"
    )
    trials.cache_clear()
    assert (trials("x-z", tmp_path).cases, dict(trials("x-z", tmp_path).by_rule)) == (2, {"x.a": 2, "x.b": 1})
    assert trials("nothing", tmp_path).cases == 0
