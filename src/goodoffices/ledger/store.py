"""The verbs of the ledger: assert, correct, retract; snapshot, history, changes, verify.

Invariant: an entry, once written, stays. What the record says as known on day K is, for each fact key, the last entry
written whose `effective_from` is on or before K; a retracted key, and one known only after K, is then absent.
What is decided about an entry (is the key used, is it the same content) is decided under the writers' lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, inspect, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from goodoffices.core.errors import BadRecord, Broken, NoAnswer, Problem
from goodoffices.core.facts import Fact, order
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.ledger import postgresql, queries, sqlite
from goodoffices.ledger.chain import GENESIS, Head, Verification, Witness, faults_of_chain, faults_of_end
from goodoffices.ledger.entries import (
    Change,
    Draft,
    Entry,
    Spell,
    Verb,
    counted,
    entry_of,
    fact_of,
    instant,
    record_of,
    rows_of,
    stamp,
)
from goodoffices.ledger.queries import Question, head_of
from goodoffices.ledger.schema import LAYOUT, checkpoint, entry, intake, layout, metadata

__all__ = ["Change", "Draft", "Entry", "Ledger", "Spell", "Verb", "open_ledger"]
_BATCH: Final = 2_000
_Plan = Callable[[Connection], Sequence[Draft]]


class Ledger:
    """One ledger in one database. Use `open_ledger`; close with `close`."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], witness: Witness | None = None):
        self._engine = engine
        self._now = now
        self._witness = witness
        self._dialect = sqlite if engine.dialect.name == "sqlite" else postgresql

    @property
    def place(self) -> Path | str:
        """Where it lies: its file, or the address of its database, without the password."""
        if self._witness:
            return self._witness.database
        return self._engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # writing

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(writing=True) as connection, connection.begin():
                self._dialect.lock(connection)
                yield connection
        except DBAPIError as fault:
            raise Broken(f"the ledger could not be written: {fault.orig}. Nothing of this request was kept.") from fault

    def prepare(self) -> None:
        """Create tables and guards in an empty database. Broken where it holds another layout, or is no ledger."""
        if self._prepared():
            return
        with self._writing() as connection:
            metadata.create_all(connection)
            for statement in self._dialect.guards():
                connection.exec_driver_sql(statement.replace("%", "%%") if self._dialect is postgresql else statement)
            if connection.execute(select(layout.c.version)).scalar() is None:
                connection.execute(insert(layout).values(version=LAYOUT))

    def _prepared(self) -> bool:
        with self._engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            found = connection.execute(select(layout.c.version)).scalar() if layout.name in tables else None
        if found == LAYOUT:
            return True
        if found is not None:
            raise Broken(
                f"the database has layout {found}, this program writes {LAYOUT}: use the program that made it."
            )
        # A file is ours alone; in a PostgreSQL database other tables may stand beside ours.
        strange = tables if self._dialect is sqlite else tables & set(metadata.tables)
        if strange:
            named = ", ".join(sorted(strange)[:5])
            raise Broken(f"the database is no ledger: it holds the tables {named}. Name another place with --db.")
        return False

    def append(self, drafts: Sequence[Draft], recorder: str, origin: str = "desk", intake_digest: str = "") -> Head:
        """Write entries in one transaction: all or none. Gives the new end of the chain.

        With `intake_digest` nothing is written where the last intake of this origin had the same digest: two programs
        that start at once take a file in once. BadRecord for what could not be read back (see entries).
        """
        if not drafts and not intake_digest:
            return self.head()
        return self._write(lambda _: drafts, recorder, origin, intake_digest)

    def _write(self, plan: _Plan, recorder: str, origin: str, digest: str = "") -> Head:
        if self._witness:
            self._witness.make_ready()
        with self._writing() as connection:
            head = head_of(connection)
            if digest and queries.digest_of(connection, origin) == digest:
                return head
            drafts = plan(connection)
            written = stamp(self._now())
            rows = rows_of(drafts, head, written, recorder, origin)
            for start in range(0, len(rows), _BATCH):
                connection.execute(insert(entry), rows[start : start + _BATCH])
            if rows:
                head = Head(rows[-1]["seq"], rows[-1]["hash"])
                connection.execute(insert(checkpoint).values(seq=head.seq, hash=head.hash, recorded_at=written))
            if digest:
                noted = {"origin": origin, "digest": digest, "seq": head.seq, "recorded_at": written}
                connection.execute(insert(intake).values(**noted))
        if rows and self._witness:
            self._witness.add(head)
        return head

    def assert_facts(self, facts: Sequence[Fact], recorder: str, origin: str = "desk", reason: str = "") -> Head:
        """Record new facts. The same content again is passed over; another content under a used key is refused."""

        def plan(connection: Connection) -> list[Draft]:
            used = queries.last_by_key(connection, list(dict.fromkeys(fact.key for fact in facts)))
            versions = {key: row.version for key, row in used.items() if row.verb != "retract"}
            drafts: list[Draft] = []
            problems: list[Problem] = []
            for fact in facts:
                if fact.key not in versions:
                    versions[fact.key] = fact.version
                    drafts.append(Draft("assert", fact, fact.known_at, reason))
                elif versions[fact.key] != fact.version:
                    found = "is recorded already, or twice here, with another content."
                    problems.append(Problem(fact.key, found, "Use `correct` to change it."))
            if problems:
                raise BadRecord(problems)
            return drafts

        return self._write(plan, recorder, origin)

    def correct(
        self, fact: Fact, recorder: str, reason: str, from_known: date | None = None, origin: str = "desk"
    ) -> Head:
        """Replace a fact's content. Without `from_known` the record is mended for every day of knowledge; with it, what
        was known before that day stays visible for earlier days of knowledge. The same content again, for no more days
        than before, is passed over. NoAnswer where there is nothing to correct."""

        def plan(connection: Connection) -> list[Draft]:
            current = _present(connection, fact.key)
            since = from_known or min(fact.known_at, _first_known(connection, fact.key))
            if current.version == fact.version and since.isoformat() >= current.effective_from:
                return []
            return [Draft("correct", fact, since, reason)]

        return self._write(plan, recorder, origin)

    def retract(
        self, key: str, recorder: str, reason: str, from_known: date | None = None, origin: str = "desk"
    ) -> Head:
        """Withdraw a fact: for every day of knowledge, or from `from_known` on. NoAnswer where there is none."""

        def plan(connection: Connection) -> list[Draft]:
            current = _present(connection, key)
            return [Draft("retract", fact_of(current), from_known or _first_known(connection, key), reason)]

        return self._write(plan, recorder, origin)

    # reading

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One state of the ledger for all that is asked within."""
        try:
            with self._engine.connect().execution_options(**self._dialect.READING) as connection:
                yield connection
        except DBAPIError as fault:
            raise Broken(f"the ledger could not be read: {fault.orig}.") from fault

    def head(self) -> Head:
        """The end of the chain; number 0 for an empty ledger."""
        with self._reading() as connection:
            return head_of(connection)

    def taken_in(self, origin: str) -> str:
        """Digest of what was last taken in from this origin, or nothing."""
        with self._reading() as connection:
            return queries.digest_of(connection, origin)

    def snapshot(
        self,
        subjects: Sequence[str] | None,
        as_of: date,
        known_at: date,
        clearance: Marking = Marking.UNCLASSIFIED,
        recorded_until: str | None = None,
        kinds: Sequence[str] | None = None,
        upto: int | None = None,
    ) -> Snapshot:
        """What was known on `known_at` about `subjects` (all, when None), to a reader of `clearance`.

        `recorded_until` (ISO 8601, UTC where it names no zone) takes the ledger back to what had been written by then.
        `upto` does so by the number of the last entry that counts.
        `kinds` narrows the facts for lists; findings need all kinds.
        """
        until = None if recorded_until is None else instant(recorded_until)
        question = Question(_listed(subjects), known_at.isoformat(), clearance, until, kinds, upto)
        with self._reading() as connection:
            return _snapshot(connection, question, as_of, known_at)

    def history(self, key: str, clearance: Marking = Marking.UNCLASSIFIED) -> tuple[Entry, ...]:
        """Every entry about one fact, oldest first. NoAnswer where there is none that this reader may see."""
        with self._reading() as connection:
            rows = queries.entries_of_key(connection, key)
        # A fact whose marking was raised is hidden with its past: the past would give it away.
        if not rows or rows[-1].marking > clearance:
            raise NoAnswer(f"the record has no fact {key!r}.")
        return tuple(entry_of(row) for row in rows if row.marking <= clearance)

    def changes(
        self,
        start: date,
        end: date,
        subjects: Sequence[str] | None = None,
        clearance: Marking = Marking.UNCLASSIFIED,
        recorded: tuple[str, str] | None = None,
    ) -> tuple[Change, ...]:
        """What was new between two days of knowledge; with `recorded` (two times) between two states of the ledger."""
        listed = _listed(subjects)
        earlier, later = (instant(text) for text in recorded) if recorded else (None, None)
        with self._reading() as connection:
            asked = Question(listed, start.isoformat(), clearance, earlier)
            first = _snapshot(connection, asked, start, start)
            asked = Question(listed, end.isoformat(), clearance, later)
            second = _snapshot(connection, asked, end, end)
        before = {fact.key: fact for fact in first.facts}
        after = {fact.key: fact for fact in second.facts}
        found = [Change("new", None, fact) for key, fact in after.items() if key not in before]
        found += [Change("withdrawn", fact, None) for key, fact in before.items() if key not in after]
        found += [
            Change("corrected", before[key], fact)
            for key, fact in after.items()
            if key in before and before[key].version != fact.version
        ]
        return tuple(sorted(found, key=lambda change: order(change.fact)))

    def verify(self, heads: Iterable[Head] = ()) -> Verification:
        """Recompute the chain from the first entry; compare its end with checkpoints, witness file and `heads`."""
        hashes: dict[int, str] = {}
        # The witness is read first: what it saw before we look must then be there.
        seen = list(self._witness.heads()) if self._witness else []
        with self._reading() as connection:
            rows = connection.execution_options(yield_per=_BATCH).execute(select(entry).order_by(entry.c.seq))
            faults = list(faults_of_chain((row._asdict() for row in rows), hashes))
            noted, moved = queries.checkpoints(connection)
            faults += [
                f"the guard {name} is gone: something may have been changed." for name in self._unguarded(connection)
            ]
        last = max(hashes, default=0)
        faults += faults_of_end(hashes, noted, "the table of checkpoints")
        faults += [f"the checkpoint of entry {seq} was changed after it was written." for seq in moved]
        noted_last = max((head.seq for head in noted), default=0)
        if noted_last < last:
            faults.append(
                f"checkpoints end at entry {noted_last}, the chain at {last}: "
                "a checkpoint was removed or an entry slipped in."
            )
        notes = []
        if self._witness:
            faults += faults_of_end(hashes, seen, f"the witness file {self._witness.path.name}")
            notes = list(self._witness.gaps(seen, last))
        faults += faults_of_end(hashes, heads, "the printed chain head")
        head = Head(last, hashes.get(last, GENESIS))
        return Verification(len(hashes), head, tuple(dict.fromkeys(faults)), tuple(notes))

    def _unguarded(self, connection: Connection) -> list[str]:
        standing = set(self._dialect.standing_guards(connection))
        return [name for name in self._dialect.guard_names() if name not in standing]

    def last_entries(self, subjects: Sequence[str]) -> dict[str, tuple[Entry, ...]]:
        """For each fact key of these subjects, its entries, oldest first: what taking in a changed file compares
        with."""
        found: dict[str, list[Entry]] = {}
        with self._reading() as connection:
            for row in queries.entries_of_subjects(connection, _listed(subjects) or ()):
                found.setdefault(row.fact_key, []).append(entry_of(row))
        return {key: tuple(entries) for key, entries in found.items()}

    def spells(self, clearance: Marking = Marking.UNCLASSIFIED) -> Iterator[Spell]:
        """Every content that any fact ever had, each with the days of knowledge on which a reader of `clearance` finds
        it: what `snapshot` gives on a day is what has a spell on that day. For what looks through the whole record."""
        with self._reading() as connection:
            counting = counted(queries.every_entry(connection), clearance)
            with queries.every_payload(connection) as rows:
                for row in rows:
                    if row.seq in counting:
                        yield Spell(row.seq, record_of(row.seq, row.payload), *counting[row.seq])

    def numbered(self, numbers: Sequence[int]) -> dict[int, Fact]:
        """The contents that these entries gave, by their numbers."""
        with self._reading() as connection:
            return {row.seq: fact_of(row) for row in queries.numbered(connection, numbers)}

    def after(self, number: int, clearance: Marking = Marking.UNCLASSIFIED) -> tuple[Entry, ...]:
        """Entries written after that number, oldest first; a fact whose marking was raised is hidden with its past."""
        with self._reading() as connection:
            rows = list(queries.entries_after(connection, number))
        newest = {row.fact_key: row.marking for row in rows}
        return tuple(entry_of(row) for row in rows if row.marking <= clearance and newest[row.fact_key] <= clearance)

    def number_at(self, recorded_until: str) -> int:
        """The number of the last entry written by a time (ISO 8601); 0 where there is none."""
        with self._reading() as connection:
            return queries.number_at(connection, instant(recorded_until))

    def head_at(self, number: int) -> Head | None:
        """The chain's end as it was after that entry; None where there is no such entry."""
        with self._reading() as connection:
            return queries.head_at(connection, number)

    def subjects_from(self, origin: str) -> tuple[str, ...]:
        """Subjects that have entries of this origin."""
        with self._reading() as connection:
            return queries.subjects_from(connection, origin)


