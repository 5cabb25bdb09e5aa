"""The command that computes the report's claims: claims."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from goodoffices.cli import printing
from goodoffices.cli.asking import desk_over
from goodoffices.cli.options import AsOf, Database, Json, KnownAt, ThenKnown, clocks


def claims(
    claim: Annotated[str, typer.Argument(metavar="[ID]", help="Only this claim, with its working.")] = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    json: Json = False,
) -> None:
    """Compute the report's claims from the record: what is expected, what was found, and whether it holds."""
    from goodoffices.desk.records import claim_record

    with desk_over(db) as desk:
        results = desk.claims(desk.moment(*clocks(as_of, known_at, as_then_known)), claim or None)
    if json:
        printing.as_json([claim_record(result) for result in results])
    elif claim:
        _working(results[0])
    else:
        _all(results)


def _all(results: Any) -> None:
    from goodoffices.claims.compute import totals

    rows = [
        (
            one.claim.id,
            one.verdict.value,
            "yes" if one.independent else "",
            one.claim.text,
            one.claim.expect.words,
            one.found_words + (f" ({one.off_by})" if one.off_by else ""),
        )
        for one in results
    ]
    printing.table(("claim", "verdict", "independent", "what the report says", "expected", "found"), rows)
    counted = totals(results)
    printing.line()
    for name, counts in (("all", counted.all), ("independent", counted.independent)):
        printing.line(f"{name}: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items()))


def _working(result: Any) -> None:
    printing.line(f"{result.claim.id}  {result.claim.text}")
    rows = [
        ("where", result.claim.locator),
        ("computed by", result.computed_by),
        ("which is", result.meaning),
        ("expected", result.claim.expect.words),
        ("found", result.found_words),
        ("verdict", result.verdict.value),
        ("off by", result.off_by),
        ("independent", "yes: each fact has a source besides the report" if result.independent else "no"),
        *(("missing", one) for one in result.found.missing),
        ("note", result.claim.note),
    ]
    printing.table(("", ""), [row for row in rows if row[1]])
    by_key = {fact.key: fact for fact in result.found.facts}
    if by_key:
        printing.line("\nfacts used:")
        printing.table(("", "", ""), [(fact.span.text, fact.text, fact.key) for fact in by_key.values()])
    if result.competing:
        printing.line("\nother accounts, not used:")
        printing.table(("", "", ""), [(fact.span.text, fact.text, fact.key) for fact in result.competing])
