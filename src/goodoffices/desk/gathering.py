"""What can be looked up, gathered from the record and the rulebooks into one index.

Invariant: an entry counts on exactly the days of knowledge on which the ledger gives its fact, to this reader; persons
and sources on the days on which a fact that names or cites them counts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from goodoffices.casebook.actors import actors, brief_name
from goodoffices.casebook.states import NAMES
from goodoffices.core.days import read_span
from goodoffices.core.findings import Reference
from goodoffices.core.names import fold
from goodoffices.desk.finds import (
    ARTICLES,
    CASES,
    FACTS,
    LEADS,
    MISSIONS,
    OPERATIONS,
    PEOPLE,
    RULEBOOKS,
    RULES,
    SOURCES,
    source_key,
)
from goodoffices.desk.index import ACT, AROUND, PAUSE, PLACE, TEXT, TITLE, Builder, Index, When
from goodoffices.desk.looked_up import meeting_word, symbols_of, symbols_of_source, words_of_symbol
from goodoffices.desk.looking import Looking
from goodoffices.ledger.store import Spell
from goodoffices.norms.kindwords import kind_words
from goodoffices.norms.rules import Rulebook

# Kinds of fact that open an entry of a sort of its own.
_HEADS: Final = {"case": CASES, "mission": MISSIONS, "operation": OPERATIONS}
_IN_TITLE: Final = ("person", "document", *NAMES.values())
_IN_TEXT: Final = ("label", "office", "subject_matter", "target", "question", "instrument", "amount", "meeting")
_TITLES: Final = ("title", "title_fr", "country", "country_fr", "short")
_HEAD_TEXT: Final = ("legal_basis", "authority", "host_consent", "relation", "subject_matter", "lead_name", "document")
_AND: Final = re.compile(r"\s*;\s*|\s+and\s+|\s+et\s+")
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_CASE: Final = re.compile(r"(?P<country>.+)-(?P<year>\d{4})(?:-\d+)?", re.ASCII)
_EXPLAINED: Final = re.compile(r"(?P<name>[^()]+?)\s*\((?P<inside>[^()]+)\)")  # "UNITAF (Unified Task Force)"
_OURS: Final = "casebook"  # the source that the record cites for its own entries


def names_of(person: str) -> tuple[str, ...]:
    """The persons a field names: one, or several joined by "and"."""
    return tuple(one for part in _AND.split(person) if (one := part.strip()))


def gather(desk: Looking, books: Sequence[Rulebook]) -> Index:
    """The index of everything this reader may ever see, for all days of knowledge."""
    made = Builder()
    facts = _Facts(made)
    for spell in desk.spells():
        facts.take(spell)
    facts.finish()
    for book in books:
        _rulebook(made, book)
    return made.index()


class _Facts:
    """Takes the facts of the record; what belongs to a whole case is added at the end, when it is known."""

    def __init__(self, made: Builder):
        self._made = made
        self._acts: dict[tuple[str, str, str], int] = {}
        self._of_subject: dict[str, list[int]] = {}
        self._countries: dict[str, str] = {}  # case to code of its state
        self._states: dict[str, Mapping[str, str]] = {}

    def take(self, spell: Spell) -> None:
        """One content of one fact, as an entry of its own; with the persons it names and the sources it cites."""
        record, made = spell.record, self._made
        kind, key = record["kind"], record["key"]
        value: Mapping[str, str] = record.get("value", {})
        subject = key.partition("/")[0]
        shown, earliest = _days(record["when"])
        begun = earliest if kind in ("mission", "operation") else date.min
        when = When(spell.since, spell.until, begun, shown)
        number = made.add(_HEADS.get(kind, FACTS), key, when, spell.seq)
        self._of_subject.setdefault(subject, []).append(number)
        if kind in _HEADS or kind == "state":
            made.titles(number, subject)
        if value.get("lead") in actors():
            made.text(number, AROUND, PAUSE.join((*_names(value["lead"]), *LEADS)))
        if kind in _HEADS:
            self._head(number, value)
            for name in _called(value) if kind != "case" else ():
                made.name(name, number)
        else:
            self._fact(number, record, value)
        if kind == "case":
            self._countries[subject] = value.get("iso3", "")
        elif kind == "state":
            self._states[subject.partition(":")[2]] = value

    def _head(self, number: int, value: Mapping[str, str]) -> None:
        for name in _TITLES:
            if name in value:
                self._made.text(number, TITLE, value[name])
        for name in _HEAD_TEXT:
            if name in value:
                self._made.text(number, TEXT, value[name])
                self._made.symbols(number, TITLE, _symbol_words(value[name]))

    def _fact(self, number: int, record: Mapping[str, Any], value: Mapping[str, str]) -> None:
        made = self._made
        texts = [record["text"], *record.get("texts", {}).values()]
        symbols = [word for text in texts if "/" in text for word in _symbol_words(text)]
        if symbols:
            made.symbols(number, TEXT, symbols)
        texts += [value[name] for name in _IN_TEXT if name in value]
        made.text(number, TEXT, PAUSE.join(texts))
        for name in _IN_TITLE:
            if name in value:
                made.text(number, TITLE, value[name])
        if "document" in value:
            made.symbols(number, TITLE, _symbol_words(value["document"]))
        if value.get("meeting", "").isdigit():
            made.symbols(number, TITLE, (meeting_word(value["meeting"]),))
        act = record["actor"], record["kind"], _year(record["when"])
        if act not in self._acts:
            self._acts[act] = made.group(_who_and_what(*act))
        made.around(number, ACT, self._acts[act])
        if "person" in value:
            self._persons(number, value["person"])
        for citation in record["citations"]:
            self._source(number, citation["source"])

    def _persons(self, number: int, named: str) -> None:
        for one in names_of(named):
            person, new = self._made.once(PEOPLE, one, fold(one))
            if new:
                self._made.text(person, TITLE, one)
            self._made.rests(person, number)

    def _source(self, number: int, record: Mapping[str, str]) -> None:
        if record["id"] == _OURS:
            return
        made = self._made
        key = _known_source_key(record["title"], record.get("address", ""), record.get("mirror", ""))
        source, new = made.once(SOURCES, key, key)
        symbols = _source_symbols(record["title"], record.get("address", ""))
        if new:
            made.text(source, TITLE, record["title"])
            made.text(source, TEXT, record.get("publisher", ""))
            made.symbols(source, TITLE, symbols)
        made.rests(source, number)
        if symbols:  # who looks for a press release wants what rests on it, too
            made.symbols(number, AROUND, symbols)

    def finish(self) -> None:
        """What is said of a whole case: its id, its country; of a state, its names. What was told of a case, mission or
        operation before it was on record shows only with it: its very name would tell what was to come."""
        made = self._made
        for subject, numbers in self._of_subject.items():
            register, _, name = subject.rpartition(":")
            state = self._states.get(name if register == "state" else self._countries.get(subject, ""), {})
            place = made.group((name.replace("-", " "), state.get("country", ""), state.get("country_fr", "")))
            names = (name.replace("-", " "), *(state.get(one, "") for one in NAMES.values()))
            heads = [number for number in numbers if made.sorts[number] in _HEADS.values()]
            for number in numbers:
                for head in heads if number not in heads else ():
                    made.under(number, head)
                if made.sorts[number] == CASES:
                    made.text(number, TITLE, PAUSE.join(names))
                    self._named(number, name, names[1:])
                else:
                    made.around(number, PLACE, place)
            for called in names[1:] if register == "state" else ():
                made.name(called)  # so that a longer name is known where the state has no case

    def _named(self, number: int, case: str, countries: Iterable[str]) -> None:
        """A case is meant by its country and its year, together."""
        if match := _CASE.fullmatch(case):
            for country in (match["country"], *countries):
                self._made.name(country, number, match["year"])


@functools.lru_cache(maxsize=50_000)
def _days(when: str) -> tuple[date, date]:
    begins = read_span(when).begins
    return begins.shown, begins.earliest


def _year(when: str) -> str:
    match = _YEAR.match(when)
    return match[0] if match else ""


@functools.lru_cache(maxsize=20_000)
def _symbol_words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for symbol in symbols_of(text) for word in words_of_symbol(symbol)))


@functools.lru_cache(maxsize=50_000)
def _source_symbols(title: str, address: str) -> tuple[str, ...]:
    return tuple(word for symbol in symbols_of_source(title, address) for word in words_of_symbol(symbol))


@functools.lru_cache(maxsize=50_000)
def _known_source_key(title: str, address: str, mirror: str) -> str:
    return source_key({"title": title, "address": address, "mirror": mirror})


@functools.lru_cache(maxsize=50_000)
def _who_and_what(actor: str, kind: str, year: str) -> tuple[str, ...]:
    """What stands around a fact: who acted, as part of what, what kind of act it was, in which year."""
    known = actors()
    names: list[str] = [actor]
    while actor in known:
        names += _names(actor)
        actor = known[actor].part_of
    return (*names, kind.replace("_", " "), kind_words(kind, "en"), kind_words(kind, "fr"), year)


def _names(actor: str) -> tuple[str, ...]:
    """What an actor is called, in both languages and where room is short."""
    one = actors()[actor]
    return tuple(dict.fromkeys((one.name, one.name_fr, one.short, brief_name(actor, "fr"))))


def _called(value: Mapping[str, str]) -> tuple[str, ...]:
    """Names of a mission or operation: its titles, without what stands in brackets; and that, where it only says what
    the letters of the name stand for."""
    found: list[str] = [value[name] for name in ("title", "title_fr", "short") if name in value]
    for match in filter(None, map(_EXPLAINED.fullmatch, tuple(found))):
        found += [match["name"], match["inside"]] if match["name"].isupper() else [match["name"]]
    return tuple(dict.fromkeys(found))


def _rulebook(made: Builder, book: Rulebook) -> None:
    """A rulebook with its instruments and readings, its rules, and the articles they cite. Notes, of readings as of
    facts, are written with later knowledge: nothing is found by them."""
    shelf = made.add(RULEBOOKS, book.id)
    made.text(shelf, TITLE, PAUSE.join((book.title, book.title_fr, book.id)))
    told = [text for one in book.instruments for text in (one.title, one.title_fr, one.reference)]
    told += [text for one in book.parameters for text in (one.title, *dict(one.titles).values())]
    told += [book.no_rule.text, book.no_rule.text_fr] if book.no_rule else []
    _told(made, shelf, TEXT, told)
    place = made.group((book.title, book.title_fr))
    articles: dict[str, Reference] = {}
    for rule in book.rules:
        number = made.add(RULES, rule.id, When(day=rule.in_force.begins.shown))
        made.text(number, TITLE, PAUSE.join((rule.title, *dict(rule.titles).values(), rule.id)))
        _told(made, number, TEXT, (rule.text, *dict(rule.texts).values(), *(one.words for one in rule.references)))
        bearer = actors()[rule.bearer]
        made.around(number, ACT, made.group((*_names(bearer.id), rule.kind)))
        made.around(number, PLACE, place)
        for one in rule.references:
            articles.setdefault(one.words, one)
    for words, one in articles.items():
        number = made.add(ARTICLES, f"{book.id}/{words}")
        _told(made, number, TITLE, (words,))
        made.text(number, TEXT, PAUSE.join((one.said, one.attribution)))
        made.around(number, PLACE, place)


def _told(made: Builder, number: int, zone: int, texts: Iterable[str]) -> None:
    texts = tuple(texts)
    made.text(number, zone, PAUSE.join(texts))
    made.symbols(number, zone, [word for text in texts for word in _symbol_words(text)])
