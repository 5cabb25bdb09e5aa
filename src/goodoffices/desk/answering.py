"""The desk's answers to programs: each verb with its filters, as values that become JSON.

Invariant: what an answer holds is made by the same functions as the JSON of the pages and of the commands; here it is
only chosen and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from goodoffices.briefs.patterns import NAMES
from goodoffices.casebook.edition import edition
from goodoffices.core.days import read_span
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.reading import told
from goodoffices.core.sources import Source
from goodoffices.core.verdicts import Verdict
from goodoffices.desk.asking import Asking
from goodoffices.desk.between import between_record, chosen, findings_between
from goodoffices.desk.case_list import case_list, line_record
from goodoffices.desk.claiming import claim_row_record, claim_rows, claim_view, claim_view_record, shown
from goodoffices.desk.comparisons import comparison_record, precedents_record, table_record
from goodoffices.desk.departures import departed
from goodoffices.desk.mission_records import mission_row_record, operation_row_record
from goodoffices.desk.mission_register import mission_rows
from goodoffices.desk.operation_register import operation_rows
from goodoffices.desk.records import (
    case_record,
    change_record,
    checked_record,
    deviation_record,
    entry_record,
    fact_record,
    finding_record,
    reason_record,
    rulebook_record,
    timeline_record,
)
from goodoffices.desk.searching import everything_found, find_record
from goodoffices.desk.views import CaseRow, Moment

Asked = Mapping[str, Any]
Answer = Callable[[Asking, Moment, Asked], Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of which a program gets a part: what it lists, how one becomes JSON, and what is said beside the list."""

    items: Sequence[Any]
    record: Callable[[Any], Any]
    about: Mapping[str, Any] = field(default_factory=dict)


def _clocks(moment: Moment) -> dict[str, str]:
    return {"as_of": moment.as_of.isoformat(), "known_at": moment.known_at.isoformat()}


# cases


