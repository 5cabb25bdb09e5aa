"""The form a fact is filled in on, whether in a file, on the command line or on a page: one set of checks.

Nothing is invented here and nothing is mended silently: what does not fit is a problem with its place and its remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, TypeVar

from goodoffices.casebook.actors import actors
from goodoffices.core.days import UNKNOWN_DAY, Span, read_day, read_span
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import FIELDS, KINDS, LASTING_KINDS, OWN_KINDS, steps_of
from goodoffices.core.markings import Marking, read_marking
from goodoffices.core.sources import CONFIDENCE, Citation, Source
from goodoffices.core.texts import ENDS

OUR_FIELDS: Final = (
    *("kind", "when", "known", "actor", "text", "text_fr", "confidence", "sources", "note", "competes_with"),
    "marking",
)
SOURCE_FIELDS: Final = ("title", "publisher", "published", "address", "mirror", "language")
NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LONGEST_TEXT: Final = 1_000
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?\Z", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>]+\Z")
_SLASHED: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}\Z", re.ASCII)  # day and month, or the other way round?
Where = Callable[[str], str]
Read = TypeVar("Read")


def _nearest(word: str, words: Iterable[str]) -> str:
    possible = list(words)
    close = get_close_matches(word, possible, 1, 0.6)
    return f"Did you mean {close[0]!r}?" if close else f"Possible: {', '.join(possible[:60])}."


class FactForm:
    """Checks one fact's fields and builds it. `where` names the place of a field; problems are collected."""

    def __init__(self, subject: str, name: str, fields: Mapping[str, Any], where: Where, problems: list[Problem]):
        self.subject = subject
        self.name = name
        self.fields = fields
        self.where = where
        self.problems = problems
        self._before = len(problems)
        self._allowed: tuple[str, ...] = ()

    def refuse(self, field: str, found: str, remedy: str) -> None:
        """Note a problem at a field."""
        self.problems.append(Problem(self.where(field), f"{self.name}: {found}", remedy))

    def text(self, field: str) -> str:
        """A field that must be plain text; empty where it is missing."""
        value = self.fields.get(field, "")
        if not isinstance(value, str):
            self.refuse(field, f"{field} is not plain text.", "Write it on one line, in quotes.")
            return ""
        return value.strip()

    def fact(self, sources: Mapping[str, Source], marking: Marking, gaps: bool = False, head: str = "") -> Fact | None:
        """The fact, or None where there were problems. `gaps`: what is not known may be filled in here too; `head`: the
        kind that opens an entry of a register."""
        self._allowed = ("gap",) if gaps else (head,)
        if not NAME.match(self.name):
            remedy = "Example: au-suspension."
            self.refuse("kind", "the key has other signs than small letters, digits and hyphens.", remedy)
        kind = self._kind()
        value = self._value(kind) if kind else ()
        span = self._when(kind)
        known, assumed = self._known(span)
        citations = self._citations(sources)
        text, french = self._sentence("text"), self._sentence("text_fr")
        confidence = self._one_of("confidence", CONFIDENCE, "Write high, medium or low.")
        actor = self._actor()
        own_marking = self._marking(marking)
        note, competes = self.text("note"), self.text("competes_with")
        if len(self.problems) > self._before or span is None or known is None:
            return None
        return Fact(
            key=f"{self.subject}/{self.name}",
            kind=kind,
            actor=actor,
            span=span,
            known_at=known,
            text=text,
            citations=citations,
            confidence=confidence,
            value=value,
            texts=(("fr", french),) if french else (),
            known_assumed=assumed,
            marking=own_marking,
            note=note,
            competes_with=self._full_key(competes) if competes else "",
        )

    def _kind(self) -> str:
        """The kind, once its keys are checked; empty where there is no such kind."""
        kind = self.text("kind")
        if not kind:
            self.refuse("kind", "the kind is missing.", "Add kind:, such as seizure, statement or suspension.")
            return ""
        if kind in OWN_KINDS and kind not in self._allowed:
            self.refuse("kind", f"{kind!r} is no kind of fact here.", "The head of the file makes it.")
            return ""
        if kind not in KINDS:
            possible = [name for name in KINDS if name not in OWN_KINDS]
            self.refuse("kind", f"{kind!r} is no kind of fact.", _nearest(kind, possible))
            return ""
        may = (*OUR_FIELDS, *KINDS[kind].needs, *KINDS[kind].may)
        for field in self.fields:
            if field not in may:
                self.refuse(field, f"the key {field!r} is not known for the kind {kind}.", _nearest(field, may))
        return kind

    def _one_of(self, field: str, words: Iterable[str], remedy: str) -> str:
        word = self.text(field)
        if word not in words:
            self.refuse(field, f"the {field} {word!r} is none." if word else f"the {field} is missing.", remedy)
        return word

    def _actor(self) -> str:
        actor = self.text("actor")
        if not actor:
            self.refuse(
                "actor", "the actor is missing.", "Add actor:, such as authorities, au-psc or un-security-council."
            )
        elif actor not in actors():
            self.refuse("actor", f"there is no actor {actor!r}.", _nearest(actor, actors()))
        return actor

    def _value(self, kind: str) -> tuple[tuple[str, str], ...]:
        found = []
        for field in KINDS[kind].needs:
            given = self.fields.get(field, "")
            if isinstance(given, str) and not given.strip():
                words = ", ".join(steps_of(kind, field))
                self.refuse(
                    field, f"a fact of kind {kind} needs {field!r}.", f"Add it: {words}." if words else "Add it."
                )
        for field in (*KINDS[kind].needs, *KINDS[kind].may):
            word = self.text(field)
            if word:
                self._check_value(kind, field, word)
                found.append((field, self._full_key(word) if FIELDS[field].form == "key" else word))
        return tuple(found)

    def _full_key(self, word: str) -> str:
        return word if "/" in word else f"{self.subject}/{word}"

    def _check_value(self, kind: str, field: str, word: str) -> None:
        allowed = steps_of(kind, field)
        if allowed and word not in allowed:
            self.refuse(field, f"{field} is {word!r}.", _nearest(word, allowed))
        form = FIELDS[field].form
        if form == "number" and not _NUMBER.match(word):
            self.refuse(field, f"{field} is {word!r}, not a number.", "Write digits only.")
        elif form == "actor" and word not in actors() and f"mission:{word}" != self.subject:
            self.refuse(field, f"there is no actor {word!r}.", _nearest(word, actors()))
        elif form == "day":
            self._read(read_day, word, field)

    def _read(self, reader: Callable[[str, str], Read], word: str, field: str) -> Read | None:
        if _SLASHED.match(word):
            self.refuse(field, f"{word!r} is no date.", "Write year-month-day, such as 2021-06-01.")
            return None
        try:
            return reader(word, self.where(field))
        except BadRecord as fault:
            self.problems += [Problem(one.where, f"{self.name}: {one.found}", one.remedy) for one in fault.problems]
            return None

    def _when(self, kind: str) -> Span | None:
        word = self.text("when")
        if not word:
            self.refuse("when", "the date is missing.", "Add when: with a day, a span, or unknown.")
            return None
        span = self._read(read_span, word, "when")
        if span is not None and kind in LASTING_KINDS and not span.period:
            remedy = "Write FIRST/LAST, or FIRST/.. while it lasts."
            self.refuse("when", f"a fact of kind {kind} lasts; {word!r} is one day.", remedy)
        return span

    def _known(self, span: Span | None) -> tuple[date | None, bool]:
        """The first day on which it could be known, and whether that is assumed."""
        word = self.text("known")
        if not word:
            if span is not None and span.begins == UNKNOWN_DAY:
                remedy = "Add known:, for example the day its source was published."
                self.refuse("when", "a fact without a date needs the day it became known.", remedy)
                return None, True
            return (span.begins.latest if span else None), True
        day = self._read(read_day, word, "known")
        if day == UNKNOWN_DAY:
            self.refuse("known", "known must be a date.", "Write the day of the earliest page that shows it.")
            return None, False
        if day and span and span.begins != UNKNOWN_DAY and day.latest < span.begins.earliest:
            self.refuse("known", f"known on {word}, before it was so.", "Check both dates, when: and known:.")
        return (day.latest if day else None), False

    def _sentence(self, field: str) -> str:
        text = self.text(field)
        if not text:
            if field == "text" and not self.fields.get(field):
                self.refuse(field, "the sentence is missing.", "Add text: one sentence in your own words.")
        elif not text.endswith(ENDS):
            self.refuse(field, "the sentence has no full stop.", "Write one whole sentence.")
        elif len(text) > LONGEST_TEXT:
            self.refuse(field, f"the sentence has {len(text)} characters.", f"At most {LONGEST_TEXT}.")
        return text

    def _marking(self, default: Marking) -> Marking:
        word = self.text("marking")
        if not word:
            return default
        found = self._read(read_marking, word, "marking")
        return found if found is not None else default

    def _citations(self, sources: Mapping[str, Source]) -> tuple[Citation, ...]:
        given = self.fields.get("sources", [])
        if isinstance(given, str):
            given = [given]
        if not given or not isinstance(given, list):
            remedy = "Add sources: with at least one source of the file. Every fact has a source."
            self.refuse("sources", "the source is missing.", remedy)
            return ()
        cited = [self._citation(one, sources) for one in given]
        return tuple(citation for citation in cited if citation is not None)

    def _citation(self, given: Any, sources: Mapping[str, Source]) -> Citation | None:
        fields = {"source": given} if isinstance(given, str) else given
        if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
            self.refuse("sources", "a source is not written plainly.", "Write ID, or {source: ID, at: LOCATOR}.")
            return None
        if set(fields) - {"source", "at"}:
            remedy = "Write {source: ID, at: LOCATOR}."
            self.refuse("sources", "a source has other keys than source and at.", remedy)
        key = fields.get("source", "")
        if key not in sources:
            remedy = _nearest(key, sources) if sources else "Add it under sources:."
            self.refuse("sources", f"there is no source {key!r}.", remedy)
            return None
        return Citation(sources[key], fields.get("at", ""))


