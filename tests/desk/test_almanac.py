"""The first page: what became known lately, what was mended, what lies ahead; all of it at the moment asked about."""

import time
from datetime import date, timedelta

import pytest

from goodoffices.briefs.ahead import next_dates
from goodoffices.core.days import read_day
from goodoffices.core.errors import BadRecord
from goodoffices.core.markings import Marking
from goodoffices.desk.almanac import LATELY, MENDED, almanac, almanac_record, read_within
from goodoffices.desk.desk import Desk
from goodoffices.desk.views import Moment
from record import day

TODAY = date(2026, 11, 21)
JUNE = "2021-06-15"
COMMON = {"actor": "authorities", "confidence": "high", "sources": ["s"]}
SOURCE = {"s": {"title": "A gazette"}}


def moment(as_of: str = "", known_at: str = "") -> Moment:
    return Moment(day(as_of) if as_of else TODAY, day(known_at) if known_at else TODAY, TODAY)


def promise(desk: Desk, name: str, until: str, known: str = "2026-11-01", when: str = "2026-10-30") -> None:
    fields = {"kind": "promise", "when": when, "known": known, "until": until, "subject_matter": f"a vote ({name})"}
    desk.record("mali-2021", name, fields | COMMON | {"text": f"A vote is promised: {name}."}, SOURCE)


def what(desk: Desk, at: Moment) -> dict[str, date]:
    return {one.what[0]: one.day for one in almanac(desk, at).ahead}


@pytest.mark.parametrize(("as_of", "known_at"), [("", ""), (JUNE, JUNE), (JUNE, ""), ("2013-04-01", "2013-04-01")])
def test_ahead_is_what_lies_ahead_in_each_case(desk: Desk, as_of: str, known_at: str) -> None:
    """Against the reference: every rule asked in every case, as the page of a case does."""
    at = moment(as_of, known_at)
    found = almanac(desk, at)
    cases = [line.row.id for line in found.listed.lines]
    expected: set[tuple[date, str]] = set()
    superseded = 0
    newest: dict[str, date] = {}
    facts = {}
    for case in cases:
        snapshot = desk.snapshot(case, at)
        facts |= {fact.key: fact for fact in snapshot.facts}
        for fact in snapshot.of_kind("mandate"):
            if fact.span.begins.latest <= at.as_of and not fact.competes_with:
                mission = fact.get("mission")
                newest[mission] = max(fact.span.begins.shown, newest.get(mission, date.min))
    for case in cases:
        checked = desk.check(case, at)
        for one in next_dates(checked.snapshot, checked.findings):
            fact = facts.get(one.facts[0]) if len(one.facts) == 1 else None
            if fact is not None and fact.kind == "mandate" and fact.span.begins.shown < newest[fact.get("mission")]:
                superseded += 1
            else:
                expected.add((one.day, case))
    assert {(one.day, behind.case) for one in found.ahead for behind in one.cases} == expected
    assert [one.day for one in found.ahead] == sorted(one.day for one in found.ahead)
    assert all(one.day > at.as_of for one in found.ahead)
    assert all(behind.facts for one in found.ahead for behind in one.cases)
    for one in found.ahead:
        for behind in one.cases:
            assert all(desk.fact(key, at).known_at <= at.known_at for key in behind.facts)


def test_what_several_cases_tell_of_is_told_once(desk: Desk) -> None:
    mandates = [one for one in almanac(desk, moment(JUNE, JUNE)).ahead if "MINUSMA" in one.what[0]]
    assert [(one.day, [behind.case for behind in one.cases]) for one in mandates] == [
        (day("2021-06-30"), ["mali-2020", "mali-2021"])
    ]
    assert mandates[0].what[1] == "fin du mandat de la MINUSMA"


