"""What happened in a country, as a compact chronology: turning points, with missions and operations alongside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from goodoffices.briefs.authorisation import Chain, so_by
from goodoffices.briefs.labels import label_of
from goodoffices.briefs.timeline import Band, Lane, Mark, Shape, Timeline
from goodoffices.core.facts import Fact, order
from goodoffices.core.kinds import KINDS

# Which kinds tell the story of a country, in lanes of the figure.
LANES: Final[tuple[tuple[str, tuple[str, str], tuple[str, ...]], ...]] = (
    ("power", ("Power", "Pouvoir"), ("seizure", "constitutional_order", "vote_held", "leadership")),
    ("fighting", ("Fighting", "Combats"), ("violence", "force")),
    ("peace", ("Agreements", "Accords"), ("agreement",)),
    ("consent", ("Consent", "Consentement"), ("consent", "restriction", "expulsion")),
    (
        "decided",
        ("Decisions", "Décisions"),
        ("mandate", "veto", "suspension", "suspension_lifted", "organisation_exit"),
    ),
)
_TOLD: Final = (
    *("seizure", "constitutional_order", "vote_held", "violence", "agreement", "force", "consent", "mission_exit"),
    *("organisation_exit", "veto", "foreign_forces", "operation", "mission"),
)
# How much a fact turns the story: the key days are those of the weightiest.
_TURNING: Final = {"seizure": 9, "mission_exit": 8, "constitutional_order": 6, "operation": 6, "organisation_exit": 4}
_STEPS: Final = {
    "requested": ("asked for", "demandé"),
    "given": ("given", "donné"),
    "withdrawn": ("withdrawn", "retiré"),
}
_MOST: Final = 14
_EACH: Final = 9
_WEIGHTS: Final = {"seizure": 9, "consent": 8, "constitutional_order": 7, "agreement": 6, "violence": 5, "mandate": 5}


def events(facts: Iterable[Fact], as_of: date) -> tuple[Fact, ...]:
    """The turning points, each once, in order of time: those after the day looked at come last and count as later."""
    seen: dict[tuple[str, str, str], Fact] = {}
    for fact in sorted(facts, key=order):
        if not _told(fact) or fact.competes_with or fact.span.begins.precision == "unknown":
            continue
        what = fact.get("mission") or fact.get("document") or fact.get("target") or fact.get("election") or fact.actor
        key = (fact.kind, fact.span.text, what if fact.kind not in ("operation", "mission") else fact.subject)
        # The same act may stand in two cases and a register: the one with French is told.
        if key not in seen or (fact.texts and not seen[key].texts):
            seen[key] = fact
    created = {fact.get("mission") for fact in seen.values() if fact.kind == "mandate"}
    told = sorted(
        (one for one in seen.values() if one.kind != "mission" or one.subject.partition(":")[2] not in created),
        key=order,
    )
    return tuple([*(one for one in told if so_by(one, as_of)), *(one for one in told if not so_by(one, as_of))])


def _told(fact: Fact) -> bool:
    if fact.kind == "mandate":
        return fact.get("direction") in ("start", "end")
    return fact.kind in _TOLD


def turning_days(facts: Iterable[Fact], chains: Sequence[Chain]) -> tuple[tuple[date, Fact], ...]:
    """The country's own key days, by which to step through it: precise days only, the weightiest kept."""
    chosen: dict[date, tuple[int, Fact]] = {}
    heads = {chain.acted.key for chain in chains}
    for fact in sorted(facts, key=order):
        weight = _weight(fact, heads)
        day = fact.span.begins
        if weight and day.precise and not fact.competes_with:
            known = chosen.get(day.earliest)
            if known is None or known[0] < weight:
                chosen[day.earliest] = (weight, fact)
    best = sorted(chosen.items(), key=lambda item: (-item[1][0], item[0]))[:_MOST]
    return tuple(sorted((day, fact) for day, (_, fact) in best))


def _weight(fact: Fact, heads: set[str]) -> int:
    if fact.kind == "mandate":
        return 8 if fact.get("direction") in ("start", "end") else 0
    if fact.kind == "consent":
        return 8 if fact.get("step") == "withdrawn" else 4
    if fact.kind == "agreement":
        return 7 if fact.get("with") == "armed-groups" else 3
    if fact.kind == "operation" and fact.key not in heads:
        return 0
    return _TURNING.get(fact.kind, 0)


def figure(facts: Iterable[Fact], chains: Sequence[Chain], as_of: date, title: str, language: str = "en") -> Timeline:
    """The chronology as a timeline: lanes of turning points above, one lane for each mission and operation below."""
    known = [fact for fact in facts if not fact.competes_with and fact.span.begins.precision != "unknown"]
    first, last = _window(known, chains, as_of)
    lanes = []
    for id, words, kinds in LANES:
        marks = [_mark(fact, as_of, language) for fact in known if fact.kind in kinds and _drawn(fact)]
        inside = [mark for mark in _once(marks) if first <= mark.at <= last]
        kept = sorted(inside, key=lambda mark: (-mark.weight, mark.at))[:_EACH]
        if kept:
            lanes.append(
                Lane(id, words[language == "fr"], tuple(sorted(kept, key=lambda mark: (mark.at, mark.key))), ())
            )
    lanes += [_operation(chain, last, language) for chain in chains if (chain.ends or last) >= first]
    return Timeline(title, first, last, as_of, None, tuple(lanes))


def _window(facts: Sequence[Fact], chains: Sequence[Chain], as_of: date) -> tuple[date, date]:
    """From shortly before the first case, or the first mission where there is none, to the last day known."""
    cases = [fact.span.begins.shown for fact in facts if fact.kind == "seizure"]
    begun = [chain.begins for chain in chains]
    told = [fact.span.begins.shown for fact in facts if _told(fact)]
    first = min(cases, default=min(begun, default=as_of))
    last = max([as_of, *begun, *told])
    return date(first.year, 1, 1), min(last, as_of + timedelta(days=3660)) + timedelta(days=60)


def _drawn(fact: Fact) -> bool:
    return fact.kind != "mandate" or fact.get("direction") in ("start", "end")


def _mark(fact: Fact, as_of: date, language: str) -> Mark:
    day = fact.span.begins
    shape: Shape = "diamond" if KINDS[fact.kind].organ_act else "disc"
    if (day.latest - day.earliest).days >= 20 or day.approximate:
        shape = "box"
    label, when = _label(fact, language), fact.span.words(language)
    weight = _WEIGHTS.get(fact.kind, 3)
    return Mark(
        fact.key,
        shape,
        day.shown,
        day.earliest,
        day.latest,
        label,
        fact.said(language),
        when,
        weight,
        day.earliest > as_of,
    )


def _label(fact: Fact, language: str) -> str:
    step = _STEPS.get(fact.get("step")) if fact.kind == "consent" else None
    return step[language == "fr"] if step else label_of(fact, language)


def _once(marks: Iterable[Mark]) -> list[Mark]:
    seen: dict[tuple[date, str], Mark] = {}
    for mark in marks:
        seen.setdefault((mark.at, mark.label), mark)
    return list(seen.values())


def _operation(chain: Chain, last: date, language: str) -> Lane:
    name = chain.called(language) or chain.title(language)
    cut = name if len(name) <= 19 else name[:18].rstrip() + "…"
    band = Band(chain.acted.key, chain.begins, chain.ends, chain.title(language))
    return Lane(chain.id, cut, (), (band if chain.ends else replace(band, end=None),))
