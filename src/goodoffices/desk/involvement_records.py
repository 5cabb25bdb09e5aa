"""The pages on how it works as JSON: plain dictionaries, the contract that scripts are written against.

Invariant: keys are only ever added. Words a register wrote with later knowledge are left empty on an earlier day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from goodoffices.briefs.authorisation import Chain
from goodoffices.briefs.network import Network
from goodoffices.core.facts import Fact
from goodoffices.core.sources import Source
from goodoffices.desk.involvement import CountryRow, Involvement


def country_record(row: CountryRow) -> dict[str, Any]:
    """A country in the list."""
    return asdict(row)


def chain_record(chain: Chain, hindsight: bool = True) -> dict[str, Any]:
    """Who asked, decided, acted and consented, by the keys of facts. Days are EDTF."""
    return {
        "id": chain.id,
        "name": chain.name,
        "name_fr": chain.name_fr,
        "sort": chain.sort,
        "lead": chain.lead_name,
        "asked": [fact.key for fact in chain.asked],
        "decided": [
            {"fact": fact.key, "document": fact.get("document") or None, "votes": chain.votes_of(fact) or None}
            for fact in chain.decided
        ],
        "acted": chain.acted.key,
        "begins": chain.acted.span.begins.text,
        "ended": chain.ended.span.begins.text if chain.ended else None,
        "consent": chain.consent,
        "consents": [fact.key for fact in chain.consents],
        "limits": [fact.key for fact in chain.limits],
        "register_says": dict(chain.said) if hindsight else {},
    }


def edge_records(figure: Network, language: str = "en") -> list[dict[str, Any]]:
    """The edges of a network, numbered as the figure numbers them: the table behind it."""
    return [
        {
            "number": number,
            "from": figure.node(edge.source).name,
            "relation": edge.kind,
            "says": edge.words(language),
            "to": figure.node(edge.target).name,
            "since": edge.facts[0].span.begins.text,
            "facts": [fact.key for fact in edge.facts],
        }
        for number, edge in enumerate(figure.edges, 1)
    ]


def involvement_record(view: Involvement, language: str = "en") -> dict[str, Any]:
    """The page of a country."""
    return {
        "country": view.id,
        "iso3": view.iso3,
        "name": view.name,
        "as_of": view.moment.as_of.isoformat(),
        "known_at": view.moment.known_at.isoformat(),
        "cases": [one.id for one in view.cases],
        "involved": [chain_record(chain, view.moment.hindsight) for chain in view.chains],
        "principles": {one.id: [fact.key for fact in one.facts] for one in view.principles},
        "actors": {
            sort: [{"actor": one.id, "name": one.name, "facts": one.facts, "last": one.last.key} for one in lines]
            for sort, lines in view.sorts
        },
        "nodes": [asdict(node) for node in view.network.nodes],
        "edges": edge_records(view.network, language),
        "events": [fact.key for fact in view.events],
        "key_days": [{"day": day.isoformat(), "fact": fact.key} for day, fact in view.days],
        "today": {
            "case": view.latest or None,
            "status": [
                {
                    "name": one.name,
                    "label": one.label,
                    "value": one.value,
                    "detail": one.detail,
                    "facts": list(one.facts),
                }
                for one in view.cells
            ],
            "still_there": [chain.id for chain, _ in view.mandates],
            "promises": [
                {
                    "fact": one.fact.key,
                    "due": one.due or None,
                    "state": one.state,
                    "outcomes": [f.key for f in one.outcomes],
                }
                for one in view.promises
            ],
            "surveys": [fact.key for fact in view.surveys],
            "not_known": [fact.text for fact in view.gaps],
        },
    }


def noted(facts: Iterable[Fact]) -> tuple[list[Source], Mapping[str, list[int]]]:
    """The sources of facts in the order in which they are cited, each once, and their numbers by the fact's key."""
    found: dict[tuple[str, str, str], int] = {}
    sources: list[Source] = []
    numbers: dict[str, list[int]] = {}
    for fact in facts:
        for citation in fact.citations:
            one = citation.source
            key = (one.title, one.publisher, one.address or one.mirror)
            if key not in found:
                found[key] = len(found) + 1
                sources.append(one)
            mine = numbers.setdefault(fact.key, [])
            if found[key] not in mine:
                mine.append(found[key])
    return sources, numbers
