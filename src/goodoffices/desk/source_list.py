"""All sources of the record in one list: what rests on each, where it is cited, and what rests on one alone.

Invariant: a source is counted once, however many cases cite it: the same title at the same place is one source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from goodoffices.core.facts import Fact
from goodoffices.core.names import fold
from goodoffices.core.sources import CONFIDENCE, Source
from goodoffices.desk.asking import Asking
from goodoffices.desk.finds import source_key
from goodoffices.desk.kept import Kept
from goodoffices.desk.looked_up import words_in
from goodoffices.desk.views import Moment

_OURS: Final = "casebook"  # the source that the record cites for its own entries
_HEADS: Final = ("case", "mission", "operation")  # kinds that open what facts are about
_TOGETHER: Final = ("state", "body")  # registers whose many small entries are told as one


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a source is cited: a case, a mission, an operation, or a register; with how many facts, and its page."""

    subject: str
    title: str
    title_fr: str
    address: str
    facts: int

    def said(self, language: str) -> str:
        """The title in a language."""
        return self.title_fr if language == "fr" else self.title


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source. `alone` counts the facts that rest on it and on nothing else; `host` is empty where it has no
    address."""

    key: str
    title: str
    publisher: str
    published: str
    host: str
    address: str
    mirror: str
    facts: int
    alone: int
    cited: tuple[Cited, ...]

    @property
    def cases(self) -> int:
        """In how many places it is cited."""
        return len(self.cited)


@dataclass(frozen=True, slots=True)
class Host:
    """A host from which sources were read."""

    name: str
    sources: int
    facts: int


@dataclass(frozen=True, slots=True)
class SourceList:
    """The list. `resting` tells, for each confidence, how many facts there are, and how many rest on one source."""

    rows: tuple[SourceRow, ...]
    hosts: tuple[Host, ...]
    resting: tuple[tuple[str, int, int], ...]

    @property
    def facts(self) -> int:
        """How many facts cite a source."""
        return sum(count for _, count, _ in self.resting)

    @property
    def alone(self) -> int:
        """How many of them rest on one source only."""
        return sum(count for _, _, count in self.resting)


_LISTS: Final[Kept[SourceList]] = Kept(4)


def source_list(desk: Asking, moment: Moment) -> SourceList:
    """The sources of all facts known by the moment."""
    return _LISTS.get(desk, moment, lambda: listed(opened(desk.everything(moment).facts)))


def opened(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of cases, missions and operations that were on record by then, and of the other registers. What was
    told of a case before that shows only with it: its very name would tell what was to come."""
    listed = tuple(facts)
    heads = {fact.subject for fact in listed if fact.kind in _HEADS}
    return tuple(fact for fact in listed if fact.subject in heads or fact.subject.partition(":")[0] in _TOGETHER)


def listed(facts: Sequence[Fact]) -> SourceList:
    """The list of sources of these facts."""
    names = _names(facts)
    sources: dict[str, Source] = {}
    citing: dict[str, list[tuple[Fact, str]]] = {}
    alone: Counter[str] = Counter()
    resting: Counter[tuple[str, bool]] = Counter()
    for fact in facts:
        keys = {source_key(one.source): one.source for one in fact.citations if one.source.id != _OURS}
        for key, source in keys.items():
            sources.setdefault(key, source)
            citing.setdefault(key, []).append((fact, source.id))
        if len(keys) == 1:
            alone.update(list(keys))
        if keys:
            resting[fact.confidence, len(keys) == 1] += 1
    rows = tuple(_row(key, source, citing[key], alone[key], names) for key, source in sources.items())
    counts = tuple((word, resting[word, True] + resting[word, False], resting[word, True]) for word in CONFIDENCE)
    return SourceList(tuple(sorted(rows, key=lambda row: (-row.facts, fold(row.title)))), _hosts(rows), counts)


def _names(facts: Iterable[Fact]) -> dict[str, tuple[str, str]]:
    heads = (fact for fact in facts if fact.kind in _HEADS)
    return {
        fact.subject: (
            fact.get("short") or fact.get("title"),
            fact.get("short") or fact.get("title_fr") or fact.get("title"),
        )
        for fact in heads
    }


def _row(
    key: str, source: Source, citing: Sequence[tuple[Fact, str]], alone: int, names: dict[str, tuple[str, str]]
) -> SourceRow:
    places: dict[str, list[tuple[Fact, str]]] = {}
    for fact, source_id in citing:
        register = fact.subject.partition(":")[0]
        places.setdefault(register if register in _TOGETHER else fact.subject, []).append((fact, source_id))
    cited = []
    for subject, mine in places.items():
        fact, source_id = mine[0]
        # A register has no page for its sources: the first fact that cites it names them.
        address = f"/facts/{fact.key}" if ":" in fact.subject else f"/sources/{subject}/{source_id}"
        title, title_fr = names.get(subject) or _REGISTERS.get(subject, (subject, subject))
        cited.append(Cited(subject, title, title_fr, address, len(mine)))
    address = source.address or source.mirror
    return SourceRow(
        key,
        source.title,
        source.publisher,
        source.published,
        host_of(address),
        source.address,
        source.mirror,
        len(citing),
        alone,
        tuple(sorted(cited, key=lambda one: (-one.facts, one.subject))),
    )


_REGISTERS: Final = {
    "state": ("register of states", "registre des États"),
    "body": ("register of bodies", "registre des organes"),
}


def host_of(address: str) -> str:
    """The host of an address without its "www."; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # a bracket left open
        return ""


def _hosts(rows: Iterable[SourceRow]) -> tuple[Host, ...]:
    sources: Counter[str] = Counter()
    facts: Counter[str] = Counter()
    for row in rows:
        sources[row.host] += 1
        facts[row.host] += row.facts
    return tuple(
        Host(name, count, facts[name]) for name, count in sorted(sources.items(), key=lambda one: (-one[1], one))
    )


def chosen(rows: Iterable[SourceRow], text: str, host: str | None = None) -> list[SourceRow]:
    """The rows whose title, publisher or host hold every word of a text, or begin with it; of one host where given."""
    wanted = words_in(text)
    return [
        row
        for row in rows
        if (host is None or row.host == host)
        and _holds(words_in(f"{row.title} {row.publisher} {row.host} {row.published}"), wanted)
    ]


def _holds(words: Sequence[str], wanted: Iterable[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in wanted)


def source_record(row: SourceRow) -> dict[str, Any]:
    """A source as JSON gives it."""
    return {
        "key": row.key,
        "title": row.title,
        "publisher": row.publisher,
        "published": row.published,
        "host": row.host,
        "address": row.address,
        "mirror": row.mirror,
        "facts": row.facts,
        "only_source_of": row.alone,
        "cited": [{"in": one.subject, "facts": one.facts, "address": one.address} for one in row.cited],
    }


def source_list_record(found: SourceList, rows: Iterable[SourceRow]) -> dict[str, Any]:
    """The JSON of the list, or of the rows chosen from it."""
    return {
        "sources": [source_record(row) for row in rows],
        "sources_in_all": len(found.rows),
        "facts": found.facts,
        "facts_resting_on_one_source": found.alone,
        "by_confidence": [
            {"confidence": word, "facts": count, "resting_on_one_source": alone} for word, count, alone in found.resting
        ],
        "hosts": [{"host": one.name, "sources": one.sources, "facts": one.facts} for one in found.hosts],
    }
