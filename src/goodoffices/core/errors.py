"""Errors, by who must act on them.

Every message says what was found, where, what was expected and what to do. Problems of an import are collected
into one BadRecord, so that the importer sees all of them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where it stands, what was found and the remedy."""

    where: str
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.found}" + (f" {self.remedy}" if self.remedy else "")


class GoodOfficesError(Exception):
    """Base of all errors raised on purpose."""


class _Collected(GoodOfficesError):
    def __init__(self, problems: Sequence[Problem] | str):
        if isinstance(problems, str):
            problems = (Problem("input", problems),)
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class BadRecord(_Collected):
    """An input that the importer must mend: a case file, a date, a command's option."""


class BadRule(_Collected):
    """A rule file that its author must mend."""


class NotAllowed(GoodOfficesError):
    """The actor may not do this."""


class NoAnswer(GoodOfficesError):
    """The question cannot be answered: no such case, rule or fact."""

    def __init__(self, message: str, nearest: Sequence[str] = ()):
        self.nearest: tuple[str, ...] = tuple(nearest)
        super().__init__(message)


class Broken(GoodOfficesError):
    """Something of ours is damaged: the chain of the ledger, a file of the installation, the disk."""
