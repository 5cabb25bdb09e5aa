"""The web application: pages over a desk, readable without script, under a strict content policy.

Invariant: no page shows a trace; what is wrong is said in a sentence. guard.py holds host names and policy headers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles

from goodoffices.core.errors import BadRecord, Broken, NoAnswer, NotAllowed
from goodoffices.desk.desk import Desk
from goodoffices.desk.sandbox import Sandbox
from goodoffices.web import (
    about_pages,
    advice_pages,
    api,
    case_pages,
    changed_pages,
    claim_pages,
    compare_pages,
    home_pages,
    mission_pages,
    pages,
    plan_pages,
    record_pages,
    rule_pages,
    search_pages,
    tour_pages,
    works_pages,
    writing_pages,
)
from goodoffices.web.apart import ROOT, Apart
from goodoffices.web.form_words import label, refused
from goodoffices.web.guard import LOCAL_HOSTS, Guard
from goodoffices.web.kept import Kept
from goodoffices.web.language import language_of, message
from goodoffices.web.rendering import problem_page

STATIC: Final = Path(__file__).parent / "static"

# Every page belongs to one of these.
ROOMS: Final = (
    *(home_pages, pages, compare_pages, case_pages, rule_pages, mission_pages, claim_pages, works_pages, record_pages),
    *(advice_pages, plan_pages, search_pages, about_pages, api, writing_pages, changed_pages, tour_pages),
)


def create(desk: Desk, hosts: Sequence[str] = (), write: bool | None = None) -> Guard:
    """The application over a desk, and beside it the one over its sandbox.

    `hosts` are further names it answers to; only the machine's own by default. `write`: whether facts may be recorded
    by page; by default where it answers to no further name.
    """
    writes = not set(hosts) - set(LOCAL_HOSTS) if write is None else write
    sandbox = Sandbox(desk)
    app = _over(desk, writes)
    app.state.sandbox = sandbox

    def over_sandbox(apart: Desk) -> Kept:
        return Kept(_over(apart, writes, ROOT), apart)

    return Guard(Apart(Kept(app, desk), sandbox, over_sandbox), (*LOCAL_HOSTS, *hosts))


def _over(desk: Desk, writes: bool, root: str = "") -> FastAPI:
    """The pages over one desk, all their addresses under `root`."""
    app = FastAPI(title="Good Offices", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk, app.state.writes, app.state.root = desk, writes, root
    app.add_middleware(GZipMiddleware, minimum_size=600)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for rooms in ROOMS:
        if not root or rooms is not tour_pages:  # one does not get into the sandbox from within
            app.include_router(rooms.router)
    _errors(app)
    return app


def _errors(app: FastAPI) -> None:
    @app.exception_handler(NoAnswer)
    def _no_answer(request: Request, fault: NoAnswer) -> Response:
        return problem_page(request, 404, message("Not in the record"), str(fault), fault.nearest)

    @app.exception_handler(BadRecord)
    def _bad_record(request: Request, fault: BadRecord) -> Response:
        return problem_page(request, 400, message("This cannot be asked"), *_said(fault, language_of(request)))

    @app.exception_handler(NotAllowed)
    def _not_allowed(request: Request, fault: NotAllowed) -> Response:
        return problem_page(request, 403, message("This cannot be done"), str(fault))

    @app.exception_handler(RequestValidationError)
    def _bad_request(request: Request, fault: RequestValidationError) -> Response:
        said = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in fault.errors())
        return problem_page(request, 400, message("This cannot be asked"), f"{said}.")

    @app.exception_handler(Broken)
    def _broken(request: Request, fault: Broken) -> Response:
        return problem_page(request, 503, message("The record cannot be read"), str(fault))

    @app.exception_handler(HTTPException)
    def _not_found(request: Request, fault: HTTPException) -> Response:
        missing = fault.status_code == 404
        said = "There is no page at this address." if missing else f"{fault.detail}."
        return problem_page(
            request, fault.status_code, message("No such page") if missing else message("This cannot be done"), said
        )

    @app.exception_handler(Exception)
    def _fault_of_ours(request: Request, _fault: Exception) -> Response:
        return _our_fault(request)


def _our_fault(request: Request) -> Response:
    """A fault of the program: the page says so, and the log has what happened. Plain where no page can be made."""
    said = "The page could not be made. The record is not touched by this."
    try:
        return problem_page(request, 500, message("A fault of ours"), said)
    except Exception:  # whatever broke the page may break this one, too
        return PlainTextResponse(f"{said}\n", 500)


def _said(fault: BadRecord, language: str) -> tuple[str, Sequence[str], str]:
    """What is wrong, the nearest (none), and the language it is said in: French where all of it has a French text."""
    told = [(one, *refused(one.found, one.remedy, language)) for one in fault.problems]
    if language == "fr" and all(spoken == "fr" for _, _, spoken in told):
        return " ".join(f"{label(one.where, 'fr')}\u00a0: {text}" for one, text, _ in told), (), "fr"
    return " ".join(str(one) for one in fault.problems), (), "en"
