"""The shape of a query: its name, its sentence, the arguments it takes, and the guard of the two clocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.claims.record import Case, Found, Given, Record, lacking
from goodoffices.core.days import day_words
from goodoffices.core.facts import Fact

FIRST_DAY: Final = date(1945, 10, 24)
_ENDS: Final = ("until", "on")


@dataclass(frozen=True)
class Query:
    """A named query. `needs` and `may` are its arguments; `run` computes it."""

    name: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    run: Callable[[Record, Given], Found]

    @property
    def meaning(self) -> str:
        """What it counts, as its docstring says."""
        return " ".join((self.run.__doc__ or "").split())

    def words(self, given: Given) -> str:
        """The query with its arguments, as printed."""
        parts = [f"{name} {_said(value)}" for name, value in given.arguments.items()]
        return f"{self.name.replace('_', ' ')} ({'; '.join(parts)})" if parts else self.name.replace("_", " ")

    def answer(self, record: Record, given: Given) -> Found:
        """Run it. A claim about a period that was not over at the moment asked about cannot be decided."""
        for name in _ENDS:
            last = given.day(name, FIRST_DAY)
            if last > min(record.as_of, record.known_at):
                return lacking(f"what happened up to {day_words(last)}: that day had not come")
        return self.run(record, given)


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(" to ".join(one) if isinstance(one, list) else str(one) for one in value)
    return str(value)


SELECT: Final = ("cases", "category", "outcome", "since", "until", "member_of")


def selected(record: Record, given: Given) -> tuple[tuple[Case, ...], tuple[Fact, ...], tuple[str, ...]]:
    """The cases a claim speaks of, the facts that make them so, and the cases named but not known.

    Named by `cases`; or all whose seizure has a category and outcome and falls from `since` to `until`, in states
    that were members of an organisation that day. Outcome is completed unless given.
    """
    names = given.texts("cases")
    if names:
        found = tuple(case for case in record.cases if case.id in names)
        known = {case.id for case in found}
        return found, tuple(case.seizure for case in found), tuple(name for name in names if name not in known)
    body = given.text("member_of")
    chosen = tuple(case for case in record.cases if left_out(record, given, case) is None)
    facts: list[Fact] = []
    for case in chosen:
        facts += (case.seizure, *(record.member(case.iso3, body, case.day) if body else ()))
    return chosen, tuple(facts), ()


@dataclass(frozen=True, slots=True)
class Out:
    """Why a case, or a fact of one, does not count: the question it fails, and what it has there instead."""

    question: str
    found: str = ""


def left_out(record: Record, given: Given, case: Case) -> Out | None:
    """The first of the questions by which a claim selects cases that this one fails; None where it counts."""
    names = given.texts("cases")
    if names:
        return None if case.id in names else Out("named")
    categories, outcome = given.texts("category"), given.text("outcome", "completed")
    if not given.day("since", FIRST_DAY) <= case.day <= given.day("until", record.as_of):
        return Out("period", case.seizure.span.text)
    if categories and case.seizure.get("category") not in categories:
        return Out("category", case.seizure.get("category"))
    if case.seizure.get("outcome") != outcome:
        return Out("outcome", case.seizure.get("outcome"))
    body = given.text("member_of")
    if body and not record.member(case.iso3, body, case.day):
        return Out("member_of", body)
    return None


def matching(record: Record, given: Given, case: Case) -> list[Fact]:
    """Facts of a case that fit `kind`, `actor`, `where`, `within_days` and `until`; with `plain`, only those about the
    change itself and no other matter."""
    listed = record.of(case.id, *given.texts("kind"))
    return [fact for fact in listed if unfit(record, given, case, fact) is None]


def unfit(record: Record, given: Given, case: Case, fact: Fact) -> Out | None:
    """The first of the questions of a claim that a fact of the kind asked for fails; None where it fits."""
    if given.texts("actor") and not any(record.belongs(fact.actor, one) for one in given.texts("actor")):
        return Out("actor", fact.actor)
    day = fact.span.begins.shown
    if fact.span.begins.precision != "unknown":
        if day > given.day("until", record.as_of):
            return Out("until", fact.span.text)
        if (day - case.day).days > given.number("within_days", 100_000):
            return Out("within_days", str((day - case.day).days))
    for name, values in given.mapping("where").items():
        if fact.get(name) not in values:
            return Out(name, fact.get(name))
    return Out("plain", fact.get("subject_matter")) if given.text("plain") and fact.get("subject_matter") else None


MATCH: Final = ("kind", "actor", "where", "within_days", "plain")


def named(cases: list[Case] | tuple[Case, ...], given: Given) -> frozenset[str]:
    """The cases as a set: of countries, or of ids with `by` case."""
    return frozenset(case.id if given.text("by", "country") == "case" else case.country for case in cases)
