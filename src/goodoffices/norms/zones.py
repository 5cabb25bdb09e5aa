"""Days in two places: a coup is dated where it happens, an act where its organ sits.

Invariant: nobody recorded the hour, so a day in one zone touches one or two days in another, and both are possible.
Without a zone on either side days are compared as they are written.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from goodoffices.core.days import ALWAYS, NEVER

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Zones:
    """The zone in which the case's days are counted, and that of the organ; empty where not known."""

    case: str = ""
    organ: str = ""

    @property
    def known(self) -> bool:
        """Whether there are two zones that may differ."""
        return bool(self.case and self.organ and self.case != self.organ)

    def first_day(self, day: date) -> date:
        """The organ's day on which something of this day, where the case is, can first have been heard of."""
        if not self.known or not ALWAYS < day < NEVER:
            return day
        return _moment(day, self.case).astimezone(ZoneInfo(self.organ)).date()

    def hours(self, start: date, done: date) -> tuple[float, float]:
        """The least and the most hours between something on a day where the case is, and an act on an organ's day."""
        case, organ = (self.case, self.organ) if self.known else ("UTC", "UTC")
        least = _moment(done, organ) - _moment(start, case, 1)
        most = _moment(done, organ, 1) - _moment(start, case)
        return least / _HOUR, most / _HOUR


NO_ZONES: Final = Zones()


@functools.lru_cache(maxsize=4096)
def _moment(day: date, zone: str, later: int = 0) -> datetime:
    """The first moment of a day in a zone; of the next day with `later` 1."""
    return datetime.combine(day + timedelta(days=later), time(), ZoneInfo(zone))