def test_a_promise_lies_ahead_from_the_day_it_was_known_to_the_day_it_names(desk: Desk) -> None:
    promise(desk, "near", "2026-12-24")
    promise(desk, "coarse", "2027-02")
    promise(desk, "past", "2026-11-21")
    promise(desk, "unheard", "2027-01-01", known="2026-11-22")
    found = what(desk, moment())
    assert found["promised: a vote (near)"] == day("2026-12-24")
    assert found["promised: a vote (coarse)"] == read_day("2027-02").latest
    assert not {one for one in found if "past" in one or "unheard" in one}
    assert "promised: a vote (near)" not in what(desk, moment("2026-10-29"))
    assert "promised: a vote (near)" not in what(desk, moment("", "2026-10-31"))
    assert "promised: a vote (near)" in what(desk, moment("", "2026-11-01"))
    assert "promised: a vote (unheard)" in what(desk, Moment(TODAY, day("2026-11-22"), day("2026-11-22")))


def test_the_days_asked_for_are_counted_from_the_day_looked_at(desk: Desk) -> None:
    for days in (1, 89, 90, 91):
        promise(desk, f"after-{days}", (TODAY + timedelta(days)).isoformat())
    found = almanac(desk, moment())
    within = {one.what[0] for one in found.within(90, moment()) if "after" in one.what[0]}
    assert within == {f"promised: a vote (after-{days})" for days in (1, 89, 90)}
    assert found.within(None, moment()) == found.ahead
    assert {one.day for one in found.within(36_500, moment())} == {one.day for one in found.ahead}


@pytest.mark.parametrize("text", ["0", "-1", "90.0", "soon", "٩٠", "36501", "9" * 40, "1e3", "90 days", "<b>"])
def test_a_number_of_days_is_read_strictly(text: str) -> None:
    with pytest.raises(BadRecord, match="within"):
        read_within(text)


def test_a_number_of_days_may_be_left_open() -> None:
    assert (read_within(""), read_within(" 90 "), read_within("36500")) == (None, 90, 36_500)


@pytest.mark.parametrize("known_at", [JUNE, "2013-01-15", "2009-08-10"])
def test_lately_is_what_became_known_in_six_weeks(desk: Desk, known_at: str) -> None:
    at = moment(known_at, known_at)
    found = almanac(desk, at)
    since = day(known_at) - timedelta(LATELY)
    listed = {line.row.id for line in found.listed.lines}
    expected = {
        fact.key
        for fact in desk.everything(at).facts
        if since < fact.known_at <= at.known_at
        and fact.kind not in ("case", "state", "code", "mission", "operation", "body", "gap", "no_product")
        and (":" in fact.subject or fact.subject in listed)
        and (fact.span.begins.precision == "unknown" or fact.span.begins.earliest <= at.as_of)
    }
    assert expected
    assert not found.quiet
    assert {one.fact.key for one in found.lately if one.what == "new"} == expected
    days = [one.day for one in found.lately]
    assert days == sorted(days, reverse=True)


def test_where_nothing_became_known_lately_the_newest_facts_stand_in(desk: Desk) -> None:
    found = almanac(desk, moment())
    newest = max(one.known_at for one in desk.everything(moment()).facts)
    assert (TODAY - newest).days > LATELY, "the casebook has news: look at another day here"
    assert found.quiet
    assert 0 < len(found.lately) <= 8
    assert all(one.known for one in found.lately)
    promise(desk, "fresh", "2027-01-01", known="2026-11-20")
    again = almanac(desk, moment())
    assert not again.quiet
    assert [one.fact.name for one in again.lately] == ["fresh"]


def test_a_correction_is_news_from_the_day_it_counts(desk: Desk) -> None:
    desk.correct("mali-2021/au-suspension", {"text": "Another account."}, "a reason", day("2026-11-10"))
    found = almanac(desk, moment())
    news = next(one for one in found.lately if one.fact.key == "mali-2021/au-suspension")
    assert (news.what, news.fact.text, news.known) == ("corrected", "Another account.", True)
    assert news.before is not None
    assert news.before.text != "Another account."
    assert found.mended[0].fact.text == "Another account."
    before = almanac(desk, moment("", "2026-11-09"))
    assert "Another account." not in str(almanac_record(before, moment("", "2026-11-09")))


