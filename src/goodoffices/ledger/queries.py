"""The questions the ledger is asked, in SQL that both databases speak.

A fact key's entry "counts" on day of knowledge K when it is the last one written whose `effective_from` is on or before
K. Whether a reader may see the key at all is decided by the last entry written, whenever that one counts: a fact whose
marking was raised is hidden with its past, because the past would give it away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Result, Select, and_, case, func, or_, select

from goodoffices.core.markings import Marking
from goodoffices.core.texts import uncarried
from goodoffices.ledger.chain import GENESIS, Head
from goodoffices.ledger.schema import checkpoint, entry, intake

_KEYS_AT_ONCE: Final = 200
_ROWS_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Question:
    """What a snapshot asks: days and times as the columns write them; None leaves open."""

    subjects: Sequence[str] | None
    known_at: str
    clearance: Marking
    recorded_until: str | None = None
    kinds: Sequence[str] | None = None
    upto: int | None = None  # the number of the last entry that counts, to ask what stood there before later ones


def head_of(connection: Connection) -> Head:
    """The end of the chain; number 0 for an empty ledger."""
    row = connection.execute(select(entry.c.seq, entry.c.hash).order_by(entry.c.seq.desc()).limit(1)).first()
    return Head(row.seq, row.hash) if row else Head(0, GENESIS)


def answer(connection: Connection, question: Question) -> tuple[list[Any], list[Any]]:
    """Rows of the facts known by the question's day, and of those that became known only later."""
    known: list[Any] = []
    later: list[Any] = []
    for row in connection.execute(counting(question)):
        (known if row.known_at <= question.known_at else later).append(row)
    present = {row.fact_key for row in known}
    return known, [row for row in later if row.fact_key not in present]


def counting(question: Question) -> Select[Any]:
    """The statement behind `answer`. The inner select is answered from the index entry_by_key alone, unless
    `recorded_until` is asked for; rows are then fetched by their number."""
    written: list[ColumnElement[bool]] = []
    if question.recorded_until is not None:
        written.append(entry.c.recorded_at <= question.recorded_until)
    if question.upto is not None:
        written.append(entry.c.seq <= question.upto)
    by_then = and_(entry.c.effective_from <= question.known_at, *written)
    picking = select(
        func.max(case((by_then, entry.c.seq))).label("then"),
        func.max(case((and_(*written), entry.c.seq)) if written else entry.c.seq).label("finally"),
        func.max(entry.c.seq).label("newest"),
    )
    if question.subjects is not None:
        picking = picking.where(entry.c.subject.in_(_askable(question.subjects)))
    picked = picking.group_by(entry.c.subject, entry.c.fact_key).subquery("picked")
    newest = entry.alias("newest_entry")
    columns = picked.c
    wanted = or_(
        and_(entry.c.seq == columns["then"], entry.c.known_at <= question.known_at),
        and_(entry.c.seq == columns["finally"], entry.c.known_at > question.known_at),
    )
    statement = (
        select(entry.c.seq, entry.c.fact_key, entry.c.known_at, entry.c.payload)
        .select_from(picked)
        .join(newest, newest.c.seq == columns["newest"])
        .join(entry, entry.c.seq.in_([columns["then"], columns["finally"]]))
        .where(wanted, entry.c.verb != "retract")
        .where(entry.c.marking <= int(question.clearance), newest.c.marking <= int(question.clearance))
    )
    return statement if question.kinds is None else statement.where(entry.c.kind.in_(_askable(question.kinds)))


def entries_of_key(connection: Connection, key: str) -> list[Any]:
    """Every row about one fact, oldest first."""
    if not _askable([key]):
        return []
    return list(connection.execute(select(entry).where(*_is(key)).order_by(entry.c.seq)))


def last_by_key(connection: Connection, keys: Sequence[str]) -> dict[str, Any]:
    """For each key that has entries, the last one written."""
    found: dict[str, Any] = {}
    keys = sorted(_askable(keys))  # so that those of one subject are asked for together
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[start : start + _KEYS_AT_ONCE]
        for row in connection.execute(select(entry).where(entry.c.seq.in_(newest_of(some)))):
            found[row.fact_key] = row
    return found


