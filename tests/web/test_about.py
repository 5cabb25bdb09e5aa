"""Sources, method, limits: figures that are those of the record, in both languages, under both clocks."""

import csv
import io
import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
from goodoffices.web.about_pages import WORDS
from goodoffices.web.language import catalogue
from web.conftest import HERE, client_of
from web.reading import Page, read, same_host
from web.test_hostile_texts import LIVE, TOGETHER, sourced
from web.test_markup import is_safe

PAGES = ("/sources", "/method", "/limits")
CANARY = "Canarybird"


def page_of(reader: TestClient, address: str) -> Page:
    answer = reader.get(address)
    assert answer.status_code == 200, address
    page = read(answer.text)
    assert page.unclosed == [], address
    is_safe(page)
    return page


def table(reader: TestClient, address: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(reader.get(address).text.lstrip("\ufeff"))))


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("more", ["", "?lang=fr", "?known_at=2010-01-01&as_of=2010-01-01", "?known_at=1900-01-01"])
def test_a_page_has_what_a_reader_needs(reader: TestClient, address: str, more: str) -> None:
    page = page_of(reader, address + more)
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    assert ("html", {"lang": "fr" if "fr" in more else "en"}) in page.tags
    ids = [given["id"] for _, given in page.tags if "id" in given]
    assert len(ids) == len(set(ids))
    for _, given in page.tags:
        if given.get("href", "").startswith("#"):
            assert given["href"][1:] in ids
    assert all(same_host(link, HERE) for link in page.links(HERE))


@pytest.mark.parametrize("address", PAGES)
def test_links_keep_both_clocks_and_the_language(reader: TestClient, address: str) -> None:
    page = page_of(reader, f"{address}?as_of=2021-06-15&known_at=2021-07-15&lang=fr")
    links = [given["href"] for tag, given in page.tags if tag == "a" and not given["href"].startswith("#")]
    other = [link for link in links if parse_qs(urlsplit(link).query).get("known_at") != ["2021-07-15"]]
    assert all(urlsplit(link).path == address for link in other), other  # the time strip alone leads to other days
    assert len(links) - len(other) > 8


@pytest.mark.parametrize("address", PAGES)
def test_links_lead_somewhere(reader: TestClient, address: str) -> None:
    shapes: dict[str, int] = {}
    for link in dict.fromkeys(page_of(reader, address).links(HERE + address)):
        shape = re.sub(r"\?.*", "", link).rpartition("/")[0]
        shapes[shape] = shapes.get(shape, 0) + 1
        if shapes[shape] <= 1 and len(shapes) <= 12:
            assert reader.get(link).status_code in (200, 307), link


# ---------------------------------------------------------------- sources


def test_sources_page_json_and_csv_say_the_same(reader: TestClient) -> None:
    record = reader.get("/sources.json?q=ipi").json()
    assert record["sources"]
    assert [row["key"] for row in table(reader, "/sources.csv?q=ipi")] == [one["key"] for one in record["sources"]]
    page = page_of(reader, "/sources?q=ipi")
    shown = {urlsplit(link).path for link in page.links(HERE)}
    for one in record["sources"][:100]:
        assert one["title"] in page.words
        for place in one["cited"]:
            assert place["address"] in shown
    assert f"{record['facts_resting_on_one_source']:,}" in page.words
    assert f"{record['sources_in_all']:,}" in page.words


def test_sources_sort_and_turn_pages(reader: TestClient) -> None:
    facts = [one["facts"] for one in reader.get("/sources.json").json()["sources"]]
    assert facts == sorted(facts, reverse=True)
    for column in ("title", "publisher", "published", "host", "alone", "cases"):
        up = [one["key"] for one in reader.get(f"/sources.json?sort={column}&order=asc").json()["sources"]]
        down = [one["key"] for one in reader.get(f"/sources.json?sort={column}&order=desc").json()["sources"]]
        assert sorted(up) == sorted(down)
        assert up != down
    seen: list[str] = []
    pages = -(-len(facts) // 100)
    for number in range(1, pages + 1):
        page = page_of(reader, f"/sources?page={number}&sort=title&order=asc")
        seen += [given["data-label"] for tag, given in page.tags if given.get("data-label") == "Cited in"]
    assert len(seen) == len(facts)


def test_a_host_is_a_filter(reader: TestClient) -> None:
    host = reader.get("/sources.json").json()["hosts"][0]
    found = reader.get("/sources.json", params={"host": host["host"]}).json()["sources"]
    assert len(found) == host["sources"]
    assert {one["host"] for one in found} == {host["host"]}
    assert host["host"] in page_of(reader, f"/sources?host={quote(host['host'])}").words
    assert page_of(reader, "/sources?host=").words  # those without an address
    assert reader.get("/sources?host=nowhere.example").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sources?sort=colour", 400),
        ("/sources?order=sideways", 400),
        ("/sources?page=0", 400),
        ("/sources?page=two", 400),
        ("/sources?page=9999", 400),
        ("/sources?known_at=2021-02-30", 400),
        ("/sources.csv?sort=colour", 400),
        ("/method?known_at=never", 400),
        ("/limits.json?as_of=1066-10-14", 400),
        ("/sources?q=zzzzqqq", 200),
    ],
)
def test_what_cannot_be_asked_is_said(reader: TestClient, address: str, status: int) -> None:
    answer = reader.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


