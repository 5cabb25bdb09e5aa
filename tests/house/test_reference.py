"""The reference is written from the code, and says all that the code has."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from goodoffices.core.facts import Fact
from goodoffices.core.findings import STATES
from goodoffices.desk.comparisons import supposed_record, table_record
from goodoffices.desk.desk import Desk
from goodoffices.desk.records import checked_record, deviation_record, fact_record, no_rule_record, reason_record
from goodoffices.desk.supposing import suppose
from goodoffices.norms import models
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.language import read_rulebook
from rulebooks.caseform import EXPECT_KEYS, differences, read_cases

from .test_documents import blocks

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_generated_pages_are_up_to_date(generate: ModuleType) -> None:
    for name, text in generate.pages().items():
        assert page(name) == text, f"docs/reference/{name} is old: run python docs/generate.py"


def test_every_command_is_listed(generate: ModuleType) -> None:
    headings = re.findall(r"^## goodoffices (.+)$", page("commands.md"), re.MULTILINE)
    assert headings == [" ".join(names) for names, _ in generate.commands()]
    assert {"check", "why", "brief", "case new", "casebook check", "verify", "serve"} <= set(headings)


MODELS = [
    *(models.RulesFile, models.InstrumentModel, models.ArticleModel, models.RuleModel, models.ConditionModel),
    *(models.PatternModel, models.LookModel, models.SameModel, models.TermModel, models.AlreadyModel),
    *(models.ExemptionModel, models.ReadingModel, models.ValuesFile, models.ParameterModel),
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_of_a_rule_file_is_explained(model: Any) -> None:
    text = page("rule-file.md")
    keys = [field.alias or name for name, field in model.model_fields.items()]
    assert [key for key in keys if f"`{key}`" not in text] == []


def test_every_key_of_a_case_beside_a_rulebook_is_explained() -> None:
    assert [key for key in EXPECT_KEYS if f"`{key}`" not in page("rule-file.md")] == []


def test_every_state_is_explained() -> None:
    text = page("json.md")
    assert [state for states in STATES.values() for state in states if f"`{state}`" not in text] == []


def test_every_key_of_the_json_of_check_and_why_is_explained(desk: Desk) -> None:
    checked = desk.check("mali-2021", desk.moment())
    record = json.loads(json.dumps(checked_record(checked)))
    tree = reason_record(checked.findings[0].tree)
    keys = {*record, *record["findings"][0], *record["findings"][0]["references"][0], *tree, "tree", "finding"}
    assert [key for key in sorted(keys) if f"`{key}`" not in page("json.md")] == []


def test_every_key_of_the_json_of_assumptions_deviations_and_patterns_is_explained(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "assume.yaml"
    path.write_text("remove: [au-no-suspension]\n", encoding="utf-8")
    supposed = supposed_record(suppose(desk, "chad-2021", desk.moment(), path, "au"))
    told = table_record(desk.patterns("lags", desk.moment()), desk.moment())
    departure = deviation_record(*desk.deviations(desk.moment(), "au")[0])
    no_rule = no_rule_record(desk.rules("au")[0])
    keys = {*supposed, *supposed["assumed"], *supposed["changes"][0], *told, *told["rows"][0], *departure, *no_rule}
    assert [key for key in sorted(keys) if f"`{key}`" not in page("json.md")] == []


def test_every_column_of_a_fact_is_explained(desk: Desk) -> None:
    fact: Fact = desk.case("mali-2021", desk.moment()).facts[0]
    assert [key for key in fact_record(fact) if f"`{key}`" not in page("json.md")] == []


def test_the_rulebook_of_the_recipe_can_be_read_and_its_cases_hold(tmp_path: Path) -> None:
    shown = {one.title: one for one in blocks(ROOT / "docs" / "how-to" / "add-a-rulebook.md") if "/" in one.title}
    for title, one in shown.items():
        path = tmp_path / title
        path.parent.mkdir(exist_ok=True)
        path.write_text(one.body, encoding="utf-8")
    assert {Path(title).name for title in shown} == {"rules.yaml", "values.yaml", "text.md", "cases.yaml"}
    folder = tmp_path / Path(next(iter(shown))).parent
    book = read_rulebook(folder)
    cases = read_cases(folder / "cases.yaml", book)
    assert {rule for case in cases for rule in case.expect} == {rule.id for rule in book.rules}
    assert [said for one in cases for said in differences(one, evaluate(book, one.snapshot, one.readings))] == []
