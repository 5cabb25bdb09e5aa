"""What changed in the advice between two days, and which rules turned: the question one asks after a turn of events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from goodoffices.advice.advise import Advice
from goodoffices.advice.items import Item
from goodoffices.core.findings import Finding

Change = Literal["new", "gone", "settled", "in_doubt", "course"]


@dataclass(frozen=True, slots=True)
class TurnedRule:
    """A rule that an item hangs on, with its state before and after."""

    rule: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """An item of advice that is new, gone, no longer in doubt, in doubt now, or has another course; `before` is its
    course before. `turned` are the rules behind it that changed; none where a day passed and nothing else."""

    change: Change
    item: Item
    before: str
    turned: tuple[TurnedRule, ...]


def differences(before: Advice, after: Advice) -> tuple[Difference, ...]:
    """What changed from one advice to the other, in the order of the later one; what is gone comes last."""
    then = {(item.section, item.id): item for item in before.items}
    now = {(item.section, item.id): item for item in after.items}
    found = []
    for key, item in now.items():
        change = _change(then.get(key), item)
        if change is not None:
            was = then[key].course if key in then else ""
            found.append(Difference(change, item, was, _turned((then.get(key), item), before, after)))
    gone = (item for key, item in then.items() if key not in now)
    return (*found, *(Difference("gone", item, item.course, _turned((item,), before, after)) for item in gone))


def _change(before: Item | None, after: Item) -> Change | None:
    if before is None:
        return "new"
    if before.course != after.course:
        return "course"
    if before.standing != after.standing:
        return "settled" if after.sure else "in_doubt"
    return None


def _turned(items: Iterable[Item | None], before: Advice, after: Advice) -> tuple[TurnedRule, ...]:
    """The rules that these items hang on and that had another state."""
    hung = dict.fromkeys(one.rule for item in items if item is not None for one in item.hangs_on)
    found = []
    for rule in hung:
        states = _state(before.situation.findings, rule), _state(after.situation.findings, rule)
        if states[0] != states[1]:
            finding = after.situation.findings[rule]
            found.append(TurnedRule(rule, finding.said(after.situation.language), *states))
    return tuple(found)


def _state(findings: Mapping[str, Finding], rule: str) -> str:
    found = findings.get(rule)
    return found.state if found else "undetermined"
