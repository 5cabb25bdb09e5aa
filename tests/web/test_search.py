"""The pages of search: what is found, marked; in both languages; under both clocks; safe whatever is asked."""

import csv
import io
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk, NewCase
from goodoffices.desk.finds import SORTS
from web.conftest import HERE, client_of
from web.reading import Page, read
from web.test_hostile_texts import LIVE, TOGETHER, sourced
from web.test_markup import is_safe

CANARY = "Canarybird"


def page_of(reader: TestClient, address: str, status: int = 200) -> Page:
    answer = reader.get(address)
    assert answer.status_code == status, address
    page = read(answer.text)
    assert page.unclosed == [], address
    return page


def marked(text: str) -> list[str]:
    return [part.partition("</mark>")[0] for part in text.split("<mark>")[1:]]


def test_finds_are_links_with_marks(reader: TestClient) -> None:
    answer = reader.get("/search?q=goita")
    page = read(answer.text)
    record = reader.get("/search.json?q=goita").json()
    assert set(marked(answer.text)) == {"Goïta"}
    assert record["found"] == sum(record["counts"].values())
    shown = {urlsplit(link).path for link in page.links(HERE)}
    for find in record["results"]:
        if find["kind"] != "people":
            assert find["address"].partition("#")[0] in shown
        assert find["title"] in page.words
    for fact in record["results"][0]["facts"]:
        assert f"/facts/{fact}" in shown


def test_every_sort_of_find_leads_somewhere(reader: TestClient) -> None:
    tried: set[str] = set()
    for asked in ("mali", "suspension", "1001st meeting", "igad", "constitutive act"):
        for group in SORTS:
            links = read(reader.get(f"/search?q={asked}&kind={group}").text).links(HERE)
            finds = [link for link in links if re.match(r"/[a-z]+/[^?]", urlsplit(link).path)]
            if finds and group not in tried:
                tried.add(group)
                for link in (finds[0], finds[-1]):
                    assert reader.get(link).status_code == 200, link
    assert tried >= set(SORTS) - {"people"}


@pytest.mark.parametrize("asked", ["S/RES/2584 (2021)", "s/res/2584", "2584", "resolution 2584", "Résolution 2584"])
def test_a_resolution_in_any_spelling(reader: TestClient, asked: str) -> None:
    record = reader.get("/search.json", params={"q": asked, "kind": "facts"}).json()
    assert "mali-2021/mandate-2584" in {find["id"] for find in record["results"]}


def test_page_json_and_csv_say_the_same(reader: TestClient) -> None:
    whole = list(csv.DictReader(io.StringIO(reader.get("/search.csv?q=mali&kind=facts").text.lstrip("\ufeff"))))
    listed: list[str] = []
    pages = reader.get("/search.json?q=mali&kind=facts").json()["pages"]
    assert pages > 1
    for number in range(1, pages + 1):
        record = reader.get(f"/search.json?q=mali&kind=facts&page={number}").json()
        words = page_of(reader, f"/search?q=mali&kind=facts&page={number}").words
        assert all(find["title"] in words for find in record["results"])
        listed += [find["id"] for find in record["results"]]
    assert [row["id"] for row in whole] == listed
    assert len(listed) == record["counts"]["facts"]


