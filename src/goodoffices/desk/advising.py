"""Advice over the record: gathers what is known of a case, its mission and other cases, and hands it to the advice.

Invariant: every fact handed over was known on the day asked about, to a reader of the desk's clearance.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from goodoffices.advice.advise import Advice, advise
from goodoffices.advice.language import SECTIONS, section, signs
from goodoffices.advice.listed import ENVIRONMENT as LIST_FILE
from goodoffices.advice.listed import Listed, Match, matches, read_list
from goodoffices.advice.people import persons
from goodoffices.advice.situation import MISSION_ORDER, NO_MISSION, Elsewhere, Mission, Situation
from goodoffices.briefs.lives import register_id
from goodoffices.briefs.precedents import precedents
from goodoffices.core.errors import NoAnswer
from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import Finding
from goodoffices.core.reading import begun, case_fact, seizure
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict
from goodoffices.desk.asking import Asking
from goodoffices.desk.kept import Kept
from goodoffices.desk.side_by_side import each_case
from goodoffices.desk.supposing import snapshot_of
from goodoffices.desk.views import Moment
from goodoffices.norms.evaluator import evaluate
from goodoffices.rulebooks.shelf import rulebooks

_TASKS: Final[Kept[tuple[Fact, ...]]] = Kept(8)


def advice_on(
    desk: Asking,
    case: str,
    moment: Moment,
    mission: str = "",
    names: Sequence[str] = SECTIONS,
    language: str = "en",
    sanctions_list: Path | None = None,
) -> Advice:
    """Advice on a case of the record, for the mission named or the nearest there is. NoAnswer for a case, a mission or
    a section that there is not."""
    _checked(names)
    situation = situation_of(desk, desk.snapshot(case, moment), moment, mission, language)
    return advise(replace(situation, listed=_listed(situation, sanctions_list)), names)


def advice_on_file(
    desk: Asking,
    path: Path,
    moment: Moment,
    mission: str = "",
    names: Sequence[str] = SECTIONS,
    language: str = "en",
    sanctions_list: Path | None = None,
) -> Advice:
    """Advice on a case that is in a file alone. BadRecord with every problem of the file."""
    _checked(names)
    situation = situation_of(desk, snapshot_of(desk, path, moment), moment, mission, language)
    return advise(replace(situation, listed=_listed(situation, sanctions_list)), names)


def _checked(names: Sequence[str]) -> None:
    """NoAnswer for a section that there is not, before anything is worked out."""
    for name in names:
        section(name)


def _listed(situation: Situation, given: Path | None) -> tuple[Match, ...] | None:
    """Names on a sanctions list, the one given or the one the environment names, like those of persons on record."""
    named = os.environ.get(LIST_FILE, "")
    if given is None and not named:
        return None
    path = given or Path(named)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0  # reading it says what is wrong
    return matches((one.name for one in persons(situation)), _entries(path, changed))


@functools.lru_cache(maxsize=2)
def _entries(path: Path, _changed: int) -> tuple[Listed, ...]:
    return read_list(path)


def judged(snapshot: Snapshot) -> tuple[Finding, ...]:
    """What every rule, and every sign, makes of a snapshot."""
    return tuple(finding for book in (*rulebooks(), signs()) for finding in evaluate(book, snapshot))


def situation_of(desk: Asking, snapshot: Snapshot, moment: Moment, mission: str, language: str) -> Situation:
    """Everything advice may look at, for the mission named, or the nearest to the country."""
    chosen = mission_of(snapshot, mission)
    own = desk.of_subject(f"mission:{register_id(chosen.id)}", moment) if chosen.id else ()
    earlier, later = changes_of(snapshot, each_case(desk, moment))
    opened = case_fact(snapshot)
    title = opened.get("title") if opened else ""
    return Situation(
        snapshot=snapshot,
        findings={one.rule: one for one in judged(snapshot)},
        mission=chosen,
        mission_facts=own,
        elsewhere=_elsewhere(snapshot, each_case(desk.quoted, moment)),
        earlier=earlier,
        later=later,
        language=language,
        title=(opened.get("title_fr") or title) if opened and language == "fr" else title,
        other_missions=fates(desk.quoted, moment),
    )


def missions_of(snapshot: Snapshot) -> tuple[Mission, ...]:
    """The missions on record in the country on the day, the nearest to it first."""
    closed = {fact.get("mission") for fact in begun(snapshot, "mission_exit")}
    found = {
        fact.get("mission"): Mission(fact.get("mission"), fact.get("mission_type"), fact)
        for fact in begun(snapshot, "mission_present")
        if fact.span.covers(snapshot.as_of) is not Verdict.FAILS and fact.get("mission") not in closed
    }
    return tuple(sorted(found.values(), key=lambda one: (MISSION_ORDER.index(one.type), one.id)))


def mission_of(snapshot: Snapshot, wanted: str = "") -> Mission:
    """The mission named, or the nearest to the country. NoAnswer, with those on record, where it is not there."""
    present = missions_of(snapshot)
    if not wanted:
        return present[0] if present else NO_MISSION
    found = next((one for one in present if wanted in (one.id, register_id(one.id))), None)
    if found is None:
        names = ", ".join(one.id for one in present) or "none"
        raise NoAnswer(
            f"no mission {wanted!r} is on record in the country as of {snapshot.as_of}. On record: {names}.",
            [one.id for one in present],
        )
    return found


def _elsewhere(snapshot: Snapshot, others: Sequence[Snapshot]) -> tuple[Elsewhere, ...]:
    """The other cases, each with how alike it is; not worked out where this one's day 0 has not come."""
    rest = [one for one in others if one.subjects[0] != snapshot.subjects[0]]
    likeness: dict[str, float] = {}
    taken = seizure(snapshot)
    if taken is not None and taken.span.begins.latest <= snapshot.as_of:
        alike = precedents(snapshot, rest, len(rest))
        likeness = {one.head.case: one.likeness for one in alike.found}
    return tuple(Elsewhere(one.subjects[0], one, likeness.get(one.subjects[0])) for one in rest)


def changes_of(snapshot: Snapshot, others: Sequence[Snapshot]) -> tuple[tuple[Fact, ...], Fact | None]:
    """Changes of government in the same country before this one, and the next after it that had come."""
    opened, mine = case_fact(snapshot), seizure(snapshot)
    if opened is None:
        return (), None
    same = [one for one in others if one.subjects[0] != snapshot.subjects[0] and _country(one) == opened.get("iso3")]
    seizures = sorted((found for one in same for found in begun(one, "seizure")), key=order)
    if mine is None:
        return tuple(seizures), None
    day = mine.span.begins.shown
    earlier = tuple(fact for fact in seizures if fact.span.begins.shown < day)
    return earlier, next((fact for fact in seizures if fact.span.begins.shown > day), None)


def _country(snapshot: Snapshot) -> str:
    opened = case_fact(snapshot)
    return opened.get("iso3") if opened else ""


def fates(desk: Asking, moment: Moment) -> tuple[Fact, ...]:
    """What became of mandated tasks in all missions, as known then."""

    def read() -> tuple[Fact, ...]:
        found = desk.of_kind("mission_task", moment)
        return tuple(fact for fact in found if fact.span.begun_by(moment.as_of) is Verdict.HOLDS)

    return _TASKS.get(desk, moment, read)
