"""Draws aligned cases as SVG: for pages in two parts (names stay while the plot scrolls), as a file in one.

Marks of one day stand above each other; the heaviest choose first, and what finds no room is counted at the lane's end
and stands in the table. Colours stand as presentation attributes and as classes, as in the timeline.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from goodoffices.briefs.aligned import Aligned, AlignedCase, AlignedMark

NAMES_WIDTH: Final = 132
PLOT_WIDTH: Final = 984
_TOP: Final = 30
_TIER: Final = 12.5
_TIERS: Final = (0, -1, 1, -2, 2, -3, 3)
_LABEL_ROW: Final = 14.0
_LABEL_ROWS: Final = 2
_LEAST: Final = 44.0
_FONT: Final = 11.2
_CHAR: Final = 0.545  # mean width of a letter of Inter, in ems
_GAP: Final = 6.0
_LONGEST: Final = 30
_LABELLED: Final = 6  # weight from which a mark is named in the drawing
_NAME: Final = 18  # letters of a country's name on one line
_INK, _SOFT, _RULE, _ACCENT, _BAD, _PAPER = "#1b1d1f", "#575c61", "#d9d6cf", "#0b5a8a", "#9c2f1f", "#fbfaf7"
Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Placed:
    mark: AlignedMark
    x: float
    tier: int


@dataclass(frozen=True, slots=True)
class _Label:
    text: str
    x: float
    anchor: str
    row: int
    mark: _Placed


@dataclass(frozen=True, slots=True)
class _Lane:
    case: AlignedCase
    y: float
    top: float
    bottom: float
    placed: tuple[_Placed, ...]
    labels: tuple[_Label, ...]
    left_out: int


class _Scale:
    def __init__(self, figure: Aligned, left: float, width: float):
        self.start, self.end = figure.start, figure.end
        self.left, self.right = left, left + width

    def x(self, day: int) -> float:
        share = (day - self.start) / max(self.end - self.start, 1)
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)


def draw_aligned(figure: Aligned, language: str = "en") -> str:
    """The whole figure in one SVG: as a file."""
    scale = _Scale(figure, NAMES_WIDTH + 6, PLOT_WIDTH - 18)
    lanes, height = _lanes(figure, scale)
    body = _names(lanes) + _plot(lanes, scale, height, language, None)
    return _svg(NAMES_WIDTH + PLOT_WIDTH, height, body, "img", figure.title, "al-all")


def draw_aligned_parts(figure: Aligned, language: str = "en", link: Link | None = None) -> tuple[str, str]:
    """Names and plot apart, of one height: for pages. The marks are links where `link` gives addresses."""
    scale = _Scale(figure, 6, PLOT_WIDTH - 18)
    lanes, height = _lanes(figure, scale)
    names = _svg(NAMES_WIDTH, height, _names(lanes), "", "", "al-names")
    body = _plot(lanes, scale, height, language, link)
    return names, _svg(PLOT_WIDTH, height, body, "group" if link else "img", figure.title, "al-plot")


def _svg(width: float, height: float, body: str, role: str, title: str, css: str) -> str:
    named = f'role="{role}" aria-label="{escape(title, quote=True)}"' if title else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" {named} font-family="Inter" font-size="{_FONT}">{body}</svg>'
    )


def _width(text: str) -> float:
    return len(text) * _CHAR * _FONT


def _lanes(figure: Aligned, scale: _Scale) -> tuple[list[_Lane], float]:
    lanes, y = [], float(_TOP)
    for case in figure.cases:
        placed = _placed(case, scale)
        labels = _labels(placed, scale)
        rows = max((one.row for one in labels), default=-1) + 1
        above = max((-one.tier for one in placed), default=0) * _TIER + 9 + rows * _LABEL_ROW
        below = max((one.tier for one in placed), default=0) * _TIER + 9
        spare = max(_LEAST - above - below, 0.0) / 2
        middle = y + above + spare
        bottom = middle + below + spare
        lanes.append(_Lane(case, middle, y, bottom, placed, labels, len(case.marks) - len(placed)))
        y = bottom + 9
    return lanes, y + 6


def _placed(case: AlignedCase, scale: _Scale) -> tuple[_Placed, ...]:
    """Give each mark the tier nearest the lane where it touches no other."""
    taken: dict[int, list[tuple[float, float]]] = {tier: [] for tier in _TIERS}
    found = []
    # Boxes are long and would keep others away: they choose last.
    for mark in sorted(case.marks, key=lambda one: (one.shape == "box", -one.weight, one.at, one.fact)):
        x = scale.x(mark.at)
        low, high = (scale.x(mark.first), scale.x(mark.last)) if mark.shape == "box" else (x, x)
        low, high = low - _GAP, max(high, low + 8) + _GAP
        tier = next((one for one in _TIERS if all(high <= a or low >= b for a, b in taken[one])), None)
        if tier is not None:
            taken[tier].append((low, high))
            found.append(_Placed(mark, x, tier))
    return tuple(sorted(found, key=lambda one: (one.x, one.tier)))


def _labels(placed: tuple[_Placed, ...], scale: _Scale) -> tuple[_Label, ...]:
    """Name the heaviest marks above the lane, where there is room; the same words once near each other."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(_LABEL_ROWS)]
    said: dict[str, list[float]] = {}
    found = []
    for one in sorted(placed, key=lambda one: (-one.mark.weight, one.x)):
        if one.mark.weight < _LABELLED or one.mark.shape == "box":
            continue
        text = one.mark.label if len(one.mark.label) <= _LONGEST else one.mark.label[: _LONGEST - 1].rstrip() + "…"
        width = _width(text)
        start, anchor = (one.x - 4, "start") if one.x - 4 + width <= scale.right + 8 else (one.x + 4, "end")
        low, high = (start, start + width) if anchor == "start" else (start - width, start)
        if any(abs(one.x - other) < width for other in said.get(text, ())):
            continue
        row = next((r for r in range(_LABEL_ROWS) if all(high + _GAP < a or low - _GAP > b for a, b in taken[r])), None)
        if row is not None:
            taken[row].append((low, high))
            said.setdefault(text, []).append(one.x)
            found.append(_Label(text, start, anchor, row, one))
    return tuple(found)


