"""Commands that keep the casebook and list registers: exit status, what is printed, and the keys of the JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cli.conftest import Command, refused
from goodoffices.casebook.edition import edition
from goodoffices.casebook.files import CASES
from goodoffices.claims.file import read_claims, unknown_keys
from goodoffices.core.kinds import MISSION_TYPES
from goodoffices.desk.exporting import ABOUT, TABLES

CASE_KEYS = ("id", "country", "iso3", "date", "kind", "outcome", "contested")
MISSION_KEYS = ("id", "name", "type", "lead", "start", "end", "documents")
OPERATION_KEYS = ("id", "name", "lead", "lead_type", "start", "end", "authority", "host_consent")
FACT_KEYS = ("id", "case", "kind", "value", "valid", "known_at", "source", "locator", "confidence", "marking")
COVERAGE_KEYS = ("case", "country", "known", "asked", "fields", "gaps", "facts", "sources", "searched_until")


def edited(tmp_path: Path, case: str, key: str, line: str, instead: str) -> Path:
    """A copy of a case file with one line of one fact changed."""
    head, mark, rest = (CASES / f"{case}.yaml").read_text(encoding="utf-8").partition(f"\n  {key}:\n")
    assert line in rest
    path = tmp_path / f"{case}.yaml"
    path.write_text(head + mark + rest.replace(line, instead, 1), encoding="utf-8")
    return path


# ---------------------------------------------------------------- contracts


def test_cases_keep_the_contract(command: Command) -> None:
    rows = {row["id"]: row for row in command("cases", "--json").json}
    for row in rows.values():
        assert set(CASE_KEYS) <= set(row)
        assert len(row["iso3"]) == 3 and row["iso3"].isupper()
        assert row["contested"] is (row["outcome"] == "contested")
    mali = rows["mali-2021"]
    assert [mali[key] for key in CASE_KEYS[1:]] == ["Mali", "MLI", "2021-05-24", "military_coup", "completed", False]
    assert (mali["date"], mali["kind"]) == (mali["day"], mali["category"])


def test_missions_keep_the_contract(command: Command) -> None:
    rows = {row["id"]: row for row in command("missions", "--json").json}
    assert len(rows) >= 114
    for row in rows.values():
        assert set(MISSION_KEYS) <= set(row)
        assert isinstance(row["documents"], list) and isinstance(row["iso3"], list)
        assert row["end"] is None or row["end"]
    assert rows["minusma"]["documents"][0] == "S/RES/2100 (2013)"
    assert (rows["minusma"]["start"], rows["minusma"]["iso3"]) == ("2013-04-25", ["MLI"])
    assert rows["untso"]["end"] is None


def test_operations_keep_the_contract(command: Command) -> None:
    rows = {row["id"]: row for row in command("operations", "--json").json}
    assert len(rows) >= 77
    assert all(set(OPERATION_KEYS) <= set(row) for row in rows.values())
    assert (rows["serval"]["lead"], rows["serval"]["iso3"]) == ("France", ["MLI"])


@pytest.mark.parametrize("asked", [("mali-2021",), ("--all", "--kind", "suspension"), ("--all", "--kind", "mission")])
def test_facts_keep_the_contract(command: Command, asked: tuple[str, ...]) -> None:
    rows = command("facts", *asked, "--json").json
    assert rows
    for row in rows:
        assert set(FACT_KEYS) <= set(row)
        assert row["id"] == row["key"] and row["id"].startswith(f"{row['case']}/")
        assert row["valid"] == row["when"] and isinstance(row["value"], dict)
        assert row["source"] == row["sources"][0]["title"]


def test_a_locator_says_where_in_the_source_or_where_the_source_is(command: Command) -> None:
    rows = command("facts", "mali-2021", "--json").json
    assert any(row["locator"] == row["sources"][0].get("at") for row in rows)
    for row in rows:
        first = row["sources"][0]
        assert row["locator"] == (first.get("at") or first.get("address") or first.get("mirror") or "")


# ---------------------------------------------------------------- facts --all


def test_all_facts_are_of_every_case_and_register(command: Command) -> None:
    rows = command("facts", "--all", "--json").json
    subjects = {row["case"] for row in rows}
    assert {"mali-2021", "chad-2021", "state:MLI", "mission:minusma", "operation:serval"} <= subjects
    assert len({row["id"] for row in rows}) == len(rows)
    mine = {row["id"] for row in command("facts", "mali-2021", "--json").json}
    assert mine <= {row["id"] for row in rows}


def test_all_facts_as_then_known(command: Command) -> None:
    rows = command("facts", "--all", "--kind", "suspension", "--as-then-known", "2021-05-26", "--json").json
    assert rows
    assert max(row["known_at"] for row in rows) <= "2021-05-26"


def test_the_list_of_all_names_facts_by_their_whole_key(command: Command) -> None:
    shown = command("facts", "--all", "--kind", "suspension")
    assert shown.code == 0
    assert "mali-2021/" in shown.out and "niger-2023/" in shown.out
    assert "mali-2021/" not in command("facts", "mali-2021", "--kind", "suspension").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("facts",), ("CASE", "is missing", "--all")),
        (("facts", "--json"), ("CASE", "--all")),
        (("facts", "mali-2021", "--all"), ("CASE", "beside --all")),
        (("facts", "--all", "--kind", "rumour"), ("--kind", "rumour")),
        (("missions", "--type", "nonsense"), ("--type", "nonsense", "peacekeeping", "envoy")),
        (("operations", "--lead-type", "nonsense"), ("--lead-type", "nonsense", "coalition")),
        (("missions", "--as-of", "soon"), ("--as-of", "soon")),
        (("casebook", "diff", "nowhere.yaml"), ("nowhere.yaml",)),
        (("export", "/proc/nowhere/out"), ("/proc/nowhere/out", "cannot be written")),
    ],
    ids=lambda one: " ".join(one)[:60] if isinstance(one, tuple) else "",
)
def test_refused(command: Command, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    refused(command(*arguments), *words)


# ---------------------------------------------------------------- missions, operations


@pytest.mark.parametrize("kind", MISSION_TYPES)
def test_only_one_type_of_missions(command: Command, kind: str) -> None:
    rows = command("missions", "--type", kind, "--json").json
    assert rows
    assert {row["type"] for row in rows} == {kind}


def test_only_operations_led_so(command: Command) -> None:
    rows = command("operations", "--lead-type", "single_state", "--json").json
    assert "serval" in {row["id"] for row in rows}
    assert {row["lead_type"] for row in rows} == {"single_state"}


def test_registers_as_of_an_earlier_day(command: Command) -> None:
    then = {row["id"]: row for row in command("missions", "--as-then-known", "2021-06-15", "--json").json}
    assert then["minusma"]["end"] is None
    early = command("missions", "--as-of", "2013-04-24", "--json").json
    assert "minusma" not in {row["id"] for row in early}
    assert command("missions", "--as-then-known", "1946-01-01", "--json").json == []


def test_registers_as_tables(command: Command) -> None:
    english, french = command("missions").out, command("missions", "--fr").out
    assert "minusma" in english and "minusma" in french
    assert "multidimensionnelle" in french and "multidimensionnelle" not in english
    assert "more" in english
    operations = command("operations")
    assert operations.code == 0 and "serval" in operations.out
    assert max(len(line) for line in (english + operations.out).splitlines()) <= 132


# ---------------------------------------------------------------- casebook check


def test_the_installed_casebook_is_checked_with_a_table_of_what_is_known(bare: Command) -> None:
    said = bare("casebook", "check")
    assert said.code == 0
    lines = said.out.splitlines()
    row = next(line.split() for line in lines if line.startswith("mali-2021 "))
    known, asked = row[-1].split("/")
    assert 0 < int(known) <= int(asked)
    afghanistan = next(line.split() for line in lines if line.startswith("afghanistan-2021 "))
    assert "–" in afghanistan and "–" not in row
    assert "fields answered" in said.out
    assert lines[-1].endswith("facts, no problem found.")


def test_the_check_as_json(bare: Command) -> None:
    said = bare("casebook", "check", "--json")
    assert said.code == 0
    record = said.json
    assert tuple(record) == ("clean", "problems", "facts", "fields", "coverage")
    assert (record["clean"], record["problems"]) == (True, [])
    names = [field["field"] for field in record["fields"]]
    rows = {row["case"]: row for row in record["coverage"]}
    assert set(rows) == {path.stem for path in CASES.glob("*.yaml")}
    for row in rows.values():
        assert tuple(row) == COVERAGE_KEYS
        assert list(row["fields"]) == names
        assert row["known"] <= row["asked"]
    assert rows["afghanistan-2021"]["fields"]["AU"] is None
    assert rows["mali-2021"]["fields"]["AU"] > 0


def test_one_good_file_is_checked_alone(bare: Command) -> None:
    said = bare("casebook", "check", str(CASES / "mali-2021.yaml"))
    assert said.code == 0
    assert said.out.endswith("facts, no problem found.\n")
    assert len(said.out.splitlines()) == 1
    record = bare("casebook", "check", str(CASES / "mali-2021.yaml"), "--json").json
    assert [row["case"] for row in record["coverage"]] == ["mali-2021"]
    # That Mali is a member of the African Union stands in no case file.
    whole = {row["case"]: row for row in bare("casebook", "check", "--json").json["coverage"]}
    assert record["coverage"][0] == whole["mali-2021"]
    assert record["facts"] == int(said.out.split()[0].replace(",", ""))


def test_a_bad_file_is_told_and_exits_with_1(bare: Command, tmp_path: Path) -> None:
    path = edited(tmp_path, "mali-2021", "au-suspension", "when: 2021-06-01", "when: 2021-06-31")
    said = bare("casebook", "check", str(path))
    assert said.code == 1
    assert "mali-2021.yaml, line " in said.out and "2021-06-31" in said.out
    assert said.out.endswith("1 problem; nothing was taken in.\n")
    as_json = bare("casebook", "check", str(path), "--json")
    assert as_json.code == 1
    assert as_json.json["clean"] is False
    (problem,) = as_json.json["problems"]
    assert set(problem) == {"where", "found", "remedy"}
    assert "2021-06-31" in problem["found"]


def test_a_good_file_beside_a_bad_one(bare: Command, tmp_path: Path) -> None:
    path = edited(tmp_path, "mali-2021", "au-suspension", "when: 2021-06-01", "when: 2021-06-31")
    record = bare("casebook", "check", str(CASES / "chad-2021.yaml"), str(path), "--json").json
    assert (record["clean"], len(record["problems"])) == (False, 1)
    assert [row["case"] for row in record["coverage"]] == ["chad-2021"]


def test_a_contradiction_across_the_casebook_exits_with_1(bare: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a case file had lost its seizure, and a fact that a claim of the report names."""
    from goodoffices.casebook import files

    book = files.read_casebook()
    left = tuple(fact for fact in book.facts if fact.key not in ("mali-2021/seizure", "mali-2020/council-prst"))
    monkeypatch.setattr(files, "read_casebook", lambda: files.Casebook(left, ""))
    said = bare("casebook", "check")
    assert said.code == 1
    assert "mali-2021: no seizure counts." in said.out
    assert "report.yaml, SC032: there is no fact 'mali-2020/council-prst'." in said.out
    assert "problems; nothing was taken in." in said.out
    assert "fields answered" not in said.out


