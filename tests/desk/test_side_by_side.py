"""What the desk gives to the pages that compare: the choice, the sets, likenesses, departures in rows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from goodoffices.briefs.case_sets import MOST
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.core.findings import DEPARTURES
from goodoffices.desk.comparisons import comparison_record
from goodoffices.desk.departures import (
    STATES,
    bodies_without_rule,
    checked_filters,
    counted,
    departed,
    departure_rows,
    filtered,
    options,
)
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.pattern_sheets import alignment_of, behind, pattern_sheet
from goodoffices.desk.side_by_side import (
    choices,
    each_case,
    likenesses,
    likenesses_rows,
    marks_rows,
    matrix_rows,
    sets,
    side_by_side,
    side_by_side_record,
)
from record import clock, day

EARLY = date(2021, 6, 15)


@pytest.fixture(scope="module")
def looking(casebook_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all: nothing here writes."""
    path = tmp_path_factory.mktemp("side") / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(casebook_ledger.with_name("ledger.db.heads"), path.with_name("ledger.db.heads"))
    opened = open_desk(path, clock, recorder="tests")
    yield opened
    opened.close()


# ---------------------------------------------------------------- the choice


def test_every_case_is_read_as_one_by_one(looking: Desk) -> None:
    for moment in (looking.moment(), looking.moment(EARLY, EARLY)):
        found = each_case(looking, moment)
        assert [one.subjects[0] for one in found] == sorted(row.id for row in looking.cases(moment))
        for one in found[::9]:
            whole = looking.snapshot(one.subjects[0], moment)
            assert set(one.facts) == set(whole.facts)
            assert one.later == ()


def test_a_choice_is_offered_only_of_what_had_come(looking: Desk) -> None:
    early = looking.moment(EARLY, EARLY)
    offered = choices(looking, early, ("mali-2021",))
    assert offered[0].id == "mali-2021"
    assert [one.id for one in offered if one.chosen] == ["mali-2021"]
    assert [one.day for one in offered] == sorted((one.day for one in offered), reverse=True)
    assert not {"guinea-2021", "niger-2023"} & {one.id for one in offered}
    assert {one.id for one in offered} < {one.id for one in choices(looking, looking.moment())}
    assert choices(looking, looking.moment(day("1990-01-01"), day("1990-01-01"))) == ()
    # Known today, and looked at on a day before: it had not come.
    assert "niger-2023" not in {one.id for one in choices(looking, looking.moment(EARLY))}


def test_the_sets_follow_from_the_record(looking: Desk) -> None:
    now = looking.moment()
    found = {one.id: one for one in sets(looking, now)}
    rows = {row.id: row for row in looking.cases(now)}
    sahel = {"BFA", "MLI", "MRT", "NER", "TCD"}
    assert set(found["sahel"].cases) == {
        row.id for row in rows.values() if row.iso3 in sahel and row.day >= "2020" and row.day
    }
    assert {"mali-2021", "burkina-faso-2022-09", "niger-2010"} <= set(found["second"].cases)
    assert "sudan-2021" not in found["second"].cases  # thirty months after the first
    assert "chad-2021" in found["not-suspended"].cases
    assert set(found["law"].cases) == {row.id for row in rows.values() if row.category == "constitutional_manipulation"}
    assert {rows[one].outcome for one in found["undone"].cases} <= {"failed", "reversed"}
    assert {"mali-2021", "afghanistan-2021"} <= set(found["un-mission"].cases)
    assert all(2 <= len(one.cases) <= min(MOST, one.all) for one in found.values())
    then = {one.id: one for one in sets(looking, looking.moment(EARLY, EARLY))}
    assert "burkina-faso-2022-01" not in {case for one in then.values() for case in one.cases}


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ((), "no case is given"),
        (("mali-2021",), "only 'mali-2021' is given"),
        (("mali-2021", "mali-2021"), "given twice"),
        (tuple(f"mali-{n}" for n in range(2000, 2013)), "13 cases are given"),
    ],
)
def test_a_choice_that_cannot_be_compared_is_refused(looking: Desk, cases: tuple[str, ...], said: str) -> None:
    with pytest.raises(BadRecord, match=said):
        side_by_side(looking, cases, looking.moment())


