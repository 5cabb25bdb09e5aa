"""Cases side by side, and the cases most like one: on small made-up records, and on the casebook."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.briefs.comparing import Comparison, Response, compare
from goodoffices.briefs.precedents import FEATURES, Precedents, features_of, likeness, precedents
from goodoffices.cli.main import run
from goodoffices.core.days import read_span
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.core.facts import Fact, order
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Citation, Source
from goodoffices.desk.comparisons import comparison_record, precedents_record
from goodoffices.desk.desk import Desk
from record import day

SEEN = (Citation(Source("test", "Test")),)
LATE = date(2030, 1, 1)
ZERO = date(2021, 3, 5)
COUP = {"category": "military_coup", "victim": "elected", "outcome": "completed"}
ACTORS = ("au-psc", "ecowas-authority", "eu", "un-security-council")


def fact(case: str, name: str, kind: str, actor: str, when: str, **value: str) -> Fact:
    """A made-up fact, known on its latest day."""
    span = read_span(when)
    return Fact(f"{case}/{name}", kind, actor, span, span.begins.latest, f"{name}.", SEEN, "high", tuple(value.items()))


def seized(case: str, when: str = "2021-03-05", **value: str) -> Fact:
    return fact(case, "seizure", "seizure", "armed-forces", when, **(COUP | value))


def record(case: str, *facts: Fact, iso3: str = "TST", as_of: date = LATE, known_at: date = LATE) -> Snapshot:
    """A snapshot of a made-up case: only what was known, in order of time, as the ledger hands it out."""
    head = fact(case, "case", "case", "authorities", "2000-01-01", title=case.title(), country="Test", iso3=iso3)
    known = [one for one in (head, *facts) if one.known_at <= known_at]
    return Snapshot((case,), as_of, known_at, Marking.UNCLASSIFIED, tuple(sorted(known, key=order)))


def cell(found: Comparison, organisation: str, act: str, case: str) -> Response | None:
    number = [one.case for one in found.columns].index(case)
    rows = [row for row in found.rows if (row.organisation, row.act) == (organisation, act)]
    assert len(rows) <= 1, "a row stands once"
    return rows[0].cells[number] if rows else None


def seen(found: Comparison, organisation: str, act: str, case: str) -> Response:
    one = cell(found, organisation, act, case)
    assert one is not None
    return one


# ---------------------------------------------------------------- compare, on made-up records


def test_a_cell_holds_the_first_act_and_counts_the_others() -> None:
    first = fact("a-2021", "first", "suspension", "au-psc", "2021-03-08")
    second = fact("a-2021", "second", "suspension", "au-assembly", "2021-03-09")
    found = compare([record("a-2021", seized("a-2021"), second, first)])
    one = seen(found, "au", "suspension", "a-2021")
    assert (one.when.day, one.when.date, one.more, one.before) == (3, "2021-03-08", 1, 0)
    assert one.facts == ("a-2021/first", "a-2021/second")
    assert one.words == "day 3; 1 more"


def test_nothing_known_is_an_empty_cell_and_no_row_is_empty_in_every_case() -> None:
    acted = fact("a-2021", "acts", "sanction", "eu", "2021-03-08", measure="travel_ban")
    found = compare([record("a-2021", seized("a-2021"), acted), record("b-2021", seized("b-2021"))])
    assert cell(found, "eu", "sanction", "b-2021") is None
    assert [(row.organisation, row.act) for row in found.rows] == [("eu", "sanction")]
    assert comparison_record(found)["rows"][0]["cells"]["b-2021"] is None


def test_a_coarse_day_has_bounds_and_no_number() -> None:
    coarse = fact("a-2021", "coarse", "suspension", "au-psc", "2021-03")
    one = seen(compare([record("a-2021", seized("a-2021"), coarse)]), "au", "suspension", "a-2021")
    assert (one.when.day, one.when.first, one.when.last) == (None, -4, 26)
    assert one.words == "March 2021 (day -4 to 26)"


def test_a_coarse_day_that_may_come_first_is_said_beside_the_exact_one() -> None:
    exact = fact("a-2021", "exact", "suspension", "au-psc", "2021-03-09")
    coarse = fact("a-2021", "coarse", "suspension", "au-psc", "2021-03")
    one = seen(compare([record("a-2021", seized("a-2021"), exact, coarse)]), "au", "suspension", "a-2021")
    assert (one.when.day, one.perhaps_earlier, one.more) == (4, True, 1)


def test_acts_before_day_zero_are_shown_as_such() -> None:
    old = fact("a-2021", "old", "mandate", "un-security-council", "2021-02-03", mission="minusma", direction="renew")
    new = fact("a-2021", "new", "mandate", "un-security-council", "2021-03-25", mission="minusma", direction="renew")
    both = seen(
        compare([record("a-2021", seized("a-2021"), old, new)]), "un-security-council", "mandate.renew", "a-2021"
    )
    assert (both.when.day, both.more, both.before) == (20, 0, 1)
    found = compare([record("a-2021", seized("a-2021"), old)])
    alone = seen(found, "un-security-council", "mandate.renew", "a-2021")
    assert (alone.when.day, alone.before) == (-30, 0)
    assert alone.words == "before day 0: day -30"
    assert found.sequences == ((),)


def test_a_day_of_knowledge_that_is_another_day_is_said() -> None:
    act = fact("a-2021", "act", "suspension", "au-psc", "2021-03-08")
    act = replace(act, known_at=date(2021, 3, 12), known_assumed=False)
    one = seen(compare([record("a-2021", seized("a-2021"), act)]), "au", "suspension", "a-2021")
    assert (one.when.day, one.when.known_day) == (3, 7)
    hidden = compare([record("a-2021", seized("a-2021"), act, known_at=date(2021, 3, 11))])
    assert cell(hidden, "au", "suspension", "a-2021") is None


def test_another_account_counts_nothing() -> None:
    act = fact("a-2021", "act", "suspension", "au-psc", "2021-03-08")
    other = replace(fact("a-2021", "other", "suspension", "au-psc", "2021-03-07"), competes_with=act.key)
    found = compare([record("a-2021", seized("a-2021"), act, other)])
    one = seen(found, "au", "suspension", "a-2021")
    assert (one.when.day, one.more, one.facts) == (3, 0, (act.key,))
    assert [step.fact for step in found.sequences[0]] == [act.key]


def test_words_on_something_else_do_not_stand_for_words_on_the_change() -> None:
    attack = fact(
        "a-2021", "attack", "press_statement", "un-security-council", "2021-03-06", verb="condemn", subject_matter="x"
    )
    change = fact("a-2021", "change", "press_statement", "un-security-council", "2021-03-09", verb="concern")
    found = compare([record("a-2021", seized("a-2021"), attack, change)])
    one = seen(found, "un-security-council", "press_statement", "a-2021")
    assert (one.when.day, one.about, one.more, one.perhaps_earlier) == (4, "", 1, False)
    alone = compare([record("a-2021", seized("a-2021"), attack)])
    assert seen(alone, "un-security-council", "press_statement", "a-2021").words == "day 1, on x"


def test_a_silence_that_lasts_has_no_day() -> None:
    silence = fact("a-2021", "silence", "no_product", "un-security-council", "2021-03-05/2021-12")
    found = compare([record("a-2021", seized("a-2021"), silence)])
    one = seen(found, "un-security-council", "no_product", "a-2021")
    assert (one.when.day, one.words) == (None, "from 5 March 2021 to December 2021")


def test_those_of_the_country_answer_nothing_and_credentials_are_the_assemblys() -> None:
    home = fact("a-2021", "home", "statement", "authorities", "2021-03-08", verb="condemn")
    seat = fact("a-2021", "seat", "credentials", "authorities", "2021-12-08", credentials="accepted")
    found = compare([record("a-2021", seized("a-2021"), home, seat)])
    assert [(row.organisation, row.act) for row in found.rows] == [("un-general-assembly", "credentials.accepted")]


@pytest.mark.parametrize(("outcome", "word"), [("failed", "failed"), ("contested", "contested"), ("completed", "")])
def test_failed_and_contested_cases_are_flagged(outcome: str, word: str) -> None:
    flags = compare([record("a-2021", seized("a-2021", outcome=outcome))]).columns[0].flags
    assert any(word in one for one in flags) if word else flags == ()


def test_without_a_known_seizure_there_are_dates_and_no_numbers() -> None:
    act = fact("a-2021", "act", "suspension", "au-psc", "2021-03-08")
    found = compare([record("a-2021", act)])
    one = seen(found, "au", "suspension", "a-2021")
    assert (one.when.day, one.when.date) == (None, "2021-03-08")
    assert found.columns[0].flags


acts = st.lists(
    st.tuples(
        st.sampled_from(ACTORS), st.sampled_from(("suspension", "suspension_lifted", "decision")), st.integers(-4, 4)
    ),
    max_size=6,
)


def made(case: str, drawn: Sequence[tuple[str, str, int]]) -> Snapshot:
    facts = [
        fact(case, f"act-{number}", kind, actor, (ZERO + timedelta(days=offset)).isoformat())
        for number, (actor, kind, offset) in enumerate(drawn)
    ]
    return record(case, seized(case), *facts)


@given(st.tuples(acts, acts, acts))
def test_the_order_of_cases_only_moves_columns(drawn: tuple[list[tuple[str, str, int]], ...]) -> None:
    snapshots = [made(case, one) for case, one in zip(("a-2021", "b-2021", "c-2021"), drawn, strict=True)]
    straight = compare(snapshots)
    for turn in permutations(range(3)):
        turned = compare([snapshots[number] for number in turn])
        assert turned.columns == tuple(straight.columns[number] for number in turn)
        assert turned.sequences == tuple(straight.sequences[number] for number in turn)
        assert turned.rows == tuple(
            replace(row, cells=tuple(row.cells[number] for number in turn)) for row in straight.rows
        )


@given(acts)
def test_every_act_is_in_one_cell_and_counted_there(drawn: list[tuple[str, str, int]]) -> None:
    snapshot = made("a-2021", drawn)
    found = compare([snapshot])
    cells = [one for row in found.rows for one in row.cells if one]
    keys = [key for one in cells for key in one.facts]
    assert sorted(keys) == sorted(one.key for one in snapshot.facts if "/act-" in one.key)
    assert all(len(one.facts) == 1 + one.more + one.before for one in cells)
    steps = found.sequences[0]
    assert [step.when.day for step in steps] == sorted(offset for *_, offset in drawn if offset >= 0)
    assert [step.fact for step in steps if step.first] == [
        step.fact for step in steps if step.fact in {one.facts[0] for one in cells}
    ]


# ---------------------------------------------------------------- compare, on the casebook

THREE = ("mali-2021", "chad-2021", "niger-2023")


def test_mali_chad_and_niger(desk: Desk) -> None:
    found = desk.compare(THREE, desk.moment())
    suspended = [cell(found, "au", "suspension", case) for case in THREE]
    assert suspended[0] and suspended[0].when.day == 8
    assert suspended[1] is None
    assert suspended[2] and (suspended[2].when.day, suspended[2].when.known_day) == (19, 27)
    declined = [cell(found, "au", "suspension_declined", case) for case in THREE]
    assert declined[1] and declined[1].when.day == 24
    assert declined[0] is declined[2] is None
    assert seen(found, "un-security-council", "press_statement", "niger-2023").when.day == 2
    assert cell(found, "un-security-council", "press_statement", "chad-2021") is None


def test_what_was_known_later_is_hidden(desk: Desk) -> None:
    early = desk.compare(THREE, desk.moment(day("2023-08-20"), day("2023-08-20")))
    assert cell(early, "au", "suspension", "niger-2023") is None
    assert seen(early, "ecowas", "sanction", "niger-2023").when.day == 4
    # Later knowledge of the same day shows it.
    hindsight = desk.compare(THREE, desk.moment(day("2023-08-20"), day("2026-01-01")))
    assert seen(hindsight, "au", "suspension", "niger-2023").when.day == 19
    # A case that lay ahead is an empty column that says so.
    before = desk.compare(THREE, desk.moment(day("2022-01-01"), day("2022-01-01")))
    assert before.columns[2].flags == ("no seizure known on these days",)
    assert before.columns[2].zero == ""
    assert before.sequences[2] == ()
    assert all(row.cells[2] is None for row in before.rows)


def test_every_case_can_be_compared_and_each_fact_shown_was_known(desk: Desk) -> None:
    moment = desk.moment(day("2022-06-30"), day("2022-06-30"))
    ids = desk.case_ids()
    found = desk.compare(ids, moment)
    assert found == desk.compare(ids, moment)
    for number, case in enumerate(ids):
        snapshot = desk.snapshot(case, moment)
        for row in found.rows:
            one = row.cells[number]
            for key in one.facts if one else ():
                known = snapshot.find(key)
                assert known and known.known_at <= moment.known_at and known.span.begins.latest <= moment.as_of
                assert not known.competes_with


def test_comparison_as_json_and_back(desk: Desk) -> None:
    found = comparison_record(desk.compare(THREE, desk.moment()))
    assert json.loads(json.dumps(found)) == found
    assert {"cases", "rows", "sequences"} <= set(found)
    for row in found["rows"]:
        assert {"organisation", "act", "cells"} <= set(row)
        assert list(row["cells"]) == list(THREE)
        assert all(one is None or {"day", "date", "facts", "more"} <= set(one) for one in row["cells"].values())


def test_what_cannot_be_compared(desk: Desk) -> None:
    with pytest.raises(BadRecord, match="'mali-2021' is given twice"):
        desk.compare(["mali-2021", "mali-2021"], desk.moment())
    with pytest.raises(BadRecord, match="only 'mali-2021' is given"):
        desk.compare(["mali-2021"], desk.moment())
    with pytest.raises(BadRecord, match="no case is given"):
        desk.compare([], desk.moment())
    with pytest.raises(NoAnswer, match=r"Nearest: .*mali-2021"):
        desk.compare(["mali-2021", "mali-2O21"], desk.moment())


# ---------------------------------------------------------------- precedents, on made-up records


def by_case(found: Precedents) -> list[str]:
    return [one.head.case for one in found.found]


def test_likeness_is_the_weight_of_what_is_alike() -> None:
    given_case = record("a-2021", seized("a-2021"))
    other = record("b-2020", seized("b-2020", "2020-03-05", victim="transitional"), iso3="OTH")
    [one] = precedents(given_case, [given_case, other]).found
    # Known of both: category 3, victim 3, outcome 2, a second change 2; the state is in no register here.
    assert (one.shared, one.weighed) == (7, 10)
    assert [pair.feature for pair in one.differ] == ["victim"]
    assert [pair.feature for pair in one.not_known] == ["AU member", "regional organisation", "UN mission"]
    assert not one.later


def test_an_unknown_feature_counts_for_neither() -> None:
    given_case = record("a-2021", seized("a-2021"))
    mission = fact(
        "b-2020", "m", "mission_present", "minusma", "2019/..", mission="minusma", mission_type="peacekeeping"
    )
    plain = record("b-2020", seized("b-2020", "2020-03-05"), iso3="OTH")
    more = record("b-2020", seized("b-2020", "2020-03-05"), mission, iso3="OTH")
    first, second = (precedents(given_case, [one]).found[0] for one in (plain, more))
    assert (first.shared, first.weighed) == (second.shared, second.weighed)


@pytest.mark.parametrize(
    ("when", "outcome", "value"),
    [
        ("2018-03-05", "completed", "yes"),
        ("2018-03-04", "completed", "no"),
        ("2021-03-04", "completed", "yes"),
        ("2020-03-05", "failed", "no"),
        ("2021-03-06", "completed", "no"),
    ],
)
def test_a_second_change_within_three_years(when: str, outcome: str, value: str) -> None:
    mine, other = record("a-2021", seized("a-2021")), record("a-2018", seized("a-2018", when, outcome=outcome))
    assert dict(precedents(mine, [mine, other]).features)["second change within three years"] == value


def test_before_the_record_begins_a_first_change_is_unknown() -> None:
    mine = record("a-2001", seized("a-2001", "2001-03-05"))
    assert dict(precedents(mine, [mine]).features)["second change within three years"] == ""


def test_how_it_was_answered_is_no_feature() -> None:
    mine, other = record("a-2021", seized("a-2021")), record("b-2020", seized("b-2020", "2020-03-05"), iso3="OTH")
    act = fact("b-2020", "act", "suspension", "au-psc", "2020-03-09")
    answered = record("b-2020", seized("b-2020", "2020-03-05"), act, iso3="OTH")
    quiet, loud = (precedents(mine, [one]).found[0] for one in (other, answered))
    assert (quiet.shared, quiet.weighed, quiet.alike) == (loud.shared, loud.weighed, loud.alike)
    assert quiet.milestones[0].response is None
    assert (loud.milestones[0].what, loud.milestones[0].response and loud.milestones[0].response.when.day) == ("AU", 4)


values = st.fixed_dictionaries({one.name: st.sampled_from(("", "x", "y")) for one in FEATURES})


@given(values, values)
def test_likeness_is_symmetric_and_one_for_itself(mine: dict[str, str], theirs: dict[str, str]) -> None:
    assert likeness(mine, theirs) == likeness(theirs, mine)
    shared, weighed = likeness(mine, theirs)
    assert 0 <= shared <= weighed <= sum(one.weight for one in FEATURES)
    own_shared, own_weighed = likeness(mine, mine)
    assert own_shared == own_weighed == sum(one.weight for one in FEATURES if mine[one.name])


def test_every_feature_is_weighed_and_explained_once() -> None:
    assert len({one.name for one in FEATURES}) == len(FEATURES)
    assert all(one.weight > 0 and one.why.endswith(".") for one in FEATURES)
    assert set(features_of(record("a-2021"), {})) == {one.name for one in FEATURES}


# ---------------------------------------------------------------- precedents, on the casebook


def test_precedents_of_a_second_coup(desk: Desk) -> None:
    found = desk.precedents("burkina-faso-2022-09", desk.moment())
    assert len(found.found) == 5
    assert {"mali-2021", "burkina-faso-2015"} <= set(by_case(found))
    assert "burkina-faso-2022-09" not in by_case(found)
    scores = [one.likeness for one in found.found]
    assert scores == sorted(scores, reverse=True)
    mali = next(one for one in found.found if one.head.case == "mali-2021")
    assert [pair.feature for pair in mali.differ] == ["UN mission"]
    assert found == desk.precedents("burkina-faso-2022-09", desk.moment())


def test_later_cases_are_not_known_on_an_earlier_day(desk: Desk) -> None:
    then = desk.moment(day("2021-05-30"), day("2021-05-30"))
    found = desk.precedents("mali-2021", then, 100)
    assert found.found
    assert all(one.head.zero < "2021-05-30" and not one.later for one in found.found)
    mine = next(step for step in found.milestones if step.name == "first suspension")
    assert mine.response and mine.response.when.day == 6  # ECOWAS; the African Union followed on day 8
    now = desk.precedents("mali-2021", desk.moment(), 100)
    assert len(now.found) > len(found.found)
    assert any(one.later for one in now.found)
    assert now.among == len(desk.case_ids()) - 1


def test_likeness_is_the_same_from_both_sides(desk: Desk) -> None:
    moment = desk.moment()
    for one in desk.precedents("mali-2021", moment, 100).found:
        back = desk.precedents(one.head.case, moment, 100).found
        twin = next(other for other in back if other.head.case == "mali-2021")
        assert (one.shared, one.weighed) == (twin.shared, twin.weighed)


def test_no_precedents_for_what_had_not_happened(desk: Desk) -> None:
    with pytest.raises(NoAnswer, match="no seizure of 'niger-2023' is known as of 2022-01-01"):
        desk.precedents("niger-2023", desk.moment(day("2022-01-01"), day("2022-01-01")))
    with pytest.raises(NoAnswer, match=r"Nearest: .*mali-2021"):
        desk.precedents("mali-2O21", desk.moment())


def test_precedents_as_json_and_back(desk: Desk) -> None:
    found = precedents_record(desk.precedents("niger-2023", desk.moment()))
    assert json.loads(json.dumps(found)) == found
    for one in found["precedents"]:
        assert one["likeness"] == round(one["shared"] / one["weighed"], 4)
        assert one["shared"] == sum(pair["weight"] for pair in one["alike"])
        assert one["weighed"] == one["shared"] + sum(pair["weight"] for pair in one["differ"])


# ---------------------------------------------------------------- the commands


@pytest.fixture
def said(
    ledger_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command over the casebook: status, answer, asides."""
    monkeypatch.setenv("GOODOFFICES_DATABASE_URL", str(ledger_file))

    def called(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["goodoffices", *arguments])
        with pytest.raises(SystemExit) as end:
            run()
        captured = capsys.readouterr()
        return int(end.value.code or 0), captured.out, captured.err

    return called


