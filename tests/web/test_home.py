"""The first page: calm, quick, at both clocks, in both languages; every day and every fact on it leads to its page."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk, NewCase
from web.conftest import HERE, client_of
from web.reading import Page, read
from web.test_hostile_texts import TOGETHER
from web.test_markup import is_safe

CANARY = "Canarybird"
THEN = "?as_of=2021-06-15&known_at=2021-06-15"


def section(text: str, name: str) -> Page:
    """A section of the page by the id of its heading."""
    inside = text.partition(f'aria-labelledby="{name}"')[2]
    return read(
        "<div>" + inside.partition(">")[2].partition("</section>" if name != "newest" else "</aside>")[0] + "</div>"
    )


def paths(page: Page) -> list[str]:
    return [urlsplit(one).path for one in page.links(HERE)]


@pytest.mark.parametrize(
    "address", ["/", "/" + THEN, "/?as_of=2010-01-01", "/?lang=fr", "/?within=90", "/" + THEN + "&within=1"]
)
def test_the_page_is_sound(reader: TestClient, address: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 200
    page = read(answer.text)
    is_safe(page)
    assert page.unclosed == []
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    ids = [given["id"] for _, given in page.tags if "id" in given]
    assert len(ids) == len(set(ids))
    for _, given in page.tags:
        for name in ("aria-labelledby", "for"):
            assert given.get(name, "main") in ids
        if given.get("href", "").startswith("#"):
            assert given["href"][1:] in ids


@pytest.mark.parametrize("address", ["/", "/" + THEN, "/?as_of=2010-01-01"])
def test_cases_and_facts_on_it_have_their_page_at_the_same_moment(reader: TestClient, address: str) -> None:
    page = read(reader.get(address).text)
    inside = [
        one for one in page.links(HERE) if urlsplit(one).path.startswith(("/cases", "/facts", "/record", "/rulebooks"))
    ]
    assert len(inside) > 20
    asked = {name: value for name, value in parse_qs(urlsplit(address).query).items() if name in ("as_of", "known_at")}
    for number, one in enumerate(dict.fromkeys(inside)):
        query = parse_qs(urlsplit(one).query)
        assert {name: query[name] for name in ("as_of", "known_at") if name in query} == asked, one
        if "/brief." not in one and "/record" not in one and number % 3 == 0:
            assert reader.get(one).status_code == 200, one


def test_what_lies_ahead_is_that_of_the_twin_nearest_first(reader: TestClient) -> None:
    for asked in ("", "&within=90", "&within=365"):
        record = reader.get("/home.json" + THEN + asked).json()
        ahead = section(reader.get("/" + THEN + asked).text, "ahead")
        assert record["ahead"]
        for one in record["ahead"]:
            assert one["what"] in ahead.words
            assert one["when"] in ahead.words
            for key in one["facts"]:
                assert f"/facts/{key}" in paths(ahead)
            for case in one["cases"]:
                assert f"/cases/{case}" in paths(ahead)
            if one["rule"]:
                assert f"/cases/{one['cases'][0]}/why/{one['rule']}" in paths(ahead)
        assert len([tag for tag, _ in ahead.tags if tag == "tr"]) == len(record["ahead"]) + 1
        places = [ahead.words.index(one["what"]) for one in record["ahead"]]
        assert places[0] == min(places)
    assert [one["what"] for one in reader.get("/home.json" + THEN + "&within=90").json()["ahead"]] == [
        one["what"] for one in reader.get("/home.json" + THEN).json()["ahead"] if one["day"] <= "2021-09-13"
    ]


def test_the_next_90_days_are_a_link(reader: TestClient) -> None:
    page = section(reader.get("/" + THEN).text, "ahead")
    link = next(one for one in page.links(HERE) if "within=90" in one)
    answer = read(reader.get(link).text)
    twin = next(given["href"] for tag, given in answer.tags if tag == "a" and "/home.json" in given["href"])
    assert reader.get(twin).json()["within_days"] == 90
    assert urlsplit(link).fragment == "ahead"


def test_a_span_with_nothing_in_it_says_so_and_names_the_next_day(client: TestClient) -> None:
    page = section(client.get("/?as_of=2026-11-21&within=1").text, "ahead")
    days = [one["day"] for one in client.get("/home.json?as_of=2026-11-21").json()["ahead"]]
    assert min(days) > "2026-11-22", "the casebook has a day ahead tomorrow: ask for another span here"
    assert "Nothing within 1 days is known" in page.words
    assert "table" not in {tag for tag, _ in page.tags}


@pytest.mark.parametrize("text", ["0", "soon", "-5", "٩٠", "9e9", "%3Cscript%3E", "1" * 500])
def test_a_span_that_is_none_is_refused_in_a_sentence(reader: TestClient, text: str) -> None:
    for address in (f"/?within={text}", f"/home.json?within={text}"):
        answer = reader.get(address)
        assert answer.status_code == 400
        assert "within" in answer.text
        assert "Traceback" not in answer.text
    assert reader.get("/?within=").status_code == 200


@pytest.mark.parametrize("address", ["/?as_of=2021-02-30", "/?known_at=never", "/?then=1066-10-14"])
def test_an_impossible_day_is_refused(reader: TestClient, address: str) -> None:
    assert reader.get(address).status_code == 400


@pytest.mark.parametrize(
    "address", ["/?then=1900-01-01", "/?as_of=2199-12-31", "/?known_at=2199-12-31", "/?then=2199-12-31"]
)
def test_odd_days_have_an_answer(reader: TestClient, address: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 200
    if "1900" in address:
        assert "No case was known by 1 January 1900" in answer.text
        assert '<h2 id="ahead">' not in answer.text


def test_lately_links_each_fact_and_its_case(reader: TestClient) -> None:
    record = reader.get("/home.json" + THEN).json()
    page = section(reader.get("/" + THEN).text, "lately")
    assert not record["nothing_lately"]
    shown = record["lately"][:12]
    for one in shown:
        assert f"/facts/{one['fact']['key']}" in paths(page)
        assert one["fact"]["text"] in page.words
    left = len(record["lately"]) - len(shown)
    assert f"{left} more in the record" in page.words
    more = next(one for one in page.links(HERE) if urlsplit(one).path == "/record")
    assert parse_qs(urlsplit(more).query)["from"] == [record["lately_since"]]
    quiet = section(reader.get("/").text, "lately")
    assert reader.get("/home.json").json()["nothing_lately"] == ("Nothing became known between" in quiet.words)


def test_corrections_are_told_and_what_was_withdrawn_has_no_link(client: TestClient, desk: Desk) -> None:
    assert "Newest corrections" not in client.get("/").text
    desk.correct("mali-2021/au-suspension", {"text": "The Council suspends Mali, told better."}, "clearer")
    gone = desk.retract("gabon-2023/seizure", "a test")
    page = section(client.get("/").text, "mended")
    assert "/facts/mali-2021/au-suspension" in paths(page)
    assert "told better" in page.words
    assert gone.text in page.words
    assert "(withdrawn)" in page.words
    assert "/facts/gabon-2023/seizure" not in paths(page)


def test_the_newest_cases_come_first_and_later_ones_are_left_out(reader: TestClient) -> None:
    newest = reader.get("/home.json?as_of=2010-01-01").json()["newest"]
    assert [row["id"] for row in newest] == [row["id"] for row in reader.get("/cases.json?as_of=2010-01-01").json()[:6]]
    text = reader.get("/?as_of=2010-01-01").text
    assert paths(section(text, "newest"))[: len(newest)] == [f"/cases/{row['id']}" for row in newest]
    listed = {row["id"] for row in reader.get("/cases.json?as_of=2010-01-01").json()}
    every = {row["id"] for row in reader.get("/cases.json").json()}
    for later in every - listed:
        assert f"/cases/{later}" not in text
    assert f"{len(every - listed)} known cases began only after the day looked at" in text


def test_each_of_four_readers_has_a_way_in(reader: TestClient) -> None:
    page = section(reader.get("/").text, "begin")
    newest = reader.get("/home.json").json()["newest"][0]["id"]
    for place in (
        *(f"/cases/{newest}", f"/cases/{newest}/brief.pdf", "/missions", "/rulebooks/un-secretariat", "/cases"),
        *("/compare", "/claims", "/api", "/how-it-works", "/glossary"),
    ):
        assert place in paths(page), place
    assert sum(tag == "dt" for tag, _ in page.tags) == 4


@pytest.fixture
def planted(desk: Desk) -> TestClient:
    """A promise and a leader of 2021 that became known on 1 January 2022, and a correction of that day."""
    common = {"known": "2022-01-01", "confidence": "high", "sources": ["s"], "note": f"{CANARY} note"}
    source = {"s": {"title": f"{CANARY} Gazette"}}
    vote = {"kind": "promise", "actor": "authorities", "when": "2021-12-02", "until": "2022-02-02"}
    vote |= {"subject_matter": f"{CANARY} election", "text": f"The {CANARY} promises."}
    desk.record("mali-2021", "canary-promise", vote | common, source)
    later = {"text": f"The suspension, corrected by the {CANARY}.", "known": "2022-01-01"}
    desk.correct("mali-2021/au-suspension", later, f"{CANARY} reason", date(2022, 1, 1))
    return client_of(desk)


@pytest.mark.parametrize("address", ["/", "/home.json", "/?lang=fr", "/?within=90"])
def test_later_knowledge_is_nowhere_before_its_day(planted: TestClient, address: str) -> None:
    joint = "&" if "?" in address else "?"
    before = planted.get(f"{address}{joint}as_of=2021-12-31&known_at=2021-12-31")
    assert before.status_code == 200
    assert "canary" not in before.text.lower()
    after = planted.get(f"{address}{joint}as_of=2021-12-31&known_at=2022-01-01")
    assert f"{CANARY} election" in after.text
    assert "corrected by the" in after.text or "lang=fr" in address  # the correction has no French of its own
    assert f"{CANARY} note" not in after.text
    assert f"{CANARY} reason" not in after.text


def test_the_form_of_the_clocks_stays_on_the_page_and_keeps_the_span(reader: TestClient) -> None:
    page = read(reader.get("/?within=90&lang=fr").text)
    forms = [given["action"] for tag, given in page.tags if tag == "form"]
    assert "/" in forms
    hidden = [(given["name"], given["value"]) for tag, given in page.tags if given.get("type") == "hidden"]
    assert ("within", "90") in hidden


def test_in_french(reader: TestClient) -> None:
    page = read(reader.get("/" + THEN + "&lang=fr").text)
    for words in (
        *("Par où commencer", "À venir", "Ce qui a changé récemment", "fin du mandat de la MINUSMA", "dans 15 jours"),
        *("30 juin 2021", "Mali, mai 2021", "43 cas", "Cas les plus récents", "90 prochains jours"),
    ):
        assert words in page.words, words
    for words in ("Where to begin", "mandate expires", "in 15 days", "Newest cases", "What became known", "43 cases"):
        assert words not in page.words, words
    inside = [one for one in page.links(HERE) if "hreflang" not in one]
    spoken = [one for one in inside if parse_qs(urlsplit(one).query).get("lang") == ["fr"]]
    assert len(spoken) > 30


def test_an_empty_record(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    page = read(client.get("/").text)
    assert "No case was known by" in page.words
    assert "/new-case" in paths(page)
    assert "brief of two pages" in page.words
    assert client.get("/home.json").json()["ahead"] == []
    case = empty_desk.new_case(NewCase("Côte d’Ivoire", "2026-11-20", "military_coup", "a newspaper", "", "", "CIV"))
    page = read(client.get("/").text)
    assert f"/cases/{case}" in paths(page)
    assert "One case since 2026" in " ".join(page.words.split())


@pytest.mark.parametrize("payload", TOGETHER, ids=range(5))
def test_texts_of_others_are_text(empty_desk: Desk, payload: str) -> None:
    case = empty_desk.new_case(NewCase("Mali", "2026-11-20", "military_coup", payload, "", f"{payload}.", "MLI"))
    fields = {"kind": "promise", "when": "2026-11-20", "actor": "authorities", "until": "2027-01-01"}
    fields |= {"subject_matter": payload, "text": f"{payload}.", "confidence": "low", "sources": ["s"]}
    empty_desk.record(case, "vote", fields, {"s": {"title": payload}})
    empty_desk.correct(f"{case}/vote", {"note": "again"}, payload)
    client = client_of(empty_desk)
    for address in ("/", "/?lang=fr"):
        answer = client.get(address)
        assert answer.status_code == 200
        page = read(answer.text)
        is_safe(page)
        assert page.unclosed == []
        assert payload in page.words
        assert "1337" not in page.words


def test_a_fault_of_ours_is_a_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(desk, "cases", broken)
    answer = client_of(desk).get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
