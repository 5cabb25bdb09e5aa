"""Recording by page: what is typed becomes fact, comes back whole where it does not, and is kept where it is half."""

import html
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from goodoffices.core.errors import Broken
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.drafts import Drafts
from record import clock
from web.conftest import HERE, client_of
from web.reading import Page, read
from web.test_hostile_texts import LIVE
from web.test_markup import is_safe
from web.test_routes import under_policy

NEW = {"country": "Sénégal", "day": "2026-11-20", "category": "military_coup", "source": "APS", "do": "open"}
CASE = "senegal-2026"
FACT = {
    "kind": "suspension",
    "when": "2026-11-20",
    "actor": "au-psc",
    "text": "The Council suspends the state",
    "confidence": "high",
    "known": "2026-11-21",
    "source_title": "Communiqué",
    "source_address": "https://au.example/c",
    "source_at": "para 3",
    "do": "record",
}
LINE = "2026-11-21; ECOWAS; statement; ECOWAS condemns it; Communiqué, https://ecowas.example/x; verb=condemn"


def values(text: str) -> dict[str, str]:
    """What stands in the fields of the forms of a page."""
    page = read(text)
    found = {given["name"]: given.get("value", "") for tag, given in page.tags if tag == "input" and "name" in given}
    for name, said in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL):
        found[name] = html.unescape(said)
    for name, inside in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def problems(text: str) -> list[tuple[str, str]]:
    """The problems at the top of a page: the field each leads to, and what is said."""
    found = re.search(r'id="problems".*?</ul>', text, re.DOTALL)
    assert found, "no problem is told"
    items = re.findall(r'<li><a href="#f-(\w+)">.*?</a>: <span[^>]*>(.*?)</span>', found[0])
    return [(field, html.unescape(said)) for field, said in items]


def form_of(text: str) -> Page:
    page = read(text)
    is_safe(page)
    assert page.unclosed == []
    ids = [given["id"] for _, given in page.tags if "id" in given]
    assert len(ids) == len(set(ids))
    for tag, given in page.tags:
        for one in (*given.get("aria-describedby", "").split(), *filter(None, [given.get("for"), given.get("list")])):
            assert one in ids, (tag, one)
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden" and "hidden" not in given:
            labelled = {label["for"] for name, label in page.tags if name == "label" and "for" in label}
            assert given.get("id") in labelled or given.get("type") in ("checkbox", "date"), given
    return page


@pytest.fixture
def opened(client: TestClient) -> TestClient:
    assert client.post("/new-case", data=NEW).headers["location"].startswith(f"/cases/{CASE}/record?written=")
    return client


# a new case


def test_a_case_is_opened_and_the_next_page_says_so(client: TestClient, desk: Desk) -> None:
    answer = client.post("/new-case", data=NEW)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    assert "2 entries written" in page.text
    assert "Senegal, November 2026" in read(page.text).words
    assert CASE in desk.case_ids()
    assert client.get(f"/cases/{CASE}").status_code == 200
    assert client.get(f"/cases/{CASE}/brief.html").status_code == 200


def test_a_new_case_that_is_not_fit_comes_back_whole(client: TestClient, desk: Desk) -> None:
    before = desk.head()
    given = NEW | {
        "country": "Atlantis",
        "day": "20/11/2026",
        "category": "",
        "source": "",
        "what": "Wörds « é » & <b>",
    }
    answer = client.post("/new-case", data=given | {"address": "ftp://x"})
    assert answer.status_code == 400
    form_of(answer.text)
    assert {field for field, _ in problems(answer.text)} == {"country", "day", "category", "source", "address"}
    kept = values(answer.text)
    for name in ("country", "day", "category", "source", "what"):
        assert kept[name] == given[name], name
    assert desk.head() == before


