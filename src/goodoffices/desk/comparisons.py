"""The answers that set things side by side, as JSON: comparison, precedents, what an edit or an assumption changes.

Invariant: keys are only ever added.
"""

from __future__ import annotations

from typing import Any

from goodoffices.briefs.comparing import Column, Comparison, Response, Step, When
from goodoffices.briefs.patterns import Table
from goodoffices.briefs.precedents import FEATURES, Milestone, Precedents, Shared
from goodoffices.desk.differing import Difference
from goodoffices.desk.records import change_record, checked_record, finding_record
from goodoffices.desk.supposing import Supposed
from goodoffices.desk.views import Moment


def comparison_record(found: Comparison) -> dict[str, Any]:
    """The JSON of `compare`. A cell is null where no act is known."""
    ids = [one.case for one in found.columns]
    return {
        "as_of": found.as_of.isoformat(),
        "known_at": found.known_at.isoformat(),
        "cases": [_column_record(one) for one in found.columns],
        "rows": [
            {
                "organisation": row.organisation,
                "name": row.name,
                "act": row.act,
                "label": row.label,
                "cells": {case: _response_record(cell) for case, cell in zip(ids, row.cells, strict=True)},
            }
            for row in found.rows
        ],
        "sequences": {
            case: [_step_record(step) for step in steps] for case, steps in zip(ids, found.sequences, strict=True)
        },
    }


def _column_record(one: Column) -> dict[str, Any]:
    return {
        "case": one.case,
        "title": one.title,
        "day_zero": one.zero or None,
        "outcome": one.outcome or None,
        "flags": list(one.flags),
    }


def _when_record(when: When) -> dict[str, Any]:
    return {
        "day": when.day,
        "date": when.date,
        "first": when.first,
        "last": when.last,
        "known_day": when.known_day,
        "says": when.words,
    }


def _response_record(cell: Response | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return _when_record(cell.when) | {
        "says": cell.words,
        "facts": list(cell.facts),
        "more": cell.more,
        "before": cell.before,
        "about": cell.about or None,
        "perhaps_earlier": cell.perhaps_earlier,
    }


def _step_record(step: Step) -> dict[str, Any]:
    return _when_record(step.when) | {
        "organisation": step.organisation,
        "act": step.act,
        "text": step.text,
        "fact": step.fact,
        "in_matrix": step.first,
    }


def precedents_record(found: Precedents) -> dict[str, Any]:
    """The JSON of `precedents`: the table of features with their weights, then the cases, most alike first."""
    values = dict(found.features)
    return {
        "case": found.head.case,
        "as_of": found.as_of.isoformat(),
        "known_at": found.known_at.isoformat(),
        "among": found.among,
        "features": [
            {"feature": one.name, "weight": one.weight, "why": one.why, "value": values[one.name] or None}
            for one in FEATURES
        ],
        "responses": _milestones_record(found.milestones),
        "precedents": [
            _column_record(one.head)
            | {
                "likeness": round(one.likeness, 4),
                "shared": one.shared,
                "weighed": one.weighed,
                "later": one.later,
                "alike": [_shared_record(pair) for pair in one.alike],
                "differ": [_shared_record(pair) for pair in one.differ],
                "not_known": [_shared_record(pair) for pair in one.not_known],
                "responses": _milestones_record(one.milestones),
            }
            for one in found.found
        ],
    }


def _milestones_record(steps: tuple[Milestone, ...]) -> dict[str, Any]:
    return {
        one.name: {"what": one.what} | record if (record := _response_record(one.response)) else None for one in steps
    }


def _shared_record(pair: Shared) -> dict[str, Any]:
    return {"feature": pair.feature, "weight": pair.weight, "here": pair.here or None, "there": pair.there or None}


def difference_record(found: Difference) -> dict[str, Any]:
    """The JSON of `casebook diff`: what an edit changes in facts, findings and claims."""
    return {
        "as_of": found.moment.as_of.isoformat(),
        "known_at": found.moment.known_at.isoformat(),
        "facts": [change_record(one) for one in found.facts],
        "findings": [
            {
                "case": one.case,
                "rule": one.rule,
                "flips": one.flips,
                "before": finding_record(one.before) if one.before else None,
                "after": finding_record(one.after) if one.after else None,
            }
            for one in found.findings
        ],
        "claims": [
            {
                "id": one.before.claim.id,
                "text": one.before.claim.text,
                "flips": one.flips,
                "before": {"verdict": one.before.verdict.value, "found": one.before.found_value},
                "after": {"verdict": one.after.verdict.value, "found": one.after.found_value},
            }
            for one in found.claims
        ],
        "loading": {
            "new": found.taken_in.added,
            "corrected": found.taken_in.corrected,
            "withdrawn": found.taken_in.retracted,
        },
    }


def supposed_record(found: Supposed) -> dict[str, Any]:
    """The JSON of `check --assume`: the findings as they would be, and what flips."""
    return checked_record(found.checked) | {
        "assumed": {"added": list(found.added), "removed": list(found.removed)},
        "changes": [
            {
                "rule": one.rule,
                "flips": one.flips,
                "before": finding_record(one.before),
                "after": finding_record(one.after),
            }
            for one in found.flips
        ],
    }


def table_record(found: Table, moment: Moment) -> dict[str, Any]:
    """The JSON of `patterns TABLE`: each row with its cells by column, and the cases it counts."""
    return {
        "table": found.name,
        "title": found.title,
        "as_of": moment.as_of.isoformat(),
        "known_at": moment.known_at.isoformat(),
        "columns": list(found.columns),
        "rows": [
            {"cells": dict(zip(found.columns, row, strict=True)), "cases": list(cases)}
            for row, cases in zip(found.rows, found.cases, strict=True)
        ],
    }
