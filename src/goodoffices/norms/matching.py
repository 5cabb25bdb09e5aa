"""Which facts of a snapshot a pattern means.

A value of a fact may be unsettled: "not established", "not shown" say that nobody knows, "contested" that accounts
differ. Such a fact neither is nor is not what a pattern asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from goodoffices.core.facts import Fact
from goodoffices.core.names import fold
from goodoffices.core.verdicts import Verdict, all_of
from goodoffices.norms.rules import Pattern

# Facts of some kinds, among which a pattern that says "the same person" looks for the other one.
OfKind = Callable[..., Iterable[Fact]]
Words = Callable[[str], tuple[str, ...]]

# Asks that a field be left out: a condemnation without `subject_matter` is one of the change itself.
NOTHING: Final = "-"
UNSETTLED: Final = {"not_established": Verdict.UNKNOWN, "not_shown": Verdict.UNKNOWN, "contested": Verdict.DISPUTED}


def words_of(choice: tuple[str, ...], value_of: Words) -> tuple[str, ...]:
    """The words a field may have, parameters ("$name") replaced by the words of their value."""
    found: list[str] = []
    for word in choice:
        found += value_of(word[1:]) if word.startswith("$") else (word,)
    return tuple(found)


def fits(fact: Fact, pattern: Pattern, of_kind: OfKind, value_of: Words) -> Verdict:
    """Whether the fact is one the pattern means."""
    if not of_sort(fact, pattern):
        return Verdict.FAILS
    verdicts = [_fits_word(fact.get(name), words_of(choice, value_of)) for name, choice in pattern.value]
    for same in pattern.same:
        mine = fold(fact.get(same.field))
        others = (
            one for one in of_kind(*same.as_in.kinds) if fits(one, same.as_in, of_kind, value_of) is Verdict.HOLDS
        )
        found = bool(mine) and any(fold(other.get(same.field)) == mine for other in others)
        verdicts.append(Verdict.HOLDS if found else Verdict.FAILS)
    return all_of(verdicts)


def of_sort(fact: Fact, pattern: Pattern) -> bool:
    """Whether the fact is of the pattern's kinds and actors, whatever its value says."""
    return fact.kind in pattern.kinds and (not pattern.actors or fact.actor in pattern.actors)


def _fits_word(word: str, allowed: tuple[str, ...]) -> Verdict:
    if word in allowed or (not word and NOTHING in allowed):
        return Verdict.HOLDS
    return UNSETTLED.get(word, Verdict.FAILS)
