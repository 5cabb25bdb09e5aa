"""Cases on one clock: their matrix, their figure, the ready-made sets, what came next; on small made-up records."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.test_comparing import ZERO, fact, record, seized
from goodoffices.briefs.act_words import (
    act_words,
    day_number_words,
    feature_value,
    feature_words,
    number_words,
    organisation_words,
)
from goodoffices.briefs.afterwards import Next, courses
from goodoffices.briefs.aligned import Aligned, aligned
from goodoffices.briefs.aligned_svg import draw_aligned, draw_aligned_parts
from goodoffices.briefs.case_sets import MOST, case_sets
from goodoffices.briefs.comparing import When, compare, when, zero_of
from goodoffices.briefs.matrix import Matrix, matrix
from goodoffices.briefs.precedents import FEATURES
from goodoffices.core.days import read_day
from goodoffices.core.kinds import FIELDS, KINDS
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot


def lanes(*snapshots: Snapshot, stretch: str = "month", language: str = "en") -> Aligned:
    names = [(one.subjects[0].title(), "Test") for one in snapshots]
    return aligned(snapshots, names, "made up", stretch, language)


def laid(*snapshots: Snapshot, language: str = "en") -> Matrix:
    return matrix(compare(snapshots), snapshots, [one.subjects[0] for one in snapshots], language)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("when", "english", "french"),
    [
        (When(8, 8, 8, "2021-03-13", ""), "8", "8"),
        (When(-3, -3, -3, "2021-03-02", ""), "\u22123", "\u22123"),
        (When(None, 3, 9, "2021-03", ""), "3 to 9", "3 à 9"),
        (When(None, -25, 5, "2021-03", ""), "\u221225 to 5", "\u221225 à 5"),
        (When(None, 4, 4, "2021-03-09?", ""), "4\u202f(?)", "4\u202f(?)"),
        (When(None, None, None, "2021-03-13", ""), "13 March 2021", "13 mars 2021"),
        (When(None, None, None, "unknown", ""), "date not known", "date non connue"),
    ],
)
def test_days_that_are_not_exact_are_ranges(when: When, english: str, french: str) -> None:
    assert number_words(when) == english
    assert number_words(when, "fr") == french
    counted = when.first is not None
    assert day_number_words(when).startswith("day ") is counted
    assert day_number_words(when, "fr").startswith("jour ") is counted


@given(st.integers(-400, 4000), st.integers(0, 400))
def test_a_range_of_days_is_what_may_be(first: int, width: int) -> None:
    said = number_words(When(first if not width else None, first, first + width, "", ""))
    numbers = [int(one.replace("\u2212", "-")) for one in said.split(" to ")]
    assert numbers == ([first, first + width] if width else [first])


def test_every_act_and_organisation_of_the_record_has_french_words() -> None:
    for kind in (one for one in KINDS.values() if one.organ_act):
        assert "_" not in act_words(kind.name, "fr")
    for verb in FIELDS["verb"].choices:
        said = act_words(f"statement.{verb}", "fr")
        assert said.startswith("déclaration\u00a0: ") and said != f"déclaration\u00a0: {verb}"
    assert organisation_words("au", "fr") == "UA"
    assert organisation_words("ecowas", "fr") == "CEDEAO"
    assert organisation_words("un-security-council", "fr") == "Conseil de sécurité"
    assert [organisation_words(one, "fr") for one in ("au-psc", "eu", "oif", "sadc")] == ["CPS", "UE", "OIF", "SADC"]
    assert act_words("sanction_lifted", "fr") == "sanctions levées"
    for feature in FEATURES:
        assert feature_words(feature.name, "fr") != feature.name
    assert feature_value("ECOWAS, OAS", "fr") == "CEDEAO, OEA"
    assert feature_value("peacekeeping") == "peacekeeping operation"


# ---------------------------------------------------------------- matrix


def test_a_cell_has_every_act_it_counts() -> None:
    case = record(
        "one-2021",
        seized("one-2021"),
        fact("one-2021", "early", "suspension", "au-psc", "2021-02-01"),
        fact("one-2021", "first", "suspension", "au-psc", "2021-03-13"),
        fact("one-2021", "second", "suspension", "au-psc", "2021-04-04"),
        fact("one-2021", "coarse", "sanction", "ecowas", "2021-04", measure="package"),
    )
    found = laid(case, record("two-2021", seized("two-2021")))
    cells = {(row.name, row.act): row.cells for row in found.rows}
    shown, empty = cells["AU", "suspension"]
    assert shown.shown is not None
    assert (shown.shown.fact, shown.shown.number) == ("one-2021/first", "8")
    assert [one.fact for one in shown.others] == ["one-2021/second"]
    assert [one.fact for one in shown.before] == ["one-2021/early"]
    assert [one.number for one in shown.before] == ["\u221232"]
    assert (empty.shown, empty.others, empty.before) == (None, (), ())
    coarse = cells["ECOWAS", "sanction"][0].shown
    assert coarse is not None and coarse.number == "27 to 56"
    assert {name: [row.label for row in rows] for name, rows in laid(case, case, language="fr").groups} == {
        "CEDEAO": ["sanctions"],
        "UA": ["suspension"],
    }
    assert [row.known_in for row in found.rows] == [1, 1]


def test_a_case_without_a_seizure_says_so_and_shows_dates() -> None:
    case = record("one-2021", fact("one-2021", "speaks", "statement", "au-psc", "2021-03-13", verb="condemn"))
    found = laid(case, record("two-2021", seized("two-2021", outcome="failed")), language="fr")
    assert found.heads[0].zero == ""
    assert found.heads[0].flags == ("aucune prise de pouvoir connue à ces dates",)
    assert found.heads[1].flags == ("tentative échouée",)
    shown = found.rows[0].cells[0].shown
    assert shown is not None and shown.said == "13 mars 2021"


# ---------------------------------------------------------------- the figure


def test_marks_are_counted_from_each_cases_own_seizure() -> None:
    one = record("one-2021", seized("one-2021"), fact("one-2021", "act", "suspension", "au-psc", "2021-03-13"))
    two = record(
        "two-2021",
        seized("two-2021", "2021-05-01"),
        fact("two-2021", "act", "suspension", "au-psc", "2021-05-09"),
        fact("two-2021", "late", "suspension", "au-psc", "2021-07-01"),
    )
    found = lanes(one, two)
    assert [(case.case, mark.fact.partition("/")[2], mark.at) for case, mark in found.rows] == [
        ("one-2021", "seizure", 0),
        ("two-2021", "seizure", 0),
        ("one-2021", "act", 8),
        ("two-2021", "act", 8),
    ]
    assert {mark.shape for _, mark in found.rows if mark.fact.endswith("act")} == {"diamond"}
    assert {mark.shape for _, mark in found.rows if mark.fact.endswith("seizure")} == {"disc"}
    assert [mark.at for _, mark in lanes(one, two, stretch="year").rows][-1] == 61
    whole = lanes(one, two, stretch="all")
    assert whole.end == 61


def test_an_uncertain_date_is_a_box_with_its_range() -> None:
    case = record(
        "one-2021",
        seized("one-2021"),
        fact("one-2021", "month", "leadership", "authorities", "2021-03", person="X", office="y", manner="appointed"),
        fact("one-2021", "year", "leadership", "authorities", "2021", person="X", office="y", manner="appointed"),
    )
    marks = {mark.fact.partition("/")[2]: mark for _, mark in lanes(case).rows}
    # The month may lie before day 0, and reaches into the stretch; the year may be any day of it and says nothing.
    assert set(marks) == {"seizure", "month"}
    assert (marks["month"].shape, marks["month"].first, marks["month"].last) == ("box", -4, 26)
    assert marks["month"].said == "day \u22124 to 26"
    assert {mark.fact.partition("/")[2] for _, mark in lanes(case, stretch="year").rows} == {"seizure", "month", "year"}


def test_a_promise_not_kept_is_a_ring_and_what_comes_later_is_faint() -> None:
    case = record(
        "one-2021",
        seized("one-2021"),
        fact("one-2021", "word", "promise", "authorities", "2021-03-06", subject_matter="vote", until="2021-03-20"),
        fact("one-2021", "broken", "promise_outcome", "authorities", "2021-03-20", of="one-2021/word", result="missed"),
        as_of=ZERO + timedelta(days=5),
    )
    found = lanes(case)
    marks = {mark.fact.partition("/")[2]: mark for _, mark in found.rows}
    assert (marks["broken"].shape, marks["broken"].later) == ("ring", True)
    assert (marks["word"].shape, marks["word"].later) == ("disc", False)
    assert found.cases[0].reached == 5
    drawn = draw_aligned(found)
    assert drawn.count('class="mark later"') == 1
    assert 'class="miss"' in drawn


def test_the_drawing_links_every_mark_it_has_room_for_and_counts_the_rest() -> None:
    crowd = [fact("one-2021", f"act-{n}", "statement", "au-psc", "2021-03-06", verb="condemn") for n in range(20)]
    case = record("one-2021", seized("one-2021"), *crowd)
    names, plot = draw_aligned_parts(lanes(case), link=lambda key: f"/facts/{key}")
    keys = re.findall(r'href="/facts/([^"]+)"', plot)
    assert len(keys) == len(set(keys))
    left_out = re.search(r"\+ (\d+) in the table", plot)
    assert left_out is not None
    assert len(keys) + int(left_out[1]) == 21
    assert 'role="group"' in plot
    assert "aria-hidden" in names
    assert "+ 13 dans le tableau" in draw_aligned(lanes(case), "fr")


def test_what_is_drawn_is_escaped() -> None:
    hostile = '<script>alert(1)</script>"&'
    case = record("one-2021", seized("one-2021"), fact("one-2021", "x", "ousted", "authorities", "2021-03-06",
                  person=hostile, office=hostile))  # fmt: skip
    drawn = draw_aligned(aligned([case], [(hostile, hostile)], hostile, "month"))
    assert "<script" not in drawn
    assert "alert(1)" in drawn


def test_without_a_seizure_a_lane_is_empty() -> None:
    case = record("one-2021", fact("one-2021", "x", "statement", "au-psc", "2021-03-06", verb="condemn"))
    found = lanes(case, record("two-2021"))
    assert found.rows == ()
    assert draw_aligned(found).count("<circle") == 0


def test_the_first_days_of_the_calendar_can_be_drawn() -> None:
    case = record("one-0001", seized("one-0001", "0001-01-02"), known_at=date.max, as_of=date.max)
    for stretch in ("month", "year", "all"):
        assert [mark.at for _, mark in lanes(case, stretch=stretch).rows] == [0]


# ---------------------------------------------------------------- sets


def test_second_changes_are_those_within_two_years_of_a_first() -> None:
    def found(*days: str, **value: str) -> tuple[str, ...]:
        cases = [record(f"c-{n}", seized(f"c-{n}", one, **value)) for n, one in enumerate(days)]
        return next((one.cases for one in case_sets(cases) if one.id == "second"), ())

    assert found("2020-01-01", "2021-12-31", "2022-06-01") == ("c-2", "c-1")
    assert found("2020-01-01", "2022-01-02", "2024-01-03") == ()  # a day too late, each time
    assert found("2020-01-01", "2021-12-31", "2022-06-01", outcome="failed") == ()


def test_a_set_holds_the_newest_and_counts_all() -> None:
    days = [ZERO + timedelta(days=40 * n) for n in range(MOST + 3)]
    law = {"category": "constitutional_manipulation"}
    cases = [record(f"c-{n}", seized(f"c-{n}", one.isoformat(), **law)) for n, one in enumerate(days)]
    found = {one.id: one for one in case_sets(cases)}
    assert found["law"].all == len(days)
    assert found["law"].cases == tuple(f"c-{n}" for n in reversed(range(3, MOST + 3)))
    assert (found["newest"].all, len(found["newest"].cases)) == (6, 6)
    assert "undone" not in found
    assert case_sets([]) == ()
    assert case_sets(cases[:1]) == ()


def test_what_was_not_known_belongs_to_no_set() -> None:
    cases = [record(f"c-{n}", seized(f"c-{n}"), as_of=ZERO - timedelta(days=1)) for n in range(3)]
    assert case_sets(cases) == ()
    assert case_sets([record("c-0"), record("c-1")]) == ()


# ---------------------------------------------------------------- what came next


def test_the_steps_that_came_next() -> None:
    case = record(
        "one-2021",
        seized("one-2021"),
        fact("one-2021", "out", "suspension", "au-psc", "2021-03-13"),
        fact("one-2021", "in", "suspension_lifted", "au-psc", "2021-06"),
        fact("one-2021", "ask", "vote_held", "authorities", "2021-09-05", election="referendum"),
        fact("one-2021", "local", "vote_held", "authorities", "2021-04-05", election="local"),
        fact("one-2021", "before", "vote_held", "authorities", "2020-04-05", election="presidential"),
        fact("one-2021", "choose", "vote_held", "authorities", "2022-03-05", election="presidential"),
        fact("one-2021", "term", "transition_term", "authorities", "2021-03-20", months="18"),
    )
    found = {one.name: one.cells for one in courses([case, record("two-2021", seized("two-2021"))])}
    facts = {name: cells[0].fact.partition("/")[2] for name, cells in found.items() if cells[0].fact}
    assert facts == {
        "first suspension": "out",
        "suspension lifted": "in",
        "referendum": "ask",
        "election": "choose",
        "transition term": "term",
    }
    assert found["suspension lifted"][0].said == "day 88 to 117"
    assert found["suspension lifted"][0].number is None
    assert found["election"][0].number == 365
    assert found["transition term"][0].what == "18 months"
    assert all(cells[1] == Next("two-2021") for cells in found.values())
    french = {one.name: one.cells[0] for one in courses([case], "fr")}
    assert french["first suspension"].what == "UA"
    assert french["suspension lifted"].said == "jour 88 à 117"
    assert french["transition term"].what == "18 mois"


@given(st.integers(-900, 900), st.sampled_from(["", "~", "?"]))
def test_a_step_says_the_day_of_its_fact(days: int, mark: str) -> None:
    when_it_was = (ZERO + timedelta(days=days)).isoformat() + mark
    act = fact("one-2021", "out", "suspension", "au-psc", when_it_was)
    case = record("one-2021", seized("one-2021"), act)
    cell = courses([case])[0].cells[0]
    if read_day(when_it_was).latest < ZERO:
        assert cell.fact == ""
    else:
        assert cell.number == (days if not mark else None)
        assert cell.days == number_words(when(act, zero_of(case)))


def test_a_snapshot_of_nothing() -> None:
    nothing = Snapshot(("one-2021",), ZERO, ZERO, Marking.UNCLASSIFIED, ())
    assert {cell.fact for one in courses([nothing]) for cell in one.cells} == {""}
    assert laid(nothing, nothing).rows == ()
