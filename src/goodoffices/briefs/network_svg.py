"""Draws a country's network as SVG: actors at fixed places in three columns, so that the eye compares two days.

Left stand those who decide or lead, in the middle missions and operations, right the country itself. Colours stand as
presentation attributes and as classes, which a page's sheet overrides. Each edge carries a number; the same number
stands in the table beneath, so that nothing is told by colour or dash alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from goodoffices.briefs.network import LEFT, MIDDLE, RIGHT, SORTS, Edge, Network, Node
from goodoffices.norms.kindwords import colon

WIDTH: Final = 900
_LEFT_X, _MIDDLE_X, _RIGHT_X = 190.0, 440.0, 740.0
_TOP: Final = 34.0
_ROW: Final = 27.0
_CHAR: Final = 6.3
_SPREAD: Final = 6.0  # between the ends of edges at one side of a node
_TALLEST: Final = 110.0
_INK, _SOFT, _RULE, _ACCENT, _BAD, _PAPER = "#1b1d1f", "#575c61", "#d9d6cf", "#0b5a8a", "#9c2f1f", "#fbfaf7"
_WAIT: Final = "#7a5600"
_COLOURS: Final = {
    "force": _BAD,
    "withdrew": _BAD,
    **dict.fromkeys(("suspended", "sanctions", "limits", "expelled"), _WAIT),
}
_DASHES: Final = {
    **dict.fromkeys(("supports", "limits", "withdrew"), "5 3"),
    **dict.fromkeys(("mediates", "asked", "expelled"), "1.5 3"),
}
_HEADS: Final = (
    (_LEFT_X, "end", "Who decides or leads", "Qui décide ou dirige"),
    (_MIDDLE_X, "middle", "Who acts", "Qui agit"),
    (_RIGHT_X, "start", "In the country", "Dans le pays"),
)
Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Spot:
    x: float
    y: float
    column: int


def draw_network(figure: Network, language: str = "en", link: Link | None = None, title: str = "") -> str:
    """The network of a day. `link` gives the address of a fact; without it nothing is linked."""
    spots, height = _spots(figure.nodes)
    numbered = list(enumerate(figure.edges, 1))
    slots = _slots(figure.edges, spots)
    reach = _bars(figure.edges, slots)
    parts = [_head(language)]
    taken: list[tuple[float, float]] = []
    lines = [_edge(number, edge, figure, spots, slots[number - 1], taken, language, link) for number, edge in numbered]
    parts += [line for line, _ in lines]
    parts += [_node(node, spots[node.id], reach.get(node.id, 0.0), language) for node in figure.nodes]
    parts += [number for _, number in lines]
    named = escape(title, quote=True)
    role = "group" if link else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="net" width="{WIDTH}" height="{height:g}" '
        f'viewBox="0 0 {WIDTH} {height:g}" role="{role}" aria-label="{named}" font-family="Inter" font-size="11.5">'
        f"{''.join(parts)}</svg>"
    )


def _spots(nodes: Sequence[Node]) -> tuple[dict[str, _Spot], float]:
    """Where each node stands: its column by its sort, its row by its order; every column spread over one height."""
    columns = [[one for one in nodes if one.sort in sorts] for sorts in (LEFT, MIDDLE, RIGHT)]
    height = max(3, *(len(column) for column in columns)) * _ROW
    found: dict[str, _Spot] = {}
    for place, column in enumerate(columns):
        step = height / max(len(column), 1)
        for row, node in enumerate(column):
            found[node.id] = _Spot((_LEFT_X, _MIDDLE_X, _RIGHT_X)[place], _TOP + step * (row + 0.5), place)
    return found, _TOP + height + 12


def _head(language: str) -> str:
    return "".join(
        f'<text class="tick" fill="{_SOFT}" x="{x:g}" y="16" text-anchor="{anchor}">{escape(said)}</text>'
        for x, anchor, english, french in _HEADS
        for said in [french if language == "fr" else english]
    )


def _slots(edges: Sequence[Edge], spots: dict[str, _Spot]) -> list[tuple[float, float]]:
    """Where each edge leaves and arrives, above or below the middle of its nodes: the ends at one side of a node keep
    the order of what they lead to, so that lines cross as little as may be."""
    ends: dict[tuple[str, int], list[tuple[float, int, int]]] = {}
    for place, edge in enumerate(edges):
        for end, (mine, other) in enumerate(((edge.source, edge.target), (edge.target, edge.source))):
            side = (spots[other].column > spots[mine].column) - (spots[other].column < spots[mine].column)
            ends.setdefault((mine, side), []).append((spots[other].y, place, end))
    found = [[0.0, 0.0] for _ in edges]
    for here in ends.values():
        step = min(_SPREAD, _TALLEST / len(here))
        for rank, (_, place, end) in enumerate(sorted(here)):
            found[place][end] = (rank - (len(here) - 1) / 2) * step
    return [(first, second) for first, second in found]


def _points(start: _Spot, end: _Spot, slot: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """The four points of the curve: it leaves and arrives level; between nodes of one column it swings aside."""
    y1, y2 = start.y + slot[0], end.y + slot[1]
    if start.column == end.column:
        aside = -70.0 if start.column == 2 else 70.0
        gap = -6.0 if start.column == 2 else 6.0
        return (start.x + gap, y1), (start.x + aside, y1), (end.x + aside, y2), (end.x + gap, y2)
    way = 1.0 if end.x > start.x else -1.0
    x1, x2 = start.x + 6 * way, end.x - 6 * way
    reach = 0.42 * (x2 - x1)
    return (x1, y1), (x1 + reach, y1), (x2 - reach, y2), (x2, y2)


def _bars(edges: Sequence[Edge], slots: Sequence[tuple[float, float]]) -> dict[str, float]:
    """How far the ends at each node reach from its middle: a node with many is drawn as a bar."""
    reach: dict[str, float] = {}
    for edge, (first, second) in zip(edges, slots, strict=True):
        reach[edge.source] = max(reach.get(edge.source, 0.0), abs(first))
        reach[edge.target] = max(reach.get(edge.target, 0.0), abs(second))
    return reach


def _at(points: Sequence[tuple[float, float]], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return (
        sum(weight * x for weight, (x, _) in zip(weights, points, strict=True)),
        sum(weight * y for weight, (_, y) in zip(weights, points, strict=True)),
    )


def _edge(
    number: int,
    edge: Edge,
    figure: Network,
    spots: dict[str, _Spot],
    slot: tuple[float, float],
    taken: list[tuple[float, float]],
    language: str,
    link: Link | None,
) -> tuple[str, str]:
    """The line with its head, and its number to be drawn above everything else."""
    points = _points(spots[edge.source], spots[edge.target], slot)
    (x1, y1), (a, b), (c, d), (x2, y2) = points
    colour, dash = _COLOURS.get(edge.kind, _ACCENT), _DASHES.get(edge.kind, "")
    if edge.kind in ("leads", "agreement", "asked"):
        colour = _INK
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    path = f"M{x1:.1f} {y1:.1f}C{a:.1f} {b:.1f} {c:.1f} {d:.1f} {x2:.1f} {y2:.1f}"
    way = 1 if x2 > c or (x2 == c and x2 > a) else -1
    arrow = f"M{x2:.1f} {y2:.1f}l{-7 * way} -3.4v6.8z"
    said = _said(number, edge, figure, language)
    css = f"edge k-{edge.kind}"
    line = (
        f'<path class="line" fill="none" stroke="{colour}" stroke-width="1.3"{dashed} d="{path}"/>'
        f'<path class="tip" fill="{colour}" d="{arrow}"/>'
    )
    at = _free(points, taken)
    mark = (
        f'<circle class="knob" fill="{_PAPER}" stroke="{colour}" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="8.5"/>'
        f'<text class="num" fill="{_INK}" x="{at[0]:.1f}" y="{at[1] + 3.4:.1f}" text-anchor="middle" '
        f'font-size="9.5">{number}</text>'
    )
    title = f"<title>{escape(said)}</title>"
    if link:
        href = escape(link(edge.last.key), quote=True)
        knob = f'<a class="{css}" href="{href}">{title}{mark}</a>'
    else:
        knob = f'<g class="{css}">{title}{mark}</g>'
    return f'<g class="{css}">{title}{line}</g>', knob


def _free(points: Sequence[tuple[float, float]], taken: list[tuple[float, float]]) -> tuple[float, float]:
    """A place on the curve for its number, clear of the numbers before it."""
    choices = [_at(points, t / 100) for t in (18, 28, 38, 62, 72, 12, 50, 82, 22, 33, 66, 77, 44, 56)]
    clear = [
        one
        for one in choices
        if all(abs(one[0] - x) > 18 or abs(one[1] - y) > 17 for x, y in taken) and not _on_name(one)
    ]
    chosen = clear[0] if clear else choices[0]
    taken.append(chosen)
    return chosen


def _on_name(place: tuple[float, float]) -> bool:
    return _MIDDLE_X - 12 < place[0] < _MIDDLE_X + 120


def _said(number: int, edge: Edge, figure: Network, language: str) -> str:
    source, target = figure.node(edge.source).name, figure.node(edge.target).name
    return f"{number}. {source} {edge.words(language)} {target}{colon(language)}{edge.last.said(language)}"


def _node(node: Node, spot: _Spot, reach: float, language: str) -> str:
    css = "node" if node.active else "node away"
    sort = SORTS[node.sort][language == "fr"]
    text = node.name if len(node.name) <= 26 else node.name[:25].rstrip() + "…"
    width = len(text) * _CHAR + 4
    anchor, x, left = "start", spot.x + 9, spot.x + 7
    if spot.column == 0:
        anchor, x, left = "end", spot.x - 9, spot.x - 9 - width
    halo = f'<rect class="halo" fill="{_PAPER}" x="{left:g}" y="{spot.y - 8:g}" width="{width:g}" height="15"/>'
    colour, fill = (_INK, _INK) if node.active else (_SOFT, _PAPER)
    return (
        f'<g class="{css}"><title>{escape(node.name)} ({escape(sort)})</title>{halo if spot.column == 1 else ""}'
        f"{_dot(spot, reach, fill, colour)}"
        f'<text class="lab" fill="{colour}" x="{x:g}" y="{spot.y + 4:g}" text-anchor="{anchor}">'
        f"{escape(text)}</text></g>"
    )


def _dot(spot: _Spot, reach: float, fill: str, colour: str) -> str:
    """A disc, or a bar as tall as the ends of its edges."""
    if reach <= 6:
        return f'<circle class="dot" fill="{fill}" stroke="{colour}" cx="{spot.x:g}" cy="{spot.y:g}" r="4"/>'
    place = f'x="{spot.x - 2.5:g}" y="{spot.y - reach - 3:g}" width="5" height="{2 * reach + 6:g}"'
    return f'<rect class="dot" fill="{fill}" stroke="{colour}" {place}/>'
