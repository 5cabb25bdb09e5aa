"""The answers of the desk as JSON: plain dictionaries, the stable contract that scripts are written against.

Invariant: keys are only ever added.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from goodoffices.briefs.course import Course
from goodoffices.briefs.missions import Mission, Operation
from goodoffices.briefs.timeline import Timeline
from goodoffices.claims.compute import Result
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, Reason
from goodoffices.desk.views import CaseRow, CaseView, Checked, Observed
from goodoffices.ledger.store import Change, Entry
from goodoffices.norms.rules import Rulebook
from goodoffices.norms.wording import say


def finding_record(finding: Finding, observed: Observed | None = None) -> dict[str, Any]:
    """A finding as the JSON of `check` gives it: the stable contract, with additions at the end."""
    return {
        "rule": finding.rule,
        "title": finding.title,
        "kind": finding.kind,
        "bearer": finding.bearer,
        "state": finding.state,
        "since": finding.since.text if finding.since else None,
        "until": finding.until.text if finding.until else None,
        "due": finding.due.isoformat() if finding.due else None,
        "performed_on": finding.performed_on.text if finding.performed_on else None,
        "day": finding.day,
        "citation": finding.citation,
        "verified": finding.verified,
        "marking": finding.marking.words,
        "facts": list(finding.facts),
        "interpretation": list(finding.interpretation),
        "known_later": list(finding.known_later),
        "references": [
            {"article": one.words, "verified": one.verified, "says": one.said, "attribution": one.attribution}
            for one in finding.references
        ],
        "divergence": finding.divergence,
        "our_reading": finding.our_reading,
        "observed": {"median_days": observed.median, "cases": list(observed.cases)} if observed else None,
        "breached_on": finding.breached_on.text if finding.breached_on else None,
    }


def checked_record(checked: Checked) -> dict[str, Any]:
    """The JSON of `check`."""
    return {
        "case": checked.case,
        "as_of": checked.moment.as_of.isoformat(),
        "known_at": checked.moment.known_at.isoformat(),
        "rulebooks": dict(checked.rulebooks),
        "findings": [finding_record(finding, checked.observed.get(finding.rule)) for finding in checked.findings],
        "snapshot": checked.snapshot.id,
        "head": checked.snapshot.head,
        "no_rule_found": [no_rule_record(book) for book in checked.no_rule],
    }


def no_rule_record(book: Rulebook) -> dict[str, Any]:
    """That a body has no rule on such changes: an answer, with the sources that were searched."""
    found = book.no_rule
    return {
        "rulebook": book.id,
        "title": book.title,
        "body": found.body if found else "",
        "says": found.text if found else "",
        "searched": list(found.searched) if found else [],
    }


def deviation_record(case: str, finding: Finding) -> dict[str, Any]:
    """A finding of a departure, with its case."""
    return {"case": case} | finding_record(finding)


def fact_record(fact: Fact, hindsight: bool = True) -> dict[str, Any]:
    """A fact as JSON and CSV give it, flat but for its sources. Without `hindsight` its note is left empty."""
    return {
        "key": fact.key,
        "version": fact.version,
        "kind": fact.kind,
        "when": fact.span.text,
        "earliest": fact.span.begins.earliest.isoformat(),
        "latest": fact.span.begins.latest.isoformat(),
        "known_at": fact.known_at.isoformat(),
        "known_assumed": fact.known_assumed,
        "actor": fact.actor,
        "text": fact.text,
        "texts": dict(fact.texts),
        "value": dict(fact.value),
        "confidence": fact.confidence,
        "marking": fact.marking.words,
        "note": fact.note if hindsight else "",
        "competes_with": fact.competes_with or None,
        "sources": [one.source.record() | ({"at": one.locator} if one.locator else {}) for one in fact.citations],
        "id": fact.key,
        "case": fact.subject,
        "valid": fact.span.text,
        "source": fact.citations[0].source.title,
        "locator": fact.citations[0].locator or fact.citations[0].source.address or fact.citations[0].source.mirror,
    }


def case_row_record(row: CaseRow) -> dict[str, Any]:
    """A case in the list of cases."""
    return asdict(row) | {"date": row.day, "kind": row.category, "contested": row.contested}


def mission_record(mission: Mission) -> dict[str, Any]:
    """A mission of the register. Days are EDTF; null where not known."""
    return {
        "id": mission.id,
        "name": mission.name,
        "name_fr": mission.name_fr,
        "short": mission.short,
        "type": mission.type,
        "lead": mission.lead,
        "country": mission.country,
        "iso3": mission.iso3.split(", ") if mission.iso3 else [],
        "start": mission.start or None,
        "deployed": mission.deployed or None,
        "end": mission.end or None,
        "documents": list(mission.documents),
        "mandates": len(mission.mandates),
        "tasks": len(mission.tasks),
        "confidence": mission.head.confidence,
        "fact": mission.head.key,
    }


def operation_record(one: Operation) -> dict[str, Any]:
    """An operation of the register. Days are EDTF; null where not known."""
    return {
        "id": one.id,
        "name": one.name,
        "name_fr": one.name_fr,
        "lead": one.lead,
        "lead_type": one.lead_type,
        "country": one.country,
        "iso3": one.iso3.split(", ") if one.iso3 else [],
        "start": one.start or None,
        "end": one.end or None,
        "legal_basis": one.legal_basis,
        "authority": one.authority,
        "host_consent": one.host_consent,
        "relation": one.relation,
        "size": one.size,
        "confidence": one.head.confidence,
        "fact": one.head.key,
    }


def reason_record(node: Reason, language: str = "en") -> dict[str, Any]:
    """A tree of reasons as JSON: each node with its sentence, verdict, facts and parts."""
    return {
        "code": node.code,
        "says": say(node, language),
        "verdict": node.verdict.value if node.verdict is not None else None,
        "facts": list(node.facts),
        "args": dict(node.args),
        "parts": [reason_record(part, language) for part in node.parts],
    }


def timeline_record(figure: Timeline) -> dict[str, Any]:
    """The timeline as data: the table behind the figure."""
    return {
        "title": figure.title,
        "from": figure.start.isoformat(),
        "to": figure.end.isoformat(),
        "as_of": figure.as_of.isoformat(),
        "marks": [
            {
                "lane": lane.name,
                "fact": mark.key,
                "mark": mark.shape,
                "at": mark.at.isoformat(),
                "earliest": mark.first.isoformat(),
                "latest": mark.last.isoformat(),
                "text": mark.text,
                "later": mark.later,
            }
            for lane, mark in figure.marks
        ],
        "bands": [
            {
                "lane": lane.name,
                "fact": band.key,
                "from": band.start.isoformat(),
                "to": band.end.isoformat() if band.end else None,
            }
            for lane in figure.lanes
            for band in lane.bands
        ],
    }


def case_record(view: CaseView) -> dict[str, Any]:
    """The case page as JSON."""
    return checked_record(view.checked) | {
        "title": view.title,
        "title_fr": view.title_fr,
        "country": view.country,
        "next_change": {"case": view.turn.case, "day": view.turn.day.isoformat()} if view.turn else None,
        "lead": [fact.key for fact in view.lead],
        "status": [
            {"name": one.name, "label": one.label, "value": one.value, "detail": one.detail, "facts": list(one.facts)}
            for one in view.cells
        ],
        "next": [
            {"day": one.day.isoformat(), "when": one.when, "what": one.what, "facts": list(one.facts)}
            for one in view.ahead
        ],
        "timeline": timeline_record(view.timeline),
        "facts": [fact_record(fact, view.checked.moment.hindsight) for fact in view.facts],
        "not_known": [fact.text for fact in view.gaps],
        "course": course_record(view.course),
        "alike": [
            {"case": one.head.case, "title": one.head.title, "likeness": round(one.likeness, 3)}
            for one in (view.alike.found if view.alike else ())
        ],
    }


def course_record(found: Course) -> dict[str, Any]:
    """What followed day 0: answers in order, promises and what came of them, mandate and tasks, opinion; by fact."""
    return {
        "answers": [{"fact": one.fact.key, "when": one.label or None} for one in found.answers],
        "promises": [
            {
                "fact": one.fact.key,
                "due": one.due or None,
                "state": one.state,
                "outcomes": [fact.key for fact in one.outcomes],
            }
            for one in found.promises
        ],
        "terms": [fact.key for fact in found.terms],
        "votes": [fact.key for fact in found.votes],
        "mandates": [fact.key for fact in found.mandates],
        "tasks": [
            {
                "mission": one.mission,
                "task": one.name,
                "fates": [{"fact": fact.key, "fate": fact.get("fate")} for fact in one.fates],
            }
            for one in found.tasks
        ],
        "opinion": [fact.key for fact in found.opinion],
    }


def rulebook_record(book: Rulebook) -> dict[str, Any]:
    """A rulebook as JSON: rules with their articles, readings with their values."""
    return {
        "rulebook": book.id,
        "title": book.title,
        "version": book.version,
        "rules": [
            {
                "rule": rule.id,
                "kind": rule.kind,
                "title": rule.title,
                "text": rule.text,
                "bearer": rule.bearer,
                "in_force": rule.in_force.text,
                "articles": [
                    {"article": one.words, "verified": one.verified, "says": one.said, "attribution": one.attribution}
                    for one in rule.references
                ],
            }
            for rule in book.rules
        ],
        "readings": [
            {
                "name": one.name,
                "title": one.title,
                "value": one.value,
                "unit": one.unit,
                "certainty": one.certainty,
                "alternatives": list(one.alternatives),
            }
            for one in book.parameters
        ],
    }


def change_record(change: Change, hindsight: bool = True) -> dict[str, Any]:
    """A change as JSON."""
    return {
        "change": change.what,
        "key": change.fact.key,
        "before": fact_record(change.before, hindsight) if change.before else None,
        "after": fact_record(change.after, hindsight) if change.after else None,
    }


def entry_record(entry: Entry, hindsight: bool = True) -> dict[str, Any]:
    """An entry of the ledger as JSON."""
    return {
        "entry": entry.seq,
        "verb": entry.verb,
        "recorded_at": entry.recorded_at,
        "recorder": entry.recorder,
        "origin": entry.origin,
        "counts_from": entry.effective_from.isoformat(),
        "reason": entry.reason,
        "hash": entry.hash,
        "fact": fact_record(entry.fact, hindsight),
    }


def claim_record(result: Result) -> dict[str, Any]:
    """A computed claim as JSON."""
    claim = result.claim
    return {
        "id": claim.id,
        "text": claim.text,
        "locator": claim.locator,
        "computed_by": result.computed_by,
        "expected": claim.expect.words,
        "found": result.found_value,
        "verdict": result.verdict.value,
        "independent": result.independent,
        "facts": list(result.fact_keys),
        "missing": list(result.found.missing),
        "off_by": result.off_by,
        "competing": [fact.key for fact in result.competing],
        "query": result.meaning,
        "note": claim.note,
    }
