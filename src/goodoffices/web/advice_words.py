"""What pages of advice and of plans need to print items, in a language."""

from __future__ import annotations

from typing import Any

from goodoffices.advice.triage import course_words
from goodoffices.advice.wording import BASIS_MEANING, BASIS_WORDS, ground_words, side_words
from goodoffices.casebook.actors import brief_name
from goodoffices.desk.desk import Desk
from goodoffices.norms.wording import state_words


def item_words(desk: Desk, language: str) -> dict[str, Any]:
    """The words and links that `advice_parts.html` asks for."""
    chosen = int(language == "fr")
    return {
        "books": {rule.id: book.id for book in desk.rules_of_advice() for rule in book.rules},
        "basis": {key: words[chosen] for key, words in BASIS_WORDS.items()},
        "meaning": {key: words[chosen] for key, words in BASIS_MEANING.items()},
        "ground": lambda one: ground_words(one, language),
        "side": lambda item: side_words(item.side, item.section, language),
        "course": lambda word: course_words(word, language),
        "state": lambda word: state_words(word, language),
        "actor": lambda word: brief_name(word, language),
        "when": lambda fact: fact.span.words(language),
    }
