"""The case room: what followed day 0 stands on the page, each from its facts, and nothing later than the day."""

import gzip
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
from goodoffices.norms.wording import say
from web.reading import read

DEEP = ("mali-2020", "mali-2021", "sudan-2021", "niger-2023", "chad-2021", "afghanistan-2021", "gabon-2023")


def section(text: str, name: str) -> str:
    return text.partition(f'id="{name}"')[2].partition("</section>")[0]


def test_answers_stand_in_order_with_their_day(reader: TestClient) -> None:
    record = reader.get("/cases/mali-2021.json").json()
    facts = {fact["key"]: fact for fact in record["facts"]}
    answers = record["course"]["answers"]
    assert len(answers) > 20
    text = section(reader.get("/cases/mali-2021").text, "answers")
    shown = re.findall(r'<tr id="([^"]+)">', text)
    assert [f"mali-2021/{one}" for one in shown] == [one["fact"] for one in answers]
    exact = [facts[one]["when"] for one in (a["fact"] for a in answers) if len(facts[one]["when"]) == 10]
    assert len(exact) > 20
    assert exact == sorted(exact)
    assert min(facts[one["fact"]]["latest"] for one in answers) >= "2021-05-24"
    words = read(f"<p>{text}</table>").words
    for one in answers:
        assert facts[one["fact"]]["text"] in words


def test_promises_say_what_came_of_them(reader: TestClient) -> None:
    text = section(reader.get("/cases/mali-2021").text, "promised")
    row = next(one for one in text.split("<tr>") if "promise-february-2022" in one)
    assert "27 February 2022" in row and "not kept" in row and "promise-february-2022-missed" in row
    before = section(reader.get("/cases/mali-2021?as_of=2022-01-15&known_at=2022-01-15").text, "promised")
    row = next(one for one in before.split("<tr>") if "promise-february-2022" in one)
    assert "ahead" in row and "not kept" not in row
    record = reader.get("/cases/mali-2021.json?as_of=2022-01-15&known_at=2022-01-15").json()
    states = {one["fact"]: one["state"] for one in record["course"]["promises"]}
    assert states["mali-2021/promise-february-2022"] == "ahead"
    assert states["mali-2021/promise-referendum-2021"] == "missed"


def test_tasks_say_what_became_of_them(reader: TestClient) -> None:
    record = reader.get("/cases/mali-2021.json").json()
    tasks = {one["task"]: [fate["fate"] for fate in one["fates"]] for one in record["course"]["tasks"]}
    assert tasks["human rights"] == ["continued", "removed"]
    text = section(reader.get("/cases/mali-2021").text, "mandate")
    row = next(one for one in text.split("<tr>") if ">human rights<" in one)
    assert re.findall(r">(continued|removed|adapted|frozen)</a>", row) == ["continued", "removed"]


def test_what_came_later_is_not_told(reader: TestClient) -> None:
    page = reader.get("/cases/mali-2021?as_of=2021-06-15&known_at=2021-06-15").text
    for name in ("answers", "promised", "mandate"):
        assert not re.search(r"\b(July|December) 2021\b.*</td>", section(page, name).replace("26 December 2021", ""))
    assert 'id="opinion"' not in page


def test_likenesses_are_those_of_the_desk(client: TestClient, desk: Desk) -> None:
    found = desk.precedents("mali-2021", desk.moment()).found
    text = section(client.get("/cases/mali-2021").text, "alike")
    shown = re.findall(r'href="/cases/([a-z0-9-]+)"', text)
    assert shown == [one.head.case for one in found[: len(shown)]]
    assert 3 <= len(shown) <= 6
    assert f"{found[0].shared} of {found[0].weighed} points alike" in text
    early = client.get("/cases/mali-2021?as_of=2021-05-01").text
    assert 'id="alike"' not in early


def test_a_correction_changes_the_likenesses(client: TestClient, desk: Desk) -> None:
    before = section(client.get("/cases/mali-2021").text, "alike")
    desk.correct("mali-2021/seizure", {"category": "constitutional_manipulation"}, "a test")
    assert section(client.get("/cases/mali-2021").text, "alike") != before


@pytest.mark.parametrize("case", DEEP)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_is_small_and_its_status_line_comes_early(reader: TestClient, case: str, language: str) -> None:
    body = reader.get(f"/cases/{case}?lang={language}").content
    assert len(gzip.compress(body, 6)) < 60_000
    status = body.index(b"</dl>", body.index(b'<dl class="status">'))
    assert len(gzip.compress(body[:status], 6)) < 14_000


