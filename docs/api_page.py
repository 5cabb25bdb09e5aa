"""The page of the reference on the interface for programs, from its OpenAPI document: api.md."""

from __future__ import annotations

from typing import Any

from goodoffices.web.api_document import document
from goodoffices.web.api_operations import BASE, operations
from goodoffices.web.api_parameters import Parameter

_MOST = 14  # words of a closed list that are written out; longer ones follow from the casebook


def _takes(one: Parameter) -> str:
    schema = one.schema["items"] if one.many else one.schema
    words = schema.get("enum", ())
    if words:
        return ", ".join(f"`{word}`" for word in words) if len(words) <= _MOST else f"a word such as `{words[0]}`"
    if schema["type"] == "boolean":
        return "`true`, `false`"
    if schema["type"] == "integer":
        return f"{schema['minimum']} to {schema['maximum']}; {schema['default']} where it is left out"
    return "a day" if schema.get("format") == "date" else "a text"


def _name(one: Parameter) -> str:
    must = " (must be given)" if one.required and one.place == "query" else ""
    return f"`{one.name}`{must}"


def _keys(shape: dict[str, Any]) -> list[tuple[str, str]]:
    """The keys a shape has, each with what it is."""
    parts = [key for part in shape.get("allOf", ()) for key in _keys(part)]
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return [("", f"all of [{name}](#{name.lower()})")]
    return parts + [(name, _said(one)) for name, one in shape.get("properties", {}).items()]


def _said(shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return _said(shape["anyOf"][0]) + ", or null"
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    says = shape.get("description", "")
    if shape.get("type") == "array" and "$ref" in shape.get("items", {}):
        return f"list of {_said(shape['items'])}" + (f": {says}" if says else "")
    return says


def pages() -> dict[str, str]:
    """api.md."""
    parts = [
        "# The interface for programs",
        f"Made from the OpenAPI document that `goodoffices serve` answers at `{BASE}/openapi.json`. "
        "[Ask from a program](../how-to/ask-from-a-program.md) shows how; the page `/api` shows every answer.",
    ]
    group = ""
    for one in operations():
        if one.group != group:
            group = one.group
            parts.append(f"## {group}")
        rows = [f"| {_name(given)} | {_takes(given)} | {given.says} |" for given in one.parameters]
        kind = f"list of [{one.shape}](#{one.shape.lower()})" if one.lists else f"[{one.shape}](#{one.shape.lower()})"
        around = "".join(f", beside [{name}](#{name.lower()})" for name in one.around)
        table = "| parameter | takes | meaning |\n|---|---|---|\n" + "\n".join(rows) if rows else "No parameters."
        parts.append(f"### GET {one.address}\n\n{one.summary}. {one.says} Answers: {kind}{around}.\n\n{table}")
    parts.append("## Shapes")
    parts.append("Every key is always there unless the document says otherwise. More may come.")
    for name, shape in document()["components"]["schemas"].items():
        if name.endswith("List"):
            continue
        rows = [f"| `{key}` | {said} |" if key else f"| | {said} |" for key, said in _keys(shape)]
        table = "\n\n| key | meaning |\n|---|---|\n" + "\n".join(rows) if rows else ""
        parts.append(f"### {name}\n\n{shape.get('description', '')}{table}")
    return {"api.md": "\n\n".join(parts) + "\n"}
