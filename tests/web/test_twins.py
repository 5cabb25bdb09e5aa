"""The page, the JSON, the CSV and the command say the same."""

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient

from web.conftest import HERE
from web.reading import read

THEN = "?as_of=2021-06-15&known_at=2021-12-31"


def table(reader: TestClient, address: str) -> list[dict[str, str]]:
    text = reader.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_cases(reader: TestClient) -> None:
    record = reader.get("/cases.json" + THEN).json()
    listed = table(reader, "/cases.csv" + THEN)
    assert [row["id"] for row in listed] == [row["id"] for row in record]
    assert [row["leader"] for row in listed] == [row["leader"] for row in record]
    page = reader.get("/cases" + THEN).text
    words = read(page).words
    for row in record:
        assert row["title"] in words
        assert f"/cases/{row['id']}?" in page


def test_facts_of_a_case(reader: TestClient) -> None:
    record = reader.get("/cases/mali-2021.json" + THEN).json()
    listed = table(reader, "/cases/mali-2021.csv" + THEN)
    assert [row["key"] for row in listed] == [fact["key"] for fact in record["facts"]]
    assert [row["text"] for row in listed] == [fact["text"] for fact in record["facts"]]
    page = read(reader.get("/cases/mali-2021/facts" + THEN).text)
    shown = [given["id"] for tag, given in page.tags if tag == "tr" and "id" in given]
    assert sorted(shown) == sorted(fact["key"].partition("/")[2] for fact in record["facts"])
    for fact in record["facts"]:
        assert fact["text"] in page.words
    page = read(reader.get("/cases/mali-2021" + THEN).text)
    for cell in record["status"]:
        assert cell["value"] in page.words
        assert cell["detail"] in page.words
    for one in record["not_known"]:
        assert one in page.words


def test_findings(reader: TestClient) -> None:
    record = reader.get("/cases/mali-2021/findings.json" + THEN).json()
    listed = table(reader, "/cases/mali-2021/findings.csv" + THEN)
    assert [(row["rule"], row["state"]) for row in listed] == [
        (one["rule"], one["state"]) for one in record["findings"]
    ]
    assert record["findings"] == reader.get("/cases/mali-2021.json" + THEN).json()["findings"]
    page = read(reader.get("/cases/mali-2021" + THEN).text).words
    for one in record["findings"]:
        assert one["title"] in page
        single = reader.get(f"/cases/mali-2021/why/{one['rule']}.json{THEN}").json()
        assert single["finding"] | {"observed": None} == one | {"observed": None}


def test_timeline(reader: TestClient) -> None:
    record = reader.get("/cases/mali-2021/timeline.json" + THEN).json()
    listed = table(reader, "/cases/mali-2021/timeline.csv" + THEN)
    assert [row["text"] for row in listed] == [mark["text"] for mark in record["marks"]]
    drawn = read(reader.get("/cases/mali-2021/timeline.svg" + THEN).text)
    on_page = reader.get("/cases/mali-2021" + THEN).text
    for mark in record["marks"]:
        assert mark["text"] in drawn.words
        assert f"/facts/{mark['fact']}?" in on_page


def test_the_command_and_the_page_agree(reader: TestClient) -> None:
    guard = reader.app
    desk = guard.app.app.app.state.desk  # type: ignore[attr-defined]
    from goodoffices.desk.records import checked_record

    said = json.loads(json.dumps(checked_record(desk.check("chad-2021", desk.moment()))))
    assert reader.get("/cases/chad-2021/findings.json").json() == said


def test_rulebooks(reader: TestClient) -> None:
    shelf = reader.get("/rulebooks.json").json()
    page = read(reader.get("/rulebooks").text)
    for book in shelf:
        one = reader.get(f"/rulebooks/{book['rulebook']}.json").json()
        assert {key: one[key] for key in book} == book
        assert f"{HERE}/rulebooks/{book['rulebook']}" in page.links(HERE)
        listed = table(reader, f"/rulebooks/{book['rulebook']}.csv")
        assert [row["rule"] for row in listed] == [rule["rule"] for rule in book["rules"]]
        words = read(reader.get(f"/rulebooks/{book['rulebook']}").text).words
        for rule in book["rules"]:
            assert rule["title"] in words
        for reading in book["readings"]:
            assert reading["name"] in words


def test_record(reader: TestClient) -> None:
    asked = "?from=2021-05-31&to=2021-06-02&case=mali-2021"
    record = reader.get("/record.json" + asked).json()
    assert "mali-2021/au-suspension" in {one["key"] for one in record}
    assert [row["key"] for row in table(reader, "/record.csv" + asked)] == [one["key"] for one in record]
    words = read(reader.get("/record" + asked).text).words
    for one in record:
        assert one["after"]["text"] in words


def test_a_fact_and_its_source(reader: TestClient) -> None:
    fact = reader.get("/facts/mali-2021/au-suspension.json").json()
    page = read(reader.get("/facts/mali-2021/au-suspension").text)
    assert fact["text"] in page.words
    assert f"{fact['key']}@{fact['version']}" in page.words
    assert len(fact["history"]) >= 1
    for source in fact["sources"]:
        assert source["title"] in page.words
        record = reader.get(f"/sources/mali-2021/{source['id']}.json").json()
        assert fact["key"] in {one["key"] for one in record["facts"]}
        assert fact["text"] in read(reader.get(f"/sources/mali-2021/{source['id']}").text).words


@pytest.mark.parametrize("address", ["/cases/mali-2021", "/cases/mali-2021/facts"])
def test_numbers_of_notes_are_those_of_the_list_of_sources(reader: TestClient, address: str) -> None:
    page = reader.get(address).text
    notes = page.partition('<ol class="notes">')[2].partition("</ol>")[0]
    listed = [one.rpartition("/")[2] for one in read(notes).links(HERE)]
    for part in page.split("<sup>")[1:]:
        inside = part.partition("</sup>")[0]
        read_part = read(inside)
        numbers = read_part.words.strip().split(",")
        sources = [one.rpartition("/")[2] for one in read_part.links(HERE)]
        assert [listed[int(number) - 1] for number in numbers] == sources