def test_problems_stand_beside_their_fields_and_take_the_focus(client: TestClient) -> None:
    text = client.post("/new-case", data=NEW | {"day": "never", "source": ""}).text
    page = form_of(text)
    box = next(given for _, given in page.tags if given.get("id") == "problems")
    assert "autofocus" in box
    assert (box["role"], box["tabindex"]) == ("alert", "-1")
    for field in ("day", "source"):
        given = next(one for _, one in page.tags if one.get("id") == f"f-{field}")
        assert given["aria-invalid"] == "true"
        assert f"w-{field}" in given["aria-describedby"].split()
    assert "aria-invalid" not in next(one for _, one in page.tags if one.get("id") == "f-country")


def test_a_second_case_must_be_said_to_be_another(opened: TestClient) -> None:
    answer = opened.post("/new-case", data=NEW)
    assert answer.status_code == 400
    assert [field for field, _ in problems(answer.text)] == ["again"]
    again = opened.post("/new-case", data=NEW | {"again": "1"})
    assert again.headers["location"].startswith("/cases/senegal-2026-11/record?")


def test_countries_are_offered_in_the_readers_language(client: TestClient) -> None:
    assert '<option value="Chad">TCD' in client.get("/new-case").text
    assert '<option value="Tchad">TCD' in client.get("/new-case?lang=fr").text


# facts


def test_the_kind_comes_first_and_brings_its_fields(opened: TestClient) -> None:
    first = opened.get(f"/cases/{CASE}/record")
    assert "source_title" not in values(first.text)
    second = opened.get(f"/cases/{CASE}/record?kind=press_statement")
    form_of(second.text)
    shown = values(second.text)
    assert {"verb", "label", "document", "subject_matter", "asks_return", "when", "actor", "text"} <= set(shown)
    assert (shown["known"], shown["confidence"]) == ("2026-11-21", "medium")
    assert "Marking: unclassified" in read(second.text).words
    assert opened.get(f"/cases/{CASE}/record?kind=nothing").status_code == 400
    assert opened.get(f"/cases/{CASE}/record?kind=case").status_code == 400
    assert opened.get("/cases/mali-2091/record").status_code == 404


def test_every_form_is_whole(opened: TestClient) -> None:
    kinds = re.findall(r'<option value="(\w+)"', opened.get(f"/cases/{CASE}/record").text)
    tried = ("seizure", "gap", "mandate", "opinion", "membership", "guidance", "suspension_lifted")
    assert set(tried) <= set(kinds)
    for kind in tried:
        answer = opened.get(f"/cases/{CASE}/record?kind={kind}")
        assert answer.status_code == 200
        form_of(answer.text)


def test_a_fact_is_recorded_and_what_follows_stands_beside(opened: TestClient, desk: Desk) -> None:
    before = read(opened.get(f"/cases/{CASE}/record").text).words
    answer = opened.post(f"/cases/{CASE}/record", data=FACT)
    assert answer.status_code == 303
    page = opened.get(answer.headers["location"])
    words = read(page.text).words
    assert f"entry {desk.head().seq} of the ledger" in words
    assert "The Council suspends the state." in words
    assert "done, day 0" in words
    assert "done, day 0" not in before
    fact = desk.current(f"{CASE}/au-psc-suspension")
    assert fact.citations[0].locator == "para 3"
    assert f"/facts/{fact.key}" in page.text
    assert f"/cases/{CASE}/brief.pdf" in page.text


def test_a_fact_sent_twice_is_written_once(opened: TestClient, desk: Desk) -> None:
    opened.post(f"/cases/{CASE}/record", data=FACT)
    before = desk.head()
    answer = opened.post(f"/cases/{CASE}/record", data=FACT)
    assert answer.headers["location"].endswith("already=au-psc-suspension")
    assert "nothing was written twice" in opened.get(answer.headers["location"]).text
    assert desk.head() == before


