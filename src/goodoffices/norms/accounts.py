"""Competing accounts: where sources tell one thing in several ways, each telling is tried, never one silently taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding, reason
from goodoffices.core.markings import Marking
from goodoffices.core.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Account:
    """One way to read the record: `taken` counts in place of `preferred`; the keys in `without` do not."""

    taken: str
    preferred: str
    without: frozenset[str]
    marking: Marking


def worlds_of_accounts(facts: Sequence[Fact]) -> tuple[frozenset[str], tuple[Account, ...]]:
    """What to leave out of the preferred reading, and the other readings, one a competing account.

    Facts that compete with each other, directly or through others, tell one thing: exactly one of them counts. The
    preferred one is the one that competes with none; where there is none such, the first.
    """
    present = {fact.key for fact in facts}
    group_of: dict[str, list[str]] = {}
    for fact in facts:
        if fact.competes_with in present and fact.competes_with != fact.key:
            joined = group_of.get(fact.key, [fact.key]) + group_of.get(fact.competes_with, [fact.competes_with])
            merged = list(dict.fromkeys(joined))
            group_of |= dict.fromkeys(merged, merged)
    if not group_of:
        return frozenset(), ()
    rivals = {fact.key for fact in facts if fact.competes_with in present}
    order = {fact.key: place for place, fact in enumerate(facts)}
    marked = {fact.key: fact.marking for fact in facts}
    groups = {min(group): sorted(group, key=lambda key: (key in rivals, order[key])) for group in group_of.values()}
    main = frozenset(key for group in groups.values() for key in group[1:])
    others = [
        Account(key, group[0], main - {key} | {group[0]}, max(marked[key], marked[group[0]]))
        for _, group in sorted(groups.items())
        for key in group[1:]
    ]
    return main, tuple(others)


def disputed(first: Finding, second: Finding, account: Account) -> Finding:
    """The finding by the preferred account, and what another account makes of it."""
    if first.state == "disputed":
        return first
    joined = {
        "marking": max(first.marking, second.marking, account.marking),
        "interpretation": tuple(dict.fromkeys(first.interpretation + second.interpretation)),
        "known_later": tuple(dict.fromkeys(first.known_later + second.known_later)),
    }
    if first.state != second.state:
        tree = reason(
            "disputed",
            reason("by_account", first.tree, facts=(account.preferred,), state=first.state),
            reason("by_account", second.tree, facts=(account.taken,), state=second.state),
            verdict=Verdict.DISPUTED,
        )
        gone = {"since": None, "until": None, "due": None, "performed_on": None, "day": None, "divergence": False}
        return replace(first, state="disputed", tree=tree, facts=tree.rests_on(), **gone, **joined)  # type: ignore[arg-type]
    if _days(first) != _days(second):
        note = reason("other_days", facts=(account.taken,), day=_shown(second), verdict=Verdict.DISPUTED)
        tree = replace(first.tree, parts=(*first.tree.parts, note))
        return replace(first, tree=tree, facts=tree.rests_on(), **joined)  # type: ignore[arg-type]
    return first


def _days(finding: Finding) -> tuple[object, ...]:
    return finding.since, finding.until, finding.due, finding.performed_on


def _shown(finding: Finding) -> str:
    day = finding.performed_on or finding.until or finding.since
    return day.text if day else "unknown"
