"""The pages of cases: the list, the case, one finding, and their twins as JSON, CSV, SVG and documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from goodoffices.briefs.compose import TONES, state_sentence
from goodoffices.briefs.reading import state_fact
from goodoffices.briefs.timeline_svg import draw, draw_parts, legend
from goodoffices.core.errors import NoAnswer
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.sources import Source
from goodoffices.desk.records import (
    case_record,
    case_row_record,
    checked_record,
    fact_record,
    finding_record,
    reason_record,
    timeline_record,
)
from goodoffices.desk.views import CaseView, Checked
from goodoffices.norms.rules import Rulebook
from goodoffices.web.guard import BRIEF_POLICY
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page, sorted_rows

router = APIRouter()
CaseId = Annotated[str, Path(max_length=120)]
RuleId = Annotated[str, Path(max_length=120)]
_CASE_COLUMNS = ("day", "title", "category", "leader", "au", "region", "council", "mission", "facts")
_FACT_COLUMNS = ("when", "kind", "actor", "confidence", "known_at")


@router.get("/", include_in_schema=False)
def home(request: Request) -> Response:
    """The first page is the list of cases."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/cases{asked}", 307)


@router.get("/cases")
def cases(request: Request) -> Response:
    """The cases, as a table."""
    moment = moment_of(request)
    rows, wanted, down = sorted_rows(request, desk_of(request).cases(moment), _CASE_COLUMNS, "day", True)
    links = Links(request, moment)
    twins = (("CSV", links.to("/cases.csv")), ("JSON", links.to("/cases.json")))
    return page(request, "cases.html", moment, rows=rows, sort=wanted, down=down, twins=twins)


@router.get("/cases.json")
def cases_json(request: Request) -> Response:
    """The cases as JSON."""
    return as_json([case_row_record(row) for row in desk_of(request).cases(moment_of(request))])


@router.get("/cases.csv")
def cases_csv(request: Request) -> Response:
    """The cases as CSV."""
    return as_csv([case_row_record(row) for row in desk_of(request).cases(moment_of(request))], "cases")


@router.get("/cases/{case}.json")
def case_json(request: Request, case: CaseId) -> Response:
    """A case as JSON."""
    return as_json(case_record(desk_of(request).case(case, moment_of(request))))


@router.get("/cases/{case}.csv")
def case_csv(request: Request, case: CaseId) -> Response:
    """A case's facts as CSV, one row a fact."""
    return as_csv(facts_table(desk_of(request).case(case, moment_of(request))), case)


@router.get("/cases/{case}/timeline.svg")
def case_svg(request: Request, case: CaseId) -> Response:
    """The figure by itself."""
    view = desk_of(request).case(case, moment_of(request))
    return Response(draw(view.timeline), media_type="image/svg+xml")


@router.get("/cases/{case}/timeline.json")
def timeline_json(request: Request, case: CaseId) -> Response:
    """The data behind the figure."""
    return as_json(timeline_record(desk_of(request).case(case, moment_of(request)).timeline))


@router.get("/cases/{case}/timeline.csv")
def timeline_csv(request: Request, case: CaseId) -> Response:
    """The data behind the figure, one row a mark."""
    return as_csv(
        timeline_record(desk_of(request).case(case, moment_of(request)).timeline)["marks"], f"{case}-timeline"
    )


@router.get("/cases/{case}/findings.json")
def findings_json(request: Request, case: CaseId) -> Response:
    """The findings as JSON, in the form of `goodoffices check --json`."""
    return as_json(checked_record(desk_of(request).check(case, moment_of(request))))


@router.get("/cases/{case}/findings.csv")
def findings_csv(request: Request, case: CaseId) -> Response:
    """The findings as CSV."""
    checked = desk_of(request).check(case, moment_of(request))
    return as_csv([_flat(finding, checked) for finding in checked.findings], f"{case}-findings")


def _flat(finding: Finding, checked: Checked) -> dict[str, Any]:
    record = finding_record(finding, checked.observed.get(finding.rule))
    record["references"] = [one["article"] for one in record["references"]]
    return record


