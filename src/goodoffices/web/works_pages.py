"""How it works: who authorises, who takes part, what happened, what it is like today; and the glossary."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from goodoffices.briefs.authorisation import CONSENT, SORTS
from goodoffices.briefs.chain_svg import draw_chains
from goodoffices.briefs.network import EDGES
from goodoffices.briefs.network import SORTS as ACTOR_SORTS
from goodoffices.briefs.network_svg import draw_network
from goodoffices.briefs.timeline_svg import draw_parts
from goodoffices.casebook.actors import actors
from goodoffices.desk.involvement import Involvement, countries, involvement
from goodoffices.desk.involvement_records import country_record, edge_records, involvement_record, noted
from goodoffices.desk.terms import glossary, term_record
from goodoffices.web.language import language_of, message, say
from goodoffices.web.rendering import Links, as_csv, as_json, desk_of, moment_of, page, sorted_rows

router = APIRouter()
CountryId = Annotated[str, Path(max_length=120)]
_COLUMNS = ("name", "cases", "missions", "operations", "consents", "surveys", "gaps", "facts")


@router.get("/how-it-works")
def works(request: Request) -> Response:
    """The four questions in general, and the countries the record can answer them for."""
    moment = moment_of(request)
    links = Links(request, moment)
    rows, wanted, down = sorted_rows(request, countries(desk_of(request), moment), _COLUMNS, "name")
    twins = (("CSV", links.to("/how-it-works.csv")), ("JSON", links.to("/how-it-works.json")))
    return page(request, "works.html", moment, rows=rows, sort=wanted, down=down, twins=twins)


@router.get("/how-it-works.json")
def works_json(request: Request) -> Response:
    """The countries as JSON."""
    return as_json([country_record(row) for row in countries(desk_of(request), moment_of(request))])


@router.get("/how-it-works.csv")
def works_csv(request: Request) -> Response:
    """The countries as CSV."""
    return as_csv([country_record(row) for row in countries(desk_of(request), moment_of(request))], "countries")


@router.get("/how-it-works/{country}.json")
def country_json(request: Request, country: CountryId) -> Response:
    """A country's four questions as JSON."""
    language = language_of(request)
    return as_json(involvement_record(_view(request, country), language))


@router.get("/how-it-works/{country}.csv")
def country_csv(request: Request, country: CountryId) -> Response:
    """The edges of a country's network on the day as CSV: the table behind the figure."""
    found = _view(request, country)
    return as_csv(edge_records(found.network, language_of(request)), f"{found.id}-network")


@router.get("/how-it-works/{country}/network.svg")
def network_svg(request: Request, country: CountryId) -> Response:
    """The network of a day by itself."""
    found, language = _view(request, country), language_of(request)
    drawn = draw_network(found.network, language, title=_title(message("Who stands with whom"), found, language))
    return Response(drawn, media_type="image/svg+xml")


@router.get("/how-it-works/{country}/authorisation.svg")
def chain_svg(request: Request, country: CountryId) -> Response:
    """The chains of authorisation by themselves."""
    found, language = _view(request, country), language_of(request)
    title = _title(message("Who asked, who decided, who acted"), found, language)
    drawn = draw_chains(found.chains, actors(), found.name, language, title=title)
    return Response(drawn, media_type="image/svg+xml")


def _view(request: Request, country: str) -> Involvement:
    return involvement(desk_of(request), country, moment_of(request), language_of(request))


def _title(text: str, found: Involvement, language: str) -> str:
    return f"{say(text, language)}{' :' if language == 'fr' else ':'} {found.name}"


@router.get("/how-it-works/{country}")
def country_page(request: Request, country: CountryId) -> Response:
    """The guided page of a country."""
    found, language = _view(request, country), language_of(request)
    moment = found.moment
    links = Links(request, moment)

    def fact(key: str) -> str:
        return links.to(f"/facts/{key}")

    names, plot = draw_parts(found.timeline, language, fact)
    sources, numbers = noted(found.shown)
    place = f"/how-it-works/{found.id}"
    return page(
        request,
        "works_country.html",
        moment,
        view=found,
        chain=draw_chains(
            found.chains,
            actors(),
            found.name,
            language,
            fact,
            _title(message("Who asked, who decided, who acted"), found, language),
        ),
        network=draw_network(found.network, language, fact, _title(message("Who stands with whom"), found, language)),
        names=names,
        plot=plot.replace('role="img"', 'role="group"', 1),  # its marks are links: a group, which "img" may not be
        sources=sources,
        numbers=numbers,
        key_days=tuple((day, one.said(language)) for day, one in found.days),
        twins=(("CSV", links.to(f"{place}.csv")), ("JSON", links.to(f"{place}.json"))),
        place=place,
        when=lambda span: span.words(language),
        **_words(language),
    )


def _words(language: str) -> dict[str, Any]:
    """What the closed lists of the figures are called in a language."""
    chosen = int(language == "fr")
    return {
        "sorts": {key: words[chosen] for key, words in SORTS.items()},
        "actor_sorts": {key: words[chosen] for key, words in ACTOR_SORTS.items()},
        "consent_words": {key: words[chosen] for key, words in CONSENT.items()},
        "edge_words": {key: words[chosen] for key, words in EDGES.items()},
    }


@router.get("/glossary")
def glossary_page(request: Request) -> Response:
    """The terms of the field, under their letters."""
    moment = moment_of(request)
    links = Links(request, moment)
    views = glossary(desk_of(request), moment, language_of(request))
    letters: dict[str, list[Any]] = {}
    for view in views:
        letters.setdefault(view.letter, []).append(view)
    twins = (("CSV", links.to("/glossary.csv")), ("JSON", links.to("/glossary.json")))
    return page(
        request, "glossary.html", moment, letters=letters, count=len(views), books=desk_of(request).rules(), twins=twins
    )


@router.get("/glossary.json")
def glossary_json(request: Request) -> Response:
    """The glossary as JSON."""
    views = glossary(desk_of(request), moment_of(request), language_of(request))
    return as_json([term_record(view) for view in views])


@router.get("/glossary.csv")
def glossary_csv(request: Request) -> Response:
    """The glossary as CSV."""
    views = glossary(desk_of(request), moment_of(request), language_of(request))
    return as_csv([term_record(view) for view in views], "glossary")