def test_a_fact_that_is_not_fit_comes_back_whole(opened: TestClient, desk: Desk) -> None:
    before = desk.head()
    given = FACT | {
        "kind": "press_statement",
        "when": "2026-02-30",
        "actor": "Nobody at all",
        "verb": "shout",
        "text": 'A "text"\nover lines & <tags>',
        "confidence": "high",
        "source_title": "",
        "note": "a note",
        "competes_with": "no-such",
        "label": "l" * 3,
    }
    answer = opened.post(f"/cases/{CASE}/record", data=given)
    assert answer.status_code == 400
    form_of(answer.text)
    assert {field for field, _ in problems(answer.text)} == {
        *("when", "actor", "verb", "source_title", "competes_with"),
    }
    kept = values(answer.text)
    for name, typed in given.items():
        if name != "do":
            assert kept[name] == typed, name
    assert desk.head() == before


def test_a_fact_of_tomorrow_is_said_to_count_from_then(opened: TestClient) -> None:
    given = FACT | {"kind": "decision", "known": "2026-12-24", "text": "It will be told at Christmas."}
    answer = opened.post(f"/cases/{CASE}/record", data=given)
    words = read(opened.get(answer.headers["location"]).text).words
    assert words.count("counts as known from 24 December 2026 on") >= 2
    assert "at Christmas" not in read(opened.get(f"/cases/{CASE}/facts").text).words


def test_no_address_makes_the_page_say_what_was_not_written(opened: TestClient, desk: Desk) -> None:
    last = desk.head().seq
    for asked in (f"{last + 1}", f"{last + 1}-{last + 9}", "0", "x", "5-4", "1-999999", "-", "9" * 40):
        page = read(opened.get(f"/cases/{CASE}/record", params={"written": asked}).text)
        assert not [given for _, given in page.tags if given.get("class") == "noted"], asked
    page = read(opened.get(f"/cases/{CASE}/record?kept=1&already=x&left=x").text)
    assert not [given for _, given in page.tags if given.get("class") == "noted"]


def test_an_early_day_of_knowledge_hides_what_came_later(client: TestClient, desk: Desk) -> None:
    then = "as_of=2021-06-15&known_at=2021-05-26"
    texts = [fact.text for fact in desk.everything_of("mali-2021") if fact.known_at.isoformat() > "2021-05-26"]
    assert len(texts) > 50
    for address in ("record?kind=suspension&", "record?written=1-390&", "paste?", "record?already=au-suspension&"):
        words = read(client.get(f"/cases/mali-2021/{address}{then}").text).words
        assert not [text for text in texts if text in words], address


def test_a_fact_is_mended_with_todays_knowledge_alone(client: TestClient) -> None:
    place = "/cases/mali-2021/correct/au-suspension"
    answer = client.get(f"{place}?as_of=2021-05-26&known_at=2021-05-26&lang=fr")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{place}?lang=fr")
    assert answer.content == b""


# a page of pasted facts


def paste(client: TestClient, text: str, do: str = "check", **more: str) -> Any:
    return client.post(f"/cases/{CASE}/paste", data={"pasted": text, "pasted_known": "2026-11-21", "do": do} | more)


def test_what_is_understood_is_shown_before_anything_is_written(opened: TestClient, desk: Desk) -> None:
    before = desk.head()
    answer = paste(opened, LINE)
    assert answer.status_code == 200
    form_of(answer.text)
    words = read(answer.text).words
    for said in ("ECOWAS condemns it.", "21 November 2026", "Communiqué", "words used: condemn", "Record the one fact"):
        assert said in words
    assert desk.head() == before
    done = paste(opened, LINE, "record")
    assert done.status_code == 303
    assert "ECOWAS condemns it." in read(opened.get(done.headers["location"]).text).words
    assert desk.head().seq == before.seq + 1


