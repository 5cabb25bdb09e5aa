"""The kernel and the case evaluator give one answer, day by day, on every rule both can read."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.days import read_span
from goodoffices.core.errors import BadRecord
from goodoffices.norms import calendar
from goodoffices.norms.histories import EventType, Histories, columns, histories_of
from goodoffices.norms.program import (
    ROUNDINGS,
    STATES,
    UNITS,
    Program,
    compile_rules,
    party_patterns,
    refusals,
)
from goodoffices.norms.rules import (
    AllOf,
    Already,
    AnyOf,
    Breached,
    Condition,
    During,
    Exemption,
    InForce,
    Member,
    Met,
    Not,
    Party,
    Pattern,
    ReadingIs,
    Recorded,
    Rule,
    Rulebook,
    Same,
    Term,
)
from goodoffices.norms.sweep import explained, intervals, states_on
from goodoffices.norms.terms import due_day
from goodoffices.rulebooks.shelf import rulebooks
from norms.small import LIFTED, ORDER, READ, SEIZURE, SUSPENSION, UNREAD, book, fact, rule, snapshot
from norms.small import day as small_day

FIRST = date(2021, 2, 20)
LAST = date(2021, 3, 20)
JOINED = EventType("membership", "states", (("organisation", "au"), ("step", "joined")))
LEFT = EventType("membership", "states", (("organisation", "au"), ("step", "left")))
RATIFIED = EventType("treaty_action", "states", (("instrument", "charter"), ("step", "ratified")))
WITHDREW = EventType("treaty_action", "states", (("instrument", "charter"), ("step", "withdrew")))
STATE = EventType("state", "states", (("country", "Utopia"), ("iso3", "UTO")))
TYPES = (
    *(JOINED, LEFT, RATIFIED, WITHDREW, STATE),
    *(EventType(kind, actor) for kind in ("seizure", "suspension") for actor in ("au-psc", "armed-forces")),
    *(EventType(kind, "au-psc") for kind in ("suspension_lifted", "suspension_declined", "mediation", "dialogue")),
    *(EventType("statement", "au-psc", (("verb", verb),)) for verb in ("condemn", "concern")),
    EventType("constitutional_order", "authorities"),
)
STANDING = TYPES.index(STATE)
HAPPENING = [number for number in range(len(TYPES)) if number != STANDING]

# ---------------------------------------------------------------- what is drawn

patterns = st.sampled_from(
    [
        SUSPENSION,
        LIFTED,
        ORDER,
        Pattern(("suspension",), ("au-psc",)),
        Pattern(("seizure",)),
        Pattern(("seizure", "mediation"), ("armed-forces", "au-psc")),
        Pattern(("suspension_declined",)),
        Pattern(("statement",), (), (("verb", ("condemn",)),)),
        Pattern(("statement",), ("au-psc",), (("verb", ("condemn", "concern")),)),
        Pattern(("dialogue",)),
    ]
)
singles = st.one_of(
    st.builds(Recorded, patterns, st.sampled_from(["fails", "unknown"])),
    st.just(Member("au")),
    st.just(Party("charter")),
)


def conditions(leaning: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    leaf = st.one_of(singles, leaning, st.builds(Not, singles))
    return st.one_of(
        leaf,
        st.builds(AllOf, st.tuples(leaf, leaf)),
        st.builds(AnyOf, st.tuples(leaf, leaf)),
        st.builds(AllOf, st.tuples(leaf, st.builds(AnyOf, st.tuples(leaf, leaf)))),
    )


spans = st.sampled_from(["1900/..", "2021-02-26/2021-03-05", "2021-02-24/..", "2021-02/2021-03-10"]).map(read_span)
terms = st.none() | st.builds(Term, st.sampled_from(UNITS), st.integers(1, 3), st.just(""), st.sampled_from(ROUNDINGS))


@st.composite
def rulebooks_drawn(draw: st.DrawFn) -> Rulebook:
    """A definition, a status, and a duty, prohibition and permission that lean on them."""
    reached = st.none() | conditions(st.just(Member("au")))
    definition = rule(
        "definition",
        "t.met",
        holds_if=draw(conditions(st.just(Member("au")))),
        in_force=draw(spans),
        applies_if=draw(reached),
    )
    status = rule(
        "status",
        "t.status",
        begins=tuple(draw(st.lists(patterns, min_size=1, max_size=2))),
        ends=tuple(draw(st.lists(patterns, max_size=2))),
        on_tie=draw(st.sampled_from(["ends_last", "begins_last"])),
        in_force=draw(spans),
        applies_if=draw(st.none() | st.just(Member("au"))),
    )
    leaning = st.sampled_from([Met("t.met"), InForce("t.status"), Not(InForce("t.status"))])
    exemptions = st.lists(
        st.builds(Exemption, conditions(leaning), st.just("freed"), st.just((READ,))), max_size=1
    ).map(tuple)
    duty = rule(
        "obligation",
        "t.duty",
        draw(st.sampled_from([READ, READ, UNREAD])),
        trigger=draw(conditions(leaning)),
        must=draw(patterns),
        within=draw(terms),
        already=draw(st.none() | st.builds(Already, st.just("t.status"), st.sampled_from(["in_force", "ended"]))),
        preemptive=draw(st.booleans()),
        after_deadline=draw(st.sampled_from(["persists", "lapses"])),
        late_performance=draw(st.sampled_from(["cures", "partial", "none"])),
        refused_by=draw(st.none() | patterns),
        ended_by=draw(st.none() | patterns),
        compensated_by=draw(st.none() | patterns),
        public_record=draw(st.booleans()),
        unless=draw(exemptions),
        in_force=draw(spans),
        applies_if=draw(reached),
    )
    ban = rule(
        "prohibition",
        "t.ban",
        draw(st.sampled_from([READ, UNREAD])),
        holds_if=draw(conditions(leaning)),
        forbids=draw(st.none() | st.just(Pattern(("dialogue",), ("nobody",))) | patterns),
        unless=draw(exemptions),
        applies_if=draw(reached),
    )
    leave = rule(
        "permission",
        "t.leave",
        holds_if=draw(conditions(leaning)),
        exercised_by=draw(st.none() | patterns),
        in_force=draw(spans),
    )
    return book(duty, ban, leave, definition, status)


@st.composite
def histories_drawn(draw: st.DrawFn, most: int = 8) -> Histories:
    """Some histories of a month, many events on one day, some known only later."""
    events = []
    for _ in range(draw(st.integers(1, 3))):
        rows = [(STANDING, 1, 1)]
        for _ in range(draw(st.integers(0, most))):
            day = FIRST.toordinal() + draw(st.integers(2, 14))
            rows.append((draw(st.sampled_from(HAPPENING)), day, day + draw(st.sampled_from([0, 0, 0, 2, 9]))))
        events.append(rows)
    return columns(TYPES, events)


def ordinal(day: object) -> int:
    return day.toordinal() if isinstance(day, date) else 0


def by_evaluator(
    one: Rulebook, histories: Histories, index: int, days: tuple[date, date]
) -> dict[str, tuple[object, ...]]:
    found = {}
    for finding in explained(one, histories, index, days):
        since = finding.since if finding.since and finding.since.precision != "unknown" else None
        found[finding.rule] = (
            finding.state,
            ordinal(since and since.earliest),
            ordinal(finding.due),
            ordinal(finding.performed_on and finding.performed_on.earliest),
        )
    return found


def differences(one: Rulebook, program: Program, histories: Histories, days: tuple[date, date]) -> list[object]:
    """Where the two answer differently, of the histories the kernel does not leave to the other."""
    states = states_on(program, histories, *days)
    found: list[object] = []
    for index in range(len(histories)):
        if states.hard[index]:
            continue
        expected = by_evaluator(one, histories, index, days)
        for row, name in enumerate(program.rules):
            got = (
                STATES[states.state[index, row]],
                *(int(column[index, row]) for column in (states.since, states.due, states.done)),
            )
            if got != expected[name]:
                found.append((days, index, name, got, expected[name]))
    return found


# ---------------------------------------------------------------- agreement


@settings(max_examples=400, deadline=None)
@given(rulebooks_drawn(), histories_drawn(), st.integers(0, 28), st.integers(0, 10))
def test_both_evaluators_agree_on_small_calendars(one: Rulebook, histories: Histories, step: int, later: int) -> None:
    program = compile_rules(one, TYPES)
    assert set(program.rules) | set(program.refused) == {each.id for each in one.rules}
    as_of = FIRST + timedelta(days=step)
    assert differences(one, program, histories, (as_of, as_of + timedelta(days=later))) == []


@pytest.mark.parametrize("late", ["none", "cures"])
@pytest.mark.parametrize("lapses", ["persists", "lapses"])
@pytest.mark.parametrize("doubt", [True, False])
def test_both_tell_the_same_day_of_an_act_done_too_late(late: str, lapses: str, doubt: bool) -> None:
    """Where an exception may have freed from the duty too: nobody knows then whether it was a departure."""
    unless = (Exemption(Party("charter"), "bound", (READ,)),) if doubt else ()
    more = {"within": Term("calendar_day", 1), "late_performance": late, "after_deadline": lapses, "unless": unless}
    one = book(rule("obligation", "t.duty", trigger=SEIZURE, must=LIFTED, **more))
    program = compile_rules(one, TYPES)
    seized, lifted = (
        next(number for number in HAPPENING if TYPES[number].kind == kind) for kind in ("seizure", "suspension_lifted")
    )
    day = FIRST.toordinal() + 2
    for apart in range(4):
        rows = [(STANDING, 1, 1), (seized, day, day), (lifted, day + apart, day + apart)]
        histories = columns(TYPES, [rows])
        for step in range(8):
            as_of = FIRST + timedelta(days=step)
            assert differences(one, program, histories, (as_of, LAST)) == []


def made_up(count: int, seed: int) -> Histories:
    """Histories of the African Union's world, at random, nine events or fewer each in a fortnight."""
    dice = random.Random(seed)
    events = []
    for _ in range(count):
        rows = [(STANDING_AU, 1, 1)]
        if dice.random() < 0.9:
            rows.append((0, FIRST.toordinal() - 400, 1))
        for _ in range(dice.randint(0, 9)):
            day = FIRST.toordinal() + dice.randint(0, 14)
            rows.append((dice.choice(HAPPENING_AU), day, day + (dice.randint(0, 4) if dice.random() < 0.2 else 0)))
        events.append(rows)
    return columns(AU_TYPES, events)


