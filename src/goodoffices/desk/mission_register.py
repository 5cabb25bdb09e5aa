"""The register of missions of the United Nations as the pages list it: what ran on a day, on which mandate, and through
which changes of government; narrowed by what a reader asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from goodoffices.briefs.gantt import Entry, Gantt, gantt
from goodoffices.briefs.lives import STANDINGS, Change, Life, Standing, changes, register_id
from goodoffices.briefs.mandates import Decision, Mandate, decisions, mandate_on
from goodoffices.briefs.mission_words import life_words, type_words
from goodoffices.briefs.missions import Mission, missions
from goodoffices.briefs.places import REGIONS, place_words, region_of
from goodoffices.core.days import Day, read_day
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import MISSION_TYPES
from goodoffices.desk.asking import Asking
from goodoffices.desk.kept import Kept
from goodoffices.desk.views import Moment
from goodoffices.norms.kindwords import colon

BY: Final = ("country", "type")
MOST_DAYS: Final = 3660
GIVEN: Final = ("type", "standing", "region", "change", "expires_within")


@dataclass(frozen=True, slots=True)
class Record:
    """What was known at a moment, and the names of states in French and English by code."""

    moment: Moment
    facts: tuple[Fact, ...]
    states: Mapping[str, Fact]
    changes: tuple[Change, ...]
    by_mission: Mapping[str, Sequence[Fact]]  # facts told in a mission’s register, or naming it

    def about(self, mission: str) -> Sequence[Fact]:
        """The facts about a mission, of its register and of cases."""
        return self.by_mission.get(mission, ())

    def place(self, country: str, codes: Sequence[str], language: str) -> str:
        """A place in a language."""
        french = {code: fact.get("country_fr") for code, fact in self.states.items()}
        return place_words(country, codes, french, language)

    def row(self, country: str, codes: Sequence[str], language: str) -> str:
        """The row of a figure by country: the state’s own name where one state alone is meant."""
        if len(codes) == 1 and codes[0] in self.states:
            return self.states[codes[0]].get("country_fr" if language == "fr" else "country") or country
        return self.place(country, codes, language)


@dataclass(frozen=True, slots=True)
class MissionRow:
    """A mission of the list at a moment. Days by which it is sorted are ISO days; empty where not known."""

    id: str
    short: str
    name: str
    type: str
    place: str
    codes: tuple[str, ...]
    region: str
    begun: str
    ended: str
    lead: str
    standing: Standing
    until: str
    cases: int
    life: Life
    mandate: Mandate | None
    decisions: tuple[Decision, ...]
    changes: tuple[Change, ...]
    mission: Mission
    deployed: Day | None  # the day its work began, where that is told apart and was known

    @property
    def days_left(self) -> int | None:
        """Days until the mandate on record expires; None where it has, or none is on record, or the mission ended."""
        open_ended = self.mandate is None or self.standing == "ended" or self.mandate.days_left < 0
        return None if open_ended or self.mandate is None else self.mandate.days_left


# A few moments are kept: the pages, their figures and their twins ask for the same one.
_RECORDS: Final[Kept[Record]] = Kept(4)
_ROWS: Final[Kept[tuple[MissionRow, ...]]] = Kept(8)


def record_at(desk: Asking, moment: Moment) -> Record:
    """Everything the pages of missions and operations look at."""
    return _RECORDS.get(desk, moment, lambda: _record(desk, moment), moment.today)


def _record(desk: Asking, moment: Moment) -> Record:
    facts = desk.everything(moment).facts
    states = {fact.get("iso3"): fact for fact in facts if fact.kind == "state"}
    about: dict[str, list[Fact]] = {}
    for fact in facts:
        kind, _, own = fact.subject.partition(":")
        for mission in {own if kind == "mission" else "", register_id(fact.get("mission"))} - {""}:
            about.setdefault(mission, []).append(fact)
    return Record(moment, facts, states, changes(facts), about)


def mission_rows(desk: Asking, moment: Moment, language: str = "en") -> tuple[MissionRow, ...]:
    """The missions that had begun by the day looked at, in order of their beginning."""
    return _ROWS.get(desk, moment, lambda: _rows(record_at(desk, moment), language), moment.today, language)


def _rows(record: Record, language: str) -> tuple[MissionRow, ...]:
    day = record.moment.as_of
    found = missions(fact for fact in record.facts if fact.subject.startswith("mission:"))
    return tuple(_row(one, record, language) for one in found if one.head.span.begins.earliest <= day)


def _row(one: Mission, record: Record, language: str) -> MissionRow:
    moment = record.moment
    codes = codes_of(one.iso3)
    taken = decisions(record.about(one.id), one.id)
    mandate = mandate_on(taken, moment.as_of)
    ended = one.exit.span.begins if one.exit else None
    life = Life(read_day(one.start), ended, mandate.until if mandate else None)
    mine = tuple(
        change
        for change in record.changes
        if (change.iso3 in codes or one.id in change.missions) and life.within(change.day, moment.as_of)
    )
    return MissionRow(
        id=one.id,
        short=one.short,
        name=one.name_fr if language == "fr" else one.name,
        type=one.type,
        place=record.place(one.country, codes, language),
        codes=codes,
        region=region_of(one.country, codes),
        begun=life.begun.shown.isoformat(),
        ended=ended.shown.isoformat() if ended else "",
        lead=one.lead,
        standing=life.standing(moment.as_of),
        until=mandate.until.shown.isoformat() if mandate else "",
        cases=len(mine),
        life=life,
        mandate=mandate,
        decisions=taken,
        changes=mine,
        mission=one,
        deployed=_deployed(one, moment),
    )


def _deployed(one: Mission, moment: Moment) -> Day | None:
    """The day on which the work began; not before that day could be known."""
    day = read_day(one.deployed) if one.deployed else None
    return day if day and day.earliest <= moment.known_at else None


def codes_of(given: str) -> tuple[str, ...]:
    """The codes of the states meant, as the register writes them."""
    return tuple(code.strip() for code in given.split(",") if code.strip())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader narrows the list of missions to; empty where anything goes."""

    type: str = ""
    standing: str = ""
    region: str = ""
    change: str = ""
    expires_within: int | None = None

    def holds(self, row: MissionRow) -> bool:
        """Whether a mission is among those asked for."""
        left = row.days_left
        return (
            (not self.type or row.type == self.type)
            and (not self.standing or row.standing == self.standing)
            and (not self.region or row.region == self.region)
            and (not self.change or bool(row.changes) == (self.change == "yes"))
            and (self.expires_within is None or (left is not None and left <= self.expires_within))
        )


