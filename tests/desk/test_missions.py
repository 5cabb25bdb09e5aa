"""The registers of missions and operations as tables, as of a day and as known on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from goodoffices.briefs.missions import Mission, Operation, missions, operations
from goodoffices.casebook.actors import actors
from goodoffices.casebook.registers import read_registers
from goodoffices.core.days import read_day
from goodoffices.core.kinds import LEAD_TYPES, MISSION_TYPES
from goodoffices.desk.desk import Desk, open_desk
from record import clock, day

FACTS = read_registers()
NAMES = {actor.id: actor.name for actor in actors().values()}
MISSIONS = {one.id: one for one in missions(FACTS)}
OPERATIONS = {one.id: one for one in operations(FACTS, NAMES)}


@pytest.fixture(scope="module")
def reader(casebook_ledger: Path) -> Iterator[Desk]:
    """A desk over the casebook, looked at only."""
    opened = open_desk(casebook_ledger, clock, recorder="tests", take_in=False)
    yield opened
    opened.close()


def known(desk: Desk, on: str) -> dict[str, Mission]:
    """The missions as of a day, as known on it."""
    return {one.id: one for one in desk.missions(desk.moment(day(on), day(on)))}


def running(desk: Desk, on: str) -> dict[str, Operation]:
    return {one.id: one for one in desk.operations(desk.moment(day(on), day(on)))}


def test_every_mission_is_there_once(reader: Desk) -> None:
    listed = [one.id for one in reader.missions(reader.moment())]
    assert len(listed) >= 114
    assert len(set(listed)) == len(listed)
    assert set(listed) == {fact.subject.partition(":")[2] for fact in FACTS if fact.kind == "mission"}
    assert {"minusma", "unitams", "unama", "untso"} <= set(listed)


def test_every_operation_is_there_once(reader: Desk) -> None:
    listed = [one.id for one in reader.operations(reader.moment())]
    assert len(listed) >= 77
    assert len(set(listed)) == len(listed)
    assert set(listed) == set(OPERATIONS)


@pytest.mark.parametrize("one", MISSIONS.values(), ids=MISSIONS)
def test_a_mission_is_told_whole(one: Mission) -> None:
    assert one.name and one.name_fr and one.country
    assert one.type in MISSION_TYPES
    assert one.lead in actors()
    assert one.start and one.head.key == f"mission:{one.id}/mission"
    if one.end:
        assert read_day(one.start).earliest <= read_day(one.end).latest
        assert one.exit and one.exit.span.begins.text == one.end
    assert len(set(one.documents)) == len(one.documents)


@pytest.mark.parametrize("one", OPERATIONS.values(), ids=OPERATIONS)
def test_an_operation_is_told_whole(one: Operation) -> None:
    assert one.name and one.name_fr and one.lead
    assert one.lead_type in LEAD_TYPES
    assert one.lead not in actors() or one.lead == actors()[one.lead].name  # a name, not an id
    if one.end:
        assert read_day(one.start).earliest <= read_day(one.end).latest


def test_they_stand_in_order_of_their_beginning() -> None:
    for heads in ([one.head for one in MISSIONS.values()], [one.head for one in OPERATIONS.values()]):
        days = [head.span.begins.shown for head in heads]
        assert days == sorted(days)


def test_minusma(reader: Desk) -> None:
    found = known(reader, "2026-11-21")["minusma"]
    assert (found.start, found.type, found.lead, found.iso3) == ("2013-04-25", "peacekeeping", "un-dpo", "MLI")
    assert found.end.startswith("2023-12-31")
    documents = list(found.documents)
    assert documents[0] == "S/RES/2100 (2013)"
    wanted = ["S/RES/2100 (2013)", "S/RES/2480 (2019)", "S/RES/2584 (2021)", "S/RES/2690 (2023)"]
    assert [one for one in documents if one in wanted] == wanted
    assert {"mission:minusma/res-2584"} <= {fact.key for fact in found.mandates}
    assert found.tasks
    assert not {fact.key for fact in found.tasks} & {fact.key for fact in found.mandates}


def test_mandates_and_documents_follow_the_days() -> None:
    for one in MISSIONS.values():
        days = [fact.span.begins.shown for fact in one.mandates]
        assert days == sorted(days), one.id
        named = [fact.get("document") for fact in one.mandates if fact.get("document")]
        assert [symbol for symbol in one.documents if symbol in named] == list(dict.fromkeys(named)), one.id


def test_an_end_is_empty_before_it_is_known(reader: Desk) -> None:
    before = known(reader, "2021-06-15")["minusma"]
    assert (before.end, before.exit) == ("", None)
    assert before.start == "2013-04-25"
    after = known(reader, "2024-06-01")["minusma"]
    assert after.end.startswith("2023-12-31")
    assert set(before.documents) < set(after.documents)
    assert len(before.mandates) < len(after.mandates)


def test_nothing_is_listed_before_it_began(reader: Desk) -> None:
    assert "minusma" not in known(reader, "2013-04-24")
    assert "minusma" in known(reader, "2013-04-25")
    # Known today, looked at as of an earlier day: still not begun.
    hindsight = reader.missions(reader.moment(day("2013-04-24"), day("2026-11-21")))
    assert "minusma" not in {one.id for one in hindsight}
    assert "untso" in {one.id for one in hindsight}
    serval = OPERATIONS["serval"]
    begun = read_day(serval.start).earliest
    assert "serval" not in running(reader, date.fromordinal(begun.toordinal() - 1).isoformat())


def test_nothing_is_listed_before_there_was_any(reader: Desk) -> None:
    assert known(reader, "1945-01-01") == {}
    assert running(reader, "1945-01-01") == {}


def test_serval_began_and_ended(reader: Desk) -> None:
    assert running(reader, "2014-07-01")["serval"].end == ""
    found = running(reader, "2026-11-21")["serval"]
    assert (found.start[:7], found.end[:7]) == ("2013-01", "2014-08")
    assert found.lead == "France"
    assert found.lead_type == "single_state"


def test_no_entry_without_its_head() -> None:
    """What was told before the entry was opened is no entry yet."""
    told = [fact for fact in FACTS if fact.subject == "mission:minusma" and fact.kind != "mission"]
    assert told
    assert missions(told) == ()
    assert missions([]) == operations([], NAMES) == ()


def test_a_lead_without_a_name_of_its_own_is_called_as_actors_are() -> None:
    led = [one for one in OPERATIONS.values() if not one.head.get("lead_name")]
    assert led
    assert all(one.lead == NAMES[one.head.get("lead")] for one in led)
    assert all(one.lead == one.head.get("lead") for one in operations(FACTS, {}) if not one.head.get("lead_name"))
