"""Case files and the register of states, read strictly into facts.

Invariant: a file with one mistake gives no facts at all, and all its mistakes at once.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from goodoffices.casebook.factform import FactForm, read_source
from goodoffices.core.days import UNKNOWN_DAY, Day, read_day, read_span
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import CASE_ID, Fact
from goodoffices.core.kinds import KINDS
from goodoffices.core.markings import Marking, read_marking
from goodoffices.core.sources import Citation, Source
from goodoffices.core.yamlfile import Located, Place, read_yaml

FOLDER: Final = Path(__file__).parent
CASES: Final = FOLDER / "cases"
STATES: Final = FOLDER / "states.yaml"
HEAD_KEYS: Final = ("case", "title", "country", "iso3", "marking", "searched_until", "unknowns", "sources", "facts")
STATE_KEYS: Final = ("name", "m49", "facts")
_NAMES: Final = {"en": "country", "fr": "country_fr", "ar": "country_ar"}
_LINKS: Final = {"of", "competes_with"}
OURSELVES: Final = Source("casebook", "The Good Offices casebook")
_ISO3: Final = re.compile(r"[A-Z]{3}\Z")
_OUR_NAMES: Final = re.compile(r"(?:case|gap-\d+)\Z", re.ASCII)  # keys of the facts the file's head makes
_NO_DAY: Final = Day("", UNKNOWN_DAY.earliest, UNKNOWN_DAY.latest)  # stands in while problems are collected


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
        raise BadRecord(sorted(problems, key=_line))
    return case


def _line(problem: Problem) -> int:
    number = problem.where.rpartition(", line ")[2]
    return int(number) if number.isdecimal() else 0


class _Reader:
    """What reading a case file and reading the register of states share: the located data and its problems."""

    def __init__(self, located: Located, problems: list[Problem]):
        self.located = located
        self.problems = problems
        self.data: Mapping[str, Any] = located.data

    def refuse(self, place: Place, found: str, remedy: str) -> None:
        """Note a problem at a place of the file."""
        self.problems.append(Problem(self.located.where(place), found, remedy))

    def day(self, text: str, place: Place) -> Day:
        """A day that must be known; a stand-in where it is none."""
        try:
            day = read_day(text, self.located.where(place))
        except BadRecord as fault:
            self.problems += fault.problems
            return _NO_DAY
        if day == UNKNOWN_DAY:
            self.refuse(place, "the day must be known.", "Write a date, such as 2021-06-01.")
        return day

    def sources(self) -> dict[str, Source]:
        """The sources at the head of the file."""
        given = self.data.get("sources")
        if not isinstance(given, dict) or not given:
            self.refuse(("sources",), "the file has no sources.", "Add sources: every fact has a source.")
            return {}
        where = self.located.where
        read = {key: read_source(key, one, where(("sources", key)), self.problems) for key, one in given.items()}
        # A source with a mistake still stands there: the facts that cite it are not at fault.
        return {key: source or Source(key, key) for key, source in read.items()}

    def facts(
        self, subject: str, given: Any, place: Place, sources: Mapping[str, Source], marking: Marking
    ) -> list[Fact]:
        """The facts that stand at `place`; those with problems are left out."""
        found = []
        for name, fields in given.items():
            if not isinstance(fields, dict):
                remedy = "Give it kind, when, actor, text, confidence, sources."
                self.refuse((*place, name), f"{name} has no fields.", remedy)
                continue
            where = functools.partial(self._where_field, (*place, name))
            fact = FactForm(subject, name, fields, where, self.problems).fact(sources, marking)
            if fact is not None:
                found.append(fact)
        return found

    def _where_field(self, place: Place, field: str) -> str:
        return self.located.where((*place, field))


class _CaseReader(_Reader):
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
            if _OUR_NAMES.match(name):
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


def own_fact(key: str, kind: str, text: str, value: Mapping[str, str], day: str, marking: Marking) -> Fact:
    """A fact the record states about itself: what a case is, what is not known."""
    span = read_span(day, key)
    return Fact(
        key=key,
        kind=kind,
        actor="un" if kind == "gap" else "authorities",
        span=span,
        known_at=span.begins.latest,
        text=text,
        citations=(Citation(OURSELVES),),
        confidence="high",
        value=tuple((name, value[name]) for name in (*KINDS[kind].needs, *KINDS[kind].may) if value.get(name)),
        marking=marking,
    )


def read_states(path: Path = STATES) -> tuple[Fact, ...]:
    """Standing facts about states, subject `state:MLI`. Raises BadRecord with every problem."""
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    if not isinstance(located.data, dict) or not isinstance(located.data.get("states"), dict):
        raise BadRecord([Problem(located.where(()), "is no register of states.", "It has sources: and states:.")])
    facts = _StatesReader(located, problems).read()
    if problems:
        raise BadRecord(sorted(problems, key=_line))
    return facts


class _StatesReader(_Reader):
    def read(self) -> tuple[Fact, ...]:
        """All facts; worth something only where no problem was noted."""
        for key in self.data:
            if key not in ("sources", "states"):
                self.refuse(
                    (key,), f"the key {key!r} is not known in the register of states.", "Known: sources, states."
                )
        sources = self.sources()
        facts: list[Fact] = []
        for iso3, entry in self.data["states"].items():
            facts += self._state(iso3, entry, sources)
        return tuple(facts)

    def _state(self, iso3: str, entry: Any, sources: Mapping[str, Source]) -> list[Fact]:
        place = ("states", iso3)
        remedy = "Write name: {en: ..., fr: ..., ar: ...}, m49: and facts:."
        names = entry.get("name", {}) if isinstance(entry, dict) else None
        given = entry.get("facts", {}) if isinstance(entry, dict) else None
        if not _ISO3.match(iso3) or not isinstance(names, dict) or not isinstance(given, dict):
            self.refuse(place, f"{iso3!r} is no state as the register writes it.", remedy)
            return []
        for key in [*(key for key in entry if key not in STATE_KEYS), *(key for key in names if key not in _NAMES)]:
            self.refuse((*place, key), f"the key {key!r} is not known in a state.", remedy)
        if not names.get("en"):
            self.refuse(place, f"the state {iso3} has no English name.", remedy)
            return []
        value = {field: names.get(language, "") for language, field in _NAMES.items()}
        value |= {"iso3": iso3, "m49": entry.get("m49", "")}
        said = f"{value['country']} is in the register of states."
        # A state's names are no news: they count as known from the first day anybody may ask about.
        opened = own_fact(f"state:{iso3}/state", "state", said, value, "1945-10-24", Marking.UNCLASSIFIED)
        return [opened, *self.facts(f"state:{iso3}", given, (*place, "facts"), sources, Marking.UNCLASSIFIED)]


def digest_of(cases: Path = CASES, states: Path = STATES) -> str:
    """What stands for the exact content of all files; cheap enough for every start."""
    hasher = hashlib.sha256(b"reader 1")
    for path in (*sorted(cases.glob("*.yaml")), states):
        hasher.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()


def read_casebook(cases: Path = CASES, states: Path = STATES) -> Casebook:
    """Read every case file and the register of states. Raises BadRecord with every problem of every file."""
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
    if problems:
        raise BadRecord(problems)
    return Casebook(tuple(facts), digest)
