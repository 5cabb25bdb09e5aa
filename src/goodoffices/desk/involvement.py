"""How the United Nations came to a country, who else takes part, what happened, and what it is like on a day.

Invariant: everything here follows from the facts of a country's cases, of its missions and of its operations that were
known on the day of knowledge. What began after the day looked at shows only where the caller marks it as later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Final

from goodoffices.briefs.authorisation import Chain, chains, so_by
from goodoffices.briefs.course import Promise, course
from goodoffices.briefs.network import SORTS, Edge, Network, network, sort_of
from goodoffices.briefs.principles import Principle, principles
from goodoffices.briefs.relations import Country
from goodoffices.briefs.status_line import Cell, status_line
from goodoffices.briefs.story import events, figure, turning_days
from goodoffices.briefs.timeline import Timeline
from goodoffices.casebook.actors import actors
from goodoffices.core.errors import NoAnswer
from goodoffices.core.facts import Fact, order
from goodoffices.core.names import fold
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.asking import Asking
from goodoffices.desk.views import Moment

_OWN: Final = ("case", "gap", "state", "code", "mission", "operation", "body")
_STANDING: Final = ("suspended", "sanctions", "limits")
_YEAR: Final = re.compile(r"-\d{4}(-.*)?\Z")


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country in the list: how much the record knew of it by the day looked at."""

    id: str
    iso3: str
    name: str
    name_fr: str
    cases: int
    missions: int
    operations: int
    consents: int
    surveys: int
    gaps: int
    facts: int


@dataclass(frozen=True, slots=True)
class ActorLine:
    """Who takes part: how many facts tell of it, from which to which."""

    id: str
    name: str
    facts: int
    first: Fact
    last: Fact


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of the country."""

    id: str
    title: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Involvement:
    """The four questions of a country, answered from its facts."""

    id: str
    iso3: str
    name: str
    moment: Moment
    cases: tuple[CaseLine, ...]
    chains: tuple[Chain, ...]
    principles: tuple[Principle, ...]
    sorts: tuple[tuple[str, tuple[ActorLine, ...]], ...]
    network: Network
    timeline: Timeline
    events: tuple[Fact, ...]
    days: tuple[tuple[date, Fact], ...]
    latest: str
    cells: tuple[Cell, ...]
    mandates: tuple[tuple[Chain, Fact | None], ...]
    promises: tuple[Promise, ...]
    surveys: tuple[Fact, ...]
    gaps: tuple[Fact, ...]
    facts: int

    @property
    def standing(self) -> tuple[Edge, ...]:
        """Suspensions, measures and limits that hold."""
        return tuple(edge for edge in self.network.edges if edge.kind in _STANDING)

    @property
    def shown(self) -> tuple[Fact, ...]:
        """The facts the page tells, each once, in the order in which it tells them: their sources are numbered so."""
        told: list[Fact] = []
        for chain in self.chains:
            told += [*chain.asked, *chain.decided, chain.acted, *chain.consents, *chain.limits]
            told += [chain.ended] if chain.ended else []
        told += [fact for one in self.principles for fact in one.facts]
        told += [one.last for _, lines in self.sorts for one in lines]
        told += [edge.last for edge in self.network.edges]
        told += [*self.events, *(fact for _, fact in self.mandates if fact)]
        told += [fact for one in self.promises for fact in (one.fact, *one.outcomes)]
        told += self.surveys
        return tuple({fact.key: fact for fact in told}.values())


# What was worked out is kept by the end of the chain it was worked out from: another content has another end.
_NAMED: Final[dict[str, dict[str, str]]] = {}
_ROWS: Final[dict[tuple[object, ...], tuple[CountryRow, ...]]] = {}
_KEPT: Final = 16


def _ids(desk: Asking) -> dict[str, str]:
    """The id of each country by its code: as its cases are called, else its name. Whatever the day, an id stays."""
    head = desk.head().hash
    if head not in _NAMED:
        _NAMED.clear()
        everything = desk.everything(desk.moment(date.max, date.max)).facts
        found = {fact.get("iso3"): slug(fact.get("country")) for fact in everything if fact.kind == "state"}
        cases = {fact.get("iso3"): _YEAR.sub("", fact.subject) for fact in everything if fact.kind == "case"}
        _NAMED[head] = found | cases
    return _NAMED[head]


def slug(name: str) -> str:
    """A country's name as case ids write it: "Côte d’Ivoire" is cote-divoire."""
    bare = fold(name.partition(" (")[0]).replace("'", "")
    return re.sub(r"[^a-z]+", "-", bare).strip("-")


