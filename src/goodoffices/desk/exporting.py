"""The record as a folder of CSV files, with the version and citation of the casebook it stands on.

Invariant: a folder is written whole or not at all, and nothing is overwritten that an export did not write.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from goodoffices.casebook.coverage import FIELDS, coverage
from goodoffices.casebook.edition import Edition
from goodoffices.core.errors import BadRecord, Broken, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import FIELDS as VALUE_FIELDS
from goodoffices.desk.asking import Asking
from goodoffices.desk.intake import Progress
from goodoffices.desk.records import case_row_record, claim_record, finding_record, mission_record, operation_record
from goodoffices.desk.tables import csv_text
from goodoffices.desk.views import Moment

ABOUT: Final = "ABOUT.txt"
# What each file holds, for ABOUT.txt.
TABLES: Final = {
    "cases": "One row a case: when, what, who governs, how it was answered.",
    "facts": "One row a fact of a case or register, with a column for every field a fact may carry.",
    "sources": "One row a citation: which source, and where in it, a fact is taken from.",
    "findings": "One row a case and rule: what the rulebooks make of it. Ours, not an organ's determination.",
    "missions": "The register of missions of the United Nations.",
    "operations": "The register of other operations.",
    "claims": "The report's claims, computed from the facts.",
    "coverage": "How many facts answer each field of each case; empty where the field cannot apply.",
}
# Of a finding: its articles, which are no cell; and keys of facts known only later, which are in no table here.
_LEFT_OUT: Final = ("references", "known_later")
_Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, and how many rows each file has."""

    folder: Path
    rows: Mapping[str, int]


def export(desk: Asking, moment: Moment, folder: Path, edition: Edition, progress: Progress | None = None) -> Exported:
    """Write the record as it was known at a moment. BadRecord where the folder holds anything else; Broken where it
    cannot be written."""
    try:
        _free(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as fault:
        raise Broken(f"{folder} cannot be written: {fault.strerror}.") from fault
    try:
        if progress:
            progress("Evaluating all cases")
        tables = _tables(desk, moment)
        for name, rows in tables.items():
            columns = list(dict.fromkeys(key for row in rows for key in row))
            (draft / f"{name}.csv").write_text(csv_text(rows, columns), encoding="utf-8", newline="")
        (draft / ABOUT).write_text(_about(moment, edition, desk.head().printed, tables), encoding="utf-8")
        draft.chmod(0o755)  # a temporary folder is its owner's alone; an export is for reading
        _put(draft, folder)
    except OSError as fault:
        raise Broken(f"{folder} cannot be written: {fault.strerror}.") from fault
    finally:
        with suppress(OSError):
            shutil.rmtree(draft, ignore_errors=True)
    return Exported(folder, {name: len(rows) for name, rows in tables.items()})


def _free(folder: Path) -> None:
    """An earlier export may be replaced; a person's files may not."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BadRecord([Problem(str(folder), "is no folder.", "Name a folder, or one that does not exist yet.")])
    here = Path.cwd()
    if folder.resolve() in (here, *here.parents):  # it would be renamed away under the reader's feet
        raise BadRecord([Problem(str(folder), "is the folder you are in, or above it.", "Name another, or one in it.")])
    held = {path.name: path.is_file() for path in folder.iterdir()} if folder.is_dir() else {}
    # A table without its ABOUT.txt is nothing that an export left.
    ours = {*(f"{name}.csv" for name in TABLES), ABOUT} if held.get(ABOUT) else set()
    others = sorted(name for name, plain in held.items() if name not in ours or not plain)
    if others:
        found = f"holds other files ({', '.join(others[:3])}{' …' if len(others) > 3 else ''})."
        raise BadRecord([Problem(str(folder), found, "Name an empty folder, or one that does not exist yet.")])


def _put(draft: Path, folder: Path) -> None:
    """Put the finished folder in the place of the earlier one."""
    if not folder.exists():
        draft.rename(folder)
        return
    earlier = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        folder.rename(earlier / "earlier")
        draft.rename(folder)
    except OSError:
        if not folder.exists() and (earlier / "earlier").exists():
            (earlier / "earlier").rename(folder)
        raise
    finally:
        shutil.rmtree(earlier, ignore_errors=True)


def _tables(desk: Asking, moment: Moment) -> dict[str, _Rows]:
    facts = desk.everything(moment).facts
    ids = [row.id for row in desk.cases(moment)]
    return {
        "cases": [case_row_record(row) for row in reversed(desk.cases(moment))],
        "facts": [_flat(fact, moment.hindsight) for fact in facts],
        "sources": [row for fact in facts for row in _cited(fact)],
        "findings": [
            {"case": case} | {key: value for key, value in finding_record(one).items() if key not in _LEFT_OUT}
            for case in sorted(ids)
            for one in desk.check(case, moment).findings
        ],
        "missions": [mission_record(one) for one in desk.missions(moment)],
        "operations": [operation_record(one) for one in desk.operations(moment)],
        "claims": [claim_record(one) for one in desk.claims(moment)],
        "coverage": [
            {"case": row.case, "country": row.country}
            | {field.name: count for field, count in zip(FIELDS, row.counts, strict=True)}
            | {"known": row.known, "asked": row.asked, "facts": row.facts, "sources": row.sources}
            | {"searched_until": row.searched_until, "gaps": row.gaps}
            for row in coverage(facts)
        ],
    }


def _flat(fact: Fact, hindsight: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": fact.key,
        "version": fact.version,
        "case": fact.subject,
        "kind": fact.kind,
        "actor": fact.actor,
        "valid": fact.span.text,
        "earliest": fact.span.begins.earliest.isoformat(),
        "latest": fact.span.begins.latest.isoformat(),
        "known_at": fact.known_at.isoformat(),
        "known_assumed": fact.known_assumed,
        "text": fact.text,
        "text_fr": fact.said("fr") if fact.said("fr") != fact.text else "",
        "confidence": fact.confidence,
        "marking": fact.marking.words,
        "competes_with": fact.competes_with,
        "note": fact.note if hindsight else "",
    }
    return row | {name: fact.get(name) for name in VALUE_FIELDS}


def _cited(fact: Fact) -> list[dict[str, str]]:
    return [
        {
            "fact": fact.key,
            "source": one.source.id,
            "title": one.source.title,
            "publisher": one.source.publisher,
            "published": one.source.published,
            "address": one.source.address,
            "mirror": one.source.mirror,
            "locator": one.locator,
        }
        for one in fact.citations
    ]


def _about(moment: Moment, edition: Edition, head: str, tables: Mapping[str, _Rows]) -> str:
    lines = [
        edition.citation(),
        "",
        f"As of {moment.as_of.isoformat()}, as known on {moment.known_at.isoformat()}. Ledger {head}.",
        "A record with facts of its own beside the casebook holds those too; their sources say whose they are.",
        "Days are EDTF: 2021-06-01~ is about, 2021? is uncertain, 2021-05-24/2021-06-01 is a span, both ends included.",
        "A finding is ours; a determination is an organ's, and a fact. Empty means not known, not that it was not so.",
        "Files are UTF-8 with a byte-order mark; an apostrophe before =, +, - or @ keeps a spreadsheet from computing.",
        "",
        *(f"{name}.csv ({len(tables[name]):,} rows): {said}" for name, said in TABLES.items()),
    ]
    return "\n".join(lines) + "\n"
