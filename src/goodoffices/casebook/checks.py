"""What no single file can tell of itself: whether the facts of the whole casebook fit together.

Invariant: a problem here is a contradiction within the record, never a doubt about the world. Competing accounts
contradict each other on purpose and are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from goodoffices.casebook.actors import actors
from goodoffices.core.days import UNKNOWN_DAY
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.symbols import find_symbols, read_symbol

# Acts that need an earlier one, which the field `of` names, and of which kinds that may be.
_ANSWERS: Final = {
    "promise_outcome": ("promise", "transition_term", "deadline_set"),
    "suspension_lifted": ("suspension",),
    "sanction_lifted": ("sanction",),
}
# Organisations whose members the register of states knows, so that suspending a stranger is a contradiction.
_SUSPENDERS: Final = ("au", "ecowas", "sadc", "eccas", "igad")
_UN: Final = ("S/", "A/", "SC/", "SG/")
Check = Callable[["_Book"], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class _Book:
    """The facts, by what the checks look them up with."""

    facts: tuple[Fact, ...]
    by_key: Mapping[str, Fact]
    by_subject: Mapping[str, tuple[Fact, ...]]


def check_facts(facts: Sequence[Fact]) -> tuple[Problem, ...]:
    """Every contradiction between the facts of a casebook, in the order of the checks."""
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_subject[fact.subject].append(fact)
    book = _Book(
        tuple(facts), {fact.key: fact for fact in facts}, {name: tuple(one) for name, one in by_subject.items()}
    )
    return tuple(problem for check in CHECKS for problem in check(book))


def _links(book: _Book) -> Iterator[Problem]:
    """What a fact points at exists, and is of a kind it can answer."""
    for fact in book.facts:
        for target in filter(None, (fact.get("of"), fact.competes_with)):
            if target not in book.by_key:
                yield Problem(fact.key, f"there is no fact {target!r}.", "Check the key.")
        first, kinds = book.by_key.get(fact.get("of")), _ANSWERS.get(fact.kind)
        if first is not None and kinds and first.kind not in kinds:
            yield Problem(fact.key, f"answers {first.key}, a {first.kind}.", f"It answers: {', '.join(kinds)}.")
        other = book.by_key.get(fact.competes_with)
        if other is not None and other.kind != fact.kind:
            yield Problem(
                fact.key, f"competes with {other.key}, which is of another kind ({other.kind}).", "Check both."
            )


def _order(book: _Book) -> Iterator[Problem]:
    """Nothing is answered, kept or lifted before it was there."""
    for fact in book.facts:
        first = book.by_key.get(fact.get("of"))
        if fact.kind in _ANSWERS and first is not None and _surely_before(fact, first):
            yield Problem(fact.key, f"lies before {first.key}, which it answers.", "Check both days.")


def _surely_before(one: Fact, other: Fact) -> bool:
    days = (one.span.begins, other.span.begins)
    return UNKNOWN_DAY not in days and days[0].latest < days[1].earliest


def _duplicates(book: _Book) -> Iterator[Problem]:
    """No fact stands twice: the same kind, actor, day, value and document within a subject."""
    for facts in book.by_subject.values():
        seen: dict[tuple[object, ...], Fact] = {}
        for fact in facts:
            if fact.competes_with or fact.kind == "gap":
                continue
            # A document names one act; without one, only the sentence tells two acts of one day apart.
            content = (fact.kind, fact.actor, fact.span.text, fact.value, fact.get("document") or fact.text)
            if content in seen:
                yield Problem(fact.key, f"says the same as {seen[content].key}.", "Keep one, with both sources.")
            seen.setdefault(content, fact)


def _symbols(book: _Book) -> Iterator[Problem]:
    """What looks like a symbol of the United Nations is one."""
    for fact in book.facts:
        symbol = fact.get("document")
        if symbol.startswith(_UN):
            try:
                read_symbol(symbol, f"{fact.key}, document")
            except BadRecord as fault:
                if not find_symbols(symbol):
                    yield from fault.problems


def _members(book: _Book) -> Iterator[Problem]:
    """An organisation suspends members only, as the register of states has them."""
    for case, iso3 in _cases(book):
        for fact in book.by_subject[case]:
            if fact.kind not in ("suspension", "suspension_declined") or fact.competes_with:
                continue
            body = actors()[fact.actor].part_of or fact.actor
            spells = membership(book.by_subject.get(f"state:{iso3}", ()), body)
            day = fact.span.begins
            if (
                body in _SUSPENDERS
                and day != UNKNOWN_DAY
                and not any(a <= day.latest and day.earliest < b for a, b in spells)
            ):
                found = f"{body} acts on {iso3}, which the register of states has as no member on {day}."
                yield Problem(fact.key, found, "Check the day, or the membership in states.yaml.")


def _cases(book: _Book) -> Iterator[tuple[str, str]]:
    for fact in book.facts:
        if fact.kind == "case":
            yield fact.subject, fact.get("iso3")


def membership(facts: Iterable[Fact], body: str) -> tuple[tuple[date, date], ...]:
    """Since when until when (that day left out) the register has a state as a member of a body."""
    steps = sorted(
        (fact.span.begins.earliest, fact.get("step"))
        for fact in facts
        if fact.kind == "membership" and fact.get("organisation") == body and not fact.competes_with
    )
    spells: list[tuple[date, date]] = []
    since: date | None = None
    for day, step in steps:
        if step == "joined" and since is None:
            since = day
        elif step == "left" and since is not None:
            spells.append((since, day))
            since = None
    return (*spells, (since, date.max)) if since is not None else tuple(spells)


def _memberships(book: _Book) -> Iterator[Problem]:
    """A state joins before it leaves, and neither twice in a row."""
    for subject, facts in book.by_subject.items():
        if not subject.startswith("state:"):
            continue
        last: dict[str, Fact] = {}
        for fact in sorted(facts, key=lambda one: (one.span.begins.earliest, one.get("step") != "joined")):
            if fact.kind != "membership" or fact.competes_with:
                continue
            body = fact.get("organisation")
            before = last.get(body)
            if before is not None and before.get("step") == fact.get("step"):
                found = f"has {subject} {fact.get('step')} {body} again after {before.key}."
                yield Problem(fact.key, found, "One of the two is missing its counterpart.")
            elif before is None and fact.get("step") == "left":
                yield Problem(fact.key, f"has {subject} leave {body}, which it never joined.", "Add the joining.")
            last[body] = fact


def _overlaps(book: _Book) -> Iterator[Problem]:
    """What can hold only once at a time does: a state's number in one list, one mission's presence in one case."""
    for facts in book.by_subject.values():
        groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.kind in ("code", "mission_present") and not fact.competes_with:
                groups[fact.kind, fact.get("system") or fact.get("mission")].append(fact)
        for same in groups.values():
            ordered = sorted(same, key=lambda one: one.span.begins.earliest)
            for one, other in pairwise(ordered):
                if one.span.end_earliest > other.span.begins.latest:
                    yield Problem(other.key, f"begins before {one.key} ends.", "Check both spans.")


def _exits(book: _Book) -> Iterator[Problem]:
    """A mission ends after it began, and is given no mandate beyond its end."""
    for subject, facts in book.by_subject.items():
        head = next((fact for fact in facts if fact.kind == "mission"), None)
        end = next((fact for fact in facts if fact.kind == "mission_exit" and not fact.competes_with), None)
        if head is None or end is None:
            continue
        if _surely_before(end, head):
            yield Problem(end.key, f"ends {subject} before it began.", "Check both days.")
        for fact in facts:
            if fact.kind == "mandate" and fact.get("direction") != "end" and _surely_before(end, fact):
                yield Problem(fact.key, f"gives {subject} a mandate after its end.", "Check both days.")


def _seizures(book: _Book) -> Iterator[Problem]:
    """Each case has one seizure that counts, and its country stands in the register of states."""
    for case, iso3 in _cases(book):
        counted = [one for one in book.by_subject[case] if one.kind == "seizure" and not one.competes_with]
        if len(counted) != 1:
            found = f"{len(counted)} seizures count." if counted else "no seizure counts."
            yield Problem(case, found, "Keep one; the others compete with it.")
        if f"state:{iso3}" not in book.by_subject:
            yield Problem(case, f"{iso3} is not in the register of states.", "Add it to states.yaml.")


def _citations(book: _Book) -> Iterator[Problem]:
    """A fact of high confidence has a source besides general knowledge."""
    for fact in book.facts:
        if fact.confidence == "high" and all(one.source.id == "general" for one in fact.citations):
            found = "is of high confidence on general knowledge alone."
            yield Problem(fact.key, found, "Find a page, or write confidence: medium.")


CHECKS: Final[tuple[Check, ...]] = (
    _seizures,
    _links,
    _order,
    _duplicates,
    _symbols,
    _citations,
    _members,
    _memberships,
    _overlaps,
    _exits,
)
