"""The pages of rulebooks: article by article and rule by rule, with what each comes to over all cases.

A reader may set readings of their own in the address, `?reading=NAME=VALUE`, and sees which cases flip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request, Response

from goodoffices.briefs.force_strip import draw_strip
from goodoffices.casebook.actors import actors
from goodoffices.core.findings import Reference
from goodoffices.desk.records import rulebook_record
from goodoffices.desk.rule_records import book_record, book_table, rule_record, ruled_record, shelf_table
from goodoffices.desk.ruling import ArticleRow, RuleView, book_view, rule_view, shelf, years_of
from goodoffices.desk.views import Moment
from goodoffices.norms.rules import Rule, Rulebook
from goodoffices.norms.ruletext import Pen, reading_words
from goodoffices.web.language import language_of, message, say
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page, sorted_rows

router = APIRouter()
BookId = Annotated[str, Path(max_length=60)]
RuleId = Annotated[str, Path(max_length=120)]
_COLUMNS = ("title", "day_zero", "state", "counted_day")
_FORCES = {
    "treaty": message("treaty"),
    "rules": message("rules or decisions"),
    "declaration": message("declaration"),
    "policy": message("policy"),
    "practice": message("practice"),
}


def _given(request: Request) -> list[str]:
    return [one for one in request.query_params.getlist("reading") if one.strip()]


def _with(links: Links, readings: Mapping[str, str]) -> Callable[[str], str]:
    """Links to other pages of rules, which keep the reader's own readings."""
    asked = urlencode([("reading", f"{name}={value}") for name, value in readings.items()])

    def to(path: str) -> str:
        place, mark, fragment = links.to(path).partition("#")
        return place + (("&" if "?" in place else "?") + asked if asked else "") + mark + fragment

    return to


def _names(language: str) -> Callable[[str], str]:
    def name(key: str) -> str:
        found = actors().get(key)
        return key if found is None else found.name_fr if language == "fr" else found.name

    return name


def _words(book: Rulebook, language: str) -> dict[str, Any]:
    """The functions by which the templates of rules word what they show."""
    titles = {one.id: one.title_fr for one in book.instruments}

    def article(one: Reference) -> str:
        if language != "fr" or one.instrument not in titles:
            return one.words
        return f"{titles[one.instrument]}, {one.article}" if one.article else titles[one.instrument]

    return {
        "article_words": article,
        "rule_title": lambda rule: dict(rule.titles).get(language) or rule.title,
        "rule_text": lambda rule: dict(rule.texts).get(language) or rule.text,
        "case_title": lambda one: one.title_fr if language == "fr" else one.title,
        "said": lambda one: one.words_fr if language == "fr" else one.words,
        "in_force": lambda span: span.words(language),
        "reading_title": lambda one: dict(one.titles).get(language) or one.title,
        "reading_said": lambda one, value: reading_words(one, value, language),
    }


def _strips(book: Rulebook, rows: Iterable[ArticleRow], moment: Moment, language: str) -> list[str]:
    """The strip of time of each article; empty where no rule rests on it."""
    first, last = years_of(book, moment)
    alt = message("In force: %(spans)s")
    drawn = []
    for row in rows:
        said = say(alt, language, spans="; ".join(one.words(language) for one in row.spans))
        drawn.append(draw_strip(row.spans, first, last, moment.as_of, said) if row.spans else "")
    return drawn


@router.get("/rulebooks")
def rulebooks(request: Request) -> Response:
    """The shelf."""
    moment = moment_of(request)
    links = Links(request, moment)
    twins = (("CSV", links.to("/rulebooks.csv")), ("JSON", links.to("/rulebooks.json")))
    return page(request, "rulebooks.html", moment, shelf=shelf(), twins=twins)


@router.get("/rulebooks.json")
def rulebooks_json(request: Request) -> Response:
    """All rulebooks as JSON."""
    return as_json([rulebook_record(book) for book in desk_of(request).rules()])


@router.get("/rulebooks.csv")
def rulebooks_csv(request: Request) -> Response:
    """The shelf as CSV."""
    del request
    return as_csv(shelf_table(), "rulebooks")