def test_an_unknown_case_or_stretch_is_refused(looking: Desk) -> None:
    with pytest.raises(NoAnswer, match="mali-2091"):
        side_by_side(looking, ("mali-2021", "mali-2091"), looking.moment())
    with pytest.raises(BadRecord, match="fortnight"):
        side_by_side(looking, ("mali-2021", "chad-2021"), looking.moment(), "fortnight")


# ---------------------------------------------------------------- side by side


@pytest.mark.parametrize("known", ["2026-11-21", "2021-06-15"])
def test_matrix_and_comparison_say_the_same(looking: Desk, known: str) -> None:
    moment, cases = looking.moment(day(known), day(known)), ("mali-2020", "mali-2021", "chad-2021")
    found = side_by_side(looking, cases, moment)
    record = comparison_record(looking.compare(cases, moment))
    assert {name: side_by_side_record(found)[name] for name in record} == record
    for row, told in zip(found.matrix.rows, record["rows"], strict=True):
        for cell in row.cells:
            expected = told["cells"][cell.case]
            keys = [act.fact for act in (cell.shown, *cell.others, *cell.before) if act]
            assert sorted(keys) == sorted(expected["facts"] if expected else [])
            assert (cell.shown.fact if cell.shown else None) == (expected["facts"][0] if expected else None)
            if expected and expected["day"] is not None and cell.shown:
                assert cell.shown.number.replace("\u2212", "-") == str(expected["day"])
    assert len(matrix_rows(found)) == sum(row.known_in for row in found.matrix.rows)


def test_the_figure_shows_nothing_known_later(looking: Desk) -> None:
    known = {one.key: one.known_at for one in looking.everything(looking.moment()).facts}
    early = looking.moment(EARLY, EARLY)
    marks = marks_rows(side_by_side(looking, ("mali-2021", "chad-2021"), early, "all").figure)
    assert marks
    assert all(known[one["fact"]] <= EARLY for one in marks)
    later = side_by_side(looking, ("mali-2021", "guinea-2021"), early, "all")
    assert [case.zero for case in later.figure.cases] == ["24 May 2021", ""]
    assert later.figure.cases[1].marks == ()
    assert later.matrix.heads[1].title == "guinea-2021"


def test_twelve_cases_in_each_stretch(looking: Desk) -> None:
    cases = [one.id for one in choices(looking, looking.moment())][2 : 2 + MOST]
    counts = []
    for stretch in ("month", "year", "all"):
        figure = side_by_side(looking, cases, looking.moment(), stretch, "fr").figure
        assert [one.case for one in figure.cases] == cases
        assert all(figure.start <= mark.at <= figure.end for _, mark in figure.rows)
        counts.append(len(figure.rows))
    assert counts == sorted(counts)
    assert counts[0] < counts[2]


# ---------------------------------------------------------------- likenesses, alignment


def test_likenesses_are_those_of_the_desk(looking: Desk) -> None:
    moment = looking.moment()
    found = likenesses(looking, "mali-2021", moment, 5)
    assert found.found == looking.precedents("mali-2021", moment, 5)
    rows = likenesses_rows(found)
    assert [row["case"] for row in rows] == list(found.cases)
    assert rows[0]["first suspension"] == "6"
    with pytest.raises(NoAnswer, match="seizure"):
        likenesses(looking, "niger-2023", looking.moment(EARLY, EARLY), 5)
    early = likenesses(looking, "mali-2021", looking.moment(EARLY, EARLY), 11)
    assert not {"guinea-2021", "niger-2023"} & set(early.cases)


def test_one_case_aligned_has_a_lane_for_each_who_answered(looking: Desk) -> None:
    found = alignment_of(looking, "mali-2021", looking.moment(), "year")
    assert [one.name for one in found.cases][:2] == ["African Union", "ECOWAS"]
    assert "Security Council" in [one.name for one in found.cases]
    whole = side_by_side(looking, ("mali-2021", "chad-2021"), looking.moment(), "year").figure.cases[0]
    names = {one.name for one in found.cases}
    assert {mark.fact for _, mark in found.rows} == {mark.fact for mark in whole.marks if mark.lane in names}
    with pytest.raises(NoAnswer, match="seizure"):
        alignment_of(looking, "niger-2023", looking.moment(EARLY, EARLY), "year")


