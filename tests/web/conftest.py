"""The pages as a browser asks for them, over the whole casebook or a record of the test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk, open_desk
from goodoffices.web.app import create
from record import casebook_ledger, clock, desk, empty_desk, ledger_file

__all__ = ["casebook_ledger", "desk", "empty_desk", "ledger_file"]
HERE = "http://127.0.0.1"


def client_of(desk: Desk, hosts: tuple[str, ...] = ()) -> TestClient:
    """A client that shows a fault of ours as the reader would see it."""
    return TestClient(create(desk, hosts), base_url=HERE, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def reader(casebook_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Pages over the casebook that no test writes to."""
    path = tmp_path_factory.mktemp("read") / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(f"{casebook_ledger}.heads", f"{path}.heads")
    opened = open_desk(path, clock, recorder="tests")
    yield client_of(opened)
    opened.close()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """Pages over a record that the test may write to, through `desk`."""
    return client_of(desk)
