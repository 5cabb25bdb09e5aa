"""Nothing is overwritten: what the door takes in and refuses, what the guards refuse, what verify finds."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from goodoffices.core.days import Day, Span, read_span
from goodoffices.core.errors import BadRecord, Broken, NoAnswer
from goodoffices.core.facts import Fact
from goodoffices.core.markings import Marking
from goodoffices.ledger.chain import GENESIS, Head, entry_hash
from goodoffices.ledger.schema import APPEND_ONLY, entry
from goodoffices.ledger.store import Draft, Ledger, open_ledger
from ledger.making import day, fact, ticking

NAMES = "abcdefgh"


def fill(ledger: Ledger) -> None:
    """Eight facts in four writes."""
    for first in range(0, 8, 2):
        ledger.assert_facts([fact(NAMES[number], f"text {number}", number) for number in (first, first + 1)], "tester")


# the door


def test_an_empty_ledger(ledger: Ledger) -> None:
    assert ledger.head() == Head(0, GENESIS) and ledger.head().printed == "0:0000000000000000"
    found = ledger.verify()
    assert found.whole and found.entries == 0 and not found.notes
    assert ledger.snapshot(None, day(1), day(1)).facts == ()
    assert ledger.assert_facts([], "tester").seq == ledger.append([], "tester").seq == 0
    assert ledger.taken_in("casebook") == "" and ledger.subjects_from("desk") == () and ledger.last_entries([]) == {}


def test_the_same_content_again_is_harmless(ledger: Ledger) -> None:
    first = ledger.assert_facts([fact("a"), fact("b")], "tester")
    assert ledger.assert_facts([fact("a"), fact("b")], "tester") == first
    assert ledger.assert_facts([fact("b"), fact("c"), fact("c")], "tester").seq == 3  # and within one request


def test_another_content_under_a_used_key_is_refused_whole(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a"), fact("b")], "tester")
    with pytest.raises(BadRecord) as caught:
        ledger.assert_facts([fact("c"), fact("a", "two"), fact("b", "two")], "tester")
    assert [problem.where for problem in caught.value.problems] == ["mali-2021/a", "mali-2021/b"]
    with pytest.raises(BadRecord, match="twice here"):
        ledger.assert_facts([fact("d"), fact("d", "two")], "tester")
    assert ledger.head().seq == 2


@pytest.mark.parametrize(
    "odd",
    [
        fact("a", "NUL \x00 in it"),
        fact("a", "half a pair \ud83d"),
        fact("a", "bell \x07"),
        fact("a", value=(("label", "\x00"),)),
        fact("a", value=(("\x00", "label"),)),
        fact("mali-2021/a\x00"),
        fact("mali-2021/\ud800"),
        fact("mali-2021/A B"),
        fact("mali-2021/" + "a" * 200),
        fact("a", kind="k" * 41),
        fact("a", span=Span("yesterday", read_span("2021").begins, None, True)),
        fact("a", span=Span("2021-05-24", Day("2021-05-24", date(2021, 5, 24), date(2021, 5, 24)), None, True)),
    ],
    ids=range(12),
)
def test_what_could_not_be_read_back_is_refused(ledger: Ledger, odd: Fact) -> None:
    for write in (
        lambda: ledger.assert_facts([fact("b"), odd], "tester"),
        lambda: ledger.append([Draft("assert", fact("b"), day(0)), Draft("assert", odd, day(0))], "tester"),
    ):
        with pytest.raises(BadRecord) as caught:
            write()
        assert "mali-2021" in str(caught.value)
        str(caught.value).encode()  # the message itself can be printed
    assert ledger.head().seq == 0


def test_odd_recorders_and_reasons_are_refused(ledger: Ledger) -> None:
    for recorder, origin, reason in (
        ("x" * 121, "desk", ""),
        ("\x00", "desk", ""),
        ("t", "o" * 41, ""),
        ("t", "o", "\ud800"),
    ):
        with pytest.raises(BadRecord, match="mali-2021/a"):
            ledger.assert_facts([fact("a")], recorder, origin, reason)
    assert ledger.head().seq == 0


@pytest.mark.parametrize(
    "unusual",
    [
        fact("a", known=date.min),
        fact("a", known=date.max),
        fact("a", span=read_span("0001-01-01/9999-12-31")),
        fact("a", span=read_span("unknown")),
        fact("a", span=read_span("2023-07-2X")),
        fact("a", "قرر المجلس تعليق عضوية مالي \u200f", texts=(("ar", "مالي"),)),
        fact("a", "🕊 \u202f é e\u0301 \t\n ' \" \\ % :name ; -- {} $1"),
        fact("a", "x" * 3_000_000),
        fact("a", ""),
        fact("state:MLI/a", marking=Marking.STRICTLY_CONFIDENTIAL, value=(("b", ""), ("a", "x"))),
    ],
    ids=range(10),
)
def test_unusual_facts_come_back_as_they_went_in(ledger: Ledger, unusual: Fact) -> None:
    ledger.assert_facts([unusual], "Élodie %s :x", reason="because; DROP TABLE entry")
    found = ledger.snapshot(None, date.max, date.max, Marking.STRICTLY_CONFIDENTIAL)
    assert found.facts == (unusual,)
    assert len(ledger.snapshot(None, date.min, date.min, Marking.STRICTLY_CONFIDENTIAL).facts) == (
        unusual.known_at == date.min
    )
    assert ledger.history(unusual.key, Marking.STRICTLY_CONFIDENTIAL)[0].fact == unusual
    assert ledger.verify().whole


def test_asking_for_what_cannot_be_there(ledger: Ledger) -> None:
    ledger.assert_facts([fact("a")], "tester")
    for odd in ("mali-2021/\x00", "mali-2021/\ud800", "", "/", "mali-2021", "x" * 5_000, "%", "'; --"):
        with pytest.raises(NoAnswer) as caught:
            ledger.history(odd)
        str(caught.value).encode()
        with pytest.raises(NoAnswer):
            ledger.retract(odd, "tester", "because")
        found = ledger.snapshot([odd], day(1), day(1), kinds=[odd])
        assert found.facts == () and ledger.last_entries([odd.partition("/")[0] + "\x00"]) == {}


def test_two_facts_of_one_day_stand_in_the_order_of_their_keys(ledger: Ledger) -> None:
    ledger.assert_facts([fact("b"), fact("a"), fact("c")], "tester")
    assert [found.name for found in ledger.snapshot(None, day(1), day(1)).facts] == ["a", "b", "c"]


def test_an_intake_is_taken_in_once(ledger: Ledger) -> None:
    drafts = [Draft("assert", fact("a"), day(0))]
    first = ledger.append(drafts, "casebook", "casebook", "digest-1")
    assert ledger.append(drafts, "casebook", "casebook", "digest-1") == first
    assert ledger.taken_in("casebook") == "digest-1"
    ledger.append([], "casebook", "casebook", "digest-2")
    assert ledger.taken_in("casebook") == "digest-2" and ledger.head() == first
    ledger.append([Draft("assert", fact("niger-2023/a"), day(0))], "casebook", "casebook", "digest-1")  # and back again
    assert ledger.subjects_from("casebook") == ("mali-2021", "niger-2023")
    assert ledger.verify().whole


# the guards


FORBIDDEN = {
    "UPDATE": "UPDATE {table} SET {key} = {key}",
    "DELETE": "DELETE FROM {table}",
    "UPSERT": "INSERT INTO {table} SELECT * FROM {table} WHERE true "
    "ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
}
FORBIDDEN_IN = {
    "sqlite": FORBIDDEN
    | {
        "REPLACE": "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        "UPDATE OR REPLACE": "UPDATE OR REPLACE {table} SET {key} = {key}",
    },
    "postgresql": FORBIDDEN | {"TRUNCATE": "TRUNCATE {table}", "TRUNCATE ALL": "TRUNCATE entry, {table} CASCADE"},
}


def test_raw_sql_cannot_change_what_was_written(ledger: Ledger) -> None:
    ledger.append([Draft("assert", fact("a"), day(0))], "casebook", "casebook", "digest")
    for sql in FORBIDDEN_IN[ledger._engine.dialect.name].values():
        for table, key in APPEND_ONLY.items():
            with pytest.raises(DBAPIError, match="append-only"), ledger._engine.begin() as connection:
                connection.execute(text(sql.format(table=table, key=key)))
    assert ledger.verify().whole and ledger.head().seq == 1 and ledger.taken_in("casebook") == "digest"


# verify


def tamper(ledger: Ledger, *statements: str, keep_guards: bool = True) -> None:
    """What somebody does who owns the database: step past the guards, and put them back."""
    with ledger._engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            for sql in (
                *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in APPEND_ONLY),
                *statements,
                *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in APPEND_ONLY if keep_guards),
            ):
                connection.execute(text(sql))
            return
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for row in found:
            connection.exec_driver_sql(f"DROP TRIGGER {row.name}")
        for sql in statements:
            connection.exec_driver_sql(sql)
        for row in found if keep_guards else ():
            connection.exec_driver_sql(row.sql)


EDITS = {
    "seq": "99",
    "verb": "'retract'",
    "fact_key": "'mali-2021/x'",
    "version": "'0000000000000000'",
    "subject": "'niger-2023'",
    "kind": "'seizure'",
    "marking": "2",
    "effective_from": "'2020-01-01'",
    "known_at": "'2020-01-01'",
    "recorded_at": "'2020-01-01T00:00:00.000000+00:00'",
    "recorder": "'nobody'",
    "origin": "'elsewhere'",
    "reason": "'another'",
    "payload": "replace(payload, 'text 3', 'text 9')",
    "previous": "hash",
    "hash": "previous",
}


def test_an_edit_is_planted_in_every_column() -> None:
    assert set(EDITS) == set(entry.c.keys())


def edited(seq: int, column: str) -> str:
    value = EDITS[column].replace("text 3", f"text {seq - 1}")
    return f"UPDATE entry SET {column} = {value} WHERE seq = {seq}"


def undone(row: dict[str, Any], column: str) -> tuple[str, ...]:
    """Statements that put a row back, whatever was edited."""
    seq = EDITS["seq"] if column == "seq" else row["seq"]
    quoted = {
        name: value if isinstance(value, int) else "'" + value.replace("'", "''") + "'" for name, value in row.items()
    }
    return (f"UPDATE entry SET {', '.join(f'{name} = {value}' for name, value in quoted.items())} WHERE seq = {seq}",)


def row_of(ledger: Ledger, seq: int) -> dict[str, Any]:
    with ledger._engine.connect() as connection:
        return connection.execute(entry.select().where(entry.c.seq == seq)).one()._asdict()


@pytest.mark.parametrize("hashed_anew", [False, True])
def test_verify_finds_an_edit_of_any_column(ledger: Ledger, hashed_anew: bool) -> None:
    """In the first, a middle and the last entry; also where the editor made the entry's own hash fit again."""
    fill(ledger)
    for column in EDITS:
        for seq in (1, 4, 8):
            if hashed_anew and column in ("seq", "hash"):
                continue
            before = row_of(ledger, seq)
            tamper(ledger, edited(seq, column))
            if hashed_anew:
                tamper(ledger, f"UPDATE entry SET hash = '{entry_hash(row_of(ledger, seq))}' WHERE seq = {seq}")
            faults = ledger.verify().faults
            named = [f"entry {seq} ", f"entry {seq + 1} ", f"entries {seq} to"]
            assert any(name in fault for fault in faults for name in named), (column, seq, faults)
            tamper(ledger, *undone(before, column))
            assert ledger.verify().whole, (column, seq)


