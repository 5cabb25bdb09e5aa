"""An index of texts: which entries hold what is looked for, and where, on a day of knowledge.

Invariant: one index serves every day of knowledge. Each entry keeps the days on which it counts, and what is asked on a
day is answered from the entries that count on it: words of others are neither found nor proposed.

All words stand in one long row of numbers, the words of one text after another. A question is a pass over that row, a
few milliseconds for a hundred thousand facts; there is nothing else to keep in step.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from goodoffices.desk.looked_up import CAPITAL, MARK, WORD, Term, words_in, written_words

# Where a word stands in an entry. Its title counts most, then its text, then what stands around it: who, kind, case.
TITLE, TEXT, AROUND = 2, 1, 0
# A whole word in a title has six points, a beginning of one five; in a text four and three; around it two and one.
MOST_POINTS: Final = 6
_LIKE: Final = 0.72  # how alike a word must be to be proposed; as of difflib
_BREAK: Final = 0  # ends a text: no phrase reaches over it
# What weighs more in a rank stands in higher bits: that it is named, how many terms it has, how rare they are, points.
_NAMED, _HAS, _RARE = 48, 36, 14
_RARITY: Final = 1000  # steps in which rarity is told
PAUSE: Final = "\x1f"  # ends a text among several
_WORDS: Final = re.compile(f"{WORD.pattern}|{PAUSE}").findall

_Flags = npt.NDArray[np.bool_]
_Points = npt.NDArray[np.uint8]


class When(NamedTuple):
    """When an entry counts: from which day of knowledge, and before which; whether only once it has begun; and the day
    by which it is ranked, newer first."""

    since: date = date.min
    until: date = date.max
    begun: date = date.min
    day: date = date.min


ALWAYS: Final = When()
NEVER: Final = When(since=date.max)  # what is no entry by itself
ACT, PLACE = 0, 1  # the sides of an entry
NOTHING: Final = -1  # the number of no entry


class _Vocabulary(dict[str, int]):
    """The number of each word as it is written: words that are one when folded have one number, but for short ones in
    capitals, which have their own. A few fold into several ("½"): those have a number below zero, which stands for the
    run of them."""

    def __init__(self) -> None:
        super().__init__({PAUSE: _BREAK})
        self.folded: dict[str, int] = {"": _BREAK}
        self.runs: list[tuple[int, ...]] = []

    def number(self, word: str) -> int:
        """Of a word that is folded already."""
        return self.folded.setdefault(word, len(self.folded))

    def __missing__(self, word: str) -> int:
        found = tuple(map(self.number, written_words(word)))
        if len(found) != 1:
            self.runs.append(found)
        self[word] = number = found[0] if len(found) == 1 else -len(self.runs)
        return number


class Builder:
    """Takes entries with their texts, and gives the index of them."""

    def __init__(self) -> None:
        self.sorts: list[str] = []
        self._keys: list[str] = []
        self._numbers = array("i")
        self._vocabulary = _Vocabulary()
        self._once: dict[tuple[str, str], int] = {}
        self._words = array("i")
        self._runs = array("i"), array("B"), array("i")  # owner, zone, how many words
        self._days = tuple(array("i") for _ in range(4))  # since, until, begun, day
        self._behind = array("i"), array("i")
        self._under = array("i"), array("i")
        self._sides = array("i"), array("i")
        self._names: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        self._titled: dict[str, list[int]] = {}

    def add(self, sort: str, key: str, when: When = ALWAYS, seq: int = 0) -> int:
        """Take an entry: its sort, the key by which it is called, the number of its entry in the ledger where it has
        one. Its words follow. Gives its number."""
        number = len(self._keys)
        self.sorts.append(sort)
        self._keys.append(key)
        self._numbers.append(seq)
        for kept, day in zip(self._days, when, strict=True):
            kept.append(day.toordinal())
        for side in self._sides:
            side.append(number)  # nothing around it but itself
        return number

    def under(self, number: int, head: int) -> None:
        """Entry `number` belongs to what entry `head` opens; where several do, it counts once any of them does."""
        self._under[0].append(number)
        self._under[1].append(head)

    def once(self, sort: str, key: str, identity: str) -> tuple[int, bool]:
        """An entry that stands for something many others name, such as a person; and whether it is new."""
        number = self._once.get((sort, identity))
        if number is not None:
            return number, False
        self._once[sort, identity] = number = self.add(sort, key)
        return number, True

    def rests(self, number: int, on: int) -> None:
        """Entry `number` counts on days on which any entry counts that it rests on."""
        self._behind[0].append(number)
        self._behind[1].append(on)

    def text(self, number: int, zone: int, text: str) -> None:
        """The words of a text of an entry, or of several with a PAUSE between them."""
        run = list(map(self._vocabulary.__getitem__, _WORDS(text)))
        if run and min(run) < 0:
            run = [part for one in run for part in (self._vocabulary.runs[~one] if one < 0 else (one,))]
        run.append(_BREAK)
        self._take(number, zone, run)

    def symbols(self, number: int, zone: int, words: Iterable[str]) -> None:
        """Words as they are, each by itself: those that stand for symbols and meetings."""
        self._take(number, zone, [one for word in words for one in (self._vocabulary.number(word), _BREAK)])

    def group(self, texts: Iterable[str]) -> int:
        """Texts that many entries have around them, such as the names of an actor. Gives their number."""
        group = self.add("", "", NEVER)
        self.text(group, AROUND, PAUSE.join(texts))
        return group

    def around(self, number: int, side: int, group: int) -> None:
        """What stands around an entry, on one of its sides (its act, its place)."""
        self._sides[side][number] = group

    def name(self, text: str, number: int = NOTHING, year: str = "") -> None:
        """A name by which a question means this entry, or no entry at all; with a year, where it gives that, too."""
        words = tuple(words_in(text))
        if words and (number, year) not in self._names.setdefault(words, []):
            self._names[words].append((number, year))

    def titles(self, number: int, subject: str) -> None:
        """Entry `number` says what its subject is called."""
        self._titled.setdefault(subject, []).append(number)

    def _take(self, number: int, zone: int, run: Sequence[int]) -> None:
        self._words.extend(run)
        owners, zones, lengths = self._runs
        owners.append(number)
        zones.append(zone)
        lengths.append(len(run))

    def index(self) -> Index:
        """The index of all that was taken."""
        numbers = self._vocabulary.folded
        vocabulary = sorted(numbers)
        ranks = np.empty(len(vocabulary), dtype=np.int32)
        ranks[[numbers[word] for word in vocabulary]] = np.arange(len(vocabulary), dtype=np.int32)
        owners, zones, lengths = map(_row, self._runs)
        return Index(
            self.sorts,
            self._keys,
            _row(self._numbers),
            vocabulary,
            ranks[_row(self._words)],
            np.repeat(owners, lengths),
            np.repeat(zones, lengths),
            tuple(map(_row, self._days)),
            (_row(self._behind[0]), _row(self._behind[1])),
            (_row(self._under[0]), _row(self._under[1])),
            (_row(self._sides[0]), _row(self._sides[1])),
            self._names,
            self._titled,
        )


def _row(kept: array[int]) -> npt.NDArray[Any]:
    kind = np.uint8 if kept.typecode == "B" else np.int32
    return np.frombuffer(kept, dtype=kind) if kept else np.empty(0, kind)


@dataclass(frozen=True, slots=True)
class Index:
    """Entries, and where each word stands in them. Made by a Builder."""

    sorts: Sequence[str]
    keys: Sequence[str]
    numbers: npt.NDArray[np.int32]
    vocabulary: Sequence[str]
    words: npt.NDArray[np.int32]
    owners: npt.NDArray[np.int32]
    zones: _Points
    days: Sequence[npt.NDArray[np.int32]]
    behind: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]
    under: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]
    sides: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]
    names: Mapping[tuple[str, ...], Sequence[tuple[int, str]]]
    titled: Mapping[str, Sequence[int]]

    def standing(self, as_of: date, known_at: date) -> _Flags:
        """Which entries count: known by then, and begun by then where that is asked of them."""
        since, until, begun, _ = self.days
        known = known_at.toordinal()
        found: _Flags = (since <= known) & (known < until)
        below, heads = self.under
        opened = np.zeros_like(found)
        opened[below[found[heads]]] = True
        found[below] &= opened[below]
        found &= begun <= as_of.toordinal()
        named, resting = self.behind
        found[named] = False
        found[named[found[resting]]] = True
        return found

    def weighed(self, terms: Sequence[Term], standing: _Flags) -> Weighed:
        """How much of a question each entry holds that counts."""
        return Weighed(self, tuple(terms), np.stack([self._of(term) for term in terms]) * standing)

    def named(self, words: Sequence[str], standing: _Flags) -> list[int]:
        """Entries that a question names outright. A name within a longer one is not meant: who asks for Guinea-Bissau
        does not ask for Guinea."""
        longest = max(map(len, self.names), default=0)
        spans = [
            (start, end)
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + longest) + 1)
            # A name nobody knew on that day hides none.
            if any(one < 0 or standing[one] for one, _ in self.names.get(tuple(words[start:end]), ()))
        ]
        found = [
            number
            for start, end in spans
            if not any(one <= start and end <= other and (one, other) != (start, end) for one, other in spans)
            for number, year in self.names[tuple(words[start:end])]
            if number >= 0 and standing[number] and (not year or year in words)
        ]
        return list(dict.fromkeys(found))

    def below(self, heads: Sequence[int]) -> npt.NDArray[np.int32]:
        """The entries that belong to what these open."""
        below, opened = self.under
        return below[np.isin(opened, heads)]

    def _of(self, term: Term) -> _Points:
        found = np.zeros(len(self.keys), dtype=np.uint8)
        for way in term.ways:
            exact = self._places(way, whole=True)
            # Where a document of that very symbol is on record, those whose symbol begins alike are not meant.
            only = term.whole or (way[0].startswith(MARK) and len(exact))
            begun = np.empty(0, np.intp) if only else self._places(way, whole=False)
            for places, lowest in ((begun, 1), (exact, 2)):
                for zone in (AROUND, TEXT, TITLE):
                    mine = self.owners[places[self.zones[places] == zone]]
                    found[mine] = np.maximum(found[mine], zone * 2 + lowest)
        return np.maximum(found, np.maximum(found[self.sides[ACT]], found[self.sides[PLACE]]))

    def _places(self, way: Sequence[str], whole: bool) -> npt.NDArray[np.intp]:
        """Where in the row of words a run of them begins."""
        places: npt.NDArray[np.intp] | None = None
        for offset, word in enumerate(way):
            low = bisect_left(self.vocabulary, word)
            if whole or offset < len(way) - 1:
                high = bisect_right(self.vocabulary, word + CAPITAL, low)  # the word, and the same in capitals
            else:
                high = bisect_left(self.vocabulary, word + "\U0010ffff", low)
            if low == high:
                return np.empty(0, np.intp)
            if places is None:
                row = self.words
                hits = row == low if high == low + 1 else (row >= low) & (row < high)
                places = np.flatnonzero(hits)
            else:
                places = places[places + offset < len(self.words)]
                after = self.words[places + offset]
                places = places[(after >= low) & (after < high)]
        return places if places is not None else np.empty(0, np.intp)

    def nearest(self, word: str, standing: _Flags, most: int = 3) -> tuple[str, ...]:
        """Words of the entries that count that are most like one that is not found; none for numbers and symbols."""
        if not word.isalpha():
            return ()
        counts = standing.copy()
        for side in self.sides:
            counts[side[standing]] = True
        near = (self.vocabulary[one] for one in np.unique(self.words[counts[self.owners]]))
        told: list[tuple[float, str]] = []
        matcher = SequenceMatcher(None, "", word, autojunk=False)
        for one in near:
            if abs(len(one) - len(word)) > 2 or not one.isalpha() or one == word:
                continue
            matcher.set_seq1(one)
            if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE:
                told.append((-matcher.ratio(), one))
        return tuple(one for _, one in sorted(told)[:most])

    def ranked(self, rank: npt.NDArray[Any], standing: _Flags) -> npt.NDArray[np.intp]:
        """Numbers of the entries that have a rank, best first: the higher, then the newer, then as they came. A person
        or source is as new as the newest fact behind it."""
        days = self.days[3].copy()
        named, resting = self.behind
        counts = standing[resting]
        np.maximum.at(days, named[counts], days[resting[counts]])
        found = np.flatnonzero(rank)
        order = np.lexsort((found, -days[found], -rank[found].astype(np.int64)))
        return found[order]

    def rested_on(self, number: int, standing: _Flags) -> list[int]:
        """The entries behind one, of those that count, newest first."""
        named, resting = self.behind
        mine = resting[named == number]
        mine = np.unique(mine[standing[mine]])
        return [int(one) for one in mine[np.argsort(-self.days[3][mine], kind="stable")]]

    @property
    def size(self) -> int:
        """Bytes of the rows of numbers."""
        rows: list[npt.NDArray[Any]] = [
            self.words,
            self.owners,
            self.zones,
            *self.days,
            *self.behind,
            *self.under,
            *self.sides,
        ]
        return sum(row.nbytes for row in rows)


class Weighed:
    """How much of a question each entry holds. `whole`: some entry holds all of it."""

    def __init__(self, index: Index, terms: Sequence[Term], each: _Points):
        self._index, self._terms, self._each = index, terms, each
        self._points = each.sum(axis=0, dtype=np.int64)
        self._has_all = (each > 0).all(axis=0)
        self.whole = bool(self._has_all.any())

    @property
    def count(self) -> int:
        """How many entries hold all of it."""
        return int(self._has_all.sum())

    def alone(self) -> dict[Term, int]:
        """How many entries hold each term."""
        return dict(zip(self._terms, (self._each > 0).sum(axis=1).tolist(), strict=True))

    def points(self, number: int) -> int:
        """The points of all terms together in one entry."""
        return int(self._points[number])

    def lacks(self, number: int) -> tuple[Term, ...]:
        """The terms that one entry does not hold."""
        return tuple(term for term, points in zip(self._terms, self._each[:, number], strict=True) if not points)

    def rank(self, named: Sequence[int], opening: str) -> npt.NDArray[np.int64]:
        """The rank of each entry, none for what is not found. What the question names stands first, then what belongs
        to those of it that are of the sort `opening`."""
        rank = np.where(self._has_all, self._points, 0) if self.whole else self._most()
        below = self._index.below([number for number in named if self._index.sorts[number] == opening])
        rank[below[rank[below] > 0]] |= 1 << _NAMED
        rank[list(named)] |= 2 << _NAMED
        return rank

    def _most(self) -> npt.NDArray[np.int64]:
        """Where nothing has all the terms: those that have more than half of them, and each that must be found."""
        has = self._each > 0
        rarity = np.log((has.shape[1] + 1) / (has.sum(axis=1) + 1)) * _RARITY
        rare = np.minimum(rarity @ has, 2 ** (_HAS - _RARE) - 1).astype(np.int64)
        many = has.sum(axis=0, dtype=np.int64)
        enough = many * 2 > len(has)
        for term, row in zip(self._terms, has, strict=True):
            if term.must:
                enough &= row
        return np.where(enough, (many << _HAS) | (rare << _RARE) | self._points, 0)
