"""Facts: what was so, when it was so, when it could be known, and where we have it from.

Invariant: a fact is a value. Changing anything in it makes another version; the key stays. `version` is the hash of
the content, so that recording the same content twice is harmless.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from goodoffices.core.days import Span, read_span
from goodoffices.core.markings import Marking
from goodoffices.core.sources import Citation, citation_from_record

KEY: Final = re.compile(r"[a-z0-9]+(?:[:-][A-Za-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*\Z")
CASE_ID: Final = re.compile(r"[a-z]+(?:-[a-z]+)*-(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-([1-9]|attempt))?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fact:
    """One sourced statement about a case (subject `mali-2021`) or a state (subject `state:MLI`).

    `value` holds the fields its kind names; `known_at` is the first day on which the fact could be known and
    `known_assumed` says that nobody wrote that day down. `text` is one English sentence; `texts` holds others by
    language.
    """

    key: str
    kind: str
    actor: str
    span: Span
    known_at: date
    text: str
    citations: tuple[Citation, ...]
    confidence: str
    value: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    known_assumed: bool = True
    marking: Marking = Marking.UNCLASSIFIED
    note: str = ""
    competes_with: str = ""
    # Worked out once, when asked for. Not an argument: `dataclasses.replace` must not hand it on to another content.
    _version: list[str] = field(default_factory=list, init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        # Sorted by name, as they come back from the ledger: the same content is the same value.
        object.__setattr__(self, "value", tuple(sorted(dict(self.value).items())))
        object.__setattr__(self, "texts", tuple(sorted(dict(self.texts).items())))

    @property
    def subject(self) -> str:
        """The case or state the fact is about."""
        return self.key.partition("/")[0]

    @property
    def name(self) -> str:
        """The fact's key within its file."""
        return self.key.partition("/")[2]

    def get(self, name: str, default: str = "") -> str:
        """A field of the value, or the default."""
        for field_name, field_value in self.value:
            if field_name == name:
                return field_value
        return default

    def said(self, language: str = "en") -> str:
        """The sentence, in `language` where there is one."""
        return dict(self.texts).get(language, self.text)

    def record(self) -> dict[str, Any]:
        """The content as stored and hashed; what is empty or default is left out."""
        record: dict[str, Any] = {
            "key": self.key,
            "kind": self.kind,
            "actor": self.actor,
            "when": self.span.text,
            "known": self.known_at.isoformat(),
            "text": self.text,
            "confidence": self.confidence,
            "citations": [citation.record() for citation in self.citations],
        }
        if self.value:
            record["value"] = dict(self.value)
        if self.texts:
            record["texts"] = dict(self.texts)
        if not self.known_assumed:
            record["known_given"] = True
        if self.marking:
            record["marking"] = self.marking.words
        if self.note:
            record["note"] = self.note
        if self.competes_with:
            record["competes_with"] = self.competes_with
        return record

    @property
    def version(self) -> str:
        """Sixteen hexadecimal digits that stand for exactly this content."""
        if not self._version:
            self._version.append(
                hashlib.sha256(canonical(self.record()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
            )
        return self._version[0]


def canonical(record: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: the one form that is hashed and stored."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fact_from_record(record: Mapping[str, Any]) -> Fact:
    """Read back what `record` wrote."""
    marking = record.get("marking", "unclassified")
    return Fact(
        key=record["key"],
        kind=record["kind"],
        actor=record["actor"],
        span=read_span(record["when"], record["key"]),
        known_at=date.fromisoformat(record["known"]),
        text=record["text"],
        citations=tuple(citation_from_record(one) for one in record["citations"]),
        confidence=record["confidence"],
        value=tuple(record.get("value", {}).items()),
        texts=tuple(record.get("texts", {}).items()),
        known_assumed=not record.get("known_given", False),
        marking=Marking[marking.upper().replace(" ", "_")],
        note=record.get("note", ""),
        competes_with=record.get("competes_with", ""),
    )


def order(fact: Fact) -> tuple[date, date, str]:
    """Sort key: by the day shown, then the latest possible day, then the key."""
    return fact.span.begins.shown, fact.span.begins.latest, fact.key
