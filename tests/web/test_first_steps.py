"""The tour, step by step, and the sandbox: the same pages over a record of its own, from which no link leads out."""

import re
from collections import deque
from urllib.parse import urldefrag, urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
from web.conftest import HERE, client_of
from web.reading import read, same_host
from web.test_markup import is_safe
from web.test_writing import FACT

STEPS = 6
CASE = "meridia-made-up-2026"


@pytest.fixture
def player(client: TestClient) -> TestClient:
    """A client with a sandbox made."""
    answer = client.post("/sandbox")
    assert answer.headers["location"] == f"/sandbox/cases/{CASE}/record"
    return client


# the tour


def test_the_tour_says_how_long_it_takes_and_can_be_skipped(reader: TestClient) -> None:
    page = read(reader.get("/tour").text)
    assert "two minutes" in page.words
    assert f"{STEPS} steps" in page.words
    assert {"/tour/1", "/cases"} <= {urlsplit(one).path for one in page.links(HERE)}


@pytest.mark.parametrize("language", ["", "?lang=fr"])
def test_every_step_is_an_address_that_leads_on_and_into_the_product(reader: TestClient, language: str) -> None:
    for number in range(1, STEPS + 1):
        answer = reader.get(f"/tour/{number}{language}")
        assert answer.status_code == 200
        page = read(answer.text)
        is_safe(page)
        assert page.unclosed == []
        picture = next(given for tag, given in page.tags if tag == "svg")
        assert picture["role"] == "img"
        assert picture["aria-label"]
        ways = {given.get("rel"): given["href"] for tag, given in page.tags if tag == "a" and given.get("rel")}
        assert ways.get("prev", "").startswith(f"/tour/{number - 1}") is (number > 1)
        assert ways.get("next", "").startswith(f"/tour/{number + 1}") is (number < STEPS)
        place = next(given["href"] for tag, given in page.tags if given.get("class") == "go" and tag == "a")
        assert reader.get(place).status_code == 200, place
        assert not urlsplit(place).path.startswith("/tour")


@pytest.mark.parametrize("number", ["0", "7", "x", "1.json", "01"])
def test_there_are_no_other_steps(reader: TestClient, number: str) -> None:
    assert reader.get(f"/tour/{number}").status_code == 404


def test_a_record_without_the_case_says_so(empty_desk: Desk) -> None:
    assert "does not hold the case" in read(client_of(empty_desk).get("/tour").text).words
    assert client_of(empty_desk).get("/tour/1").status_code == 200


# the sandbox


