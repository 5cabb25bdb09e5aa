"""Commands that ask what rules made of cases: check, why, deviations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from goodoffices.cli import printing
from goodoffices.cli.asking import desk_over
from goodoffices.cli.options import AsOf, Case, Database, French, Json, KnownAt, Reading, ThenKnown, clocks, pairs
from goodoffices.core.errors import BadRecord, Problem

_QUIET: Final = {
    "en": "{count} more rules ask nothing of this case (--all lists them).",
    "fr": "{count} autres règles ne demandent rien dans ce cas (--all les montre).",
}
_NO_RULE: Final = {
    "en": "{title}: no rule found (sources searched: {searched}).",
    "fr": "{title} : aucune règle trouvée (sources examinées : {searched}).",
}


def check(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="The case's id, such as mali-2021.")] = "",
    *,
    case_file: Annotated[
        Path | None, typer.Option("--case-file", metavar="FILE", help="A case of your own, in the casebook's form.")
    ] = None,
    assume: Annotated[
        Path | None,
        typer.Option("--assume", metavar="FILE", help="Facts to add (facts:) or take away (remove:): what flips."),
    ] = None,
    rulebook: Annotated[str, typer.Option("--rulebook", help="Only this rulebook.")] = "",
    every: Annotated[bool, typer.Option("--all", help="List rules too that ask nothing of this case.")] = False,
    reading: Reading = [],  # noqa: B006  # typer copies it
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """What each rule made of a case: duties, terms, statuses, apparent deviations. Of a case on record, of one in a
    file alone (--case-file), or of one as it would be (--assume)."""
    from goodoffices.desk.comparisons import supposed_record
    from goodoffices.desk.records import checked_record
    from goodoffices.desk.supposing import check_file, suppose

    _one_case(case, case_file, assume)
    language = "fr" if fr else "en"
    with desk_over(db) as desk:
        moment = desk.moment(*clocks(as_of, known_at, as_then_known))
        asked = (rulebook or None, pairs(reading, "--reading"))
        if assume is not None:
            supposed = suppose(desk, case, moment, assume, *asked)
            if json:
                printing.as_json(supposed_record(supposed))
            else:
                _flips(supposed, language)
            return
        checked = check_file(desk, case_file, moment, *asked) if case_file else desk.check(case, moment, *asked)
    if json:
        printing.as_json(checked_record(checked))
        return
    _checked(checked, language, every)
    if case:
        printing.aside(f"`goodoffices why {case} RULE` gives the reasons.")


def _one_case(case: str, case_file: Path | None, assume: Path | None) -> None:
    if bool(case) == (case_file is not None):
        said = "is given beside --case-file." if case else "is missing."
        raise BadRecord([Problem("CASE", said, "Name a case of the record, or a file with --case-file.")])
    if case_file is not None and assume is not None:
        remedy = "Put what you suppose into the file itself."
        raise BadRecord([Problem("--assume", "goes with a case of the record, not with --case-file.", remedy)])


def _checked(checked: Any, language: str, every: bool) -> None:
    from goodoffices.briefs.compose import state_sentence

    rows = []
    shown = [finding for finding in checked.findings if every or not finding.quiet]
    for finding in sorted(shown, key=lambda one: (one.quiet, one.kind == "definition")):
        observed = checked.observed.get(finding.rule)
        state = state_sentence(finding, observed.words if observed else "", language)
        due = finding.due.isoformat() if finding.due else ""
        mark = "" if finding.verified else " (reference not verified)"
        rows.append((finding.rule, finding.said(language), due, state, finding.citation + mark))
    printing.table(("rule", "who must do what", "by", "state", "article"), rows)
    quiet = len(checked.findings) - len(shown)
    if quiet:
        printing.line("\n" + _QUIET[language].format(count=quiet))
    for book in checked.no_rule:
        printing.line(_no_rule(book, language))


def _no_rule(book: Any, language: str) -> str:
    """That a body has no rule on such changes, and where one was looked for."""
    title = book.title_fr if language == "fr" else book.title
    return _NO_RULE[language].format(title=title, searched="; ".join(book.no_rule.searched))


def _flips(supposed: Any, language: str) -> None:
    from goodoffices.briefs.compose import state_sentence

    if not supposed.flips:
        printing.line("Nothing changes.")
        return
    rows = [
        (
            "flips" if one.flips else "",
            one.rule,
            one.before.said(language),
            state_sentence(one.before, "", language),
            state_sentence(one.after, "", language),
        )
        for one in sorted(supposed.flips, key=lambda one: not one.flips)
    ]
    printing.table(("", "rule", "who must do what", "on record", "supposed"), rows)


def deviations(
    rulebook: Annotated[str, typer.Option("--rulebook", help="Only this rulebook.")] = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """What texts asked and practice did not do, over all cases: apparent deviations, acts done late, and divergences
    from soft law or from a body's own practice. Silence under a text without a term is never among them."""
    from goodoffices.briefs.compose import state_sentence
    from goodoffices.desk.records import deviation_record

    language = "fr" if fr else "en"
    with desk_over(db) as desk:
        found = desk.deviations(desk.moment(*clocks(as_of, known_at, as_then_known)), rulebook or None)
        books = desk.rules(rulebook or None)
    if json:
        printing.as_json([deviation_record(case, finding) for case, finding in found])
        return
    rows = [
        (
            finding.rule,
            case,
            state_sentence(finding, "", language),
            finding.said(language),
            finding.citation,
        )
        for case, finding in found
    ]
    printing.table(("rule", "case", "state", "who must do what", "article"), rows)
    for book in books:
        if book.no_rule:
            printing.line(_no_rule(book, language))


