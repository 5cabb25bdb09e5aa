"""A made-up country with a made-up mission, entered by hand: by a file and by the pages of the sandbox. It must get
what a real one gets: every section, each task with a course, precedents from real cases, both languages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from goodoffices.advice.advise import Advice
from goodoffices.advice.items import COURSES
from goodoffices.advice.language import SECTIONS
from goodoffices.desk.advising import advice_on_file
from goodoffices.desk.desk import Desk
from goodoffices.desk.planning import plan_for_file
from goodoffices.desk.views import Moment
from record import TODAY
from web.conftest import client_of
from web.reading import read

FILE = Path(__file__).parent / "files" / "meridia-2026.yaml"
DAY = date(2026, 11, 20)
MOMENT = Moment(DAY, DAY, TODAY.date())
CASE = "meridia-made-up-2026"
MISSION = {"mission": "un-mission"}
TASKS = {"good offices": "Help parties to talk", "Human Rights": "Report on human rights", "police": "Train the police"}


def given(desk: Desk, language: str = "en") -> Advice:
    return advice_on_file(desk, FILE, MOMENT, language=language)


# by a file


@pytest.fixture(scope="module")
def advice(advised: Desk) -> Advice:
    return given(advised)


def test_every_section_has_items_and_precedents_of_real_cases(advice: Advice) -> None:
    assert [one.id for one in advice.sections] == list(SECTIONS)
    assert advice.situation.mission.id == "un-mission"
    for section in advice.sections:
        assert section.items, section.id
        quoted = {fact.subject for item in section.items for fact in item.precedents}
        assert "meridia-2026" not in quoted
        assert quoted or section.id == "lessons", section.id


def test_each_task_has_a_course_and_what_became_of_it_elsewhere(advice: Advice) -> None:
    tasks = [item for item in advice.items if item.course]
    assert len(tasks) == 8
    assert {item.course for item in tasks} <= set(COURSES)
    assert len({item.course for item in tasks}) > 2
    for item in tasks:
        assert item.tell, item.task
        assert item.precedents or "police" in item.task, item.task


def test_what_is_on_record_is_not_called_missing(advice: Advice) -> None:
    """A limit, a survey, an opening, a promise whose day has passed: each is read from what a newcomer writes."""
    standing = {f"{item.section}/{item.id}": item.standing for item in advice.items}
    assert "guidance/no-limit-known" not in standing
    assert standing["guidance/keep-to-lower-level"] == "applies"
    assert advice.situation.opinion == "majority"
    assert [fact.name for fact in advice.situation.overdue] == ["promise"]
    assert advice.situation.findings["sign.authorities-open"].state == "met"


@pytest.mark.parametrize("question", ["Do you support the change?", "support for the coup", "Supported the coup"])
def test_a_survey_is_known_by_its_question(advised: Desk, tmp_path: Path, question: str) -> None:
    path = tmp_path / FILE.name
    asked = "Do you support the change of government?"
    path.write_text(FILE.read_text(encoding="utf-8").replace(asked, question), encoding="utf-8")
    assert advice_on_file(advised, path, MOMENT, names=("legitimation",)).situation.opinion == "majority"


def test_a_limit_in_other_words_is_shown_where_none_was_read(advised: Desk, tmp_path: Path) -> None:
    path = tmp_path / FILE.name
    words = "limited contact with de facto authorities"
    path.write_text(FILE.read_text(encoding="utf-8").replace(words, "see only technical staff"), encoding="utf-8")
    found = advice_on_file(advised, path, MOMENT)
    unread = [item for item in found.items if item.id in ("no-limit-known", "opens-free", "advice-unknown")]
    assert len(unread) == 3
    for item in unread:
        assert "meridia-2026/guidance" in item.facts
        assert "other words" in item.text


def test_the_french_is_complete(advised: Desk, advice: Advice) -> None:
    french = given(advised, "fr")
    assert [item.id for item in french.items] == [item.id for item in advice.items]
    for english, said in zip(advice.items, french.items, strict=True):
        assert said.text != english.text, said.id
        assert bool(said.would_change) == bool(english.would_change)
        assert bool(said.tell) == bool(english.tell)
        for text in (said.text, said.would_change, said.tell, said.clock):
            assert not re.search(r"[^\s\u00a0\u202f][:;!?»](?:\s|$)|« \w", text), f"{said.id}: {text}"
    assert {one.title for one in french.sections}.isdisjoint(one.title for one in advice.sections)


def test_the_plan_names_the_mission_and_triages_its_tasks(advised: Desk) -> None:
    plan = plan_for_file(advised, FILE, MOMENT, "un-mission")
    assert (plan.name, plan.mission_name) == ("Meridia", "The UN mission")
    for one in plan.foreseen:
        assert len(one.tasks) == 8
    assert plan_for_file(advised, FILE, MOMENT, language="fr").mission_name == "La mission de l’ONU"


def test_a_plan_for_a_mission_that_the_file_lacks_is_refused(advised: Desk) -> None:
    with pytest.raises(Exception, match="On record: un-mission"):
        plan_for_file(advised, FILE, MOMENT, "minusma")


# by pages


def record(player: TestClient, kind: str, when: str, **fields: str) -> None:
    """Fill in the form of a kind as a browser would, and send it."""
    form = player.get(f"/sandbox/cases/{CASE}/record?kind={kind}")
    assert all(f'name="{name}"' in form.text for name in fields)
    told = {"kind": kind, "when": when, "known": when.partition("/")[0], "confidence": "high", "source_title": "Paper"}
    answer = player.post(f"/sandbox/cases/{CASE}/record", data={**told, **fields, "do": "record"})
    assert answer.status_code == 303, answer.text


@pytest.fixture
def player(desk: Desk) -> TestClient:
    """A client with a sandbox, a mission in it, its tasks, and advice of the legal office."""
    client = client_of(desk)
    assert client.post("/sandbox").status_code == 303
    present = {"actor": "un-mission", "text": "A political mission works in Meridia", "mission_type": "political"}
    record(client, "mission_present", "2019-03-01/..", **MISSION, **present)
    for matter, task in TASKS.items():
        told = {"actor": "un-security-council", "text": f"The Council gives a task, {task}", "task": task}
        record(client, "mandated_task", "2026-03-01", **MISSION, **told, subject_matter=matter)
    limit = {"step": "issued", "subject_matter": "limited contact with de facto authorities"}
    record(client, "guidance", "2026-11-20", actor="un-ola", text="The legal office advises limited contact", **limit)
    return client


def test_the_sandbox_gives_every_section_in_both_languages(player: TestClient) -> None:
    overview = player.get(f"/sandbox/cases/{CASE}/advice").text
    assert "For the UN mission." in read(overview).words
    for name in SECTIONS:
        assert f"/sandbox/cases/{CASE}/advice/{name}" in overview
        for language, elsewhere in (("en", "Elsewhere"), ("fr", "Ailleurs")):
            page = player.get(f"/sandbox/cases/{CASE}/advice/{name}?lang={language}")
            assert page.status_code == 200
            assert f"<dt>{elsewhere}</dt>" in page.text or name == "lessons", name
            said = read(page.text).words.partition("Good Offices, ")[0]  # before the citation
            assert language == "en" or not re.findall(r"\w: ", said), name


def test_the_sandbox_triages_the_tasks_however_they_are_spelt(player: TestClient) -> None:
    items = player.get(f"/sandbox/cases/{CASE}/advice/triage.json").json()["items"]
    found = {item["task"]: item for item in items if item["course"]}
    assert set(found) == set(TASKS.values())
    assert found["Report on human rights"]["precedents"]
    assert found["Help parties to talk"]["course"] == "adapt"


def test_precedents_in_the_sandbox_are_quoted_and_lead_nowhere(player: TestClient) -> None:
    page = player.get(f"/sandbox/cases/{CASE}/advice/triage")
    assert "mission:minusma" in page.text
    links = {one for one in read(page.text).links("http://127.0.0.1") if "/facts/" in one}
    assert links
    for one in links:
        assert player.get(one).status_code == 200, one


def test_plans_of_the_sandbox_know_the_mission_that_was_entered(player: TestClient) -> None:
    assert "The UN mission" in read(player.get("/sandbox/plans").text).words
    page = read(player.get("/sandbox/plans/Meridia").text).words
    assert "For the UN mission." in page
    for task in TASKS.values():
        assert task in page


def test_what_the_sandbox_quotes_is_as_the_record_has_it_now(player: TestClient, desk: Desk) -> None:
    address = f"/sandbox/cases/{CASE}/advice/triage"
    before = player.get(address).text
    quoted = "UNITAMS’s task to watch and report on human rights"
    assert quoted in before
    desk.retract("mission:unitams/task-2636-hrmon", "A test")
    assert player.get(address).text != before