def test_every_fact_that_a_claim_names_is_in_the_casebook() -> None:
    from goodoffices.casebook.files import read_casebook

    file = read_claims()
    keys = {fact.key for fact in read_casebook().facts}
    assert unknown_keys(file, keys) == ()
    told = {str(problem) for problem in unknown_keys(file, keys - {"mali-2021/seizure"})}
    assert len(told) > 3
    assert all("mali-2021/seizure" in one for one in told)
    # Keys deep in lists of pairs are looked at, too; words and symbols are no keys.
    assert any("SC037" in one or "mandate-2531" in one for one in map(str, unknown_keys(file, ())))
    assert not any("S/RES" in str(one) for one in unknown_keys(file, ()))


# ---------------------------------------------------------------- casebook diff, casebook version


@pytest.mark.slow
def test_an_edit_is_told_in_facts_findings_and_claims(command: Command, ledger_file: Path, tmp_path: Path) -> None:
    """The coup of 2020 in Mali, earlier and contested: what it was and is, told by the names of its fields."""
    before = ledger_file.read_bytes()
    path = edited(tmp_path, "mali-2020", "seizure", "when: 2020-08-18", "when: 2020-06-01")
    path.write_text(path.read_text("utf-8").replace("outcome: completed", "outcome: contested", 1), encoding="utf-8")
    said = command("casebook", "diff", str(path))
    assert said.code == 0
    facts, _, rest = said.out.partition("\nfindings:")
    findings, _, claims = rest.partition("\nclaims:")
    assert "corrected" in facts and "mali-2020/seizure" in facts
    assert {"outcome:", "completed", "contested", "2020-08-18", "2020-06-01"} <= set(facts.replace(";", " ").split())
    assert "value" not in facts and "{" not in facts
    assert "mali-2020" in findings
    assert "flips" in claims and "SC032" in claims
    assert said.out.splitlines()[-1].startswith("Loaded over the casebook as it is: 0 new, ")
    assert ledger_file.read_bytes() == before


