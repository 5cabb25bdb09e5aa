"""Queries that read single facts: a number, a field, a word of a sentence, the finding of a rule."""

from __future__ import annotations

import re
from typing import Final

from goodoffices.claims.asking import Query
from goodoffices.claims.record import Found, Given, Record, lacking
from goodoffices.claims.timing import facts_named

_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers_in(text: str) -> list[float]:
    """The numbers in a text, in order; thousands may be parted by commas."""
    return [float(one.replace(",", "")) for one in _NUMBER.findall(text)]


def number_of(record: Record, given: Given) -> Found:
    """The first number in a field of a fact."""
    facts, missing = facts_named(record, (given.text("fact"),))
    if missing:
        return lacking(*missing)
    found = numbers_in(facts[0].get(given.text("field")))
    return Found((found[0],), "", facts) if found else lacking(f"a number in {given.text('field')} of {facts[0].key}")


def numbers_of(record: Record, given: Given) -> Found:
    """All numbers in a field of several facts, or in their sentences with `field` sentence."""
    facts, missing = facts_named(record, given.texts("facts"))
    if missing:
        return lacking(*missing)
    field = given.text("field")
    texts = [fact.text if field == "sentence" else fact.get(field) for fact in facts]
    return Found((frozenset(f"{number:g}" for text in texts for number in numbers_in(text)),), "", facts)


def fall(record: Record, given: Given) -> Found:
    """By how much a survey's figure fell: the number in its sample, taken before, less its percentage."""
    facts, missing = facts_named(record, (given.text("fact"),))
    if missing:
        return lacking(*missing)
    before, after = numbers_in(facts[0].get("sample")), numbers_in(facts[0].get("percent"))
    if not before or not after:
        return lacking(f"the figures before and after in {facts[0].key}")
    return Found((before[0] - after[0],), "", facts)


def values_of(record: Record, given: Given) -> Found:
    """The values of a field in several facts; `actor` and `day` are read as fields."""
    facts, missing = facts_named(record, given.texts("facts"))
    if missing:
        return lacking(*missing)
    name = given.text("field")
    if name == "actor":
        values = [fact.actor for fact in facts]
    elif name == "day":
        values = [fact.span.begins.text for fact in facts]
    else:
        values = [fact.get(name) for fact in facts]
    empty = [f"the field {name} of {fact.key}" for fact, value in zip(facts, values, strict=True) if not value]
    return lacking(*empty) if empty else Found((frozenset(values),), "", facts)


def pairs_of(record: Record, given: Given) -> Found:
    """Two fields of several facts, side by side."""
    facts, missing = facts_named(record, given.texts("facts"))
    if missing:
        return lacking(*missing)
    one, two = given.text("field"), given.text("beside")
    return Found((frozenset(f"{fact.get(one)} {fact.get(two)}" for fact in facts),), "", facts)


def says(record: Record, given: Given) -> Found:
    """Whether the sentence of each of these facts holds one of these words."""
    facts, missing = facts_named(record, given.texts("facts"))
    if missing:
        return lacking(*missing)
    words = given.texts("words")
    return Found((all(any(word in fact.text for word in words) for fact in facts),), "", facts)


def label_has(record: Record, given: Given) -> Found:
    """Whether the word that an organ used for the change, as found, holds this word."""
    facts, missing = facts_named(record, (given.text("fact"),))
    if missing:
        return lacking(*missing)
    if not facts[0].get("label"):
        return lacking(f"the word used in {facts[0].key}")
    return Found((given.text("word") in facts[0].get("label").casefold(),), f"“{facts[0].get('label')}”", facts)


def mandates_changed(record: Record, given: Given) -> Found:
    """Which missions' mandates changed from one decision to a later one: the later one is recorded as a change, or has
    another subject matter. A technical rollover is no change."""
    keys = [key for pair in given.pairs("pairs") for key in pair]
    facts, missing = facts_named(record, keys)
    if missing:
        return lacking(*missing)
    by_key = {fact.key: fact for fact in facts}
    changed = set()
    for first, last in given.pairs("pairs"):
        before, after = by_key[first], by_key[last]
        matter = after.get("subject_matter")
        moved = matter != before.get("subject_matter") and "rollover" not in matter
        if after.get("direction") == "change" or moved:
            changed.add(after.get("mission"))
    return Found((frozenset(changed),), "", facts)


def days_allowed(record: Record, given: Given) -> Found:
    """How many days a rule's finding allows in a case: from the day of the seizure to the last day of the term."""
    case = next((one for one in record.cases if one.id == given.text("case")), None)
    findings = record.findings.get(given.text("case"), ())
    finding = next((one for one in findings if one.rule == given.text("rule")), None)
    if case is None or finding is None:
        return lacking(f"the finding {given.text('rule')} of {given.text('case')}")
    if finding.due is None:
        return lacking(f"the term of {given.text('rule')}")
    return Found((float((finding.due - case.day).days),), "", (case.seizure,), unread=not finding.verified)


def not_recorded(record: Record, given: Given) -> Found:
    """Nothing: the record has no fact that could decide the claim, and `wants` says which."""
    del record
    return lacking(*given.texts("wants"))


FINDING_QUERIES: Final = ("days_allowed",)  # the record must hold the findings of their cases
QUERIES: Final = (
    Query("number_of", ("fact", "field"), (), number_of),
    Query("numbers_of", ("facts", "field"), (), numbers_of),
    Query("fall", ("fact",), (), fall),
    Query("values_of", ("facts", "field"), (), values_of),
    Query("pairs_of", ("facts", "field", "beside"), (), pairs_of),
    Query("says", ("facts", "words"), (), says),
    Query("label_has", ("fact", "word"), (), label_has),
    Query("mandates_changed", ("pairs",), (), mandates_changed),
    Query("days_allowed", ("case", "rule"), (), days_allowed),
    Query("not_recorded", ("wants",), (), not_recorded),
)
