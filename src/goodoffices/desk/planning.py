"""Contingency plans over the record: a country, the mission there, what it has been through, and what would follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from goodoffices.advice.advise import advise
from goodoffices.advice.items import Item
from goodoffices.advice.language import PLAN
from goodoffices.advice.planning import CASE, Plan, foresee
from goodoffices.advice.situation import MISSION_ORDER, NO_MISSION, Elsewhere, Mission, Situation
from goodoffices.briefs.lives import register_id
from goodoffices.briefs.missions import Mission as Registered
from goodoffices.casebook.actors import brief_name
from goodoffices.core.errors import NoAnswer
from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import Finding
from goodoffices.core.reading import begun, case_fact, state_fact
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict
from goodoffices.desk.advising import fates, judged, mission_of, missions_of
from goodoffices.desk.asking import Asking
from goodoffices.desk.side_by_side import each_case
from goodoffices.desk.supposing import snapshot_of
from goodoffices.desk.views import Moment


def plan_for(desk: Asking, country: str, moment: Moment, mission: str = "", language: str = "en") -> Plan:
    """A plan for a country of the register, by a name in any of the six languages or its code; for the mission named or
    the nearest to it. NoAnswer, with the nearest, where there is no such country or mission."""
    head = desk.state_named(country)
    iso3 = head.get("iso3")
    state = desk.state(iso3, moment)
    base = replace(state, subjects=(CASE, *state.subjects))
    present = _present(desk, iso3, moment)
    told = _told_of_mission(desk, iso3, moment) if not present else None
    if told is not None:
        facts = tuple(sorted((*base.facts, *_about_mission(told)), key=order))
        return _plan(desk, _place(head, told, mission, language), replace(base, facts=facts), moment, language)
    registered = _chosen(present, mission)
    chosen = Mission(registered.id, registered.type, _presence(registered)) if registered else NO_MISSION
    name = _name(registered, language) if registered else ""
    own = desk.of_subject(f"mission:{chosen.id}", moment) if chosen.id else ()
    if chosen.fact is not None:
        base = replace(base, facts=tuple(sorted((*base.facts, chosen.fact), key=order)))
    named = head.get("country_fr" if language == "fr" else "country")
    others = tuple((one.id, _name(one, language)) for one in present)
    return _plan(desk, _Place(iso3, named, chosen, name, own, others), base, moment, language)


def plan_for_file(desk: Asking, path: Path, moment: Moment, mission: str = "", language: str = "en") -> Plan:
    """A plan for the country and mission of a case file. BadRecord with every problem of the file, NoAnswer for a
    mission that is not in it."""
    given = snapshot_of(desk, path, moment)
    return _plan(desk, _place(state_fact(given) or case_fact(given), given, mission, language), given, moment, language)


def _told_of_mission(desk: Asking, iso3: str, moment: Moment) -> Snapshot | None:
    """The last case in a country that tells of a mission there that no register has: one entered by hand."""
    found = [one for one, _ in _told_of(desk, moment) if _in_country(one, iso3)]
    return max(found, key=lambda one: (max(fact.known_at for fact in one.facts), one.subjects[0]), default=None)


def _told_of(desk: Asking, moment: Moment) -> Iterator[tuple[Snapshot, Mission]]:
    """Missions that a case tells of and no register has, each with the case."""
    known = {one.id for one in desk.missions(moment)}
    for one in each_case(desk, moment):
        for mission in missions_of(one):
            if register_id(mission.id) not in known:
                yield one, mission


def _about_mission(given: Snapshot) -> tuple[Fact, ...]:
    """What a case tells of the mission itself: that it is there, its mandate, its tasks and what became of them."""
    return begun(given, "mission_present", "mandate", "mandated_task", "mission_task")


def _place(head: Fact | None, given: Snapshot, wanted: str, language: str) -> _Place:
    """The country and mission that a case tells of."""
    chosen = mission_of(given, wanted)
    name = brief_name(chosen.id, language) if chosen.id else ""
    country = (head.get("country_fr") if language == "fr" else "") or head.get("country") if head else ""
    present = tuple((one.id, brief_name(one.id, language)) for one in missions_of(given))
    return _Place(head.get("iso3") if head else "", country, chosen, name, present=present)


@dataclass(frozen=True, slots=True)
class _Place:
    """A country, its code, the mission there with its name and what its register tells, and all missions there."""

    iso3: str
    country: str
    mission: Mission
    mission_name: str
    own: tuple[Fact, ...] = ()
    present: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A country one may plan for first: it has a mission on the day, and so many changes on record."""

    iso3: str
    name: str
    missions: tuple[str, ...]
    changes: int


