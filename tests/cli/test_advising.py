"""advise and plan: exit status, what is printed, the keys of the JSON, documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.conftest import Command, refused
from goodoffices.advice.items import BASES
from goodoffices.advice.language import SECTIONS
from goodoffices.casebook.files import CASES

THEN = ("--as-then-known", "2021-11-20")
ITEM_KEYS = (
    *("id", "section", "group", "side", "text", "basis", "standing", "references", "hangs_on", "facts", "precedents"),
    *("would_change", "afterwards", "owner", "clock", "task", "course", "tell_the_council", "possible_courses"),
)


def test_all_sections_are_given_in_order_with_the_promised_keys(command: Command) -> None:
    record = command("advise", "sudan-2021", *THEN, "--json").json
    assert [one["id"] for one in record["sections"]] == list(SECTIONS)
    assert (record["case"], record["mission"], record["mission_type"]) == ("sudan-2021", "unitams", "political")
    assert record["day"] == [26, 26]
    for section in record["sections"]:
        assert section["items"]
        for item in section["items"]:
            assert tuple(item) == ITEM_KEYS
            assert item["basis"] in BASES
            assert item["would_change"].endswith("."), item["id"]
            assert item["references"] or item["basis"] in ("judgement", "precedent")


def test_tasks_of_the_mandate_of_the_day_are_triaged(command: Command) -> None:
    (section,) = command("advise", "sudan-2021", *THEN, "--section", "triage", "--json").json["sections"]
    tasks = {item["id"]: item for item in section["items"] if item["course"]}
    assert len(tasks) == 14
    assert all(key.startswith("mission:unitams/set-2579-") for key in tasks)
    assert tasks["mission:unitams/set-2579-pol"]["course"] == "suspend"
    assert tasks["mission:unitams/set-2579-pol"]["tell_the_council"]


def test_the_text_shows_basis_and_what_would_change_it_and_why_on_demand(command: Command) -> None:
    plain = command("advise", "sudan-2021", *THEN, "--section", "guidance")
    assert plain.out.count("    basis: ") == len(re.findall(r"^- ", plain.out, re.MULTILINE))
    assert "[sudan-2021/seizure]" not in plain.out and "--why shows" in plain.err
    whole = command("advise", "sudan-2021", *THEN, "--section", "guidance", "--why").out
    assert "[sudan-2021/seizure]" in whole
    assert "un.de-facto" in whole


def test_in_french_no_english_word_of_ours_is_left(command: Command) -> None:
    said = command("advise", "sudan-2021", *THEN, "--section", "options", "--fr").out
    assert "fondement : " in said and "notre appréciation" in said
    assert not re.search(r"\b(basis|judgement|would change|guidance)\b", said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "CASE: is missing."),
        (("sudan-2021", "--case-file", "x.yaml"), "CASE: is given beside --case-file."),
        (("sudan-2021", "--section", "horoscope"), "there is no section 'horoscope'."),
        (("sudan-2021", "--mission", "minusma", *THEN), "no mission 'minusma' is on record in the country"),
        (("sudan-2021", "-o", "x.odt"), "'x.odt' is no kind of document we print."),
        (("atlantis-2021",), "there is no case 'atlantis-2021' in the record."),
        (("sudan-2021", "--sanctions-list", "none.xml"), "none.xml: cannot be read"),
    ],
)
def test_what_cannot_be_asked_is_refused(command: Command, arguments: tuple[str, ...], said: str) -> None:
    refused(command("advise", *arguments), said)


def test_a_case_in_a_file_is_advised_alike(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "utopia-2021.yaml"
    text = (CASES / "sudan-2021.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("case: sudan-2021", "case: utopia-2021"), encoding="utf-8")
    asked = (*THEN, "--section", "legitimation", "--json")
    found = command("advise", "--case-file", str(path), *asked).json["sections"][0]["items"]
    known = command("advise", "sudan-2021", *asked).json["sections"][0]["items"]
    assert [(one["id"], one["standing"]) for one in found] == [(one["id"], one["standing"]) for one in known]


def test_a_plan_foresees_with_the_same_rules(command: Command) -> None:
    record = command("plan", "Sudan", "--as-then-known", "2021-10-01", "--json").json
    assert (record["country"], record["mission"]) == ("SDN", "unitams")
    first, second, _ = record["foreseen"]
    assert {one["rule"] for one in first["duties"]} >= {"au.suspend", "un.working-group"}
    courses = [{item["course"] for item in one["tasks"]} for one in (first, second)]
    assert "suspend" in courses[1] and "suspend" not in courses[0]
    assert all(one["key"].startswith("plan-supposed/") for one in first["supposed"])
    shown = command("plan", "SDN", "--as-then-known", "2021-10-01").out
    assert "A COUP THAT IS CONTESTED" in shown and "au.suspend" in shown


@pytest.mark.parametrize("name", ["plan.pdf", "plan.docx", "plan.html"])
def test_a_plan_is_printed_whole_or_not_at_all(command: Command, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    done = command("plan", "Mali", "-o", str(path), "--fr")
    assert done.code == 0 and path.stat().st_size > 5_000
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("plan")] == [name]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "COUNTRY: is missing."),
        (("Atlantis",), "there is no state 'Atlantis' in the register."),
        (("Mali", "--mission", "unitams"), "no mission 'unitams' is on record in the country"),
        (("Mali", "-o", "plan"), "'plan' is no kind of document we print."),
    ],
)
def test_what_cannot_be_planned_is_refused(command: Command, arguments: tuple[str, ...], said: str) -> None:
    refused(command("plan", *arguments), said)


def test_a_list_flags_names_and_identifies_nobody(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_text(
        "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>HAIBATULLAH</FIRST_NAME>"
        "<SECOND_NAME>AKHUNDZADAH</SECOND_NAME><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER></INDIVIDUAL>"
        "</INDIVIDUALS></CONSOLIDATED_LIST>",
        encoding="utf-8",
    )
    asked = ("advise", "afghanistan-2021", "--section", "interlocutors", "--json")
    (section,) = command(*asked, "--sanctions-list", str(path)).json["sections"]
    (table,) = [one for one in section["tables"] if one["id"] == "listed"]
    assert table["rows"][0]["cells"][:2] == ["Haibatullah Akhundzada", "HAIBATULLAH AKHUNDZADAH"]
    assert "identifies nobody" in table["title"]
    (section,) = command(*asked).json["sections"]
    assert json.dumps(section["tables"][-1]["rows"]) == "[]"
