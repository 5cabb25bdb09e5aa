"""First steps: a tour of two minutes, each step an address, and the sandbox to play in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from goodoffices.briefs.compose import state_sentence
from goodoffices.core.errors import NoAnswer
from goodoffices.desk.sandbox import COUNTRY, Sandbox
from goodoffices.web.apart import ROOT
from goodoffices.web.language import message
from goodoffices.web.posted import Posted, may_write, posted, writes
from goodoffices.web.rendering import Links, desk_of, moment_of, page

router = APIRouter()
CASE: Final = "mali-2021"
RULE: Final = "au.suspend"
DAY: Final = "2021-06-15"
THEN: Final = "2021-05-26"
# The picture of each step, and its name.
STEPS: Final = (
    ("case", message("A case on one page")),
    ("why", message("Why, down to the source")),
    ("then", message("What was known then")),
    ("compare", message("Cases side by side")),
    ("claims", message("Claims that are computed")),
    ("brief", message("A brief, and a case of your own")),
)


_LONGEST: Final = 60  # letters that a line of the picture holds


def _steps() -> tuple[tuple[int, str, str], ...]:
    return tuple((number, picture, name) for number, (picture, name) in enumerate(STEPS, 1))


@router.get("/tour")
def tour(request: Request) -> Response:
    """What the tour shows, and how long it takes."""
    return page(request, "tour.html", steps=_steps(), step=None, here=_here(request))


@router.get("/tour/{number}")
def step(request: Request, number: Annotated[str, Path(max_length=8)]) -> Response:
    """One step of the tour."""
    found = next((one for one in _steps() if str(one[0]) == number), None)
    if found is None:
        raise NoAnswer(f"the tour has {len(STEPS)} steps, and no step {number!r}.")
    moment = moment_of(request)
    links = Links(request, moment)
    clocks = {"as_of": DAY, "known_at": DAY}
    places = {
        "case": links.to(f"/cases/{CASE}", **clocks),
        "why": links.to(f"/cases/{CASE}/why/{RULE}", **clocks),
        "then": links.to(f"/cases/{CASE}", as_of=DAY, known_at=THEN),
        "compare": links.to("/compare", case=CASE) + "&case=chad-2021",
        "claims": links.to("/claims"),
        "brief": links.to(f"/cases/{CASE}/brief.html", **clocks),
    }
    here = _here(request)
    drawn = _reasons(request, links.language) if here and found[1] == "why" else ()
    values: dict[str, Any] = {"place": places[found[1]], "here": here, "drawn": drawn}
    return page(request, "tour.html", moment, steps=_steps(), step=found, **values)


def _reasons(request: Request, language: str) -> tuple[str, ...]:
    """What the picture of the reasons says, from the record: a finding, its article, a fact under it, its source."""
    desk, day = desk_of(request), date.fromisoformat(DAY)
    finding, snapshot = desk.why(CASE, RULE, desk.moment(day, day))
    fact = next((one for key in reversed(finding.facts) if (one := snapshot.find(key)) and one.subject == CASE), None)
    if fact is None or not finding.references:
        return ()
    colon = " : " if language == "fr" else ": "
    said = finding.said(language) + colon + state_sentence(finding, "", language)
    return tuple(
        _short(one) for one in (said, finding.references[0].words, fact.said(language), fact.citations[0].source.title)
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip(" ,.:;") + "…"


def _here(request: Request) -> bool:
    """Whether the record has the case that the tour goes through."""
    return CASE in desk_of(request).case_ids()


def _sandbox(request: Request) -> Sandbox:
    found: Sandbox = request.app.state.sandbox
    return found


@router.get("/sandbox")
def sandbox(request: Request) -> Response:
    """What the sandbox is, and the button that makes it."""
    there = _sandbox(request).desk()
    cases = tuple(there.cases(there.moment())) if there else ()
    values: dict[str, Any] = {"there": there is not None, "cases": cases, "country": COUNTRY, "root": ROOT}
    answer = page(request, "sandbox.html", writes=writes(request), **values)
    answer.headers["Cache-Control"] = "no-store"  # it tells of another record than the one the page is kept by
    return answer


@router.post("/sandbox", dependencies=[Depends(may_write)])
def make_sandbox(request: Request, _given: Annotated[Posted, Depends(posted)]) -> Response:
    """Make the sandbox, or make it anew."""
    case = _sandbox(request).make()
    links = Links(request, moment_of(request))
    return RedirectResponse(ROOT + links.to(f"/cases/{case}/record"), 303)
