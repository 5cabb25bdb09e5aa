"""The table of cases: found by its form, kept in its address, carried to its twins; and the figures above it, whose
every number leads to exactly the cases it counts."""

import csv
import io
import re
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk, NewCase
from web.conftest import HERE, client_of
from web.reading import Page, read
from web.test_hostile_texts import TOGETHER
from web.test_markup import is_safe

ASKED = (
    *("kind=military_coup", "outcome=failed", "region=ecowas", "region=western-africa", "state=MLI", "mission=any"),
    *("mission=none", "from=2020", "to=2009", "from=2010&to=2019", "q=goita", "q=C%C3%B4te+d%27Ivoire"),
    "kind=military_coup&region=africa&mission=peacekeeping&from=2015",
)
FIGURES = ("yearly", "africa", "map")


def rows(text: str) -> list[str]:
    """The cases of the table, in its order."""
    table = text.rpartition('<table class="stack pairwise cases">')[2]
    return (
        re.findall(r'<th scope="row"><a href="/cases/([a-z0-9-]+)', table.partition("</table>")[0])
        if table != text
        else []
    )


def table(reader: TestClient, address: str) -> list[dict[str, str]]:
    text = reader.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def twins(page: Page) -> dict[str, str]:
    found = {
        urlsplit(one).path.rpartition(".")[2]: one
        for one in page.links(HERE)
        if urlsplit(one).path in ("/cases.csv", "/cases.json")
    }
    assert set(found) == {"csv", "json"}
    return found


@pytest.mark.parametrize("asked", ["", *ASKED])
def test_page_and_twins_have_the_same_cases(reader: TestClient, asked: str) -> None:
    text = reader.get(f"/cases?{asked}").text
    page = read(text)
    links = twins(page)
    assert set(parse_qsl(asked)) == set(parse_qsl(urlsplit(links["csv"]).query))
    record = reader.get(links["json"]).json()
    assert [row["id"] for row in table(reader, links["csv"])] == [row["id"] for row in record] == rows(text)
    every = len(reader.get("/cases.json").json())
    assert f"{len(record)} of {every} cases." in page.words
    assert ("Show all" in page.words) == bool(asked)
    assert 0 < len(record) < every or not asked


@pytest.mark.parametrize("asked", ["kind=military_coup", "q=goita", "from=2010&to=2019&mission=none"])
def test_the_form_shows_what_was_asked_and_keeps_clocks_and_order(reader: TestClient, asked: str) -> None:
    address = f"/cases?{asked}&sort=title&order=desc&as_of=2021-06-15&lang=fr"
    text = reader.get(address).text
    form = read("<form" + text.partition('<form class="ask choose"')[2].partition("</form>")[0] + "</form>")
    given = {one["name"]: one.get("value", "") for tag, one in form.tags if tag == "input"}
    given |= {name: "" for name in ("kind", "outcome", "region", "state", "mission")}
    name = ""
    for tag, one in form.tags:
        name = one["name"] if tag == "select" else name
        if tag == "option" and "selected" in one:
            given[name] = one["value"]
    sent = {name: value for name, value in given.items() if value}
    assert sent == dict(parse_qsl(urlsplit(address).query))
    # What the form sends leads to the same table, at an address without empty fields.
    answer = reader.get("/cases", params=given)
    assert answer.status_code == 307
    assert set(parse_qsl(urlsplit(answer.headers["location"]).query, keep_blank_values=True)) == set(sent.items())
    assert rows(reader.get(answer.headers["location"]).text) == rows(text)


def test_what_the_form_offers_can_be_asked(reader: TestClient) -> None:
    text = reader.get("/cases").text
    form = read("<form" + text.partition('<form class="ask choose"')[2].partition("</form>")[0] + "</form>")
    name, tried = "", 0
    for tag, one in form.tags:
        name = one["name"] if tag == "select" else name
        if tag == "option" and one["value"]:
            assert reader.get("/cases.json", params={name: one["value"]}).json(), one
            tried += 1
    assert tried > 60