def test_a_case_of_which_nothing_is_known_says_so(reader: TestClient) -> None:
    page = read(reader.get("/cases/mali-2021?as_of=2000-01-01&known_at=2000-01-01").text)
    assert "Nothing was known of this case by 1 January 2000." in page.words
    facts = read(reader.get("/cases/mali-2021/facts?as_of=2000-01-01&known_at=2000-01-01").text)
    assert "Nothing was known of this case by 1 January 2000." in facts.words


# ---------------------------------------------------------------- the line of where things stand, and days


def cell(reader: TestClient, case: str, name: str, asked: str = "") -> tuple[str, str]:
    cells = {one["name"]: one for one in reader.get(f"/cases/{case}.json{asked}").json()["status"]}
    return cells[name]["value"], cells[name]["detail"]


def test_an_organisation_that_condemned_is_not_said_to_have_done_nothing(reader: TestClient) -> None:
    then = "?as_of=2021-05-26&known_at=2021-05-26"
    assert cell(reader, "mali-2021", "au", then) == ("Condemned", "25 May 2021, day 1; no suspension known")
    assert cell(reader, "mali-2021", "region", then) == ("Condemned", "24 May 2021, day 0; no suspension known")
    assert cell(reader, "mali-2021", "au")[0] == "Suspended"
    before = "?as_of=2021-05-24&known_at=2021-05-24"
    assert cell(reader, "mali-2021", "au", before)[1].startswith("24 May 2021, day 0"), "its commission spoke for it"


def test_no_cell_says_no_act_where_an_act_is_told(desk: Desk) -> None:
    """On any of a case's key days, an organisation of which a condemnation is known has a word in its cell."""
    for row in desk.cases(desk.moment()):
        for known, _ in desk.case(row.id, desk.moment()).key_days[:4]:
            view = desk.case(row.id, desk.moment(known, known))
            said = {
                fact.actor for fact in view.facts if fact.get("verb") == "condemn" and fact.actor in ("au", "au-psc")
            }
            value = next(one.value for one in view.cells if one.name == "au")
            assert not (said and value == "No act known"), (row.id, known)


def test_a_duty_to_keep_something_so_counts_to_its_own_end(desk: Desk, reader: TestClient) -> None:
    finding, _ = desk.why("guinea-2021", "au.kept-until-order", desk.moment())
    assert finding.state == "fulfilled"
    assert finding.until is not None and finding.since is not None
    assert finding.day == (finding.until.shown - finding.since.shown).days
    text = reader.get("/cases/guinea-2021").text
    row = next(one for one in text.split("<tr>") if "/why/au.kept-until-order" in one)
    assert "kept until 28 December 2025" in row
    assert "1899" not in text


def test_an_act_is_told_with_its_day_and_from_when_it_is_counted(reader: TestClient) -> None:
    text = reader.get("/cases/guinea-2021").text
    row = next(one for one in text.split("<tr>") if "/why/au.lift" in one)
    assert "done, day 5" in row
    assert "22 January 2026, counted from 17 January 2026" in row
    row = next(one for one in text.split("<tr>") if "/why/au.suspend" in one)
    assert "<small>10 September 2021</small>" in row
    row = next(one for one in reader.get("/cases/guinea-2021?lang=fr").text.split("<tr>") if "/why/au.lift" in one)
    assert "22 janvier 2026, depuis le 17 janvier 2026" in row


def test_an_absence_says_until_when(desk: Desk) -> None:
    """A mission that closed later had not closed by the day looked at: the reason must not say that none is known."""
    finding, _ = desk.why("mali-2021", "un.lead-dpo", desk.moment(date(2021, 5, 24)))
    said = [say(node) for node in walk(finding.tree) if node.code.startswith("absent")]
    assert said
    assert all("is known by 24 May 2021, on what was known by" in one for one in said)


def walk(node: Any) -> Iterator[Any]:
    yield node
    for part in node.parts:
        yield from walk(part)


def test_all_cases_as_like_as_the_third_are_listed(reader: TestClient) -> None:
    record = reader.get("/cases/niger-2023.json").json()["alike"]
    third = record[2]["likeness"]
    ties = [one["case"] for one in record if one["likeness"] == third]
    text = section(reader.get("/cases/niger-2023").text, "alike")
    shown = re.findall(r'href="/cases/([a-z0-9-]+)"', text)
    assert len(shown) >= 3
    assert set(ties[:3]) <= set(shown)
    assert "mali-2012" in text
