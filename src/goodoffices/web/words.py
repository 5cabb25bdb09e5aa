"""Words that pages make from the record rather than write: days, actors, kinds, fields, states; in one language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from goodoffices.casebook.actors import actors, brief_name
from goodoffices.casebook.glossary import term_named
from goodoffices.core.days import day_words, read_span
from goodoffices.norms.kindwords import kind_words, value_words
from goodoffices.norms.wording import say, state_words, verdict_words

# Fields whose names in the record say too little on a page, and those that have no words elsewhere.
_FIELDS: Final = {
    "country_fr": ("name in French", "nom en français"),
    "country_ar": ("name in Arabic", "nom en arabe"),
    "country_es": ("name in Spanish", "nom en espagnol"),
    "country_ru": ("name in Russian", "nom en russe"),
    "country_zh": ("name in Chinese", "nom en chinois"),
    "country": ("country", "pays"),
    "iso3": ("ISO 3166 code", "code ISO 3166"),
    "m49": ("UN M49 code", "code M49 de l’ONU"),
    "title": ("title", "titre"),
    "title_fr": ("title in French", "titre en français"),
    "of": ("about", "à propos de"),
    "verb": ("words used", "termes employés"),
    "document": ("document", "document"),
    "meeting": ("meeting", "réunion"),
    "label": ("called", "appelé"),
    "category": ("kind of change", "type de changement"),
    "victim": ("who was removed", "qui a été renversé"),
    "outcome": ("outcome", "issue"),
    "manner": ("how office was taken", "mode d’accès à la fonction"),
    "person": ("person", "personne"),
    "office": ("office", "fonction"),
    "step": ("step", "étape"),
    "mission": ("mission", "mission"),
    "direction": ("direction", "sens"),
    "until": ("until", "jusqu’au"),
    "votes": ("votes", "voix"),
    "subject_matter": ("subject", "objet"),
    "organisation": ("organisation", "organisation"),
    "amount": ("amount", "montant"),
    "measure": ("measure", "mesure"),
    "target": ("target", "cible"),
    "searched_until": ("sources searched to", "sources examinées jusqu’au"),
}
_CONFIDENCE: Final = {"high": "élevée", "medium": "moyenne", "low": "faible"}
_MARKINGS: Final = {
    "unclassified": "non classifié",
    "confidential": "confidentiel",
    "strictly confidential": "strictement confidentiel",
}
_RULE_KINDS: Final = {
    "obligation": ("duty", "obligation"),
    "prohibition": ("prohibition", "interdiction"),
    "permission": ("permission", "permission"),
    "power": ("power", "pouvoir"),
    "status": ("status", "statut"),
    "definition": ("definition", "définition"),
}


def words_in(language: str) -> dict[str, Callable[..., Any]]:
    """The functions that templates call for words, by name."""
    french = language == "fr"

    def names(key: str) -> str:
        return actors()[key].name_fr if french else actors()[key].name

    return {
        "say": partial(say, language=language),
        "state_words": partial(state_words, language=language),
        "verdict_words": partial(verdict_words, language=language),
        "day_words": partial(day_words, language=language),
        "span_words": lambda span: span.words(language),
        "words_of": lambda text: read_span(text).words(language) if text else "",
        "actor_name": names,
        "actor_short": partial(brief_name, language=language),
        "kind_words": (lambda kind: kind_words(kind, "fr")) if french else (lambda kind: kind.replace("_", " ")),
        "field_words": lambda name: _FIELDS[name][french] if name in _FIELDS else name.replace("_", " "),
        "value_words": partial(value_words, language=language),
        "rule_kind": lambda kind: _RULE_KINDS[kind][french],
        "confidence_words": lambda word: _CONFIDENCE.get(word, word) if french else word,
        "marking_words": lambda marking: _MARKINGS.get(marking.words, marking.words) if french else marking.words,
        "book_title": lambda book: book.title_fr if french else book.title,
        "term_named": term_named,
    }
