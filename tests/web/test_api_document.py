"""The OpenAPI document: it stands, says all that is answered and nothing else, and never takes anything back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient

from goodoffices.web.api_document import answer_shape, document
from goodoffices.web.api_operations import Operation, operations
from goodoffices.web.api_reference import example_address
from web.test_api import API, address, more, names

PROMISED = Path(__file__).parent / "api_v1.json"
SHAPES: dict[str, Any] = document()["components"]["schemas"]
FULL = [
    *(more(address(one), "limit=1000") if one.lists else address(one) for one in operations()),
    *(example_address(one) for one in operations()),
    f"{API}/cases/chad-2021?then=2021-06-15",
    f"{API}/cases/mali-2021?known_at=2000-01-01",
    f"{API}/cases/gabon-2023/findings?limit=1000&then=2023-09-15",
    f"{API}/cases/niger-2023/turned?from=2023-07-25&to=2023-09-01",
    f"{API}/changes?from=2000-01-01&limit=1000",
    f"{API}/compare?case=mali-2021&case=niger-2023&case=tunisia-2021",
    f"{API}/claims/SC024?known_at=2023-01-01",
    *(f"{API}/patterns/{name}" for name in ("lags", "categories", "category-5", "council", "alignment")),
]


def of(where: str) -> Operation:
    """The operation that answers an address."""
    path = urlsplit(where).path.split("/")
    for one in operations():
        form = one.address.split("/")
        if len(form) == len(path) and all(a == b or a.startswith("{") for a, b in zip(form, path, strict=True)):
            return one
    raise AssertionError(where)


def resolved(shape: Any) -> Any:
    while "$ref" in shape:
        shape = SHAPES[shape["$ref"].rpartition("/")[2]]
    return shape


def keys_of(shape: Any) -> tuple[dict[str, Any], Any]:
    """The keys a shape names, with those of all it is made of; and what any other key holds."""
    shape = resolved(shape)
    found, other = dict(shape.get("properties", {})), shape.get("additionalProperties")
    for part in (*shape.get("allOf", ()), *shape.get("anyOf", ())):
        more_keys, more_other = keys_of(part)
        found |= more_keys
        other = other or more_other
    return found, other


def unnamed(value: Any, shape: Any, at: str = "") -> Iterator[str]:
    """Keys of an answer that no shape names."""
    if isinstance(value, dict):
        known, other = keys_of(shape)
        for name, one in value.items():
            if name in known:
                yield from unnamed(one, known[name], f"{at}.{name}")
            elif other:
                yield from unnamed(one, other, f"{at}.*")
            else:
                yield f"{at}.{name}"
    elif isinstance(value, list):
        shape = resolved(shape)
        inner = shape.get("items") or next((one["items"] for one in shape.get("anyOf", ()) if "items" in one), {})
        for one in value:
            yield from unnamed(one, inner, f"{at}[]")


@pytest.mark.parametrize("where", FULL)
def test_an_answer_is_what_the_document_says(reader: TestClient, where: str) -> None:
    answer = reader.get(where)
    assert answer.status_code == 200
    shape = answer_shape(of(where))
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape, "components": {"schemas": SHAPES}}
    errors = [f"{error.instance_path}: {error.message}" for error in jsonschema_rs.iter_errors(whole, answer.json())]
    assert errors == []
    assert sorted(set(unnamed(answer.json(), shape))) == [], "write these keys into desk/shapes.py"


def test_a_wrong_answer_would_show() -> None:
    """The check of the test itself: a missing key, an unknown one, and a word out of the list."""
    shape = {"$ref": "#/components/schemas/NoRule"}
    whole = {**shape, "components": {"schemas": SHAPES}}
    right = {"rulebook": "a", "title": "", "body": "", "says": "", "searched": []}
    assert not list(jsonschema_rs.iter_errors(whole, right))
    assert list(jsonschema_rs.iter_errors(whole, {name: right[name] for name in right if name != "says"}))
    assert list(unnamed(right | {"new": 1}, shape)) == [".new"]


def test_the_document_stands(reader: TestClient) -> None:
    answer = reader.get(f"{API}/openapi.json")
    assert answer.headers["content-type"].startswith("application/json")
    found = answer.json()
    assert found == json.loads(json.dumps(document()))
    assert found["openapi"].startswith("3.1")
    ids = [one["get"]["operationId"] for one in found["paths"].values()]
    assert len(ids) == len(set(ids)) == len(operations()) + 2
    assert len(answer.content) < 200_000


def refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for one in value.values():
            yield from refs(one)
    elif isinstance(value, list):
        for one in value:
            yield from refs(one)


def test_every_reference_leads_somewhere_and_every_component_is_used() -> None:
    there: dict[str, Any] = {
        f"#/components/{sort}/{name}": one
        for sort, listed in document()["components"].items()
        for name, one in listed.items()
    }
    asked = set(refs(document()))
    assert asked <= there.keys()
    assert there.keys() - asked - {"#/components/schemas/Problem"} == set()


@pytest.mark.parametrize("operation", operations(), ids=names)
def test_parameters_are_described_whole(operation: Operation) -> None:
    written = document()["paths"][operation.address]["get"]
    described = [
        document()["components"]["parameters"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for one in written["parameters"]
    ]
    assert [one["name"] for one in described] == [one.name for one in operation.parameters]
    for one in described:
        assert one["description"].endswith((".", "?"))
        assert jsonschema_rs.is_valid(one["schema"], one["example"]), one["name"]
        item = one["schema"].get("items", one["schema"])
        assert {"enum", "pattern", "minimum"} & set(item) or item["type"] == "boolean", f"{one['name']} has no bounds"
    assert {"200", "304", "400", "404", "405", "406", "503"} == set(written["responses"])
    in_braces = {part[1:-1] for part in operation.address.split("/") if part.startswith("{")}
    assert in_braces == {one["name"] for one in described if one["in"] == "path"}


# what version 1 promises


def promise() -> dict[str, Any]:
    """What a program may rely on: addresses with their parameters, shapes with the keys that are always there."""
    return {
        "operations": {one.address: sorted(given.name for given in one.parameters) for one in operations()},
        "shapes": {name: sorted(keys_of(shape)[0]) for name, shape in SHAPES.items()},
    }


def test_nothing_that_was_promised_is_taken_back() -> None:
    promised, now = json.loads(PROMISED.read_text(encoding="utf-8")), promise()
    for sort, listed in promised.items():
        for name, parts in listed.items():
            assert set(parts) <= set(now[sort].get(name, ())), f"{sort}: {name} lost something"


def test_everything_there_is_is_promised() -> None:
    promised, now = json.loads(PROMISED.read_text(encoding="utf-8")), promise()
    assert now == promised, "something was added: run .venv/bin/python -m web.test_api_document in tests/"


if __name__ == "__main__":  # writes down what was added; what is gone stays written, and fails
    before = json.loads(PROMISED.read_text(encoding="utf-8")) if PROMISED.exists() else {"operations": {}, "shapes": {}}
    for kind, names_now in promise().items():
        for called, had in names_now.items():
            before[kind][called] = sorted({*before[kind].get(called, ()), *had})
    PROMISED.write_text(json.dumps(before, indent=1, sort_keys=True) + "\n", encoding="utf-8")
