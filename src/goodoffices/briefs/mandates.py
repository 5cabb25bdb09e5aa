"""The mandates of a mission: each decision about it, what is in force on a day, and what became of its tasks.

A decision told in the register and in a case is one decision with two facts. What a decision turned comes from the
direction on record; that a renewal changed nothing, or that a change was a cut, from the record’s own words for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from goodoffices.briefs.lives import register_id
from goodoffices.core.days import Day, read_day
from goodoffices.core.errors import BadRecord
from goodoffices.core.facts import Fact, order
from goodoffices.core.symbols import read_symbol

Turn = Literal["start", "renew", "rollover", "change", "reduce", "end", ""]
TURNS: Final[dict[str, tuple[str, str]]] = {
    "start": ("set up", "création"),
    "renew": ("renewed", "renouvellement"),
    "rollover": ("technical rollover, nothing changed", "renouvellement technique, sans changement"),
    "change": ("changed", "modification"),
    "reduce": ("reduced", "réduction"),
    "end": ("ended", "fin"),
    "": ("no decision on the mandate", "sans décision sur le mandat"),
}
FATES: Final[dict[str, tuple[str, str]]] = {
    "continued": ("continued", "poursuivie"),
    "adapted": ("adapted", "adaptée"),
    "redirected": ("redirected", "réorientée"),
    "frozen": ("frozen", "gelée"),
    "removed": ("removed", "supprimée"),
    "not_applicable": ("passed on, or without object", "transmise, ou sans objet"),
    "unknown": ("not known", "non connu"),
}
_ABOUT: Final = ("mandate", "resolution", "presidential_statement", "decision", "no_product")
_UNCHANGED: Final = re.compile(r"rollover|unchanged|nothing changed|without change|as it was", re.IGNORECASE)
_CUT: Final = re.compile(
    r"\bcut\b|\bcuts\b|reduction|lower ceiling|leaner|closure|narrowed|disengagement", re.IGNORECASE
)
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+"
_STRENGTH: Final = re.compile(
    rf"(?:(?:up to|about|nearly|at least)\s)?{_NUMBER}(?:\s\w+)?\s(?:troops|soldiers|police|personnel)"
    rf"(?:\sand\s{_NUMBER}\spolice)?"
    rf"|(?:troop\s)?ceilings?\s\(?{_NUMBER}\)?(?:\sand\s{_NUMBER})?|{_NUMBER}\sand\s{_NUMBER}\skept",
    re.IGNORECASE,
)
_WHOLE: Final = "all"  # the matter of a line that tells all tasks at once
_TASK_NAME: Final = re.compile(r"task-\d+-(.+)\Z")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about a mission, with every fact that tells it; the register’s own first."""

    day: Day
    kind: str
    turn: Turn
    document: str
    until: Day | None
    votes: str
    subject: str
    facts: tuple[Fact, ...]
    differing: tuple[str, ...]  # fields in which its facts differ

    @property
    def fact(self) -> Fact:
        """The fact that tells it first."""
        return self.facts[0]

    @property
    def label(self) -> str:
        """The document’s symbol, or the day where no document is on record."""
        return self.document or self.day.text


@dataclass(frozen=True, slots=True)
class Mandate:
    """The mandate of a day: the decision that carries it, the day it runs to, and whether that day had passed."""

    decision: Decision
    until: Day
    state: Literal["in_force", "run_out", "uncertain"]
    days_left: int


