"""The recipes with code in them are followed to the letter, in a copy of the house, and their own tests are run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .test_documents import blocks

ROOT = Path(__file__).parents[2]
RECIPES = ("add-a-page", "add-a-figure")
CONFTEST = """
from goodoffices.web import pages
from goodoffices.web import {modules}
from record import casebook_ledger, desk, ledger_file

for recipe in ({modules},):
    pages.router.include_router(recipe.router)
__all__ = ["casebook_ledger", "desk", "ledger_file"]
"""
NOT_NEEDED = shutil.ignore_patterns("__pycache__", "*.ttf", "*.woff2", "mapping")


def follow(name: str, house: Path) -> list[str]:
    """Write every file a recipe shows; gives their paths."""
    shown = [block for block in blocks(ROOT / "docs" / "how-to" / f"{name}.md") if block.title]
    for block in shown:
        path = house / block.title
        assert not path.exists(), f"{name}: {block.title} stands already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")
    return [block.title for block in shown]


@pytest.mark.slow
def test_recipes_work(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=NOT_NEEDED)
    written = [title for name in RECIPES for title in follow(name, tmp_path)]
    tests = [title for title in written if title.startswith("tests/")]
    modules = [
        Path(title).stem for title in written if title.endswith(".py") and "/web/" in title and title not in tests
    ]
    assert len(tests) == len(modules) == len(RECIPES)
    shutil.copy(ROOT / "tests" / "record.py", tmp_path / "record.py")
    (tmp_path / "conftest.py").write_text(CONFTEST.format(modules=", ".join(modules)), encoding="utf-8")
    paths = os.pathsep.join((str(tmp_path / "src"), str(tmp_path)))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", *tests],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
