"""The words of GLOSSARY.md are the names in the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "goodoffices"
# Rooms whose closed lists of words (kinds of fact, states, confidence) are names too.
VOCABULARY = ("core", "norms", "casebook", "briefs")
WORD = re.compile(r"[a-z][a-z0-9_]*\Z")


def rows() -> list[tuple[str, str, str, str]]:
    found = []
    for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[0] != "Term":
            found.append((cells[0], cells[1], cells[2], cells[3]))
    return found


def names_in_code() -> set[str]:
    names: set[str] = set()
    for path in HOUSE.rglob("*.py"):
        names |= {path.stem, path.parent.name}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and path.parent.name in VOCABULARY:
                names |= {node.value} if WORD.match(node.value) else set()
    return names


def test_the_glossary_has_terms_once_and_in_order() -> None:
    terms = [term.casefold() for term, *_ in rows()]
    assert len(terms) > 60
    assert terms == sorted(set(terms))


@pytest.mark.parametrize(("term", "meaning", "code"), [(row[0], row[2], row[3]) for row in rows()])
def test_each_term_is_said_and_is_a_name_in_the_code(term: str, meaning: str, code: str) -> None:
    assert meaning.endswith("."), f"{term}: one or two whole sentences"
    names = re.findall(r"`([^`]+)`", code)
    assert names, f"{term}: no name in the code"
    missing = [name for name in names if name not in NAMES]
    assert not missing, f"{term}: the code has no {missing}"


NAMES = names_in_code()