@dataclass(frozen=True, slots=True)
class Step:
    """A task under one document: the facts that say what became of it; whether it is new there."""

    facts: tuple[Fact, ...]
    new: bool


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task over time, a step for each document of the table; None where the document’s tasks do not have it."""

    name: str
    matter: str
    steps: tuple[Step | None, ...]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """Tasks against the documents that set them, in order of time."""

    documents: tuple[str, ...]
    lines: tuple[TaskLine, ...]

    def added(self, document: str) -> tuple[TaskLine, ...]:
        """Tasks that stand under a document and not under the one before; none for the first, where all begin."""
        place = self._comparable(document)
        return tuple(one for one in self.lines if place and (step := one.steps[place]) and step.new)

    def dropped(self, document: str) -> tuple[TaskLine, ...]:
        """Tasks of the document before that stand no longer under this one."""
        place = self._comparable(document)
        return tuple(one for one in self.lines if place and one.steps[place - 1] and not one.steps[place])

    def _comparable(self, document: str) -> int:
        """The place of a document that can be compared with the one before; 0 where one of them is told as a whole
        ("all tasks"), which says nothing of single tasks."""
        place = self.documents.index(document)
        whole = any(line.matter == _WHOLE and (line.steps[place] or line.steps[place - 1]) for line in self.lines)
        return 0 if whole else place

    def fates(self, document: str) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
        """What became of a document’s tasks: each fate with its facts."""
        place = self.documents.index(document)
        return by_fate(fact for one in self.lines if (step := one.steps[place]) for fact in step.facts)


def by_fate(facts: Iterable[Fact]) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Facts about tasks under the fate they tell, in the order of FATES."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.get("fate"), []).append(fact)
    return tuple((fate, tuple(found[fate])) for fate in FATES if fate in found)


def turn_words(turn: str, language: str = "en") -> str:
    """What a decision did to the mandate."""
    return TURNS[turn][language == "fr"]


def fate_words(fate: str, language: str = "en") -> str:
    """What became of a task."""
    return FATES[fate][language == "fr"] if fate in FATES else fate


def symbol_key(document: str) -> str:
    """What makes two writings of a symbol one document: "S/RES/2100" and "S/RES/2100 (2013)"."""
    try:
        found = read_symbol(document)
    except BadRecord:
        return " ".join(document.casefold().split())
    year = "" if found.family in ("resolution", "communique") else found.year
    return "/".join((found.series, found.number, year, found.addendum))


def is_about(fact: Fact, mission: str) -> bool:
    """Whether a fact is about a mission: told in its register, or naming it."""
    return fact.subject == f"mission:{mission}" or register_id(fact.get("mission")) == mission


def decisions(facts: Iterable[Fact], mission: str) -> tuple[Decision, ...]:
    """The decisions about a mission, in order of time: those on its mandate, and what else the register tells."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in sorted(facts, key=order):
        if fact.kind not in _ABOUT or fact.competes_with or not is_about(fact, mission):
            continue
        own = fact.subject == f"mission:{mission}"
        if not own and fact.kind != "mandate":
            continue
        document = fact.get("document")
        # Without a symbol the day stands for it; letters are exchanged over days, but told on one.
        key = ("document", symbol_key(document)) if document else (fact.kind, fact.span.begins.text)
        groups.setdefault(key, []).append(fact)
    _join_unnamed(groups)
    return tuple(
        sorted((_decision(found, mission) for found in groups.values()), key=lambda one: order(one.fact)),
    )


def _join_unnamed(groups: dict[tuple[str, str], list[Fact]]) -> None:
    """What a case tells without a symbol belongs to the decision of the same day that has one."""
    days = {
        (fact.kind, fact.span.begins.text): key
        for key, found in groups.items()
        if key[0] == "document"
        for fact in found
    }
    for key in [one for one in groups if one in days]:
        groups[days[key]] += groups.pop(key)


def _decision(found: Sequence[Fact], mission: str) -> Decision:
    facts = tuple(sorted(found, key=lambda fact: (fact.subject != f"mission:{mission}", order(fact))))
    first = facts[0]
    given = {name: [one for fact in facts if (one := fact.get(name))] for name in ("direction", "until", "document")}
    day = first.span.begins
    until = read_day(given["until"][0]) if given["until"] else None
    direction = given["direction"][0] if given["direction"] else ""
    if direction == "end" and until is None:
        until = day
    differing = [name for name in ("direction", "until") if len(set(given[name])) > 1]
    return Decision(
        day=day,
        kind=first.kind,
        turn=_turn(direction, facts),
        document=given["document"][0] if given["document"] else "",
        until=until,
        votes=next((one for fact in facts if (one := fact.get("votes"))), ""),
        subject=next((one for fact in facts if (one := fact.get("subject_matter"))), ""),
        facts=facts,
        differing=tuple(differing),
    )


