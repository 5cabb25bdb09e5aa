"""Small made-up records for the tests of claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goodoffices.claims.queries import QUERIES
from goodoffices.claims.record import Found, Given, Record
from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.sources import Citation, Source

PAGE, REPORT = "a-page", "ipi-2025"
TODAY = date(2026, 1, 1)
BODIES = {"au-psc": "au", "au": "", "ecowas-authority": "ecowas", "ecowas": ""}


def fact(
    key: str,
    kind: str,
    when: str,
    actor: str = "authorities",
    sources: Sequence[str] = (PAGE,),
    competes_with: str = "",
    known: str = "",
    text: str = "Something is so.",
    **value: str,
) -> Fact:
    """A fact of a kind on a day; the rest is its value. `with_` and `of_` stand for words Python keeps."""
    span = read_span(when)
    return Fact(
        key=key,
        kind=kind,
        actor=actor,
        span=span,
        known_at=date.fromisoformat(known) if known else max(span.begins.earliest, date(1945, 10, 24)),
        known_assumed=not known,
        text=text,
        citations=tuple(Citation(Source(one, one)) for one in sources),
        confidence="high",
        value=tuple((name.rstrip("_"), one) for name, one in value.items()),
        competes_with=competes_with,
    )


def case(name: str, country: str, iso3: str, when: str, category: str = "military_coup", **value: str) -> list[Fact]:
    """A case: its head, its seizure."""
    outcome = value.get("outcome", "completed")
    return [
        fact(f"{name}/case", "case", when, country=country, iso3=iso3),
        fact(f"{name}/seizure", "seizure", when, "armed-forces", category=category, outcome=outcome),
    ]


def record(*facts: Fact, as_of: date = TODAY, known_at: date = TODAY, **findings: Sequence[Finding]) -> Record:
    """These facts, at a moment."""
    return Record(facts, as_of, known_at, BODIES, {name.replace("_", "-"): one for name, one in findings.items()})


def ask(query: str, facts: Record, unit: str = "", /, **arguments: object) -> Found:
    """Run a query by name, with its arguments."""
    return QUERIES[query].answer(facts, Given(arguments, unit))


ALPHA = case("alpha-2020", "Alpha", "AAA", "2020-08-18")
ALPHA_AGAIN = case("alpha-2021", "Alpha", "AAA", "2021-05-24")
BETA = case("beta-2021", "Beta", "BBB", "2021-04-20")
GAMMA = case("gamma-2021", "Gamma", "CCC", "2021-08-15", "armed_takeover")
FAILED = case("beta-2022", "Beta", "BBB", "2022-01-10", outcome="failed")
FOUR = (*ALPHA, *ALPHA_AGAIN, *BETA, *GAMMA)
