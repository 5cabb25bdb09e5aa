"""Which cases of the list somebody asks for, as the address of the page says it.

Invariant: what an address asks and what the form shows are the same; an empty field asks nothing. An unknown word is
refused with those that are known, never passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.briefs.places import REGIONS
from goodoffices.briefs.subregions import SUBREGIONS, region_name
from goodoffices.briefs.tally import kind_name, outcome_name
from goodoffices.casebook.actors import actors
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.kinds import CATEGORIES, OUTCOMES
from goodoffices.core.names import fold
from goodoffices.desk.case_list import CaseList, Line

NAMES: Final = ("kind", "outcome", "region", "state", "mission", "from", "to", "q")
PRESENT: Final = "any"
ABSENT: Final = "none"
LONGEST: Final = 200
_FIRST, _LAST = 1900, 2199
_STATE: Final = re.compile(r"[A-Z]{3}\Z")
_YEAR: Final = re.compile(r"\d{4}\Z", re.ASCII)
# Each region with its subregions under it.
_PLACES: Final = tuple(
    name for region in REGIONS for name in (region, *(sub for sub, one in SUBREGIONS.items() if one.region == region))
)
_MISSIONS: Final[dict[str, tuple[str, str]]] = {
    PRESENT: ("any mission", "une mission quelconque"),
    "peacekeeping": ("a peacekeeping operation", "une opération de maintien de la paix"),
    "political": ("a special political mission", "une mission politique spéciale"),
    "regional_office": ("a regional office", "un bureau régional"),
    "envoy": ("an envoy", "un envoyé"),
    ABSENT: ("no mission known", "aucune mission connue"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; a field that is empty, or None, asks nothing."""

    kind: str = ""
    outcome: str = ""
    region: str = ""
    state: str = ""
    mission: str = ""
    since: int | None = None
    until: int | None = None
    text: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What is asked, as an address writes it."""
        given = (self.kind, self.outcome, self.region, self.state, self.mission, self.since, self.until, self.text)
        return {name: str(one) for name, one in zip(NAMES, given, strict=True) if one not in ("", None)}

    def takes(self, line: Line) -> bool:
        """Whether a case is among those asked for. A case whose year is not known lies in no span of years."""
        row, details = line.row, line.details
        if self.kind not in ("", row.category) or self.outcome not in ("", row.outcome):
            return False
        if self.state not in ("", row.iso3) or self.region not in ("", *details.regions, *details.bodies):
            return False
        if (self.since or self.until) and not (self.since or _FIRST) <= (line.year or 0) <= (self.until or _LAST):
            return False
        if self.mission and self.mission not in mission_words(line):
            return False
        return all(word in details.searched for word in fold(self.text).split())


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that may be asked for: as the address writes it, in words, and how many cases of the list have it."""

    value: str
    words: str
    count: int


def read_choice(given: Mapping[str, str], found: CaseList) -> Choice:
    """Read what an address asks. BadRecord with every word that is not known."""
    problems: list[Problem] = []
    asked = {name: given.get(name, "").strip() for name in NAMES}
    known: dict[str, Sequence[str]] = {
        "kind": CATEGORIES,
        "outcome": OUTCOMES,
        "mission": tuple(_MISSIONS),
        "region": (*_PLACES, *found.bodies),
    }
    for name, words in known.items():
        if asked[name] and asked[name] not in words:
            said = f"there is no {name} {asked[name][:60]!r}."
            problems.append(Problem(name, said, f"Known: {', '.join(words)}."))
    if asked["state"] and asked["state"] not in found.states and not _STATE.match(asked["state"]):
        said = f"{asked['state'][:60]!r} is no code of a state."
        problems.append(Problem("state", said, "Write its ISO 3166 code, such as MLI."))
    if len(asked["q"]) > LONGEST:
        problems.append(Problem("q", f"is longer than {LONGEST} letters.", "Ask for a name."))
    since, until = (_year(name, asked[name], problems) for name in ("from", "to"))
    if since and until and since > until:
        problems.append(Problem("from", f"{since} lies after {until}.", "Give the earlier year first."))
    if problems:
        raise BadRecord(problems)
    return Choice(
        kind=asked["kind"],
        outcome=asked["outcome"],
        region=asked["region"],
        state=asked["state"],
        mission=asked["mission"],
        since=since,
        until=until,
        text=asked["q"],
    )


def _year(name: str, text: str, problems: list[Problem]) -> int | None:
    if not text:
        return None
    if not _YEAR.match(text) or not _FIRST <= int(text) <= _LAST:
        problems.append(Problem(name, f"{text[:60]!r} is no year from {_FIRST} to {_LAST}.", "Write it as 2021."))
        return None
    return int(text)


def chosen(found: CaseList, choice: Choice) -> tuple[Line, ...]:
    """The cases that are asked for, in the order of the list."""
    return tuple(line for line in found.lines if choice.takes(line))


def offers(found: CaseList, choice: Choice, language: str = "en") -> dict[str, tuple[Offer, ...]]:
    """For each field of the form the words that cases of the list have, the one asked for too, and how many have it."""
    names = {code: state.said(language) for code, state in found.states.items()}
    names |= {line.row.iso3: line.details.country_fr if language == "fr" else line.row.country for line in found.lines}
    register = actors()
    region, body = (choice.region, "") if choice.region in _PLACES else ("", choice.region)

    def place(name: str) -> str:
        return ("\u2003" if name in SUBREGIONS else "") + region_name(name, language)

    kinds = _counted(CATEGORIES, ([line.row.category] for line in found.lines), choice.kind)
    outcomes = _counted(OUTCOMES, ([line.row.outcome] for line in found.lines), choice.outcome)
    places = _counted(_PLACES, (line.details.regions for line in found.lines), region)
    bodies = _counted(found.bodies, (line.details.bodies for line in found.lines), body)
    states = _counted(names, ([line.row.iso3] for line in found.lines), choice.state)
    missions = _counted(_MISSIONS, (mission_words(line) for line in found.lines), choice.mission)
    return {
        "kind": tuple(Offer(one, kind_name(one, language), count) for one, count in kinds),
        "outcome": tuple(Offer(one, outcome_name(one, language), count) for one, count in outcomes),
        "place": tuple(Offer(one, place(one), count) for one, count in places),
        "body": tuple(Offer(one, register[one].said(language), count) for one, count in bodies),
        "state": tuple(
            sorted((Offer(one, names.get(one, one), count) for one, count in states), key=lambda one: fold(one.words))
        ),
        "mission": tuple(Offer(one, _MISSIONS[one][language == "fr"], count) for one, count in missions),
    }


def mission_words(line: Line) -> tuple[str, ...]:
    """The words a case is found by for the missions in the country on day 0."""
    types = dict.fromkeys(kind for _, kind in line.details.missions)
    return (PRESENT, *types) if types else (ABSENT,)


def _counted(words: Iterable[str], had: Iterable[Sequence[str]], asked: str) -> list[tuple[str, int]]:
    """The words that are had at all, in their own order, and the one asked for, had or not."""
    counts = Counter(one for words_of in had for one in words_of)
    listed = list(words)
    if asked and asked not in listed:
        listed.append(asked)
    return [(one, counts[one]) for one in listed if counts[one] or one == asked]
