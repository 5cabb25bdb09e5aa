"""The glossary: the field's terms in plain words, English and French, with what each rests on.

Invariant: a register with one mistake gives no terms at all, and all its mistakes at once. Every term has both
languages and at least one source.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from goodoffices.casebook.factform import NAME, read_source
from goodoffices.core.days import read_day
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.kinds import KINDS
from goodoffices.core.names import fold
from goodoffices.core.sources import Citation, Source
from goodoffices.core.yamlfile import Located, Place, read_yaml

REGISTER: Final = Path(__file__).parent / "glossary.yaml"
_NEEDS: Final = ("en", "fr", "text", "text_fr")
_LISTS: Final = ("also", "kinds", "rules", "pages")
_MAY: Final = (*_NEEDS, *_LISTS, "rests", "since")


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its names, what it means in plain words, what it rests on, and where it matters.

    `since` is the year or day before which nobody used it; empty where that is not told.
    """

    id: str
    en: str
    fr: str
    text: str
    text_fr: str
    rests: tuple[Citation, ...]
    also: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    since: str = ""

    def name(self, language: str = "en") -> str:
        """The term itself."""
        return self.fr if language == "fr" else self.en

    def said(self, language: str = "en") -> str:
        """What it means."""
        return self.text_fr if language == "fr" else self.text

    def letter(self, language: str = "en") -> str:
        """The letter it stands under."""
        return fold(self.name(language))[:1].upper()

    def known_by(self, day: date) -> bool:
        """Whether the thing was there by a day of knowledge."""
        return not self.since or read_day(self.since).earliest <= day


@functools.lru_cache(maxsize=4)
def terms(path: Path = REGISTER) -> dict[str, Term]:
    """All terms by id, in the order of the file. BadRecord with every problem of it."""
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    data = located.data
    if not isinstance(data, dict) or not all(isinstance(data.get(one), dict) for one in ("sources", "terms")):
        raise BadRecord([Problem(located.where(()), "is no glossary.", "It has sources: and terms:.")])
    where = located.where
    read = {key: read_source(key, one, where(("sources", key)), problems) for key, one in data["sources"].items()}
    sources = {key: source for key, source in read.items() if source is not None}
    found = {}
    for key, entry in data["terms"].items():
        term = _term(key, entry, sources, located, problems)
        if term is not None:
            found[key] = term
    if problems:
        raise BadRecord(problems)
    return found


def term_named(name: str, language: str = "en") -> Term | None:
    """The term with this id, this name in either language, or one of its other names; what stands in brackets may be
    left out."""
    wanted = fold(name)
    for term in terms().values():
        names = [term.id, term.en, term.fr, *term.also]
        if wanted in {fold(part) for one in names for part in (one, re.sub(r" \(.*\)$", "", one))}:
            return term
    return None


def _term(
    key: str, entry: Any, sources: Mapping[str, Source], located: Located, problems: list[Problem]
) -> Term | None:
    place: Place = ("terms", key)
    wrong = _wrong(key, entry)
    if wrong:
        problems.append(Problem(located.where(place), f"the term {key} {wrong[0]}", wrong[1]))
        return None
    rests = []
    for one in entry["rests"]:
        given = {"source": one} if isinstance(one, str) else one
        if not isinstance(given, dict) or given.get("source") not in sources or set(given) - {"source", "at"}:
            remedy = f"Sources: {', '.join(sources)}."
            problems.append(Problem(located.where((*place, "rests")), f"the term {key} rests on {one!r}.", remedy))
            continue
        rests.append(Citation(sources[given["source"]], given.get("at", "")))
    also, kinds, rules, pages = (tuple(entry.get(name, ())) for name in _LISTS)
    en, fr, text, text_fr = (entry[name] for name in _NEEDS)
    return Term(key, en, fr, text, text_fr, tuple(rests), also, kinds, rules, pages, entry.get("since", ""))


def _wrong(key: str, entry: Any) -> tuple[str, str] | None:
    """What is wrong with an entry, and the remedy; None where nothing is."""
    if not NAME.match(key):
        return "has other signs than small letters, digits and hyphens.", "Example: host-consent."
    if not isinstance(entry, dict):
        return "has no fields.", f"A term has {', '.join(_MAY)}."
    unknown = [name for name in entry if name not in _MAY]
    if unknown:
        return f"has the unknown key {unknown[0]!r}.", f"A term has {', '.join(_MAY)}."
    missing = [name for name in _NEEDS if not isinstance(entry.get(name), str) or not entry[name].strip()]
    if missing:
        return f"lacks {missing[0]!r}.", "Write it in English and in French."
    if not isinstance(entry.get("rests"), list) or not entry["rests"]:
        return "rests on nothing.", "Add rests: with at least one source."
    for name in _LISTS:
        given = entry.get(name, [])
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            return f"has {name} that are no list.", f"Write {name}: [...]."
    strange = [kind for kind in entry.get("kinds", ()) if kind not in KINDS]
    if strange:
        return f"names the kind {strange[0]!r}, which is none.", "Check the kinds of facts."
    return None
