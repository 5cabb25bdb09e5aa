"""Ready-made sets of cases for setting side by side: who belongs is worked out from the record, never listed.

Invariant: only cases whose seizure was known and had come by the day looked at; the newest come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.briefs.comparing import zero_of
from goodoffices.briefs.precedents import features_of
from goodoffices.casebook.actors import actors
from goodoffices.core.days import Day, add_months
from goodoffices.core.facts import Fact
from goodoffices.core.reading import begun, case_fact, seizure
from goodoffices.core.snapshots import Snapshot

MOST: Final = 12  # as many as a matrix can show
LEAST: Final = 2
# A region is no fact of the record: these are the five states of the G5 Sahel.
_SAHEL: Final = ("BFA", "MLI", "MRT", "NER", "TCD")
_SAHEL_SINCE: Final = date(2020, 1, 1)
_SECOND_WITHIN: Final = 24  # months
_NEWEST: Final = 6


@dataclass(frozen=True, slots=True)
class CaseSet:
    """A set: its name and what makes a case belong, in both languages; `cases` are the newest, `all` counts them."""

    id: str
    name: tuple[str, str]
    why: tuple[str, str]
    cases: tuple[str, ...]
    all: int


@dataclass(frozen=True, slots=True)
class _Known:
    """A case with its day 0, its country and the features that precedents weigh."""

    id: str
    zero: Day
    iso3: str
    snapshot: Snapshot
    features: dict[str, str]
    elsewhere: tuple[Fact, ...]  # other seizures of the same country


_Test = Callable[[_Known], bool]


def _second(case: _Known) -> bool:
    start = add_months(case.zero.earliest, -_SECOND_WITHIN)
    return any(
        start <= one.span.begins.earliest and one.span.begins.latest < case.zero.earliest for one in case.elsewhere
    )


def _declined(case: _Known) -> bool:
    found = begun(case.snapshot, "suspension_declined")
    return any((actors()[fact.actor].part_of or fact.actor) == "au" for fact in found)


def _suspended_twice(case: _Known) -> bool:
    bodies = {actors()[fact.actor].part_of or fact.actor for fact in begun(case.snapshot, "suspension")}
    return len(bodies) >= 2


def _category(case: _Known) -> str:
    taken = seizure(case.snapshot)
    return taken.get("category") if taken else ""


_SETS: Final[tuple[tuple[str, tuple[str, str], tuple[str, str], _Test], ...]] = (
    (
        "sahel",
        ("the Sahel since 2020", "le Sahel depuis 2020"),
        (
            "Burkina Faso, Chad, Mali, Mauritania and Niger, day 0 in 2020 or later",
            "Burkina Faso, Mali, Mauritanie, Niger et Tchad, jour 0 en 2020 ou après",
        ),
        lambda case: case.iso3 in _SAHEL and case.zero.earliest >= _SAHEL_SINCE,
    ),
    (
        "un-mission",
        ("a UN mission in the country", "une mission de l’ONU dans le pays"),
        (
            "a peacekeeping operation or special political mission was there on day 0",
            "une opération de maintien de la paix ou une mission politique spéciale était là au jour 0",
        ),
        lambda case: case.features["UN mission"] in ("peacekeeping", "political"),
    ),
    (
        "second",
        ("second changes within two years", "seconds changements en deux ans"),
        (
            "another change in the same country, not a failed one, came in the 24 months before",
            "un autre changement, non échoué, avait eu lieu dans le même pays au cours des 24 mois précédents",
        ),
        _second,
    ),
    (
        "not-suspended",
        ("the African Union did not suspend", "l’Union africaine n’a pas suspendu"),
        (
            "its organs took the case up and decided not to suspend, as far as is known",
            "ses organes ont examiné le cas et décidé de ne pas suspendre, d’après ce qui est connu",
        ),
        _declined,
    ),
    (
        "suspended-twice",
        ("suspended by two bodies or more", "suspendus par deux organisations au moins"),
        (
            "at least two organisations suspended the state",
            "au moins deux organisations ont suspendu l’État",
        ),
        _suspended_twice,
    ),
    (
        "law",
        ("constitutional manipulation", "manipulation constitutionnelle"),
        (
            "power kept or taken through a change of law, the fifth kind of change",
            "pouvoir gardé ou pris par un changement du droit, le cinquième type de changement",
        ),
        lambda case: _category(case) == "constitutional_manipulation",
    ),
    (
        "undone",
        ("failed or reversed", "échoués ou annulés"),
        (
            "the attempt failed, or the change was undone",
            "la tentative a échoué, ou le changement a été annulé",
        ),
        lambda case: case.features["outcome"] in ("failed", "reversed"),
    ),
    (
        "newest",
        ("the six newest", "les six plus récents"),
        ("by day 0", "selon le jour 0"),
        lambda _case: True,
    ),
)


def case_sets(snapshots: Iterable[Snapshot]) -> tuple[CaseSet, ...]:
    """The sets over these snapshots, all taken at one moment; a set of fewer than two cases is left out."""
    known = _known(snapshots)
    found = []
    for name, said, why, belongs in _SETS:
        mine = [case.id for case in known if belongs(case)]
        if name == "newest":
            mine = mine[:_NEWEST]
        if len(mine) >= LEAST:
            found.append(CaseSet(name, said, why, tuple(mine[:MOST]), len(mine)))
    return tuple(found)


def _known(snapshots: Iterable[Snapshot]) -> list[_Known]:
    """The cases that had come, newest first."""
    heads = [(one, zero, opened) for one in snapshots if (zero := zero_of(one)) and (opened := case_fact(one))]
    taken: dict[str, list[Fact]] = {}
    for one, _, opened in heads:
        power = seizure(one)
        if power is not None and power.get("outcome") != "failed":
            taken.setdefault(opened.get("iso3"), []).append(power)
    found = []
    for one, zero, opened in heads:
        iso3 = opened.get("iso3")
        elsewhere = tuple(fact for fact in taken.get(iso3, ()) if fact.subject != one.subjects[0])
        found.append(_Known(one.subjects[0], zero, iso3, one, features_of(one, taken), elsewhere))
    return sorted(found, key=lambda case: (case.zero.shown, case.id), reverse=True)