@router.get("/cases/{case}/brief.{form}")
def brief(request: Request, case: CaseId, form: str) -> Response:
    """The brief as pdf, html or docx."""
    kinds = {
        "pdf": "application/pdf",
        "html": "text/html; charset=utf-8",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
    if form not in kinds:
        raise NoAnswer(f"there is no brief as {form!r}: pdf, html or docx.")
    moment = moment_of(request)
    desk = desk_of(request)
    made = desk.printed(desk.brief(case, moment), form)
    name = f"{case}-{moment.as_of.isoformat()}.{form}"
    headers = {"Content-Disposition": f'{"inline" if form != "docx" else "attachment"}; filename="{name}"'}
    if form == "html":
        headers["Content-Security-Policy"] = BRIEF_POLICY
    return Response(made, media_type=kinds[form], headers=headers)


@router.get("/cases/{case}/why/{rule}.json")
def why_json(request: Request, case: CaseId, rule: RuleId) -> Response:
    """One finding with its tree, as JSON."""
    finding, _ = desk_of(request).why(case, rule, moment_of(request))
    return as_json({"case": case, "finding": finding_record(finding), "tree": reason_record(finding.tree)})


@router.get("/cases/{case}/why/{rule}")
def why(request: Request, case: CaseId, rule: RuleId) -> Response:
    """One finding with its reasons, on a page of its own."""
    moment = moment_of(request)
    desk = desk_of(request)
    view = desk.case(case, moment)
    finding = view.checked.finding(rule) or desk.why(case, rule, moment)[0]
    links = Links(request, moment)
    return page(
        request,
        "why.html",
        moment,
        view=view,
        finding=finding,
        row=_finding_row(finding, view.checked),
        shelf={one.name: book.id for book in desk.rules() for one in book.parameters},
        key_days=view.key_days,
        twins=(("JSON", links.to(f"/cases/{case}/why/{rule}.json")),),
    )


@router.get("/cases/{case}")
def case_page(request: Request, case: CaseId) -> Response:
    """The case room."""
    moment = moment_of(request)
    view = desk_of(request).case(case, moment)
    links = Links(request, moment)
    names, plot = draw_parts(view.timeline, link=lambda key: links.to(f"/facts/{key}"))
    # Its marks are links: a group of them, which "img" may not be.
    plot = plot.replace('role="img"', 'role="group"', 1)
    sources = _sources(view)
    facts, wanted, down = sorted_rows(request, facts_table(view), _FACT_COLUMNS, "when")
    by_key = {fact.key: fact for fact in view.facts}
    shown = [_finding_row(finding, view.checked) for finding in view.checked.findings]
    loud = [one for one in shown if not one["finding"].quiet]
    quiet = [one for one in shown if one["finding"].quiet]
    books = desk_of(request).rules()
    state = state_fact(view.checked.snapshot)
    return page(
        request,
        "case.html",
        moment,
        view=view,
        names=names,
        plot=plot,
        legend=legend(),
        state=state,
        duties=_by_book(books, [one for one in loud if one["finding"].kind != "definition"]),
        definitions=_by_book(books, [one for one in loud if one["finding"].kind == "definition"]),
        quiet=_by_book(books, quiet),
        quiet_count=len(quiet),
        facts=[by_key[row["key"]] for row in facts],
        sources=list(sources.values()),
        numbers={one: number for number, one in enumerate(sources, 1)},
        sort=wanted,
        down=down,
        key_days=view.key_days,
        twins=(("CSV", links.to(f"/cases/{case}.csv")), ("JSON", links.to(f"/cases/{case}.json"))),
    )


def _by_book(books: Iterable[Rulebook], rows: list[dict[str, Any]]) -> list[tuple[Rulebook, list[dict[str, Any]]]]:
    """Findings under the rulebook they come from, in the order of the shelf; a rulebook without any is left out."""
    by_rule = {row["finding"].rule: row for row in rows}
    found = [(book, [by_rule[rule.id] for rule in book.rules if rule.id in by_rule]) for book in books]
    return [(book, mine) for book, mine in found if mine]


def _finding_row(finding: Finding, checked: Checked) -> dict[str, Any]:
    observed = checked.observed.get(finding.rule)
    return {
        "finding": finding,
        "tone": TONES.get(finding.state, ""),
        "said": state_sentence(finding, observed.words if observed else ""),
        "observed": observed,
    }


def _sources(view: CaseView) -> dict[str, Source]:
    """The sources by id, in the order in which the page cites them: their numbers in the notes."""
    facts: list[Fact] = [*view.lead, *view.facts]
    return {one.source.id: one.source for fact in facts for one in fact.citations}


def facts_table(view: CaseView) -> list[dict[str, Any]]:
    """The facts as rows, for CSV and for sorting."""
    rows = []
    for fact in view.facts:
        record = fact_record(fact, view.checked.moment.hindsight)
        record["sources"] = [one["title"] + (f", {one['at']}" if one.get("at") else "") for one in record["sources"]]
        record["addresses"] = [one.source.address or one.source.mirror for one in fact.citations]
        rows.append(record)
    return rows
