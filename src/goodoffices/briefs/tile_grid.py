"""Draws Africa as a grid, a square a state, each as large as the next: how many cases each state has had.

The places are laid out by hand so that neighbours stand near each other. They say nothing of borders.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from typing import Final

from goodoffices.briefs.tally import State, StateCount

Link = Callable[[Mapping[str, str]], str]
_ROWS: Final = (
    (".", ".", "MAR", "DZA", "TUN", "LBY", "EGY", ".", ".", "."),
    ("CPV", "ESH", "MRT", "MLI", "NER", "TCD", "SDN", "ERI", "DJI", "."),
    ("GMB", "SEN", "GIN", "BFA", "BEN", "NGA", "CAF", "SSD", "ETH", "SOM"),
    ("GNB", "SLE", "CIV", "GHA", "TGO", "CMR", "COG", "UGA", "KEN", "."),
    (".", "LBR", ".", "STP", "GNQ", "GAB", "COD", "RWA", "TZA", "SYC"),
    (".", ".", ".", ".", ".", "AGO", "ZMB", "BDI", "MWI", "COM"),
    (".", ".", ".", ".", ".", "NAM", "BWA", "ZWE", "MOZ", "MDG"),
    (".", ".", ".", ".", ".", ".", "ZAF", "LSO", "SWZ", "MUS"),
)
TILES: Final = {
    code: (column, row) for row, codes in enumerate(_ROWS) for column, code in enumerate(codes) if code != "."
}
# How strong the accent is for no case, one, two, three, four and more; and the last step's colour of letters.
STEPS: Final = (0.0, 0.18, 0.34, 0.52, 1.0)
_INK, _SOFT, _RULE, _ACCENT, _PAPER = "#1b1d1f", "#575c61", "#d9d6cf", "#0b5a8a", "#fbfaf7"
_SIDE: Final = 40.0
_GAP: Final = 3.0


def step_of(count: int) -> int:
    """Which step of the scale a number of cases has."""
    return min(count, len(STEPS) - 1)


def draw_tiles(
    counts: Sequence[StateCount],
    states: Mapping[str, State],
    language: str = "en",
    link: Link | None = None,
    chosen: Collection[str] | None = None,
) -> str:
    """The grid. With `link`, each square leads to its state's cases; states without a `chosen` case are drawn faint."""
    found = {one.state.iso3: one for one in counts}
    width, height = (_SIDE * (1 + max(place[axis] for place in TILES.values())) for axis in (0, 1))
    drawn = []
    for code, place in TILES.items():
        count = found.get(code) or StateCount(states.get(code, State(code, "", code, code)), ())
        drawn.append(_tile(count, place, language, link, chosen))
    counted = [found[code] for code in TILES if code in found]
    title = _title(sum(len(one.cases) for one in counted), len(counted), language)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tiles" role="{"group" if link else "img"}" '
        f'aria-label="{escape(title)}" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" '
        f'font-family="Inter" font-size="11.2">{"".join(drawn)}</svg>'
    )


def _title(cases: int, states: int, language: str) -> str:
    if language == "fr":
        return f"Afrique : {cases} cas dans {states} États"
    return f"Africa: {cases} cases in {states} states"


def counted(count: StateCount, language: str) -> str:
    """A state and the number of its cases in words."""
    many = len(count.cases)
    if language == "fr":
        return f"{count.state.said(language)} : {many or 'aucun'} cas"
    return f"{count.state.said()}: {many or 'no'} {'case' if many <= 1 else 'cases'}"


def _tile(
    count: StateCount,
    place: tuple[int, int],
    language: str,
    link: Link | None,
    chosen: Collection[str] | None,
) -> str:
    x, y = place[0] * _SIDE + _GAP / 2, place[1] * _SIDE + _GAP / 2
    many, side = len(count.cases), _SIDE - _GAP
    step = step_of(many)
    faint = chosen is not None and many > 0 and not any(one.case in chosen for one in count.cases)
    box = f'x="{x:g}" y="{y:g}" width="{side:g}" height="{side:g}"'
    shape = f'<rect class="t-none" fill="{_PAPER}" stroke="{_RULE}" {box}/>'
    if step:
        shape = f'<rect class="t-some" fill="{_ACCENT}" fill-opacity="{STEPS[step]:g}" {box}/>'
    full = step == len(STEPS) - 1
    css, colour = ("t-on", _PAPER) if full else ("lab", _INK) if many else ("tick", _SOFT)
    middle = x + side / 2
    text = f'<text class="{css}" fill="{colour}" text-anchor="middle" x="{middle:g}" '
    label = text + f'y="{y + (16 if many else 22):g}" font-size="10.5">{count.state.iso3}</text>'
    if many:
        label += text + f'y="{y + 30:g}" font-size="12.5" font-weight="600">{many}</text>'
    said = counted(count, language)
    if many:
        said += f" ({'; '.join(one.title for one in count.cases)})"
    body = f"<title>{escape(said)}</title>{shape}{label}"
    css = "tile faint" if faint else "tile"
    opacity = ' opacity=".35"' if faint else ""
    if link:
        address = escape(link({"state": count.state.iso3}), quote=True)
        return f'<a class="{css}" href="{address}"{opacity}>{body}</a>'
    return f'<g class="{css}"{opacity}>{body}</g>'


def scale(language: str = "en") -> tuple[tuple[str, str], ...]:
    """The steps of the scale as small drawings, with their words."""
    last = len(STEPS) - 1
    words = ["aucun cas" if language == "fr" else "no case", *(str(one) for one in range(1, last))]
    words.append(f"{last} et plus" if language == "fr" else f"{last} and more")
    return tuple((_sample(step), said) for step, said in enumerate(words))


def _sample(step: int) -> str:
    start = '<svg class="sample" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">'
    box = 'x=".5" y=".5" width="11" height="11"'
    if not step:
        return f'{start}<rect class="t-none" fill="{_PAPER}" stroke="{_RULE}" {box}/></svg>'
    return f'{start}<rect class="t-some" fill="{_ACCENT}" fill-opacity="{STEPS[step]:g}" {box}/></svg>'