@pytest.mark.slow
def test_an_edit_as_json(command: Command, tmp_path: Path) -> None:
    path = edited(tmp_path, "mali-2021", "au-suspension", "when: 2021-06-01", "when: 2021-07-20")
    record = command("casebook", "diff", str(path), "--as-then-known", "2021-08-01", "--json").json
    assert tuple(record) == ("as_of", "known_at", "facts", "findings", "claims", "loading")
    assert (record["as_of"], record["known_at"]) == ("2021-08-01", "2021-08-01")
    assert [(one["change"], one["key"]) for one in record["facts"]] == [("corrected", "mali-2021/au-suspension")]
    assert (record["facts"][0]["before"]["when"], record["facts"][0]["after"]["when"]) == ("2021-06-01", "2021-07-20")
    assert ("mali-2021", "au.suspend") in {(one["case"], one["rule"]) for one in record["findings"]}
    assert record["loading"] == {"new": 0, "corrected": 1, "withdrawn": 0}


@pytest.mark.slow
def test_an_unchanged_file_changes_nothing(command: Command) -> None:
    said = command("casebook", "diff", str(CASES / "mali-2021.yaml"), "--as-of", "2000-01-01")
    assert (said.code, said.out) == (0, "Nothing changes.\n")


def test_a_broken_edit_is_told_whole(command: Command, tmp_path: Path) -> None:
    path = edited(
        tmp_path,
        "mali-2021",
        "au-suspension",
        "when: 2021-06-01\n    actor: au-psc",
        "when: 2021-06-31\n    actor: nobody",
    )
    refused(command("casebook", "diff", str(path)), "mali-2021.yaml, line ", "2021-06-31", "nobody")


