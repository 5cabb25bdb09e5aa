"""The ledger against a plain list of the same entries, on random histories over nine days."""

import time
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from goodoffices.core.errors import BadRecord, NoAnswer
from goodoffices.core.facts import Fact
from goodoffices.core.markings import Marking
from goodoffices.ledger.entries import instant
from goodoffices.ledger.schema import APPEND_ONLY
from goodoffices.ledger.store import Ledger
from ledger.making import START, day, fact
from ledger.reference import Reference

days = st.integers(0, 8)
facts = st.builds(
    lambda name, words, known, marking: fact(name, words, known, marking=marking),
    st.sampled_from(["mali-2021/a", "mali-2021/b", "niger-2023/a"]),
    st.sampled_from(["one", "two"]),
    days,
    st.sampled_from([Marking.UNCLASSIFIED, Marking.UNCLASSIFIED, Marking.CONFIDENTIAL]),
)
steps = st.one_of(
    st.tuples(st.just("assert"), facts, st.none()),
    st.tuples(st.just("correct"), facts, st.none() | days),
    st.tuples(st.just("retract"), facts, st.none() | days),
)


def empty(ledger: Ledger) -> None:
    """Start anew without making another database: tests may do what the ledger may not."""
    with ledger._engine.begin() as connection:
        for table in APPEND_ONLY:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
                connection.execute(text(f"DELETE FROM {table}"))
                connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
                continue
            trigger = f"{table}_keeps_delete"
            sql = connection.execute(
                text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": trigger}
            ).scalar_one()
            connection.execute(text(f"DROP TRIGGER {trigger}"))
            connection.execute(text(f"DELETE FROM {table}"))
            connection.exec_driver_sql(sql)
    if ledger._witness:
        ledger._witness.path.unlink(missing_ok=True)


def take(ledger: Ledger, verb: str, told: Fact, since: date | None) -> bool:
    """One step; whether it was allowed."""
    try:
        if verb == "assert":
            ledger.assert_facts([told], "tester")
        elif verb == "correct":
            ledger.correct(told, "tester", "because", since)
        else:
            ledger.retract(told.key, "tester", "because", since)
    except (BadRecord, NoAnswer):
        return False
    return True


def take_plainly(plain: Reference, verb: str, told: Fact, since: date | None, time: int) -> bool:
    """The same step on the plain list."""
    if verb == "assert":
        return plain.assert_fact(told, time)
    return plain.correct(told, since, time) if verb == "correct" else plain.retract(told.key, since, time)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(steps, max_size=12))
def test_random_histories(ledger: Ledger, history: list[Any]) -> None:
    empty(ledger)
    plain = Reference()
    for second, (verb, told, number) in enumerate(history):
        ledger._now = lambda second=second: START + timedelta(seconds=second)
        since = None if number is None else day(number)
        assert take(ledger, verb, told, since) is take_plainly(plain, verb, told, since, second)
        assert ledger.head().seq == len(plain.lines)
    compare(ledger, plain, len(history))