COUP = (("category", "military_coup"), ("outcome", "completed"), ("victim", "elected"))
AU_TYPES = (
    *(JOINED, LEFT, STATE),
    EventType("treaty_action", "states", (("instrument", "african-charter-democracy"), ("step", "ratified"))),
    EventType("seizure", "armed-forces", COUP),
    EventType("seizure", "armed-forces", (*COUP[:1], ("outcome", "failed"), *COUP[2:])),
    EventType("seizure", "authorities", (("category", "refusal_to_leave"), *COUP[1:])),
    EventType("determination", "au-psc", (("label", "coup"), ("verb", "condemn"))),
    EventType("suspension", "au-psc"),
    EventType("suspension", "au-psc", (("verb", "condemn"),)),
    EventType("suspension_lifted", "au-psc"),
    EventType("suspension_declined", "au-psc"),
    EventType("statement", "au-commission", (("verb", "condemn"),)),
    EventType("statement", "un-secretary-general", (("verb", "condemn"),)),
    EventType("constitutional_order", "authorities"),
    EventType("mission_present", "un", (("mission", "minusma"), ("mission_type", "peacekeeping"))),
)
STANDING_AU = AU_TYPES.index(STATE)
HAPPENING_AU = [number for number in range(len(AU_TYPES)) if number != STANDING_AU]


