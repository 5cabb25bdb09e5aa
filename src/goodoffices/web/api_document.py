"""The OpenAPI 3.1 document of the interface for programs, made from the table of its operations.

Invariant: nothing is said here that the table or the shapes do not say.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from goodoffices.desk.shapes import Shape, also, many, ref, thing
from goodoffices.desk.shapes_compared import SHAPES
from goodoffices.web.api_operations import BASE, VERSION, Operation, operations
from goodoffices.web.api_parameters import Parameter

JSON: Final = "application/json"
_ABOUT: Final = (
    "The record of unconstitutional changes of government, and what follows from it, for programs: the same answers as "
    "the pages and the commands give. Every question is asked under two clocks: `as_of`, the day it is about, and "
    "`known_at`, the day of knowledge; what became known later is in no answer. Answers are JSON. Keys are only ever "
    "added: pass over those you do not know. A finding is ours, never an organ's determination; null and `unknown` say "
    "that the record does not know. Nothing is written through this interface."
)
_REFUSALS: Final = {
    400: "The question cannot be asked so: an unknown parameter, a value out of bounds, a day that is none.",
    404: "The record has nothing of this name, or had not by the day of knowledge.",
    405: "Only GET and HEAD are answered.",
    406: "Answers are JSON, and the program takes none.",
    503: "The record cannot be read.",
}
_ETAG: Final = {
    "description": "Stands for exactly this answer. Send it back as If-None-Match, and get 304 where nothing changed.",
    "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}"$'},
}


@functools.lru_cache(maxsize=1)
def document() -> Mapping[str, Any]:
    """The document. Made once: what may be asked for depends on what is installed, not on what is recorded."""
    listed = operations()
    shared = _shared(listed)
    paths: dict[str, Any] = {BASE: {"get": _index_operation()}}
    paths |= {one.address: {"get": _operation(one, shared)} for one in listed}
    paths[f"{BASE}/openapi.json"] = {"get": _document_operation()}
    groups = list(dict.fromkeys(one.group for one in listed))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Good Offices",
            "version": VERSION,
            "summary": "A sourced, twice-dated record, and what follows from it under the rules.",
            "description": _ABOUT,
            "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "The machine that serves this document."}],
        "tags": [{"name": group} for group in groups],
        "paths": paths,
        "components": {
            "schemas": dict(SHAPES) | {_list_name(one): _list_shape(one) for one in listed if one.lists},
            "parameters": {name: json.loads(said) for said, name in shared.items()},
            "responses": _refusals() | {"NotModified": {"description": "Nothing changed.", "headers": _headers()}},
            "headers": {"ETag": _ETAG},
        },
    }


def _list_name(operation: Operation) -> str:
    return "".join(word.capitalize() for word in operation.id.split("-")) + "List"


def _list_shape(operation: Operation) -> Shape:
    items = thing("The items of this part.", items=many(ref(operation.shape)))
    return also(operation.summary, ref("Page"), *(ref(name) for name in operation.around), items)


def answer_shape(operation: Operation) -> Shape:
    """What an operation answers, by name."""
    return ref(_list_name(operation) if operation.lists else operation.shape)


def _operation(one: Operation, shared: Mapping[str, str]) -> dict[str, Any]:
    return {
        "operationId": one.id,
        "tags": [one.group],
        "summary": one.summary,
        "description": one.says,
        "parameters": [
            {"$ref": f"#/components/parameters/{shared[_same(said)]}"} if _same(said) in shared else said
            for said in map(_parameter, one.parameters)
        ],
        "responses": _responses(one.summary, answer_shape(one), 400, 404, 406),
    }


def _responses(says: str, shape: Shape, *refusals: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "200": {"description": f"{says}.", "headers": _headers(), "content": {JSON: {"schema": shape}}},
        "304": {"$ref": "#/components/responses/NotModified"},
    }
    found |= {str(status): {"$ref": f"#/components/responses/Refused{status}"} for status in (*refusals, 405, 503)}
    return found


def _headers() -> dict[str, Any]:
    return {"ETag": {"$ref": "#/components/headers/ETag"}}


def _refusals() -> dict[str, Any]:
    return {
        f"Refused{status}": {"description": says, "content": {JSON: {"schema": ref("Problem")}}}
        for status, says in _REFUSALS.items()
    }


def _same(said: Mapping[str, Any]) -> str:
    return json.dumps(said, sort_keys=True)


def _shared(listed: Sequence[Operation]) -> dict[str, str]:
    """Parameters that several operations take in the same words, each with the name it has among the components."""
    counted = Counter(_same(_parameter(one)) for operation in listed for one in operation.parameters)
    names: dict[str, str] = {}
    for said in (said for said, times in counted.items() if times > 1):
        name = json.loads(said)["name"]
        taken = sum(other == name or other.startswith(f"{name}-") for other in names.values())
        names[said] = f"{name}-{taken + 1}" if taken else name
    return names


def _parameter(one: Parameter) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": one.name,
        "in": one.place,
        "required": one.required,
        "description": one.says,
        "schema": dict(one.schema),
    }
    if one.many:
        found |= {"style": "form", "explode": True}
    return found | ({} if one.example is None else {"example": one.example})


def _index_operation() -> dict[str, Any]:
    return {
        "operationId": "index",
        "summary": "What there is to ask",
        "description": "The operations with their addresses.",
        "parameters": [],
        "responses": _responses("What there is to ask", ref("Index"), 400, 406),
    }


def _document_operation() -> dict[str, Any]:
    return {
        "operationId": "document",
        "summary": "This document",
        "description": "The interface described, as OpenAPI 3.1.",
        "parameters": [],
        "responses": _responses("The document", {"type": "object"}, 400, 406),
    }
