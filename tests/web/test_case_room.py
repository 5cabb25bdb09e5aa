"""The case room: what followed day 0 stands on the page, each from its facts, and nothing later than the day."""

import gzip
import re

import pytest
from fastapi.testclient import TestClient

from goodoffices.desk.desk import Desk
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
    assert re.findall(r'href="/cases/([a-z0-9-]+)"', text) == [one.head.case for one in found[:3]]
    assert f"alike by {found[0].shared} of {found[0].weighed}" in text
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