@pytest.mark.slow
@pytest.mark.parametrize("one", rulebooks(), ids=lambda one: one.id)
def test_both_evaluators_agree_on_the_rulebooks(one: Rulebook) -> None:
    program = compile_rules(one, AU_TYPES)
    histories = made_up(10_000 // len(rulebooks()) if program.rules else 1, seed=7)
    as_of = FIRST + timedelta(days=11)
    assert differences(one, program, histories, (as_of, as_of + timedelta(days=30))) == []


def test_the_african_union_is_compiled_but_for_what_is_named() -> None:
    one = next(each for each in rulebooks() if each.id == "au")
    program = compile_rules(one, AU_TYPES)
    assert {"au.suspended", "au.condemn", "au.ucg", "au.lift"} <= set(program.rules)
    assert program.refused["au.suspend"].startswith("yields to")
    assert "same person" in program.refused["au.authors-barred"]


# ---------------------------------------------------------------- intervals


@settings(max_examples=100, deadline=None)
@given(rulebooks_drawn(), histories_drawn())
def test_intervals_say_for_every_day_what_the_states_of_that_day_are(one: Rulebook, histories: Histories) -> None:
    program = compile_rules(one, TYPES)
    (found,) = intervals(program, histories, LAST)
    for step in range(29):
        as_of = FIRST + timedelta(days=step)
        states = states_on(program, histories, as_of, LAST)
        for index in range(len(histories)):
            if found.hard[index] or states.hard[index]:
                continue
            for row in range(len(program.rules)):
                covering = (
                    (found.column("history") == index)
                    & (found.column("rule") == row)
                    & (found.column("start") <= as_of.toordinal())
                    & (as_of.toordinal() < found.column("stop"))
                )
                told = found.table[4:8, covering]
                assert told.shape[1] == 1, "every day from the first event on lies in one interval"
                assert list(told[:, 0]) == [
                    *(states.state[index, row], states.since[index, row]),
                    *(states.due[index, row], states.done[index, row]),
                ]


def test_an_interval_names_the_events_behind_it() -> None:
    duty = rule("obligation", trigger=SEIZURE, must=SUSPENSION, within=Term("calendar_day", 5))
    seized, suspended = (
        next(n for n, one in enumerate(TYPES) if one.kind == kind) for kind in ("seizure", "suspension")
    )
    start = FIRST.toordinal()
    histories = columns(TYPES, [[(STANDING, 1, 1), (seized, start, start), (suspended, start + 3, start + 3)]])
    program = compile_rules(book(duty), TYPES)
    (found,) = intervals(program, histories, LAST)
    names = ("start", "stop", "state", "since", "due", "done", "trigger", "cause")
    rows = [tuple(int(found.column(name)[place]) for name in names) for place in range(len(found))]
    pending, fulfilled = STATES.index("pending"), STATES.index("fulfilled")
    assert rows[1:] == [
        (start, start + 3, pending, start, start + 5, 0, 1, -1),
        (start + 3, LAST.toordinal() + 1, fulfilled, start, start + 5, start + 3, 1, 2),
    ]
    assert states_on(program, histories, FIRST).named(0) == {"t.rule": "pending"}


def test_chunks_and_room_change_nothing() -> None:
    one = next(each for each in rulebooks() if each.id == "au")
    program, histories = compile_rules(one, AU_TYPES), made_up(300, seed=3)
    (whole,) = intervals(program, histories, LAST)
    parts = list(intervals(program, histories, LAST, chunk=7))
    assert np.array_equal(np.concatenate([part.table for part in parts], axis=1), whole.table)


def test_what_was_known_later_is_not_counted() -> None:
    duty = rule("obligation", trigger=SEIZURE, must=SUSPENSION)
    seized, suspended = (
        next(n for n, one in enumerate(TYPES) if one.kind == kind) for kind in ("seizure", "suspension")
    )
    start = FIRST.toordinal()
    histories = columns(TYPES, [[(seized, start, start), (suspended, start + 1, start + 9)]])
    program = compile_rules(book(duty), TYPES)
    two = FIRST + timedelta(days=2)
    assert states_on(program, histories, two, two).named(0) == {"t.rule": "open"}
    assert states_on(program, histories, two, LAST).named(0) == {"t.rule": "fulfilled"}


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"mode": "maintenance", "must": None, "broken_by": LIFTED}, "mode maintenance"),
        ({"mode": "punctual"}, "mode punctual"),
        ({"on_retrigger": "new"}, "on_retrigger new"),
        ({"trigger": Breached("t.other")}, "asks for breached"),
        ({"trigger": During(Pattern(("mission_present",)))}, "asks for during"),
        ({"must": Pattern(("leadership",), same=(Same("person", Pattern(("ousted",))),))}, "same person"),
        ({"trigger": Not(AllOf((SEIZURE, Met("t.meant"))))}, "denies a definition"),
    ],
)
def test_rules_for_the_case_evaluator_alone_are_refused_by_name(more: dict[str, object], why: str) -> None:
    other = rule("obligation", "t.other", trigger=SEIZURE, must=SUSPENSION)
    meant = rule("definition", "t.meant", holds_if=SEIZURE)
    odd = rule("obligation", **({"trigger": SEIZURE, "must": SUSPENSION} | more))
    found = refusals(book(odd, other, meant))
    assert set(found) == {"t.rule"} and why in found["t.rule"]


