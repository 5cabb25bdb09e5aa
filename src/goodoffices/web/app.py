"""The web application: pages over a desk, readable without script, under a strict content policy.

Invariant: every answer carries the policy headers, an unknown host name is refused, and no page shows a trace.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from goodoffices.core.errors import BadRecord, Broken, NoAnswer
from goodoffices.desk.desk import Desk
from goodoffices.web import pages, record_pages, rule_pages
from goodoffices.web.rendering import problem_page

STATIC: Final = Path(__file__).parent / "static"
LOCAL_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]", "testserver")
POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A brief as a page carries its own style sheet inside, so that it can be sent on as one file.
BRIEF_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create(desk: Desk, hosts: Sequence[str] = ()) -> FastAPI:
    """The application over a desk. `hosts` are further names it answers to; only the machine's own by default."""
    app = FastAPI(title="Good Offices", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk

    @app.middleware("http")
    async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if request.url.path.startswith("/static/"):
            response.headers["Cache-Control"] = (
                "public, max-age=31536000, immutable" if request.url.query else "no-cache"
            )
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    app.add_middleware(GZipMiddleware, minimum_size=600)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL_HOSTS, *hosts], www_redirect=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for rooms in (pages, rule_pages, record_pages):
        app.include_router(rooms.router)
    _errors(app)
    return app


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
        said = "There is no page at this address." if fault.status_code == 404 else str(fault.detail)  # not found
        return problem_page(
            request, fault.status_code, "No such page" if fault.status_code == 404 else "This cannot be done", said
        )

    @app.exception_handler(Exception)
    def _fault_of_ours(request: Request, _fault: Exception) -> Response:
        return problem_page(
            request, 500, "A fault of ours", "The page could not be made. The record is not touched by this."
        )
