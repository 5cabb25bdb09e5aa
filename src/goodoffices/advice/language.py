"""The advice files at their door: what a section may say, and what is refused.

Everything wrong in a folder of sections is collected and shown together, with file and line.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from goodoffices.advice import models
from goodoffices.advice.written import All as AllParts
from goodoffices.advice.written import Any as AnyPart
from goodoffices.advice.written import (
    Courses,
    Origin,
    RuleIs,
    Said,
    TaskIs,
    When,
    WrittenItem,
    WrittenSection,
    rules_in,
)
from goodoffices.advice.written import Not as NotPart
from goodoffices.casebook.actors import actors
from goodoffices.core.errors import BadRule, NoAnswer, Problem
from goodoffices.core.findings import STATES, Finding, Reference
from goodoffices.core.yamlfile import Located, Place
from goodoffices.norms.language import read_model, read_rulebook
from goodoffices.norms.rules import Instrument, Rule, Rulebook
from goodoffices.rulebooks.shelf import rulebooks

ROOM: Final = Path(__file__).parent
CONTENT: Final = ROOM / "content"
SIGNS: Final = ROOM / "signs"
# In the order in which a reader needs them.
SECTIONS: Final = (
    *("guidance", "first_hours", "interlocutors", "legitimation", "options", "triage"),
    *("assumptions", "one_un", "partners", "lessons"),
)
PLAN: Final = "plan"


@functools.lru_cache(maxsize=4)
def signs(folder: Path = SIGNS) -> Rulebook:
    """The signs: definitions that advice hangs on. They stand on no shelf: they are ours, and no body's rules."""
    return read_rulebook(folder)


@functools.lru_cache(maxsize=1)
def rules_known() -> Mapping[str, Rule]:
    """Every rule that advice may hang on, by id."""
    return {rule.id: rule for book in (*rulebooks(), signs()) for rule in book.rules}


@functools.lru_cache(maxsize=1)
def instruments_known() -> Mapping[tuple[str, str], Instrument]:
    """Every text that rules cite, by rulebook and id."""
    return {(book.id, one.id): one for book in (*rulebooks(), signs()) for one in book.instruments}


def cited(finding: Finding, language: str = "en") -> str:
    """The articles behind a finding as printed, the texts by their name in a language."""
    apart = "\u00a0; " if language == "fr" else "; "
    said = ((title_of(finding.rule, one, language), one.article) for one in finding.references)
    return apart.join(", ".join(part for part in parts if part) for parts in said)


def title_of(rule: str, one: Reference, language: str = "en") -> str:
    """What the text is called that a rule cites."""
    known = instruments_known().get((rules_known()[rule].rulebook, one.instrument))
    return known.title_fr if known and language == "fr" else one.title


@functools.lru_cache(maxsize=4)
def sections(content: Path = CONTENT) -> Mapping[str, WrittenSection]:
    """All sections, by id. BadRule with every problem of every file."""
    problems: list[Problem] = []
    origins = _origins(content / "sources.yaml", problems)
    found = [_section(content / f"{name}.yaml", name, origins, problems) for name in (*SECTIONS, PLAN)]
    if problems:
        raise BadRule(problems)
    return {one.id: one for one in found if one is not None}


def read_section(path: Path, sources: Path) -> WrittenSection:
    """One file of advice by itself. BadRule with everything that is wrong with it, or with the file of sources."""
    problems: list[Problem] = []
    found = _section(path, path.stem, _origins(sources, problems), problems)
    if problems or found is None:
        raise BadRule(problems)
    return found


def section(name: str, content: Path = CONTENT) -> WrittenSection:
    """One section. NoAnswer, with the names there are, for another."""
    found = sections(content)
    if name not in found:
        raise NoAnswer(f"there is no section {name!r}. Sections: {', '.join(SECTIONS)}.", SECTIONS)
    return found[name]


def _origins(path: Path, problems: list[Problem]) -> dict[str, Origin]:
    given, _ = read_model(path, models.OriginsModel, problems)
    entries = given.sources.items() if given else ()
    return {key: Origin(key, Said(one.title, one.title_fr), one.published, one.public == "yes") for key, one in entries}


