"""Writing from the command line: a case of one's own, facts, corrections, withdrawals; and the guard of the record."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from cli.conftest import Command, refused

OPENED = (
    *("case", "new", "--country", "Mali", "--day", "2024-11-20", "--change", "military_coup"),
    *("--source", "Cable from Bamako, 20 November 2024"),
)


def record(case: str, kind: str, when: str, actor: str, text: str, *more: str) -> tuple[str, ...]:
    given = ("--kind", kind, "--when", when, "--actor", actor, "--text", text, "--source", "Cable from Bamako")
    return ("record", case, *given, *more)


def test_a_case_by_options(command: Command) -> None:
    said = command(*OPENED)
    assert (said.code, said.out) == (0, "mali-2024\n")
    assert "goodoffices record mali-2024" in said.err
    assert command(*OPENED, "--json").json == {"case": "mali-2024-11"}


def test_a_case_by_four_typed_answers_then_two_facts_a_check_and_a_brief(command: Command, tmp_path: Path) -> None:
    said = command("case", "new", typed="Guinea-Bissau\n2024-11-20\nmilitary_coup\nReuters, 20 November 2024\n")
    assert said.code == 0
    case = said.out.splitlines()[-1].split()[-1]
    assert case == "guinea-bissau-2024"
    assert (
        command(
            *record(case, "statement", "2024-11-20", "au-commission", "The chair condemns.", "--set", "verb=condemn")
        ).code
        == 0
    )
    suspended = record(case, "suspension", "2024-11-21", "au-psc", "The Council suspends Guinea-Bissau.")
    assert command(*suspended).code == 0
    findings = {
        one["rule"]: one for one in command("check", case, "--as-then-known", "2024-11-22", "--json").json["findings"]
    }
    assert findings["au.condemn"]["state"] == "fulfilled"
    assert findings["au.suspend"]["state"] == "fulfilled"
    assert findings["au.suspend"]["day"] == 1
    target = tmp_path / "brief.html"
    assert command("brief", case, "--as-then-known", "2024-11-22", "-o", str(target)).code == 0
    page = target.read_text(encoding="utf-8")
    assert "Guinea-Bissau" in page
    assert "The Council suspends Guinea-Bissau." in page


def test_french_names_find_their_state(command: Command) -> None:
    said = command(
        "case", "new", "--country", "Tchad", "--day", "2024-11", "--change", "military_coup", "--source", "RFI"
    )
    assert said.code == 0
    head = command("facts", said.out.strip(), "--json").json
    assert {fact["kind"] for fact in head} == {"seizure"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Atlantis\n2024-11-20\nmilitary_coup\nA letter\n", ("Atlantis", "--iso3")),
        ("Mali\nyesterday\nmilitary_coup\nA letter\n", ("yesterday",)),
        ("Mali\n2024-11-20\nrevolt\nA letter\n", ("revolt", "Possible")),
        ("Mali\n2024-11-20\nmilitary_coup\n \n", ("the source",)),
    ],
)
def test_answers_that_open_no_case(command: Command, typed: str, words: tuple[str, ...]) -> None:
    before = command("cases", "--json").json
    said = command("case", "new", typed=typed)
    assert said.code == 2
    for word in words:
        assert word in said.err
    assert command("cases", "--json").json == before


def test_all_bad_answers_are_said_at_once(command: Command) -> None:
    said = command("case", "new", "--country", "", "--day", "soon", "--change", "revolt", "--source", "")
    refused(said, "soon", "revolt", "country", "source")


def test_typing_ends_early(command: Command) -> None:
    said = command("case", "new", typed="Mali\n")
    assert said.code != 0
    assert "Aborted" in said.err + said.out


def test_a_country_outside_the_register(command: Command) -> None:
    answers = ("--country", "Atlantis", "--day", "2024-11-20", "--change", "other", "--source", "A letter")
    assert command("case", "new", *answers, "--iso3", "atl").out == "atlantis-2024\n"
    assert command("check", "atlantis-2024").code == 0


def test_the_same_name_twice_gets_a_number(command: Command) -> None:
    command(*OPENED)
    first = record("mali-2024", "statement", "2024-11-20", "ecowas", "ECOWAS condemns.", "--set", "verb=condemn")
    assert command(*first).out == "mali-2024/ecowas-statement recorded.\n"
    assert command(*first, "--json").json == {"key": "mali-2024/ecowas-statement-2", "done": "recorded"}


def test_correct_retract_history_and_changes(command: Command) -> None:
    command(*OPENED)
    command(*record("mali-2024", "suspension", "2024-11-21", "au-psc", "Suspended."))
    key = "mali-2024/au-psc-suspension"
    assert command("correct", key, "--set", "when=2024-11-22", "--reason", "a day late").code == 0
    [fact] = command("facts", "mali-2024", "--kind", "suspension", "--json").json
    assert fact["when"] == "2024-11-22"
    assert fact["sources"][0]["title"] == "Cable from Bamako"
    assert command("retract", key, "--reason", "a hoax", "--json").json == {"key": key, "done": "withdrawn"}
    assert command("facts", "mali-2024", "--kind", "suspension", "--json").json == []
    entries = command("history", key, "--json").json
    assert [entry["verb"] for entry in entries] == ["assert", "correct", "retract"]
    assert [entry["reason"] for entry in entries] == ["", "a day late", "a hoax"]
    assert "a hoax" in command("history", key).out
    refused(command("retract", key, "--reason", "again"), key)
    assert command("verify").code == 0


def test_a_correction_that_counts_from_a_day_leaves_what_was_known_before(command: Command) -> None:
    command(*OPENED)
    command(*record("mali-2024", "suspension", "2024-11-21", "au-psc", "Suspended on the 21st."))
    key = "mali-2024/au-psc-suspension"
    changed = ("--set", "text=Suspended, in truth, on the 21st.", "--known-at", "2024-12-01", "--reason", "wording")
    assert command("correct", key, *changed).code == 0
    asked = ("facts", "mali-2024", "--kind", "suspension", "--json", "--as-of", "2024-12-05", "--known-at")
    assert command(*asked, "2024-11-25").json[0]["text"] == "Suspended on the 21st."
    assert command(*asked, "2024-12-02").json[0]["text"] == "Suspended, in truth, on the 21st."
    between = command("changes", "mali-2024", "--from", "2024-11-25", "--to", "2024-12-02", "--json").json
    assert [(one["key"], one["before"]["text"]) for one in between] == [(key, "Suspended on the 21st.")]


def test_what_a_person_withdrew_stays_withdrawn(command: Command) -> None:
    assert command("retract", "mali-2021/au-suspension", "--reason", "a test").code == 0
    keys = {fact["key"] for fact in command("facts", "mali-2021", "--json").json}
    assert "mali-2021/au-suspension" not in keys


def test_the_record_may_be_named_by_option(bare: Command, ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = ledger_file.with_name("other.db")
    shutil.copy(ledger_file, other)
    shutil.copy(f"{ledger_file}.heads", f"{other}.heads")
    monkeypatch.setenv("GOODOFFICES_DATABASE_URL", str(other))
    assert bare(*OPENED, "--db", str(ledger_file)).code == 0
    assert bare("show", "mali-2024", "--db", str(ledger_file)).code == 0
    refused(bare("show", "mali-2024"), "mali-2024")
    assert bare("cases", "--db", f"sqlite:///{other}").code == 0


def test_a_full_stop_left_out_in_a_hurry(command: Command) -> None:
    command(*OPENED)
    assert command(*record("mali-2024", "suspension", "2024-11-21", "au-psc", "The Council suspends")).code == 0
    [fact] = command("facts", "mali-2024", "--kind", "suspension", "--json").json
    assert fact["text"] == "The Council suspends."


def test_a_fact_of_a_day_to_come_says_from_when_it_counts(command: Command) -> None:
    command(*OPENED)
    said = command(*record("mali-2024", "suspension", "2190-01-02", "au-psc", "The Council will suspend."))
    assert said.code == 0
    assert "2 January 2190" in said.err
    assert command("facts", "mali-2024", "--kind", "suspension", "--json").json == []


# verify


def tamper(path: Path, *statements: str) -> None:
    """Write past the guards, as somebody with the file and a tool would."""
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_a_whole_record(command: Command) -> None:
    said = command("verify")
    assert said.code == 0
    assert "whole" in said.out
    record_ = command("verify", "--json").json
    assert record_["whole"] is True
    assert record_["faults"] == []
    assert command("verify", "--head", record_["head"]).code == 0


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("UPDATE entry SET payload = replace(payload, 'high', 'low') WHERE seq = 100", 100),
        ("UPDATE entry SET recorder = 'somebody else' WHERE seq = 7", 7),
        ("UPDATE entry SET effective_from = '1990-01-01' WHERE seq = 55", 55),
        ("DELETE FROM entry WHERE seq = 40", 40),
    ],
    ids=["an edit", "another hand", "another day", "a deletion"],
)
def test_a_planted_change_is_found(command: Command, ledger_file: Path, statement: str, entry: int) -> None:
    tamper(ledger_file, statement)
    said = command("verify")
    assert said.code == 1
    assert "not whole" in said.out
    named = [line for line in said.out.splitlines() if line.startswith("fault: ")]
    assert any(str(entry) in line for line in named), named
    assert command("verify", "--json").json["whole"] is False


def test_a_cut_tail_is_found(command: Command, ledger_file: Path) -> None:
    head = command("verify", "--json").json["head"]
    last = int(head.partition(":")[0])
    tamper(ledger_file, f"DELETE FROM entry WHERE seq > {last - 3}", f"DELETE FROM checkpoint WHERE seq > {last - 3}")
    said = command("verify")
    assert said.code == 1
    assert f"{last}" in said.out.replace(",", "")
    assert "fault: " in said.out


def test_a_cut_tail_is_found_by_the_head_on_a_brief(command: Command, ledger_file: Path) -> None:
    head = command("verify", "--json").json["head"]
    last = int(head.partition(":")[0])
    tamper(ledger_file, f"DELETE FROM entry WHERE seq > {last - 3}", f"DELETE FROM checkpoint WHERE seq > {last - 3}")
    Path(f"{ledger_file}.heads").unlink()
    assert command("verify", "--head", head).code == 1


def test_json_of_a_new_case_is_all_that_is_printed(command: Command) -> None:
    said = command("case", "new", "--json", typed="Mali\n2024-11-20\nmilitary_coup\nA cable\n")
    assert said.code == 0
    assert json.loads(said.out[said.out.index("{") :]) == {"case": "mali-2024"}
