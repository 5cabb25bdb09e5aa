"""The casebook's ledger, and the command as a person runs it: arguments in; status, answer and asides out."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from goodoffices.cli.main import run
from record import casebook_ledger, ledger_file

__all__ = ["casebook_ledger", "ledger_file"]


@dataclass(frozen=True)
class Said:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer, read as JSON."""
        import json

        return json.loads(self.out)


Command = Callable[..., Said]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `goodoffices ARGS` in this process, through its entry point, with no database named."""

    def called(*arguments: str, typed: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["goodoffices", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            run()
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Said(int(end.value.code or 0), captured.out, captured.err)

    return called


@pytest.fixture
def command(bare: Command, ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The same, over the test's own copy of the casebook's ledger."""
    monkeypatch.setenv("GOODOFFICES_DATABASE_URL", str(ledger_file))
    return bare


def refused(said: Said, *words: str) -> None:
    """A command that could not do what was asked says so in sentences on standard error, and gives nothing else."""
    assert said.code == 2, said
    assert said.out == ""
    assert said.err.startswith("goodoffices: ")
    for word in words:
        assert word in said.err, f"{word!r} is not in {said.err!r}"