def test_a_correction_of_the_record_is_told_as_the_newest_first(desk: Desk) -> None:
    keys = [f"mali-2021/{name}" for name in ("au-suspension", "seizure")]
    for number, key in enumerate(keys):
        desk.correct(key, {"note": f"again {number}"}, f"reason {number}")
    desk.retract("mali-2012/seizure", "a doublet")
    found = almanac(desk, moment()).mended
    assert [(one.what, one.fact.key, one.reason) for one in found[:3]] == [
        ("withdrawn", "mali-2012/seizure", "a doublet"),
        ("corrected", keys[1], "reason 1"),
        ("corrected", keys[0], "reason 0"),
    ]
    assert [one.known for one in found[:3]] == [False, True, True]
    assert len(found) <= MENDED
    record = almanac_record(almanac(desk, moment()), moment())
    assert record["mended"][0]["reason"] == "a doublet"
    early = almanac_record(almanac(desk, moment("", JUNE)), moment("", JUNE))
    assert all(one["reason"] == "" for one in early["mended"])


def test_what_a_reader_may_not_see_is_not_told_as_mended(desk: Desk) -> None:
    desk.correct("mali-2021/au-suspension", {"marking": "confidential", "text": "A secret."}, "for few eyes")
    assert [entry for entry in desk.mended(["mali-2021"]) if entry.fact.name == "au-suspension"] == []
    assert "A secret." not in str(almanac_record(almanac(desk, moment()), moment()))
    assert "au-suspension" not in str(almanac_record(almanac(desk, moment()), moment()))
    desk.clearance = Marking.CONFIDENTIAL
    assert desk.mended(["mali-2021"])[0].fact.text == "A secret."
    assert almanac(desk, moment()).mended[0].fact.text == "A secret."


def test_as_of_2010_nothing_later_counts(desk: Desk) -> None:
    at = moment("2010-01-01")
    found = almanac(desk, at)
    assert found.listed.later > 0
    for one in (*found.lately, *found.mended):
        begins = one.fact.span.begins
        assert begins.precision == "unknown" or begins.earliest <= at.as_of
        assert ":" in one.fact.subject or one.fact.subject in {line.row.id for line in found.listed.lines}
    assert all(line.row.day[:4] < "2010" for line in found.newest)
    assert found.facts < almanac(desk, moment()).facts


def test_the_number_of_facts_is_that_of_the_table(desk: Desk) -> None:
    found = almanac(desk, moment())
    begun = sum(line.row.facts for line in found.listed.lines)
    to_come = sum(
        fact.span.begins.earliest > TODAY and fact.span.begins.precision != "unknown"
        for line in found.listed.lines
        for fact in desk.case(line.row.id, moment()).facts
    )
    assert found.facts == begun - to_come


def test_an_empty_record(empty_desk: Desk) -> None:
    found = almanac(empty_desk, moment())
    assert (found.lately, found.mended, found.ahead, found.newest, found.facts) == ((), (), (), (), 0)
    assert almanac_record(found, moment())["cases"] == 0


@pytest.mark.parametrize("known_at", ["0001-01-01", "1900-01-01", "2199-12-31"])
def test_the_ends_of_the_calendar(desk: Desk, known_at: str) -> None:
    assert almanac(desk, moment("", known_at)).since <= day(known_at)


def test_it_is_worked_out_once(desk: Desk) -> None:
    at = moment("2014-03-03")
    started = time.process_time()
    first = almanac(desk, at)
    long = time.process_time() - started
    started = time.process_time()
    assert almanac(desk, at) == first
    assert time.process_time() - started < long / 10
