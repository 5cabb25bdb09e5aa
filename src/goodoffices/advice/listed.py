"""Names on the United Nations Security Council consolidated list, from the XML file a user supplies.

A likeness of names identifies nobody: what is found is to be looked up on the list itself, with dates and places of
birth. Nothing is fetched; where no file was given, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.names import fold

ENVIRONMENT: Final = "GOODOFFICES_SANCTIONS_LIST"
LEAST: Final = 85.0  # how alike two names must be, of 100
MOST_BYTES: Final = 60_000_000
MOST: Final = 3  # entries shown for one person
_NAMES: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
# What stands before names in some languages and differs from one writing to another.
_PARTICLES: Final = frozenset(("al", "el", "ul", "as", "ad", "ar", "bin", "ben", "ibn", "abu", "de", "van", "mr", "dr"))
# "Servant of ...": one name, written in one word or two.
_SERVANT: Final = re.compile(r"\b(?:abdel|abdul|abd(?= ))(?: (?:al |el |ul )?)?(?=\w)")
_ROOT: Final = "CONSOLIDATED_LIST"
_REMEDY: Final = "Give the XML file of the United Nations Security Council consolidated list."


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the list: its reference, which list it stands on, since when, and every name it gives."""

    reference: str
    regime: str
    listed_on: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A person whose name is like one of an entry, and how alike, of 100. No identification."""

    person: str
    entry: Listed
    name: str
    likeness: float


def read_list(path: Path) -> tuple[Listed, ...]:
    """Every person and entity of the list. BadRecord for what is no such file."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import parse

    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadRecord([Problem(path.name, f"has more than {MOST_BYTES:,} bytes.", _REMEDY)])
        root = parse(path, forbid_dtd=True).getroot()
    except OSError as fault:
        raise BadRecord([Problem(path.name, f"cannot be read: {fault.strerror}.", _REMEDY)]) from fault
    except ParseError as fault:
        line = fault.position[0]
        raise BadRecord([Problem(f"{path.name}, line {line}", "is not well-formed XML.", _REMEDY)]) from fault
    except DefusedXmlException as fault:
        raise BadRecord([Problem(path.name, "declares a document type or entities.", _REMEDY)]) from fault
    if root is None or root.tag != _ROOT:
        found_tag = None if root is None else root.tag
        raise BadRecord([Problem(path.name, f"has the root element {found_tag!r}, not {_ROOT!r}.", _REMEDY)])
    found = [_entry(one) for tag in ("INDIVIDUAL", "ENTITY") for one in root.iter(tag)]
    if not found:
        raise BadRecord([Problem(path.name, "lists nobody.", _REMEDY)])
    return tuple(found)


def _entry(element: Any) -> Listed:
    parts = [_text(element, tag) for tag in _NAMES]
    names = [" ".join(part for part in parts if part)]
    for alias in (*element.iter("INDIVIDUAL_ALIAS"), *element.iter("ENTITY_ALIAS")):
        names.append(_text(alias, "ALIAS_NAME"))
    return Listed(
        reference=_text(element, "REFERENCE_NUMBER"),
        regime=_text(element, "UN_LIST_TYPE"),
        listed_on=_text(element, "LISTED_ON")[:10],
        names=tuple(dict.fromkeys(name for name in names if name)),
    )


def _text(element: Any, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def plain(name: str) -> str:
    """A name as it is compared: without accents, signs and particles, its words in order of the alphabet."""
    words = _SERVANT.sub("abd", " ".join(re.sub(r"[^\w\s]+", " ", fold(name)).split())).split()
    kept = [word for word in words if word not in _PARTICLES]
    return " ".join(sorted(kept or words))


def matches(persons: Iterable[str], entries: Sequence[Listed]) -> tuple[Match, ...]:
    """Entries whose names are like those of the persons, the most alike first, a few for each person. A name of one
    word alone is compared with names of one word: parts of longer ones say too little."""
    from rapidfuzz import fuzz, process

    written = [(plain(name), name, entry) for entry in entries for name in entry.names]
    choices = [one for one, _, _ in written]
    found: list[Match] = []
    for person in persons:
        wanted = plain(person)
        if not wanted:
            continue
        likely = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=LEAST, limit=40)
        best: dict[str, Match] = {}
        for _, score, place in likely:
            _, name, entry = written[place]
            if (" " in wanted) == (" " in choices[place]):
                best.setdefault(entry.reference or name, Match(person, entry, name, round(score, 1)))
        found += list(best.values())[:MOST]
    return tuple(found)
