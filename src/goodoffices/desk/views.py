"""What the desk hands out: values that pages, commands and documents print, nothing they could write back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goodoffices.briefs.ahead import NextDate
from goodoffices.briefs.course import Course
from goodoffices.briefs.precedents import Precedents
from goodoffices.briefs.status_line import Cell
from goodoffices.briefs.timeline import Timeline
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.snapshots import Snapshot
from goodoffices.norms.rules import Rulebook


@dataclass(frozen=True, slots=True)
class Moment:
    """The two questions every answer is asked under: as of which day, as known on which day."""

    as_of: date
    known_at: date
    today: date

    @property
    def hindsight(self) -> bool:
        """Whether everything known today may be said. Notes were written with it, so an earlier day hides them."""
        return self.known_at >= self.today

    @property
    def now(self) -> bool:
        """Whether both are today."""
        return self.as_of == self.today == self.known_at


@dataclass(frozen=True, slots=True)
class Observed:
    """How long others took where a text sets no term: median days, and over how many cases."""

    median: float
    cases: tuple[str, ...]

    @property
    def words(self) -> str:
        """The median as printed: whole where it is whole."""
        return f"{self.median:g}"


@dataclass(frozen=True, slots=True)
class Turn:
    """The next change of government in the same country: from that day on, who governs is told there."""

    case: str
    title: str
    title_fr: str
    day: date


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the list of cases."""

    id: str
    title: str
    title_fr: str
    country: str
    day: str
    category: str
    outcome: str
    leader: str
    au: str
    region: str
    council: str
    mission: str
    facts: int
    iso3: str

    @property
    def contested(self) -> bool:
        """Whether accounts differ on whether this was an unconstitutional change at all."""
        return self.outcome == "contested"


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings of all rulebooks for a case at a moment."""

    case: str
    moment: Moment
    snapshot: Snapshot
    rulebooks: Mapping[str, str]
    findings: tuple[Finding, ...]
    observed: Mapping[str, Observed]
    no_rule: tuple[Rulebook, ...] = ()  # of bodies the state belongs to, that have no rule on such changes

    def finding(self, rule: str) -> Finding | None:
        """The finding of one rule."""
        return next((finding for finding in self.findings if finding.rule == rule), None)


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the case page shows."""

    id: str
    title: str
    title_fr: str
    country: str
    checked: Checked
    cells: tuple[Cell, ...]
    timeline: Timeline
    ahead: tuple[NextDate, ...]
    key_days: tuple[tuple[date, str], ...]
    facts: tuple[Fact, ...]
    lead: tuple[Fact, ...]
    gaps: tuple[Fact, ...]
    course: Course
    alike: Precedents | None
    turn: Turn | None = None