def _present(connection: Connection, key: str) -> Any:
    """The row that stands for a fact. NoAnswer where the record has none, or has it no longer."""
    current = queries.last_by_key(connection, [key]).get(key)
    if current is None or current.verb == "retract":
        raise NoAnswer(f"the record has no fact {key!r} to change.")
    return current


def _first_known(connection: Connection, key: str) -> date:
    return date.fromisoformat(queries.first_effective(connection, key))


def _listed(subjects: Sequence[str] | None) -> Sequence[str] | None:
    """One subject given as plain text is one subject, not its letters."""
    return (subjects,) if isinstance(subjects, str) else subjects


def _snapshot(connection: Connection, question: Question, as_of: date, known_at: date) -> Snapshot:
    head = head_of(connection)
    known, later = queries.answer(connection, question)
    return Snapshot(
        tuple(question.subjects or ()),
        as_of,
        known_at,
        question.clearance,
        tuple(sorted(map(fact_of, known), key=order)),
        tuple(sorted(map(fact_of, later), key=order)),
        head.printed,
    )


def open_ledger(address: str | Path, now: Callable[[], datetime]) -> Ledger:
    """Open, or make, a ledger: a file path, sqlite:///PATH or postgresql://... BadRecord for an address that names no
    ledger, Broken where it cannot be opened."""
    text = str(address)
    scheme = text.partition("://")[0] if isinstance(address, str) and "://" in text else ""
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        where = text.rpartition("@")[2].partition("?")[0]
        ledger = Ledger(_postgresql_engine(text, where), now)
    elif scheme in ("", "sqlite"):
        path = Path(text.removeprefix("sqlite:///")).absolute()
        where = str(path)
        _make_place(path)
        ledger = Ledger(sqlite.engine(path), now, Witness(path))
    else:
        raise BadRecord([Problem("--db", f"{scheme} is no database we know.", _ADDRESSES)])
    try:
        ledger.prepare()
    except (DBAPIError, Broken) as fault:
        ledger.close()
        found = f" cannot be opened as a ledger: {fault.orig}." if isinstance(fault, DBAPIError) else f": {fault}"
        raise Broken(where + found) from fault
    return ledger