def read_source(source_id: str, fields: Any, where: str, problems: list[Problem]) -> Source | None:
    """Build a source from its fields; problems are collected."""
    if not isinstance(fields, Mapping):
        problems.append(Problem(where, f"the source {source_id} has no fields.", "Give it at least title:."))
        return None
    before = len(problems)
    plain: dict[str, str] = {}
    for name, value in fields.items():
        if name not in SOURCE_FIELDS:
            found = f"the key {name!r} is not known in a source."
            problems.append(Problem(where, found, _nearest(name, SOURCE_FIELDS)))
        elif not isinstance(value, str):
            problems.append(Problem(where, f"{name} of the source {source_id} is not plain text.", "Put it in quotes."))
        else:
            plain[name] = value
    if not plain.get("title", "").strip():
        problems.append(Problem(where, f"the source {source_id} has no title.", "Add title:."))
    for name in ("address", "mirror"):
        if plain.get(name) and not _ADDRESS.match(plain[name]):
            found = f"{name} of the source {source_id} is no web address: {plain[name]!r}."
            problems.append(Problem(where, found, "Start it with http:// or https://."))
    if plain.get("published"):
        try:
            read_day(plain["published"], where)
        except BadRecord as fault:
            problems += fault.problems
    return Source(source_id, **plain) if len(problems) == before else None
