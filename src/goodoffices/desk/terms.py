"""The glossary as a page shows it: each term with what it rests on, and where the record and the rulebooks use it.

Invariant: what a term rests on is left out on a day of knowledge before it was published, and a thing that did not
exist by then is no term of that day. The words themselves are today's: they explain, they report nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from goodoffices.briefs.authorisation import so_by
from goodoffices.casebook.glossary import Term, terms
from goodoffices.core.days import read_day
from goodoffices.core.facts import Fact, order
from goodoffices.core.names import fold
from goodoffices.core.sources import Citation
from goodoffices.desk.asking import Asking
from goodoffices.desk.views import Moment
from goodoffices.norms.rules import Rule, Rulebook


@dataclass(frozen=True, slots=True)
class KindUse:
    """A kind of fact the term is told by: how many facts were known, and the newest of them."""

    kind: str
    facts: int
    last: Fact | None


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with its letter, what it rested on by the day of knowledge, and where it is used."""

    term: Term
    letter: str
    name: str
    said: str
    other: str
    rests: tuple[Citation, ...]
    kinds: tuple[KindUse, ...]
    rules: tuple[tuple[Rulebook, Rule], ...]


def glossary(desk: Asking, moment: Moment, language: str = "en") -> tuple[TermView, ...]:
    """Every term in the alphabet of a language."""
    facts = [fact for fact in desk.everything(moment).facts if so_by(fact, moment.as_of)]
    by_kind: dict[str, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, []).append(fact)
    rules = {rule.id: (book, rule) for book in desk.rules() for rule in book.rules}
    other = "en" if language == "fr" else "fr"
    views = [
        TermView(
            term=one,
            letter=one.letter(language),
            name=one.name(language),
            said=one.said(language),
            other=one.name(other),
            rests=tuple(_published(one.rests, moment.known_at)),
            kinds=tuple(_use(kind, by_kind.get(kind, [])) for kind in one.kinds),
            rules=tuple(rules[id] for id in one.rules if id in rules),
        )
        for one in terms().values()
        if one.known_by(moment.known_at)
    ]
    return tuple(sorted(views, key=lambda view: fold(view.name)))


def _published(rests: Iterable[Citation], known_at: date) -> Iterable[Citation]:
    """What was published by a day; what carries no date of publication stands."""
    return (one for one in rests if not one.source.published or read_day(one.source.published).earliest <= known_at)


def _use(kind: str, facts: list[Fact]) -> KindUse:
    dated = [fact for fact in facts if fact.span.begins.precision != "unknown"]
    return KindUse(kind, len(facts), max(dated, key=order) if dated else None)


def term_record(view: TermView) -> dict[str, Any]:
    """A term as JSON and CSV give it."""
    one = view.term
    return {
        "term": one.id,
        "en": one.en,
        "fr": one.fr,
        "also": list(one.also),
        "text": one.text,
        "text_fr": one.text_fr,
        "rests_on": [citation.words for citation in view.rests],
        "facts": {use.kind: use.facts for use in view.kinds},
        "rules": [rule.id for _, rule in view.rules],
        "pages": list(one.pages),
    }