def test_there_is_none_before_it_is_made(client: TestClient) -> None:
    page = client.get("/sandbox")
    assert "Make the sandbox" in page.text
    for address in ("/sandbox/", "/sandbox/cases", f"/sandbox/cases/{CASE}.json"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sandbox")


def test_every_page_of_it_has_the_band(player: TestClient) -> None:
    for address in ("cases", f"cases/{CASE}", f"cases/{CASE}/record", "new-case", "changed", "rulebooks", "nowhere"):
        answer = player.get(f"/sandbox/{address}")
        page = read(answer.text)
        assert "Sandbox: nothing here is real." in page.words, address
        assert answer.headers["x-good-offices"] == "sandbox; nothing here is real"
    assert "bac à sable" in player.get("/sandbox/cases?lang=fr").text.lower()
    for address in ("/cases", "/sandbox", "/new-case"):
        assert "nothing here is real." not in player.get(address).text
    assert "nothing in this document is real" in player.get(f"/sandbox/cases/{CASE}/brief.html").text


def test_nothing_of_it_is_found_in_the_record(player: TestClient) -> None:
    for address in (
        *("/", "/cases", "/cases.json", "/cases.csv", "/search?q=meridia", "/claims.json", "/record", "/changed.json"),
        *("/api/v1/cases", "/compare", "/deviations.json", "/record.csv", "/drafts"),
    ):
        answer = player.get(address)
        assert "Meridia" not in answer.text, address
        assert CASE not in answer.text, address
        assert "made up" not in answer.text, address
    assert player.get(f"/cases/{CASE}").status_code == 404
    assert player.get(f"/facts/{CASE}/seizure").status_code == 404


def test_nothing_of_the_record_is_found_in_it(player: TestClient) -> None:
    assert [row["id"] for row in player.get("/sandbox/cases.json").json()] == [CASE]
    assert player.get("/sandbox/cases/mali-2021").status_code == 404
    assert player.get("/sandbox/facts/mali-2021/seizure.json").status_code == 404
    assert player.get("/sandbox/facts/state:MLI/state.json").status_code == 404


def test_no_link_and_no_form_leads_out(player: TestClient) -> None:
    """From its first pages on, two steps deep; the band's own way back is the only one out."""
    start = [f"{HERE}/sandbox/{one}" for one in ("cases", f"cases/{CASE}", f"cases/{CASE}/record?kind=statement", "")]
    waiting = deque((address, 0) for address in start)
    seen = set(start)
    tried = 0
    while waiting and tried < 70:
        address, depth = waiting.popleft()
        answer = player.get(address)
        tried += 1
        assert answer.status_code < 500, address
        if answer.status_code in (303, 307):
            assert urlsplit(answer.headers["location"]).path.startswith("/sandbox"), address
            continue
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page = read(answer.text)
        for tag, given in page.tags:
            if tag == "form":
                assert given["action"].startswith("/sandbox/"), (address, given)
        links = [urldefrag(one)[0] for one in page.links(address) if same_host(one, HERE)]
        out = [one for one in links if not urlsplit(one).path.startswith("/sandbox/")]
        assert set(out) <= {f"{HERE}/"}, (address, out)
        shapes: dict[str, int] = {}
        for link in links:
            shape = re.sub(r"\?.*", "", link).rpartition("/")[0]
            shapes[shape] = shapes.get(shape, 0) + 1
            if link not in seen and link not in out and "/brief." not in link and depth < 2 and shapes[shape] < 8:
                seen.add(link)
                waiting.append((link, depth + 1))
    assert tried > 30


@pytest.mark.parametrize("address", ["/sandbox/cases/", f"/sandbox/cases/{CASE}/", "/sandbox/?then=2026-11-20"])
def test_redirects_stay_inside(player: TestClient, address: str) -> None:
    answer = player.get(address)
    if "location" in answer.headers:
        assert urlsplit(answer.headers["location"]).path.startswith("/sandbox/")


def test_what_is_played_stays_there(player: TestClient, desk: Desk) -> None:
    before = desk.head()
    given = FACT | {"when": "2026-11-20", "known": "2026-11-20"}
    answer = player.post(f"/sandbox/cases/{CASE}/record", data=given)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/sandbox/cases/{CASE}/record?written=")
    assert "The Council suspends the state." in player.get(answer.headers["location"]).text
    assert player.post("/sandbox/new-case", data={"country": "Valdora", "do": "draft"}).status_code == 303
    assert player.get("/drafts.json").json() == []
    assert len(player.get("/sandbox/drafts.json").json()) == 1
    head = next(
        given["value"] for _, given in read(player.get("/sandbox/changed").text).tags if given.get("name") == "head"
    )
    seen = player.post("/sandbox/changed/seen", data={"head": head})
    assert seen.headers["location"] == "/sandbox/changed"
    assert "Path=/sandbox" in seen.headers["set-cookie"]
    assert desk.head() == before
    assert player.post("/sandbox").status_code == 303
    assert player.get("/sandbox/drafts.json").json() == []
    assert "The Council suspends the state." not in player.get(f"/sandbox/cases/{CASE}/record").text


def test_a_real_country_has_no_case_there(player: TestClient) -> None:
    given = {"country": "Mali", "day": "2026-11-20", "category": "military_coup", "source": "x", "iso3": "MLI"}
    answer = player.post("/sandbox/new-case", data=given | {"do": "open"})
    assert answer.status_code == 400
    assert "Meridia" in answer.text
    done = player.post("/sandbox/new-case", data=given | {"country": "Valdora", "iso3": "", "do": "open"})
    assert done.headers["location"].startswith("/sandbox/cases/valdora-made-up-2026/record")


def test_it_is_not_made_by_looking_nor_by_others(client: TestClient, desk: Desk) -> None:
    client.get("/sandbox")
    assert client.post("/sandbox", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get("/sandbox/cases").status_code == 303
    assert not list(desk.place().parent.glob("*.sandbox*"))  # type: ignore[union-attr]


def test_the_sandbox_of_an_empty_record(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    assert client.post("/sandbox").status_code == 303
    assert client.get(f"/sandbox/cases/{CASE}").status_code == 200
    assert client.get("/cases.json").json() == []
