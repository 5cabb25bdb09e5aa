"""Fixtures over the whole casebook: a desk with a clock that stands still, on a ledger of the test's own."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from goodoffices.desk.desk import Desk, open_desk

TODAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def clock() -> datetime:
    """Noon of the day on which all tests are run."""
    return TODAY


def day(text: str) -> date:
    """A day, for short."""
    return date.fromisoformat(text)


@pytest.fixture(scope="session")
def casebook_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the installed casebook taken in, never written to: tests copy it."""
    path = tmp_path_factory.mktemp("casebook") / "ledger.db"
    open_desk(path, clock, recorder="tests").close()
    return path


@pytest.fixture
def ledger_file(casebook_ledger: Path, tmp_path: Path) -> Path:
    """A copy of the casebook's ledger, the test's own."""
    path = tmp_path / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(casebook_ledger.with_name("ledger.db.heads"), path.with_name("ledger.db.heads"))
    return path


@pytest.fixture
def desk(ledger_file: Path) -> Iterator[Desk]:
    """A desk over the test's own copy of the casebook."""
    opened = open_desk(ledger_file, clock, recorder="tests")
    yield opened
    opened.close()


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over a ledger with nothing in it."""
    opened = open_desk(tmp_path / "empty.db", clock, recorder="tests", take_in=False)
    yield opened
    opened.close()
