"""What two days of knowledge tell apart: facts by sort, the findings they turned, and what is new to a reader."""

from datetime import date, timedelta

import pytest

from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.core.markings import Marking
from goodoffices.core.reading import key_days
from goodoffices.desk.between import (
    SORTS,
    Between,
    altered,
    between_record,
    chosen,
    findings_between,
    new_since,
    rows,
    tallies,
)
from goodoffices.desk.desk import Desk
from record import day

COUP = day("2021-05-24")
BEFORE, AFTER = day("2021-05-25"), day("2021-06-10")


def turned(found: Between) -> dict[str, tuple[str, str]]:
    return {one.rule: (one.before.called, one.after.called) for one in found.turned}


def test_each_side_is_what_a_reader_had_on_its_day(desk: Desk) -> None:
    found = findings_between(desk, "mali-2021", BEFORE, AFTER)
    sides = [
        {one.rule: one for one in desk.check("mali-2021", desk.moment(when, when)).findings} for when in (BEFORE, AFTER)
    ]
    for one in found.turned:
        assert (one.before, one.after) == (sides[0][one.rule], sides[1][one.rule])
    states = [{rule: one.called for rule, one in side.items()} for side in sides]
    assert {one.rule for one in found.flipped} == {rule for rule in states[0] if states[0][rule] != states[1][rule]}
    assert turned(found)["au.suspend"] == ("open", "fulfilled")
    assert found.findings == len(states[1])


def test_the_facts_responsible_became_known_in_between(desk: Desk) -> None:
    found = findings_between(desk, "mali-2021", BEFORE, AFTER)
    by_rule = {one.rule: one for one in found.turned}
    assert "mali-2021/au-suspension" in {one.fact.key for one in by_rule["au.suspend"].facts}
    for one in found.turned:
        assert bool(one.facts) == (one.cause != "time"), one.rule
        for change in one.facts:
            assert BEFORE < change.fact.known_at <= AFTER
            assert change.fact.key in {*one.before.facts, *one.after.facts}


def test_without_the_fact_the_finding_would_not_have_turned(desk: Desk) -> None:
    assert "au.suspended" in turned(findings_between(desk, "mali-2021", BEFORE, AFTER))
    desk.retract("mali-2021/au-suspension", "a test")
    assert "au.suspended" not in turned(findings_between(desk, "mali-2021", BEFORE, AFTER))


def test_what_time_alone_turned_turns_without_the_facts(desk: Desk) -> None:
    alone = {one.rule for one in findings_between(desk, "mali-2021", BEFORE, AFTER).turned if one.cause == "time"}
    assert alone
    for change in desk.changes(BEFORE, AFTER, "mali-2021"):
        desk.retract(change.fact.key, "a test")
    without = findings_between(desk, "mali-2021", BEFORE, AFTER)
    assert alone <= {one.rule for one in without.turned}
    assert {one.cause for one in without.turned} == {"time"}
    assert [one.facts for one in without.turned] == [()] * len(without.turned)


def test_as_of_one_day_only_knowledge_tells_apart(desk: Desk) -> None:
    source = {"s": {"title": "A later disclosure"}}
    fields = {"kind": "suspension", "actor": "oif", "when": "2021-05-24", "known": "2022-03-01", "text": "Suspended."}
    desk.record("mali-2021", "disclosed", fields | {"confidence": "high", "sources": ["s"]}, source)
    found = findings_between(desk, "mali-2021", day("2022-02-28"), day("2022-03-01"), COUP)
    assert (found.earlier.as_of, found.later.as_of) == (COUP, COUP)
    assert turned(found)["francophonie.suspended"][1] == "in_force"
    assert {one.cause for one in found.turned} == {"knowledge"}
    assert {change.fact.key for one in found.turned for change in one.facts} == {"mali-2021/disclosed"}


def test_no_side_is_asked_beyond_its_own_day(desk: Desk) -> None:
    for as_of in (None, AFTER, day("2090-01-01")):
        found = findings_between(desk, "mali-2021", BEFORE, AFTER, as_of)
        assert (found.earlier.as_of, found.later.as_of) == (BEFORE, AFTER)
    middle = findings_between(desk, "mali-2021", BEFORE, AFTER, day("2021-06-01"))
    assert (middle.earlier.as_of, middle.later.as_of) == (BEFORE, day("2021-06-01"))


def test_nothing_turns_on_one_day(desk: Desk) -> None:
    assert findings_between(desk, "mali-2021", AFTER, AFTER).turned == ()


def test_every_case_over_its_first_weeks(desk: Desk) -> None:
    """For what turned, time or a fact is named, in every case."""
    for case in desk.case_ids()[::15]:
        days = key_days(desk.snapshot(case, desk.moment()))
        if not days or days[0][0] + timedelta(days=14) > desk.today():
            continue
        found = findings_between(desk, case, days[0][0], days[0][0] + timedelta(days=14))
        assert [one.rule for one in found.turned if (one.cause == "time") == bool(one.facts)] == []
        assert len(found.flipped) + len(found.moved) == len(found.turned)
        assert len(found.loud) + len(found.still) == len(found.flipped)