def why(
    case: Case,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule's id, such as au.suspend.")],
    *,
    reading: Reading = [],  # noqa: B006  # typer copies it
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    fr: French = False,
    json: Json = False,
) -> None:
    """The tree of reasons behind one finding: facts, articles, readings, absences, and what was known only later."""
    from goodoffices.briefs.compose import state_sentence
    from goodoffices.desk.records import finding_record, reason_record
    from goodoffices.norms.wording import lines

    language = "fr" if fr else "en"
    with desk_over(db) as desk:
        moment = desk.moment(*clocks(as_of, known_at, as_then_known))
        finding, _ = desk.why(case, rule, moment, pairs(reading, "--reading"))
    if json:
        record = {"case": case, "as_of": moment.as_of.isoformat(), "known_at": moment.known_at.isoformat()}
        printing.as_json(record | {"finding": finding_record(finding), "tree": reason_record(finding.tree, language)})
        return
    printing.line(f"{finding.said(language)}: {state_sentence(finding, '', language)}")
    for reference in finding.references:
        mark = "" if reference.verified else " (reference not verified)"
        given = f", {reference.attribution}" if reference.attribution else ""
        printing.line(f"  {reference.words}{given}{mark}: {reference.said}")
    if finding.our_reading:
        printing.line("  Rests on our own reading that this was an unconstitutional change of government.")
    for text in lines(finding.tree, language):
        printing.line(text)


def patterns(
    name: Annotated[str, typer.Argument(metavar="[TABLE]", help="Which table; without it, what there is.")] = "",
    db: Database = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    as_then_known: ThenKnown = "",
    json: Json = False,
) -> None:
    """Tables over all cases: days to suspension, kinds of change against answers, the Council by its agenda, who was in
    line with whom. A blank says that no act is known, never that there was none."""
    from goodoffices.briefs.patterns import NAMES
    from goodoffices.desk.comparisons import table_record

    if not name:
        if json:
            printing.as_json([{"table": one, "title": title} for one, title in NAMES.items()])
        else:
            printing.table(("table", "what it shows"), list(NAMES.items()))
        return
    with desk_over(db) as desk:
        moment = desk.moment(*clocks(as_of, known_at, as_then_known))
        table = desk.patterns(name, moment)
    if json:
        printing.as_json(table_record(table, moment))
    else:
        printing.line(table.title + "\n")
        printing.table(table.columns, table.rows)
