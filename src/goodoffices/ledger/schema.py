"""The tables of the ledger, the same for every database.

Invariant: nothing is overwritten. Triggers of each dialect refuse UPDATE and DELETE on every table here.
Days and times are ISO 8601 text, compared by code point on every database.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, MetaData, SmallInteger, String, Table, Text

LAYOUT: Final = "1"
metadata = MetaData()


def _plain(length: int) -> String:
    """Text that PostgreSQL, too, compares by code point, whatever the language of its cluster."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


entry = Table(
    "entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("verb", String(8), nullable=False),  # assert, correct, retract
    Column("fact_key", _plain(200), nullable=False),
    Column("version", String(16), nullable=False),
    Column("subject", _plain(120), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("marking", SmallInteger, nullable=False),
    Column("effective_from", _plain(10), nullable=False),  # from which day of knowledge this entry counts
    Column("known_at", _plain(10), nullable=False),
    Column("recorded_at", _plain(32), nullable=False),  # UTC
    Column("recorder", String(120), nullable=False),
    Column("origin", String(40), nullable=False),  # casebook, desk, a provider
    Column("reason", Text, nullable=False),
    Column("payload", Text, nullable=False),  # canonical JSON of the fact
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("entry_by_key", "subject", "fact_key", "effective_from", "seq"),
    Index("entry_by_origin", "origin", "subject"),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
    Column("recorded_at", _plain(32), nullable=False),
)

intake = Table(
    "intake",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", String(40), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("recorded_at", _plain(32), nullable=False),
)

layout = Table("layout", metadata, Column("version", String(10), primary_key=True))

# Each table and its primary key.
APPEND_ONLY: Final = {"entry": "seq", "checkpoint": "seq", "intake": "id", "layout": "version"}