def test_thirty_problems_are_shown_together(opened: TestClient, desk: Desk) -> None:
    before = desk.head()
    bad = [f"2026-11-{number + 40}; nobody-{number}; statement; Words; A page; verb=shout" for number in range(10)]
    text = "\n".join([LINE, *bad])
    answer = paste(opened, text)
    assert answer.status_code == 400
    form_of(answer.text)
    listed = re.findall(r"<li>Line (\d+), ", answer.text)
    assert len(listed) == 30
    assert set(listed) == {str(number) for number in range(2, 12)}
    assert values(answer.text)["pasted"] == text
    assert "ECOWAS condemns it." in read(answer.text).words
    assert desk.head() == before


def test_the_good_ones_are_recorded_and_the_others_kept(opened: TestClient, desk: Desk) -> None:
    bad = "2026-11-40; nobody; statement; Words; A page"
    done = paste(opened, f"{LINE}\n{bad}", "record")
    assert done.status_code == 303
    assert desk.current(f"{CASE}/ecowas-statement")
    draft = Drafts(desk).all()[0]
    assert (draft.form, draft.fields["pasted"]) == ("paste", bad)
    page = opened.get(done.headers["location"])
    assert f"/drafts/{draft.id}" in page.text
    back = opened.get(opened.get(f"/drafts/{draft.id}").headers["location"])
    assert values(back.text)["pasted"] == bad


