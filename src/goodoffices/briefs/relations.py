"""Facts read as relations between two actors, each from the day it began to the day a fact ended it.

Invariant: nothing is inferred that a fact does not say. A fact without a date makes no relation, because nobody knows
on which days to draw it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from goodoffices.briefs.authorisation import Chain
from goodoffices.core.days import NEVER, read_day
from goodoffices.core.facts import Fact
from goodoffices.core.names import Actor

HOST: Final = "authorities"
_HOSTS: Final = ("authorities", "armed-forces", "ousted")
_GROUPS: Final = "armed-groups"
_A_YEAR: Final = timedelta(days=365)
# Words of a target that mean society, for which the register has no actors of their own.
_SOCIETY: Final = ("non-governmental", "NGO", "parties", "civil society")
_PEOPLE: Final = re.compile(r"people|civilian|protest|demonstrat|crowd", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """One fact as an edge: from `begins` up to, not including, `ends`."""

    source: str
    target: str
    kind: str
    fact: Fact
    begins: date
    ends: date

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.begins <= day < self.ends


@dataclass(frozen=True)
class Country:
    """What is known of a country: its facts, its missions and operations, and who acts."""

    facts: tuple[Fact, ...]
    chains: tuple[Chain, ...]
    actors: Mapping[str, Actor]

    def of_kind(self, *kinds: str) -> list[Fact]:
        """Dated facts of these kinds, alternative accounts left out."""
        return [
            fact
            for fact in self.facts
            if fact.kind in kinds and not fact.competes_with and fact.span.begins.precision != "unknown"
        ]

    def chain(self, id: str) -> Chain | None:
        """A mission or operation by its id."""
        return next((one for one in self.chains if one.id == id), None)

    @cached_property
    def neighbours(self) -> tuple[str, ...]:
        """Actors that a fact about the country's neighbours names."""
        told = " ".join(fact.text for fact in self.facts if fact.get("subject_matter") == "neighbours")
        return tuple(one.id for one in self.actors.values() if one.lane == "states" and one.name in told)

    def node_of(self, actor: str) -> str:
        """The node an actor stands at: its organisation, the host, the operation of a private company."""
        if actor in _HOSTS:
            return HOST
        private = next((one.id for one in self.chains if one.sort == "private" and one.lead == actor), "")
        if private or self.chain(actor):
            return private or actor
        part_of = self.actors[actor].part_of
        return part_of if part_of and part_of != "un" else actor

    def body_of(self, actor: str) -> str:
        """The organisation an actor is an organ of, or the actor itself."""
        return self.actors[actor].part_of or actor

    def meant(self, target: str) -> str:
        """The node that a target in words names: a mission, an organisation; empty where it names none."""
        names = [(one.short, one.id) for one in self.chains if one.short]
        names += [(one.short, self.node_of(one.id)) for one in self.actors.values() if one.short]
        names += [(one.name, self.node_of(one.id)) for one in self.actors.values() if one.id not in _HOSTS]
        found = (node for name, node in names if re.search(rf"\b{re.escape(name)}\b", target))
        society = "civil-society" if any(word in target for word in _SOCIETY) else ""
        return next(found, society)


def relations(country: Country) -> tuple[Relation, ...]:
    """Every relation of a country, whenever it held, without loops."""
    made = (one for rule in RULES for one in rule(country))
    return tuple(one for one in made if one.source != one.target and one.source and one.target)


def _made(source: str, target: str, kind: str, fact: Fact, ends: date | None = None) -> Relation:
    begins = fact.span.begins.latest if fact.span.begins.precision == "day" else fact.span.begins.shown
    return Relation(source, target, kind, fact, begins, ends or NEVER)


def _act(source: str, target: str, kind: str, fact: Fact) -> Relation:
    """An act of one day, or of the days it took: drawn for a year after its last."""
    last = fact.span.ends.shown if fact.span.ends is not None else fact.span.begins.shown
    return _made(source, target, kind, fact, _after(last))


def _after(day: date) -> date:
    return day + _A_YEAR if day < NEVER - _A_YEAR else NEVER


