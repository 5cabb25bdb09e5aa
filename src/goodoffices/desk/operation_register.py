"""The register of operations of others as the pages list it: who leads, on whose word, with the host’s leave or
without, beside which mission of the United Nations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.briefs.gantt import Entry, Gantt, gantt
from goodoffices.briefs.grounds import (
    GROUNDS,
    Clause,
    Ground,
    Limits,
    agreed,
    clauses,
    grounds_of,
    limits,
    named_in,
    split,
)
from goodoffices.briefs.lives import STANDINGS, Change, Life, Standing
from goodoffices.briefs.mission_words import lead_words, life_words
from goodoffices.briefs.missions import Operation, operations
from goodoffices.briefs.places import REGIONS, region_of
from goodoffices.casebook.actors import actors
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact, order
from goodoffices.core.kinds import LEAD_TYPES
from goodoffices.core.names import fold
from goodoffices.core.sources import Source
from goodoffices.core.symbols import find_symbols
from goodoffices.desk.asking import Asking
from goodoffices.desk.kept import Kept
from goodoffices.desk.mission_register import MissionRow, Record, codes_of, mission_rows, one_of, record_at
from goodoffices.desk.mission_view import none_such, sources_of
from goodoffices.desk.views import Moment
from goodoffices.norms.kindwords import colon

BY: Final = ("country", "lead")
GIVEN: Final = ("lead", "standing", "region", "change", "ground", "consent")
CONSENTS: Final = ("yes", "no", "unclear")


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An operation of the list at a moment. `basis` are the clauses on whose word it rests, `said` that one line.

    `told_later` counts clauses left out because they name what came after the day of knowledge.
    """

    id: str
    short: str
    name: str
    lead: str
    lead_type: str
    place: str
    codes: tuple[str, ...]
    region: str
    begun: str
    ended: str
    standing: Standing
    said: str
    basis: tuple[Clause, ...]
    grounds: tuple[Ground, ...]
    consent: str
    agreed: str
    told_later: int
    cases: int
    life: Life
    changes: tuple[Change, ...]
    operation: Operation
    within: Limits
    end_key: str  # of the fact that tells its end; empty where none does


