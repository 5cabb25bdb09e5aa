"""The pages as readers meet them: `python bench/pages.py`.

Server time of each page at one and at twenty simultaneous readers, beside the same page made for the first time after a
start (nothing kept in memory yet); bytes as sent; and what a slow line (256 kbit/s, 600 ms) makes of a case.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from figures import Figure, told
from made_up_facts import many_facts

from goodoffices.desk.desk import now, open_desk
from goodoffices.ledger.store import open_ledger

COMMAND = str(Path(sys.executable).with_name("goodoffices"))
PAGES = (
    "/",
    "/cases",
    "/cases/mali-2021",
    "/cases/mali-2021?as_of=2021-06-15&known_at=2021-05-26",
    "/cases/mali-2021?lang=fr",
    "/cases/mali-2021/facts",
    "/cases/chad-2021/why/au.suspend",
    "/facts/mali-2021/au-suspension",
    "/compare?case=mali-2021&case=guinea-2021&case=niger-2023",
    "/deviations",
    "/rulebooks/au",
    "/missions",
    "/claims",
    "/how-it-works/mali",
    "/search?q=suspension",
    "/record?from=2021-05-20&to=2021-06-10",
    "/api/v1/cases",
)
READERS = 20
FLAGS = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")
SLOW = {"offline": False, "latency": 600, "downloadThroughput": 256_000 / 8, "uploadThroughput": 256_000 / 8}


@contextmanager
def served(database: Path) -> Iterator[tuple[int, int]]:
    """Port and process of a server over a ledger."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"GOODOFFICES_DATABASE_URL": str(database)}
    server = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env
    )
    try:
        for _ in range(6000):
            try:
                get(port, "/rulebooks.json")  # loads what every page needs, and keeps nothing of any
                break
            except OSError:
                time.sleep(0.02)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def get(port: int, path: str) -> tuple[float, int, bytes]:
    """Seconds to a whole answer, its status, and the bytes as sent (packed)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    took = time.perf_counter() - start
    connection.close()
    return took, answer.status, body


def cpu_of(process: int) -> float:
    """CPU seconds a process has had so far; 0 where the kernel does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def page_figures(database: Path, what: str, rounds: int) -> list[Figure]:
    """Each page at one reader and at twenty, beside its first making after a start."""
    first: dict[str, tuple[float, float]] = {}
    for path in PAGES:
        with served(database) as (port, process):
            before = cpu_of(process)
            took, status, _ = get(port, path)
            if status == 200:
                first[path] = took, cpu_of(process) - before
    figures = []
    with served(database) as (port, process):
        for path in first:
            get(port, path)
        for path, cold in first.items():
            before = cpu_of(process)
            alone = [get(port, path)[0] for _ in range(rounds)]
            cpu = (cpu_of(process) - before) / rounds
            with ThreadPoolExecutor(READERS) as readers:
                together = list(readers.map(lambda _, path=path: get(port, path)[0], range(READERS * 3)))
            body = get(port, path)[2]
            note = (
                f"{len(body) / 1024:.1f} KB packed; one reader p50 {median(alone) * 1000:.0f} p95 "
                f"{quantiles(alone, n=20)[-1] * 1000:.0f} ms; {READERS} readers p50 {median(together) * 1000:.0f} "
                f"p95 {quantiles(together, n=20)[-1] * 1000:.0f} ms"
            )
            figures.append(
                Figure(f"{path[:44]} ({what})", path, "first after a start", median(alone), cpu, *cold, note)
            )
    return figures


def slow_line(database: Path) -> list[str]:
    """When a case can be read over a slow line, cold and with style sheets and fonts kept."""
    browser_path = subprocess.run(["tools/ensure-chromium"], capture_output=True, text=True, check=False).stdout.strip()
    if not browser_path:
        return ["slow line: no Chromium here"]
    from playwright.sync_api import sync_playwright

    lines = []
    with served(database) as (port, _), sync_playwright() as playwright:
        address = f"http://127.0.0.1:{port}/cases/mali-2021"
        body = gzip.decompress(get(port, "/cases/mali-2021")[2])
        status = body.index(b"</dl>", body.index(b'<dl class="status">'))
        lines.append(f"status line of mali-2021 within the first {len(gzip.compress(body[:status], 6)):,} bytes packed")
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(FLAGS))
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)
        for name in ("cold", "style sheets kept"):
            page.goto(address, wait_until="load", timeout=120_000)
            found = page.evaluate(
                "() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, "
                "performance.getEntriesByType('navigation')[0].loadEventEnd]"
            )
            lines.append(
                f"mali-2021 at 256 kbit/s and 600 ms, {name}: readable {found[0]:.0f} ms, whole {found[1]:.0f} ms"
            )
            page.goto("about:blank")
        browser.close()
    return lines


def ledgers(folder: Path, count: int) -> list[tuple[Path, str]]:
    """A ledger with the casebook, and one with as many made-up facts besides."""
    plain, many = folder / "casebook.db", folder / "many.db"
    desk = open_desk(plain, now)
    desk.take_in_casebook()
    desk.close()
    shutil.copy(plain, many)
    shutil.copy(f"{plain}.heads", f"{many}.heads")
    ledger = open_ledger(many, now)
    ledger.assert_facts(many_facts(count), "bench")
    ledger.close()
    return [(plain, "casebook"), (many, f"+{count:,} facts")]


def main() -> None:
    """Measure the pages and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--quick", action="store_true", help="the casebook alone, few rounds")
    options = asked.parse_args()
    figures: list[Figure] = []
    with TemporaryDirectory() as name:
        both = ledgers(Path(name), 100 if options.quick else 100_000)
        for database, what in both[: 1 if options.quick else 2]:
            sys.stderr.write(f"measuring: pages over {what} ...\n")
            figures += page_figures(database, what, 5 if options.quick else 30)
        lines = slow_line(both[0][0])
    print(told(figures, options.json))
    if not options.json:
        print("\n".join(lines))


if __name__ == "__main__":
    main()
