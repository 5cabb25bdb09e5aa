"""Long lists page by page: which page the address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request

from goodoffices.core.errors import BadRecord, Problem

_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Paged:
    """One page of a list: its rows, its number, how many pages there are."""

    rows: list[Any]
    number: int
    pages: int


def asked_page(request: Request) -> int:
    """The number of the page that is asked for. BadRecord where it is no number."""
    number = request.query_params.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        raise BadRecord([Problem("page", f"{number!r} is no number of a page.", "Write 1, 2 and so on.")])
    return int(number)


def paged(request: Request, rows: list[Any], size: int) -> Paged:
    """The page of these rows that is asked for. BadRecord where there is none of that number."""
    number, pages = asked_page(request), max(1, -(-len(rows) // size))
    if not 1 <= number <= pages:
        raise BadRecord([Problem("page", f"there is no page {number}.", f"Pages: 1 to {pages}.")])
    return Paged(rows[(number - 1) * size : number * size], number, pages)
