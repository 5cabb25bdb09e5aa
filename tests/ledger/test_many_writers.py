"""Several processes, killed processes, many facts: nothing that was acknowledged is lost."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from goodoffices.core.errors import BadRecord
from goodoffices.core.markings import Marking
from goodoffices.ledger import queries
from goodoffices.ledger.schema import entry
from goodoffices.ledger.store import Draft, Ledger, open_ledger
from ledger.making import day, fact, ticking

TESTS = Path(__file__).parents[1]


def writer(address: str, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "ledger.writer", address, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TESTS)


def test_two_processes_at_once_lose_nothing(ledger_address: str) -> None:
    """They make the ledger at once, too."""
    writers = [writer(ledger_address, name, 25) for name in ("anna", "boris")]
    kept = [line for one in writers for line in one.communicate(timeout=60)[0].split() if line != "ready"]
    assert [one.returncode for one in writers] == [0, 0]
    ledger = open_ledger(ledger_address, ticking())
    assert len(kept) == 50
    assert {found.key for found in ledger.snapshot(None, day(1), day(1)).facts} == set(kept)
    found = ledger.verify()
    assert found.whole and found.entries == 50 and not found.notes
    ledger.close()


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_it_acknowledged(ledger_address: str) -> None:
    chance = random.Random(20250101)
    ledger = open_ledger(ledger_address, ticking())
    kept: set[str] = set()
    for trial in range(10):
        process = writer(ledger_address, f"trial-{trial}", 10_000)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.15))
        process.kill()
        kept |= {line.strip() for line in process.stdout if line.endswith("\n")}
        process.stdout.close()
        process.wait()
        found = ledger.verify()
        assert found.whole, found.faults
        assert kept <= {one.key for one in ledger.snapshot(None, day(1), day(1)).facts}
        ledger.assert_facts([fact(f"after-{trial}")], "tester")  # and goes on
        kept.add(fact(f"after-{trial}").key)
        assert ledger.verify().whole and not ledger.verify().notes
    assert len(kept) > 20
    ledger.close()


def race(*verbs: Callable[[], Any]) -> list[BaseException | None]:
    """Run verbs at once; what each raised."""
    raised: list[BaseException | None] = [None] * len(verbs)
    gate = threading.Barrier(len(verbs))

    def run(number: int) -> None:
        gate.wait()
        try:
            verbs[number]()
        except BaseException as fault:
            raised[number] = fault

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(verbs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_contents_for_one_key_at_once(ledger: Ledger) -> None:
    """One of them is kept, the other refused: the look-up and the write are one step."""
    for name in "abcdef":
        raised = race(
            lambda name=name: ledger.assert_facts([fact(name, "one")], "anna"),
            lambda name=name: ledger.assert_facts([fact(name, "two")], "boris"),
        )
        assert sorted(type(fault) for fault in raised if fault) == [BadRecord]
    assert ledger.head().seq == 6 and ledger.verify().whole


def test_verify_while_others_write(ledger: Ledger) -> None:
    ledger.assert_facts([fact(f"a-{number}") for number in range(500)], "tester")
    found: list[bool] = []

    def write() -> None:
        for number in range(20):
            ledger.assert_facts([fact(f"b-{number}")], "tester")

    def check() -> None:
        found.extend(ledger.verify().whole for _ in range(10))

    assert race(write, check) == [None, None]
    assert found == [True] * 10


# many facts


def counted(ledger: Ledger) -> list[str]:
    """Statements sent from now on."""
    sent: list[str] = []

    @event.listens_for(ledger._engine, "before_cursor_execute")
    def _count(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    return sent


@pytest.mark.slow
def test_twenty_thousand_facts(ledger: Ledger) -> None:
    many = [
        fact(f"{case}/f-{number}", known=number % 9) for case in ("mali-2021", "niger-2023") for number in range(10_000)
    ]
    sent = counted(ledger)
    started = time.perf_counter()
    ledger.assert_facts(many, "tester")
    ledger.assert_facts(many, "tester")
    assert time.perf_counter() - started < 20
    assert len(sent) < 300  # not one look-up a fact
    assert ledger.head().seq == 20_000
    found = ledger.snapshot(["mali-2021"], day(8), day(4))
    assert (len(found.facts), len(found.later)) == (5_556, 4_444)
    assert len(ledger.snapshot(None, day(8), day(8)).facts) == 20_000
    assert ledger.verify().whole


def test_a_snapshot_of_one_case_reads_the_index_alone(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.db", ticking())
    ledger.append([Draft("assert", fact(f"mali-2021/f-{number}"), day(0)) for number in range(50)], "tester")
    asked = {
        "one case": queries.counting(queries.Question(["mali-2021", "state:MLI"], "2021-06-01", Marking.UNCLASSIFIED)),
        "all": queries.counting(queries.Question(None, "2021-06-01", Marking.UNCLASSIFIED)),
        "keys": queries.newest_of(["mali-2021/a", "mali-2021/b", "niger-2023/a"]),
        "origin": select(entry.c.subject).where(entry.c.origin == "casebook").distinct(),
    }
    plans = {}
    with ledger._engine.connect() as connection:
        for name, statement in asked.items():
            sql = statement.compile(connection, compile_kwargs={"literal_binds": True})
            plans[name] = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
    ledger.close()
    for name, step in (
        ("one case", "SEARCH entry USING COVERING INDEX entry_by_key (subject=?)"),
        ("all", "SCAN entry USING COVERING INDEX entry_by_key"),
        ("keys", "SEARCH entry USING COVERING INDEX entry_by_key (subject=? AND fact_key=?)"),
        ("origin", "SEARCH entry USING COVERING INDEX entry_by_origin (origin=?)"),
    ):
        assert step in plans[name], plans[name]
    for name in ("one case", "all"):
        rows = [step for step in plans[name] if "entry" in step and "INDEX" not in step]
        assert rows and all("SEARCH" in step and "INTEGER PRIMARY KEY" in step for step in rows), plans[name]