def newest_of(keys: Sequence[str]) -> Select[Any]:
    """Numbers of the last entries of these keys; answered from the index entry_by_key alone."""
    subjects = sorted({key.partition("/")[0] for key in keys})
    reach = entry.c.subject.in_(subjects), entry.c.fact_key.in_(list(keys))
    return select(func.max(entry.c.seq)).where(*reach).group_by(entry.c.subject, entry.c.fact_key)


def first_effective(connection: Connection, key: str) -> str:
    """The earliest day of knowledge from which any entry of this key counts."""
    return str(connection.execute(select(func.min(entry.c.effective_from)).where(*_is(key))).scalar_one())


def entries_of_subjects(connection: Connection, subjects: Sequence[str]) -> Iterator[Any]:
    """Every row about these subjects, oldest first."""
    return iter(connection.execute(select(entry).where(entry.c.subject.in_(_askable(subjects))).order_by(entry.c.seq)))


def entries_after(connection: Connection, number: int) -> Iterator[Any]:
    """Every row written after that number, oldest first."""
    return iter(connection.execute(select(entry).where(entry.c.seq > number).order_by(entry.c.seq)))


def number_at(connection: Connection, recorded_until: str) -> int:
    """The number of the last entry written by a time; 0 where there is none."""
    found = select(func.max(entry.c.seq)).where(entry.c.recorded_at <= recorded_until)
    return int(connection.execute(found).scalar() or 0)


def head_at(connection: Connection, number: int) -> Head | None:
    """The chain's end as it was after that entry; None where there is no such entry."""
    digest = connection.execute(select(entry.c.hash).where(entry.c.seq == number)).scalar()
    return Head(number, digest) if digest else None


def every_entry(connection: Connection) -> Iterator[Any]:
    """Of every entry what says when it counts, newest first."""
    columns = (entry.c.seq, entry.c.fact_key, entry.c.verb, entry.c.marking, entry.c.effective_from, entry.c.known_at)
    return iter(connection.execute(select(*columns).order_by(entry.c.seq.desc())))


def every_payload(connection: Connection) -> Result[Any]:
    """Number and content of every entry, oldest first, a part at a time; to be closed by whoever reads it."""
    asked = connection.execution_options(yield_per=_ROWS_AT_ONCE)
    return asked.execute(select(entry.c.seq, entry.c.payload).order_by(entry.c.seq))


def numbered(connection: Connection, numbers: Sequence[int]) -> Iterator[Any]:
    """The rows of these numbers."""
    for start in range(0, len(numbers), _KEYS_AT_ONCE):
        some = numbers[start : start + _KEYS_AT_ONCE]
        yield from connection.execute(select(entry.c.seq, entry.c.payload).where(entry.c.seq.in_(some)))


def subjects_from(connection: Connection, origin: str) -> tuple[str, ...]:
    """Subjects that have entries of this origin, in the order of their letters' code points on every database."""
    found = connection.execute(select(entry.c.subject).where(entry.c.origin == origin).distinct())
    return tuple(sorted(found.scalars()))


def digest_of(connection: Connection, origin: str) -> str:
    """Digest of what was last taken in from this origin, or nothing."""
    query = select(intake.c.digest).where(intake.c.origin == origin).order_by(intake.c.id.desc()).limit(1)
    return connection.execute(query).scalar() or ""


def checkpoints(connection: Connection) -> tuple[list[Head], list[int]]:
    """Ends of the chain as noted after each write; and the numbers of those whose time is not their entry's."""
    heads = [Head(row.seq, row.hash) for row in connection.execute(select(checkpoint.c.seq, checkpoint.c.hash))]
    moved = select(checkpoint.c.seq).join(entry, entry.c.seq == checkpoint.c.seq)
    moved = moved.where(entry.c.recorded_at != checkpoint.c.recorded_at).order_by(checkpoint.c.seq)
    return heads, list(connection.execute(moved).scalars())


def _askable(texts: Sequence[str]) -> list[str]:
    """Those that may stand in the ledger at all: a database driver fails on what it could not store either."""
    return [text for text in texts if not uncarried(text)]


def _is(key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return entry.c.subject == key.partition("/")[0], entry.c.fact_key == key