def wanted(given: Mapping[str, str]) -> Wanted:
    """What an address asks for. BadRecord with everything in it that cannot be asked."""
    problems: list[Problem] = []
    chosen = {
        "type": one_of(given, "type", MISSION_TYPES, problems),
        "standing": one_of(given, "standing", STANDINGS, problems),
        "region": one_of(given, "region", tuple(REGIONS), problems),
        "change": one_of(given, "change", ("yes", "no"), problems),
    }
    within = _days(given.get("expires_within", ""), problems)
    if problems:
        raise BadRecord(problems)
    return Wanted(expires_within=within, **chosen)


def one_of(given: Mapping[str, str], name: str, choices: Sequence[str], problems: list[Problem]) -> str:
    """A word of an address that must be one of some; what is wrong is noted."""
    word = given.get(name, "")
    if not word or word in choices:
        return word
    near = get_close_matches(word, choices, 1) or choices
    problems.append(Problem(name, f"there is no {word!r}.", f"Possible: {', '.join(near)}."))
    return ""


def _days(text: str, problems: list[Problem]) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text[:6]) <= MOST_DAYS and len(text) <= 6:
        return int(text)
    remedy = f"Give a whole number of days, 0 to {MOST_DAYS}, such as 90."
    problems.append(Problem("expires_within", f"{text[:40]!r} is no number of days.", remedy))
    return None


def chosen(rows: Iterable[MissionRow], asked: Wanted) -> tuple[MissionRow, ...]:
    """The missions asked for; those whose mandates expire, nearest first."""
    found = [row for row in rows if asked.holds(row)]
    if asked.expires_within is not None:
        found.sort(key=lambda row: (row.days_left or 0, row.id))
    return tuple(found)


def drawn_by_default(row: MissionRow) -> bool:
    """Whether the figure shows a mission unasked: one not known to have ended, or with a change in its life."""
    return row.standing != "ended" or bool(row.changes)


def mission_gantt(rows: Sequence[MissionRow], record: Record, by: str, *, whole: bool, language: str = "en") -> Gantt:
    """The figure of missions by country or by type; `whole` draws all, from the first on."""
    drawn = [row for row in rows if whole or drawn_by_default(row)]
    named = {row.id: _row_name(row, record, by, language) for row in drawn}
    order = [type_words(one, language) for one in MISSION_TYPES] if by == "type" else sorted(set(named.values()))
    drawn.sort(key=lambda row: order.index(named[row.id]))
    entries = [
        Entry(
            id=row.id,
            page=f"/missions/{row.id}",
            name=row.short,
            kind=row.type,
            row=named[row.id],
            life=row.life,
            words=f"{row.short}, {row.name}{colon(language)}{life_words(row.life, row.mandate, language)}",
        )
        for row in drawn
    ]
    marks = {} if by == "type" else _marks(drawn, named, record)
    title = f"Missions of the United Nations by {by}, with changes of government"
    if language == "fr":
        way = "pays" if by == "country" else "type"
        title = f"Missions des Nations Unies par {way}, avec les changements de gouvernement"
    return gantt(title, entries, record.moment.as_of, marks, whole=whole, language=language)


def _row_name(row: MissionRow, record: Record, by: str, language: str) -> str:
    return type_words(row.type, language) if by == "type" else record.row(row.mission.country, row.codes, language)


def _marks(rows: Iterable[MissionRow], named: Mapping[str, str], record: Record) -> dict[str, list[Change]]:
    """The changes of government of each row’s states, and those that its missions covered."""
    found: dict[str, list[Change]] = {}
    for row in rows:
        mine = found.setdefault(named[row.id], [])
        mine += [
            change
            for change in record.changes
            if change not in mine
            and change.day.earliest <= record.moment.as_of
            and (change.iso3 in row.codes or row.id in change.missions)
        ]
    return {name: sorted(one, key=lambda change: change.day.shown) for name, one in found.items()}