def compare(ledger: Ledger, plain: Reference, steps_taken: int) -> None:
    moments = [None, steps_taken // 2]
    for known in range(-1, 10):
        for clearance in (Marking.UNCLASSIFIED, Marking.STRICTLY_CONFIDENTIAL):
            for until in moments:
                stamp = None if until is None else (START + timedelta(seconds=until)).isoformat()
                found = ledger.snapshot(None, day(8), day(known), clearance, stamp)
                expected = plain.known(day(known), clearance, until)
                assert (list(found.facts), list(found.later)) == expected, (known, clearance, until)
    one = ledger.snapshot(["mali-2021"], day(8), day(4))
    assert list(one.facts) == [
        found for found in plain.known(day(4), Marking.UNCLASSIFIED)[0] if found.subject == "mali-2021"
    ]
    assert ledger.verify().whole


@pytest.mark.parametrize("clearance", [Marking.UNCLASSIFIED, Marking.CONFIDENTIAL])
def test_changes_are_the_difference_of_two_snapshots(ledger: Ledger, clearance: Marking) -> None:
    ledger.assert_facts([fact("a", "one", 1), fact("b", "one", 1), fact("c", "one", 5)], "tester")
    ledger.assert_facts([fact("d", "one", 1, marking=Marking.CONFIDENTIAL)], "tester")
    ledger.correct(fact("a", "two", 1), "tester", "read again", day(4))
    ledger.retract(fact("b").key, "tester", "not so", day(4))
    ledger.correct(fact("d", "two", 1, marking=Marking.CONFIDENTIAL), "tester", "read again", day(4))
    found = [(change.what, change.fact.name) for change in ledger.changes(day(2), day(6), None, clearance)]
    hidden = [("corrected", "d")] if clearance else []
    assert sorted(found) == sorted([("new", "c"), ("corrected", "a"), ("withdrawn", "b"), *hidden])
    corrected = next(change for change in ledger.changes(day(2), day(6)) if change.what == "corrected")
    assert corrected.before is not None and corrected.after is not None
    assert (corrected.before.text, corrected.after.text) == ("one", "two")
    assert ledger.changes(day(2), day(3)) == () and ledger.changes(day(2), day(6), "niger-2023") == ()


def test_changes_between_two_states_of_the_ledger(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a", "one", 1)], "tester")  # 00:00
    ledger.correct(fact("a", "two", 1), "tester", "read again")  # 00:01
    ledger.assert_facts([fact("b", "one", 1)], "tester")  # 00:02
    recorded = ("2025-01-01T00:00:30Z", "2025-01-01T01:01:00+01:00")
    (change,) = ledger.changes(day(8), day(8), recorded=recorded)
    assert (change.what, change.fact.text) == ("corrected", "two")
    assert len(ledger.changes(day(8), day(8), recorded=("2024-12-31", "2025-01-01"))) == 2  # a day alone means its end
    assert ledger.snapshot(None, day(8), day(8), recorded_until="2025-01-01T00:00").find(fact("a").key) == fact(
        "a", "one", 1
    )
    for text_ in ("yesterday", "", "2025-13-01", "0001-01-01T00:00:00+23:00"):
        with pytest.raises(BadRecord, match="recorded"):
            ledger.snapshot(None, day(8), day(8), recorded_until=text_)


def test_times_without_a_zone_are_utc_wherever_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        noon = "2025-01-01T12:00:00.000000+00:00"
        for text_ in (
            "2025-01-01T12:00",
            "2025-01-01 12:00:00",
            "2025-01-01T12:00:00Z",
            "2025-01-01T21:00+09:00",
            noon,
        ):
            assert instant(text_) == noon
        assert instant(" 2025-01-01 ") == instant("20250101") == "2025-01-01T23:59:59.999999+00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_correction_reaches_back_or_from_a_day_on(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a", "one", 2), fact("b", "one", 2)], "tester")
    ledger.correct(fact("a", "two", 2), "tester", "a slip")
    ledger.correct(fact("b", "two", 2), "tester", "news", day(5))
    texts = {known: [found.text for found in ledger.snapshot(None, day(8), day(known)).facts] for known in (1, 2, 4, 5)}
    assert texts == {1: [], 2: ["two", "one"], 4: ["two", "one"], 5: ["two", "two"]}
    ledger.correct(fact("b", "two", 2), "tester", "it was so all along")  # the same content, for more days
    assert [found.text for found in ledger.snapshot(None, day(8), day(2)).facts] == ["two", "two"]
    assert ledger.correct(fact("b", "two", 2), "tester", "again").seq == 5  # harmless