def _names(lanes: list[_Lane]) -> str:
    parts = []
    for lane in lanes:
        lines = _wrapped(lane.case.name)
        y = lane.y - 6.5 * len(lines) + 4
        for line in lines:
            parts.append(f'<text class="lname" fill="{_INK}" x="0" y="{y:g}" font-size="12.2">{escape(line)}</text>')
            y += 14
        parts.append(f'<text class="tick" fill="{_SOFT}" x="0" y="{y:g}">{escape(lane.case.beneath)}</text>')
    return "".join(parts)


def _wrapped(name: str) -> list[str]:
    """A name in lines that fit the column; a word longer than that is left whole."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _NAME:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:3]


def _ticks(scale: _Scale) -> list[int]:
    steps = (1, 2, 5, 10, 30, 60, 90, 180, 365, 730, 1826, 3652)
    step = next((one for one in steps if (scale.end - scale.start) / one <= 14), steps[-1])
    return list(range(0, scale.end + 1, step))


def _plot(lanes: list[_Lane], scale: _Scale, height: float, language: str, link: Link | None) -> str:
    parts = []
    for day in _ticks(scale):
        x = scale.x(day)
        zero = "asofl" if day == 0 else "grid"
        stroke = _INK if day == 0 else _RULE
        parts.append(f'<path class="{zero}" stroke="{stroke}" stroke-width=".7" d="M{x} 20V{height - 4:g}"/>')
        said = f"{'jour' if language == 'fr' else 'day'} 0" if day == 0 else f"{day:,}".replace(",", "\u202f")
        at, anchor = (x, "middle") if scale.left + 14 < x < scale.right - 14 else (x + 3, "end")
        at, anchor = (x - 4, "start") if x <= scale.left + 30 else (at, anchor)
        parts.append(f'<text class="tick" fill="{_SOFT}" x="{at:g}" y="14" text-anchor="{anchor}">{said}</text>')
    for lane in lanes:
        parts.append(_lane(lane, scale, language, link))
    return "".join(parts)


def _lane(lane: _Lane, scale: _Scale, language: str, link: Link | None) -> str:
    until = scale.x(min(lane.case.reached, scale.end)) if lane.case.zero else scale.left
    parts = [
        f'<path class="grid" stroke="{_RULE}" d="M{scale.left:g} {lane.bottom + 2:g}H{scale.right:g}"/>',
        f'<path class="lane" stroke="{_SOFT}" d="M{scale.left:g} {lane.y:g}H{until:g}"/>',
    ]
    if lane.case.zero and until < scale.right:  # beyond the day looked at nothing is counted
        dashed = 'stroke-dasharray="1 4"'
        parts.append(f'<path class="lane" stroke="{_RULE}" {dashed} d="M{until:g} {lane.y:g}H{scale.right:g}"/>')
    for label in lane.labels:
        mark_y = lane.y + label.mark.tier * _TIER
        foot = lane.top + (label.row + 1) * _LABEL_ROW
        parts.append(
            f'<path class="leader" stroke="{_RULE}" fill="none" d="M{label.mark.x:g} {foot:g}V{mark_y - 6:g}"/>'
        )
    parts += [_mark(one, lane.y, scale, link) for one in lane.placed]
    for label in lane.labels:
        y = lane.top + (label.row + 1) * _LABEL_ROW - 3
        place = f'x="{label.x:g}" y="{y:g}" text-anchor="{label.anchor}"'
        parts.append(f'<text class="lab" fill="{_INK}" {place}>{escape(label.text)}</text>')
    if lane.left_out:
        said = f"+ {lane.left_out} dans le tableau" if language == "fr" else f"+ {lane.left_out} in the table"
        parts.append(
            f'<text class="tick" fill="{_SOFT}" x="{scale.right + 8:g}" y="{lane.bottom - 2:g}" '
            f'text-anchor="end">{said}</text>'
        )
    return "".join(parts)


def _mark(one: _Placed, middle: float, scale: _Scale, link: Link | None) -> str:
    mark, y = one.mark, middle + one.tier * _TIER
    if mark.shape == "diamond":
        shape = f'<path class="det" fill="{_ACCENT}" d="M{one.x:g} {y - 5.6:g}l5.6 5.6l-5.6 5.6l-5.6 -5.6z"/>'
    elif mark.shape == "disc":
        shape = f'<circle class="evt" fill="{_INK}" cx="{one.x:g}" cy="{y:g}" r="4.2"/>'
    elif mark.shape == "ring":
        drawn = f'fill="{_PAPER}" stroke="{_BAD}" stroke-width="2"'
        shape = f'<circle class="miss" {drawn} cx="{one.x:g}" cy="{y:g}" r="4.6"/>'
    else:
        left = scale.x(mark.first)
        size = f'x="{left:g}" y="{y - 4.5:g}" width="{max(scale.x(mark.last) - left, 8.0):g}" height="9"'
        # A box is empty, and must still be met by a pointer.
        drawn = f'fill="{_PAPER}" fill-opacity="0" stroke="{_INK}" stroke-dasharray="2 2"'
        shape = f'<rect class="unc" {drawn} {size}/>'
    body = f"<title>{escape(mark.said)}, {escape(mark.when)}: {escape(mark.text)}</title>{shape}"
    css = "mark later" if mark.later else "mark"
    faint = ' opacity=".45"' if mark.later else ""
    if link:
        return f'<a class="{css}"{faint} href="{escape(link(mark.fact), quote=True)}">{body}</a>'
    return f'<g class="{css}"{faint}>{body}</g>'
