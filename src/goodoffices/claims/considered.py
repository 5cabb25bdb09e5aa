"""What a claim looked at: the cases and facts that count, and those that do not, each with the question it fails.

Invariant: nothing is selected here. Whether a case or a fact counts is asked of the functions that the queries use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from goodoffices.claims.asking import Out, left_out, named, unfit
from goodoffices.claims.compute import Result
from goodoffices.claims.file import Claim
from goodoffices.claims.queries import query_named
from goodoffices.claims.record import Case, Given, Record
from goodoffices.core.facts import Fact

# Queries whose answer is a list of cases, or of their countries.
_LIST_CASES: Final = (
    *("list_cases", "followed_by_another", "leaders_out_of_power", "cases_with", "cases_without", "silent_cases"),
    *("asks_for_return", "first_words", "last_states", "only_without"),
)
# Fields that a query reads of its facts beside those that the claim itself names.
_READS: Final[dict[str, tuple[str, ...]]] = {
    "asks_for_return": ("asks_return", "verb"),
    "silent_cases": ("verb", "subject_matter"),
    "silent_off_agenda": ("agenda_item",),
    "first_words": ("verb",),
    "leaders_out_of_power": ("person", "manner"),
    "handed_over": ("person",),
    "fall": ("sample", "percent"),
    "label_has": ("label",),
    "mandates_changed": ("mission", "direction", "subject_matter"),
    "missions_with_fate": ("mission", "task", "fate"),
    "steps_taken": ("measure",),
    "group_cases": ("category",),
    "register_size": ("name",),
}
ANOTHER: Final = "another"  # fits as well, but one fact a case is enough


@dataclass(frozen=True, slots=True)
class CaseTried:
    """A case that the claim speaks of, and its facts that decide. `answers`: whether it is in the list that was found;
    None where the answer is no list of cases."""

    case: Case
    answers: bool | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case, or a fact of one, that does not count, and why."""

    case: Case
    why: Out
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Considered:
    """Everything a claim looked at. `facts` are those that decide and belong to no case that it selects."""

    cases: tuple[CaseTried, ...]
    facts: tuple[Fact, ...]
    cases_out: tuple[LeftOut, ...]
    facts_out: tuple[LeftOut, ...]


def considered(result: Result, record: Record) -> Considered:
    """What was looked at to come to a result."""
    claim, query = result.claim, query_named(result.claim.query, result.claim.id)
    given = Given(claim.given, claim.expect.unit)
    unique = tuple({fact.key: fact for fact in result.found.facts}.values())
    if not {"cases", "category"} & {*query.needs, *query.may}:
        return Considered((), unique, (), ())
    deciding = {fact.subject for fact in unique}
    why = {case.id: left_out(record, given, case) for case in record.cases}
    # A query may look at a second period, too: what decides is not left out.
    chosen = [case for case in record.cases if why[case.id] is None or case.id in deciding]
    tried = tuple(_tried(case, result, given, unique) for case in chosen)
    told = {fact.key for one in tried for fact in one.facts}
    cases_out = tuple(
        LeftOut(case, out) for case in record.cases if case not in chosen and (out := why[case.id]) is not None
    )
    facts_out = tuple(one for case in chosen for one in _facts_out(record, given, case, told)) if _looks(given) else ()
    # Of cases that the claim names the rest of the record is no part of the question.
    return Considered(
        tried,
        tuple(fact for fact in unique if fact.key not in told),
        () if given.texts("cases") else cases_out,
        facts_out,
    )


def _looks(given: Given) -> bool:
    return bool(given.texts("kind"))


def _tried(case: Case, result: Result, given: Given, facts: tuple[Fact, ...]) -> CaseTried:
    found = result.found.values[0] if result.found.values else None
    answers = None
    if isinstance(found, frozenset) and result.claim.query in _LIST_CASES:
        answers = bool(named((case,), given) & found)
    subjects = (case.id, f"state:{case.iso3}")
    return CaseTried(case, answers, tuple(fact for fact in facts if fact.subject in subjects))


def _facts_out(record: Record, given: Given, case: Case, told: set[str]) -> list[LeftOut]:
    found = []
    for fact in record.of(case.id, *given.texts("kind")):
        if fact.key not in told:
            found.append(LeftOut(case, unfit(record, given, case, fact) or Out(ANOTHER), fact))
    return found


def fields_read(claim: Claim) -> tuple[str, ...]:
    """The fields of a fact on which the claim turns."""
    given = Given(claim.given)
    asked = [given.text(name) for name in ("field", "beside") if isinstance(claim.given.get(name), str)]
    names = (*given.mapping("where"), *asked, *_READS.get(claim.query, ()))
    return tuple(dict.fromkeys(name for name in names if name not in ("sentence", "actor", "day")))