def test_sorting_keeps_the_filter_and_the_filter_the_sorting(reader: TestClient) -> None:
    page = read(reader.get("/cases?kind=military_coup&sort=title").text)
    heads = [one for one in page.links(HERE + "/cases") if "sort=" in one and "order=" in one]
    assert len(heads) == 9
    assert all(parse_qs(urlsplit(one).query)["kind"] == ["military_coup"] for one in heads)
    for one in heads:
        assert sorted(rows(reader.get(one).text)) == sorted(rows(reader.get("/cases?kind=military_coup").text))
    clear = next(
        one
        for one in page.links(HERE + "/cases")
        if urlsplit(one).fragment == "table" and "sort=title" in one and "kind" not in one
    )
    assert rows(reader.get(clear).text) == rows(reader.get("/cases?sort=title").text)


def test_names_sort_without_their_accents_in_the_language_of_the_page(reader: TestClient) -> None:
    english = rows(reader.get("/cases?sort=title").text)
    french = rows(reader.get("/cases?sort=title&lang=fr").text)
    assert english.index("ecuador-2000") < english.index("egypt-2011") < english.index("fiji-2000")
    assert french.index("central-african-republic-2003") > french.index("peru-2022")  # République
    assert french.index("egypt-2011") < french.index("ecuador-2000") or "Équateur" in reader.get("/cases?lang=fr").text
    assert french.index("ecuador-2000") < french.index("fiji-2000")  # Équateur before Fidji


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("kind=coup", "military_coup"),
        ("outcome=won", "completed"),
        ("region=atlantis", "western-africa"),
        ("state=Mali", "MLI"),
        ("mission=minusma", "peacekeeping"),
        ("from=21", "2021"),
        ("from=2021&to=2020", "2021 lies after 2020"),
        ("to=%D9%A2%D9%A0%D9%A2%D9%A1", "2021"),
        ("q=" + "x" * 300, "200"),
        ("kind=%3Cscript%3Ealert(1)%3C/script%3E", "kind"),
        ("sort=password", "password"),
        ("state=%00", "state"),
    ],
)
@pytest.mark.parametrize("place", ["/cases", "/cases.json", "/cases.csv"])
def test_what_cannot_be_asked_is_a_sentence(reader: TestClient, place: str, asked: str, word: str) -> None:
    if "sort" in asked and place != "/cases":
        return
    answer = reader.get(f"{place}?{asked}")
    assert answer.status_code == 400
    said = read(answer.text).words if place == "/cases" else answer.json()["error"]
    assert word in said
    assert "Traceback" not in said


def test_a_state_without_a_case_has_an_empty_table_that_says_so(reader: TestClient) -> None:
    page = read(reader.get("/cases?state=BWA").text)
    assert "0 of" in page.words
    assert "No case of the record is like that" in page.words
    assert reader.get("/cases.csv?state=BWA").status_code == 200
    assert reader.get("/cases.json?state=ZZZ").json() == []


@pytest.mark.parametrize("moment", ["", "as_of=2010-01-01", "as_of=2021-06-15&known_at=2021-05-26"])
@pytest.mark.parametrize("figure", ["yearly", "tiles", "world"])
def test_every_number_of_a_figure_leads_to_exactly_its_cases(reader: TestClient, moment: str, figure: str) -> None:
    address = f"/cases/map?{moment}" if figure == "world" else f"/cases?{moment}"
    drawn = reader.get(address).text.partition(f'class="{figure}"')[2].partition("</svg>")[0]
    marks = re.findall(r'<a class="[a-z ]+" href="([^"]+)"[^>]*><title>([^<]*)</title>', drawn)
    assert len(marks) > 15
    counted = 0
    for link, said in marks[::3]:
        found = re.search(r": (\d+|no) cases?", said)
        assert found is not None, said
        number = 0 if found[1] == "no" else int(found[1])
        target = link.replace("&amp;", "&")
        query = urlsplit(target).query
        assert dict(parse_qsl(moment)).items() <= dict(parse_qsl(query)).items()
        assert len(reader.get(f"/cases.json?{query}").json()) == number, said
        counted += number
    assert counted


