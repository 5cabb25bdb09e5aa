"""Cases aligned on their day 0: one lane a case, counted in days since the seizure, marks as in the timeline.

Invariant: the marks of a lane are those of the case's timeline on the same days; only their days are counted anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.briefs.act_words import day_number_words, organisation_words
from goodoffices.briefs.comparing import When, organisation_of, zero_of
from goodoffices.briefs.timeline import Mark, Shape, timeline
from goodoffices.casebook.actors import actors, brief_name
from goodoffices.core.days import NEVER, Day
from goodoffices.core.kinds import KINDS
from goodoffices.core.snapshots import Snapshot
from goodoffices.norms.kindwords import colon

# The stretches a reader may ask for, by name: how many days after the seizure; None is all that is known.
STRETCHES: Final[dict[str, int | None]] = {"month": 30, "year": 365, "all": None}
_EVE: Final = 1  # the day before is shown, too: news of the eve belongs to the event
_COARSEST: Final = 732  # days: "about 2020" reaches from the year before to the year after


@dataclass(frozen=True, slots=True)
class AlignedMark:
    """One fact of a case, `at` so many days after the seizure; `first` and `last` bound it where it is not exact."""

    fact: str
    shape: Shape
    at: int
    first: int
    last: int
    label: str
    text: str
    lane: str
    said: str
    when: str
    weight: int
    later: bool


@dataclass(frozen=True, slots=True)
class AlignedCase:
    """A case's lane. `reached` is the number of the day looked at; `zero` is day 0 in words, empty where unknown;
    `beneath` stands under the name in the drawing."""

    case: str
    title: str
    name: str
    zero: str
    reached: int
    marks: tuple[AlignedMark, ...]
    beneath: str = ""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Lanes from `start` to `end` days after each seizure; `stretch` is the name of that stretch."""

    title: str
    stretch: str
    start: int
    end: int
    cases: tuple[AlignedCase, ...]

    @property
    def rows(self) -> tuple[tuple[AlignedCase, AlignedMark], ...]:
        """Every mark with its case, in order of days, the cases in their own order within a day."""
        found = [(case, mark) for case in self.cases for mark in case.marks]
        return tuple(sorted(found, key=lambda pair: (pair[1].at, pair[1].fact)))


def aligned(
    snapshots: Sequence[Snapshot],
    names: Sequence[tuple[str, str]],
    title: str,
    stretch: str = "month",
    language: str = "en",
) -> Aligned:
    """The lanes of these snapshots over a stretch. `names` are each case's title and the country alone."""
    length = STRETCHES[stretch]
    lanes = []
    for snapshot, (whole, country) in zip(snapshots, names, strict=True):
        zero = zero_of(snapshot)
        marks = _marks(snapshot, zero, length, language) if zero is not None and zero.precision != "unknown" else ()
        reached = (snapshot.as_of - zero.shown).days if marks and zero else 0
        said = zero.words(language) if zero else ""
        lanes.append(AlignedCase(snapshot.subjects[0], whole, country, said, reached, marks, said or "–"))
    end = length or max((mark.at for lane in lanes for mark in lane.marks), default=30)
    return Aligned(title, stretch, -_EVE, max(end, 7), tuple(lanes))


def _marks(snapshot: Snapshot, zero: Day, length: int | None, language: str) -> tuple[AlignedMark, ...]:
    # From well before day 0: a date as coarse as a year may begin there and still reach into the stretch.
    first = date.fromordinal(max(zero.shown.toordinal() - _COARSEST, 1))
    figure = timeline(snapshot, "", first, NEVER, language=language)
    found = (_counted(mark, lane.name, zero, snapshot, language) for lane in figure.lanes for mark in lane.marks)
    inside = [one for one in found if one.last >= -_EVE and (length is None or _says(one, length))]
    return tuple(sorted(inside, key=lambda one: (one.at, -one.weight, one.fact)))


def _says(mark: AlignedMark, length: int) -> bool:
    """Whether a mark says something of a stretch: it lies within, and may not lie just anywhere in it."""
    return mark.at <= length and not (mark.first <= -_EVE and mark.last >= length)


def _counted(mark: Mark, lane: str, zero: Day, snapshot: Snapshot, language: str) -> AlignedMark:
    at = max((mark.at - zero.shown).days, -_EVE)
    first, last = (mark.first - zero.latest).days, (mark.last - zero.earliest).days
    day = When(at if first == last else None, first, last, "", "")
    return AlignedMark(
        *(mark.key, mark.shape, at, first, last, _named(mark, snapshot, language), mark.text, lane),
        *(day_number_words(day, language), mark.when, mark.weight, mark.later),
    )


def _named(mark: Mark, snapshot: Snapshot, language: str) -> str:
    """A mark's label with who acted: in a timeline the lane says it, here the lane is the case."""
    fact = snapshot.find(mark.key)
    organisation = organisation_of(fact) if fact is not None and KINDS[fact.kind].organ_act else ""
    if fact is None or not organisation or fact.get("document") or fact.kind == "statement":
        return mark.label
    name = organisation_words(organisation, language)
    short = brief_name(fact.actor, language) if actors()[fact.actor].short else ""
    if fact.actor == organisation and short and mark.label.startswith(f"{short} "):
        return name + mark.label.removeprefix(short)
    said = any(mark.label.startswith(one) for one in (name, short) if one)
    between = " " if ":" in mark.label else colon(language)
    return mark.label if said else f"{name}{between}{mark.label}"