def _chains(country: Country) -> Iterator[Relation]:
    """What each mission and operation rests on: who asked, authorised, leads and hosts it, until it ends."""
    for one in country.chains:
        ends = one.ends or NEVER
        for fact in one.decided:
            yield from _decision(country, one, fact, ends)
        if one.sort not in ("un", "private") and one.lead in country.actors:
            yield _made(country.node_of(one.lead), one.id, "leads", one.acted, ends)
        gone = min((fact.span.begins.shown for fact in one.consents if fact.get("step") == "withdrawn"), default=ends)
        if one.consents or not one.acted.get("host_consent").startswith(("no", "part")):
            yield Relation(HOST, one.id, "hosts", one.acted, _deployed(one), min(ends, gone))
        for fact in one.consents:
            if fact.span.begins.precision == "unknown":
                continue
            if fact.get("step") == "withdrawn":
                yield _made(HOST, one.id, "withdrew", fact, ends if one.ends else NEVER)
            elif fact.get("step") == "requested":
                asked = one.decided[0].actor if one.decided and one.decided[0] is not one.acted else one.lead
                asked = country.node_of(asked) if asked in country.actors else ""
                yield _act(HOST, asked, "asked", fact)


def _decision(country: Country, one: Chain, fact: Fact, ends: date) -> Iterator[Relation]:
    """What an organ decided on it: leave to act while it lasts, or mere support."""
    if fact is one.acted:  # the register's founding document: an organ of the United Nations decided
        organ = {"S": "un-security-council", "A": "un-general-assembly"}.get(fact.get("document").partition("/")[0])
        if organ:
            yield _made(organ, one.id, "authorised", fact, ends)
    elif fact.kind in ("mandate", "force"):
        yield _made(country.node_of(fact.actor), one.id, "authorised", fact, _mandate_end(country, one) or ends)
    elif one.backed(fact):
        yield _act(country.node_of(fact.actor), one.id, "supports", fact)


def _deployed(one: Chain) -> date:
    """The day from which it works: that of its deployment where this is told apart from the decision."""
    given = one.acted.get("deployed")
    return max(one.begins, read_day(given).shown) if given else one.begins


def _mandate_end(country: Country, one: Chain) -> date | None:
    ended = [
        fact.span.begins.shown
        for fact in country.of_kind("mandate")
        if fact.get("mission") == one.id and fact.get("direction") == "end"
    ]
    return min(ended, default=None)


def _statuses(country: Country) -> Iterator[Relation]:
    """Suspensions and measures, until lifted, run out, or the state has left."""
    lifted = country.of_kind("suspension_lifted", "sanction_lifted")
    for fact in country.of_kind("suspension", "sanction"):
        body, begins = country.body_of(fact.actor), fact.span.begins.shown
        ends = [
            one.span.begins.shown
            for one in lifted
            if one.kind == f"{fact.kind}_lifted"
            and one.span.begins.shown >= begins
            and (one.get("of") == fact.key if one.get("of") else country.body_of(one.actor) == body)
        ]
        ends += [day for day in _left(country, body) if day >= begins]
        if not ends:
            ends = [day for day in _ordered(country, fact.subject) if day > begins]
        target = country.meant(fact.get("target")) if fact.kind == "sanction" else ""
        kind = "suspended" if fact.kind == "suspension" else "sanctions"
        yield _made(country.node_of(fact.actor), target or HOST, kind, fact, min(ends, default=None))


def _left(country: Country, body: str) -> list[date]:
    """Days on which the state's leaving of an organisation took effect."""
    return [
        fact.span.begins.shown
        for fact in country.of_kind("organisation_exit", "membership")
        if fact.get("step") in ("effective", "left") and fact.get("organisation") == body
    ]


def _ordered(country: Country, case: str) -> list[date]:
    """The end of a case's transition: a measure whose end nobody recorded is not drawn beyond it."""
    return [fact.span.begins.shown for fact in country.of_kind("constitutional_order") if fact.subject == case]


def _mediations(country: Country) -> Iterator[Relation]:
    ended = [fact for fact in country.of_kind("agreement") if fact.get("direction") == "end"]
    for fact in country.of_kind("mediation"):
        target = country.node_of(fact.get("with")) if fact.get("with") else HOST
        matter = fact.get("subject_matter")
        if fact.span.period and fact.span.ends is None:
            days = [one.span.begins.shown for one in ended if matter and one.get("subject_matter") == matter]
            yield _made(country.node_of(fact.actor), target, "mediates", fact, min(days, default=None))
        else:
            yield _act(country.node_of(fact.actor), target, "mediates", fact)


