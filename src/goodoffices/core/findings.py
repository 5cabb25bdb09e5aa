"""Findings: what rules make of a snapshot, each with the tree of its reasons.

A finding is ours. What an organ decided is a determination, and a fact. We write "apparent deviation".
Reasons are data (a code and its arguments), so that each language words them; no rule author writes explanations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from goodoffices.core.days import Day
from goodoffices.core.markings import Marking
from goodoffices.core.verdicts import Verdict

OBLIGATION_STATES: Final = (
    "not_triggered",
    "pending",
    "open",
    "fulfilled",
    "fulfilled_late",
    "overdue",
    "deviation",
    "discharged",
    "compensated",
    "projected",
    "possible_deviation",
    "undetermined",
    "disputed",
)
PROHIBITION_STATES: Final = ("in_force", "deviation", "not_in_force", "undetermined", "disputed")
PERMISSION_STATES: Final = ("available", "exercised", "not_available", "undetermined", "disputed")
STATUS_STATES: Final = ("in_force", "ended", "not_in_force", "undetermined", "disputed")
DEFINITION_STATES: Final = ("met", "not_met", "undetermined", "disputed")
STATES: Final = {
    "obligation": OBLIGATION_STATES,
    "prohibition": PROHIBITION_STATES,
    "permission": PERMISSION_STATES,
    "power": PERMISSION_STATES,
    "status": STATUS_STATES,
    "definition": DEFINITION_STATES,
}

# What an apparent deviation is called where the rule is soft law, or a body's own practice.
DIVERGENCE: Final = "divergence"
# States in which practice departed from a text.
DEPARTURES: Final = ("deviation", "overdue", "fulfilled_late", "possible_deviation", "compensated")
# States in which a rule asks nothing of a case.
QUIET: Final = ("not_triggered", "not_in_force", "not_met", "not_available")


@dataclass(frozen=True, slots=True)
class Reason:
    """One node of a tree of reasons.

    `code` names the sentence (see norms.wording), `args` fill it, `facts` are the keys it rests on. Leaves are facts,
    absences ("no such decision known by K") and facts "known only later", which explain but never count.
    """

    code: str
    args: tuple[tuple[str, str], ...] = ()
    verdict: Verdict | None = None
    facts: tuple[str, ...] = ()
    parts: tuple[Reason, ...] = ()

    def walk(self) -> Iterator[Reason]:
        """This node and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def rests_on(self) -> tuple[str, ...]:
        """Keys of the facts in the tree that count, each once: those known only later are left out."""
        return self._keys()[0]

    def known_later(self) -> tuple[str, ...]:
        """Keys of the facts that bear on the rule and became known only after the snapshot's day."""
        return self._keys()[1]

    def _keys(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Keys of the facts that count, and of those known only later, in the order in which they first stand."""
        counted: dict[str, None] = {}
        later: dict[str, None] = {}
        left = [self]
        while left:
            node = left.pop()
            if node.facts:
                (later if node.code == "known_later" else counted).update(dict.fromkeys(node.facts))
            left.extend(reversed(node.parts))
        return tuple(counted), tuple(later)


def reason(
    code: str, *parts: Reason, verdict: Verdict | None = None, facts: tuple[str, ...] = (), **args: object
) -> Reason:
    """Build a node; arguments are stored as text, in the order given."""
    said = tuple([(name, value if type(value) is str else str(value)) for name, value in args.items()])
    return Reason(code, said, verdict, facts, parts)


@dataclass(frozen=True, slots=True)
class Reference:
    """An article a rule rests on. `verified` says that its wording and number were read; `said` is our paraphrase."""

    instrument: str
    title: str
    article: str
    verified: bool
    said: str = ""
    attribution: str = ""

    @property
    def words(self) -> str:
        """As printed: "Constitutive Act of the African Union, art. 30"."""
        return f"{self.title}, {self.article}" if self.article else self.title


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule comes to for one case, as of a day and as known on a day.

    `day` counts from the trigger: the day on which it was done, or the day reached. `due` is the last day of the term.
    `breached_on` is the first day on which a duty was breached. `divergence`: practice departed, but from soft law
    or from a body's own practice. `interpretation` names the readings used.
    `known_later` lists facts that bear on it but became known only afterwards.
    """

    rule: str
    title: str
    kind: str
    bearer: str
    state: str
    references: tuple[Reference, ...]
    tree: Reason
    since: Day | None = None
    until: Day | None = None
    due: date | None = None
    performed_on: Day | None = None
    day: int | None = None
    marking: Marking = Marking.UNCLASSIFIED
    facts: tuple[str, ...] = ()
    interpretation: tuple[str, ...] = ()
    known_later: tuple[str, ...] = field(default=())
    titles: tuple[tuple[str, str], ...] = ()
    our_reading: bool = False
    divergence: bool = False
    open_term: bool = False
    breached_on: Day | None = None

    @property
    def verified(self) -> bool:
        """Whether every reference was read: wording and number."""
        return all(reference.verified for reference in self.references)

    @property
    def called(self) -> str:
        """What the state is called: a deviation from soft law is a divergence."""
        return DIVERGENCE if self.divergence and self.state == "deviation" else self.state

    @property
    def quiet(self) -> bool:
        """Whether the rule asks nothing of the case."""
        return self.state in QUIET

    @property
    def citation(self) -> str:
        """The articles, as printed."""
        return "; ".join(reference.words for reference in self.references)

    def said(self, language: str = "en") -> str:
        """The rule's title in a language."""
        return dict(self.titles).get(language, self.title)
