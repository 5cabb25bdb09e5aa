"""The situation a mission is in: everything advice may look at, on the facts of one day.

Invariant: nothing in it was known only later. Facts are those of the snapshot; other cases are snapshots of the same
day of knowledge; what a text published afterwards says is marked, not hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from goodoffices.advice.listed import Match
from goodoffices.core.days import Day, read_day
from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import Finding
from goodoffices.core.reading import begun, day_zero, seizure
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.matching import fits
from goodoffices.norms.rules import Pattern

MISSION_ORDER: Final = ("peacekeeping", "political", "regional_office", "envoy")
_MAJORITY: Final = 50.0
# "Support for the coup", "supported the coup", "Do you support the change?"
_SUPPORT: Final = re.compile(r"(?:(?:do|did) you )?support", re.IGNORECASE)
_WHOLE: Final = "all"
_DATED: Final = ("promise", "transition_term")


@dataclass(frozen=True, slots=True)
class Mission:
    """The mission advised: its actor’s id, its type, and the fact that says that it is there. In a country without one
    the id is empty."""

    id: str
    type: str
    fact: Fact | None = None


NO_MISSION: Final = Mission("", "none")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another case as known that day, and how alike it is to this one (0 to 1; None: nobody worked it out)."""

    case: str
    snapshot: Snapshot
    likeness: float | None = None


@dataclass(frozen=True)
class Situation:
    """A case at a moment, with findings of all rulebooks and of the signs, the mission, what its register tells of it
    (`mission_facts`), other cases, and the changes of government in the same country before and after. `listed`: whose
    names are like some on a sanctions list; None where no list was supplied."""

    snapshot: Snapshot
    findings: Mapping[str, Finding]
    mission: Mission = NO_MISSION
    mission_facts: tuple[Fact, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    earlier: tuple[Fact, ...] = ()
    later: Fact | None = None
    language: str = "en"
    title: str = ""
    other_missions: tuple[Fact, ...] = field(default=(), repr=False)
    listed: tuple[Match, ...] | None = None

    @property
    def as_of(self) -> date:
        """The day looked at; nothing is told beyond what was known."""
        return min(self.snapshot.as_of, self.snapshot.known_at)

    @cached_property
    def zero(self) -> Day | None:
        """The day of the seizure, where it had come."""
        found = day_zero(self.snapshot)
        return found if found is not None and found.earliest <= self.as_of else None

    @cached_property
    def day(self) -> tuple[int, int] | None:
        """Days since day 0, at least and at most; None where day 0 is not known."""
        zero = self.zero
        if zero is None or zero.precision == "unknown":
            return None
        return (self.snapshot.as_of - zero.latest).days, (self.snapshot.as_of - zero.earliest).days

    @property
    def failed(self) -> bool:
        """Whether the attempt failed or was undone, as far as is known: advice on new rulers then speaks to nobody."""
        taken = seizure(self.snapshot) if self.zero is not None else None
        return taken is not None and taken.get("outcome") in ("failed", "reversed")

    @cached_property
    def known(self) -> tuple[Fact, ...]:
        """Facts of the case and of the mission that had surely begun, in order of time, without competing accounts."""
        mine = begun(self.snapshot, *{fact.kind for fact in self.snapshot.facts})
        theirs = [
            fact
            for fact in self.mission_facts
            if not fact.competes_with and fact.span.begun_by(self.as_of) is Verdict.HOLDS
        ]
        both = {fact.key: fact for fact in (*mine, *theirs) if fact.kind not in ("case", "mission", "gap")}
        return tuple(sorted(both.values(), key=order))

    def of_kind(self, *kinds: str) -> tuple[Fact, ...]:
        """Known facts of these kinds."""
        return tuple(fact for fact in self.known if fact.kind in kinds)

    def matching(self, patterns: Iterable[Pattern]) -> tuple[Fact, ...]:
        """Known facts that any of the patterns means."""
        return matching(self.known, patterns)

    @cached_property
    def likest(self) -> tuple[Elsewhere, ...]:
        """The other cases, those most alike first."""
        return tuple(sorted(self.elsewhere, key=lambda one: (-(one.likeness or 0.0), one.case)))

    @cached_property
    def surveys(self) -> tuple[Fact, ...]:
        """Surveys of public opinion on record."""
        return self.of_kind("opinion")

    @cached_property
    def opinion(self) -> str:
        """Whether a survey finds that a majority or a minority supports the change; the last that asks counts."""
        asked = [one for one in self.surveys if _SUPPORT.match(one.get("question")) and one.get("percent")]
        if not asked:
            return "unknown"
        return "majority" if float(asked[-1].get("percent")) >= _MAJORITY else "minority"

    @cached_property
    def overdue(self) -> tuple[Fact, ...]:
        """Promises and terms whose last day has passed without an outcome on record. None once a government under a
        constitution has taken over."""
        if self.of_kind("constitutional_order"):
            return ()
        settled = {fact.get("of") for fact in self.of_kind("promise_outcome")}
        return tuple(fact for fact in self.of_kind(*_DATED) if fact.key not in settled and self._passed(fact))

    def _passed(self, fact: Fact) -> bool:
        until = fact.get("until")
        return bool(until) and read_day(until).latest < self.as_of

    @cached_property
    def tasks(self) -> tuple[Fact, ...]:
        """The tasks of the mandate in force: those of the last document that names any. What prolongs all tasks as they
        are names none."""
        given = [
            fact
            for fact in self.of_kind("mandated_task")
            if self._is_mine(fact) and fact.get("subject_matter") != _WHOLE
        ]
        return tuple(fact for fact in given if fact.get("document") == given[-1].get("document"))

    def _is_mine(self, fact: Fact) -> bool:
        return not self.mission.id or fact.get("mission") == self.mission.id


def matching(facts: Sequence[Fact], patterns: Iterable[Pattern]) -> tuple[Fact, ...]:
    """The facts that any of the patterns means, in their order."""
    wanted = tuple(patterns)

    def of_kind(*kinds: str) -> Iterable[Fact]:
        return (fact for fact in facts if fact.kind in kinds)

    return tuple(
        fact for fact in facts if any(fits(fact, one, of_kind, lambda _: ()) is Verdict.HOLDS for one in wanted)
    )
