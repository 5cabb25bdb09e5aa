"""The first page: what became known lately, what was mended, what lies ahead over all cases, the newest cases.

Invariant: everything follows from what the desk gives at a moment. As of a day, nothing that began later is told; as
known on a day, nothing that became known later; what lies ahead is what had been promised, set or decided by then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from goodoffices.briefs.ahead import NextDate, next_dates
from goodoffices.casebook.actors import brief_name
from goodoffices.core.days import on
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.reading import begun
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.asking import Asking
from goodoffices.desk.case_list import CaseList, Line, case_list, each_case, keep, key_of, line_record
from goodoffices.desk.records import fact_record
from goodoffices.desk.views import Moment
from goodoffices.ledger.entries import Entry
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Rulebook
from goodoffices.rulebooks.shelf import rulebooks

LATELY: Final = 42  # days: six weeks
NEWEST_FACTS: Final = 8  # told where nothing became known lately
NEWEST_CASES: Final = 6
MENDED: Final = 6
LONGEST: Final = 36_500
_NO_FACTS: Final = ("case", "gap")
# No news: entries of registers, and that nothing is known or was found.
_NO_NEWS: Final = ("case", "state", "code", "mission", "operation", "body", "gap", "no_product")
_Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class News:
    """A fact that became known, was corrected or was withdrawn. `day` is the day it became known, or was mended;
    `known` says whether the fact is still in the record at the moment, so that it has a page."""

    what: str
    day: date
    fact: Fact
    before: Fact | None
    known: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """A case that a day ahead belongs to, with the facts that say so."""

    case: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A day ahead: when and what, in English and French; the rule where it is the term of a duty; the cases."""

    day: date
    when: _Words
    what: _Words
    rule: str
    cases: tuple[Behind, ...]


@dataclass(frozen=True, slots=True)
class Almanac:
    """The first page. `lately` is what became known from `since` on; where nothing did, `quiet` is set and the newest
    facts stand there instead. `listed` are all cases, `facts` counts what was known of them."""

    since: date
    quiet: bool
    lately: tuple[News, ...]
    mended: tuple[News, ...]
    ahead: tuple[Coming, ...]
    listed: CaseList
    facts: int

    @property
    def newest(self) -> tuple[Line, ...]:
        """The newest cases."""
        return self.listed.lines[:NEWEST_CASES]

    def title(self, case: str, language: str = "en") -> str:
        """A case's name; its id where it is none of the list."""
        for line in self.listed.lines:
            if line.row.id == case:
                return line.row.title_fr if language == "fr" else line.row.title
        return case

    def within(self, days: int | None, moment: Moment) -> tuple[Coming, ...]:
        """What lies ahead within so many days; all of it without a number."""
        return tuple(one for one in self.ahead if days is None or (one.day - moment.as_of).days <= days)


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    quiet: bool
    lately: tuple[News, ...]
    mended: tuple[News, ...]
    ahead: tuple[Coming, ...]
    facts: int


_KEPT: Final[dict[tuple[object, ...], _WorkedOut]] = {}


def almanac(desk: Asking, moment: Moment) -> Almanac:
    """The first page at a moment. What it takes long to work out is kept by the end of the chain."""
    key = key_of(desk, moment)
    found = _KEPT.get(key)
    if found is None:
        everything = desk.everything(moment)
        listed = case_list(desk, moment, everything)
        found = _work_out(desk, moment, everything, {line.row.id for line in listed.lines})
        keep(_KEPT, key, found)
    else:
        listed = case_list(desk, moment)
    return Almanac(_since(moment), found.quiet, found.lately, found.mended, found.ahead, listed, found.facts)


