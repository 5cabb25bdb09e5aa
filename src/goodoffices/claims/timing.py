"""Queries about lengths of time: between facts, from a day, the longest of several."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from goodoffices.claims.asking import FIRST_DAY, MATCH, Query, matching, selected
from goodoffices.claims.record import Found, Given, Record, dated, lacking, possible_days, to_the_month
from goodoffices.core.days import Day, add_months, on, read_day
from goodoffices.core.facts import Fact


def lapse(first: date, last: date, unit: str) -> float:
    """From one day to another in a unit; months by the calendar, what is left as a share of the month begun."""
    if last < first:
        return -lapse(last, first, unit)
    days = (last - first).days
    if unit in ("", "day"):
        return float(days)
    if unit == "week":
        return days / 7
    whole, left = months_and_days(first, last)
    begun, ended = add_months(first, whole), add_months(first, whole + 1)
    months = whole + left / (ended - begun).days
    return months / 12 if unit == "year" else months


def months_and_days(first: date, last: date) -> tuple[int, int]:
    """Whole months by the calendar, and the days left."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    while add_months(first, whole) > last:
        whole -= 1
    return whole, (last - add_months(first, whole)).days


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def length_words(first: date, last: date, unit: str) -> str:
    """A length for people: "13 months and 5 days", "6 days"; in years, with whole months."""
    days = (last - first).days
    if unit not in ("month", "year") or days < 0:
        return _counted(days, "day")
    whole, left = months_and_days(first, last)
    if whole == 0:
        return _counted(left, "day")
    if unit == "year" and whole >= 12:
        said = _counted(whole // 12, "year")
        return f"{said} and {_counted(whole % 12, 'month')}" if whole % 12 else said
    said = _counted(whole, "month")
    return f"{said} and {_counted(left, 'day')}" if left else said


def between(begin: Day, end: Day, unit: str, facts: tuple[Fact, ...]) -> Found:
    """Every length two dates allow."""
    if not (dated(begin) and dated(end)):
        return Found(facts=facts, missing=tuple(f"the day of {fact.key}" for fact in facts if not dated_fact(fact)))
    pairs = [(one, two) for one in possible_days(begin) for two in possible_days(end)]
    lengths = sorted({lapse(one, two, unit) for one, two in pairs})
    shortest = min(pairs, key=lambda pair: pair[1] - pair[0])
    longest = max(pairs, key=lambda pair: pair[1] - pair[0])
    shown = length_words(*shortest, unit)
    if longest != shortest:
        shown = f"{shown} to {length_words(*longest, unit)}"
    return Found(tuple(lengths), shown, facts, coarse=not (to_the_month(begin) and to_the_month(end)))


def dated_fact(fact: Fact) -> bool:
    """Whether the fact's day is known."""
    return dated(fact.span.begins)


def facts_named(record: Record, keys: Iterable[str]) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The facts with these keys, and what is missing where one is not known."""
    wanted = list(keys)
    found = tuple(fact for key in wanted if (fact := record.fact(key)))
    return found, tuple(f"the fact {key}" for key in wanted if record.fact(key) is None)


def time_between(record: Record, given: Given) -> Found:
    """The time from the beginning of one fact to the beginning of another; with `field`, to the day in that field."""
    facts, missing = facts_named(record, (given.text("first"), given.text("last")))
    if missing:
        return lacking(*missing)
    end = facts[1].span.begins
    if given.text("field"):
        said = facts[1].get(given.text("field"))
        if not said:
            return lacking(f"the field {given.text('field')} of {facts[1].key}")
        end = read_day(said)
    return between(facts[0].span.begins, end, given.unit, facts)


def time_from_day(record: Record, given: Given) -> Found:
    """The time from a day of the calendar, an event outside the cases, to the beginning of a fact."""
    facts, missing = facts_named(record, (given.text("last"),))
    if missing:
        return lacking(*missing)
    return between(on(given.day("day", FIRST_DAY)), facts[0].span.begins, given.unit, facts)


def year_of(record: Record, given: Given) -> Found:
    """The year in which a fact began."""
    facts, missing = facts_named(record, (given.text("fact"),))
    if missing:
        return lacking(*missing)
    begins = facts[0].span.begins
    if not dated(begins):
        return lacking(f"a date for {facts[0].key}")
    years = dict.fromkeys(day.year for day in possible_days(begins))
    return Found(tuple(years), " or ".join(str(year) for year in years), facts)


def count_years(record: Record, given: Given) -> Found:
    """In how many different years these facts began."""
    facts, missing = facts_named(record, given.texts("facts"))
    undated = [f"a date for {fact.key}" for fact in facts if not dated(fact.span.begins)]
    if missing or undated:
        return lacking(*missing, *undated)
    years = sorted({fact.span.begins.shown.year for fact in facts})
    return Found((len(years),), f"{len(years)}: {', '.join(str(year) for year in years)}", facts)


def longest_time(record: Record, given: Given) -> Found:
    """The longest of several times, each from the beginning of one fact to the beginning of another."""
    pairs = given.pairs("pairs")
    facts, missing = facts_named(record, dict.fromkeys(key for pair in pairs for key in pair))
    if missing:
        return lacking(*missing)
    by_key = {fact.key: fact for fact in facts}
    each = [
        between(by_key[first].span.begins, by_key[last].span.begins, given.unit, (by_key[first], by_key[last]))
        for first, last in pairs
    ]
    if any(one.missing for one in each):
        return lacking(*(lack for one in each for lack in one.missing))
    slowest = max(each, key=lambda one: max(float(_number(value)) for value in one.values))
    return Found(slowest.values, f"at most {slowest.shown}", facts, coarse=any(one.coarse for one in each))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def length_of(record: Record, given: Given) -> Found:
    """How long one fact lasted: the days from its beginning to its end."""
    facts, missing = facts_named(record, (given.text("fact"),))
    if missing:
        return lacking(*missing)
    span = facts[0].span
    if span.ends is None or not span.period:
        return lacking(f"the end of {facts[0].key}")
    return between(span.begins, span.ends, given.unit, facts)


def time_to_first(record: Record, given: Given) -> Found:
    """The time from a case's seizure to the first fact of a kind by an organisation."""
    cases, seizures, missing = selected(record, given)
    if missing:
        return lacking(*(f"the case {name}" for name in missing))
    found = matching(record, given, cases[0])
    if not found:
        return lacking(f"a fact of kind {given.text('kind')} by {given.text('actor')} in {cases[0].id}")
    return between(cases[0].seizure.span.begins, found[0].span.begins, given.unit, (seizures[0], found[0]))


def faster_than(record: Record, given: Given) -> Found:
    """Whether an organisation suspended each of these cases in fewer days after the seizure than another case; a case
    it never suspended is left out."""
    cases, _, missing = selected(record, given)
    other = next((case for case in record.cases if case.id == given.text("than")), None)
    if missing or other is None:
        return lacking(*(f"the case {name}" for name in (*missing, *(() if other else (given.text("than"),)))))
    facts: list[Fact] = []
    lags: dict[str, int] = {}
    for case in (*cases, other):
        acts = [one for one in record.of(case.id, "suspension") if record.belongs(one.actor, given.text("actor"))]
        if acts:
            lags[case.id] = (acts[0].span.begins.shown - case.day).days
            facts += (case.seizure, acts[0])
    if other.id not in lags or len(lags) < 2:
        return lacking(f"the suspensions by {given.text('actor')}")
    quicker = all(lag < lags[other.id] for case, lag in lags.items() if case != other.id)
    return Found((quicker,), ", ".join(f"{case} {_counted(lag, 'day')}" for case, lag in lags.items()), tuple(facts))


QUERIES: Final = (
    Query("time_between", ("first", "last"), ("field",), time_between),
    Query("time_from_day", ("day", "last"), (), time_from_day),
    Query("year_of", ("fact",), (), year_of),
    Query("count_years", ("facts",), (), count_years),
    Query("longest_time", ("pairs",), (), longest_time),
    Query("length_of", ("fact",), (), length_of),
    Query("time_to_first", ("cases", "kind", "actor"), MATCH, time_to_first),
    Query("faster_than", ("cases", "than", "actor"), (), faster_than),
)
