"""What somebody looks for: words, phrases and document symbols, read from one line; and where they stand in a text.

Invariant: what is looked for and what is indexed come apart into words by the same function, so that either finds the
other. Accents, case and Arabic vowel signs are folded (core.names); "1001st", "1001e" and "1001" are one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.names import fold
from goodoffices.core.symbols import Symbol, find_symbols, read_symbol

LONGEST: Final = 200  # letters of a question
MARK: Final = "§"  # begins a word that stands for a symbol or a meeting; no text comes apart into such a word

_JOINING: Final = "".join(chr(one) for one in range(0x300, 0x3100) if unicodedata.combining(chr(one)))
# Letters and digits, with the signs that are written over and under them.
WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{re.escape(_JOINING)}])*")
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th|e|er|re|eme|ieme)\Z", re.ASCII)
_QUOTED: Final = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”]')
# Passed over where they stand alone: a text in the other language has others in their place.
_SMALL: Final = frozenset(
    (
        *("the", "a", "an", "of", "in", "on", "and", "to", "for", "by", "at"),
        *("le", "la", "les", "l", "de", "du", "des", "d", "et", "en", "une", "dans", "par", "pour", "sur"),
    )
)
_YEAR: Final = r"(?:\s*\(\s*(?:19|20)\d\d\s*\))?"
_RESOLUTION: Final = re.compile(
    r"\b(?:resolution|resolucion|unscr|scr|res)\.?\s*(?:no\.?\s*|n°\s*)?(?P<number>\d+(?:/\d+)?)" + _YEAR + r"(?![\w/])"
)
_MEETINGS: Final = ("meeting", "reunion", "seance")
_MEETING: Final = re.compile(
    r"\b(?P<before>\d+)(?:st|nd|rd|th|e|er|re|eme|ieme)?\s+(?:psc\s+|cps\s+)?(?:meeting|reunion|seance)s?\b"
    r"|\b(?:meeting|reunion|seance|psc|cps)\s+(?:no\.?\s*|n°\s*)?(?P<after>\d+)(?:st|nd|rd|th|e)?(?![\w/])"
)
_LONGEST_SYMBOL: Final = 6  # parts, where one is written with spaces: "S / RES / 2584 (2021)"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be found, in any of its `ways`: each a run of words that stand together.

    The last word of a way may be the beginning of one, unless the term is `whole`.
    """

    said: str
    ways: tuple[tuple[str, ...], ...]
    whole: bool = False

    def stands(self, words: Sequence[str], place: int) -> int:
        """How many words of a text, from this place on, are what is looked for."""
        for way in self.ways:
            run = words[place : place + len(way)]
            if len(run) == len(way) and tuple(run[:-1]) == way[:-1] and self._ends(run[-1], way[-1]):
                return len(way)
        return 0

    def _ends(self, word: str, way: str) -> bool:
        return word == way if self.whole else word.startswith(way)


@dataclass(frozen=True, slots=True)
class Sought:
    """A question as it was read: all its terms must be found."""

    asked: str
    terms: tuple[Term, ...]


def words_in(text: str) -> list[str]:
    """The words of a text as they are indexed and looked for, in order."""
    return [folded for word in WORD.findall(text) for folded in folded_words(word)]


def folded_words(word: str) -> tuple[str, ...]:
    """One word as it is indexed: folded, ordinals as numbers; rarely several ("½" is "1" and "2")."""
    if word.isascii():  # most are, and need no more
        return (_plain(word.lower()),)
    return tuple(map(_plain, WORD.findall(fold(word))))


def _plain(word: str) -> str:
    match = _ORDINAL.match(word) if word[0].isdigit() else None
    return match[1] if match else word


def words_of_symbol(symbol: Symbol) -> tuple[str, ...]:
    """The words that stand for a symbol: its own, that of its meeting, its number where it is Roman; those of its other
    half. Years are left out where the number alone says which document it is."""
    found = [MARK + own_name(symbol)]
    if symbol.family == "communique" and symbol.ordinal:
        found += [meeting_word(str(symbol.ordinal)), str(symbol.ordinal)]
    elif symbol.family == "record":
        found.append(meeting_word(symbol.number))
    return (*found, *(words_of_symbol(symbol.other) if symbol.other else ()))


def own_name(symbol: Symbol) -> str:
    """By which a document is looked up. The African Union's communiqués go by the number of the meeting, in whatever
    spelling; a resolution of the Council goes without its year."""
    if symbol.family == "communique":
        return f"PSC/{symbol.ordinal or symbol.number}"
    if symbol.series == "S/RES":
        return f"S/RES/{symbol.number}"
    return replace(symbol, other=None).normal


def meeting_word(number: str) -> str:
    """The word that stands for an organ's meeting of this number."""
    return f"{MARK}meeting {number}"


def read_sought(text: str) -> Sought:
    """Read a question: words, "phrases", symbols in any spelling, meetings. BadRecord where it is too long."""
    asked = " ".join(text.split())
    if len(asked) > LONGEST:
        said = f"the question has {len(asked)} letters."
        raise BadRecord([Problem("q", said, f"Ask in at most {LONGEST}.")])
    terms: list[Term] = []

    def quoted(match: re.Match[str]) -> str:
        terms.extend(_phrase(next(group for group in match.groups() if group is not None)))
        return " "

    rest = _QUOTED.sub(quoted, asked)
    rest = _taken(rest, _symbols, terms)
    rest = _taken(rest, _numbered, terms)
    loose = [word for one in WORD.findall(rest) for word in folded_words(one)]
    telling = [word for word in loose if word not in _SMALL] or ([] if terms else loose)
    terms += [Term(word, ((word,),)) for word in telling]
    return Sought(asked, tuple(dict.fromkeys(terms)))


