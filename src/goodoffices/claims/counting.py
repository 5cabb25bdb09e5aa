"""Queries that count and list cases: how many, which, of what category, followed by what."""

from __future__ import annotations

from collections import Counter
from typing import Final

from goodoffices.claims.asking import SELECT, Query, named, selected
from goodoffices.claims.record import Case, Found, Given, Record, lacking
from goodoffices.claims.timing import lapse
from goodoffices.core.facts import Fact

_TAKES: Final = ("took_power",)
_LEAVES: Final = ("resigned", "removed")


def _unknown_cases(missing: tuple[str, ...]) -> Found:
    return lacking(*(f"the case {name}" for name in missing))


def count_cases(record: Record, given: Given) -> Found:
    """How many cases there are of a category and outcome in a period."""
    cases, facts, missing = selected(record, given)
    return _unknown_cases(missing) if missing else Found((len(cases),), "", facts)


def list_cases(record: Record, given: Given) -> Found:
    """Which cases there are of a category and outcome in a period."""
    cases, facts, missing = selected(record, given)
    return _unknown_cases(missing) if missing else Found((named(cases, given),), "", facts)


def group_cases(record: Record, given: Given) -> Found:
    """How many cases there are of each category in a period."""
    cases, facts, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    counts = Counter(case.seizure.get("category") for case in cases)
    return Found((frozenset(f"{name} {count}" for name, count in counts.items()),), "", facts)


def more_cases_than_before(record: Record, given: Given) -> Found:
    """Whether a period has more cases than the one before it, from `before_since` to `before_until`."""
    now, facts, _ = selected(record, given)
    earlier = Given(dict(given.arguments) | {"since": given.text("before_since"), "until": given.text("before_until")})
    then, facts_then, _ = selected(record, earlier)
    return Found((len(now) > len(then),), f"{len(now)} after {len(then)}", facts_then + facts)


def followed_by_another(record: Record, given: Given) -> Found:
    """Which of these cases were followed by another seizure in the same country, with `years` within so many years."""
    cases, facts, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    until, years = given.day("until", record.as_of), given.number("years", 1000)
    found: list[Case] = []
    later: list[Fact] = []
    for case in cases:
        for other in record.cases:
            if other.iso3 == case.iso3 and case.day < other.day <= until and other.seizure.get("outcome") != "failed":
                if lapse(case.day, other.day, "year") <= years:
                    found.append(case)
                    later.append(other.seizure)
                break
    return Found((named(found, given),), "", (*facts, *later))


def leaders_out_of_power(record: Record, given: Given) -> Found:
    """In which of these cases, those followed by another in the same country left out, whoever took power had by a day
    resigned, been removed, or given way to somebody else under a constitution."""
    cases, _, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    on = given.day("on", record.as_of)
    out: list[Case] = []
    facts: list[Fact] = []
    lacks: list[str] = []
    last_of = {case.iso3: case for case in cases}
    for case in last_of.values():
        taken = [fact for fact in record.of(case.id, "leadership") if fact.get("manner") in _TAKES]
        if not taken:
            lacks.append(f"who took power in {case.id}")
            continue
        facts.append(taken[0])
        end = next((one for one in _ends_of_power(record, case, taken[0]) if one.span.begins.shown <= on), None)
        if end:
            out.append(case)
            facts.append(end)
    return lacking(*lacks) if lacks else Found((named(out, given),), "", tuple(facts))


def _ends_of_power(record: Record, case: Case, taken: Fact) -> list[Fact]:
    person = taken.get("person")
    left = [
        fact
        for fact in record.of(case.id, "leadership")
        if fact.get("person") == person and fact.get("manner") in _LEAVES and "commander" not in fact.get("office")
    ]
    orders = record.of(case.id, "constitutional_order")
    return left + [fact for fact in orders if fact.get("person") and fact.get("person") != person]


def handed_over(record: Record, given: Given) -> Found:
    """How many of these cases ended, by a day, in a constitutional government under somebody who had not taken power
    in the case."""
    cases, facts, missing = selected(record, given)
    if missing:
        return _unknown_cases(missing)
    until = given.day("until", record.as_of)
    ended: list[Case] = []
    orders: list[Fact] = []
    for case in cases:
        takers = {one.get("person") for one in record.of(case.id, "leadership") if one.get("manner") in _TAKES}
        for fact in record.of(case.id, "constitutional_order"):
            if fact.span.begins.shown <= until:
                orders.append(fact)
                if fact.get("person") not in takers:
                    ended.append(case)
    return Found((len(ended),), "", (*facts, *orders))


def register_size(record: Record, given: Given) -> Found:
    """How many subjects of a register there are, such as missions, with a field at a value."""
    prefix, wanted = given.text("register") + ":", given.mapping("where")
    subjects = [one for one in record.subjects() if one.startswith(prefix)]
    if not subjects:
        return lacking(f"a register of {given.text('register')}s")
    facts = []
    for subject in subjects:
        heads = [one for one in record.facts if one.subject == subject]
        fitting = [one for one in heads if all(one.get(name) in values for name, values in wanted.items())]
        facts += fitting[:1]
    return Found((len(facts),), "", tuple(facts))


QUERIES: Final = (
    Query("count_cases", (), SELECT, count_cases),
    Query("list_cases", (), (*SELECT, "by"), list_cases),
    Query("group_cases", (), SELECT, group_cases),
    Query("more_cases_than_before", ("before_since", "before_until"), SELECT, more_cases_than_before),
    Query("followed_by_another", (), (*SELECT, "by", "years"), followed_by_another),
    Query("leaders_out_of_power", ("on",), (*SELECT, "by"), leaders_out_of_power),
    Query("handed_over", ("until",), SELECT, handed_over),
    Query("register_size", ("register",), ("where",), register_size),
)
