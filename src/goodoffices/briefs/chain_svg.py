"""Draws the chains of authorisation as SVG: who asked, who decided, who acted, and the host's consent as its own link.

A link that nobody recorded is drawn dashed and says so. Colours stand as presentation attributes and as classes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from goodoffices.briefs.authorisation import CONSENT, SORTS, Chain
from goodoffices.briefs.network import called
from goodoffices.core.facts import Fact
from goodoffices.core.names import Actor

WIDTH: Final = 900
_COLUMNS: Final = ((0.0, 205.0), (235.0, 205.0), (470.0, 190.0), (700.0, 200.0))
_HEADS: Final = (
    ("Who asked", "Qui a demandé"),
    ("Who decided", "Qui a décidé"),
    ("Who acted", "Qui a agi"),
    ("Consent of the host", "Consentement de l’hôte"),
)
_ROW: Final = 62.0
_BOX: Final = 46.0
_GROUP: Final = 30.0
_TOP: Final = 26.0
_CHAR: Final = 6.15
_INK, _SOFT, _RULE, _ACCENT, _BAD, _PAPER = "#1b1d1f", "#575c61", "#d9d6cf", "#0b5a8a", "#9c2f1f", "#fbfaf7"
_UNKNOWN: Final = ("not known", "inconnu")
_BACKED: Final = ("backs it:", "l’appuie :")
_SAID: Final = ("Told, no act on record", "Indiqué, sans acte")
_BAD_CONSENT: Final = ("withdrawn",)
_OPEN: Final = ("said", "not_known")
Link = Callable[[str], str]
Names = Callable[[str], str]


def draw_chains(
    chains: Sequence[Chain],
    actors: dict[str, Actor],
    host: str,
    language: str = "en",
    link: Link | None = None,
    title: str = "",
) -> str:
    """The chains, grouped by the sort of authority. `host` is what the country is called."""
    parts, y = [_heads(language)], _TOP
    for sort, words in SORTS.items():
        mine = [one for one in chains if one.sort == sort]
        if not mine:
            continue
        said = escape(words[language == "fr"])
        parts.append(f'<text class="group" fill="{_INK}" x="0" y="{y + 20:g}" font-weight="600">{said}</text>')
        y += _GROUP
        for one in mine:
            parts.append(_row(one, y, _Wording(actors, host, language), link))
            y += _ROW
    role = "group" if link else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chain" width="{WIDTH}" height="{y + 6:g}" '
        f'viewBox="0 0 {WIDTH} {y + 6:g}" role="{role}" aria-label="{escape(title, quote=True)}" font-family="Inter" '
        f'font-size="11.5">{"".join(parts)}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Box:
    """What stands in a column of a row; without lines nobody knows."""

    column: int
    lines: tuple[str, ...]
    facts: tuple[Fact, ...]


class _Wording:
    """What stands in the boxes, in one language."""

    def __init__(self, actors: dict[str, Actor], host: str, language: str):
        self.actors, self.host, self.language = actors, host, language

    def who(self, fact: Fact) -> str:
        """Who acted in a fact: the host by its name."""
        if fact.actor in ("authorities", "ousted", "armed-forces"):
            return self.host
        if fact.kind == "mission":  # the register's founding document
            organ = "un-general-assembly" if fact.get("document").startswith("A/") else "un-security-council"
            return self.name(organ)
        return self.name(fact.actor)

    def name(self, actor: str) -> str:
        """What an actor is called in a box: an organ by its organisation, those of the United Nations by themselves."""
        found = self.actors[actor]
        if found.part_of and found.part_of != "un":
            found = self.actors[found.part_of]
        return called(found, self.language)

    def day(self, fact: Fact) -> str:
        """When it was so."""
        return fact.span.begins.words(self.language)

    def unknown(self) -> str:
        """The word for a link nobody recorded."""
        return _UNKNOWN[self.language == "fr"]


def _heads(language: str) -> str:
    return "".join(
        f'<text class="tick" fill="{_SOFT}" x="{x:g}" y="14">{escape(words[language == "fr"])}</text>'
        for (x, _), words in zip(_COLUMNS, _HEADS, strict=True)
    )


def _row(one: Chain, y: float, wording: _Wording, link: Link | None) -> str:
    decided = [fact for fact in one.decided if fact not in one.later]
    asked = _Box(0, tuple(_asked(one, wording)), one.asked)
    chose = _Box(1, tuple(_decided(one, decided, wording)), _shown(one, decided))
    acted = _Box(2, (one.called(wording.language) or one.title(wording.language), _years(one, wording)), (one.acted,))
    agreed = _Box(3, tuple(_consent(one, wording)), _consenting(one))
    middle = y + _BOX / 2
    return (
        _arrow(0, middle, not (one.asked and decided))
        + _arrow(1, middle, all(one.backed(fact) for fact in decided))
        + _agreement(one, middle)
        + "".join(_box(box, y, wording, link) for box in (asked, chose, acted, agreed))
    )


def _asked(one: Chain, wording: _Wording) -> list[str]:
    who = list(dict.fromkeys(wording.who(fact) for fact in one.asked))
    if not who:
        return []
    days = [fact for fact in one.asked if fact.span.begins.precision != "unknown"]
    return [", ".join(who), wording.day(days[0]) if days else wording.day(one.asked[0])]


def _shown(one: Chain, decided: Sequence[Fact]) -> tuple[Fact, ...]:
    """The decision the box tells: leave to act before mere backing, one with a document or votes before others."""
    leave = [fact for fact in decided if not one.backed(fact)] or list(decided)
    told = [fact for fact in leave if fact.get("document") or one.votes_of(fact)] or leave
    return tuple(told[:1])


def _decided(one: Chain, decided: Sequence[Fact], wording: _Wording) -> list[str]:
    """Who gave leave, by which document and with which votes; where nobody did, who backed it."""
    for fact in _shown(one, decided):
        told = [fact.get("document") or wording.day(fact), one.votes_of(fact)]
        if one.backed(fact):
            told = [f"{_BACKED[wording.language == 'fr']} {told[0]}"]
        return [wording.who(fact), ", ".join(part for part in told if part)]
    return []


def _years(one: Chain, wording: _Wording) -> str:
    first = wording.day(one.acted)
    if one.ended is None:
        return first
    begun, gone = one.acted.span.begins.shown.year, one.ended.span.begins.shown.year
    return f"{begun}–{gone}" if gone > begun else str(begun)


def _consent(one: Chain, wording: _Wording) -> list[str]:
    facts = _consenting(one)
    said = CONSENT[one.consent][wording.language == "fr"].partition(" :")[0].partition(":")[0]
    if one.consent == "said":
        said = _SAID[wording.language == "fr"]
    told = [fact for fact in facts if fact.span.begins.precision != "unknown"]
    return [said[:1].upper() + said[1:], wording.day(told[-1])] if told else [said[:1].upper() + said[1:]]


def _consenting(one: Chain) -> tuple[Fact, ...]:
    if one.consent == "limited":
        return one.limits[-1:]
    return one.consents[-1:]


def _box(box: _Box, y: float, wording: _Wording, link: Link | None) -> str:
    x, width = _COLUMNS[box.column]
    known = bool(box.lines)
    dash = "" if known and box.facts else ' stroke-dasharray="3 3"'
    css = "box" if known and box.facts else "box open"
    body = (
        f'<rect class="{css}" fill="{_PAPER}" stroke="{_SOFT if known else _RULE}"{dash} x="{x + 0.5:g}" '
        f'y="{y + 0.5:g}" width="{width - 1:g}" height="{_BOX - 1:g}"/>'
    )
    lines = box.lines[:2] if known else (wording.unknown(),)
    most = int((width - 16) / _CHAR)
    for place, line in enumerate(lines):
        cut = line if len(line) <= most else line[: most - 1].rstrip(" ,") + "…"
        first = place == 0 and known
        weight, colour = (' font-weight="600"', _INK) if first else ("", _SOFT)
        top = y + (19 if len(lines) > 1 else 27) + place * 16
        body += (
            f'<text class="{"l0" if first else "l1"}" fill="{colour}"{weight} x="{x + 8:g}" y="{top:g}">'
            f"{escape(cut)}</text>"
        )
    if not box.facts:
        return f"<g>{body}</g>"
    title = f"<title>{escape(' '.join(fact.said(wording.language) for fact in box.facts))}</title>"
    if link is None:
        return f"<g>{title}{body}</g>"
    return f'<a href="{escape(link(box.facts[-1].key), quote=True)}">{title}{body}</a>'


def _arrow(column: int, y: float, unknown: bool) -> str:
    x, width = _COLUMNS[column]
    start, end = x + width, _COLUMNS[column + 1][0]
    dash = ' stroke-dasharray="3 3"' if unknown else ""
    css = "link open" if unknown else "link"
    colour = _SOFT if unknown else _ACCENT
    return (
        f'<path class="{css}" fill="none" stroke="{colour}" stroke-width="1.4"{dash} d="M{start:g} {y:g}H{end - 6:g}"/>'
        f'<path class="{css} tip" fill="{colour}" d="M{end:g} {y:g}l-7 -3.6v7.2z"/>'
    )


def _agreement(one: Chain, y: float) -> str:
    """The host's own link, from right to left: dashed where not known, crossed through where withdrawn."""
    end, start = _COLUMNS[2][0] + _COLUMNS[2][1], _COLUMNS[3][0]
    unknown, gone = one.consent in _OPEN, one.consent in _BAD_CONSENT
    colour = _BAD if gone else _SOFT if unknown else _ACCENT
    css = "consent gone" if gone else "consent open" if unknown else "consent"
    dash = ' stroke-dasharray="3 3"' if unknown else ' stroke-dasharray="8 3"' if one.consent == "limited" else ""
    strokes = f"M{start - 24:g} {y - 6:g}l10 12m0 -12l-10 12"
    cross = f'<path class="{css}" fill="none" stroke="{colour}" stroke-width="1.6" d="{strokes}"/>'
    return (
        f'<path class="{css}" fill="none" stroke="{colour}" stroke-width="1.4"{dash} d="M{start:g} {y:g}H{end + 6:g}"/>'
        f'<path class="{css} tip" fill="{colour}" d="M{end:g} {y:g}l7 -3.6v7.2z"/>'
        f"{cross if gone else ''}"
    )
