"""The pages of missions and of operations of others: the registers with their Gantts, one mission, one operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response

from goodoffices.briefs import gantt_svg, timeline_svg
from goodoffices.briefs.gantt import Gantt, gantt_rows
from goodoffices.briefs.grounds import GROUNDS, agreed_words, ground_words
from goodoffices.briefs.lives import STANDINGS
from goodoffices.briefs.mandates import fate_words, turn_words
from goodoffices.briefs.mission_words import (
    consent_words,
    lead_words,
    standing_words,
    type_words,
    until_words,
)
from goodoffices.briefs.places import REGIONS, region_words
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.kinds import LEAD_TYPES, MISSION_TYPES
from goodoffices.core.names import fold
from goodoffices.desk import mission_records as records
from goodoffices.desk import mission_register as listed
from goodoffices.desk import operation_register as others
from goodoffices.desk.mission_view import mission_view
from goodoffices.desk.views import Moment
from goodoffices.web.language import language_of
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page, sorted_rows

router = APIRouter()
# By which rule of the Secretariat's a department leads after an unconstitutional change.
_LEAD_RULES: Final = {
    "un-dpo": "/rulebooks/un-secretariat/rules/un.lead-dpo",
    "un-dppa": "/rulebooks/un-secretariat/rules/un.lead-dppa",
}
Id = Annotated[str, Path(max_length=120)]
_MISSION_COLUMNS: Final = ("mission", "type", "place", "begun", "ended", "lead", "until", "cases")
_OPERATION_COLUMNS: Final = ("operation", "lead", "place", "begun", "ended", "authority", "consent", "cases")


def _words(language: str) -> dict[str, Any]:
    """The functions that these templates call for words."""
    named = (
        type_words,
        lead_words,
        standing_words,
        region_words,
        turn_words,
        fate_words,
        ground_words,
        agreed_words,
        consent_words,
        until_words,
    )
    return {one.__name__: partial(one, language=language) for one in named} | {
        "day_said": lambda day: day.words(language)
    }


def _asked(request: Request, names: Sequence[str]) -> dict[str, str]:
    """What the address narrows the list by, as given."""
    return {name: value for name in names if (value := request.query_params.get(name, ""))}


def _figure_asked(request: Request, ways: Sequence[str]) -> tuple[str, bool]:
    """By what the figure puts its rows together, and whether it draws all."""
    by, figure = request.query_params.get("by") or ways[0], request.query_params.get("figure", "")
    problems = []
    if by not in ways:
        problems.append(Problem("by", f"there is no {by!r}.", f"Possible: {', '.join(ways)}."))
    if figure not in ("", "all"):
        problems.append(Problem("figure", f"there is no {figure!r}.", "Write all, or leave it out."))
    if problems:
        raise BadRecord(problems)
    return by, figure == "all"


def _drawn(links: Links, figure: Gantt) -> tuple[str, str]:
    return gantt_svg.draw_parts(figure, links.language, links.to)


def _twins(links: Links, path: str, asked: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((form.upper(), links.to(f"{path}.{form}", **asked)) for form in ("csv", "json"))


# missions


def _missions(request: Request) -> tuple[Moment, tuple[listed.MissionRow, ...], dict[str, str]]:
    asked = _asked(request, listed.GIVEN)
    moment = moment_of(request)
    rows = listed.mission_rows(desk_of(request), moment, language_of(request))
    return moment, listed.chosen(rows, listed.wanted(asked)), asked


@router.get("/missions")
def missions(request: Request) -> Response:
    """The register of missions of the United Nations, with their Gantt."""
    moment, rows, asked = _missions(request)
    by, whole = _figure_asked(request, listed.BY)
    links = Links(request, moment)
    figure = _mission_gantt(request)
    names, plot = _drawn(links, figure)
    table = [
        {
            "row": row,
            "mission": fold(row.short),
            "type": MISSION_TYPES.index(row.type),
            "place": fold(row.place),
            "begun": row.begun,
            "ended": row.ended,
            "lead": row.lead,
            "until": row.until,
            "cases": row.cases,
        }
        for row in rows
    ]
    shown, wanted, down = sorted_rows(request, table, _MISSION_COLUMNS, "until" if _expiring(asked) else "place")
    everything = listed.mission_rows(desk_of(request), moment, links.language)
    counted = {one: sum(row.standing == one for row in everything) for one in STANDINGS}
    drawn = sum(len(row.bars) for row in figure.rows)
    return page(
        request,
        "missions.html",
        moment,
        rows=[one["row"] for one in shown],
        all_count=len(everything),
        unrecorded=sum(
            row.standing != "ended" and (row.mandate is None or row.days_left is None) for row in everything
        ),
        counted=counted,
        sort=wanted,
        down=down,
        asked_for=dict.fromkeys(listed.GIVEN, "") | asked,
        narrowed=bool(asked),
        by=by,
        whole=whole,
        names=names,
        plot=plot,
        drawn=drawn,
        figure_asked=asked | ({"by": by} if by != "country" else {}) | ({"figure": "all"} if whole else {}),
        types=MISSION_TYPES,
        standings=STANDINGS,
        regions=tuple(REGIONS),
        twins=_twins(links, "/missions", asked),
        **_words(links.language),
    )


def _expiring(asked: Mapping[str, str]) -> bool:
    return "expires_within" in asked


@router.get("/missions.json")
def missions_json(request: Request) -> Response:
    """The register of missions as JSON, narrowed like the page."""
    return as_json([records.mission_row_record(row) for row in _missions(request)[1]])


@router.get("/missions.csv")
def missions_csv(request: Request) -> Response:
    """The register of missions as CSV, narrowed like the page."""
    return as_csv([records.mission_row_record(row) for row in _missions(request)[1]], "missions")


def _mission_gantt(request: Request) -> Gantt:
    moment, rows, _ = _missions(request)
    by, whole = _figure_asked(request, listed.BY)
    record = listed.record_at(desk_of(request), moment)
    return listed.mission_gantt(rows, record, by, whole=whole, language=language_of(request))


@router.get("/missions/gantt.svg")
def missions_svg(request: Request) -> Response:
    """The Gantt of missions by itself."""
    return Response(gantt_svg.draw(_mission_gantt(request), language_of(request)), media_type="image/svg+xml")


@router.get("/missions/gantt.json")
def missions_gantt_json(request: Request) -> Response:
    """The data behind the Gantt of missions."""
    return as_json(records.gantt_record(_mission_gantt(request)))


@router.get("/missions/gantt.csv")
def missions_gantt_csv(request: Request) -> Response:
    """The data behind the Gantt of missions, one row a piece of a bar or a mark."""
    return as_csv(gantt_rows(_mission_gantt(request)), "missions-gantt")


@router.get("/missions/{mission}.json")
def mission_json(request: Request, mission: Id) -> Response:
    """One mission as JSON."""
    return as_json(records.mission_view_record(mission_view(desk_of(request), mission, moment_of(request))))


@router.get("/missions/{mission}.csv")
def mission_csv(request: Request, mission: Id) -> Response:
    """The decisions about a mission as CSV."""
    view = mission_view(desk_of(request), mission, moment_of(request))
    return as_csv(records.cycle_rows(view), f"{mission}-decisions")


@router.get("/missions/{mission}/tasks.csv")
def mission_tasks(request: Request, mission: Id) -> Response:
    """The tasks of a mission over time as CSV."""
    view = mission_view(desk_of(request), mission, moment_of(request))
    return as_csv(records.task_rows(view.tasks), f"{mission}-tasks")


@router.get("/missions/{mission}/strip.svg")
def mission_strip(request: Request, mission: Id) -> Response:
    """The strip of a mission by itself."""
    language = language_of(request)
    view = mission_view(desk_of(request), mission, moment_of(request), language)
    return Response(timeline_svg.draw(view.figure, language), media_type="image/svg+xml")


@router.get("/missions/{mission}")
def mission_page(request: Request, mission: Id) -> Response:
    """One mission."""
    moment, desk = moment_of(request), desk_of(request)
    links = Links(request, moment)
    view = mission_view(desk, mission, moment, links.language)
    names, plot = timeline_svg.draw_parts(view.figure, links.language, lambda key: links.to(f"/facts/{key}"))
    return page(
        request,
        "mission.html",
        moment,
        view=view,
        row=view.row,
        lead_rules=_LEAD_RULES,
        names=names,
        # Its marks are links: a group of them, which "img" may not be.
        plot=plot.replace('role="img"', 'role="group"', 1),
        beside=others.operations_beside(desk, view.row, moment, links.language),
        twins=_twins(links, f"/missions/{view.row.id}", {}),
        **_words(links.language),
    )


# operations of others


def _operations(request: Request) -> tuple[Moment, list[others.OperationRow], dict[str, str]]:
    asked = _asked(request, others.GIVEN)
    moment = moment_of(request)
    rows = others.operation_rows(desk_of(request), moment, language_of(request))
    sought = others.sought(asked)
    return moment, [row for row in rows if sought.holds(row)], asked


@router.get("/operations")
def operations(request: Request) -> Response:
    """The register of operations of others, with their Gantt."""
    moment, rows, asked = _operations(request)
    by, whole = _figure_asked(request, others.BY)
    links = Links(request, moment)
    figure = _operation_gantt(request)
    names, plot = _drawn(links, figure)
    table = [
        {
            "row": row,
            "operation": fold(row.short),
            "lead": fold(row.lead),
            "place": fold(row.place),
            "begun": row.begun,
            "ended": row.ended,
            "authority": fold(row.said),
            "consent": row.agreed,
            "cases": row.cases,
        }
        for row in rows
    ]
    shown, wanted, down = sorted_rows(request, table, _OPERATION_COLUMNS, "place")
    everything = others.operation_rows(desk_of(request), moment, links.language)
    return page(
        request,
        "operations.html",
        moment,
        rows=[one["row"] for one in shown],
        all_count=len(everything),
        counted={one: sum(row.standing == one for row in everything) for one in STANDINGS},
        sort=wanted,
        down=down,
        asked_for=dict.fromkeys(others.GIVEN, "") | asked,
        narrowed=bool(asked),
        by=by,
        whole=whole,
        names=names,
        plot=plot,
        drawn=sum(len(row.bars) for row in figure.rows),
        figure_asked=asked | ({"by": by} if by != "country" else {}) | ({"figure": "all"} if whole else {}),
        leads=LEAD_TYPES,
        standings=STANDINGS,
        regions=tuple(REGIONS),
        grounds=tuple(GROUNDS),
        consents=others.CONSENTS,
        twins=_twins(links, "/operations", asked),
        **_words(links.language),
    )


@router.get("/operations.json")
def operations_json(request: Request) -> Response:
    """The register of operations as JSON, narrowed like the page."""
    return as_json([records.operation_row_record(row) for row in _operations(request)[1]])


@router.get("/operations.csv")
def operations_csv(request: Request) -> Response:
    """The register of operations as CSV, narrowed like the page."""
    return as_csv([records.operation_row_record(row) for row in _operations(request)[1]], "operations")


def _operation_gantt(request: Request) -> Gantt:
    moment, rows, _ = _operations(request)
    by, whole = _figure_asked(request, others.BY)
    record = listed.record_at(desk_of(request), moment)
    return others.operation_gantt(rows, record, by, whole=whole, language=language_of(request))


@router.get("/operations/gantt.svg")
def operations_svg(request: Request) -> Response:
    """The Gantt of operations by itself."""
    return Response(gantt_svg.draw(_operation_gantt(request), language_of(request)), media_type="image/svg+xml")


@router.get("/operations/gantt.json")
def operations_gantt_json(request: Request) -> Response:
    """The data behind the Gantt of operations."""
    return as_json(records.gantt_record(_operation_gantt(request)))


@router.get("/operations/gantt.csv")
def operations_gantt_csv(request: Request) -> Response:
    """The data behind the Gantt of operations, one row a piece of a bar or a mark."""
    return as_csv(gantt_rows(_operation_gantt(request)), "operations-gantt")


@router.get("/operations/{operation}.json")
def operation_json(request: Request, operation: Id) -> Response:
    """One operation as JSON."""
    view = others.operation_view(desk_of(request), operation, moment_of(request))
    return as_json(records.operation_view_record(view))


@router.get("/operations/{operation}.csv")
def operation_csv(request: Request, operation: Id) -> Response:
    """The facts about an operation as CSV."""
    view = others.operation_view(desk_of(request), operation, moment_of(request))
    return as_csv(records.operation_fact_rows(view), operation)


@router.get("/operations/{operation}")
def operation_page(request: Request, operation: Id) -> Response:
    """One operation of others."""
    moment = moment_of(request)
    links = Links(request, moment)
    view = others.operation_view(desk_of(request), operation, moment, links.language)
    return page(
        request,
        "operation.html",
        moment,
        view=view,
        row=view.row,
        twins=_twins(links, f"/operations/{view.row.id}", {}),
        **_words(links.language),
    )
