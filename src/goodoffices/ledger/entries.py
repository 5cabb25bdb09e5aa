"""Entries: what is handed in, what is written, and the door between the two.

Invariant: what comes in can come out again. The ledger forgets nothing, so a fact that could not be read back would
stay in the way for ever; the door refuses it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final, Literal

from sqlalchemy import String

from goodoffices.core.errors import BadRecord, Broken, GoodOfficesError, Problem
from goodoffices.core.facts import KEY, Fact, canonical, fact_from_record
from goodoffices.core.markings import Marking
from goodoffices.core.texts import uncarried
from goodoffices.ledger.chain import Head, entry_hash
from goodoffices.ledger.schema import entry

Verb = Literal["assert", "correct", "retract"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be written. `effective_from`: from which day of knowledge on it counts (see the head of store)."""

    verb: Verb
    fact: Fact
    effective_from: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as written."""

    seq: int
    verb: str
    fact: Fact
    effective_from: date
    known_at: date
    recorded_at: str
    recorder: str
    origin: str
    reason: str
    hash: str


@dataclass(frozen=True, slots=True)
class Spell:
    """A content of a fact with the days of knowledge on which it counts: from `since`, and before `until`.

    `record` is the fact as stored (see Fact.record), `seq` the number of the entry that gave it this content.
    """

    seq: int
    record: Mapping[str, Any]
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two states of the record: `new`, `corrected` or `withdrawn`, with both versions."""

    what: str
    before: Fact | None
    after: Fact | None

    @property
    def fact(self) -> Fact:
        """The version to name it by."""
        found = self.after or self.before
        if found is None:
            raise Broken("a change without a fact")
        return found


def rows_of(drafts: Sequence[Draft], head: Head, stamp: str, recorder: str, origin: str) -> list[dict[str, Any]]:
    """The rows to write after `head`, numbered and chained. BadRecord with everything the door refuses."""
    problems: list[Problem] = []
    rows: list[dict[str, Any]] = []
    for draft in drafts:
        payload = _payload(draft.fact, problems)
        if payload is None:
            continue
        row: dict[str, Any] = {
            "seq": head.seq + 1,
            "verb": draft.verb,
            "fact_key": draft.fact.key,
            "version": draft.fact.version,
            "subject": draft.fact.subject,
            "kind": draft.fact.kind,
            "marking": int(draft.fact.marking),
            "effective_from": draft.effective_from.isoformat(),
            "known_at": draft.fact.known_at.isoformat(),
            "recorded_at": stamp,
            "recorder": recorder,
            "origin": origin,
            "reason": draft.reason,
            "payload": payload,
            "previous": head.hash,
        }
        unfit = list(_unfit(row))
        problems += unfit
        if not unfit:
            row["hash"] = entry_hash(row)
            head = Head(row["seq"], row["hash"])
            rows.append(row)
    if problems:
        raise BadRecord(problems)
    return rows


def _payload(fact: Fact, problems: list[Problem]) -> str | None:
    """The fact as stored, or None where it would not come back as the same fact."""
    before = len(problems)
    for text in _texts(fact.record()):
        odd = uncarried(text)
        if odd:
            where = repr(fact.key)[1:-1]
            problems.append(Problem(where, f"holds the character {odd}, which no document can carry.", "Remove it."))
            return None
    if not KEY.match(fact.key):
        remedy = "Write case/name in small letters, digits and hyphens: mali-2021/au-suspension."
        problems.append(Problem(repr(fact.key), "is no key of a fact.", remedy))
    payload = canonical(fact.record())
    try:
        returned = fact_from_record(json.loads(payload))
    except BadRecord as fault:
        problems += fault.problems
    else:
        if returned != fact:
            found = "would not come back from the ledger as it went in."
            problems.append(Problem(fact.key, found, "Build its date with read_span, from the text of the record."))
    return payload if len(problems) == before else None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _texts(name)
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _unfit(row: Mapping[str, Any]) -> Iterator[Problem]:
    """What its column cannot take, on either database."""
    for name in ("fact_key", "subject", "kind", "recorder", "origin", "reason"):
        text, form = row[name], entry.c[name].type
        if odd := uncarried(text):
            yield Problem(row["fact_key"], f"{name} holds the character {odd}.", "Remove it.")
        if isinstance(form, String) and form.length is not None and len(text) > form.length:
            yield Problem(row["fact_key"], f"{name} has {len(text)} characters.", f"At most {form.length}.")


def fact_of(row: Any) -> Fact:
    """The fact in a row. Broken where somebody spoiled the row."""
    try:
        return fact_from_record(json.loads(row.payload))
    except (ValueError, LookupError, TypeError, AttributeError, GoodOfficesError) as fault:
        raise Broken(f"entry {row.seq} of the ledger cannot be read; run `goodoffices verify`.") from fault


def entry_of(row: Any) -> Entry:
    """The entry in a row. Broken where somebody spoiled the row."""
    fact = fact_of(row)
    try:
        effective_from, known_at = date.fromisoformat(row.effective_from), date.fromisoformat(row.known_at)
    except (ValueError, TypeError) as fault:
        raise Broken(f"entry {row.seq} of the ledger cannot be read; run `goodoffices verify`.") from fault
    written = (row.recorded_at, row.recorder, row.origin, row.reason, row.hash)
    return Entry(row.seq, row.verb, fact, effective_from, known_at, *written)


def counted(rows: Iterable[Any], clearance: Marking) -> dict[int, tuple[date, date]]:
    """From which day of knowledge, and before which, each entry's content counts; `rows` are all, newest first.

    What counts on a day is the last entry written that counts from that day or an earlier one: so each counts until the
    first day from which a later one does. A fact whose marking was raised is hidden with its past.
    """
    found: dict[int, tuple[date, date]] = {}
    ends: dict[str, str] = {}  # by key, from which day on an entry written later counts
    for seq, key, verb, marking, effective_from, known_at in rows:
        until = ends.get(key)
        if until is None:
            until = _NEVER if marking <= clearance else ""  # nothing is before it
        since = max(effective_from, known_at)
        if since < until and verb != "retract" and marking <= clearance:
            found[seq] = _day(since), _day(until)
        ends[key] = min(until, effective_from)
    return found


_NEVER: Final = date.max.isoformat()
_day = functools.lru_cache(maxsize=20_000)(date.fromisoformat)


def record_of(seq: int, payload: str) -> Mapping[str, Any]:
    """A fact as stored. Broken where somebody spoiled it."""
    try:
        found: Mapping[str, Any] = json.loads(payload)
        found["key"], found["kind"], found["when"], found["text"]
    except (ValueError, LookupError, TypeError) as fault:
        raise Broken(f"entry {seq} of the ledger cannot be read; run `goodoffices verify`.") from fault
    return found


def instant(text: str) -> str:
    """A time of recording in the form of the column, so that texts compare as times: UTC where no zone is given; a day
    alone means its end. BadRecord where it is none."""
    try:
        when = datetime.fromisoformat(text.strip())
        if len(text.strip()) <= len("2021-06-01"):
            when = datetime.combine(when.date(), time.max)
        return stamp(when if when.tzinfo else when.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        remedy = "Write it as 2021-06-01T12:00:00Z, or a day alone."
        raise BadRecord([Problem("recorded", f"{text!r} is no time.", remedy)]) from None


def stamp(when: datetime) -> str:
    """A time as the ledger writes it: UTC, to the microsecond."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")
