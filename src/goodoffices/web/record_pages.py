"""The pages of the record: one fact with its history, one source, and what became known between two days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from goodoffices.core.days import read_date
from goodoffices.core.errors import NoAnswer
from goodoffices.core.facts import Fact
from goodoffices.core.sources import Source
from goodoffices.desk.desk import Desk
from goodoffices.desk.records import change_record, entry_record, fact_record
from goodoffices.desk.views import Moment
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page

router = APIRouter()
Part = Annotated[str, Path(max_length=160)]
_A_WEEK = 7


@router.get("/facts/{subject}/{name}.json")
def fact_json(request: Request, subject: Part, name: Part) -> Response:
    """One fact with its history, as JSON."""
    desk = desk_of(request)
    key = f"{subject}/{name}"
    moment = moment_of(request)
    found = desk.fact(key, moment)
    return as_json(fact_record(found, moment.hindsight) | {"history": _history(desk, key, moment)})


def _history(desk: Desk, key: str, moment: Moment) -> list[dict[str, Any]]:
    """The entries that count by the day of knowledge: a later correction is hidden like any later fact."""
    shown = (entry for entry in desk.history(key) if entry.effective_from <= moment.known_at)
    return [entry_record(entry, moment.hindsight) for entry in shown]


@router.get("/facts/{subject}/{name}")
def fact_page(request: Request, subject: Part, name: Part) -> Response:
    """One fact: what, when, known when, from where, and every entry about it."""
    moment = moment_of(request)
    desk = desk_of(request)
    found = desk.fact(f"{subject}/{name}", moment)
    links = Links(request, moment)
    case = None if ":" in subject else subject  # state:MLI, mission:minusma, operation:serval
    view = desk.case(case, moment) if case else None
    resting = [one for one in view.checked.findings if found.key in one.facts] if view else []
    return page(
        request,
        "fact.html",
        moment,
        fact=found,
        case=case,
        case_title=view.title if view else "",
        entries=_history(desk, found.key, moment),
        resting=resting,
        twins=(("JSON", links.to(f"/facts/{found.key}.json")),),
    )


def _source(request: Request, case: str, source: str, moment: Moment) -> tuple[Source, tuple[Fact, ...]]:
    facts = tuple(
        fact
        for fact in desk_of(request).snapshot(case, moment).facts
        if any(one.source.id == source for one in fact.citations) and fact.kind != "case"
    )
    if not facts:
        raise NoAnswer(f"no source {source!r} was cited for {case} by {moment.known_at.isoformat()}.")
    return next(one.source for one in facts[0].citations if one.source.id == source), facts


@router.get("/sources/{case}/{source}.json")
def source_json(request: Request, case: Part, source: Part) -> Response:
    """One source and the facts that cite it, as JSON."""
    moment = moment_of(request)
    found, facts = _source(request, case, source, moment)
    return as_json(found.record() | {"facts": [fact_record(fact, moment.hindsight) for fact in facts]})


@router.get("/sources/{case}/{source}")
def source_page(request: Request, case: Part, source: Part) -> Response:
    """One source: where it is, and what we have from it."""
    moment = moment_of(request)
    found, facts = _source(request, case, source, moment)
    title = desk_of(request).case(case, moment).title
    twins = (("JSON", Links(request, moment).to(f"/sources/{case}/{source}.json")),)
    return page(request, "source.html", moment, source=found, facts=facts, case=case, case_title=title, twins=twins)


@router.get("/record")
def record(request: Request) -> Response:
    """What became known between two days."""
    moment = moment_of(request)
    start, end, case = _asked(request, moment)
    desk = desk_of(request)
    changes = desk.changes(start, end, case or None)
    links = Links(request, moment)
    asked = {"from": start.isoformat(), "to": end.isoformat()} | ({"case": case} if case else {})
    twins = (("CSV", links.to("/record.csv", **asked)), ("JSON", links.to("/record.json", **asked)))
    return page(
        request,
        "record.html",
        moment,
        changes=changes,
        start=start,
        end=end,
        case=case,
        ids=sorted(row.id for row in desk.cases(moment)),
        head=desk.head(),
        twins=twins,
    )


def _asked(request: Request, moment: Moment) -> tuple[date, date, str]:
    """The two days and the case; nothing later than the day of knowledge the page is on."""
    given = request.query_params
    end = read_date(given["to"], "to") if given.get("to") else moment.known_at
    end = min(end, moment.known_at)
    if given.get("from"):
        start = read_date(given["from"], "from")
    else:
        start = date.fromordinal(max(end.toordinal() - _A_WEEK, 1))
    return start, end, given.get("case", "")


@router.get("/record.json")
def record_json(request: Request) -> Response:
    """What became known between two days, as JSON."""
    desk, moment = desk_of(request), moment_of(request)
    start, end, case = _asked(request, moment)
    hindsight = end >= moment.today
    return as_json([change_record(change, hindsight) for change in desk.changes(start, end, case or None)])


@router.get("/record.csv")
def record_csv(request: Request) -> Response:
    """What became known between two days, as CSV."""
    moment = moment_of(request)
    start, end, case = _asked(request, moment)
    changes = desk_of(request).changes(start, end, case or None)
    return as_csv(
        [
            {"change": change.what}
            | fact_record(change.fact, end >= moment.today)
            | {"sources": [one.words for one in change.fact.citations]}
            for change in changes
        ],
        "record",
    )
