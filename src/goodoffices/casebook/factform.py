"""The form a fact is filled in on, whether in a file, on the command line or on a page: one set of checks.

Nothing is invented here and nothing is mended silently: what does not fit is a problem with its place and its remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, Final

from goodoffices.casebook.actors import actors
from goodoffices.core.days import UNKNOWN_DAY, Span, read_day, read_span
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import FIELDS, KINDS, LASTING_KINDS, OWN_KINDS, steps_of
from goodoffices.core.markings import Marking, read_marking
from goodoffices.core.sources import CONFIDENCE, Citation, Source

OUR_FIELDS: Final = ("kind", "when", "known", "actor", "text", "text_fr", "confidence", "sources", "note", "competes_with", "marking")
SOURCE_FIELDS: Final = ("title", "publisher", "published", "address", "mirror", "language")
NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LONGEST_TEXT: Final = 1_000
Where = Callable[[str], str]


def _nearest(word: str, words: Any) -> str:
    close = get_close_matches(word, list(words), 1, 0.6)
    return f"Did you mean {close[0]!r}?" if close else f"Possible: {', '.join(list(words)[:60])}."


class FactForm:
    """Checks one fact's fields and builds it. `where` names the place of a field; problems are collected."""

    def __init__(self, subject: str, name: str, fields: Mapping[str, Any], where: Where, problems: list[Problem]):
        self.subject = subject
        self.name = name
        self.fields = fields
        self.where = where
        self.problems = problems
        self._before = len(problems)

    def refuse(self, field: str, found: str, remedy: str = "") -> None:
        """Note a problem at a field."""
        self.problems.append(Problem(self.where(field), f"{self.name}: {found}", remedy))

    def text(self, field: str, default: str = "") -> str:
        """A field that must be plain text."""
        value = self.fields.get(field, default)
        if not isinstance(value, str):
            self.refuse(field, f"{field} is not plain text.", "Write it on one line, in quotes.")
            return default
        return value.strip()

    def fact(self, sources: Mapping[str, Source], marking: Marking, own: bool = False) -> Fact | None:
        """The fact, or None where there were problems."""
        kind = self.text("kind")
        if kind not in KINDS or (kind in OWN_KINDS and not own):
            self.refuse("kind", f"{kind!r} is no kind of fact." if kind else "the kind is missing.", _nearest(kind, KINDS))
            return None
        if not NAME.match(self.name):
            self.refuse("kind", "the key has other signs than small letters, digits and hyphens.", "Example: au-suspension.")
        self._unknown_keys(kind)
        value = self._value(kind)
        span = self._when(kind)
        known, assumed = self._known(span)
        citations = self._citations(sources)
        text = self._sentence()
        confidence = self.text("confidence")
        if confidence not in CONFIDENCE:
            self.refuse("confidence", f"the confidence {confidence!r} is none." if confidence else "the confidence is missing.", "Write high, medium or low.")
        actor = self.text("actor")
        if actor not in actors():
            self.refuse("actor", f"there is no actor {actor!r}." if actor else "the actor is missing.", _nearest(actor, actors()))
        own_marking = self._marking(marking)
        if len(self.problems) > self._before or span is None or known is None:
            return None
        french = self.text("text_fr")
        competes = self.text("competes_with")
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
            note=self.text("note"),
            competes_with=f"{self.subject}/{competes}" if competes else "",
        )

    def _unknown_keys(self, kind: str) -> None:
        may = (*OUR_FIELDS, *KINDS[kind].needs, *KINDS[kind].may)
        for field in self.fields:
            if field not in may:
                self.refuse(field, f"the key {field!r} is not known for the kind {kind}.", _nearest(field, may))

    def _value(self, kind: str) -> tuple[tuple[str, str], ...]:
        found = []
        for field in KINDS[kind].needs:
            if not self.text(field):
                self.refuse(field, f"a fact of kind {kind} needs {field!r}.", "Add it" + (f": {', '.join(steps_of(kind, field))}." if steps_of(kind, field) else "."))
        for field in (*KINDS[kind].needs, *KINDS[kind].may):
            word = self.text(field)
            if word:
                self._check_value(kind, field, word)
                found.append((field, self._full_key(field, word)))
        return tuple(found)

    def _full_key(self, field: str, word: str) -> str:
        return f"{self.subject}/{word}" if FIELDS[field].form == "key" and "/" not in word else word

    def _check_value(self, kind: str, field: str, word: str) -> None:
        allowed = steps_of(kind, field)
        if allowed and word not in allowed:
            self.refuse(field, f"{field} is {word!r}.", _nearest(word, allowed))
        form = FIELDS[field].form
        if form == "number" and not re.fullmatch(r"\d+(?:\.\d+)?", word):
            self.refuse(field, f"{field} is {word!r}, not a number.", "Write digits only.")
        elif form == "actor" and word not in actors():
            self.refuse(field, f"there is no actor {word!r}.", _nearest(word, actors()))
        elif form == "day":
            self._read(read_day, word, field)

    def _read(self, reader: Callable[[str, str], Any], word: str, field: str) -> Any:
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
        span: Span | None = self._read(read_span, word, "when")
        if span is not None and kind in LASTING_KINDS and not span.period:
            self.refuse("when", f"a fact of kind {kind} lasts; {word!r} is one day.", "Write FIRST/LAST, or FIRST/.. while it lasts.")
        return span

    def _known(self, span: Span | None) -> tuple[Any, bool]:
        word = self.text("known")
        if word:
            day = self._read(read_day, word, "known")
            if day == UNKNOWN_DAY:
                self.refuse("known", "known must be a date.", "Write the day of the earliest page that shows it.")
                return None, False
            return (day.latest if day else None), False
        if span is None:
            return None, True
        if span.begins == UNKNOWN_DAY:
            self.refuse("when", "a fact without a date needs the day it became known.", "Add known:, for example the day its source was published.")
            return None, True
        return span.begins.latest, True

    def _sentence(self) -> str:
        text = self.text("text")
        if not text:
            self.refuse("text", "the sentence is missing.", "Add text: one sentence in your own words.")
        elif not text.endswith((".", "!", "?", "”", "»")):
            self.refuse("text", "the sentence has no full stop.", "Write one whole sentence.")
        elif len(text) > LONGEST_TEXT:
            self.refuse("text", f"the sentence has {len(text)} characters.", f"At most {LONGEST_TEXT}.")
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
            self.refuse("sources", "the source is missing.", "Add sources: with at least one source of the file. Every fact has a source.")
            return ()
        found = []
        for one in given:
            key, locator = (one, "") if isinstance(one, str) else (str(one.get("source", "")), str(one.get("at", "")))
            if isinstance(one, dict) and set(one) - {"source", "at"}:
                self.refuse("sources", "a source has other keys than source and at.", "Write {source: ID, at: LOCATOR}.")
            if key not in sources:
                self.refuse("sources", f"there is no source {key!r}.", _nearest(key, sources) if sources else "Add it under sources:.")
            else:
                found.append(Citation(sources[key], locator))
        return tuple(found)


def read_source(source_id: str, fields: Any, where: str, problems: list[Problem]) -> Source | None:
    """Build a source from its fields; problems are collected."""
    if not isinstance(fields, Mapping):
        problems.append(Problem(where, f"the source {source_id} has no fields.", "Give it at least title:."))
        return None
    for name, value in fields.items():
        if name not in SOURCE_FIELDS:
            problems.append(Problem(where, f"the key {name!r} is not known in a source.", _nearest(name, SOURCE_FIELDS)))
            return None
        if not isinstance(value, str):
            problems.append(Problem(where, f"{name} of the source {source_id} is not plain text.", "Put it in quotes."))
            return None
    if not fields.get("title", "").strip():
        problems.append(Problem(where, f"the source {source_id} has no title.", "Add title:."))
        return None
    for name in ("address", "mirror"):
        address = fields.get(name, "")
        if address and not re.match(r"https?://[^\s\"'<>]+\Z", address):
            problems.append(Problem(where, f"{name} of the source {source_id} is no web address: {address!r}.", "Start it with http:// or https://."))
            return None
    if fields.get("published"):
        try:
            read_day(fields["published"], where)
        except BadRecord as fault:
            problems += fault.problems
            return None
    return Source(source_id, **fields)