# ---------------------------------------------------------------- method and limits


def test_the_figures_of_the_method_are_on_the_page(reader: TestClient) -> None:
    record, page = reader.get("/method.json").json(), page_of(reader, "/method")
    for figure in (*record["facts"]["confidence"].values(), record["facts"]["facts"], record["rules"]["references"]):
        assert f"{figure:,}" in page.words
    for audit in record["audits"]:
        assert f"{audit['rate']:.1%}" in page.words
    assert record["edition"]["citation"] in page.words
    assert record["example"] in page.words
    assert record["licence"] in page.words
    rows = {row["figure"]: row["value"] for row in table(reader, "/method.csv")}
    assert rows["facts.facts"] == str(record["facts"]["facts"])


def test_every_word_of_claims_has_its_words(reader: TestClient) -> None:
    words = {one["word"] for one in reader.get("/method.json").json()["words"]}
    assert words == set(WORDS)
    french = {one.id: one.string for one in catalogue("fr") if isinstance(one.id, str)}
    page = page_of(reader, "/method?lang=fr")
    for english in WORDS.values():
        assert french[english] in page.words


def test_the_gaps_are_on_the_page_of_limits(reader: TestClient) -> None:
    record, page = reader.get("/limits.json").json(), page_of(reader, "/limits")
    shown = {urlsplit(link).path for link in page.links(HERE)}
    rows = table(reader, "/limits.csv")
    for row in rows:
        if row["sort"] == "gap":
            assert f"/facts/{row['behind']}" in shown
            assert row["what"] in page.words
        elif row["sort"] == "unverified":
            assert row["what"] in page.words
    assert len([row for row in rows if row["sort"] == "gap"]) == record["gaps"]
    missing = [one for one in record["bodies"] if not one["states"]]
    assert page.words.count("none on record") == len(missing)


def test_french_pages_have_no_english_sentence_left(reader: TestClient) -> None:
    messages = [one for one in catalogue("fr") if isinstance(one.id, str) and len(one.id) > 40 and "%(" not in one.id]
    for address in PAGES:
        words = page_of(reader, f"{address}?lang=fr").words
        left = [one.id for one in messages if one.id in words and one.id != one.string]
        assert left == []
        assert re.search(r"\d,\d{3}", words.partition("Version et citation")[0]) is None, "English thousands"


def test_nothing_of_later_days(desk: Desk) -> None:
    fields = {
        "kind": "statement",
        "actor": "ecowas",
        "when": "2021-12-01",
        "verb": "condemn",
        "text": f"The {CANARY} sings.",
        "known": "2022-01-01",
        "confidence": "low",
        "sources": ["s"],
    }
    given = {"s": {"title": f"{CANARY} Gazette", "address": "https://canary.example/x"}}
    client = client_of(desk)
    addresses = [f"{place}{form}" for place in PAGES for form in ("", ".json", ".csv")]
    at = "as_of=2021-12-31&known_at=2021-12-31"
    before = {address: client.get(f"{address}?{at}").text for address in addresses}
    desk.record("mali-2021", "canary", fields, given)
    for address in addresses:
        again = client.get(f"{address}?{at}").text
        assert "canary" not in again.lower()
        without_head = re.sub(r"\d+:[0-9a-f]{16}", "", again)
        assert without_head == re.sub(r"\d+:[0-9a-f]{16}", "", before[address]), address
    assert CANARY in client.get("/sources?q=canary").text
    assert client.get(f"/sources?host=canary.example&{at}").status_code == 404


def test_an_empty_record(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    for address in PAGES:
        for form in ("", ".json", ".csv", "?lang=fr"):
            assert client.get(address + form).status_code == 200, address


@pytest.mark.parametrize("payload", TOGETHER, ids=range(5))
def test_nothing_of_others_comes_alive(empty_desk: Desk, payload: str) -> None:
    client = client_of(empty_desk)
    sourced(empty_desk, payload)
    words = ""
    for address in PAGES:
        page = page_of(client, address)
        words += page.words
    assert payload in words
    for asked in LIVE[:8]:
        page_of(client, f"/sources?q={quote(asked, safe='')}")
        is_safe(read(client.get(f"/sources?host={quote(asked, safe='')}").text))
    for row in table(client, "/sources.csv"):
        assert not row["title"].startswith(("=", "+", "-", "@"))