def test_wrong_questions(desk: Desk) -> None:
    with pytest.raises(BadRecord, match="lies after"):
        findings_between(desk, "mali-2021", AFTER, BEFORE)
    with pytest.raises(NoAnswer, match="mali-2091"):
        findings_between(desk, "mali-2091", BEFORE, AFTER)
    with pytest.raises(BadRecord, match="lies after"):
        new_since(desk, "mali-2021", AFTER, desk.moment(BEFORE, BEFORE))


def test_changes_counted_by_case(desk: Desk) -> None:
    changes = desk.changes(BEFORE, AFTER)
    counted = tallies(changes)
    assert sum(one.all for one in counted) == len(changes)
    assert [one.all for one in counted] == sorted((one.all for one in counted), reverse=True)
    mali = next(one for one in counted if one.subject == "mali-2021")
    assert mali.new == len([one for one in changes if one.fact.subject == "mali-2021" and one.what == "new"])


def test_changes_chosen_by_sort_and_kind(desk: Desk) -> None:
    changes = desk.changes(BEFORE, AFTER)
    assert chosen(changes) == changes
    assert chosen(changes, ("withdrawn",)) == ()
    assert {one.fact.kind for one in chosen(changes, (), ("suspension",))} == {"suspension"}
    assert [row.one for row in rows(changes)] == list(changes)
    assert {SORTS[row.change - 1] for row in rows(changes)} == {one.what for one in changes}


def test_what_a_correction_changed(desk: Desk) -> None:
    known = day("2022-01-01")
    desk.correct("mali-2021/au-suspension", {"text": "Another.", "confidence": "low", "note": "later"}, "a test", known)
    change = next(
        one for one in desk.changes(day("2021-12-31"), known, "mali-2021") if one.fact.name == "au-suspension"
    )
    fields = {one.field: (one.before, one.after) for one in altered(change)}
    assert fields["text"][1] == "Another."
    assert fields["confidence"] == ("high", "low")
    assert fields["known"] == ("2021-06-01", "2022-01-01")
    assert set(fields) == {"text", "confidence", "known"}  # a note is written with hindsight
    assert altered(chosen(desk.changes(BEFORE, AFTER), ("new",))[0]) == ()


def test_what_is_new_to_a_reader(desk: Desk) -> None:
    moment = desk.moment(AFTER, AFTER)
    found = new_since(desk, "mali-2021", BEFORE, moment)
    changes = desk.changes(BEFORE, AFTER, "mali-2021")
    assert found.new == {one.fact.key for one in changes if one.what == "new"}
    assert found.mark("mali-2021/au-suspension") == "new"
    assert found.mark("mali-2021/seizure") == ""
    assert new_since(desk, "mali-2021", AFTER, moment).new == frozenset()


def test_corrected_and_withdrawn_are_told_apart(desk: Desk) -> None:
    known = day("2022-01-01")
    desk.correct("mali-2021/au-suspension", {"text": "Another."}, "a test", known)
    desk.retract("mali-2021/ecowas-suspension", "a test", known)
    found = new_since(desk, "mali-2021", day("2021-12-31"), desk.moment(known, known))
    assert found.mark("mali-2021/au-suspension") == "corrected"
    assert [fact.key for fact in found.withdrawn] == ["mali-2021/ecowas-suspension"]
    assert found.mark("mali-2021/ecowas-suspension") == ""


def test_what_a_reader_may_not_see_is_not_new(desk: Desk) -> None:
    fields = {"kind": "statement", "actor": "ecowas", "when": "2021-06-02", "verb": "condemn", "text": "In confidence."}
    given = fields | {"marking": "confidential", "confidence": "high", "sources": ["s"]}
    desk.record("mali-2021", "secret", given, {"s": {"title": "A cable"}})
    moment = desk.moment(AFTER, AFTER)
    assert "mali-2021/secret" not in new_since(desk, "mali-2021", BEFORE, moment).new
    desk.clearance = Marking.CONFIDENTIAL
    assert "mali-2021/secret" in new_since(desk, "mali-2021", BEFORE, moment).new


def test_as_json(desk: Desk) -> None:
    found = findings_between(desk, "mali-2021", BEFORE, AFTER)
    record = between_record(found)
    assert record["before"] == {"as_of": "2021-05-25", "known_at": "2021-05-25"}
    assert [one["rule"] for one in record["turned"]] == [one.rule for one in found.turned]
    assert {one["cause"] for one in record["turned"]} <= {"knowledge", "time", "both"}


def test_an_empty_record(empty_desk: Desk) -> None:
    assert tallies(empty_desk.changes(date(2000, 1, 1), date(2026, 1, 1))) == ()
    with pytest.raises(NoAnswer):
        new_since(empty_desk, "mali-2021", BEFORE, empty_desk.moment())
