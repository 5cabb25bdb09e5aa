"""The chain that makes tampering visible.

Each entry's hash covers every column of it and the hash of the entry before. After each write the new end of the
chain goes into the checkpoint table and, for a file database, into a witness file beside it, so that a cut tail is
missed by somebody. Whoever holds the database and the witness can forge both; the chain head printed on each brief
is the third witness.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from goodoffices.core.errors import Broken
from goodoffices.core.facts import canonical

GENESIS: Final = "0" * 64


def entry_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over every column but the hash itself."""
    content = {name: value for name, value in row.items() if name != "hash"}
    return hashlib.sha256(canonical(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: number and hash of the last entry."""

    seq: int
    hash: str

    @property
    def printed(self) -> str:
        """As a brief prints it: number and the first sixteen digits."""
        return f"{self.seq}:{self.hash[:16]}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found. `faults` are sentences that name the entry; `notes` are what could not be checked."""

    entries: int
    head: Head
    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


class Witness:
    """A text file beside the database: one line "number hash" after each write, only ever appended to."""

    def __init__(self, database: Path):
        self.database = database
        self.path = database.with_name(database.name + ".heads")

    def make_ready(self) -> None:
        """See that the file can be added to, before anything is written to the database. Broken where it cannot.

        A new one may be read by those who may read the database. A half-written last line (a killed process) is ended,
        so that the next one stands alone.
        """
        try:
            if not self.path.exists():
                mode = self.database.stat().st_mode & 0o777 if self.database.exists() else 0o600
                os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, mode))
                _sync_folder(self.path.parent)
            with self.path.open("r+b") as file:
                if file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) and file.read(1) != b"\n":
                    file.write(b"\n")
        except OSError as fault:
            raise Broken(
                f"the witness file {self.path} cannot be written: {fault.strerror}. Nothing of this request was kept."
            ) from fault

    def add(self, head: Head) -> None:
        """Note the new end, and make sure it reached the disk. Called after the commit, so it never runs ahead."""
        try:
            with self.path.open("a", encoding="ascii") as file:
                file.write(f"{head.seq} {head.hash}\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            raise Broken(
                f"this request is kept, up to entry {head.seq}, but the witness file {self.path} could not be added "
                f"to: {fault.strerror}. Mend that; the next write goes on."
            ) from fault

    def heads(self) -> Iterator[Head]:
        """The noted ends; a half-written last line (a killed process) is passed over."""
        if not self.path.exists():
            return
        for line in self.path.read_text(encoding="ascii", errors="replace").splitlines():
            number, _, digest = line.partition(" ")
            if number.isdigit() and len(digest) == len(GENESIS):
                yield Head(int(number), digest)

    def gaps(self, seen: Sequence[Head], last: int) -> Iterator[str]:
        """What this witness could not see of a chain that ends at `last`."""
        furthest = max((head.seq for head in seen), default=0)
        if last and not seen:
            yield (
                f"no witness file {self.path.name} beside the database: "
                "a cut that also cut the checkpoints would go unseen."
            )
        elif furthest < last:
            yield (
                f"the witness file {self.path.name} ends at entry {furthest}, the chain at {last}: "
                "a write was cut short after it was kept, or somebody wrote past the program."
            )


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def faults_of_chain(rows: Iterable[Mapping[str, Any]], hashes: dict[int, str]) -> Iterator[str]:
    """Walk the entries in order; yield a sentence for each fault. `hashes` receives number -> hash as found."""
    expected, previous = 1, GENESIS
    for row in rows:
        seq = row["seq"]
        if seq != expected:
            missing = f"entry {expected}" if seq == expected + 1 else f"entries {expected} to {seq - 1}"
            yield f"{missing} missing: something was deleted before entry {seq} ({row['fact_key']})."
        elif row["previous"] != previous:
            yield f"entry {seq} ({row['fact_key']}) does not follow from entry {seq - 1}: the chain is broken there."
        if entry_hash(row) != row["hash"]:
            yield (
                f"entry {seq} ({row['fact_key']}) was changed after it was written: its content does not give its hash."
            )
        hashes[seq] = row["hash"]
        expected, previous = seq + 1, row["hash"]


def faults_of_end(hashes: Mapping[int, str], heads: Iterable[Head], by: str) -> Iterator[str]:
    """Compare ends noted elsewhere with the chain as found."""
    last = max(hashes, default=0)
    furthest = 0
    for head in heads:
        furthest = max(furthest, head.seq)
        found = hashes.get(head.seq)
        if found is not None and not found.startswith(head.hash):
            yield f"entry {head.seq} is not the one {by} saw: another history was put in its place."
    if furthest > last:
        lost = f"entry {furthest}" if furthest == last + 1 else f"entries {last + 1} to {furthest}"
        yield f"{lost} missing at the end: {by} saw the chain reach entry {furthest}, it now ends at {last}."
