"""Made-up facts by the hundred thousand, for the ledger and the pages."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact
from goodoffices.core.sources import Citation, Source


def many_facts(count: int) -> list[Fact]:
    """Made-up facts: a thousand cases, a hundred facts each, as many days of knowledge."""
    draw = Random(20261121)
    source = Citation(Source("made-up", "A made-up page", address="https://example.org/page"))
    facts = []
    for number in range(count):
        case = f"utopia-{1000 + number % 1000}"
        when = date(2000, 1, 1) + timedelta(draw.randrange(9500))
        known = when + timedelta(draw.randrange(60))
        text = f"Organ {number % 40} meets and decides on the matter numbered {number}."
        value = (("verb", "condemn"), ("label", "military coup"))
        facts.append(
            Fact(
                f"{case}/fact-{number}",
                "statement",
                "au-psc",
                read_span(when.isoformat()),
                known,
                text,
                (source,),
                "high",
                value,
                known_assumed=False,
            )
        )
    return facts
