"""Small questions everybody asks of a snapshot: when day 0 was, what counts by the day looked at."""

from __future__ import annotations

from datetime import date

from goodoffices.core.days import Day
from goodoffices.core.facts import Fact
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict


def case_fact(snapshot: Snapshot) -> Fact | None:
    """The fact that opens the case: its title, country, codes."""
    return next((fact for fact in snapshot.facts if fact.kind == "case"), None)


def state_fact(snapshot: Snapshot) -> Fact | None:
    """The register's entry of the case's state."""
    return next((fact for fact in snapshot.facts if fact.kind == "state"), None)


def seizure(snapshot: Snapshot) -> Fact | None:
    """The seizure of power, day 0, where one is known; the preferred account where accounts compete."""
    found = [fact for fact in snapshot.of_kind("seizure") if not fact.competes_with]
    return found[0] if found else None


def day_zero(snapshot: Snapshot) -> Day | None:
    """The day of the seizure."""
    found = seizure(snapshot)
    return found.span.begins if found else None


def told(snapshot: Snapshot) -> tuple[Fact, ...]:
    """The facts of the case itself, in order of time: not the record's own entries, not standing facts of the state."""
    return tuple(
        fact for fact in snapshot.facts if not fact.subject.startswith("state:") and fact.kind not in ("case", "gap")
    )


def begun(snapshot: Snapshot, *kinds: str) -> tuple[Fact, ...]:
    """Facts of these kinds that had surely begun by the day looked at; alternative accounts left out."""
    return tuple(
        fact
        for fact in snapshot.of_kind(*kinds)
        if not fact.competes_with
        and not fact.subject.startswith("state:")
        and fact.span.begun_by(snapshot.as_of) is Verdict.HOLDS
    )


def gaps(snapshot: Snapshot) -> tuple[Fact, ...]:
    """What we know that we do not know, as of the day."""
    return tuple(fact for fact in snapshot.of_kind("gap") if fact.span.begins.earliest <= snapshot.as_of)


def day_number(day: Day, zero: Day | None) -> int | None:
    """Days since the seizure; None where either date is unknown."""
    if zero is None or "unknown" in (day.precision, zero.precision):
        return None
    return (day.shown - zero.shown).days


def day_label(day: Day, zero: Day | None, language: str = "en") -> str:
    """ "day 8", "the same day", or nothing."""
    number = day_number(day, zero)
    if number is None or day.precision in ("year", "other") or number < 0:
        return ""
    return f"jour {number}" if language == "fr" else f"day {number}"


def key_days(snapshot: Snapshot) -> tuple[tuple[date, str], ...]:
    """The case's own key days, for stepping through it: seizure, first answers, suspensions, liftings, mandates, exits.

    Only precise days of facts that were known.
    """
    wanted = (
        "seizure",
        "suspension",
        "suspension_declined",
        "suspension_lifted",
        "mandate",
        "mission_exit",
        "constitutional_order",
    )
    chosen: dict[date, str] = {}
    zero = day_zero(snapshot)
    for fact in told(snapshot):
        day = fact.span.begins
        if (
            fact.kind in wanted
            and day.precise
            and not fact.competes_with
            and (zero is None or day.earliest >= zero.earliest)
        ):
            chosen.setdefault(day.earliest, fact.text)
    return tuple(sorted(chosen.items()))[:12]
