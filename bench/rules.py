"""The rule kernel over many histories, beside rivals that compute the same states: `python bench/rules.py`.

Six simple rules and random histories (`made_up.py`), told to each rival in its own terms (`rivals.py`). Every rival is
checked for the same states before it is timed. Times of rivals that take few histories are scaled to as many as ours.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import rivals
from figures import Figure, side_by_side, timed, told
from made_up import LAST, TYPES, random_histories, six_rules

from goodoffices.core.errors import BadRecord
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.desk import open_desk
from goodoffices.norms.evaluator import evaluate, kinds_looked_at
from goodoffices.norms.histories import Histories, histories_of
from goodoffices.norms.program import STATES, Program, compile_rules, refusals
from goodoffices.norms.rules import Rulebook
from goodoffices.norms.sweep import intervals, states_on
from goodoffices.rulebooks.shelf import rulebooks

RULES = len(rivals.RULES)
SEED = 20261122
UNTIL = date(2026, 12, 31)
EVERY_DAY = (UNTIL - date(2000, 1, 1)).days + 1
MANY = 1_000_000


def nanoseconds(seconds: float, histories: int, rules: int = RULES) -> float:
    """Nanoseconds a rule and history."""
    return seconds / histories / rules * 1e9


def compiled() -> Program:
    """The six rules, and the kernel compiled for them."""
    program = compile_rules(six_rules(), TYPES)
    assert program.rules == rivals.RULES
    few = random_histories(10, SEED)
    states_on(program, few, LAST)
    list(intervals(program, few, LAST))
    return program


def same(ours: rivals.States, theirs: object, who: str) -> None:
    """Stop where a rival gives other states than the kernel."""
    if not np.array_equal(ours, np.asarray(theirs)):
        raise SystemExit(f"{who} and the kernel differ: nothing to measure.")


# ---------------------------------------------------------------- rivals


def rival_figures(program: Program, count: int, rounds: int) -> list[Figure]:
    """The kernel over `count` histories beside each rival."""
    histories = random_histories(count, SEED)
    states = states_on(program, histories, LAST).state
    figures = []

    def kernel() -> object:
        return states_on(program, histories, LAST)

    def beside(who: str, what: str, taken: int, work: Callable[[], object], rules: int = RULES) -> None:
        ours, (wall, cpu) = side_by_side(kernel, work, rounds)
        scale, each = count / taken, nanoseconds(cpu, taken, rules)
        said = f"{each:,.0f} ns CPU a rule and history; {what}, {taken:,} histories"
        mine = ours[0] * rules / RULES, ours[1] * rules / RULES
        note = f"ours {nanoseconds(ours[1], count):.0f} ns, wall {nanoseconds(ours[0], count):.0f}; theirs {said}"
        name = f"states of {rules} rules, {count:,} histories"
        figures.append(Figure(name, "states_on", who, *mine, wall * scale, cpu * scale, note))

    some = min(count, 20_000)
    lists = rivals.as_lists(histories.part(0, some))
    for who, rule in (
        ("plain Python, one pass by hand", rivals.one_pass),
        ("plain Python, rule by rule by hand", rivals.rule_by_rule),
        ("plain Python, any such rules", rivals.AnyRules(six_rules(), TYPES)),
    ):
        same(states[:some], rivals.python_states(rule, lists, LAST), who)
        beside(who, "no reasons", some, partial(rivals.python_states, rule, lists, LAST))
    del lists
    frame = rivals.as_frame(histories)
    table = rivals.polars_states(frame, count, LAST).sort("history").drop("history")
    same(states, table.to_numpy(), "Polars")
    beside("Polars", "group-by and as-of joins", count, lambda: rivals.polars_states(frame, count, LAST))
    facts = rivals.as_facts(histories.part(0, 50), LAST)
    same(states[:50], rivals.clingo_states(facts), "clingo")
    beside("clingo", "one answer set a history", 50, lambda: rivals.clingo_states(facts))
    three = [rivals.RULES.index(one) for one in rivals.OPENFISCA_RULES]
    some = min(count, 10_000)
    population = rivals.as_simulation(histories.part(0, some), LAST)
    same(states[:some, three], rivals.openfisca_states(population, LAST), "OpenFisca")
    what = "day grid; without the status, the prohibition and the power"
    beside("OpenFisca", what, some, lambda: rivals.openfisca_states(population, LAST), rules=len(three))
    book, few = six_rules(), 100
    snapshots = [histories.snapshot(index, LAST, LAST) for index in range(few)]

    def all_reasons() -> list[dict[str, str]]:
        return [{one.rule: one.state for one in evaluate(book, snapshot)} for snapshot in snapshots]

    same(states[:few], [[rivals.CODE[found[rule]] for rule in rivals.RULES] for found in all_reasons()], "evaluate")
    beside("our case evaluator", "with all reasons", few, all_reasons)
    return figures


# ---------------------------------------------------------------- sizes, memory, threads


def size_figures(program: Program, count: int, rounds: int) -> list[Figure]:
    """The kernel at other sizes, its intervals, and two threads; each beside one thread and `count` histories."""
    histories = random_histories(count, SEED)
    few = histories.part(0, min(count, 1000))
    parts = [histories.part(count * half // 2, count * (half + 1) // 2) for half in range(2)]

    def all_intervals() -> int:
        return sum(len(one) for one in intervals(program, histories, LAST))

    def threads() -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda part: states_on(program, part, LAST), parts))

    one = timed(lambda: states_on(program, histories, LAST), rounds)
    found = all_intervals()
    figures = []
    for what, work, taken, more in (
        ("1,000 histories", lambda: [states_on(program, few, LAST) for _ in range(20)], 20 * len(few), "20 times over"),
        ("intervals", all_intervals, count, f"{found / count:.1f} intervals a history"),
        ("two threads", threads, count, "by wall"),
    ):
        wall, cpu = timed(work, rounds)
        each = f"{nanoseconds(cpu, taken):.0f} ns CPU, {nanoseconds(wall, taken):.0f} wall a rule and history"
        reference = one[0] * taken / count, one[1] * taken / count
        figures.append(
            Figure(
                f"kernel: {what}",
                "kernel",
                f"states of {count:,}, one thread",
                wall,
                cpu,
                *reference,
                f"{each}; {more}",
            )
        )
    return figures


def memory_figure(count: int, reference: tuple[float, float, int]) -> Figure:
    """Very many histories in a process of their own, made and run chunk by chunk."""
    command = [sys.executable, __file__, "--chunks", str(count)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    scale = count / reference[2]
    note = (
        f"{nanoseconds(found['cpu'], count):.0f} ns CPU, {nanoseconds(found['wall'], count):.0f} wall "
        f"a rule and history; "
        f"intervals {nanoseconds(found['intervals'], count):.0f} ns CPU ({found['found']:,} of them); "
        f"peak {found['peak'] / 2**20:.0f} MiB with making them (aim: under 1 GB)"
    )
    return Figure(
        f"kernel: {count:,} histories in chunks",
        "states_on",
        f"{reference[2]:,} at once",
        found["wall"],
        found["cpu"],
        reference[0] * scale,
        reference[1] * scale,
        note,
    )


def in_chunks(count: int, chunk: int = 50_000) -> dict[str, float]:
    """Make and run histories chunk by chunk; seconds in the kernel, and the most memory the process had."""
    program = compiled()
    wall = cpu = between = 0.0
    found = 0
    for number in range(-(-count // chunk)):
        part = random_histories(min(chunk, count - number * chunk), SEED + number)
        start = time.perf_counter(), time.process_time()
        states_on(program, part, LAST)
        wall, cpu = wall + time.perf_counter() - start[0], cpu + time.process_time() - start[1]
        begin = time.process_time()
        found += sum(len(one) for one in intervals(program, part, LAST))
        between += time.process_time() - begin
    return {"wall": wall, "cpu": cpu, "intervals": between, "found": found, "peak": peak()}


def peak() -> int:
    """The most memory this process had, in bytes. Where the kernel keeps it apart (Linux), without what the parent had
    when it forked: that counts in ru_maxrss."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


