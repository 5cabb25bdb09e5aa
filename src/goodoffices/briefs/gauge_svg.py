"""Draws a figure that a text gives beside what was found: from where to where it holds, is borderline, and fails.

Classes carry the colours, so that a page's style sheet decides them; no style attribute, every text escaped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from math import inf
from typing import Final

WIDTH: Final = 640.0
HEIGHT: Final = 92.0
_LEFT, _RIGHT, _LINE = 16.0, 624.0, 46.0
_INK, _SOFT, _RULE, _ACCENT = "#1b1d1f", "#5c6166", "#d9d6cf", "#0b5a8a"
_CHAR: Final = 6.2  # mean width of a letter at the size of the labels
Range = tuple[float, float]
Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Gauge:
    """What is drawn: the figure said, the ranges in which it holds and is borderline (infinite where open), and every
    value found."""

    figure: float
    holds: Range
    borderline: Range
    found: tuple[float, ...]
    said: str
    found_said: str


def draw_gauge(gauge: Gauge, title: str) -> str:
    """The drawing; `title` is its text alternative."""
    scale = _scale(gauge)

    def x(value: float) -> float:
        at = _LEFT if value == -inf else _RIGHT if value == inf else scale(value)
        return round(min(max(at, _LEFT), _RIGHT), 1)

    parts = [
        f'<svg class="gauge" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}" role="img">',
        f"<title>{escape(title)}</title>",
        _band(x(gauge.borderline[0]), x(gauge.borderline[1]), "near", 3),
        _band(x(gauge.holds[0]), x(gauge.holds[1]), "held", 8),
        f'<path class="axis" d="M{_LEFT:g} {_LINE:g}H{_RIGHT:g}" stroke="{_RULE}" fill="none"/>',
        *_ends(gauge, x),
        f'<path class="said" d="M{x(gauge.figure):g} {_LINE - 16:g}V{_LINE + 16:g}" stroke="{_INK}" fill="none"/>',
        _label(x(gauge.figure), _LINE - 22, gauge.said, "lab"),
        *_found(gauge, x),
        "</svg>",
    ]
    return "".join(parts)


def _scale(gauge: Gauge) -> Scale:
    shown = [gauge.figure, *gauge.found, *(one for pair in (gauge.holds, gauge.borderline) for one in pair)]
    finite = [one for one in shown if abs(one) != inf]
    low, high = min(finite), max(finite)
    room = (high - low) * 0.12 or max(abs(high), 1.0) * 0.12
    low, high = low - room, high + room
    return lambda value: _LEFT + (value - low) / (high - low) * (_RIGHT - _LEFT)


def _band(first: float, last: float, name: str, half: float) -> str:
    return (
        f'<rect class="{name}" x="{first:g}" y="{_LINE - half:g}" width="{max(last - first, 1):g}" '
        f'height="{2 * half:g}" fill="{_ACCENT}" fill-opacity="{0.18 if name == "near" else 0.3}"/>'
    )


def _ends(gauge: Gauge, x: Scale) -> list[str]:
    """A tick where a range that is not open ends."""
    ends = sorted({one for one in (*gauge.holds, *gauge.borderline) if abs(one) != inf})
    return [f'<path class="tick" d="M{x(one):g} {_LINE - 4:g}V{_LINE + 4:g}" stroke="{_SOFT}"/>' for one in ends]


def _found(gauge: Gauge, x: Scale) -> list[str]:
    if not gauge.found:
        return []
    first, last = x(min(gauge.found)), x(max(gauge.found))
    parts = []
    if last - first > 1:
        parts.append(
            f'<path class="range" d="M{first:g} {_LINE:g}H{last:g}" stroke="{_INK}" stroke-width="3" '
            'stroke-dasharray="4 3" fill="none"/>'
        )
    parts += [
        f'<circle class="found" cx="{one:g}" cy="{_LINE:g}" r="5" fill="{_INK}"/>'
        for one in dict.fromkeys((first, last))
    ]
    return [*parts, _label((first + last) / 2, _LINE + 34, gauge.found_said, "lab strong")]


def _label(at: float, y: float, text: str, name: str) -> str:
    half = len(text) * _CHAR / 2
    at = min(max(at, _LEFT + half), _RIGHT - half) if 2 * half < _RIGHT - _LEFT else (_LEFT + _RIGHT) / 2
    return f'<text class="{name}" x="{at:.1f}" y="{y:g}" font-size="12" text-anchor="middle">{escape(text)}</text>'
