"""The pages of rulebooks: article by article, with what is verified and what each reading is set to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from goodoffices.desk.records import rulebook_record
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page

router = APIRouter()
BookId = Annotated[str, Path(max_length=60)]


@router.get("/rulebooks")
def rulebooks(request: Request) -> Response:
    """The shelf."""
    moment = moment_of(request)
    return page(
        request,
        "rulebooks.html",
        moment,
        books=desk_of(request).rules(),
        twins=(("JSON", Links(request, moment).to("/rulebooks.json")),),
    )


@router.get("/rulebooks.json")
def rulebooks_json(request: Request) -> Response:
    """All rulebooks as JSON."""
    return as_json([rulebook_record(book) for book in desk_of(request).rules()])


@router.get("/rulebooks/{book}.json")
def rulebook_json(request: Request, book: BookId) -> Response:
    """One rulebook as JSON."""
    return as_json(rulebook_record(desk_of(request).rules(book)[0]))


@router.get("/rulebooks/{book}.csv")
def rulebook_csv(request: Request, book: BookId) -> Response:
    """One rulebook as CSV, one row a rule."""
    rules = rulebook_record(desk_of(request).rules(book)[0])["rules"]
    return as_csv([rule | {"articles": [one["article"] for one in rule["articles"]]} for rule in rules], book)


@router.get("/rulebooks/{book}")
def rulebook(request: Request, book: BookId) -> Response:
    """One rulebook."""
    moment = moment_of(request)
    found = desk_of(request).rules(book)[0]
    links = Links(request, moment)
    articles = {one.words: one for rule in found.rules for one in rule.references}
    return page(
        request,
        "rulebook.html",
        moment,
        book=found,
        articles=list(articles.values()),
        twins=(("CSV", links.to(f"/rulebooks/{book}.csv")), ("JSON", links.to(f"/rulebooks/{book}.json"))),
    )
