"""Commands about what is installed rather than recorded: rules."""

from __future__ import annotations

from typing import Annotated

import typer

from goodoffices.cli import printing
from goodoffices.cli.options import Database, French, Json


def rules(
    rulebook: Annotated[str, typer.Argument(metavar="[RULEBOOK]", help="Only this rulebook.")] = "",
    db: Database = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """List the rules with their articles, and whether each reference was verified."""
    from goodoffices.desk.records import rulebook_record
    from goodoffices.rulebooks.shelf import rulebook as one_rulebook
    from goodoffices.rulebooks.shelf import rulebooks

    del db  # rules are content, not record
    books = (one_rulebook(rulebook),) if rulebook else rulebooks()
    if json:
        printing.as_json([rulebook_record(book) for book in books])
        return
    rows = []
    for book in books:
        for rule in book.rules:
            title = dict(rule.titles).get("fr", rule.title) if fr else rule.title
            for number, reference in enumerate(rule.references):
                first = (rule.id, rule.kind, title) if number == 0 else ("", "", "")
                rows.append((*first, reference.words, "verified" if reference.verified else "not verified"))
    printing.table(("rule", "kind", "title", "article", "reference"), rows)
