"""Missions and operations at a moment as JSON: what the pages show, as plain dictionaries.

Invariant: keys are only ever added. Days are EDTF as recorded; null where the record does not tell them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from goodoffices.briefs.gantt import Gantt, gantt_rows
from goodoffices.briefs.lives import Change
from goodoffices.briefs.mandates import TaskTable
from goodoffices.core.facts import Fact
from goodoffices.core.sources import Source
from goodoffices.desk.mission_register import MissionRow
from goodoffices.desk.mission_view import Cycle, MissionView, Turned
from goodoffices.desk.operation_register import OperationRow, OperationView
from goodoffices.desk.records import fact_record, mission_record, operation_record, timeline_record


def mission_row_record(row: MissionRow) -> dict[str, Any]:
    """A mission of the list, with what is in force on the day looked at."""
    mandate = row.mandate
    return mission_record(row.mission) | {
        "deployed": row.deployed.text if row.deployed else None,
        "region": row.region or None,
        "standing": row.standing,
        "mandate_until": mandate.until.text if mandate else None,
        "mandate_state": mandate.state if mandate else None,
        "mandate_document": (mandate.decision.document or None) if mandate else None,
        "mandate_fact": mandate.decision.fact.key if mandate else None,
        "days_left": row.days_left,
        "changes_of_government": [change.case for change in row.changes],
    }


def operation_row_record(row: OperationRow) -> dict[str, Any]:
    """An operation of the list. What names something later than the day of knowledge is left out."""
    kept = row.within
    record = operation_record(row.operation)
    return record | {
        "legal_basis": kept.cut(row.operation.legal_basis),
        "authority": row.said,
        "host_consent": row.consent,
        "relation": kept.cut(row.operation.relation),
        "size": record["size"] if kept.hindsight else "",
        "region": row.region or None,
        "standing": row.standing,
        "grounds": list(row.grounds),
        "host_agreed": row.agreed or None,
        "changes_of_government": [change.case for change in row.changes],
        "told_later": row.told_later,
    }


def gantt_record(figure: Gantt) -> dict[str, Any]:
    """A Gantt as data: the table behind the figure."""
    return {
        "title": figure.title,
        "from": figure.start.isoformat(),
        "to": figure.end.isoformat(),
        "as_of": figure.as_of.isoformat(),
        "rows": gantt_rows(figure),
    }


def mission_view_record(view: MissionView) -> dict[str, Any]:
    """The page of a mission as JSON."""
    hindsight = view.moment.hindsight
    return mission_row_record(view.row) | {
        "as_of": view.moment.as_of.isoformat(),
        "known_at": view.moment.known_at.isoformat(),
        "consent_state": view.consent_now.get("step") if view.consent_now else None,
        "strength": {"says": view.strength[0], "fact": view.strength[1].key} if view.strength else None,
        "decisions": [_cycle_record(one) for one in view.cycles],
        "tasks": task_rows(view.tasks),
        "after_changes": [_turned_record(one) for one in view.turned],
        "consent": _facts(view.consent, hindsight),
        "assessments_and_guidance": _facts(view.told, hindsight),
        "exits": _facts(view.exits, hindsight),
        "reasons": [fact.key for fact in view.reasons],
        "strip": timeline_record(view.figure),
        "sources": _sources(view.sources),
    }


def _facts(facts: Iterable[Fact], hindsight: bool) -> list[dict[str, Any]]:
    return [fact_record(fact, hindsight) for fact in facts]


def _sources(sources: Iterable[Source]) -> list[dict[str, str]]:
    return [one.record() for one in sources]


def _cycle_record(one: Cycle) -> dict[str, Any]:
    taken = one.decision
    return {
        "day": taken.day.text,
        "kind": taken.kind,
        "turn": taken.turn or None,
        "document": taken.document or None,
        "until": taken.until.text if taken.until else None,
        "term": one.term or None,
        "votes": taken.votes or None,
        "says": taken.subject,
        "tasks": {fate: len(facts) for fate, facts in one.tasks},
        "tasks_added": [line.name for line in one.added],
        "tasks_dropped": [line.name for line in one.dropped],
        "later": one.later,
        "accounts_differ_on": list(taken.differing),
        "facts": [fact.key for fact in taken.facts],
    }


def cycle_rows(view: MissionView) -> list[dict[str, Any]]:
    """The decisions about a mission as rows of a table."""
    return [{"mission": view.row.id} | _cycle_record(one) for one in view.cycles]


def task_rows(table: TaskTable) -> list[dict[str, Any]]:
    """Tasks against documents, one row a fact."""
    return [
        {
            "task": line.name,
            "matter": line.matter,
            "document": document,
            "fate": fact.get("fate"),
            "when": fact.span.text,
            "new": step.new,
            "with": fact.get("with"),
            "fact": fact.key,
        }
        for line in table.lines
        for document, step in zip(table.documents, line.steps, strict=True)
        if step
        for fact in step.facts
    ]


def _change_record(change: Change) -> dict[str, Any]:
    return {"case": change.case, "title": change.title, "day": change.day.text, "fact": change.fact.key}


def _turned_record(one: Turned) -> dict[str, Any]:
    return _change_record(one.change) | {
        "next_decision": one.next.fact.key if one.next else None,
        "next_document": (one.next.document or None) if one.next else None,
        "next_turn": one.next.turn if one.next else None,
        "days_until": one.days,
        "tasks": {fate: [fact.key for fact in facts] for fate, facts in one.tasks},
        "consent": [fact.key for fact in one.consent],
    }


def operation_view_record(view: OperationView) -> dict[str, Any]:
    """The page of an operation as JSON."""
    hindsight = view.moment.hindsight
    return operation_row_record(view.row) | {
        "as_of": view.moment.as_of.isoformat(),
        "known_at": view.moment.known_at.isoformat(),
        "basis": [
            {"says": one.words, "grounds": list(one.grounds), "tells_who_asked": one.asks} for one in view.row.basis
        ],
        "who_asked": [one.words for one in view.asked],
        "documents": list(view.documents),
        "purpose": view.purpose,
        "named_in_relation": [path for path, _ in view.named],
        "consent": _facts(view.consent, hindsight),
        "missions_beside": [one.id for one in view.beside],
        "operations_beside": [one.id for one in view.others],
        "after_changes": [_change_record(one) for one in view.row.changes],
        "facts": [_own(fact, view, hindsight) for fact in view.facts],
        "forces_in_cases": _facts(view.forces, hindsight),
        "sources": _sources(view.sources),
    }


def _own(fact: Fact, view: OperationView, hindsight: bool) -> dict[str, Any]:
    """A fact of the operation; its head without what names something later."""
    record = fact_record(fact, hindsight)
    if fact.kind == "operation":
        record["value"] = {
            name: view.row.within.cut(value) if name in _TOLD else value
            for name, value in fact.value
            if name != "amount" or view.row.within.hindsight
        }
    return record


_TOLD = ("legal_basis", "authority", "host_consent", "relation", "subject_matter")


def operation_fact_rows(view: OperationView) -> list[dict[str, Any]]:
    """The facts of an operation as rows of a table."""
    hindsight = view.moment.hindsight
    rows = [_own(fact, view, hindsight) for fact in view.facts] + _facts(view.forces, hindsight)
    for row in rows:
        row["sources"] = [one["title"] for one in row["sources"]]
    return rows
