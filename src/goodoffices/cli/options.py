"""Options that many commands share, said once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from goodoffices.core.days import read_date
from goodoffices.core.errors import BadRecord, Problem

FIRST_YEAR, LAST_YEAR = 1900, 2199

Database = Annotated[
    str,
    typer.Option(
        "--db",
        envvar="GOODOFFICES_DATABASE_URL",
        help="The ledger: a file, or postgresql://... Default: a file in your data folder.",
    ),
]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="When it was so (ISO 8601). Default: today.")]
KnownAt = Annotated[
    str, typer.Option("--known-at", metavar="DATE", help="When it was known (ISO 8601). Default: today.")
]
ThenKnown = Annotated[
    str, typer.Option("--as-then-known", metavar="DATE", help="Both at once: as of that day, as known on that day.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
French = Annotated[bool, typer.Option("--fr", help="In French where there is a French text.")]
Reading = Annotated[
    list[str],
    typer.Option(
        "--reading", metavar="NAME=VALUE", help="Use another reading of an open term or word; may be repeated."
    ),
]
Case = Annotated[str, typer.Argument(metavar="CASE", help="The case's id, such as mali-2021.")]


def clocks(as_of: str, known_at: str, then_known: str) -> tuple[date | None, date | None]:
    """Read the three options of time. BadRecord for what is no day, and where they contradict each other."""
    if then_known:
        if as_of or known_at:
            raise BadRecord(
                [Problem("--as-then-known", "sets both clocks already.", "Leave out --as-of and --known-at.")]
            )
        day = _day(then_known, "--as-then-known")
        return day, day
    return _day(as_of, "--as-of") if as_of else None, _day(known_at, "--known-at") if known_at else None


def _day(text: str, option: str) -> date:
    day = read_date(text, option)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        said = f"the record knows days from {FIRST_YEAR} to {LAST_YEAR}, not {text!r}."
        raise BadRecord([Problem(option, said, "Ask for another day.")])
    return day


def pairs(given: Sequence[str], option: str) -> dict[str, str]:
    """Read NAME=VALUE options. BadRecord for what is no pair or stands twice."""
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise BadRecord([Problem(option, f"{one!r} is no pair.", "Write NAME=VALUE.")])
        if name.strip() in found:
            raise BadRecord([Problem(option, f"{name.strip()!r} is given twice.", "Keep one.")])
        found[name.strip()] = value.strip()
    return found
