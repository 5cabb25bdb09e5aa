"""The house is as ARCHITECTURE.md draws it, and keeps its habits: small modules, plain names, one clock."""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "goodoffices"
DRAWN = ROOT / "ARCHITECTURE.md"
LONGEST_MODULE = 450
LONGEST_FUNCTION = 60
NO_NAMES = {"utils", "helpers", "common", "misc", "base", "manager"}
VALUES_AND_LAW = ("core", "norms", "rulebooks")
OUTSIDE = {
    *("sqlalchemy", "psycopg", "sqlite3", "socket", "ssl", "urllib", "http", "httpx", "httpx2", "requests"),
    *("ftplib", "smtplib", "asyncio", "fastapi", "starlette", "uvicorn"),
}
CLOCKS = {
    *(("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")),
    *(("time", name) for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")),
}
THE_CLOCK = "goodoffices.desk.desk.now"

MODULES = sorted(HOUSE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


# ---------------------------------------------------------------- the drawing


def drawing() -> list[list[str]]:
    """The rooms of the drawing, floor by floor, from the street down."""
    text = DRAWN.read_text(encoding="utf-8")
    block = re.search(r"^```\nsrc/goodoffices/\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert block, "ARCHITECTURE.md has no block that begins with src/goodoffices/"
    return [re.findall(r"\b([a-z_]+)/", line) for line in block[1].splitlines() if line.strip()]


def planned() -> list[str]:
    text = DRAWN.read_text(encoding="utf-8")
    part = re.search(r"^## Planned rooms\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert part, "ARCHITECTURE.md has no section `## Planned rooms`"
    return re.findall(r"^\| `([a-z_]+)/`", part[1], re.MULTILINE)


def test_the_drawing_is_the_list_of_folders() -> None:
    rooms = [room for floor in drawing() for room in floor]
    folders = {path.name for path in HOUSE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert len(rooms) == len(set(rooms))
    assert set(rooms) == folders


def test_the_drawn_floors_are_those_the_import_contract_enforces() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = config["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["id"] == "floors")
    assert [set(floor) for floor in drawing()] == [set(floor.split(" | ")) for floor in floors]


def test_planned_rooms_are_not_built() -> None:
    assert planned()
    built = [room for room in planned() if (HOUSE / room).exists()]
    assert not built, f"{built} stand already: move them into the drawing of ARCHITECTURE.md"


# ---------------------------------------------------------------- the habits


@each_module
def test_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), f"{name_of(path)} has no docstring"


@each_module
def test_module_is_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{name_of(path)} has {lines} lines; at most {LONGEST_MODULE}: find the seam in it"


@each_module
def test_functions_are_short(path: Path) -> None:
    long = [
        f"{path.name}:{node.lineno} {node.name} has {lines} lines"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long, f"at most {LONGEST_FUNCTION}: {long}"


FOLDERS = [HOUSE, *sorted(path for path in HOUSE.rglob("*") if path.is_dir() and "__pycache__" not in path.parts)]


@pytest.mark.parametrize("path", FOLDERS, ids=name_of)
def test_nothing_is_called_by_an_empty_name(path: Path) -> None:
    named = {child.stem for child in path.iterdir() if child.suffix in (".py", "")}
    assert not named & NO_NAMES, f"{path}: say what is in it"


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("__init__.py")), ids=name_of)
def test_packages_hold_nothing_of_their_own(path: Path) -> None:
    allowed = (ast.Import, ast.ImportFrom)
    for number, node in enumerate(tree_of(path).body):
        docstring = number == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        listing = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("__all__", "__version__")
        assert docstring or listing or isinstance(node, allowed), f"{name_of(path)}, line {node.lineno}"


def imports_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((one.name.partition(".")[0], node.lineno) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0], node.lineno


@pytest.mark.parametrize("room", VALUES_AND_LAW)
def test_values_and_law_know_neither_database_nor_network(room: str) -> None:
    found = [
        f"{name_of(path)}:{line} imports {package}"
        for path in sorted((HOUSE / room).rglob("*.py"))
        for package, line in imports_in(tree_of(path))
        if package in OUTSIDE
    ]
    assert not found


def clock_readings(path: Path) -> Iterator[str]:
    """Where a module reads the clock of the machine: "module.function", however the clock was imported."""

    def walk(node: ast.AST, inside: str) -> Iterator[str]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside = f"{inside}.{node.name}"
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).rpartition(".")[2]
            if (owner, node.attr) in CLOCKS:
                yield inside
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (inside for one in node.names if ("time", one.name) in CLOCKS)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    yield from walk(tree_of(path), name_of(path))


def test_one_function_reads_the_clock() -> None:
    assert {where for path in MODULES for where in clock_readings(path)} == {THE_CLOCK}
