"""What pages are made of: tags that nest, nothing live, nothing from elsewhere, links that lead somewhere."""

import re
from collections import deque
from urllib.parse import urldefrag, urlsplit

import pytest
from fastapi.testclient import TestClient

from web.conftest import HERE
from web.reading import Page, read, same_host

PAGES = (
    "/cases",
    "/cases/mali-2021",
    "/cases/mali-2021?as_of=2021-06-15&known_at=2021-05-26",
    "/cases/mali-2021/facts",
    "/cases/chad-2021/why/au.suspend",
    "/facts/mali-2021/au-suspension",
    "/facts/state:MLI/state",
    "/rulebooks",
    "/rulebooks/au",
    "/record?from=2021-05-20&to=2021-06-10",
    "/cases/mali-2091",
    "/cases?known_at=1990-01-01",
)


SETTING = {"name": "htmx-config", "content": '{"includeIndicatorStyles":false,"allowEval":false,"historyCacheSize":0}'}


def is_safe(page: Page) -> None:
    """No script but our two, no style in a tag, no handler; nothing is fetched but our own static files."""
    for tag, given in page.tags:
        if tag == "script":
            assert given["src"].partition("?")[0] in ("/static/scripts/htmx.min.js", "/static/small.js")
            if "htmx" in given["src"]:
                assert ("meta", SETTING) in page.tags, "the script may evaluate nothing"
        assert tag not in ("style", "iframe", "object", "embed", "base", "img", "portal"), tag
        for name, value in given.items():
            assert not name.startswith(("on", "hx-on", "data-hx-on")), f"<{tag} {name}>"
            assert name not in ("style", "srcdoc", "formaction", "ping"), f"<{tag} {name}>"
            if name in ("href", "src", "action"):
                assert not re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE), (
                    f"<{tag} {name}={value!r}>"
                )
    for tag, address in page.loads():
        assert address.startswith("/static/"), f"<{tag}> fetches {address}"


@pytest.mark.parametrize("address", PAGES)
def test_nothing_live_and_nothing_from_elsewhere(reader: TestClient, address: str) -> None:
    page = read(reader.get(address).text)
    is_safe(page)
    assert page.unclosed == []


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_what_a_reader_needs(reader: TestClient, address: str) -> None:
    page = read(reader.get(address).text)
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    assert sum(tag == "main" for tag, _ in page.tags) == 1
    assert ("html", {"lang": "en"}) in page.tags
    ids = [given["id"] for _, given in page.tags if "id" in given]
    assert len(ids) == len(set(ids))
    known = set(ids)
    for _, given in page.tags:
        for name in ("aria-labelledby", "for"):
            assert given.get(name, "main") in known
        if given.get("href", "").startswith("#"):
            assert given["href"][1:] in known


def test_other_hosts_are_only_named_on_the_page_of_a_source(reader: TestClient) -> None:
    outside = {
        address: [one for one in read(reader.get(address).text).links(HERE + address) if not same_host(one, HERE)]
        for address in PAGES
    }
    assert not any(outside.values()), outside
    fact = reader.get("/facts/mali-2021/au-suspension.json").json()
    source = next(one for one in fact["sources"] if one.get("address") or one.get("mirror"))
    page = read(reader.get(f"/sources/mali-2021/{source['id']}").text)
    is_safe(page)
    away = [given for tag, given in page.tags if tag == "a" and not same_host(given["href"], "") and "rel" in given]
    assert away
    for given in away:
        assert "noreferrer" in given["rel"]
        assert urlsplit(given["href"]).scheme in ("http", "https")


def test_every_link_leads_somewhere(reader: TestClient) -> None:
    """From the list and the page of a case on, two steps deep; what takes long to print is left out."""
    start = ["/cases", "/cases/burkina-faso-2022-01?as_of=2022-02-15&known_at=2022-12-31", "/cases/chad-2021"]
    waiting = deque((HERE + address, 0) for address in start)
    seen = {address for address, _ in waiting}
    fragments: dict[str, set[str]] = {}
    tried = 0
    while waiting and tried < 110:
        address, depth = waiting.popleft()
        answer = reader.get(address)
        tried += 1
        assert answer.status_code == 200, address
        if depth == 2 or not answer.headers["content-type"].startswith("text/html"):
            continue
        page = read(answer.text)
        fragments[address] = {given["id"] for _, given in page.tags if "id" in given}
        shapes: dict[str, int] = {}
        for link in page.links(address):
            whole, _ = urldefrag(link)
            shape = re.sub(r"\?.*", "", whole).rpartition("/")[0]
            shapes[shape] = shapes.get(shape, 0) + 1
            if not same_host(whole, HERE) or whole in seen or "/brief." in whole or shapes[shape] > 14:
                continue
            seen.add(whole)
            waiting.append((whole, depth + 1))
    assert tried > 60


def test_a_reading_is_found_from_the_reasons(reader: TestClient) -> None:
    """A link with a fragment leads to a place that is there."""
    findings = reader.get("/cases/chad-2021/findings.json").json()["findings"]
    rules = [one["rule"] for one in findings if one["interpretation"]]
    assert rules
    for rule in rules:
        address = f"{HERE}/cases/chad-2021/why/{rule}"
        marked = [urldefrag(one) for one in read(reader.get(address).text).links(address) if "#" in one]
        places = [(whole, mark) for whole, mark in marked if mark != "main"]
        assert places
        for whole, mark in places:
            answer = reader.get(whole)
            assert answer.status_code == 200
            assert mark in {given.get("id") for _, given in read(answer.text).tags}


def test_sorting(reader: TestClient) -> None:
    for column in ("title", "day", "leader", "facts"):
        up = rows(reader, f"/cases?sort={column}&order=asc")
        down = rows(reader, f"/cases?sort={column}&order=desc")
        assert sorted(up) == sorted(down)
        assert up != down
    assert rows(reader, "/cases") == rows(reader, "/cases?sort=day&order=desc")
    sizes = reader.get("/cases.json").json()
    smallest = min(sizes, key=lambda row: row["facts"])["facts"]
    first = rows(reader, "/cases?sort=facts&order=asc")[0]
    assert next(row["facts"] for row in sizes if row["id"] == first) == smallest


def rows(reader: TestClient, address: str) -> list[str]:
    links = read(reader.get(address).text).links(HERE)
    found = (re.match(r"/cases/([a-z-]+-\d{4}[^/]*)\Z", urlsplit(one).path) for one in links)
    return [one[1] for one in found if one]
