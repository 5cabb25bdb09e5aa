"""What looks through the whole record at once finds on each day exactly what a snapshot of that day gives."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from goodoffices.core.errors import Broken
from goodoffices.core.markings import Marking
from goodoffices.ledger.store import Ledger
from ledger.making import START, day, fact
from ledger.test_two_clocks import empty, steps, take


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(steps, max_size=12))
def test_a_snapshot_is_what_has_a_spell_on_its_day(ledger: Ledger, history: list[Any]) -> None:
    empty(ledger)
    for second, (verb, told, number) in enumerate(history):
        ledger._now = lambda second=second: START + timedelta(seconds=second)
        take(ledger, verb, told, None if number is None else day(number))
    for clearance in Marking:
        spells = list(ledger.spells(clearance))
        for known in range(-1, 10):
            standing = [one for one in spells if one.since <= day(known) < one.until]
            expected = ledger.snapshot(None, day(8), day(known), clearance).facts
            assert sorted(one.record["key"] for one in standing) == sorted(one.key for one in expected)
            told = ledger.numbered([one.seq for one in standing])
            assert {one.key: one for one in told.values()} == {one.key: one for one in expected}


def test_a_raised_marking_hides_the_past(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a", "open"), fact("b", "open")], "tester")
    ledger.correct(fact("a", "closed", marking=Marking.CONFIDENTIAL), "tester", "raised", day(5))
    assert [one.record["text"] for one in ledger.spells()] == ["open"]
    assert {one.record["key"] for one in ledger.spells()} == {"mali-2021/b"}
    assert len(list(ledger.spells(Marking.CONFIDENTIAL))) == 3


def test_many_numbers_are_read_in_parts(ledger: Ledger) -> None:
    ledger.assert_facts([fact(f"f{number}", str(number)) for number in range(450)], "tester")
    numbers = [one.seq for one in ledger.spells()]
    found = ledger.numbered(numbers)
    assert {one.text for one in found.values()} == {str(number) for number in range(450)}
    assert ledger.numbered([]) == {}
    assert ledger.numbered([10_000]) == {}


@pytest.mark.parametrize("payload", ["{", "[]", "null", '{"key": "mali-2021/a"}'])
def test_a_spoiled_content_is_named_by_its_number(ledger: Ledger, payload: str) -> None:
    ledger.assert_facts([fact("a", "one")], "tester")
    with ledger._engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE entry DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER entry_keeps_update"))
        connection.execute(text("UPDATE entry SET payload = :payload"), {"payload": payload})
    with pytest.raises(Broken, match="entry 1 of the ledger"):
        list(ledger.spells())
