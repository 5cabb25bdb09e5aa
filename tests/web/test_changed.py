"""What changed since the reader last looked: in their own words only, and never what is not known yet."""

import csv
import io

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk, NewCase
from goodoffices.desk.since import written
from web.conftest import client_of
from web.reading import read
from web.test_markup import is_safe

NEW = NewCase("Mali", "2024-11-20", "military_coup", "x", "", "y.", "MLI")
SOURCE = {"s": {"title": "A page"}}


def add(desk: Desk, name: str, kind: str = "statement", **more: str) -> str:
    given = {"kind": kind, "when": "2026-11-20", "actor": "au-psc", "text": f"{name}.", "confidence": "high"}
    verb = {"verb": "concern"} if kind == "statement" else {}
    return desk.record("sudan-2021", name, given | verb | more | {"sources": ["s"]}, SOURCE).key


def see(client: TestClient, desk: Desk) -> str:
    answer = client.post("/changed/seen", data={"head": written(desk.head())})
    assert answer.status_code == 303
    return answer.headers["set-cookie"]


def test_no_cookie_but_by_the_readers_word(client: TestClient, desk: Desk) -> None:
    for address in ("/changed", "/changed.json", "/changed.csv", "/cases", "/new-case", "/tour"):
        assert "set-cookie" not in client.get(address).headers
    cookie = see(client, desk)
    for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age="):
        assert part in cookie
    assert "Domain" not in cookie
    assert "set-cookie" not in client.get("/changed").headers


def test_from_the_readers_word_on(client: TestClient, desk: Desk) -> None:
    add(desk, "before")
    see(client, desk)
    assert "Nothing was recorded since." in read(client.get("/changed").text).words
    key = add(desk, "after", "suspension_lifted")
    page = read(client.get("/changed").text)
    is_safe(page)
    assert page.unclosed == []
    assert "after." in page.words
    assert "before." not in page.words
    assert f"/facts/{key}" in client.get("/changed").text
    record = client.get("/changed.json").json()
    assert record["since_your_word"]
    assert [one["key"] for one in record["cases"][0]["facts"]] == [key]
    turned = record["cases"][0]["findings"]
    assert turned
    assert all(key in one["because"] for one in turned if one["flips"])
    rows = list(csv.DictReader(io.StringIO(client.get("/changed.csv").content.decode("utf-8-sig"))))
    assert [row["key"] for row in rows] == [key]
    see(client, desk)
    assert "Nothing was recorded since." in read(client.get("/changed").text).words


def test_findings_are_told_with_the_fact_that_turned_them(client: TestClient, desk: Desk) -> None:
    see(client, desk)
    add(desk, "the-council-lifts", "suspension_lifted")
    page = client.get("/changed").text
    turned = page.partition("Findings it turned")[2]
    assert turned
    assert "the-council-lifts." in turned


def test_what_is_recorded_between_looking_and_saying_so_is_not_lost(client: TestClient, desk: Desk) -> None:
    see(client, desk)
    add(desk, "first")
    shown = read(client.get("/changed").text)
    head = next(given["value"] for _, given in shown.tags if given.get("name") == "head")
    add(desk, "second")
    client.post("/changed/seen", data={"head": head})
    words = read(client.get("/changed").text).words
    assert "second." in words
    assert "first." not in words


def test_without_a_word_the_last_seven_days(client: TestClient, desk: Desk) -> None:
    begun = read(client.get("/changed").text).words
    assert "in the last 7 days" in begun
    assert f"all its {desk.head().seq} entries are new" in begun
    assert client.get("/changed.json").json()["begun"]


@pytest.mark.parametrize(
    "head", ["", "1", "x", "1.0000000000000000", "99999999.0123456789abcdef", "-1.0123456789abcdef", "1.<script>"]
)
def test_a_place_that_this_chain_never_had(client: TestClient, head: str) -> None:
    answer = client.post("/changed/seen", data={"head": head})
    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers


def test_a_forged_or_foreign_cookie_is_no_word(client: TestClient, empty_desk: Desk, desk: Desk) -> None:
    name = see(client, desk).partition("=")[0]
    other = client_of(empty_desk)
    empty_desk.new_case(NEW)
    assert see(other, empty_desk).partition("=")[0] != name  # another record has another cookie
    fresh = client_of(desk)
    for value in ("5.ffffffffffffffff", "x", "", written(empty_desk.head()), "9" * 400):
        answer = fresh.get("/changed", headers={"cookie": f"{name}={value}"})
        assert answer.status_code == 200
        assert "in the last 7 days" in read(answer.text).words


def test_an_early_day_of_knowledge(client: TestClient, desk: Desk) -> None:
    see(client, desk)
    add(desk, "unheard-of")
    then = client.get("/changed?as_of=2021-06-15&known_at=2021-06-15")
    assert "unheard-of" not in then.text
    assert "unheard-of" not in client.get("/changed.json?known_at=2021-06-15").text
    assert "unheard-of" not in client.get("/changed.csv?known_at=2021-06-15").text
    desk.correct("mali-2021/seizure", {"note": "hindsight speaks"}, "note")
    assert "hindsight speaks" not in client.get("/changed.json?as_of=2021-06-15&known_at=2021-06-15").text
    assert "hindsight speaks" in client.get("/changed.json").text


def test_it_is_never_kept_for_others(client: TestClient, desk: Desk) -> None:
    see(client, desk)
    key = add(desk, "mine")
    mine = client.get("/changed.json").json()
    theirs = client_of(desk).get("/changed.json").json()
    assert mine["since_your_word"]
    assert [one["key"] for one in mine["cases"][0]["facts"]] == [key]
    assert not theirs["since_your_word"]
    for address in ("/changed", "/changed.json", "/changed.csv"):
        assert client.get(address).headers["cache-control"] == "no-store"


def test_many_cases_are_judged_when_asked(client: TestClient, desk: Desk) -> None:
    see(client, desk)
    cases = desk.case_ids()[:15]
    for case in cases:
        given = {"kind": "statement", "when": "2026-11-20", "actor": "eu", "verb": "concern", "text": "All of them."}
        desk.record(case, "zz-all", given | {"confidence": "low", "sources": ["s"]}, SOURCE)
    page = client.get("/changed")
    asked = [link for link in read(page.text).links("") if "#case-" in link]
    assert 0 < len(asked) < len(cases)
    then = client.get(asked[0])
    assert then.status_code == 200
    assert len([link for link in read(then.text).links("") if "#case-" in link]) == len(asked) - 1
    assert client.get("/changed?case=nothing").status_code == 200


def test_in_french(client: TestClient, desk: Desk) -> None:
    see(client, desk)
    add(desk, "un-fait", "suspension_lifted")
    words = read(client.get("/changed?lang=fr").text).words
    assert "Constats changés" in words
    assert "Findings" not in words


def test_an_empty_record(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    answer = client.get("/changed")
    assert answer.status_code == 200
    assert "The record is empty." in read(answer.text).words
    assert 'method="post"' not in answer.text
    assert client.get("/changed.json").json()["cases"] == []
    assert client.get("/changed.csv").status_code == 200
