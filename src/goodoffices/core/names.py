"""Actors and the folding of names: "Etat" must find "État"."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

# Letters that do not come apart under Unicode decomposition but that people type without their stroke.
_STROKES: Final = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ʼ": "'",
        "’": "'",
        "ـ": "",
    }
)


def fold(text: str) -> str:
    """Lower case without accents, for search and sorting. Arabic loses what writers leave out as often as not: vowel
    signs, the hamza on its seat, the stroke that lengthens a word."""
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_STROKES)
    return "".join(letter for letter in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an organ, a mission, a state, those in power. `lane` is the line it has on a timeline."""

    id: str
    name: str
    name_fr: str
    lane: str
    short: str = ""
    part_of: str = ""
    mission_type: str = ""

    def said(self, language: str = "en") -> str:
        """The name in English or French."""
        return self.name_fr if language == "fr" else self.name

    @property
    def brief_name(self) -> str:
        """The short name, where there is one."""
        return self.short or self.name
