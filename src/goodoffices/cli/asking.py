"""Commands that ask the record: cases, show, facts, timeline, brief, changes, history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from goodoffices.cli import printing
from goodoffices.cli.options import AsOf, Case, Database, French, Json, KnownAt, Reading, ThenKnown, clocks, pairs
from goodoffices.core.days import day_words, read_date
from goodoffices.core.errors import BadRecord, Broken, Problem


@contextmanager
def desk_over(database: str, take_in: bool = True) -> Iterator[Any]:
    """The desk, opened for one command and closed after it. A first intake says what it does."""
    from goodoffices.desk.desk import open_desk

    desk = open_desk(database or None, progress=lambda text: printing.aside(f"{text} …"), take_in=take_in)
    try:
        yield desk
    finally:
        desk.close()


def cases(
    db: Database = "", as_of: AsOf = "", known_at: KnownAt = "", as_then_known: ThenKnown = "", json: Json = False
) -> None:
    """List the cases: when, what, who governs, how the organisations answered."""
    from goodoffices.desk.records import case_row_record

    with desk_over(db) as desk:
        rows = desk.cases(desk.moment(*clocks(as_of, known_at, as_then_known)))
        if json:
            printing.as_json([case_row_record(row) for row in rows])
        else:
            shown = [
                (
                    row.id,
                    row.day,
                    row.category.replace("_", " "),
                    row.leader,
                    row.au,
                    row.region,
                    row.council,
                    str(row.facts),
                )
                for row in rows
            ]
            printing.table(
                ("case", "day 0", "what", "who governs", "African Union", "region", "Council", "facts"), shown
            )


def show(
    case: Case,
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """Show a case: where things stand, what comes next, what is not known."""
    language = "fr" if fr else "en"
    with desk_over(db) as desk:
        view = desk.case(case, desk.moment(*clocks(as_of, known_at, as_then_known)), language)
        if json:
            printing.as_json(_view_record(view))
            return
        moment = view.checked.moment
        printing.line(view.title_fr if fr else view.title)
        printing.line(f"as of {day_words(moment.as_of, language)}, as known on {day_words(moment.known_at, language)}")
        for fact in view.lead:
            printing.line(f"  {fact.said(language)}")
        printing.line()
        printing.table(("", "", ""), [(cell.label, cell.value, cell.detail) for cell in view.cells])
        if view.ahead:
            printing.line()
            printing.table(("next", ""), [(one.when, one.what) for one in view.ahead])
        if view.gaps:
            printing.line("\nnot known:")
            for fact in view.gaps:
                printing.line(f"  - {fact.said(language)}")


def _view_record(view: Any) -> dict[str, Any]:
    from goodoffices.desk.records import case_record

    return case_record(view)


def facts(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="The case's id, such as mali-2021.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Of every case and register: states, missions, operations, bodies.")
    ] = False,
    kind: Annotated[str, typer.Option("--kind", help="Only facts of this kind.")] = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    json: Json = False,
) -> None:
    """List a case's facts, or all facts, with their days, confidence and sources."""
    from goodoffices.core.kinds import KINDS
    from goodoffices.desk.records import fact_record

    if kind and kind not in KINDS:
        raise BadRecord([Problem("--kind", f"{kind!r} is no kind of fact.", f"Kinds: {', '.join(KINDS)}.")])
    if bool(case) == everything:
        said = "names a case beside --all." if case else "is missing."
        raise BadRecord([Problem("CASE", said, "Name a case, or ask for --all.")])
    with desk_over(db) as desk:
        moment = desk.moment(*clocks(as_of, known_at, as_then_known))
        listed = desk.everything(moment).facts if everything else desk.case(case, moment).facts
        found = [fact for fact in listed if not kind or fact.kind == kind]
        if json:
            printing.as_json([fact_record(fact, moment.hindsight) for fact in found])
        else:
            rows = [
                (
                    fact.span.text,
                    fact.kind,
                    fact.text,
                    fact.confidence,
                    "; ".join(one.words for one in fact.citations),
                    fact.key if everything else fact.name,
                )
                for fact in found
            ]
            printing.table(("when", "kind", "what", "confidence", "source", "key"), rows)


