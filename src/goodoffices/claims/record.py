"""What queries see: the facts of all cases at a moment, and what they give back.

Invariant: a fact that was not known, or had not begun, is not here. Of competing accounts only the one the record puts
first counts; the others are handed on beside the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from goodoffices.claims.verdicts import Value
from goodoffices.core.days import Day, read_date, read_day
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import Finding

_SAMPLES: Final = 62  # of a coarse date: every day up to two months, beyond that evenly spread


@dataclass(frozen=True, slots=True)
class Case:
    """A case as the queries select it: its seizure and its state."""

    id: str
    country: str
    iso3: str
    seizure: Fact

    @property
    def day(self) -> date:
        """The day of the seizure."""
        return self.seizure.span.begins.shown


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: every value the facts allow, the facts that decide, and what is missing.

    `coarse` says that a date that decides is known less well than to the month; `unread` that a rule decides whose text
    nobody read, so that it is known from the report alone.
    """

    values: tuple[Value, ...] = ()
    shown: str = ""
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    coarse: bool = False
    unread: bool = False


def lacking(*missing: str) -> Found:
    """Nothing was found, and this is why."""
    return Found(missing=missing)


@dataclass(frozen=True)
class Record:
    """The facts of all cases as of a day, as known on a day; whose organ is whose; the findings, where a query asks."""

    facts: tuple[Fact, ...]
    as_of: date
    known_at: date
    part_of: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        begun = [one for one in self.facts if one.span.begins.earliest <= self.as_of and one.known_at <= self.known_at]
        object.__setattr__(self, "facts", tuple(sorted(begun, key=order)))
        by_subject: dict[str, list[Fact]] = {}
        for fact in self.facts:
            by_subject.setdefault(fact.subject, []).append(fact)
        object.__setattr__(self, "_by_key", {fact.key: fact for fact in self.facts})
        object.__setattr__(self, "_by_subject", by_subject)
        object.__setattr__(self, "_cases", self._list_cases())

    _by_key: dict[str, Fact] = field(init=False, repr=False)
    _by_subject: dict[str, list[Fact]] = field(init=False, repr=False)
    _cases: tuple[Case, ...] = field(init=False, repr=False)

    def _list_cases(self) -> tuple[Case, ...]:
        found = []
        for subject, facts in self._by_subject.items():
            head = next((fact for fact in facts if fact.kind == "case"), None)
            taken = next((fact for fact in facts if fact.kind == "seizure" and not fact.competes_with), None)
            if head and taken:
                found.append(Case(subject, head.get("country"), head.get("iso3"), taken))
        return tuple(sorted(found, key=lambda case: (case.day, case.id)))

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases, oldest first."""
        return self._cases

    def fact(self, key: str) -> Fact | None:
        """The fact with this key."""
        return self._by_key.get(key)

    def of(self, subject: str, *kinds: str) -> list[Fact]:
        """Facts of a case, of these kinds, competing accounts left out, in order of time."""
        facts = self._by_subject.get(subject, [])
        return [fact for fact in facts if fact.kind in kinds and not fact.competes_with]

    def subjects(self) -> Iterable[str]:
        """Ids of everything the record has facts about."""
        return self._by_subject

    def rivals(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """Accounts that compete with one of these facts."""
        keys = {fact.key for fact in facts}
        return tuple(fact for fact in self.facts if fact.competes_with in keys)

    def belongs(self, actor: str, body: str) -> bool:
        """Whether an actor is this body or one of its organs."""
        seen: set[str] = set()
        while actor and actor not in seen:
            if actor == body:
                return True
            seen.add(actor)
            actor = self.part_of.get(actor, "")
        return False

    def member(self, iso3: str, body: str, day: date) -> tuple[Fact, ...]:
        """The facts that make a state a member of a body on a day; none where it was not."""
        facts = [one for one in self.of(f"state:{iso3}", "membership") if one.get("organisation") == body]
        past = [fact for fact in facts if fact.span.begins.shown <= day]
        last = past[-1] if past else None
        return (last,) if last and last.get("step") == "joined" else ()


@dataclass(frozen=True)
class Given:
    """The arguments of a query, as the claim's file gives them, and the unit the claim counts in."""

    arguments: Mapping[str, object]
    unit: str = ""

    def text(self, name: str, default: str = "") -> str:
        """A word; the default where it is not given."""
        return str(self.arguments.get(name, default))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of words; one word is a list of one."""
        value = self.arguments.get(name, ())
        return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """A list of pairs of words."""
        value = self.arguments.get(name, ())
        return tuple((str(one[0]), str(one[1])) for one in value) if isinstance(value, list) else ()

    def mapping(self, name: str) -> dict[str, tuple[str, ...]]:
        """Words by name; each is one word or a list of them."""
        value = self.arguments.get(name, {})
        return {key: Given(value).texts(key) for key in value} if isinstance(value, dict) else {}

    def day(self, name: str, default: date) -> date:
        """A day of the calendar."""
        text = self.text(name)
        return read_date(text, name) if text else default

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        text = self.text(name)
        if text and not text.isdecimal():
            raise BadRecord([Problem(name, f"{text!r} is no whole number.")])
        return int(text) if text else default


def possible_days(day: Day) -> tuple[date, ...]:
    """The days a coarse date allows, "about" taken as granted; spread evenly where there are many."""
    plain = read_day(day.text.rstrip("~?%")) if day.precision in ("day", "month", "year") else day
    count = (plain.latest - plain.earliest).days
    if count <= _SAMPLES:
        return tuple(plain.earliest + timedelta(number) for number in range(count + 1))
    return tuple(plain.earliest + timedelta(count * number // _SAMPLES) for number in range(_SAMPLES + 1))


def dated(day: Day) -> bool:
    """Whether a date is known at all."""
    return day.precision != "unknown"


def to_the_month(day: Day) -> bool:
    """Whether a date is known at least to the month."""
    return day.precision in ("day", "month")
