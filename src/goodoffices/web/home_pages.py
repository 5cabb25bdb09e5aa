"""The first page; the table of cases with what it can be searched by; and the cases as figures: by year, in Africa, in
the world; each with its data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from goodoffices.briefs.tally import (
    StateCount,
    Year,
    by_state,
    by_year,
    kind_name,
    outcome_name,
    state_records,
    year_records,
)
from goodoffices.briefs.tile_grid import TILES, draw_tiles, scale
from goodoffices.briefs.world_map import draw_world, off_the_map
from goodoffices.briefs.yearly_svg import draw_years, outcome_key, year_legend
from goodoffices.core.names import fold
from goodoffices.desk.almanac import Almanac, almanac, almanac_record, read_within
from goodoffices.desk.case_choice import NAMES, Choice, chosen, offers, read_choice
from goodoffices.desk.case_list import CaseList, Line, case_list, records
from goodoffices.desk.since import changed_since
from goodoffices.desk.views import Moment
from goodoffices.web.changed_pages import seen_number
from goodoffices.web.language import language_of
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page, sorted_rows

router = APIRouter()
_COLUMNS: Final = ("day", "title", "category", "leader", "au", "region", "council", "mission", "facts")
_SHOWN: Final = 12  # of what became known lately
_SPANS: Final = (30, 90, 365)
_SVG: Final = "image/svg+xml"


@router.get("/", include_in_schema=False)
def home(request: Request) -> Response:
    """The first page."""
    moment = moment_of(request)
    within = read_within(request.query_params.get("within", ""))
    found = almanac(desk_of(request), moment)
    links = Links(request, moment)
    asked = {} if within is None else {"within": str(within)}
    number = seen_number(request)
    return page(
        request,
        "home.html",
        moment,
        found=found,
        ahead=found.within(within, moment),
        within=within,
        since=None if number is None else changed_since(desk_of(request), number, moment, judged=0),
        spans=_SPANS,
        lately=found.lately[:_SHOWN],
        more=max(len(found.lately) - _SHOWN, 0),
        titles={line.row.id: found.title(line.row.id, links.language) for line in found.listed.lines},
        example=_longest(found),
        states=len({line.row.iso3 for line in found.listed.lines}),
        first_year=min((line.year for line in found.listed.lines if line.year), default=None),
        **_words(links.language),
        twins=(("JSON", links.to("/home.json", **asked)),),
    )


def _words(language: str) -> dict[str, Any]:
    """What kinds of change and outcomes are called."""
    return {
        "case_kind": partial(kind_name, language=language),
        "case_outcome": partial(outcome_name, language=language),
    }


def _longest(found: Almanac) -> Line | None:
    """The case told at most length: the one to follow for somebody who is new."""
    return max(found.listed.lines, key=lambda line: (line.row.facts, line.row.id), default=None)


@router.get("/home.json")
def home_json(request: Request) -> Response:
    """The first page as JSON."""
    moment = moment_of(request)
    within = read_within(request.query_params.get("within", ""))
    return as_json(almanac_record(almanac(desk_of(request), moment), moment, within))


@router.get("/cases")
def cases(request: Request) -> Response:
    """The cases, as a table that can be searched, under three figures."""
    if any(request.query_params.get(name) == "" for name in NAMES):
        # A form sends its empty fields, too. The address to keep has none.
        kept = [(name, value) for name, value in request.query_params.multi_items() if value or name not in NAMES]
        return RedirectResponse("/cases" + (f"?{urlencode(kept)}" if kept else ""), 307)
    moment, found, choice = _asked(request)
    lines = chosen(found, choice)
    links = Links(request, moment)
    language = links.language
    rows, wanted, down = sorted_rows(request, [_row(line, language) for line in lines], _COLUMNS, "day", True)
    marked = {line.row.id for line in lines} if choice.asked else None
    years, counts = _years(found, moment, language), _counts(found, language)
    return page(
        request,
        "cases.html",
        moment,
        found=found,
        choice=choice,
        offers=offers(found, choice, language),
        rows=rows,
        sort=wanted,
        down=down,
        order_kept={name: request.query_params[name] for name in ("sort", "order") if request.query_params.get(name)},
        years=years,
        yearly=draw_years(years, language, _to(links), marked),
        letters=year_legend(years, language),
        outcomes=outcome_key(years, language),
        tiles=draw_tiles(counts, found.states, language, _to(links), marked),
        africa=[one for one in counts if one.state.iso3 in TILES],
        scale=scale(language),
        states=len(counts),
        **_words(language),
        twins=tuple((name, links.to(f"/cases.{name.lower()}", **choice.asked)) for name in ("CSV", "JSON")),
    )


def _asked(request: Request) -> tuple[Moment, CaseList, Choice]:
    """The moment, all cases at it, and which of them the address asks for."""
    moment = moment_of(request)
    found = case_list(desk_of(request), moment)
    return moment, found, read_choice(request.query_params, found)


def _row(line: Line, language: str) -> dict[str, Any]:
    """A line with what it is sorted by: words without their accents, days as days."""
    said, zero = line.said(language), line.details.zero
    title = said.title_fr if language == "fr" else said.title
    row = {name: fold(str(getattr(said, name))) for name in _COLUMNS}
    day = zero.shown.isoformat() if zero is not None and line.year else ""
    return row | {"line": line, "said": said, "shown": title, "title": fold(title), "facts": said.facts, "day": day}


def _to(links: Links) -> Callable[[Mapping[str, str]], str]:
    """Addresses of the table for those who click in a figure: exactly the cases that are counted there."""
    return lambda asked: links.to("/cases#table", **asked)


def _years(found: CaseList, moment: Moment, language: str) -> tuple[Year, ...]:
    """The years up to the day looked at, or to what was known, whichever ends first."""
    return by_year(found.occurrences(language), min(moment.as_of, moment.known_at).year)


def _counts(found: CaseList, language: str, within: Collection[str] | None = None) -> tuple[StateCount, ...]:
    counts = by_state(found.occurrences(language), found.states)
    return tuple(one for one in counts if within is None or one.state.iso3 in within)


@router.get("/cases.json")
def cases_json(request: Request) -> Response:
    """The cases that are asked for, as JSON."""
    _, found, choice = _asked(request)
    return as_json(records(chosen(found, choice)))


@router.get("/cases.csv")
def cases_csv(request: Request) -> Response:
    """The cases that are asked for, as CSV."""
    _, found, choice = _asked(request)
    return as_csv(records(chosen(found, choice)), "cases")


def _listed(request: Request) -> tuple[Moment, CaseList, str]:
    moment = moment_of(request)
    return moment, case_list(desk_of(request), moment), language_of(request)


@router.get("/cases/yearly.svg")
def yearly_svg(request: Request) -> Response:
    """Changes of government by year, as a figure by itself."""
    moment, found, language = _listed(request)
    return Response(draw_years(_years(found, moment, language), language), media_type=_SVG)


@router.get("/cases/yearly.json")
def yearly_json(request: Request) -> Response:
    """The table behind the figure by year."""
    moment, found, _ = _listed(request)
    return as_json(year_records(_years(found, moment, "en")))


@router.get("/cases/yearly.csv")
def yearly_csv(request: Request) -> Response:
    """The table behind the figure by year, as CSV."""
    moment, found, _ = _listed(request)
    return as_csv(year_records(_years(found, moment, "en")), "cases-by-year")


@router.get("/cases/africa.svg")
def africa_svg(request: Request) -> Response:
    """Africa as a grid of states, as a figure by itself."""
    _, found, language = _listed(request)
    return Response(draw_tiles(_counts(found, language), found.states, language), media_type=_SVG)


@router.get("/cases/africa.json")
def africa_json(request: Request) -> Response:
    """The table behind the grid."""
    _, found, language = _listed(request)
    return as_json(state_records(_counts(found, language, TILES)))


@router.get("/cases/africa.csv")
def africa_csv(request: Request) -> Response:
    """The table behind the grid, as CSV."""
    _, found, language = _listed(request)
    return as_csv(state_records(_counts(found, language, TILES)), "cases-in-africa")


@router.get("/cases/map")
def world_page(request: Request) -> Response:
    """The world as a map, on a page of its own: its outlines are heavy, and the table need not wait for them."""
    moment, found, choice = _asked(request)
    links = Links(request, moment)
    language = links.language
    counts = _counts(found, language)
    marked = {line.row.id for line in chosen(found, choice)} if choice.asked else None
    return page(
        request,
        "cases_map.html",
        moment,
        found=found,
        counts=counts,
        drawn=draw_world(counts, language, _to(links), marked),
        missing=off_the_map(counts),
        scale=scale(language),
        twins=tuple((name, links.to(f"/cases/map.{name.lower()}")) for name in ("CSV", "JSON", "SVG")),
    )


@router.get("/cases/map.svg")
def world_svg(request: Request) -> Response:
    """The map as a figure by itself."""
    _, found, language = _listed(request)
    return Response(draw_world(_counts(found, language), language), media_type=_SVG)


@router.get("/cases/map.json")
def world_json(request: Request) -> Response:
    """The table behind the map."""
    _, found, language = _listed(request)
    return as_json(state_records(_counts(found, language)))


@router.get("/cases/map.csv")
def world_csv(request: Request) -> Response:
    """The table behind the map, as CSV."""
    _, found, language = _listed(request)
    return as_csv(state_records(_counts(found, language)), "cases-by-state")