@pytest.mark.parametrize(
    "statement", ["seq = 4", "seq = 1", "seq IN (3, 4, 5)", "seq < 5", "seq > 6", "seq = 8", "seq > 0"]
)
def test_verify_finds_deletions(ledger: Ledger, statement: str) -> None:
    fill(ledger)
    tamper(ledger, f"DELETE FROM entry WHERE {statement}")
    found = ledger.verify()
    assert any("missing" in fault for fault in found.faults), found.faults


def test_verify_finds_swapped_rows(ledger: Ledger) -> None:
    fill(ledger)
    tamper(
        ledger,
        "UPDATE entry SET seq = -1 WHERE seq = 3",
        "UPDATE entry SET seq = 3 WHERE seq = 4",
        "UPDATE entry SET seq = 4 WHERE seq = -1",
    )
    assert len(ledger.verify().faults) >= 2


def test_verify_finds_a_slipped_in_entry(ledger: Ledger) -> None:
    fill(ledger)
    with ledger._engine.begin() as connection:
        row = connection.execute(entry.select().where(entry.c.seq == 8)).one()._asdict()
        row |= {"seq": 9, "previous": row["hash"], "fact_key": "mali-2021/z"}
        row["hash"] = entry_hash(row)
        connection.execute(entry.insert().values(**row))
    assert any("slipped in" in fault for fault in ledger.verify().faults)