def read_within(text: str) -> int | None:
    """So many days ahead, as an address asks; None for all. BadRecord for what is no such number."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= LONGEST):
        found = f"{text[:60]!r} is no number of days from 1 to {LONGEST}."
        raise BadRecord([Problem("within", found, "Write it in digits, such as 90.")])
    return int(text)


def _work_out(desk: Asking, moment: Moment, everything: Snapshot, listed: Collection[str]) -> _WorkedOut:
    tells = _Telling(moment, listed)
    told = [fact for fact in everything.facts if tells(fact)]
    entries = desk.mended(sorted({*desk.case_ids(), *(fact.subject for fact in everything.facts)}))
    # To compare two days of knowledge takes long: only where something in between is new or was mended.
    since = _since(moment)
    moved = any(since < fact.known_at <= moment.known_at for fact in everything.facts)
    moved = moved or any(since < entry.effective_from <= moment.known_at for entry in entries)
    lately = _lately(desk, moment, tells) if moved else ()
    newest = sorted(told, key=lambda fact: (fact.known_at, fact.span.begins.shown, fact.key), reverse=True)
    stood_in = tuple(News("new", fact.known_at, fact, None, True) for fact in newest[:NEWEST_FACTS])
    known = {fact.key for fact in everything.facts}
    mended = (_mending(entry, entry.fact.key in known) for entry in entries if _counts(entry, moment, tells))
    of_cases = [fact for fact in everything.facts if fact.subject in listed and fact.kind not in _NO_FACTS]
    return _WorkedOut(
        quiet=not lately,
        lately=lately or stood_in,
        mended=tuple(islice(mended, MENDED)),
        ahead=_ahead([one for one in each_case(everything) if one.subjects[0] in listed]),
        facts=sum(_so(fact, moment) for fact in of_cases),
    )


def _since(moment: Moment) -> date:
    return date.fromordinal(max(moment.known_at.toordinal() - LATELY, 1))


@dataclass(frozen=True, slots=True)
class _Telling:
    """Which facts the page may tell: those that may have begun by the day looked at, of a case that had or of a
    register."""

    moment: Moment
    listed: Collection[str]

    def __call__(self, fact: Fact) -> bool:
        of_these = ":" in fact.subject or fact.subject in self.listed
        return of_these and fact.kind not in _NO_NEWS and _so(fact, self.moment)


def _so(fact: Fact, moment: Moment) -> bool:
    """Whether it may have begun by the day looked at."""
    return fact.span.begins.precision == "unknown" or fact.span.begins.earliest <= moment.as_of


def _lately(desk: Asking, moment: Moment, tells: _Telling) -> tuple[News, ...]:
    """What changed in what was known, over the last weeks, newest first."""
    changes = desk.changes(_since(moment), moment.known_at)
    found = [
        News(one.what, one.fact.known_at, one.fact, one.before if one.after else None, one.after is not None)
        for one in changes
        if tells(one.fact)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.fact.span.begins.shown, one.fact.key), reverse=True))


def _counts(entry: Entry, moment: Moment, tells: _Telling) -> bool:
    """Whether a correction or withdrawal counts by the day of knowledge, of a fact that the page may tell."""
    return entry.effective_from <= moment.known_at and entry.fact.known_at <= moment.known_at and tells(entry.fact)


def _mending(entry: Entry, known: bool) -> News:
    what = "withdrawn" if entry.verb == "retract" else "corrected"
    return News(what, date.fromisoformat(entry.recorded_at[:10]), entry.fact, None, known, entry.reason)


def _ahead(cases: Sequence[Snapshot]) -> tuple[Coming, ...]:
    """What lies ahead in any case, nearest first; what several cases tell of is told once."""
    newest = _newest_mandates(cases)
    found: dict[tuple[date, str, str], Coming] = {}
    for snapshot in cases:
        for one in (*_dates(snapshot, newest), *_terms(snapshot)):
            key = one.day, one.what[0], one.rule and snapshot.subjects[0]
            before = found.get(key)
            merged = (*before.cases, *one.cases) if before else one.cases
            found[key] = Coming(one.day, one.when, one.what, one.rule, merged)
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.what)))


def _newest_mandates(cases: Iterable[Snapshot]) -> dict[str, date]:
    """When the newest decision on each mission's mandate was taken: it replaces those before it, in any case."""
    newest: dict[str, date] = {}
    for snapshot in cases:
        for fact in begun(snapshot, "mandate"):
            mission, day = fact.get("mission"), fact.span.begins.shown
            newest[mission] = max(day, newest.get(mission, day))
    return newest


