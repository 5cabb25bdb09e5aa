"""Commands about what is installed rather than recorded: rules, casebook check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli import printing
from goodoffices.cli.options import Database, French, Json
from goodoffices.core.errors import BadRecord, Problem


def rules(
    rulebook: Annotated[str, typer.Argument(metavar="[RULEBOOK]", help="Only this rulebook.")] = "",
    db: Database = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """List the rules with their articles, and whether each reference was verified."""
    from goodoffices.desk.views import rulebook_record
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


def casebook_check(
    files: Annotated[
        list[Path], typer.Argument(metavar="[FILE]...", help="Case files. Default: the whole casebook.")
    ] = [],  # noqa: B006  # typer copies it
) -> None:
    """Check case files: keys, kinds, dates, sources. Exit status 1 where one is refused."""
    from goodoffices.casebook.files import read_case, read_casebook

    problems: list[Problem] = []
    count = 0
    if files:
        for path in files:
            try:
                count += len(read_case(path).facts)
            except BadRecord as fault:
                problems += fault.problems
    else:
        try:
            count = len(read_casebook().facts)
        except BadRecord as fault:
            problems += fault.problems
    for problem in problems:
        printing.line(str(problem))
    if problems:
        printing.line(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}; nothing was taken in.")
        sys.exit(1)
    printing.line(f"{count:,} facts, no problem found.")
