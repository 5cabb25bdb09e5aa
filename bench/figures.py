"""What a measurement is, how one is taken, and how they are printed: shared by the benchmarks."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass
class Figure:
    """One measurement: ours and the reference's median wall and CPU seconds, and the ratio reference / ours."""

    what: str
    ours: str
    reference: str
    wall: float
    cpu: float
    reference_wall: float
    reference_cpu: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the reference takes what we take, by CPU."""
        return self.reference_cpu / self.cpu if self.cpu else float("nan")


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median wall and CPU seconds of one call."""
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return median(walls), median(cpus)


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Median wall and CPU seconds of two calls, taken in turns: a machine that others use is slow for both alike."""
    both = [(timed(ours, 1), timed(theirs, 1)) for _ in range(rounds)]
    mine, other = ([one[who] for one in both] for who in (0, 1))
    return _medians(mine), _medians(other)


def _medians(found: Sequence[tuple[float, float]]) -> tuple[float, float]:
    walls, cpus = zip(*found, strict=True)
    return median(walls), median(cpus)


def told(figures: Sequence[Figure], as_json: bool) -> str:
    """The figures for a program, or as a table."""
    if as_json:
        machine = {"python": platform.python_version(), "cores": os.cpu_count(), "machine": platform.machine()}
        return json.dumps(
            {"machine": machine, "figures": [asdict(one) | {"ratio": one.ratio} for one in figures]}, indent=1
        )
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores; medians in milliseconds; "
        "ratio = reference CPU / our CPU",
        "",
        f"{'what':52} {'wall':>9} {'CPU':>9} {'ref wall':>9} {'ref CPU':>9} {'ratio':>7}  reference",
    ]
    for one in figures:
        row = [f"{value * 1000:9.1f}" for value in (one.wall, one.cpu, one.reference_wall, one.reference_cpu)]
        lines.append(f"{one.what:52} {' '.join(row)} {one.ratio:7.2f}  {one.reference}")
        if one.note:
            lines.append(f"{'':52} {one.note}")
    return "\n".join(lines)
