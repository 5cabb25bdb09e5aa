"""Where a ledger may lie, and what is said where it may not."""

import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from goodoffices.core.errors import BadRecord, Broken
from goodoffices.ledger import store
from goodoffices.ledger.store import Ledger, open_ledger
from ledger.making import day, fact, ticking


def write_and_read(address: str | Path) -> None:
    for name in ("a", "b"):
        ledger = open_ledger(address, ticking())
        ledger.assert_facts([fact(name)], "tester")
        assert ledger.verify().whole
        ledger.close()
    ledger = open_ledger(address, ticking())
    assert [found.name for found in ledger.snapshot(None, day(1), day(1)).facts] == ["a", "b"]
    ledger.close()


@pytest.mark.parametrize(
    "name",
    [
        *(
            "plain.db",
            "with space.db",
            "what?.db",
            "100%.db",
            "a%20b.db",
            "sharp#1.db",
            "été مالي.db",
            "a&b=c;d@e:f.db",
        ),
        *("postgres.db", "'quote\".db", "back\\slash.db", "+plus+.db", ":memory:", "a?mode=ro&x.db"),
    ],
)
def test_any_file_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / name
    write_and_read(folder / name)
    assert sorted(path.name for path in folder.iterdir()) == sorted([name, name + ".heads"])


def test_forms_of_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_and_read("here.db")
    write_and_read("sqlite:///" + str(tmp_path / "there.db"))
    write_and_read("sqlite:///relative.db")
    write_and_read("postgres-notes.db")
    assert {path.name for path in tmp_path.glob("*.db")} == {"here.db", "there.db", "relative.db", "postgres-notes.db"}


def test_a_new_ledger_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "ledger.db"
    write_and_read(path)
    for made in (path, path.with_name("ledger.db.heads")):
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_addresses_that_name_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for address in (
        "mysql://user@host/name",
        "http://host/x",
        tmp_path,
        "postgresql://host:port/name",
        "postgresql+x://h/n",
        "a\x00b",
    ):
        with pytest.raises(BadRecord):
            open_ledger(address, ticking())
    assert list(tmp_path.iterdir()) == []
    for address in ("x" * 300, tmp_path / "x" / ("y" * 300)):
        with pytest.raises(Broken, match="--db"):
            open_ledger(address, ticking())


@pytest.mark.parametrize(
    "content",
    [
        b"not a database at all, but a letter of some length" * 30,
        b"SQLite format 3\x00" + b"\xff" * 4096,
        b"x",
        b"\x00" * 5000,
    ],
    ids=["text", "headed", "short", "zeros"],
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(Broken, match=r"letter\.txt.*(cannot be opened as a ledger|could not be)"):
        open_ledger(path, ticking())
    assert path.read_bytes() == content


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE moz_places (url TEXT)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Broken, match=r"history\.sqlite: the database is no ledger: it holds the tables moz_places"):
        open_ledger(path, ticking())
    assert path.read_bytes() == before


def test_another_layout_is_refused(ledger_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LAYOUT", "2")
    open_ledger(ledger_address, ticking()).close()
    monkeypatch.undo()
    with pytest.raises(Broken, match="layout 2, this program writes 1"):
        open_ledger(ledger_address, ticking())


@pytest.mark.postgres
def test_tables_of_others_may_stand_beside_ours_in_postgresql(postgres_address: str) -> None:
    engine = create_engine(postgres_address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id integer)"))
    write_and_read(postgres_address)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE layout"))
    engine.dispose()
    with pytest.raises(Broken, match="no ledger: it holds the tables checkpoint, entry, intake"):
        open_ledger(postgres_address, ticking())


@pytest.mark.postgres
def test_a_postgresql_that_does_not_answer(postgres_address: str) -> None:
    nowhere = postgres_address.replace("/ledger_", "/nowhere_")
    with pytest.raises(Broken, match="cannot be opened as a ledger"):
        open_ledger(nowhere, ticking())
    with pytest.raises(Broken) as caught:
        open_ledger("postgresql://anna:s3cret@127.0.0.1:1/name?password=s3cret", ticking())
    assert "s3cret" not in str(caught.value)


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_url: str) -> Any:
        raise ModuleNotFoundError("No module named 'psycopg'", name="psycopg")

    monkeypatch.setattr("goodoffices.ledger.postgresql.engine", missing)
    with pytest.raises(BadRecord, match="psycopg, which is not installed"):
        open_ledger("postgresql://host/name", ticking())


# reading only. To root every file is writable, so what os.access says is told here.


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    ledger = open_ledger(path, ticking())
    ledger.assert_facts([fact("a")], "tester")
    ledger.close()
    return path


@pytest.fixture
def read_only(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    filled.chmod(0o400)
    ledger = open_ledger(filled, ticking())
    yield ledger
    ledger.close()


def test_a_read_only_file_is_read(read_only: Ledger, filled: Path) -> None:
    before = filled.read_bytes()
    assert len(read_only.snapshot(None, day(1), day(1)).facts) == 1
    assert read_only.verify().whole and read_only.head().seq == 1
    assert read_only.append([], "tester").seq == 1
    with pytest.raises(Broken, match=r"could not be written: .*readonly.* Nothing of this request was kept\."):
        read_only.assert_facts([fact("b")], "tester")
    assert filled.read_bytes() == before and {path.name for path in filled.parent.iterdir()} == {
        "ledger.db",
        "ledger.db.heads",
    }


def test_a_read_only_folder_is_read(filled: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("to root every folder is writable")
    filled.parent.chmod(0o500)
    try:
        ledger = open_ledger(filled, ticking())
        assert len(ledger.snapshot(None, day(1), day(1)).facts) == 1 and ledger.verify().whole
        with pytest.raises(Broken, match="Nothing of this request was kept"):
            ledger.assert_facts([fact("b")], "tester")
        ledger.close()
        with pytest.raises(Broken, match="cannot be made"):
            open_ledger(filled.with_name("another.db"), ticking())
    finally:
        filled.parent.chmod(0o700)


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("goodoffices.ledger.store.os.open", refuse)
    with pytest.raises(Broken, match=r"ledger\.db cannot be made: Permission denied\. Name another place with --db\."):
        open_ledger(tmp_path / "ledger.db", ticking())


def test_a_ledger_that_vanishes_under_us(filled: Path) -> None:
    ledger = open_ledger(filled, ticking())
    filled.write_bytes(b"")
    with pytest.raises(Broken, match="could not be read"):
        ledger.snapshot(None, day(1), day(1))
    with pytest.raises(Broken, match="could not be read"):
        ledger.verify()
    ledger.close()
