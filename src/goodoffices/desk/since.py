"""What was recorded since somebody last looked: facts by case, the findings they turned, and which facts did it.

Where one stands is the number of the last entry one has seen. Invariant: both sides are asked at the same moment and
over the same rules, so what differs differs because of what was recorded in between, and nothing that is not known at
that moment shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import QUIET, Finding
from goodoffices.core.reading import case_fact
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.asking import Asking
from goodoffices.desk.kept import Kept
from goodoffices.desk.records import change_record, finding_record
from goodoffices.desk.views import Moment
from goodoffices.ledger.chain import Head
from goodoffices.ledger.store import Change, Entry
from goodoffices.norms.evaluator import evaluate

A_WEEK: Final = timedelta(days=7)
MOST_JUDGED: Final = 12  # cases whose findings are compared at once; the others when they are asked for
_MOST_TRIED: Final = 24  # facts taken back one by one, to see which of them turned a finding
_SILENT: Final = {*QUIET, "undetermined"}
_DAYS: Final = ("since", "until", "due", "performed_on")


@dataclass(frozen=True, slots=True)
class Turned:
    """A finding before and after, and the keys of the facts that turned it: taken back alone, each leaves it as it was.

    Where only several together did, all of them; where none can be named, none.
    """

    before: Finding
    after: Finding
    because: tuple[str, ...]

    @property
    def flips(self) -> bool:
        """Whether the state itself is another one, not only a day of it, and at least one of the two says something."""
        both = {self.before.called, self.after.called}
        return len(both) == 2 and not both <= _SILENT


@dataclass(frozen=True, slots=True)
class CaseSince:
    """What changed in one case. `opened`: the case itself is new. `turned` is None where it was not looked into."""

    case: str
    title: str
    title_fr: str
    opened: bool
    changes: tuple[Change, ...]
    standing: tuple[Change, ...]
    turned: tuple[Turned, ...] | None

    @property
    def flips(self) -> tuple[Turned, ...]:
        """The findings whose state is another one now."""
        return tuple(one for one in self.turned or () if one.flips)

    def words(self, language: str = "en") -> str:
        """ "changed since you last looked: 3 facts, 1 finding"; nothing where nothing did."""
        facts, findings = len(self.changes) + len(self.standing), len(self.flips)
        if not (facts or findings or self.opened):
            return ""
        if language == "fr":
            parts = [f"{facts} {'faits' if facts > 1 else 'fait'}"]
            parts += [f"{findings} {'constats' if findings > 1 else 'constat'}"] if findings else []
            return f"modifié depuis votre dernière visite : {', '.join(parts)}"
        parts = [f"{facts} {'fact' if facts == 1 else 'facts'}"]
        parts += [f"{findings} {'finding' if findings == 1 else 'findings'}"] if findings else []
        return f"changed since you last looked: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the entry `number` was the last one. `begun`: the record itself was begun after it."""

    number: int
    head: Head
    begun: bool
    cases: tuple[CaseSince, ...]
    elsewhere: tuple[Change, ...]
    entries: Mapping[str, Entry]

    @property
    def anything(self) -> bool:
        """Whether anything did."""
        return bool(self.cases or self.elsewhere)

    @property
    def facts(self) -> int:
        """How many facts did, each counted once: one of a state may concern several of its cases."""
        told = {change.fact.key for case in self.cases for change in (*case.changes, *case.standing)}
        return len(
            told | {change.fact.key for change in self.elsewhere} | {one.case for one in self.cases if one.opened}
        )


_SINCE: Final[Kept[Since]] = Kept(8)
_IN_CASE: Final[Kept[CaseSince]] = Kept(64)


def seen_head(desk: Asking, text: str) -> Head | None:
    """The chain's end that a reader says to have seen, "4850.0123456789abcdef", if this chain ever ended so."""
    number, _, digits = text.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 12 and len(digits) >= 8):
        return None
    head = desk.head_at(int(number))
    return head if head is not None and head.hash.startswith(digits) else None


def written(head: Head) -> str:
    """A chain's end as `seen_head` reads it."""
    return head.printed.replace(":", ".")


def a_week_ago(desk: Asking) -> int:
    """The number of the last entry that is a week old; 0 where all are younger."""
    return desk.number_at(desk.clock() - A_WEEK)


def changed_since(desk: Asking, number: int, moment: Moment, judged: int = MOST_JUDGED) -> Since:
    """Everything recorded after the entry of that number, as far as it is known at the moment."""
    return _SINCE.get(desk, moment, lambda: _changed_since(desk, number, moment, judged), number, judged)


def _changed_since(desk: Asking, number: int, moment: Moment, judged: int) -> Since:
    head = desk.head()
    entries = desk.entries_after(number)
    if number == 0:
        return Since(0, head, True, (), (), {})
    last = {one.fact.key: one for one in entries if one.effective_from <= moment.known_at}
    subjects = sorted({one.fact.subject for one in entries})
    changes = _changes(desk, subjects, moment, number)
    by_subject: dict[str, list[Change]] = {}
    for one in changes:
        by_subject.setdefault(one.fact.subject, []).append(one)
    cases = [subject for subject in by_subject if ":" not in subject]
    cases.sort(key=lambda case: (-len(by_subject[case]), case))
    told = tuple(
        changed_in(desk, case, number, moment) if place < judged else _told(desk, case, number, moment, None)
        for place, case in enumerate(cases)
    )
    elsewhere = [one for subject, found in sorted(by_subject.items()) if ":" in subject for one in found]
    return Since(number, head, False, told, tuple(elsewhere), last)


def changed_in(desk: Asking, case: str, number: int, moment: Moment) -> CaseSince:
    """What was recorded of one case, and of its state, after the entry of that number, and the findings it turned.
    NoAnswer where there is no such case."""
    return _IN_CASE.get(desk, moment, lambda: _told(desk, case, number, moment, _turned), case, number)