def cases(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """The cases that had begun by the moment and were known, newest first."""
    lines = [
        line
        for line in case_list(desk, moment).lines
        if _among(line.row.category, asked["category"])
        and _among(line.row.outcome, asked["outcome"])
        and _among(line.row.iso3, asked["iso3"])
        and _begins(line.row, asked["since"], asked["until"])
    ]
    return Listed(lines, line_record, _clocks(moment))


def _among(word: str, wanted: Collection[str]) -> bool:
    return not wanted or word in wanted


def _begins(row: CaseRow, since: date | None, until: date | None) -> bool:
    """Whether day 0 may lie between two days; one that is not known lies nowhere."""
    if since is None and until is None:
        return True
    if not row.day:
        return False
    day = read_span(row.day).begins
    return (since is None or day.latest >= since) and (until is None or day.earliest <= until)


def case(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """Everything the page of a case shows."""
    return case_record(desk.case(asked["case"], moment, asked["lang"], readings(asked["reading"])))


def case_facts(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """The facts of a case, in order of time."""
    found = facts_chosen(told(desk.snapshot(asked["case"], moment)), asked)
    return Listed(found, lambda fact: fact_record(fact, moment.hindsight), {"case": asked["case"]} | _clocks(moment))


def facts_chosen(facts: Iterable[Fact], asked: Asked) -> list[Fact]:
    """Those of the kinds, actors and confidences asked for, that may have begun, and became known, between days."""
    return [
        fact
        for fact in facts
        if _among(fact.kind, asked["kind"])
        and _among(fact.actor, asked["actor"])
        and _among(fact.confidence, asked["confidence"])
        and (asked["since"] is None or fact.span.begins.latest >= asked["since"])
        and (asked["until"] is None or fact.span.begins.earliest <= asked["until"])
        and (asked["known_since"] is None or fact.known_at >= asked["known_since"])
        and (asked["known_until"] is None or fact.known_at <= asked["known_until"])
    ]


def findings(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """What each rule made of a case."""
    checked = desk.check(asked["case"], moment, readings=readings(asked["reading"]))
    books = {rule.id: book.id for book in desk.rules() for rule in book.rules}
    found = [
        one
        for one in checked.findings
        if _among(books[one.rule], asked["rulebook"])
        and _among(one.kind, asked["kind"])
        and _among(one.bearer, asked["bearer"])
        and _among(one.state, asked["state"])
        and asked["quiet"] in (None, one.quiet)
    ]
    about = {name: value for name, value in checked_record(checked).items() if name != "findings"}
    return Listed(found, lambda one: finding_record(one, checked.observed.get(one.rule)), about)


def finding(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """One finding with its tree of reasons."""
    found, _ = desk.why(asked["case"], asked["rule"], moment, readings(asked["reading"]))
    said = {"finding": finding_record(found), "tree": reason_record(found.tree, asked["lang"])}
    return {"case": asked["case"]} | _clocks(moment) | said


def readings(given: Sequence[str]) -> dict[str, str]:
    """Readings written NAME=VALUE. BadRecord where one is set twice."""
    found: dict[str, str] = {}
    for one in given:
        name, _, value = one.partition("=")
        if name in found:
            raise BadRecord([Problem("reading", f"{name!r} is set twice.", "Set each reading once.")])
        found[name] = value
    return found


def timeline(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """The data behind the timeline of a case."""
    return timeline_record(desk.case(asked["case"], moment, asked["lang"]).timeline)


def precedents(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """The cases most like one."""
    return precedents_record(desk.precedents(asked["case"], moment, asked["limit"]))


def compare(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """Cases side by side."""
    return comparison_record(desk.compare(asked["case"], moment))


def changes(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """What became known between two days: of all cases, or of one."""
    start, end = days(moment, asked)
    found = chosen(desk.changes(start, end, asked.get("case")), asked["change"], asked["kind"])
    about = {"from": start.isoformat(), "to": end.isoformat()}
    return Listed(found, lambda one: change_record(one, end >= moment.today), about)


def turned(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """The findings of a case that two days of knowledge tell apart, and the facts that turned them."""
    return between_record(findings_between(desk, asked["case"], *days(moment, asked), moment.as_of))


def days(moment: Moment, asked: Asked) -> tuple[date, date]:
    """The two days of knowledge asked for; nothing later than the day of knowledge itself. BadRecord where the first
    is not the earlier one."""
    end = min(asked["to"] or moment.known_at, moment.known_at)
    if asked["from"] > end:
        raise BadRecord([Problem("from", f"{asked['from']} lies after {end}.", "Give the earlier day first.")])
    return asked["from"], end


# facts and sources


def facts(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """Facts of every case and register."""
    subjects = asked["subject"]
    found = [fact for fact in desk.everything(moment).facts if _among(fact.subject, subjects)]
    return Listed(facts_chosen(found, asked), lambda fact: fact_record(fact, moment.hindsight), _clocks(moment))


def fact(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """One fact with its history."""
    return fact_with_history(desk, f"{asked['subject']}/{asked['name']}", moment)


def fact_with_history(desk: Asking, key: str, moment: Moment) -> dict[str, Any]:
    """A fact as known then, with the entries that count by then: a later correction is hidden like any later fact."""
    found = desk.fact(key, moment)
    entries = (one for one in desk.history(key) if one.effective_from <= moment.known_at)
    history = [entry_record(one, moment.hindsight) for one in entries]
    return fact_record(found, moment.hindsight) | {"history": history}


def source(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """One source and the facts that cite it."""
    found, citing = cited(desk, asked["case"], asked["source"], moment)
    return found.record() | {"facts": [fact_record(one, moment.hindsight) for one in citing]}


def cited(desk: Asking, case: str, source: str, moment: Moment) -> tuple[Source, tuple[Fact, ...]]:
    """A source of a case, and the facts that cite it. NoAnswer where it was not cited by then."""
    citing = tuple(
        fact
        for fact in desk.snapshot(case, moment).facts
        if any(one.source.id == source for one in fact.citations) and fact.kind != "case"
    )
    if not citing:
        raise NoAnswer(f"no source {source!r} was cited for {case} by {moment.known_at.isoformat()}.")
    return next(one.source for one in citing[0].citations if one.source.id == source), citing


# rulebooks


def books(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """The rulebooks."""
    return Listed(desk.rules(), rulebook_record)


def book(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """One rulebook."""
    return rulebook_record(desk.rules(asked["book"])[0])


def rules(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """The rules of all rulebooks; with `in_force_on` those that were in force on that day, or may have been."""
    listed = desk.rules()
    on = asked["in_force_on"]
    standing = {
        rule.id for one in listed for rule in one.rules if on is None or rule.in_force.covers(on) is not Verdict.FAILS
    }
    found = [
        one
        for one in _rules(desk)
        if one["rule"] in standing
        and _among(one["rulebook"], asked["rulebook"])
        and _among(one["kind"], asked["kind"])
        and _among(one["bearer"], asked["bearer"])
    ]
    return Listed(found, lambda one: one)


def _rules(desk: Asking) -> list[dict[str, Any]]:
    return [{"rulebook": one["rulebook"]} | rule for one in map(rulebook_record, desk.rules()) for rule in one["rules"]]


def rule(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """One rule. NoAnswer, with the nearest, where there is none of this id."""
    by_id = {one["rule"]: one for one in _rules(desk)}
    if asked["rule"] not in by_id:
        near = get_close_matches(asked["rule"], by_id, 5, 0.4)
        raise NoAnswer(f"there is no rule {asked['rule']!r}.", near)
    return by_id[asked["rule"]]


def deviations(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """Findings over all cases in which practice departed from a text."""
    _known_cases(desk, asked["case"])
    found = [
        one
        for one in departed(desk, moment)
        if _among(one.book.id, asked["rulebook"])
        and _among(one.case, asked["case"])
        and _among(one.finding.state, asked["state"])
        and _among(one.finding.bearer, asked["bearer"])
        and asked["divergence"] in (None, one.finding.divergence)
    ]
    return Listed(found, lambda one: deviation_record(one.case, one.finding), _clocks(moment))


def _known_cases(desk: Asking, ids: Sequence[str]) -> None:
    """NoAnswer, with the nearest, where the record has no case of one of these ids."""
    there_are = desk.case_ids() if ids else ()
    for one in ids:
        if one not in there_are:
            raise NoAnswer(f"there is no case {one!r} in the record.", get_close_matches(one, there_are, 5, 0.4))


# claims, tables, registers


def claims(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """The report's claims, computed."""
    found = [
        one
        for one in claim_rows(desk, moment)
        if _among(one.result.verdict.value, asked["verdict"]) and asked["independent"] in (None, one.result.independent)
    ]
    return Listed(found, lambda one: shown(claim_row_record(one), moment), _clocks(moment))


def claim(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """One claim, with what it looked at."""
    return claim_view_record(claim_view(desk, moment, asked["claim"]), moment)


def tables(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """The tables over all cases that there are."""
    return Listed([{"table": name, "title": title} for name, title in NAMES.items()], lambda one: one)


def table(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """One table over all cases."""
    return table_record(desk.patterns(asked["name"], moment), moment)


def missions(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """The missions of the United Nations."""
    found = [
        row
        for row in mission_rows(desk, moment)
        if _among(row.type, asked["type"]) and _among(row.mission.lead, asked["lead"]) and _in(row.codes, asked["iso3"])
    ]
    return Listed(found, mission_row_record, _clocks(moment))


def operations(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """Other operations. What names something later than the day of knowledge is left out of them."""
    found = [
        row
        for row in operation_rows(desk, moment)
        if _among(row.lead_type, asked["type"]) and _in(row.codes, asked["iso3"])
    ]
    return Listed(found, operation_row_record, _clocks(moment))


def _in(codes: Collection[str], wanted: Collection[str]) -> bool:
    return not wanted or bool(set(codes) & set(wanted))


# the record itself


def search(desk: Asking, moment: Moment, asked: Asked) -> Listed:
    """What the record holds of what is asked for, sort by sort, best first."""
    found = everything_found(desk, asked["q"], moment, asked["lang"])
    return Listed([one for one in found if _among(one.sort, asked["kind"])], find_record, _clocks(moment))


def casebook(desk: Asking, moment: Moment, asked: Asked) -> dict[str, Any]:
    """Which casebook this is, and how to cite it."""
    found = edition()
    return {
        "version": found.version,
        "searched_until": found.until.isoformat(),
        "sha256": found.digest,
        "citation": found.citation(),
        "citation_fr": found.citation("fr"),
        "rulebooks": {one.id: one.version for one in desk.rules()},
        "head": desk.head().printed,
    }
