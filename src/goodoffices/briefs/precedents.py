"""Precedents: the cases most like a given one, why they are called alike, and how each was answered.

Likeness = weight of the features that are alike / weight of the features known for both. Each feature and its weight
stands in FEATURES, which is our judgement and nothing else. How organisations answered is no feature: it is what the
reader wants to learn.

Invariant: a feature unknown for one of two cases counts for neither of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.briefs.comparing import (
    Column,
    Response,
    act_label,
    act_of,
    column,
    organisation_name,
    organisation_of,
    response,
    zero_of,
)
from goodoffices.casebook.actors import actors
from goodoffices.core.days import add_months
from goodoffices.core.facts import Fact
from goodoffices.core.reading import begun, case_fact, seizure, state_fact
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict

MOST: Final = 5
_REGIONAL: Final = ("ecowas", "eccas", "sadc", "igad", "asean", "oas")
_MISSIONS: Final = ("peacekeeping", "political", "envoy", "regional_office")  # the nearest to the country first
_WITHIN_MONTHS: Final = 36
_RECORD_BEGINS: Final = date(2000, 1, 1)  # the casebook's first year: before it we do not know


@dataclass(frozen=True, slots=True)
class Feature:
    """Something two cases may have in common, what it weighs, and why it matters."""

    name: str
    weight: int
    why: str
    read: Callable[[Snapshot, Sequence[Fact]], str]


@dataclass(frozen=True, slots=True)
class Shared:
    """A feature with what it was `here`, in the given case, and `there`; empty where unknown."""

    feature: str
    weight: int
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of the answer to a change: the first act of that kind, by whom, on which day; None if none is known."""

    name: str
    what: str
    response: Response | None

    @property
    def by_authorities(self) -> bool:
        """Whether it is a step of those in power, not an organ's act."""
        return self.name in ("transition term", "constitutional order")


@dataclass(frozen=True, slots=True)
class Precedent:
    """A case like the given one. `shared` and `weighed` are the two weights whose quotient is its likeness; `later`
    says that its seizure came after the given one's: a like case, but no precedent on the given one's day 0."""

    head: Column
    later: bool
    shared: int
    weighed: int
    alike: tuple[Shared, ...]
    differ: tuple[Shared, ...]
    not_known: tuple[Shared, ...]
    milestones: tuple[Milestone, ...]

    @property
    def likeness(self) -> float:
        """From 0 to 1."""
        return self.shared / self.weighed


@dataclass(frozen=True, slots=True)
class Precedents:
    """A case, its features, how it was answered so far, and the cases most like it. `among` counts those looked at."""

    as_of: date
    known_at: date
    head: Column
    features: tuple[tuple[str, str], ...]
    milestones: tuple[Milestone, ...]
    found: tuple[Precedent, ...]
    among: int


def _of_seizure(name: str) -> Callable[[Snapshot, Sequence[Fact]], str]:
    def read(snapshot: Snapshot, _: Sequence[Fact]) -> str:
        taken = seizure(snapshot)
        value = taken.get(name) if taken else ""
        return "" if value == "not_established" else value

    return read


def _joined(snapshot: Snapshot, organisation: str) -> bool:
    """Whether the state was surely a member on day 0."""
    zero = zero_of(snapshot)
    moves = [
        fact
        for fact in snapshot.of_kind("membership")
        if fact.subject.startswith("state:")
        and fact.get("organisation") == organisation
        and zero is not None
        and fact.span.begun_by(zero.earliest) is Verdict.HOLDS
    ]
    return bool(moves) and moves[-1].get("step") == "joined"


def _au_member(snapshot: Snapshot, _: Sequence[Fact]) -> str:
    """The register lists every member of the African Union; a state that it does not hold is unknown."""
    if state_fact(snapshot) is None:
        return ""
    return "yes" if _joined(snapshot, "au") else "no"


def _region(snapshot: Snapshot, _: Sequence[Fact]) -> str:
    """Empty where no membership is recorded: the register has not every organisation's members."""
    return ", ".join(actors()[one].brief_name for one in _REGIONAL if _joined(snapshot, one))


def _mission(snapshot: Snapshot, _: Sequence[Fact]) -> str:
    zero = zero_of(snapshot)
    present = {
        fact.get("mission_type")
        for fact in snapshot.of_kind("mission_present")
        if zero is not None and not fact.competes_with and fact.span.covers(zero.earliest) is Verdict.HOLDS
    }
    return next((one for one in _MISSIONS if one in present), "")


def _second(snapshot: Snapshot, seizures: Sequence[Fact]) -> str:
    """Whether another change in the same country came in the three years before; a failed attempt is none."""
    zero = zero_of(snapshot)
    if zero is None:
        return ""
    start = add_months(zero.earliest, -_WITHIN_MONTHS)
    if any(start <= one.span.begins.earliest and one.span.begins.latest < zero.earliest for one in seizures):
        return "yes"
    return "no" if start >= _RECORD_BEGINS else ""


