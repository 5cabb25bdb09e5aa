"""What audits of the casebook found: facts drawn at random, looked up afresh, and how often they were at fault.

Invariant: a page that could not be found again decides nothing; it counts neither for nor against a fact.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import goodoffices
from goodoffices.core.errors import Broken
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import OWN_KINDS
from goodoffices.core.sources import CONFIDENCE

VERDICTS: Final = ("right", "wrong", "unsupported", "not_found")
AT_FAULT: Final = ("wrong", "unsupported")
_Z: Final = 1.959964  # of an interval that holds in 95 of 100 samples
_HOUSE: Final = Path(goodoffices.__file__).parent
# In an installed program the audits stand beside the casebook, in a checkout among the documents.
FOLDERS: Final = (_HOUSE / "casebook" / "audits", _HOUSE.parents[1] / "docs" / "audits")
_SINCE: Final = ("mandated_task",)


@dataclass(frozen=True, slots=True)
class Stratum:
    """Facts of one confidence: how many there are, how many were drawn, what became of those, and the rate of those at
    fault among those that could be looked up, with its interval (95 in 100)."""

    confidence: str
    facts: int
    drawn: int
    found: Mapping[str, int]
    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit: its month, its strata, and the rate for all facts, weighed by how many there are of each."""

    month: str
    strata: tuple[Stratum, ...]
    rate: float
    low: float
    high: float

    @property
    def drawn(self) -> int:
        """How many facts were drawn."""
        return sum(one.drawn for one in self.strata)

    @property
    def facts(self) -> int:
        """From how many they were drawn."""
        return sum(one.facts for one in self.strata)


def interval(wrong: int, of: int) -> tuple[float, float]:
    """Wilson's interval for a rate."""
    if not of:
        return 0.0, 1.0
    rate, square = wrong / of, _Z * _Z / of
    middle = (rate + square / 2) / (1 + square)
    half = _Z * ((rate * (1 - rate) / of + square / (4 * of)) ** 0.5) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def may_be_drawn(fact: Fact) -> bool:
    """Facts that cite a page outside the casebook, about cases, missions, operations and bodies. States are left out:
    their codes come whole from two scholars' lists; and so are kinds that came into the record after the last audit."""
    return fact.kind not in (*OWN_KINDS, *_SINCE) and not fact.subject.startswith("state:")


def audited(month: str, rows: Sequence[Mapping[str, str]], facts: Iterable[Fact]) -> Audit:
    """What an audit found, from the rows of its sheet and the facts from which they were drawn."""
    sizes = Counter(fact.confidence for fact in facts if may_be_drawn(fact))
    every = sum(sizes.values())
    strata = []
    weighed = variance = 0.0
    for word in CONFIDENCE:
        found = Counter(row["verdict"] for row in rows if row["confidence"] == word)
        looked = sum(found.values()) - found["not_found"]
        wrong = sum(found[one] for one in AT_FAULT)
        low, high = interval(wrong, looked)
        rate = wrong / looked if looked else 0.0
        strata.append(Stratum(word, sizes[word], sum(found.values()), found, rate, low, high))
        share = sizes[word] / every if every else 0.0
        weighed += share * rate
        variance += share * share * ((high - low) / (2 * _Z)) ** 2
    half = _Z * variance**0.5
    return Audit(month, tuple(strata), weighed, max(0.0, weighed - half), weighed + half)


def sheets(folders: Iterable[Path] = FOLDERS) -> dict[str, list[dict[str, str]]]:
    """The sheets of the audits there were, by month; none where the program came without them. Broken where one holds
    no verdicts."""
    folder = next((one for one in folders if one.is_dir()), None)
    found = {}
    for path in sorted(folder.glob("*.csv")) if folder else ():
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if any(row.get("verdict") not in VERDICTS or "confidence" not in row for row in rows):
            raise Broken(f"the audit {path.name} holds lines without a verdict.")
        found[path.stem] = rows
    return found
