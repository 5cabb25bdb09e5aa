"""What was recorded since the reader last looked: facts by case, and the findings they turned.

Invariant: how far somebody has read stands in a cookie of their own browser, set by their own word alone, and stands
for nothing but a place in this record's chain.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from goodoffices.briefs.compose import TONES, state_sentence
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.findings import Finding
from goodoffices.desk.desk import Desk
from goodoffices.desk.records import fact_record
from goodoffices.desk.since import (
    A_WEEK,
    MOST_JUDGED,
    Since,
    a_week_ago,
    changed_in,
    changed_since,
    seen_head,
    since_record,
    written,
)
from goodoffices.web.posted import Posted, posted
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page, root_of

router = APIRouter()
_A_YEAR: Final = 365 * 24 * 60 * 60


def cookie_of(desk: Desk) -> str:
    """The name of the cookie for this record: another record, at another port of this machine, has another."""
    first = desk.head_at(1)
    return f"seen-{first.hash[:10] if first else 'nothing'}"


def seen_number(request: Request) -> int | None:
    """The number of the last entry the reader said to have seen; None where they never said, or of another record."""
    desk = desk_of(request)
    head = seen_head(desk, request.cookies.get(cookie_of(desk), ""))
    return head.seq if head else None


def _found(request: Request) -> tuple[Since, bool]:
    """What changed, and whether since the reader's own word."""
    desk, moment = desk_of(request), moment_of(request)
    number = seen_number(request)
    since = changed_since(desk, a_week_ago(desk) if number is None else number, moment)
    return since, number is not None


@router.get("/changed")
def changed(request: Request) -> Response:
    """What was recorded since the reader last looked."""
    moment = moment_of(request)
    desk, links = desk_of(request), Links(request, moment)
    since, own = _found(request)
    asked = request.query_params.get("case", "")
    cases = since.cases
    if asked:  # one whose findings were not looked into for the list
        cases = tuple(changed_in(desk, one.case, since.number, moment) if one.case == asked else one for one in cases)
    changes = [one for case in cases for one in (*case.changes, *case.standing)]
    answer = page(
        request,
        "changed.html",
        moment,
        since=since,
        cases=cases,
        own=own,
        days=A_WEEK.days,
        judged=MOST_JUDGED,
        head=written(since.head),
        said=lambda finding: _said(finding, links.language),
        tone=lambda finding: TONES.get(finding.state, ""),
        facts_by_key={one.fact.key: one.fact for one in changes},
        gone={one.fact.key for one in changes if one.what == "withdrawn"},
        twins=(("CSV", links.to("/changed.csv")), ("JSON", links.to("/changed.json"))),
    )
    return _own(answer)


def _said(finding: Finding, language: str) -> str:
    return state_sentence(finding, "", language)


@router.get("/changed.json")
def changed_json(request: Request) -> Response:
    """What was recorded since, as JSON."""
    since, own = _found(request)
    return _own(as_json({"since_your_word": own} | since_record(since, moment_of(request).hindsight)))


@router.get("/changed.csv")
def changed_csv(request: Request) -> Response:
    """What was recorded since, as CSV: one row a fact."""
    since, _ = _found(request)
    hindsight = moment_of(request).hindsight
    changes = [*(one for case in since.cases for one in (*case.changes, *case.standing)), *since.elsewhere]
    rows: list[dict[str, Any]] = []
    for one in {change.fact.key: change for change in changes}.values():
        sources = {"sources": [cited.words for cited in one.fact.citations]}
        rows.append({"change": one.what} | fact_record(one.fact, hindsight) | sources)
    return _own(as_csv(rows, "changed"))


@router.post("/changed/seen")
def seen(request: Request, given: Annotated[Posted, Depends(posted)]) -> Response:
    """The reader says to have seen the record up to an entry."""
    desk = desk_of(request)
    head = seen_head(desk, given.said("head"))
    if head is None:
        found = "this record never ended there."
        raise BadRecord([Problem("head", found, "Open the page of what changed again.")])
    answer = RedirectResponse(Links(request, moment_of(request)).to("/changed"), 303)
    answer.set_cookie(
        cookie_of(desk), written(head), max_age=_A_YEAR, path=root_of(request) or "/", httponly=True, samesite="strict"
    )
    return _own(answer)


def _own(answer: Response) -> Response:
    """An answer that follows from the reader's cookie is the reader's alone."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
