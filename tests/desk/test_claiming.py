"""Claims for a reader: rows, totals, the furthest off, and how a verdict came about; against the desk's own results."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goodoffices.claims.compute import totals
from goodoffices.claims.file import read_claims
from goodoffices.claims.verdicts import ClaimVerdict
from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.desk.claiming import (
    ClaimView,
    beside,
    by_question,
    chosen,
    claim_rows,
    claim_view,
    claim_view_record,
    counted,
    furthest,
    gauge_of,
    names_in,
    working_table,
)
from goodoffices.desk.desk import Desk


def test_rows_are_the_claims_with_their_results(desk: Desk) -> None:
    moment = desk.moment()
    rows = claim_rows(desk, moment)
    assert [row.id for row in rows] == [claim.id for claim in read_claims().claims]
    assert [row.result for row in rows] == list(desk.claims(moment))
    assert sum(row.slip for row in rows) == 8
    assert counted(rows) == totals(desk.claims(moment))
    for row in rows:
        missed = row.result.verdict in (ClaimVerdict.FAILS, ClaimVerdict.BORDERLINE)
        assert missed or (row.days, row.share) == (None, None), row.id


def test_the_furthest_off_is_the_one_that_misses_by_most(desk: Desk) -> None:
    rows = claim_rows(desk, desk.moment())
    days, share = furthest(rows)
    assert days is not None
    assert share is not None
    failing = [row for row in rows if row.result.verdict is ClaimVerdict.FAILS]
    assert all((row.days or 0) <= (days.days or 0) for row in failing)
    assert all((row.share or 0) <= (share.share or 0) for row in failing)
    # From the dates themselves: the months the report says, and those there were.
    facts = {fact.key: fact for fact in days.result.found.facts}
    first, last = (facts[str(days.result.claim.given[name])].span.begins.shown for name in ("first", "last"))
    said = float(days.result.claim.expect.figure) * 365.2425 / 12  # type: ignore[arg-type]
    assert abs((last - first).days - said) == pytest.approx(days.days or 0, abs=3)
    assert furthest([row for row in rows if row.result.verdict is ClaimVerdict.HOLDS]) == (None, None)


def test_choosing(desk: Desk) -> None:
    rows = claim_rows(desk, desk.moment())
    assert chosen(rows, "", "") == rows
    failing = chosen(rows, "fails", "")
    assert {row.result.verdict for row in failing} == {ClaimVerdict.FAILS}
    regional = chosen(rows, "fails", "regional")
    assert 0 < len(regional) < len(failing)
    assert {row.topic for row in regional} == {"regional"}
    with pytest.raises(BadRecord, match=r"verdict 'guilty'.*\n.*topic 'x'"):
        chosen(rows, "guilty", "x")


@pytest.mark.parametrize("claim", ["SC014", "SC033", "SC045", "SC080", "SC095"])
def test_the_steps_of_a_verdict_are_those_of_the_days_themselves(desk: Desk, claim: str) -> None:
    now = desk.moment()
    steps = claim_view(desk, now, claim).steps
    assert steps
    assert steps[0].day is None
    assert steps[-1].result.verdict is claim_view(desk, now, claim).row.result.verdict
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        days = [] if step.day is None else [step.day]
        if following is not None and following.day is not None:
            days.append(following.day - timedelta(days=1))
        for day in days:
            (then,) = desk.claims(desk.moment(now.as_of, day), claim)
            assert then.verdict is step.result.verdict, (claim, day)


def test_no_step_lies_after_the_day_of_knowledge(desk: Desk) -> None:
    for claim in ("SC001", "SC045", "SC047", "SC080"):
        for day in (date(2022, 6, 28), date(2022, 6, 29), date(2025, 3, 31)):
            view = claim_view(desk, desk.moment(day, day), claim)
            assert all(step.day is None or step.day <= day for step in view.steps)


def test_every_case_of_the_record_is_accounted_for(desk: Desk) -> None:
    looked = claim_view(desk, desk.moment(), "SC045").considered
    tried, out = {one.case.id for one in looked.cases}, {one.case.id for one in looked.cases_out}
    assert not tried & out
    assert tried | out == {row.id for row in desk.cases(desk.moment())}
    assert {one.case.country for one in looked.cases if one.answers} == {"Chad"}
    groups = by_question(looked.cases_out)
    assert sum(len(ones) for _, ones in groups) == len(out)
    assert [len(ones) for _, ones in groups] == sorted((len(ones) for _, ones in groups), reverse=True)


def test_what_is_not_known_yet_is_nowhere(desk: Desk) -> None:
    day = date(2021, 5, 30)
    moment = desk.moment(day, day)
    for claim in ("SC001", "SC014", "SC045", "SC080"):
        view = claim_view(desk, moment, claim)
        facts = [fact for one in view.considered.cases for fact in one.facts]
        facts += [one.fact for one in view.considered.facts_out if one.fact]
        assert all(fact.known_at <= day for fact in facts)
        assert claim_view_record(view, moment)["note"] == ""


def test_the_working_as_a_table(desk: Desk) -> None:
    view = claim_view(desk, desk.moment(), "SC024")
    rows = working_table(view)
    assert [row["fact"] for row in rows if row["counts"]] == list(view.row.result.fact_keys)
    assert {row["fails"] for row in rows if not row["counts"]} <= {"until", "another", "actor", "plain", "competing"}
    assert any("asks_return: yes" in row["reads"] for row in rows)


def test_a_gauge_is_drawn_of_numbers_alone(desk: Desk) -> None:
    def drawn(claim: str) -> ClaimView:
        return claim_view(desk, desk.moment(), claim)

    for claim, there in (("SC033", True), ("SC045", False), ("SC016", False), ("SC005", False), ("SX04", False)):
        assert (gauge_of(drawn(claim).row.result, "en", str) is not None) is there, claim
    gauge = gauge_of(drawn("SC066").row.result, "en", str)
    assert gauge is not None
    assert gauge.found[0] < gauge.figure < gauge.found[1]  # a date known to the month alone


def test_names_of_cases_countries_and_words(desk: Desk) -> None:
    french = names_in(desk, desk.moment(), "fr")
    assert [french(one) for one in ("mali-2021", "Chad", "un-general-assembly", "2022-06-29", "S/2023/856")] == [
        "Mali, mai 2021", "Tchad", "Assemblée générale", "29 juin 2022", "S/2023/856",
    ]  # fmt: skip
    assert french("armed_takeover 2") == "prise de pouvoir armée 2"
    assert names_in(desk, desk.moment(), "en")("no_competing_claim") == "no competing claim"


def test_order_and_unknown_ids(desk: Desk) -> None:
    rows = claim_rows(desk, desk.moment())
    assert beside(rows, "SC001") == ("", "SC002")
    assert beside(rows, "SX08") == ("SX07", "")
    with pytest.raises(NoAnswer) as refused:
        claim_view(desk, desk.moment(), "SC999")
    assert "SC099" in refused.value.nearest


def test_a_correction_is_another_record(desk: Desk) -> None:
    assert claim_view(desk, desk.moment(), "SC081").row.result.verdict is ClaimVerdict.FAILS
    desk.correct("afghanistan-2021/assessment-requested", {"when": "2023-08-15"}, "for the test")
    assert claim_view(desk, desk.moment(), "SC081").row.result.verdict is ClaimVerdict.HOLDS


def test_an_empty_record_decides_little_and_breaks_nothing(empty_desk: Desk) -> None:
    rows = claim_rows(empty_desk, empty_desk.moment())
    assert len(rows) == 114
    for row in rows:
        view = claim_view(empty_desk, empty_desk.moment(), row.id)
        assert view.considered.cases == ()
        assert claim_view_record(view, empty_desk.moment())["facts_used"] == []
