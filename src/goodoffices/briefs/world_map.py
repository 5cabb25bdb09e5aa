"""Draws the world as a map: states with cases filled by their number, small ones marked by a dot.

The outlines are Natural Earth's, projected so that areas are true (see maps/VENDOR.json and tools/build_world.py). The
borders imply no opinion of ours on the status of any place.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from goodoffices.briefs.tally import StateCount
from goodoffices.briefs.tile_grid import STEPS, counted, step_of

OUTLINES: Final = Path(__file__).parent / "maps" / "world.json"
Link = Callable[[Mapping[str, str]], str]
_INK, _RULE, _ACCENT, _PAPER, _SOFT = "#1b1d1f", "#d9d6cf", "#0b5a8a", "#fbfaf7", "#575c61"
_LAND: Final = "#f1eee7"
_SMALL: Final = 150  # square units of a map 2000 wide: what is smaller gets a dot
_DOT: Final = 9


@dataclass(frozen=True, slots=True)
class Outline:
    """A state's outline as an SVG path, the middle of its largest part, and its area in square units of the map."""

    path: str
    at: tuple[int, int]
    area: int


@dataclass(frozen=True, slots=True)
class World:
    """The outlines by M49 code, in a map so wide and so high."""

    width: int
    height: int
    outlines: Mapping[str, Outline]


@functools.lru_cache(maxsize=1)
def world() -> World:
    """The outlines as vendored."""
    read = json.loads(OUTLINES.read_text(encoding="utf-8"))
    found = {code: Outline(one["d"], (one["at"][0], one["at"][1]), one["area"]) for code, one in read["states"].items()}
    return World(read["width"], read["height"], found)


def outline_of(count: StateCount) -> Outline | None:
    """A state's outline, by its M49 code, or by its ISO code where the list gives it none."""
    found = world().outlines
    return found.get(count.state.m49) or found.get(count.state.iso3)


def off_the_map(counts: Sequence[StateCount]) -> tuple[StateCount, ...]:
    """States with cases that the map has no place for."""
    return tuple(one for one in counts if outline_of(one) is None)


def draw_world(
    counts: Sequence[StateCount],
    language: str = "en",
    link: Link | None = None,
    chosen: Collection[str] | None = None,
) -> str:
    """The map. With `link`, each state with a case leads to its cases; those without a `chosen` one are drawn faint."""
    drawn = world()
    placed = [(one, found) for one in counts if (found := outline_of(one)) is not None]
    taken = {id(found) for _, found in placed}
    land = "".join(one.path for one in drawn.outlines.values() if id(one) not in taken)
    parts = [f'<path class="w-land" fill="{_LAND}" stroke="{_RULE}" stroke-width="1.4" d="{land}"/>']
    # Dots last: a small state lies upon its neighbours.
    parts += [
        _state(one, found, language, link, chosen) for one, found in sorted(placed, key=lambda pair: -pair[1].area)
    ]
    cases = sum(len(one.cases) for one, _ in placed)
    title = f"World: {cases} cases in {len(placed)} states"
    if language == "fr":
        title = f"Monde : {cases} cas dans {len(placed)} États"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="world" role="{"group" if link else "img"}" '
        f'aria-label="{escape(title)}" width="{drawn.width // 2}" height="{drawn.height // 2}" '
        f'viewBox="0 0 {drawn.width} {drawn.height}" font-family="Inter">{"".join(parts)}</svg>'
    )


def _state(count: StateCount, found: Outline, language: str, link: Link | None, chosen: Collection[str] | None) -> str:
    strength = f'fill="{_ACCENT}" fill-opacity="{STEPS[step_of(len(count.cases))]:g}"'
    x, y = found.at
    shape = ""
    if found.path:
        # Under the tint lies paper, so that the tint means the same here as in the scale.
        shape = f'<path class="w-paper" fill="{_PAPER}" d="{found.path}"/>'
        shape += f'<path class="w-some" {strength} stroke="{_SOFT}" stroke-width="1" d="{found.path}"/>'
    if found.area < _SMALL:
        shape += f'<circle class="w-paper" fill="{_PAPER}" cx="{x}" cy="{y}" r="{_DOT}"/>'
        shape += f'<circle class="w-some" {strength} stroke="{_SOFT}" stroke-width="2" cx="{x}" cy="{y}" r="{_DOT}"/>'
    said = f"{counted(count, language)} ({'; '.join(one.title for one in count.cases)})"
    faint = chosen is not None and not any(one.case in chosen for one in count.cases)
    css, opacity = ("place faint", ' opacity=".35"') if faint else ("place", "")
    body = f"<title>{escape(said)}</title>{shape}"
    if link:
        address = escape(link({"state": count.state.iso3}), quote=True)
        return f'<a class="{css}" href="{address}"{opacity}>{body}</a>'
    return f'<g class="{css}"{opacity}>{body}</g>'
