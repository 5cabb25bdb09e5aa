"""What the pages of missions and operations ask the desk: rows at a moment, narrowed; one mission, one operation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from goodoffices.briefs.lives import STANDINGS
from goodoffices.briefs.places import REGIONS
from goodoffices.casebook.registers import read_registers
from goodoffices.core.days import read_day, read_span
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import LEAD_TYPES, MISSION_TYPES
from goodoffices.core.markings import Marking
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.mission_records import mission_view_record, operation_view_record
from goodoffices.desk.mission_register import (
    MissionRow,
    chosen,
    mission_gantt,
    mission_rows,
    record_at,
    wanted,
)
from goodoffices.desk.mission_view import mission_view
from goodoffices.desk.operation_register import (
    OperationRow,
    operation_gantt,
    operation_rows,
    operation_view,
    operations_beside,
    sought,
)
from goodoffices.desk.views import Moment
from ledger.making import fact
from record import clock, day

REGISTERED = read_registers()
TODAY = clock().date()


@pytest.fixture(scope="module")
def reader(casebook_ledger: Path) -> Iterator[Desk]:
    """A desk over the casebook, looked at only."""
    opened = open_desk(casebook_ledger, clock, recorder="tests", take_in=False)
    yield opened
    opened.close()


def then(text: str, known: str = "") -> Moment:
    return Moment(day(text), day(known or text), TODAY)


def rows(desk: Desk, moment: Moment, language: str = "en") -> dict[str, MissionRow]:
    return {row.id: row for row in mission_rows(desk, moment, language)}


def others(desk: Desk, moment: Moment, language: str = "en") -> dict[str, OperationRow]:
    return {row.id: row for row in operation_rows(desk, moment, language)}


NOW = then("2026-11-21")
MOMENTS = (NOW, then("2021-06-15"), then("2013-02-01"), then("2013-02-01", "2026-11-21"), then("2003-05-01"))


# the register


def test_every_mission_is_there_once(reader: Desk) -> None:
    assert set(rows(reader, NOW)) == {one.subject.partition(":")[2] for one in REGISTERED if one.kind == "mission"}


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda one: f"{one.as_of} {one.known_at}")
def test_nothing_of_a_row_is_later_than_the_day_of_knowledge(reader: Desk, moment: Moment) -> None:
    for row in mission_rows(reader, moment):
        told = [row.mission.head, *(fact for one in row.decisions for fact in one.facts)]
        told += [one.fact for one in row.changes]
        assert all(one.known_at <= moment.known_at for one in told)
        assert row.life.begun.earliest <= moment.as_of
        assert all(change.day.earliest <= moment.as_of for change in row.changes)
        assert row.deployed is None or row.deployed.earliest <= moment.known_at
        if row.mandate:
            assert row.mandate.decision.day.earliest <= moment.as_of


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda one: f"{one.as_of} {one.known_at}")
def test_what_runs_is_vouched_for(reader: Desk, moment: Moment) -> None:
    """An end told for a later day, or a decision that carries it past the day: else nothing is said to run."""
    for row in mission_rows(reader, moment):
        if row.standing == "running":
            later = row.life.ended is not None and row.life.ended.earliest > moment.as_of
            carried = row.mandate is not None and row.mandate.until.earliest >= moment.as_of
            assert later or carried, row.id
        if row.standing == "ended":
            assert row.mission.exit is not None


def test_minusma_over_time(reader: Desk) -> None:
    assert "minusma" not in rows(reader, then("2013-04-24"))
    before = rows(reader, then("2021-06-15"))["minusma"]
    assert (before.standing, before.ended, before.cases) == ("running", "", 2)
    assert before.mandate and before.mandate.until.text == "2021-06-30"
    assert before.days_left == 15
    hindsight = rows(reader, then("2021-06-15", "2026-11-21"))["minusma"]
    assert (hindsight.standing, hindsight.ended[:7]) == ("running", "2023-12")
    after = rows(reader, NOW)["minusma"]
    assert (after.standing, after.days_left) == ("ended", None)


def test_an_unknown_end_is_not_known(reader: Desk) -> None:
    untso = rows(reader, NOW)["untso"]
    assert (untso.standing, untso.ended, untso.mandate) == ("not_known", "", None)


def test_changes_are_those_of_its_countries_or_of_those_it_covered(reader: Desk) -> None:
    found = rows(reader, NOW)
    assert {one.case for one in found["minusma"].changes} == {"mali-2020", "mali-2021"}  # not 2012: it came after
    assert "niger-2023" in {one.case for one in found["unowas"].changes}  # covered, though no state is its own
    for row in found.values():
        for change in row.changes:
            assert change.iso3 in row.codes or row.id in change.missions
            assert change.day.latest >= row.life.begun.earliest


def test_which_mandates_expire_within_ninety_days(reader: Desk) -> None:
    """Computed once more from the register alone, for every mission whose decisions only it tells."""
    moment = then("2021-06-01")
    found = chosen(mission_rows(reader, moment), wanted({"expires_within": "90"}))
    assert [row.days_left for row in found] == sorted(row.days_left or 0 for row in found)
    last = moment.as_of + timedelta(days=90)
    expected = set()
    for mission in rows(reader, moment):
        told = [
            one
            for one in REGISTERED
            if one.subject == f"mission:{mission}"
            and one.kind == "mandate"
            and one.get("until")
            and one.known_at <= moment.known_at
            and one.span.begins.earliest <= moment.as_of
        ]
        if told and moment.as_of <= read_day(told[-1].get("until")).earliest <= last:
            expected.add(mission)
    assert {"unitams", "minusma"} <= expected
    assert {row.id for row in found} == expected
    none = chosen(mission_rows(reader, moment), wanted({"expires_within": "0"}))
    assert all(row.until == "2021-06-01" for row in none)


@pytest.mark.parametrize(
    "given",
    [
        *({"type": one} for one in MISSION_TYPES),
        *({"standing": one} for one in STANDINGS),
        *({"region": one} for one in REGIONS),
        {"change": "yes"},
        {"change": "no"},
    ],
    ids=str,
)
def test_filters_part_the_register(reader: Desk, given: dict[str, str]) -> None:
    everything = mission_rows(reader, NOW)
    ((name, value),) = given.items()
    found = chosen(everything, wanted(given))
    if name == "change":
        assert [bool(row.changes) for row in found] == [value == "yes"] * len(found)
    else:
        assert all(getattr(row, name) == value for row in found)
        rest = [row for row in everything if row not in found]
        assert all(getattr(row, name) != value for row in rest)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"type": "peacekeepng"}, "type"),
        ({"standing": "yes"}, "standing"),
        ({"region": "atlantis"}, "region"),
        ({"change": "maybe"}, "change"),
        ({"expires_within": "-1"}, "expires_within"),
        ({"expires_within": "ninety"}, "expires_within"),
        ({"expires_within": "٩٠"}, "expires_within"),
        ({"expires_within": "99999999999999999999"}, "expires_within"),
        ({"expires_within": "1e3"}, "expires_within"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, str], where: str) -> None:
    with pytest.raises(BadRecord) as refused:
        wanted(given)
    assert [problem.where for problem in refused.value.problems] == [where]


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(BadRecord) as refused:
        wanted({"type": "x", "region": "y", "expires_within": "z"})
    assert len(refused.value.problems) == 3


def test_names_in_french(reader: Desk) -> None:
    found = rows(reader, NOW, "fr")
    assert found["monusco"].place == "République démocratique du Congo"
    assert found["unowas"].place == "Afrique de l’Ouest et Sahel"
    assert found["minusma"].name.startswith("Mission multidimensionnelle")


def test_an_empty_record(empty_desk: Desk) -> None:
    moment = empty_desk.moment()
    assert mission_rows(empty_desk, moment) == ()
    assert operation_rows(empty_desk, moment) == ()
    record = record_at(empty_desk, moment)
    assert mission_gantt((), record, "country", whole=True).rows == ()
    assert operation_gantt((), record, "lead", whole=False).rows == ()
    with pytest.raises(NoAnswer):
        mission_view(empty_desk, "minusma", moment)


# the figure


def test_the_figure_shows_what_may_run_and_what_met_a_change(reader: Desk) -> None:
    everything = mission_rows(reader, NOW)
    figure = mission_gantt(everything, record_at(reader, NOW), "country", whole=False)
    drawn = {bar.id for row in figure.rows for bar in row.bars}
    assert drawn == {row.id for row in everything if row.standing != "ended" or row.changes}
    whole = mission_gantt(everything, record_at(reader, NOW), "country", whole=True)
    assert {bar.id for row in whole.rows for bar in row.bars} == {row.id for row in everything}
    mali = next(row for row in figure.rows if row.name == "Mali")
    assert [mark.case for mark in mali.marks] == ["mali-2012", "mali-2020", "mali-2021"]
    names = [row.name for row in figure.rows]
    assert names == sorted(names)


def test_the_figure_by_type(reader: Desk) -> None:
    figure = mission_gantt(mission_rows(reader, NOW), record_at(reader, NOW), "type", whole=True, language="fr")
    assert [row.name for row in figure.rows] == [
        "opération de maintien de la paix",
        "mission politique spéciale",
        "bureau régional",
        "bureau d’un envoyé",
    ]
    assert not any(row.marks for row in figure.rows)


# one mission


def test_one_mission(reader: Desk) -> None:
    view = mission_view(reader, "minusma", NOW)
    told = {one.case: one for one in (turned.change for turned in view.turned)}
    assert set(told) == {"mali-2020", "mali-2021"}
    last = view.turned[-1]
    assert last.next and last.next.document == "S/RES/2584 (2021)"
    assert last.days == (date(2021, 6, 29) - last.change.day.shown).days
    assert view.consent_now and view.consent_now.get("step") == "withdrawn"
    assert {one.kind for one in view.exits} == {"mission_exit"}
    assert any(one.get("step") == "withdrawn" for one in view.reasons)
    assert view.tasks.documents[0] == "S/RES/2480 (2019)"
    assert view.strength and "troops" in view.strength[0]
    assert view.sources
    for days in (
        [cycle.decision.day.shown for cycle in view.cycles],
        [one.span.begins.shown for one in view.course],
    ):
        assert days == sorted(days)
    assert set(view.course) == {*view.consent, *view.told}


def test_consent_as_it_stood_on_the_day(reader: Desk) -> None:
    early = mission_view(reader, "minusma", then("2023-06-15", "2026-11-21"))
    assert early.consent_now is None or early.consent_now.get("step") != "withdrawn"
    assert any(one.get("step") == "withdrawn" for one in early.consent)  # known today: told, and after the day
    unknown = mission_view(reader, "minusma", then("2023-06-15"))
    assert not any(one.get("step") == "withdrawn" for one in unknown.consent)


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda one: f"{one.as_of} {one.known_at}")
def test_every_mission_has_a_page_with_nothing_later(reader: Desk, moment: Moment) -> None:
    for mission in rows(reader, moment):
        view = mission_view(reader, mission, moment)
        told: list[Fact] = [*view.consent, *view.told, *view.exits, *view.reasons]
        told += [one for cycle in view.cycles for one in cycle.decision.facts]
        told += [one for line in view.tasks.lines for step in line.steps if step for one in step.facts]
        assert all(one.known_at <= moment.known_at for one in told), mission
        assert mission_view_record(view)["id"] == mission


def test_a_mission_that_is_not_there(reader: Desk) -> None:
    for wrong, near in (("minusmaa", "minusma"), ("MINUSMA", "minusma"), ("un-pol", "")):
        with pytest.raises(NoAnswer) as refused:
            mission_view(reader, wrong, NOW)
        assert near in (*refused.value.nearest, "")
    with pytest.raises(NoAnswer) as unknown:
        mission_view(reader, "minusma", then("2010-01-01"))
    assert "minusma" not in unknown.value.nearest
    with pytest.raises(NoAnswer) as never:
        mission_view(reader, "minusmo", then("2010-01-01"))
    # The same words for what is unknown and for what is to come.
    assert (
        str(unknown.value).partition(" had")[2].partition(" Nearest")[0]
        == (str(never.value).partition(" had")[2].partition(" Nearest")[0])
    )


def test_what_is_not_for_this_reader_is_not_there(desk: Desk) -> None:
    secret = fact(
        "mission:minusma/secret",
        "A confidential renewal.",
        date(2024, 1, 1),
        kind="mandate",
        span=read_span("2024-01-01"),
        value=(("mission", "minusma"), ("direction", "renew"), ("until", "2030-01-01")),
        marking=Marking.CONFIDENTIAL,
    )
    before = mission_view_record(mission_view(desk, "minusma", desk.moment()))
    desk._ledger.assert_facts((secret,), "tests")
    assert mission_view_record(mission_view(desk, "minusma", desk.moment())) == before


def test_a_new_fact_is_there_at_once(desk: Desk) -> None:
    """What was kept in memory is not what is told once the record has grown."""
    asked = rows(desk, desk.moment())["unama"].mandate
    assert asked
    renewed = fact(
        "mission:unama/renewed",
        "Renewed.",
        date(2026, 10, 1),
        kind="mandate",
        span=read_span("2026-10-01"),
        value=(("mission", "unama"), ("direction", "renew"), ("until", "2027-03-17")),
    )
    desk._ledger.assert_facts((renewed,), "tests")
    grown = rows(desk, desk.moment())["unama"]
    assert grown.mandate and grown.mandate.until.text == "2027-03-17"
    assert grown.standing == "running"


# operations


def test_every_operation_is_there_once(reader: Desk) -> None:
    assert set(others(reader, NOW)) == {one.subject.partition(":")[2] for one in REGISTERED if one.kind == "operation"}


def test_who_authorised_serval(reader: Desk) -> None:
    view = operation_view(reader, "serval", NOW)
    assert view.row.grounds == ("host", "noted")  # asked by Mali; the Council welcomed it
    assert view.row.agreed == "yes"
    assert any("Mali asked" in clause.words for clause in view.asked)
    assert "S/RES/2100" in view.documents
    assert ("/missions/minusma", "MINUSMA") in view.named
    assert "minusma" in {one.id for one in view.beside}
    assert "serval" not in {one.id for one in view.others}


def test_serval_as_known_while_it_began(reader: Desk) -> None:
    moment = then("2013-02-01")
    view = operation_view(reader, "serval", moment)
    said = repr(operation_view_record(view))
    assert "MINUSMA" not in said
    assert "2100" not in said
    assert view.size == ""
    assert view.row.told_later > 0
    assert view.row.grounds == ("host",)
    assert (view.row.standing, view.row.ended) == ("not_known", "")


def test_once_it_is_over_all_of_it_is_told(reader: Desk) -> None:
    early, late = (others(reader, then(one))["serval"] for one in ("2014-07-31", "2014-09-01"))
    assert early.told_later > 0
    assert (late.told_later, late.standing) == (0, "ended")


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda one: f"{one.as_of} {one.known_at}")
def test_no_name_of_what_is_to_come(reader: Desk, moment: Moment) -> None:
    """No operation still under way names a mission that nobody knew of on the day."""
    unborn = {row.short for row in mission_rows(reader, NOW)} - {
        one.get("short") for one in reader.everything(moment).facts if one.kind == "mission"
    }
    for row in operation_rows(reader, moment):
        view = operation_view(reader, row.id, moment)
        if row.life.ended is None and not moment.hindsight:
            texts = " ".join((row.said, row.consent, view.purpose, view.size, *view.relation))
            assert not [name for name in unborn if name in texts.replace(",", " ").split()], row.id


@pytest.mark.parametrize(
    "given",
    [
        *({"lead": one} for one in LEAD_TYPES),
        *({"ground": one} for one in ("council", "noted", "host", "own")),
        *({"consent": one} for one in ("yes", "no", "unclear")),
        *({"standing": one} for one in STANDINGS),
    ],
    ids=str,
)
def test_operations_narrowed(reader: Desk, given: dict[str, str]) -> None:
    ((name, value),) = given.items()
    asked = sought(given)
    for row in operation_rows(reader, NOW):
        told = {"lead": row.lead_type, "ground": row.grounds, "consent": row.agreed, "standing": row.standing}[name]
        assert asked.holds(row) == (value in told if isinstance(told, tuple) else value == told)


def test_what_cannot_be_asked_of_operations() -> None:
    with pytest.raises(BadRecord) as refused:
        sought({"lead": "x", "ground": "y", "consent": "z"})
    assert {problem.where for problem in refused.value.problems} == {"lead", "ground", "consent"}


def test_operations_beside_a_mission(reader: Desk) -> None:
    found = {one.id for one in operations_beside(reader, rows(reader, NOW)["minusma"], NOW)}
    assert {"serval", "barkhane", "takuba"} <= found
    assert "micopax" not in found  # of another country
    assert "ecomog-liberia" not in found


def test_the_figure_of_operations(reader: Desk) -> None:
    everything = operation_rows(reader, NOW)
    figure = operation_gantt(everything, record_at(reader, NOW), "lead", whole=True)
    assert {bar.id for row in figure.rows for bar in row.bars} == {row.id for row in everything}
    assert "Serval" in {bar.name for row in figure.rows for bar in row.bars}