def _phrase(text: str) -> list[Term]:
    try:
        return [_symbol_term(read_symbol(text), text)]
    except BadRecord:
        words = tuple(words_in(text))
        return [Term(f"“{' '.join(text.split())}”", (words,), True)] if words else []


_Reader = Callable[[str], tuple[str, list[Term]]]


def _taken(text: str, reader: _Reader, terms: list[Term]) -> str:
    rest, found = reader(text)
    terms += found
    return rest


def _symbols(text: str) -> tuple[str, list[Term]]:
    """Symbols among the parts of a text, however spaced; and what is left of it."""
    parts, rest, found = text.split(), [], []
    while parts:
        for length in range(min(_LONGEST_SYMBOL, len(parts)), 0, -1):
            symbol = _read(parts[:length])
            if symbol is not None:
                found.append(_symbol_term(symbol, " ".join(parts[:length])))
                parts = parts[length:]
                break
        else:
            rest.append(parts.pop(0))
    return " ".join(rest), found


def _read(parts: Sequence[str]) -> Symbol | None:
    """The symbol that these parts are together: one is continued by a stroke, a point or a bracket, or after its word
    "COMM"; never by a number alone."""
    together = "".join(parts)
    broken = any(
        not (before[-1] in "/." or after[0] in "/.(" or before.upper().endswith("/COMM"))
        for before, after in pairwise(parts)
    )
    if broken or "/" not in together:
        return None
    try:
        return read_symbol(together.strip(".,;:"))
    except BadRecord:
        return None


def _symbol_term(symbol: Symbol, said: str) -> Term:
    number = (str(symbol.ordinal),) if symbol.ordinal else tuple(words_in(symbol.number))
    spelled = tuple(words_in(symbol.series)) + (tuple(words_in(symbol.year)) if symbol.family == "statement" else ())
    return Term(said, ((MARK + own_name(symbol),), (*spelled, *number)))


def _numbered(text: str) -> tuple[str, list[Term]]:
    """ "Resolution 2584", "1001st meeting"; and what is left of the text, folded."""
    found: list[Term] = []

    def resolution(match: re.Match[str]) -> str:
        number = match["number"]
        series = "A/RES" if "/" in number else "S/RES"
        words = tuple(words_in(number))
        ways = ((f"{MARK}{series}/{number}",), (*words_in(series), *words), ("resolution", *words))
        found.append(Term(match.group().strip(), ways, True))
        return " "

    def meeting(match: re.Match[str]) -> str:
        number = match["before"] or match["after"]
        named = ((number, word) for word in _MEETINGS)
        found.append(Term(match.group().strip(), ((meeting_word(number),), ("comm", number), *named), True))
        return " "

    return _MEETING.sub(meeting, _RESOLUTION.sub(resolution, fold(text))), found


def symbols_of(text: str) -> tuple[Symbol, ...]:
    """Symbols that a text names; nothing where it has no stroke in it."""
    return find_symbols(text) if "/" in text else ()


_PRESS: Final = re.compile(r"press\.un\.org/\w+/\d{4}/(sc|sgsm|ga|dsgsm|pko|afr|sga)(\d+)\.", re.ASCII)
_SERIES: Final = {"sgsm": "SG/SM", "dsgsm": "DSG/SM", "sga": "SG/A"}


def symbols_of_source(title: str, address: str) -> tuple[Symbol, ...]:
    """Symbols of a source: those in its title, and that of a press release by its address at the United Nations."""
    found = {symbol.normal: symbol for symbol in symbols_of(title)}
    if match := _PRESS.search(address):
        symbol = read_symbol(f"{_SERIES.get(match[1], match[1].upper())}/{match[2]}")
        found.setdefault(symbol.normal, symbol)
    return tuple(found.values())


Piece = tuple[str, bool]


def pieces(text: str, sought: Sought) -> tuple[Piece, ...]:
    """A text in pieces, each with whether it is what was looked for; together they are the text."""
    spans: list[tuple[int, int]] = []
    words: list[str] = []
    for match in WORD.finditer(text):
        for word in folded_words(match.group()):
            spans.append(match.span())
            words.append(word)
    found: list[Piece] = []
    last = place = 0
    while place < len(words):
        length = max((term.stands(words, place) for term in sought.terms), default=0)
        if length:
            start, end = spans[place][0], spans[place + length - 1][1]
            if start > last:
                found.append((text[last:start], False))
            if end > last:
                found.append((text[max(start, last) : end], True))
            last = max(end, last)
        place += max(length, 1)
    if last < len(text):
        found.append((text[last:], False))
    return tuple(found)


def terms_in(text: str, sought: Sought) -> set[Term]:
    """The terms that stand in a text."""
    words = words_in(text)
    return {term for term in sought.terms if any(term.stands(words, place) for place in range(len(words)))}


def is_found(marked: Iterable[Piece]) -> bool:
    """Whether any piece is what was looked for."""
    return any(hit for _, hit in marked)
