"""The same answers for programs: routes under /api/v1, and the page that describes them.

Invariant: every answer and every refusal under /api/v1 is JSON; a refusal has one shape (see `refusal`). Whatever an
answer depends on is in its ETag: the end of the chain, the moment, the clearance, the address, and what is installed.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.types import Receive, Scope, Send

from goodoffices.casebook.edition import edition
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.desk.answering import Listed
from goodoffices.desk.desk import Desk
from goodoffices.desk.views import Moment
from goodoffices.rulebooks.shelf import rulebooks
from goodoffices.web.api_document import JSON, document
from goodoffices.web.api_operations import BASE, VERSION, Operation, operations
from goodoffices.web.api_parameters import BadQuestion, Fault, read_question
from goodoffices.web.api_reference import host_of, sheets
from goodoffices.web.language import language_of
from goodoffices.web.rendering import as_json, desk_of, moment_of, page

router = APIRouter()
_READ: Final = "GET, HEAD"
_KEPT: Final = {"Cache-Control": "no-cache", "Vary": "Accept"}
_Make = Callable[[Desk, Moment, Mapping[str, Any]], Any]


# answers


def respond(request: Request, asked: Operation | None, make: _Make) -> Response:
    """The answer of an operation, 304 where the program has it already, or a refusal."""
    try:
        if not _takes_json(request.headers.get("accept", "")):
            return refusal(406, "answers are JSON, and no JSON is accepted.", "Accept", f"Accept: {JSON}.")
        question = read_question(asked.asked if asked else (), request.query_params.multi_items())
        desk = desk_of(request)
        moment = _moment(desk, question)
        before = tag(request, desk, moment)
        if before in _tags(request):
            return Response(status_code=304, headers={"ETag": before} | _KEPT)
        value = make(desk, moment, question | dict(request.path_params))
        if isinstance(value, Listed):
            value = _page(request, value, question, desk)
        same = tag(request, desk, moment) == before
        if same and "*" in _tags(request):
            return Response(status_code=304, headers={"ETag": before} | _KEPT)
        answer = as_json(value)
        # Somebody wrote meanwhile: the answer is right, but nobody can say which end of the chain it stands for.
        answer.headers.update(_KEPT | ({"ETag": before} if same else {}) | _links(value))
        return answer
    except BadQuestion as fault:
        return refused(400, fault.faults)
    except BadRecord as fault:
        return refused(400, [Fault(one.where.removeprefix("--"), one.found, one.remedy) for one in fault.problems])
    except NoAnswer as fault:
        return _nothing(request, asked, fault)


def _moment(desk: Desk, question: Mapping[str, Any]) -> Moment:
    both = question.get("then")
    as_of, known_at = both or question.get("as_of"), both or question.get("known_at")
    return desk.moment(as_of if isinstance(as_of, date) else None, known_at if isinstance(known_at, date) else None)


def _page(request: Request, listed: Listed, question: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    """A part of a list, with the address of the part that follows."""
    limit, offset, total = question["limit"], question["offset"], len(listed.items)
    following = None
    if offset + limit < total:
        kept = [(name, text) for name, text in request.query_params.multi_items() if name not in ("limit", "offset")]
        asked = urlencode([*kept, ("limit", limit), ("offset", offset + limit)])
        following = f"{request.scope['path']}?{asked}"
    counted = {"total": total, "limit": limit, "offset": offset, "next": following, "head": desk.head().printed}
    return {
        **listed.about,
        **counted,
        "items": [listed.record(one) for one in listed.items[offset : offset + limit]],
    }


def _links(value: Any) -> dict[str, str]:
    following = value.get("next") if isinstance(value, dict) else None
    described = f'<{BASE}/openapi.json>; rel="service-desc"'
    return {"Link": f'<{following}>; rel="next", {described}' if isinstance(following, str) else described}


def tag(request: Request, desk: Desk, moment: Moment) -> str:
    """The ETag of an answer: the same as long as everything is that the answer depends on, over restarts too."""
    packed = "gzip" in request.headers.get("accept-encoding", "")  # packed or not are two forms, so two tags
    days = (moment.as_of, moment.known_at, moment.today)
    parts = [desk.head().hash, *(one.isoformat() for one in days), desk.clearance.words, *installed()]
    parts += [request.scope["path"], request.url.query, "gzip" if packed else ""]
    return f'"{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}"'


@functools.lru_cache(maxsize=1)
def installed() -> tuple[str, ...]:
    """What an answer depends on beside the ledger: the program, its rulebooks, its casebook."""
    books = (f"{one.id} {one.version}" for one in rulebooks())
    described = hashlib.sha256(json.dumps(document()).encode()).hexdigest()
    return (importlib.metadata.version("goodoffices"), described, *books, edition().version)


def _tags(request: Request) -> tuple[str, ...]:
    """The tags of answers that the program has; compared weakly, as is the rule for reading."""
    given = request.headers.get("if-none-match", "")
    return tuple(one.strip().removeprefix("W/") for one in given.split(","))


def _takes_json(accept: str) -> bool:
    """Whether an Accept header lets JSON through: the closest range decides, and q=0 refuses."""
    best, taken = -1, not accept.strip()
    for one in accept.split(","):
        kind, *given = (part.strip().lower() for part in one.split(";"))
        rank = {"*/*": 0, "application/*": 1, JSON: 2}.get(kind, -1)
        if rank > best:
            best, taken = rank, not any(re.fullmatch(r"q\s*=\s*0(\.0*)?", part) for part in given)
    return taken


# refusals


def refusal(status: int, error: str, where: str = "", expected: str = "", nearest: Sequence[str] = ()) -> Response:
    """A refusal, in the one shape there is."""
    told = {"error": error, "where": where, "expected": expected, "nearest": list(nearest)}
    answer = as_json(told, status)
    answer.headers.update(_KEPT | ({"Allow": _READ} if status == 405 else {}))
    return answer


def refused(status: int, faults: Sequence[Fault]) -> Response:
    """A refusal that says everything that is wrong."""
    return refusal(
        status,
        " ".join(f"{one.where}: {one.found}" for one in faults),
        ", ".join(dict.fromkeys(one.where for one in faults)),
        " ".join(dict.fromkeys(one.expected for one in faults if one.expected)),
        tuple(dict.fromkeys(near for one in faults for near in one.nearest)),
    )


def _nothing(request: Request, asked: Operation | None, fault: NoAnswer) -> Response:
    """The record has nothing of this name: which part of the address is wrong, and where the right ones are listed."""
    said = str(fault).partition(" Nearest: ")[0].partition(" `goodoffices ")[0]
    parts = asked.parts if asked else ()
    named = [one for one in parts if repr(request.path_params.get(one.name)) in said]
    part = next(iter((*named, *parts)), None)
    near = fault.nearest
    if part is not None and part.name == "case":  # a case that nobody knew of yet is not proposed
        desk = desk_of(request)
        question = read_question(asked.asked if asked else (), request.query_params.multi_items())
        known = {row.id for row in desk.cases(_moment(desk, question))}
        near = tuple(one for one in near if one in known)
    expected = f"One that {part.listed} lists." if part is not None and part.listed else ""
    return refusal(404, said, part.name if part else "", expected, near)


# routes


def _route(operation: Operation) -> None:
    def answer(request: Request) -> Response:
        return respond(request, operation, operation.answer)

    answer.__doc__ = operation.summary
    router.add_api_route(operation.address, answer, name=operation.id, include_in_schema=False)


@router.get(BASE)
def index(request: Request) -> Response:
    """What there is to ask."""
    listed = [{"id": one.id, "address": one.address, "says": one.summary} for one in operations()]
    about = {"version": VERSION, "document": f"{BASE}/openapi.json", "reference": "/api"}
    return respond(
        request, None, lambda desk, _moment, _asked: about | {"head": desk.head().printed, "operations": listed}
    )


@router.get(f"{BASE}/openapi.json")
def openapi(request: Request) -> Response:
    """The interface as an OpenAPI document."""
    return respond(request, None, lambda _desk, _moment, _asked: dict(document()))


for _one in operations():
    _route(_one)


def _elsewhere(request: Request) -> Response:
    """Any other address, and any method but reading: a refusal in the same shape."""
    path = request.scope["path"]
    addresses = [BASE, f"{BASE}/openapi.json", *(one.address for one in operations())]
    if any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", one.replace(".", r"\.")), path) for one in addresses):
        return refusal(405, f"{request.method} is not answered here.", "method", f"{_READ}: nothing is written here.")
    near = get_close_matches(path, addresses, 3, 0.5)
    return refusal(404, "there is nothing at this address.", "address", f"One that {BASE} lists.", near)


class _Elsewhere:
    """Stands behind all routes, whatever the method: a function would be given a list of methods."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _elsewhere(Request(scope))(scope, receive, send)


@router.get("/api")
def reference(request: Request) -> Response:
    """The interface described for people, with answers made now."""
    moment = moment_of(request)
    shown = request.query_params.get("answer", "")
    groups = sheets(desk_of(request), host_of(request), language_of(request), shown)
    twins = (("OpenAPI", f"{BASE}/openapi.json"),)
    return page(request, "api.html", moment, groups=groups, shown=shown, twins=twins)


router.add_route(BASE, _Elsewhere(), include_in_schema=False)  # type: ignore[arg-type]
router.add_route(f"{BASE}/{{rest:path}}", _Elsewhere(), include_in_schema=False)  # type: ignore[arg-type]
