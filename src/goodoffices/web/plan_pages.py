"""Before it happens: contingency plans for countries with a mission, and exercises to drill them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from goodoffices.advice.language import cited
from goodoffices.advice.planning import Plan
from goodoffices.advice.scenarios import Scenario, looked_at, scenario, scenarios
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.desk.advice_document import plan_document
from goodoffices.desk.advice_records import plan_record
from goodoffices.desk.planning import plan_for, planned_countries
from goodoffices.web.advice_words import item_words
from goodoffices.web.language import language_of
from goodoffices.web.printing import FORMS, printed
from goodoffices.web.rendering import Links, as_json, desk_of, moment_of, page

router = APIRouter()
Country = Annotated[str, Path(max_length=80)]
ScenarioId = Annotated[str, Path(max_length=80)]


def _plan(request: Request, country: str) -> Plan:
    wanted = request.query_params.get("mission", "")
    return plan_for(desk_of(request), country, moment_of(request), wanted, language_of(request))


@router.get("/plans")
def plans(request: Request) -> Response:
    """The countries with a mission on the day: those one plans for first."""
    moment, language = moment_of(request), language_of(request)
    return page(request, "plans.html", moment, rows=planned_countries(desk_of(request), moment, language))


@router.get("/plans/{country}.json")
def plan_json(request: Request, country: Country) -> Response:
    """A plan as JSON."""
    return as_json(plan_record(_plan(request, country)))


@router.get("/plans/{country}.{form}")
def plan_printed(request: Request, country: Country, form: str) -> Response:
    """A plan as a document."""
    return printed(request, lambda made: plan_document(_plan(request, country), made), form, "plan")


@router.get("/plans/{country}")
def plan_page(request: Request, country: Country) -> Response:
    """A contingency plan."""
    found = _plan(request, country)
    moment, language = moment_of(request), language_of(request)
    links = Links(request, moment)
    told = {fact.key: fact for fact in (*found.situation.known, *found.history)}
    return page(
        request,
        "plan.html",
        moment,
        plan=found,
        told=told,
        case="",
        articles=lambda one: cited(one, language),
        **item_words(desk_of(request), language),
        twins=tuple((name.upper(), links.to(f"/plans/{country}.{name}")) for name in (*FORMS, "json")),
    )


@router.get("/drills")
def drills(request: Request) -> Response:
    """The exercises."""
    return page(request, "drills.html", moment_of(request), found=scenarios())


@router.get("/drills/{name}")
def drill(request: Request, name: ScenarioId) -> Response:
    """One exercise, up to the news one has reached."""
    found = scenario(name)
    moment, language = moment_of(request), language_of(request)
    step = _step(request, found)
    return page(
        request,
        "drill.html",
        moment,
        one=found,
        reached=found.injects[:step],
        step=step,
        looked_at=lambda inject: looked_at(inject, language),
    )


def _step(request: Request, found: Scenario) -> int:
    given = request.query_params.get("step", "1")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= len(found.injects) + 1:
        said = f"{given!r} is no step of this exercise."
        raise BadRecord([Problem("step", said, f"Write a number from 1 to {len(found.injects) + 1}.")])
    return int(given)
