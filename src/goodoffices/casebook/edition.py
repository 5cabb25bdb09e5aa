"""Which casebook this is: a version that stands for its exact content, and how to cite it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from goodoffices.casebook.files import CASES, STATES, digest_of
from goodoffices.core.days import day_words

_DIGITS: Final = 10
_LATEST_KEY: Final = "searched_until:"


@dataclass(frozen=True, slots=True)
class Edition:
    """A casebook's edition. `until` is the latest day up to which one of its cases was searched."""

    until: date
    digest: str

    @property
    def version(self) -> str:
        """The day and ten digits of the content's hash: equal exactly where the content is equal."""
        return f"{self.until.isoformat()}.{self.digest[:_DIGITS]}"

    def citation(self, language: str = "en") -> str:
        """How to cite it."""
        if language == "fr":
            return (
                "Good Offices, recueil des changements anticonstitutionnels de gouvernement depuis 2000, "
                f"version {self.version} (recherches jusqu’au {day_words(self.until, 'fr')})."
            )
        return (
            "Good Offices, casebook of unconstitutional changes of government since 2000, "
            f"version {self.version} (searched until {day_words(self.until)})."
        )


def edition(cases: Path = CASES, states: Path = STATES) -> Edition:
    """The edition of a casebook, read from its files without reading their facts."""
    return _edition(digest_of(cases, states), cases)


@functools.lru_cache(maxsize=8)
def _edition(digest: str, cases: Path) -> Edition:
    latest = date.min
    for path in cases.glob("*.yaml"):
        with path.open(encoding="utf-8", errors="replace") as file:
            # The head stands before the facts: a few lines a file, not a parse of all of them.
            line = next((one for one in file if one.startswith(_LATEST_KEY)), "")
        day = line.removeprefix(_LATEST_KEY).partition(" #")[0].strip().strip("\"'")
        try:
            latest = max(latest, date.fromisoformat(day))
        except ValueError:  # a coarse day, or none: it says nothing of how far was searched
            continue
    return Edition(latest, digest)
