"""Finds of a search as a reader sees them: a title and a text with what was looked for marked, and where else it stood.

Invariant: every find leads to a page, and shows each thing that was looked for, or says in which field it stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from goodoffices.casebook.actors import actors, brief_name
from goodoffices.core.days import Span, read_span
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Reference
from goodoffices.core.sources import Citation, Source
from goodoffices.desk.looked_up import (
    Piece,
    Sought,
    Term,
    pieces,
    symbols_of,
    symbols_of_source,
    terms_in,
    words_in,
    words_of_symbol,
)
from goodoffices.norms.kindwords import kind_words
from goodoffices.norms.rules import Rule, Rulebook

CASES, PEOPLE, MISSIONS, OPERATIONS = "cases", "people", "missions", "operations"
RULES, ARTICLES, RULEBOOKS, FACTS, SOURCES = "rules", "articles", "rulebooks", "facts", "sources"
# In the order in which they are told where nothing else decides.
SORTS: Final = (CASES, PEOPLE, MISSIONS, OPERATIONS, FACTS, RULES, ARTICLES, RULEBOOKS, SOURCES)
LEADS: Final = ("lead", "chef de file")  # words for the field that says which body leads
_OTHER: Final = {"en": "fr", "fr": "en"}


@dataclass(frozen=True, slots=True)
class Also:
    """A field in which something looked for stands that neither title nor text of a find shows. Where the text is what
    a reader calls it, `id` is what programs do."""

    field: str
    text: tuple[Piece, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Find:
    """One thing found. `span` is when it was so, of a source when it was published. `later`: it lies after the day
    looked at. `facts` are those behind a person or a source, newest first, as many as are shown; `count` is how many
    there are. `within` is what a fact belongs to, by its title; `lacks` are parts of the question that it does not
    hold."""

    sort: str
    key: str
    address: str
    title: tuple[Piece, ...]
    points: int
    text: tuple[Piece, ...] = ()
    also: tuple[Also, ...] = ()
    span: Span | None = None
    later: bool = False
    facts: tuple[Fact, ...] = ()
    count: int = 0
    within: tuple[Piece, ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The title without marks."""
        return "".join(text for text, _ in self.title)


@dataclass(frozen=True, slots=True)
class _Place:
    """A text in which a thing may stand, and the words of symbols and meetings that stand for more of it."""

    field: str
    text: str
    words: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells finds of one question, in one language, as of a day."""

    sought: Sought
    language: str
    as_of: date

    def fact(self, fact: Fact, points: int, opener: Fact | None) -> Find:
        """A fact: its sentence, what it belongs to by the fact that opens that, and the fields in which else something
        stood."""
        made = self._made(FACTS, fact.key, f"/facts/{fact.key}", points, (fact.said(self.language), ""))
        within = _title(fact.subject, opener, self.language)
        return replace(self._dated(made, fact, (), within), within=pieces(within, self.sought))

    def head(self, sort: str, fact: Fact, points: int, state: Fact | None) -> Find:
        """A case, a mission or an operation, by the fact that opens it and the register's names of its state."""
        key = fact.subject.rpartition(":")[2]
        title = _in_either(fact, "title", self.language) or fact.subject
        if short := fact.get("short"):
            title = f"{title} ({short})"
        return self._dated(self._made(sort, key, f"/{sort}/{key}", points, (title, "")), fact, _named(state))

    def person(self, name: str, points: int, facts: Sequence[Fact], count: int) -> Find:
        """Somebody whom facts name."""
        title = pieces(name, self.sought)
        newest = facts[0]
        return Find(
            PEOPLE, name, f"/facts/{newest.key}", title, points, span=newest.span, facts=tuple(facts), count=count
        )

    def source(self, key: str, points: int, facts: Sequence[Fact], count: int, cited: Citation) -> Find:
        """A source: cited for a case it has a page there; cited for a register, the fact that cites it has."""
        source, fact = cited.source, facts[0]
        place = f"/facts/{fact.key}" if ":" in fact.subject else f"/sources/{fact.subject}/{source.id}"
        title, text = pieces(source.title, self.sought), pieces(source.publisher, self.sought)
        published = read_span(source.published) if source.published else None
        return Find(SOURCES, key, place, title, points, text, span=published, facts=tuple(facts), count=count)

    def rule(self, rule: Rule, book: Rulebook, points: int) -> Find:
        """A rule, with the articles it rests on where something stood there."""
        title, text = _in(rule.title, rule.titles, self.language), _in(rule.text, rule.texts, self.language)
        other = _OTHER[self.language]
        more = [
            _Place("text", _in(rule.title, rule.titles, other)),
            _Place("text", _in(rule.text, rule.texts, other)),
            *(_Place("article", one.words, _symbol_words(one.words)) for one in rule.references),
            *(_Place("rulebook", one) for one in _both(book.title, book.title_fr, self.language)),
            *(_Place("actor", one) for one in _called(rule.bearer, self.language)),
            _Place("kind", rule.kind),
        ]
        address = f"/rulebooks/{book.id}/rules/{rule.id}"
        return replace(self._made(RULES, rule.id, address, points, (title, text), more), span=rule.in_force)

    def article(self, one: Reference, book: Rulebook, points: int) -> Find:
        """An article, with our paraphrase of it."""
        said = f"{one.said} ({one.attribution})" if one.attribution else one.said
        more = [_Place("rulebook", name) for name in _both(book.title, book.title_fr, self.language)]
        return self._made(
            ARTICLES, f"{book.id}/{one.words}", f"/rulebooks/{book.id}#articles", points, (one.words, said), more
        )

    def rulebook(self, book: Rulebook, points: int) -> Find:
        """A rulebook; where a body has no rule, that is its text."""
        title, other = _both(book.title, book.title_fr, self.language)
        other_language, text = _OTHER[self.language], ""
        if book.no_rule:
            text = book.no_rule.text_fr if self.language == "fr" else book.no_rule.text
        more = [_Place("text", other), _Place("text", book.no_rule.text if book.no_rule else "")]
        for one in book.instruments:
            names = (*_both(one.title, one.title_fr, self.language), one.reference)
            more += [_Place("instrument", name, _symbol_words(name)) for name in names]
        for reading in book.parameters:
            titles = (
                _in(reading.title, reading.titles, self.language),
                _in(reading.title, reading.titles, other_language),
            )
            more += [_Place("reading", name) for name in titles]
        return self._made(RULEBOOKS, book.id, f"/rulebooks/{book.id}", points, (title, text), more)

    def _made(
        self, sort: str, key: str, address: str, points: int, said: tuple[str, str], more: Sequence[_Place] = ()
    ) -> Find:
        title, text = said
        marked = pieces(title, self.sought), pieces(text, self.sought)
        return Find(sort, key, address, marked[0], points, marked[1], self._also(more, self._shown(title, text)))

    def _dated(self, find: Find, fact: Fact, more: Sequence[_Place], within: str = "") -> Find:
        places = (*_places(fact, within or find.plain, self.language), *more)
        also = self._also(places, self._shown(find.plain))
        return replace(find, also=also, span=fact.span, later=fact.span.begins.earliest > self.as_of)

    def _shown(self, *texts: str) -> set[Term]:
        return {term for text in texts for term in terms_in(text, self.sought)}

    def _also(self, places: Sequence[_Place], shown: set[Term]) -> tuple[Also, ...]:
        """The fewest places, in their order, that show what is not shown yet."""
        found: list[Also] = []
        missing = [term for term in self.sought.terms if term not in shown]
        for place in places:
            here = terms_in(place.text, self.sought) | {term for term in missing if _stands_for(term, place.words)}
            if any(term in here for term in missing):
                found.append(Also(place.field, pieces(place.text, self.sought), place.id))
                missing = [term for term in missing if term not in here]
        return tuple(found)


