"""The register of actors: who acts, in which lane of a timeline, as part of which organisation."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Final

from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.kinds import MISSION_TYPES
from goodoffices.core.names import Actor, fold
from goodoffices.core.yamlfile import read_yaml

REGISTER: Final = Path(__file__).parent / "actors.yaml"
_NEEDS: Final = ("name", "name_fr", "lane")
_FRENCH: Final = "short_fr"
_MAY: Final = (*_NEEDS, "short", _FRENCH, "part_of", "mission_type")
# In French missions, operations and forces are feminine; what begins with one of these words is not.
_VOWELS: Final = tuple("aeiou")
_MASCULINE: Final = ("Bureau", "Centre")

# Lanes in the order in which a timeline draws them, with their names.
LANES: Final[dict[str, tuple[str, str]]] = {
    "authorities": ("Authorities", "Autorités"),
    "society": ("Society", "Société"),
    "ecowas": ("ECOWAS", "CEDEAO"),
    "rec": ("Region", "Région"),
    "au": ("African Union", "Union africaine"),
    "council": ("Security Council", "Conseil de sécurité"),
    "assembly": ("General Assembly", "Assemblée générale"),
    "secretariat": ("UN Secretariat", "Secrétariat de l’ONU"),
    "mission": ("UN mission", "Mission de l’ONU"),
    "states": ("States and lenders", "États et bailleurs"),
}


@functools.lru_cache(maxsize=4)
def actors(path: Path = REGISTER) -> dict[str, Actor]:
    """All actors by id. BadRecord with every problem of the file."""
    return {
        key: Actor(key, **{name: said for name, said in entry.items() if name != _FRENCH})
        for key, entry in _entries(path).items()
    }


def brief_name(actor: str, language: str = "en") -> str:
    """What an actor is called where room is short: "PSC", "CPS"; its name where it has no short one."""
    if language != "fr":
        return actors()[actor].brief_name
    return _brief_in_french()[actor]


def of_name(actor: str) -> str:
    """A mission as it stands after a French noun: "de la MINUSMA", "du BRENUAC", "de l’ONUCI"."""
    name, whole = brief_name(actor, "fr"), actors()[actor].name_fr
    if fold(name)[:1] in _VOWELS:
        return f"de l’{name}"
    return f"du {name}" if whole.partition(" ")[0] in _MASCULINE else f"de la {name}"


@functools.lru_cache(maxsize=1)
def _brief_in_french() -> dict[str, str]:
    return {
        key: entry.get(_FRENCH) or entry.get("short") or entry["name_fr"] for key, entry in _entries(REGISTER).items()
    }


def _entries(path: Path) -> dict[str, dict[str, str]]:
    """The entries of the register, each of them sound."""
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    if not isinstance(located.data, dict):
        raise BadRecord([Problem(path.name, "is no register of actors.", "Write one actor a line: id: {name: ...}.")])
    found: dict[str, dict[str, str]] = {}
    for key, entry in located.data.items():
        wrong = _wrong(entry, located.data)
        if wrong:
            problems.append(Problem(located.where((key,)), f"the actor {key} {wrong[0]}", wrong[1]))
        else:
            found[key] = entry
    if problems:
        raise BadRecord(problems)
    return found


def _wrong(entry: Any, register: dict[str, Any]) -> tuple[str, str] | None:
    """What is wrong with an entry, and the remedy; None where nothing is."""
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        return "is not written as key: value.", "Write {name: ..., name_fr: ..., lane: ...}."
    unknown = [name for name in entry if name not in _MAY]
    if unknown:
        return f"has the unknown key {unknown[0]!r}.", f"An actor has {', '.join(_MAY)}."
    missing = [name for name in _NEEDS if not entry.get(name)]
    if missing:
        return f"lacks {missing[0]!r}.", f"An actor has {', '.join(_MAY)}."
    if entry["lane"] not in LANES:
        return f"has no lane {entry['lane']!r}.", f"Lanes: {', '.join(LANES)}."
    if entry.get("part_of") and entry["part_of"] not in register:
        return f"is part of {entry['part_of']!r}, which is no actor.", "Check the id."
    if entry.get("mission_type") and entry["mission_type"] not in MISSION_TYPES:
        return f"has no mission type {entry['mission_type']!r}.", f"Types: {', '.join(MISSION_TYPES)}."
    return None
