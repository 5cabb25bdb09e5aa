"""Conditions of advice: what holds, what fails, and what nobody can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.advice.judging import judge
from goodoffices.advice.situation import NO_MISSION, Mission, Situation
from goodoffices.advice.written import (
    All,
    Any,
    Days,
    EarlierChanges,
    LaterChange,
    MissionIs,
    Not,
    OpinionIs,
    Overdue,
    RuleIs,
    TaskIs,
    When,
)
from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, reason
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Citation, Source
from goodoffices.core.verdicts import Verdict

OWN = Citation(Source("test", "A case made up for a test"))
ZERO = date(2021, 3, 1)
H, F, U, D = Verdict.HOLDS, Verdict.FAILS, Verdict.UNKNOWN, Verdict.DISPUTED


def fact(name: str, kind: str, when: str, **value: str) -> Fact:
    span = read_span(when)
    return Fact(
        f"meridia-2021/{name}",
        kind,
        "authorities",
        span,
        span.begins.latest,
        f"{name}.",
        (OWN,),
        "high",
        tuple(value.items()),
    )


def situation(*facts: Fact, as_of: date = ZERO + timedelta(days=10), **more: object) -> Situation:
    snapshot = Snapshot(("meridia-2021",), as_of, as_of, Marking.UNCLASSIFIED, facts)
    return replace(Situation(snapshot, {}), **more)  # type: ignore[arg-type]


def finding(rule: str, state: str, *facts: str) -> Finding:
    return Finding(rule, rule, "definition", "un", state, (), reason("x"), facts=facts)


COUP = fact("coup", "seizure", "2021-03-01", category="military_coup", victim="elected", outcome="completed")


@pytest.mark.parametrize(
    ("state", "wanted", "came"),
    [
        ("met", ("met",), H),
        ("not_met", ("met",), F),
        ("undetermined", ("met",), U),
        ("disputed", ("met",), D),
        ("undetermined", ("met", "undetermined"), H),
        ("possible_deviation", ("deviation",), U),
    ],
)
def test_a_rule_in_doubt_is_doubt(state: str, wanted: tuple[str, ...], came: Verdict) -> None:
    given_ = situation(COUP, findings={"sign.x": finding("sign.x", state, "meridia-2021/coup", "state:XMD/state")})
    judged = judge(RuleIs("sign.x", wanted), given_)
    assert judged.verdict is came
    assert [one.rule for one in judged.hangs_on] == ["sign.x"]
    assert judged.facts == (() if came is F else ("meridia-2021/coup",)), "the register of states explains nothing"


def test_a_rule_nobody_evaluated_is_not_known() -> None:
    assert judge(RuleIs("sign.none", ("met",)), situation()).verdict is U


@pytest.mark.parametrize(
    ("first", "last", "came"),
    [(0, 10, H), (10, 10, H), (11, None, F), (None, 9, F), (None, 10, H), (0, None, H), (3, 9, F)],
)
def test_days_count_both_ends(first: int | None, last: int | None, came: Verdict) -> None:
    assert judge(Days(first, last), situation(COUP)).verdict is came


def test_days_of_a_coarse_day_zero_are_perhaps() -> None:
    coarse = replace(COUP, span=read_span("2021-02"))
    assert judge(Days(0, 20), situation(coarse)).verdict is U  # ten days to thirty-seven
    assert judge(Days(0, 60), situation(coarse)).verdict is H
    assert judge(Days(40, None), situation(coarse)).verdict is F
    assert judge(Days(0, 60), situation()).verdict is U, "no seizure is known"


def test_before_day_zero_nothing_is_counted() -> None:
    assert judge(Days(0, None), situation(COUP, as_of=ZERO - timedelta(days=3))).verdict is U


def test_missions_changes_and_tasks() -> None:
    there = Mission("minusma", "peacekeeping", fact("here", "mission_present", "2013-07-01/.."))
    assert judge(MissionIs(("peacekeeping",)), situation(mission=there)).facts == ("meridia-2021/here",)
    assert judge(MissionIs(("none",)), situation(mission=there)).verdict is F
    assert judge(MissionIs(("none",)), situation(mission=NO_MISSION)).verdict is H
    assert judge(LaterChange(), situation()).verdict is F
    assert judge(LaterChange(), situation(later=COUP)).facts == ("meridia-2021/coup",)
    assert judge(EarlierChanges(2), situation(earlier=(COUP,))).verdict is F
    assert judge(EarlierChanges(1), situation(earlier=(COUP,))).verdict is H
    task = fact("task", "mandated_task", "2020-01-01", subject_matter="police", **{"with": "authorities"})
    assert judge(TaskIs(("police",), ()), situation(), task).verdict is H
    assert judge(TaskIs((), ("civil-society",)), situation(), task).verdict is F
    assert judge(TaskIs(("police",), ("authorities",)), situation()).verdict is F, "no task, no course"


@pytest.mark.parametrize(
    ("until", "outcome", "overdue"),
    [
        ("2021-03-10", "", True),
        ("2021-03-11", "", False),  # the last day itself
        ("2021-03", "", False),  # the month is not over
        ("2021-02", "", True),
        ("2021-03-10", "kept", False),
        ("2021-03-10", "missed", False),  # told: it is a miss, not a date that passed in silence
    ],
)
def test_a_date_that_passed_in_silence(until: str, outcome: str, overdue: bool) -> None:
    facts = [COUP, fact("promise", "promise", "2021-03-02", until=until, subject_matter="elections")]
    if outcome:
        facts.append(fact("came", "promise_outcome", "2021-03-10", of="meridia-2021/promise", result=outcome))
    judged = judge(Overdue(), situation(*facts))
    assert judged.verdict is (H if overdue else F)
    assert judged.facts == (("meridia-2021/promise",) if overdue else ())


def test_once_an_order_is_restored_no_date_is_overdue() -> None:
    promise = fact("promise", "promise", "2021-03-02", until="2021-03-05", subject_matter="elections")
    restored = fact("order", "constitutional_order", "2021-03-09")
    assert judge(Overdue(), situation(COUP, promise, restored)).verdict is F


@pytest.mark.parametrize(
    ("surveys", "came"),
    [
        ((), "unknown"),
        ((("50", "support for the change"),), "majority"),
        ((("49.9", "support for the change"),), "minority"),
        ((("80", "trust in the army"),), "unknown"),
        ((("80", "support for the change"), ("20", "support for the change")), "minority"),
    ],
)
def test_what_surveys_say_of_support(surveys: tuple[tuple[str, str], ...], came: str) -> None:
    facts = [
        fact(f"survey-{number}", "opinion", f"2021-03-0{number + 2}", percent=percent, question=question)
        for number, (percent, question) in enumerate(surveys)
    ]
    for wanted in ("majority", "minority", "unknown"):
        judged = judge(OpinionIs((wanted,)), situation(COUP, *facts))
        assert judged.verdict is (H if wanted == came else F)


WORDS = {H: "met", F: "not_met", U: "undetermined", D: "disputed"}
LEAVES = st.sampled_from([RuleIs(f"sign.{word}", ("met",)) for word in WORDS.values()])
TREES: st.SearchStrategy[When] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)


def reference(when: When) -> Verdict:
    """The answer in four values, by the order fails < unknown < disputed < holds of an alternative."""
    if isinstance(when, RuleIs):
        return next(verdict for verdict, word in WORDS.items() if when.rule == f"sign.{word}")
    if isinstance(when, Not):
        came = reference(when.part)
        return {H: F, F: H}.get(came, came)
    assert isinstance(when, All | Any)
    order = [F, D, U, H] if isinstance(when, All) else [H, D, U, F]
    return min((reference(part) for part in when.parts), key=order.index)


@given(TREES)
def test_conditions_join_in_four_values(when: When) -> None:
    findings = {f"sign.{word}": finding(f"sign.{word}", word) for word in WORDS.values()}
    assert judge(when, situation(COUP, findings=findings)).verdict is reference(when)
