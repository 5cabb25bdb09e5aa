"""The three principles of peacekeeping, each with the facts of a country that bear on it.

Consent of the parties, impartiality, and no use of force except in self-defence and defence of the mandate: the
preamble of S/RES/2100 (2013) names them. Which facts bear on them is told by their kind and matter, never by us.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.briefs.authorisation import Chain
from goodoffices.core.facts import Fact, order

NAMES: Final[dict[str, tuple[str, str]]] = {
    "consent": ("Consent", "Consentement"),
    "impartiality": ("Impartiality", "Impartialité"),
    "force": ("Minimum force", "Usage minimal de la force"),
}
_POSTURE: Final = re.compile(r"robust|necessary means|neutrali[sz]e|posture", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Principle:
    """One principle and the facts that bear on it, in order of time."""

    id: str
    facts: tuple[Fact, ...]

    def name(self, language: str = "en") -> str:
        """What it is called."""
        return NAMES[self.id][language == "fr"]


def principles(facts: Iterable[Fact], chains: Sequence[Chain]) -> tuple[Principle, ...]:
    """The principles, each with what is known to bear on it; perhaps nothing."""
    told = [fact for fact in facts if not fact.competes_with]
    limits = {fact.key for chain in chains for fact in chain.limits}
    return (
        Principle("consent", _ordered(fact for fact in told if fact.kind == "consent" or fact.key in limits)),
        Principle(
            "impartiality", _ordered(fact for fact in told if "impartial" in fact.get("subject_matter").casefold())
        ),
        Principle("force", _ordered(fact for fact in told if _force(fact))),
    )


def _force(fact: Fact) -> bool:
    if fact.kind == "force":
        return True
    return fact.kind == "mandate" and bool(_POSTURE.search(fact.get("subject_matter")))


def _ordered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each act once, in order of time."""
    seen: dict[tuple[str, str, str, str], Fact] = {}
    for fact in sorted(facts, key=order):
        seen.setdefault((fact.kind, fact.span.text, fact.get("document"), fact.text[:24]), fact)
    return tuple(seen.values())
