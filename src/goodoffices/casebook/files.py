"""Case files and the register of states, read strictly into facts.

Invariant: a file with one mistake gives no facts at all, and all its mistakes at once.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from goodoffices.casebook.factform import FactForm, read_source
from goodoffices.core.days import read_day, read_span
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import CASE_ID, Fact
from goodoffices.core.kinds import KINDS
from goodoffices.core.markings import Marking, read_marking
from goodoffices.core.sources import Citation, Source
from goodoffices.core.yamlfile import Located, read_yaml

FOLDER: Final = Path(__file__).parent
CASES: Final = FOLDER / "cases"
STATES: Final = FOLDER / "states.yaml"
HEAD_KEYS: Final = ("case", "title", "country", "iso3", "marking", "searched_until", "unknowns", "sources", "facts")
OURSELVES: Final = Source("casebook", "The Good Offices casebook")


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
    case = _CaseReader(located, path, problems).read()
    if problems or case is None:
        raise BadRecord(problems)
    return case


class _CaseReader:
    def __init__(self, located: Located, path: Path, problems: list[Problem]):
        self.located = located
        self.path = path
        self.problems = problems
        self.data: Mapping[str, Any] = located.data if isinstance(located.data, dict) else {}

    def _refuse(self, place: Sequence[str | int], found: str, remedy: str) -> None:
        self.problems.append(Problem(self.located.where(place), found, remedy))

    def _word(self, key: str) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str) or not value.strip():
            self._refuse((key,), f"{key!r} is missing or not plain text.", f"Add {key}: at the head of the file.")
            return ""
        return value.strip()

    def read(self) -> CaseFile | None:
        for key in self.data:
            if key not in HEAD_KEYS:
                self._refuse((key,), f"the key {key!r} is not known at the head of a case file.", f"Known: {', '.join(HEAD_KEYS)}.")
        case = self._word("case")
        if case and not CASE_ID.match(case):
            self._refuse(("case",), f"{case!r} is no case id.", "Write country-year, or country-year-month, such as mali-2021.")
        if case and case != self.path.stem:
            self._refuse(("case",), f"the case {case!r} stands in the file {self.path.name}.", f"Name the file {case}.yaml.")
        marking = self._marking()
        sources = self._sources()
        head = self._head(case, marking)
        facts = self._facts(case, sources, marking)
        gaps = self._gaps(case, facts, marking, head)
        self._links(facts)
        if head is None or self.problems:
            return None
        opened = min((fact.known_at for fact in facts if fact.kind == "seizure"), default=min((f.known_at for f in facts), default=head.known_at))
        head = _moved(head, opened)
        return CaseFile(case, self.path.name, (head, *gaps, *facts))

    def _marking(self) -> Marking:
        word = self._word("marking")
        try:
            return read_marking(word, self.located.where(("marking",))) if word else Marking.CONFIDENTIAL
        except BadRecord as fault:
            self.problems += fault.problems
            return Marking.CONFIDENTIAL

    def _sources(self) -> dict[str, Source]:
        given = self.data.get("sources")
        if not isinstance(given, dict) or not given:
            self._refuse(("sources",), "the file has no sources.", "Add sources: every fact has a source.")
            return {}
        found = {key: read_source(key, one, self.located.where(("sources", key)), self.problems) for key, one in given.items()}
        return {key: source for key, source in found.items() if source is not None}

    def _head(self, case: str, marking: Marking) -> Fact | None:
        title = self.data.get("title")
        title_en, title_fr = (title.get("en", ""), title.get("fr", "")) if isinstance(title, dict) else (title or "", "")
        if not title_en:
            self._refuse(("title",), "the title is missing.", 'Add title: {en: "Mali, May 2021", fr: "Mali, mai 2021"}.')
        country, iso3 = self._word("country"), self._word("iso3")
        if iso3 and (len(iso3) != 3 or not iso3.isupper()):
            self._refuse(("iso3",), f"{iso3!r} is no ISO 3166 code of three letters.", "Write it in capitals, such as MLI.")
        searched = self._word("searched_until")
        try:
            day = read_day(searched, self.located.where(("searched_until",))) if searched else None
        except BadRecord as fault:
            self.problems += fault.problems
            day = None
        if not (case and title_en and country and day):
            return None
        value = {"title": title_en, "title_fr": title_fr, "country": country, "iso3": iso3, "searched_until": searched}
        return own_fact(f"{case}/case", "case", f"{title_en}: a case of the record.", value, day.text, marking)

    def _facts(self, case: str, sources: Mapping[str, Source], marking: Marking) -> list[Fact]:
        given = self.data.get("facts")
        if not isinstance(given, dict):
            self._refuse(("facts",), "the file has no facts.", "Add facts: with at least the seizure.")
            return []
        found = []
        for name, fields in given.items():
            if not isinstance(fields, dict):
                self._refuse(("facts", name), f"{name} has no fields.", "Give it kind, when, actor, text, confidence, sources.")
                continue
            form = FactForm(case, name, fields, functools.partial(self._place, name), self.problems)
            fact = form.fact(sources, marking)
            if fact is not None:
                found.append(fact)
        return found

    def _place(self, name: str, field: str) -> str:
        return self.located.where(("facts", name, field))

    def _gaps(self, case: str, facts: Sequence[Fact], marking: Marking, head: Fact | None) -> list[Fact]:
        """What we know that we do not know. A gap shows from the day its matter arose, by default the seizure."""
        given = self.data.get("unknowns", [])
        if not isinstance(given, list) or head is None:
            return []
        start = min((fact.known_at for fact in facts if fact.kind == "seizure"), default=head.known_at).isoformat()
        found = []
        for number, one in enumerate(given, 1):
            text, since = (one, start) if isinstance(one, str) else (str(one.get("text", "")), str(one.get("since", start)))
            try:
                day = read_day(since, self.located.where(("unknowns", number - 1)))
            except BadRecord as fault:
                self.problems += fault.problems
                continue
            if not text.strip():
                self._refuse(("unknowns", number - 1), "a gap has no text.", "Write one sentence.")
                continue
            found.append(own_fact(f"{case}/gap-{number}", "gap", text.strip(), {}, day.text, marking))
        return found

    def _links(self, facts: Sequence[Fact]) -> None:
        """Facts point only at facts that exist."""
        keys = {fact.key for fact in facts}
        for fact in facts:
            for field, target in (("of", fact.get("of")), ("competes_with", fact.competes_with)):
                if target and target.partition("/")[0] == fact.subject and target not in keys:
                    self._refuse(("facts", fact.name, field), f"{fact.name}: there is no fact {target.partition('/')[2]!r}.", "Check the key.")


def own_fact(key: str, kind: str, text: str, value: Mapping[str, str], day: str, marking: Marking) -> Fact:
    """A fact the record states about itself: what a case is, what is not known."""
    span = read_span(day, key)
    pairs = tuple((name, value[name]) for name in (*KINDS[kind].needs, *KINDS[kind].may) if value.get(name))
    return Fact(key, kind, "un" if kind == "gap" else "authorities", span, span.begins.latest, text, (Citation(OURSELVES),), "high", pairs, marking=marking)


def _moved(head: Fact, opened: Any) -> Fact:
    from dataclasses import replace

    return replace(head, span=read_span(opened.isoformat(), head.key), known_at=opened)


def read_states(path: Path = STATES) -> tuple[Fact, ...]:
    """Standing facts about states, subject `state:MLI`. Raises BadRecord with every problem."""
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    given = located.data.get("sources", {})
    read = {key: read_source(key, one, located.where(("sources", key)), problems) for key, one in given.items()}
    sources = {key: source for key, source in read.items() if source is not None}
    facts: list[Fact] = []
    for iso3, entry in located.data.get("states", {}).items():
        subject = f"state:{iso3}"
        names = entry.get("name", {})
        value = {"country": names.get("en", ""), "country_fr": names.get("fr", ""), "country_ar": names.get("ar", ""), "iso3": iso3, "m49": entry.get("m49", "")}
        if not value["country"]:
            problems.append(Problem(located.where(("states", iso3)), f"the state {iso3} has no English name.", "Add name: {en: ..., fr: ..., ar: ...}."))
            continue
        # A state's names are no news: they count as known from the first day anybody may ask about.
        facts.append(own_fact(f"{subject}/state", "state", f"{value['country']} is in the register of states.", value, "1945-10-24", Marking.UNCLASSIFIED))
        for name, fields in (entry.get("facts") or {}).items():
            where = functools.partial(_state_place, located, iso3, name)
            fact = FactForm(subject, name, fields, where, problems).fact(sources, Marking.UNCLASSIFIED)
            if fact is not None:
                facts.append(fact)
    if problems:
        raise BadRecord(problems)
    return tuple(facts)


def _state_place(located: Located, iso3: str, name: str, field: str) -> str:
    return located.where(("states", iso3, "facts", name, field))


def digest_of(cases: Path = CASES, states: Path = STATES) -> str:
    """What stands for the exact content of all files; cheap enough for every start."""
    hasher = hashlib.sha256(b"reader 1")
    for path in (*sorted(cases.glob("*.yaml")), states):
        hasher.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()


def read_casebook(cases: Path = CASES, states: Path = STATES) -> Casebook:
    """Read every case file and the register of states. Raises BadRecord with every problem of every file."""
    problems: list[Problem] = []
    facts: list[Fact] = []
    for path in sorted(cases.glob("*.yaml")):
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
    return Casebook(tuple(facts), digest_of(cases, states))