@dataclass(frozen=True, slots=True)
class OperationView:
    """Everything the page of an operation shows."""

    row: OperationRow
    moment: Moment
    asked: tuple[Clause, ...]
    consent: tuple[Fact, ...]
    documents: tuple[str, ...]
    relation: tuple[str, ...]
    purpose: str
    size: str
    named: tuple[tuple[str, str], ...]  # page and name of the missions and operations that the relation names
    beside: tuple[MissionRow, ...]
    others: tuple[OperationRow, ...]
    facts: tuple[Fact, ...]
    forces: tuple[Fact, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reader narrows the list of operations to; empty where anything goes."""

    lead: str = ""
    standing: str = ""
    region: str = ""
    change: str = ""
    ground: str = ""
    consent: str = ""

    def holds(self, row: OperationRow) -> bool:
        """Whether an operation is among those asked for."""
        return (
            (not self.lead or row.lead_type == self.lead)
            and (not self.standing or row.standing == self.standing)
            and (not self.region or row.region == self.region)
            and (not self.change or bool(row.changes) == (self.change == "yes"))
            and (not self.ground or self.ground in row.grounds)
            and (not self.consent or row.agreed == self.consent)
        )


def sought(given: Mapping[str, str]) -> Sought:
    """What an address asks for. BadRecord with everything in it that cannot be asked."""
    problems: list[Problem] = []
    found = Sought(
        one_of(given, "lead", LEAD_TYPES, problems),
        one_of(given, "standing", STANDINGS, problems),
        one_of(given, "region", tuple(REGIONS), problems),
        one_of(given, "change", ("yes", "no"), problems),
        one_of(given, "ground", tuple(GROUNDS), problems),
        one_of(given, "consent", CONSENTS, problems),
    )
    if problems:
        raise BadRecord(problems)
    return found


_ROWS: Final[Kept[tuple[OperationRow, ...]]] = Kept(8)


def operation_rows(desk: Asking, moment: Moment, language: str = "en") -> tuple[OperationRow, ...]:
    """The operations that had begun by the day looked at, in order of their beginning."""
    return _ROWS.get(desk, moment, lambda: _rows(desk, record_at(desk, moment), language), moment.today, language)


def _rows(desk: Asking, record: Record, language: str) -> tuple[OperationRow, ...]:
    names = {actor.id: actor.said(language) for actor in actors().values()}
    found = operations((fact for fact in record.facts if fact.subject.startswith("operation:")), names)
    within = _limits(desk, record)
    day = record.moment.as_of
    return tuple(_row(one, record, within, language) for one in found if one.head.span.begins.earliest <= day)


def _limits(desk: Asking, record: Record) -> Limits:
    """What may be named on the day of knowledge."""
    moment = record.moment
    known = _titles(record.facts)
    later = known if moment.hindsight else _titles(desk.everything(desk.moment()).facts)
    documents = [fact.get("document") for fact in record.facts]
    return limits(documents, known, later, moment.known_at, moment.hindsight)


def _titles(facts: Iterable[Fact]) -> list[str]:
    """What missions and operations are called in texts."""
    found = []
    for fact in facts:
        if fact.kind == "mission":
            found.append(fact.get("short"))
        elif fact.kind == "operation":
            found.append(_bare(short_title(fact.get("title"))))
    return [one for one in found if one]


def short_title(title: str) -> str:
    """The name before its explanation in brackets: "ECOMICI (ECOWAS Mission in Côte d’Ivoire)"."""
    return title.partition(" (")[0]


def _bare(title: str) -> str:
    """The name without the word for what it is: "Serval"."""
    return title.removeprefix("Operation ").removeprefix("Opération ")


def _row(one: Operation, record: Record, within: Limits, language: str) -> OperationRow:
    moment, codes = record.moment, codes_of(one.iso3)
    end = next((fact for fact in record.facts if _ends(fact, one)), None)
    life = Life(one.head.span.begins, end.span.begins if end else None)
    # Once an operation is known to be over, what is told of it is told of a whole life.
    mine = Limits(within.year, within.resolution, within.unborn, True) if end else within
    basis = clauses(one.legal_basis, mine) + clauses(one.authority, mine)
    consent = mine.cut(one.host_consent)
    texts = (one.legal_basis, one.authority, one.host_consent, one.relation)
    hidden = sum(not mine.allow(part) for text in texts for part in split(text)) + (not _sizable(one, mine))
    changes = tuple(
        change for change in record.changes if change.iso3 in codes and life.within(change.day, moment.as_of)
    )
    name = one.name_fr if language == "fr" else one.name
    return OperationRow(
        id=one.id,
        short=short_title(name),
        name=name,
        lead=one.lead,
        lead_type=one.lead_type,
        place=record.place(one.country, codes, language),
        codes=codes,
        region=region_of(one.country, codes),
        begun=life.begun.shown.isoformat(),
        ended=life.ended.shown.isoformat() if life.ended else "",
        standing=life.standing(moment.as_of),
        said=mine.cut(one.authority),
        basis=basis,
        grounds=grounds_of(basis),
        consent=consent,
        agreed=agreed(consent),
        told_later=hidden,
        cases=len(changes),
        life=life,
        changes=changes,
        operation=one,
        within=mine,
        end_key=end.key if end else "",
    )


def _ends(fact: Fact, one: Operation) -> bool:
    return (
        fact.subject == one.head.subject
        and fact.kind == "foreign_forces"
        and fact.get("direction") == "end"
        and not fact.competes_with
    )


def _sizable(one: Operation, within: Limits) -> bool:
    """Whether its size may be told: the register tells how it grew, which nobody knew at its beginning."""
    return within.hindsight or not one.size


def operation_view(desk: Asking, operation: str, moment: Moment, language: str = "en") -> OperationView:
    """An operation as known at a moment. NoAnswer, with the nearest, where none of that id had begun or was known."""
    record = record_at(desk, moment)
    rows = operation_rows(desk, moment, language)
    row = next((one for one in rows if one.id == operation), None)
    if row is None:
        names = {one.id: one.id for one in rows} | {fold(one.short): one.id for one in rows}
        raise none_such(operation, names, "operation", moment)
    missions = {one.id: one for one in mission_rows(desk, moment, language)}
    one, mine = row.operation, row.within
    relation = tuple(part for part in split(one.relation) if mine.allow(part))
    titles = {mission.short: f"/missions/{mission.id}" for mission in missions.values()}
    titles |= {_bare(other.short): f"/operations/{other.id}" for other in rows if _bare(other.short) not in titles}
    named = named_in(" ".join(relation), titles)
    called = {path: title for title, path in titles.items()}
    facts = tuple(sorted((fact for fact in record.facts if fact.subject == one.head.subject), key=order))
    forces = _forces(record, row)
    shown = " ".join(clause.words for clause in row.basis)
    return OperationView(
        row=row,
        moment=moment,
        asked=tuple(clause for clause in _asking(row) if clause.asks),
        consent=tuple(fact for fact in facts if fact.kind == "consent" and not fact.competes_with),
        documents=tuple(symbol.printed for symbol in find_symbols(shown)),
        relation=relation,
        purpose=mine.cut(one.head.get("subject_matter")),
        size=one.size if _sizable(one, mine) else "",
        named=tuple((found, called[found]) for found in named),
        beside=tuple(
            mission
            for mission in missions.values()
            if set(mission.codes) & set(row.codes) and mission.life.meets(row.life, moment.as_of)
        ),
        others=tuple(
            other
            for other in rows
            if other.id != row.id and set(other.codes) & set(row.codes) and other.life.meets(row.life, moment.as_of)
        ),
        facts=facts,
        forces=forces,
        sources=sources_of((*facts, *forces)),
    )


def _asking(row: OperationRow) -> tuple[Clause, ...]:
    consent = clauses(row.consent, row.within)
    return tuple(dict.fromkeys((*row.basis, *consent)))


def _forces(record: Record, row: OperationRow) -> tuple[Fact, ...]:
    """What cases of these countries tell of foreign forces in its time."""
    cases = {fact.subject for fact in record.facts if fact.kind == "case" and fact.get("iso3") in row.codes}
    end = row.life.ended
    return tuple(
        sorted(
            (
                fact
                for fact in record.facts
                if fact.kind == "foreign_forces"
                and fact.subject in cases
                and fact.span.begins.latest >= row.life.begun.earliest
                and (end is None or fact.span.begins.earliest <= end.latest)
            ),
            key=order,
        )
    )


def operations_beside(desk: Asking, row: MissionRow, moment: Moment, language: str = "en") -> tuple[OperationRow, ...]:
    """The operations of others in a mission’s countries that may have run in its time."""
    return tuple(
        one
        for one in operation_rows(desk, moment, language)
        if set(one.codes) & set(row.codes) and one.life.meets(row.life, moment.as_of)
    )


def operation_gantt(
    rows: Sequence[OperationRow], record: Record, by: str, *, whole: bool, language: str = "en"
) -> Gantt:
    """The figure of operations by country or by who leads; `whole` draws all, from the first on."""
    drawn = [row for row in rows if whole or row.standing != "ended" or row.changes]
    named = {
        row.id: lead_words(row.lead_type, language)
        if by == "lead"
        else record.row(row.operation.country, row.codes, language)
        for row in drawn
    }
    order_of = [lead_words(one, language) for one in LEAD_TYPES] if by == "lead" else sorted(set(named.values()))
    drawn.sort(key=lambda row: order_of.index(named[row.id]))
    entries = [
        Entry(
            id=row.id,
            page=f"/operations/{row.id}",
            name=_bare(row.short),
            kind=row.lead_type,
            row=named[row.id],
            life=row.life,
            words=f"{row.name}, {row.lead}{colon(language)}{life_words(row.life, None, language)}",
        )
        for row in drawn
    ]
    marks: dict[str, list[Change]] = {}
    for row in drawn if by == "country" else ():
        mine = marks.setdefault(named[row.id], [])
        mine += [
            one
            for one in record.changes
            if one.iso3 in row.codes and one not in mine and one.day.earliest <= record.moment.as_of
        ]
    title = {
        "en": f"Operations of others by {'country' if by == 'country' else 'who leads'}, with changes of government",
        "fr": "Opérations menées par d’autres, par "
        + ("pays" if by == "country" else "type de conduite")
        + ", avec les changements de gouvernement",
    }[language]
    return gantt(title, entries, record.moment.as_of, marks, whole=whole, language=language)