def test_verify_finds_changed_checkpoints(ledger: Ledger) -> None:
    fill(ledger)
    tamper(ledger, "UPDATE checkpoint SET recorded_at = '2020' WHERE seq = 4")
    assert any("checkpoint of entry 4" in fault for fault in ledger.verify().faults)
    tamper(ledger, f"UPDATE checkpoint SET hash = '{GENESIS}' WHERE seq = 6")
    assert any("entry 6" in fault for fault in ledger.verify().faults)
    tamper(ledger, "DELETE FROM checkpoint WHERE seq = 8")
    assert any("checkpoints end at entry 6" in fault for fault in ledger.verify().faults)


def test_verify_finds_a_missing_guard(ledger: Ledger) -> None:
    fill(ledger)
    tamper(ledger, keep_guards=False)
    faults = ledger.verify().faults
    assert all("guard" in fault for fault in faults) and len(faults) >= 8


def test_a_cut_tail_is_seen_by_the_printed_head(ledger: Ledger) -> None:
    fill(ledger)
    number, digits = ledger.head().printed.split(":")
    printed = Head(int(number), digits)
    assert ledger.verify([printed]).whole
    tamper(ledger, "DELETE FROM entry WHERE seq > 6", "DELETE FROM checkpoint WHERE seq > 6")
    if ledger._witness:
        ledger._witness.path.unlink()
    found = ledger.verify([printed])
    assert found.faults == (
        "entries 7 to 8 missing at the end: the printed chain head saw the chain reach entry 8, it now ends at 6.",
    )
    assert found.head.seq == 6


