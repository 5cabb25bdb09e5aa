"""The casebook's ledger, and one desk over it that no test of advice writes to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.desk.desk import Desk, open_desk
from record import casebook_ledger, clock, desk, ledger_file

__all__ = ["advised", "casebook_ledger", "desk", "ledger_file"]


@pytest.fixture(scope="session")
def advised(casebook_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the casebook that no test writes to."""
    path = tmp_path_factory.mktemp("advised") / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(f"{casebook_ledger}.heads", f"{path}.heads")
    opened = open_desk(path, clock, recorder="tests", take_in=False)
    yield opened
    opened.close()