def countries(desk: Asking, moment: Moment) -> tuple[CountryRow, ...]:
    """Every country with a case, a mission or an operation that had begun, in alphabetical order."""
    key = (desk.head().hash, moment.as_of, moment.known_at, desk.clearance)
    if key not in _ROWS:
        while len(_ROWS) >= _KEPT:
            _ROWS.pop(next(iter(_ROWS)), None)
        _ROWS[key] = _rows(desk, moment, desk.everything(moment).facts)
    return _ROWS[key]


def _rows(desk: Asking, moment: Moment, facts: Sequence[Fact]) -> tuple[CountryRow, ...]:
    states = {fact.get("iso3"): fact for fact in facts if fact.kind == "state"}
    ids = _ids(desk)
    by_subject: dict[str, list[Fact]] = {}
    for fact in facts:
        by_subject.setdefault(fact.subject, []).append(fact)
    rows = []
    for iso3, subjects in _subjects(facts).items():
        mine = [fact for subject in sorted(subjects) for fact in by_subject.get(subject, ())]
        begun = [fact for fact in mine if so_by(fact, moment.as_of)]
        state = states.get(iso3)
        counted = {
            kind: sum(fact.kind == kind for fact in begun) for kind in ("case", "mission", "operation", "consent")
        }
        if not any(counted[kind] for kind in ("case", "mission", "operation")):
            continue
        name = state.get("country") if state else next(f.get("country") for f in mine if f.get("country"))
        rows.append(
            CountryRow(
                id=ids.get(iso3) or slug(name),
                iso3=iso3,
                name=name.partition(" (")[0],
                name_fr=(state.get("country_fr") if state else name).partition(" (")[0],
                cases=counted["case"],
                missions=counted["mission"],
                operations=counted["operation"],
                consents=counted["consent"],
                surveys=sum(fact.kind == "opinion" for fact in begun),
                gaps=sum(fact.kind == "gap" for fact in begun),
                facts=sum(fact.kind not in _OWN for fact in begun),
            )
        )
    return tuple(sorted(rows, key=lambda row: fold(row.name)))


def _codes(fact: Fact) -> list[str]:
    return [code for code in fact.get("iso3").split(", ") if code]


def _subjects(facts: Iterable[Fact]) -> dict[str, set[str]]:
    """What the record has on each country, by its code: its cases, missions and operations that work in it or that its
    cases call present, and its entry in the register of states."""
    found: dict[str, set[str]] = {}
    present: list[Fact] = []
    for fact in facts:
        if fact.kind in ("case", "mission", "operation"):
            for code in _codes(fact):
                found.setdefault(code, {f"state:{code}"}).add(fact.subject)
        elif fact.kind == "mission_present":
            present.append(fact)
    for subjects in found.values():
        subjects |= {f"mission:{fact.get('mission')}" for fact in present if fact.subject in subjects}
    return found


def involvement(desk: Asking, country: str, moment: Moment, language: str = "en") -> Involvement:
    """The four questions of a country. NoAnswer, with the nearest names, where the record has no such country."""
    row = _row(desk, country, moment)
    everything = desk.everything(moment)
    subjects = _subjects(everything.facts)[row.iso3]
    mine = tuple(sorted((fact for fact in everything.facts if fact.subject in subjects), key=order))
    snapshot = replace(everything, facts=mine, later=())
    register = actors()
    names = {one.id: one.said(language) for one in register.values()}
    name = row.name_fr if language == "fr" else row.name
    known = chains(mine, row.iso3, date.max, names)
    now = chains(mine, row.iso3, moment.as_of, names)
    begun = [fact for fact in mine if so_by(fact, moment.as_of)]
    latest, cells = _cells(desk, begun, moment, language)
    return Involvement(
        id=row.id,
        iso3=row.iso3,
        name=name,
        moment=moment,
        cases=_cases(begun, language),
        chains=now,
        principles=principles(begun, now),
        sorts=_sorts(begun, now, language),
        network=network(mine, known, moment.as_of, register, name, language),
        timeline=figure(mine, known, moment.as_of, name, language),
        events=events(mine, moment.as_of),
        days=tuple(one for one in turning_days(mine, known) if one[0] <= moment.today),
        latest=latest,
        cells=cells,
        mandates=_mandates(begun, now),
        promises=_promises(snapshot, language),
        surveys=tuple(sorted((fact for fact in begun if fact.kind == "opinion"), key=order)),
        gaps=tuple(fact for fact in begun if fact.kind == "gap"),
        facts=row.facts,
    )


