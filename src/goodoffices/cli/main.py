"""The command `goodoffices`. Each verb does what the desk's verb of the same name does.

Exit status: 0 all went well; 1 the command's question was answered with no (`verify`, `casebook check`); 2 bad input.
"""

from __future__ import annotations

import os
import sys

import typer

from goodoffices.cli import (
    advising,
    asking,
    claiming,
    comparing,
    contents,
    findings,
    keeping,
    registers,
    searching,
    writing,
)
from goodoffices.core.errors import BadRecord, BadRule, GoodOfficesError

app = typer.Typer(
    name="goodoffices",
    help="What happened, what each organisation's rules asked, what was done, and why we say so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
case_app = typer.Typer(help="Open a case of your own.", no_args_is_help=True, rich_markup_mode=None)
casebook_app = typer.Typer(help="The casebook's files.", no_args_is_help=True, rich_markup_mode=None)

app.command("cases", short_help="List the cases, newest first.")(asking.cases)
app.command("show", short_help="Where a case stands, what comes next, what is not known.")(asking.show)
app.command("search", short_help="Words, names, symbols: where they stand in the record.")(searching.search)
app.command("facts", short_help="A case's facts, with their sources.")(asking.facts)
app.command("timeline", short_help="What happened by actor, as a list or a figure.")(asking.timeline)
app.command("check", short_help="What each rule made of a case.")(findings.check)
app.command("deviations", short_help="Where practice departed from the texts, over all cases.")(findings.deviations)
app.command("why", short_help="The reasons behind one finding.")(findings.why)
app.command("advise", short_help="What a mission's rules and experience suggest, and why.")(advising.advise)
app.command("plan", short_help="A contingency plan for a mission in a country.")(advising.plan)
app.command("compare", short_help="Cases side by side: who did what on which day.")(comparing.compare)
app.command("precedents", short_help="The cases most like one, and how they were answered.")(comparing.precedents)
app.command("patterns", short_help="How organisations answer, over all cases.")(findings.patterns)
app.command("rules", short_help="The rules, their articles, and what was verified.")(contents.rules)
app.command("claims", short_help="The report's claims, computed from the record.")(claiming.claims)
app.command("missions", short_help="The register of UN missions.")(registers.missions)
app.command("operations", short_help="The register of other operations.")(registers.operations)
app.command("brief")(asking.brief)
app.command("changes", short_help="What became known between two days.")(asking.changes)
app.command("history", short_help="Every entry about one fact.")(asking.history)
app.command("record")(writing.record)
app.command("correct")(writing.correct)
app.command("retract")(writing.retract)
app.command("export", short_help="Write the record as CSV files.")(keeping.export)
app.command("verify")(writing.verify)
app.command("serve", short_help="Open the pages in a browser.")(writing.serve)
case_app.command("new")(writing.new_case)
casebook_app.command("check", short_help="Check the casebook, and show what it knows of each case.")(keeping.check)
casebook_app.command("diff", short_help="What an edited case file would change.")(keeping.diff)
casebook_app.command("version", short_help="The casebook's version, and how to cite it.")(keeping.version)
app.add_typer(case_app, name="case")
app.add_typer(casebook_app, name="casebook")


@app.callback()
def _about() -> None:
    """What happened, what each organisation's rules asked, what was done, and why we say so."""


def run() -> None:
    """Entry point: runs a command; errors made on purpose become plain sentences and exit status 2."""
    try:
        app(prog_name="goodoffices")
    except (BadRecord, BadRule) as fault:
        for problem in fault.problems:
            sys.stderr.write(f"goodoffices: {problem}\n")
        sys.exit(2)
    except GoodOfficesError as fault:
        sys.stderr.write(f"goodoffices: {fault}\n")
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
