"""Case files and the register of states, read strictly into facts.

Invariant: a file with one mistake gives no facts at all, and all its mistakes at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from goodoffices.casebook import states as states_file
from goodoffices.casebook.reader import Reader, line_of, own_fact
from goodoffices.casebook.registers import paths_of, read_registers
from goodoffices.casebook.states import read_states
from goodoffices.core.days import UNKNOWN_DAY, read_span
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import CASE_ID, Fact
from goodoffices.core.markings import Marking, read_marking
from goodoffices.core.sources import Source
from goodoffices.core.yamlfile import Located, read_yaml

FOLDER: Final = Path(__file__).parent
CASES: Final = FOLDER / "cases"
STATES: Final = states_file.STATES
REGISTERS: Final = "registers"  # a folder beside the register of states; a casebook may do without
HEAD_KEYS: Final = ("case", "title", "country", "iso3", "marking", "searched_until", "unknowns", "sources", "facts")
_LINKS: Final = {"of", "competes_with"}
_ISO3: Final = re.compile(r"[A-Z]{3}\Z")
OUR_NAMES: Final = re.compile(r"(?:case|gap-\d+)\Z", re.ASCII)  # keys of the facts the file's head makes


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as its file tells it: the fact that opens it, its gaps, its facts."""

    case: str
    path: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Casebook:
    """All files of a folder. `digest` stands for their exact content."""

    facts: tuple[Fact, ...]
    digest: str


def read_case(path: Path) -> CaseFile:
    """Read one case file. Raises BadRecord with every problem in it, each with file and line."""
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    if not isinstance(located.data, dict):
        raise BadRecord([Problem(located.where(()), "is no case file.", "It begins with case:, title:, country:.")])
    case = _CaseReader(located, path, problems).read()
    if problems:
        raise BadRecord(sorted(problems, key=line_of))
    return case


