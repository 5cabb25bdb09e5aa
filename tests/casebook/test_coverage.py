"""What the casebook knows of each case: counts follow the facts, a gap is no answer, a blank is no denial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest

from goodoffices.casebook.checks import membership
from goodoffices.casebook.coverage import FIELDS, Row, coverage
from goodoffices.casebook.files import CASES, read_casebook
from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact

FACTS = read_casebook().facts
ROWS = {row.case: row for row in coverage(FACTS)}
NAMES = [field.name for field in FIELDS]


def count(row: Row, field: str) -> int | None:
    return row.counts[NAMES.index(field)]


def row_of(case: str, facts: Iterable[Fact]) -> Row:
    return next(row for row in coverage(list(facts)) if row.case == case)


def test_every_case_has_one_row_in_the_order_of_the_facts() -> None:
    heads = [fact for fact in FACTS if fact.kind == "case"]
    assert list(ROWS) == [head.subject for head in heads] == sorted(path.stem for path in CASES.glob("*.yaml"))
    assert [row.country for row in coverage(FACTS)] == [head.get("country") for head in heads]
    assert all(len(row.counts) == len(FIELDS) for row in ROWS.values())


def test_fields_have_names_of_their_own_and_say_what_they_ask() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(field.asks for field in FIELDS)


def test_the_african_union_is_asked_of_its_members_alone() -> None:
    states = {
        fact.subject: [one for one in FACTS if one.subject == fact.subject] for fact in FACTS if fact.kind == "state"
    }
    heads = [fact for fact in FACTS if fact.kind == "case"]
    members = {head.subject for head in heads if membership(states[f"state:{head.get('iso3')}"], "au")}
    assert {case for case, row in ROWS.items() if count(row, "AU") is not None} == members
    assert {"mali-2021", "chad-2021", "egypt-2013"} <= members
    for case in ("afghanistan-2021", "syria-2024", "honduras-2009", "thailand-2014"):
        assert count(ROWS[case], "AU") is None
        assert ROWS[case].asked == len(FIELDS) - 1


def test_only_the_african_union_may_be_a_field_that_cannot_apply() -> None:
    for row in ROWS.values():
        assert {name for name, one in zip(NAMES, row.counts, strict=True) if one is None} <= {"AU"}


def test_no_more_is_known_than_can_apply() -> None:
    for row in ROWS.values():
        assert 0 <= row.known <= row.asked <= len(FIELDS)
        assert row.known == sum(1 for one in row.counts if one is not None and one > 0)
        assert row.facts > 0 and row.sources > 0


def test_each_fact_counts_where_it_belongs() -> None:
    mine = [fact for fact in FACTS if fact.subject == "mali-2021"]
    kinds = Counter(fact.kind for fact in mine)
    row = ROWS["mali-2021"]
    assert count(row, "leader") == kinds["leadership"] > 0
    assert count(row, "sanctions") == kinds["sanction"] > 0
    assert count(row, "seat") == kinds["credentials"] > 0
    assert row.facts == len(mine) - kinds["case"] - kinds["gap"]
    assert len(row.gaps) == kinds["gap"] > 0


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("mali-2021/au-suspension", "AU"),
        ("mali-2021/ecowas-suspension", "region"),
        ("chad-2021/au-no-suspension", "AU"),
    ],
)
def test_a_fact_left_out_is_a_fact_less_in_its_field_alone(key: str, field: str) -> None:
    case = key.partition("/")[0]
    before, after = ROWS[case], row_of(case, (fact for fact in FACTS if fact.key != key))
    assert after.facts == before.facts - 1
    changed = {name for name, old, new in zip(NAMES, before.counts, after.counts, strict=True) if old != new}
    assert changed == {field}
    assert count(after, field) == (count(before, field) or 0) - 1


def test_a_fact_added_is_counted_and_fills_a_blank() -> None:
    case = next(case for case, row in ROWS.items() if count(row, "opinion") == 0)
    head = next(fact for fact in FACTS if fact.subject == case and fact.kind == "seizure")
    poll = replace(head, key=f"{case}/poll", kind="opinion", value=(("percent", "54"),))
    before, after = ROWS[case], row_of(case, (*FACTS, poll))
    assert (count(before, "opinion"), count(after, "opinion")) == (0, 1)
    assert (after.known, after.asked, after.facts) == (before.known + 1, before.asked, before.facts + 1)


def test_a_gap_is_told_and_never_counted_as_known() -> None:
    bare = coverage([fact for fact in FACTS if fact.kind != "gap"])
    assert list(bare) == [replace(row, gaps=()) for row in ROWS.values()]
    assert any(row.gaps for row in ROWS.values())
    told = next(fact for fact in FACTS if fact.kind == "gap" and fact.subject == "mali-2021")
    more = replace(told, key="mali-2021/gap-99", text="Who held the seat: not known.")
    after = row_of("mali-2021", (*FACTS, more))
    assert after.gaps == (*ROWS["mali-2021"].gaps, "Who held the seat: not known.")
    assert replace(after, gaps=()) == replace(ROWS["mali-2021"], gaps=())


def test_a_case_with_gaps_alone_knows_nothing() -> None:
    kept = [fact for fact in FACTS if fact.subject != "mali-2021" or fact.kind in ("case", "gap")]
    row = row_of("mali-2021", kept)
    assert (row.known, row.facts, row.sources) == (0, 0, 0)
    assert set(row.counts) == {0}
    assert row.asked == len(FIELDS)
    assert row.gaps


def test_a_state_that_left_the_african_union_is_still_asked() -> None:
    facts = list(FACTS)
    joined = next(one for one in facts if one.key == "state:MLI/au-member")
    left = replace(
        joined, key="state:MLI/au-left", span=read_span("2025-01-01"), value=(("organisation", "au"), ("step", "left"))
    )
    assert count(row_of("mali-2021", (*facts, left)), "AU") == count(ROWS["mali-2021"], "AU")
    assert count(row_of("mali-2021", (one for one in facts if one is not joined)), "AU") is None


def test_until_when_a_case_was_searched_stands_in_its_row() -> None:
    heads = {fact.subject: fact for fact in FACTS if fact.kind == "case"}
    assert {case: row.searched_until for case, row in ROWS.items()} == {
        case: head.get("searched_until") for case, head in heads.items()
    }


def test_each_field_is_answered_somewhere() -> None:
    """None waits for a kind of fact that no case has."""
    assert [name for name in NAMES if not any(count(row, name) for row in ROWS.values())] == []


def test_no_facts_no_rows() -> None:
    assert coverage([]) == ()
