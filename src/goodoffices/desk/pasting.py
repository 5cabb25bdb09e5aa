"""Facts pasted as text: in the form of a case file, or one a line.

Invariant: nothing is written by reading. Every line says what was understood of it, every problem names its line, and
all of them come at once.

A line is `day; who; kind; sentence; source`. The source is a title, an address, or both. After it may stand further
fields: `verb=condemn; known=2021-05-26`. A part with a semicolon in it stands between straight quotes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from goodoffices.casebook.factform import OUR_FIELDS, FactForm, Where, read_source
from goodoffices.casebook.files import HEAD_KEYS, OUR_NAMES
from goodoffices.casebook.reader import line_of
from goodoffices.core.days import read_day
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import FIELDS, KINDS, OWN_KINDS
from goodoffices.core.markings import Marking
from goodoffices.core.names import fold
from goodoffices.core.sources import Source
from goodoffices.core.texts import sentence, uncarried
from goodoffices.core.yamlfile import Located, parse_yaml
from goodoffices.desk.desk import Desk
from goodoffices.desk.recording import actor_named, plainly, source_read, sources_of, unlinked
from goodoffices.norms.kindwords import kind_words

MOST: Final = 400  # facts of one paste
PARTS: Final = ("when", "actor", "kind", "text", "source")
_NAME: Final = "line"  # what a place in the paste is called before its number
_ADDRESS: Final = re.compile(r"https?://\S+")
_YAML: Final = re.compile(r"[\w-]+\s*:(\s|$)|---|\{")
_GIVEN: Final = re.compile(r"([a-z_]+)\s*=\s*(.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Understood:
    """One line, or one entry of the YAML, as it was understood. `already`: the record has it with this content."""

    line: int
    fact: Fact
    already: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Something wrong with a line; line 0 is the paste as a whole."""

    line: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Paste:
    """What a pasted text comes to. `rest` is the text of what was refused, to be mended and pasted again."""

    form: str
    good: tuple[Understood, ...]
    refused: tuple[Refused, ...]
    rest: str = ""

    @property
    def new(self) -> tuple[Fact, ...]:
        """The facts that would be recorded."""
        return tuple(one.fact for one in self.good if not one.already)


def understand(desk: Desk, case: str, text: str, known: str = "") -> Paste:
    """Read a pasted text for a case. `known` is the day of knowledge of facts that name none; empty: their own day.
    BadRecord for a day that is none, NoAnswer where there is no such case."""
    if known:
        read_day(known, "pasted_known")
    kept = sources_of(desk, case)
    begins = next((one for one in map(str.strip, text.splitlines()) if one and not one.startswith("#")), "")
    if not begins:
        raise BadRecord([Problem("pasted", "nothing was pasted.", "Paste lines, or facts as in a case file.")])
    if ";" not in begins and _YAML.match(begins):
        return _Yaml(desk, case, kept, known).read(text)
    return _Lines(desk, case, kept, known).read(text)


def record_paste(desk: Desk, paste: Paste) -> tuple[Fact, ...]:
    """Record the good ones of a paste, all or none."""
    desk.record_facts(paste.new, reason="pasted")
    return paste.new


class _Reading:
    """What both forms share: the keys in use, and what was found so far."""

    def __init__(self, desk: Desk, case: str, kept: Mapping[str, Source], known: str):
        self.desk = desk
        self.case = case
        self.kept = dict(kept)
        self.known = known
        self.good: list[Understood] = []
        self.refused: list[Refused] = []
        self.here = {fact.key: fact for fact in desk.everything_of(case)}
        self.names: set[str] = set()

    def refuse(self, line: int, problems: Sequence[Problem]) -> None:
        """Note problems of a line."""
        self.refused += [Refused(line, one) for one in problems]

    def take(self, line: int, fact: Fact, free: bool) -> None:
        """Note a fact that was read. `free`: its key was not given, so any free one will do."""
        same = next((one for one in self.here.values() if replace(fact, key=one.key) == one), None)
        standing = self.here.get(fact.key)
        if same is not None and (free or same is standing):
            self.good.append(Understood(line, same, already=True))
        elif standing is not None:
            found = f"{fact.name} is recorded already with another content."
            self.refuse(line, [Problem("key", found, "Choose another key, or correct the fact on its page.")])
        else:
            self.here[fact.key] = fact
            self.good.append(Understood(line, fact))

    def fact(
        self, name: str, fields: Mapping[str, Any], sources: Mapping[str, Source], where: Where
    ) -> Fact | list[Problem]:
        """A fact, or what is wrong with its fields."""
        problems: list[Problem] = []
        known = {} if "known" in fields or not self.known else {"known": self.known}
        given = {**known, **fields}
        if given.get("marking", "unclassified") != "unclassified":
            found = "is marked; what is pasted here is unclassified."
            problems.append(Problem(where("marking"), found, "Record marked facts elsewhere."))
        problems += [replace(one, where=where(one.where)) for one in unlinked(self.desk, self.case, given, self.names)]
        made = FactForm(self.case, name, given, where, problems).fact(sources, Marking.UNCLASSIFIED, gaps=True)
        return plainly(problems, name, given) if problems or made is None else made


