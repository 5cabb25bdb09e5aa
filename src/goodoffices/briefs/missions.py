"""The registers of missions and operations as tables: what began when, under whom, until when, by which documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goodoffices.core.facts import Fact, order


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission of the United Nations as far as it was known. Days are EDTF as recorded; empty where not known.

    `start` is the decision that set it up where that is told apart, else its beginning; `end` its closing.
    `documents` are the symbols of its founding, its mandates and its end, in order of time.
    """

    id: str
    name: str
    name_fr: str
    short: str
    type: str
    lead: str
    country: str
    iso3: str
    start: str
    deployed: str
    end: str
    documents: tuple[str, ...]
    mandates: tuple[Fact, ...]
    tasks: tuple[Fact, ...]
    head: Fact
    exit: Fact | None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that is not a mission of the United Nations alone: who led it, where, by whose leave."""

    id: str
    name: str
    name_fr: str
    lead: str
    lead_type: str
    country: str
    iso3: str
    start: str
    end: str
    legal_basis: str
    authority: str
    host_consent: str
    relation: str
    size: str
    head: Fact


def missions(facts: Iterable[Fact]) -> tuple[Mission, ...]:
    """The missions among these facts, in order of their beginning."""
    return tuple(_mission(head, mine) for head, mine in _entries(facts, "mission"))


def operations(facts: Iterable[Fact], names: Mapping[str, str]) -> tuple[Operation, ...]:
    """The operations among these facts, in order of their beginning. `names` are what actors are called."""
    return tuple(_operation(head, mine, names) for head, mine in _entries(facts, "operation"))


def _entries(facts: Iterable[Fact], kind: str) -> list[tuple[Fact, list[Fact]]]:
    by_subject: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.subject.startswith(f"{kind}:") and not fact.competes_with:
            by_subject.setdefault(fact.subject, []).append(fact)
    found = []
    for mine in by_subject.values():
        head = next((fact for fact in mine if fact.kind == kind), None)
        if head is not None:  # what was told before the entry was opened is no entry yet
            found.append((head, sorted(mine, key=order)))
    return sorted(found, key=lambda entry: order(entry[0]))


def _mission(head: Fact, mine: list[Fact]) -> Mission:
    end = next((fact for fact in mine if fact.kind == "mission_exit"), None)
    tasks = tuple(fact for fact in mine if fact.kind == "mission_task")
    # A task repeats the document it stands in; everything else of a mission is a decision about it.
    cited = [fact.get("document") for fact in [head, *mine] if fact.kind not in ("mandated_task", "mission_task")]
    return Mission(
        id=head.subject.partition(":")[2],
        name=head.get("title"),
        name_fr=head.get("title_fr") or head.get("title"),
        short=head.get("short"),
        type=head.get("mission_type"),
        lead=head.get("lead"),
        country=head.get("country"),
        iso3=head.get("iso3"),
        start=head.get("established"),
        deployed=head.get("deployed"),
        end=end.span.begins.text if end else "",
        documents=tuple(dict.fromkeys(one for one in cited if one)),
        mandates=tuple(fact for fact in mine if fact.kind == "mandate"),
        tasks=tasks,
        head=head,
        exit=end,
    )


def _operation(head: Fact, mine: list[Fact], names: Mapping[str, str]) -> Operation:
    end = next((fact for fact in mine if fact.kind == "foreign_forces" and fact.get("direction") == "end"), None)
    return Operation(
        id=head.subject.partition(":")[2],
        name=head.get("title"),
        name_fr=head.get("title_fr") or head.get("title"),
        lead=head.get("lead_name") or names.get(head.get("lead"), head.get("lead")),
        lead_type=head.get("lead_type"),
        country=head.get("country"),
        iso3=head.get("iso3"),
        start=head.span.begins.text,
        end=end.span.begins.text if end else "",
        legal_basis=head.get("legal_basis"),
        authority=head.get("authority"),
        host_consent=head.get("host_consent"),
        relation=head.get("relation"),
        size=head.get("amount"),
        head=head,
    )
