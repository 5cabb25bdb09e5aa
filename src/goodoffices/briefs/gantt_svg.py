"""Draws a Gantt as SVG: names and plot apart for pages, where the names stay while the plot scrolls, and in one by
itself.

Colours stand twice, as presentation attributes and as classes, which a page’s style sheet overrides. No style attribute
and no script.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from goodoffices.briefs.gantt import Bar, Gantt, Mark, Piece, Row
from goodoffices.core.days import day_words

NAMES_WIDTH: Final = 118
PLOT_WIDTH: Final = 990
_TOP: Final = 24
_BOTTOM: Final = 22
_LANE: Final = 17.0
_BAR: Final = 13.0
_PAD: Final = 4.0
_MARKS: Final = 10.0  # height of the line of marks in a row that has any
_FONT: Final = 10.6
_CAPITAL, _SMALL = 0.7, 0.56  # mean widths of letters of Inter, in ems
_LETTERS: Final = 19  # of a name's line
_LINES: Final = 3
_INK, _SOFT, _RULE, _ACCENT, _PAPER = "#1b1d1f", "#5c6166", "#d9d6cf", "#0b5a8a", "#fbfaf7"
Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Placed:
    bar: Bar
    lane: int
    label_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class _Laid:
    row: Row
    lines: tuple[str, ...]
    top: float
    height: float
    bars: tuple[_Placed, ...]


class _Scale:
    def __init__(self, figure: Gantt, left: float, width: float):
        self.start, self.left, self.width = figure.start, left, width
        self.days = max((figure.end - figure.start).days, 1)

    def x(self, day: date) -> float:
        position = (day - self.start).days / self.days
        return round(self.left + min(max(position, 0.0), 1.0) * self.width, 1)


def draw(figure: Gantt, language: str = "en", link: Link | None = None) -> str:
    """The whole figure in one SVG, names and plot."""
    scale = _Scale(figure, NAMES_WIDTH + 4, PLOT_WIDTH - 16)
    laid, height = _lay(figure, scale)
    body = _names(laid) + _plot(figure, laid, scale, height, language, link)
    return _svg(NAMES_WIDTH + PLOT_WIDTH, height + _BOTTOM, body, figure.title, "gantt-all")


def draw_parts(figure: Gantt, language: str = "en", link: Link | None = None) -> tuple[str, str]:
    """Row names and plot apart, of one height: for pages."""
    scale = _Scale(figure, 4, PLOT_WIDTH - 16)
    laid, height = _lay(figure, scale)
    names = _svg(NAMES_WIDTH, height + _BOTTOM, _names(laid), "", "gantt-names")
    plot = _plot(figure, laid, scale, height, language, link)
    return names, _svg(PLOT_WIDTH, height + _BOTTOM, plot, figure.title, "gantt-plot")


def _svg(width: float, height: float, body: str, title: str, css: str) -> str:
    # Its bars are links: a group of them, which "img" may not be.
    named = f'role="group" aria-label="{escape(title, quote=True)}"' if title else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" {named} font-family="Inter" font-size="{_FONT}">{body}</svg>'
    )


def _lay(figure: Gantt, scale: _Scale) -> tuple[list[_Laid], float]:
    laid, y = [], float(_TOP)
    for row in figure.rows:
        bars = _pack(row.bars, scale)
        lanes = max((one.lane for one in bars), default=0) + 1
        lines = _wrapped(row.name)
        height = max(lanes * _LANE + (_MARKS if row.marks else 0), len(lines) * 12.5) + 2 * _PAD
        laid.append(_Laid(row, lines, y, height, bars))
        y += height
    return laid, y


def _width(text: str) -> float:
    return sum(_CAPITAL if letter.isupper() else _SMALL for letter in text) * _FONT


def _pack(bars: Sequence[Bar], scale: _Scale) -> tuple[_Placed, ...]:
    """Each bar on the first lane where it and its label are free: inside it, else to the right, else to the left."""
    ends: list[float] = []
    placed = []
    for bar in bars:
        left, right, width = scale.x(bar.start), max(scale.x(bar.end), scale.x(bar.start) + 3), _width(bar.name)
        low, high, at, anchor = left, right, left + 4, "start"
        if width + 8 > right - left:
            at, high = right + 4, right + 4 + width
            if high > scale.left + scale.width + 8:
                at, anchor, low, high = left - 4, "end", left - 4 - width, right
        lane = next((number for number, end in enumerate(ends) if low > end + 6), len(ends))
        if lane == len(ends):
            ends.append(high)
        ends[lane] = high
        placed.append(_Placed(bar, lane, at, anchor))
    return tuple(placed)


def _wrapped(name: str) -> tuple[str, ...]:
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = [one if len(one) <= _LETTERS else one[: _LETTERS - 1] + "…" for one in lines[:_LINES]]
    if len(lines) > _LINES:
        kept[-1] = kept[-1][: _LETTERS - 1].rstrip("…") + "…"
    return tuple(kept)


def _names(laid: Sequence[_Laid]) -> str:
    parts = []
    for one in laid:
        for number, line in enumerate(one.lines):
            y = one.top + _PAD + 10 + number * 12.5
            parts.append(f'<text class="lname" fill="{_INK}" x="0" y="{y:g}">{escape(line)}</text>')
    return "".join(parts)


def _plot(figure: Gantt, laid: Sequence[_Laid], scale: _Scale, height: float, language: str, link: Link | None) -> str:
    parts = _grid(figure, scale, height)
    for one in laid:
        edge = scale.left + scale.width + 12
        parts.append(f'<path class="lane" stroke="{_RULE}" d="M{scale.left - 4:g} {one.top:g}H{edge:g}"/>')
        first = one.top + _PAD + (_MARKS if one.row.marks else 0)
        parts += [_stroke(mark, one, scale) for mark in one.row.marks]
        parts += [_bar(placed, first, scale, link) for placed in one.bars]
        parts += [_disc(mark, one, scale, link) for mark in one.row.marks]
    return "".join([*parts, _as_of(figure, scale, height, language)])


def _grid(figure: Gantt, scale: _Scale, height: float) -> list[str]:
    years = range(figure.start.year, figure.end.year + 1)
    step = next((one for one in (1, 2, 5, 10) if scale.width / max(len(years), 1) * one >= 30), 20)
    found = []
    for year in years:
        x = scale.x(date(year, 1, 1))
        told = year % step == 0
        if told or scale.width / len(years) >= 16:
            found.append(f'<path class="grid" stroke="{_RULE}" stroke-width=".6" d="M{x} 18V{height:g}"/>')
        if told:
            found.append(f'<text class="tick" fill="{_SOFT}" x="{x}" y="13">{year}</text>')
    return found


def _bar(placed: _Placed, first: float, scale: _Scale, link: Link | None) -> str:
    bar, top = placed.bar, first + placed.lane * _LANE
    shapes = "".join(_piece(one, top, scale) for one in bar.pieces)
    text_y = top + _BAR / 2 + 3.8
    place = f'x="{placed.label_x:g}" y="{text_y:g}" text-anchor="{placed.anchor}"'
    body = (
        f'<title>{escape(bar.words)}</title>{shapes}<text class="lab" fill="{_INK}" {place}>{escape(bar.name)}</text>'
    )
    if link is None:
        return f'<g class="bar {bar.kind}">{body}</g>'
    return f'<a class="bar {bar.kind}" href="{escape(link(bar.page), quote=True)}">{body}</a>'


def _piece(piece: Piece, top: float, scale: _Scale) -> str:
    left, right = scale.x(piece.start), scale.x(piece.end)
    width = max(right - left, 1.5)
    if piece.sureness == "doubt":
        size = f'x="{left:g}" y="{top + 0.5:g}" width="{width:g}" height="{_BAR - 1:g}"'
        return f'<rect class="doubt" fill="none" stroke="{_ACCENT}" stroke-dasharray="3 2" {size}/>'
    opacity = ".3" if piece.sureness == "sure" else ".1"
    size = f'x="{left:g}" y="{top:g}" width="{width:g}" height="{_BAR:g}"'
    return f'<rect class="{piece.sureness}" fill="{_ACCENT}" fill-opacity="{opacity}" {size}/>'


def _stroke(mark: Mark, laid: _Laid, scale: _Scale) -> str:
    x, low, high = scale.x(mark.day), laid.top + _PAD + 4, laid.top + laid.height - _PAD + 1
    dashed = ' stroke-dasharray="2 2"' if mark.vague else ""
    return f'<path class="turned" stroke="{_INK}" stroke-width="1"{dashed} d="M{x} {low:g}V{high:g}"/>'


def _disc(mark: Mark, laid: _Laid, scale: _Scale, link: Link | None) -> str:
    x, y = scale.x(mark.day), laid.top + _PAD + 3.5
    shape = (
        f'<rect class="unc" fill="{_PAPER}" stroke="{_INK}" stroke-dasharray="2 2" x="{x - 4:g}" y="{y - 3.5:g}" '
        'width="8" height="7"/>'
        if mark.vague
        else f'<circle class="evt" fill="{_INK}" cx="{x}" cy="{y:g}" r="3.6"/>'
    )
    body = f"<title>{escape(mark.words)}</title>{shape}"
    if link is None:
        return f'<g class="mark">{body}</g>'
    return f'<a class="mark" href="{escape(link(f"/cases/{mark.case}"), quote=True)}">{body}</a>'


def _as_of(figure: Gantt, scale: _Scale, height: float, language: str) -> str:
    if not figure.start <= figure.as_of <= figure.end:
        return ""
    x = scale.x(figure.as_of)
    said = ("au " if language == "fr" else "as of ") + day_words(figure.as_of, language)
    anchor, at = ("start", x + 5) if x + _width(said) + 8 < scale.left + scale.width else ("end", x - 5)
    line = f'<path class="asofl" stroke="{_INK}" stroke-dasharray="3 3" d="M{x} 18V{height + 6:g}"/>'
    place = f'x="{at:g}" y="{height + 15:g}" text-anchor="{anchor}"'
    return f'{line}<text class="asoft" fill="{_INK}" {place}>{escape(said)}</text>'
