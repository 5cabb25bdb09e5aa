"""On whose word an operation of others rests: the record’s own words for it, taken apart.

The register tells the ground of an operation in clauses: "host request; welcomed in S/RES/2100". Each clause is put
under the ground that it names; what the Security Council only welcomed or noted is not what it authorised.

Invariant: the clauses were written when all was known. On an earlier day of knowledge a clause that names a later
document, a mission or operation not yet known, or a later year, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Ground = Literal["council", "noted", "host", "own"]
GROUNDS: Final[dict[str, tuple[str, str]]] = {
    "council": ("authorised by the Security Council", "autorisée par le Conseil de sécurité"),
    "host": ("request or agreement of the host or the parties", "demande ou accord du pays hôte ou des parties"),
    "own": ("own decision, treaty or law of those who led", "décision, traité ou droit propre de ceux qui la menaient"),
    "noted": (
        "welcomed or noted by the Council, or given a part later",
        "saluée ou notée par le Conseil, ou chargée d’une part plus tard",
    ),
}
AGREED: Final[dict[str, tuple[str, str]]] = {
    "yes": ("agreed", "accord donné"),
    "no": ("not agreed", "sans accord"),
    "unclear": ("disputed or in part", "contesté ou partiel"),
}
_COUNCIL: Final = re.compile(r"S/RES/|Chapter VII|(?<!EU )\bCouncil\b")
_ONLY_NOTED: Final = re.compile(
    r"welcom|\bnote[ds]?\b|expressed support|without|did not|asked for|sanctions role|beside|\blater\b"
    r"|support (?:to )?MINUSMA|S/RES/\d+ support",
    re.IGNORECASE,
)
_NO_COUNCIL: Final = re.compile(r"without prior Council", re.IGNORECASE)
_NOT_THEIRS: Final = re.compile(r"did not endorse|\bno UN or OAU endorsement", re.IGNORECASE)
_HOST: Final = re.compile(
    r"\bhosts?\b|\binvit|(?<!UN )\brequest|(?<!Council )\basked\b|bilateral|agree|protocol|ceasefire|Dayton|Marcoussis"
    r"|\bfrom (?:elected )?government|three states|process",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    r"\bAU\b|\bOAU\b|ECOWAS|\bEU\b|SADC|\bEAC\b|ECCAS|CEMAC|NATO|\bGCC\b|\bCIS\b|CSTO|IGAD|\bG5\b|Pacific Islands"
    r"|Biketawa|treaty|\bpact\b|Charter|summit|decision|coalition|self-defence|United States|central organ|three states"
)
_ASKED: Final = re.compile(r"request|\basked\b(?! for)|invit", re.IGNORECASE)
_NUMBER: Final = re.compile(r"S/RES/(\d+)")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_IN_BRACKETS: Final = re.compile(r"\(([^)]*)\)")
_AFTERWARDS: Final = re.compile(
    r"\blater\b|hands? (?:over )?to|hand-over|replaced|precedes|precursor|bridges|at its end|at peak|at first"
    r"|initially",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A few words of the record about an operation, and the grounds they name."""

    words: str
    grounds: tuple[Ground, ...]
    asks: bool  # whether it tells who asked


@dataclass(frozen=True, slots=True)
class Limits:
    """What was there to be named on a day of knowledge: the year, the highest number of a resolution on record, and the
    names of missions and operations that came into the record only later. `hindsight` lifts all of it."""

    year: int
    resolution: int
    unborn: frozenset[str]
    hindsight: bool

    def allow(self, words: str) -> bool:
        """Whether nothing in the words came later than the day."""
        if self.hindsight:
            return True
        if _AFTERWARDS.search(words) or not self._dated(words):
            return False
        return not any(re.search(rf"\b{re.escape(name)}\b", words) for name in self.unborn)

    def _dated(self, words: str) -> bool:
        """Whether every year and every resolution in the words had come. Numbers of resolutions stand outside brackets
        ("S/RES/1551 and 1575 (2004)"), their years within; a resolution of an earlier year had come for certain."""
        named = _NUMBER.search(words) is not None
        years = [int(one) for one in _YEAR.findall(" ".join(_IN_BRACKETS.findall(words)) if named else words)]
        if not named or (years and max(years) < self.year):
            return max(years, default=0) <= self.year
        numbers = [int(one) for one in re.findall(r"\d{3,4}", _IN_BRACKETS.sub("", words))]
        return max(years, default=0) <= self.year and max(numbers) <= self.resolution

    def cut(self, text: str) -> str:
        """A text without the clauses that are not allowed."""
        return "; ".join(part for part in split(text) if self.allow(part))


def limits(
    known: Iterable[str], born: Iterable[str], all_names: Iterable[str], known_at: date, hindsight: bool
) -> Limits:
    """The limits of a day: `known` are the documents on record by then, `born` those of `all_names` known by then."""
    numbers = [int(number) for document in known for number in _NUMBER.findall(document)]
    unborn = frozenset(all_names) - frozenset(born)
    return Limits(known_at.year, max(numbers, default=0), unborn, hindsight)


def clauses(text: str, within: Limits) -> tuple[Clause, ...]:
    """The clauses of a text that may be shown, each with the grounds it names."""
    return tuple(_clause(one) for one in split(text) if within.allow(one))


def split(text: str) -> tuple[str, ...]:
    """A text of the register in its clauses."""
    return tuple(part for one in text.split(";") if (part := one.strip()))


def _clause(words: str) -> Clause:
    found: list[Ground] = []
    if _COUNCIL.search(words) and not _NO_COUNCIL.search(words):
        found.append("noted" if _ONLY_NOTED.search(words) else "council")
    if _HOST.search(words):
        found.append("host")
    if _OWN.search(words) and "council" not in found and not _NOT_THEIRS.search(words):
        found.append("own")
    return Clause(words, tuple(found), bool(_ASKED.search(words)))


def grounds_of(found: Iterable[Clause]) -> tuple[Ground, ...]:
    """The grounds that clauses name, each once, in the order of GROUNDS."""
    named = {ground for one in found for ground in one.grounds}
    order: tuple[Ground, ...] = ("council", "host", "own", "noted")
    return tuple(ground for ground in order if ground in named)


def agreed(text: str) -> str:
    """Whether the host agreed, by the first word of the record on it: yes, no, or unclear; empty where nothing is
    told."""
    words = text.strip().casefold()
    if not words:
        return ""
    if words.startswith("yes") or re.match(r"\w+ (?:asked|agreed)\b", words):
        return "unclear" if "contested" in words else "yes"
    return "no" if words.startswith(("no", "refused")) else "unclear"


def ground_words(ground: str, language: str = "en") -> str:
    """What an operation rested on."""
    return GROUNDS[ground][language == "fr"]


def agreed_words(code: str, language: str = "en") -> str:
    """Whether the host agreed."""
    return AGREED[code][language == "fr"] if code in AGREED else ("non connu" if language == "fr" else "not known")


def named_in(words: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Which of these are named in the words, by name; ids in the order in which they stand there."""
    found = [
        (match.start(), -len(name), one)
        for name, one in names.items()
        if name and (match := re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-]|\s(?:I|II|III)\b)", words))
    ]
    return tuple(dict.fromkeys(one for _, _, one in sorted(found)))