class _CaseReader(Reader):
    def __init__(self, located: Located, path: Path, problems: list[Problem]):
        super().__init__(located, problems)
        self.path = path

    def read(self) -> CaseFile:
        """The case; worth something only where no problem was noted."""
        for key in self.data:
            if key not in HEAD_KEYS:
                remedy = f"Known: {', '.join(HEAD_KEYS)}."
                self.refuse((key,), f"the key {key!r} is not known at the head of a case file.", remedy)
        case = self._case()
        marking = self._marking()
        sources = self.sources()
        head = self._head(case, marking)
        facts = self._facts(case, sources, marking)
        opened = min(
            (fact.known_at for fact in facts if fact.kind == "seizure"),
            default=min((fact.known_at for fact in facts), default=head.known_at),
        )
        gaps = self._gaps(case, opened.isoformat(), marking)
        self._links()
        head = replace(head, span=read_span(opened.isoformat(), head.key), known_at=opened)
        return CaseFile(case, self.path.name, (head, *gaps, *facts))

    def _word(self, key: str) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str) or not value.strip():
            self.refuse((key,), f"{key!r} is missing or not plain text.", f"Add {key}: at the head of the file.")
            return ""
        return value.strip()

    def _case(self) -> str:
        case = self._word("case")
        if case and not CASE_ID.match(case):
            remedy = "Write country-year, or country-year-month, such as mali-2021."
            self.refuse(("case",), f"{case!r} is no case id.", remedy)
        elif case and case != self.path.stem:
            found = f"the case {case!r} stands in the file {self.path.name}."
            self.refuse(("case",), found, f"Name the file {case}.yaml.")
        return case

    def _marking(self) -> Marking:
        word = self._word("marking")
        try:
            return read_marking(word, self.located.where(("marking",))) if word else Marking.CONFIDENTIAL
        except BadRecord as fault:
            self.problems += fault.problems
            return Marking.CONFIDENTIAL

    def _head(self, case: str, marking: Marking) -> Fact:
        title, title_fr = self._title()
        country, iso3 = self._word("country"), self._word("iso3")
        if iso3 and not _ISO3.match(iso3):
            found = f"{iso3!r} is no ISO 3166 code of three letters."
            self.refuse(("iso3",), found, "Write it in capitals, such as MLI.")
        searched = self._word("searched_until")
        if searched:
            self.day(searched, ("searched_until",))
        value = {"title": title, "title_fr": title_fr, "country": country, "iso3": iso3, "searched_until": searched}
        return own_fact(f"{case}/case", "case", f"{title}: a case of the record.", value, "0001-01-01", marking)

    def _title(self) -> tuple[str, str]:
        given = self.data.get("title", "")
        title = {"en": given} if isinstance(given, str) else given
        remedy = 'Write title: {en: "Mali, May 2021", fr: "Mali, mai 2021"}.'
        if (
            not isinstance(title, dict)
            or set(title) - {"en", "fr"}
            or not all(isinstance(one, str) for one in title.values())
        ):
            self.refuse(("title",), "the title is not written as en: and fr:.", remedy)
            return "", ""
        if not title.get("en", "").strip():
            self.refuse(("title",), "the title is missing.", remedy)
        return title.get("en", "").strip(), title.get("fr", "").strip()

    def _facts(self, case: str, sources: Mapping[str, Source], marking: Marking) -> list[Fact]:
        given = self.data.get("facts")
        if not isinstance(given, dict) or not given:
            self.refuse(("facts",), "the file has no facts.", "Add facts: with at least the seizure.")
            return []
        for name in given:
            if OUR_NAMES.match(name):
                remedy = "Choose another key: the head of the file makes this one."
                self.refuse(("facts", name), f"the key {name!r} is taken.", remedy)
        return self.facts(case, given, ("facts",), sources, marking)

    def _gaps(self, case: str, opened: str, marking: Marking) -> list[Fact]:
        """What we know that we do not know. A gap shows from the day its matter arose, by default the seizure."""
        given = self.data.get("unknowns", [])
        remedy = 'Write a list of sentences, each "..." or {text: "...", since: 2021-06-01}.'
        if not isinstance(given, list):
            self.refuse(("unknowns",), "the unknowns are no list.", remedy)
            return []
        found = []
        for number, one in enumerate(given, 1):
            place = ("unknowns", number - 1)
            gap = {"text": one} if isinstance(one, str) else one
            if (
                not isinstance(gap, dict)
                or set(gap) - {"text", "since"}
                or not all(isinstance(part, str) for part in gap.values())
            ):
                self.refuse(place, "a gap is neither a sentence nor text: and since:.", remedy)
                continue
            text = gap.get("text", "").strip()
            if not text.endswith((".", "!", "?", "”", "»")):
                self.refuse(place, "a gap has no full stop." if text else "a gap has no text.", "Write one sentence.")
            day = self.day(gap.get("since", opened), place)
            if day.text and day != UNKNOWN_DAY:
                found.append(own_fact(f"{case}/gap-{number}", "gap", text, {}, day.text, marking))
        return found

    def _links(self) -> None:
        """Facts point only at facts that exist, and never at themselves."""
        given = self.data.get("facts")
        facts = given if isinstance(given, dict) else {}
        for name, fields in facts.items():
            for field in sorted(_LINKS & set(fields if isinstance(fields, dict) else ())):
                target = fields[field]
                if target == name:
                    self.refuse(("facts", name, field), f"{name}: points at itself.", "Check the key.")
                elif isinstance(target, str) and "/" not in target and target and target not in facts:
                    self.refuse(("facts", name, field), f"{name}: there is no fact {target!r}.", "Check the key.")


def digest_of(cases: Path = CASES, states: Path = STATES) -> str:
    """What stands for the exact content of all files; cheap enough for every start."""
    hasher = hashlib.sha256(b"reader 1")
    for path in (*sorted(cases.glob("*.yaml")), states, *filter(Path.is_file, paths_of(states.parent / REGISTERS))):
        hasher.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()


def read_casebook(cases: Path = CASES, states: Path = STATES) -> Casebook:
    """Read every case file and every register. Raises BadRecord with every problem of every file."""
    # Before the files are read: should one change meanwhile, the next start sees another digest and reads again.
    paths = sorted(cases.glob("*.yaml"))
    digest = digest_of(cases, states) if states.is_file() else ""
    problems = [
        Problem(path.name, "is not read: a case file ends in .yaml.", f"Name it {path.stem}.yaml.")
        for path in sorted(cases.glob("*.yml"))
    ]
    if not paths:
        problems.append(Problem(str(cases), "holds no case file.", "Check the folder."))
    facts: list[Fact] = []
    for path in paths:
        try:
            facts += read_case(path).facts
        except BadRecord as fault:
            problems += fault.problems
    try:
        facts += read_states(states)
    except BadRecord as fault:
        problems += fault.problems
    try:
        facts += read_registers(states.parent / REGISTERS)
    except BadRecord as fault:
        problems += fault.problems
    if problems:
        raise BadRecord(problems)
    return Casebook(tuple(facts), digest)