def test_who_leans_on_a_refused_rule_is_refused_too() -> None:
    odd = rule("status", "t.odd", begins=(Pattern(("leadership",), same=(Same("person", Pattern(("ousted",))),)),))
    leaning = rule("permission", "t.leaning", holds_if=InForce("t.odd"))
    found = refusals(book(leaning, odd))
    assert found["t.leaning"] == "leans on t.odd"
    assert compile_rules(book(leaning, odd), TYPES).rules == ()


def test_a_state_known_not_to_have_ratified_is_left_to_the_case_evaluator() -> None:
    asked = rule("permission", holds_if=Party("charter"))
    unbound = EventType("treaty_action", "states", (("instrument", "charter"), ("step", "not_ratified")))
    assert compile_rules(book(asked), TYPES).refused == {}
    assert "not to have ratified" in compile_rules(book(asked), (*TYPES, unbound)).refused["t.rule"]
    bound, left = party_patterns("charter")
    assert bound != left


def test_a_coarse_competing_or_unsettled_fact_is_refused_with_its_key() -> None:
    exact = fact("seizure", small_day(1))
    coarse = fact("suspension", small_day(2, 3))
    rival = replace(fact("seizure", small_day(1), 1), competes_with=exact.key)
    unsettled = replace(fact("seizure", small_day(1), 2), value=(("victim", "not_established"),))
    given = snapshot([exact, coarse, rival, unsettled], LAST, LAST)
    with pytest.raises(BadRecord) as caught:
        histories_of([given])
    assert [problem.where for problem in caught.value.problems] == [coarse.key, rival.key, unsettled.key]
    kept = histories_of([snapshot([exact], LAST, LAST)])
    assert (len(kept), kept.types[0].kind, int(kept.day[0])) == (1, "seizure", small_day(1).earliest.toordinal())


