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
from starlette.staticfiles import StaticFiles

from goodoffices.core.errors import BadRecord, Broken, NoAnswer
from goodoffices.desk.desk import Desk
from goodoffices.web import pages, record_pages, rule_pages
from goodoffices.web.guard import LOCAL_HOSTS, Guard
from goodoffices.web.rendering import problem_page

STATIC: Final = Path(__file__).parent / "static"


def create(desk: Desk, hosts: Sequence[str] = ()) -> Guard:
    """The application over a desk. `hosts` are further names it answers to; only the machine's own by default."""
    app = FastAPI(title="Good Offices", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.add_middleware(GZipMiddleware, minimum_size=600)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for rooms in (pages, rule_pages, record_pages):
        app.include_router(rooms.router)
    _errors(app)
    return Guard(app, (*LOCAL_HOSTS, *hosts))


def _errors(app: FastAPI) -> None:
    @app.exception_handler(NoAnswer)
    def _no_answer(request: Request, fault: NoAnswer) -> Response:
        return problem_page(request, 404, "Not in the record", str(fault), fault.nearest)

    @app.exception_handler(BadRecord)
    def _bad_record(request: Request, fault: BadRecord) -> Response:
        said = " ".join(str(problem) for problem in fault.problems)
        return problem_page(request, 400, "This cannot be asked", said)

    @app.exception_handler(RequestValidationError)
    def _bad_request(request: Request, fault: RequestValidationError) -> Response:
        said = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in fault.errors())
        return problem_page(request, 400, "This cannot be asked", f"{said}.")

    @app.exception_handler(Broken)
    def _broken(request: Request, fault: Broken) -> Response:
        return problem_page(request, 503, "The record cannot be read", str(fault))

    @app.exception_handler(HTTPException)
    def _not_found(request: Request, fault: HTTPException) -> Response:
        missing = fault.status_code == 404
        said = "There is no page at this address." if missing else f"{fault.detail}."
        return problem_page(request, fault.status_code, "No such page" if missing else "This cannot be done", said)

    @app.exception_handler(Exception)
    def _fault_of_ours(request: Request, _fault: Exception) -> Response:
        return problem_page(
            request, 500, "A fault of ours", "The page could not be made. The record is not touched by this."
        )
