"""Small calendars: nine days around the end of a February, spans of up to five, and rulebooks of a rule or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

from hypothesis import strategies as st

from goodoffices.core.days import Day, Span, on
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, Reference
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Citation, Source
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Parameter, Pattern, Recorded, Rule, Rulebook

FIRST = date(2021, 2, 25)
NINE = tuple(FIRST + timedelta(days=step) for step in range(9))
ALWAYS_IN_FORCE = Span("1900/..", on(date(1900, 1, 1)), None, True)
READ = Reference("test", "Test instrument", "art. 1", True)
UNREAD = Reference("test", "Test instrument", "art. 2", False)

SEIZURE = Recorded(Pattern(("seizure",)), "fails")
SUSPENSION, LIFTED = Pattern(("suspension",)), Pattern(("suspension_lifted",))
DECLINED, ORDER = Pattern(("suspension_declined",)), Pattern(("constitutional_order",))


def day(first: int, length: int = 1) -> Day:
    """The day of the small calendar with this number, or a range of up to five days from it."""
    start, end = NINE[first], NINE[min(first + length - 1, 8)]
    return on(start) if start == end else Day(f"[{start}..{end}]", start, end, "other")


def fact(kind: str, when: Day, number: int = 0, known: date = FIRST, **more: object) -> Fact:
    """A fact of the small calendar."""
    span = Span(when.text, when, when, False)
    citation = (Citation(Source("test", "Test")),)
    key, text = f"test-2021/{kind.replace('_', '-')}-{number}", f"{kind} {number}."
    return Fact(key, kind, "au-psc", span, known, text, citation, "high", **more)  # type: ignore[arg-type]


def rule(kind: str, rule_id: str = "t.rule", reference: Reference = READ, **more: object) -> Rule:
    """A rule that binds always."""
    fields = {
        "title": rule_id,
        "text": rule_id,
        "bearer": "au",
        "references": (reference,),
        "in_force": ALWAYS_IN_FORCE,
    }
    return Rule(id=rule_id, rulebook="t", kind=kind, **(fields | more))  # type: ignore[arg-type]


def book(*rules: Rule, parameters: tuple[Parameter, ...] = ()) -> Rulebook:
    """A rulebook of these rules."""
    return Rulebook("t", "Test", "Essai", "1", (), parameters, rules)


def snapshot(facts: Iterable[Fact], as_of: date, known_at: date = NINE[8]) -> Snapshot:
    """What was known, and what only later."""
    all_facts = tuple(facts)
    known = tuple(one for one in all_facts if one.known_at <= known_at)
    later = tuple(one for one in all_facts if one.known_at > known_at)
    return Snapshot(("test-2021",), as_of, known_at, Marking.UNCLASSIFIED, known, later)


def judged(one: Rule, facts: Iterable[Fact], as_of: date, known_at: date = NINE[8]) -> Finding:
    """The finding of one rule."""
    return evaluate(book(one), snapshot(facts, as_of, known_at))[0]


def exact_days(one: Fact) -> list[date]:
    """Every day on which the fact may have been."""
    begins = one.span.begins
    return [begins.earliest + timedelta(days=step) for step in range((begins.latest - begins.earliest).days + 1)]


def assignments(facts: Iterable[Fact]) -> Iterator[dict[str, date]]:
    """Every way the exact days could have been, by key."""
    listed = list(facts)
    for exact in product(*(exact_days(one) for one in listed)):
        yield dict(zip((one.key for one in listed), exact, strict=True))


days = st.builds(day, st.integers(0, 8), st.integers(1, 5))
exact = st.builds(day, st.integers(0, 8))


def facts_of_kind(kind: str, most: int, when: st.SearchStrategy[Day] = days) -> st.SearchStrategy[list[Fact]]:
    """Up to `most` facts of a kind, on any days."""
    return st.lists(when, max_size=most).map(lambda found: [fact(kind, one, n) for n, one in enumerate(found)])