@router.get("/rulebooks/{book}/rules/{rule}.json")
def rule_json(request: Request, book: BookId, rule: RuleId) -> Response:
    """One rule over all cases, as JSON."""
    moment = moment_of(request)
    return as_json(rule_record(_rule(request, book, rule, moment), moment))


@router.get("/rulebooks/{book}/rules/{rule}.csv")
def rule_csv(request: Request, book: BookId, rule: RuleId) -> Response:
    """What one rule comes to, as CSV, one row a case."""
    view = _rule(request, book, rule, moment_of(request))
    return as_csv([ruled_record(one) for one in view.cases], view.row.rule.id)


def _rule(request: Request, book: str, rule: str, moment: Moment) -> RuleView:
    desk, language = desk_of(request), language_of(request)
    pen = Pen(desk.rules(book)[0], language, _names(language))
    return rule_view(desk, moment, book, rule, pen, _given(request))


@router.get("/rulebooks/{book}/rules/{rule}")
def rule_page(request: Request, book: BookId, rule: RuleId) -> Response:
    """One rule: its text, its conditions in words, and what it comes to in every case."""
    moment, language = moment_of(request), language_of(request)
    view = _rule(request, book, rule, moment)
    links = Links(request, moment)
    found = view.row.rule
    first, last = years_of(view.book, moment)
    alt = say(message("In force: %(spans)s"), language, spans=found.in_force.words(language))
    asking = [one for one in view.cases if not one.quiet]
    rows, wanted, down = sorted_rows(request, asking, _COLUMNS, "day_zero", True)
    to = _with(links, view.readings)
    return page(
        request,
        "rule.html",
        moment,
        view=view,
        book=view.book,
        rule=found,
        rows=rows,
        quiet=[one for one in view.cases if one.quiet],
        sort=wanted,
        down=down,
        strip=draw_strip((found.in_force,), first, last, moment.as_of, alt),
        ways=_beside(view.book, found),
        readings=view.readings,
        parameters=view.parameters,
        flips=view.flips,
        to=to,
        twins=tuple((form.upper(), to(f"/rulebooks/{book}/rules/{found.id}.{form}")) for form in ("csv", "json")),
        **_words(view.book, language),
    )


def _beside(book: Rulebook, rule: Rule) -> tuple[Rule | None, Rule | None]:
    place = book.rules.index(rule)
    return book.rules[place - 1] if place else None, book.rules[place + 1] if place + 1 < len(book.rules) else None


@router.get("/rulebooks/{book}.json")
def rulebook_json(request: Request, book: BookId) -> Response:
    """One rulebook over all cases, as JSON."""
    moment = moment_of(request)
    return as_json(book_record(book_view(desk_of(request), moment, book, _given(request)), moment))


@router.get("/rulebooks/{book}.csv")
def rulebook_csv(request: Request, book: BookId) -> Response:
    """One rulebook as CSV, one row a rule."""
    return as_csv(book_table(book_view(desk_of(request), moment_of(request), book, _given(request))), book)


@router.get("/rulebooks/{book}")
def rulebook(request: Request, book: BookId) -> Response:
    """One rulebook, article by article."""
    moment, language = moment_of(request), language_of(request)
    view = book_view(desk_of(request), moment, book, _given(request))
    links = Links(request, moment)
    to = _with(links, view.readings)
    strips = _strips(view.book, view.articles, moment, language)
    return page(
        request,
        "rulebook.html",
        moment,
        view=view,
        book=view.book,
        articles=list(zip(view.articles, strips, strict=True)),
        verified=sum(row.reference.verified for row in view.articles),
        forces={name: say(text, language) for name, text in _FORCES.items()},
        readings=view.readings,
        parameters=view.book.parameters,
        flips=view.flips,
        to=to,
        twins=(("CSV", to(f"/rulebooks/{book}.csv")), ("JSON", to(f"/rulebooks/{book}.json"))),
        **_words(view.book, language),
    )
