"""Items of advice: one sentence each, with what it is based on, what it hangs on and what would change it.

Invariant: an item says nothing that was not known. Its facts and precedents are facts of the snapshot and of other
cases as known that day; its own words name no case. What was published only afterwards is marked as such.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from goodoffices.core.facts import Fact

Basis = Literal["rule", "guidance", "precedent", "judgement"]
Standing = Literal["applies", "perhaps"]
Course = Literal["continue", "adapt", "redirect", "suspend", "stop"]
BASES: Final = ("rule", "guidance", "precedent", "judgement")
COURSES: Final = ("continue", "adapt", "redirect", "suspend", "stop")


@dataclass(frozen=True, slots=True)
class Ground:
    """What an item rests on: an article of a rule (`rule` is its id), or a source with a place in it.

    `public` is false for texts nobody outside the United Nations has read; `afterwards` says that it was published
    only after the day of knowledge: advice drawn from it is hindsight. `checked`: wording and number were read.
    """

    title: str
    at: str
    public: bool
    rule: str = ""
    published: str = ""
    afterwards: bool = False
    checked: bool = True
    described_by: str = ""

    @property
    def words(self) -> str:
        """As printed: title and place."""
        return f"{self.title}, {self.at}" if self.at else self.title


@dataclass(frozen=True, slots=True)
class HungOn:
    """A rule whose state the item hangs on, with that state."""

    rule: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of advice. `standing`: whether its condition holds, or nobody can say.

    `facts` are the keys of this case's facts it rests on; `precedents` facts of other cases. `course`, `task` and
    `tell` belong to the triage of tasks alone: what to do with which task, and what to tell the Council. `perhaps` are
    courses before this one whose condition nobody can settle.
    """

    id: str
    section: str
    group: str
    text: str
    basis: Basis
    standing: Standing
    side: str = ""
    grounds: tuple[Ground, ...] = ()
    hangs_on: tuple[HungOn, ...] = ()
    facts: tuple[str, ...] = ()
    precedents: tuple[Fact, ...] = ()
    would_change: str = ""
    owner: str = ""
    clock: str = ""
    course: str = ""
    task: str = ""
    tell: str = ""
    perhaps: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether its condition holds on what is known."""
        return self.standing == "applies"

    @property
    def afterwards(self) -> bool:
        """Whether all its grounds were published only after the day of knowledge."""
        return bool(self.grounds) and all(one.afterwards for one in self.grounds)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, and the facts behind it."""

    cells: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What the record has on one question of a section, row by row. `empty` is said where there is none."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a section."""

    id: str
    title: str
    lead: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the advice, with its tables."""

    id: str
    title: str
    lead: str
    groups: tuple[Group, ...]
    tables: tuple[Table, ...] = field(default=())

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in order."""
        return tuple(item for group in self.groups for item in group.items)
