"""The pages of the reference that follow from the casebook: what it holds of each case, and where it has it from."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from goodoffices.casebook.coverage import FIELDS, coverage
from goodoffices.casebook.edition import edition
from goodoffices.casebook.files import FOLDER, Casebook, read_casebook
from goodoffices.core.facts import Fact
from goodoffices.core.sources import Source

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tools"))
from audit import tell  # noqa: E402

MAPPING = FOLDER / "mapping"
REGISTERS = {"state": "states", "mission": "missions", "operation": "operations", "body": "bodies"}


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _table(columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    return "\n".join([*lines, *(f"| {' | '.join(_cell(str(cell)) for cell in row)} |" for row in rows)])


def _seizures(book: Casebook) -> dict[str, Fact]:
    return {fact.subject: fact for fact in book.facts if fact.kind == "seizure" and not fact.competes_with}


def casebook_page(book: Casebook) -> str:
    """What the casebook holds: its version, its cases, its registers, what is known of each case, what became of the
    tables it was built from."""
    rows, taken = coverage(book.facts), _seizures(book)
    titles = {fact.subject: fact.get("title") for fact in book.facts if fact.kind == "case"}
    outcomes = Counter(fact.get("outcome") for fact in taken.values())
    confidence = Counter(fact.confidence for fact in book.facts)
    held = [f"{confidence[word]:,} of {word} confidence" for word in ("high", "medium", "low")]
    gaps = [(row.case, gap) for row in rows for gap in row.gaps]
    parts = [
        "# The casebook",
        f"{edition().citation()}\n\nThe digits stand for the exact content of all files: two casebooks with the same "
        "version are the same. `goodoffices casebook version` prints it, and every brief and export carries it.",
        f"{len(rows)} cases ({', '.join(f'{count} {word}' for word, count in sorted(outcomes.items()))}), "
        f"{len(book.facts):,} facts: {', '.join(held)}. High means that a page said so; medium and low that we go by "
        "general knowledge or a weak source, and the record says so at each fact.",
        "## Cases",
        _table(
            ("case", "title", "day 0", "kind", "outcome", "facts", "sources", "searched until"),
            [
                (
                    f"`{row.case}`",
                    titles[row.case],
                    taken[row.case].span.text,
                    taken[row.case].get("category").replace("_", " "),
                    taken[row.case].get("outcome"),
                    row.facts,
                    row.sources,
                    row.searched_until,
                )
                for row in sorted(rows, key=lambda row: taken[row.case].span.begins.shown, reverse=True)
            ],
        ),
        "## Registers",
        _table(("register", "entries", "facts"), _registers(book)),
        "## Coverage",
        "How many facts answer each field of each case. A dot is nothing yet: it never says that a thing did not "
        "happen. A dash is a field that cannot apply: the African Union outside Africa.",
        "\n".join(f"- *{field.name}*: {field.asks}" for field in FIELDS),
        _table(
            ("case", *(field.name for field in FIELDS), "of fields"),
            [
                (
                    f"`{row.case}`",
                    *("–" if count is None else count or "·" for count in row.counts),
                    f"{row.known}/{row.asked}",
                )
                for row in rows
            ],
        ),
        "## Gaps",
        "What we know that we do not know.",
        "\n".join(f"- `{case}`: {_cell(gap)}" for case, gap in gaps),
        "## Audits",
        "From time to time a hundred facts are drawn at random, more of the weaker ones than their share, and looked "
        "up afresh (`tools/audit.py`). The rate counts what is wrong or not shown by the pages among what could be "
        "looked up; what was found wrong was mended, and each line of the audit says how.",
        *(_audit(path) for path in sorted((HERE / "audits").glob("*.csv"))),
        "## What became of the tables",
        "The casebook was built from tables of facts; each of their rows became a fact, was merged into one that says "
        "the same, or was refused with a reason (`casebook/mapping/`).",
        _table(("table", "rows", "facts", "merged", "refused"), _mapped()),
        *_refused(),
    ]
    return "\n\n".join(parts) + "\n"


def _audit(path: Path) -> str:
    return f"**{path.stem}** ([each fact](../audits/{path.name}))\n\n{tell(path)}"


def _registers(book: Casebook) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for kind, name in REGISTERS.items():
        mine = [fact for fact in book.facts if fact.subject.startswith(f"{kind}:")]
        found.append((name, sum(fact.kind == kind for fact in mine), f"{len(mine):,}"))
    return found


def _mapping() -> list[dict[str, str]]:
    rows = []
    for path in sorted(MAPPING.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def _mapped() -> list[tuple[object, ...]]:
    rows = _mapping()
    found: list[tuple[object, ...]] = []
    for table in sorted({row["table"] for row in rows}):
        mine = [row for row in rows if row["table"] == table]
        counts = Counter(row["outcome"] for row in mine)
        found.append((table, len({row["row"] for row in mine}), counts["fact"], counts["merged"], counts["refused"]))
    return found


def _refused() -> list[str]:
    rows = [row for row in _mapping() if row["outcome"] == "refused"]
    if not rows:
        return []
    return ["Refused:", "\n".join(f"- {row['table']}, row {row['row']}: {_cell(row['reason'])}" for row in rows)]


def _source(source: Source) -> str:
    said = ", ".join(part for part in (source.title, source.publisher, source.published) if part)
    where = source.address or source.mirror
    if not where:
        return _cell(said)
    safe = where.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{_cell(said).replace('[', '(').replace(']', ')')}]({safe})"


def sources_page(book: Casebook) -> str:
    """Every source, by case or register, with how many facts rest on it."""
    by_subject: dict[str, Counter[Source]] = {}
    for fact in book.facts:
        kind = fact.subject.partition(":")[0]
        under = f"the register of {REGISTERS[kind]}" if kind in REGISTERS else fact.subject
        for one in fact.citations:
            if fact.kind not in ("case", "gap"):
                by_subject.setdefault(under, Counter())[one.source] += 1
    everything = [source for counted in by_subject.values() for source in counted]
    parts = [
        "# Sources",
        f"{len({(one.title, one.address or one.mirror) for one in everything}):,} sources, by case and register, the "
        "most used first, with the number of facts that rest on each. An address is where we read it; the official "
        "document is what to cite, and a mirror is only where a copy stood.",
    ]
    for under, counted in sorted(by_subject.items()):
        parts.append(f"## {under}")
        ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0].title))
        parts.append("\n".join(f"- {_source(source)} ({count})" for source, count in ranked))
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """The pages by their file names."""
    book = read_casebook()
    return {"casebook.md": casebook_page(book), "sources.md": sources_page(book)}