def _row(desk: Asking, country: str, moment: Moment) -> CountryRow:
    rows = countries(desk, moment)
    found = next((row for row in rows if row.id == country), None)
    if found is not None:
        return found
    names = [row.id for row in rows]
    near = get_close_matches(slug(country), names, 5, 0.5)
    hint = f" Nearest: {', '.join(near)}." if near else ""
    raise NoAnswer(f"the record had nothing on a country {country!r} by then.{hint}", near)


def _cases(begun: Iterable[Fact], language: str) -> tuple[CaseLine, ...]:
    heads = sorted((fact for fact in begun if fact.kind == "case"), key=order)
    facts = {fact.subject: fact for fact in begun if fact.kind == "seizure" and not fact.competes_with}
    return tuple(
        CaseLine(
            head.subject,
            head.get("title_fr") if language == "fr" and head.get("title_fr") else head.get("title"),
            facts.get(head.subject, head),
        )
        for head in heads
    )


def _cells(desk: Asking, begun: Sequence[Fact], moment: Moment, language: str) -> tuple[str, tuple[Cell, ...]]:
    """The status line of the newest case that had begun; nothing where the country has none."""
    heads = sorted((fact for fact in begun if fact.kind == "case"), key=order)
    if not heads:
        return "", ()
    case = heads[-1].subject
    checked = desk.check(case, moment, "au")
    return case, status_line(checked.snapshot, checked.findings, language)


def _sorts(
    begun: Sequence[Fact], known: Sequence[Chain], language: str
) -> tuple[tuple[str, tuple[ActorLine, ...]], ...]:
    """Who takes part, by sort; organs are told with their organisation, missions as missions."""
    register = actors()
    country = Country(tuple(begun), tuple(known), register)
    mine: dict[str, list[Fact]] = {}
    for fact in begun:
        if fact.kind not in _OWN and not fact.subject.startswith("state:"):
            part_of = register[fact.actor].part_of
            mine.setdefault(part_of if part_of and part_of != "un" else fact.actor, []).append(fact)
    lines: dict[str, list[ActorLine]] = {}
    for id, facts in mine.items():
        sort = sort_of(register[id], country.neighbours)
        told = sorted(facts, key=order)
        dated = [fact for fact in told if fact.span.begins.precision != "unknown"] or told
        lines.setdefault(sort, []).append(ActorLine(id, register[id].said(language), len(facts), dated[0], dated[-1]))
    return tuple(
        (sort, tuple(sorted(lines[sort], key=lambda one: (-one.facts, one.name)))) for sort in SORTS if sort in lines
    )


def _mandates(begun: Sequence[Fact], known: Sequence[Chain]) -> tuple[tuple[Chain, Fact | None], ...]:
    """The missions and operations still there, with the last decision on their mandate."""
    found = []
    for one in known:
        if one.ended is None:
            mine = [fact for fact in begun if fact.kind == "mandate" and fact.get("mission") == one.id]
            found.append((one, max(mine, key=order) if mine else None))
    return tuple(found)


def _promises(snapshot: Snapshot, language: str) -> tuple[Promise, ...]:
    """What was promised and what came of it, each promise once where two cases tell it; told outcomes come first."""
    told: dict[tuple[str, str], Promise] = {}
    for one in sorted(course(snapshot, language).promises, key=lambda promise: not promise.outcomes):
        told.setdefault((one.fact.span.text, one.fact.get("subject_matter")), one)
    return tuple(sorted(told.values(), key=lambda one: order(one.fact)))
