"""Who stands in which relation to whom in a country on a day: actors as nodes, facts as edges.

Invariant: every edge rests on facts, and holds only between two days told by them. A status (a suspension, a mandate)
lasts until a fact ends it; an act of one day (a fight, an expulsion) is drawn for a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.briefs.authorisation import Chain
from goodoffices.briefs.relations import Country, Relation, relations
from goodoffices.casebook.actors import brief_name
from goodoffices.core.facts import Fact
from goodoffices.core.names import Actor

# What an edge says, in the order in which tables list them.
EDGES: Final[dict[str, tuple[str, str]]] = {
    "asked": ("asked for help or a mission", "a demandé de l’aide ou une mission"),
    "authorised": ("authorised", "a autorisé"),
    "leads": ("leads", "dirige"),
    "hosts": ("hosts", "accueille"),
    "supports": ("supports", "soutient"),
    "mediates": ("mediates", "conduit une médiation"),
    "agreement": ("has an agreement with", "est lié par un accord à"),
    "suspended": ("suspended", "a suspendu"),
    "sanctions": ("sanctions", "sanctionne"),
    "limits": ("limits", "restreint"),
    "expelled": ("expelled somebody of", "a expulsé quelqu’un de"),
    "withdrew": ("withdrew from, or its consent from", "s’est retiré de, ou a retiré son consentement à"),
    "force": ("used force against", "a employé la force contre"),
}
# Sorts of actors, in the order in which a page lists them, and the column of the figure each stands in.
SORTS: Final[dict[str, tuple[str, str]]] = {
    "host": ("Host authorities", "Autorités de l’État hôte"),
    "armed_groups": ("Armed groups", "Groupes armés"),
    "neighbours": ("Neighbours", "Voisins"),
    "regional": ("Regional organisations", "Organisations régionales"),
    "states": ("Single states", "États"),
    "un": ("Bodies of the United Nations", "Organes des Nations Unies"),
    "missions": ("Missions and operations", "Missions et opérations"),
    "private": ("Private military companies", "Sociétés militaires privées"),
    "society": ("Society and non-governmental organisations", "Société et organisations non gouvernementales"),
    "lenders": ("Lenders", "Bailleurs"),
}
LEFT: Final = ("un", "regional", "neighbours", "states", "lenders")
MIDDLE: Final = ("missions", "private")
RIGHT: Final = ("society", "host", "armed_groups")
_OURS: Final = {
    **dict.fromkeys(("authorities", "ousted", "armed-forces"), "host"),
    **dict.fromkeys(("public", "civil-society"), "society"),
    "armed-groups": "armed_groups",
    **dict.fromkeys(("world-bank", "imf"), "lenders"),
    **dict.fromkeys(("a3", "states", "us", "uk", "france", "russia", "china"), "states"),
    **dict.fromkeys(("eu", "nato"), "regional"),
    "wagner": "private",
}


# What bodies are called in a figure, where the register's short name says too little or is English.
_CALLED: Final[dict[str, tuple[str, str]]] = {
    "un-security-council": ("Security Council", "Conseil de sécurité"),
    "us": ("United States", "États-Unis"),
}


def called(actor: Actor, language: str = "en") -> str:
    """What an actor is called in a figure: its short name, in French where it has one there."""
    if actor.id in _CALLED:
        return _CALLED[actor.id][language == "fr"]
    return brief_name(actor.id, language)


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, or a mission or operation, at its place in the figure."""

    id: str
    name: str
    sort: str
    active: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation that holds on the day looked at, with the facts it rests on, oldest first."""

    source: str
    target: str
    kind: str
    facts: tuple[Fact, ...]

    @property
    def last(self) -> Fact:
        """The newest fact behind it: where a link of the figure leads."""
        return self.facts[-1]

    def words(self, language: str = "en") -> str:
        """What the edge says."""
        return EDGES[self.kind][language == "fr"]


@dataclass(frozen=True, slots=True)
class Network:
    """The picture of a country on a day: nodes in their columns, and the edges that hold."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    as_of: date

    def node(self, id: str) -> Node:
        """One node."""
        return next(one for one in self.nodes if one.id == id)


def sort_of(actor: Actor, neighbours: Sequence[str] = ()) -> str:
    """Which sort an actor belongs to. Neighbours are those whose names a fact of the country lists."""
    if actor.id in neighbours:
        return "neighbours"
    if actor.id in _OURS:
        return _OURS[actor.id]
    if actor.mission_type:
        return "missions"
    if actor.id == "un" or actor.part_of == "un" or actor.lane in ("council", "assembly", "secretariat"):
        return "un"
    return "regional" if actor.lane in ("ecowas", "au", "rec") else "states"


def network(
    facts: Iterable[Fact],
    chains: Sequence[Chain],
    as_of: date,
    actors: Mapping[str, Actor],
    host: str,
    language: str = "en",
) -> Network:
    """The network of a country on a day. `facts` and `chains` are all that was known, whenever it was so: they fix the
    places, so that the eye compares two days. `host` is what the country is called."""
    country = Country(tuple(facts), tuple(chains), actors)
    found = relations(country)
    edges = _edges(found, as_of)
    active = {end for edge in edges for end in (edge.source, edge.target)}
    ids = {end for one in found for end in (one.source, one.target)}
    nodes = [_node(id, country, host, id in active, language) for id in ids]
    rank = {sort: place for place, sort in enumerate((*LEFT, *MIDDLE, *RIGHT))}
    places = _places(country)
    nodes.sort(key=lambda one: (rank[one.sort], places.get(one.id, (9, "", "")), one.name.casefold()))
    return Network(tuple(nodes), edges, as_of)


def _places(country: Country) -> dict[str, tuple[int, str, str]]:
    """Missions stand first, operations by who leads them, then by their beginning."""
    return {
        one.id: (0 if one.sort == "un" else 1, "" if one.sort == "un" else one.lead, one.begins.isoformat())
        for one in country.chains
    }


def _node(id: str, country: Country, host: str, active: bool, language: str) -> Node:
    chain = country.chain(id)
    if chain is not None:
        name = chain.called(language) or chain.title(language)
        return Node(id, name, "private" if chain.sort == "private" else "missions", active)
    actor = country.actors[id]
    sort = sort_of(actor, country.neighbours)
    if id == "authorities":
        return Node(id, host, "host", active)
    return Node(id, called(actor, language), sort, active)


def _edges(found: Sequence[Relation], as_of: date) -> tuple[Edge, ...]:
    """The relations that hold on the day, those of one kind between the same two drawn as one."""
    joined: dict[tuple[str, str, str], list[Fact]] = {}
    for one in found:
        if one.holds(as_of):
            joined.setdefault((one.kind, one.source, one.target), []).append(one.fact)
    order = tuple(EDGES)
    made = [
        Edge(source, target, kind, tuple(sorted(set(facts), key=lambda fact: (fact.span.begins.shown, fact.key))))
        for (kind, source, target), facts in joined.items()
    ]
    return tuple(sorted(made, key=lambda one: (order.index(one.kind), one.facts[0].span.begins.shown, one.last.key)))
