"""Draws changes of government by year as SVG: a brick a case, stacked by kind, its outcome told by its pattern.

Colours stand twice: as presentation attributes, for a file by itself, and as classes, which a page's style sheet
overrides. The letter in each brick tells its kind, the pattern its outcome: nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from goodoffices.briefs.tally import KINDS, OUTCOMES, Part, Year, kind_letter, kind_name, outcome_name

Link = Callable[[Mapping[str, str]], str]
_INK, _SOFT, _RULE, _ACCENT, _PAPER = "#1b1d1f", "#575c61", "#d9d6cf", "#0b5a8a", "#fbfaf7"
_COLOURS: Final = {"accent": _ACCENT, "ink": _INK, "soft": _SOFT}
# The tone of a kind: which colour, how strong, and whether a letter on it is dark.
_TONES: Final[dict[str, tuple[str, float, bool]]] = {
    "military_coup": ("accent", 1.0, False),
    "armed_takeover": ("ink", 1.0, False),
    "constitutional_manipulation": ("accent", 0.4, True),
    "refusal_to_leave": ("soft", 0.35, True),
    "popular_uprising": ("accent", 0.16, True),
    "foreign_removal": ("ink", 0.5, False),
    "mercenary_intervention": ("soft", 0.75, False),
    "other": ("soft", 0.12, True),
}
_LEFT: Final = 24.0
_TOP: Final = 22.0
_BOTTOM: Final = 22.0
_BRICK: Final = 16.0
_WIDTH: Final = 680.0
_WIDEST, _NARROWEST = 24.0, 20.0  # a column; where there are too many years, the figure grows
_FONT: Final = 11.2


def draw_years(
    years: Sequence[Year], language: str = "en", link: Link | None = None, chosen: Collection[str] | None = None
) -> str:
    """The figure. With `link`, each piece leads to the cases it counts; cases that are not `chosen` are drawn faint."""
    column = min(max((_WIDTH - _LEFT - 6) / max(len(years), 1), _NARROWEST), _WIDEST)
    tallest = max((year.total for year in years), default=0)
    width = max(_LEFT + len(years) * column + 6, _WIDTH)
    floor = _TOP + (tallest + 0.4) * _BRICK
    title = _title(years, language)
    pen = _Pen(column, floor, language, link, chosen)
    parts = [_patterns(years), _grid(tallest, floor, width)]
    parts += [pen.column(year, _LEFT + place * column) for place, year in enumerate(years)]
    role = "group" if link else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="yearly" role="{role}" aria-label="{escape(title)}" '
        f'width="{width:g}" height="{floor + _BOTTOM:g}" viewBox="0 0 {width:g} {floor + _BOTTOM:g}" '
        f'font-family="Inter" font-size="{_FONT}">{"".join(parts)}</svg>'
    )


def _title(years: Sequence[Year], language: str) -> str:
    if not years:
        return "Aucun changement de gouvernement" if language == "fr" else "No change of government"
    total, span = sum(year.total for year in years), (years[0].year, years[-1].year)
    if language == "fr":
        return f"Changements de gouvernement par an, de {span[0]} à {span[1]} : {total}"
    return f"Changes of government by year, {span[0]} to {span[1]}: {total}"


def _drawn(years: Sequence[Year]) -> list[tuple[str, str]]:
    found = {(part.kind, part.outcome) for year in years for part in year.parts}
    return [(kind, outcome) for kind in KINDS for outcome in OUTCOMES if (kind, outcome) in found]


def _patterns(years: Sequence[Year]) -> str:
    """Stripes for what was reversed, dots for what is contested, in the tone of each kind that needs them."""
    made = [_pattern(kind, outcome) for kind, outcome in _drawn(years) if outcome in ("reversed", "contested")]
    return f"<defs>{''.join(made)}</defs>" if made else ""


def _pattern(kind: str, outcome: str) -> str:
    colour, strength, _ = _TONES[kind]
    ink = f'class="y-{colour}" fill="{_COLOURS[colour]}" fill-opacity="{max(strength, 0.45):g}"'
    paper = f'<rect class="y-paper" fill="{_PAPER}" width="6" height="6"/>'
    mark = (
        f'<rect {ink} width="2.6" height="6"/>' if outcome == "reversed" else f'<circle {ink} cx="2" cy="2" r="1.3"/>'
    )
    turned = ' patternTransform="rotate(45)"' if outcome == "reversed" else ""
    size = 6 if outcome == "reversed" else 4
    return (
        f'<pattern id="{_pattern_id(kind, outcome)}" width="{size}" height="{size}" '
        f'patternUnits="userSpaceOnUse"{turned}>{paper}{mark}</pattern>'
    )


def _pattern_id(kind: str, outcome: str) -> str:
    return f"y-{kind}-{outcome}".replace("_", "-")


def _grid(tallest: int, floor: float, width: float) -> str:
    step = 2 if tallest <= 12 else 5
    lines = []
    for number in range(step, tallest + 1, step):
        y = floor - number * _BRICK
        lines.append(f'<path class="grid" stroke="{_RULE}" stroke-width=".6" d="M{_LEFT - 4:g} {y:g}H{width:g}"/>')
        lines.append(
            f'<text class="tick" fill="{_SOFT}" x="{_LEFT - 8:g}" y="{y + 4:g}" text-anchor="end">{number}</text>'
        )
    return "".join(lines) + f'<path class="asofl" stroke="{_INK}" d="M{_LEFT - 4:g} {floor:g}H{width:g}"/>'


@dataclass(frozen=True, slots=True)
class _Pen:
    """What every column is drawn with: its width, the line it stands on, and where its pieces lead."""

    width: float
    floor: float
    language: str
    link: Link | None
    chosen: Collection[str] | None

    def column(self, year: Year, x: float) -> str:
        """A year: its pieces, its sum, its name."""
        middle, drawn, height = x + self.width / 2, [], 0
        for part in year.parts:
            drawn.append(self._piece(part, year.year, x, self.floor - height * _BRICK))
            height += len(part.cases)
        if year.total:
            place = f'x="{middle:g}" y="{self.floor - height * _BRICK - 4:g}" text-anchor="middle"'
            many = f'<text class="lab" fill="{_INK}" {place}>{year.total}</text>'
            said = _counted(year.total, str(year.year), self.language)
            drawn.append(self._linked(many, said, {"from": str(year.year), "to": str(year.year)}, "sum"))
        whole = year.year % 5 == 0
        if whole or year.total:
            words = str(year.year) if whole else f"’{year.year % 100:02d}"
            colour = f'class="lname" fill="{_INK}"' if whole else f'class="tick" fill="{_SOFT}"'
            place = f'x="{middle:g}" y="{self.floor + 15:g}" text-anchor="middle"'
            drawn.append(f"<text {colour} {place}>{words}</text>")
        return "".join(drawn)

    def _piece(self, part: Part, year: int, x: float, base: float) -> str:
        bricks = []
        for place, one in enumerate(part.cases):
            faint = self.chosen is not None and one.case not in self.chosen
            css = 'class="brick faint" opacity=".25"' if faint else 'class="brick"'
            y = base - (place + 1) * _BRICK
            bricks.append(f"<g {css}>{self._brick(part, x + 1.5, y + 1)}</g>")
        what = f"{kind_name(part.kind, self.language)}, {outcome_name(part.outcome, self.language, kind=part.kind)}"
        titles = (" ; " if self.language == "fr" else "; ").join(one.title for one in part.cases)
        said = f"{_counted(len(part.cases), str(year), self.language)}, {what} ({titles})"
        asked = {"kind": part.kind, "outcome": part.outcome, "from": str(year), "to": str(year)}
        return self._linked("".join(bricks), said, asked, "bar")

    def _brick(self, part: Part, x: float, y: float) -> str:
        colour, strength, dark = _TONES[part.kind]
        plain, solid = _COLOURS[colour], part.outcome == "completed"
        box = f'x="{x:g}" y="{y:g}" width="{self.width - 3:g}" height="{_BRICK - 2:g}"'
        if solid:
            shape = f'<rect class="y-{colour}" fill="{plain}" fill-opacity="{strength:g}" {box}/>'
        elif part.outcome == "failed":  # what failed is hollow; the others carry the pattern of their outcome
            shape = f'<rect class="l-{colour} hollow" fill="{_PAPER}" stroke="{plain}" {box}/>'
        else:
            shape = (
                f'<rect class="l-{colour}" fill="url(#{_pattern_id(part.kind, part.outcome)})" stroke="{plain}" {box}/>'
            )
        place = f'x="{x + self.width / 2 - 1.5:g}" y="{y + 10.8:g}" text-anchor="middle" font-size="10"'
        colours = f'class="lab" fill="{_INK}"'
        if solid and not dark:
            colours = f'class="y-on" fill="{_PAPER}"'
        elif not solid:  # a halo, so that the letter can be read on the pattern
            colours = f'class="y-off" fill="{_INK}" stroke="{_PAPER}" stroke-width="3" paint-order="stroke"'
        return f"{shape}<text {colours} {place}>{kind_letter(part.kind, self.language)}</text>"

    def _linked(self, body: str, said: str, asked: Mapping[str, str], css: str) -> str:
        title = f"<title>{escape(said)}</title>"
        if self.link:
            return f'<a class="{css}" href="{escape(self.link(asked), quote=True)}">{title}{body}</a>'
        return f'<g class="{css}">{title}{body}</g>'


def _counted(count: int, of: str, language: str) -> str:
    if language == "fr":
        return f"{of} : {count} cas"
    return f"{of}: {count} {'case' if count == 1 else 'cases'}"


def year_legend(years: Sequence[Year], language: str = "en") -> tuple[tuple[str, str], ...]:
    """The letters of the kinds that are drawn, and what they stand for."""
    kinds = dict.fromkeys(kind for kind, _ in _drawn(years))
    return tuple((kind_letter(kind, language), kind_name(kind, language)) for kind in kinds)


def outcome_key(years: Sequence[Year], language: str = "en") -> tuple[tuple[str, str, str], ...]:
    """For each outcome that is drawn: its name, a small drawing of its pattern, and its words."""
    found = {outcome for _, outcome in _drawn(years)}
    return tuple((one, _sample(one), outcome_name(one, language, full=True)) for one in OUTCOMES if one in found)


def _sample(outcome: str) -> str:
    box = 'x=".5" y=".5" width="19" height="11"'
    start = '<svg class="sample" width="20" height="12" viewBox="0 0 20 12" aria-hidden="true">'
    plain = {
        "completed": f'<rect class="y-soft" fill="{_SOFT}" {box}/>',
        "failed": f'<rect class="l-soft hollow" fill="{_PAPER}" stroke="{_SOFT}" {box}/>',
    }
    if outcome in plain:
        return f"{start}{plain[outcome]}</svg>"
    marks = "".join(
        f'<path class="s-soft" stroke="{_SOFT}" stroke-width="2" d="M{x} 11.5l10 -11"/>' for x in (-2, 4, 10)
    )
    if outcome == "contested":
        marks = "".join(
            f'<circle class="y-soft" fill="{_SOFT}" cx="{x}" cy="{y}" r="1.2"/>' for x in (3, 7, 11, 15) for y in (3, 7)
        )
    return f'{start}<rect class="l-soft hollow" fill="{_PAPER}" stroke="{_SOFT}" {box}/>{marks}</svg>'
