"""Drafts: forms kept though they are not finished, beside the record and never in it.

Invariant: a draft that was kept is on the disk, whole; nothing but the page of drafts, and the form it fills, shows it.
It carries no hash and no history: it is nobody's word yet.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final

from goodoffices.core.errors import BadRecord, Broken, NoAnswer, Problem
from goodoffices.desk.beside import beside, made_ready
from goodoffices.desk.desk import Desk
from goodoffices.ledger.entries import stamp

FORMS: Final = ("case", "fact", "paste")
MOST: Final = 500
_WAIT: Final = 15.0  # seconds for another writer
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS draft (id INTEGER PRIMARY KEY AUTOINCREMENT, form TEXT NOT NULL, "
    "subject TEXT NOT NULL, fields TEXT NOT NULL, kept_at TEXT NOT NULL, keeper TEXT NOT NULL)"
)
_COLUMNS: Final = "id, form, subject, fields, kept_at, keeper"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it stood when it was kept. `form`: a new case, a fact, or a pasted text; `subject`: of which case."""

    id: int
    form: str
    subject: str
    fields: Mapping[str, str]
    kept_at: str
    keeper: str

    @property
    def words(self) -> str:
        """What tells it from others: its first words."""
        names = ("text", "what", "pasted", "country", "kind", "actor", "source_title", "source")
        said = next((self.fields[name] for name in names if self.fields.get(name)), "")
        first = " ".join(said.split())
        return first if len(first) <= 90 else first[:89].rstrip() + "…"


class Drafts:
    """The drafts beside one record."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self.path = beside(desk.place(), "drafts")

    def keep(self, form: str, subject: str, fields: Mapping[str, str], draft: int | None = None) -> Draft:
        """Keep a form as it stands, in the place of an earlier draft where one is named and still there."""
        content = {name: value for name, value in fields.items() if value}
        if not content:
            raise BadRecord([Problem("the draft", "is empty.", "Type something first.")])
        row = (form, subject, json.dumps(content, ensure_ascii=True), stamp(self._desk.clock()), self._desk.recorder)
        made_ready(self.path)
        with self._open() as connection:
            connection.execute(_TABLE)
            connection.execute("BEGIN IMMEDIATE")
            changed = 0
            if draft is not None:
                update = "UPDATE draft SET form = ?, subject = ?, fields = ?, kept_at = ?, keeper = ? WHERE id = ?"
                changed = connection.execute(update, (*row, draft)).rowcount
            if not changed:
                if connection.execute("SELECT count(*) FROM draft").fetchone()[0] >= MOST:
                    connection.execute("ROLLBACK")
                    raise BadRecord([Problem("the draft", f"there are {MOST} drafts.", "Delete some.")])
                insert = "INSERT INTO draft (form, subject, fields, kept_at, keeper) VALUES (?, ?, ?, ?, ?)"
                draft = connection.execute(insert, row).lastrowid
            connection.execute("COMMIT")
        return self.find(int(draft or 0))

    def all(self, subject: str | None = None) -> tuple[Draft, ...]:
        """The drafts, of all cases or of one, newest first."""
        if not self.path.exists():
            return ()
        with self._open() as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'draft'").fetchone():
                return ()
            rows = connection.execute(f"SELECT {_COLUMNS} FROM draft ORDER BY kept_at DESC, id DESC")
            found = [_draft(row) for row in rows]
        return tuple(one for one in found if subject is None or one.subject == subject)

    def find(self, draft: int) -> Draft:
        """One draft. NoAnswer where there is none."""
        found = next((one for one in self.all() if one.id == draft), None)
        if found is None:
            raise NoAnswer(f"there is no draft {draft}: it was recorded or deleted.")
        return found

    def delete(self, draft: int) -> None:
        """Delete one draft for good. NoAnswer where there is none."""
        self.find(draft)
        with self._open() as connection:
            connection.execute("DELETE FROM draft WHERE id = ?", (draft,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA temp_store = MEMORY")
                connection.execute("PRAGMA trusted_schema = OFF")
                yield connection
        except sqlite3.Error as fault:
            raise Broken(f"the drafts in {self.path} cannot be read or written: {fault}.") from fault


def _draft(row: tuple[int, str, str, str, str, str]) -> Draft:
    number, form, subject, fields, kept_at, keeper = row
    try:
        read = {str(name): str(value) for name, value in json.loads(fields).items()}
    except (ValueError, AttributeError) as fault:
        raise Broken(f"the draft {number} cannot be read.") from fault
    return Draft(number, form, subject, read, kept_at, keeper)