def test_kinds_and_pages_are_links(reader: TestClient) -> None:
    page = page_of(reader, "/search?q=mali")
    asked = [parse_qs(urlsplit(link).query) for link in page.links(HERE) if urlsplit(link).path == "/search"]
    kinds = {one["kind"][0] for one in asked if "kind" in one}
    assert kinds == set(reader.get("/search.json?q=mali").json()["counts"])
    assert kinds <= set(SORTS)
    second = page_of(reader, "/search?q=mali&kind=facts&page=2")
    rels = {given.get("rel"): parse_qs(urlsplit(given["href"]).query) for tag, given in second.tags if "rel" in given}
    assert rels["next"]["page"] == ["3"]
    assert rels["prev"]["page"] == ["1"]
    assert ("ol", {"start": "26"}) in second.tags


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/search?q=mali&kind=rumours", "there is no kind"),
        ("/search?q=mali&page=0", "there is no page"),
        ("/search?q=mali&kind=facts&page=99999", "there is no page"),
        ("/search?q=mali&page=two", "is no number of a page"),
        ("/search?q=mali&page=-1", "is no number of a page"),
        ("/search?q=mali&page=%D9%A2", "is no number of a page"),
        ("/search?q=mali&page=99999999999", "is no number of a page"),
        ("/search?q=" + "a" * 201, "at most 200"),
        ("/search?q=mali&known_at=yesterday", "is no day"),
        ("/search.json?q=mali&kind=rumours", "there is no kind"),
        ("/search.csv?q=mali&kind=rumours", "there is no kind"),
        ("/search/suggest?q=" + "a" * 201, "at most 200"),
    ],
)
def test_what_cannot_be_asked_is_said(reader: TestClient, address: str, words: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 400
    assert words in answer.text
    assert "Traceback" not in answer.text


def test_nothing_found_is_never_an_empty_page(reader: TestClient) -> None:
    page = page_of(reader, "/search?q=mali+goyta")
    asked = [parse_qs(urlsplit(link).query).get("q", [""])[0] for link in page.links(HERE)]
    assert "mali goita" in asked
    assert "mali" in asked
    assert "Did you mean" in page.words
    for link in page.links(HERE):
        if urlsplit(link).path == "/search":
            assert reader.get(link).status_code == 200
    record = reader.get("/search.json?q=mali+goyta").json()
    assert record["did_you_mean"] == ["mali goita"]
    assert record["alone"][0]["asked"] == "mali"


@pytest.mark.parametrize("asked", ["", "?q=", "?q=%22%22", "?q=%20", "?q=%E2%80%8F"])
def test_asking_nothing_tells_what_can_be_asked(reader: TestClient, asked: str) -> None:
    page = page_of(reader, f"/search{asked}")
    assert "What can be asked" in page.words
    asking = [link for link in page.links(HERE) if urlsplit(link).path == "/search"]
    examples = [link for link in asking if parse_qs(urlsplit(link).query).keys() == {"q"}]
    assert examples
    for link in examples:
        assert "finds for" in reader.get(link).text or "One find for" in reader.get(link).text


def test_suggestions_are_a_part_of_a_page(reader: TestClient) -> None:
    answer = reader.get("/search/suggest?q=goi&known_at=2022-01-01&lang=fr")
    assert "<html" not in answer.text
    page = read(answer.text)
    assert page.unclosed == []
    links = page.links(HERE)
    assert 0 < len(links) <= 8
    for link in links:
        assert parse_qs(urlsplit(link).query)["known_at"] == ["2022-01-01"]
        assert parse_qs(urlsplit(link).query)["lang"] == ["fr"]
        assert reader.get(link).status_code == 200
    record = reader.get("/search/suggest.json?q=goi&known_at=2022-01-01&lang=fr").json()
    assert [find["title"] in page.words for find in record["results"]] == [True] * len(links)
    assert "Nothing begins like this" in reader.get("/search/suggest?q=zzzzq").text
    assert reader.get("/search/suggest").text.strip() == ""


# ---------------------------------------------------------------- two clocks


def test_what_was_not_known_is_not_found(desk: Desk) -> None:
    fields = {
        **{"kind": "leadership", "actor": "authorities", "when": "2021-12-01", "manner": "took_power"},
        **{"person": f"{CANARY} Traoré", "office": "president", "text": f"The {CANARY} sings."},
        **{"known": "2022-01-01", "confidence": "high", "sources": ["s"], "note": f"{CANARY} note"},
    }
    desk.record("mali-2021", "canary", fields, {"s": {"title": f"{CANARY} Gazette"}})
    client = client_of(desk)
    for place in ("/search", "/search.json", "/search.csv", "/search/suggest", "/search/suggest.json"):
        for asked in ("canarybird", "canarybirdd", "sings", "mali traore", "gazette"):
            before = client.get(f"{place}?q={asked}&as_of=2022-06-01&known_at=2021-12-31").text
            told = before.replace(asked, "").replace("canarybirdd", "").replace("canarybird", "")
            assert "canary" not in told.lower(), (place, asked)
        assert "canary" in client.get(f"{place}?q=sings&as_of=2022-06-01&known_at=2022-01-01").text.lower()
    record = client.get("/search.json?q=canarybird&known_at=2022-01-01").json()
    assert set(record["counts"]) == {"facts", "people", "sources"}
    assert client.get("/search.json?q=canarybirdd&known_at=2021-12-31").json()["did_you_mean"] == []
    assert client.get("/search.json?q=canarybirdd&known_at=2022-01-01").json()["did_you_mean"] == ["canarybird"]


def test_a_note_is_no_text_to_be_found(desk: Desk) -> None:
    desk.correct("mali-2021/au-suspension", {"note": f"{CANARY} with hindsight"}, "noted")
    assert client_of(desk).get("/search.json?q=canarybird").json()["found"] == 0


def test_cases_to_come_are_not_found(reader: TestClient) -> None:
    early = reader.get("/search.json?q=niger+2023&known_at=2021-05-01").json()
    assert "cases" not in early["counts"]
    assert "niger-2023" not in reader.get("/search?q=niger&known_at=2021-05-01").text
    assert "niger-2023" in {find["id"] for find in reader.get("/search.json?q=niger+2023").json()["results"]}


def test_links_keep_both_clocks_and_the_language(reader: TestClient) -> None:
    at = "as_of=2021-06-15&known_at=2021-07-15&lang=fr"
    for address in (f"/search?q=mali&{at}", f"/search?q=mali+goyta&{at}", f"/search?{at}"):
        page = page_of(reader, address)
        for link in page.links(HERE):
            asked = parse_qs(urlsplit(link).query)
            if urlsplit(link).path != "/search" or "q" not in asked or "kind" not in asked:
                continue
            assert (asked["as_of"], asked["known_at"], asked["lang"]) == (["2021-06-15"], ["2021-07-15"], ["fr"])
        hidden = {given["name"]: given["value"] for tag, given in page.tags if given.get("type") == "hidden"}
        assert hidden["lang"] == "fr"
    facts = page_of(reader, f"/search?q=mali&kind=facts&{at}")
    assert [tag for tag, given in facts.tags if tag == "li" and given.get("class") == "later"]


# ---------------------------------------------------------------- French, and texts of others


def test_in_french(reader: TestClient) -> None:
    page = page_of(reader, "/search?q=suspension+mali&lang=fr")
    assert ("html", {"lang": "fr"}) in page.tags
    for english in ("finds for", "Facts", "kind of act", "Sources", "All "):
        assert english not in page.words.replace("Sources", "", 3) or english == "Sources"
    assert "résultats pour" in page.words
    assert "Faits" in page.words
    assert "la suspension du Mali" in page.words or "suspend le Mali" in page.words
    nothing = page_of(reader, "/search?q=mali+goyta&lang=fr")
    assert "Vouliez-vous dire" in nothing.words
    assert "What can be asked" not in nothing.words
    assert "au 21 novembre 2026" in nothing.words


def test_letters_of_all_scripts(reader: TestClient) -> None:
    for name in ("مالي", "مَالِي", "马里", "Мали"):
        record = reader.get("/search.json", params={"q": name}).json()
        assert "mali-2021" in {find["id"] for find in record["results"] if find["kind"] == "cases"}
        words = page_of(reader, f"/search?q={quote(name)}").words
        assert name in words


@pytest.mark.parametrize("payload", LIVE)
def test_nothing_asked_comes_alive(reader: TestClient, payload: str) -> None:
    for place in ("/search", "/search/suggest"):
        for more in ("", "&lang=fr&kind=facts"):
            answer = reader.get(f"{place}?q={quote(payload, safe='')}{more}")
            assert answer.status_code == 200
            page = read(answer.text)
            assert page.unclosed == []
            if place == "/search":
                is_safe(page)
            else:
                is_safe(page)
            assert "1337" not in page.words
    assert reader.get(f"/search?kind={quote(payload, safe='')}").status_code == 400


@pytest.mark.parametrize("payload", TOGETHER, ids=range(5))
def test_nothing_found_comes_alive(empty_desk: Desk, payload: str) -> None:
    client = client_of(empty_desk)
    case = sourced(empty_desk, payload)
    for asked in ("alert", "mali", case, "script", "x"):
        answer = client.get("/search", params={"q": asked})
        is_safe(read(answer.text))
        assert read(answer.text).unclosed == []
        is_safe(read(client.get("/search/suggest", params={"q": asked}).text))
        assert client.get("/search.json", params={"q": asked}).headers["content-type"].startswith("application/json")


def test_a_page_has_what_a_reader_needs(reader: TestClient) -> None:
    for address in ("/search", "/search?q=mali", "/search?q=mali+goyta", "/search?q=goita&kind=people"):
        page = page_of(reader, address)
        assert sum(tag == "h1" for tag, _ in page.tags) == 1
        ids = [given["id"] for _, given in page.tags if "id" in given]
        assert len(ids) == len(set(ids))
        is_safe(page)
        assert "suggested" in ids


def test_an_empty_record(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    assert client.get("/search").status_code == 200
    assert client.get("/search?q=laputa").status_code == 200
    assert client.get("/search?q=suspension").status_code == 200
    empty_desk.new_case(NewCase("Laputa", "2026-11-20", "military_coup", "A bulletin", "", "Soldiers.", "LPT"))
    assert "/cases/laputa-2026" in client.get("/search?q=laputa").text


# ---------------------------------------------------------------- questions as people put them


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Nothing has all of these words; what follows has most of them."),
        ("fr", "Rien ne contient tous ces mots ; ce qui suit en contient la plupart."),
    ],
)
def test_what_has_most_of_the_words_says_so(reader: TestClient, lang: str, words: str) -> None:
    partly = page_of(reader, f"/search?q=suspends+mali+goyta&lang={lang}")
    assert words in partly.words
    assert "mali" in {parse_qs(urlsplit(link).query).get("q", [""])[0] for link in partly.links(HERE)}
    assert words not in page_of(reader, f"/search?q=suspends+mali&lang={lang}").words
    record = reader.get("/search.json?q=suspends+mali+goyta").json()
    assert record["has_all"] is False
    assert record["results"]


def test_a_case_is_shown_by_its_title(reader: TestClient) -> None:
    for lang, title in (("en", "Guinea, September 2021"), ("fr", "Guinée, septembre 2021")):
        page = page_of(reader, f"/search?q=AU+Guinea+2021&kind=facts&lang={lang}")
        assert title in page.words
        assert "guinea-2021" not in page.words
        assert any("/facts/guinea-2021/" in link for link in page.links(HERE))
        suggested = reader.get(f"/search/suggest?q=AU+suspends+Guinea+2021&lang={lang}").text
        assert title in read(suggested).words.replace("\n", " ")
        assert "guinea-2021" not in read(suggested).words
    told = reader.get("/search/suggest.json?q=AU+suspends+Guinea+2021").json()["results"]
    assert "Guinea, September 2021" in {find["within"] for find in told}
    assert "guinea-2021" in {find["id"] for find in told}


def test_nothing_to_come_shows_by_part_of_a_question(reader: TestClient) -> None:
    for place in ("/search", "/search.json", "/search/suggest"):
        told = reader.get(f"{place}?q=AU+suspends+Niger+2023+zzzzqqq&known_at=2021-05-01").text
        assert "niger-2023" not in told
        assert "Niger, July 2023" not in told
