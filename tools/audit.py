"""Draw facts of the casebook for an audit, and tell what an audit found.

    python tools/audit.py draw --seed 20261121 > docs/audits/2026-11.csv
    python tools/audit.py tell docs/audits/2026-11.csv

The draw is stratified by confidence, from the facts that cite a source outside the casebook about cases, missions,
operations and bodies. Whoever audits looks each fact up afresh and fills in three columns: verdict (right, wrong,
unsupported, not_found), found (what the page says, and where it is) and mended. The rate counts what is wrong or
unsupported among what could be looked up; a page that could not be found again decides nothing.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from pathlib import Path
from typing import Final

from goodoffices.casebook.files import read_casebook
from goodoffices.core.facts import Fact
from goodoffices.desk.auditing import VERDICTS, audited, interval, may_be_drawn

DRAWN: Final = {"high": 60, "medium": 25, "low": 15}
__all__ = ["VERDICTS", "draw", "drawn", "interval", "tell"]
COLUMNS: Final = (
    *("key", "confidence", "when", "actor", "text", "value", "source", "address"),
    *("verdict", "found", "mended"),
)


def population() -> dict[str, list[Fact]]:
    """Facts that may be drawn, by confidence. States are left out: their codes come whole from two scholars' lists."""
    found: dict[str, list[Fact]] = {word: [] for word in DRAWN}
    for fact in read_casebook().facts:
        if may_be_drawn(fact):
            found[fact.confidence].append(fact)
    return found


def drawn(seed: int) -> list[Fact]:
    """The sample: the same for the same casebook and seed."""
    dice = random.Random(seed)  # a sample to be drawn again by anybody, not a secret
    facts = []
    for word, among in population().items():
        facts += dice.sample(sorted(among, key=lambda fact: fact.key), DRAWN[word])
    return facts


def draw(seed: int) -> None:
    """Write the sample as CSV, its last three columns empty."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    for fact in drawn(seed):
        first = fact.citations[0]
        value = "; ".join(f"{name}: {word}" for name, word in fact.value)
        where = first.source.address or first.source.mirror
        out.writerow(
            (fact.key, fact.confidence, fact.span.text, fact.actor, fact.text, value, first.words, where, "", "", "")
        )


def tell(path: Path) -> str:
    """What the audit found, as a table in Markdown: by confidence, and for the whole weighed by the strata."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    bad = [row["key"] for row in rows if row["verdict"] not in VERDICTS]
    if bad:
        known = ", ".join(VERDICTS)
        raise SystemExit(f"{path}: no verdict, or an unknown one, for {', '.join(bad[:5])}. Known: {known}.")
    found = audited(path.stem, rows, (fact for among in population().values() for fact in among))
    lines = [
        "| confidence | facts | drawn | right | wrong | unsupported | not found again | error rate | 95% interval |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.confidence} | {one.facts:,} | {one.drawn} | {one.found['right']} | {one.found['wrong']} "
        f"| {one.found['unsupported']} | {one.found['not_found']} | {one.rate:.1%} | {one.low:.1%} to {one.high:.1%} |"
        for one in found.strata
    ]
    lines.append(
        f"| all, weighed | {found.facts:,} | {len(rows)} | | | | | {found.rate:.1%} "
        f"| {found.low:.1%} to {found.high:.1%} |"
    )
    return "\n".join(lines)


def main() -> None:
    """Draw or tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("draw").add_argument("--seed", type=int, required=True)
    verbs.add_parser("tell").add_argument("file", type=Path)
    given = parser.parse_args()
    if given.verb == "draw":
        draw(given.seed)
    else:
        print(tell(given.file))


if __name__ == "__main__":
    main()
