"""The registers of missions and operations, read strictly into facts: subjects `mission:minusma`, `operation:serval`,
`body:au`.

Five files of one folder. missions.yaml, operations.yaml and bodies.yaml open their subjects, mandates.yaml and
tasks.yaml tell what the Council asked of the missions and what became of it.

Invariant: a register with one mistake gives no facts at all, and all its mistakes at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from goodoffices.casebook.factform import NAME, FactForm
from goodoffices.casebook.reader import Reader, line_of
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.markings import Marking
from goodoffices.core.sources import Source
from goodoffices.core.symbols import read_symbol
from goodoffices.core.yamlfile import Place, read_yaml

REGISTERS: Final = Path(__file__).parent / "registers"
_ISO3: Final = re.compile(r"[A-Z]{3}\Z")
_UN_SYMBOL: Final = re.compile(r"[SA]/")
_SAME: Final = ("text", "text_fr", "known", "note", "confidence", "sources")  # stand in an entry as in a fact


@dataclass(frozen=True, slots=True)
class Register:
    """One file: its name, what its entries are called, and which of their keys becomes which field of the head.

    Without `heads` the file opens nothing: its facts stand under the entries of the register `under`.
    """

    name: str
    subject: str
    begins: str = ""  # the key that says since when there is such a thing
    heads: tuple[tuple[str, str], ...] = ()
    under: str = ""


_PLACE: Final = (("country", "country"), ("iso3", "iso3"), ("lead", "lead"))
FILES: Final = (
    Register(
        "missions",
        "mission",
        "established",
        (
            *(("acronym", "short"), ("mission_type", "mission_type"), *_PLACE),
            *(("established", "established"), ("deployed", "deployed"), ("founding", "document")),
        ),
    ),
    Register("mandates", "mission", under="missions"),
    Register("tasks", "mission", under="missions"),
    Register(
        "operations",
        "operation",
        "start",
        (
            *_PLACE,
            *((key, key) for key in ("lead_name", "lead_type", "legal_basis", "authority", "host_consent", "relation")),
            *(("size", "amount"), ("purpose", "subject_matter")),
        ),
    ),
    Register("bodies", "body", "since"),
)


def paths_of(folder: Path = REGISTERS) -> tuple[Path, ...]:
    """The files of the registers; none where there is no such folder."""
    return tuple(folder / f"{one.name}.yaml" for one in FILES) if folder.is_dir() else ()


def read_registers(folder: Path = REGISTERS) -> tuple[Fact, ...]:
    """All facts of the registers, none where there is no such folder. BadRecord with every problem of every file."""
    problems: list[Problem] = []
    facts: list[Fact] = []
    known: dict[str, tuple[str, ...]] = {}
    paths = paths_of(folder)
    if paths:
        problems += [
            Problem(path.name, "is no register.", f"Registers: {', '.join(one.name for one in FILES)}.yaml.")
            for path in sorted(folder.iterdir())
            if path not in paths
        ]
    for path, register in zip(paths, FILES, strict=False):
        mine: list[Problem] = []
        located = read_yaml(path, mine)
        if located is not None and not _is_register(located.data, register):
            mine.append(Problem(located.where(()), "is no register.", f"It has sources: and {register.name}:."))
        elif located is not None:
            known[register.name] = tuple(located.data[register.name])
            facts += _RegisterReader(located, mine, register, known.get(register.under)).read()
        problems += sorted(mine, key=line_of)
    if problems:
        raise BadRecord(problems)
    return tuple(facts)


def _is_register(data: Any, register: Register) -> bool:
    return isinstance(data, dict) and isinstance(data.get(register.name), dict)


class _RegisterReader(Reader):
    def __init__(self, located: Any, problems: list[Problem], register: Register, opened: tuple[str, ...] | None):
        super().__init__(located, problems)
        self.register = register
        self.opened = opened  # ids of the register `under`; None where that could not be read

    def read(self) -> tuple[Fact, ...]:
        """All facts; worth something only where no problem was noted."""
        name = self.register.name
        for key in self.data:
            if key not in ("sources", name):
                self.refuse((key,), f"the key {key!r} is not known in this register.", f"Known: sources, {name}.")
        sources = self.sources()
        facts: list[Fact] = []
        for entry_id, entry in self.data[name].items():
            facts += self._entry(entry_id, entry, sources)
        return tuple(facts)

    def _entry(self, entry_id: str, entry: Any, sources: Mapping[str, Source]) -> list[Fact]:
        place: Place = (self.register.name, entry_id)
        subject = f"{self.register.subject}:{entry_id}"
        if not isinstance(entry, dict):
            self.refuse(place, f"{entry_id} has no fields.", "Give it fields, one a line.")
            return []
        if not NAME.match(entry_id):
            self.refuse(place, f"{entry_id!r} is no id.", "Write small letters, digits and hyphens, such as minusma.")
            return []
        if self.register.under:
            if self.opened is not None and entry_id not in self.opened:
                self.refuse(place, f"there is no entry {entry_id!r} in {self.register.under}.yaml.", "Check the id.")
            return self._told(subject, entry, place, sources)
        given = entry.get("facts", {})
        if not isinstance(given, dict):
            self.refuse((*place, "facts"), f"the facts of {entry_id} are no facts.", "Write one key a fact.")
            given = {}
        head = self._head(subject, entry, place, sources)
        return [*([head] if head else []), *self._told(subject, given, (*place, "facts"), sources)]

    def _head(self, subject: str, entry: Mapping[str, Any], place: Place, sources: Mapping[str, Source]) -> Fact | None:
        """The fact that opens the subject."""
        register = self.register
        known = ("name", "facts", register.begins, *(key for key, _ in register.heads), *_SAME)
        for key in entry:
            if key not in known:
                remedy = f"Known: {', '.join(dict.fromkeys(known))}."
                self.refuse((*place, key), f"the key {key!r} is not known in the register of {register.name}.", remedy)
        fields: dict[str, Any] = {key: entry[key] for key in _SAME if key in entry}
        fields |= {field: entry[key] for key, field in register.heads if key in entry}
        fields |= {"kind": register.subject, "when": entry.get(register.begins, ""), **self._names(entry, place)}
        # A body opens in its own name: its id is an actor of the casebook.
        fields["actor"] = place[-1] if register.subject == "body" else entry.get("lead") or "states"
        if "iso3" in entry:
            fields["iso3"] = self._codes(entry["iso3"], place)
        written = {field: key for key, field in register.heads} | {"when": register.begins, "actor": "lead"}
        written |= {"title": "name", "title_fr": "name"}

        def where(field: str) -> str:
            return self.located.where((*place, written.get(field, field)))

        form = FactForm(subject, register.subject, fields, where, self.problems)
        head = form.fact(sources, Marking.UNCLASSIFIED, head=register.subject)
        self._symbol(fields.get("document", ""), (*place, "founding"))
        return head

    def _names(self, entry: Mapping[str, Any], place: Place) -> dict[str, str]:
        names = entry.get("name")
        if (
            not isinstance(names, dict)
            or not names.get("en")
            or set(names) - {"en", "fr"}
            or not all(isinstance(one, str) for one in names.values())
        ):
            self.refuse((*place, "name"), "the name is not written as en: and fr:.", "Write name: {en: ..., fr: ...}.")
            return {"title": "?"}  # the lack was noted already
        return {"title": names["en"], "title_fr": names.get("fr", "")}

    def _codes(self, given: Any, place: Place) -> str:
        if not isinstance(given, list) or not given or not all(isinstance(one, str) for one in given):
            self.refuse((*place, "iso3"), "iso3 is no list of codes.", "Write a list, such as [MLI, NER].")
            return ""
        for code in given:
            if not _ISO3.match(code):
                found = f"{code!r} is no ISO 3166 code of three letters."
                self.refuse((*place, "iso3"), found, "Write it in capitals, such as MLI.")
        return ", ".join(given)

    def _told(self, subject: str, given: Any, place: Place, sources: Mapping[str, Source]) -> list[Fact]:
        """The facts at a place, with the symbols they cite looked at."""
        for name, fields in given.items():
            if name == self.register.subject:
                self.refuse((*place, name), f"the key {name!r} is taken.", "Choose another: it opens the entry.")
            if isinstance(fields, dict):
                self._symbol(fields.get("document", ""), (*place, name, "document"))
        return self.facts(subject, given, place, sources, Marking.UNCLASSIFIED)

    def _symbol(self, symbol: Any, place: Place) -> None:
        """What looks like a symbol of the United Nations is one."""
        if isinstance(symbol, str) and _UN_SYMBOL.match(symbol):
            try:
                read_symbol(symbol, self.located.where(place))
            except BadRecord as fault:
                self.problems += fault.problems
