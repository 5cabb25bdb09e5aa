"""Two clocks on every page: links keep them, and what was known only later shows nowhere before its day."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
from web.conftest import HERE, client_of
from web.reading import read

CANARY = "Canarybird"
BEFORE, AFTER = "2021-12-31", "2022-01-01"
ALL = [
    "/cases",
    "/cases.json",
    "/cases.csv",
    "/cases/mali-2021",
    "/cases/mali-2021/facts?sort=known_at&order=desc",
    "/cases/mali-2021.json",
    "/cases/mali-2021.csv",
    "/cases/mali-2021/timeline.svg",
    "/cases/mali-2021/timeline.json",
    "/cases/mali-2021/timeline.csv",
    "/cases/mali-2021/findings.json",
    "/cases/mali-2021/findings.csv",
    "/cases/mali-2021/brief.html",
    "/cases/mali-2020",
    "/record?from=2021-06-01",
    "/record?from=2021-06-01&to=2023-01-01",
    "/record.json?from=2021-06-01&to=2023-01-01",
    "/record.csv?from=2021-06-01&to=2023-01-01&case=mali-2021",
    "/facts/mali-2021/au-suspension",
    "/facts/mali-2021/au-suspension.json",
]


def at(address: str, known: str, as_of: str = "2021-12-31") -> str:
    return f"{address}{'&' if '?' in address else '?'}as_of={as_of}&known_at={known}"


@pytest.fixture
def planted(desk: Desk) -> TestClient:
    """Facts of 2021 that became known on 1 January 2022: a leader, a label, a promise with its day, a correction."""
    source = {"s": {"title": f"{CANARY} Gazette", "publisher": CANARY}}
    common = {"known": AFTER, "confidence": "high", "sources": ["s"], "note": f"{CANARY} note"}
    facts = {
        "canary-leader": {
            **{"kind": "leadership", "actor": "authorities", "when": "2021-12-01", "manner": "took_power"},
            **{"person": f"{CANARY} Traoré", "office": f"president of the {CANARY}"},
        },
        "canary-condemns": {
            "kind": "statement",
            "actor": "ecowas",
            "when": "2021-05-25",
            "verb": "condemn",
            "label": f"{CANARY} coup",
        },
        "canary-promise": {
            "kind": "promise",
            "actor": "authorities",
            "when": "2021-12-02",
            "subject_matter": f"{CANARY} election",
            "until": "2022-02-02",
        },
    }
    for name, fields in facts.items():
        given = {"text": f"The {CANARY} sings in {name}.", **fields, **common}
        desk.record("mali-2021", name, given, source)
    later = {"text": f"The suspension, corrected by the {CANARY}.", "known": AFTER}
    desk.correct("mali-2021/au-suspension", later, f"{CANARY} reason", date.fromisoformat(AFTER))
    return client_of(desk)


@pytest.mark.parametrize("address", ALL)
def test_later_knowledge_is_nowhere(planted: TestClient, address: str) -> None:
    before = planted.get(at(address, BEFORE))
    assert before.status_code == 200
    assert CANARY.lower() not in before.text.lower()
    assert "canary" not in before.text.lower()


# No finding need rest on what was planted.
@pytest.mark.parametrize("address", [one for one in ALL if "mali-2020" not in one and "findings" not in one])
def test_and_from_its_day_on_it_is_there(planted: TestClient, address: str) -> None:
    assert "canary" in planted.get(at(address, AFTER)).text.lower()


def test_reasons_may_name_it_as_known_only_later(planted: TestClient) -> None:
    for address in ("/cases/mali-2021/why/au.suspend", "/cases/mali-2021/why/un.position"):
        answer = planted.get(at(address, BEFORE))
        if answer.status_code == 404:
            continue
        for part in answer.text.split("<li")[1:]:
            if CANARY in part:
                assert "known only later" in part


def test_facts_and_sources_known_later_have_no_page_yet(planted: TestClient) -> None:
    source = planted.get(at("/facts/mali-2021/canary-leader.json", AFTER)).json()["sources"][0]["id"]
    for address in (
        "/facts/mali-2021/canary-leader",
        "/facts/mali-2021/canary-leader.json",
        f"/sources/mali-2021/{source}",
    ):
        assert planted.get(at(address, AFTER)).status_code == 200
        answer = planted.get(at(address, BEFORE))
        assert answer.status_code == 404
        assert CANARY not in answer.text


def test_a_correction_hides_in_the_history_until_its_day(planted: TestClient) -> None:
    address = "/facts/mali-2021/au-suspension.json"
    assert {one["verb"] for one in planted.get(at(address, BEFORE)).json()["history"]} == {"assert"}
    assert "correct" in {one["verb"] for one in planted.get(at(address, AFTER)).json()["history"]}


def test_cases_of_later_days_are_not_proposed(reader: TestClient) -> None:
    early = reader.get("/record?known_at=2021-05-01").text
    assert "mali-2020" in early
    assert "niger-2023" not in early
    assert "niger-2023" not in reader.get("/cases?known_at=2021-05-01").text


def test_a_case_nobody_knew_of_says_so_and_nothing_else(reader: TestClient) -> None:
    page = read(reader.get("/cases/mali-2021?as_of=2000-01-01&known_at=2000-01-01").text)
    assert "Nothing was known of this case" in page.words
    assert "De facto" not in page.words
    assert not [tag for tag, _ in page.tags if tag in ("svg", "table", "dl")]


def clocks(address: str) -> tuple[str, str]:
    asked = parse_qs(urlsplit(address).query)
    return asked.get("as_of", [""])[0], asked.get("known_at", [""])[0]


PAGES = (
    "/cases",
    "/cases/mali-2021",
    "/cases/mali-2021/facts",
    "/cases/mali-2021/why/au.suspend",
    "/facts/mali-2021/au-suspension",
    "/rulebooks",
    "/rulebooks/au",
    "/record",
    "/nowhere",
)


@pytest.mark.parametrize("address", PAGES)
def test_links_keep_both_clocks(reader: TestClient, address: str) -> None:
    here = HERE + at(address, "2021-07-15", "2021-06-15")
    page = read(reader.get(here).text)
    # What was known only later has its page today, and the link says so.
    steps = {given["href"] for tag, given in page.tags if tag == "a" and given.get("class") != "key today"}
    kept = [one for one in steps if not one.startswith(("#", "http"))]
    other = [one for one in kept if clocks(one) != ("2021-06-15", "2021-07-15")]
    # Only the links of the time strip lead to other days, and they stay on the page.
    for one in other:
        assert urlsplit(one).path == address, one
        assert clocks(one)[1] in ("2021-07-15", "2021-06-15", ""), one
    assert len(kept) - len(other) >= 3


def test_the_strip_says_which_days(reader: TestClient) -> None:
    page = read(reader.get(at("/cases/mali-2021", "2021-05-26", "2021-06-15")).text)
    assert "15 June 2021" in page.words
    assert "What was known on 26 May 2021: later facts are hidden" in page.words
    values = {given["name"]: given.get("value") for tag, given in page.tags if tag == "input"}
    assert values == {"as_of": "2021-06-15", "known_at": "2021-05-26", "since": "", "q": None}
    past = read(reader.get("/cases/mali-2021?as_of=2021-06-15").text)
    assert "later events are drawn faint" in past.words
    now = read(reader.get("/cases/mali-2021").text)
    assert not [given for tag, given in now.tags if given.get("class") == "past"]


def test_the_form_of_the_clocks_keeps_what_else_was_asked(reader: TestClient) -> None:
    page = read(reader.get("/cases/mali-2021/facts?sort=kind&order=desc").text)
    hidden = {given["name"]: given["value"] for tag, given in page.tags if given.get("type") == "hidden"}
    assert hidden == {"sort": "kind", "order": "desc"}


def test_then_sets_both_clocks(reader: TestClient) -> None:
    together = reader.get("/cases/mali-2021.json?then=2021-06-15").json()
    assert (together["as_of"], together["known_at"]) == ("2021-06-15", "2021-06-15")
    page = read(reader.get("/cases/mali-2021?then=2021-06-15").text)
    links = [given["href"] for tag, given in page.tags if tag == "a" and given.get("class") != "key today"]
    links = [one for one in links if one.startswith("/facts/")]
    assert {clocks(one) for one in links} == {("2021-06-15", "2021-06-15")}


def test_what_comes_later_is_shown_faint_with_todays_knowledge(reader: TestClient) -> None:
    page = read(reader.get("/cases/mali-2021/facts?as_of=2021-06-15").text)
    faint = [given["id"] for tag, given in page.tags if tag == "tr" and given.get("class") == "later"]
    assert faint
    record = reader.get("/cases/mali-2021.json?as_of=2021-06-15").json()
    late = {fact["key"].partition("/")[2] for fact in record["facts"] if fact["earliest"] > "2021-06-15"}
    assert set(faint) == late
