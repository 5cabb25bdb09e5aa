"""What a claim looked at: every case is accounted for once, and each reason is true."""

from __future__ import annotations

from datetime import date

import pytest

from claims.making import REPORT, case, fact, record
from goodoffices.claims.asking import Out
from goodoffices.claims.compute import compute
from goodoffices.claims.considered import ANOTHER, considered, fields_read
from goodoffices.claims.file import Claim, Report
from goodoffices.claims.verdicts import Expect

OURS = Report(REPORT, date(2025, 3, 31), ())
MADE = record(
    *case("alpha-2021", "Alpha", "ALP", "2021-02-01"),
    *case("beta-2021", "Beta", "BET", "2021-03-01", "armed_takeover"),
    *case("gamma-2022", "Gamma", "GAM", "2022-01-05", outcome="failed"),
    *case("delta-2015", "Delta", "DEL", "2015-01-05"),
    *case("omega-2022", "Omega", "OME", "2022-06-05"),
    fact("alpha-2021/first", "statement", "2021-02-02", "au-psc", verb="condemn"),
    fact("alpha-2021/second", "statement", "2021-02-03", "au-psc", verb="condemn"),
    fact("alpha-2021/other", "statement", "2021-02-03", "ecowas", verb="condemn"),
    fact("alpha-2021/mild", "statement", "2021-02-04", "au", verb="concern"),
    fact("alpha-2021/late", "statement", "2025-02-04", "au", verb="condemn"),
    fact("alpha-2021/matter", "statement", "2021-02-05", "au", verb="condemn", subject_matter="drought"),
)
GIVEN = {"kind": "statement", "actor": "au", "where": {"verb": "condemn"}, "plain": "true",
         "category": "military_coup", "since": "2020-01-01", "until": "2023-12-31"}  # fmt: skip


def claim(query: str, given: dict[str, object], *names: str) -> Claim:
    return Claim("T1", "x", "y", query, given, Expect("same", frozenset(names)))


def test_each_case_is_tried_or_left_out_with_the_question_it_fails() -> None:
    result = compute(claim("cases_with", GIVEN, "Alpha"), OURS, MADE)
    looked = considered(result, MADE)
    assert [(one.case.id, one.answers) for one in looked.cases] == [("alpha-2021", True), ("omega-2022", False)]
    assert {one.case.id: one.why for one in looked.cases_out} == {
        "beta-2021": Out("category", "armed_takeover"),
        "gamma-2022": Out("outcome", "failed"),
        "delta-2015": Out("period", "2015-01-05"),
    }
    assert len(looked.cases) + len(looked.cases_out) == len(MADE.cases)


def test_each_fact_of_the_kind_counts_or_says_why_not() -> None:
    looked = considered(compute(claim("cases_with", GIVEN, "Alpha"), OURS, MADE), MADE)
    assert [fact.key for one in looked.cases for fact in one.facts] == ["alpha-2021/first"]
    assert {one.fact.key: one.why for one in looked.facts_out if one.fact} == {
        "alpha-2021/second": Out(ANOTHER),
        "alpha-2021/other": Out("actor", "ecowas"),
        "alpha-2021/mild": Out("verb", "concern"),
        "alpha-2021/late": Out("until", "2025-02-04"),
        "alpha-2021/matter": Out("plain", "drought"),
    }


def test_cases_that_the_claim_names_leave_no_others_out() -> None:
    given = {name: GIVEN[name] for name in ("kind", "actor")} | {"cases": ["alpha-2021"]}
    looked = considered(compute(claim("cases_with", given, "Alpha"), OURS, MADE), MADE)
    assert [one.case.id for one in looked.cases] == ["alpha-2021"]
    assert looked.cases_out == ()


def test_a_claim_about_single_facts_has_these_and_no_cases() -> None:
    given = {"first": "alpha-2021/seizure", "last": "alpha-2021/first"}
    result = compute(Claim("T2", "x", "y", "time_between", given, Expect("equals", 1.0, "day")), OURS, MADE)
    looked = considered(result, MADE)
    assert [one.key for one in looked.facts] == list(result.fact_keys)
    assert (looked.cases, looked.cases_out, looked.facts_out) == ((), (), ())


def test_an_earlier_period_that_is_compared_is_not_left_out() -> None:
    given = {"since": "2020-01-01", "until": "2023-12-31", "before_since": "2014-01-01", "before_until": "2016-12-31"}
    more = Claim("T3", "x", "y", "more_cases_than_before", given, Expect("yes", True))
    looked = considered(compute(more, OURS, MADE), MADE)
    assert "delta-2015" in [one.case.id for one in looked.cases]
    assert [one.case.id for one in looked.cases_out] == ["gamma-2022"]


@pytest.mark.parametrize(("query", "given", "read"), [
    ("number_of", {"fact": "x/y", "field": "amount"}, ("amount",)),
    ("cases_with", GIVEN, ("verb",)),
    ("values_of", {"facts": ["x/y"], "field": "actor"}, ()),
    ("missions_with_fate", {}, ("mission", "task", "fate")),
])  # fmt: skip
def test_the_fields_on_which_a_claim_turns(query: str, given: dict[str, object], read: tuple[str, ...]) -> None:
    assert fields_read(claim(query, given)) == read
