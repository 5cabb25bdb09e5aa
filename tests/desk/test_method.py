"""Method and limits: figures counted again, another way; nothing later than the day of knowledge."""

import csv
import importlib.metadata
from collections import Counter
from pathlib import Path

import pytest

from goodoffices.casebook.coverage import FIELDS
from goodoffices.claims.verdicts import TOLERANCES, ClaimVerdict, Expect, judge
from goodoffices.core.errors import Broken
from goodoffices.core.kinds import OWN_KINDS
from goodoffices.desk.auditing import FOLDERS, VERDICTS, audited, sheets
from goodoffices.desk.desk import Desk
from goodoffices.desk.method import method, method_record, method_rows, words_read
from goodoffices.desk.unknowns import limits, limits_record, limits_rows
from goodoffices.norms.rules import Member, Party, all_conditions
from record import day


def test_figures_of_facts_and_rules(desk: Desk) -> None:
    found = method(desk, desk.moment())
    facts = [fact for fact in desk.everything(desk.moment()).facts if fact.kind not in OWN_KINDS]
    assert found.facts.facts == len(facts) == sum(count for _, count in found.facts.confidence)
    assert found.facts.cases == len(desk.case_ids())
    assert found.facts.assumed + sum(not fact.known_assumed for fact in facts) == len(facts)
    books = desk.rules()
    assert found.rules.rules == sum(len(book.rules) for book in books) == sum(count for _, count in found.rules.kinds)
    told = {(book.id, one.words): one.verified for book in books for rule in book.rules for one in rule.references}
    assert (found.rules.references, found.rules.verified) == (len(told), sum(told.values()))
    assert sum(count for _, count in found.claims) == len(desk.claims(desk.moment()))
    assert found.licence == importlib.metadata.metadata("goodoffices")["License-Expression"]


def test_words_are_read_as_claims_are_judged() -> None:
    assert [one.word for one in words_read()] == list(TOLERANCES)
    for one in words_read():
        expect = Expect(one.word, 1000)
        for share, leaves_out in ((one.holds_from, one.open_low), (one.holds_to, one.open_high)):
            if share is not None:
                verdict = judge(expect, [share * 1000])
                assert (verdict is ClaimVerdict.HOLDS) is not leaves_out, (one.word, share)
        if one.holds_from is not None and one.holds_to is not None:
            middle = (one.holds_from + one.holds_to) * 500
            assert judge(expect, [middle]) is ClaimVerdict.HOLDS
        if one.borderline_to is not None:
            assert judge(expect, [one.borderline_to * 1000 + 1]) is ClaimVerdict.FAILS


def test_the_audit_is_told_from_its_own_sheet(desk: Desk) -> None:
    path = next(iter(sorted(FOLDERS[1].glob("*.csv"))))
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    told = next(one for one in method(desk, desk.moment()).audits if one.month == path.stem)
    assert told.drawn == len(rows)
    for one in told.strata:
        mine = Counter(row["verdict"] for row in rows if row["confidence"] == one.confidence)
        assert dict(one.found) == dict(mine)
        assert one.low <= one.rate <= one.high
    assert told.low <= told.rate <= told.high


def test_an_audit_is_not_known_before_its_month(desk: Desk) -> None:
    month = sorted(sheets())[0]
    before = day(f"{month}-01").toordinal() - 1
    known = type(desk.today()).fromordinal(before)
    assert method(desk, desk.moment(known, known)).audits == ()


def test_sheets_without_verdicts_and_no_sheets(tmp_path: Path) -> None:
    assert sheets([tmp_path / "none"]) == {}
    assert sheets([tmp_path]) == {}
    (tmp_path / "2026-12.csv").write_text("key,confidence,verdict\na,high,perhaps\n", encoding="utf-8")
    with pytest.raises(Broken, match="2026-12"):
        sheets([tmp_path / "none", tmp_path])


def test_an_audit_of_nothing() -> None:
    told = audited("2026-12", [], [])
    assert (told.drawn, told.facts, told.rate) == (0, 0, 0.0)
    assert all(one.rate == 0.0 and (one.low, one.high) == (0.0, 1.0) for one in told.strata)
    assert set(VERDICTS) == {"right", "wrong", "unsupported", "not_found"}


def test_the_example_is_a_fact_of_the_day(desk: Desk) -> None:
    for known in ("2026-11-21", "2012-06-01", "2000-02-01"):
        moment = desk.moment(day(known), day(known))
        example = method(desk, moment).example
        assert example
        assert desk.fact(example.key, moment) == example