def test_the_version_and_how_to_cite_it(bare: Command) -> None:
    found = edition()
    assert bare("casebook", "version").out.splitlines() == [found.version, found.citation()]
    assert bare("casebook", "version", "--fr").out.splitlines() == [found.version, found.citation("fr")]
    assert bare("casebook", "version", "--json").json == {
        "version": found.version,
        "searched_until": found.until.isoformat(),
        "sha256": found.digest,
        "citation": found.citation(),
        "citation_fr": found.citation("fr"),
    }


# ---------------------------------------------------------------- export


def test_export(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    said = command("export", str(folder), "--as-then-known", "2012-01-01", "--json")
    assert said.code == 0
    record = said.json
    assert tuple(record) == ("folder", "version", "rows")
    assert (record["folder"], record["version"]) == (str(folder), edition().version)
    assert {path.name for path in folder.iterdir()} == {ABOUT, *(f"{name}.csv" for name in TABLES)}
    for name, count in record["rows"].items():
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.DictReader(file))) == count
    again = command("export", str(folder), "--as-then-known", "2012-01-01")
    assert again.code == 0
    assert "facts.csv" in again.out and edition().citation() in again.out


def test_export_over_a_persons_files(command: Command, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    refused(command("export", str(tmp_path)), "thesis.docx", "other files")
    assert (tmp_path / "thesis.docx").read_bytes() == b"years of work"
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleague,", encoding="utf-8")
    refused(command("export", str(letter)), "is no folder")


def test_letters_of_json_stay_as_they_are(command: Command) -> None:
    said = command("facts", "--all", "--kind", "state", "--json")
    assert "مالي" in said.out and "Côte d’Ivoire" in said.out
    assert json.loads(said.out)
