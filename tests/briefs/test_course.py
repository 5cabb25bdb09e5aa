"""The course of a case: answers in order, promises with what came of them, tasks with their fates; on small records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.briefs.course import FATE_WORDS, course, fate_words
from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import FATES, KINDS, RESULTS
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Citation, Source

ZERO = date(2021, 5, 24)
CITED = (Citation(Source("s", "A paper")),)


def fact(name: str, kind: str, when: str, actor: str = "authorities", **value: str) -> Fact:
    span = read_span(when)
    return Fact(
        f"mali-2021/{name}",
        kind,
        actor,
        span,
        span.begins.earliest,
        f"{name}.",
        CITED,
        "high",
        value=tuple(value.items()),
    )


def of(*facts: Fact, as_of: date = date(2023, 1, 1)) -> Snapshot:
    seized = fact("seizure", "seizure", ZERO.isoformat(), category="military_coup", victim="elected")
    return Snapshot(("mali-2021",), as_of, as_of, Marking.UNCLASSIFIED, (seized, *facts), ())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(-40, 600), st.sampled_from(("suspension", "sanction", "press_statement")))))
def test_answers_come_in_order_and_after_day_0_only(acts: list[tuple[int, str]]) -> None:
    facts = [
        fact(f"a{number}", kind, (ZERO + timedelta(days=day)).isoformat(), "au-psc")
        for number, (day, kind) in enumerate(acts)
    ]
    told = course(of(*facts)).answers
    days = [one.fact.span.begins.shown for one in told]
    assert days == sorted(days)
    assert {one.fact.key for one in told} == {
        one.key for one in facts if ZERO <= one.span.begins.shown <= date(2023, 1, 1)
    }
    assert all(one.label == f"day {(one.fact.span.begins.shown - ZERO).days}" for one in told)


def test_every_organ_act_is_an_answer_but_what_is_told_apart() -> None:
    apart = {"mandate", "mandated_task", "mission_task", "mission_present", "context", "no_product"}
    kinds = [kind.name for kind in KINDS.values() if kind.organ_act]
    facts = [fact(f"k-{kind.replace('_', '-')}", kind, "2021-06-01", "au") for kind in kinds]
    told = {one.fact.kind for one in course(of(*facts)).answers}
    assert told == set(kinds) - apart


@pytest.mark.parametrize(
    ("until", "outcomes", "as_of", "state"),
    [
        ("2022-02-27", (), "2022-02-27", "ahead"),
        ("2022-02-27", (), "2022-02-28", "no_outcome"),
        ("2022-02", (), "2022-02-28", "ahead"),
        ("2022-02", (), "2022-03-01", "no_outcome"),
        ("", (), "2030-01-01", "undated"),
        ("2022-02-27", (("2022-02-27", "missed"),), "2022-02-26", "ahead"),
        ("2022-02-27", (("2022-02-27", "missed"),), "2022-02-27", "missed"),
        ("2022-02-27", (("2022-01-01", "postponed"), ("2022-06-01", "kept")), "2022-05-01", "postponed"),
        ("2022-02-27", (("2022-01-01", "postponed"), ("2022-06-01", "kept")), "2022-06-01", "kept"),
    ],
)
def test_what_came_of_a_promise(until: str, outcomes: tuple[tuple[str, str], ...], as_of: str, state: str) -> None:
    promised = fact("promise", "promise", "2021-06-01", subject_matter="a vote", **({"until": until} if until else {}))
    told = [
        fact(f"outcome-{number}", "promise_outcome", when, of=promised.key, result=result)
        for number, (when, result) in enumerate(outcomes)
    ]
    other = fact("other", "promise_outcome", "2021-07-01", of="mali-2021/another", result="kept")
    found = course(of(promised, other, *told, as_of=date.fromisoformat(as_of))).promises
    assert [one.state for one in found] == [state]
    assert other not in found[0].outcomes
    assert found[0].words() and found[0].words("fr")
    assert found[0].words() != found[0].words("fr")


def test_the_fates_of_a_task_stand_together_in_order() -> None:
    later = fact("t2", "mission_task", "2022-06-30", "minusma", task="justice", mission="minusma", fate="removed")
    first = fact("t1", "mission_task", "2021-06-30", "minusma", task="justice", mission="minusma", fate="adapted")
    other = fact("t3", "mission_task", "2021-07-30", "minusma", task="police", mission="minusma", fate="continued")
    unnamed = fact("t4", "mission_task", "2021-07-30", "minusma", mission="minusma", fate="continued")
    told = course(of(later, unnamed, other, first)).tasks
    assert [(one.name, [fate.get("fate") for fate in one.fates]) for one in told] == [
        ("justice", ["adapted", "removed"]),
        ("police", ["continued"]),
    ]


def test_words() -> None:
    assert set(FATE_WORDS) == set(FATES)
    assert {"kept", "missed", "postponed"} == set(RESULTS)
    assert fate_words("frozen") == "frozen" and fate_words("frozen", "fr") == "gelée"
