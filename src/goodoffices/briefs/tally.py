"""Changes of government counted for the figures: by year and kind, by state.

Invariant: each number is the length of the list of cases that stands beside it. A case is counted in the year of the
first day its seizure may have been; one whose day is not known is in no year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from goodoffices.core.names import fold

# What kinds of change and outcomes are called in a figure: a letter to stand in a mark, and the words.
_Words = tuple[str, str]
KINDS: Final[dict[str, tuple[_Words, _Words]]] = {
    "military_coup": (("M", "military coup"), ("M", "coup d’État militaire")),
    "armed_takeover": (("A", "armed takeover"), ("A", "prise de pouvoir armée")),
    "constitutional_manipulation": (
        ("C", "constitutional manipulation"),
        ("C", "manipulation constitutionnelle"),
    ),
    "refusal_to_leave": (("R", "refusal to hand over"), ("R", "refus de céder le pouvoir")),
    "popular_uprising": (("P", "popular uprising"), ("P", "soulèvement populaire")),
    "foreign_removal": (("F", "removal by a foreign state"), ("E", "éviction par un État étranger")),
    "mercenary_intervention": (("I", "intervention of mercenaries"), ("I", "intervention de mercenaires")),
    "other": (("O", "other"), ("X", "autre")),
}
OUTCOMES: Final[dict[str, _Words]] = {
    "completed": ("completed", "accompli"),
    "reversed": ("reversed", "annulé"),
    "failed": ("failed", "échoué"),
    "contested": ("contested: accounts differ on what it was", "contesté : les récits divergent sur sa nature"),
}
_SHORT: Final = {"contested": ("contested", "contesté")}
# Kinds of change whose French name is feminine, and the outcomes that then end otherwise.
_FEMININE: Final = ("armed_takeover", "constitutional_manipulation", "foreign_removal", "mercenary_intervention")
_FEMININE_FR: Final = {
    "completed": "accomplie",
    "reversed": "annulée",
    "failed": "échouée",
    "contested": "contestée",
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A change of government as the figures count it. `fact` is the key of its seizure, `year` None where not known."""

    case: str
    title: str
    fact: str
    year: int | None
    kind: str
    outcome: str
    iso3: str


@dataclass(frozen=True, slots=True)
class State:
    """A state as the figures name it."""

    iso3: str
    m49: str
    country: str
    country_fr: str

    def said(self, language: str = "en") -> str:
        """The name in English or French."""
        return self.country_fr if language == "fr" and self.country_fr else self.country


@dataclass(frozen=True, slots=True)
class Part:
    """The cases of a year that are alike in kind and outcome: one piece of its bar."""

    kind: str
    outcome: str
    cases: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its cases, in the order in which its bar is stacked."""

    year: int
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """How many cases the year has."""
        return sum(len(part.cases) for part in self.parts)


@dataclass(frozen=True, slots=True)
class StateCount:
    """A state with its cases, oldest first."""

    state: State
    cases: tuple[Occurrence, ...]


def kind_name(kind: str, language: str = "en") -> str:
    """A kind of change in words; "not known" where no seizure is."""
    if kind not in KINDS:
        return "non connu" if language == "fr" else "not known"
    return KINDS[kind][language == "fr"][1]


def kind_letter(kind: str, language: str = "en") -> str:
    """The letter that stands for a kind of change in a figure."""
    return KINDS[kind][language == "fr"][0]


def outcome_name(outcome: str, language: str = "en", full: bool = False, kind: str = "") -> str:
    """An outcome in words; `full` says more of one that is contested, and French agrees with the `kind` before it."""
    if language == "fr" and kind in _FEMININE and not full:
        return _FEMININE_FR.get(outcome, outcome)
    words = OUTCOMES if full else OUTCOMES | _SHORT
    return words[outcome][language == "fr"] if outcome in words else outcome


def by_year(found: Iterable[Occurrence], last: int) -> tuple[Year, ...]:
    """Every year from the first case's to `last`, those without a case among them; none where there is no case."""
    groups: dict[tuple[int, str, str], list[Occurrence]] = {}
    for one in found:
        if one.year is not None and one.kind in KINDS:
            groups.setdefault((one.year, one.kind, one.outcome), []).append(one)
    if not groups:
        return ()
    first, last = min(year for year, _, _ in groups), max(last, *(year for year, _, _ in groups))
    kinds, outcomes = list(KINDS), list(OUTCOMES)
    ordered = sorted(groups.items(), key=lambda group: (kinds.index(group[0][1]), outcomes.index(group[0][2])))
    return tuple(
        Year(year, tuple(Part(kind, outcome, tuple(cases)) for (when, kind, outcome), cases in ordered if when == year))
        for year in range(first, last + 1)
    )


def by_state(found: Iterable[Occurrence], states: Mapping[str, State]) -> tuple[StateCount, ...]:
    """Every state with a case, most cases first. A state the register lacks is named by its code."""
    groups: dict[str, list[Occurrence]] = {}
    for one in sorted(found, key=lambda one: (one.year or 0, one.case)):
        groups.setdefault(one.iso3, []).append(one)
    counts = [StateCount(states.get(iso3, State(iso3, "", iso3, iso3)), tuple(cases)) for iso3, cases in groups.items()]
    return tuple(sorted(counts, key=lambda one: (-len(one.cases), fold(one.state.country))))


def year_records(years: Iterable[Year]) -> list[dict[str, Any]]:
    """The table behind the figure by year: a row for each piece of a bar, and one for a year without a case."""
    rows = []
    for year in years:
        for part in year.parts or (Part("", "", ()),):
            rows.append(
                {
                    "year": year.year,
                    "kind": part.kind,
                    "outcome": part.outcome,
                    "cases": len(part.cases),
                    "ids": [one.case for one in part.cases],
                    "facts": [one.fact for one in part.cases if one.fact],
                }
            )
    return rows


def state_records(counts: Iterable[StateCount]) -> list[dict[str, Any]]:
    """The table behind the maps: a row a state."""
    return [
        {
            "iso3": one.state.iso3,
            "m49": one.state.m49,
            "country": one.state.country,
            "country_fr": one.state.country_fr,
            "cases": len(one.cases),
            "ids": [case.case for case in one.cases],
            "facts": [case.fact for case in one.cases if case.fact],
        }
        for one in counts
    ]
