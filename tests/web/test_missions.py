"""The pages of missions and operations: both clocks, both languages, every link, their twins, and bad questions."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.casebook.registers import read_registers
from goodoffices.core.days import read_span
from goodoffices.core.sources import Citation, Source
from goodoffices.desk.desk import Desk
from ledger.making import fact
from record import day
from web.conftest import HERE, client_of
from web.reading import read, same_host
from web.test_hostile_texts import TOGETHER
from web.test_markup import is_safe

MISSIONS = sorted(one.subject.partition(":")[2] for one in read_registers() if one.kind == "mission")
OPERATIONS = sorted(one.subject.partition(":")[2] for one in read_registers() if one.kind == "operation")
PAGES = (
    "/missions",
    "/missions?by=type&figure=all",
    "/missions?expires_within=90&as_of=2021-06-01",
    "/missions?type=political&standing=not_known&region=asia&change=yes",
    "/missions?as_of=1945-01-01",
    "/missions/minusma",
    "/missions/unama?as_of=2021-09-01&known_at=2021-09-01",
    "/missions/untso",
    "/operations",
    "/operations?ground=council&consent=yes&by=lead",
    "/operations/serval",
    "/operations/serval?as_of=2013-02-01&known_at=2013-02-01",
)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def spoken(address: str, language: str) -> str:
    return address if language == "en" else f"{address}{'&' if '?' in address else '?'}lang=fr"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_whole_and_nothing_in_them_is_live(reader: TestClient, address: str, language: str) -> None:
    answer = reader.get(spoken(address, language))
    assert answer.status_code == 200
    page = read(answer.text)
    is_safe(page)
    assert page.unclosed == []
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    ids = [given["id"] for _, given in page.tags if "id" in given]
    assert len(ids) == len(set(ids))
    for _, given in page.tags:
        assert given.get("aria-labelledby", "main") in ids
    for tag, given in page.tags:
        if tag == "td":
            assert given.get("data-label") or {"name", "what"} & set(given.get("class", "").split())
    assert all(same_host(one, HERE) for one in page.links(HERE + address))
    for word in ("violation", "guilty", "None", "Undefined", "%("):
        assert word not in page.words


@pytest.mark.parametrize("mission", MISSIONS)
def test_every_mission_has_its_page_and_twins(reader: TestClient, mission: str) -> None:
    page = reader.get(f"/missions/{mission}")
    assert page.status_code == 200
    found = reader.get(f"/missions/{mission}.json").json()
    assert found["id"] == mission
    assert found["short"] in page.text.replace("&#39;", "’")
    decisions = reader.get(f"/missions/{mission}.csv")
    assert len(table(decisions.text)) == len(found["decisions"])


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_has_its_page_and_twins(reader: TestClient, operation: str) -> None:
    assert reader.get(f"/operations/{operation}").status_code == 200
    found = reader.get(f"/operations/{operation}.json").json()
    assert found["id"] == operation
    assert found["grounds"]
    assert len(table(reader.get(f"/operations/{operation}.csv").text)) >= len(found["facts"])


@pytest.mark.parametrize("address", ["/missions/minusma", "/operations/serval", "/missions?figure=all", "/operations"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_link_leads_somewhere_and_keeps_clocks_and_language(
    reader: TestClient, address: str, language: str
) -> None:
    at = spoken(f"{address}{'&' if '?' in address else '?'}as_of=2024-03-01&known_at=2025-06-01", language)
    tried = set()
    for link in read(reader.get(at).text).links(HERE + at):
        place = urlsplit(link)
        own = place.path.split("/")[1].split(".")[0] in ("missions", "operations", "cases", "facts")
        here = place.path == urlsplit(address).path  # the strip of days leads to other clocks
        if (
            not own
            or here
            or place.path in tried
            or "lang" in place.query.replace(f"lang={language}", "")
            or "#" in link
        ):
            continue
        tried.add(place.path)
        if "as_of" in place.query:  # all but those that go back to now
            assert "known_at=2025-06-01" in place.query
            assert ("lang=fr" in place.query) == (language == "fr")
        assert reader.get(link).status_code == 200, link
        if len(tried) > 60:
            break
    assert len(tried) > 5


def test_sizes_fit_a_thin_line(reader: TestClient) -> None:
    for address in ("/missions", "/missions?figure=all", "/operations"):
        packed = reader.get(address, headers={"accept-encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers.get("content-length", len(packed.content))) < 40_000


# the register


def test_rows_sort_by_every_column(reader: TestClient) -> None:
    for room, columns in (
        ("missions", ("mission", "type", "place", "begun", "ended", "lead", "until", "cases")),
        ("operations", ("operation", "lead", "place", "begun", "ended", "authority", "consent", "cases")),
    ):
        heads = {urlsplit(link).query for link in read(reader.get(f"/{room}").text).links(HERE) if "sort=" in link}
        assert {re.search(r"sort=(\w+)", one)[1] for one in heads} == set(columns)  # type: ignore[index]
        for column in columns:
            for order in ("asc", "desc"):
                assert reader.get(f"/{room}?sort={column}&order={order}").status_code == 200


def listed(text: str, room: str) -> list[str]:
    return re.findall(rf'<th scope="row"><a href="/{room}/([\w-]+)', text)


def test_the_order_is_the_order_asked_for(reader: TestClient) -> None:
    known = {one["id"]: one for one in reader.get("/missions.json").json()}
    begun = [known[one]["start"][:7] for one in listed(reader.get("/missions?sort=begun").text, "missions")]
    assert begun == sorted(begun)
    back = [known[one]["start"][:7] for one in listed(reader.get("/missions?sort=begun&order=desc").text, "missions")]
    assert back == sorted(back, reverse=True)
    # What is not known stands last, either way.
    for order in ("asc", "desc"):
        ends = [known[one]["end"] for one in listed(reader.get(f"/missions?sort=ended&order={order}").text, "missions")]
        assert ends[-1] is None
        assert ends[0] is not None


def test_the_twins_are_narrowed_like_the_page(reader: TestClient) -> None:
    for room, asked in (
        ("missions", "type=political&change=yes"),
        ("missions", "standing=running&as_of=2021-06-01"),
        ("operations", "lead=single_state&consent=yes"),
        ("operations", "ground=council&region=africa"),
    ):
        found = [one["id"] for one in reader.get(f"/{room}.json?{asked}").json()]
        assert found
        assert set(listed(reader.get(f"/{room}?{asked}").text, room)) == set(found)
        assert [one["id"] for one in table(reader.get(f"/{room}.csv?{asked}").text)] == found


def test_which_mandates_expire_within_ninety_days(reader: TestClient) -> None:
    asked = "expires_within=90&as_of=2021-06-01&known_at=2021-06-01"
    page = reader.get(f"/missions?{asked}").text
    found = reader.get(f"/missions.json?{asked}").json()
    assert [one["days_left"] for one in found] == sorted(one["days_left"] for one in found)
    assert listed(page, "missions") == [one["id"] for one in found]
    assert found[0]["id"] == "unitams"
    assert found[0]["mandate_until"] == "2021-06-03"
    assert found[0]["mandate_fact"] in page
    assert f"{len(found)} mandates on record expire within 90 days after 1 June 2021" in read(page).words


def test_the_figures_have_their_data(reader: TestClient) -> None:
    for room in ("missions", "operations"):
        rows = reader.get(f"/{room}/gantt.json?figure=all").json()["rows"]
        assert table(reader.get(f"/{room}/gantt.csv?figure=all").text)[0]["id"] == rows[0]["id"]
        assert {one["id"] for one in rows if one["what"] == "bar"} == {
            one["id"] for one in reader.get(f"/{room}.json").json()
        }
        drawing = reader.get(f"/{room}/gantt.svg")
        assert drawing.headers["content-type"] == "image/svg+xml"
        assert not [given for tag, given in read(drawing.text).tags if tag == "script" or "href" in given]
        few = reader.get(f"/{room}/gantt.json").json()["rows"]
        assert 0 < len(few) < len(rows)


def test_each_bar_and_mark_on_the_page_is_a_link(reader: TestClient) -> None:
    text = reader.get("/missions").text
    bars = set(re.findall(r'class="bar [\w ]+" href="/missions/([\w-]+)"', text))
    marks = set(re.findall(r'class="mark" href="/cases/([\w-]+)"', text))
    rows = reader.get("/missions/gantt.json").json()["rows"]
    assert bars == {one["id"] for one in rows if one["what"] == "bar"}
    assert marks == {one["id"] for one in rows if one["what"] != "bar"}


def test_who_authorised_serval_is_two_clicks_away(reader: TestClient) -> None:
    nav = read(reader.get("/cases").text).links(HERE + "/cases")
    assert f"{HERE}/missions" in nav
    first = read(reader.get("/missions").text).links(HERE + "/missions")
    assert f"{HERE}/operations" in first
    page = reader.get("/operations").text
    row = page[page.index('href="/operations/serval"') :].partition("</tr>")[0]
    assert "Mali asked" in row
    assert "France" in row


# both clocks


CANARY = "Canarybird"


@pytest.fixture
def planted(desk: Desk) -> TestClient:
    """A mission, an operation, a decision, a task, an end and a name, all of 2013 and all known from 2022 on."""
    cited = (Citation(Source("s", f"{CANARY} Gazette")),)
    known = day("2022-01-01")

    def told(key: str, kind: str, when: str, **value: str) -> None:
        given = fact(
            key,
            f"The {CANARY} sings.",
            known,
            kind=kind,
            span=read_span(when),
            value=tuple(value.items()),
            citations=cited,
        )
        desk._ledger.assert_facts((given,), "tests")

    place = {"country": "Mali", "iso3": "MLI", "title": f"{CANARY} Mission"}
    head = {"short": "CANARY", "mission_type": "political", "lead": "un-dppa", "established": "2013-05-01"}
    told("mission:canary/mission", "mission", "2013-05-01", **place, **head)
    authority = {
        "authority": f"{CANARY}s asked",
        "legal_basis": "host request",
        "host_consent": "yes",
        "relation": "none",
    }
    told("operation:canary/operation", "operation", "2013-05-01", **place, lead_type="coalition", **authority)
    told("mission:minusma/canary", "mandate", "2013-06-01", mission="minusma", direction="change", document=CANARY)
    task = {"fate": "frozen", "task": f"{CANARY} task", "document": "S/RES/2584 (2021)", "mission": "minusma"}
    told("mission:minusma/task-2584-canary", "mission_task", "2021-07-01", **task)
    told("mission:untso/exit", "mission_exit", "2020-01-01", mission="untso", document=CANARY)
    told("operation:barkhane/canary", "foreign_forces", "2020-01-01", direction="change")
    return client_of(desk)


CLOCKED = [
    *("/missions", "/missions.json", "/missions.csv", "/missions?figure=all", "/missions/gantt.csv?figure=all"),
    *("/missions/gantt.svg?figure=all", "/missions/gantt.json", "/missions/minusma", "/missions/minusma.json"),
    *("/missions/minusma.csv", "/missions/minusma/tasks.csv", "/missions/minusma/strip.svg", "/missions/untso"),
    *("/missions/untso.json", "/operations", "/operations.json", "/operations.csv", "/operations/gantt.csv?figure=all"),
    *("/operations/barkhane", "/operations/barkhane.json", "/operations/barkhane.csv"),
]


@pytest.mark.parametrize("address", CLOCKED)
def test_later_knowledge_is_nowhere(planted: TestClient, reader: TestClient, address: str) -> None:
    asked = f"{address}{'&' if '?' in address else '?'}as_of=2021-12-31&known_at=2021-12-31"
    before = planted.get(asked)
    assert before.status_code == 200
    assert "canary" not in before.text.lower()
    # Not by absence, either: the same answer as where the record never heard of it.
    assert before.text == reader.get(asked).text
    after = planted.get(asked.replace("known_at=2021-12-31", "known_at=2022-01-01"))
    assert after.text != reader.get(asked.replace("known_at=2021-12-31", "known_at=2022-01-01")).text


def test_what_is_to_come_is_as_unknown_as_what_never_was(planted: TestClient) -> None:
    early = "?as_of=2021-12-31&known_at=2021-12-31"
    for room in ("missions", "operations"):
        hidden, never = (planted.get(f"/{room}/{one}.json{early}") for one in ("canary", "kanary"))
        assert hidden.status_code == never.status_code == 404
        said = [one.json()["error"].partition(" Nearest")[0].replace("canary", "kanary") for one in (hidden, never)]
        assert said[0] == said[1]
        assert "canary" not in hidden.json()["nearest"]
        assert planted.get(f"/{room}/canary?as_of=2021-12-31").status_code == 200


def test_an_earlier_day_hides_the_phrases_that_name_later_things(reader: TestClient) -> None:
    page = read(reader.get("/operations/serval?as_of=2013-02-01&known_at=2013-02-01").text).words
    assert "MINUSMA" not in page
    assert "S/RES/2100" not in page
    assert "left out" in page
    assert "left out" not in read(reader.get("/operations/serval").text).words


# bad questions


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/missions/minusmaa", 404, "minusma"),
        ("/missions/%3Cscript%3E", 404, "had begun by"),
        ("/missions/minusma?as_of=2010-01-01", 404, "had begun by"),
        ("/operations/servall", 404, "serval"),
        ("/missions?sort=colour", 400, "colour"),
        ("/missions?order=up", 400, "up"),
        ("/missions?type=peace", 400, "peace"),
        ("/missions?expires_within=soon", 400, "soon"),
        ("/missions?expires_within=-5", 400, "number of days"),
        ("/missions?by=moon", 400, "moon"),
        ("/missions/gantt.svg?figure=half", 400, "half"),
        ("/missions.csv?region=atlantis", 400, "atlantis"),
        ("/missions?as_of=2021-02-30", 400, "2021-02-30"),
        ("/operations?ground=moon", 400, "moon"),
        ("/operations.json?consent=perhaps", 400, "perhaps"),
        ("/missions/" + "x" * 200, 400, "at most 120"),
    ],
)
def test_a_bad_question_gets_a_sentence(reader: TestClient, address: str, status: int, said: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == status
    assert said in (answer.text if ".json" in address or ".csv" in address else read(answer.text).words)
    assert "Traceback" not in answer.text
    assert "<script>" not in answer.text


def test_the_nearest_is_a_link(reader: TestClient) -> None:
    for room, wrong, near in (("missions", "minusmaa", "minusma"), ("operations", "servall", "serval")):
        links = read(reader.get(f"/{room}/{wrong}").text).links(HERE)
        assert f"{HERE}/{room}/{near}" in links


def test_odd_days(reader: TestClient, empty_desk: Desk) -> None:
    for moment in ("as_of=1900-01-01", "as_of=2199-12-31", "as_of=1948-05-31&known_at=1948-05-31", "as_of=2000-02-29"):
        for address in (
            "/missions",
            "/missions?figure=all&by=type",
            "/missions.csv",
            "/operations",
            "/missions/gantt.svg",
        ):
            assert reader.get(f"{address}{'&' if '?' in address else '?'}{moment}").status_code == 200
    nothing = client_of(empty_desk)
    for address in ("/missions", "/missions.json", "/missions/gantt.svg", "/missions/gantt.csv", "/operations"):
        assert nothing.get(address).status_code == 200
    assert "No mission was known" in nothing.get("/missions").text
    assert nothing.get("/missions/minusma").status_code == 404


# French


def test_french(reader: TestClient) -> None:
    page = read(reader.get("/missions?lang=fr").text)
    assert ("html", {"lang": "fr"}) in page.tags
    for words in ("Missions des Nations Unies", "opération de maintien de la paix", "République démocratique du Congo"):
        assert words in page.words
    mission = read(reader.get("/missions/minusma?lang=fr").text).words
    assert "courait jusqu’au 30 juin 2023" in mission
    assert "31 décembre 2023" in mission
    assert "retiré" in mission
    operation = read(reader.get("/operations/serval?lang=fr").text).words
    assert "demande ou accord du pays hôte" in operation
    assert "États" in read(reader.get("/operations?lang=fr").text).words


@pytest.mark.parametrize("address", PAGES)
def test_no_english_of_ours_is_left_on_a_french_page(reader: TestClient, address: str) -> None:
    """What is recorded stays as recorded; every word of ours is French."""
    english, french = (read(reader.get(spoken(address, one)).text).words for one in ("en", "fr"))
    for ours in (
        *("no end on record", "none on record", "special political mission", "by country", "Begun", "Ended", "Shown:"),
        *(
            "Host’s consent",
            "running on record",
            "days left",
            "nothing later",
            "On whose word",
            "Led by",
            "On this day",
        ),
        *("had begun by", "Changes of government", "What the record tells", "Its course", "Tasks over time"),
    ):
        assert ours not in french
    assert any(one in english for one in ("Begun", "had begun by"))


# hostile texts


@pytest.mark.parametrize("payload", TOGETHER, ids=range(5))
def test_nothing_comes_alive(empty_desk: Desk, payload: str) -> None:
    cited = (Citation(Source("s", payload, payload, address="javascript:alert(1)"), payload),)

    def told(key: str, kind: str, **value: str) -> None:
        given = fact(
            key,
            f"{payload}.",
            day("2021-06-01"),
            kind=kind,
            span=read_span("2021-06-01"),
            value=tuple(value.items()),
            citations=cited,
            note=payload,
        )
        empty_desk._ledger.assert_facts((given,), "tests")

    place = {"country": payload, "iso3": "MLI", "title": payload, "title_fr": payload}
    head = {"short": payload, "mission_type": "political", "lead": "un-dppa", "established": "2021-06-01"}
    told("mission:live/mission", "mission", **place, **head)
    told("mission:live/a", "mandate", mission="live", direction="start", document=payload, subject_matter=payload)
    told("mission:live/task-1-a", "mission_task", fate="frozen", task=payload, document=payload, subject_matter=payload)
    told("mission:live/exit", "mission_exit", mission="live", amount=payload)
    fields = ("authority", "legal_basis", "host_consent", "relation", "amount", "lead_name")
    told("operation:live/operation", "operation", **place, lead_type="coalition", **dict.fromkeys(fields, payload))
    client, words = client_of(empty_desk), ""
    for address in ("/missions", "/missions?by=type&lang=fr", "/missions/live", "/operations", "/operations/live"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = read(answer.text)
        is_safe(page)
        assert page.unclosed == []
        words += page.words
    assert payload in words
    for address in ("/missions/gantt.svg", "/missions/live/strip.svg", "/operations/gantt.svg"):
        tags = read(client.get(address).text).tags
        assert {tag for tag, _ in tags} <= {"svg", "g", "path", "circle", "rect", "text", "title"}
    for address in ("/missions.csv", "/missions/live.csv", "/operations.csv", "/operations/live.csv"):
        for row in table(client.get(address).text):
            assert not any(cell.lstrip().startswith(("=", "+", "@")) for cell in row.values() if cell)


def test_what_may_expire_too_is_said(reader: TestClient) -> None:
    words = " ".join(read(reader.get("/missions?expires_within=90&as_of=2023-06-01").text).words.split())
    found = re.search(
        r"Of (\d+) more missions that had not ended on record, no mandate with an end is on record", words
    )
    assert found
    assert int(found[1]) > 5
    assert "more missions that had not" not in read(reader.get("/missions").text).words


def test_who_leads_follows_from_a_rule(reader: TestClient) -> None:
    text = reader.get("/missions/minusma").text
    assert 'href="/rulebooks/un-secretariat/rules/un.lead-dpo"' in text
    assert reader.get("/rulebooks/un-secretariat/rules/un.lead-dpo").status_code == 200
    assert reader.get("/rulebooks/un-secretariat/rules/un.lead-dppa").status_code == 200


def test_an_operation_without_the_council_says_so(reader: TestClient) -> None:
    serval = read(reader.get("/operations/serval").text).words
    assert "No authorisation of its own by the Security Council is on record." in serval
    assert "/search?q=S%2FRES%2F2100" in reader.get("/operations/serval").text
