"""Searching the record: words, phrases and document symbols, over everything that has a page, at a moment.

How finds are ranked. A case, mission or operation that the question names comes first, then the facts of that case. Of
the others everything asked for must be found; where nothing has it all, what has more than half of it is shown, by how
much it has, rare words before common ones. A word in a title counts more than one in the text, and one in the text
more than one in what stands around it (who acted, what kind of act, which case); a whole word more than the beginning
of one. Among equals the newer comes first. Sorts with the better finds stand first, sources last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.sources import Citation
from goodoffices.desk.asking import Asking
from goodoffices.desk.finds import CASES, FACTS, PEOPLE, RULEBOOKS, RULES, SORTS, SOURCES, Find, Teller, source_key
from goodoffices.desk.looked_up import Sought, Term, read_sought
from goodoffices.desk.views import Moment
from goodoffices.rulebooks.shelf import rulebooks

if TYPE_CHECKING:
    from goodoffices.desk.index import Index

FEW, FEW_FACTS, PAGE = 5, 10, 25
SUGGESTED: Final = 8
_EACH: Final = 3  # of a sort, among suggestions
_BEHIND: Final = 6  # facts shown behind a person or a source
_MENDED: Final = 2  # words of a question for which others are proposed
_NEWEST: Final = 400  # facts among which an example is looked for
_EXAMPLES: Final = ("country", "person", "document")
_KEPT: Final = 2
_INDEXES: Final[dict[tuple[object, ...], Index]] = {}
_BUILDING: Final = Lock()


@dataclass(frozen=True, slots=True)
class Group:
    """Finds of one sort: how many there are, and those shown, best first."""

    sort: str
    count: int
    finds: tuple[Find, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question. `partly`: nothing has all that was asked for, and what has most of it is shown. Then,
    and where nothing is found, `nearest` are questions that find something with words like those asked for, and `alone`
    says how much each part of the question finds by itself."""

    sought: Sought
    groups: tuple[Group, ...]
    kind: str = ""
    page: int = 1
    pages: int = 1
    nearest: tuple[str, ...] = ()
    alone: tuple[tuple[str, int], ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    partly: bool = False

    @property
    def total(self) -> int:
        """How many things were found, of all sorts."""
        return sum(count for _, count in self.counts)


def index_of(desk: Asking) -> Index:
    """The index of the record as it stands, made once for each end of the chain."""
    versions = tuple((book.id, book.version) for book in rulebooks())
    key = (desk.head().hash, desk.clearance, versions)
    found = _INDEXES.get(key)
    if found is None:
        with _BUILDING:  # whoever comes meanwhile waits for the same index
            found = _INDEXES.get(key)
            if found is None:
                from goodoffices.desk.gathering import gather  # numpy: only what searches waits for it

                found = gather(desk, rulebooks())
                while len(_INDEXES) >= _KEPT:
                    _INDEXES.pop(next(iter(_INDEXES)))
                _INDEXES[key] = found
    return found


def search(
    desk: Asking, asked: str, moment: Moment, language: str = "en", kind: str = "", page: int | None = 1
) -> Found:
    """What the record holds of what is asked for, by the moment: a few finds of each sort. With `kind`, one of SORTS,
    that sort alone, page by page; all of it where `page` is None. BadRecord for a sort or page there is not, and for a
    question that is too long."""
    _known_sort(kind)
    sought = read_sought(asked)
    asking = _Asking(desk, sought, moment, language) if sought.terms else None
    by_sort = asking.by_sort() if asking else {}
    nearest, alone = asking.nearest() if asking and not asking.whole else ((), ())
    if asking is None or not by_sort:
        _page(0, page)
        return Found(sought, (), kind, nearest=nearest, alone=alone)
    if kind:
        mine = by_sort.get(kind, [])
        pages = _page(len(mine), page)
        wanted = {kind: mine if page is None else mine[(page - 1) * PAGE : page * PAGE]}
    else:
        pages = _page(0, page)
        wanted = {sort: numbers[: FEW_FACTS if sort == FACTS else FEW] for sort, numbers in by_sort.items()}
    finds = asking.told([number for numbers in wanted.values() for number in numbers])
    groups = tuple(
        Group(sort, len(by_sort.get(sort, ())), tuple(finds[number] for number in numbers))
        for sort, numbers in wanted.items()
    )
    counts = tuple((sort, len(numbers)) for sort, numbers in by_sort.items())
    return Found(sought, groups, kind, page or 1, pages, nearest, alone, counts, not asking.whole)


def _page(count: int, page: int | None) -> int:
    """How many pages so many finds have. BadRecord where there is none of this number."""
    pages = max(1, -(-count // PAGE)) if page is not None else 1
    if page is not None and not 1 <= page <= pages:
        raise BadRecord([Problem("page", f"there is no page {page}.", f"Pages: 1 to {pages}.")])
    return pages


def everything_found(desk: Asking, asked: str, moment: Moment, language: str = "en", kind: str = "") -> list[Find]:
    """All finds in one list, sort by sort, best first."""
    _known_sort(kind)
    sought = read_sought(asked)
    if not sought.terms:
        return []
    asking = _Asking(desk, sought, moment, language)
    numbers = [number for sort, mine in asking.by_sort().items() if kind in ("", sort) for number in mine]
    finds = asking.told(numbers)
    return [finds[number] for number in numbers]


def suggest(desk: Asking, asked: str, moment: Moment, language: str = "en") -> tuple[Find, ...]:
    """A few of the best finds while a question is being typed: at most three of a sort."""
    sought = read_sought(asked)
    if not sought.terms:
        return ()
    asking = _Asking(desk, sought, moment, language)
    numbers = [number for mine in asking.by_sort().values() for number in mine[:_EACH]][:SUGGESTED]
    finds = asking.told(numbers)
    return tuple(finds[number] for number in numbers)


def examples(desk: Asking, moment: Moment) -> tuple[str, ...]:
    """Questions that find something at this moment: the newest case's country, the person and the document that the
    newest facts name."""
    index = index_of(desk)
    standing = index.standing(moment.as_of, moment.known_at)
    ranked = index.ranked(standing.astype("u2"), standing).tolist()
    cases = [number for number in ranked if index.sorts[number] == CASES][:1]
    facts = [number for number in ranked if index.sorts[number] == FACTS][:_NEWEST]
    known = desk.numbered([int(index.numbers[number]) for number in cases + facts])
    told = [known[int(index.numbers[number])] for number in cases + facts]
    found = [next((fact.get(name) for fact in told if fact.get(name)), "") for name in _EXAMPLES]
    return tuple(one for one in found if one)


def _known_sort(kind: str) -> None:
    if kind and kind not in SORTS:
        raise BadRecord([Problem("kind", f"there is no kind {kind!r}.", f"Kinds: {', '.join(SORTS)}.")])


class _Asking:
    """One question put to the index."""

    def __init__(self, desk: Asking, sought: Sought, moment: Moment, language: str):
        self._desk, self._sought, self._moment = desk, sought, moment
        self._index = index_of(desk)
        self._standing = self._index.standing(moment.as_of, moment.known_at)
        self._weighed = self._index.weighed(sought.terms, self._standing)
        self.whole = self._weighed.whole
        self._rank = self._weighed.rank(self._named(), CASES)
        self._teller = Teller(sought, language, moment.as_of)

    def _named(self) -> list[int]:
        """What the question names is found whatever else was asked for, unless something else must be found as well."""
        named = self._index.named(self._sought.words, self._standing)
        must = [term for term in self._sought.terms if term.must]
        return [number for number in named if not set(self._weighed.lacks(number)) & set(must)]

    def by_sort(self) -> dict[str, list[int]]:
        """Numbers of what was found, sort by sort, those with the better finds first."""
        found: dict[str, list[int]] = {}
        for number in self._index.ranked(self._rank, self._standing).tolist():
            found.setdefault(self._index.sorts[number], []).append(number)
        best = {sort: int(self._rank[numbers[0]]) for sort, numbers in found.items()}
        order = sorted(found, key=lambda one: (one == SOURCES, -best[one], SORTS.index(one)))
        return {sort: found[sort] for sort in order}

    def told(self, numbers: Sequence[int]) -> dict[int, Find]:
        """The finds behind these numbers."""
        index = self._index
        behind = {
            number: index.rested_on(number, self._standing)
            for number in numbers
            if index.sorts[number] in (PEOPLE, SOURCES)
        }
        needed = [one for one in numbers if one not in behind]
        needed += [one for resting in behind.values() for one in resting[:_BEHIND]]
        seqs = {number: int(index.numbers[number]) for number in needed}
        facts = self._desk.numbered([seq for seq in seqs.values() if seq])
        openers = self._openers({fact.subject for fact in facts.values()})
        told = {
            number: self._behind(number, behind[number], [facts[seqs[one]] for one in behind[number][:_BEHIND]])
            if number in behind
            else self._told(number, facts.get(seqs[number]), openers)
            for number in numbers
        }
        lacks = {number: tuple(term.said for term in self._weighed.lacks(number)) for number in numbers}
        return {number: replace(find, lacks=lacks[number]) for number, find in told.items()}

    def _openers(self, subjects: Iterable[str]) -> dict[str, Fact]:
        """The facts that say what cases, missions, operations and states are called, as known on the day."""
        index = self._index
        standing = {
            subject: int(index.numbers[number])
            for subject in subjects
            for number in index.titled.get(subject, ())
            if self._standing[number]
        }
        facts = self._desk.numbered(list(standing.values()))
        return {subject: facts[seq] for subject, seq in standing.items()}

    def _behind(self, number: int, resting: Sequence[int], facts: Sequence[Fact]) -> Find:
        key, points = self._index.keys[number], self._weighed.points(number)
        if self._index.sorts[number] == PEOPLE:
            return self._teller.person(key, points, facts, len(resting))
        return self._teller.source(key, points, facts, len(resting), _cited(key, facts[0]))

    def _told(self, number: int, fact: Fact | None, openers: Mapping[str, Fact]) -> Find:
        sort, key, points = self._index.sorts[number], self._index.keys[number], self._weighed.points(number)
        if sort == FACTS and fact is not None:
            return self._teller.fact(fact, points, openers.get(fact.subject))
        if fact is not None:
            state = self._desk.state(fact.get("iso3"), self._moment).find(f"state:{fact.get('iso3')}/state")
            return self._teller.head(sort, fact, points, state)
        books = {book.id: book for book in rulebooks()}
        if sort == RULEBOOKS:
            return self._teller.rulebook(books[key], points)
        if sort == RULES:
            book, rule = next((one, rule) for one in books.values() if (rule := one.rule(key)))
            return self._teller.rule(rule, book, points)
        shelf, _, words = key.partition("/")
        references = (one for rule in books[shelf].rules for one in rule.references)
        return self._teller.article(next(one for one in references if one.words == words), books[shelf], points)

    def nearest(self) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
        """Questions with words like those that find nothing; and what each part finds by itself, where there are
        several."""
        alone = self._weighed.alone()
        whole: list[str] = []
        parts: list[str] = []
        unknown = [one for one, count in alone.items() if not (count or one.whole or one.must)]
        for term in unknown[:_MENDED]:
            for word in self._index.nearest(term.ways[0][0], self._standing):
                other = replace(term, said=word, ways=((word,),))
                terms = tuple(other if one is term else one for one in self._sought.terms)
                if self._count(terms):
                    whole.append(" ".join(one.said for one in terms))
                else:
                    parts.append(word)
        told = tuple((term.said, count) for term, count in alone.items() if count) if len(alone) > 1 else ()
        return tuple(dict.fromkeys(whole or parts)), told

    def _count(self, terms: Sequence[Term]) -> int:
        return self._index.weighed(terms, self._standing).count


def _cited(key: str, fact: Fact) -> Citation:
    return next(one for one in fact.citations if source_key(one.source) == key)


def find_record(find: Find) -> dict[str, Any]:
    """A find as JSON gives it."""
    return {
        "kind": find.sort,
        "id": find.key,
        "title": find.plain,
        "text": "".join(text for text, _ in find.text),
        "address": find.address,
        "when": find.span.text if find.span else None,
        "after_as_of": find.later,
        "points": find.points,
        "stands_in": [
            {"field": one.field, "text": one.id or "".join(text for text, _ in one.text)} for one in find.also
        ],
        "facts": [fact.key for fact in find.facts],
        "facts_in_all": find.count,
    }


def titled_record(find: Find) -> dict[str, Any]:
    """A find with what it belongs to by its title, and what it lacks of the question."""
    return find_record(find) | {"within": "".join(text for text, _ in find.within) or None, "lacks": list(find.lacks)}


def found_record(found: Found, moment: Moment) -> dict[str, Any]:
    """The JSON of a search."""
    return {
        "asked": found.sought.asked,
        "as_of": moment.as_of.isoformat(),
        "known_at": moment.known_at.isoformat(),
        "looked_for": [term.said for term in found.sought.terms],
        "found": found.total,
        "counts": dict(found.counts),
        "kind": found.kind or None,
        "page": found.page,
        "pages": found.pages,
        "has_all": not found.partly if found.total else None,
        "results": [titled_record(find) for group in found.groups for find in group.finds],
        "did_you_mean": list(found.nearest),
        "alone": [{"asked": said, "found": count} for said, count in found.alone],
    }
