"""What came next: the steps of the answer to a change, from the first suspension to the return of constitutional order,
for several cases side by side.

Invariant: a step without an act says that none is known; the steps of those in power are told apart from the organs'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.briefs.act_words import (
    act_words,
    day_number_words,
    number_words,
    organisation_words,
    word_of,
)
from goodoffices.briefs.comparing import When, act_of, organisation_of, response, zero_of
from goodoffices.briefs.precedents import milestones
from goodoffices.core.days import read_day
from goodoffices.core.errors import BadRecord
from goodoffices.core.facts import Fact
from goodoffices.core.reading import begun
from goodoffices.core.snapshots import Snapshot

# The steps in the order in which they are read; those with a test are not among the milestones of precedents.
_ELECTIONS: Final = ("presidential", "legislative", "general", "indirect")
_STEPS: Final[dict[str, tuple[str, str]]] = {
    "first suspension": ("first suspension", "première suspension"),
    "suspension declined": ("suspension declined", "suspension refusée"),
    "suspension lifted": ("first lifting of a suspension", "première levée de suspension"),
    "Security Council product": ("Security Council text", "texte du Conseil de sécurité"),
    "first sanctions": ("first sanctions", "premières sanctions"),
    "transition term": ("term of the transition", "durée de la transition"),
    "referendum": ("first referendum", "premier référendum"),
    "election": ("first national election", "première élection nationale"),
    "constitutional order": ("constitutional order", "ordre constitutionnel"),
}
_OF_THOSE_IN_POWER: Final = ("transition term", "referendum", "election", "constitutional order")
_VOTES_FR: Final = {
    "presidential": "présidentielle",
    "legislative": "législative",
    "general": "générale",
    "indirect": "indirecte",
    "referendum": "référendum",
}


@dataclass(frozen=True, slots=True)
class Next:
    """One step in one case: what was done and by whom, the day since the seizure, the fact; empty where none is known.

    `number` is the day where it is exact, for those who compute.
    """

    case: str
    what: str = ""
    said: str = ""
    days: str = ""
    fact: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A step over several cases. `by_authorities`: it is a step of those in power, not an organ's act."""

    name: str
    label: str
    by_authorities: bool
    cells: tuple[Next, ...]


def courses(snapshots: Sequence[Snapshot], language: str = "en") -> tuple[Course, ...]:
    """The steps of these cases, in the order of the snapshots."""
    found = [_steps(one, language) for one in snapshots]
    return tuple(
        Course(name, said[language == "fr"], name in _OF_THOSE_IN_POWER, tuple(steps[name] for steps in found))
        for name, said in _STEPS.items()
    )


def _steps(snapshot: Snapshot, language: str) -> dict[str, Next]:
    zero = zero_of(snapshot)
    # Those that precedents know, and three of our own, each by the rule of a cell: the first act from day 0 on.
    keys = {one.name: one.response.facts[0] if one.response else "" for one in milestones(snapshot)}
    votes = begun(snapshot, "vote_held")
    own = {
        "suspension lifted": begun(snapshot, "suspension_lifted"),
        "referendum": [fact for fact in votes if fact.get("election") == "referendum"],
        "election": [fact for fact in votes if fact.get("election") in _ELECTIONS],
    }
    for name, facts in own.items():
        after = [fact for fact in facts if zero is None or fact.span.begins.latest >= zero.earliest]
        cell = response(after, zero)
        keys[name] = cell.facts[0] if cell else ""
    return {name: _next(snapshot, keys[name], language) for name in _STEPS}


def _next(snapshot: Snapshot, key: str, language: str) -> Next:
    case, fact = snapshot.subjects[0], snapshot.find(key) if key else None
    if fact is None:
        return Next(case)
    day = _day(fact, snapshot)
    said, bare = day_number_words(day, language), number_words(day, language)
    return Next(case, _what(fact, language), said, bare, fact.key, day.day)


def _day(fact: Fact, snapshot: Snapshot) -> When:
    cell = response([fact], zero_of(snapshot))
    assert cell is not None, "one fact makes a cell"
    return cell.when


def _what(fact: Fact, language: str) -> str:
    french = language == "fr"
    if fact.kind == "transition_term":
        if fact.get("months"):
            return f"{fact.get('months')} mois" if french else f"{fact.get('months')} months"
        if fact.get("until"):
            return _until(fact.get("until"), language)
        return "durée non connue" if french else "term not known"
    if fact.kind == "vote_held":
        return _VOTES_FR.get(fact.get("election"), fact.get("election")) if french else fact.get("election")
    if fact.kind == "constitutional_order":
        return fact.get("person") or ("retour" if french else "return")
    if fact.actor == "un-security-council":
        verb = fact.get("verb")
        said = act_words(act_of(fact), language)
        return f"{said}, {word_of(verb, language)}" if verb else said
    organisation = organisation_of(fact)
    if organisation:
        return organisation_words(organisation, language)
    return "les autorités" if french else "authorities"


def _until(text: str, language: str) -> str:
    try:
        day = read_day(text)
    except BadRecord:  # a day the record takes and this reader does not is shown as written
        return f"jusqu’à {text}" if language == "fr" else f"until {text}"
    return f"jusqu’{day.words_after('à')}" if language == "fr" else f"until {day.words()}"
