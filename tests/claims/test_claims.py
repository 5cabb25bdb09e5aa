"""The report's claims over the casebook: none left out, none decided by hand, each flipped by its facts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from claims.making import ALPHA, ALPHA_AGAIN, PAGE, REPORT, fact, record
from cli.conftest import Command, bare, command, refused
from goodoffices.casebook.files import read_casebook
from goodoffices.claims.compute import compute, stands_alone, totals
from goodoffices.claims.file import REPORT as FILE
from goodoffices.claims.file import Claim, Report, read_claims
from goodoffices.claims.queries import QUERIES
from goodoffices.claims.record import Record
from goodoffices.claims.verdicts import ClaimVerdict, Expect
from goodoffices.core.days import read_span
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.desk.desk import Desk
from record import casebook_ledger, desk, ledger_file

__all__ = ["bare", "casebook_ledger", "command", "desk", "ledger_file"]
OURS = Report(REPORT, date(2025, 3, 31), ("general-knowledge",))
KEYS = {"id", "text", "locator", "computed_by", "expected", "found", "verdict", "independent", "facts"}
GAP = Claim(
    "T1", "x", "y", "time_between", {"first": "alpha-2020/seizure", "last": "alpha-2021/seizure"},
    Expect("equals", 9.0, "month"),
)  # fmt: skip


def test_all_claims_are_there_once() -> None:
    ids = [claim.id for claim in read_claims().claims]
    assert len(ids) == len(set(ids))
    assert [one for one in ids if one.startswith("SC")] == [f"SC{number:03}" for number in range(1, 107)]
    assert [one for one in ids if one.startswith("SX")] == [f"SX{number:02}" for number in range(1, 9)]


def test_every_query_computes_a_claim() -> None:
    assert {claim.query for claim in read_claims().claims} == set(QUERIES)


def test_no_verdict_is_typed_in() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert not re.search(r"\b(verdict|holds|fails|borderline|independent)\s*:", text)
    assert not re.search(r"\b(holds|fails|borderline)\b", text)


def test_the_casebook_decides_most_and_names_what_it_lacks(desk: Desk) -> None:
    results = {result.claim.id: result for result in desk.claims(desk.moment())}
    assert len(results) == 114
    known = [one for name, one in results.items() if name.startswith("SC") and one.verdict is not ClaimVerdict.UNKNOWN]
    assert len(known) >= 95
    for one in results.values():
        assert (one.verdict is ClaimVerdict.UNKNOWN) == bool(one.found.missing), one.claim.id
    assert {results[name].verdict for name in ("SC080", "SC081", "SC090", "SC043", "SC014")} == {ClaimVerdict.FAILS}
    assert results["SC040"].verdict is ClaimVerdict.BORDERLINE
    assert results["SC011"].verdict is ClaimVerdict.BORDERLINE
    assert str(results["SC080"].found_value).startswith("13 months")
    assert str(results["SC081"].found_value).startswith("19 months")
    assert results["SC045"].found_value == ["Chad"]
    assert len(results["SC047"].found_value or ()) == 6  # type: ignore[arg-type]
    counted = totals(results.values())
    assert counted.all["total"] == 114
    assert 0 < counted.independent["total"] < 114
    assert sum(counted.all[verdict.value] for verdict in ClaimVerdict) == 114


@pytest.mark.parametrize("claim", ["SC001", "SC045", "SC080"])
def test_before_the_facts_were_known_nothing_is_decided(desk: Desk, claim: str) -> None:
    (then,) = desk.claims(desk.moment(date(2020, 1, 1), date(2020, 1, 1)), claim)
    assert then.verdict is ClaimVerdict.UNKNOWN
    assert then.found.missing


def test_a_claim_flips_when_a_fact_of_the_casebook_changes() -> None:
    file = read_claims()
    claim = next(one for one in file.claims if one.id == "SC080")
    facts = read_casebook().facts
    moved = [
        replace(one, span=read_span("2022-11-20")) if one.key == "mali-2021/review-requested" else one for one in facts
    ]
    today = date(2026, 11, 21)
    before = compute(claim, file.report, Record(tuple(facts), today, today))
    after = compute(claim, file.report, Record(tuple(moved), today, today))
    assert (before.verdict, after.verdict) == (ClaimVerdict.FAILS, ClaimVerdict.HOLDS)
    assert (before.off_by, after.off_by) == ("4.8 months less", "")


def test_a_result_says_what_it_rests_on() -> None:
    result = compute(GAP, OURS, record(*ALPHA, *ALPHA_AGAIN))
    assert result.verdict is ClaimVerdict.HOLDS
    assert result.fact_keys == ("alpha-2020/seizure", "alpha-2021/seizure")
    assert result.found_value == "9 months and 6 days"
    assert result.computed_by == "time between (first alpha-2020/seizure; last alpha-2021/seizure)"
    assert compute(GAP, OURS, record(*ALPHA)).found.missing == ("the fact alpha-2021/seizure",)


def test_independence_is_computed_from_sources() -> None:
    ours = fact("a-2020/x", "statement", "2020-01-01", sources=(PAGE, REPORT))
    assert stands_alone(ours, OURS)
    assert not stands_alone(replace(ours, citations=ours.citations[1:]), OURS)
    assert not stands_alone(fact("a-2020/x", "statement", "2020-01-01", sources=("general-knowledge",)), OURS)
    disclosed = fact("a-2020/x", "statement", "2020-01-01", sources=(PAGE, REPORT), known="2025-03-31")
    assert not stands_alone(disclosed, OURS)
    assert compute(GAP, OURS, record(*ALPHA, *ALPHA_AGAIN)).independent
    told = [replace(one, citations=disclosed.citations[1:]) for one in ALPHA_AGAIN]
    assert not compute(GAP, OURS, record(*ALPHA, *told)).independent


def test_a_broken_file_is_refused_with_every_mistake(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(
        "report: {source: r, published: 2025-03-31, no_page: []}\n"
        "claims:\n"
        "  A: {text: t, locator: l, query: guess, expect: {equals: 1}}\n"
        "  B: {text: t, locator: l, query: count_cases, expect: {roughly: 1}}\n"
        "  C: {text: t, locator: l, query: count_cases, with: {colour: red}, expect: {equals: 1}, verdict: holds}\n"
        "  D: {text: t, query: length_of, expect: {yes: perhaps}}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadRecord) as fault:
        read_claims(path)
    said = str(fault.value)
    for word in ("'guess'", "known forms", "'verdict'", "takes no colour", "has no locator", "needs fact", "line 3"):
        assert word in said


# ---------------------------------------------------------------- the command


def test_the_command_gives_json(command: Command) -> None:
    said = command("claims", "--json")
    assert said.code == 0
    assert len(said.json) == 114
    assert all(set(one) >= KEYS for one in said.json)
    assert {one["verdict"] for one in said.json} == {verdict.value for verdict in ClaimVerdict}


def test_one_claim_shows_its_working(command: Command) -> None:
    said = command("claims", "sc080")
    assert said.code == 0
    for word in ("SC080", "13 months and 5 days", "18 months", "fails", "mali-2021/review-requested", "facts used"):
        assert word in said.out
    (one,) = command("claims", "SC080", "--json").json
    assert one["found"] == "13 months and 5 days"
    assert one["competing"] == ["mali-2021/review-requested-per-report"]


def test_the_table_gives_both_totals(command: Command) -> None:
    lines = command("claims").out.splitlines()
    assert lines[-2].startswith("all: ") and lines[-2].endswith("114 total")
    assert lines[-1].startswith("independent: ")


def test_the_command_obeys_the_clocks(command: Command) -> None:
    (one,) = command("claims", "SC080", "--as-then-known", "2021-06-01", "--json").json
    assert (one["verdict"], one["found"]) == ("unknown", None)


def test_an_unknown_claim_is_refused_with_the_nearest(command: Command) -> None:
    refused(command("claims", "SC999"), "SC999", "Nearest", "SC099")
    refused(command("claims", "zzzz"), "goodoffices claims")


def test_the_desk_refuses_it_too(desk: Desk) -> None:
    with pytest.raises(NoAnswer):
        desk.claims(desk.moment(), "nothing")