def _section(path: Path, name: str, origins: Mapping[str, Origin], problems: list[Problem]) -> WrittenSection | None:
    given, located = read_model(path, models.SectionModel, problems)
    if given is None or located is None:
        return None
    if given.section != name:
        problems.append(Problem(located.where(("section",)), f"is {given.section!r}.", f"Write {name}, as the file."))
    reader = _Reader(located, origins, problems)
    items = tuple(reader.item(one, number, given.groups) for number, one in enumerate(given.items))
    reader.unique([one.id for one in given.items])
    courses = tuple(reader.courses(one, number) for number, one in enumerate(given.courses))
    return WrittenSection(
        name,
        Said(given.title, given.title_fr),
        Said(given.lead, given.lead_fr),
        tuple(one.value(key) for key, one in given.groups.items()),
        items,
        courses,
    )


class _Reader:
    """Turns what one file has into values, and notes what does not fit."""

    def __init__(self, located: Located, origins: Mapping[str, Origin], problems: list[Problem]):
        self._located = located
        self._origins = origins
        self._problems = problems

    def _refuse(self, place: Place, found: str, remedy: str) -> None:
        self._problems.append(Problem(self._located.where(place), found, remedy))

    def unique(self, ids: Sequence[str]) -> None:
        """Note every id that stands twice."""
        for number, one in enumerate(ids):
            if one in ids[:number]:
                self._refuse(("items", number, "id"), f"the item {one!r} stands twice.", "Give it another id.")

    def item(self, given: models.ItemModel, number: int, groups: Iterable[str]) -> WrittenItem:
        """An item, with its group, owner and rules checked."""
        place: Place = ("items", number)
        if given.group not in groups:
            self._refuse((*place, "group"), f"there is no group {given.group!r}.", f"Groups: {', '.join(groups)}.")
        if given.owner and given.owner not in actors():
            self._refuse((*place, "owner"), f"there is no actor {given.owner!r}.", _nearest(given.owner, actors()))
        clock = Said(given.clock, given.clock_fr)
        common = self._common(given, given.id, place)
        return replace(common, group=given.group, side=given.side, owner=given.owner, clock=clock)

    def courses(self, given: models.CoursesModel, number: int) -> Courses:
        """The courses for some kinds of task."""
        found = []
        for place, one in enumerate(given.courses):
            name = f"{given.matters[0].replace(' ', '-')}-{place + 1}"
            common = self._common(one, name, ("courses", number, "courses", place), tasks=True)
            found.append(replace(common, course=one.course, tell=Said(one.tell, one.tell_fr)))
        return Courses(tuple(given.matters), tuple(found))

    def _common(self, given: models.GivenModel, name: str, place: Place, tasks: bool = False) -> WrittenItem:
        when = given.when.value() if given.when else None
        for asked in rules_in(when):
            self._check_rule(asked, (*place, "when"))
        if not tasks and _asks_task(when):
            self._refuse((*place, "when"), "asks for a task.", "Only courses can: take it out.")
        for rule in given.rules:
            if rule not in rules_known():
                self._refuse((*place, "rules"), f"there is no rule {rule!r}.", _nearest(rule, rules_known()))
        cited = []
        for one in given.sources:
            if one.id in self._origins:
                cited.append((self._origins[one.id], one.at))
            else:
                self._refuse((*place, "sources"), f"there is no source {one.id!r}.", _nearest(one.id, self._origins))
        return WrittenItem(
            id=name,
            text=Said(given.text, given.text_fr),
            basis=given.basis,
            when=when,
            rules=tuple(given.rules),
            sources=tuple(cited),
            facts=tuple(one.value() for one in given.facts),
            elsewhere=tuple(one.value() for one in given.elsewhere),
            changes=Said(given.changes, given.changes_fr),
        )

    def _check_rule(self, asked: RuleIs, place: Place) -> None:
        rule = rules_known().get(asked.rule)
        if rule is None:
            self._refuse(place, f"there is no rule {asked.rule!r}.", _nearest(asked.rule, rules_known()))
            return
        for state in asked.states:
            if state not in STATES[rule.kind]:
                said = f"{asked.rule} is a {rule.kind} and has no state {state!r}."
                self._refuse(place, said, f"Possible: {', '.join(STATES[rule.kind])}.")


def _asks_task(when: When | None) -> bool:
    match when:
        case TaskIs():
            return True
        case AllParts(parts) | AnyPart(parts):
            return any(_asks_task(part) for part in parts)
        case NotPart(part):
            return _asks_task(part)
        case _:
            return False


def _nearest(word: str, words: Iterable[str]) -> str:
    close = get_close_matches(word, list(words), 3, 0.5)
    return f"Nearest: {', '.join(close)}." if close else "Check its spelling."
