"""What comes next: dates ahead of the day looked at, from promises, mandates, terms and deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goodoffices.casebook.actors import brief_name, of_name
from goodoffices.core.days import on, read_day
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.reading import begun
from goodoffices.core.snapshots import Snapshot
from goodoffices.norms.kindwords import colon, matter_words


@dataclass(frozen=True, slots=True)
class NextDate:
    """A day ahead: when, what, and the facts it rests on."""

    day: date
    when: str
    what: str
    facts: tuple[str, ...]


def next_dates(snapshot: Snapshot, findings: Sequence[Finding], language: str = "en") -> tuple[NextDate, ...]:
    """Dates after `as_of`, nearest first. A mandate replaced by a later one no longer counts."""
    found: list[NextDate] = []
    newest: dict[str, Fact] = {}
    for fact in begun(snapshot, "mandate"):
        newest[fact.get("mission")] = fact
    candidates = [
        *newest.values(),
        *_standing_promises(snapshot),
        *begun(snapshot, "deadline_set", "transition_term", "sanction"),
    ]
    for fact in candidates:
        if not fact.get("until"):
            continue
        day = read_day(fact.get("until"))
        if day.latest > snapshot.as_of:
            found.append(NextDate(day.latest, day.words(language), _what(fact, language), (fact.key,)))
    for finding in findings:
        if finding.state == "pending" and finding.due is not None and finding.due > snapshot.as_of:
            found.append(NextDate(finding.due, on(finding.due).words(language), finding.said(language), finding.facts))
    unique = {(one.day, one.what): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: (one.day, one.what)))


def _standing_promises(snapshot: Snapshot) -> tuple[Fact, ...]:
    settled = {fact.get("of") for fact in begun(snapshot, "promise_outcome")}
    return tuple(fact for fact in begun(snapshot, "promise") if fact.key not in settled)


def _what(fact: Fact, language: str) -> str:
    french = language == "fr"
    if fact.kind == "mandate":
        mission = fact.get("mission")
        return f"fin du mandat {of_name(mission)}" if french else f"{brief_name(mission)} mandate expires"
    if fact.kind == "promise":
        return (
            ("promis" if french else "promised") + colon(language) + matter_words(fact.get("subject_matter"), language)
        )
    if fact.kind == "transition_term":
        return "fin annoncée de la transition" if french else "announced end of the transition"
    if fact.kind == "sanction":
        return "fin des mesures" if french else "measures run out"
    return matter_words(fact.get("subject_matter"), language)
