"""Which casebook this is: a version that stands for the content, and how to cite it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from goodoffices.casebook.edition import Edition, edition
from goodoffices.casebook.files import CASES, digest_of, read_casebook

CASE = """\
case: {case}
title: {{en: "{case}"}}
searched_until: {until}
facts: {{}}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Two cases and a register of states."""
    folder = tmp_path / "cases"
    folder.mkdir()
    (tmp_path / "states.yaml").write_text("states: {}\n", encoding="utf-8")
    write(folder, "utopia-2024", "2024-12-31")
    write(folder, "erewhon-2020", "2025-03-31")
    return folder


def write(cases: Path, case: str, until: str) -> None:
    (cases / f"{case}.yaml").write_text(CASE.format(case=case, until=until), encoding="utf-8")


def of(cases: Path) -> Edition:
    return edition(cases, cases.parent / "states.yaml")


def test_the_installed_casebook_has_a_version() -> None:
    found = edition()
    assert re.fullmatch(r"20\d\d-\d\d-\d\d\.[0-9a-f]{10}", found.version)
    assert found.version == f"{found.until}.{found.digest[:10]}"
    assert found.digest == digest_of()


def test_until_is_the_latest_day_searched_in_the_installed_casebook() -> None:
    days = [fact.get("searched_until") for fact in read_casebook().facts if fact.kind == "case"]
    assert edition().until.isoformat() == max(day for day in days if len(day) == 10)


def test_equal_content_has_an_equal_version_wherever_it_lies(cases: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "cases"
    copy.mkdir(parents=True)
    for path in cases.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    (copy.parent / "states.yaml").write_bytes((tmp_path / "states.yaml").read_bytes())
    assert of(copy) == of(cases)
    assert of(cases) == of(cases)


def test_one_character_makes_another_version_and_taking_it_back_the_first(cases: Path) -> None:
    path = cases / "utopia-2024.yaml"
    first, text = of(cases), path.read_text(encoding="utf-8")
    path.write_text(text.replace("facts", "fact5"), encoding="utf-8")
    assert of(cases).version != first.version
    assert of(cases).until == first.until
    path.write_text(text, encoding="utf-8")
    assert of(cases) == first


def test_another_name_another_case_or_another_state_is_another_version(cases: Path) -> None:
    seen = [of(cases).version]
    (cases / "utopia-2024.yaml").rename(cases / "utopia-2025.yaml")
    seen.append(of(cases).version)
    write(cases, "ruritania-2001", "2001-01-01")
    seen.append(of(cases).version)
    (cases.parent / "states.yaml").write_text("states: {} \n", encoding="utf-8")
    seen.append(of(cases).version)
    registers = cases.parent / "registers"
    registers.mkdir()
    (registers / "missions.yaml").write_text("missions: {}\n", encoding="utf-8")
    seen.append(of(cases).version)
    assert len(set(seen)) == len(seen)


def test_what_is_no_case_file_changes_nothing(cases: Path) -> None:
    first = of(cases)
    (cases / "README.md").write_text("searched_until: 2030-01-01\n", encoding="utf-8")
    assert of(cases) == first


def test_until_is_the_latest_day(cases: Path) -> None:
    assert of(cases).until == date(2025, 3, 31)
    write(cases, "utopia-2024", '"2025-04-01"')
    assert of(cases).until == date(2025, 4, 1)
    write(cases, "utopia-2024", "2025-04-02   # the press, in English only")
    assert of(cases).until == date(2025, 4, 2)


def test_both_citations_carry_the_version(cases: Path) -> None:
    found = of(cases)
    english, french = found.citation(), found.citation("fr")
    assert found.version in english
    assert found.version in french
    assert "31 March 2025" in english
    assert "31 mars 2025" in french
    assert english != french
    assert english.endswith(".") and french.endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00searched_until: 2031-01-01",
        b"searched_until:\n",
        b"searched_until: soon\n",
        b"searched_until: 2031\n",
        b"searched_until: [2031-01-01]\n",
        b"  searched_until: 2031-01-01\n",
        b"facts: {}\n" * 1000,
    ],
    ids=["empty", "not UTF-8", "no day", "a word", "a year", "a list", "not at the head", "no such line"],
)
def test_an_odd_file_counts_in_the_version_and_says_no_day(cases: Path, content: bytes) -> None:
    first = of(cases)
    (cases / "odd-2000.yaml").write_bytes(content)
    assert of(cases).digest != first.digest
    assert of(cases).until == first.until


def test_a_casebook_without_a_day_still_has_a_version(cases: Path) -> None:
    for path in cases.iterdir():
        path.write_text("case: x\n", encoding="utf-8")
    assert of(cases).until == date.min
    assert of(cases).digest[:10] in of(cases).citation()


def test_the_installed_files_are_read_from_their_head() -> None:
    """Every case file tells its day in a line of its own, before its facts, where the edition looks for it."""
    for path in CASES.glob("*.yaml"):
        head = path.read_text(encoding="utf-8").partition("\nfacts:")[0]
        assert re.search(r"^searched_until: ", head, re.MULTILINE), path.name
