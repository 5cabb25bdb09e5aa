"""A snapshot: the only thing rules, timelines and briefs see of the record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from goodoffices.core.facts import Fact
from goodoffices.core.markings import Marking


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the record says of `subjects` as known on `known_at`, looked at as of `as_of`, to a reader of `clearance`.

    `facts` are all that was known by then, whenever it was so: the reader of the snapshot compares with `as_of`.
    `later` are facts that became known only afterwards; they explain, they never count. `head` is the ledger's last
    entry, number and hash, when the snapshot was taken.
    """

    subjects: tuple[str, ...]
    as_of: date
    known_at: date
    clearance: Marking
    facts: tuple[Fact, ...]
    later: tuple[Fact, ...] = ()
    head: str = ""

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits that stand for the question and every version in the answer."""
        parts = [*self.subjects, self.as_of.isoformat(), self.known_at.isoformat(), self.clearance.words]
        parts += [f"{fact.key}@{fact.version}" for fact in self.facts]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    def of_kind(self, *kinds: str) -> tuple[Fact, ...]:
        """Facts of these kinds, in order of time."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)

    def find(self, key: str) -> Fact | None:
        """The fact with this key, if it was known."""
        return next((fact for fact in self.facts if fact.key == key), None)
