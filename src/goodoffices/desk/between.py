"""What two days of knowledge differ in: facts that are new, corrected or withdrawn, and the findings they turned.

Invariant: the earlier side is computed as it would have been on its day; nothing of the later side is in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import QUIET, Finding
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.asking import Asking
from goodoffices.desk.records import finding_record
from goodoffices.desk.views import Moment
from goodoffices.ledger.store import Change

# The sorts of change, in the order in which a page lists them.
SORTS: Final = ("new", "corrected", "withdrawn")
# What turned a finding: what became known, the passing of time alone, or both.
CAUSES: Final = ("knowledge", "time", "both")
_STILL: Final = {*QUIET, "undetermined"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts of a case, or of an entry of a register, are new, corrected and withdrawn."""

    subject: str
    new: int
    corrected: int
    withdrawn: int

    @property
    def all(self) -> int:
        """Changes of every sort."""
        return self.new + self.corrected + self.withdrawn


@dataclass(frozen=True, slots=True)
class Altered:
    """What a correction changed: a field of the fact, as it was and as it is."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """A change as a table sorts it: its sort by the order of SORTS, its case, when it was so, when it was known."""

    change: int
    case: str
    when: date
    known: date
    one: Change
    altered: tuple[Altered, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """A finding at the earlier and at the later moment, what turned it, and the changed facts it rested or rests on."""

    rule: str
    before: Finding
    after: Finding
    cause: str
    facts: tuple[Change, ...]

    @property
    def flips(self) -> bool:
        """Whether the state itself is another, not only its days."""
        return self.before.called != self.after.called


@dataclass(frozen=True, slots=True)
class Between:
    """The findings of a case at two moments: those that turned, and how many there are in all."""

    case: str
    earlier: Moment
    later: Moment
    turned: tuple[Turned, ...]
    findings: int

    @property
    def flipped(self) -> tuple[Turned, ...]:
        """Those whose state is another."""
        return tuple(one for one in self.turned if one.flips)

    @property
    def loud(self) -> tuple[Turned, ...]:
        """Those of them in which a rule asks something, allows it or has been answered, before or after."""
        return tuple(one for one in self.flipped if not {one.before.state, one.after.state} <= _STILL)

    @property
    def still(self) -> tuple[Turned, ...]:
        """Those of them that went from one state in which nothing is asked, or nothing known, to another."""
        return tuple(one for one in self.flipped if {one.before.state, one.after.state} <= _STILL)

    @property
    def moved(self) -> tuple[Turned, ...]:
        """Those that kept their state, with other days."""
        return tuple(one for one in self.turned if not one.flips)


@dataclass(frozen=True, slots=True)
class Since:
    """What of a case is new since an earlier day of knowledge: keys of facts, and the facts that are gone."""

    day: date
    new: frozenset[str]
    corrected: frozenset[str]
    withdrawn: tuple[Fact, ...]

    def mark(self, key: str) -> str:
        """How the fact is to be marked: "new", "corrected", or nothing."""
        return "new" if key in self.new else "corrected" if key in self.corrected else ""


def tallies(changes: Iterable[Change]) -> tuple[Tally, ...]:
    """The changes counted by case, those with most changes first."""
    counts: dict[str, dict[str, int]] = {}
    for one in changes:
        mine = counts.setdefault(one.fact.subject, dict.fromkeys(SORTS, 0))
        mine[one.what] += 1
    found = [Tally(subject, *(mine[sort] for sort in SORTS)) for subject, mine in counts.items()]
    return tuple(sorted(found, key=lambda one: (-one.all, one.subject)))


def chosen(changes: Iterable[Change], sorts: Collection[str] = (), kinds: Collection[str] = ()) -> tuple[Change, ...]:
    """The changes of these sorts and of facts of these kinds; all where none is named."""
    return tuple(one for one in changes if (not sorts or one.what in sorts) and (not kinds or one.fact.kind in kinds))


def rows(changes: Iterable[Change]) -> list[Row]:
    """The changes as rows of a table."""
    return [
        Row(
            SORTS.index(one.what) + 1,
            one.fact.subject,
            one.fact.span.begins.shown,
            one.fact.known_at,
            one,
            altered(one),
        )
        for one in changes
    ]


def altered(change: Change) -> tuple[Altered, ...]:
    """What a correction changed, field by field; nothing where the fact is new or withdrawn."""
    if change.before is None or change.after is None:
        return ()
    old, new = _fields(change.before), _fields(change.after)
    names = dict.fromkeys((*old, *new))
    return tuple(
        Altered(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name, "") != new.get(name, "")
    )


def _fields(fact: Fact) -> dict[str, str]:
    """The fields of a fact that a correction may change. Its note is left out: it is written with hindsight."""
    told = {
        "text": fact.text,
        "when": fact.span.text,
        "known": fact.known_at.isoformat(),
        "actor": fact.actor,
        "kind": fact.kind,
        "confidence": fact.confidence,
        "sources": "; ".join(one.words for one in fact.citations),
        "competes_with": fact.competes_with,
    }
    return told | dict(fact.value)


def findings_between(desk: Asking, case: str, start: date, end: date, as_of: date | None = None) -> Between:
    """The findings of a case that turned between two days of knowledge.

    Each side is asked as of `as_of` (today, where none is given), or as of its own day of knowledge where that is
    earlier: nobody knew then what had not come yet. So with an `as_of` on or before `start` both sides are of one day,
    and only what became known tells them apart. BadRecord where the days are given the wrong way round, NoAnswer where
    there is no such case.
    """
    if start > end:
        raise BadRecord([Problem("from", f"{start} lies after {end}.", "Give the earlier day first.")])
    looked = as_of or desk.today()
    earlier, later = desk.moment(min(looked, start), start), desk.moment(min(looked, end), end)
    first, second = desk.snapshot(case, earlier), desk.snapshot(case, later)
    before = {one.rule: one for one in desk.checked(first, earlier).findings}
    after = desk.checked(second, later).findings
    # The same facts on the later day: what time alone would have made of them.
    still = replace(first, as_of=later.as_of, known_at=later.known_at, later=())
    waited = {one.rule: one for one in desk.checked(still, later).findings}
    changes = _changes(first.facts, second.facts)
    turned = [(before[one.rule], one) for one in after if _told(before[one.rule]) != _told(one)]
    found = (Turned(one.rule, one, other, *_why(one, waited[one.rule], other, changes)) for one, other in turned)
    return Between(case, earlier, later, tuple(found), len(after))


def new_since(desk: Asking, case: str, since: date, moment: Moment) -> Since:
    """What a reader of the case at `moment` could not have read on the earlier day of knowledge. BadRecord where that
    day is not the earlier one."""
    if since > moment.known_at:
        found = f"{since} lies after {moment.known_at}, the day of knowledge."
        raise BadRecord([Problem("since", found, "Give an earlier day.")])
    first = desk.snapshot(case, desk.moment(moment.as_of, since))
    changes = _changes(_own(first), _own(desk.snapshot(case, moment)))

    def keys(sort: str) -> frozenset[str]:
        return frozenset(one.fact.key for one in changes.values() if one.what == sort)

    gone = sorted((one.fact for one in changes.values() if one.what == "withdrawn"), key=order)
    return Since(since, keys("new"), keys("corrected"), tuple(gone))


def _own(snapshot: Snapshot) -> tuple[Fact, ...]:
    """The facts of the case itself, without those of its state."""
    return tuple(fact for fact in snapshot.facts if fact.subject == snapshot.subjects[0] and fact.kind != "case")


def _changes(before: Iterable[Fact], after: Iterable[Fact]) -> dict[str, Change]:
    old, new = {fact.key: fact for fact in before}, {fact.key: fact for fact in after}
    found = {key: Change("new", None, fact) for key, fact in new.items() if key not in old}
    found |= {key: Change("withdrawn", fact, None) for key, fact in old.items() if key not in new}
    found |= {
        key: Change("corrected", old[key], fact)
        for key, fact in new.items()
        if key in old and old[key].version != fact.version
    }
    return found


def _told(finding: Finding) -> tuple[object, ...]:
    """What a reader is told of a finding: its state and its days. The count of days runs on by itself."""
    days = finding.since, finding.until, finding.due, finding.performed_on, finding.breached_on
    return finding.called, *days


def _why(
    before: Finding, waited: Finding, after: Finding, changes: Mapping[str, Change]
) -> tuple[str, tuple[Change, ...]]:
    """What turned a finding, and the changed facts that it rested on before or rests on now."""
    if _told(waited) == _told(after):
        return "time", ()
    keys = dict.fromkeys((*before.facts, *after.facts))
    facts = sorted((changes[key] for key in keys if key in changes), key=lambda one: order(one.fact))
    return ("knowledge" if _told(waited) == _told(before) else "both"), tuple(facts)


# as JSON


def between_record(found: Between) -> dict[str, Any]:
    """The JSON of the findings that turned. Keys are only ever added."""
    return {
        "case": found.case,
        "before": _moment_record(found.earlier),
        "after": _moment_record(found.later),
        "findings": found.findings,
        "turned": [turned_record(one) for one in found.turned],
    }


def _moment_record(moment: Moment) -> dict[str, str]:
    return {"as_of": moment.as_of.isoformat(), "known_at": moment.known_at.isoformat()}


def turned_record(one: Turned) -> dict[str, Any]:
    """One finding that turned, with both sides and the facts responsible."""
    return {
        "rule": one.rule,
        "flips": one.flips,
        "cause": one.cause,
        "before": finding_record(one.before),
        "after": finding_record(one.after),
        "facts": [
            {
                "key": change.fact.key,
                "change": change.what,
                "known_at": change.fact.known_at.isoformat(),
                "text": change.fact.text,
            }
            for change in one.facts
        ],
    }
