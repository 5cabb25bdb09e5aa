"""YAML files read strictly, with the line of everything in them.

Every scalar is a string until its schema reads it, so NO stays Norway's code and 12:30 a time. A key that stands twice
is refused, and so are aliases, tags, and text that no document can carry. What the schema then refuses is reported with
file and line.

The file is read as a stream of events and not as the library's tree: libyaml builds that tree by calling itself, and
a few kilobytes of "[" overrun the stack and end the process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from goodoffices.core.errors import Problem
from goodoffices.core.texts import uncarried

_Loader: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MAX_BYTES: Final = 8_000_000
MAX_DEPTH: Final = 40
MAX_PROBLEMS: Final = 200  # of one file: who has more has the wrong file
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """The data of a file and the line of each place in it; a place is a tuple of keys and indexes."""

    name: str
    data: Any
    lines: Mapping[tuple[str | int, ...], int]

    def where(self, place: Iterable[str | int]) -> str:
        """ "mali-2021.yaml, line 12", of the nearest enclosing place that has a line."""
        path = tuple(place)
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name}, line {self.lines.get(path, 1)}"


def read_yaml(path: Path, problems: list[Problem]) -> Located | None:
    """Read one file. What is wrong with its YAML goes into `problems`; then the answer is None."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            problems.append(
                Problem(path.name, f"has more than {MAX_BYTES:,} bytes.", "That is the limit; split the file.")
            )
            return None
        text = raw.decode("utf-8")
    except OSError as fault:
        problems.append(Problem(path.name, f"cannot be read: {fault.strerror}.", "Check the path and its permissions."))
        return None
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        problems.append(Problem(f"{path.name}, line {line}", "is not UTF-8 text.", "Save the file as UTF-8."))
        return None
    return parse_yaml(text, path.name, problems)


def parse_yaml(text: str, name: str, problems: list[Problem]) -> Located | None:
    """Parse YAML text; see `read_yaml`."""
    found = uncarried(text)
    if found:
        problems.append(_odd_character(text, name, int(found[2:], 16)))
        return None
    reading = _Reading(name, text)
    try:
        data = reading.document()
    except yaml.reader.ReaderError as fault:  # the characters YAML allows are fewer still
        reading.problems.append(_odd_character(text, name, fault.character))
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(fault, "problem", None) or str(fault)
        remedy = "Check indentation, and quote text that has ': ' in it."
        if "\t" in _indent(text, line):
            remedy = "Indent with spaces: a tab stands there."
        reading.refuse(line, f"is not well-formed YAML: {what}.", remedy)
    except _StopReading:
        pass
    problems += reading.problems
    return None if reading.problems else Located(name, data, reading.lines)


def _odd_character(text: str, name: str, code: int) -> Problem:
    line = text[: max(text.find(chr(code)), 0)].count("\n") + 1
    return Problem(f"{name}, line {line}", f"holds the character U+{code:04X}.", "Remove it.")


def _indent(text: str, line: int) -> str:
    lines = text.split("\n")
    return lines[line - 1][: -len(lines[line - 1].lstrip()) or None] if line <= len(lines) else ""


class _StopReading(Exception):
    """Nothing after this place can be read sensibly."""


class _Reading:
    """Turns the parser's events into plain data, noting lines and what is refused on the way."""

    def __init__(self, name: str, text: str):
        self.name = name
        self.problems: list[Problem] = []
        self.lines: dict[Place, int] = {}
        self._events: Iterator[yaml.Event] = yaml.parse(text, _Loader)

    def refuse(self, line: int, found: str, remedy: str) -> None:
        self.problems.append(Problem(f"{self.name}, line {line}", found, remedy))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _StopReading

    def document(self) -> Any:
        """The data of the one document in the stream."""
        event = next(self._events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent) or (isinstance(event, yaml.ScalarEvent) and not event.value):
            self.problems.append(
                Problem(self.name, "is empty.", "See docs/reference/case-file.md for what belongs in it.")
            )
            return None
        data = self._value(event, ())
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.refuse(
                    _line(event), "begins a second document.", "Keep one document in a file; remove this '---'."
                )
                raise _StopReading
        return data

    def _value(self, event: yaml.Event, place: Place) -> Any:
        line = _line(event)
        self.lines.setdefault(place, line)
        if isinstance(event, yaml.AliasEvent):  # a few lines of them can stand for gigabytes
            self.refuse(line, "is repeated by a YAML alias (*name).", "Write it out.")
            return None
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.refuse(line, f"carries the YAML tag {tag!r}.", "Remove it: every value is read as text.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if len(place) > MAX_DEPTH:
            self.refuse(line, "is nested too deeply.", f"At most {MAX_DEPTH} levels.")
            raise _StopReading
        return self._mapping(place) if isinstance(event, yaml.MappingStartEvent) else self._sequence(place)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> str:
        found = uncarried(event.value)  # written as an escape: "\\0"
        if found:
            self.refuse(line, f"holds the character {found}.", "Remove it.")
        return str(event.value)

    def _sequence(self, place: Place) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            result.append(self._value(event, (*place, len(result))))
        return result

    def _mapping(self, place: Place) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(line, "has a key that is not a word.", "Write key: value.")
                raise _StopReading
            key = self._scalar(event, line)
            if key in result:
                first = self.lines[(*place, key)]
                self.refuse(line, f"the key {key!r} stands twice (first on line {first}).", "Keep one of them.")
                self._value(next(self._events), (*place, f"{key} (again)"))
                continue
            self.lines[(*place, key)] = line
            result[key] = self._value(next(self._events), (*place, key))
        return result


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
