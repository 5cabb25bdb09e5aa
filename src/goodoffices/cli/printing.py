"""How commands print: tables for people, JSON for programs, problems for whoever must mend them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

_WIDE: Final = 132
_UNWRAPPED: Final = 240


def as_json(value: Any) -> None:
    """Print JSON, letters as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], wide: bool = False) -> None:
    """Print a table, wrapped to the terminal; with room where there is none. `wide`: many columns, not wrapped."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="bold", show_edge=False, show_header=any(columns))
    for column in columns:
        made.add_column(column, overflow="fold", no_wrap=wide)
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    console = Console(
        width=_UNWRAPPED if wide else None if sys.stdout.isatty() else _WIDE,
        highlight=False,
        color_system="auto" if sys.stdout.isatty() else None,
    )
    console.print(made)


def line(text: str = "") -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


def aside(text: str) -> None:
    """Say something beside the answer: progress, hints. Goes to standard error."""
    sys.stderr.write(text + "\n")
