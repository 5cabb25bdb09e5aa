"""Draws a timeline as SVG: for pages in two parts (lane names stay while the plot scrolls), for print in one.

Colours stand twice: as presentation attributes, for print, and as classes, which a page's style sheet overrides (dark
mode). No style attribute and no script, so that the strictest content policy holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Final

from goodoffices.briefs.timeline import Band, Lane, Mark, Timeline
from goodoffices.core.days import add_months, day_words

NAMES_WIDTH: Final = 128
PLOT_WIDTH: Final = 694
_TOP: Final = 26
_BOTTOM: Final = 24
_TIER: Final = 14.5
_ROW: Final = 20.0
_FONT: Final = 11.2
_CHAR: Final = 0.545  # mean width of a letter of Inter, in ems
_GAP: Final = 7.0
_LONGEST: Final = 34
_BY_DAY: Final = 75  # days up to which the axis counts days, not months
_MOST_TICKS: Final = 12
_SAME_PLACE: Final = 40.0  # the same words so near each other are said once
_INK, _SOFT, _RULE, _ACCENT, _BAD, _PAPER = "#1b1d1f", "#5c6166", "#d9d6cf", "#0b5a8a", "#9c2f1f", "#fbfaf7"
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOIS: Final = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
# Labels go near the lane first: above, below, further above, further below.
_TIERS: Final = (-1, 1, -2, 2)
Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Placed:
    mark: Mark
    x: float
    label: str
    tier: int  # 0: no room for a label
    text_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class _Row:
    lane: Lane
    y: float
    placed: tuple[_Placed, ...]


class _Scale:
    def __init__(self, figure: Timeline, left: float, width: float):
        self.start, self.left, self.width = figure.start, left, width
        self.days = max((figure.end - figure.start).days, 1)

    def x(self, day: date) -> float:
        position = (day - self.start).days / self.days
        return round(self.left + min(max(position, 0.0), 1.0) * self.width, 1)


def _label(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip(" ,:;") + "…"


def _width(text: str) -> float:
    return len(text) * _CHAR * _FONT


def _place(lane: Lane, scale: _Scale) -> tuple[_Placed, ...]:
    """Give each mark's label a tier where it collides with no other; the heaviest marks choose first."""
    taken: dict[int, list[tuple[float, float]]] = {tier: [] for tier in _TIERS}
    right_edge = scale.left + scale.width
    chosen: dict[str, _Placed] = {}
    said: dict[str, list[float]] = {}
    for mark in sorted(lane.marks, key=lambda one: (-one.weight, one.at, one.key)):
        x, label = scale.x(mark.at), _label(mark.label)
        width = _width(label)
        start, anchor = (x - 4, "start") if x - 4 + width <= right_edge + 6 else (right_edge + 6, "end")
        low, high = (start, start + width) if anchor == "start" else (start - width, start)
        again = any(abs(x - other) < _SAME_PLACE for other in said.get(label, ()))
        said.setdefault(label, []).append(x)
        free = (one for one in _TIERS if all(high + _GAP < a or low - _GAP > b for a, b in taken[one]))
        tier = 0 if again else next(free, 0)
        if tier:
            taken[tier].append((low, high))
        chosen[mark.key] = _Placed(mark, x, label, tier, start, anchor)
    return tuple(chosen[mark.key] for mark in lane.marks)


def _rows(figure: Timeline, scale: _Scale) -> tuple[list[_Row], float]:
    rows, y = [], float(_TOP)
    for lane in figure.lanes:
        placed = _place(lane, scale)
        above = max((-one.tier for one in placed if one.tier < 0), default=0)
        below = max((one.tier for one in placed if one.tier > 0), default=0)
        y += _ROW / 2 + above * _TIER
        rows.append(_Row(lane, y, placed))
        y += _ROW / 2 + below * _TIER
    return rows, y + 6


def _ticks(figure: Timeline, language: str) -> list[tuple[date, str]]:
    days = (figure.end - figure.start).days
    return _day_ticks(figure, days, language) if days <= _BY_DAY else _month_ticks(figure, language)


