"""What the documents show is what the program does: their commands are run, their files read, their links followed."""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from goodoffices.cli.main import run
from goodoffices.desk.desk import DATABASE, Desk

ROOT = Path(__file__).parents[2]
DOCUMENTS = [path for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if path.is_file()]
EVERY_PAGE = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
_FENCE = re.compile(
    r'^( *)```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^\1```', re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the name of the file it shows, its text, and the line it begins on."""

    language: str
    title: str
    body: str
    line: int


@dataclass(frozen=True)
class Step:
    """A command as shown, and the lines shown under it."""

    command: str
    shown: tuple[tuple[int, str], ...]
    line: int


def blocks(path: Path) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        indent = match[1]
        body = "".join(line.removeprefix(indent) for line in match["body"].splitlines(keepends=True))
        found.append(Block(match["language"], match["title"] or "", body, text.count("\n", 0, match.start()) + 2))
    return found


def steps(block: Block) -> list[Step]:
    found: list[Step] = []
    lines = list(enumerate(block.body.splitlines(), block.line))
    while lines:
        number, line = lines.pop(0)
        if line.startswith("$ "):
            while line.endswith("\\"):
                line = line[:-1] + lines.pop(0)[1].strip()
            found.append(Step(line.removeprefix("$ "), (), number))
        elif found:
            last = found.pop()
            found.append(Step(last.command, (*last.shown, (number, line)), last.line))
    return found


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def workplace(ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a ledger of its own that the commands find."""
    monkeypatch.chdir(ledger_file.parent)
    monkeypatch.setenv(DATABASE, str(ledger_file))
    return ledger_file.parent


def is_as_shown(shown: str, line: str) -> bool:
    """Whether a line begins as shown; "…" stands for anything."""
    parts = [part.strip() for part in shown.split("…")]
    return re.match(".*?".join(re.escape(part) + r"\s*" if part else "" for part in parts), line) is not None


WITH_COMMANDS = [path for path in DOCUMENTS if any("$ goodoffices" in one.body for one in blocks(path))]


def differences(path: Path, step: Step, code: int, output: str) -> list[str]:
    """What the document shows and the program did not say, one line each."""
    lines = [squeezed(line) for line in output.splitlines()]
    shown = [(number, squeezed(line)) for number, line in step.shown if line.strip() not in ("", "…")]
    refused = any(line.startswith("goodoffices: ") for _, line in shown)
    wrong = any(line.endswith(("nothing was taken in.", "not whole.")) for _, line in shown)
    said = []
    if code != (2 if refused else 1 if wrong else 0):
        said.append(f"{where(path)}, line {step.line}: `{step.command}` ended with {code}:\n{output}")
    for number, line in shown:
        if not any(is_as_shown(line, one) for one in lines):
            said.append(f"{where(path)}, line {number}: `{step.command}` does not print {line!r}:\n{output}")
    return said


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=where)
def test_commands_do_what_the_document_shows(
    path: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    for block in blocks(path):
        if block.title and "/" not in block.title:
            (workplace / block.title).write_text(block.body, encoding="utf-8")
        for step in steps(block) if block.language == "console" else ():
            if not step.command.startswith("goodoffices ") or " serve" in step.command:
                continue
            monkeypatch.setattr(sys, "argv", shlex.split(step.command))
            with pytest.raises(SystemExit) as ended:
                run()
            captured = capsys.readouterr()
            code = ended.value.code if isinstance(ended.value.code, int) else 0
            said += differences(path, step, code, captured.out + captured.err)
    if said:
        pytest.fail("\n".join(said), pytrace=False)


def test_the_readme_counts_cases_and_rulebooks(desk: Desk) -> None:
    cases, books = len(desk.case_ids()), len(desk.rules())
    assert f"**{cases} cases, {books} rulebooks.**" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", EVERY_PAGE, ids=where)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^( *)```.*?^\1```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        found = (path.parent / place) if place else path
        assert found.exists(), f"{where(path)} links to {target}"
        if anchor and found.suffix == ".md":
            headings = re.findall(r"^#+ +(.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^a-z0-9 _-]", "", one.lower()).replace(" ", "-") for one in headings}
            assert anchor in slugs, f"{where(path)} links to {target}"


@pytest.mark.parametrize("path", EVERY_PAGE, ids=where)
def test_documents_name_no_place_of_one_machine(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(home|root|tmp|work|Users)/", path.read_text(encoding="utf-8"))