def test_rows_say_what_the_record_says(desk: Desk) -> None:
    found = method(desk, desk.moment())
    rows = {row["figure"]: row["value"] for row in method_rows(found)}
    record = method_record(found)
    assert rows["facts.facts"] == record["facts"]["facts"]
    assert rows["claims.holds"] == record["claims"]["holds"]
    assert rows["edition.version"] in rows["edition.citation"]


# ---------------------------------------------------------------- limits


def test_gaps_and_blanks_by_case(desk: Desk) -> None:
    found = limits(desk, desk.moment())
    everything = desk.everything(desk.moment())
    told = {fact.key for fact in everything.facts if fact.kind == "gap"}
    assert {fact.key for one in found.cases for fact in one.gaps} == told
    assert found.gaps == len(told)
    assert {one.case for one in found.cases} == set(desk.case_ids())
    for one in found.cases:
        assert one.open == len(one.blank) == one.asked - one.answered
    blanks = [one.open for one in found.cases]
    assert blanks == sorted(blanks, reverse=True)
    assert {one.name for one in found.fields} == {field.name for field in FIELDS}
    assert sum(one.asked - one.answered for one in found.fields) == sum(blanks)
    assert all(one.asks_fr != one.asks for one in found.fields)


def test_references_memberships_and_treaties(desk: Desk) -> None:
    found = limits(desk, desk.moment())
    for one in found.books:
        words = {part.words for rule in one.book.rules for part in rule.references if not part.verified}
        assert set(one.unverified) == words
        assert one.verified + len(words) == one.references
    conditions = [one for book in desk.rules() for rule in book.rules for one in all_conditions(rule)]
    assert {one.organisation for one in conditions if isinstance(one, Member)} <= {one.body for one in found.bodies}
    assert {one.instrument for one in conditions if isinstance(one, Party)} == {
        one.instrument for one in found.treaties
    }
    by_body = Counter(
        fact.get("organisation")
        for fact in desk.everything(desk.moment()).facts
        if fact.kind == "membership" and fact.get("step") == "joined"
    )
    for body in found.bodies:
        assert body.missing == (by_body[body.body] == 0)


def test_a_ratification_on_record_is_no_longer_unknown(desk: Desk) -> None:
    charter = next(one for one in limits(desk, desk.moment()).treaties if "charter" in one.instrument)
    for fact in desk.everything(desk.moment()).facts:
        if fact.kind == "treaty_action" and fact.get("instrument") == charter.instrument:
            names = desk.state(fact.subject.partition(":")[2], desk.moment()).of_kind("state")
            assert names[0].get("country") not in {english for english, _ in charter.unknown}
    early = desk.moment(day("2008-01-01"), day("2008-01-01"))
    before = next(one for one in limits(desk, early).treaties if "charter" in one.instrument)
    assert before.known == 0


def test_an_early_day_knows_neither_later_cases_nor_until_when_was_searched(desk: Desk) -> None:
    early = limits(desk, desk.moment(day("2012-01-01"), day("2012-01-01")))
    assert early.cases
    assert not [one.case for one in early.cases if one.case > "z" or "2021" in one.case]
    assert {one.searched_until for one in early.cases} == {""}
    assert {one.searched_until for one in limits(desk, desk.moment()).cases} != {""}


def test_a_record_of_nothing(empty_desk: Desk) -> None:
    found = limits(empty_desk, empty_desk.moment())
    assert (found.cases, found.gaps, found.weak.facts) == ((), 0, 0)
    assert all(one.missing for one in found.bodies)
    assert all(one.known == 0 and not one.unknown for one in found.treaties)
    told = method(empty_desk, empty_desk.moment())
    assert (told.facts.facts, told.example) == (0, None)
    assert method_rows(told)


def test_rows_of_limits_are_what_the_json_counts(desk: Desk) -> None:
    found = limits(desk, desk.moment())
    rows = Counter(row["sort"] for row in limits_rows(found))
    record = limits_record(found)
    assert rows["gap"] == record["gaps"]
    assert rows["unverified"] == record["references"]["unverified"]
    assert rows["blank"] == sum(len(one["blank"]) for one in record["cases"])
    assert rows["ratification"] == sum(len(one["unknown"]) for one in record["treaties"])
