"""Rows as CSV text: for pages, for exports, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

BOM: Final = "\ufeff"  # spreadsheets take a file without it for another alphabet
# A cell that a spreadsheet would run as a formula gets a leading apostrophe.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """The rows under a header line. Without `columns` those of the rows, in the order in which they first appear."""
    listed = [{key: _cell(value) for key, value in row.items()} for row in rows]
    names = list(columns) or list(dict.fromkeys(key for row in listed for key in row))
    out = io.StringIO()
    if names:
        writer = csv.DictWriter(out, names, restval="")
        writer.writeheader()
        writer.writerows(listed)
    return BOM + out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, int | float):
        return str(value)  # a number below zero is no formula
    if isinstance(value, list | tuple):
        value = "; ".join(_cell(one) for one in value)
    elif isinstance(value, Mapping):
        value = "; ".join(f"{name}: {_cell(one)}" for name, one in value.items())
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0\u200b\ufeff").startswith(_FORMULA) else text
