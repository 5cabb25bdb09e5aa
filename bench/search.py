"""The search: making the index, and asking it: `python bench/search.py [--quick]`.

The casebook, and made-up facts. A whole search is measured, finds told and marked; questions are drawn from the words
of the index (one to three, some of them beginnings) and joined by symbols, phrases and words that stand everywhere.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from made_up_facts import many_facts

from goodoffices.desk.desk import Desk, now, open_desk
from goodoffices.desk.searching import index_of, search
from goodoffices.ledger.store import open_ledger
from goodoffices.rulebooks.shelf import rulebooks

OFTEN = (
    *("mali suspension", "resolution 2584", "S/RES/2584 (2021)", "1001st meeting", "organ meets", "au", "a e i"),
    *('"decides on the matter"', "the matter numbered 777"),
)


def questions(words: list[str], count: int) -> list[str]:
    """Questions of one to three words that are on record, some of them cut short; and those asked often."""
    dice = Random(1)
    found = []
    for _ in range(count):
        chosen = (dice.choice(words) for _ in range(dice.choice((1, 1, 2, 2, 3))))
        found.append(" ".join(word[: max(2, len(word) - dice.choice((0, 0, 2)))] for word in chosen))
    return [*found, *OFTEN * (count // 30)]


def measured(desk: Desk, name: str, count: int) -> str:
    """One line: making the index, its size, and a question's median and 95th percentile, wall and CPU."""
    rulebooks()
    wall, cpu = time.perf_counter(), time.process_time()
    index = index_of(desk)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    moment = desk.moment()
    times = []
    for asked in questions([word for word in index.vocabulary if word.isalnum()], count):
        before = time.perf_counter(), time.process_time()
        search(desk, asked, moment)
        times.append((time.perf_counter() - before[0], time.process_time() - before[1]))
    walls, cpus = ([1000 * one[which] for one in times] for which in (0, 1))
    return (
        f"{name:18} index {wall:5.1f} s wall, {cpu:5.1f} s CPU, {index.size / 1e6:5.1f} MB of numbers; a question "
        f"{median(walls):5.1f} ms wall (95%: {quantiles(walls, n=20)[-1]:5.1f}), "
        f"{median(cpus):5.1f} ms CPU (95%: {quantiles(cpus, n=20)[-1]:5.1f})"
    )


def main() -> None:
    """Measure both records."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="20,000 facts, fewer questions")
    options = asked.parse_args()
    count, facts = (60, 20_000) if options.quick else (300, 100_000)
    with TemporaryDirectory() as name:
        folder = Path(name)
        print(measured(open_desk(folder / "casebook.db", now), "casebook", count))
        ledger = open_ledger(folder / "many.db", now)
        ledger.assert_facts(many_facts(facts), "bench")
        print(measured(Desk(ledger, now), f"{facts:,} facts", count))


if __name__ == "__main__":
    main()
