"""The page of the record: what two days of knowledge tell apart, for all cases and for one; facts and sources."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
from web.conftest import HERE, client_of
from web.reading import Page, read
from web.test_api import desk_of

DAYS = "from=2021-05-25&to=2021-06-10"
MALI = f"{DAYS}&case=mali-2021"


def page_of(reader: TestClient, where: str) -> Page:
    answer = reader.get(where)
    assert answer.status_code == 200
    return read(answer.text)


def words(page: Page) -> str:
    return " ".join(page.words.split())


def test_changes_are_counted_and_listed_by_case(reader: TestClient) -> None:
    changes = reader.get(f"/record.json?{DAYS}").json()
    page = page_of(reader, f"/record?{DAYS}")
    assert f"{len(changes)} changes between 25 May 2021 and 10 June 2021: new {len(changes)}" in words(page)
    cases = {one["after"]["case"] for one in changes}
    links = [urlsplit(one) for one in page.links(HERE)]
    asked = {parse_qs(one.query).get("case", [""])[0] for one in links if one.path == "/record"}
    assert {case for case in cases if ":" not in case} == asked - {""}
    for one in changes:
        assert one["after"]["text"] in page.words


def test_findings_that_turned_stand_with_both_sides_and_their_facts(reader: TestClient) -> None:
    turned = reader.get(f"/record/findings.json?{MALI}").json()
    flips = [one for one in turned["turned"] if one["flips"]]
    page = page_of(reader, f"/record?{MALI}")
    assert f"{len(flips)} of {turned['findings']} findings are in another state." in words(page)
    links = [urlsplit(one) for one in page.links(HERE)]
    why = {}
    for one in links:
        if "/why/" in one.path:
            asked = parse_qs(one.query)
            why.setdefault(one.path.rpartition("/")[2], []).append((asked["as_of"][0], asked["known_at"][0]))
    assert set(why) == {one["rule"] for one in turned["turned"]}
    for days in why.values():
        assert days == [("2021-05-25", "2021-05-25"), ("2021-06-10", "2021-06-10")]
    facts = {one.path for one in links if one.path.startswith("/facts/")}
    for one in turned["turned"]:
        assert one["after"]["title"] in page.words
        assert {f"/facts/{fact['key']}" for fact in one["facts"]} <= facts


def test_both_sides_lead_to_pages_that_say_the_same(reader: TestClient) -> None:
    turned = reader.get(f"/record/findings.json?{MALI}").json()
    for side in ("before", "after"):
        days = "&".join(f"{name}={text}" for name, text in turned[side].items())
        one = next(one for one in turned["turned"] if one["rule"] == "au.suspend")
        answer = reader.get(f"/cases/mali-2021/why/au.suspend.json?{days}").json()
        assert answer["finding"] == one[side]


def test_as_of_the_earlier_day_only_knowledge_counts(reader: TestClient) -> None:
    page = page_of(reader, f"/record?{MALI}")
    offered = [
        one
        for one in page.links(HERE)
        if parse_qs(urlsplit(one).query).get("as_of") == ["2021-05-25"] and "/record" in one
    ]
    assert offered
    other = page_of(reader, f"/record?{MALI}&as_of=2021-05-25")
    assert "Both sides are as of 25 May 2021, so only what became known tells them apart." in words(other)


def test_one_sort_alone(desk: Desk) -> None:
    from datetime import date

    desk.correct("mali-2021/au-suspension", {"text": "Another text."}, "a test", date(2021, 6, 5))
    desk.retract("mali-2021/ecowas-suspension", "a test", date(2021, 6, 6))
    client = client_of(desk)
    asked = "from=2021-06-03&to=2021-06-10&case=mali-2021"
    for sort, text in (("corrected", "Another text."), ("withdrawn", "ECOWAS")):
        listed = client.get(f"/record.json?{asked}&change={sort}").json()
        assert [one["change"] for one in listed] == [sort]
        page = page_of(client, f"/record?{asked}&change={sort}")
        assert text in page.words
        assert "corrected 1, withdrawn 1" in words(page)
    page = page_of(client, f"/record?{asked}&change=corrected")
    tags = [tag for tag, _ in page.tags]
    assert "before: " in page.words
    assert {"del", "ins"} <= set(tags)  # the day it was known
    withdrawn = page_of(client, f"/record?{asked}&change=withdrawn")
    where = next(one for one in withdrawn.links(HERE) if "/facts/mali-2021/ecowas-suspension" in one)
    assert "known_at=2021-06-03" in where  # it has a page on the day on which it still stood
    assert client.get(where).status_code == 200


def test_long_lists_come_in_pages(reader: TestClient) -> None:
    whole = reader.get("/record.json?from=2015-01-01").json()
    first, second = (page_of(reader, f"/record?from=2015-01-01&page={one}") for one in (1, 2))
    rows = [
        [given for tag, given in page.tags if tag == "td" and given.get("class") == "what"] for page in (first, second)
    ]
    assert [len(one) for one in rows] == [100, 100]
    assert f"Page 1 of {-(-len(whole) // 100)}" in first.words
    assert reader.get("/record?from=2015-01-01&page=9999").status_code == 400


@pytest.mark.parametrize("column", ["change", "case", "when", "known"])
def test_the_table_sorts(reader: TestClient, column: str) -> None:
    up, down = (page_of(reader, f"/record?{DAYS}&sort={column}&order={order}").words for order in ("asc", "desc"))
    assert up != down or column == "change"


@pytest.mark.parametrize(
    "asked",
    [
        "change=improved",
        "from=2021-06-10&to=2021-05-25",
        "from=2021-02-30",
        "to=1066-10-14",
        "sort=colour",
        "page=x",
    ],
)
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_what_cannot_be_asked(reader: TestClient, asked: str, form: str) -> None:
    if form and ("sort" in asked or "page" in asked):
        pytest.skip("twins have all rows")
    assert reader.get(f"/record{form}?{asked}").status_code == 400


def test_an_unknown_case(reader: TestClient) -> None:
    assert reader.get(f"/record?{DAYS}&case=mali-2091").status_code == 404
    assert reader.get(f"/record/findings.json?{DAYS}&case=mali-2091").status_code == 404
    assert reader.get(f"/record/findings.csv?{DAYS}").status_code == 400


def test_the_days_end_with_the_day_of_knowledge(reader: TestClient) -> None:
    page = page_of(reader, "/record?from=2021-05-20&to=2023-01-01&known_at=2021-05-26&case=mali-2021")
    assert "between 20 May 2021 and 26 May 2021" in words(page)
    assert "au-suspension" not in page.words
    assert "niger-2023" not in reader.get("/record?from=2021-05-20&known_at=2021-05-26").text


def test_findings_as_csv(reader: TestClient) -> None:
    text = reader.get(f"/record/findings.csv?{MALI}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    record = reader.get(f"/record/findings.json?{MALI}").json()["turned"]
    assert [(row["rule"], row["cause"]) for row in rows] == [(one["rule"], one["cause"]) for one in record]
    assert {row["after_known_at"] for row in rows} == {"2021-06-10"}


def test_nothing_became_known(reader: TestClient) -> None:
    today = desk_of(reader).today().isoformat()
    page = page_of(reader, f"/record?from={today}&to={today}")
    assert "Nothing became known" in words(page)


def test_an_empty_record(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    assert "Nothing became known" in words(page_of(client, "/record"))
    assert client.get("/record.json").json() == []


FRENCH = {
    f"/record?{MALI}&lang=fr": ("Registre", "Constats qui ont basculé", "Avant", "Après", "Parce que"),
    "/record?from=2026-01-01&to=2026-01-02&lang=fr": ("Ce qui est devenu connu entre deux jours",),
    "/facts/mali-2021/au-suspension?lang=fr": (
        "Quand on l’a su",
        "Histoire",
        "Consigné",
        "Constats qui reposent sur lui",
    ),
    "/facts/state:MLI/state?lang=fr": ("Registre des États", "Marquage"),
    "/sources/mali-2021/ipi-2025?lang=fr": ("Ce que nous en tirons", "Où, dans la source"),
}
ENGLISH = (
    "What was done",
    "History",
    "Findings that",
    "Counts from",
    "What we have",
    "Nothing became",
    "new,",
    "known ",
)


@pytest.mark.parametrize("where", FRENCH)
def test_in_french(reader: TestClient, where: str) -> None:
    # The BibTeX entry is in English, for programs.
    page = read(re.sub(r"<pre.*?</pre>", "", reader.get(where).text, flags=re.DOTALL))
    for text in FRENCH[where]:
        assert text in page.words
    for text in ENGLISH:
        assert text not in page.words
    rooms = ("/cases/", "/facts/", "/record", "/rulebooks")
    own = [one for one in page.links(HERE) if urlsplit(one).path.startswith(rooms)]
    english = HERE + where.removesuffix("lang=fr").rstrip("?&")  # the one link that leads to it
    own = [one for one in own if one != english]
    assert own
    assert [one for one in own if "lang=fr" not in one] == []
