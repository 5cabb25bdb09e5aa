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
from collections import Counter
from pathlib import Path
from typing import Final

from goodoffices.casebook.files import read_casebook
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import OWN_KINDS

DRAWN: Final = {"high": 60, "medium": 25, "low": 15}
COLUMNS: Final = (
    *("key", "confidence", "when", "actor", "text", "value", "source", "address"),
    *("verdict", "found", "mended"),
)
VERDICTS: Final = ("right", "wrong", "unsupported", "not_found")
_AT_FAULT: Final = ("wrong", "unsupported")
_Z: Final = 1.959964  # of an interval that holds in 95 of 100 samples


def population() -> dict[str, list[Fact]]:
    """Facts that may be drawn, by confidence. States are left out: their codes come whole from two scholars' lists."""
    found: dict[str, list[Fact]] = {word: [] for word in DRAWN}
    for fact in read_casebook().facts:
        if fact.kind not in OWN_KINDS and not fact.subject.startswith("state:"):
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


def interval(wrong: int, of: int) -> tuple[float, float]:
    """Wilson's interval for a rate."""
    if not of:
        return 0.0, 1.0
    rate, square = wrong / of, _Z * _Z / of
    middle = (rate + square / 2) / (1 + square)
    half = _Z * ((rate * (1 - rate) / of + square / (4 * of)) ** 0.5) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def tell(path: Path) -> str:
    """What the audit found, as a table in Markdown: by confidence, and for the whole weighed by the strata."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    bad = [row["key"] for row in rows if row["verdict"] not in VERDICTS]
    if bad:
        known = ", ".join(VERDICTS)
        raise SystemExit(f"{path}: no verdict, or an unknown one, for {', '.join(bad[:5])}. Known: {known}.")
    sizes = {word: len(among) for word, among in population().items()}
    lines = [
        "| confidence | facts | drawn | right | wrong | unsupported | not found again | error rate | 95% interval |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    weighed = 0.0
    variance = 0.0
    for word in DRAWN:
        found = Counter(row["verdict"] for row in rows if row["confidence"] == word)
        looked = sum(found.values()) - found["not_found"]
        wrong = sum(found[one] for one in _AT_FAULT)
        low, high = interval(wrong, looked)
        share, rate = sizes[word] / sum(sizes.values()), wrong / looked if looked else 0.0
        weighed += share * rate
        variance += share * share * ((high - low) / (2 * _Z)) ** 2
        lines.append(
            f"| {word} | {sizes[word]:,} | {sum(found.values())} | {found['right']} | {found['wrong']} "
            f"| {found['unsupported']} | {found['not_found']} | {rate:.1%} | {low:.1%} to {high:.1%} |"
        )
    half = _Z * variance**0.5
    lines.append(
        f"| all, weighed | {sum(sizes.values()):,} | {len(rows)} | | | | | {weighed:.1%} "
        f"| {max(0.0, weighed - half):.1%} to {weighed + half:.1%} |"
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
