"""The ledger in one SQLite file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from goodoffices.ledger.schema import APPEND_ONLY

BUSY_MS: Final = 15_000
READING: Final[dict[str, Any]] = {}  # a transaction sees one state anyway


def engine(path: Path) -> Engine:
    """Open the file, for writing where that is allowed, else for reading only.

    A rollback journal, not a write-ahead log: the one file stays complete, and opens on a read-only disk.
    """
    read_only = path.exists() and not os.access(path, os.W_OK)
    query = {"mode": "ro" if read_only else "rwc", "uri": "true"}
    made = create_engine(
        URL.create("sqlite", database=f"file:{quote(os.fsencode(path.resolve()))}", query=query), poolclass=NullPool
    )

    @event.listens_for(made, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say so
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")  # the file may come from anybody
        connection.execute("PRAGMA temp_store = MEMORY")  # no fact strays into a temporary file
        if not read_only:
            connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return made


def guards() -> list[str]:
    """Triggers that refuse to change or remove what was written.

    The third kind is for INSERT OR REPLACE, by which SQLite removes a row without asking the trigger on DELETE.
    """
    found = []
    for table, key in APPEND_ONLY.items():
        for verb in ("UPDATE", "DELETE"):
            found.append(
                f"CREATE TRIGGER IF NOT EXISTS {table}_keeps_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: {table} refuses {verb}'); END"
            )
        found.append(
            f"CREATE TRIGGER IF NOT EXISTS {table}_keeps_place BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: {table} refuses REPLACE'); END"
        )
    return found


def guard_names() -> list[str]:
    """Names of the triggers that `guards` makes."""
    return [f"{table}_keeps_{what}" for table in APPEND_ONLY for what in ("update", "delete", "place")]


def standing_guards(connection: Connection) -> list[str]:
    """Names of the triggers that stand in the database."""
    return list(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())


def lock(connection: Connection) -> None:
    """Writers queue up: BEGIN IMMEDIATE has taken the file's write lock already."""
    connection.execute(text("SELECT 1"))