def test_what_is_behind_a_number(looking: Desk) -> None:
    found = pattern_sheet(looking, "categories", looking.moment())
    assert behind(found, "military_coup", "au").cell.number == len(behind(found, "military_coup", "au").cell.hits)
    for row, column in (("military_coup", "nowhere"), ("nowhere", "au"), ("", "")):
        with pytest.raises(NoAnswer, match="has no"):
            behind(found, row, column)
    with pytest.raises(NoAnswer, match="lags"):
        pattern_sheet(looking, "lag", looking.moment())


# ---------------------------------------------------------------- departures


@pytest.mark.parametrize("known", ["2026-11-21", "2021-06-15", "1999-01-01"])
def test_departures_are_those_of_deviations(looking: Desk, known: str) -> None:
    moment = looking.moment(day(known), day(known))
    found = departed(looking, moment)
    assert [(one.case, one.finding) for one in found] == list(looking.deviations(moment))
    assert {one.finding.state for one in found} <= set(DEPARTURES)
    assert departed(looking, moment) is found
    rows = departure_rows(found)
    assert {row.state for row in rows} <= set(STATES)
    assert sum(number for _, number in counted(rows)) == len(rows)


def test_another_content_is_worked_out_anew(desk: Desk) -> None:
    moment = desk.moment()
    before = {(one.case, one.finding.rule): one.finding for one in departed(desk, moment)}
    duty = ("chad-2021", "au.suspend")
    assert "chad-2021/au-no-suspension" in before[duty].facts
    desk.retract("chad-2021/au-no-suspension", "made up for a test")
    after = {(one.case, one.finding.rule): one.finding for one in departed(desk, moment)}
    # Without the refusal it is the end of the transition that breaches the duty, three years later.
    assert "chad-2021/au-no-suspension" not in after[duty].facts
    assert after[duty].breached_on != before[duty].breached_on
    assert list(after.values()) == [finding for _, finding in desk.deviations(moment)]


def test_filters_let_through_what_they_name(looking: Desk) -> None:
    rows = departure_rows(departed(looking, looking.moment()))
    for name, values in options(rows).items():
        attribute = "iso3" if name == "country" else name
        parts = [filtered(rows, {name: value}) for value, _ in values]
        assert sum(len(part) for part in parts) == len(rows)
        for (value, said), part in zip(values, parts, strict=True):
            assert part and said
            assert {getattr(row, attribute) for row in part} == {value}
    both = filtered(rows, {"rulebook": "au", "state": "deviation"})
    assert both == tuple(row for row in rows if row.rulebook == "au" and row.state == "deviation")
    assert filtered(rows, {"year": "1950"}) == ()


@pytest.mark.parametrize(
    ("given", "fault", "said"),
    [
        ({"rulebook": "nowhere"}, NoAnswer, "nowhere"),
        ({"organisation": "ecowaz"}, NoAnswer, "ecowas"),
        ({"state": "fulfilled"}, BadRecord, "fulfilled"),
        ({"state": "guilty"}, BadRecord, "guilty"),
        ({"year": "20-1"}, BadRecord, "no year"),
        ({"year": "٢٠٢١"}, BadRecord, "no year"),
        ({"country": "Mali"}, BadRecord, "no country code"),
    ],
)
def test_filters_that_are_none_are_refused(given: dict[str, str], fault: type[Exception], said: str) -> None:
    with pytest.raises(fault, match=said):
        checked_filters(given)


def test_empty_filters_ask_nothing() -> None:
    assert checked_filters({"rulebook": "", "year": "2021", "x": "y"}) == {"year": "2021"}


def test_bodies_without_a_rule_come_with_what_was_searched(looking: Desk) -> None:
    found = bodies_without_rule(looking)
    assert {book.id for book in found} == {book.id for book in looking.rules() if book.no_rule is not None}
    assert all(book.no_rule and book.no_rule.searched and book.no_rule.text_fr for book in found)


def test_an_empty_record(empty_desk: Desk) -> None:
    now = empty_desk.moment()
    assert (each_case(empty_desk, now), sets(empty_desk, now), choices(empty_desk, now)) == ((), (), ())
    assert departed(empty_desk, now) == ()
    for name in ("lags", "categories", "category-5", "alignment"):
        assert pattern_sheet(empty_desk, name, now).rows == ()
    assert {cell.number for row in pattern_sheet(empty_desk, "council", now).rows for cell in row.cells} == {0}
