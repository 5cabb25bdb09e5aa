"""Commands that write or guard the record: record, correct, retract, case new, verify, serve."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli import printing
from goodoffices.cli.asking import desk_over
from goodoffices.cli.options import Case, Database, Json, pairs
from goodoffices.core.days import day_words, read_date
from goodoffices.core.errors import BadRecord, Broken, Problem
from goodoffices.core.kinds import CATEGORIES
from goodoffices.core.texts import sentence

Key = Annotated[str, typer.Argument(metavar="KEY", help="A fact's key, such as mali-2021/au-suspension.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in a few words; kept in the history.")]
From = Annotated[
    str, typer.Option("--known-at", metavar="DATE", help="From when this was known; what was known before stays.")
]
Field = Annotated[
    list[str],
    typer.Option("--set", metavar="FIELD=VALUE", help="A field of the fact, such as verb=condemn; may be repeated."),
]


def new_case(
    *,
    country: Annotated[str, typer.Option(help="Its usual English or French name.", prompt="Country")],
    day: Annotated[
        str,
        typer.Option(help="Day 0 in local date, such as 2026-11-20.", prompt="Day of the seizure (such as 2026-11-20)"),
    ],
    change: Annotated[
        str,
        typer.Option(
            help=f"The kind of change: {', '.join(CATEGORIES)}.", prompt=f"Kind of change ({', '.join(CATEGORIES)})"
        ),
    ],
    source: Annotated[str, typer.Option(help="Who reports it: a title.", prompt="Source (a title)")],
    address: Annotated[str, typer.Option(help="The source's web address.")] = "",
    what: Annotated[str, typer.Option(help="What happened, in one sentence of your own.")] = "",
    iso3: Annotated[str, typer.Option(help="ISO 3166 code, for a country outside the register of states.")] = "",
    db: Database = "",
    json: Json = False,
) -> None:
    """Open a case that is not in the casebook, from four answers: country, day, kind of change, source.

    What you leave out is asked for.
    """
    from goodoffices.desk.desk import NewCase

    with desk_over(db) as desk:
        case = desk.new_case(NewCase(country, day, change, source, address, sentence(what), iso3.upper()))
    if json:
        printing.as_json({"case": case})
    else:
        printing.line(case)
        printing.aside(
            f"Add facts with `goodoffices record {case} --kind ...`; `goodoffices check {case}` tells what follows."
        )


def record(
    case: Case,
    *,
    kind: Annotated[str, typer.Option("--kind", help="The kind of fact, such as suspension or statement.")],
    when: Annotated[str, typer.Option("--when", help="The day or span (EDTF), such as 2026-11-21.")],
    actor: Annotated[str, typer.Option("--actor", help="Who acts, such as au-psc.")],
    text: Annotated[str, typer.Option("--text", help="One sentence in your own words.")],
    source: Annotated[str, typer.Option("--source", help="Who says so: a title.")],
    address: Annotated[str, typer.Option("--address", help="The source's web address.")] = "",
    at: Annotated[str, typer.Option("--at", help="Where in the source: page, paragraph.")] = "",
    confidence: Annotated[str, typer.Option("--confidence", help="high, medium or low.")] = "medium",
    known: Annotated[
        str,
        typer.Option("--known-at", metavar="DATE", help="First day it could be known. Default: the day of the fact."),
    ] = "",
    key: Annotated[
        str, typer.Option("--key", help="The fact's key within the case. Default: made from actor and kind.")
    ] = "",
    set_: Field = [],  # noqa: B006  # typer copies it
    db: Database = "",
    json: Json = False,
) -> None:
    """Record a fact of a case, with its source."""
    fields: dict[str, object] = {
        "kind": kind,
        "when": when,
        "actor": actor,
        "text": sentence(text),
        "confidence": confidence,
    }
    if known:
        fields["known"] = known
    fields |= pairs(set_, "--set")
    fields["sources"] = [{"source": "given", **({"at": at} if at else {})}]
    given = {"title": source} | ({"address": address} if address else {})
    with desk_over(db) as desk:
        name = key or desk.free_key(case, re.sub(r"[^a-z0-9]+", "-", f"{actor}-{kind}".lower()).strip("-"))
        fact = desk.record(case, name, fields, {"given": given})
        later = fact.known_at > desk.today()
    _said(fact.key, "recorded", json)
    if later:
        printing.aside(f"It counts as known from {day_words(fact.known_at)} on: until then answers leave it out.")


def correct(key: Key, reason: Reason, set_: Field, known_at: From = "", db: Database = "", json: Json = False) -> None:
    """Correct fields of a fact. The old content stays in its history, and with --known-at in what was known before."""
    with desk_over(db) as desk:
        fact = desk.correct(key, pairs(set_, "--set"), reason, read_date(known_at, "--known-at") if known_at else None)
    _said(fact.key, "corrected", json)


def retract(key: Key, reason: Reason, known_at: From = "", db: Database = "", json: Json = False) -> None:
    """Withdraw a fact from every answer. It stays in its history."""
    with desk_over(db) as desk:
        fact = desk.retract(key, reason, read_date(known_at, "--known-at") if known_at else None)
    _said(fact.key, "withdrawn", json)


def _said(key: str, what: str, json: bool) -> None:
    if json:
        printing.as_json({"key": key, "done": what})
    else:
        printing.line(f"{key} {what}.")


def verify(
    head: Annotated[
        str,
        typer.Option("--head", metavar="NUMBER:DIGITS", help="A chain head as printed on a brief, to compare with."),
    ] = "",
    db: Database = "",
    json: Json = False,
) -> None:
    """Recompute the chain of the ledger. Exit status 1, naming the entry, where it was changed, deleted or cut."""
    from goodoffices.desk.desk import default_database, printed_head

    where = db or default_database()
    if not where.startswith("postgres") and not Path(where.removeprefix("sqlite:///")).exists():
        raise Broken(f"there is no ledger at {where}: nothing to verify. Any other command makes one.")
    with desk_over(db, take_in=False) as desk:
        found = desk.verify((printed_head(head),) if head else ())
    if json:
        printing.as_json(
            {
                "whole": found.whole,
                "entries": found.entries,
                "head": found.head.printed,
                "faults": found.faults,
                "notes": found.notes,
            }
        )
    else:
        for fault in found.faults:
            printing.line(f"fault: {fault}")
        for note in found.notes:
            printing.line(f"note: {note}")
        printing.line(
            f"{found.entries:,} entries, chain head {found.head.printed}: {'whole' if found.whole else 'not whole'}."
        )
    if not found.whole:
        sys.exit(1)


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to bind to. Default: this machine only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port.")] = 8000,
    name: Annotated[
        list[str], typer.Option("--name", help="A further host name to answer to, for --host 0.0.0.0; may be repeated.")
    ] = [],  # noqa: B006  # typer copies it
    write: Annotated[
        bool | None,
        typer.Option(
            "--write/--read-only",
            help="Whether facts may be recorded by page. Default: only where no other machine gets in.",
        ),
    ] = None,
    db: Database = "",
) -> None:
    """Open the pages in a browser on this machine, until Ctrl-C: http://127.0.0.1:8000."""
    from goodoffices.desk.serving import serve as open_workbench

    if not 0 < port < 65536:  # the ports there are
        raise BadRecord([Problem("--port", f"{port} is no port.", "Give a number from 1 to 65535.")])
    with desk_over(db) as desk:
        shown = f"[{host}]" if ":" in host else host
        opened = f"Good Offices is open at http://{shown}:{port} (stop with Ctrl-C)."
        with suppress(KeyboardInterrupt):  # Ctrl-C is how one leaves: nothing went wrong
            open_workbench(desk, host, port, lambda: printing.aside(opened), name, write)