Said = Callable[..., tuple[int, str, str]]


def test_the_command_compare(said: Said) -> None:
    code, out, _ = said("compare", *THREE)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 0
    assert "suspension day 8 no act known day 19 (known day 27)" in lines
    assert "does not suspend no act known day 24 (known day 30) no act known" in lines
    assert "None" not in out
    code, out, _ = said("compare", *THREE, "--json")
    assert code == 0
    assert [one["case"] for one in json.loads(out)["cases"]] == list(THREE)


def test_the_command_compare_flags_a_failed_attempt(said: Said) -> None:
    _, out, _ = said("compare", "benin-2025", "mali-2021")
    assert "[failed attempt" in out


def test_the_command_precedents_explains_itself(said: Said) -> None:
    code, out, _ = said("precedents", "burkina-faso-2022-09", "--top", "2")
    assert code == 0
    for one in FEATURES:
        assert one.name in " ".join(out.split())
    assert out.count("Likeness ") == 3  # what it is, and each case's
    assert "   alike: " in out and "   differs: " in out
    code, out, _ = said("precedents", "burkina-faso-2022-09", "--json")
    assert code == 0
    assert len(json.loads(out)["precedents"]) == 5


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("compare",), "no case is given"),
        (("compare", "mali-2021"), "one needs two to compare"),
        (("compare", "mali-2021", "chad-2021", "mali-2021"), "'mali-2021' is given twice"),
        (("compare", "mali-2021", "chda-2021"), "Nearest: chad-2021"),
        (("precedents", "chda-2021"), "Nearest: chad-2021"),
        (("precedents", "chad-2021", "--as-then-known", "2020-01-01"), "Ask for a later day"),
    ],
)
def test_refusals_are_sentences(said: Said, arguments: tuple[str, ...], word: str) -> None:
    code, out, err = said(*arguments)
    assert (code, out) == (2, "")
    *_, last = err.splitlines()  # before it the casebook may say that it takes itself in
    assert last.startswith("goodoffices: ") and word in last