def test_a_spoiled_row_is_our_fault_and_says_so(ledger: Ledger) -> None:
    fill(ledger)
    tamper(ledger, "UPDATE entry SET payload = '{}' WHERE seq = 4", "UPDATE entry SET payload = 'x' WHERE seq = 5")
    for ask in (
        lambda: ledger.snapshot(None, day(8), day(8)),
        lambda: ledger.history("mali-2021/e"),
        lambda: ledger.retract("mali-2021/d", "t", "r"),
    ):
        with pytest.raises(Broken, match=r"entry [45] of the ledger cannot be read; run `goodoffices verify`"):
            ask()
    assert len(ledger.verify().faults) == 2


# the witness, which only a file has


@pytest.fixture
def filed(tmp_path: Path) -> Any:
    ledger = open_ledger(tmp_path / "ledger.sqlite", ticking())
    fill(ledger)
    yield ledger
    ledger.close()


def rewrite(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(change(lines)))


def test_the_witness_sees_a_cut_that_cut_the_checkpoints_too(filed: Ledger) -> None:
    tamper(filed, "DELETE FROM entry WHERE seq > 6", "DELETE FROM checkpoint WHERE seq > 6")
    (fault,) = filed.verify().faults
    assert fault.startswith("entries 7 to 8 missing at the end: the witness file ledger.sqlite.heads saw")


def test_the_witness_sees_an_older_copy_even_after_new_writes(filed: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    shutil.copy(path, tmp_path / "copy")
    filed.assert_facts([fact("i", "nine", 8), fact("j", "ten", 8)], "tester")
    shutil.copy(tmp_path / "copy", path)
    assert any("missing at the end" in fault for fault in filed.verify().faults)
    filed.assert_facts([fact("k", "another nine", 8), fact("l", "another ten", 8)], "tester")
    assert any("another history" in fault for fault in filed.verify().faults)


def test_a_lost_or_late_witness_is_noted(filed: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite.heads"
    rewrite(path, lambda lines: lines[:-1])
    found = filed.verify()
    assert found.whole and "ends at entry 6, the chain at 8" in found.notes[0]
    path.unlink()
    found = filed.verify()
    assert found.whole and "no witness file" in found.notes[0]
    filed.assert_facts([fact("i")], "tester")
    assert filed.verify().whole and not filed.verify().notes


def test_a_half_written_witness_line_spoils_nothing(filed: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite.heads"
    rewrite(path, lambda lines: [*lines[:-1], lines[-1][:20]])
    assert filed.verify().whole
    filed.assert_facts([fact("i")], "tester")
    assert [head.seq for head in filed._witness.heads()] == [2, 4, 6, 9]  # type: ignore[union-attr]
    path.write_bytes(path.read_bytes() + b"\xff\xfe garbage\n")
    assert filed.verify().whole


def test_a_witness_that_cannot_be_written_stops_the_write_before_it_begins(filed: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite.heads"
    path.unlink()
    path.mkdir()
    with pytest.raises(Broken, match="Nothing of this request was kept"):
        filed.assert_facts([fact("i")], "tester")
    assert filed.head().seq == 8


def test_a_full_disk_after_the_commit_is_told_as_what_it_is(filed: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("goodoffices.ledger.chain.os.fsync", full)
    with pytest.raises(Broken, match=r"this request is kept, up to entry 9.*No space left"):
        filed.assert_facts([fact("i")], "tester")
    monkeypatch.undo()
    assert filed.head().seq == 9 and filed.verify().whole


def test_a_full_disk_before_the_commit_keeps_nothing(filed: Ledger, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    from sqlalchemy import event

    @event.listens_for(filed._engine, "connect")
    def _full(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    with pytest.raises(Broken, match=r"full\. Nothing of this request was kept"):
        filed.assert_facts([fact("i", "x" * 100_000)], "tester")
    assert filed.head().seq == 8 and filed.verify().whole
