"""Taking in the casebook: files become entries, changed files become corrections, vanished facts retractions.

Invariant: what a person corrected or withdrew by hand is never overwritten by a file; the clash is reported instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from goodoffices.casebook import files
from goodoffices.core.facts import Fact
from goodoffices.ledger.store import Draft, Entry, Ledger

ORIGIN = "casebook"
RECORDER = "casebook"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an intake did. `clashes` are keys that a person changed and the file changed too."""

    added: int = 0
    corrected: int = 0
    retracted: int = 0
    clashes: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether the ledger grew."""
        return bool(self.added or self.corrected or self.retracted)


def take_in_casebook(
    ledger: Ledger, progress: Progress | None = None, cases: Path = files.CASES, states: Path = files.STATES
) -> TakenIn:
    """Bring the ledger up to a casebook (the installed one), if it is not there yet. All or nothing."""
    digest = files.digest_of(cases, states)
    if ledger.taken_in(ORIGIN) == digest:
        return TakenIn()
    if progress:
        progress("Reading the casebook")
    return take_in(ledger, files.read_casebook(cases, states), progress)


def take_in(ledger: Ledger, book: files.Casebook, progress: Progress | None = None) -> TakenIn:
    """Bring the ledger up to a casebook that was read already. All or nothing."""
    if progress:
        progress(f"Recording {len(book.facts):,} facts")
    drafts, done = _drafts(ledger, book.facts)
    ledger.append(drafts, RECORDER, ORIGIN, book.digest)
    return done


def _drafts(ledger: Ledger, facts: Sequence[Fact]) -> tuple[list[Draft], TakenIn]:
    subjects = sorted({fact.subject for fact in facts} | set(ledger.subjects_from(ORIGIN)))
    known = ledger.last_entries(subjects)
    drafts: list[Draft] = []
    clashes: list[str] = []
    added = corrected = retracted = 0
    present = set()
    for fact in facts:
        present.add(fact.key)
        entries = known.get(fact.key, ())
        ours = _last_of_ours(entries)
        if not entries:
            drafts.append(Draft("assert", fact, fact.known_at))
            added += 1
        elif ours is not None and ours.verb != "retract" and ours.fact.version == fact.version:
            continue
        elif entries[-1].origin != ORIGIN:
            clashes.append(fact.key)
        elif entries[-1].verb == "retract":
            drafts.append(
                Draft("assert", fact, min(fact.known_at, _first(entries).effective_from), "in the casebook again")
            )
            added += 1
        else:
            since = min(fact.known_at, *(entry.effective_from for entry in entries))
            drafts.append(Draft("correct", fact, since, "the case file changed"))
            corrected += 1
    for key, entries in known.items():
        if key not in present and entries[-1].origin == ORIGIN and entries[-1].verb != "retract":
            drafts.append(
                Draft(
                    "retract",
                    entries[-1].fact,
                    min(entry.effective_from for entry in entries),
                    "no longer in the case file",
                )
            )
            retracted += 1
    return drafts, TakenIn(added, corrected, retracted, tuple(clashes))


def _last_of_ours(entries: Sequence[Entry]) -> Entry | None:
    return next((entry for entry in reversed(entries) if entry.origin == ORIGIN), None)


def _first(entries: Sequence[Entry]) -> Entry:
    return entries[0]
