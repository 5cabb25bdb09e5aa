"""The register of actors: who acts, in which lane of a timeline, as part of which organisation."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Final

from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.kinds import MISSION_TYPES
from goodoffices.core.names import Actor
from goodoffices.core.yamlfile import read_yaml

REGISTER: Final = Path(__file__).parent / "actors.yaml"
_NEEDS: Final = ("name", "name_fr", "lane")
_MAY: Final = (*_NEEDS, "short", "part_of", "mission_type")

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
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    if not isinstance(located.data, dict):
        raise BadRecord([Problem(path.name, "is no register of actors.", "Write one actor a line: id: {name: ...}.")])
    found: dict[str, Actor] = {}
    for key, entry in located.data.items():
        wrong = _wrong(entry, located.data)
        if wrong:
            problems.append(Problem(located.where((key,)), f"the actor {key} {wrong[0]}", wrong[1]))
        else:
            found[key] = Actor(key, **entry)
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
