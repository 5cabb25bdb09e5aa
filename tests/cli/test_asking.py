"""What the asking commands answer: tables for people, JSON in the form that was promised."""

from pathlib import Path

import pytest

from cli.conftest import Command

FINDING = (
    "rule",
    "title",
    "kind",
    "bearer",
    "state",
    "since",
    "until",
    "due",
    "performed_on",
    "day",
    "citation",
    "verified",
    "marking",
    "facts",
    "interpretation",
)
JUNE = ("--as-of", "2021-06-15")


def by_rule(record: dict[str, object]) -> dict[str, dict[str, object]]:
    findings = record["findings"]
    assert isinstance(findings, list)
    return {finding["rule"]: finding for finding in findings}


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("cases",), {"id", "title", "day", "category", "leader", "au", "region", "council", "mission", "facts"}),
        (("facts", "mali-2021"), {"key", "version", "kind", "when", "known_at", "actor", "text", "sources"}),
        (("facts", "mali-2021", "--kind", "suspension"), {"key", "kind"}),
        (("rules",), {"rulebook", "title", "version", "rules", "readings"}),
        (("rules", "au"), {"rulebook", "rules"}),
        (("changes", "mali-2021", "--from", "2021-05-24", "--to", "2021-06-02"), {"change", "key", "before", "after"}),
        (
            ("history", "mali-2021/au-suspension"),
            {"entry", "verb", "recorded_at", "recorder", "reason", "hash", "fact"},
        ),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_lists_as_json(command: Command, arguments: tuple[str, ...], keys: set[str]) -> None:
    said = command(*arguments, "--json")
    assert said.code == 0
    assert said.json
    for row in said.json:
        assert keys <= set(row)


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("show", "mali-2021"), {"case", "as_of", "known_at", "title", "lead", "status", "next", "facts", "not_known"}),
        (("timeline", "mali-2021"), {"title", "from", "to", "as_of", "marks", "bands"}),
        (("check", "mali-2021"), {"case", "as_of", "known_at", "rulebooks", "findings"}),
        (("why", "mali-2021", "au.suspend"), {"case", "as_of", "known_at", "finding", "tree"}),
        (("verify",), {"whole", "entries", "head", "faults", "notes"}),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_records_as_json(command: Command, arguments: tuple[str, ...], keys: set[str]) -> None:
    said = command(*arguments, "--json")
    assert said.code == 0
    assert keys <= set(said.json)


@pytest.mark.parametrize(
    "arguments",
    [
        ("cases",),
        ("show", "mali-2021"),
        ("facts", "mali-2021"),
        ("timeline", "mali-2021"),
        ("check", "mali-2021"),
        ("why", "mali-2021", "au.suspend"),
        ("rules",),
        ("changes", "--from", "2021-05-24", "--to", "2021-05-26"),
        ("history", "mali-2021/au-suspension"),
        ("casebook", "check"),
        ("missions",),
        ("operations",),
        ("verify",),
    ],
    ids=" ".join,
)
def test_tables_for_people(command: Command, arguments: tuple[str, ...]) -> None:
    said = command(*arguments)
    assert said.code == 0
    assert said.out.strip()
    assert "\x1b" not in said.out + said.err
    widest = 240 if arguments[0] == "casebook" else 132  # a case is one line of the table of what is known
    assert max(len(line) for line in said.out.splitlines()) <= widest or arguments[0] in ("why", "show")


def test_check_keeps_the_contract(command: Command) -> None:
    record = command("check", "mali-2021", *JUNE, "--json").json
    assert tuple(record)[:5] == ("case", "as_of", "known_at", "rulebooks", "findings")
    assert record["case"] == "mali-2021"
    assert record["as_of"] == "2021-06-15"
    for finding in record["findings"]:
        assert tuple(finding)[: len(FINDING)] == FINDING
    assert {"au", "un-secretariat"} <= set(record["rulebooks"])


def test_what_was_known_decides(command: Command) -> None:
    now = by_rule(command("check", "mali-2021", *JUNE, "--json").json)["au.suspend"]
    assert (now["state"], now["performed_on"], now["day"]) == ("fulfilled", "2021-06-01", 8)
    assert now["known_later"] == []
    then = by_rule(command("check", "mali-2021", *JUNE, "--known-at", "2021-05-26", "--json").json)["au.suspend"]
    assert then["state"] in ("open", "undetermined")
    assert "mali-2021/au-suspension" in then["known_later"]
    assert "mali-2021/au-suspension" not in then["facts"]
    that_day = by_rule(command("check", "mali-2021", "--as-then-known", "2021-05-26", "--json").json)["au.suspend"]
    assert that_day["state"] == "open"


