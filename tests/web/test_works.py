"""How it works and the glossary, as a reader sees them: links, sources, both clocks, both languages, bad questions."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from jinja2 import Environment

from goodoffices.desk.desk import Desk, NewCase, open_desk
from goodoffices.web.guard import POLICY
from goodoffices.web.language import say
from goodoffices.web.rendering import environment
from record import clock, day
from web.conftest import client_of
from web.reading import Page, read

MALI = "/how-it-works/mali"
PAGES = ["/how-it-works", MALI, "/how-it-works/somalia", "/glossary"]
TWINS = [
    *("/how-it-works.json", "/how-it-works.csv", f"{MALI}.json", f"{MALI}.csv", "/glossary.json", "/glossary.csv"),
    *(f"{MALI}/network.svg", f"{MALI}/authorisation.svg"),
]


def page(client: TestClient, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return read(answer.text)


def ids(found: Page) -> list[str]:
    return [given["id"] for _, given in found.tags if "id" in given]


@pytest.mark.parametrize("address", [*PAGES, *(f"{one}?lang=fr" for one in PAGES), f"{MALI}?then=2013-02-01"])
def test_pages_nest_name_each_place_once_and_link_within_themselves(reader: TestClient, address: str) -> None:
    found = page(reader, address)
    assert found.unclosed == []
    names = ids(found)
    assert len(names) == len(set(names))
    within = {one["href"][1:] for tag, one in found.tags if tag == "a" and one.get("href", "").startswith("#")}
    assert within <= set(names)
    assert not [given for _, given in found.tags if "style" in given or any(one.startswith("on") for one in given)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_link_of_mali_leads_somewhere(reader: TestClient, language: str) -> None:
    found = page(reader, f"{MALI}?as_of=2022-06-15&lang={language}")
    places = {urlsplit(one)._replace(fragment="").geturl() for one in found.links("http://127.0.0.1")}
    mine = sorted(one for one in places if one.startswith("http://127.0.0.1/"))
    # Pages of cases are slow and told by their own tests; every fact is asked for as JSON, which is the same answer.
    facts = [re.sub(r"(/facts/[^?]+)", r"\1.json", one) for one in mine if "/facts/" in one]
    assert len(facts) > 80
    broken = [one for one in facts if reader.get(one).status_code != 200]
    others = [one for one in mine if "/facts/" not in one and "/cases" not in one]
    assert broken == [] and [one for one in others if reader.get(one).status_code != 200] == []


def test_each_sentence_of_mali_has_its_sources(reader: TestClient) -> None:
    text = reader.get(MALI).text
    told = re.findall(r'<a class="plain" dir="auto"[^>]*href="/facts/[^"]+">[^<]+</a>(<sup>)?', text)
    assert len(told) > 150 and all(told)
    listed = {one for one in ids(read(text)) if re.fullmatch(r"s\d+", one)}
    cited = set(re.findall(r'href="#(s\d+)"', text))
    assert cited == listed


@pytest.mark.parametrize("address", [*PAGES, f"{MALI}?as_of=2022-06-15"])
def test_french_pages_have_no_english_left(reader: TestClient, address: str) -> None:
    joined = f"{address}{'&' if '?' in address else '?'}lang=fr"
    found = page(reader, joined)
    assert ("html", {"lang": "fr"}) in found.tags
    english = ["How did", "Who asked", "Who else", "Used here", "Rests on", "Host authorities", "No end"]
    # The glossary names each term in the other language, too.
    english += ["not known"] if address != "/glossary" else []
    assert [one for one in english if one in found.words] == []
    ours = [one for one in found.links("http://127.0.0.1") if one.startswith("http://127.0.0.1/")]
    leaves = [one for one in ours if "lang=fr" not in one and urlsplit(one).path != "/" and urlsplit(one).query]
    assert len(leaves) <= 1, "only the way back to English"


def test_links_keep_both_clocks(reader: TestClient) -> None:
    found = page(reader, f"{MALI}?as_of=2015-01-01&known_at=2016-01-01")
    for one in found.links("http://127.0.0.1"):
        parts = urlsplit(one)
        if parts.netloc == "127.0.0.1" and parts.path.startswith(("/facts", "/cases/", "/how-it-works/mali.")):
            assert parse_qs(parts.query)["known_at"] == ["2016-01-01"]


def without_later(desk: Desk, folder: Path, known: str) -> Desk:
    """A record that never heard of what became known after a day."""
    facts = desk.everything(desk.moment(day("2199-12-31"), day(known))).facts
    other = open_desk(folder / "then.db", clock, recorder="tests", take_in=False)
    other._ledger.assert_facts(facts, "tests")
    return other


@pytest.mark.parametrize("known", ["2013-01-15", "2022-07-20"])
def test_what_became_known_later_shows_neither_by_presence_nor_by_absence(
    desk: Desk, tmp_path: Path, known: str
) -> None:
    other = without_later(desk, tmp_path, known)
    full, then = client_of(desk), client_of(other)
    asked = f"as_of={known}&known_at={known}"
    for address in ("/how-it-works", MALI, *TWINS):
        here = f"{address}?{asked}"
        assert full.get(here).text == then.get(here).text, here
    other.close()


def test_a_past_day_with_todays_knowledge_draws_later_events_faint(reader: TestClient) -> None:
    found = page(reader, f"{MALI}?as_of=2014-01-01")
    assert [given for tag, given in found.tags if tag == "tr" and given.get("class") == "later"]
    known_then = page(reader, f"{MALI}?then=2014-01-01")
    assert not [given for tag, given in known_then.tags if tag == "tr" and given.get("class") == "later"]


def test_key_days_lead_to_their_pictures(reader: TestClient) -> None:
    found = page(reader, MALI)
    steps = [one["href"] for tag, one in found.tags if tag == "a" and one.get("href", "").endswith("#network")]
    assert len(steps) >= 8
    pictures = {reader.get(one.partition("#")[0].replace("/mali?", "/mali.csv?")).text for one in steps}
    assert len(pictures) == len(steps), "each key day has a picture of its own"


def test_the_figure_and_its_table_carry_the_same_edges(reader: TestClient) -> None:
    address = f"{MALI}?as_of=2022-06-15"
    drawn = reader.get(address.replace("mali?", "mali/network.svg?")).text
    rows = list(csv.DictReader(io.StringIO(reader.get(address.replace("mali?", "mali.csv?")).text.lstrip("\ufeff"))))
    numbers = re.findall(r'class="num"[^>]*>(\d+)<', drawn)
    assert numbers == [row["number"] for row in rows]
    told = reader.get(address.replace("mali?", "mali.json?")).json()
    assert [edge["facts"] for edge in told["edges"]] == [row["facts"].split("; ") for row in rows]
    places = {one for one in ids(page(reader, address)) if re.fullmatch(r"e\d+", one)}
    assert places == {f"e{number}" for number in numbers}


def test_twins_tell_what_the_pages_tell(reader: TestClient) -> None:
    rows = reader.get("/how-it-works.json").json()
    assert {f"/how-it-works/{row['id']}" for row in rows} <= {
        urlsplit(one).path for one in page(reader, "/how-it-works").links("http://127.0.0.1")
    }
    terms = reader.get("/glossary.json").json()
    assert {one["term"] for one in terms} <= set(ids(page(reader, "/glossary")))
    table = csv.DictReader(io.StringIO(reader.get("/glossary.csv").text.lstrip("\ufeff")))
    assert [row["term"] for row in table] == [one["term"] for one in terms]


def test_letters_jump_to_their_sections(reader: TestClient) -> None:
    for language in ("en", "fr"):
        found = page(reader, f"/glossary?lang={language}")
        letters = [
            one["href"][1:] for tag, one in found.tags if tag == "a" and one.get("href", "").startswith("#letter-")
        ]
        assert letters == sorted(letters) and set(letters) <= set(ids(found)) and len(letters) > 12


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/how-it-works/atlantis", 404),
        ("/how-it-works/atlantis.json", 404),
        ("/how-it-works/mali/network.png", 404),
        ("/how-it-works/%3Cscript%3E", 404),
        ("/how-it-works/" + "m" * 200, 400),
        ("/how-it-works/مالي", 404),
        ("/how-it-works?sort=colour", 400),
        ("/how-it-works?sort=name&order=up", 400),
        (f"{MALI}?as_of=2021-02-30", 400),
        (f"{MALI}?as_of=0001-01-01", 400),
        (f"{MALI}.csv?known_at=yesterday", 400),
        (f"{MALI}?then=1950-01-01", 404),
        ("/glossary?as_of=never", 400),
    ],
)
def test_bad_questions_get_a_sentence(reader: TestClient, address: str, status: int) -> None:
    answer = reader.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text and "<script>" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_near_miss_is_led_to_the_page(reader: TestClient) -> None:
    answer = reader.get("/how-it-works/maly")
    assert answer.status_code == 404
    assert any(urlsplit(one).path == MALI for one in read(answer.text).links("http://127.0.0.1"))


@pytest.mark.parametrize("day", ["1900-01-01", "1950-01-01", "2012-03-22", "2026-11-21", "2199-12-31"])
def test_odd_days_are_answered(reader: TestClient, day: str) -> None:
    for address in ("/how-it-works", "/glossary", MALI):
        answer = reader.get(f"{address}?as_of={day}")
        assert answer.status_code == (404 if address == MALI and day < "1992" else 200)


def test_an_empty_record_says_so(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    assert "Nothing was known of any country" in read(client.get("/how-it-works").text).words
    assert client.get(MALI).status_code == 404
    assert client.get("/glossary").status_code == 200
    assert client.get("/how-it-works.csv").status_code == 200


def test_a_country_sorts_by_any_column(reader: TestClient) -> None:
    for column in ("cases", "missions", "operations", "consents", "surveys", "gaps", "facts"):
        rows = page(reader, f"/how-it-works?sort={column}&order=desc")
        assert ("th", {"scope": "col", "aria-sort": "descending"}) in rows.tags
    order = [row["id"] for row in sorted(reader.get("/how-it-works.json").json(), key=lambda row: -row["facts"])]
    shown = page(reader, "/how-it-works?sort=facts&order=desc").links("http://127.0.0.1")
    places = [urlsplit(one).path.removeprefix("/how-it-works/") for one in shown if "/how-it-works/" in one]
    assert places[-len(order) :][:3] == order[:3]


def test_texts_of_others_stay_texts(desk: Desk, client: TestClient) -> None:
    live = '<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 7 * 191 }}'
    case = desk.new_case(
        NewCase(day="2026-11-01", country="Mali", category="military_coup", what=f"{live}.", source=f"{live} Gazette")
    )
    source = {"s": {"title": live, "publisher": live}}
    common = {"kind": "violence", "when": "2026-11-02", "confidence": "low", "sources": ["s"]}
    desk.record(case, "fight", {**common, "actor": "armed-groups", "text": f"{live} قتال.", "target": live}, source)
    desk.record(
        *(case, "limit"),
        {
            **common,
            "kind": "restriction",
            "actor": "authorities",
            "text": f"{live}.",
            "subject_matter": live,
            "target": live,
        },
        source,
    )
    for address in (MALI, f"{MALI}?lang=fr", f"{MALI}/network.svg", f"{MALI}/authorisation.svg", "/how-it-works"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "<script>" not in answer.text and "onerror=alert(1)>" not in answer.text.replace("&gt;", "")
        assert "1337" not in answer.text
    assert "قتال" in client.get(MALI).text
    assert client.get(MALI).headers["content-security-policy"] == POLICY


def test_words_are_explained_on_hover_on_focus_and_on_a_page(reader: TestClient) -> None:
    found = page(reader, MALI)
    terms = [given for tag, given in found.tags if tag == "a" and given.get("class") == "term"]
    assert len(terms) >= 5
    glossary = set(ids(page(reader, "/glossary")))
    for one in terms:
        assert one["title"] == one["data-said"] and one["title"].endswith(".")
        assert urlsplit(one["href"]).fragment in glossary


@pytest.mark.parametrize(("language", "shown"), [("en", "host consent"), ("fr", "consentement de l’État hôte")])
def test_any_template_can_link_a_word(language: str, shown: str) -> None:
    class Here:
        def to(self, path: str) -> str:
            return path

    made: Environment = environment(language)
    text = made.from_string(
        '{% from "terms.html" import term %}{{ term(links, "host consent") }}|{{ term(links, "no such <word>") }}'
    ).render(links=Here())
    linked, plain = text.split("|")
    assert linked.startswith('<a class="term" href="/glossary#host-consent"') and linked.endswith(f">{shown}</a>")
    assert plain == "no such &lt;word&gt;"


def test_the_titles_of_the_figures_are_said_in_french(reader: TestClient) -> None:
    drawn = reader.get(f"{MALI}/authorisation.svg?lang=fr").text
    assert say("Who asked, who decided, who acted", "fr") + " : Mali" in drawn
    assert "Qui a demandé" in drawn and "Who asked" not in drawn


def test_mali_answers_the_four_questions(reader: TestClient) -> None:
    words = page(reader, MALI).words
    for name in (
        "MINUSMA",
        "AFISMA",
        "Serval",
        "Barkhane",
        "Takuba",
        "G5 Sahel",
        "EUTM",
        "ECOWAS",
        "African Union",
        "Wagner",
    ):
        assert name in words
    for said in ("S/RES/2100 (2013)", "votes 15-0-0", "withdrawn", "Agreement on Peace and Reconciliation", "not kept"):
        assert said in words
