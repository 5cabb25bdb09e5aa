"""Rulebooks over the record as JSON and CSV: what is added to the rulebook itself at a moment.

Invariant: keys are only ever added.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from goodoffices.core.findings import Reference
from goodoffices.desk.records import no_rule_record, rulebook_record
from goodoffices.desk.ruling import BookView, CaseFlip, RuledCase, RuleRow, RuleView, shelf
from goodoffices.desk.views import Moment
from goodoffices.norms.ruletext import Clause


def shelf_table() -> list[dict[str, Any]]:
    """The shelf, one row a rulebook, for CSV."""
    return [
        {
            "rulebook": row.book.id,
            "title": row.book.title,
            "version": row.book.version,
            "rules": len(row.book.rules),
            "articles": row.articles,
            "verified": row.verified,
            "readings": len(row.book.parameters),
            "cases": row.cases,
            "no_rule_found": row.book.no_rule is not None,
            "instruments": [one.title for one in row.book.instruments],
        }
        for row in shelf()
    ]


def ruled_record(one: RuledCase) -> dict[str, Any]:
    """What a rule comes to in one case."""
    return {
        "case": one.case,
        "title": one.title,
        "day_zero": one.day_zero,
        "state": one.state,
        "says": one.words,
        "day": one.day,
        "since": one.since.text if one.since else None,
        "until": one.until.text if one.until else None,
        "due": one.due.isoformat() if one.due else None,
        "performed_on": one.performed_on.text if one.performed_on else None,
    }


def states_record(row: RuleRow) -> dict[str, list[str]]:
    """By state, the cases in which a rule comes to it."""
    return {state: [one.case for one in cases] for state, cases in row.tally}


def _flips(flips: Iterable[CaseFlip]) -> list[dict[str, Any]]:
    return [
        {
            "rule": flip.rule.id,
            "case": flip.before.case,
            "flips": flip.flips,
            "before": ruled_record(flip.before),
            "after": ruled_record(flip.after),
        }
        for flip in flips
    ]


def _asked(moment: Moment) -> dict[str, str]:
    return {"as_of": moment.as_of.isoformat(), "known_at": moment.known_at.isoformat()}


def book_record(view: BookView, moment: Moment) -> dict[str, Any]:
    """A rulebook, and what its rules come to over all cases."""
    return (
        rulebook_record(view.book)
        | _asked(moment)
        | {
            "articles": [
                article_record(row.reference) | {"rules": [rule.id for rule in row.rules]} for row in view.articles
            ],
            "states": {row.rule.id: states_record(row) for row in view.rules},
            "bound": [
                {"case": one.case, "rules": one.rules, "departures": one.departures, "not_known": one.unknown}
                for one in view.bound
            ],
            "cases_beside": view.trials.cases,
            "no_rule_found": no_rule_record(view.book) if view.book.no_rule else None,
            "own_readings": dict(view.readings),
            "changes": _flips(view.flips),
        }
    )


def article_record(one: Reference) -> dict[str, Any]:
    """An article: where it stands, whether it was read, and our paraphrase."""
    return {"article": one.words, "verified": one.verified, "says": one.said, "attribution": one.attribution}


def book_table(view: BookView) -> list[dict[str, Any]]:
    """One row a rule, for CSV."""
    rules = rulebook_record(view.book)["rules"]
    return [
        rule
        | {"articles": [one["article"] for one in rule["articles"]], "tried": row.tried}
        | {"states": [f"{state} {len(cases)}" for state, cases in row.tally]}
        for rule, row in zip(rules, view.rules, strict=True)
    ]


def rule_record(view: RuleView, moment: Moment) -> dict[str, Any]:
    """The page of a rule as JSON."""
    rule = view.row.rule
    mine = next(one for one in rulebook_record(view.book)["rules"] if one["rule"] == rule.id)
    return {
        "rulebook": view.book.id,
        "version": view.book.version,
        **_asked(moment),
        **mine,
        "asks": {part.question: [_clause(one) for one in part.clauses] for part in view.parts},
        "exceptions": [
            _clause(one) | {"articles": [article_record(reference) for reference in references]}
            for one, references in view.exceptions
        ],
        "readings": [
            {"name": one.name, "value": view.readings.get(one.name, one.value), "alternatives": list(one.alternatives)}
            for one in view.parameters
        ],
        "states": states_record(view.row),
        "cases": [ruled_record(one) for one in view.cases],
        "observed": {"median_days": view.observed.median, "cases": list(view.observed.cases)}
        if view.observed
        else None,
        "tried_by_cases": view.row.tried,
        "leaned_on_by": [one.id for one in view.resting],
        "own_readings": dict(view.readings),
        "changes": _flips(view.flips),
    }


def _clause(one: Clause) -> dict[str, Any]:
    found: dict[str, Any] = {"says": one.text + one.title}
    found |= {"rule": one.rule} if one.rule else {}
    found |= {"readings": list(one.readings)} if one.readings else {}
    return found | ({"parts": [_clause(part) for part in one.parts]} if one.parts else {})
