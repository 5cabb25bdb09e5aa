"""Questions made from the OpenAPI document itself, right and wrong: no fault of ours, and every answer as promised.

A few for each operation here; `tools/fuzz_api.py` asks two thousand and more.
"""

import importlib.util
import os
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from goodoffices.desk.desk import Desk
from goodoffices.web.api_operations import operations

TOOL = Path(__file__).parents[2] / "tools" / "fuzz_api.py"


@pytest.fixture(scope="module")
def fuzzing() -> ModuleType:
    """tools/fuzz_api.py as a module."""
    spec = importlib.util.spec_from_file_location("fuzz_api", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning", "ignore::DeprecationWarning")
def test_no_question_brings_it_down(desk: Desk, fuzzing: ModuleType) -> None:
    seed = 20 if os.environ.get("CI") else random.randrange(2**32)
    found = fuzzing.fuzz(desk, examples=2, seed=seed, bounds=False)
    assert found.failures == {}, f"seed {seed}"
    assert found.cases >= 3 * len(operations())
    assert not [status for status in found.statuses if status >= 500]
    assert found.statuses[200] > len(operations())
    assert found.statuses[400] > len(operations()) / 3


def test_a_fault_would_show(desk: Desk, fuzzing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of the check: a verb that falls over, and an answer without its keys, are both found."""
    from goodoffices.web import api

    sound = api.as_json

    def hollow(value: object, status: int = 200) -> object:
        return sound({} if isinstance(value, dict) and "citation_fr" in value else value, status)

    monkeypatch.setattr(api, "as_json", hollow)
    schema = fuzzing.schema_of(desk, examples=1, seed=1, bounds=False).include(path="/api/v1/casebook")
    told = fuzzing.Tally()
    for event in fuzzing.from_schema(schema).execute():
        if isinstance(event, fuzzing.events.ScenarioFinished):
            fuzzing.note(told, event.recorder)
    assert [name for name in told.failures if "response_schema_conformance" in name]


@pytest.mark.parametrize(
    ("query", "stands"),
    [
        ({}, True),
        ({"then": "2021-06-15", "as_of": "2021-06-15"}, True),
        ({"then": "2021-06-15", "known_at": "2021-06-16"}, False),
        ({"since": "2021-06-15", "until": "2021-06-14"}, False),
        ({"from": "2021-06-15", "known_at": "2021-06-14"}, False),
        ({"from": "2027-01-01"}, False),
        ({"reading": ["a=1", "a=2"]}, False),
        ({"reading": ["a=1", "b=2"]}, True),
    ],
)
def test_only_questions_that_contradict_themselves_are_left_out(
    fuzzing: ModuleType, query: dict[str, object], stands: bool
) -> None:
    assert fuzzing.possible(query, "2026-11-21") is stands
