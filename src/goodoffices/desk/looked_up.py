"""What somebody looks for: words, phrases and document symbols, read from one line; and where they stand in a text.

Invariant: what is looked for and what is indexed come apart into words by the same function, so that either finds the
other. Accents, case and Arabic vowel signs are folded (core.names); "1001st", "1001e" and "1001" are one word. Of short
words in capitals a text keeps that they are: "au Mali" holds no AU.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from goodoffices.casebook.actors import actors, brief_name
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.names import fold
from goodoffices.core.symbols import Symbol, find_symbols, read_symbol

LONGEST: Final = 200  # letters of a question
MARK: Final = "§"  # begins a word that stands for a symbol or a meeting; no text comes apart into such a word

CAPITAL: Final = "\x01"  # ends a short word that a text writes in capitals; sorts right behind the same word without

_JOINING: Final = "".join(chr(one) for one in range(0x300, 0x3100) if unicodedata.combining(chr(one)))
# Letters and digits, with the signs that are written over and under them.
WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{re.escape(_JOINING)}])*")
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th|e|er|re|eme|ieme)\Z", re.ASCII)
_QUOTED: Final = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”]')
# Passed over where others remain: words that ask, and little ones, which a text in the other language does not have.
_SMALL: Final = frozenset(
    (
        *("who", "whom", "whose", "which", "what", "when", "where", "why", "how", "did", "do", "does", "is", "are"),
        *("was", "were", "be", "been", "has", "have", "had", "the", "a", "an", "of", "in", "on", "and", "or", "to"),
        *(
            "for",
            "by",
            "at",
            "from",
            "with",
            "as",
            "that",
            "this",
            "these",
            "those",
            "it",
            "its",
            "their",
            "there",
            "s",
        ),
        *("qui", "que", "qu", "quoi", "quel", "quelle", "quels", "quelles", "lequel", "laquelle", "quand", "ou"),
        *("comment", "pourquoi", "combien", "est", "sont", "ont", "ete", "etait", "le", "la", "les", "l", "un", "une"),
        *("de", "du", "des", "d", "au", "aux", "et", "en", "dans", "par", "pour", "sur", "avec", "ce", "cet", "cette"),
        *("ces", "c", "se", "son", "sa", "ses", "leur", "leurs", "il", "elle", "ils", "elles", "t"),
    )
)
_SHORT: Final = range(2, 4)  # letters of a word that is taken for a short name where it stands in capitals
_INFLECTED: Final = 5  # letters from which on a word's last "s" may be missing: "leads" finds "lead"
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
    """One thing that is looked for, in any of its `ways`: each a run of words that stand together.

    The last word of a way may be the beginning of one, unless the term is `whole`. A term that `must` be found is never
    left out where nothing has all of them.
    """

    said: str
    ways: tuple[tuple[str, ...], ...]
    whole: bool = False
    must: bool = False

    def stands(self, words: Sequence[str], place: int) -> int:
        """How many words of a text, from this place on, are what is looked for."""
        for way in self.ways:
            run = words[place : place + len(way)]
            if len(run) == len(way) and all(map(_same, run[:-1], way[:-1])) and self._ends(run[-1], way[-1]):
                return len(way)
        return 0

    def _ends(self, word: str, way: str) -> bool:
        return _same(word, way) if self.whole else word.startswith(way)


def _same(word: str, way: str) -> bool:
    return word == way or word == way + CAPITAL


@dataclass(frozen=True, slots=True)
class Sought:
    """A question as it was read: its terms; and all its `words` in order, documents and meetings apart, in which a case
    or a mission may be named."""

    asked: str
    terms: tuple[Term, ...]
    words: tuple[str, ...] = ()


def words_in(text: str) -> list[str]:
    """The words of a text as they are looked for, in order."""
    return [folded for word in WORD.findall(text) for folded in folded_words(word)]


def written_words(word: str) -> tuple[str, ...]:
    """One word of a text as it is indexed: folded, with a mark at the end of a short one in capitals."""
    folded = folded_words(word)
    return (folded[0] + CAPITAL,) if _is_short_name(word) else folded


def _is_short_name(word: str) -> bool:
    return len(word) in _SHORT and word.isupper() and word.isascii() and word.isalpha()


def folded_words(word: str) -> tuple[str, ...]:
    """One word as it is looked for: folded, ordinals as numbers; rarely several ("½" is "1" and "2")."""
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

    rest = _taken(_QUOTED.sub(quoted, asked), _symbols, terms)
    capitals = {word.lower(): word for word in WORD.findall(rest) if _is_short_name(word)}
    rest = _taken(rest, _numbered, terms)
    loose = words_in(rest)
    telling = [one for one in loose if one not in _SMALL or capitals.get(one) in _short_names()]
    terms += [_loose(one, capitals.get(one, "")) for one in telling or ([] if terms else loose)]
    return Sought(asked, tuple(dict.fromkeys(terms)), _naming(asked))


def _naming(asked: str) -> tuple[str, ...]:
    unquoted = _QUOTED.sub(lambda match: f" {next(group for group in match.groups() if group is not None)} ", asked)
    return tuple(words_in(_numbered(_symbols(unquoted)[0])[0]))


def _loose(word: str, capitals: str) -> Term:
    """A word by itself: the short name of a body where it stands in capitals, a whole word where it only looks so."""
    if capitals:
        return Term(capitals, _short_names().get(capitals, ((word,),)), True)
    inflected = len(word) >= _INFLECTED and word[-1] == "s" != word[-2] and word.isalpha()
    return Term(word, ((word,), (word[:-1],)) if inflected else ((word,),))


@functools.lru_cache(maxsize=1)
def _short_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Short names of bodies in either language, each with all that the body is called: whoever asks for the UA asks for
    the AU."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for one in actors().values():
        called = dict.fromkeys((one.short, brief_name(one.id, "fr"), one.id.upper(), one.name, one.name_fr))
        short = [name for name in called if _is_short_name(name)]
        told = (tuple(part for word in WORD.findall(name) for part in written_words(word)) for name in called if name)
        if short:
            # Within a whole name its words may be written either way: "Conseil de paix et de sécurité de l’UA".
            ways = tuple(way if len(way) == 1 else tuple(part.rstrip(CAPITAL) for part in way) for way in told)
            found |= dict.fromkeys(short, tuple(dict.fromkeys(ways)))
    return found


def _phrase(text: str) -> list[Term]:
    try:
        return [_symbol_term(read_symbol(text), text)]
    except BadRecord:
        words = tuple(words_in(text))
        return [Term(f"“{' '.join(text.split())}”", (words,), True, True)] if words else []


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
    return Term(said, ((MARK + own_name(symbol),), (*spelled, *number)), must=True)


def _numbered(text: str) -> tuple[str, list[Term]]:
    """ "Resolution 2584", "1001st meeting"; and what is left of the text, folded."""
    found: list[Term] = []

    def resolution(match: re.Match[str]) -> str:
        number = match["number"]
        series = "A/RES" if "/" in number else "S/RES"
        words = tuple(words_in(number))
        ways = ((f"{MARK}{series}/{number}",), (*words_in(series), *words), ("resolution", *words))
        found.append(Term(match.group().strip(), ways, True, True))
        return " "

    def meeting(match: re.Match[str]) -> str:
        number = match["before"] or match["after"]
        named = ((number, word) for word in _MEETINGS)
        found.append(Term(match.group().strip(), ((meeting_word(number),), ("comm", number), *named), True, True))
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
        for word in written_words(match.group()):
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
    words = [word for one in WORD.findall(text) for word in written_words(one)]
    return {term for term in sought.terms if any(term.stands(words, place) for place in range(len(words)))}


def is_found(marked: Iterable[Piece]) -> bool:
    """Whether any piece is what was looked for."""
    return any(hit for _, hit in marked)