FEATURES: Final = (
    Feature("category", 3, "Norms name kinds of change, and a coup is met otherwise than a refusal to leave.",
            _of_seizure("category")),
    Feature("victim", 3, "Whether an elected or a transitional government fell decides what there is to go back to.",
            _of_seizure("victim")),
    Feature("outcome", 2, "A failed or reversed attempt leaves the government in place and asks for other answers.",
            _of_seizure("outcome")),
    Feature("AU member", 2, "A member is bound by the African Union's rules, and its Council must take the case up.",
            _au_member),
    Feature("regional organisation", 3, "The region answers first, and each region has rules of its own, or none.",
            _region),
    Feature("UN mission", 3, "What the United Nations has on the ground decides what it has to lose and can offer.",
            _mission),
    Feature("second change within three years", 2, "A second change meets measures, terms and envoys already there.",
            _second),
)  # fmt: skip


def precedents(given: Snapshot, others: Iterable[Snapshot], most: int = MOST) -> Precedents:
    """The `most` cases like `given`, all snapshots taken at one moment. Cases whose seizure was not known by then, or
    had not come by the day looked at, are left out, and those of which no feature is known that is known of it. Ties go
    to the case of which more is known, then to one that came before, then to the more recent one."""
    pool = {one.subjects[0]: one for one in others if zero_of(one) is not None}
    pool[given.subjects[0]] = given
    taken = _by_country(pool.values())
    mine = features_of(given, taken)
    found = []
    for case in sorted(pool):
        if case != given.subjects[0]:
            one = _judged(given, mine, pool[case], features_of(pool[case], taken))
            found += [one] if one.weighed else []
    found.sort(key=lambda one: (one.likeness, one.weighed, not one.later, one.head.zero), reverse=True)
    return Precedents(
        given.as_of,
        given.known_at,
        column(given),
        tuple(mine.items()),
        milestones(given),
        tuple(found[:most]),
        len(found),
    )


def features_of(snapshot: Snapshot, seizures: Mapping[str, Sequence[Fact]]) -> dict[str, str]:
    """A case's features by name, empty where unknown. `seizures` are those known, by country."""
    opened = case_fact(snapshot)
    own = seizures.get(opened.get("iso3"), ()) if opened else ()
    elsewhere = [fact for fact in own if fact.subject != snapshot.subjects[0]]
    return {feature.name: feature.read(snapshot, elsewhere) for feature in FEATURES}


def likeness(mine: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[int, int]:
    """Weight of what is alike, and weight of what is known for both."""
    both = [one for one in FEATURES if mine[one.name] and theirs[one.name]]
    return sum(one.weight for one in both if mine[one.name] == theirs[one.name]), sum(one.weight for one in both)


def _by_country(snapshots: Iterable[Snapshot]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for one in snapshots:
        opened, taken = case_fact(one), seizure(one)
        if opened and taken and zero_of(one) and taken.get("outcome") != "failed":
            found.setdefault(opened.get("iso3"), []).append(taken)
    return found


def _judged(given: Snapshot, mine: Mapping[str, str], other: Snapshot, theirs: Mapping[str, str]) -> Precedent:
    pairs = [Shared(one.name, one.weight, mine[one.name], theirs[one.name]) for one in FEATURES]
    known = [one for one in pairs if one.here and one.there]
    here, there = zero_of(given), zero_of(other)
    shared, weighed = likeness(mine, theirs)
    return Precedent(
        column(other),
        here is not None and there is not None and there.shown > here.shown,
        shared,
        weighed,
        tuple(one for one in known if one.here == one.there),
        tuple(one for one in known if one.here != one.there),
        tuple(one for one in pairs if one not in known),
        milestones(other),
    )


def milestones(snapshot: Snapshot) -> tuple[Milestone, ...]:
    """The steps of the answer that are set side by side: the first suspension, and where it was declined, the Council's
    first product on the change, the first sanction, the term of the transition, the return of constitutional order."""
    products = [
        fact
        for fact in begun(snapshot, "press_statement", "presidential_statement", "resolution")
        if fact.actor == "un-security-council" and not fact.get("subject_matter")
    ]
    kinds = (
        ("first suspension", begun(snapshot, "suspension")),
        ("suspension declined", begun(snapshot, "suspension_declined")),
        ("Security Council product", products),
        ("first sanctions", begun(snapshot, "sanction")),
        ("transition term", begun(snapshot, "transition_term")),
        ("constitutional order", begun(snapshot, "constitutional_order")),
    )
    return tuple(_milestone(snapshot, name, facts) for name, facts in kinds)


def _milestone(snapshot: Snapshot, name: str, facts: Sequence[Fact]) -> Milestone:
    zero = zero_of(snapshot)
    after = [fact for fact in facts if zero is None or fact.span.begins.latest >= zero.earliest]
    answer = response(after, zero)
    shown = snapshot.find(answer.facts[0]) if answer else None
    return Milestone(name, _what(shown) if shown else "", answer)


def _what(fact: Fact) -> str:
    if fact.kind == "transition_term":
        if fact.get("months"):
            return f"{fact.get('months')} months"
        return f"until {fact.get('until')}" if fact.get("until") else "term not known"
    if fact.kind == "constitutional_order":
        return "return"
    if fact.actor == "un-security-council":
        return ": ".join(one for one in (act_label(act_of(fact)), fact.get("verb").replace("_", " ")) if one)
    return organisation_name(organisation_of(fact)) if organisation_of(fact) else "authorities"
