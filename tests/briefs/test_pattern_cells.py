"""The pattern tables for pages say what `patterns` says, and each number leads to what it counts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.test_comparing import ZERO, fact, record, seized
from goodoffices.briefs.act_words import word_of
from goodoffices.briefs.pattern_cells import NAMES, PatternCell, Sheet, sheet
from goodoffices.briefs.patterns import Told
from goodoffices.briefs.strip import draw_strips, strips
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.pattern_sheets import pattern_sheet
from goodoffices.desk.side_by_side import each_case
from goodoffices.desk.views import Moment
from record import clock, day

DAYS = ("2026-11-21", "2021-06-30", "2012-04-30", "1999-01-01")


@pytest.fixture(scope="module")
def looking(casebook_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all: nothing here writes."""
    path = tmp_path_factory.mktemp("cells") / "ledger.db"
    shutil.copy(casebook_ledger, path)
    shutil.copy(casebook_ledger.with_name("ledger.db.heads"), path.with_name("ledger.db.heads"))
    opened = open_desk(path, clock, recorder="tests")
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=DAYS)
def moment(request: pytest.FixtureRequest, looking: Desk) -> Moment:
    return looking.moment(day(request.param), day(request.param))


def words(cell: PatternCell) -> str:
    """A cell in the words of `patterns`: without ranges of days, with the plain minus and the bare verbs."""
    said = re.sub(r"\(([^()]*), day [^()]*\)", r"(\1)", cell.text.replace("\u2212", "-"))
    said = re.sub(r" \(-?\d+ to -?\d+\)", "", said)
    said = said.replace("no position", "none").replace("words not shown", "not shown")
    for month, number in (("March ", "-03"), ("September ", "-09")):
        said = re.sub(rf"{month}(\d{{4}})", rf"\g<1>{number}", said)
    return re.sub(r"about 9-09 2025|about 9 2025-09", "2025-09-09~", said)


@pytest.mark.parametrize("name", ["lags", "categories", "council", "alignment"])
def test_the_words_are_those_of_the_table(looking: Desk, moment: Moment, name: str) -> None:
    found, table = pattern_sheet(looking, name, moment), looking.patterns(name, moment)
    shown = [[words(cell) for cell in row.cells] for row in found.rows]
    skip = 2 if name == "alignment" else 1  # there the second column is the country
    assert shown == [list(row[skip:]) for row in table.rows]
    named = [row.name if name in ("categories", "council") else row.id for row in found.rows]
    assert named == [row[0] for row in table.rows]


def test_text_and_practice_are_those_of_the_table(looking: Desk, moment: Moment) -> None:
    found, table = pattern_sheet(looking, "category-5", moment), looking.patterns("category-5", moment)
    assert [row.id for row in found.rows] == [row[0] for row in table.rows]
    for row, (_, met, done) in zip(found.rows, table.rows, strict=True):
        assert ", ".join(hit.rule for hit in row.cells[0].hits) == met
        assert (words(row.cells[2]) or "no act known") == done


@pytest.mark.parametrize("name", NAMES)
def test_each_number_leads_to_what_it_counts(looking: Desk, moment: Moment, name: str) -> None:
    known = {one.key: one for one in looking.everything(moment).facts}
    cases = {one.subjects[0] for one in each_case(looking, moment)}
    for row in pattern_sheet(looking, name, moment).rows:
        for cell in row.cells:
            if name in ("categories", "council"):
                assert cell.number == len(cell.hits) == len({hit.case for hit in cell.hits})
            for hit in cell.hits:
                assert hit.case in cases
                if hit.fact:
                    assert known[hit.fact].subject == hit.case
                    assert known[hit.fact].known_at <= moment.known_at


def test_a_table_in_french_has_the_same_numbers(looking: Desk, moment: Moment) -> None:
    for name in NAMES:
        english, french = (pattern_sheet(looking, name, moment, one) for one in ("en", "fr"))
        assert english.title != french.title
        for row, other in zip(english.rows, french.rows, strict=True):
            assert [cell.number for cell in row.cells] == [cell.number for cell in other.cells]
            assert [[hit.fact for hit in cell.hits] for cell in row.cells] == [
                [hit.fact for hit in cell.hits] for cell in other.cells
            ]


def test_members_are_counted_by_the_register(looking: Desk) -> None:
    now = looking.moment()
    found = pattern_sheet(looking, "categories", now)
    cell = found.cell("military_coup", "ecowas")
    assert cell is not None and cell.members is not None
    assert cell.number is not None and cell.number <= cell.members
    african = found.cell("military_coup", "au")
    assert african is not None and african.members is not None and african.members > cell.members


def test_the_tables_are_kept_by_the_end_of_the_chain(looking: Desk, desk: Desk) -> None:
    now = looking.moment()
    assert pattern_sheet(looking, "lags", now) is pattern_sheet(looking, "lags", now)
    first = pattern_sheet(desk, "lags", desk.moment())
    desk.retract("mali-2021/au-suspension", "made up for a test")
    assert pattern_sheet(desk, "lags", desk.moment()) is not first


# ---------------------------------------------------------------- strips


def of(*snapshots: Snapshot) -> Sheet:
    return sheet("lags", [Told(one, ()) for one in snapshots])


def suspended(case: str, when: str) -> Snapshot:
    return record(case, seized(case), fact(case, "out", "suspension", "au-psc", when))


@given(st.lists(st.integers(0, 900), min_size=1, max_size=30))
def test_dots_stand_for_cases_and_the_line_at_their_median(days: list[int]) -> None:
    cases = [suspended(f"c-{n}", (ZERO + timedelta(days=one)).isoformat()) for n, one in enumerate(days)]
    (found,) = strips(of(*cases))
    assert sorted(dot.days for dot in found.dots) == sorted(days)
    assert found.middle == median(days)
    drawn = draw_strips((found,), "made up", link=lambda key: f"/facts/{key}")
    assert drawn.count("<circle") == len(days)
    assert {one for one in re.findall(r'href="/facts/([^"]+)"', drawn)} == {f"c-{n}/out" for n in range(len(days))}
    assert drawn.count('class="median"') == 1


def test_days_that_are_not_exact_are_no_dots() -> None:
    (found,) = strips(of(suspended("c-1", "2021-03"), suspended("c-2", "2021-03-04"), suspended("c-3", "2021-03-08")))
    assert [dot.days for dot in found.dots] == [3]
    assert found.coarse == 2  # a month, and the eve of the seizure
    assert found.middle_words() == "3"
    assert strips(of(record("c-1", seized("c-1")))) == ()
    (coarse,) = strips(of(suspended("c-1", "2021-03")))
    assert coarse.middle is None
    assert 'class="median"' not in draw_strips((coarse,), "made up")


def test_dots_do_not_cover_each_other() -> None:
    cases = [suspended(f"c-{n}", (ZERO + timedelta(days=n // 6)).isoformat()) for n in range(40)]
    drawn = draw_strips(strips(of(*cases)), "made up")
    places = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawn)]
    assert len(places) == 40
    for number, (x, y) in enumerate(places):
        for other_x, other_y in places[number + 1 :]:
            assert abs(x - other_x) >= 8 or abs(y - other_y) >= 8


def test_half_days_are_written_as_each_language_does() -> None:
    (found,) = strips(of(suspended("c-1", "2021-03-06"), suspended("c-2", "2021-03-09")))
    assert (found.middle_words(), found.middle_words("fr")) == ("2.5", "2,5")


def test_a_word_of_a_value_is_never_an_identifier() -> None:
    for word in ("none", "not_shown", "military_coup"):
        assert "_" not in word_of(word)
        assert word_of(word, "fr") != word
