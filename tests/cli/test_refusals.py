"""Input that cannot be used: exit status 2, a sentence on standard error with the remedy, never a trace."""

from pathlib import Path

import pytest

from cli.conftest import Command, refused


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "mali-2021", "--as-of", "2021-02-30"), ("--as-of", "2021-02-30", "no day")),
        (("check", "mali-2021", "--known-at", "yesterday"), ("--known-at", "yesterday")),
        (("check", "mali-2021", "--as-then-known", "2021"), ("--as-then-known",)),
        (("show", "mali-2021", "--as-of", "9999-12-31"), ("--as-of", "2199")),
        (("show", "mali-2021", "--as-then-known", "0001-01-01"), ("--as-then-known", "1900")),
        (("check", "mali-2091"), ("mali-2091", "Nearest", "mali-2021")),
        (("show", "Mali 2021"), ("mali-2021",)),
        (("facts", "qqqq"), ("goodoffices cases",)),
        (("why", "mali-2021", "au.suspendx"), ("au.suspendx", "au.suspend")),
        (("why", "mali-2021", "zz"), ("goodoffices rules",)),
        (("check", "mali-2021", "--rulebook", "oas-1948"), ("oas-1948", "au", "un-secretariat")),
        (("rules", "oas-1948"), ("oas-1948",)),
        (("facts", "mali-2021", "--kind", "rumour"), ("--kind", "rumour", "suspension")),
        (("check", "mali-2021", "--reading", "au.suspend-term=3"), ("au.suspension-term",)),
        (("check", "mali-2021", "--reading", "au.suspension-term=soon"), ("number", "soon")),
        (("check", "mali-2021", "--reading", "au.victims=everybody"), ("everybody", "Possible")),
        (("check", "mali-2021", "--reading", "three"), ("NAME=VALUE",)),
        (("check", "mali-2021", "--reading", "a=1", "--reading", "a=2"), ("twice",)),
        (("check", "mali-2021", "--as-then-known", "2021-06-01", "--as-of", "2021-06-01"), ("both clocks",)),
        (("changes",), ("--from", "is missing")),
        (("changes", "--from", "2022-01-01", "--to", "2021-01-01"), ("--from", "after")),
        (("changes", "mali-2091", "--from", "2021-01-01"), ("mali-2091",)),
        (("brief", "mali-2021", "-o", "brief.txt"), (".pdf", ".html", ".docx")),
        (("brief", "mali-2021", "-o", "/nowhere/at/all/brief.html"), ("cannot be written",)),
        (("timeline", "mali-2021", "--svg", "/nowhere/at/all/t.svg"), ("cannot be written",)),
        (("history", "mali-2021/nothing-of-the-kind"), ("nothing-of-the-kind",)),
        (("correct", "mali-2021/au-suspensio", "--reason", "x", "--set", "text=y"), ("mali-2021/au-suspension",)),
        (("correct", "mali-2021/au-suspension", "--reason", " ", "--set", "text=y"), ("reason",)),
        (("correct", "mali-2021/au-suspension", "--reason", "x", "--set", "colour=red"), ("colour",)),
        (("retract", "mali-2021/au-suspension", "--reason", ""), ("reason",)),
        (("retract", "mali-2021/au-suspension", "--reason", "x", "--known-at", "soon"), ("--known-at", "soon")),
        (("verify", "--head", "the end"), ("--head", "brief")),
        (("serve", "--port", "70000"), ("--port", "65535")),
    ],
    ids=lambda one: " ".join(one)[:60] if isinstance(one, tuple) else "",
)
def test_refused(command: Command, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    refused(command(*arguments), *words)


def test_every_problem_of_a_fact_is_said_at_once(command: Command) -> None:
    said = command(
        "record",
        "mali-2021",
        *("--kind", "suspension", "--when", "the day after", "--actor", "nobody", "--text", "", "--source", "A cable"),
    )
    refused(said, "the day after", "nobody", "the sentence is missing")
    assert said.err.count("goodoffices: ") >= 3
    assert command("history", "mali-2021/nobody-suspension").code == 2


@pytest.mark.parametrize(
    ("database", "word"),
    [
        ("/dev/null/ledger.db", "cannot be made"),
        ("/proc/nowhere/ledger.db", "cannot be made"),
        ("mysql://somebody@127.0.0.1/x", "no database we know"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be opened"),
    ],
)
def test_databases_that_cannot_be(bare: Command, database: str, word: str) -> None:
    refused(bare("cases", "--db", database), word)


def test_a_folder_or_another_file_is_no_ledger(bare: Command, tmp_path: Path) -> None:
    refused(bare("cases", "--db", str(tmp_path)), "folder")
    other = tmp_path / "letter.db"
    other.write_text("Dear colleague,", encoding="utf-8")
    refused(bare("cases", "--db", str(other)), "no database")
    assert other.read_text(encoding="utf-8") == "Dear colleague,"


def test_verify_makes_no_ledger(bare: Command, tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    refused(bare("verify", "--db", str(missing)), "nothing to verify")
    assert not missing.exists()


def test_case_files_that_are_refused(bare: Command, tmp_path: Path) -> None:
    file = tmp_path / "mali-2091.yaml"
    file.write_text("case: mali-2091\ncase: mali-2092\n", encoding="utf-8")
    said = bare("casebook", "check", str(file), str(tmp_path / "missing.yaml"))
    assert said.code == 1
    assert "mali-2091.yaml, line 2" in said.out
    assert "missing.yaml" in said.out
    assert "nothing was taken in" in said.out


@pytest.mark.parametrize("arguments", [("frobnicate",), ("--db", "x", "cases"), ("why",), ("serve", "--port", "x")])
def test_usage(bare: Command, arguments: tuple[str, ...]) -> None:
    said = bare(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert "Usage: goodoffices" in said.err
