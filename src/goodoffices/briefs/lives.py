"""The life of a mission or operation: since when, until when, and whether it ran on a day.

Invariant: nothing is said to run because nobody wrote down its end. It ran where the record tells a later end, or where
a decision in force carries it past the day; otherwise its end is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from goodoffices.core.days import Day
from goodoffices.core.facts import Fact, order

Standing = Literal["running", "ended", "not_known"]
STANDINGS: Final[tuple[Standing, ...]] = ("running", "ended", "not_known")
_WIDE: Final = 20  # days of doubt from which a date is drawn as uncertain


@dataclass(frozen=True, slots=True)
class Life:
    """When it began; when it ended, where the record tells; to which day a decision carries it, where one does."""

    begun: Day
    ended: Day | None = None
    carried: Day | None = None

    def standing(self, day: date) -> Standing:
        """Whether it ran on a day, as far as the record says."""
        if self.ended is not None:
            if self.ended.latest <= day:
                return "ended"
            return "running" if self.begun.latest <= day < self.ended.earliest else "not_known"
        carried = self.carried is not None and day <= self.carried.earliest
        return "running" if carried and self.begun.latest <= day else "not_known"

    def within(self, day: Day, looked_at: date) -> bool:
        """Whether a day may lie within it, as far as it had come by the day looked at."""
        if day.earliest > looked_at or day.latest < self.begun.earliest:
            return False
        return self.ended is None or day.earliest <= self.ended.latest

    def meets(self, other: Life, looked_at: date) -> bool:
        """Whether the two may have run at the same time, by the day looked at."""
        mine = min(self.ended.latest, looked_at) if self.ended else looked_at
        theirs = min(other.ended.latest, looked_at) if other.ended else looked_at
        return self.begun.earliest <= theirs and other.begun.earliest <= mine


def is_vague(day: Day) -> bool:
    """Whether a date is so uncertain that it is drawn dashed: about, doubted, or a month and more wide."""
    return day.approximate or day.uncertain or (day.latest - day.earliest).days >= _WIDE


@dataclass(frozen=True, slots=True)
class Change:
    """A change of government of the casebook: its case, its state, its day 0 and the fact that tells it."""

    case: str
    title: str
    title_fr: str
    iso3: str
    day: Day
    fact: Fact
    missions: tuple[str, ...]  # missions that the case names as covering the country

    def said(self, language: str = "en") -> str:
        """The case’s title."""
        return self.title_fr if language == "fr" and self.title_fr else self.title


def changes(facts: Iterable[Fact]) -> tuple[Change, ...]:
    """The changes of government among these facts, in order of time. A case without a known day 0 has none yet."""
    heads: dict[str, Fact] = {}
    seized: dict[str, Fact] = {}
    cover: dict[str, list[str]] = {}
    for fact in sorted(facts, key=order):
        if fact.kind == "case":
            heads[fact.subject] = fact
        elif fact.kind == "seizure" and not fact.competes_with:
            seized.setdefault(fact.subject, fact)
        elif fact.kind == "mission_present":
            cover.setdefault(fact.subject, []).append(register_id(fact.get("mission")))
    return tuple(
        Change(
            case=case,
            title=heads[case].get("title"),
            title_fr=heads[case].get("title_fr"),
            iso3=heads[case].get("iso3"),
            day=fact.span.begins,
            fact=fact,
            missions=tuple(dict.fromkeys(cover.get(case, ()))),
        )
        for case, fact in seized.items()
        if case in heads and fact.span.begins.precision != "unknown"
    )


# Envoys are actors of the casebook under another name than their offices have in the register.
_ENVOYS: Final = {
    "un-envoy-syria": "ose-syria",
    "un-envoy-yemen": "osesgy",
    "un-envoy-myanmar": "osesg-myanmar",
}


def register_id(mission: str) -> str:
    """The id in the register of missions for an actor of the casebook."""
    return _ENVOYS.get(mission, mission)
