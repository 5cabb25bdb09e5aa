"""YAML read strictly: what is refused, with its line, and what stays text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.errors import Problem
from goodoffices.core.yamlfile import MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS, parse_yaml, read_yaml


def refused(text: str) -> list[str]:
    problems: list[Problem] = []
    assert parse_yaml(text, "x.yaml", problems) is None
    assert problems
    return [str(problem) for problem in problems]


def test_everything_stays_text() -> None:
    problems: list[Problem] = []
    text = "on: NO\nat: 12:30\nn: 010\nnull: ~\nno: [yes, 1.0, 2021-05-24, 0x1F]\nempty:\n"
    located = parse_yaml(text, "x.yaml", problems)
    assert located is not None and not problems
    assert located.data == {
        "on": "NO",
        "at": "12:30",
        "n": "010",
        "null": "~",
        "no": ["yes", "1.0", "2021-05-24", "0x1F"],
        "empty": "",
    }


def test_lines_of_places() -> None:
    located = parse_yaml("# head\na:\n  b:\n    - x\n    - y: 1\nc: >\n  long\n  text\nd: 1\n", "x.yaml", [])
    assert located is not None
    assert located.where(("a", "b", 1, "y")) == "x.yaml, line 5"
    assert located.where(("a", "b", 7, "z")) == "x.yaml, line 3"  # nearest that stands in the file
    assert located.where(("d",)) == "x.yaml, line 9"
    assert located.where(()) == located.where(("nowhere",)) == "x.yaml, line 2"
    assert located.data["c"] == "long text\n"


def test_a_key_that_stands_twice_names_both_lines() -> None:
    assert refused("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 2\n") == [
        "x.yaml, line 5: the key 'c' stands twice (first on line 3). Keep one of them.",
        "x.yaml, line 6: the key 'a' stands twice (first on line 1). Keep one of them.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1]\nb: *x", "line 2: is repeated by a YAML alias"),
        ("a: &x 1\nb: *x", "line 2: is repeated by a YAML alias"),
        ("a: &x [*x]", "line 1: is repeated by a YAML alias"),
        ("a: &x {b: 1}\nc:\n  <<: *x", "line 3: is repeated by a YAML alias"),
        ("&x a: 1\n*x : 2", "line 2: has a key that is not a word"),
        ("a: !!python/object:os.system x", "line 1: carries the YAML tag"),
        ("a: !!int 3", "line 1: carries the YAML tag"),
        ("a: 1\n---\nb: 2", "line 2: begins a second document"),
        ("[a]: 1", "line 1: has a key that is not a word"),
        ("? {a: b}\n: 1", "line 1: has a key that is not a word"),
        (
            "a:\n\tb: 1",
            "line 2: is not well-formed YAML: found character that cannot start any token. Indent with spaces",
        ),
        ("a:\n  b: 1\n c: 2", "line 3: is not well-formed YAML"),
        ("a: b: c", "line 1: is not well-formed YAML"),
        ('a: "open', "is not well-formed YAML"),
        ("a: {b: c", "is not well-formed YAML"),
        ("a: x\nb: \x01", "line 2: holds the character U+0001"),
        ("a: x\nb: \x7f", "line 2: holds the character U+007F"),
        ("a\x00: 1", "line 1: holds the character U+0000"),
        ("a: \ud800", "line 1: holds the character U+D800"),
        ('a: 1\nb: "\\0"', "line 2: holds the character U+0000"),
        ('"\\0": 1', "line 1: holds the character U+0000"),
        ('a: "\\ud800"', "line 1: is not well-formed YAML"),
        ("%YAML 9.9\n---\na: 1", "line 1: is not well-formed YAML"),
        ("", "x.yaml: is empty"),
        ("# only a remark\n", "x.yaml: is empty"),
        ("---\n", "x.yaml: is empty"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    assert said in refused(text)[0]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("times", [MAX_DEPTH + 2, 3_000, 1_000_000])
def test_deep_nesting_is_refused_and_ends_no_process(opening: str, times: int) -> None:
    assert "is nested too deeply" in refused(opening * times)[0] or "not a word" in refused(opening * times)[0]


def test_nesting_up_to_the_limit() -> None:
    located = parse_yaml("[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH, "x.yaml", [])
    assert located is not None


def test_a_file_of_mistakes_stops_early() -> None:
    assert len(refused("a: &x 1\nb: [" + "*x, " * 100_000 + "]")) == MAX_PROBLEMS


def test_problems_of_other_files_do_not_spoil_this_one() -> None:
    problems = [Problem("other.yaml", "was wrong.")]
    assert parse_yaml("a: 1", "x.yaml", problems) is not None
    assert len(problems) == 1


def read(path: Path) -> tuple[object, list[str]]:
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    return (located.data if located else None), [str(problem) for problem in problems]


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "é mali.yaml"
    path.write_bytes("\ufeffname: État\r\nother: مالي\r\n".encode())  # as Notepad saves it
    assert read(path) == ({"name": "État", "other": "مالي"}, [])
    path.write_bytes(b"a: 1\nb: \xff\xfe\n")
    assert read(path) == (None, ["é mali.yaml, line 2: is not UTF-8 text. Save the file as UTF-8."])
    path.write_bytes(b"a: " + b"x" * MAX_BYTES)
    data, (problem,) = read(path)
    assert data is None and "8,000,000 bytes" in problem
    data, (problem,) = read(tmp_path / "missing.yaml")
    assert data is None and "missing.yaml: cannot be read" in problem
    data, (problem,) = read(tmp_path)
    assert data is None and "cannot be read" in problem


def test_an_endless_file_is_not_read_to_its_end() -> None:
    data, (problem,) = read(Path("/dev/zero"))
    assert data is None and "bytes" in problem


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%?, \n\t", max_size=40) | st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    problems: list[Problem] = []
    located = parse_yaml(text, "x.yaml", problems)
    assert (located is None) == bool(problems)
