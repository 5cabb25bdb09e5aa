"""Draws when something was in force as a strip of time: solid where it surely was, hollow where it perhaps was.

Classes carry the colours, so that a page's style sheet decides them; no style attribute, every text escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Final

from goodoffices.core.days import Span

WIDTH: Final = 220
_BAR: Final = 5
_GAP: Final = 3
_FOOT: Final = 12
_ACCENT, _RULE, _INK, _SOFT = "#0b5a8a", "#d9d6cf", "#1b1d1f", "#5c6166"


def draw_strip(spans: Sequence[Span], first: date, last: date, as_of: date, title: str) -> str:
    """One bar a span on a scale from `first` to `last`, with a line at the day looked at; `title` is its text
    alternative."""

    def x(day: date) -> float:
        share = (day - first).days / max((last - first).days, 1)
        return round(min(max(share, 0.0), 1.0) * WIDTH, 1)

    height = len(spans) * (_BAR + _GAP) + _GAP
    parts = [
        f'<svg class="strip" viewBox="0 0 {WIDTH} {height + _FOOT}" width="{WIDTH}" height="{height + _FOOT}" '
        f'role="img"><title>{escape(title)}</title>',
        f'<path class="rail" d="M0 {height}H{WIDTH}" stroke="{_RULE}"/>',
    ]
    for number, span in enumerate(spans):
        parts += _bar(span, _GAP + number * (_BAR + _GAP), x)
    parts.append(f'<path class="at" d="M{x(as_of):g} 0V{height}" stroke="{_INK}"/>')
    parts.append(f'<text class="tick" x="0" y="{height + 10}" font-size="9" fill="{_SOFT}">{first.year}</text>')
    parts.append(
        f'<text class="tick" x="{WIDTH}" y="{height + 10}" font-size="9" text-anchor="end" fill="{_SOFT}">'
        f"{last.year}</text></svg>"
    )
    return "".join(parts)


def _bar(span: Span, y: float, x: Callable[[date], float]) -> list[str]:
    begun, over = x(span.begins.latest), x(span.end_earliest)
    parts = []
    if span.begins.latest > span.begins.earliest:
        maybe = x(span.begins.earliest)
        parts.append(_box("maybe", maybe, begun, y))
    if over > begun:
        parts.append(_box("held", begun, over, y))
    if span.end_latest > span.end_earliest:
        parts.append(_box("maybe", over, x(span.end_latest), y))
    return parts


def _box(name: str, left: float, right: float, y: float) -> str:
    look = f'fill="{_ACCENT}"' if name == "held" else f'fill="none" stroke="{_ACCENT}" stroke-dasharray="2 2"'
    return f'<rect class="{name}" x="{left:g}" y="{y:g}" width="{max(right - left, 1):g}" height="{_BAR}" {look}/>'
