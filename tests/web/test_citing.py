"""Every page says how it is cited: with its version, both days, the ledger's end, and an address that keeps them."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.casebook.edition import edition
from goodoffices.desk.desk import Desk
from web.reading import read

PAGES = (
    "/cases/mali-2021",
    "/rulebooks/au",
    "/compare?case=mali-2021&case=niger-2023",
    "/claims",
    "/record",
    "/glossary",
)


def cited(text: str) -> str:
    found = re.search(r'id="cited">(.*?)</p>', text, re.DOTALL)
    assert found
    return " ".join(read(f"<p>{found[1]}</p>").words.split())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_says_how_it_is_cited(reader: TestClient, desk: Desk, address: str, language: str) -> None:
    mark = "&" if "?" in address else "?"
    asked = f"{address}{mark}as_of=2021-06-15" + ("&lang=fr" if language == "fr" else "")
    said = cited(reader.get(asked).text)
    assert edition().version in said
    assert desk.head().printed in said
    past = cited(reader.get(f"{asked}&known_at=2021-06-15").text)
    assert desk.head().printed not in past, "what was known then is the same whatever was recorded since"
    assert ("15 juin 2021" if language == "fr" else "15 June 2021") in said
    place = said.rpartition(" ")[2]
    assert place.startswith("http://127.0.0.1"), "whole, so that it can be followed from elsewhere"
    kept = parse_qs(urlsplit(place).query)
    assert kept["as_of"] == ["2021-06-15"]
    assert kept["known_at"] == [desk.today().isoformat()], "a later reader sees what was seen"
    assert cited(reader.get(place).text) == said


def test_a_fact_is_cited_with_its_own_sources(reader: TestClient, desk: Desk) -> None:
    fact = desk.fact("mali-2021/au-suspension", desk.moment())
    said = cited(reader.get("/facts/mali-2021/au-suspension").text)
    assert said.startswith(f"“{fact.text.rstrip('.')}” ({fact.key}@{fact.version}), after ")
    for one in fact.citations:
        assert one.words in said


def test_bibtex_is_whole(reader: TestClient) -> None:
    text = reader.get("/cases/mali-2021?as_of=2021-06-15").text
    found = re.search(r'<pre[^>]*id="bibtex">(.*?)</pre>', text, re.DOTALL)
    assert found
    entry = found[1].replace("&amp;", "&")
    assert entry.startswith("@misc{goodoffices:cases:mali-2021,")
    assert entry.count("{") == entry.count("}")
    assert "title = {Mali, May 2021}" in entry
    assert re.search(r"\\url{http://[^/]+/cases/mali-2021\?as_of=2021-06-15&known_at=", entry)
    fact = reader.get("/facts/mali-2021/au-suspension").text
    assert "title = {The " in fact or "title = {At " in fact, "the sentence, not the key"


def test_a_title_with_signs_of_tex(client: TestClient, desk: Desk) -> None:
    from goodoffices.desk.desk import NewCase

    case = desk.new_case(NewCase("A & B_{50%}", "2026-11-20", "military_coup", "x", "", "y.", "CIV"))
    text = client.get(f"/cases/{case}").text
    assert r"title = {A \&amp; B\_\{50\%\}, November 2026}" in text


def test_a_page_kept_for_one_name_of_this_machine_is_not_sent_under_another(desk: Desk) -> None:
    from web.conftest import client_of

    client = client_of(desk)
    first = cited(client.get("/glossary").text)
    other = cited(client.get("/glossary", headers={"host": "localhost"}).text)
    assert "http://localhost" in other
    assert "http://localhost" not in first


def test_what_is_wrong_or_made_up_is_not_cited(reader: TestClient, client: TestClient) -> None:
    assert 'id="cited"' not in reader.get("/cases/mali-2091").text
    client.post("/sandbox")
    assert 'id="cited"' not in client.get("/sandbox/cases").text
