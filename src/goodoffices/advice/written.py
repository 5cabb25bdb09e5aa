"""Advice as it is written in its files: sections, groups, items, courses, and the conditions they hang on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goodoffices.advice.items import Basis
from goodoffices.norms.rules import Pattern


@dataclass(frozen=True, slots=True)
class RuleIs:
    """The finding of a rule has one of these states."""

    rule: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[When, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One part holds."""

    parts: tuple[When, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part fails."""

    part: When


@dataclass(frozen=True, slots=True)
class Days:
    """So many days have passed since day 0, both ends counted; None is open."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class MissionIs:
    """The mission is of one of these types; `none`: there is no mission."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaterChange:
    """Another change of government has followed in the country."""


@dataclass(frozen=True, slots=True)
class EarlierChanges:
    """The record has at least so many earlier changes of government in the country."""

    least: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """The last day of a promise or term has passed, and no outcome of it is on record."""


@dataclass(frozen=True, slots=True)
class OpinionIs:
    """What surveys on record say of support for the change: majority, minority or unknown."""

    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskIs:
    """The task is of one of these matters, and done with one of these counterparts; empty asks nothing."""

    matters: tuple[str, ...]
    counterparts: tuple[str, ...]


When = RuleIs | All | Any | Not | Days | MissionIs | LaterChange | EarlierChanges | Overdue | OpinionIs | TaskIs


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages."""

    en: str
    fr: str

    def __call__(self, language: str) -> str:
        """The text in a language."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Origin:
    """A source of advice. `published` is EDTF, or `unknown`."""

    id: str
    title: Said
    published: str
    public: bool


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """An item or course as its file has it."""

    id: str
    text: Said
    basis: Basis
    when: When | None
    rules: tuple[str, ...]
    sources: tuple[tuple[Origin, str], ...]
    facts: tuple[Pattern, ...]
    elsewhere: tuple[Pattern, ...]
    changes: Said
    group: str = ""
    side: str = ""
    owner: str = ""
    clock: Said = Said("", "")
    course: str = ""
    tell: Said = Said("", "")


@dataclass(frozen=True, slots=True)
class WrittenGroup:
    """A part of a section as its file has it."""

    id: str
    title: Said
    lead: Said


@dataclass(frozen=True, slots=True)
class Courses:
    """For kinds of task, the courses in order: the first that holds is advised."""

    matters: tuple[str, ...]
    courses: tuple[WrittenItem, ...]


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section as its file has it."""

    id: str
    title: Said
    lead: Said
    groups: tuple[WrittenGroup, ...]
    items: tuple[WrittenItem, ...]
    courses: tuple[Courses, ...]


def rules_in(when: When | None) -> Iterator[RuleIs]:
    """Every question about a rule in a condition."""
    match when:
        case RuleIs():
            yield when
        case All(parts) | Any(parts):
            for part in parts:
                yield from rules_in(part)
        case Not(part):
            yield from rules_in(part)
        case _:
            return
