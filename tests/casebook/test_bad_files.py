"""Case files with mistakes: each message names file and line and says what to do, and nothing is half loaded.

`bad/*.yaml` are named for their mistake and read under the name of their case. `bad/messages.txt` pins what the
reader says; `GOLDEN=write pytest tests/casebook` writes it anew.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from goodoffices.casebook.files import STATES, read_case, read_casebook, read_states
from goodoffices.casebook.registers import read_registers
from goodoffices.core.errors import BadRecord, Problem

BAD = Path(__file__).parent / "bad"
GOLDEN = BAD / "messages.txt"
FILES = sorted(BAD.glob("*.yaml"))
GOOD = """case: mali-2021
title: {en: "Mali, May 2021"}
country: Mali
iso3: MLI
marking: unclassified
searched_until: 2026-06-21
sources: {un: {title: "A press release"}}
facts:
  seizure: {kind: seizure, when: 2021-05-24, actor: armed-forces, text: "Soldiers come.", category: military_coup,
    victim: elected, outcome: completed, confidence: high, sources: [un]}
"""


def problems_of(path: Path, folder: Path) -> tuple[Problem, ...]:
    """What the reader says of a bad file, read under the name of its case."""
    copy = folder / "mali-2021.yaml"
    shutil.copyfile(path, copy)
    with pytest.raises(BadRecord) as caught:
        read_case(copy)
    return caught.value.problems


@pytest.fixture(scope="module")
def pinned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The pinned messages by file; written anew first where GOLDEN=write asks for it."""
    if os.environ.get("GOLDEN") == "write":
        folder = tmp_path_factory.mktemp("golden")
        parts = ["\n".join([f"== {path.stem}", *map(str, problems_of(path, folder))]) for path in FILES]
        GOLDEN.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            found[line[3:]] = []
        elif line:
            found[list(found)[-1]].append(line)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_messages_are_those_pinned(path: Path, tmp_path: Path, pinned: dict[str, list[str]]) -> None:
    assert [str(problem) for problem in problems_of(path, tmp_path)] == pinned[path.stem]


def test_nothing_pinned_without_its_file(pinned: dict[str, list[str]]) -> None:
    assert list(pinned) == [path.stem for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_message_names_file_and_line_and_a_remedy(path: Path, tmp_path: Path) -> None:
    for problem in problems_of(path, tmp_path):
        assert re.fullmatch(r"mali-2021\.yaml(?:, line [1-9]\d*)?", problem.where)
        assert ", line " in problem.where or path.stem == "empty"
        assert problem.found.endswith(".") and problem.remedy.endswith((".", "?")), str(problem)
        assert "Traceback" not in str(problem) and "object at" not in str(problem)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_bad_file_leaves_no_casebook(path: Path, tmp_path: Path) -> None:
    (tmp_path / "chad-2021.yaml").write_text(GOOD.replace("mali-2021", "chad-2021"), encoding="utf-8")
    shutil.copyfile(path, tmp_path / "mali-2021.yaml")
    with pytest.raises(BadRecord) as caught:
        read_casebook(tmp_path, STATES)
    assert {problem.where.partition(",")[0] for problem in caught.value.problems} == {"mali-2021.yaml"}


def test_a_good_file_beside_them_is_read(tmp_path: Path) -> None:
    (tmp_path / "mali-2021.yaml").write_text(GOOD, encoding="utf-8")
    assert [fact.name for fact in read_case(tmp_path / "mali-2021.yaml").facts] == ["case", "seizure"]
    assert len(read_casebook(tmp_path, STATES).facts) == 2 + len(read_states()) + len(read_registers())


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    for name in ("mali-2021", "chad-2021"):
        text = GOOD.replace("mali-2021", name).replace("confidence: high", "confidence: sure")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    states = tmp_path / "states"
    states.write_text("sources: {a: {title: A}}\nstates:\n  mli: {name: {en: Mali}}\n", encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        read_casebook(tmp_path, states)
    assert [problem.where for problem in caught.value.problems] == [
        "chad-2021.yaml, line 10",
        "mali-2021.yaml, line 10",
        "states, line 3",
    ]


def test_two_files_with_the_same_case(tmp_path: Path) -> None:
    (tmp_path / "mali-2021.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "mali-2021-copy.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        read_casebook(tmp_path, STATES)
    assert str(caught.value) == (
        "mali-2021-copy.yaml, line 1: the case 'mali-2021' stands in the file mali-2021-copy.yaml. "
        "Name the file mali-2021.yaml."
    )


def test_a_file_that_would_be_passed_over_is_named(tmp_path: Path) -> None:
    (tmp_path / "mali-2021.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "chad-2021.yml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(BadRecord, match=r"^chad-2021\.yml: is not read: a case file ends in \.yaml\."):
        read_casebook(tmp_path, STATES)


def test_a_folder_without_cases_is_no_casebook(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "not there"):
        with pytest.raises(BadRecord, match="holds no case file"):
            read_casebook(folder, STATES)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match=r"^mali-2021\.yaml: cannot be read: No such file or directory\."):
        read_case(tmp_path / "mali-2021.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- MLI\n", "is no register of states."),
        ("states: [MLI]\n", "is no register of states."),
        ("sources: {a: {title: A}}\nstatse: {}\nstates: {}\n", "the key 'statse' is not known"),
        ("sources: {a: {title: A}}\nstates: {MLI: Mali}\n", "'MLI' is no state as the register writes it."),
        ("sources: {a: {title: A}}\nstates: {MLI: {name: {fr: Mali}}}\n", "the state MLI has no English name."),
        ("sources: {a: {title: A}}\nstates: {MLI: {name: {en: Mali, de: Mali}}}\n", "the key 'de' is not known"),
        ("sources: {a: {title: A}}\nstates: {MLI: {name: {en: Mali}, facts: {m: x}}}\n", "m has no fields."),
    ],
)
def test_a_bad_register_of_states(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "states.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        read_states(path)
    assert said in str(caught.value)
    assert all(problem.where.startswith("states.yaml, line ") and problem.remedy for problem in caught.value.problems)