def _day_ticks(figure: Timeline, days: int, language: str) -> list[tuple[date, str]]:
    names = _MOIS if language == "fr" else _MONTHS
    step = next(one for one in (1, 2, 5, 7, 10) if days / one <= _MOST_TICKS)
    ticks = [figure.start + timedelta(days=one) for one in range(step, days + 1, step)]
    said = {tick: f"{tick.day} {names[tick.month - 1]}" for tick in ticks}
    said |= {tick: f"{said[tick]} {tick.year}" for tick in ticks[:1]}  # the year once, where the figure begins
    return list(said.items())


def _month_ticks(figure: Timeline, language: str) -> list[tuple[date, str]]:
    months = (figure.end.year - figure.start.year) * 12 + figure.end.month - figure.start.month + 1
    step = next((one for one in (1, 2, 3, 6, 12, 24, 60) if months / one <= _MOST_TICKS), 120)
    names = _MOIS if language == "fr" else _MONTHS
    tick = date(figure.start.year, 1, 1) if step >= 12 else figure.start.replace(day=1)
    found, year_said = [], 0
    while tick <= figure.end:
        if tick > figure.start and (step >= 12 or (tick.month - 1) % step == 0):
            label = str(tick.year) if step >= 12 else names[tick.month - 1]
            if step < 12 and tick.year != (year_said or figure.start.year):
                label += f" {tick.year}"
                year_said = tick.year
            found.append((tick, label))
        tick = add_months(tick, step if step >= 12 else 1)
    return found


def draw(figure: Timeline, language: str = "en", link: Link | None = None) -> str:
    """The whole figure in one SVG, names and plot: for print."""
    scale = _Scale(figure, NAMES_WIDTH, PLOT_WIDTH - 12)
    rows, height = _rows(figure, scale)
    body = _names(rows) + _plot(figure, rows, scale, height, language, link)
    return _svg(NAMES_WIDTH + PLOT_WIDTH, height + _BOTTOM, body, figure.title, "tl-all")


def draw_parts(figure: Timeline, language: str = "en", link: Link | None = None) -> tuple[str, str]:
    """Lane names and plot apart, of one height: for pages."""
    scale = _Scale(figure, 6, PLOT_WIDTH - 18)
    rows, height = _rows(figure, scale)
    names = _svg(NAMES_WIDTH, height + _BOTTOM, _names(rows), "", "tl-names")
    plot = _svg(
        PLOT_WIDTH, height + _BOTTOM, _plot(figure, rows, scale, height, language, link), figure.title, "tl-plot"
    )
    return names, plot


def _svg(width: float, height: float, body: str, title: str, css: str) -> str:
    named = f'role="img" aria-label="{escape(title, quote=True)}"' if title else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" {named} font-family="Inter" font-size="{_FONT}">{body}</svg>'
    )


def _names(rows: Sequence[_Row]) -> str:
    return "".join(
        f'<text class="lname" fill="{_INK}" x="0" y="{row.y + 4:g}" font-size="12.2">{escape(row.lane.name)}</text>'
        for row in rows
    )


def _plot(
    figure: Timeline, rows: Sequence[_Row], scale: _Scale, height: float, language: str, link: Link | None
) -> str:
    parts = []
    last_label_end = -100.0
    for day, label in _ticks(figure, language):
        x = scale.x(day)
        parts.append(f'<path class="grid" stroke="{_RULE}" stroke-width=".6" d="M{x} 20V{height:g}"/>')
        if x - last_label_end > 4 and x + _width(label) <= scale.left + scale.width + 12:
            parts.append(f'<text class="tick" fill="{_SOFT}" x="{x}" y="13">{label}</text>')
            last_label_end = x + _width(label)
    for row in rows:
        parts.append(f'<path class="lane" stroke="{_RULE}" d="M{scale.left} {row.y:g}H{scale.left + scale.width:g}"/>')
        parts += [_band(band, row.y, figure, scale) for band in row.lane.bands]
    # What lies after the day looked at is veiled; what came before stays clear, its label too.
    parts += [_drawn(one, row.y, scale, link) for row in rows for one in row.placed if one.mark.later]
    parts.append(_as_of(figure, scale, height, language))
    parts += [_drawn(one, row.y, scale, link) for row in rows for one in row.placed if not one.mark.later]
    return "".join(parts)