def source_key(source: Source | Mapping[str, str]) -> str:
    """Ten digits by which a source is called across cases: the same title at the same place is one source."""
    if isinstance(source, Source):
        return source_key({"title": source.title, "address": source.address, "mirror": source.mirror})
    told = f"{source['title']}\n{source.get('address') or source.get('mirror') or ''}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _stands_for(term: Term, words: Sequence[str]) -> bool:
    return any(term.stands(words, place) for place in range(len(words)))


def _in(text: str, texts: Sequence[tuple[str, str]], language: str) -> str:
    return dict(texts).get(language, text)


def _both(english: str, french: str, language: str) -> tuple[str, str]:
    return (french, english) if language == "fr" else (english, french)


def _symbol_words(text: str) -> tuple[str, ...]:
    return tuple(word for symbol in symbols_of(text) for word in words_of_symbol(symbol))


def _in_either(fact: Fact, name: str, language: str) -> str:
    return (fact.get(f"{name}_fr") if language == "fr" else "") or fact.get(name)


def _title(subject: str, opener: Fact | None, language: str) -> str:
    """What a fact belongs to, as a reader calls it: a case, a mission, an operation, a state, a body."""
    register, _, name = subject.rpartition(":")
    if opener is not None:
        told = (opener.get("short"), _in_either(opener, "title", language), _in_either(opener, "country", language))
        return next(filter(None, told), name)
    return actors()[name].said(language) if register and name in actors() else name


def _called(actor: str, language: str) -> tuple[str, ...]:
    one = actors()[actor]
    return (*_both(one.name, one.name_fr, language), *_both(one.short, brief_name(actor, "fr"), language))


def _places(fact: Fact, within: str, language: str) -> Iterator[_Place]:
    """Where a fact may hold a word, its sentence apart: in the order in which a reader would look."""
    leads = tuple(word for name in LEADS for word in words_in(name))
    for name, value in fact.value:
        if name == "lead" and value in actors():
            for called in _called(value, language):
                yield _Place(name, called, leads)
        elif name != "of":  # the key of another fact, in which nothing is looked for
            yield _Place(name, value, _symbol_words(value))
    for text in (fact.text, *dict(fact.texts).values()):
        yield _Place("text", text, _symbol_words(text))
    actor = fact.actor
    while actor in actors():
        for name in _called(actor, language):
            yield _Place("actor", name)
        actor = actors()[actor].part_of
    yield _Place("actor", fact.actor)
    for name in _both(kind_words(fact.kind, "en"), kind_words(fact.kind, "fr"), language):
        yield _Place("kind", name)
    yield _Place("kind", fact.kind.replace("_", " "))
    case = fact.subject.rpartition(":")[2]
    yield _Place("case", within, tuple(words_in(case)), case)
    yield _Place("when", fact.span.text)
    for citation in fact.citations:
        source = citation.source
        words = (word for symbol in symbols_of_source(source.title, source.address) for word in words_of_symbol(symbol))
        yield _Place("source", source.title, tuple(words))


def _named(state: Fact | None) -> tuple[_Place, ...]:
    return tuple(_Place(name, value) for name, value in state.value) if state else ()
