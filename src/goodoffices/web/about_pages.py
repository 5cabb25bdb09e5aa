"""What the record rests on: sources, method, limits."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from goodoffices.core.errors import NoAnswer
from goodoffices.desk.method import method, method_record, method_rows
from goodoffices.desk.source_list import SourceList, SourceRow, chosen, source_list, source_list_record, source_record
from goodoffices.desk.unknowns import limits, limits_record, limits_rows
from goodoffices.web.language import message
from goodoffices.web.paging import paged
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page, sorted_rows

router = APIRouter()
_COLUMNS = ("title", "publisher", "published", "host", "facts", "alone", "cases")
_SHOWN = 100
_HOSTS = 20
# The words of claims, as the table of tolerances calls them.
WORDS = {
    "about": message("about, around"),
    "just_over": message("just over"),
    "more_than": message("more than"),
    "nearly": message("nearly"),
    "within": message("within, at most"),
    "within_about": message("within about"),
    "at_least": message("at least"),
    "fewer_than": message("fewer than"),
}


def _sources(request: Request) -> tuple[SourceList, list[SourceRow], str, bool]:
    """The list, and the rows the address asks for in the order it asks for. NoAnswer for a host nothing is from."""
    given = request.query_params
    found = source_list(desk_of(request), moment_of(request))
    host = given.get("host")
    if host is not None and host not in {one.name for one in found.hosts}:
        raise NoAnswer(f"no source is from the host {host!r}.")
    reverse = given.get("sort", "facts") in ("facts", "alone", "cases")
    rows, wanted, down = sorted_rows(request, chosen(found.rows, given.get("q", ""), host), _COLUMNS, "facts", reverse)
    return found, rows, wanted, down


@router.get("/sources")
def sources_page(request: Request) -> Response:
    """All sources, as a table."""
    moment, given = moment_of(request), request.query_params
    found, rows, wanted, down = _sources(request)
    links = Links(request, moment)
    kept = {name: given[name] for name in ("q", "host", "sort", "order") if given.get(name)}
    twins = (("CSV", links.to("/sources.csv", **kept)), ("JSON", links.to("/sources.json", **kept)))
    return page(
        request,
        "sources.html",
        moment,
        found=found,
        chosen=len(rows),
        shown=paged(request, rows, _SHOWN),
        sort=wanted,
        down=down,
        text=given.get("q", ""),
        host=given.get("host"),
        most_hosts=_HOSTS,
        kept=kept,
        twins=twins,
    )


@router.get("/sources.json")
def sources_json(request: Request) -> Response:
    """The sources as JSON."""
    found, rows, _, _ = _sources(request)
    return as_json(source_list_record(found, rows))


@router.get("/sources.csv")
def sources_csv(request: Request) -> Response:
    """The sources as CSV, one row a source."""
    _, rows, _, _ = _sources(request)
    return as_csv([source_record(row) | {"cited": [one.subject for one in row.cited]} for row in rows], "sources")


@router.get("/method")
def method_page(request: Request) -> Response:
    """How the record is made."""
    moment = moment_of(request)
    links = Links(request, moment)
    twins = (("CSV", links.to("/method.csv")), ("JSON", links.to("/method.json")))
    found = method(desk_of(request), moment)
    return page(request, "method.html", moment, found=found, claim_words=WORDS, twins=twins)


@router.get("/method.json")
def method_json(request: Request) -> Response:
    """The figures of the method as JSON."""
    return as_json(method_record(method(desk_of(request), moment_of(request))))


@router.get("/method.csv")
def method_csv(request: Request) -> Response:
    """The figures of the method as CSV."""
    return as_csv(method_rows(method(desk_of(request), moment_of(request))), "method")


@router.get("/limits")
def limits_page(request: Request) -> Response:
    """What the record does not know, and what the program cannot do."""
    moment = moment_of(request)
    links = Links(request, moment)
    twins = (("CSV", links.to("/limits.csv")), ("JSON", links.to("/limits.json")))
    return page(request, "limits.html", moment, found=limits(desk_of(request), moment), twins=twins)


@router.get("/limits.json")
def limits_json(request: Request) -> Response:
    """The limits as JSON."""
    return as_json(limits_record(limits(desk_of(request), moment_of(request))))


@router.get("/limits.csv")
def limits_csv(request: Request) -> Response:
    """What is blank, not known or not verified, as CSV."""
    rows: list[dict[str, Any]] = limits_rows(limits(desk_of(request), moment_of(request)))
    return as_csv(rows, "limits")
