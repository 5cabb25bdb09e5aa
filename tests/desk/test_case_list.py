"""The list of cases: what had begun by the day looked at, found by what the record says of it on day 0."""

import itertools
from datetime import date

import pytest

from goodoffices.core.errors import BadRecord
from goodoffices.core.names import fold
from goodoffices.core.verdicts import Verdict
from goodoffices.desk.asking import is_member
from goodoffices.desk.case_choice import NAMES, Choice, chosen, offers, read_choice
from goodoffices.desk.case_list import CaseList, case_list, line_record
from goodoffices.desk.desk import Desk, NewCase
from goodoffices.desk.views import Moment
from record import day


def moment(as_of: str = "", known_at: str = "") -> Moment:
    today = date(2026, 11, 21)
    return Moment(day(as_of) if as_of else today, day(known_at) if known_at else today, today)


def found_by(found: CaseList, **asked: str) -> set[str]:
    given = {name.replace("since", "from"): value for name, value in asked.items()}
    return {line.row.id for line in chosen(found, read_choice(given, found))}


@pytest.mark.parametrize("as_of", ["1999-12-31", "2009-04-09", "2009-04-10", "2010-06-01", "2021-05-24", "2026-11-21"])
def test_as_of_a_day_nothing_later_counts(desk: Desk, as_of: str) -> None:
    found = case_list(desk, moment(as_of))
    seizures = {fact.subject: fact for fact in desk.everything(moment()).of_kind("seizure") if not fact.competes_with}
    begun = {case for case, fact in seizures.items() if fact.span.begins.earliest <= day(as_of)}
    assert {line.row.id for line in found.lines} == begun
    assert found.later == len(seizures) - len(begun)
    assert {one.case for one in found.occurrences()} == begun


def test_and_as_known_on_a_day_nothing_later_is_there(desk: Desk) -> None:
    found = case_list(desk, moment("", "2021-06-01"))
    assert found.later == 0
    newest = {line.row.id for line in found.lines}
    assert "mali-2021" in newest
    assert not newest & {"guinea-2021", "niger-2023", "madagascar-2025"}


def test_the_rows_are_those_of_the_desk_in_its_order(desk: Desk) -> None:
    rows = desk.cases(moment())
    assert [line.row for line in case_list(desk, moment()).lines] == list(rows)


def test_the_cells_are_those_of_the_case_in_both_languages(desk: Desk) -> None:
    lines = {line.row.id: line for line in case_list(desk, moment()).lines}
    for case in ("mali-2021", "bolivia-2019", "chad-2021", "myanmar-2021"):
        for language in ("en", "fr"):
            said = lines[case].said(language)
            cells = {cell.name: cell for cell in desk.case(case, moment(), language).cells}
            assert said.leader == cells["governs"].value
            assert said.au == cells["au"].value
            assert said.region.endswith(cells["region"].value)
            assert said.council == cells["council"].value
            assert said.mission == cells["mission"].value
        keys = lines[case].details.cells
        assert all(desk.fact(key, moment()) for key in keys.values())


def test_organisations_are_those_the_state_belonged_to_on_day_0(desk: Desk) -> None:
    found = case_list(desk, moment())
    for line in found.lines:
        snapshot = desk.snapshot(line.row.id, moment())
        assert set(line.details.bodies) == {body for body in found.bodies if is_member(snapshot, body)}
    # Mali left ECOWAS in 2025: in 2021 it was a member, and is found as one.
    assert "mali-2021" in found_by(found, region="ecowas")
    assert "mauritania-2008" not in found_by(found, region="ecowas")
    assert "un-security-council" not in found.bodies


def test_missions_are_those_in_the_country_on_day_0(desk: Desk) -> None:
    found = case_list(desk, moment())
    present, absent = found_by(found, mission="any"), found_by(found, mission="none")
    assert present | absent == {line.row.id for line in found.lines}
    assert not present & absent
    for line in found.lines:
        zero = line.details.zero
        facts = desk.snapshot(line.row.id, moment()).of_kind("mission_present")
        there = zero is not None and any(fact.span.covers(zero.shown) is Verdict.HOLDS for fact in facts)
        assert (line.row.id in present) == there
    # MINUSTAH came to Haiti in June 2004, three months after day 0.
    assert {"haiti-2004", "libya-2011"} <= absent
    assert "mali-2021" in found_by(found, mission="peacekeeping")
    assert "sudan-2021" in found_by(found, mission="political")
    assert not found_by(found, mission="peacekeeping") & found_by(found, mission="envoy")


def test_a_name_is_found_without_its_accents_in_any_language_of_the_register(desk: Desk) -> None:
    found = case_list(desk, moment())
    for text in ("cote d'ivoire", "CÔTE D’IVOIRE", "ouattara", "cote ouattara", "كوت ديفوار"):
        assert "cote-divoire-2010" in found_by(found, q=text), text
    assert {"mali-2012", "mali-2020", "mali-2021"} == found_by(found, q="مالي")
    assert found_by(found, q="goita") == {"mali-2021"}
    assert found_by(found, q="xyzzy") == set()
    assert found_by(found, q="   ") == {line.row.id for line in found.lines}
    for line in found.lines:
        assert line.row.id in found_by(found, q=line.row.title_fr)