def planned_countries(desk: Asking, moment: Moment, language: str = "en") -> tuple[Planned, ...]:
    """The countries with a mission of the United Nations on the day: most changes of government on record first."""
    heads = {fact.get("iso3"): fact for fact in desk.of_kind("state", moment)}
    present: dict[str, list[str]] = {}
    for one in desk.missions(moment):
        if one.head.span.begins.earliest <= moment.as_of and not _over(one, moment):
            for iso3 in _countries(one):
                present.setdefault(iso3, []).append(one.short or one.name)
    others = each_case(desk, moment)
    for case, mission in _told_of(desk, moment):
        opened = case_fact(case)
        names = present.setdefault(opened.get("iso3") if opened else "", [])
        names.extend({brief_name(mission.id, language)}.difference(names))
    field = "country_fr" if language == "fr" else "country"
    rows = [
        Planned(iso3, heads[iso3].get(field), tuple(names), len(_history(others, iso3)))
        for iso3, names in present.items()
        if iso3 in heads
    ]
    return tuple(sorted(rows, key=lambda row: (-row.changes, row.name)))


def _plan(desk: Asking, place: _Place, base: Snapshot, moment: Moment, language: str) -> Plan:
    history = _history(each_case(desk, moment), place.iso3)
    situation = Situation(
        snapshot=base,
        findings={},
        mission=place.mission,
        mission_facts=place.own,
        elsewhere=tuple(Elsewhere(one.subjects[0], one) for one in each_case(desk.quoted, moment)),
        earlier=history,
        language=language,
        title=place.country,
        other_missions=fates(desk.quoted, moment),
    )

    def triage(snapshot: Snapshot, findings: Sequence[Finding]) -> Sequence[Item]:
        supposed = replace(situation, snapshot=snapshot, findings={one.rule: one for one in findings})
        (found,) = advise(supposed, ("triage",)).sections
        return [item for item in found.items if item.course]

    first = min(moment.as_of, moment.known_at)
    return Plan(
        country=place.iso3,
        name=place.country,
        situation=situation,
        mission_name=place.mission_name,
        section=advise(situation, (PLAN,)).sections[0],
        foreseen=foresee(base, first, language, judged, triage),
        history=history,
        present=place.present,
    )


def _present(desk: Asking, iso3: str, moment: Moment) -> list[Registered]:
    """The missions of the register in a country on a day: those for it alone first, then by their type."""
    found = [
        one
        for one in desk.missions(moment)
        if iso3 in _countries(one) and one.head.span.begins.earliest <= moment.as_of and not _over(one, moment)
    ]
    return sorted(found, key=lambda one: (len(_countries(one)), MISSION_ORDER.index(one.type), one.id))


def _countries(one: Registered) -> list[str]:
    return one.iso3.replace(",", " ").split()


def _chosen(present: Sequence[Registered], wanted: str) -> Registered | None:
    """The mission named, or the nearest. NoAnswer, with those there, for one that is not there."""
    if not wanted:
        return present[0] if present else None
    found = next((one for one in present if one.id == wanted), None)
    if found is None:
        ids = [one.id for one in present]
        raise NoAnswer(
            f"no mission {wanted!r} is on record in the country on that day. On record: {', '.join(ids) or 'none'}.",
            ids,
        )
    return found


def _name(one: Registered, language: str) -> str:
    return one.name_fr if language == "fr" and one.name_fr else one.name


def _over(one: Registered, moment: Moment) -> bool:
    return one.exit is not None and one.exit.span.begun_by(moment.as_of) is Verdict.HOLDS


def _presence(one: Registered) -> Fact:
    """That a mission of the register is there, as a case would tell it."""
    value = (("mission", one.id), ("mission_type", one.type))
    return replace(one.head, key=f"{CASE}/mission", kind="mission_present", value=value)


def _history(others: Sequence[Snapshot], iso3: str) -> tuple[Fact, ...]:
    """The changes of government of the country on record, in order of time."""
    mine = [one for one in others if _in_country(one, iso3)]
    return tuple(sorted((fact for one in mine for fact in begun(one, "seizure")), key=order))


def _in_country(one: Snapshot, iso3: str) -> bool:
    opened = case_fact(one)
    return opened is not None and opened.get("iso3") == iso3
