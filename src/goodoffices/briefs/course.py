"""The course of a case after day 0: who answered, in order; what was promised and what came of it; what became of the
mandate and its tasks; what people thought.

Invariant: only what had begun by the day looked at and was known on the day of knowledge. A promise whose day has
passed without a known outcome stays open: that nothing is known of it does not say that it was broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.core.days import read_day
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import KINDS
from goodoffices.core.reading import begun, day_label, day_zero
from goodoffices.core.snapshots import Snapshot

# Acts of organs that are told elsewhere on the page, or are no answer to the change.
_TOLD_APART: Final = ("mandate", "mandated_task", "mission_task", "mission_present", "context", "no_product")
FATE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "continued": ("continued", "poursuivie"),
    "adapted": ("adapted", "adaptée"),
    "redirected": ("redirected", "réorientée"),
    "frozen": ("frozen", "gelée"),
    "removed": ("removed", "supprimée"),
    "not_applicable": ("lost its object", "devenue sans objet"),
    "unknown": ("not known", "non connu"),
}
_PROMISED: Final[dict[str, tuple[str, str]]] = {
    "kept": ("kept", "tenue"),
    "missed": ("not kept", "non tenue"),
    "postponed": ("put off", "reportée"),
    "ahead": ("ahead", "à venir"),
    "no_outcome": ("day passed, no outcome known", "échéance passée, suite non connue"),
    "undated": ("no day named", "sans date"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An act of an organ after day 0; `label` counts it in days from the seizure where the day allows."""

    fact: Fact
    label: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A dated promise of those in power: the day promised, what came of it, and the facts that say so.

    `state` is kept, missed or postponed where an outcome is known; else ahead, no_outcome or undated.
    """

    fact: Fact
    due: str
    state: str
    outcomes: tuple[Fact, ...]

    def words(self, language: str = "en") -> str:
        """What came of it, for people."""
        return _PROMISED[self.state][language == "fr"]


@dataclass(frozen=True, slots=True)
class Task:
    """A mandated task of a mission and what became of it, in order of time."""

    mission: str
    name: str
    fates: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What followed day 0, as far as it was known."""

    answers: tuple[Answer, ...]
    promises: tuple[Promise, ...]
    terms: tuple[Fact, ...]
    votes: tuple[Fact, ...]
    mandates: tuple[Fact, ...]
    tasks: tuple[Task, ...]
    opinion: tuple[Fact, ...]


def course(snapshot: Snapshot, language: str = "en") -> Course:
    """The course of the snapshot's case."""
    zero = day_zero(snapshot)
    acts = [kind.name for kind in KINDS.values() if kind.organ_act and kind.name not in _TOLD_APART]
    answers = (
        Answer(fact, day_label(fact.span.begins, zero, language))
        for fact in _in_order(begun(snapshot, *acts))
        if zero is None or fact.span.begins.latest >= zero.earliest
    )
    return Course(
        tuple(answers),
        _promises(snapshot),
        _in_order(begun(snapshot, "transition_term")),
        _in_order(begun(snapshot, "vote_held", "constitutional_order")),
        _in_order(begun(snapshot, "mandate", "mission_exit", "consent")),
        _tasks(snapshot),
        _in_order(begun(snapshot, "opinion")),
    )


def _in_order(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: (fact.span.begins.shown, fact.key)))


def _promises(snapshot: Snapshot) -> tuple[Promise, ...]:
    outcomes = _in_order(begun(snapshot, "promise_outcome"))
    found = []
    for fact in _in_order(begun(snapshot, "promise")):
        mine = tuple(one for one in outcomes if one.get("of") == fact.key)
        found.append(Promise(fact, fact.get("until"), _came_of(fact, mine, snapshot.as_of), mine))
    return tuple(found)


def _came_of(promise: Fact, outcomes: Sequence[Fact], as_of: date) -> str:
    if outcomes:
        return outcomes[-1].get("result")
    if not promise.get("until"):
        return "undated"
    return "ahead" if read_day(promise.get("until")).latest >= as_of else "no_outcome"


def _tasks(snapshot: Snapshot) -> tuple[Task, ...]:
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in _in_order(begun(snapshot, "mission_task")):
        if fact.get("task"):
            found.setdefault((fact.get("mission"), fact.get("task")), []).append(fact)
    return tuple(Task(mission, name, tuple(fates)) for (mission, name), fates in found.items())


def fate_words(fate: str, language: str = "en") -> str:
    """What became of a task, for people."""
    return FATE_WORDS[fate][language == "fr"] if fate in FATE_WORDS else fate.replace("_", " ")