def timeline(
    case: Case,
    svg: Annotated[str, typer.Option("--svg", metavar="FILE", help="Write the figure to a file instead.")] = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """List what happened by actor, or draw it."""
    from goodoffices.briefs.timeline_svg import draw
    from goodoffices.desk.records import timeline_record

    language = "fr" if fr else "en"
    with desk_over(db) as desk:
        figure = desk.case(case, desk.moment(*clocks(as_of, known_at, as_then_known)), language).timeline
    if svg:
        save(Path(svg), draw(figure, language).encode())
    elif json:
        printing.as_json(timeline_record(figure))
    else:
        shapes = {"diamond": "decision", "disc": "event", "ring": "not kept", "box": "date uncertain"}
        rows = [
            (mark.when, lane.name, shapes[mark.shape], mark.text + (" (later)" if mark.later else ""))
            for lane, mark in figure.marks
        ]
        printing.table(("when", "who", "mark", "what"), rows)


def brief(
    case: Case,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="FILE.pdf, FILE.html or FILE.docx.")],
    reading: Reading = [],  # noqa: B006  # typer copies it
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
) -> None:
    """Print a two-page brief, every sentence with its source."""
    path = Path(output)
    form = path.suffix.lower().lstrip(".")
    if form not in ("pdf", "html", "docx"):
        raise BadRecord(
            [
                Problem(
                    "--output",
                    f"{output!r} is no kind of document we print.",
                    "End the name with .pdf, .html or .docx.",
                )
            ]
        )
    with desk_over(db) as desk:
        made = desk.brief(
            case,
            desk.moment(*clocks(as_of, known_at, as_then_known)),
            "fr" if fr else "en",
            pairs(reading, "--reading"),
        )
        save(path, desk.printed(made, form))
    printing.aside(f"{path} written.")


def changes(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="Only this case.")] = "",
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="The earlier day.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="The later day. Default: today.")] = "",
    recorded: Annotated[
        bool, typer.Option("--recorded", help="Compare what stood in this ledger on those days, not what was known.")
    ] = False,
    db: Database = "",
    json: Json = False,
) -> None:
    """What is new between two days of knowledge."""
    from goodoffices.desk.records import change_record

    if not start:
        raise BadRecord(
            [Problem("--from", "is missing.", "Give the day of the last brief, such as --from 2021-05-25.")]
        )
    with desk_over(db) as desk:
        last = read_date(end, "--to") if end else desk.today()
        found = desk.changes(read_date(start, "--from"), last, case or None, recorded)
        if json:
            printing.as_json([change_record(change) for change in found])
        elif not found:
            printing.line("Nothing new.")
        else:
            printing.table(
                ("", "when", "known", "what", "key"),
                [
                    (one.what, one.fact.span.text, one.fact.known_at.isoformat(), one.fact.text, one.fact.key)
                    for one in found
                ],
            )


def history(
    key: Annotated[str, typer.Argument(metavar="KEY", help="A fact's key, such as mali-2021/au-suspension.")],
    db: Database = "",
    json: Json = False,
) -> None:
    """Every entry about one fact: recorded, corrected, withdrawn, by whom and why."""
    from goodoffices.desk.records import entry_record

    with desk_over(db) as desk:
        entries = desk.history(key)
    if json:
        printing.as_json([entry_record(entry) for entry in entries])
    else:
        rows = [
            (
                str(one.seq),
                one.verb,
                one.recorded_at[:19],
                one.recorder,
                one.effective_from.isoformat(),
                one.reason,
                one.fact.text,
            )
            for one in entries
        ]
        printing.table(("entry", "verb", "recorded (UTC)", "by", "counts from", "reason", "content"), rows)


def save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise Broken(f"{path} cannot be written: {fault.strerror}.") from fault
