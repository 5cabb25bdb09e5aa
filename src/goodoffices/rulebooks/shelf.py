"""The shelf of rulebooks: finds the folders and reads them.

A folder is a rulebook when it has a rules.yaml. Add one by adding a folder: see docs/how-to/add-a-rulebook.md.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

from goodoffices.core.errors import BadRule, NoAnswer, Problem
from goodoffices.norms.language import read_rulebook
from goodoffices.norms.rules import Rulebook

SHELF: Final = Path(__file__).parent


@functools.lru_cache(maxsize=8)
def rulebooks(shelf: Path = SHELF) -> tuple[Rulebook, ...]:
    """All rulebooks of a shelf, by id. BadRule with every problem of every folder."""
    found: list[Rulebook] = []
    problems: list[Problem] = []
    for rules in sorted(shelf.glob("*/rules.yaml")):
        try:
            found.append(read_rulebook(rules.parent))
        except BadRule as fault:
            problems += fault.problems
    if problems:
        raise BadRule(problems)
    return tuple(found)


def rulebook(name: str, shelf: Path = SHELF) -> Rulebook:
    """The rulebook of this id. NoAnswer, with the ids there are, where there is none."""
    books = rulebooks(shelf)
    for book in books:
        if book.id == name:
            return book
    names = [book.id for book in books]
    raise NoAnswer(f"there is no rulebook {name!r}. There are: {', '.join(names)}.", names)