_SQLITE: Final = b"SQLite format 3\x00"
_ADDRESSES: Final = "Name a file, or postgresql://USER@HOST/NAME."


def _postgresql_engine(address: str, where: str) -> Engine:
    try:
        return postgresql.engine(address)
    except (ArgumentError, ValueError) as fault:
        raise BadRecord([Problem("--db", f"{where!r} is no address of a database.", _ADDRESSES)]) from fault
    except ModuleNotFoundError as fault:
        found = f"PostgreSQL needs the package {fault.name}, which is not installed."
        raise BadRecord([Problem("--db", found, "Install it: pip install 'goodoffices[postgres]'.")]) from fault


def _make_place(path: Path) -> None:
    """An empty file that only its owner may read, where there is none yet."""
    try:
        if path.is_dir():
            raise BadRecord([Problem(str(path), "is a folder.", "Name a file with --db.")])
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            with path.open("rb") as file:
                begins = file.read(len(_SQLITE))
            if begins not in (b"", _SQLITE):  # SQLite itself takes a short text for an empty database
                raise Broken(f"{path} cannot be opened as a ledger: it is no database. Name another place with --db.")
        else:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as fault:
        raise Broken(f"{path} cannot be made: {fault.strerror}. Name another place with --db.") from fault
    except ValueError as fault:
        raise BadRecord([Problem(repr(str(path)), "is no path of a file.", "Name a file with --db.")]) from fault