def test_where_the_rest_cannot_be_kept_nothing_is_written(
    opened: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.head()
    text = f"{LINE}\nnot a line"
    Drafts(desk).path.write_bytes(b"no database at all, but long enough to be read as one" * 40)
    answer = paste(opened, text, "record")
    assert answer.status_code == 503
    assert values(answer.text)["pasted"] == text
    assert desk.head() == before


def test_nothing_pasted(opened: TestClient) -> None:
    answer = paste(opened, "")
    assert answer.status_code == 400
    assert [field for field, _ in problems(answer.text)] == ["pasted"]


def test_a_paste_of_nothing_good_is_not_recorded(opened: TestClient, desk: Desk) -> None:
    before = desk.head()
    assert paste(opened, "not a line", "record").status_code == 400
    assert desk.head() == before
    assert Drafts(desk).all() == ()


# corrections and withdrawals


def test_a_fact_is_corrected_with_a_reason(opened: TestClient, desk: Desk) -> None:
    opened.post(f"/cases/{CASE}/record", data=FACT)
    place = f"/cases/{CASE}/correct/au-psc-suspension"
    page = opened.get(place)
    form_of(page.text)
    shown = values(page.text)
    assert shown["source_title"] == "Communiqué"
    bare = {name: value for name, value in shown.items() if name not in ("why", "why_since", "q")}
    refused = opened.post(place, data=bare | {"text": "Other words.", "do": "correct"})
    assert refused.status_code == 400
    assert [field for field, _ in problems(refused.text)] == ["reason"]
    assert values(refused.text)["text"] == "Other words."
    done = opened.post(place, data=bare | {"text": "Other words.", "reason": "wording", "do": "correct"})
    assert done.status_code == 303
    words = read(opened.get(done.headers["location"]).text).words
    assert "corrected: Other words." in re.sub(r"\s+", " ", words)
    assert desk.history(f"{CASE}/au-psc-suspension")[-1].reason == "wording"
    clash = opened.post(place, data=bare | {"text": "Third words.", "reason": "late", "do": "correct"})
    assert clash.status_code == 400
    assert [field for field, _ in problems(clash.text)] == ["version"]
    mended = values(clash.text)
    assert mended["text"] == "Third words."
    assert opened.post(place, data=bare | mended | {"do": "correct"}).status_code == 303
    assert desk.current(f"{CASE}/au-psc-suspension").text == "Third words."


def test_a_fact_is_withdrawn_with_a_reason(opened: TestClient, desk: Desk) -> None:
    opened.post(f"/cases/{CASE}/record", data=FACT)
    place = f"/cases/{CASE}/correct/au-psc-suspension"
    refused = opened.post(place, data={"why": "", "why_since": "soon", "do": "retract"})
    assert refused.status_code == 400
    form_of(refused.text)
    assert {field for field, _ in problems(refused.text)} == {"reason", "since"}
    assert values(refused.text)["why_since"] == "soon"
    done = opened.post(place, data={"why": "never was", "do": "retract"})
    assert done.status_code == 303
    assert "withdrawn" in read(opened.get(done.headers["location"]).text).words
    assert opened.get(place).status_code == 404
    assert desk.verify().whole


@pytest.mark.parametrize("place", ["mali-2021/correct/case", "mali-2021/correct/nothing", "state:MLI/correct/state"])
def test_what_is_not_mended_by_page(client: TestClient, place: str) -> None:
    assert client.get(f"/cases/{place}").status_code == 404
    assert client.post(f"/cases/{place}", data={"why": "x", "do": "retract"}).status_code == 404
    assert client.post(f"/cases/{place}", data={"reason": "x", "do": "correct"}).status_code == 404


# drafts


def test_half_a_fact_is_kept_and_comes_back(opened: TestClient, desk: Desk) -> None:
    before = desk.head()
    half = {"kind": "press_statement", "text": "Half « a » thought", "when": "not yet", "verb": "", "do": "draft"}
    kept = opened.post(f"/cases/{CASE}/record", data=half)
    assert kept.status_code == 303
    page = opened.get(kept.headers["location"])
    assert "Kept as a draft" in read(page.text).words
    shown = values(page.text)
    assert (shown["text"], shown["when"], shown["kind"]) == (half["text"], "not yet", "press_statement")
    assert desk.head() == before
    listed = opened.get("/drafts")
    assert "Half « a » thought" in read(listed.text).words
    assert "Half « a » thought" in read(opened.get(f"/cases/{CASE}/record").text).words
    for address in (
        f"/cases/{CASE}",
        f"/cases/{CASE}.json",
        "/cases",
        f"/cases/{CASE}/brief.html",
        "/record",
        "/changed",
    ):
        assert "Half" not in opened.get(address).text, address


def test_a_draft_is_one_draft_until_it_is_recorded(opened: TestClient, desk: Desk) -> None:
    first = opened.post(f"/cases/{CASE}/record", data=FACT | {"text": "", "do": "draft"})
    shown = values(opened.get(first.headers["location"]).text)
    shown.pop("q")
    opened.post(f"/cases/{CASE}/record", data=shown | {"text": "More words", "do": "draft"})
    assert [one.fields["text"] for one in Drafts(desk).all()] == ["More words"]
    refused = opened.post(f"/cases/{CASE}/record", data=shown | {"text": "More words", "when": "x", "do": "record"})
    assert refused.status_code == 400
    assert len(Drafts(desk).all()) == 1
    done = opened.post(f"/cases/{CASE}/record", data=values(refused.text) | {"when": "2026-11-20", "do": "record"})
    assert done.status_code == 303
    assert Drafts(desk).all() == ()
    assert desk.current(f"{CASE}/au-psc-suspension").text == "More words."


def test_drafts_outlive_the_server_and_are_deleted_by_hand(opened: TestClient, desk: Desk) -> None:
    opened.post("/new-case", data={"country": "Togo", "do": "draft"})
    opened.post(f"/cases/{CASE}/paste", data={"pasted": "half a line", "do": "draft"})
    again = client_of(open_desk(desk.place(), clock, recorder="tests"))
    listed = {one["form"]: one for one in again.get("/drafts.json").json()}
    assert listed["case"]["fields"] == {"country": "Togo"}
    assert listed["paste"]["case"] == CASE
    for form, field, text in (("case", "country", "Togo"), ("paste", "pasted", "half a line")):
        place = again.get(f"/drafts/{listed[form]['id']}").headers["location"]
        assert values(again.get(place).text)[field] == text
    gone = again.post(f"/drafts/{listed['case']['id']}/delete")
    assert gone.status_code == 303
    assert "is deleted" in again.get(gone.headers["location"]).text
    assert [one["form"] for one in again.get("/drafts.json").json()] == ["paste"]
    assert again.get(f"/drafts/{listed['case']['id']}").status_code == 404
    assert again.post(f"/drafts/{listed['case']['id']}/delete").status_code == 404


@pytest.mark.parametrize(
    "address", ["/drafts/0", "/drafts/x", "/drafts/999", "/new-case?draft=999", "/new-case?draft=x"]
)
def test_a_draft_that_is_not_there(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_empty_form_is_no_draft(client: TestClient, desk: Desk) -> None:
    answer = client.post("/new-case", data={"do": "draft"})
    assert answer.status_code == 400
    assert Drafts(desk).all() == ()
    assert client.post("/cases/mali-2091/record", data={"text": "x", "do": "draft"}).status_code == 404


# where the disk says no


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No SQLite file grows any more."""

    def full(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {max(pages, 1)}")

    event.listen(Engine, "connect", full)
    yield
    event.remove(Engine, "connect", full)


def test_a_full_disk_loses_nothing_that_was_typed(desk: Desk, full_disk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert full_disk is None
    client = client_of(desk)
    before = desk.head()
    long = FACT | {"text": "w" * 900, "note": "n" * 60_000}
    answer = client.post("/cases/mali-2021/record", data=long)
    assert answer.status_code == 503
    assert "full" in answer.text
    assert "What you typed stands below" in read(answer.text).words
    kept = values(answer.text)
    for name in ("text", "note", "when", "source_title", "source_at"):
        assert kept[name] == long[name]
    form_of(answer.text)
    assert desk.head() == before
    assert desk.verify().whole


def test_a_draft_that_cannot_be_kept_comes_back(client: TestClient, desk: Desk) -> None:
    Drafts(desk).path.write_bytes(b"no database at all, but long enough to be read as one" * 40)
    answer = client.post("/cases/mali-2021/record", data=FACT | {"text": "Precious", "do": "draft"})
    assert answer.status_code == 503
    assert values(answer.text)["text"] == "Precious"
    # A damaged file of drafts stands in nobody's way of recording.
    assert client.get("/cases/mali-2021/record").status_code == 200
    assert client.post("/cases/mali-2021/record", data=FACT).status_code == 303


def test_a_folder_that_cannot_be_written(ledger_file: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    ledger_file.chmod(0o400)
    ledger_file.parent.chmod(0o500)
    try:
        client = client_of(open_desk(ledger_file, clock, recorder="tests"))
        for do in ("record", "draft"):
            answer = client.post("/cases/mali-2021/record", data=FACT | {"do": do})
            assert answer.status_code == 503
            assert values(answer.text)["text"] == FACT["text"]
    finally:
        ledger_file.parent.chmod(0o700)
        ledger_file.chmod(0o600)


# hostile texts, French, an empty record


@pytest.mark.parametrize("first", range(5))
def test_nothing_typed_comes_alive(opened: TestClient, desk: Desk, first: int) -> None:
    payload = " ".join(LIVE[first::5])
    given = dict.fromkeys((*FACT, "note", "text_fr", "competes_with", "label", "document"), payload)
    for address, data in (
        ("/new-case", dict.fromkeys(NEW, payload) | {"do": "open"}),
        (f"/cases/{CASE}/record", given | {"kind": "suspension", "do": "record"}),
        (f"/cases/{CASE}/record", given | {"do": "record"}),
        (f"/cases/{CASE}/paste", {"pasted": payload, "pasted_known": "", "do": "check"}),
        (f"/cases/{CASE}/paste", {"pasted": payload, "pasted_known": payload, "do": "check"}),
    ):
        answer = opened.post(address, data=data)
        assert answer.status_code in (400, 404), address
        page = read(answer.text)
        is_safe(page)
        assert page.unclosed == []
        assert "1337" not in page.words
    assert values(opened.post(f"/cases/{CASE}/record", data=given | {"kind": "suspension"}).text)["text"] == payload
    kept = opened.post(f"/cases/{CASE}/record", data=given | {"kind": "suspension", "do": "draft"})
    for address in (kept.headers["location"], "/drafts"):
        is_safe(read(opened.get(address).text))
    good = FACT | {"text": payload, "text_fr": payload, "note": payload, "source_title": payload, "source_at": payload}
    done = opened.post(f"/cases/{CASE}/record", data=good)
    assert done.status_code == 303
    name = desk.current(f"{CASE}/au-psc-suspension").name
    opened.post(f"/cases/{CASE}/correct/{name}", data={"why": payload, "do": "retract"})
    for address in (done.headers["location"], f"/cases/{CASE}/correct/{name}", "/changed"):
        page = read(opened.get(address).text)
        is_safe(page)
        assert "1337" not in page.words


def test_the_pages_speak_french(opened: TestClient, desk: Desk) -> None:
    answer = opened.post(f"/cases/{CASE}/record?lang=fr", data=FACT | {"when": "x", "text": "", "actor": "personne"})
    assert answer.status_code == 400
    words = read(answer.text).words
    for french in ("Rien n’a été écrit", "la phrase manque", "n’est pas une date", "il n’y a pas d’acteur"):
        assert french in words
    for english in ("the sentence", "is no date", "Nothing was written"):
        assert english not in words
    done = opened.post(f"/cases/{CASE}/record?lang=fr", data=FACT)
    assert "lang=fr" in done.headers["location"]
    assert f"inscription {desk.head().seq} du registre" in read(opened.get(done.headers["location"]).text).words


def test_an_empty_record_can_be_begun_by_page(empty_desk: Desk) -> None:
    client = client_of(empty_desk)
    assert client.get("/new-case").status_code == 200
    assert client.get("/drafts").status_code == 200
    refused = client.post("/new-case", data=NEW)
    assert [field for field, _ in problems(refused.text)] == ["country"]
    assert values(refused.text)["iso3"] == ""
    done = client.post("/new-case", data=NEW | {"iso3": "sen"})
    assert done.status_code == 303
    page = client.get(done.headers["location"])
    assert page.status_code == 200
    form_of(page.text)


def test_two_readers_record_at_one_moment(desk: Desk) -> None:
    one, other = client_of(desk), client_of(open_desk(desk.place(), clock, recorder="another"))
    first = one.post("/cases/mali-2021/record", data=FACT)
    second = other.post("/cases/mali-2021/record", data=FACT | {"text": "Another account."})
    assert {first.status_code, second.status_code} == {303}
    assert desk.current("mali-2021/au-psc-suspension").text != desk.current("mali-2021/au-psc-suspension-2").text
    assert "Another account." in one.get("/cases/mali-2021/record").text
    assert desk.history("mali-2021/au-psc-suspension-2")[0].recorder == "another"


def test_forms_tell_browsers_to_say_where_they_come_from(reader: TestClient) -> None:
    """Our pages send no referrer; a form under that policy would be sent with Origin: null."""
    for address in ("/new-case", "/cases/mali-2021/record", "/cases/mali-2021/correct/au-suspension", "/changed"):
        page = read(reader.get(HERE + address).text)
        assert ("meta", {"name": "referrer", "content": "same-origin"}) in page.tags


def test_drafts_lie_beside_the_ledger_alone(opened: TestClient, desk: Desk) -> None:
    opened.post("/new-case", data={"country": "Togo", "do": "draft"})
    place = desk.place()
    assert isinstance(place, Path)
    with sqlite3.connect(place) as ledger:
        tables = {name for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ledger.close()
    assert "draft" not in tables


def test_a_record_that_cannot_be_read_is_said_in_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise Broken("the ledger could not be read: it is away.")

    client = client_of(desk)
    monkeypatch.setattr(desk, "head", broken)
    monkeypatch.setattr(desk, "snapshot", broken)
    for address in ("/cases/mali-2021/record", "/cases/mali-2021/paste"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "it is away" in answer.text
        under_policy(answer.headers)