def test_where_dates_must_be_weighed_the_history_is_left_to_the_case_evaluator() -> None:
    # Met since day 1 perhaps, and by another part surely since day 4: it began on one of two days.
    perhaps = rule("definition", "t.perhaps", holds_if=Recorded(Pattern(("seizure",))), applies_if=Party("charter"))
    either = rule("definition", "t.either", holds_if=AnyOf((Met("t.perhaps"), Recorded(SUSPENSION))))
    program = compile_rules(book(either, perhaps), TYPES)
    seized, suspended = (
        next(n for n, one in enumerate(TYPES) if one.kind == kind) for kind in ("seizure", "suspension")
    )
    start = FIRST.toordinal()
    histories = columns(TYPES, [[(seized, start, start), (suspended, start + 3, start + 3)], [(seized, start, start)]])
    assert list(states_on(program, histories, LAST).hard) == [True, False]
    (found,) = explained(book(either, perhaps), histories, 0, (LAST, LAST), only=["t.either"])
    assert found.since is not None and not found.since.precise


# ---------------------------------------------------------------- readings, calendar


def test_readings_are_compiled_in() -> None:
    one = next(each for each in rulebooks() if each.id == "au")
    readings = {"au.suspension-term": "5", "au.condemnation-term": "2"}
    program, histories = compile_rules(one, AU_TYPES, readings), made_up(150, seed=11)
    days = FIRST + timedelta(days=12), LAST
    states = states_on(program, histories, *days)
    assert states.due.any(), "some term runs"
    for index in range(len(histories)):
        expected = {one.rule: one for one in explained(one, histories, index, days, readings)}
        assert states.hard[index] or states.named(index) == {name: expected[name].state for name in program.rules}


def test_a_reading_of_a_word_is_a_constant() -> None:
    chosen = rule("permission", holds_if=ReadingIs("t.reach", "wide"))
    assert "asks" not in str(refusals(book(chosen)))


@settings(max_examples=400, deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.integers(1, 400),
    st.integers(0, 3),
    st.integers(0, 2),
)
def test_terms_end_on_the_days_on_which_the_evaluator_has_them_end(
    start: date, amount: int, unit: int, rounding: int
) -> None:
    wanted = due_day(start, amount, UNITS[unit], ROUNDINGS[rounding])
    assert calendar.due(start.toordinal(), amount, unit, rounding) == wanted.toordinal()
    assert calendar.civil(start.toordinal()) == (start.year, start.month, start.day)
    assert calendar.ordinal_of(start.year, start.month, start.day) == start.toordinal()


def test_every_field_of_a_rule_is_compiled_or_refused() -> None:
    """A field added to rules without a thought for the kernel shows here."""
    known = {
        *("id", "rulebook", "kind", "title", "text", "bearer", "references", "in_force", "titles", "texts"),
        *("applies_if", "unless", "trigger", "must", "within", "already", "preemptive", "after_deadline"),
        *("late_performance", "mode", "broken_by", "compensated_by", "on_retrigger", "on_breach", "refused_by"),
        *("ended_by", "public_record", "soft", "begins", "ends", "on_tie", "holds_if", "forbids", "exercised_by"),
        "overrides",
    }
    assert set(Rule.__dataclass_fields__) == known