# ---------------------------------------------------------------- the casebook


def casebook_figures(folder: Path, rounds: int) -> list[Figure]:
    """Real cases through the kernel, as intervals over every day of 2000 to 2026; beside the case evaluator."""
    desk = open_desk(folder / "rules.db", lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))
    moment = desk.moment()
    cases = {case: desk.snapshot(case, moment) for case in desk.case_ids()}
    desk.close()
    books = rulebooks()
    began = time.process_time()
    ready: list[tuple[Rulebook, list[Snapshot], Histories, Program]] = []
    left: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    pairs = through = answers = 0
    for book in books:
        if not book.rules:
            continue
        pairs += len(cases)
        refused.update(_sort_of(why) for why in refusals(book).values())
        fit = []
        for snapshot in cases.values():
            narrow, why = _for_kernel(book, snapshot)
            left.update(why)
            fit += [narrow] if not why else []
        if fit:
            histories = histories_of(fit)
            program = compile_rules(book, histories.types)
            if program.rules:
                ready.append((book, fit, histories, program))
                through += len(fit)
                answers += len(fit) * len(program.rules)

    prepared = time.process_time() - began

    def all_days() -> int:
        return sum(len(one) for _, _, hists, prog in ready for one in intervals(prog, hists, UNTIL, UNTIL))

    found = all_days()
    hard = sum(int(one.hard.sum()) for _, _, hists, prog in ready for one in intervals(prog, hists, UNTIL, UNTIL))
    wall, cpu = timed(all_days, rounds)

    def one_day(day: date) -> None:
        for book, fit, _, program in ready:
            for snapshot in fit:
                evaluate(book, replace(snapshot, as_of=day), only=program.rules)

    reference = timed(lambda: one_day(date(2022, 6, 1)), max(2, rounds // 3))
    other = sum(_differences(*one, date(year, 7, 1)) for one in ready for year in range(2005, 2027, 3))
    rules = sum(len(book.rules) for book in books)
    kernel_rules = rules - sum(refused.values())
    listed = [", ".join(f"{why} {number}" for why, number in one.most_common()) for one in (left, refused)]
    note = (
        f"{through} of {pairs} pairs of case and rulebook, {answers} of {len(cases) * rules} of case and rule; "
        f"{found:,} intervals; {hard} pairs to weigh; left to the case evaluator: "
        f"{listed[0]} (pairs); {kernel_rules} of {rules} rules run, not: {listed[1]}; "
        f"{other} states differ from the evaluator's on eight days; {prepared * 1000:.0f} ms to sort out and compile"
    )
    scaled = (reference[0] * EVERY_DAY, reference[1] * EVERY_DAY)
    name = f"real cases, every day 2000-2026 ({len(cases)} cases)"
    return [Figure(name, "intervals", "our case evaluator, one day times the days", wall, cpu, *scaled, note)]


def _for_kernel(book: Rulebook, snapshot: Snapshot) -> tuple[Snapshot, list[str]]:
    """The facts of a snapshot that a rulebook looks at; and what keeps them from the kernel, the first reason only."""
    kinds = kinds_looked_at(book)
    narrow = replace(snapshot, facts=tuple(fact for fact in snapshot.facts if fact.kind in kinds), as_of=UNTIL)
    try:
        histories_of([narrow])
    except BadRecord as refused:
        said = {problem.found for problem in refused.problems}
        for word, why in (("no exact day", "coarse day"), ("competes", "competing account"), ("nobody", "open field")):
            if any(word in one for one in said):
                return narrow, [why]
        return narrow, ["other"]
    return narrow, []


def _sort_of(why: str) -> str:
    """The sort of a refusal, without the names of rules."""
    return next((one for one in ("yields to", "leans on", "may stand against") if why.startswith(one)), why)


def _differences(book: Rulebook, fit: list[Snapshot], histories: Histories, program: Program, day: date) -> int:
    """How many states the case evaluator gives otherwise for a day, of the histories that need no weighing."""
    states, found = states_on(program, histories, day, UNTIL), 0
    for index, snapshot in enumerate(fit):
        if not states.hard[index]:
            asked = replace(snapshot, as_of=day, known_at=UNTIL)
            told = {one.rule: one.state for one in evaluate(book, asked, only=program.rules)}
            found += sum(STATES[states.state[index, row]] != told[rule] for row, rule in enumerate(program.rules))
    return found


# ---------------------------------------------------------------- all of it


def rule_kernel_figures(folder: Path, rounds: int, quick: bool = False) -> list[Figure]:
    """All figures of the kernel."""
    program = compiled()
    count, many = (20_000, 100_000) if quick else (100_000, MANY)
    rounds = min(rounds, 7)
    found = rival_figures(program, count, rounds)
    found += size_figures(program, count, rounds)
    found.append(memory_figure(many, (found[0].wall, found[0].cpu, count)))
    return found + casebook_figures(folder, rounds)


def main() -> None:
    """Run the measurements of the kernel alone."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--quick", action="store_true", help="20,000 histories and few rounds")
    asked.add_argument("--chunks", type=int, default=0, help=argparse.SUPPRESS)  # what memory_figure asks its child for
    options = asked.parse_args()
    if options.chunks:
        print(json.dumps(in_chunks(options.chunks)))
        return
    with TemporaryDirectory() as name:
        figures = rule_kernel_figures(Path(name), 3 if options.quick else 7, options.quick)
    print(told(figures, options.json))


if __name__ == "__main__":
    main()
