"""The timeline of a case as a value: lanes, marks and bands. What draws it decides only how it looks.

Marks are the same everywhere: a diamond is a determination or decision of an organ, a disc an event, a hollow ring
something promised and not kept, a dashed box an uncertain date, a band a status in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from goodoffices.briefs.labels import label_of
from goodoffices.casebook.actors import LANES, actors
from goodoffices.core.days import NEVER
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import KINDS
from goodoffices.core.reading import day_zero, told
from goodoffices.core.snapshots import Snapshot

Shape = Literal["diamond", "disc", "ring", "box"]
_WIDE_ENOUGH: Final = 20  # days of doubt from which a date is drawn as a box

# How much a kind says about the case; a figure short of room keeps the heaviest.
_WEIGHT: Final = {
    "seizure": 10,
    "suspension": 9,
    "suspension_declined": 9,
    "suspension_lifted": 8,
    "mission_exit": 8,
    "constitutional_order": 8,
    "press_statement": 7,
    "presidential_statement": 7,
    "resolution": 7,
    "mandate": 7,
    "sanction": 7,
    "sanction_lifted": 6,
    "determination": 6,
    "promise_outcome": 6,
    "leadership": 6,
    "consent": 6,
    "veto": 6,
    "force": 6,
    "credentials": 5,
    "ousted": 5,
    "statement": 4,
    "vote_held": 5,
    "expulsion": 5,
    "assessment": 5,
    "organisation_exit": 5,
    "transition_term": 4,
    "decision": 4,
    "no_product": 0,
    "mission_present": 0,
    "mandated_task": 0,
    "mission_task": 0,
    "stance": 0,
    "context": 0,
    "opinion": 1,
}
_BACKGROUND: Final = 4
_BANDS: Final = {"suspension": "suspension_lifted", "sanction": "sanction_lifted"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One fact on a lane. `first` and `last` bound its day; `later` says it lies after the day looked at."""

    key: str
    shape: Shape
    at: date
    first: date
    last: date
    label: str
    text: str
    when: str
    weight: int
    later: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A status in force on a lane; `end` is None while it lasts."""

    key: str
    start: date
    end: date | None
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One actor's line."""

    id: str
    name: str
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes between two days, with the day looked at and day 0."""

    title: str
    start: date
    end: date
    as_of: date
    zero: date | None
    lanes: tuple[Lane, ...]

    @property
    def marks(self) -> tuple[tuple[Lane, Mark], ...]:
        """Every mark with its lane, in order of time."""
        return tuple(
            sorted(
                ((lane, mark) for lane in self.lanes for mark in lane.marks), key=lambda pair: (pair[1].at, pair[1].key)
            )
        )


def timeline(
    snapshot: Snapshot,
    title: str,
    first: date | None = None,
    last: date | None = None,
    most: int = 0,
    language: str = "en",
) -> Timeline:
    """The timeline of a snapshot. Without `first` and `last` it runs from just before the seizure to nine months after
    it, or to the day looked at where that lies later. `most` keeps only so many of the heaviest marks a lane.

    Facts without a date, and standing facts of the state, are not drawn.
    """
    zero = day_zero(snapshot)
    missed = {
        fact.get("of") for fact in snapshot.facts if fact.kind == "promise_outcome" and fact.get("result") == "missed"
    }
    dated = [fact for fact in told(snapshot) if fact.span.begins.precision != "unknown"]
    start, end = _window(snapshot, dated, zero.shown if zero else None, first, last)
    lanes = []
    for lane_id, names in LANES.items():
        mine = [fact for fact in dated if actors()[fact.actor].lane == lane_id]
        marks = [
            _mark(fact, snapshot.as_of, missed, language) for fact in mine if start <= fact.span.begins.shown <= end
        ]
        marks = [mark for mark in marks if mark.weight > 0]
        if most and len(marks) > most:
            marks = sorted(
                sorted(marks, key=lambda mark: (-mark.weight, mark.at))[:most], key=lambda mark: (mark.at, mark.key)
            )
        bands = _bands(mine, _left(dated, lane_id), start, end, language)
        # A lane with nothing but background is left out where room is short.
        heavy = not most or any(mark.weight >= _BACKGROUND for mark in marks)
        if bands or (marks and heavy):
            lanes.append(Lane(lane_id, names[language == "fr"], tuple(marks), bands))
    return Timeline(title, start, end, snapshot.as_of, zero.shown if zero else None, tuple(lanes))


def _window(
    snapshot: Snapshot, dated: list[Fact], zero: date | None, first: date | None, last: date | None
) -> tuple[date, date]:
    known = [fact.span.begins.shown for fact in dated]
    begin = first or (zero - timedelta(days=12) if zero else min(known, default=snapshot.as_of) - timedelta(days=5))
    if last:
        return begin, max(last, begin + timedelta(days=7))
    reach = min(max([day for day in known if day >= begin], default=begin), (zero or begin) + timedelta(days=290))
    reach = max(reach, min(snapshot.as_of, max(known, default=begin)))
    return begin, max(reach, begin + timedelta(days=30)) + timedelta(days=8)


def _mark(fact: Fact, as_of: date, missed: set[str], language: str) -> Mark:
    day = fact.span.begins
    shape: Shape = "diamond" if KINDS[fact.kind].organ_act else "disc"
    if fact.kind == "promise_outcome" and fact.get("result") == "missed":
        shape = "ring"
    elif (day.latest - day.earliest).days >= _WIDE_ENOUGH or day.approximate:
        shape = "box"
    weight = _WEIGHT.get(fact.kind, 3) if not fact.competes_with else 1
    return Mark(
        fact.key,
        shape,
        day.shown,
        day.earliest,
        day.latest,
        label_of(fact, language),
        fact.said(language),
        fact.span.words(language),
        weight,
        day.earliest > as_of,
    )


def _left(facts: list[Fact], lane: str) -> list[date]:
    """Days on which the state's leaving of an organisation of this lane took effect."""
    return [
        fact.span.begins.shown
        for fact in facts
        if fact.kind == "organisation_exit"
        and fact.get("step") == "effective"
        and actors()[fact.get("organisation")].lane == lane
    ]


def _bands(facts: list[Fact], left: list[date], start: date, end: date, language: str) -> tuple[Band, ...]:
    """Suspensions last until lifted, or until the state has left: a band on the actor's lane."""
    bands: list[Band] = []
    for begins in (fact for fact in facts if fact.kind == "suspension" and not fact.competes_with):
        if any(
            band.start <= begins.span.begins.shown and (band.end is None or begins.span.begins.shown < band.end)
            for band in bands
        ):
            continue
        ends = [
            fact.span.begins.shown
            for fact in facts
            if fact.kind == _BANDS[begins.kind]
            and fact.span.begins.shown >= begins.span.begins.shown
            and not fact.competes_with
        ]
        ends += [day for day in left if day >= begins.span.begins.shown]
        close = min(ends, default=None)
        if begins.span.begins.shown <= end and (close or NEVER) >= start:
            bands.append(Band(begins.key, begins.span.begins.shown, close, label_of(begins, language)))
    return tuple(bands)
