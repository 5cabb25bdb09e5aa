"""Commands that keep the casebook: casebook check, casebook diff, casebook version, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from goodoffices.cli import printing
from goodoffices.cli.asking import desk_over
from goodoffices.cli.options import AsOf, Database, French, Json, KnownAt, ThenKnown, clocks
from goodoffices.core.errors import BadRecord, Problem


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="[FILE]...", help="Case files. Default: the whole casebook.")
    ] = [],  # noqa: B006  # typer copies it
    json: Json = False,
) -> None:
    """Check case files: keys, kinds, dates, sources; of the whole casebook also what only shows across files (symbols,
    order, overlaps, membership, duplicates, claims), with a table of what is known of each case. Exit status 1 where
    something is refused."""
    from goodoffices.casebook.coverage import coverage
    from goodoffices.casebook.files import read_case
    from goodoffices.casebook.states import read_states

    problems: list[Problem] = []
    facts: list[Any] = []
    if files:
        for path in files:
            try:
                facts += read_case(path).facts
            except BadRecord as fault:
                problems += fault.problems
    else:
        problems, facts = _whole()
    # Which fields can apply to a case stands in the register of states.
    rows = coverage([*facts, *read_states()] if files and json else facts)
    if json:
        printing.as_json(_check_record(problems, facts, rows))
    else:
        for problem in problems:
            printing.line(str(problem))
        if problems:
            printing.line(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}; nothing was taken in.")
        else:
            if not files:
                _coverage(rows)
            printing.line(f"{len(facts):,} facts, no problem found.")
    if problems:
        sys.exit(1)


def _whole() -> tuple[list[Problem], list[Any]]:
    """The installed casebook, with everything wrong with it."""
    from goodoffices.casebook.checks import check_facts
    from goodoffices.casebook.files import read_casebook
    from goodoffices.claims.file import read_claims, unknown_keys

    try:
        facts = list(read_casebook().facts)
    except BadRecord as fault:
        return list(fault.problems), []
    problems = list(check_facts(facts))
    try:
        problems += unknown_keys(read_claims(), {fact.key for fact in facts})
    except BadRecord as fault:
        problems += fault.problems
    return problems, facts


def _check_record(problems: list[Problem], facts: list[Any], rows: Any) -> dict[str, Any]:
    from goodoffices.casebook.coverage import FIELDS

    return {
        "clean": not problems,
        "problems": [{"where": one.where, "found": one.found, "remedy": one.remedy} for one in problems],
        "facts": len(facts),
        "fields": [{"field": field.name, "asks": field.asks} for field in FIELDS],
        "coverage": [
            {
                "case": row.case,
                "country": row.country,
                "known": row.known,
                "asked": row.asked,
                "fields": {field.name: count for field, count in zip(FIELDS, row.counts, strict=True)},
                "gaps": list(row.gaps),
                "facts": row.facts,
                "sources": row.sources,
                "searched_until": row.searched_until,
            }
            for row in rows
        ],
    }


def _coverage(rows: Any) -> None:
    from goodoffices.casebook.coverage import FIELDS

    printing.line("Facts that answer each field (· none yet, – cannot apply), and gaps that are told as gaps:\n")
    columns = ("case", *(field.name for field in FIELDS), "gaps", "facts", "of fields")
    shown = [
        (
            row.case,
            *("–" if count is None else str(count or "·") for count in row.counts),
            str(len(row.gaps)),
            str(row.facts),
            f"{row.known}/{row.asked}",
        )
        for row in rows
    ]
    printing.table(columns, shown, wide=True)
    asked, known = sum(row.asked for row in rows), sum(row.known for row in rows)
    gaps = sum(len(row.gaps) for row in rows)
    printing.line()
    for field in FIELDS:
        printing.line(f"  {field.name}: {field.asks}")
    printing.line(
        f"\n{len(rows)} cases; {known:,} of {asked:,} fields answered ({known / asked:.0%}); {gaps} gaps told."
    )


def diff(
    edited: Annotated[
        Path,
        typer.Argument(metavar="FILE|DIR", help="An edited case file, a folder of them, or a whole casebook's folder."),
    ],
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    json: Json = False,
) -> None:
    """Show what an edited case file would change: facts, findings that flip, claims that flip; and what loading it does
    to a ledger that has the casebook as it was. Nothing is written to your record."""
    from goodoffices.desk.comparisons import difference_record
    from goodoffices.desk.desk import now
    from goodoffices.desk.differing import difference

    days = clocks(as_of, known_at, as_then_known)
    found = difference(edited, now, days, lambda text: printing.aside(f"{text} …"))
    if json:
        printing.as_json(difference_record(found))
        return
    if not (found.facts or found.findings or found.claims):
        printing.line("Nothing changes.")
        return
    _difference(found)


def _difference(found: Any) -> None:
    printing.line("facts:")
    printing.table(
        ("", "key", "was", "is"),
        [(one.what, one.fact.key, _told(one.before, one.after), _told(one.after, one.before)) for one in found.facts],
    )
    printing.line("\nfindings:" if found.findings else "\nNo finding changes.")
    if found.findings:
        rows = [
            ("flips" if one.flips else "", one.case, one.rule, _finding(one.before), _finding(one.after))
            for one in sorted(found.findings, key=lambda one: not one.flips)
        ]
        printing.table(("", "case", "rule", "was", "is"), rows)
    printing.line("\nclaims:" if found.claims else "\nNo claim changes.")
    if found.claims:
        rows = [
            (
                "flips" if one.flips else "",
                one.before.claim.id,
                one.before.claim.text,
                *map(_claim, (one.before, one.after)),
            )
            for one in sorted(found.claims, key=lambda one: not one.flips)
        ]
        printing.table(("", "claim", "what the report says", "was", "is"), rows)
    taken = found.taken_in
    printing.line(
        f"\nLoaded over the casebook as it is: {taken.added} new, {taken.corrected} corrected, "
        f"{taken.retracted} withdrawn."
    )


def _told(fact: Any, other: Any) -> str:
    """A fact beside its other version: only what differs, where there is another."""
    if fact is None:
        return ""
    record = fact.record()
    if other is None:
        return f"{record['when']}: {record['text']}"
    rest = other.record()
    value, past_value = record.pop("value", {}), rest.pop("value", {})
    flat, past = record | value, rest | past_value
    parts = []
    for name in dict.fromkeys([*flat, *past]):
        if flat.get(name) != past.get(name):
            value = flat.get(name, "–")
            shown = ", ".join(one["source"]["title"] for one in value) if name == "citations" else value
            parts.append(f"{name}: {shown}")
    return "; ".join(parts)


def _finding(finding: Any) -> str:
    if finding is None:
        return "–"
    parts = [finding.state.replace("_", " ")]
    if finding.day is not None:
        parts.append(f"day {finding.day}")
    days = (("since", finding.since), ("until", finding.until), ("due", finding.due), ("done", finding.performed_on))
    return ", ".join([*parts, *(f"{name} {day}" for name, day in days if day is not None)])


def _claim(result: Any) -> str:
    return f"{result.verdict.value!s}: {result.found_words}"


def version(fr: French = False, json: Json = False) -> None:
    """The casebook's version, which stands for its exact content, and how to cite it."""
    from goodoffices.casebook.edition import edition

    found = edition()
    if json:
        record = {"version": found.version, "searched_until": found.until.isoformat(), "sha256": found.digest}
        printing.as_json(record | {"citation": found.citation(), "citation_fr": found.citation("fr")})
    else:
        printing.line(found.version)
        printing.line(found.citation("fr" if fr else "en"))


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new, empty, or an earlier export.")],
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    json: Json = False,
) -> None:
    """Write the record as CSV files: cases, facts, sources, findings, missions, operations, claims, coverage, with the
    casebook's version and citation."""
    from goodoffices.casebook.edition import edition
    from goodoffices.desk.exporting import export as write

    with desk_over(db) as desk:
        moment = desk.moment(*clocks(as_of, known_at, as_then_known))
        done = write(desk, moment, folder, edition(), lambda text: printing.aside(f"{text} …"))
    if json:
        printing.as_json({"folder": str(done.folder), "version": edition().version, "rows": dict(done.rows)})
    else:
        printing.table(("file", "rows"), [(f"{name}.csv", f"{count:,}") for name, count in done.rows.items()])
        printing.line(f"\n{done.folder}: {edition().citation()}")
