"""The cases that stand beside a rulebook: decided history and made-up facts, with what each rule must come to."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from goodoffices.core.yamlfile import read_yaml
from goodoffices.rulebooks.shelf import SHELF


@dataclass(frozen=True, slots=True)
class Trials:
    """How many cases stand beside a rulebook, and how many of them try each of its rules."""

    cases: int
    by_rule: Mapping[str, int]


@functools.lru_cache(maxsize=4)
def _folders(shelf: Path) -> Mapping[str, Path]:
    """The folder of each rulebook: its name need not be the rulebook's."""
    found = {}
    for path in shelf.glob("*/rules.yaml"):
        located = read_yaml(path, [])
        if located is not None and isinstance(located.data, dict):
            found[str(located.data.get("rulebook"))] = path.parent
    return MappingProxyType(found)


@functools.lru_cache(maxsize=64)
def trials(book: str, shelf: Path = SHELF) -> Trials:
    """The cases beside a rulebook; none where it has no file of them."""
    folder = _folders(shelf).get(book)
    located = read_yaml(folder / "cases.yaml", []) if folder else None
    given = located.data if located is not None and isinstance(located.data, dict) else {}
    cases = given.get("cases") or []
    tried: dict[str, int] = {}
    for case in cases:
        for rule in case.get("expect", {}):
            tried[rule] = tried.get(rule, 0) + 1
    return Trials(len(cases), MappingProxyType(tried))