def test_why_names_what_was_known_only_later(command: Command) -> None:
    said = command("why", "mali-2021", "au.suspend", *JUNE, "--known-at", "2021-05-26")
    lines = [line for line in said.out.splitlines() if "mali-2021/au-suspension" in line]
    assert lines
    assert all("known only later" in line for line in lines)
    whole = command("why", "mali-2021", "au.suspend", *JUNE)
    assert "known only later" not in whole.out


def test_both_clocks_at_once(command: Command) -> None:
    together = command("check", "mali-2021", "--as-then-known", "2021-06-15", "--json").json
    apart = command("check", "mali-2021", *JUNE, "--known-at", "2021-06-15", "--json").json
    assert together == apart


def test_chad(command: Command) -> None:
    found = by_rule(command("check", "chad-2021", "--json").json)
    suspend = found["au.suspend"]
    assert suspend["state"] == "deviation"
    assert suspend["verified"] is True
    assert "Constitutive Act" in str(suspend["citation"])
    assert "30" in str(suspend["citation"])
    assert "37(4)" in str(suspend["citation"])
    facts = suspend["facts"]
    assert isinstance(facts, list)
    assert "chad-2021/au-no-suspension" in facts
    assert found["au.charter-suspend"]["state"] == "undetermined"
    said = command("check", "chad-2021").out
    assert "apparent deviation" in said
    assert "violat" not in said.lower()


def test_one_rulebook(command: Command) -> None:
    record = command("check", "mali-2021", "--rulebook", "au", "--json").json
    assert set(record["rulebooks"]) == {"au"}
    assert all(finding["rule"].startswith("au.") for finding in record["findings"])


def test_another_reading_flips_a_finding(command: Command) -> None:
    asked = ("check", "mali-2021", "--rulebook", "au", "--as-of", "2021-06-15", "--json")
    strict = by_rule(command(*asked, "--reading", "au.suspension-term=3").json)["au.suspend"]
    assert strict["state"] == "fulfilled_late"
    assert strict["due"] == "2021-05-27"
    assert by_rule(command(*asked).json)["au.suspend"]["due"] is None


def test_only_one_kind(command: Command) -> None:
    found = command("facts", "mali-2021", "--kind", "suspension", "--json").json
    assert {fact["kind"] for fact in found} == {"suspension"}


def test_french(command: Command) -> None:
    assert "Gouverne" in command("show", "mali-2021", "--fr").out
    assert "Governs" in command("show", "mali-2021").out
    english = command("rules", "au").out
    french = command("rules", "au", "--fr").out
    assert english != french
    assert "écart apparent" in command("why", "chad-2021", "au.suspend", "--fr").out
    assert (
        "African Union"
        not in command("show", "mali-2021", "--fr").out.partition("Gouverne")[2].partition("not known")[0]
    )


def test_timeline_as_a_figure(command: Command, tmp_path: Path) -> None:
    target = tmp_path / "mali.svg"
    assert command("timeline", "mali-2021", "--svg", str(target)).code == 0
    drawn = target.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("html", b"<!doctype html"), ("docx", b"PK")])
def test_brief(command: Command, tmp_path: Path, form: str, start: bytes) -> None:
    target = tmp_path / f"brief.{form}"
    said = command("brief", "mali-2021", *JUNE, "-o", str(target))
    assert said.code == 0
    assert str(target) in said.err
    assert target.read_bytes().lower().startswith(start.lower())
    assert not list(tmp_path.glob("*.part"))


def test_changes_stay_within_their_days(command: Command) -> None:
    found = command("changes", "mali-2021", "--from", "2021-05-31", "--to", "2021-06-02", "--json").json
    assert "mali-2021/au-suspension" in {change["key"] for change in found}
    assert all("2021-05-31" < change["after"]["known_at"] <= "2021-06-02" for change in found if change["after"])


def test_nothing_new(command: Command) -> None:
    assert command("changes", "--from", "1990-01-01", "--to", "1990-01-02").out == "Nothing new.\n"


def test_rules_say_what_nobody_verified(command: Command) -> None:
    assert "not verified" in command("rules", "au").out
    references = [one for book in command("rules", "--json").json for rule in book["rules"] for one in rule["articles"]]
    assert {one["verified"] for one in references} == {True, False}


def test_what_asks_nothing_stands_last(command: Command) -> None:
    states = [one["state"] for one in command("check", "chad-2021", "--rulebook", "au", "--json").json["findings"]]
    assert "not_met" in states
    lines = command("check", "chad-2021", "--rulebook", "au", "--all").out.splitlines()
    first = {line.split()[0]: number for number, line in enumerate(lines) if line.startswith("au.")}
    assert first["au.suspend"] < first["au.ucg"] < first["au.charter-refusal"]


def test_no_empty_head_over_a_table_without_one(command: Command) -> None:
    assert "\n\n\n" not in command("show", "mali-2021").out
    assert not [line for line in command("show", "mali-2021").out.splitlines() if line and not line.strip()]
