"""Facts made for a test: a country called Utopia, with what each test needs and nothing else."""

from __future__ import annotations

from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact
from goodoffices.core.sources import Citation, Source

PAGE = Citation(Source("page", "A page"))


def fact(key: str, kind: str, when: str, actor: str = "authorities", text: str = "", **value: str) -> Fact:
    """A fact known on its own day."""
    span = read_span(when, key)
    said = text or f"{key} happens."
    return Fact(key, kind, actor, span, span.begins.latest, said, (PAGE,), "high", tuple(value.items()))


def mission(when: str = "2001-03-01", **value: str) -> Fact:
    """The register's entry of a UN mission in Utopia."""
    given = {"title": "UN Mission in Utopia", "short": "UNMU", "iso3": "UTO", "lead": "un-dpo"} | value
    return fact("mission:unmu/mission", "mission", when, "un-dpo", **given)


def operation(name: str = "aid", when: str = "2001-06-01", **value: str) -> Fact:
    """The register's entry of another operation in Utopia."""
    given = {"title": f"Operation {name.title()}", "iso3": "UTO", "lead_type": "single_state", "lead": "france"} | value
    return fact(f"operation:{name}/operation", "operation", when, given.get("lead") or "states", **given)
