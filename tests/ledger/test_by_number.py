"""The ledger asked by the numbers of its entries: what was written after one, what stood there before later ones."""

from datetime import timedelta

from goodoffices.core.markings import Marking
from goodoffices.ledger.chain import GENESIS
from goodoffices.ledger.store import Ledger
from ledger.making import START, day, fact, marked


def told(ledger: Ledger, upto: int | None = None, known: int = 8) -> dict[str, str]:
    found = ledger.snapshot(("mali-2021",), day(8), day(known), upto=upto)
    return {one.name: one.text for one in found.facts}


def test_a_snapshot_goes_back_to_the_entry_that_is_named(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a"), fact("b", "two")], "x")
    ledger.correct(fact("a", "mended"), "x", "wrong")
    ledger.retract("mali-2021/b", "x", "no")
    assert told(ledger, 0) == {}
    assert told(ledger, 1) == {"a": "one"}
    assert told(ledger, 2) == {"a": "one", "b": "two"}
    assert told(ledger, 3) == {"a": "mended", "b": "two"}
    assert told(ledger, 4) == told(ledger) == {"a": "mended"}


def test_the_day_of_knowledge_still_counts(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a", known=1), fact("b", known=5)], "x")
    ledger.correct(fact("a", "later", known=4), "x", "news", day(4))
    assert told(ledger, 2, known=3) == told(ledger, None, known=3) == {"a": "one"}
    assert told(ledger, 2, known=4) == {"a": "one"}
    assert told(ledger, 3, known=4) == {"a": "later"}


def test_what_was_written_after_a_number_comes_in_order(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a")], "x")
    ledger.assert_facts([fact("b")], "y", reason="because")
    ledger.retract("mali-2021/a", "z", "no")
    found = ledger.after(1)
    assert [(one.seq, one.verb, one.fact.name, one.recorder, one.reason) for one in found] == [
        (2, "assert", "b", "y", "because"),
        (3, "retract", "a", "z", "no"),
    ]
    assert ledger.after(3) == ()
    assert len(ledger.after(0)) == 3


def test_a_fact_whose_marking_was_raised_is_not_among_them(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a"), fact("b")], "x")
    ledger.correct(marked("a", "secret", 0, Marking.CONFIDENTIAL), "x", "raised")
    assert [one.fact.name for one in ledger.after(0)] == ["b"]
    assert "a" not in told(ledger, 2)  # its past would give it away
    assert [one.fact.name for one in ledger.after(0, Marking.CONFIDENTIAL)] == ["a", "b", "a"]


def test_numbers_by_time_and_heads_by_number(ledger: Ledger) -> None:
    assert ledger.number_at(START.isoformat()) == 0
    for name in "abc":
        ledger.assert_facts([fact(name)], "x")
    first, last = (ledger.after(0)[place].recorded_at for place in (0, -1))
    assert ledger.number_at(first) == 1
    assert ledger.number_at(last) == 3
    assert ledger.number_at((START - timedelta(days=1)).isoformat()) == 0
    head = ledger.head_at(2)
    assert head is not None
    assert head.hash == ledger.after(1)[0].hash != GENESIS
    assert ledger.head_at(3) == ledger.head()
    assert ledger.head_at(0) is None
    assert ledger.head_at(4) is None


def test_the_place_tells_no_password(ledger: Ledger, ledger_address: str) -> None:
    place = str(ledger.place)
    if ledger_address.startswith("postgres"):
        assert place.startswith("postgresql+psycopg://")
    else:
        assert place == ledger_address
    assert "password=" not in place
