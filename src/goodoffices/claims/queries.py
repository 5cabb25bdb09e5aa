"""The small named queries that compute claims, and how one is called from a claim's file.

Each query says in its docstring what it counts; a reader checks a claim by reading it beside the claim's arguments.
"""

from __future__ import annotations

from goodoffices.claims.asking import Query
from goodoffices.claims.counting import QUERIES as COUNTING
from goodoffices.claims.reading import QUERIES as READING
from goodoffices.claims.responses import QUERIES as RESPONSES
from goodoffices.claims.timing import QUERIES as TIMING
from goodoffices.core.errors import BadRecord, Problem

QUERIES: dict[str, Query] = {query.name: query for query in (*TIMING, *COUNTING, *RESPONSES, *READING)}


def query_named(name: str, where: str) -> Query:
    """The query of this name. BadRecord where there is none."""
    if name not in QUERIES:
        raise BadRecord([Problem(where, f"there is no query {name!r}.", f"Queries: {', '.join(sorted(QUERIES))}.")])
    return QUERIES[name]
