"""The days to a suspension as strips of dots: one organisation a strip, one dot a case, a line at the median.

Invariant: only days known exactly are dots; how many others there are is said beside the strip. The scale is a square
root, so that the first days, in which most is decided, have room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from math import sqrt
from statistics import median
from typing import Final

from goodoffices.briefs.pattern_cells import Sheet

WIDTH: Final = 1100
_LEFT, _RIGHT = 150, 24
_TOP: Final = 28
_DOT: Final = 4.2
_STEP: Final = 9.6
_TICKS: Final = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_INK, _SOFT, _RULE, _ACCENT = "#1b1d1f", "#575c61", "#d9d6cf", "#0b5a8a"
Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Dot:
    """A case's first suspension by an organisation, so many days after its seizure."""

    case: str
    name: str
    days: int
    fact: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One organisation: its dots in order of days, how many more are not exact, and the median of the dots."""

    body: str
    name: str
    dots: tuple[Dot, ...]
    coarse: int

    @property
    def middle(self) -> float | None:
        """The median number of days; None without a dot."""
        return float(median(dot.days for dot in self.dots)) if self.dots else None

    def middle_words(self, language: str = "en") -> str:
        """The median as printed: whole where it is whole."""
        said = f"{self.middle:g}" if self.middle is not None else ""
        return said.replace(".", ",") if language == "fr" else said


def strips(found: Sheet) -> tuple[Strip, ...]:
    """The strips of the table of days; organisations that suspended nobody are left out. A suspension that came before
    day 0 is no dot."""
    made = []
    for place, (body, name) in enumerate(found.columns):
        cells = [(row, row.cells[place]) for row in found.rows if row.cells[place].hits]
        if body == "others" or not cells:
            continue
        dots = [
            Dot(row.id, row.name, cell.number, cell.hits[0].fact)
            for row, cell in cells
            if cell.number is not None and cell.number >= 0
        ]
        made.append(
            Strip(body, name, tuple(sorted(dots, key=lambda one: (one.days, one.case))), len(cells) - len(dots))
        )
    return tuple(made)


def draw_strips(found: tuple[Strip, ...], title: str, language: str = "en", link: Link | None = None) -> str:
    """The strips as one SVG; the dots are links where `link` gives addresses of facts."""
    longest = max((dot.days for one in found for dot in one.dots), default=10)
    parts, y = [], float(_TOP)
    for one in found:
        drawn, height = _strip(one, y, longest, language, link)
        parts.append(drawn)
        y += height
    ticks = []
    for day in (tick for tick in _TICKS if tick <= longest):
        x = _x(day, longest)
        ticks.append(f'<path class="grid" stroke="{_RULE}" stroke-width=".6" d="M{x:g} 20V{y:g}"/>')
        said = f"{'jour' if language == 'fr' else 'day'} 0" if day == 0 else str(day)
        ticks.append(f'<text class="tick" fill="{_SOFT}" x="{x:g}" y="13" text-anchor="middle">{said}</text>')
    role = "group" if link else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="strips" width="{WIDTH}" height="{y + 8:g}" '
        f'viewBox="0 0 {WIDTH} {y + 8:g}" role="{role}" aria-label="{escape(title, quote=True)}" '
        f'font-family="Inter" font-size="11.2">{"".join(ticks)}{"".join(parts)}</svg>'
    )


def _x(day: float, longest: int) -> float:
    return round(_LEFT + sqrt(max(day, 0)) / sqrt(max(longest, 1)) * (WIDTH - _LEFT - _RIGHT), 1)


def _strip(one: Strip, top: float, longest: int, language: str, link: Link | None) -> tuple[str, float]:
    """Dots stand on the line of their strip, one above the other where their days are the same or near."""
    tiers: list[list[float]] = []
    placed: list[tuple[Dot, float, int]] = []
    for dot in one.dots:
        x = _x(dot.days, longest)
        tier = next((n for n, taken in enumerate(tiers) if all(abs(x - other) >= _STEP for other in taken)), len(tiers))
        if tier == len(tiers):
            tiers.append([])
        tiers[tier].append(x)
        placed.append((dot, x, tier))
    height = max(len(tiers) * _STEP + 22, 38)
    base = top + height - 10
    parts = [
        f'<path class="lane" stroke="{_RULE}" d="M{_LEFT} {base + 6:g}H{WIDTH - _RIGHT}"/>',
        f'<text class="lname" fill="{_INK}" x="0" y="{base - 8:g}" font-size="12.2">{escape(one.name)}</text>',
        f'<text class="tick" fill="{_SOFT}" x="0" y="{base + 5:g}">{escape(_said(one, language))}</text>',
    ]
    if one.middle is not None:
        x = _x(one.middle, longest)
        parts.append(
            f'<path class="median" stroke="{_ACCENT}" stroke-width="1.6" d="M{x:g} {top + 4:g}V{base + 6:g}"/>'
        )
    for dot, x, tier in placed:
        day = f"{'jour' if language == 'fr' else 'day'} {dot.days}"
        body = (
            f"<title>{escape(dot.name)}, {day}</title>"
            f'<circle class="det" fill="{_ACCENT}" cx="{x:g}" cy="{base - tier * _STEP:g}" r="{_DOT}"/>'
        )
        if link:
            parts.append(f'<a class="mark" href="{escape(link(dot.fact), quote=True)}">{body}</a>')
        else:
            parts.append(f'<g class="mark">{body}</g>')
    return "".join(parts), height


def _said(one: Strip, language: str) -> str:
    """ "20 cases, median 3 (1 not exact)"."""
    count, french = len(one.dots), language == "fr"
    said = f"{count} cas" if french else f"{count} case{'' if count == 1 else 's'}"
    if one.middle is not None:
        said += f", {'médiane' if french else 'median'} {one.middle_words(language)}"
    if one.coarse:
        said += f" (+{one.coarse})"
    return said
