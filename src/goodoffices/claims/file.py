"""Reading the claims of a report from their file, strictly: every mistake at once, each with file and line.

Invariant: a claim says what is expected and how it is computed; it cannot say what comes of it.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from goodoffices.claims.queries import QUERIES
from goodoffices.claims.verdicts import FORMS, UNITS, Expect, Value
from goodoffices.core.days import read_date
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import KEY
from goodoffices.core.yamlfile import Located, read_yaml

REPORT: Final = Path(__file__).parent / "report.yaml"
KEYS: Final = ("text", "text_fr", "locator", "query", "with", "expect", "note", "note_fr")


@dataclass(frozen=True, slots=True)
class Report:
    """The report the claims are from: the id of its source, the day it was published, and sources that are no page."""

    source: str
    published: date
    no_page: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim in our own words: where it stands, how it is computed, what is expected."""

    id: str
    text: str
    locator: str
    query: str
    given: Mapping[str, Any]
    expect: Expect
    note: str = ""
    text_fr: str = ""
    note_fr: str = ""

    def said(self, language: str = "en") -> str:
        """The claim in a language; in English where it has not been put into it."""
        return self.text_fr if language == "fr" and self.text_fr else self.text

    def noted(self, language: str = "en") -> str:
        """The note in a language."""
        return self.note_fr if language == "fr" and self.note_fr else self.note


@dataclass(frozen=True, slots=True)
class ClaimsFile:
    """A report and its claims."""

    report: Report
    claims: tuple[Claim, ...]


@functools.lru_cache(maxsize=4)
def read_claims(path: Path = REPORT) -> ClaimsFile:
    """Read the file. Raises BadRecord with every problem in it."""
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    data = located.data
    if not isinstance(data, dict) or not {"report", "claims"} >= set(data) or not isinstance(data.get("claims"), dict):
        raise BadRecord([Problem(path.name, "is no file of claims.", "It has report: and claims:, and no more.")])
    report = _report(located, problems)
    claims = [_claim(located, name, problems) for name in data["claims"]]
    if problems or report is None:
        raise BadRecord(problems)
    return ClaimsFile(report, tuple(claim for claim in claims if claim))


def claims_named(file: ClaimsFile, claim_id: str | None) -> tuple[Claim, ...]:
    """The claim with this id, or all. NoAnswer, with the nearest ids, where there is none."""
    found = tuple(claim for claim in file.claims if claim_id is None or claim.id == claim_id.upper())
    if not found and claim_id is not None:
        ids = [claim.id for claim in file.claims]
        near = get_close_matches(claim_id.upper(), ids, 5, 0.4)
        hint = f" Nearest: {', '.join(near)}." if near else " `goodoffices claims` lists them."
        raise NoAnswer(f"there is no claim {claim_id!r}.{hint}", near)
    return found


def unknown_keys(file: ClaimsFile, known: Collection[str]) -> tuple[Problem, ...]:
    """A problem for each claim and each fact it names that is not among the known keys."""
    return tuple(
        Problem(f"{REPORT.name}, {claim.id}", f"there is no fact {key!r}.", "Check the key.")
        for claim in file.claims
        for key in dict.fromkeys(_keys_in(claim.given))
        if key not in known
    )


def _keys_in(given: Any) -> Iterator[str]:
    """The keys of facts that stand anywhere in the arguments of a query."""
    if isinstance(given, Mapping):
        for one in given.values():
            yield from _keys_in(one)
    elif isinstance(given, list | tuple):
        for one in given:
            yield from _keys_in(one)
    elif isinstance(given, str) and KEY.match(given):
        yield given


def _report(located: Located, problems: list[Problem]) -> Report | None:
    head = located.data.get("report")
    if not isinstance(head, dict) or set(head) != {"source", "published", "no_page"}:
        problems.append(Problem(located.where(("report",)), "has not source:, published:, no_page:.", "Give these."))
        return None
    published = read_date(str(head["published"]), located.where(("report", "published")))
    return Report(str(head["source"]), published, tuple(head["no_page"]))


def _claim(located: Located, name: str, problems: list[Problem]) -> Claim | None:
    place = ("claims", name)
    where = located.where(place)
    fields = located.data["claims"][name]
    if not isinstance(fields, dict):
        problems.append(Problem(where, f"{name} has no fields.", f"Give {', '.join(KEYS)}."))
        return None
    found = [f"the key {key!r} is not known in a claim." for key in fields if key not in KEYS]
    found += [f"{name} has no {key}." for key in ("text", "locator", "query", "expect") if not fields.get(key)]
    given = fields.get("with", {})
    query = QUERIES.get(str(fields.get("query")))
    if query is None:
        found.append(f"there is no query {fields.get('query')!r}.")
    elif not isinstance(given, dict):
        found.append("the arguments are not written as name: value.")
    else:
        found += [f"{query.name} takes no {key}." for key in given if key not in (*query.needs, *query.may)]
        found += [f"{query.name} needs {key}." for key in query.needs if key not in given]
    expect = _expect(fields.get("expect"))
    if expect is None:
        found.append("what is expected is not one of the known forms.")
    remedy = f"Keys: {', '.join(KEYS)}. Forms of expect: {', '.join(FORMS)}, and unit."
    problems += [Problem(where, one, remedy) for one in found]
    if found or expect is None or query is None:
        return None
    said = (str(fields["text"]), str(fields["locator"]))
    more = (str(fields.get(key, "")) for key in ("note", "text_fr", "note_fr"))
    return Claim(name, *said, query.name, given, expect, *more)


def _expect(given: Any) -> Expect | None:
    if not isinstance(given, dict):
        return None
    form = next((key for key in given if key != "unit"), "")
    unit = given.get("unit", "")
    if form not in FORMS or unit not in UNITS or set(given) - {form, "unit"}:
        return None
    value = given[form]
    figure: Value
    if form == "same":
        if not isinstance(value, list):
            return None
        figure = frozenset(str(one) for one in value)
    elif form == "yes":
        if value not in ("true", "false"):
            return None
        figure = value == "true"
    else:
        try:
            figure = float(value)
        except (TypeError, ValueError):
            return None
    return Expect(form, figure, unit)
