"""Measures Good Offices against references in the same run: `make bench`.

Nothing here is a test: machines are noisy, so each figure stands beside a rival or a reference measured in the same
run, as a ratio. CPU time stands beside wall time. `--json` prints the figures for a program; `--quick` measures less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from figures import Figure, timed, told
from made_up_facts import many_facts
from rules import rule_kernel_figures
from sqlalchemy import select

from goodoffices.casebook.files import CASES, STATES
from goodoffices.core.facts import Fact, fact_from_record
from goodoffices.core.markings import Marking
from goodoffices.desk.desk import open_desk
from goodoffices.ledger.schema import entry
from goodoffices.ledger.store import Ledger, open_ledger
from goodoffices.norms.evaluator import evaluate
from goodoffices.rulebooks.shelf import rulebooks

DAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
COMMAND = str(Path(sys.executable).with_name("goodoffices"))


def clock() -> datetime:
    """A clock that stands still."""
    return DAY


def child(command: list[str], rounds: int, env: dict[str, str] | None = None) -> tuple[float, float]:
    """Median wall and CPU seconds of a program, start to end."""
    walls, cpus = [], []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        walls.append(time.perf_counter() - wall)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(walls), median(cpus)


# ---------------------------------------------------------------- the ledger


def scan(ledger: Ledger, subject: str, known_at: date) -> list[Fact]:
    """The rival: read the raw log from its first entry, keep what counts. No index, the same answer."""
    latest: dict[str, object] = {}
    with ledger._engine.connect() as connection:  # the rival needs the bare table
        for row in connection.execute(select(entry).order_by(entry.c.seq)):
            if row.subject == subject and row.effective_from <= known_at.isoformat():
                latest[row.fact_key] = row
    counted = [
        row
        for row in latest.values()
        if row.verb != "retract" and row.known_at <= known_at.isoformat() and row.marking == 0
    ]
    return [fact_from_record(json.loads(row.payload)) for row in counted]


def ledger_figures(folder: Path, count: int, rounds: int) -> list[Figure]:
    """A snapshot of one case out of many facts, beside a plain scan of the log."""
    ledger = open_ledger(folder / "many.db", clock)
    facts = many_facts(count)
    wall, cpu = time.perf_counter(), time.process_time()
    ledger.assert_facts(facts, "bench")
    wrote = time.perf_counter() - wall, time.process_time() - cpu
    known = date(2020, 1, 1)
    ours = ledger.snapshot(("utopia-1500",), known, known, Marking.UNCLASSIFIED)
    assert {fact.key for fact in ours.facts} == {fact.key for fact in scan(ledger, "utopia-1500", known)}
    mine = timed(lambda: ledger.snapshot(("utopia-1500",), known, known), rounds * 5)
    rival = timed(lambda: scan(ledger, "utopia-1500", known), max(3, rounds // 3))
    check = timed(ledger.verify, 1)
    head = ledger.head()
    ledger.close()
    return [
        Figure(
            f"snapshot of one case out of {count:,} facts",
            "Ledger.snapshot",
            "plain scan of the raw log",
            *mine,
            *rival,
            f"{len(ours.facts)} facts known; writing took {wrote[0]:.1f} s ({wrote[1]:.1f} s CPU), "
            f"verify of {head.seq:,} entries {check[0]:.1f} s",
        )
    ]


def loading_figures(folder: Path, rounds: int) -> list[Figure]:
    """The whole casebook read and recorded in an empty ledger, beside a bare parse of the same files by libyaml."""
    import yaml

    paths = [*sorted(CASES.glob("*.yaml")), STATES, *sorted((STATES.parent / "registers").glob("*.yaml"))]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    numbers = iter(range(1_000))
    entries = []

    def load() -> None:
        desk = open_desk(folder / f"loading-{next(numbers)}.db", clock)
        entries.append(desk.head().seq)
        desk.close()

    def load_again() -> None:
        desk = open_desk(folder / "loading-0.db", clock)
        assert desk.head().seq == entries[0]
        desk.close()

    few = max(3, rounds // 3)
    ours = timed(load, few)
    again = timed(load_again, few)
    rival = timed(lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts], few)
    assert len(set(entries)) == 1
    note = (
        f"{entries[0]:,} entries from {len(paths)} files, {sum(map(len, texts)) / 1e6:.1f} MB; "
        f"a second load adds nothing and takes {again[1] * 1000:.0f} ms CPU"
    )
    return [Figure("casebook into an empty ledger", "open_desk", "bare parse by libyaml", *ours, *rival, note)]


# ---------------------------------------------------------------- rules and documents


def rule_figures(folder: Path, rounds: int) -> list[Figure]:
    """The case evaluator, per case and rule, with all reasons; beside reading the same facts back from the ledger."""
    desk = open_desk(folder / "casebook.db", clock)
    moment = desk.moment()
    snapshots = [desk.snapshot(case, moment) for case in desk.case_ids()]
    books = rulebooks()
    rules = sum(len(book.rules) for book in books)

    def all_rules() -> None:
        for snapshot in snapshots:
            for book in books:
                evaluate(book, snapshot)

    def all_snapshots() -> None:
        for case in desk.case_ids():
            desk.snapshot(case, moment)

    wall, cpu = timed(all_rules, rounds)
    reference = timed(all_snapshots, rounds)
    each = len(snapshots) * rules
    note = f"{cpu / each * 1e6:.0f} microseconds CPU a case and rule ({len(snapshots)} cases, {rules} rules)"
    figures = [Figure("all rules on all cases", "evaluate", "reading the same snapshots", wall, cpu, *reference, note)]
    figures.append(_brief_figure(desk, rounds))
    desk.close()
    return figures


def _brief_figure(desk: object, rounds: int) -> Figure:
    import typst

    moment = desk.moment(date(2021, 6, 15))  # type: ignore[attr-defined]
    brief = desk.brief("mali-2021", moment)  # type: ignore[attr-defined]
    made = timed(lambda: desk.printed(desk.brief("mali-2021", moment), "pdf"), rounds)  # type: ignore[attr-defined]
    empty = timed(lambda: typst.compile(b'#set page(paper: "a4")\nHello', ignore_system_fonts=True), rounds)
    size = len(desk.printed(brief, "pdf"))  # type: ignore[attr-defined]
    return Figure(
        "brief as PDF, from the ledger to the bytes",
        "desk.brief, printed",
        "Typst on an empty page",
        *made,
        *empty,
        f"{size / 1024:.0f} KiB",
    )


# ---------------------------------------------------------------- starting


def start_figures(folder: Path, rounds: int) -> list[Figure]:
    """Cold start of a command, and the first page after a start."""
    env = os.environ | {"GOODOFFICES_DATABASE_URL": str(folder / "casebook.db")}
    ours = child([COMMAND, "check", "mali-2021", "--json"], rounds, env)
    bare = child([sys.executable, "-c", "import sqlalchemy, pydantic, typer, yaml"], rounds)
    figures = [
        Figure(
            "cold start of `check mali-2021`",
            "the command, whole",
            "importing its libraries, nothing else",
            *ours,
            *bare,
            "aim: under 1 s CPU",
        )
    ]
    app = (
        "import sys,uvicorn;from fastapi import FastAPI;a=FastAPI();a.get('/')(lambda:'x');"
        "uvicorn.run(a,port=int(sys.argv[1]),log_level='error')"
    )
    mine = [first_page([COMMAND, "serve", "--port"], "/cases/mali-2021", env) for _ in range(max(2, rounds // 3))]
    rival = [first_page([sys.executable, "-c", app], "/", env) for _ in range(max(2, rounds // 3))]
    figures.append(
        Figure(
            "first case page after a start",
            "serve, /cases/mali-2021",
            "an application of one line",
            *(median(column) for column in zip(*mine, strict=True)),
            *(median(column) for column in zip(*rival, strict=True)),
        )
    )
    return figures


def first_page(command: list[str], path: str, env: dict[str, str]) -> tuple[float, float]:
    """Wall and CPU seconds from starting a server to its first answer. Only ever asks this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    server = subprocess.Popen([*command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10).read()
                break
            except OSError:
                time.sleep(0.02)
        wall = time.perf_counter() - start
    finally:
        server.terminate()
        server.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Run all measurements and print them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--quick", action="store_true", help="20,000 facts and histories, few rounds")
    options = asked.parse_args()
    count, rounds = (20_000, 3) if options.quick else (100_000, 9)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for step, measure in (
            ("loading the casebook", lambda: loading_figures(folder, rounds)),
            ("rules and documents", lambda: rule_figures(folder, rounds)),
            ("rules over many histories", lambda: rule_kernel_figures(folder, rounds, options.quick)),
            ("starting", lambda: start_figures(folder, rounds)),
            (f"a ledger of {count:,} facts", lambda: ledger_figures(folder, count, rounds)),
        ):
            sys.stderr.write(f"measuring: {step} ...\n")
            figures += measure()
    print(told(figures, options.json))


if __name__ == "__main__":
    main()
