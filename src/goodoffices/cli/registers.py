"""Commands that list registers: missions, operations."""

from __future__ import annotations

from typing import Annotated

import typer

from goodoffices.cli import printing
from goodoffices.cli.asking import desk_over
from goodoffices.cli.options import AsOf, Database, French, Json, KnownAt, ThenKnown, clocks
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.kinds import LEAD_TYPES, MISSION_TYPES


def missions(
    kind: Annotated[str, typer.Option("--type", help=f"Only this type: {', '.join(MISSION_TYPES)}.")] = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """List the missions of the United Nations: type, lead department, beginning and end, documents."""
    from goodoffices.desk.records import mission_record

    _known(kind, "--type", MISSION_TYPES)
    with desk_over(db) as desk:
        found = desk.missions(desk.moment(*clocks(as_of, known_at, as_then_known)))
    chosen = [one for one in found if not kind or one.type == kind]
    if json:
        printing.as_json([mission_record(one) for one in chosen])
        return
    rows = [
        (
            one.id,
            one.name_fr if fr else one.name,
            one.type.replace("_", " "),
            one.lead,
            one.start,
            one.end,
            "; ".join(one.documents[:2]) + (f" and {len(one.documents) - 2} more" if len(one.documents) > 2 else ""),
        )
        for one in chosen
    ]
    printing.table(("mission", "name", "type", "lead", "start", "end", "documents"), rows)


def operations(
    kind: Annotated[str, typer.Option("--lead-type", help=f"Only led by: {', '.join(LEAD_TYPES)}.")] = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """List operations that are not missions of the United Nations: who led, who authorised, whether the host agreed."""
    from goodoffices.desk.records import operation_record

    _known(kind, "--lead-type", LEAD_TYPES)
    with desk_over(db) as desk:
        found = desk.operations(desk.moment(*clocks(as_of, known_at, as_then_known)))
    chosen = [one for one in found if not kind or one.lead_type == kind]
    if json:
        printing.as_json([operation_record(one) for one in chosen])
        return
    rows = [
        (one.id, one.name_fr if fr else one.name, one.lead, one.start, one.end, one.authority, one.host_consent)
        for one in chosen
    ]
    printing.table(("operation", "name", "lead", "start", "end", "who authorised", "host consent"), rows)


def _known(given: str, option: str, words: tuple[str, ...]) -> None:
    if given and given not in words:
        raise BadRecord([Problem(option, f"{given!r} is none.", f"Possible: {', '.join(words)}.")])
