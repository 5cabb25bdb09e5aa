"""Drafts stand beside the record: whole, lasting, and no part of it."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from goodoffices.core.errors import BadRecord, Broken, NoAnswer
from goodoffices.desk import drafts as module
from goodoffices.desk.beside import beside
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.desk.drafts import MOST, Drafts
from record import clock

TESTS = Path(__file__).parents[1]
HALF = {"kind": "statement", "text": "العربية « É » <script>", "when": ""}


def test_a_draft_comes_back_as_it_was_typed_in_another_session(empty_desk: Desk) -> None:
    kept = Drafts(empty_desk).keep("fact", "mali-2021", HALF)
    assert kept.fields == {"kind": "statement", "text": "العربية « É » <script>"}
    assert (kept.form, kept.subject, kept.keeper) == ("fact", "mali-2021", "tests")
    again = open_desk(empty_desk.place(), clock, recorder="other", take_in=False)
    assert Drafts(again).all() == (kept,)
    assert Drafts(again).find(kept.id) == kept
    again.close()


def test_keeping_it_again_keeps_one(empty_desk: Desk) -> None:
    drafts = Drafts(empty_desk)
    first = drafts.keep("fact", "mali-2021", {"text": "a"})
    other = drafts.keep("paste", "chad-2021", {"pasted": "b"})
    second = drafts.keep("fact", "mali-2021", {"text": "c"}, first.id)
    assert second.id == first.id
    assert {one.id: dict(one.fields) for one in drafts.all()} == {first.id: {"text": "c"}, other.id: {"pasted": "b"}}
    assert [one.id for one in drafts.all("chad-2021")] == [other.id]


def test_a_draft_that_was_deleted_meanwhile_is_kept_as_a_new_one(empty_desk: Desk) -> None:
    drafts = Drafts(empty_desk)
    first = drafts.keep("fact", "mali-2021", {"text": "a"})
    drafts.delete(first.id)
    assert drafts.all() == ()
    with pytest.raises(NoAnswer, match="no draft"):
        drafts.find(first.id)
    with pytest.raises(NoAnswer):
        drafts.delete(first.id)
    again = drafts.keep("fact", "mali-2021", {"text": "a"}, first.id)
    assert again.id != first.id  # a number once used names no other draft


def test_an_empty_form_is_no_draft_and_there_is_an_end(empty_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = Drafts(empty_desk)
    with pytest.raises(BadRecord, match="empty"):
        drafts.keep("fact", "mali-2021", {"text": "", "when": ""})
    assert not drafts.path.exists()
    assert MOST > 100
    monkeypatch.setattr(module, "MOST", 2)
    first = drafts.keep("fact", "x", {"text": "1"})
    drafts.keep("fact", "x", {"text": "2"})
    with pytest.raises(BadRecord, match="Delete some"):
        drafts.keep("fact", "x", {"text": "3"})
    assert drafts.keep("fact", "x", {"text": "4"}, first.id).fields == {"text": "4"}


def test_the_record_is_not_touched_and_the_file_is_the_owners(empty_desk: Desk) -> None:
    before = empty_desk.head()
    drafts = Drafts(empty_desk)
    assert drafts.all() == ()
    assert not drafts.path.exists()  # nothing is made by looking
    drafts.keep("fact", "mali-2021", HALF)
    assert empty_desk.head() == before
    assert empty_desk.verify().whole
    assert stat.S_IMODE(drafts.path.stat().st_mode) == 0o600
    place = empty_desk.place()
    assert isinstance(place, Path)
    assert drafts.path.parent == place.parent


@pytest.mark.slow
def test_what_was_kept_outlives_a_killed_process(empty_desk: Desk) -> None:
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-m", "desk.drafter", str(empty_desk.place())],
            cwd=TESTS,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(TESTS)},
        ) as process:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(8)]
            process.send_signal(signal.SIGKILL)
            said += process.stdout.readlines()
        drafts = {one.id: one for one in Drafts(empty_desk).all()}
        for line in said:
            if line.endswith("\n") and line.strip():
                number, text = line.split()
                assert drafts[int(number)].fields["text"].startswith(f"{text} xxx")
                assert len(drafts[int(number)].fields["text"]) > 4_000
        Drafts(empty_desk).keep("fact", "mali-2021", {"text": "after"})


def test_two_keep_at_one_moment(empty_desk: Desk) -> None:
    def keep(name: str) -> None:
        for number in range(12):
            Drafts(empty_desk).keep("fact", "mali-2021", {"text": f"{name}{number}"})

    threads = [Thread(target=keep, args=(name,)) for name in "abc"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {one.fields["text"] for one in Drafts(empty_desk).all()} == {f"{a}{b}" for a in "abc" for b in range(12)}


def test_a_folder_that_cannot_be_written_is_said(empty_desk: Desk) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    folder = Drafts(empty_desk).path.parent
    folder.chmod(0o500)
    try:
        with pytest.raises(Broken, match="cannot be written"):
            Drafts(empty_desk).keep("fact", "mali-2021", {"text": "a"})
    finally:
        folder.chmod(0o700)


def test_a_full_disk_is_said_and_earlier_drafts_stay(empty_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = Drafts(empty_desk)
    first = drafts.keep("fact", "mali-2021", {"text": "a"})
    opened = sqlite3.connect

    def full(*given: object, **more: object) -> sqlite3.Connection:
        connection = opened(*given, **more)  # type: ignore[call-overload]
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(Broken, match="full"):
        drafts.keep("fact", "mali-2021", {"text": "x" * 50_000})
    monkeypatch.undo()
    assert drafts.all() == (first,)


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be read as one" * 40, b"SQLite format 3\x00"]
)
def test_a_damaged_file_is_said(empty_desk: Desk, content: bytes) -> None:
    Drafts(empty_desk).path.write_bytes(content)
    with pytest.raises(Broken, match="cannot be read"):
        Drafts(empty_desk).keep("fact", "mali-2021", {"text": "a"})


def test_a_damaged_row_is_said(empty_desk: Desk) -> None:
    drafts = Drafts(empty_desk)
    drafts.keep("fact", "mali-2021", {"text": "a"})
    with sqlite3.connect(drafts.path) as connection:
        connection.execute("UPDATE draft SET fields = '[1'")
    connection.close()
    with pytest.raises(Broken, match="draft 1"):
        drafts.all()


def test_beside_a_database_on_a_server_the_place_stands_for_its_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    one, other = (beside(f"postgresql+psycopg://u:***@h/{name}", "drafts") for name in ("a", "b"))
    assert one != other
    assert one == beside("postgresql+psycopg://u:***@h/a", "drafts")
    assert one.suffix == ".drafts"
    assert "***" not in one.name


def test_a_draft_is_told_by_its_first_words(empty_desk: Desk) -> None:
    drafts = Drafts(empty_desk)
    assert drafts.keep("fact", "x", {"text": "a  b\n c", "kind": "statement"}).words == "a b c"
    assert drafts.keep("fact", "x", {"kind": "statement"}).words == "statement"
    long = drafts.keep("paste", "x", {"pasted": "word " * 60}).words
    assert len(long) <= 90
    assert long.endswith("…")
    assert drafts.keep("fact", "x", {"confidence": "high"}).words == ""