def _told(desk: Asking, case: str, number: int, moment: Moment, judge: Any) -> CaseSince:
    after = desk.snapshot(case, moment)
    before = desk.before(after.subjects, moment, number)
    changes = _compared(before, after)
    head = case_fact(after) or next((one for one in desk.everything_of(case) if one.kind == "case"), None)
    opened = case_fact(before) is None and case_fact(after) is not None
    title = head.get("title") if head else case
    turned: tuple[Turned, ...] | None = None
    if judge is not None:
        turned = () if opened or not changes else judge(desk, before, after, changes)
    return CaseSince(
        case,
        title,
        (head.get("title_fr") if head else "") or title,
        opened,
        tuple(one for one in changes if one.fact.subject == case and one.fact.kind != "case"),
        tuple(one for one in changes if one.fact.subject != case),
        turned,
    )


def _changes(desk: Asking, subjects: Sequence[str], moment: Moment, number: int) -> tuple[Change, ...]:
    if not subjects:
        return ()
    before = desk.before(subjects, moment, number)
    return _compared(before, desk.before(subjects, moment, desk.head().seq))


def _compared(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    old, new = {one.key: one for one in before.facts}, {one.key: one for one in after.facts}
    found = [Change("new", None, fact) for key, fact in new.items() if key not in old]
    found += [Change("withdrawn", fact, None) for key, fact in old.items() if key not in new]
    found += [
        Change("corrected", old[key], fact)
        for key, fact in new.items()
        if key in old and old[key].version != fact.version
    ]
    return tuple(sorted(found, key=lambda one: order(one.fact)))


def _turned(desk: Asking, before: Snapshot, after: Snapshot, changes: Sequence[Change]) -> tuple[Turned, ...]:
    old = {one.rule: one for one in _judged(desk, before)}
    pairs = [(old[one.rule], one) for one in _judged(desk, after) if one.rule in old and _differs(old[one.rule], one)]
    if not pairs:
        return ()
    because = _because(desk, before, after, changes, pairs)
    found = [Turned(one, other, because[other.rule]) for one, other in pairs]
    return tuple(sorted(found, key=lambda one: (not one.flips, one.after.quiet, one.after.rule)))


def _judged(desk: Asking, snapshot: Snapshot, only: Iterable[str] | None = None) -> list[Finding]:
    rules = None if only is None else tuple(only)
    return [one for book in desk.rules() for one in evaluate(book, snapshot, only=rules)]


def _differs(one: Finding, other: Finding) -> bool:
    return one.called != other.called or any(getattr(one, name) != getattr(other, name) for name in _DAYS)


def _because(
    desk: Asking,
    before: Snapshot,
    after: Snapshot,
    changes: Sequence[Change],
    pairs: Sequence[tuple[Finding, Finding]],
) -> dict[str, tuple[str, ...]]:
    """For each rule whose finding differs, the facts that made it so."""
    was = {one.rule: one for one, _ in pairs}
    if len(changes) == 1:
        return {rule: (changes[0].fact.key,) for rule in was}
    found: dict[str, list[str]] = {rule: [] for rule in was}
    for change in changes[:_MOST_TRIED]:
        without = _judged(desk, _undone(after, change), was)
        for finding in without:
            if finding.rule in was and not _differs(was[finding.rule], finding):
                found[finding.rule].append(change.fact.key)
    alone = [rule for rule, keys in found.items() if not keys]
    for change in changes[:_MOST_TRIED] if alone else ():
        for finding in _judged(desk, _undone(before, change, again=True), alone):
            if finding.rule in was and _differs(was[finding.rule], finding):
                found[finding.rule].append(change.fact.key)
    named = {change.fact.key for change in changes}
    for one, other in pairs:
        if not found[other.rule]:
            found[other.rule] = [key for key in dict.fromkeys((*other.facts, *one.facts)) if key in named]
    return {rule: tuple(keys) for rule, keys in found.items()}


def _undone(snapshot: Snapshot, change: Change, again: bool = False) -> Snapshot:
    """A snapshot with one change taken back; `again`: with it made."""
    put: Fact | None = change.after if again else change.before
    kept = [fact for fact in snapshot.facts if fact.key != change.fact.key]
    facts = sorted([*kept, put] if put is not None else kept, key=order)
    return replace(snapshot, facts=tuple(facts))


def since_record(found: Since, hindsight: bool) -> dict[str, Any]:
    """The JSON of what changed."""
    return {
        "seen": found.number,
        "head": found.head.printed,
        "begun": found.begun,
        "cases": [_case_record(one, found.entries, hindsight) for one in found.cases],
        "elsewhere": [change_record(one, hindsight) for one in found.elsewhere],
    }


def _case_record(one: CaseSince, entries: Mapping[str, Entry], hindsight: bool) -> dict[str, Any]:
    return {
        "case": one.case,
        "title": one.title,
        "opened": one.opened,
        "facts": [change_record(change, hindsight) | _entry_record(entries, change) for change in one.changes],
        "of_the_state": [change_record(change, hindsight) for change in one.standing],
        "findings": None
        if one.turned is None
        else [
            {
                "rule": turned.after.rule,
                "flips": turned.flips,
                "before": finding_record(turned.before),
                "after": finding_record(turned.after),
                "because": list(turned.because),
            }
            for turned in one.turned
        ],
    }


def _entry_record(entries: Mapping[str, Entry], change: Change) -> dict[str, Any]:
    entry = entries.get(change.fact.key)
    return {"entry": entry.seq, "recorded_at": entry.recorded_at, "reason": entry.reason} if entry else {}
