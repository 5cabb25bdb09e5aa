"""Advice on a situation: all sections or some, each a value with items and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from goodoffices.advice.giving import give
from goodoffices.advice.items import Item, Section
from goodoffices.advice.language import SECTIONS, section
from goodoffices.advice.situation import Situation
from goodoffices.advice.tables import tables
from goodoffices.advice.triage import triage


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice on a case at a moment, for a mission: its sections, in order."""

    situation: Situation
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items of all sections."""
        return tuple(item for one in self.sections for item in one.items)


def advise(situation: Situation, names: Sequence[str] = SECTIONS) -> Advice:
    """Advice in these sections. NoAnswer, with the sections there are, for another name."""
    return Advice(situation, tuple(_section(name, situation) for name in names))


def _section(name: str, situation: Situation) -> Section:
    written = section(name)
    given = replace(give(written, situation), tables=tables(name, situation))
    if name == "triage":  # the tasks first: that is what one looks for
        given = replace(given, groups=(*triage(written, situation), *given.groups))
    return given
