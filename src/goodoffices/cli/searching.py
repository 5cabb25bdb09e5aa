"""The command that searches the record."""

from __future__ import annotations

from typing import Annotated

import typer

from goodoffices.cli import printing
from goodoffices.cli.asking import desk_over
from goodoffices.cli.options import AsOf, Database, French, Json, KnownAt, ThenKnown, clocks


def search(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help='Words, "phrases" in quotation marks, document symbols, meetings.')
    ],
    kind: Annotated[str, typer.Option("--kind", help="All finds of this kind: cases, people, facts, rules, …")] = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """Search cases, people, missions, facts, rules, articles and sources. Whole words or beginnings of words;
    the best finds come first, a few of each kind. Where nothing has everything asked for, what has most of it."""
    from goodoffices.desk.searching import found_record
    from goodoffices.desk.searching import search as searched

    with desk_over(db) as desk:
        moment = desk.moment(*clocks(as_of, known_at, as_then_known))
        found = searched(desk, text, moment, "fr" if fr else "en", kind, None if kind else 1)
    if json:
        printing.as_json(found_record(found, moment))
        return
    if found.partly:
        printing.line("Nothing has all of these words; what follows has most of them.")
        printing.line()
    for group in found.groups:
        rows = [
            (find.key, find.span.words("fr" if fr else "en") if find.span else "", find.plain) for find in group.finds
        ]
        printing.line(f"{group.sort}: {group.count}")
        printing.table(("", "", ""), rows)
        printing.line()
    if not found.total:
        printing.line(f"Nothing known by {moment.known_at.isoformat()} holds {found.sought.asked!r}.")
    if found.nearest:
        printing.line(f"Did you mean: {'; '.join(found.nearest)}?")
    if found.alone:
        printing.line("By itself each part finds: " + "; ".join(f"{said} {count}" for said, count in found.alone))
