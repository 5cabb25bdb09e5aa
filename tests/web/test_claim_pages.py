"""The pages of claims: what they say is what the record computes, in both languages, by both clocks."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html import unescape

import pytest
from fastapi.testclient import TestClient

from goodoffices.claims.file import read_claims
from goodoffices.claims.places import TOPICS
from goodoffices.desk.desk import Desk
from web.conftest import HERE, client_of
from web.reading import read
from web.test_markup import is_safe

ALL = [claim.id for claim in read_claims().claims]


def rows_of(text: str) -> list[str]:
    """Ids of the claims in the order in which the page lists them."""
    return re.findall(r'<tr id="(S[CX]\d+)">', text)


def words(text: str) -> str:
    return " ".join(unescape(read(text).words).split())


def test_the_page_lists_every_claim_and_its_slips_apart(reader: TestClient) -> None:
    page = reader.get("/claims").text
    assert rows_of(page) == ALL
    slips = page.partition('id="slips"')[2]
    assert rows_of(slips) == [one for one in ALL if one.startswith("SX")]
    said = words(page)
    for claim in read_claims().claims:
        assert claim.text in said
    record = reader.get("/claims.json").json()
    assert [one["id"] for one in record] == ALL
    assert {f"{HERE}/claims/{one}" for one in ALL} <= set(read(page).links(HERE))


def test_the_totals_are_counted_from_the_record(reader: TestClient) -> None:
    record = reader.get("/claims.json").json()
    page = reader.get("/claims").text
    table = page.partition('class="stack totals"')[2].partition("</table>")[0]
    cells = [int(one) for one in re.findall(r'class="num" data-label="[^"]*">(\d+)</td>', table)]
    expected: list[int] = []
    for slip in (False, True):
        for independent in (False, True):
            some = [one for one in record if one["slip"] is slip and (one["independent"] or not independent)]
            found = Counter(one["verdict"] for one in some)
            expected += [*(found[name] for name in ("holds", "fails", "borderline", "unknown")), len(some)]
    assert cells == expected


@pytest.mark.parametrize("column", ["id", "page", "verdict", "days", "share", "independent"])
def test_every_column_sorts_both_ways(reader: TestClient, column: str) -> None:
    up = rows_of(reader.get(f"/claims?sort={column}").text)
    down = rows_of(reader.get(f"/claims?sort={column}&order=desc").text)
    assert sorted(up) == sorted(down) == sorted(ALL)
    assert up != down


def test_the_claim_that_is_off_by_most_is_found_at_once(reader: TestClient) -> None:
    record = [one for one in reader.get("/claims.json").json() if not one["slip"]]
    page = reader.get("/claims").text
    for field, column in (("off_days", "days"), ("off_percent_of_tolerance", "share")):
        most = max((one for one in record if one["verdict"] == "fails"), key=lambda one, f=field: one[f] or 0)
        assert f'href="/claims/{most["id"]}">{most["id"]}</a>' in page.partition("Furthest off")[2].partition("</p>")[0]
        listed = rows_of(reader.get(f"/claims?sort={column}&order=desc&verdict=fails").text)
        assert listed[0] == most["id"]
        values = {one["id"]: one[field] for one in record}
        shown = [values[one] for one in listed if values.get(one) is not None]
        assert shown == sorted(shown, reverse=True)


def test_filters_choose_and_keep_each_other(reader: TestClient) -> None:
    record = reader.get("/claims.json").json()
    for verdict in ("holds", "fails", "borderline", "unknown"):
        for topic in ("", *TOPICS):
            asked = f"?verdict={verdict}&topic={topic}"
            wanted = [one["id"] for one in record if one["verdict"] == verdict and topic in ("", one["topic"])]
            assert rows_of(reader.get("/claims" + asked).text) == wanted
            assert [one["id"] for one in reader.get("/claims.json" + asked).json()] == wanted
    page = read(reader.get("/claims?verdict=fails&topic=regional&sort=days").text)
    assert f"{HERE}/claims?verdict=fails&topic=guidance&sort=days" in page.links(HERE)
    assert f"{HERE}/claims?verdict=holds&topic=regional&sort=days" in page.links(HERE)
    assert f"{HERE}/claims.csv?verdict=fails&topic=regional" in page.links(HERE)


def test_verdicts_are_told_in_words(reader: TestClient) -> None:
    for asked, said in (("", ("holds", "fails", "borderline", "not known")), ("?lang=fr", ("se vérifie", "non connu"))):
        cells = re.findall(r'data-label="Verdict" class="\w+">([^<]+)</td>', reader.get("/claims" + asked).text)
        assert set(said) <= set(cells)
        assert len(cells) == len(ALL)


@pytest.mark.parametrize("claim", ALL)
def test_every_claim_has_a_page_in_both_languages(reader: TestClient, claim: str) -> None:
    one = next(found for found in read_claims().claims if found.id == claim)
    record = reader.get(f"/claims/{claim}.json").json()
    for asked, text in (("", one.text), ("?lang=fr", one.text_fr)):
        answer = reader.get(f"/claims/{claim}{asked}")
        assert answer.status_code == 200
        page = read(answer.text)
        is_safe(page)
        assert page.unclosed == []
        assert text in words(answer.text)
        linked = {address.partition("?")[0] for address in page.links(HERE)}
        assert {f"{HERE}/facts/{key}" for key in (*record["facts"], *record["competing"])} <= linked


def test_the_arithmetic_of_a_claim(reader: TestClient) -> None:
    said = words(reader.get("/claims/SC080").text)
    for one in ("18 months", "13 months and 5 days", "4.8 months less", "from 17.5 to less than 18.5 months"):
        assert one in said
    assert "time between (first mali-2021/seizure; last mali-2021/review-requested)" in said
    assert "pages 20 to 22" in said
    french = words(reader.get("/claims/SC080?lang=fr").text)
    for one in ("18 mois", "13 mois et 5 jours", "4,8 mois de moins", "de 17,5 à moins de 18,5 mois", "pages 20 à 22"):
        assert one in french


def test_what_was_left_out_is_said_with_its_reason(reader: TestClient) -> None:
    record = reader.get("/claims/SC045.json").json()
    page = reader.get("/claims/SC045").text
    said = words(page)
    counts = Counter(one["fails"] for one in record["left_out"] if one["fact"] is None)
    assert set(counts) >= {"period", "category", "member_of"}
    for question, name in (("period", "outside the period"), ("member_of", "the state was no member")):
        assert f"{name}: {counts[question]} case" in said
    linked = set(read(page).links(HERE))
    for one in record["left_out"]:
        assert f"{HERE}/facts/{one['fact']}" in linked if one["fact"] else f"{HERE}/cases/{one['case']}" in linked
    listed = list(csv.DictReader(io.StringIO(reader.get("/claims/SC045.csv").content.decode("utf-8-sig"))))
    assert sum(row["counts"] == "True" for row in listed) == len(record["facts"])
    assert sum(row["counts"] == "False" for row in listed) == len(record["left_out"]) + len(record["competing"])


def test_another_day_of_knowledge_changes_a_verdict_and_says_so(reader: TestClient) -> None:
    now = reader.get("/claims/SC080.json").json()
    assert now["verdict"] == "fails"
    turned = now["verdict_from"][-1]["known_at"]
    before = reader.get("/claims/SC080.json?known_at=2022-06-28").json()
    assert (turned, before["verdict"], before["facts"]) == ("2022-06-29", "unknown", [])
    page = words(reader.get("/claims/SC080?known_at=2022-06-28").text)
    assert "The report came out on 31 March 2025." in page
    assert "the answer keeps to what was known on 28 June 2022" in page
    assert "the fact mali-2021/review-requested" in page
    assert "How the verdict changed" not in page
    after = words(reader.get("/claims/SC080?known_at=2025-06-01").text)
    assert "on another day of knowledge a verdict may be another" in after
    assert "came out on" not in after
    step = read(reader.get("/claims/SC080").text).links(HERE)
    assert f"{HERE}/claims/SC080?known_at=2022-06-29" in step
    listed = words(reader.get("/claims?known_at=2022-06-28").text)
    assert "the answers keep to what was known on 28 June 2022" in listed


def test_notes_of_hindsight_are_hidden(reader: TestClient) -> None:
    note = next(claim.note for claim in read_claims().claims if claim.id == "SC044")
    assert note in words(reader.get("/claims/SC044").text)
    then = reader.get("/claims/SC044?known_at=2025-06-01").text
    assert note not in words(then)
    assert reader.get("/claims/SC044.json?known_at=2025-06-01").json()["note"] == ""
    assert all(one["note"] == "" for one in reader.get("/claims.json?known_at=2025-06-01").json())
    assert note not in reader.get("/claims.csv?known_at=2025-06-01").text


@pytest.mark.parametrize(("address", "status", "said"), [
    ("/claims?verdict=guilty", 400, "there is no verdict"),
    ("/claims?topic=%3Cscript%3E", 400, "there is no topic"),
    ("/claims?sort=text", 400, "column"),
    ("/claims?order=sideways", 400, "sideways"),
    ("/claims?known_at=2021-02-30", 400, "2021-02-30"),
    ("/claims/SC999", 404, "SC999"),
    ("/claims/SC999.json", 404, "SC999"),
    ("/claims/%D9%85%D8%A7%D9%84%D9%8A", 404, "no claim"),
    ("/claims/SC001?as_of=1899-01-01", 400, "1900"),
    (f"/claims/{'x' * 200}", 400, "60"),
])  # fmt: skip
def test_questions_that_cannot_be_answered(reader: TestClient, address: str, status: int, said: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == status
    assert said in unescape(answer.text)
    assert "Traceback" not in answer.text


def test_an_unknown_claim_leads_to_the_nearest(reader: TestClient) -> None:
    assert f"{HERE}/claims/SC099" in read(reader.get("/claims/SC999").text).links(HERE)
    assert reader.get("/claims/sc080").status_code == 200


def test_without_a_record_every_claim_still_has_its_page(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    assert rows_of(client.get("/claims").text) == ALL
    for claim in ("SC001", "SC045", "SC080", "SX04"):
        assert client.get(f"/claims/{claim}?lang=fr").status_code == 200


def test_a_hostile_case_stays_text(empty_desk: Desk) -> None:
    from web.test_hostile_texts import TOGETHER, sourced

    client = client_of(empty_desk)
    sourced(empty_desk, TOGETHER[0])
    for claim in ("SC001", "SC014", "SC045"):
        page = read(client.get(f"/claims/{claim}").text)
        is_safe(page)
        assert page.unclosed == []
        assert "1337" not in page.words
