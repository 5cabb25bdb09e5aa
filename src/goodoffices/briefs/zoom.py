"""Looking closer at a timeline: which days it shows, asked as a number of days and the first of them.

Invariant: what is asked stands in an address, and the same address shows the same days of the same snapshot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from goodoffices.briefs.timeline import Timeline, timeline
from goodoffices.core.days import read_date
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.reading import day_zero, told
from goodoffices.core.snapshots import Snapshot

SPANS: Final = (10, 30, 100, 365)
ALL: Final = "all"
_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Zoom:
    """Days of a timeline: `span` is how many, or "all"; "" leaves both to the figure. The first day is None where it is
    the figure's to choose: just before day 0."""

    span: str = ""
    first: date | None = None

    @property
    def asked(self) -> dict[str, str]:
        """As it stands in an address."""
        found = {"zoom": self.span} if self.span else {}
        return found | ({"zoom_from": self.first.isoformat()} if self.first else {})


@dataclass(frozen=True, slots=True)
class Zoomed:
    """A timeline of the days asked for, and where one may look next: None where nothing dated lies there."""

    zoom: Zoom
    figure: Timeline
    earlier: Zoom | None
    later: Zoom | None


def read_zoom(given: Mapping[str, str]) -> Zoom:
    """What an address asks for. BadRecord for a span that is none of SPANS, or a day that is none."""
    span, first = given.get("zoom", ""), given.get("zoom_from", "")
    if span and span != ALL and span not in map(str, SPANS):
        spans = ", ".join(map(str, SPANS))
        raise BadRecord([Problem("zoom", f"there is no span {span!r}.", f"Spans, in days: {spans}; or all.")])
    if not span or span == ALL or not first:
        return Zoom(span)
    day = read_date(first, "zoom_from")
    if not _FIRST <= day <= _LAST - timedelta(days=max(SPANS)):
        raise BadRecord([Problem("zoom_from", f"{first} lies outside the record.", "Ask for another day.")])
    return Zoom(span, day)


def zoomed(snapshot: Snapshot, title: str, zoom: Zoom, usual: Timeline, language: str = "en") -> Zoomed:
    """The timeline of the days asked for; `usual` is what it shows unasked."""
    dated = [fact.span.begins.shown for fact in told(snapshot) if fact.span.begins.precision != "unknown"]
    if not zoom.span or not dated:
        return Zoomed(Zoom(), usual, None, None)
    if zoom.span == ALL:
        first, last = min(dated) - timedelta(days=5), max(dated) + timedelta(days=8)
        return Zoomed(zoom, timeline(snapshot, title, first, last, language=language), None, None)
    days = int(zoom.span)
    zero = day_zero(snapshot)
    first = zoom.first or (zero.shown if zero else min(dated)) - timedelta(days=max(days // 20, 1))
    last = first + timedelta(days=days)
    step = timedelta(days=max(days // 2, 1))
    return Zoomed(
        zoom,
        timeline(snapshot, title, first, last, language=language),
        Zoom(zoom.span, first - step) if any(day < first for day in dated) else None,
        Zoom(zoom.span, first + step) if any(day > last for day in dated) else None,
    )