class _Lines(_Reading):
    def read(self, text: str) -> Paste:
        """One fact a line; empty lines and those that begin with # are passed over."""
        rest: list[str] = []
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            before = len(self.refused)
            if len(self.good) >= MOST:
                self.refuse(number, [Problem("line", f"is beyond the {MOST} of one paste.", "Paste the rest after.")])
            else:
                self._line(number, line)
            if len(self.refused) > before:
                rest.append(line)
        return Paste("lines", tuple(self.good), tuple(self.refused), "\n".join(rest))

    def _line(self, number: int, line: str) -> None:
        if odd := uncarried(line):
            self.refuse(number, [Problem("line", f"holds the character {odd}.", "Remove it.")])
            return
        parts = [part.strip() for part in next(csv.reader([line], delimiter=";", skipinitialspace=True))]
        while parts and not parts[-1]:
            parts.pop()
        if len(parts) < len(PARTS):
            found = f"has {len(parts)} parts."
            self.refuse(number, [Problem("line", found, "Write day; who; kind; sentence; source.")])
            return
        problems: list[Problem] = []
        fields = self._fields(parts, problems)
        source = self._source(parts[4], problems)
        if source is not None:
            fields["sources"] = [source.id]
        name = self._free(f"{fields['actor']}-{fields['kind']}")
        stands_in = source or Source("given", "-")
        fields.setdefault("sources", [stands_in.id])
        made = self.fact(name, fields, {stands_in.id: stands_in}, lambda field: field)
        if isinstance(made, list):
            self.refuse(number, [*problems, *made])
        elif problems:
            self.refuse(number, problems)
        else:
            self.take(number, made, free=True)

    def _fields(self, parts: Sequence[str], problems: list[Problem]) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "when": parts[0],
            "actor": actor_named(parts[1]),
            "kind": kind_named(parts[2]),
            "text": sentence(parts[3]),
            "confidence": "medium",
        }
        for part in parts[5:]:
            pair = _GIVEN.match(part)
            if pair is None:
                remedy = "After the source stand fields: verb=condemn. Put a part with a semicolon in it in quotes."
                problems.append(Problem("line", f"{part[:60]!r} is no field.", remedy))
            elif pair[1] in PARTS or pair[1] == "sources":
                problems.append(Problem(pair[1], "is given twice.", "It has its own place in the line."))
            else:
                fields[pair[1]] = actor_named(pair[2]) if _is_actor(pair[1]) else pair[2].strip()
        return fields

    def _source(self, part: str, problems: list[Problem]) -> Source | None:
        found = _ADDRESS.search(part)
        address = found.group().rstrip(".,)") if found else ""
        title = part.replace(address, "").strip(" ,.()") if address else part
        given = {"source_title": title or address, "source_address": address}
        source = source_read(given, self.kept.values(), problems)
        if source is not None:
            self.kept[source.id] = source
        return source

    def _free(self, wanted: str) -> str:
        stem = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-") or "fact"
        name = self.desk.free_key(self.case, stem)
        number = 2
        while f"{self.case}/{name}" in self.here:
            name = self.desk.free_key(self.case, f"{stem}-{number}")
            number += 1
        return name


def _is_actor(name: str) -> bool:
    return name in FIELDS and FIELDS[name].form == "actor"


def kind_named(text: str) -> str:
    """The id of a kind given by its id or its words in English or French; the text where none fits."""
    word = text.strip()
    plain = fold(word).replace("_", " ").replace("-", " ")
    ours = (kind for kind in KINDS if kind == "gap" or kind not in OWN_KINDS)
    names = ((kind, kind.replace("_", " "), fold(kind_words(kind)), fold(kind_words(kind, "fr"))) for kind in ours)
    return next((said[0] for said in names if plain in said[1:]), word)


