"""Whatever stands at whatever place of a file: it is read, or refused with file and line, and nothing else happens."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from goodoffices.casebook.actors import actors
from goodoffices.casebook.files import read_case, read_states
from goodoffices.core.errors import BadRecord

from .test_files import CASE

STATES = """
sources: {a: {title: A list of members}}
states:
  MLI:
    name: {en: Mali, fr: Mali, ar: مالي}
    m49: "466"
    facts:
      au-member: {kind: membership, when: 1963-05-25, actor: au, organisation: au, step: joined, text: "It joins.",
        confidence: high, sources: [a]}
"""
ACTORS = "au: {name: AU, name_fr: UA, lane: au, short: AU}\npsc: {name: PSC, name_fr: CPS, lane: au, part_of: au}\n"
ODD: list[Any] = [
    "",
    " ",
    "no",
    "..",
    "/",
    "2021-06-01/..",
    "unknown",
    "1" * 400,
    [],
    [[]],
    ["un", {}],
    {},
    {"": ""},
    {"a": []},
]


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*path, key))


def with_odd(text: str) -> Iterator[str]:
    """The file with one odd value in each place in turn, and with each key left out."""
    data = yaml.load(text, yaml.BaseLoader)
    for path in places(data):
        for odd in ODD:
            changed = copy.deepcopy(data)
            if not path:
                changed = odd
            else:
                inner = changed
                for key in path[:-1]:
                    inner = inner[key]
                inner[path[-1]] = odd
            yield yaml.safe_dump(changed, allow_unicode=True)
        if path and isinstance(path[-1], str):
            changed = copy.deepcopy(data)
            inner = changed
            for key in path[:-1]:
                inner = inner[key]
            del inner[path[-1]]
            yield yaml.safe_dump(changed, allow_unicode=True)


@pytest.mark.parametrize(
    ("text", "name", "reader"),
    [(CASE, "mali-2021.yaml", read_case), (STATES, "states.yaml", read_states), (ACTORS, "actors.yaml", actors)],
    ids=["case", "states", "actors"],
)
def test_an_odd_value_anywhere_is_read_or_refused(text: str, name: str, reader: Any, tmp_path: Path) -> None:
    path = tmp_path / name
    refused = 0
    for changed in with_odd(text):
        path.write_text(changed, encoding="utf-8")
        actors.cache_clear() if reader is actors else None
        try:
            reader(path)
        except BadRecord as fault:
            refused += 1
            for problem in fault.problems:
                assert problem.where.startswith(name) and problem.found and problem.remedy, (problem, changed)
    assert refused > 50
