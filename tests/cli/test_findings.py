"""check with --assume and --case-file, deviations, patterns: exit status, what is printed, and the keys of the JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.conftest import Command, refused
from goodoffices.briefs.patterns import NAMES
from goodoffices.casebook.files import CASES
from goodoffices.core.findings import QUIET

SUSPENDED = """\
facts:
  au-suspension: {kind: suspension, when: 2021-05-14, actor: au-psc}
remove: [au-no-suspension]
"""
CHECK_KEYS = ("case", "as_of", "known_at", "rulebooks", "findings", "snapshot", "head", "no_rule_found")


@pytest.fixture
def assumption(tmp_path: Path) -> str:
    path = tmp_path / "assume.yaml"
    path.write_text(SUSPENDED, encoding="utf-8")
    return str(path)


@pytest.fixture
def utopia(tmp_path: Path) -> str:
    """A case of one's own: Mali's under another name."""
    path = tmp_path / "utopia-2021.yaml"
    text = (CASES / "mali-2021.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("case: mali-2021", "case: utopia-2021"), encoding="utf-8")
    return str(path)


# ---------------------------------------------------------------- check


def test_check_says_of_which_bodies_no_rule_was_found(command: Command) -> None:
    record = command("check", "mali-2021", "--json").json
    assert tuple(record) == CHECK_KEYS
    for one in record["no_rule_found"]:
        assert tuple(one) == ("rulebook", "title", "body", "says", "searched")
        assert one["rulebook"] in record["rulebooks"] and one["searched"]
    shown = command("check", "mali-2021").out
    for one in record["no_rule_found"]:
        assert f"{one['title']}: no rule found (" in shown


def test_rules_that_ask_nothing_are_counted_and_listed_only_with_all(command: Command) -> None:
    asked = ("check", "mali-2021", "--rulebook", "au", "--as-of", "2021-06-15")
    findings = command(*asked, "--json").json["findings"]
    quiet = {one["rule"] for one in findings if one["state"] in QUIET}
    said, whole = command(*asked).out, command(*asked, "--all").out
    assert quiet and f"{len(quiet)} more rules ask nothing of this case (--all lists them)." in said
    assert "more rules ask nothing" not in whole
    rules = {one["rule"] for one in findings}
    assert {line.split()[0] for line in said.splitlines() if line.startswith("au.")} == rules - quiet
    assert {line.split()[0] for line in whole.splitlines() if line.startswith("au.")} == rules


def test_an_assumption_is_a_table_of_what_flips(command: Command, assumption: str) -> None:
    said = command("check", "chad-2021", "--assume", assumption, "--rulebook", "au")
    assert said.code == 0
    assert max(len(line) for line in said.out.splitlines()) <= 132
    lines = said.out.splitlines()
    assert lines[0].split() == ["rule", "who", "must", "do", "what", "on", "record", "supposed"]
    duty = next(line for line in lines if " au.suspend " in line)
    assert duty.startswith("flips") and "apparent deviation" in duty and "done, day 24" in duty
    flips = [line.startswith("flips") for line in lines[1:] if " au." in line]
    assert flips == sorted(flips, reverse=True)
    french = command("check", "chad-2021", "--assume", assumption, "--rulebook", "au", "--fr")
    assert french.code == 0
    assert "écart apparent" in french.out and "apparent deviation" not in french.out


def test_an_assumption_as_json(command: Command, assumption: str) -> None:
    said = command("check", "chad-2021", "--assume", assumption, "--rulebook", "au", "--json")
    assert said.code == 0
    assert tuple(said.json) == (*CHECK_KEYS, "assumed", "changes")
    assert said.json["assumed"] == {"added": ["chad-2021/au-suspension"], "removed": ["chad-2021/au-no-suspension"]}
    changes = {one["rule"]: one for one in said.json["changes"]}
    assert changes["au.suspend"]["flips"] is True
    assert changes["au.suspend"]["after"]["state"] == "fulfilled"


def test_an_assumption_that_changes_nothing(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "nothing.yaml"
    path.write_text("facts: {}\n", encoding="utf-8")
    said = command("check", "chad-2021", "--assume", str(path), "--rulebook", "au")
    assert (said.code, said.out) == (0, "Nothing changes.\n")


def test_a_case_in_a_file(command: Command, utopia: str) -> None:
    said = command("check", "--case-file", utopia, "--rulebook", "au", "--as-of", "2021-06-15")
    assert said.code == 0
    assert "goodoffices why" not in said.err  # the record has no such case
    assert said.out == command("check", "mali-2021", "--rulebook", "au", "--as-of", "2021-06-15").out
    record = command("check", "--case-file", utopia, "--rulebook", "au", "--json").json
    assert tuple(record) == CHECK_KEYS
    assert record["case"] == "utopia-2021"
    assert "mali-2021/" not in str(record["findings"])


def test_readings_and_both_clocks_hold_for_a_file_too(command: Command, utopia: str) -> None:
    asked = ("check", "--case-file", utopia, "--rulebook", "au", "--json")
    strict = command(*asked, "--as-of", "2021-06-15", "--reading", "au.suspension-term=3").json
    assert {one["rule"]: one["state"] for one in strict["findings"]}["au.suspend"] == "fulfilled_late"
    then = command(*asked, "--as-then-known", "2021-05-30").json
    assert (then["as_of"], then["known_at"]) == ("2021-05-30", "2021-05-30")
    assert {one["rule"]: one["state"] for one in then["findings"]}["au.suspend"] == "open"


def test_markup_in_a_file_is_text(command: Command, tmp_path: Path, utopia: str) -> None:
    path = Path(utopia)
    text = path.read_text(encoding="utf-8").replace('en: "Mali, May 2021"', 'en: "[bold]<b>Mali</b>[/bold]"')
    path.write_text(text, encoding="utf-8")
    said = command("check", "--case-file", utopia, "--rulebook", "au")
    assert said.code == 0 and "\x1b" not in said.out
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text('"[bold]<b>x</b>": 1\nfacts: {}\n', encoding="utf-8")
    refused(command("check", "chad-2021", "--assume", str(wrong), "--rulebook", "au"), "[bold]<b>x</b>")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), ("CASE", "is missing", "--case-file")),
        (("--json",), ("CASE", "is missing")),
        (("--assume", "ASSUME"), ("CASE", "is missing")),
        (("mali-2021", "--case-file", "FILE"), ("CASE", "beside --case-file")),
        (("--case-file", "FILE", "--assume", "ASSUME"), ("--assume", "not with --case-file")),
        (("--case-file", "nowhere.yaml"), ("nowhere.yaml", "cannot be read")),
        (("mali-2021", "--assume", "nowhere.yaml"), ("nowhere.yaml", "cannot be read")),
        (("mali-2021", "--assume", "ASSUME"), ("assume.yaml, line 3", "mali-2021/au-no-suspension", "facts mali-2021")),
        (("mali-2091", "--assume", "ASSUME"), ("mali-2091", "mali-2021")),
        (("--case-file", "ASSUME"), ("assume.yaml, line 1", "'case' is missing")),
        (("--case-file", "FILE", "--rulebook", "nowhere"), ("nowhere", "au")),
        (("--case-file", "FILE", "--reading", "au.nonsense=1"), ("au.nonsense",)),
        (("--case-file", "FILE", "--as-of", "2021-02-30"), ("2021-02-30",)),
    ],
    ids=lambda one: " ".join(one)[:60] if isinstance(one, tuple) else "",
)
def test_check_refuses(
    command: Command, assumption: str, utopia: str, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    given = [{"FILE": utopia, "ASSUME": assumption}.get(one, one) for one in arguments]
    refused(command("check", *given), *words)


def test_every_problem_of_an_assumption_is_said_at_once(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(SUSPENDED.replace("2021-05-14", "2021-02-30").replace("au-psc", "nobody"), encoding="utf-8")
    said = command("check", "mali-2021", "--assume", str(path))
    refused(said, "2021-02-30", "nobody", "au-no-suspension")
    assert said.err.count("goodoffices: bad.yaml, line ") == len(said.err.splitlines()) == 3


# ---------------------------------------------------------------- deviations


def test_deviations_as_a_table(command: Command) -> None:
    said = command("deviations", "--rulebook", "au")
    assert said.code == 0
    assert max(len(line) for line in said.out.splitlines()) <= 132
    row = next(line for line in said.out.splitlines() if line.startswith("au.suspend ") and " chad-2021 " in line)
    assert "apparent deviation" in row
    rows = command("deviations", "--rulebook", "au", "--json").json
    assert [line.split()[0] for line in said.out.splitlines() if line.startswith("au.")] == [
        one["rule"] for one in rows
    ]
    assert said.out.count("divergence") == sum(one["divergence"] for one in rows)
    assert "violat" not in said.out.lower()
    french = command("deviations", "--rulebook", "au", "--fr")
    assert french.code == 0 and "écart apparent" in french.out


def test_deviations_as_json(command: Command) -> None:
    said = command("deviations", "--rulebook", "au", "--json")
    assert said.code == 0
    assert all(next(iter(one)) == "case" and list(one)[-1] == "breached_on" for one in said.json)
    rows = {(one["case"], one["rule"]): one for one in said.json}
    chad = rows["chad-2021", "au.suspend"]
    assert (chad["state"], chad["breached_on"], chad["divergence"]) == ("deviation", "2021-05-14", False)
    early = command("deviations", "--rulebook", "au", "--as-then-known", "2021-05-19", "--json").json
    assert len(early) < len(rows)
    assert ("chad-2021", "au.suspend") not in {(one["case"], one["rule"]) for one in early}


def test_where_no_rule_is_found_there_is_no_deviation_and_it_says_so(command: Command) -> None:
    without = [one["rulebook"] for one in command("rules", "--json").json if not one["rules"]]
    assert without
    said = command("deviations", "--rulebook", without[0])
    assert said.code == 0
    assert "no rule found (sources searched: " in said.out
    assert command("deviations", "--rulebook", without[0], "--json").json == []
    french = command("deviations", "--rulebook", without[0], "--fr").out
    assert "aucune règle trouvée (sources examinées : " in french and "no rule found" not in french


def test_the_lines_beneath_the_table_are_french_too(command: Command) -> None:
    said = command("check", "chad-2021", "--fr").out
    assert re.search(r"^\d+ autres règles ne demandent rien dans ce cas", said, re.MULTILINE)
    assert "Communauté économique des États de l’Afrique centrale : aucune règle trouvée" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--rulebook", "nowhere"), ("nowhere", "au")),
        (("--as-of", "soon"), ("--as-of", "soon")),
        (("--as-then-known", "2021-06-01", "--as-of", "2021-06-01"), ("both clocks",)),
    ],
)
def test_deviations_refuses(command: Command, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    refused(command("deviations", *arguments), *words)


# ---------------------------------------------------------------- patterns


def test_without_a_name_patterns_lists_the_tables(command: Command) -> None:
    said = command("patterns")
    assert said.code == 0
    assert all(name in said.out for name in NAMES)
    assert command("patterns", "--json").json == [{"table": one, "title": title} for one, title in NAMES.items()]


@pytest.mark.parametrize("name", NAMES)
def test_patterns(command: Command, name: str) -> None:
    said = command("patterns", name)
    assert said.code == 0
    assert said.out.startswith(NAMES[name])
    assert max(len(line) for line in said.out.splitlines()) <= 132
    record = command("patterns", name, "--as-then-known", "2021-06-15", "--json").json
    assert tuple(record) == ("table", "title", "as_of", "known_at", "columns", "rows")
    assert (record["table"], record["known_at"]) == (name, "2021-06-15")
    for row in record["rows"]:
        assert list(row["cells"]) == record["columns"]
        assert all(isinstance(one, str) for one in row["cells"].values())
        assert row["cells"].get("cases", str(len(row["cases"]))) == str(len(row["cases"]))
    assert any("mali-2021" in row["cases"] for row in record["rows"]) or name == "category-5"
    assert not any("guinea-2021" in row["cases"] for row in record["rows"])


def test_patterns_refuses(command: Command) -> None:
    refused(command("patterns", "lag"), "'lag'", *NAMES)
    refused(command("patterns", "lags", "--known-at", "soon"), "--known-at", "soon")
