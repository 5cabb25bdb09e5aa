"""What is compiled is kept until any module of the rules changes."""

import ast
import os
from pathlib import Path

import pytest

import goodoffices
from goodoffices.norms import compiled
from goodoffices.norms.calendar import civil
from goodoffices.norms.compiled import folder, stamp

ROOM = Path(compiled.__file__).parent


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    room = tmp_path / "room"
    room.mkdir()
    (room / "one.py").write_text("A = 1\n")
    (room / "two.py").write_text("B = 2\n")
    return room


@pytest.mark.parametrize(
    ("name", "says"), [("one.py", "A = 2\n"), ("two.py", ""), ("three.py", ""), ("one.py", "A = 1\nB = 2\n")]
)
def test_another_place_once_any_module_has_changed(modules: Path, name: str, says: str) -> None:
    before = folder(modules)
    assert folder(modules) == before
    before.mkdir(parents=True)
    (before / "one.nbi").touch()
    (modules / name).write_text(says)
    after = folder(modules)
    assert after != before
    assert after.parent == before.parent == modules / "__pycache__"
    assert not before.exists(), "what is out of date is cleared away"


def test_a_day_alone_changes_nothing(modules: Path) -> None:
    before = stamp(modules)
    os.utime(modules / "one.py", (0, 0))
    assert stamp(modules) == before


def test_the_readers_own_folder_is_used_and_left_alone(modules: Path, tmp_path: Path) -> None:
    (tmp_path / "mine" / "compiled-old").mkdir(parents=True)
    assert folder(modules, str(tmp_path / "mine")).parent == tmp_path / "mine"
    assert (tmp_path / "mine" / "compiled-old").exists()


def test_a_folder_that_may_not_be_written(modules: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(os, "access", lambda *_: False)
    kept = folder(modules)
    assert not kept.is_relative_to(modules)
    assert kept.name == f"compiled-{stamp(modules)}"


def test_the_compiler_keeps_where_it_was_told() -> None:
    civil(1)
    assert Path(civil.stats.cache_path).parent == compiled._KEPT  # type: ignore[attr-defined]
    assert compiled._KEPT.name == f"compiled-{stamp(ROOM)}"


def test_nothing_is_compiled_past_it() -> None:
    """Another module that asked the compiler itself would keep what is out of date."""
    asks = {
        path
        for path in Path(goodoffices.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom) and "numba" in _asked(node)
    }
    assert asks == {ROOM / "compiled.py"}


def _asked(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
    return {name.partition(".")[0] for name in names}
