"""Who the mission deals with: persons and groups as the facts name them, with what is known of each.

Only what is on record: an office somebody holds, what became of them, measures against them, contacts of the United
Nations with them. Real power is not on record; where nobody wrote it down the map says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.advice.situation import Situation
from goodoffices.casebook.actors import actors
from goodoffices.core.facts import Fact
from goodoffices.core.names import fold

_TELLS_PERSON: Final = ("leadership", "ousted", "detention")
_IN_POWER: Final = ("took_power", "appointed", "sworn_in", "elected", "reinstated", "extended")
_GROUPS: Final = ("authorities", "armed-forces", "armed-groups", "ousted", "civil-society")
_SAYS: Final = ("authorities_statement", "stance", "promise")
_ACTS: Final = ("expulsion", "restriction", "staff_security", "violence")
_MEASURES: Final = ("sanction", "sanction_lifted")
_CONTACTS: Final = ("engagement", "dialogue", "recognition")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the facts name: the last office or event on record, measures against them, contacts with them."""

    name: str
    last: Fact
    standing: str  # in_power | out | detained | not_known
    office: str
    measures: tuple[Fact, ...]
    contacts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Faction:
    """A group among those in power or around it: what it last said and did, and the last contact of the UN with it."""

    actor: str
    said: Fact | None
    did: Fact | None
    contact: Fact | None


def persons(situation: Situation) -> tuple[Person, ...]:
    """Persons whom facts of the case name, those in power first, then in the order in which they last appear."""
    told: dict[str, list[Fact]] = {}
    for fact in situation.of_kind(*_TELLS_PERSON):
        if name := fact.get("person"):
            told.setdefault(name, []).append(fact)
    found = [_person(name, facts, situation) for name, facts in told.items()]
    return tuple(sorted(found, key=lambda one: (one.standing != "in_power", -one.last.span.begins.shown.toordinal())))


def _person(name: str, facts: Sequence[Fact], situation: Situation) -> Person:
    last = facts[-1]
    offices = [one for fact in facts if (one := fact.get("office"))]
    return Person(
        name=name,
        last=last,
        standing=_standing(last),
        office=offices[-1] if offices else "",
        measures=tuple(_naming(name, situation.of_kind(*_MEASURES))),
        contacts=tuple(_naming(name, situation.of_kind(*_CONTACTS))),
    )


def _standing(last: Fact) -> str:
    if last.kind == "detention":
        return "detained" if last.get("direction") == "start" else "out"
    if last.kind == "ousted":
        return "out"
    return "in_power" if last.get("manner") in _IN_POWER else "out"


def _naming(name: str, facts: Iterable[Fact]) -> Iterable[Fact]:
    """Facts whose sentence or target has the person’s last name."""
    wanted = fold(name).split()
    if not wanted:
        return
    for fact in facts:
        if wanted[-1] in fold(f"{fact.text} {fact.get('target')} {fact.get('person')}").replace("’s", "").split():
            yield fact


def factions(situation: Situation) -> tuple[Faction, ...]:
    """Groups of the country on record: what each last said and did, and the last contact with it."""
    found = []
    for actor in _GROUPS:
        said = [fact for fact in situation.of_kind(*_SAYS) if fact.actor == actor]
        did = [fact for fact in situation.of_kind(*_ACTS) if fact.actor == actor]
        contact = [fact for fact in situation.of_kind(*_CONTACTS) if fact.get("with") == actor and _is_un(fact.actor)]
        if said or did or contact:
            found.append(Faction(actor, _last(said), _last(did), _last(contact)))
    return tuple(found)


def _last(facts: Sequence[Fact]) -> Fact | None:
    return facts[-1] if facts else None


def _is_un(actor: str) -> bool:
    return actor == "un" or actors()[actor].part_of == "un"