class _Yaml(_Reading):
    def read(self, text: str) -> Paste:
        """`facts:` with their `sources:`, a whole case file, or the facts alone."""
        problems: list[Problem] = []
        located = parse_yaml(text, _NAME, problems)
        if located is None:
            return self._done(problems)
        data = located.data
        if not isinstance(data, dict):
            return self._done([Problem(located.where(()), "is no list of facts.", "Write NAME: and its fields.")])
        alone = not {"facts", "sources"} & set(data)
        given = data if alone else data.get("facts", {})
        place: tuple[str, ...] = () if alone else ("facts",)
        if not alone:
            problems += self._head(located)
        if not isinstance(given, dict) or not given:
            problems.append(Problem(located.where(place), "there are no facts.", "Write facts: and under it NAME:."))
            return self._done(problems)
        self.names = set(given)
        for name, fields in list(given.items())[:MOST]:
            self._entry(located, (*place, name), name, fields)
        if len(given) > MOST:
            problems.append(Problem(located.where(place), f"there are more than {MOST} facts.", "Paste it in parts."))
        return self._done(problems)

    def _done(self, problems: Sequence[Problem]) -> Paste:
        for one in problems:
            self.refuse(line_of(one), [replace(one, where=_NAME)])
        self.refused.sort(key=lambda one: one.line)
        return Paste("yaml", tuple(self.good), tuple(self.refused))

    def _head(self, located: Located) -> list[Problem]:
        """The head of a case file: its sources; and that it is of this case."""
        problems = [
            Problem(located.where((key,)), f"the key {key!r} is not known.", "Write sources: and facts:.")
            for key in located.data
            if key not in HEAD_KEYS
        ]
        if located.data.get("case", self.case) != self.case:
            found = f"is of the case {located.data['case']!r}."
            problems.append(Problem(located.where(("case",)), found, f"Here facts of {self.case} are recorded."))
        given = located.data.get("sources", {})
        if not isinstance(given, dict):
            found = "the sources are no mapping."
            return [*problems, Problem(located.where(("sources",)), found, "Write ID: {title: ...}.")]
        for key, fields in given.items():
            where = located.where(("sources", key))
            source = read_source(key, fields, where, problems)
            if source is not None and self.kept.get(key, source) != source:
                found = f"the case has another source {key!r}."
                problems.append(Problem(where, found, "Choose another id for this one."))
            # One with a mistake still stands there: the facts that cite it are not at fault.
            self.kept.setdefault(key, source or Source(key, key))
        return problems

    def _entry(self, located: Located, place: tuple[str, ...], name: str, fields: Any) -> None:
        line = located.lines.get(place, 1)
        if not isinstance(fields, dict):
            self.refuse(line, [Problem(_NAME, f"{name} has no fields.", "Give it kind, when, actor, text, sources.")])
            return
        if OUR_NAMES.match(name):
            self.refuse(line, [Problem(_NAME, f"the key {name!r} is taken.", "Choose another.")])
            return
        lines: dict[str, int] = {}

        def where(field: str) -> str:
            lines[field] = line_of(Problem(located.where((*place, field)), ""))
            return field

        plain = {"confidence": "medium"} | fields
        made = self.fact(name, plain, self.kept, where)
        if isinstance(made, list):
            for one in made:
                self.refuse(lines.get(one.where, line), [one])
        else:
            self.take(line, made, free=False)


def sample(language: str = "en") -> str:
    """Two lines as they are pasted, for the page that explains the form."""
    if language == "fr":
        return (
            "2026-11-21; CEDEAO; statement; La CEDEAO condamne la prise du pouvoir; "
            "Communiqué, https://www.ecowas.int/exemple; verb=condemn\n"
            "2026-11-22; au-psc; suspension; Le Conseil de paix et de sécurité suspend l’État; Communiqué du Conseil"
        )
    return (
        "2026-11-21; ECOWAS; statement; ECOWAS condemns the taking of power; "
        "Communiqué, https://www.ecowas.int/example; verb=condemn\n"
        "2026-11-22; au-psc; suspension; The Peace and Security Council suspends the state; Communiqué of the Council"
    )


FIELDS_AFTER: Final = tuple(name for name in OUR_FIELDS if name not in (*PARTS, "sources", "marking"))
