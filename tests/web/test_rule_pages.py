"""The pages of rulebooks and rules: articles, states over all cases, and a reader's own readings."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
from goodoffices.rulebooks.shelf import rulebook, rulebooks
from web.conftest import HERE, client_of
from web.reading import read
from web.test_markup import is_safe

SEVEN = "reading=" + quote("au.suspension-term=7", safe="")
BOOKS = [book.id for book in rulebooks()]


def words(text: str) -> str:
    return " ".join(unescape(read(text).words).split())


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("book", BOOKS)
def test_every_rulebook_is_shown_article_by_article(reader: TestClient, book: str, lang: str) -> None:
    answer = reader.get(f"/rulebooks/{book}?lang={lang}")
    assert answer.status_code == 200
    page = read(answer.text)
    is_safe(page)
    assert page.unclosed == []
    said = words(answer.text)
    record = reader.get(f"/rulebooks/{book}.json").json()
    for one in record["articles"]:
        assert " ".join(one["says"].split()) in said
    for rule in rulebook(book).rules:
        assert (dict(rule.titles)["fr"] if lang == "fr" else rule.title) in said
        assert rule.id in said
    ids = [given["id"] for _, given in page.tags if "id" in given]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.slow
def test_every_rule_has_a_page(reader: TestClient, lang: str) -> None:
    for book in rulebooks():
        for rule in book.rules:
            answer = reader.get(f"/rulebooks/{book.id}/rules/{rule.id}?lang={lang}")
            assert answer.status_code == 200, rule.id
            page = read(answer.text)
            is_safe(page)
            assert page.unclosed == [], rule.id
            texts = dict(rule.texts)
            assert " ".join((texts["fr"] if lang == "fr" else rule.text).split()) in words(answer.text), rule.id


def test_the_states_of_the_book_lead_to_their_reasons(reader: TestClient) -> None:
    record = reader.get("/rulebooks/au.json").json()
    page = reader.get("/rulebooks/au").text
    linked = set(read(page).links(HERE))
    said = words(page)
    quiet = {"not_triggered", "not_in_force", "not_met", "not_available"}
    for rule, states in record["states"].items():
        for state, cases in states.items():
            for case in cases:
                assert (f"{HERE}/cases/{case}/why/{rule}" in linked) is (state not in quiet)
    done = record["states"]["au.suspend"]["fulfilled"]
    row = page.partition('id="au.suspend"')[2].partition("</tr>")[0]
    assert f"done: {len(done)}" in words(f"<table>{row}</table>")
    assert len(done) == sum(
        reader.get(f"/cases/{case}/why/au.suspend.json").json()["finding"]["state"] == "fulfilled" for case in done
    )
    assert {one["case"] for one in record["bound"]} >= set(done)
    assert said.count("Cases it bound") == 2


def test_one_rule_over_all_cases(reader: TestClient) -> None:
    record = reader.get("/rulebooks/au/rules/au.suspend.json").json()
    page = reader.get("/rulebooks/au/rules/au.suspend").text
    said = words(page)
    linked = set(read(page).links(HERE))
    for one in record["cases"]:
        assert f"{HERE}/cases/{one['case']}/why/au.suspend" in linked
    assert f"Median over {len(record['observed']['cases'])} cases: day {record['observed']['median_days']:g}." in said
    assert f"Examples that try it{record['tried_by_cases']}" in said.replace(" ", "").replace(
        "Examplesthattryit", "Examples that try it"
    )
    for part in record["asks"].values():
        for clause in part:
            assert clause["says"] in said
    for reading in record["readings"]:
        assert reading["name"] in said
    table = list(
        csv.DictReader(io.StringIO(reader.get("/rulebooks/au/rules/au.suspend.csv").content.decode("utf-8-sig")))
    )
    assert [row["case"] for row in table] == [one["case"] for one in record["cases"]]


def test_the_rows_of_a_rule_sort(reader: TestClient) -> None:
    def order(column: str, way: str) -> list[str]:
        page = reader.get(f"/rulebooks/au/rules/au.suspend?sort={column}&order={way}").text
        table = page.partition('<table class="stack pairwise">')[2].partition("</table>")[0]
        return re.findall(r'href="/cases/([a-z0-9-]+)/why/', table)

    for column in ("title", "day_zero", "state", "counted_day"):
        up, down = order(column, "asc"), order(column, "desc")
        assert sorted(up) == sorted(down)
        assert up != down
    assert reader.get("/rulebooks/au/rules/au.suspend?sort=secret").status_code == 400


def test_a_body_without_a_rule_is_an_answer_with_the_sources_searched(reader: TestClient) -> None:
    found = rulebook("igad").no_rule
    assert found is not None
    said = words(reader.get("/rulebooks/igad").text)
    assert "No rule of its own on such changes of government was found" in said
    for one in found.searched:
        assert " ".join(one.split()) in said
    french = words(reader.get("/rulebooks/igad?lang=fr").text)
    assert " ".join(found.text_fr.split()) in french
    assert "Aucune règle propre" in french
    # What was found out later about later cases is not said on an earlier day.
    then = words(reader.get("/rulebooks/igad?then=2018-01-01").text)
    assert "Sudan" not in then.partition("Where it was looked for")[0]


def test_strips_of_time_have_a_text_and_lie_beside_words(reader: TestClient) -> None:
    page = reader.get("/rulebooks/ecowas").text
    assert page.count('<svg class="strip"') == page.count("<title>In force: ")
    assert "since some day between 21 December 2001 and 20 February 2008" in words(page)
    french = reader.get("/rulebooks/ecowas?lang=fr").text
    assert "<title>En vigueur : depuis un jour entre le 21 décembre 2001 et le 20 février 2008</title>" in french


# a reader's own reading


def test_a_reading_of_ones_own_shows_what_flips(reader: TestClient) -> None:
    record = reader.get(f"/rulebooks/au/rules/au.suspend.json?{SEVEN}").json()
    flipped = {one["case"]: one for one in record["changes"] if one["flips"]}
    assert flipped["mali-2021"]["before"]["state"] == "fulfilled"
    assert flipped["mali-2021"]["after"]["state"] == "fulfilled_late"
    page = reader.get(f"/rulebooks/au/rules/au.suspend?{SEVEN}").text
    table = page.partition('class="stack pairwise flipping"')[2].partition("</table>")[0]
    assert set(re.findall(r"/cases/([a-z0-9-]+)/why/", table)) == set(flipped)
    for case in flipped:
        said = reader.get(f"/cases/{case}.json").json()["title"]
        assert said in unescape(table)
    assert "7 days" in words(page)
    book = reader.get(f"/rulebooks/au?{SEVEN}").text
    assert words(book).count("done late, day 8") >= 1
    assert "What your readings flip" not in reader.get("/rulebooks/au").text


def test_the_form_gives_the_address_that_it_says(reader: TestClient) -> None:
    page = read(reader.get(f"/rulebooks/au/rules/au.suspend?{SEVEN}&lang=fr&known_at=2026-01-01").text)
    forms = [given for tag, given in page.tags if tag == "form" and given.get("class") == "own"]
    assert forms == [{"class": "own", "method": "get", "action": "/rulebooks/au/rules/au.suspend"}]
    chosen = [given["value"] for tag, given in page.tags if tag == "option" and "selected" in given]
    assert chosen == ["au.suspension-term=7"]
    hidden = {given["name"]: given["value"] for tag, given in page.tags if given.get("type") == "hidden"}
    assert {"known_at": "2026-01-01", "lang": "fr"}.items() <= hidden.items()
    names = {given.get("name") for tag, given in page.tags if tag == "select"}
    assert names == {"reading"}
    # A form sends what is left as it is, too: an empty value is no reading.
    same = reader.get(f"/rulebooks/au/rules/au.suspend.json?{SEVEN}&reading=&reading=").json()
    assert same["own_readings"] == {"au.suspension-term": "7"}


def test_several_readings_stay_in_every_link_of_the_page(reader: TestClient) -> None:
    two = f"{SEVEN}&reading={quote('au.victims=elected,transitional,unelected,contested', safe='')}"
    page = read(reader.get(f"/rulebooks/au?{two}").text)
    rules = [one for one in page.links(HERE) if "/rules/" in one]
    assert rules
    assert all(one.count("reading=") == 2 for one in rules)
    twins = [one for one in page.links(HERE) if one.partition("?")[0].endswith((".json", ".csv"))]
    assert len(twins) == 2
    assert all(one.count("reading=") == 2 for one in twins)
    assert reader.get(twins[1].removeprefix(HERE)).json()["own_readings"] == {
        "au.suspension-term": "7",
        "au.victims": "elected,transitional,unelected,contested",
    }


@pytest.mark.parametrize("reading", [
    "au.suspension-term", "=7", "au.suspension-term=soon", "au.suspension-term=0", "nothing=7", "au.victims=x",
    "ecowas.practice-term=7", "<script>alert(1)</script>=1", "au.suspension-term=٧", "'; drop table facts; --=1",
])  # fmt: skip
@pytest.mark.parametrize("place", ["/rulebooks/au", "/rulebooks/au/rules/au.suspend", "/rulebooks/au.json"])
def test_readings_that_are_none_are_refused_in_a_sentence(reader: TestClient, reading: str, place: str) -> None:
    answer = reader.get(place, params={"reading": reading})
    assert answer.status_code == 400
    if place.endswith(".json"):
        assert answer.json()["error"]
    else:
        is_safe(read(answer.text))


@pytest.mark.parametrize(("address", "status", "nearest"), [
    ("/rulebooks/au/rules/au.suspendx", 404, "/rulebooks/au/rules/au.suspend"),
    ("/rulebooks/auu/rules/au.suspend", 404, "/rulebooks/au"),
    ("/rulebooks/ecowas/rules/au.suspend", 404, ""),
    ("/rulebooks/au/rules/%00", 404, ""),
    ("/rulebooks/au/rules/%D9%85%D8%A7%D9%84%D9%8A", 404, ""),
    (f"/rulebooks/au/rules/{'x' * 400}", 400, ""),
    ("/rulebooks/au?as_of=2021-02-30", 400, ""),
])  # fmt: skip
def test_unknown_rules(reader: TestClient, address: str, status: int, nearest: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert not nearest or f"{HERE}{nearest}" in read(answer.text).links(HERE)


def test_an_earlier_day_of_knowledge_has_fewer_cases_and_other_states(reader: TestClient) -> None:
    now = reader.get("/rulebooks/au/rules/au.suspend.json").json()
    then = reader.get("/rulebooks/au/rules/au.suspend.json?then=2021-05-30").json()
    assert {one["case"] for one in then["cases"]} < {one["case"] for one in now["cases"]}
    mali = {one["case"]: one["state"] for one in then["cases"]}["mali-2021"]
    assert mali == "open"
    page = words(reader.get("/rulebooks/au?then=2021-05-30").text)
    assert "Gabon, August 2023" not in page
    assert "Niger, July 2023" not in page
    for parameter in rulebook("ecowas").parameters:
        assert parameter.note not in words(reader.get("/rulebooks/ecowas?then=2018-01-01").text)


def test_without_a_record_the_law_is_still_there(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    for address in ("/rulebooks", "/rulebooks/au", f"/rulebooks/au?{SEVEN}", "/rulebooks/au/rules/au.suspend"):
        answer = client.get(address)
        assert answer.status_code == 200
        is_safe(read(answer.text))
    assert "No case was known by" in words(client.get("/rulebooks/au/rules/au.suspend").text)
    assert "No case flips" in words(client.get(f"/rulebooks/au?{SEVEN}").text)


def test_a_hostile_case_stays_text(empty_desk: Desk) -> None:
    from web.test_hostile_texts import TOGETHER, sourced

    client = client_of(empty_desk)
    for payload in TOGETHER:
        sourced(empty_desk, payload)
    for address in ("/rulebooks/au", "/rulebooks/au/rules/au.suspend", "/rulebooks/au/rules/au.ucg?lang=fr"):
        page = read(client.get(address).text)
        is_safe(page)
        assert page.unclosed == []
        assert "1337" not in page.words


def test_the_shelf_has_its_table(reader: TestClient) -> None:
    listed = list(csv.DictReader(io.StringIO(reader.get("/rulebooks.csv").content.decode("utf-8-sig"))))
    assert [row["rulebook"] for row in listed] == BOOKS
    for row in listed:
        book = rulebook(row["rulebook"])
        assert int(row["rules"]) == len(book.rules)
        assert row["no_rule_found"] == str(book.no_rule is not None)
    french = words(reader.get("/rulebooks?lang=fr").text)
    for book in rulebooks():
        assert book.title_fr in french
