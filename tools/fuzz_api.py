#!/usr/bin/env python3
"""Asks the interface for programs what nobody would ask: questions made from its own OpenAPI document, right and wrong.

.venv/bin/python tools/fuzz_api.py                     at least 2,000 questions over the installed casebook
.venv/bin/python tools/fuzz_api.py --cases 20000       more of them
.venv/bin/python tools/fuzz_api.py --seed 7            other ones

An answer fails where it is a fault of ours (5xx), has a status or a form that the document does not promise, where a
right question is refused or a wrong one is answered. Prints how many questions, failures and seconds; exit status 1
where anything failed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from goodoffices.claims.file import read_claims
from goodoffices.desk.answering import tables
from goodoffices.desk.desk import Desk, open_desk
from goodoffices.web.app import create

# What no document can say of two parameters at once: these questions are wrong, and are asked by the tests one by one.
_EITHER = (("then", "as_of"), ("then", "known_at"))
_ORDERED = (("since", "until"), ("from", "to"), ("known_since", "known_until"))


@dataclass
class Tally:
    """What was asked, how it was answered, and what failed."""

    cases: int = 0
    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    slowest: tuple[float, str] = (0.0, "")


def names_of(desk: Desk) -> Mapping[str, Sequence[str]]:
    """Names that the record has, for the parts of addresses: made-up ones are refused at the door."""
    moment = desk.moment()
    keys = [fact.key.partition("/") for fact in desk.everything(moment).facts]
    books = desk.rules()
    return {
        "case": desk.case_ids(),
        "subject": sorted({key[0] for key in keys}),
        "name": [*tables(desk, moment, {}).items[0].values(), "seizure", "state", "au-suspension", "mission"],
        "rule": [rule.id for book in books for rule in book.rules],
        "book": [book.id for book in books],
        "claim": [claim.id for claim in read_claims().claims],
        "source": sorted({one.source.id for fact in desk.everything(moment).facts for one in fact.citations}),
    }


def schema_of(desk: Desk, examples: int, seed: int, bounds: bool = True) -> Any:
    """The interface as the document describes it, with names of the record in every second address."""
    config = SchemathesisConfig(seed=seed)
    config.projects.default.generation.update(max_examples=examples, database="none", deterministic=False)
    config.projects.default.phases.coverage.enabled = bounds
    config.projects.default.phases.stateful.enabled = False
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", create(desk, ("testserver",)), config=config)
    named, chance = names_of(desk), random.Random(seed)

    @schema.hook
    def map_path_parameters(_context: Any, path_parameters: Any) -> Any:
        if not path_parameters or chance.random() < 0.3:
            return path_parameters
        return {name: chance.choice(list(named[name])) for name in path_parameters}

    @schema.hook
    def filter_query(_context: Any, query: Any) -> bool:
        return not query or possible(query, desk.today().isoformat())

    return schema


def possible(query: Mapping[str, Any], today: str) -> bool:
    """Whether a question does not contradict itself."""
    if any(query.get(one) and query.get(other) not in (None, query[one]) for one, other in _EITHER):
        return False
    if any(str(query[first]) > str(query[last]) for first, last in _ORDERED if query.get(first) and query.get(last)):
        return False
    known = query.get("known_at") or query.get("then")
    if query.get("from") and str(query["from"]) > str(known or today):
        return False
    given = query.get("reading")
    names = [str(one).partition("=")[0] for one in given] if isinstance(given, list) else []
    return len(set(names)) == len(names)


def fuzz(
    desk: Desk, examples: int, seed: int, bounds: bool = True, told: Callable[[Tally], None] | None = None
) -> Tally:
    """Ask: the examples of the document, with `bounds` every bound of every parameter, and more for each operation."""
    found, started = Tally(), time.monotonic()
    for event in from_schema(schema_of(desk, examples, seed, bounds)).execute():
        if isinstance(event, events.ScenarioFinished):
            note(found, event.recorder)
            found.seconds = time.monotonic() - started
            if told:
                told(found)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.failures[f"not asked: {event}"] = repr(getattr(event, "value", None) or event.exception)
    found.seconds = time.monotonic() - started
    return found


def note(found: Tally, recorder: Any) -> None:
    """Count what was asked in one round, and keep what failed."""
    for number, asked in recorder.interactions.items():
        found.cases += 1
        if asked.response is not None:
            found.statuses[asked.response.status_code] += 1
            found.slowest = max(found.slowest, (asked.response.elapsed, asked.request.uri))
        for check in recorder.checks.get(number, ()):
            if check.failure_info is not None:
                failure = check.failure_info.failure
                key = f"{recorder.label}: {check.name}: {failure.title}"
                found.failures.setdefault(key, f"{asked.request.uri}\n{failure.message}")


def main() -> int:
    """Ask until there are enough; print the figures."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--cases", type=int, default=2000, help="at least so many questions (2000)")
    given.add_argument("--seed", type=int, default=1, help="which questions (1)")
    options = given.parse_args()

    def told(tally: Tally) -> None:
        if sys.stderr.isatty():
            print(f"\r{total.cases + tally.cases} questions", end="", file=sys.stderr, flush=True)

    total = Tally()
    with tempfile.TemporaryDirectory(prefix="goodoffices-") as folder:
        print("Taking in the casebook", file=sys.stderr)
        desk = open_desk(Path(folder) / "ledger.db", lambda: datetime(2026, 11, 21, 12, tzinfo=UTC), recorder="fuzz")
        try:
            seed = options.seed
            while total.cases < options.cases:
                part = fuzz(desk, 50, seed, told=told)
                total.cases += part.cases
                total.seconds += part.seconds
                total.statuses += part.statuses
                total.failures |= part.failures
                total.slowest = max(total.slowest, part.slowest)
                seed += 1
        finally:
            desk.close()
    print(file=sys.stderr)
    for name, text in total.failures.items():
        print(f"FAILED {name}\n  {text}\n")
    answered = ", ".join(f"{count} x {status}" for status, count in sorted(total.statuses.items()))
    print(f"{total.cases} questions, {len(total.failures)} failures, {total.seconds:.0f} seconds ({answered})")
    print(f"slowest: {total.slowest[0]:.2f} s, {total.slowest[1]}")
    return 1 if total.failures else 0


if __name__ == "__main__":
    sys.exit(main())
