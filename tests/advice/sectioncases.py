"""Cases beside a section of advice, read strictly: which items a situation must bring, which not, and which perhaps."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from goodoffices.advice.advise import advise
from goodoffices.advice.items import COURSES
from goodoffices.advice.language import ROOM, section, signs
from goodoffices.advice.situation import Elsewhere, Situation
from goodoffices.advice.written import rules_in
from goodoffices.core.days import read_date
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict
from goodoffices.core.yamlfile import Located, read_yaml
from goodoffices.desk.advising import changes_of, mission_of
from goodoffices.norms.evaluator import evaluate
from goodoffices.rulebooks.shelf import rulebooks
from rulebooks.caseform import TODAY, _facts, casebook, facts_of, snapshot_of

CASES = ROOM / "cases"
KEYS = ("name", "case", "facts", "registered", "as_of", "known_at", "mission", "expect")
STANDINGS = ("applies", "perhaps", "absent")


@dataclass(frozen=True)
class SectionCase:
    """One case: the question, and what is expected of items, or of tasks."""

    name: str
    where: str
    snapshot: Snapshot
    mission: str
    expect: Mapping[str, str]


@functools.cache
def others(known_at: date, as_of: date) -> tuple[Snapshot, ...]:
    """Every case of the casebook as a snapshot of that day of knowledge."""
    by_subject: dict[str, list[Fact]] = {}
    for fact in casebook():
        by_subject.setdefault(fact.subject, []).append(fact)
    heads = [fact for fact in casebook() if fact.kind == "case"]
    found = []
    for head in heads:
        state = by_subject.get(f"state:{head.get('iso3')}", [])
        snapshot = snapshot_of((*by_subject[head.subject], *state), as_of, known_at)
        found.append(Snapshot((head.subject,), as_of, known_at, snapshot.clearance, snapshot.facts))
    return tuple(found)


def situation(name: str, snapshot: Snapshot, wanted: str = "") -> Situation:
    """The situation of a section’s case: only the rules that the section asks of are evaluated."""
    written = section(name)
    given = (*written.items, *(one for courses in written.courses for one in courses.courses))
    asked = {one.rule for item in given for one in rules_in(item.when)}
    findings: dict[str, Finding] = {}
    for book in (*rulebooks(), signs()):
        mine = [rule.id for rule in book.rules if rule.id in asked]
        if mine:
            findings |= {one.rule: one for one in evaluate(book, snapshot, only=mine)}
    mission = mission_of(snapshot, wanted)
    known = [fact for fact in casebook() if fact.known_at <= snapshot.known_at]
    cases = others(snapshot.known_at, snapshot.as_of)
    earlier, later = changes_of(snapshot, cases)
    return Situation(
        snapshot=snapshot,
        findings=findings,
        mission=mission,
        mission_facts=tuple(fact for fact in known if fact.subject == f"mission:{mission.id}"),
        elsewhere=tuple(Elsewhere(one.subjects[0], one) for one in cases if one.subjects[0] != snapshot.subjects[0]),
        earlier=earlier,
        later=later,
        other_missions=tuple(
            fact
            for fact in known
            if fact.kind == "mission_task" and fact.span.begun_by(snapshot.as_of) is Verdict.HOLDS
        ),
    )


def came(name: str, case: SectionCase) -> dict[str, str]:
    """What each item, or task, of the section came to; what is missing is absent."""
    (found,) = advise(situation(name, case.snapshot, case.mission), (name,)).sections
    told = {item.id: item.standing for item in found.items if not item.course}
    return told | {item.id.partition("/")[2]: item.course for item in found.items if item.course}


def read_section_cases(name: str, folder: Path = CASES) -> list[SectionCase]:
    """All cases of a section. BadRecord with every problem in the file."""
    problems: list[Problem] = []
    located = read_yaml(folder / f"{name}.yaml", problems)
    if located is None:
        raise BadRecord(problems)
    given = located.data.get("cases", []) if isinstance(located.data, dict) else []
    if not isinstance(located.data, dict) or set(located.data) != {"cases"}:
        problems.append(Problem(located.where(()), "the file has other keys than cases.", "Write cases: and a list."))
    items = {one.id for one in section(name).items}
    found = [_case(located, number, one, items, problems) for number, one in enumerate(given)]
    if problems:
        raise BadRecord(problems)
    return [one for one in found if one is not None]


def _case(located: Located, number: int, given: Any, items: set[str], problems: list[Problem]) -> SectionCase | None:
    place: tuple[str | int, ...] = ("cases", number)
    where, before = located.where(place), len(problems)
    for key in set(given) - set(KEYS):
        problems.append(Problem(located.where((*place, key)), f"the key {key!r} is not known here.", "Take it out."))
    if not {"name", "as_of", "expect"} <= set(given) or ("case" in given) == ("facts" in given):
        problems.append(Problem(where, "needs name, as_of, expect, and case or facts.", "Add them."))
        return None
    for item, wanted in given["expect"].items():
        line = located.where((*place, "expect", item))
        if item in items and wanted not in STANDINGS:
            problems.append(Problem(line, f"{wanted!r} is no standing.", f"Write one of {', '.join(STANDINGS)}."))
        elif item not in items and wanted not in COURSES:
            problems.append(Problem(line, f"there is no item {item!r}.", "Check its id; of a task, write the course."))
    try:
        as_of = read_date(given["as_of"], where)
        known_at = read_date(given.get("known_at", TODAY.isoformat()), where)
    except BadRecord as fault:
        problems += fault.problems
        return None
    facts = facts_of(given["case"]) if "case" in given else _facts(located, place, given, problems)
    if "case" in given and not facts:
        problems.append(Problem(where, f"the casebook has no case {given['case']!r}.", "Check its id."))
    if len(problems) > before:
        return None
    snapshot = replace(snapshot_of(facts, as_of, known_at), subjects=_subjects(facts))
    return SectionCase(given["name"], where, snapshot, given.get("mission", ""), given["expect"])


def _subjects(facts: Sequence[Fact]) -> tuple[str, ...]:
    """The case first, then its state."""
    return tuple(sorted({fact.subject for fact in facts}, key=lambda one: (one.startswith("state:"), one)))
