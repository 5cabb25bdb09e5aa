"""Every route there is: it answers, in its own form, under the policy; its head alone; packed where that helps."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Mount, Route

from goodoffices.desk.desk import Desk
from goodoffices.web.api_operations import operations
from goodoffices.web.api_reference import example_address
from goodoffices.web.app import ROOMS
from goodoffices.web.guard import POLICY
from web.conftest import client_of

HTML, JSON, CSV = "text/html; charset=utf-8", "application/json; charset=utf-8", "text/csv; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Route, an address of it, the form of its answer. A route that is missing here fails the first test.
ROUTES = [
    ("/", "/", HTML),
    ("/home.json", "/home.json", JSON),
    ("/cases/yearly.svg", "/cases/yearly.svg", "image/svg+xml"),
    ("/cases/yearly.json", "/cases/yearly.json", JSON),
    ("/cases/yearly.csv", "/cases/yearly.csv", CSV),
    ("/cases/africa.svg", "/cases/africa.svg", "image/svg+xml"),
    ("/cases/africa.json", "/cases/africa.json", JSON),
    ("/cases/africa.csv", "/cases/africa.csv", CSV),
    ("/cases/map", "/cases/map", HTML),
    ("/cases/map.svg", "/cases/map.svg", "image/svg+xml"),
    ("/cases/map.json", "/cases/map.json", JSON),
    ("/cases/map.csv", "/cases/map.csv", CSV),
    ("/new-case", "/new-case", HTML),
    ("/cases/{case}/record", "/cases/mali-2021/record?kind=suspension", HTML),
    ("/cases/{case}/paste", "/cases/mali-2021/paste", HTML),
    ("/cases/{case}/correct/{name}", "/cases/mali-2021/correct/au-suspension", HTML),
    ("/drafts", "/drafts", HTML),
    ("/drafts.json", "/drafts.json", JSON),
    ("/changed", "/changed", HTML),
    ("/changed.json", "/changed.json", JSON),
    ("/changed.csv", "/changed.csv", CSV),
    ("/tour", "/tour", HTML),
    ("/tour/{number}", "/tour/3", HTML),
    ("/sandbox", "/sandbox", HTML),
    ("/cases", "/cases", HTML),
    ("/cases.json", "/cases.json", JSON),
    ("/cases.csv", "/cases.csv", CSV),
    ("/cases/{case}", "/cases/mali-2021", HTML),
    ("/cases/{case}/facts", "/cases/mali-2021/facts", HTML),
    ("/cases/{case}.json", "/cases/mali-2021.json", JSON),
    ("/cases/{case}.csv", "/cases/mali-2021.csv", CSV),
    ("/cases/{case}/timeline.svg", "/cases/mali-2021/timeline.svg", "image/svg+xml"),
    ("/cases/{case}/timeline.json", "/cases/mali-2021/timeline.json", JSON),
    ("/cases/{case}/timeline.csv", "/cases/mali-2021/timeline.csv", CSV),
    ("/cases/{case}/findings.json", "/cases/mali-2021/findings.json", JSON),
    ("/cases/{case}/findings.csv", "/cases/mali-2021/findings.csv", CSV),
    ("/cases/{case}/brief.{form}", "/cases/mali-2021/brief.html", HTML),
    ("/cases/{case}/brief.{form}", "/cases/mali-2021/brief.pdf", "application/pdf"),
    ("/cases/{case}/brief.{form}", "/cases/mali-2021/brief.docx", WORD),
    ("/cases/{case}/why/{rule}", "/cases/chad-2021/why/au.suspend", HTML),
    ("/cases/{case}/advice", "/cases/mali-2021/advice", HTML),
    ("/cases/{case}/advice.json", "/cases/mali-2021/advice.json", JSON),
    ("/cases/{case}/advice.{form}", "/cases/mali-2021/advice.pdf?section=triage&as_of=2021-09-01", "application/pdf"),
    ("/cases/{case}/advice.{form}", "/cases/mali-2021/advice.docx?section=options", WORD),
    ("/cases/{case}/advice.{form}", "/cases/mali-2021/advice.html?section=guidance", HTML),
    ("/cases/{case}/advice/{section}", "/cases/mali-2021/advice/triage?as_of=2021-09-01", HTML),
    ("/cases/{case}/advice/{section}.json", "/cases/mali-2021/advice/guidance.json", JSON),
    ("/cases/{case}/advice/{section}.csv", "/cases/mali-2021/advice/options.csv", CSV),
    ("/plans", "/plans", HTML),
    ("/plans/{country}", "/plans/CAF", HTML),
    ("/plans/{country}.json", "/plans/CAF.json", JSON),
    ("/plans/{country}.{form}", "/plans/CAF.html", HTML),
    ("/plans/{country}.{form}", "/plans/CAF.pdf", "application/pdf"),
    ("/plans/{country}.{form}", "/plans/CAF.docx", WORD),
    ("/drills", "/drills", HTML),
    ("/drills/{name}", "/drills/signing-ceremony?step=2", HTML),
    ("/cases/{case}/why/{rule}.json", "/cases/chad-2021/why/au.suspend.json", JSON),
    ("/facts/{subject}/{name}", "/facts/mali-2021/au-suspension", HTML),
    ("/facts/{subject}/{name}", "/facts/state:MLI/state", HTML),
    ("/facts/{subject}/{name}.json", "/facts/mali-2021/au-suspension.json", JSON),
    ("/facts/{subject}/{name}.json", "/facts/state:MLI/state.json", JSON),
    ("/sources/{case}/{source}", "", HTML),
    ("/sources/{case}/{source}.json", "", JSON),
    ("/compare", "/compare", HTML),
    ("/compare", "/compare?case=mali-2021&case=guinea-2021", HTML),
    ("/compare.json", "/compare.json", JSON),
    ("/compare.csv", "/compare.csv?case=mali-2021&case=guinea-2021", CSV),
    ("/compare/sequences.csv", "/compare/sequences.csv?case=mali-2021&case=guinea-2021", CSV),
    ("/compare/sequences.svg", "/compare/sequences.svg?case=mali-2021&case=guinea-2021", "image/svg+xml"),
    ("/cases/{case}/precedents", "/cases/mali-2021/precedents", HTML),
    ("/cases/{case}/precedents.json", "/cases/mali-2021/precedents.json", JSON),
    ("/cases/{case}/precedents.csv", "/cases/mali-2021/precedents.csv", CSV),
    ("/patterns", "/patterns", HTML),
    ("/patterns.json", "/patterns.json", JSON),
    ("/patterns.csv", "/patterns.csv", CSV),
    ("/patterns/{name}", "/patterns/lags", HTML),
    ("/patterns/{name}.json", "/patterns/lags.json", JSON),
    ("/patterns/{name}.csv", "/patterns/lags.csv", CSV),
    ("/deviations", "/deviations", HTML),
    ("/deviations.json", "/deviations.json", JSON),
    ("/deviations.csv", "/deviations.csv", CSV),
    ("/rulebooks", "/rulebooks", HTML),
    ("/rulebooks.json", "/rulebooks.json", JSON),
    ("/rulebooks.csv", "/rulebooks.csv", CSV),
    ("/rulebooks/{book}/rules/{rule}", "/rulebooks/au/rules/au.suspend", HTML),
    ("/rulebooks/{book}/rules/{rule}.json", "/rulebooks/au/rules/au.suspend.json", JSON),
    ("/rulebooks/{book}/rules/{rule}.csv", "/rulebooks/au/rules/au.suspend.csv", CSV),
    ("/claims", "/claims", HTML),
    ("/claims.json", "/claims.json", JSON),
    ("/claims.csv", "/claims.csv", CSV),
    ("/claims/{claim}", "/claims/SC080", HTML),
    ("/claims/{claim}.json", "/claims/SC080.json", JSON),
    ("/claims/{claim}.csv", "/claims/SC080.csv", CSV),
    ("/rulebooks/{book}", "/rulebooks/au", HTML),
    ("/rulebooks/{book}.json", "/rulebooks/au.json", JSON),
    ("/rulebooks/{book}.csv", "/rulebooks/au.csv", CSV),
    ("/missions", "/missions", HTML),
    ("/missions.json", "/missions.json", JSON),
    ("/missions.csv", "/missions.csv?expires_within=90&as_of=2021-06-01", CSV),
    ("/missions/gantt.svg", "/missions/gantt.svg?by=type", "image/svg+xml"),
    ("/missions/gantt.json", "/missions/gantt.json", JSON),
    ("/missions/gantt.csv", "/missions/gantt.csv?figure=all", CSV),
    ("/missions/{mission}", "/missions/minusma", HTML),
    ("/missions/{mission}.json", "/missions/minusma.json", JSON),
    ("/missions/{mission}.csv", "/missions/minusma.csv", CSV),
    ("/missions/{mission}/tasks.csv", "/missions/minusma/tasks.csv", CSV),
    ("/missions/{mission}/strip.svg", "/missions/minusma/strip.svg", "image/svg+xml"),
    ("/operations", "/operations", HTML),
    ("/operations.json", "/operations.json", JSON),
    ("/operations.csv", "/operations.csv", CSV),
    ("/operations/gantt.svg", "/operations/gantt.svg", "image/svg+xml"),
    ("/operations/gantt.json", "/operations/gantt.json", JSON),
    ("/operations/gantt.csv", "/operations/gantt.csv", CSV),
    ("/operations/{operation}", "/operations/serval", HTML),
    ("/operations/{operation}.json", "/operations/serval.json", JSON),
    ("/operations/{operation}.csv", "/operations/serval.csv", CSV),
    ("/how-it-works", "/how-it-works", HTML),
    ("/how-it-works.json", "/how-it-works.json", JSON),
    ("/how-it-works.csv", "/how-it-works.csv", CSV),
    ("/how-it-works/{country}", "/how-it-works/mali", HTML),
    ("/how-it-works/{country}.json", "/how-it-works/mali.json", JSON),
    ("/how-it-works/{country}.csv", "/how-it-works/mali.csv", CSV),
    ("/how-it-works/{country}/network.svg", "/how-it-works/mali/network.svg", "image/svg+xml"),
    ("/how-it-works/{country}/authorisation.svg", "/how-it-works/mali/authorisation.svg", "image/svg+xml"),
    ("/glossary", "/glossary", HTML),
    ("/glossary.json", "/glossary.json", JSON),
    ("/glossary.csv", "/glossary.csv", CSV),
    ("/record", "/record?from=2021-05-20&to=2021-06-10", HTML),
    ("/record.json", "/record.json?from=2021-05-20&to=2021-06-10", JSON),
    ("/record.csv", "/record.csv?from=2021-05-20&to=2021-06-10&case=mali-2021", CSV),
    ("/record/findings.json", "/record/findings.json?from=2021-05-20&to=2021-06-10&case=mali-2021", JSON),
    ("/record/findings.csv", "/record/findings.csv?from=2021-05-20&to=2021-06-10&case=mali-2021", CSV),
    ("/api", "/api", HTML),
    ("/api/v1", "/api/v1", JSON),
    ("/api/v1/openapi.json", "/api/v1/openapi.json", JSON),
    *((one.address, example_address(one), JSON) for one in operations()),
    ("/search", "/search?q=mali", HTML),
    ("/search.json", "/search.json?q=mali", JSON),
    ("/search.csv", "/search.csv?q=goita", CSV),
    ("/search/suggest", "/search/suggest?q=goi", HTML),
    ("/search/suggest.json", "/search/suggest.json?q=goi", JSON),
    ("/sources", "/sources", HTML),
    ("/sources.json", "/sources.json?q=ipi", JSON),
    ("/sources.csv", "/sources.csv?q=ipi", CSV),
    ("/method", "/method", HTML),
    ("/method.json", "/method.json", JSON),
    ("/method.csv", "/method.csv", CSV),
    ("/limits", "/limits", HTML),
    ("/limits.json", "/limits.json", JSON),
    ("/limits.csv", "/limits.csv", CSV),
]
# Routes that take a form and have no page of their own, or lead on to one: test_writing.py tries them; and those that
# refuse what is not under /api/v1: test_api.py.
TRIED_THERE = {"/drafts/{draft}", "/drafts/{draft}/delete", "/changed/seen", "/api/v1/{rest:path}"}
# Pages that follow from more than the record: drafts, what was typed, how far the reader has read.
PRIVATE = ("/new-case", "/drafts", "/changed", "/sandbox", "/record?kind", "/paste", "/correct/")
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def routes(found: list[BaseRoute]) -> Iterator[str]:
    for one in found:
        if isinstance(one, Mount):
            yield f"{one.path}/"
        elif isinstance(one, Route):
            yield one.path


def address_of(reader: TestClient, route: str, address: str) -> str:
    if address:
        return address
    fact = reader.get("/facts/mali-2021/au-suspension.json").json()
    return route.replace("{case}", "mali-2021").replace("{source}", fact["sources"][0]["id"])


def test_every_route_is_tried(desk: Desk) -> None:
    client = client_of(desk)
    inner: Any = client.app
    while not hasattr(inner, "routes"):  # one layer about the other
        inner = inner.app
    there_are = set(routes(inner.routes))
    for rooms in ROOMS:
        there_are |= set(routes(list(rooms.router.routes)))
    assert {one for one in there_are if one != "/static/"} == {route for route, _, _ in ROUTES} | TRIED_THERE


@pytest.mark.parametrize(("route", "address", "form"), ROUTES, ids=lambda one: str(one)[:50])
def test_route(reader: TestClient, route: str, address: str, form: str) -> None:
    where = address_of(reader, route, address)
    answer = reader.get(where)
    assert answer.status_code == (200 if form else 307)
    assert answer.headers.get("content-type", "") == form
    assert answer.content or not form
    under_policy(answer.headers)
    if form == HTML and not where.partition("?")[0].endswith(".html"):  # documents have a policy of their own
        assert answer.headers["content-security-policy"] == POLICY
        private = any(one in where for one in PRIVATE) and not where.startswith("/record")
        assert answer.headers["cache-control"] == ("no-store" if private else "no-cache")
    head = reader.head(where)
    assert head.status_code == answer.status_code
    assert head.content == b""
    assert head.headers.get("content-type") == answer.headers.get("content-type")
    under_policy(head.headers)


def under_policy(headers: object) -> None:
    assert hasattr(headers, "get")
    for name, value in ALWAYS.items():
        assert headers.get(name) == value
    policy = headers.get("content-security-policy")
    assert policy.startswith("default-src 'none'; ")
    for word in ("unsafe-eval", "*", "http:", "https:"):
        assert word not in policy
    scripts = [one for one in policy.split("; ") if one.startswith("script-src")]
    assert scripts in ([], ["script-src 'self'"])
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy


def test_only_a_brief_carries_its_own_styles(reader: TestClient) -> None:
    assert "unsafe-inline" not in reader.get("/cases").headers["content-security-policy"]
    policy = reader.get("/cases/mali-2021/brief.html").headers["content-security-policy"]
    assert "style-src 'unsafe-inline'" in policy


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/cases/mali-2091", 404),
        ("/cases/mali-2091.json", 404),
        ("/cases?as_of=2021-02-30", 400),
        ("/static/none.css", 404),
        ("/static/../pages.py", 404),
        ("/static/%2e%2e/pages.py", 404),
        ("/", 200),
        ("/static/site.css", 200),
    ],
)
def test_errors_and_files_are_under_the_policy_too(reader: TestClient, address: str, status: int) -> None:
    answer = reader.get(address)
    assert answer.status_code == status
    under_policy(answer.headers)


def test_a_fault_of_ours_is_a_page_under_the_policy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(desk, "cases", broken)
    answer = client_of(desk).get("/cases")
    assert answer.status_code == 500
    assert "fault of ours" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    under_policy(answer.headers)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "testserver",
        "",
        "[::2]",
        "127.0.0.2",
        "x@127.0.0.1",
    ],
)
def test_an_unknown_host_name_is_refused(reader: TestClient, host: str) -> None:
    answer = reader.get("/cases", headers={"host": host})
    assert answer.status_code == 421
    assert "mali" not in answer.text.lower()
    under_policy(answer.headers)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost:81", "LocalHost", "[::1]", "[::1]:8000", "localhost."]
)
def test_the_machines_own_names_are_served(reader: TestClient, host: str) -> None:
    assert reader.get("/rulebooks", headers={"host": host}).status_code == 200


def test_a_further_name_may_be_given(desk: Desk) -> None:
    client = client_of(desk, ("desk.mission.example",))
    assert client.get("/rulebooks", headers={"host": "desk.mission.example:8000"}).status_code == 200
    assert client.get("/rulebooks", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_written_through_the_pages(reader: TestClient, method: str) -> None:
    answer = reader.request(method, "/cases")
    assert answer.status_code == 405
    under_policy(answer.headers)


def test_pages_are_packed(reader: TestClient) -> None:
    packed = reader.get("/cases", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "content-encoding" not in reader.get("/cases", headers={"accept-encoding": "identity"}).headers


def test_static_files_are_kept_where_their_address_names_their_content(reader: TestClient) -> None:
    page = reader.get("/cases").text
    address = next(part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("/static/site.css"))
    assert "?v=" in address
    assert "immutable" in reader.get(address).headers["cache-control"]
    assert reader.get("/static/site.css").headers["cache-control"] == "no-cache"
    assert reader.get("/static/none.css?v=1").headers["cache-control"] == "no-cache"
