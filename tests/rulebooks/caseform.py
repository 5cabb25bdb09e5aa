"""Cases beside a rulebook, read strictly: what a lawyer expects of the rules, in a file a lawyer can read.

A case names a case of the casebook, or gives facts of its own in the casebook's form; what it leaves out of a fact is
filled with plain defaults.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from goodoffices.casebook.factform import FactForm
from goodoffices.casebook.files import own_fact, read_casebook
from goodoffices.core.days import read_date
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.findings import STATES, Finding
from goodoffices.core.markings import Marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Source
from goodoffices.core.yamlfile import Located, read_yaml
from goodoffices.norms.rules import Rulebook

TODAY = date(2026, 11, 21)
CASE_KEYS = ("name", "case", "facts", "registered", "as_of", "known_at", "readings", "expect", "refused")
EXPECT_KEYS = (
    "state",
    "day",
    "since",
    "until",
    "due",
    "performed_on",
    "says",
    "rests_on",
    "known_later",
    "ours",
    "divergence",
)
STANDING = ("membership", "treaty_action")
OWN = Source("test", "A case made up for a test")


@dataclass(frozen=True)
class Case:
    """One case: the snapshot, the readings, and what is expected of each rule, with the line it stands on."""

    name: str
    where: str
    snapshot: Snapshot
    readings: Mapping[str, str]
    expect: Mapping[str, Mapping[str, Any]]
    lines: Mapping[str, str]
    refused: str = ""


@functools.cache
def casebook() -> tuple[Fact, ...]:
    return read_casebook().facts


def facts_of(case: str) -> tuple[Fact, ...]:
    """Facts of a case of the casebook and of its state."""
    mine = [fact for fact in casebook() if fact.subject == case]
    states = {f"state:{fact.get('iso3')}" for fact in mine if fact.kind == "case"}
    return tuple(mine + [fact for fact in casebook() if fact.subject in states])


def snapshot_of(facts: tuple[Fact, ...], as_of: date, known_at: date) -> Snapshot:
    """The snapshot the ledger would give of these facts."""
    subjects = tuple(sorted({fact.subject for fact in facts}))
    known = tuple(fact for fact in facts if fact.known_at <= known_at)
    later = tuple(fact for fact in facts if fact.known_at > known_at)
    return Snapshot(subjects, as_of, known_at, Marking.STRICTLY_CONFIDENTIAL, known, later)


def read_cases(path: Path, book: Rulebook) -> list[Case]:
    """All cases of a file. BadRecord with every problem in it."""
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    given = located.data.get("cases", []) if isinstance(located.data, dict) else []
    if set(located.data) != {"cases"}:
        problems.append(Problem(located.where(()), "the file has other keys than cases.", "Write cases: and a list."))
    found = [_case(located, ("cases", index), one, book, problems) for index, one in enumerate(given)]
    if problems:
        raise BadRecord([Problem(f"{path.parent.name}/{one.where}", one.found, one.remedy) for one in problems])
    return [one for one in found if one is not None]


def _case(
    located: Located, place: tuple[str | int, ...], given: Any, book: Rulebook, problems: list[Problem]
) -> Case | None:
    before = len(problems)
    where = located.where(place)
    for key in set(given) - set(CASE_KEYS):
        problems.append(Problem(located.where((*place, key)), f"the key {key!r} is not known here.", "Take it out."))
    for key in {"name", "as_of"} - set(given):
        problems.append(Problem(where, f"{key!r} is missing.", f"Add {key}:."))
    if ("expect" in given) == ("refused" in given) or ("case" in given) == ("facts" in given):
        problems.append(Problem(where, "needs case or facts, and expect or refused.", "One of each, not both."))
    _check_expected(located, place, given.get("expect", {}), book, problems)
    if len(problems) > before:
        return None
    try:
        as_of = read_date(given["as_of"], located.where((*place, "as_of")))
        known_at = read_date(given.get("known_at", TODAY.isoformat()), located.where((*place, "known_at")))
    except BadRecord as fault:
        problems += fault.problems
        return None
    facts = facts_of(given["case"]) if "case" in given else _facts(located, place, given, problems)
    if "case" in given and not facts:
        problems.append(Problem(where, f"the casebook has no case {given['case']!r}.", "Check its id."))
    expect = given.get("expect", {})
    lines = {rule: f"{book.id}/{located.name}, line {located.lines[(*place, 'expect', rule)]}" for rule in expect}
    readings = given.get("readings", {})
    return Case(
        given["name"], where, snapshot_of(facts, as_of, known_at), readings, expect, lines, given.get("refused", "")
    )


def _check_expected(
    located: Located, place: tuple[str | int, ...], expect: Mapping[str, Any], book: Rulebook, problems: list[Problem]
) -> None:
    for rule_id, wanted in expect.items():
        where = located.where((*place, "expect", rule_id))
        rule = book.rule(rule_id)
        if rule is None:
            problems.append(Problem(where, f"the rulebook has no rule {rule_id!r}.", "Check its id."))
            continue
        for key in set(wanted) - set(EXPECT_KEYS):
            problems.append(Problem(where, f"{key!r} cannot be expected.", f"Possible: {', '.join(EXPECT_KEYS)}."))
        if wanted.get("state") not in STATES[rule.kind]:
            said = f"a {rule.kind} has no state {wanted.get('state')!r}."
            problems.append(Problem(where, said, f"Possible: {', '.join(STATES[rule.kind])}."))


def _facts(
    located: Located, place: tuple[str | int, ...], given: Mapping[str, Any], problems: list[Problem]
) -> tuple[Fact, ...]:
    found = []
    if given.get("registered", "yes") == "yes":
        value = {"country": "Testland", "iso3": "TST"}
        day, marking = "1945-10-24", Marking.UNCLASSIFIED
        found.append(own_fact("state:TST/state", "state", "Testland is in the register.", value, day, marking))
    for name, fields in given["facts"].items():
        whole = {"text": f"{name}.", "confidence": "high", "sources": ["test"], "actor": "authorities", **fields}
        subject = "state:TST" if fields.get("kind") in STANDING else "testland-2021"

        def line(field: str, name: str = name) -> str:
            return located.where((*place, "facts", name, field))

        fact = FactForm(subject, name, whole, line, problems).fact({"test": OWN}, Marking.UNCLASSIFIED)
        if fact is not None:
            found.append(fact)
    return tuple(found)


def differences(case: Case, findings: tuple[Finding, ...]) -> list[str]:
    """What came out otherwise than expected, one line each, with the file and line of the expectation."""
    by_rule = {finding.rule: finding for finding in findings}
    said = []
    for rule, wanted in case.expect.items():
        came = _shown(by_rule[rule])
        for key, value in wanted.items():
            if key in ("says", "rests_on", "known_later"):
                missing = [one for one in value if one not in came[key]]
                if missing:
                    said.append(f"{case.lines[rule]}: {rule}: {key} lacks {missing}; it has {sorted(came[key])}")
            elif came[key] != value:
                said.append(f"{case.lines[rule]}: {rule}: {key} is {came[key]!r}, not {value!r}")
    return said


def _shown(finding: Finding) -> dict[str, Any]:
    return {
        "state": finding.state,
        "day": "none" if finding.day is None else str(finding.day),
        "since": str(finding.since or "none"),
        "until": str(finding.until or "none"),
        "due": str(finding.due or "none"),
        "performed_on": str(finding.performed_on or "none"),
        "ours": "yes" if finding.our_reading else "no",
        "divergence": "yes" if finding.divergence else "no",
        "says": {node.code for node in finding.tree.walk()},
        "rests_on": {key.partition("/")[2] for key in finding.facts},
        "known_later": {key.partition("/")[2] for key in finding.known_later},
    }
