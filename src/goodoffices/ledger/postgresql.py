"""The ledger in PostgreSQL, through psycopg 3. The same tables; other triggers, another lock."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, text

from goodoffices.ledger.schema import APPEND_ONLY

_WRITER_LOCK: Final = 0x600D0FF1  # any fixed number: writers of one ledger queue on it

READING: Final[dict[str, Any]] = {"isolation_level": "REPEATABLE READ"}  # one state for all questions of a reading


def engine(url: str) -> Engine:
    """Open a database by its address (postgresql://user@host/name)."""
    scheme, _, rest = url.partition("://")
    return create_engine(f"postgresql+psycopg://{rest}" if "+" not in scheme else url, pool_pre_ping=True)


def guards() -> list[str]:
    """Triggers that refuse to change, remove or empty what was written."""
    statements = [
        "CREATE OR REPLACE FUNCTION goodoffices_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'the ledger is append-only: % refuses %', TG_TABLE_NAME, TG_OP; END $$"
    ]
    for table in APPEND_ONLY:
        statements += [
            f"DROP TRIGGER IF EXISTS {table}_keeps_rows ON {table}",
            f"CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION goodoffices_append_only()",
            f"DROP TRIGGER IF EXISTS {table}_keeps_all ON {table}",
            f"CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION goodoffices_append_only()",
        ]
    return statements


def guard_names() -> list[str]:
    """Names of the triggers that `guards` makes."""
    return [f"{table}_keeps_{what}" for table in APPEND_ONLY for what in ("rows", "all")]


def standing_guards(connection: Connection) -> list[str]:
    """Names of the triggers that stand in the database and are switched on."""
    query = (
        "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE pg_table_is_visible(c.oid) AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
    )
    return list(connection.execute(text(query)).scalars())


def lock(connection: Connection) -> None:
    """Writers queue up until the transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