def _turn(direction: str, facts: Sequence[Fact]) -> Turn:
    words = " ".join(f"{fact.get('subject_matter')} {fact.text}" for fact in facts)
    told = " ".join(fact.get("subject_matter") for fact in facts)
    if direction == "renew" and _UNCHANGED.search(words):
        return "rollover"
    if direction in ("renew", "change") and _CUT.search(told):
        return "reduce"
    known: dict[str, Turn] = {"start": "start", "renew": "renew", "change": "change", "end": "end"}
    return known.get(direction, "")


def on_mandate(found: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those that set, renew, change or end the mandate."""
    return tuple(one for one in found if one.turn)


def mandate_on(found: Iterable[Decision], day: date) -> Mandate | None:
    """The mandate as decided by a day; a change in its course leaves its term. None where no term is on record."""
    taken = [one for one in found if one.turn and one.until and one.day.earliest <= day]
    if not taken:
        return None
    last = taken[-1]
    until = last.until or last.day
    state: Literal["in_force", "run_out", "uncertain"] = "in_force" if day <= until.earliest else "uncertain"
    if day > until.latest:
        state = "run_out"
    return Mandate(last, until, state, (until.earliest - day).days)


def strength_on(found: Iterable[Decision], day: date) -> tuple[str, Fact] | None:
    """The authorised strength in the words of the last decision that names one, and its fact."""
    for one in reversed([one for one in found if one.day.earliest <= day]):
        for fact in one.facts:
            for text in (fact.get("subject_matter"), fact.text):
                words = _STRENGTH.search(text)
                if words:
                    return words.group(), fact
    return None


def tasks_of(facts: Iterable[Fact], mission: str, taken: Sequence[Decision]) -> TaskTable:
    """The tasks of a mission, a line each, against the documents that set them. What cases tell of tasks without
    naming a document is left to them."""
    mine = [
        fact
        for fact in sorted(facts, key=order)
        if fact.kind == "mission_task" and not fact.competes_with and is_about(fact, mission) and fact.get("document")
    ]
    days = {symbol_key(one.document): one.day.shown for one in taken if one.document}
    named = dict.fromkeys(fact.get("document") for fact in mine)
    documents = sorted(named, key=lambda one: (days.get(symbol_key(one), date.max), one))
    cells: dict[str, dict[str, list[Fact]]] = {}
    for fact in mine:
        cells.setdefault(_line_of(fact), {}).setdefault(fact.get("document"), []).append(fact)
    lines = [_line(found, documents) for found in cells.values()]
    return TaskTable(tuple(documents), tuple(sorted(lines, key=_place)))


def _line_of(fact: Fact) -> str:
    """What makes two facts one task: the name the register gives it under each document, else its words."""
    named = _TASK_NAME.match(fact.name)
    return named[1] if named else fact.get("task") or fact.get("subject_matter") or fact.name


def _line(found: dict[str, list[Fact]], documents: Sequence[str]) -> TaskLine:
    steps: list[Step | None] = []
    for place, document in enumerate(documents):
        facts = tuple(found.get(document, ()))
        steps.append(Step(facts, place == 0 or steps[-1] is None) if facts else None)
    first = next(step for step in steps if step).facts[0]
    return TaskLine(first.get("task") or first.text, first.get("subject_matter"), tuple(steps))


def _place(line: TaskLine) -> tuple[int, str, str]:
    return next(place for place, step in enumerate(line.steps) if step), line.matter, line.name
