"""Commands that set cases side by side: compare, precedents."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from goodoffices.cli import printing
from goodoffices.cli.asking import desk_over
from goodoffices.cli.options import AsOf, Case, Database, Json, KnownAt, ThenKnown, clocks
from goodoffices.core.days import day_words


def compare(
    cases: Annotated[list[str], typer.Argument(metavar="CASE", help="Two or more ids of cases.")] = [],  # noqa: B006  # typer copies it
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    json: Json = False,
) -> None:
    """Set cases side by side: for each organisation and kind of act the day after the seizure on which it first came,
    then what was done in order of time. "no act known" never means that there was none."""
    from goodoffices.briefs.comparing import NO_ACT
    from goodoffices.desk.comparisons import comparison_record

    with desk_over(db) as desk:
        found = desk.compare(cases, desk.moment(*clocks(as_of, known_at, as_then_known)))
    if json:
        printing.as_json(comparison_record(found))
        return
    _heading(found)
    ids = [one.case for one in found.columns]
    for one in found.columns:
        flags = f" [{'; '.join(one.flags)}]" if one.flags else ""
        printing.line(f"  {one.case}: {one.title}, day 0 is {one.zero or 'not known'}{flags}")
    printing.line("\nFirst act of each kind, in days from the seizure:")
    rows = []
    last = ""
    for row in found.rows:
        cells = [cell.words if cell else NO_ACT for cell in row.cells]
        rows.append((row.name if row.name != last else "", row.label, *cells))
        last = row.name
    printing.table(("organisation", "act", *ids), rows)
    printing.line("\nThe same acts in order of time (--json gives all acts with their facts):")
    printing.table(("", *ids), _aligned(found))


def precedents(
    case: Case,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="How many cases to list.")] = 5,
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    json: Json = False,
) -> None:
    """List the cases most like one, what makes them alike, and how each was answered. Only cases whose seizure was
    known on the day of knowledge are looked at."""
    from goodoffices.desk.comparisons import precedents_record

    with desk_over(db) as desk:
        found = desk.precedents(case, desk.moment(*clocks(as_of, known_at, as_then_known)), top)
    if json:
        printing.as_json(precedents_record(found))
    else:
        _explained(found)


def _heading(found: Any) -> None:
    printing.line(f"as of {day_words(found.as_of)}, as known on {day_words(found.known_at)}")


def _aligned(found: Any) -> list[tuple[str, ...]]:
    """The acts of the matrix by day: one line a day, one column a case; what has no exact day stands at its last."""
    lines: dict[tuple[int, int, str], list[list[str]]] = {}
    for number, steps in enumerate(found.sequences):
        for step in steps:
            if not step.first:
                continue
            when = step.when
            place = (when.last is None, when.last or 0, f"day {when.day}" if when.day is not None else when.words)
            cells = lines.setdefault(place, [[] for _ in found.columns])
            cells[number].append(f"{step.name}: {step.label}")
    return [(place[2], *("; ".join(cell) for cell in lines[place])) for place in sorted(lines)]


def _explained(found: Any) -> None:
    from goodoffices.briefs.comparing import NO_ACT
    from goodoffices.briefs.precedents import FEATURES

    printing.line(f"Cases most like {found.head.case} ({found.head.title}, day 0 {found.head.zero}), of {found.among}")
    _heading(found)
    printing.line(
        "\nLikeness is the weight of the features that are alike, out of the weight of those known for both cases.\n"
        "The weights are our judgement. How organisations answered is no feature."
    )
    values = dict(found.features)
    rows = [(one.name, str(one.weight), _plain(values[one.name]), one.why) for one in FEATURES]
    printing.table(("feature", "weight", "here", "why it counts"), rows)
    if not found.found:
        printing.line("\nNo other case was known.")
    for rank, one in enumerate(found.found, 1):
        later = ", later than the case asked about" if one.later else ""
        flags = f" [{'; '.join(one.head.flags)}]" if one.head.flags else ""
        share = f"{one.shared} of {one.weighed}, {one.likeness:.0%}"
        printing.line(f"\n{rank}. {one.head.case}: {one.head.title}{later}{flags}. Likeness {share}.")
        printing.line("   alike: " + (_pairs(one.alike) or "nothing"))
        printing.line("   differs: " + (_pairs(one.differ) or "nothing"))
        if one.not_known:
            printing.line("   not known for both: " + ", ".join(pair.feature for pair in one.not_known))
    printing.line("\nHow each was answered, in days from its seizure:")
    heads = [found.head, *(one.head for one in found.found)]
    columns = [found.milestones, *(one.milestones for one in found.found)]
    table = []
    for steps in zip(*columns, strict=True):
        empty = "not known" if steps[0].by_authorities else NO_ACT
        table.append(
            (steps[0].name, *(f"{one.what}, {one.response.words}" if one.response else empty for one in steps))
        )
    printing.table(("", *(one.case for one in heads)), table)
    printing.line(
        "\nWhere another change came shortly before, a suspension of then may still have stood: see the earlier case."
    )


def _plain(value: str) -> str:
    return value.replace("_", " ") or "not known"


def _pairs(pairs: Any) -> str:
    said = []
    for pair in pairs:
        there = "" if pair.here == pair.there else f", there {_plain(pair.there)}"
        said.append(f"{pair.feature} ({_plain(pair.here)}{there}; {pair.weight})")
    return ", ".join(said)