def _dates(snapshot: Snapshot, newest: dict[str, date]) -> list[Coming]:
    """The days that facts name: ends of mandates, promises, deadlines, ends of transitions and measures."""
    french = {one.facts: one for one in next_dates(snapshot, (), "fr")}
    found = []
    for one in next_dates(snapshot, (), "en"):
        fact = snapshot.find(one.facts[0])
        replaced = fact is not None and fact.kind == "mandate"
        if fact is not None and replaced and fact.span.begins.shown < newest[fact.get("mission")]:
            continue
        found.append(_coming(one, french.get(one.facts, one), fact, snapshot.subjects[0]))
    return found


def _coming(english: NextDate, french: NextDate, fact: Fact | None, case: str) -> Coming:
    when, what = (english.when, french.when), (english.what, french.what)
    if fact is not None and fact.kind == "deadline_set":
        setter = brief_name(fact.actor), brief_name(fact.actor, "fr")
        what = f"deadline set by {setter[0]}: {what[0]}", f"échéance fixée ({setter[1]})\u00a0: {what[1]}"
    return Coming(english.day, when, what, "", (Behind(case, english.facts),))


def _terms(snapshot: Snapshot) -> list[Coming]:
    """The terms of duties that run."""
    found = []
    for book, rules in _with_terms():
        for finding in evaluate(book, snapshot, only=rules):
            if finding.state == "pending" and finding.due is not None and finding.due > snapshot.as_of:
                found.append(_term(finding, finding.due, snapshot.subjects[0]))
    return found


def _term(finding: Finding, due: date, case: str) -> Coming:
    when = on(due).words(), on(due).words("fr")
    return Coming(due, when, (finding.said("en"), finding.said("fr")), finding.rule, (Behind(case, finding.facts),))


def _with_terms() -> list[tuple[Rulebook, tuple[str, ...]]]:
    """The rules whose term may run: duties within a time. No other is asked, so that the page is quick."""
    listed = ((book, tuple(rule.id for rule in book.rules if rule.within is not None)) for book in rulebooks())
    return [(book, rules) for book, rules in listed if rules]


def almanac_record(found: Almanac, moment: Moment, within: int | None = None) -> dict[str, Any]:
    """The first page as JSON."""
    return {
        "as_of": moment.as_of.isoformat(),
        "known_at": moment.known_at.isoformat(),
        "cases": len(found.listed.lines),
        "facts": found.facts,
        "lately_since": found.since.isoformat(),
        "nothing_lately": found.quiet,
        "lately": [_news_record(one, moment) for one in found.lately],
        "mended": [_news_record(one, moment) for one in found.mended],
        "within_days": within,
        "ahead": [coming_record(one) for one in found.within(within, moment)],
        "newest": [line_record(line) for line in found.newest],
    }


def coming_record(one: Coming) -> dict[str, Any]:
    """A day ahead as JSON."""
    return {
        "day": one.day.isoformat(),
        "when": one.when[0],
        "what": one.what[0],
        "what_fr": one.what[1],
        "rule": one.rule or None,
        "cases": [behind.case for behind in one.cases],
        "facts": [key for behind in one.cases for key in behind.facts],
    }


def _news_record(one: News, moment: Moment) -> dict[str, Any]:
    # Why something was mended is told with hindsight, like a note.
    return {
        "what": one.what,
        "day": one.day.isoformat(),
        "fact": fact_record(one.fact, moment.hindsight),
        "before": fact_record(one.before, moment.hindsight) if one.before else None,
        "reason": one.reason if moment.hindsight else "",
    }
