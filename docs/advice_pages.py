"""The page of the reference that follows from the advice and the report: what the one says and what the other, row by
row, in the words of the advice as it was on that day."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from goodoffices.advice.items import COURSES
from goodoffices.advice.language import ROOM, SECTIONS, section
from goodoffices.casebook.files import read_casebook
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.yamlfile import read_yaml
from goodoffices.desk.advising import advice_on
from goodoffices.desk.desk import now, open_desk
from goodoffices.desk.views import Moment

REPORT = ROOM / "report.yaml"
VERDICTS = {
    "agrees": "the report says, or wishes, what the advice says",
    "differs": "they part, or the advice comes too early or too late, or could not know",
    "silent": "the report says nothing on what the advice says",
}
# How an item stood that day, before its words.
STOOD = {"applies": "", "perhaps": "*perhaps:* ", "absent": "*not given:* "}
Row = dict[str, Any]


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _rows() -> list[Row]:
    problems: list[Problem] = []
    located = read_yaml(REPORT, problems)
    if located is None:
        raise BadRecord(problems)
    found: list[Row] = located.data["lines"]
    return found


def _titles() -> dict[str, tuple[str, Any]]:
    """The title and day 0 of each case."""
    facts = read_casebook().facts
    zeros = {one.subject: one.span.begins.shown for one in facts if one.kind == "seizure" and not one.competes_with}
    return {one.subject: (one.get("title"), zeros[one.subject]) for one in facts if one.kind == "case"}


def _tasks(rows: list[Row], titles: dict[str, tuple[str, Any]]) -> dict[tuple[str, str, str], str]:
    """What was said of each task: it hangs on the day, so the advice is worked out for each day with a row on one."""
    asked = sorted({(row["case"], row["day"]) for row in rows if row["came"] in COURSES})
    found: dict[tuple[str, str, str], str] = {}
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "ledger.db", recorder="docs")
        for case, days in asked:
            day = titles[case][1] + timedelta(days=int(days))
            advice = advice_on(desk, case, Moment(day, day, now().date()), names=("triage",))
            for item in advice.items:
                if item.course:
                    found[case, days, f"triage/{item.id.partition('/')[2]}"] = f"*{item.course}:* {item.text}"
        desk.close()
    return found


def _counted(rows: list[Row], named: dict[str, list[Row]], heading: str) -> str:
    lines = [f"| {heading} | rows | {' | '.join(VERDICTS)} |", "|---|---|" + "---|" * len(VERDICTS)]
    for name, mine in {**named, "**all**": rows}.items():
        counts = Counter(row["verdict"] for row in mine)
        lines.append(f"| {name} | {len(mine)} | {' | '.join(str(counts[one]) for one in VERDICTS)} |")
    return "\n".join(lines)


def _table(rows: list[Row], tasks: dict[tuple[str, str, str], str]) -> Iterator[str]:
    yield "| day | what the report says | what the advice says that day | verdict | why |\n|---|---|---|---|---|"
    for row in rows:
        name, _, item = row["advice"].partition("/")
        if row["came"] in COURSES:
            said = tasks[row["case"], row["day"], row["advice"]]
        else:
            text = next(one.text.en for one in section(name).items if one.id == item)
            said = STOOD[row["came"]] + text
        yield (
            f"| {row['day']} | {_cell(row['report'])} ({row['at']}) | {_cell(said)} `{row['advice']}` "
            f"| {row['verdict']} | {_cell(row.get('why', ''))} |"
        )


def report_page() -> str:
    """The comparison."""
    rows, titles = _rows(), _titles()
    tasks = _tasks(rows, titles)
    cases = list(dict.fromkeys(row["case"] for row in rows))
    by_case = {f"`{case}`": [row for row in rows if row["case"] == case] for case in cases}
    by_section = {f"`{name}`": [row for row in rows if row["advice"].startswith(f"{name}/")] for name in SECTIONS}
    parts = [
        "# The advice and the report",
        "The report of the International Peace Institute of March 2025, *UN Peace Operations and Unconstitutional "
        "Changes of Government*, tells how three missions dealt with four changes of government, and what they wish "
        "they had done. Each row holds one of its statements, in our own words, against the advice given on days 1, "
        "10, 100 and 500 **on what was known by then**. Much of what the report tells became known only with it: "
        "advice of the day could not lean on it, and such rows differ.",
        "A verdict compares two texts. It does not say who was right.",
        "\n".join(f"- *{verdict}*: {meaning}" for verdict, meaning in VERDICTS.items()),
        _counted(rows, by_case, "case"),
        _counted(rows, by_section, "section"),
        "The rows are in `goodoffices/advice/report.yaml`, in both languages; a test works the advice out anew and "
        "holds every row to it. Pages are those printed in the report.",
    ]
    for case in cases:
        title, zero = titles[case]
        parts.append(f"## {title}")
        parts.append(f"`{case}`, day 0: {zero.isoformat()}")
        parts.append("\n".join(_table([row for row in rows if row["case"] == case], tasks)))
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """The page by its file name."""
    return {"advice-and-report.md": report_page()}
