"""Looking things up: what was recorded, as of when, as known when, to a reader of a given clearance.

Invariant: only the desk opens the ledger, and each answer is given under two questions, as of when and as known when.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from goodoffices.briefs.missions import Mission, Operation, missions, operations
from goodoffices.casebook.actors import actors
from goodoffices.casebook.states import NAMES
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.markings import Marking
from goodoffices.core.names import fold
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.views import Moment
from goodoffices.ledger.chain import Head, Verification
from goodoffices.ledger.store import Change, Entry, Ledger, Spell
from goodoffices.norms.rules import Rulebook
from goodoffices.rulebooks.shelf import rulebook, rulebooks
from goodoffices.rulebooks.trials import Trials, trials


def book_named(name: str) -> Rulebook:
    """A rulebook of the shelf, or the signs, which stand on none. NoAnswer, with the ids there are, for another."""
    return _signs() if name == "sign" else rulebook(name)


def trials_of(book: Rulebook) -> Trials:
    """The cases beside a rulebook, or beside the signs."""
    if book.id != "sign":
        return trials(book.id)
    from goodoffices.advice.language import SIGNS  # late, as below

    return trials(book.id, SIGNS.parent)


def _signs() -> Rulebook:
    from goodoffices.advice.language import signs  # late: most questions ask for no advice

    return signs()


class Looking:
    """A desk over one ledger, as far as it only looks up. `clock` tells the time; nothing else asks for it."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Callable[[], datetime],
        clearance: Marking = Marking.UNCLASSIFIED,
    ):
        self._ledger = ledger
        self._clock = clock
        self.clearance = clearance

    def close(self) -> None:
        """Let go of the database."""
        self._ledger.close()

    def today(self) -> date:
        """Today, in the desk's own time zone."""
        return self._clock().date()

    def moment(self, as_of: date | None = None, known_at: date | None = None) -> Moment:
        """Both clocks, today where not given."""
        today = self.today()
        return Moment(as_of or today, known_at or today, today)

    def place(self) -> Path | str:
        """Where the record lies: its file, or the address of its database, without the password."""
        return self._ledger.place

    def clock(self) -> datetime:
        """The time, from the one clock there is."""
        return self._clock()

    def case_ids(self) -> tuple[str, ...]:
        """Ids of all cases of the record."""
        everything = self._ledger.snapshot(None, date.max, date.max, self.clearance, kinds=("case",))
        return tuple(sorted(fact.subject for fact in everything.facts))

    def snapshot(self, case: str, moment: Moment) -> Snapshot:
        """What was known of a case and of its state. NoAnswer, with the nearest ids, where there is no such case."""
        opened = self._case_head(case)
        state = f"state:{opened.get('iso3')}"
        return self._ledger.snapshot((case, state), moment.as_of, moment.known_at, self.clearance)

    def _case_head(self, case: str) -> Fact:
        found = self._ledger.snapshot((case,), date.max, date.max, self.clearance, kinds=("case",))
        if found.facts:
            return found.facts[0]
        ids = self.case_ids()
        near = get_close_matches(fold(case), ids, 5, 0.4) or [
            one for one in ids if one.startswith(fold(case).split("-")[0])
        ]
        hint = f" Nearest: {', '.join(near)}." if near else " `goodoffices cases` lists them."
        raise NoAnswer(f"there is no case {case!r} in the record.{hint}", near)

    def _each_case(self, moment: Moment, kinds: Collection[str] | None = None) -> Iterator[Snapshot]:
        """A snapshot of each case with its state, read in one go; nothing known later is in them.

        `kinds` narrows what is read: enough for rules that look at no other kind.
        """
        days = moment.as_of, moment.known_at
        heads = self._ledger.snapshot(None, *days, self.clearance, kinds=("case",)).facts
        subjects = sorted({fact.subject for fact in heads} | {f"state:{fact.get('iso3')}" for fact in heads})
        wanted = sorted(kinds) if kinds is not None else None
        everything = self._ledger.snapshot(subjects, *days, self.clearance, kinds=wanted)
        by_subject: dict[str, list[Fact]] = {}
        for fact in everything.facts:
            by_subject.setdefault(fact.subject, []).append(fact)
        for head in heads:
            state = by_subject.get(f"state:{head.get('iso3')}", [])
            facts = (*by_subject.get(head.subject, ()), *state)
            yield replace(everything, subjects=(head.subject,), facts=facts, later=())

    def rules(self, book: str | None = None) -> tuple[Rulebook, ...]:
        """The rulebooks, or one of them."""
        return (book_named(book),) if book else rulebooks()

    def rules_of_advice(self) -> tuple[Rulebook, ...]:
        """The rulebooks, and the signs that advice hangs on beside them."""
        return (*rulebooks(), _signs())

    def fact(self, key: str, moment: Moment) -> Fact:
        """One fact, as known then. NoAnswer where it was not known."""
        subject = key.partition("/")[0]
        found = self._ledger.snapshot((subject,), moment.as_of, moment.known_at, self.clearance).find(key)
        if found is None:
            raise NoAnswer(f"no fact {key!r} was known on {moment.known_at.isoformat()}.")
        return found

    def history(self, key: str) -> tuple[Entry, ...]:
        """Every entry about one fact."""
        return self._ledger.history(key, self.clearance)

    def mended(self, subjects: Sequence[str]) -> tuple[Entry, ...]:
        """Every correction and withdrawal of facts of these subjects, newest first. What this reader may not see, or
        may no longer see, is left out with its past."""
        found = self._ledger.last_entries(subjects)
        seen = (entries for entries in found.values() if entries[-1].fact.marking <= self.clearance)
        changed = (one for entries in seen for one in entries if one.verb != "assert")
        return tuple(
            sorted(
                (one for one in changed if one.fact.marking <= self.clearance), key=lambda one: one.seq, reverse=True
            )
        )

    def changes(self, start: date, end: date, case: str | None = None, recorded: bool = False) -> tuple[Change, ...]:
        """What was new between two days of knowledge; with `recorded`, between two states of the ledger."""
        if start > end:
            raise BadRecord([Problem("--from", f"{start} lies after {end}.", "Give the earlier day first.")])
        subjects = (case,) if case else None
        if case:
            self._case_head(case)
        if recorded:
            bounds = (f"{start.isoformat()}T23:59:59.999999+00:00", f"{end.isoformat()}T23:59:59.999999+00:00")
            found = self._ledger.changes(date.max, date.max, subjects, self.clearance, bounds)
        else:
            found = self._ledger.changes(start, end, subjects, self.clearance)
        return tuple(change for change in found if change.fact.kind not in ("case", "state", "code"))

    def verify(self, heads: Sequence[Head] = ()) -> Verification:
        """Recompute the chain of the ledger."""
        return self._ledger.verify(heads)

    def head(self) -> Head:
        """The end of the chain."""
        return self._ledger.head()

    def everything(self, moment: Moment) -> Snapshot:
        """All facts known by then, of every case and register."""
        return self._ledger.snapshot(None, moment.as_of, moment.known_at, self.clearance)

    def entries_after(self, number: int) -> tuple[Entry, ...]:
        """What was written after the entry of that number, oldest first."""
        return self._ledger.after(number, self.clearance)

    def number_at(self, recorded_until: datetime) -> int:
        """The number of the last entry written by a time; 0 where there is none."""
        return self._ledger.number_at(recorded_until.isoformat())

    def head_at(self, number: int) -> Head | None:
        """The chain's end as it was after that entry; None where there is no such entry."""
        return self._ledger.head_at(number)

    def before(self, subjects: Sequence[str], moment: Moment, upto: int) -> Snapshot:
        """What the record said of subjects at a moment before any entry later than that number was written."""
        days = moment.as_of, moment.known_at
        return self._ledger.snapshot(subjects, *days, self.clearance, upto=upto)

    def spells(self) -> Iterator[Spell]:
        """Every content that any fact ever had, with the days of knowledge on which this reader finds it."""
        return self._ledger.spells(self.clearance)

    def numbered(self, numbers: Sequence[int]) -> dict[int, Fact]:
        """The contents that these entries of the ledger gave, by their numbers (see `spells`)."""
        return self._ledger.numbered(numbers)

    def everything_of(self, subject: str) -> tuple[Fact, ...]:
        """All facts of a case, a state or another entry, whenever they were so or known."""
        return self._ledger.snapshot((subject,), date.max, date.max, self.clearance).facts

    def of_subject(self, subject: str, moment: Moment) -> tuple[Fact, ...]:
        """What was known by then of a case, a state or another entry."""
        return self._ledger.snapshot((subject,), moment.as_of, moment.known_at, self.clearance).facts

    def of_kind(self, kind: str, moment: Moment) -> tuple[Fact, ...]:
        """The facts of a kind known by then, of every case and register."""
        return self._ledger.snapshot(None, moment.as_of, moment.known_at, self.clearance, kinds=(kind,)).facts

    def seizures_of(self, iso3: str) -> tuple[tuple[str, str, date], ...]:
        """The cases of a state: id, title, and the day shown of the seizure."""
        heads = self._ledger.snapshot(None, date.max, date.max, self.clearance, kinds=("case", "seizure")).facts
        titles = {fact.subject: fact.get("title") for fact in heads if fact.kind == "case" and fact.get("iso3") == iso3}
        return tuple(
            (fact.subject, titles[fact.subject], fact.span.begins.shown)
            for fact in heads
            if fact.kind == "seizure" and fact.subject in titles
        )

    def state(self, iso3: str, moment: Moment) -> Snapshot:
        """What the register of states has of a state; nothing where it has none."""
        return self._ledger.snapshot((f"state:{iso3}",), moment.as_of, moment.known_at, self.clearance)

    def state_named(self, country: str) -> Fact:
        """The head of a state by a name in any of the six UN languages, or by its code. NoAnswer, with the nearest,
        where there is none: "Iran" finds "Iran (Islamic Republic of)"."""
        wanted = fold(country.strip())
        register = self._ledger.snapshot(None, date.max, date.max, self.clearance, kinds=("state",)).facts
        for fact in register:
            names = (fact.get(field) for field in (*NAMES.values(), "iso3"))
            if wanted and any(wanted in (fold(name), fold(name.partition(" (")[0])) for name in names):
                return fact
        known = {fold(fact.get("country")): fact.get("country") for fact in register}
        near = [known[one] for one in get_close_matches(wanted, known, 5, 0.6)]
        hint = f" Nearest: {', '.join(near)}." if near else " Give its usual name, or its code of three letters."
        raise NoAnswer(f"there is no state {country!r} in the register.{hint}", near)

    def missions(self, moment: Moment) -> tuple[Mission, ...]:
        """The register of missions of the United Nations, as known by then."""
        return missions(self._registered("mission", moment))

    def operations(self, moment: Moment) -> tuple[Operation, ...]:
        """The register of other operations, as known by then."""
        names = {actor.id: actor.name for actor in actors().values()}
        return operations(self._registered("operation", moment), names)

    def _registered(self, kind: str, moment: Moment) -> tuple[Fact, ...]:
        """The facts of a register whose entries had begun by the day looked at."""
        days = moment.as_of, moment.known_at
        heads = self._ledger.snapshot(None, *days, self.clearance, kinds=(kind,)).facts
        subjects = [head.subject for head in heads if head.span.begins.earliest <= moment.as_of]
        return self._ledger.snapshot(subjects, *days, self.clearance).facts if subjects else ()