def _band(band: Band, y: float, figure: Timeline, scale: _Scale) -> str:
    left, right = scale.x(max(band.start, figure.start)), scale.x(min(band.end or figure.end, figure.end))
    title = f"<title>{escape(band.label)}</title>"
    box = f'x="{left}" y="{y - 4:g}" width="{max(right - left, 2):g}" height="8"'
    return f'<rect class="span" fill="{_ACCENT}" fill-opacity=".2" {box}>{title}</rect>'


def _drawn(one: _Placed, y: float, scale: _Scale, link: Link | None) -> str:
    mark = one.mark
    shape = {"diamond": _diamond, "disc": _disc, "ring": _ring, "box": _box}[mark.shape](one, y, scale)
    text = ""
    if one.tier:
        text_y = y + (one.tier * _TIER) + (4 if one.tier > 0 else 3)
        place = f'x="{one.text_x:g}" y="{text_y:g}" text-anchor="{one.anchor}"'
        text = f'<text class="lab" fill="{_INK}" {place}>{escape(one.label)}</text>'
    body = f"<title>{escape(mark.when)}: {escape(mark.text)}</title>{shape}{text}"
    css = "mark later" if mark.later else "mark"
    if link:
        return f'<a class="{css}" href="{escape(link(mark.key), quote=True)}">{body}</a>'
    return f'<g class="{css}">{body}</g>'


def _diamond(one: _Placed, y: float, _scale: _Scale) -> str:
    return f'<path class="det" fill="{_ACCENT}" d="M{one.x} {y - 5.6:g}l5.6 5.6l-5.6 5.6l-5.6 -5.6z"/>'


def _disc(one: _Placed, y: float, _scale: _Scale) -> str:
    return f'<circle class="evt" fill="{_INK}" cx="{one.x}" cy="{y:g}" r="4.2"/>'


def _ring(one: _Placed, y: float, _scale: _Scale) -> str:
    return f'<circle class="miss" fill="{_PAPER}" stroke="{_BAD}" stroke-width="2" cx="{one.x}" cy="{y:g}" r="4.6"/>'


def _box(one: _Placed, y: float, scale: _Scale) -> str:
    left, right = scale.x(one.mark.first), scale.x(one.mark.last)
    width = max(right - left, 8.0)
    size = f'x="{left}" y="{y - 4.5:g}" width="{width:g}" height="9"'
    return f'<rect class="unc" fill="none" stroke="{_INK}" stroke-dasharray="2 2" {size}/>'


def _as_of(figure: Timeline, scale: _Scale, height: float, language: str) -> str:
    """Veil what lies after the day looked at, and say which day that is."""
    if figure.as_of >= figure.end or figure.as_of < figure.start:
        return ""
    x = scale.x(figure.as_of)
    said = ("au " if language == "fr" else "as of ") + day_words(figure.as_of, language)
    edge = scale.left + scale.width + 12
    anchor, at = ("start", x + 5) if x + _width(said) + 8 < edge else ("end", x - 5)
    size = f'x="{x}" y="18" width="{edge - x:g}" height="{height - 18:g}"'
    veil = f'<rect class="asof" fill="{_PAPER}" fill-opacity=".6" {size} pointer-events="none"/>'
    line = f'<path class="asofl" stroke="{_INK}" stroke-dasharray="3 3" d="M{x} 18V{height + 6:g}"/>'
    place = f'x="{at:g}" y="{height + 14:g}" text-anchor="{anchor}"'
    return f'{veil}{line}<text class="asoft" fill="{_INK}" {place}>{escape(said)}</text>'


def legend(language: str = "en") -> tuple[tuple[str, str], ...]:
    """The marks and what they mean, for pages and print."""
    if language == "fr":
        words = (
            "détermination d’un organe",
            "événement",
            "date incertaine",
            "promis, non tenu",
            "bande : statut en vigueur",
        )
    else:
        words = ("determination of an organ", "event", "date uncertain", "promised, not kept", "band: status in force")
    return tuple(zip(("diamond", "disc", "box", "ring", "band"), words, strict=True))