def test_a_correction_that_moves_the_day_of_knowledge(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a", "one", 2)], "tester")
    ledger.correct(fact("a", "one", 6), "tester", "published later")
    at = {known: ledger.snapshot(None, day(8), day(known)) for known in (1, 3, 6)}
    assert [len(at[known].facts) for known in at] == [0, 0, 1]
    assert [len(at[known].later) for known in at] == [1, 1, 0]
    ledger.correct(fact("a", "one", 0), "tester", "known before")
    assert len(ledger.snapshot(None, day(8), day(0)).facts) == 1


def test_retracting_reaches_back_or_from_a_day_on(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a", "one", 2), fact("b", "one", 2)], "tester")
    ledger.retract(fact("a").key, "tester", "never so")
    ledger.retract(fact("b").key, "tester", "no longer held", day(5))
    keys = {known: [found.name for found in ledger.snapshot(None, day(8), day(known)).facts] for known in (2, 4, 5)}
    assert keys == {2: ["b"], 4: ["b"], 5: []}
    for verb in (
        lambda: ledger.retract(fact("a").key, "t", "again"),
        lambda: ledger.correct(fact("a", "x"), "t", "no"),
    ):
        with pytest.raises(NoAnswer, match="mali-2021/a"):
            verb()
    ledger.assert_facts([fact("a", "three", 3)], "tester")  # a withdrawn key may be used again
    assert [found.text for found in ledger.snapshot(None, day(8), day(3)).facts] == ["three", "one"]


def test_a_raised_marking_hides_the_past(ledger: Ledger) -> None:
    """Neither an earlier day of knowledge nor an earlier state of the ledger shows what is confidential now."""
    key = fact("a").key
    ledger.assert_facts([fact("a", "the name of a source", 1)], "tester")
    written = ledger.history(key)[-1].recorded_at
    ledger.correct(fact("a", "a source", 1, marking=Marking.CONFIDENTIAL), "tester", "protect", day(5))
    for known in (1, 4, 5, 8):
        for until in (None, written):
            found = ledger.snapshot(None, day(8), day(known), Marking.UNCLASSIFIED, until)
            assert found.facts == found.later == ()
    assert ledger.changes(day(0), day(8)) == ()
    with pytest.raises(NoAnswer):
        ledger.history(key)
    assert len(ledger.history(key, Marking.CONFIDENTIAL)) == 2
    assert [one.text for one in ledger.snapshot(None, day(8), day(2), Marking.CONFIDENTIAL).facts] == [
        "the name of a source"
    ]
    ledger.retract(key, "tester", "gone")
    assert ledger.snapshot(None, day(8), day(2), Marking.UNCLASSIFIED, written).facts == ()


def test_a_lowered_marking_shows_what_was_released_and_no_more(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a", "with a name", 1, marking=Marking.CONFIDENTIAL)], "tester")
    ledger.correct(fact("a", "without", 1), "tester", "released", day(5))
    assert ledger.snapshot(None, day(8), day(2)).facts == ()
    assert [one.text for one in ledger.snapshot(None, day(8), day(5)).facts] == ["without"]
    assert [entry.fact.text for entry in ledger.history(fact("a").key)] == ["without"]


def test_narrowing_a_snapshot(ledger: Ledger) -> None:
    given = [fact("a", kind="seizure"), fact("b"), fact("niger-2023/a"), fact("c", "x", 7, kind="seizure")]
    ledger.assert_facts(given, "tester")
    assert [found.key for found in ledger.snapshot(["niger-2023"], day(8), day(1)).facts] == ["niger-2023/a"]
    assert ledger.snapshot("niger-2023", day(8), day(1)) == ledger.snapshot(("niger-2023",), day(8), day(1))
    seizures = ledger.snapshot(None, day(8), day(1), kinds=("seizure",))
    assert [found.name for found in seizures.facts] == ["a"] and [found.name for found in seizures.later] == ["c"]
    assert ledger.snapshot([], day(8), day(1)).facts == ledger.snapshot(["nowhere-2000"], day(8), day(1)).facts == ()
    assert seizures.head == ledger.head().printed


def test_history_tells_every_entry(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a", "one", 1)], "anna", "desk", "read")
    ledger.correct(fact("a", "two", 1), "boris", "read again", day(3), "import")
    ledger.retract(fact("a").key, "anna", "not so", day(5))
    history = ledger.history(fact("a").key)
    told = [(entry.seq, entry.verb, entry.fact.text, entry.recorder, entry.origin, entry.reason) for entry in history]
    assert told == [
        (1, "assert", "one", "anna", "desk", "read"),
        (2, "correct", "two", "boris", "import", "read again"),
        (3, "retract", "two", "anna", "desk", "not so"),
    ]
    assert [entry.effective_from for entry in history] == [day(1), day(3), day(5)]
    assert history[0].recorded_at == "2025-01-01T00:00:00.000000+00:00"
    assert [entry.seq for entry in ledger.last_entries(["mali-2021", "nowhere-2000"])[fact("a").key]] == [1, 2, 3]
    with pytest.raises(NoAnswer):
        ledger.history("mali-2021/none")
