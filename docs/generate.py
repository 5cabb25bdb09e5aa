"""Writes the pages of the reference that follow from the code and the casebook: commands.md, kinds.md,
casebook.md, sources.md, rules.md, api.md and advice-and-report.md in docs/reference.

Run `.venv/bin/python docs/generate.py` after changing a command, a kind of fact, a case file or advice; a test says
when it was forgotten.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from goodoffices.advice.language import section, signs
from goodoffices.cli.main import app
from goodoffices.core.kinds import FIELDS, KINDS, LASTING_KINDS, OWN_KINDS, STEPS, ValueField
from goodoffices.norms.rules import patterns_of
from goodoffices.rulebooks.shelf import rulebooks

sys.path.insert(0, str(Path(__file__).parent))  # also where the tests read this file from elsewhere
import advice_pages
import api_page
import casebook_pages
import rule_pages

FOLDER = Path(__file__).parent / "reference"
WIDTH = "96"
FORMS = {
    "text": "short free text",
    "number": "a number, digits only",
    "day": "a day (EDTF)",
    "key": "the key of another fact of the case",
    "actor": "an id of `casebook/actors.yaml`",
}


@functools.cache
def commands() -> list[tuple[tuple[str, ...], str]]:
    """Every command with its help, in the order of the command line."""

    def walk(command: Any, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield names
        for name, one in (inner or {}).items():
            yield from walk(one, (*names, name))

    runner = CliRunner(env={"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "GOODOFFICES_DATABASE_URL": None})
    found = []
    for names in walk(typer.main.get_command(app), ()):
        result = runner.invoke(app, [*names, "--help"], prog_name="goodoffices")
        found.append((names, "\n".join(line.rstrip() for line in result.stdout.strip().splitlines())))
    return found


def commands_page() -> str:
    """The page of commands."""
    parts = [
        "# Commands",
        "Each command does what the desk's verb of the same name does. Exit status: 0 all went well, whatever the "
        "findings say; 1 the command's own question was answered with no (`verify`, `casebook check`); 2 bad input. "
        "Problems go to standard error, one sentence each: what was found, where, what to do.",
        "`--as-of` and `--known-at` are the two clocks: when it was so, and when it was known. Without them both stand "
        "at today. `--as-then-known` sets both to one day.",
    ]
    for names, text in commands():
        parts.append(f"## goodoffices {' '.join(names)}\n\n```text\n{text}\n```")
    return "\n\n".join(parts) + "\n"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def _words(field: ValueField) -> str:
    if field.form == "choice":
        return _names(field.choices)
    return "depends on the kind, see below" if field.name == "step" else FORMS[field.form]


def kinds_page() -> str:
    """The page of kinds."""
    facts = [kind for name, kind in KINDS.items() if name not in OWN_KINDS]
    parts = [
        "# Kinds of fact",
        f"The closed list of `goodoffices/core/kinds.py`: {len(facts)} kinds for case files, and {len(OWN_KINDS)} that "
        "the record writes about itself. Rules, timelines and briefs are written against this list.",
        "*Organ* marks decisions and statements of organs (a diamond on the timeline, not a disc). *Public* marks acts "
        "that are published as a rule, so that finding none means something: with the others silence says nothing.",
        "| kind | what it records | must carry | may carry | organ | public |\n|---|---|---|---|---|---|\n"
        + "\n".join(
            f"| `{kind.name}` | {kind.meaning} | {_names(kind.needs)} | {_names(kind.may)} "
            f"| {'yes' if kind.organ_act else ''} | {'yes' if kind.public_record else ''} |"
            for kind in facts
        ),
        f"Facts of these kinds last, so their `when` must be a span: {_names(LASTING_KINDS)}.",
        "## Written by the record itself",
        "A case file gives these in its head, not among its facts.",
        "\n".join(f"- `{name}`: {KINDS[name].meaning}" for name in OWN_KINDS),
        "## Fields",
        "| field | what it may say |\n|---|---|\n"
        + "\n".join(f"| `{field.name}` | {_words(field)} |" for field in FIELDS.values()),
        "## Words of `step`",
        "| kind | words |\n|---|---|\n" + "\n".join(f"| `{kind}` | {_names(words)} |" for kind, words in STEPS.items()),
        "`not_established` and `not_shown` say that nobody knows; `contested` that accounts differ. A rule that asks "
        "for such a field comes out undetermined or disputed, never settled.",
        "## Words that rules look for",
        "Short free text may say anything, and a reader sees it as it is written. A rule, and with it a sentence of "
        "advice, reads it only in these words, letter for letter; a list of the rulebook may have them changed. Other "
        "words leave the rule as it was: then it may say that nothing is on record, though the fact stands beside it.",
        words_part(),
        "The triage of a mandate takes a task by its `subject_matter`; one that is not in this list is treated as "
        "`other`. A survey counts as one on support for the change where its `question` begins with *support* or "
        "*do you support*.",
    ]
    return "\n\n".join(parts) + "\n"


def _asked() -> dict[tuple[str, str], list[str]]:
    """The words of short free text that rules, signs and the triage look for, by kind and field."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for book in (*rulebooks(), signs()):
        lists = {one.name: re.split(r",\s+", one.value) for one in book.parameters}
        for pattern in (pattern for rule in book.rules for pattern in patterns_of(rule)):
            for field, choice in pattern.value:
                words = [one for word in choice for one in (lists[word[1:]] if word.startswith("$") else [word])]
                if FIELDS[field].form == "text" and field != "step":
                    for kind in pattern.kinds:
                        found.setdefault((kind, field), {}).update(dict.fromkeys(words))
    matters = [word for one in section("triage").courses for word in one.matters]
    found.setdefault(("mandated_task", "subject_matter"), {}).update(dict.fromkeys(matters))
    return {key: sorted(word for word in words if word != "-") for key, words in sorted(found.items())}


def words_part() -> str:
    """What to write in a field of short free text, so that a rule can read it."""
    rows = (f"| `{kind}` | `{field}` | {'; '.join(words)} |" for (kind, field), words in _asked().items() if words)
    return "| kind | field | words |\n|---|---|---|\n" + "\n".join(rows)


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    others = (casebook_pages, rule_pages, api_page, advice_pages)
    made = {name: text for one in others for name, text in one.pages().items()}
    return {"commands.md": commands_page(), "kinds.md": kinds_page()} | made


if __name__ == "__main__":
    os.makedirs(FOLDER, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