@pytest.mark.parametrize("moment", ["", "?as_of=2010-01-01", "?as_of=2021-06-15&known_at=2021-05-26"])
def test_the_data_of_the_figures_is_that_of_the_table(reader: TestClient, moment: str) -> None:
    cases = reader.get("/cases.json" + moment).json()
    yearly = reader.get("/cases/yearly.json" + moment).json()
    assert sorted(one for row in yearly for one in row["ids"]) == sorted(case["id"] for case in cases)
    for case in cases:
        row = next(row for row in yearly if case["id"] in row["ids"])
        assert (row["year"], row["kind"], row["outcome"]) == (case["year"], case["category"], case["outcome"])
    states = reader.get("/cases/map.json" + moment).json()
    assert {row["iso3"]: row["ids"] for row in states}.keys() == {case["iso3"] for case in cases}
    for row in states:
        assert set(row["ids"]) == {case["id"] for case in cases if case["iso3"] == row["iso3"]}
        assert row["cases"] == len(row["ids"])
    africa = reader.get("/cases/africa.json" + moment).json()
    assert {row["iso3"] for row in africa} == {case["iso3"] for case in cases if "africa" in case["regions"]}
    for figure in FIGURES:
        listed = table(reader, f"/cases/{figure}.csv{moment}")
        record = reader.get(f"/cases/{figure}.json{moment}").json()
        assert [row["cases"] for row in listed] == [str(row["cases"]) for row in record]


def test_completed_coups_are_those_the_report_counts(reader: TestClient) -> None:
    """The report names the coups of 2020 to 2023: one, five, two and two (its section on recent trends)."""
    rows = reader.get("/cases/yearly.json").json()
    coups = {year: 0 for year in range(2020, 2024)}
    for row in rows:
        if row["year"] in coups and (row["kind"], row["outcome"]) == ("military_coup", "completed"):
            coups[row["year"]] += row["cases"]
    assert coups == {2020: 1, 2021: 5, 2022: 2, 2023: 2}


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_by_itself_is_an_image_without_links(reader: TestClient, figure: str) -> None:
    drawn = read(reader.get(f"/cases/{figure}.svg").text)
    tags = {tag for tag, _ in drawn.tags}
    assert tags <= {"svg", "g", "path", "circle", "rect", "text", "title", "defs", "pattern"}
    root = drawn.tags[0][1]
    assert root["role"] == "img"
    assert root["aria-label"]
    assert not [name for _, given in drawn.tags for name in given if name.startswith("on") or name == "style"]
    french = reader.get(f"/cases/{figure}.svg?lang=fr").text
    assert french != reader.get(f"/cases/{figure}.svg").text
    assert " cas" in french


def test_the_list_does_not_carry_the_outlines_of_the_world(reader: TestClient) -> None:
    listed = reader.get("/cases").text
    assert 'class="world"' not in listed
    assert any(urlsplit(one).path == "/cases/map" for one in read(listed).links(HERE))
    page = reader.get("/cases/map").text
    assert 'class="world"' in page
    assert "imply no opinion" in page
    assert len(listed) < 160_000


def test_those_not_asked_for_are_faint_in_the_figures(reader: TestClient) -> None:
    text = reader.get("/cases?state=MLI").text
    every = len(reader.get("/cases.json").json())
    assert len(re.findall(r'class="brick faint"', text)) == every - len(rows(text))
    assert "faint" not in reader.get("/cases").text
    assert "faint" in reader.get("/cases/map?state=MLI").text
    links = [one for one in read(text).links(HERE) if urlsplit(one).path == "/cases/map"]
    assert all(parse_qs(urlsplit(one).query)["state"] == ["MLI"] for one in links)


def test_as_of_2010_nothing_later_counts(reader: TestClient) -> None:
    early = reader.get("/cases.json?as_of=2010-01-01").json()
    every = reader.get("/cases.json").json()
    assert early
    assert {row["id"] for row in early} == {row["id"] for row in every if row["day"] < "2010-01-02"}
    text = reader.get("/cases?as_of=2010-01-01").text
    assert f"{len(every) - len(early)} known cases began only after the day looked at" in text
    for row in every:
        if row not in early and row["id"] not in {one["id"] for one in early}:
            assert f"/cases/{row['id']}" not in text
    years = [row["year"] for row in reader.get("/cases/yearly.json?as_of=2010-01-01").json()]
    assert max(years) == 2010
    assert max(row["year"] for row in reader.get("/cases/yearly.json?as_of=2199-01-01").json()) == 2026
    today = next(
        one
        for one in read(text).links(HERE)
        if urlsplit(one).path == "/cases" and "as_of" not in one and "#" not in one
    )
    assert len(rows(reader.get(today).text)) == len(every)


