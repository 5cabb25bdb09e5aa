"""What all files of the casebook share in being read: their sources, their facts, and the place of every problem."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Final

from goodoffices.casebook.factform import FactForm, read_source
from goodoffices.core.days import UNKNOWN_DAY, Day, read_day, read_span
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import KINDS
from goodoffices.core.markings import Marking
from goodoffices.core.sources import Citation, Source
from goodoffices.core.yamlfile import Located, Place

OURSELVES: Final = Source("casebook", "The Good Offices casebook")
_NO_DAY: Final = Day("", UNKNOWN_DAY.earliest, UNKNOWN_DAY.latest)  # stands in while problems are collected


def line_of(problem: Problem) -> int:
    """The line a problem stands on; 0 where it names none."""
    number = problem.where.rpartition(", line ")[2]
    return int(number) if number.isdecimal() else 0


class Reader:
    """What reading a case file and reading a register share: the located data and its problems."""

    def __init__(self, located: Located, problems: list[Problem]):
        self.located = located
        self.problems = problems
        self.data: Mapping[str, Any] = located.data

    def refuse(self, place: Place, found: str, remedy: str) -> None:
        """Note a problem at a place of the file."""
        self.problems.append(Problem(self.located.where(place), found, remedy))

    def day(self, text: str, place: Place) -> Day:
        """A day that must be known; a stand-in where it is none."""
        try:
            day = read_day(text, self.located.where(place))
        except BadRecord as fault:
            self.problems += fault.problems
            return _NO_DAY
        if day == UNKNOWN_DAY:
            self.refuse(place, "the day must be known.", "Write a date, such as 2021-06-01.")
        return day

    def sources(self) -> dict[str, Source]:
        """The sources at the head of the file."""
        given = self.data.get("sources")
        if not isinstance(given, dict) or not given:
            self.refuse(("sources",), "the file has no sources.", "Add sources: every fact has a source.")
            return {}
        where = self.located.where
        read = {key: read_source(key, one, where(("sources", key)), self.problems) for key, one in given.items()}
        # A source with a mistake still stands there: the facts that cite it are not at fault.
        return {key: source or Source(key, key) for key, source in read.items()}

    def facts(
        self, subject: str, given: Any, place: Place, sources: Mapping[str, Source], marking: Marking
    ) -> list[Fact]:
        """The facts that stand at `place`; those with problems are left out."""
        found = []
        for name, fields in given.items():
            if not isinstance(fields, dict):
                remedy = "Give it kind, when, actor, text, confidence, sources."
                self.refuse((*place, name), f"{name} has no fields.", remedy)
                continue
            where = functools.partial(self._where_field, (*place, name))
            fact = FactForm(subject, name, fields, where, self.problems).fact(sources, marking)
            if fact is not None:
                found.append(fact)
        return found

    def _where_field(self, place: Place, field: str) -> str:
        return self.located.where((*place, field))


def own_fact(key: str, kind: str, text: str, value: Mapping[str, str], day: str, marking: Marking) -> Fact:
    """A fact the record states about itself: what a case is, what is not known."""
    span = read_span(day, key)
    return Fact(
        key=key,
        kind=kind,
        actor="un" if kind == "gap" else "authorities",
        span=span,
        known_at=span.begins.latest,
        text=text,
        citations=(Citation(OURSELVES),),
        confidence="high",
        value=tuple((name, value[name]) for name in (*KINDS[kind].needs, *KINDS[kind].may) if value.get(name)),
        marking=marking,
    )
