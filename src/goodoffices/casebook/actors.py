"""The register of actors: who acts, in which lane of a timeline, as part of which organisation."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.names import Actor
from goodoffices.core.yamlfile import read_yaml

REGISTER: Final = Path(__file__).parent / "actors.yaml"
_MAY: Final = ("name", "name_fr", "lane", "short", "part_of", "mission_type")

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
    found: dict[str, Actor] = {}
    for key, entry in (located.data if located else {}).items():
        where = located.where((key,)) if located else path.name
        unknown = [name for name in entry if name not in _MAY]
        missing = [name for name in ("name", "name_fr", "lane") if name not in entry]
        if unknown or missing:
            said = f"has the unknown key {unknown[0]!r}." if unknown else f"lacks {missing[0]!r}."
            problems.append(Problem(where, f"actor {key} {said}", f"An actor has {', '.join(_MAY)}."))
            continue
        if entry["lane"] not in LANES:
            problems.append(Problem(where, f"actor {key} has no lane {entry['lane']!r}.", f"Lanes: {', '.join(LANES)}."))
            continue
        found[key] = Actor(key, **entry)
    if problems:
        raise BadRecord(problems)
    return found