def test_before_the_first_case(reader: TestClient) -> None:
    assert "No known case had begun by 1 January 1950" in reader.get("/cases?as_of=1950-01-01").text
    assert "No case was known by 1 January 1950" in reader.get("/cases?then=1950-01-01").text
    for address in ("/cases/map?then=1950-01-01", "/cases/map?as_of=1950-01-01"):
        page = reader.get(address)
        assert page.status_code == 200
        assert 'class="world"' not in page.text
    for figure in FIGURES:
        assert reader.get(f"/cases/{figure}.svg?then=1950-01-01").status_code == 200
        assert reader.get(f"/cases/{figure}.json?then=1950-01-01").json() == []


def test_days_and_numbers_of_facts_lead_to_the_facts(reader: TestClient) -> None:
    text = reader.get("/cases?state=MLI").text
    found = read(text.rpartition('<table class="stack pairwise cases">')[2].partition("</table>")[0] + "")
    places = [urlsplit(one).path for one in found.links(HERE)]
    for case in rows(text):
        assert f"/facts/{case}/seizure" in places
        assert f"/cases/{case}/facts" in places


def test_in_french(reader: TestClient) -> None:
    page = read(reader.get("/cases?lang=fr").text)
    for words in (
        *(
            "Changements de gouvernement par année",
            "coup d’État militaire",
            "prise de pouvoir armée",
            "éviction par un État",
        ),
        *("Côte d’Ivoire", "Suspendu", "CEDEAO", "Aucun document connu", "Afrique occidentale", "Égypte : 2 cas"),
        *(
            "soulèvement populaire, contesté",
            "59 cas sur 59",
            "Communauté économique des États de l’Afrique de l’Ouest",
        ),
    ):
        assert words in page.words, words
    for words in ("Suspended", "No product known", "military coup", "Western Africa", "any kind", "popular"):
        assert words not in page.words, words
    world = read(reader.get("/cases/map?lang=fr").text)
    assert "aucune prise de position" in world.words
    assert "Fidji" in world.words


def test_an_empty_record(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    for address in ("/cases", "/cases/map", "/cases?kind=other"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "No case was known by" in answer.text
        assert "<svg" not in answer.text
    case = empty_desk.new_case(NewCase("Nowhere", "2026", "other", "a newspaper", "", "", "ZZZ"))
    page = client.get("/cases/map").text
    assert "Not on the map:" in page
    assert "ZZZ" in page
    assert rows(client.get("/cases").text) == [case]
    assert "No case in Africa" in client.get("/cases").text


@pytest.mark.parametrize("payload", TOGETHER, ids=range(5))
def test_texts_of_others_are_text(empty_desk: Desk, payload: str) -> None:
    case = empty_desk.new_case(
        NewCase(f"Mali {payload}"[:60], "2024-11-20", "other", payload, "", f"{payload}.", "MLI")
    )
    common = {"when": "2024-11-21", "text": f"{payload}.", "confidence": "low", "sources": ["s"]}
    taken = {
        "kind": "leadership",
        "actor": "authorities",
        "person": payload,
        "office": "president",
        "manner": "took_power",
    }
    empty_desk.record(case, "a", taken | common, {"s": {"title": payload}})
    client = client_of(empty_desk)
    for address in ("/cases", "/cases/map", "/cases?lang=fr", "/cases?q=mali"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = read(answer.text)
        is_safe(page)
        assert page.unclosed == []
        assert "1337" not in page.words
    answer = client.get("/cases", params={"q": payload[:200]})
    is_safe(read(answer.text))
    if answer.status_code == 200:
        asked = [
            given.get("value") for tag, given in read(answer.text).tags if tag == "input" and given.get("name") == "q"
        ]
        assert payload[:200].strip() in asked
