"""The pages of search: over facts, cases, rules, articles, missions and people."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from goodoffices.desk.searching import (
    PAGE,
    everything_found,
    examples,
    find_record,
    found_record,
    search,
    suggest,
    titled_record,
)
from goodoffices.web.language import language_of
from goodoffices.web.paging import asked_page
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page

router = APIRouter()


def _asked(request: Request) -> tuple[str, str, int]:
    """What is asked, of which kind, and which page of it."""
    given = request.query_params
    return given.get("q", ""), given.get("kind", ""), asked_page(request)


@router.get("/search")
def search_page(request: Request) -> Response:
    """What is found, sort by sort, with what was looked for marked."""
    moment, desk, language = moment_of(request), desk_of(request), language_of(request)
    asked, kind, number = _asked(request)
    found = search(desk, asked, moment, language, kind, number)
    links = Links(request, moment)
    more = {"q": asked} | ({"kind": kind} if kind else {})
    numbered = {"page": str(number)} if number > 1 else {}
    twins = (("CSV", links.to("/search.csv", **more)), ("JSON", links.to("/search.json", **more, **numbered)))
    return page(
        request,
        "search.html",
        moment,
        asked=asked,
        found=found,
        page_size=PAGE,
        proposed=examples(desk, moment) if not found.total else (),
        twins=twins if found.total else (),
    )


@router.get("/search.json")
def search_json(request: Request) -> Response:
    """The same page as JSON."""
    moment = moment_of(request)
    asked, kind, number = _asked(request)
    found = search(desk_of(request), asked, moment, language_of(request), kind, number)
    return as_json(found_record(found, moment))


@router.get("/search.csv")
def search_csv(request: Request) -> Response:
    """Everything that is found as CSV, one row a find."""
    asked, kind, _ = _asked(request)
    finds = everything_found(desk_of(request), asked, moment_of(request), language_of(request), kind)
    return as_csv([find_record(find) | {"stands_in": [one.field for one in find.also]} for find in finds], "search")


@router.get("/search/suggest")
def suggest_fragment(request: Request) -> Response:
    """The best few finds while a question is typed: a part of a page."""
    moment = moment_of(request)
    asked, _, _ = _asked(request)
    finds = suggest(desk_of(request), asked, moment, language_of(request))
    return page(request, "search_suggest.html", moment, asked=asked, finds=finds)


@router.get("/search/suggest.json")
def suggest_json(request: Request) -> Response:
    """The best few finds as JSON."""
    asked, _, _ = _asked(request)
    finds = suggest(desk_of(request), asked, moment_of(request), language_of(request))
    return as_json({"asked": asked, "results": [titled_record(find) for find in finds]})