def _agreements(country: Country) -> Iterator[Relation]:
    """An agreement with armed groups lasts until one of them is ended; any other is an act."""
    found = country.of_kind("agreement")
    for fact in found:
        other = fact.get("with")
        if not other:
            continue
        source, target = country.node_of(fact.actor), country.node_of(other)
        if fact.get("direction") == "end":
            yield _act(source, target, "withdrew", fact)
        elif other == _GROUPS:
            ends = [
                one.span.begins.shown
                for one in found
                if one.get("direction") == "end"
                and one.get("with") == other
                and one.span.begins.shown >= fact.span.begins.shown
            ]
            yield _made(source, target, "agreement", fact, min(ends, default=None))
        else:
            yield _act(source, target, "agreement", fact)


def _support(country: Country) -> Iterator[Relation]:
    """Partners, and what a mission does for others, task by task."""
    partners = country.of_kind("partnership")
    for fact in partners:
        other = fact.get("with") or fact.actor
        ends = [
            one.span.begins.shown
            for one in partners
            if one.get("direction") == "end" and one.get("with") == other and one is not fact
        ]
        if fact.get("direction") != "end":
            yield _made(country.node_of(other), HOST, "supports", fact, min(ends, default=None))
    for fact in country.of_kind("mission_task"):
        mission, other = country.chain(fact.get("mission")), fact.get("with")
        if mission is None or fact.get("fate") not in ("continued", "adapted"):
            continue
        if not other or country.actors[other].part_of == "un":  # its own principals are no third party
            continue
        last = min(fact.span.end_latest if fact.span.period else _after(fact.span.begins.shown), mission.ends or NEVER)
        yield _made(mission.id, country.node_of(other), "supports", fact, last)


def _fights(country: Country) -> Iterator[Relation]:
    """Fights and attacks, and force that others used in the country."""
    for fact in country.of_kind("violence"):
        if fact.actor == _GROUPS:
            yield _act(_GROUPS, HOST, "force", fact)
        elif fact.actor in _HOSTS and _PEOPLE.search(fact.get("target")):
            yield _act(HOST, "public", "force", fact)
        elif fact.actor == "armed-forces":
            yield _act(HOST, _GROUPS, "force", fact)
    for fact in country.of_kind("force"):
        if fact.get("step") == "used" and fact.actor not in _HOSTS:
            on = _GROUPS if country.actors[fact.actor].mission_type else HOST
            yield _act(country.node_of(fact.actor), on, "force", fact)


def _limits(country: Country) -> Iterator[Relation]:
    """Limits the host puts on others, and people it tells to leave."""
    limits = country.of_kind("restriction")
    for fact in limits:
        target = country.meant(fact.get("target"))
        if target and fact.get("direction") != "end" and fact.actor in _HOSTS:
            yield _made(HOST, target, "limits", fact, _limit_end(fact, limits))
    for fact in country.of_kind("expulsion"):
        target = country.meant(fact.get("target"))
        if target and fact.actor in _HOSTS:
            yield _act(HOST, target, "expelled", fact)


def _limit_end(fact: Fact, limits: list[Fact]) -> date | None:
    if fact.span.period:
        return fact.span.end_latest
    if fact.get("direction") != "start":
        return _after(fact.span.begins.shown)
    ends = [
        one.span.begins.shown
        for one in limits
        if one.get("direction") == "end"
        and one.get("subject_matter") == fact.get("subject_matter")
        and one.span.begins.shown >= fact.span.begins.shown
    ]
    return min(ends, default=None)


def _leavings(country: Country) -> Iterator[Relation]:
    """Troops that leave or come without an operation of their own, and organisations the state leaves."""
    for fact in country.of_kind("organisation_exit"):
        if fact.get("step") != "reversed":
            yield _act(HOST, country.node_of(fact.get("organisation")), "withdrew", fact)
    for fact in country.of_kind("foreign_forces"):
        if fact.subject.startswith("operation:"):
            continue
        if fact.get("direction") == "end":
            yield _act(country.node_of(fact.actor), HOST, "withdrew", fact)
        elif not any(one.lead == fact.actor for one in country.chains):
            gone = [
                one.span.begins.shown
                for one in country.of_kind("foreign_forces")
                if one.actor == fact.actor and one.get("direction") == "end"
            ]
            yield _made(HOST, country.node_of(fact.actor), "hosts", fact, min(gone, default=None))


RULES: Final[tuple[Callable[[Country], Iterator[Relation]], ...]] = (
    _chains,
    _statuses,
    _mediations,
    _agreements,
    _support,
    _fights,
    _limits,
    _leavings,
)