def test_each_word_asked_for_is_a_filter_and_filters_add_up(desk: Desk) -> None:
    found = case_list(desk, moment())
    for line in found.lines:
        row = line.row
        assert row.id in found_by(found, kind=row.category, outcome=row.outcome, state=row.iso3)
        year = str(line.year)
        assert row.id in found_by(found, since=year, to=year)
        assert row.id not in found_by(found, since=str((line.year or 0) + 1))
        assert row.id not in found_by(found, to=str((line.year or 0) - 1))
    asked = {"kind": "military_coup", "region": "africa", "since": "2020", "mission": "any"}
    apart = [found_by(found, **{name: value}) for name, value in asked.items()]
    assert found_by(found, **asked) == set.intersection(*apart)
    assert found_by(found, **asked)
    assert found_by(found, region="western-africa") < found_by(found, region="africa")


def test_what_is_offered_is_what_is_found(desk: Desk) -> None:
    found = case_list(desk, moment())
    names = {
        "kind": "kind",
        "outcome": "outcome",
        "place": "region",
        "body": "region",
        "state": "state",
        "mission": "mission",
    }
    for language in ("en", "fr"):
        for field, listed in offers(found, Choice(), language).items():
            assert listed
            for one in listed:
                assert one.count == len(found_by(found, **{names[field]: one.value})) > 0, one
                assert one.words.strip()
    states = [fold(one.words) for one in offers(found, Choice(), "fr")["state"]]
    assert states == sorted(states)
    # What is asked for stays in the form, even where nothing is found by it.
    asked = read_choice({"kind": "mercenary_intervention", "region": "polynesia", "state": "BWA"}, found)
    offered = offers(found, asked)
    assert ("mercenary_intervention", 0) in [(one.value, one.count) for one in offered["kind"]]
    assert ("polynesia", 0) in [(one.value, one.count) for one in offered["place"]]
    assert ("BWA", "Botswana") in [(one.value, one.words) for one in offered["state"]]


def test_a_choice_is_read_as_it_is_written(desk: Desk) -> None:
    found = case_list(desk, moment())
    full = {
        **{"kind": "military_coup", "outcome": "failed", "region": "au", "state": "MLI", "mission": "none"},
        **{"from": "2001", "to": "2020", "q": "Goïta"},
    }
    assert tuple(full) == NAMES
    for size in range(len(full) + 1):
        for names in itertools.combinations(full, size):
            asked = {name: full[name] for name in names}
            choice = read_choice(asked | dict.fromkeys(set(NAMES) - set(names), ""), found)
            assert choice.asked == asked
    assert read_choice({"as_of": "2020-01-01", "x": "y"}, found) == Choice()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"kind": "coup"}, ("kind", "'coup'", "military_coup")),
        ({"outcome": "won"}, ("outcome", "completed")),
        ({"region": "atlantis"}, ("region", "western-africa", "ecowas")),
        ({"region": "un-security-council"}, ("region",)),
        ({"state": "Mali"}, ("state", "MLI")),
        ({"state": "mli"}, ("state",)),
        ({"mission": "minusma"}, ("mission", "peacekeeping")),
        ({"from": "21"}, ("from", "2021")),
        ({"from": "٢٠٢١"}, ("from",)),
        ({"to": "9999"}, ("to", "2199")),
        ({"from": "2021", "to": "2020"}, ("from", "2021 lies after 2020")),
        ({"q": "x" * 201}, ("q", "200")),
        ({"kind": "<script>"}, ("kind",)),
    ],
)
def test_an_unknown_word_is_refused_with_those_that_are_known(
    desk: Desk, asked: dict[str, str], words: tuple[str, ...]
) -> None:
    with pytest.raises(BadRecord) as fault:
        read_choice(asked, case_list(desk, moment()))
    for word in words:
        assert word in str(fault.value)


def test_all_that_is_wrong_is_said_at_once(desk: Desk) -> None:
    with pytest.raises(BadRecord) as fault:
        read_choice({"kind": "x", "outcome": "y", "state": "z", "from": "w"}, case_list(desk, moment()))
    assert [problem.where for problem in fault.value.problems] == ["kind", "outcome", "state", "from"]


def test_an_empty_record(empty_desk: Desk) -> None:
    found = case_list(empty_desk, moment())
    assert (found.lines, found.later, dict(found.states), found.bodies) == ((), 0, {}, ())
    assert all(listed == () for listed in offers(found, Choice()).values())
    assert chosen(found, read_choice({"kind": "other", "state": "MLI"}, found)) == ()


def test_a_case_of_a_coarse_day_counts_in_its_year_and_a_new_one_at_once(desk: Desk) -> None:
    before = case_list(desk, moment())
    case = desk.new_case(NewCase("Mali", "2024", "other", "a newspaper", "", "Something gives way.", "MLI"))
    after = case_list(desk, moment())
    line = next(one for one in after.lines if one.row.id == case)
    assert len(after.lines) == len(before.lines) + 1
    assert line.year == 2024
    assert line.details.regions == ("africa", "western-africa")
    record = line_record(line)
    assert record["year"] == 2024
    assert record["seizure"] == f"{case}/seizure"
    assert record["missions_on_day_0"] == []
    assert {"au", "ecowas"} <= set(record["organisations"])


def test_what_was_worked_out_is_kept_until_the_record_changes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = case_list(desk, moment("2015-01-01"))
    looked: list[object] = []
    whole = desk.everything
    monkeypatch.setattr(desk, "everything", lambda one: looked.append(one) or whole(one))
    assert case_list(desk, moment("2015-01-01")) == first
    assert looked == []
    desk.retract("mali-2012/seizure", "a test")
    assert len(case_list(desk, moment("2015-01-01")).occurrences()) <= len(first.lines)
    assert len(looked) == 1
