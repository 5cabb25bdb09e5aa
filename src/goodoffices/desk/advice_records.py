"""Advice as JSON: what the pages show, as plain dictionaries.

Invariant: keys are only ever added.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from goodoffices.advice.advise import Advice
from goodoffices.advice.items import Ground, Item, Section, Table
from goodoffices.advice.planning import Foreseen, Plan
from goodoffices.advice.turning import Difference
from goodoffices.core.facts import Fact
from goodoffices.desk.records import finding_record


def advice_record(advice: Advice) -> dict[str, Any]:
    """The advice on a case: the question, and its sections."""
    snapshot, mission = advice.situation.snapshot, advice.situation.mission
    return {
        "case": snapshot.subjects[0],
        "as_of": snapshot.as_of.isoformat(),
        "known_at": snapshot.known_at.isoformat(),
        "snapshot": snapshot.id,
        "mission": mission.id or None,
        "mission_type": None if not mission.id else mission.type,
        "day": list(advice.situation.day) if advice.situation.day else None,
        "sections": [section_record(one) for one in advice.sections],
    }


def section_record(section: Section) -> dict[str, Any]:
    """A section: its groups’ titles, its items in order, its tables."""
    return {
        "id": section.id,
        "title": section.title,
        "lead": section.lead,
        "groups": [{"id": one.id, "title": one.title, "lead": one.lead} for one in section.groups],
        "items": [item_record(one) for one in section.items],
        "tables": [_table(one) for one in section.tables],
    }


def item_record(item: Item) -> dict[str, Any]:
    """An item of advice, with everything it rests on."""
    return {
        "id": item.id,
        "section": item.section,
        "group": item.group,
        "side": item.side or None,
        "text": item.text,
        "basis": item.basis,
        "standing": item.standing,
        "references": [_ground(one) for one in item.grounds],
        "hangs_on": [asdict(one) for one in item.hangs_on],
        "facts": list(item.facts),
        "precedents": [_precedent(one) for one in item.precedents],
        "would_change": item.would_change,
        "afterwards": item.afterwards,
        "owner": item.owner or None,
        "clock": item.clock or None,
        "task": item.task or None,
        "course": item.course or None,
        "tell_the_council": item.tell or None,
        "possible_courses": list(item.perhaps),
    }


def difference_record(one: Difference) -> dict[str, Any]:
    """What changed in one item, and the rules that turned."""
    return {
        "change": one.change,
        "course_before": one.before or None,
        "turned": [asdict(rule) for rule in one.turned],
        "item": item_record(one.item),
    }


def _ground(ground: Ground) -> dict[str, Any]:
    return {
        "title": ground.title,
        "at": ground.at or None,
        "rule": ground.rule or None,
        "public": ground.public,
        "described_by": ground.described_by or None,
        "checked": ground.checked,
        "published": ground.published or None,
        "afterwards": ground.afterwards,
    }


def _precedent(fact: Fact) -> dict[str, Any]:
    return {"key": fact.key, "when": fact.span.text, "text": fact.text}


def _table(table: Table) -> dict[str, Any]:
    rows = [{"cells": list(row.cells), "facts": list(row.facts)} for row in table.rows]
    return {"id": table.id, "title": table.title, "columns": list(table.columns), "rows": rows}


def plan_record(plan: Plan) -> dict[str, Any]:
    """A contingency plan: what is foreseen, and its sections."""
    snapshot = plan.situation.snapshot
    return {
        "country": plan.country,
        "name": plan.name,
        "as_of": snapshot.as_of.isoformat(),
        "known_at": snapshot.known_at.isoformat(),
        "mission": plan.situation.mission.id or None,
        "mission_name": plan.mission_name or None,
        "history": [_precedent(fact) for fact in plan.history],
        "foreseen": [_foreseen(one) for one in plan.foreseen],
        "section": section_record(plan.section),
    }


def _foreseen(one: Foreseen) -> dict[str, Any]:
    return {
        "id": one.supposition.id,
        "title": one.title,
        "supposed": [_precedent(fact) for fact in one.facts],
        "duties": [finding_record(finding) for finding in one.duties],
        "tasks": [item_record(item) for item in one.tasks],
    }
