"""Departures over all cases for pages: where practice departed from a text, in rows that can be filtered and sorted.

Invariant: the rows are those of `deviations`: silence under a text without a term is never among them, nor does one
stand on a reference that nobody has read. Each is a finding of ours, apparent on what is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from goodoffices.briefs.act_words import organisation_words
from goodoffices.briefs.comparing import zero_of
from goodoffices.briefs.compose import state_sentence
from goodoffices.casebook.actors import actors
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.findings import DEPARTURES, DIVERGENCE, Finding
from goodoffices.core.reading import case_fact
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.asking import Asking
from goodoffices.desk.records import deviation_record, no_rule_record
from goodoffices.desk.side_by_side import country_of, each_case, title_of
from goodoffices.desk.views import Moment
from goodoffices.norms.evaluator import evaluate
from goodoffices.norms.rules import Rulebook
from goodoffices.rulebooks.shelf import rulebooks

# What a departure may be called, in the order in which pages count them.
STATES: Final = ("deviation", DIVERGENCE, "possible_deviation", "overdue", "fulfilled_late", "compensated")
FILTERS: Final = ("rulebook", "organisation", "state", "country", "year")
_BREACHABLE: Final = ("obligation", "prohibition")  # a definition or status cannot be departed from
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_CODE: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_KEPT: Final = 16


@dataclass(frozen=True, slots=True)
class Departed:
    """A departure with its case: names in both languages, day 0 as EDTF."""

    case: str
    titles: tuple[str, str]
    countries: tuple[str, str]
    iso3: str
    zero: str
    book: Rulebook
    finding: Finding

    @property
    def organisation(self) -> str:
        """Whose duty it was: the organisation of the organ which bore it; organs of the UN stand for themselves."""
        actor = actors()[self.finding.bearer]
        return actor.part_of if actor.part_of and actor.part_of != "un" else actor.id


@dataclass(frozen=True, slots=True)
class DepartureRow:
    """A departure as a page shows it. `on` is the day of the breach, or of the act done late, as EDTF."""

    case: str
    title: str
    country: str
    iso3: str
    day: str
    year: str
    rulebook: str
    book_title: str
    book_name: str
    rule: str
    rule_title: str
    organisation: str
    organisation_name: str
    bearer: str
    state: str
    said: str
    on: str
    days: int | None
    articles: tuple[str, ...]
    facts: tuple[str, ...]


_FOUND: Final[dict[tuple[object, ...], tuple[Departed, ...]]] = {}


def departed(desk: Asking, moment: Moment) -> tuple[Departed, ...]:
    """Every departure over all cases at a moment, kept by the end of the chain it was worked out from."""
    versions = tuple((book.id, book.version) for book in rulebooks())
    key = (desk.head().hash, moment.as_of, moment.known_at, desk.clearance, versions)
    found = _FOUND.get(key)
    if found is None:
        found = tuple(sorted(_worked_out(each_case(desk, moment)), key=lambda one: (one.finding.rule, one.case)))
        while len(_FOUND) >= _KEPT:
            _FOUND.pop(next(iter(_FOUND)), None)
        _FOUND[key] = found
    return found


def _worked_out(snapshots: Sequence[Snapshot]) -> Iterable[Departed]:
    """Only duties and prohibitions are asked, and only those of which a reference was read: others cannot count."""
    for book in rulebooks():
        asked = [
            rule.id for rule in book.rules if rule.kind in _BREACHABLE and any(one.verified for one in rule.references)
        ]
        for snapshot in snapshots if asked else ():
            for finding in evaluate(book, snapshot, only=asked):
                if finding.state in DEPARTURES and any(one.verified for one in finding.references):
                    yield _with_case(snapshot, book, finding)


def _with_case(snapshot: Snapshot, book: Rulebook, finding: Finding) -> Departed:
    opened, zero = case_fact(snapshot), zero_of(snapshot)
    titles = title_of(snapshot), title_of(snapshot, "fr")
    countries = country_of(snapshot), country_of(snapshot, "fr")
    iso3 = opened.get("iso3") if opened else ""
    return Departed(snapshot.subjects[0], titles, countries, iso3, zero.text if zero else "", book, finding)


def departure_rows(found: Iterable[Departed], language: str = "en") -> tuple[DepartureRow, ...]:
    """The rows of these departures in a language."""
    french = language == "fr"
    rows = []
    for one in found:
        finding = one.finding
        on = finding.breached_on or finding.performed_on
        rows.append(
            DepartureRow(
                case=one.case,
                title=one.titles[french],
                country=one.countries[french],
                iso3=one.iso3,
                day=one.zero,
                year=one.zero[:4],
                rulebook=one.book.id,
                book_title=_title(one.book, language),
                book_name=_name(one.book, language),
                rule=finding.rule,
                rule_title=finding.said(language),
                organisation=one.organisation,
                organisation_name=organisation_words(one.organisation, language),
                bearer=finding.bearer,
                state=finding.called,
                said=state_sentence(finding, language=language),
                on=on.text if on else "",
                days=finding.day,
                articles=tuple(reference.words for reference in finding.references),
                facts=finding.facts,
            )
        )
    return tuple(rows)


def _title(book: Rulebook, language: str) -> str:
    return book.title_fr if language == "fr" else book.title


def _name(book: Rulebook, language: str) -> str:
    """A rulebook in a table: the acronym of the organisation whose rules it holds, where it is one's."""
    return organisation_words(book.id, language) if book.id in actors() else _title(book, language)


