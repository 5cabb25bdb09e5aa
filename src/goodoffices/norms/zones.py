"""Days in two places: a coup is dated where it happens, an act where its organ sits.

Invariant: nobody recorded the hour, so a day in one zone touches one or two days in another, and both are possible.
Without a zone on either side days are compared as they are written.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from goodoffices.core.days import ALWAYS, NEVER

_HOUR = timedelta(hours=1)
# Who acts where the case is.
AT_HOME: Final = frozenset(("authorities", "armed-forces", "armed-groups", "civil-society", "ousted", "public"))


@dataclass(frozen=True, slots=True)
class Zones:
    """The zone in which the case's days are counted, and that of the organ; empty where not known."""

    case: str = ""
    organ: str = ""

    @property
    def known(self) -> bool:
        """Whether both zones are known; they may be the same."""
        return bool(self.case and self.organ)

    def first_day(self, day: date) -> date:
        """The organ's day on which something of this day, where the case is, can first have been heard of."""
        if not self.known or not ALWAYS < day < NEVER:
            return day
        return _begins(day, self.case).astimezone(ZoneInfo(self.organ)).date()

    def hours(self, start: date, done: date) -> tuple[float, float]:
        """The least and the most hours between something on a day where the case is, and an act on an organ's day."""
        case, organ = (self.case, self.organ) if self.known else ("UTC", "UTC")
        least = _begins(done, organ) - _ends(start, case)
        most = _ends(done, organ) - _begins(start, case)
        return least / _HOUR, most / _HOUR


NO_ZONES: Final = Zones()


@functools.lru_cache(maxsize=4096)
def _begins(day: date, zone: str) -> datetime:
    """The first moment of a day in a zone, in UTC: the difference of two local times of one zone is not in hours."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@functools.lru_cache(maxsize=4096)
def _ends(day: date, zone: str) -> datetime:
    """The moment after which it is no longer that day. Where midnight comes twice, the second time."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return max(midnight.astimezone(UTC), midnight.replace(fold=1).astimezone(UTC))
