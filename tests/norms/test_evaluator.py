"""What holds of every finding, whatever the record: knowledge, order, and what it rests on."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.errors import BadRecord
from goodoffices.core.facts import Fact
from goodoffices.core.findings import STATES, Finding, Reason
from goodoffices.core.markings import Marking
from goodoffices.norms import wording
from goodoffices.norms.accounts import worlds_of_accounts
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.language import read_rulebook
from goodoffices.norms.rules import Pattern, Rulebook, Same
from goodoffices.rulebooks.shelf import rulebook, rulebooks

from .small import LIFTED, NINE, SUSPENSION, book, day, days, fact, judged, rule, snapshot

GOOD = read_rulebook(Path(__file__).parents[1] / "rulebooks" / "good" / "everything")
BOOKS = (*rulebooks(), GOOD)
SEIZED = [
    (("category", category), ("victim", victim), ("outcome", outcome))
    for category, victim, outcome in (
        ("military_coup", "elected", "completed"),
        ("military_coup", "contested", "completed"),
        ("armed_takeover", "not_established", "contested"),
    )
]
VALUES: dict[str, list[tuple[tuple[str, str], ...]]] = {
    "seizure": SEIZED,
    "suspension": [()],
    "suspension_lifted": [()],
    "suspension_declined": [()],
    "constitutional_order": [()],
    "determination": [(("label", "coup"),)],
    "statement": [(("verb", "condemn"),), (("verb", "not_shown"),)],
    "leadership": [(("person", "X"), ("manner", manner)) for manner in ("took_power", "elected")],
    "membership": [(("organisation", "au"), ("step", step)) for step in ("joined", "left")],
    "treaty_action": [(("instrument", "african-charter-democracy"), ("step", "ratified"))],
    "working_group": [()],
    "mission_present": [(("mission", "minusma"), ("mission_type", "peacekeeping"))],
}


@st.composite
def records(draw: st.DrawFn) -> list[Fact]:
    """Up to seven facts of any kinds, coarse days, ties, rivals, days of knowledge and markings."""
    found: list[Fact] = []
    for number in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from(sorted(VALUES)))
        value = draw(st.sampled_from(VALUES[kind]))
        rival = draw(st.sampled_from(["", *(one.key for one in found)])) if draw(st.integers(0, 4)) == 0 else ""
        known = draw(st.sampled_from(NINE))
        marking = draw(st.sampled_from(Marking))
        found.append(fact(kind, draw(days), number, known, value=value, competes_with=rival, marking=marking))
    return found


books = st.sampled_from(BOOKS)
clocks = st.sampled_from(NINE)


@settings(max_examples=250, deadline=None)
@given(books, records(), clocks, clocks)
def test_what_holds_of_every_finding(one: Rulebook, facts: list[Fact], as_of: date, known_at: date) -> None:
    seen = snapshot(facts, as_of, known_at)
    known = {each.key: each for each in seen.facts}
    for found in evaluate(one, seen):
        assert found.state in STATES[found.kind]
        assert set(found.facts) <= set(known)
        assert set(found.known_later) <= {each.key for each in seen.later}
        assert found.marking >= max((known[key].marking for key in found.facts), default=Marking.UNCLASSIFIED)
        assert found.day is None or found.day >= 0
        assert found.divergence is False or found.state == "deviation"
        if found.state in ("deviation", "overdue"):
            assert any(reference.verified for reference in found.references)
        for node in found.tree.walk():
            for language in ("en", "fr"):
                said = wording.say(node, language)
                assert said and "{" not in said and "None" not in said
        assert wording.lines(found.tree, "fr") and dict(found.tree.args).get("state", found.state) == found.state


def counted(found: Finding) -> tuple[object, ...]:
    """A finding without what was known only later."""

    def strip(node: Reason) -> Reason:
        parts = tuple(strip(part) for part in node.parts if part.code != "known_later")
        return Reason(node.code, node.args, node.verdict, node.facts, parts)

    days_of = (found.since, found.until, found.due, found.performed_on, found.day)
    return found.rule, found.state, days_of, found.facts, found.interpretation, found.marking, strip(found.tree)


@settings(max_examples=250, deadline=None)
@given(books, records(), clocks, clocks)
def test_what_becomes_known_later_changes_no_finding(
    one: Rulebook, facts: list[Fact], as_of: date, known_at: date
) -> None:
    early = [each for each in facts if each.known_at <= known_at]
    with_later = evaluate(one, snapshot(facts, as_of, known_at))
    without = evaluate(one, snapshot(early, as_of, known_at))
    assert [counted(found) for found in with_later] == [counted(found) for found in without]


def test_a_finding_rests_on_the_fact_of_the_same_person_too_and_bears_its_marking() -> None:
    secret, colonel = Marking.CONFIDENTIAL, (("person", "Colonel X"),)
    barred = Pattern(("leadership",), same=(Same("person", Pattern(("ousted",))),))
    ousted = fact("ousted", day(0), marking=secret, value=(("person", "COLONEL X"),))
    elsewhere = fact("ousted", day(0), 1, marking=Marking.STRICTLY_CONFIDENTIAL, value=(("person", "Mrs Y"),))
    back = fact("leadership", day(2), value=colonel)
    found = judged(rule("prohibition", forbids=barred), [back, ousted, elsewhere], NINE[5])
    assert found.state == "deviation"
    assert set(found.facts) == {back.key, ousted.key}
    assert found.marking is secret
    assert "the same person as in" in " ".join(wording.lines(found.tree)).lower()
    assert "même élément" in " ".join(wording.lines(found.tree, "fr"))


def test_of_what_came_after_the_day_looked_at_only_the_first_is_named() -> None:
    status = rule("status", begins=(SUSPENSION,))
    facts = [fact("suspension", day(number), number, NINE[max(number, 5)]) for number in (1, 2, 6, 7, 8)]
    (found,) = evaluate(book(status), snapshot(facts, NINE[4], NINE[4]))
    assert found.state == "not_in_force"
    assert found.known_later == tuple(f"test-2021/suspension-{number}" for number in (1, 2, 6))


@settings(max_examples=150, deadline=None)
@given(books, records(), clocks, st.integers(0, 1_000))
def test_the_order_of_facts_does_not_matter(one: Rulebook, facts: list[Fact], as_of: date, seed: int) -> None:
    plain = [each for each in facts if not each.competes_with]
    shuffled = random.Random(seed).sample(plain, len(plain))
    first, second = (evaluate(one, snapshot(each, as_of)) for each in (plain, shuffled))
    for one_way, other_way in zip(first, second, strict=True):
        assert (one_way.state, one_way.since, one_way.due, one_way.day) == (
            other_way.state,
            other_way.since,
            other_way.due,
            other_way.day,
        )


def test_a_dispute_carries_the_markings_of_both_accounts() -> None:
    status = rule("status", begins=(SUSPENSION,), ends=(LIFTED,))
    facts = [
        fact("suspension", day(1)),
        fact("suspension_lifted", day(3), marking=Marking.CONFIDENTIAL, competes_with="test-2021/suspension-0"),
    ]
    (found,) = evaluate(book(status), snapshot(facts, NINE[8]))
    assert found.state == "disputed"
    assert found.marking is Marking.CONFIDENTIAL
    assert set(found.facts) == {"test-2021/suspension-0", "test-2021/suspension-lifted-0"}


def _rival(number: int, of: int | None) -> Fact:
    other = f"test-2021/suspension-{of}" if of is not None else ""
    return fact("suspension", day(number), number, competes_with=other)


@pytest.mark.parametrize(
    ("rivals", "counted_first"),
    [
        ([(0, None), (1, None)], {0, 1}),
        ([(0, None), (1, 0)], {0}),
        ([(0, 1), (1, None)], {1}),
        ([(0, 1), (1, 0)], {0}),
        ([(0, 1), (1, 2), (2, None)], {2}),
        ([(0, None), (1, 0), (2, 0)], {0}),
        ([(0, None), (1, 0), (2, None), (3, 2)], {0, 2}),
        ([(0, 7), (1, None)], {0, 1}),
        ([(0, 0), (1, None)], {0, 1}),
    ],
)
def test_of_competing_accounts_exactly_one_counts(
    rivals: list[tuple[int, int | None]], counted_first: set[int]
) -> None:
    facts = [_rival(number, of) for number, of in rivals]
    main, others = worlds_of_accounts(facts)

    def left(without: frozenset[str]) -> set[int]:
        return {number for number, _ in rivals if f"test-2021/suspension-{number}" not in without}

    assert left(main) == counted_first
    for account in others:
        taken, preferred = (int(key.rpartition("-")[2]) for key in (account.taken, account.preferred))
        assert left(account.without) == counted_first - {preferred} | {taken}
    assert {int(account.taken.rpartition("-")[2]) for account in others} == {n for n, _ in rivals} - counted_first


@pytest.mark.parametrize("value", ["soon", "0", "-1", "1.5", "99999", "", "٧"])
def test_a_reading_its_parameter_cannot_have_is_refused(value: str) -> None:
    with pytest.raises(BadRecord, match=r"reading au\.suspension-term"):
        evaluate(rulebook("au"), snapshot([], NINE[0]), {"au.suspension-term": value})


def test_readings_of_other_rulebooks_are_passed_over() -> None:
    assert evaluate(rulebook("au"), snapshot([], NINE[0]), {"elsewhere.term": "soon"})


@given(st.sampled_from(BOOKS), records(), st.sampled_from(NINE))
@settings(max_examples=30)
def test_asking_only_some_rules_changes_none_of_their_findings(one: Rulebook, facts: list[Fact], as_of: date) -> None:
    looked_at = snapshot(facts, as_of)
    every = {finding.rule: finding for finding in evaluate(one, looked_at)}
    for rule_id, finding in every.items():
        assert evaluate(one, looked_at, only={rule_id}) == (finding,)
    assert evaluate(one, looked_at, only=()) == ()
