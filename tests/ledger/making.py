"""Facts and days for the ledger's tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact
from goodoffices.core.markings import Marking
from goodoffices.core.sources import Citation, Source

JUNE = date(2021, 6, 1)
START = datetime(2025, 1, 1, tzinfo=UTC)


def day(number: int) -> date:
    """Day 0 to 8 of a small calendar."""
    return JUNE + timedelta(number)


def fact(name: str = "a", text: str = "one", known: int | date = 0, **changed: object) -> Fact:
    """A fact of mali-2021 (or of the subject in `name`), known on a day of the small calendar."""
    known_at = known if isinstance(known, date) else day(known)
    given = {
        "key": name if "/" in name else f"mali-2021/{name}",
        "kind": "statement",
        "actor": "au-psc",
        "span": read_span("2021-05-24"),
        "known_at": known_at,
        "text": text,
        "citations": (Citation(Source("s", "A page"), "p. 1"),),
        "confidence": "high",
    }
    return Fact(**(given | changed))  # type: ignore[arg-type]


def marked(name: str, text: str, known: int, marking: Marking) -> Fact:
    """A fact with a marking."""
    return fact(name, text, known, marking=marking)


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a minute each time it is asked."""
    times = iter(range(10_000_000))
    return lambda: START + timedelta(minutes=next(times))
