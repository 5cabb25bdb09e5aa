"""What people hand to the desk: answers that open a case, fields of a fact, readings, a printed chain head."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.ledger.chain import Head
from goodoffices.norms.rules import Rulebook

# What a new case says of itself until somebody writes a better sentence.
SEIZED: Final = {
    "military_coup": "Soldiers take power in",
    "mercenary_intervention": "Mercenaries overthrow the government of",
    "armed_takeover": "An armed group takes power in",
    "refusal_to_leave": "After losing an election the government refuses to hand over power in",
    "constitutional_manipulation": "Those in power change the constitution to stay in office in",
    "foreign_removal": "A foreign power removes the head of state of",
    "popular_uprising": "A popular uprising brings down the government of",
    "other": "The government is replaced outside the constitution in",
}
SEIZERS: Final = {
    "military_coup": "armed-forces",
    "armed_takeover": "armed-groups",
    "mercenary_intervention": "armed-groups",
    "popular_uprising": "public",
}


@dataclass(frozen=True, slots=True)
class NewCase:
    """Four answers that open a case: country, day, kind of change, who says so. The rest can be left out."""

    country: str
    day: str
    category: str
    source: str
    address: str = ""
    what: str = ""
    iso3: str = ""


def fields_of(fact: Fact) -> dict[str, Any]:
    """A fact's fields as the form has them, sources as s0, s1, ..."""
    fields: dict[str, Any] = {
        "kind": fact.kind,
        "when": fact.span.text,
        "actor": fact.actor,
        "text": fact.text,
        "confidence": fact.confidence,
    }
    fields |= dict(fact.value)
    if fact.texts:
        fields["text_fr"] = dict(fact.texts).get("fr", "")
    if not fact.known_assumed:
        fields["known"] = fact.known_at.isoformat()
    for name in ("note",):
        if getattr(fact, name):
            fields[name] = getattr(fact, name)
    if fact.competes_with:
        fields["competes_with"] = fact.competes_with.partition("/")[2]
    if fact.marking:
        fields["marking"] = fact.marking.words
    fields["sources"] = [
        {"source": f"s{number}", **({"at": one.locator} if one.locator else {})}
        for number, one in enumerate(fact.citations)
    ]
    return fields


def known_readings(readings: Mapping[str, str], books: Sequence[Rulebook]) -> None:
    """Refuse readings that no rulebook has; what value each may have, the evaluator checks."""
    names = {parameter.name for book in books for parameter in book.parameters}
    problems = []
    for name in readings:
        if name not in names:
            near = get_close_matches(name, sorted(names), 3, 0.4) or sorted(names)
            problems.append(Problem("--reading", f"there is no reading {name!r}.", f"There are: {', '.join(near)}."))
    if problems:
        raise BadRecord(problems)


def printed_head(text: str) -> Head:
    """Read a chain head as a brief prints it, number:digits. BadRecord where it is none."""
    number, colon, digits = text.strip().partition(":")
    if not colon or not number.isdigit() or not re.fullmatch(r"[0-9a-f]{8,64}", digits):
        raise BadRecord(
            [
                Problem(
                    "--head",
                    f"{text!r} is no chain head.",
                    "Copy it from the brief's last line, such as 1290:0123456789abcdef.",
                )
            ]
        )
    return Head(int(number), digits)
