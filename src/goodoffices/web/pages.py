"""The pages of cases: the list, the case, one finding, and their twins as JSON, CSV, SVG and documents."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from goodoffices.briefs.timeline import Timeline
from goodoffices.briefs.timeline_svg import draw
from goodoffices.briefs.zoom import Zoomed, read_zoom, zoomed
from goodoffices.core.findings import Finding
from goodoffices.desk.records import (
    case_record,
    checked_record,
    fact_record,
    finding_record,
    timeline_record,
)
from goodoffices.desk.views import CaseView, Checked
from goodoffices.web.language import language_of
from goodoffices.web.printing import printed
from goodoffices.web.rendering import as_csv, as_json, desk_of, moment_of

router = APIRouter()
CaseId = Annotated[str, Path(max_length=120)]
RuleId = Annotated[str, Path(max_length=120)]
_FACT_COLUMNS = ("when", "kind", "actor", "confidence", "known_at")


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
    return Response(draw(_figure(request, case), language_of(request)), media_type="image/svg+xml")


@router.get("/cases/{case}/timeline.json")
def timeline_json(request: Request, case: CaseId) -> Response:
    """The data behind the figure."""
    return as_json(timeline_record(_figure(request, case)))


@router.get("/cases/{case}/timeline.csv")
def timeline_csv(request: Request, case: CaseId) -> Response:
    """The data behind the figure, one row a mark."""
    return as_csv(timeline_record(_figure(request, case))["marks"], f"{case}-timeline")


def _figure(request: Request, case: str) -> Timeline:
    """The timeline as the page shows it: in its language, and of the days that are asked for."""
    language = language_of(request)
    view = desk_of(request).case(case, moment_of(request), language)
    return zoom_of(request, view, language).figure


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
    moment, desk = moment_of(request), desk_of(request)
    name = f"{case}-{moment.as_of.isoformat()}"
    return printed(request, lambda _: desk.brief(case, moment, language_of(request)), form, name)


def zoom_of(request: Request, view: CaseView, language: str) -> Zoomed:
    """The timeline of the days the address asks for. BadRecord where it asks for what there is not."""
    title = view.title_fr if language == "fr" else view.title
    return zoomed(view.checked.snapshot, title, read_zoom(request.query_params), view.timeline, language)


def facts_table(view: CaseView) -> list[dict[str, Any]]:
    """The facts as rows, for CSV and for sorting."""
    rows = []
    for fact in view.facts:
        record = fact_record(fact, view.checked.moment.hindsight)
        record["sources"] = [one["title"] + (f", {one['at']}" if one.get("at") else "") for one in record["sources"]]
        record["addresses"] = [one.source.address or one.source.mirror for one in fact.citations]
        rows.append(record)
    return rows
