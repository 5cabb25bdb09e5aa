"""The pages of claims: the report, claim by claim, with verdict and arithmetic."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from goodoffices.briefs.gauge_svg import draw_gauge
from goodoffices.claims.places import TOPICS, locator_words, pages_words
from goodoffices.claims.verdicts import ClaimVerdict
from goodoffices.claims.wording import (
    expected_words,
    found_words,
    instead_words,
    lacking_words,
    meaning_words,
    off_words,
    question_words,
    rule_words,
    verdict_words,
)
from goodoffices.desk.claiming import (
    ClaimRow,
    beside,
    by_question,
    chosen,
    claim_row_record,
    claim_rows,
    claim_view,
    claim_view_record,
    counted,
    facts_used,
    furthest,
    gauge_of,
    names_in,
    report,
    shown,
    values_read,
    working_table,
)
from goodoffices.desk.desk import Desk
from goodoffices.desk.views import Moment
from goodoffices.norms.kindwords import field_words
from goodoffices.web.language import language_of, message, say
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page, sorted_rows

router = APIRouter()
ClaimId = Annotated[str, Path(max_length=60)]
_COLUMNS = ("id", "page", "verdict", "days", "share", "independent")
_TONES = {"holds": "done", "fails": "late", "borderline": "open", "unknown": "open"}


def _words(desk: Desk, moment: Moment, language: str) -> dict[str, Any]:
    """The functions by which the templates of claims word what they show."""
    names = names_in(desk, moment, language)
    return {
        "expected": lambda result: expected_words(result.claim.expect, language, names),
        "found": lambda result: found_words(result, language, names),
        "off": lambda result: off_words(result, language, names),
        "verdict_said": partial(verdict_words, language=language),
        "pages": partial(pages_words, language=language),
        "locator": partial(locator_words, language=language),
        "lacking": partial(lacking_words, language=language),
        "called": names,
    }


def _asked(request: Request) -> tuple[ClaimRow, ...]:
    given = request.query_params
    rows = claim_rows(desk_of(request), moment_of(request))
    return chosen(rows, given.get("verdict", ""), given.get("topic", ""))


@router.get("/claims")
def claims(request: Request) -> Response:
    """The report's claims, as a table; its slips apart."""
    moment, language, desk = moment_of(request), language_of(request), desk_of(request)
    given = request.query_params
    every = [row for row in claim_rows(desk, moment) if not row.slip]
    slips = [row for row in claim_rows(desk, moment) if row.slip]
    rows, wanted, down = sorted_rows(request, _asked(request), _COLUMNS, "id")
    links = Links(request, moment)
    asked = {name: given[name] for name in ("verdict", "topic") if given.get(name)}
    return page(
        request,
        "claims.html",
        moment,
        rows=[row for row in rows if not row.slip],
        slips=[row for row in rows if row.slip],
        sort=wanted,
        down=down,
        counted=(counted(every), counted(slips)),
        furthest=furthest(every),
        report=report(),
        verdicts=[verdict.value for verdict in ClaimVerdict],
        topics={name: words[language == "fr"] for name, words in TOPICS.items()},
        verdict_options=[(verdict.value, verdict_words(verdict.value, language)) for verdict in ClaimVerdict],
        chosen_verdict=given.get("verdict", ""),
        chosen_topic=given.get("topic", ""),
        tones=_TONES,
        twins=(("CSV", links.to("/claims.csv", **asked)), ("JSON", links.to("/claims.json", **asked))),
        **_words(desk, moment, language),
    )


def _records(request: Request) -> list[dict[str, Any]]:
    moment = moment_of(request)
    return [shown(claim_row_record(row), moment) for row in _asked(request)]


@router.get("/claims.json")
def claims_json(request: Request) -> Response:
    """The report's claims as JSON."""
    return as_json(_records(request))


@router.get("/claims.csv")
def claims_csv(request: Request) -> Response:
    """The report's claims as CSV."""
    return as_csv(_records(request), "claims")


@router.get("/claims/{claim}.json")
def claim_json(request: Request, claim: ClaimId) -> Response:
    """One claim with its arithmetic, as JSON."""
    moment = moment_of(request)
    return as_json(claim_view_record(claim_view(desk_of(request), moment, claim), moment))


@router.get("/claims/{claim}.csv")
def claim_csv(request: Request, claim: ClaimId) -> Response:
    """What one claim looked at, as CSV: one row for what counted and what did not."""
    view = claim_view(desk_of(request), moment_of(request), claim)
    return as_csv(working_table(view), view.row.id)


@router.get("/claims/{claim}")
def claim_page(request: Request, claim: ClaimId) -> Response:
    """One claim: what is said, what is computed, from what, and what was left out."""
    moment, language, desk = moment_of(request), language_of(request), desk_of(request)
    view = claim_view(desk, moment, claim)
    words = _words(desk, moment, language)
    result, looked = view.row.result, view.considered
    gauge = gauge_of(result, language, words["called"])
    alt = message("What the report says, %(said)s, and what the record computes, %(found)s, on one scale.")
    links = Links(request, moment)
    return page(
        request,
        "claim.html",
        moment,
        view=view,
        result=result,
        claim=result.claim,
        meaning=meaning_words(result, language),
        rule=rule_words(result.claim.expect, language),
        topic=TOPICS[view.row.topic][language == "fr"],
        gauge=draw_gauge(gauge, say(alt, language, said=gauge.said, found=gauge.found_said)) if gauge else "",
        facts=[(fact, values_read(result.claim, fact)) for fact in facts_used(view)],
        cases_out=by_question(looked.cases_out),
        facts_out=by_question(looked.facts_out),
        field_read=partial(field_words, language=language),
        question=partial(question_words, language=language),
        instead=partial(instead_words, language=language, names=words["called"]),
        ways=beside(claim_rows(desk, moment), view.row.id),
        tones=_TONES,
        twins=tuple((form.upper(), links.to(f"/claims/{view.row.id}.{form}")) for form in ("csv", "json")),
        **words,
    )