def checked_filters(given: dict[str, str]) -> dict[str, str]:
    """The filters that were asked for, empty ones left out. NoAnswer for a rulebook or organisation there is not,
    BadRecord for a state or year that is none."""
    asked = {name: given[name] for name in FILTERS if given.get(name)}
    books, book, body = [one.id for one in rulebooks()], asked.get("rulebook", ""), asked.get("organisation", "")
    if book and book not in books:
        raise NoAnswer(f"there is no rulebook {book!r}. Rulebooks: {', '.join(books)}.")
    if body and body not in actors():
        near = get_close_matches(body, list(actors()), 5, 0.4)
        hint = f" Near it: {', '.join(near)}." if near else ""
        raise NoAnswer(f"there is no organisation {body!r} in the register of actors.{hint}")
    problems = []
    if asked.get("state", STATES[0]) not in STATES:
        problems.append(Problem("state", f"there is no state {asked['state']!r}.", f"States: {', '.join(STATES)}."))
    if not _YEAR.fullmatch(asked.get("year", "2000")):
        problems.append(Problem("year", f"{asked['year']!r} is no year.", "Write it as 2021."))
    if not _CODE.fullmatch(asked.get("country", "XXX")):
        problems.append(Problem("country", f"{asked['country']!r} is no country code.", "Write it as MLI (ISO 3166)."))
    if problems:
        raise BadRecord(problems)
    return asked


_ATTRIBUTES: Final = {"country": "iso3"}


def filtered(rows: Iterable[DepartureRow], asked: dict[str, str]) -> tuple[DepartureRow, ...]:
    """The rows that every filter lets through."""
    return tuple(
        row for row in rows if all(getattr(row, _ATTRIBUTES.get(name, name)) == one for name, one in asked.items())
    )


def options(rows: Sequence[DepartureRow]) -> dict[str, tuple[tuple[str, str], ...]]:
    """What may be chosen in each filter: the values that the rows have, with their names, in order of the names."""
    pairs: dict[str, set[tuple[str, str]]] = {
        "rulebook": {(row.rulebook, row.book_title) for row in rows},
        "organisation": {(row.organisation, row.organisation_name) for row in rows},
        "country": {(row.iso3, row.country) for row in rows},
        "year": {(row.year, row.year) for row in rows if row.year},
    }
    return {name: tuple(sorted(found, key=lambda pair: pair[1])) for name, found in pairs.items()}


def counted(rows: Iterable[DepartureRow]) -> tuple[tuple[str, int], ...]:
    """How many rows there are of each state, in the order of STATES; states without a row are left out."""
    states = [row.state for row in rows]
    return tuple((state, states.count(state)) for state in STATES if state in states)


def bodies_without_rule(desk: Asking) -> tuple[Rulebook, ...]:
    """The bodies of which no rule on such changes was found, with what was searched."""
    return tuple(book for book in desk.rules() if book.no_rule)


def departures_record(
    found: Sequence[Departed], kept: Sequence[DepartureRow], books: Sequence[Rulebook], moment: Moment
) -> dict[str, Any]:
    """The JSON of the page: the departures that were kept, and the bodies without a rule."""
    by_key = {(one.case, one.finding.rule): one for one in found}
    return {
        "as_of": moment.as_of.isoformat(),
        "known_at": moment.known_at.isoformat(),
        "deviations": [
            deviation_record(row.case, by_key[row.case, row.rule].finding)
            | {"case_title": row.title, "day_zero": row.day, "rulebook": row.rulebook, "organisation": row.organisation}
            for row in kept
        ],
        "no_rule_found": [no_rule_record(book) for book in books],
    }


def departures_table(rows: Iterable[DepartureRow]) -> list[dict[str, Any]]:
    """The rows as CSV."""
    return [
        {
            "case": row.case,
            "title": row.title,
            "iso3": row.iso3,
            "day_zero": row.day,
            "rulebook": row.rulebook,
            "rule": row.rule,
            "rule_title": row.rule_title,
            "organisation": row.organisation,
            "bearer": row.bearer,
            "state": row.state,
            "says": row.said,
            "on": row.on,
            "days": row.days,
            "articles": list(row.articles),
            "facts": list(row.facts),
        }
        for row in rows
    ]
