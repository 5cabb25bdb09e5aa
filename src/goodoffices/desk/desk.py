"""The desk: what one can ask and do, the same verbs for pages, commands and tests.

Invariant: only here is the ledger opened, and each answer is given under two questions, as of when and as known when,
to a reader of a given clearance.
"""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from goodoffices.casebook.factform import FactForm, read_source
from goodoffices.casebook.files import CASES, STATES
from goodoffices.casebook.reader import own_fact
from goodoffices.core.days import Day, read_day
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import CASE_ID, Fact
from goodoffices.core.kinds import CATEGORIES
from goodoffices.core.markings import Marking
from goodoffices.core.names import fold
from goodoffices.core.sources import Source
from goodoffices.desk.asking import Asking
from goodoffices.desk.forms import SEIZED, SEIZERS, NewCase, fields_of, printed_head
from goodoffices.desk.intake import Progress, TakenIn, take_in_casebook
from goodoffices.ledger.store import Ledger, open_ledger

__all__ = ["Desk", "NewCase", "default_database", "now", "open_desk", "printed_head"]

DATABASE: Final = "GOODOFFICES_DATABASE_URL"


def default_database() -> str:
    """The address given by the environment, or a file in the user's data folder."""
    given = os.environ.get(DATABASE)
    if given:
        return given
    from platformdirs import user_data_path

    return str(user_data_path("goodoffices", appauthor=False) / "goodoffices.db")


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in this container
        return "unknown"


class Desk(Asking):
    """One desk over one ledger: everything one can ask, and the verbs that write."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Callable[[], datetime],
        recorder: str = "",
        clearance: Marking = Marking.UNCLASSIFIED,
    ):
        super().__init__(ledger, clock, clearance)
        self.recorder = recorder or _who()

    # taking in

    def take_in_casebook(self, progress: Progress | None = None, cases: Path = CASES, states: Path = STATES) -> TakenIn:
        """Bring the ledger up to a casebook: the installed one, or other folders of the same form."""
        return take_in_casebook(self._ledger, progress, cases, states)

    # writing

    def new_case(self, answers: NewCase) -> str:
        """Open a case on day 0 from four answers. Gives its id. BadRecord with everything that is wrong with them."""
        when, iso3 = self.heard(answers)
        registered = self._state_named(answers.country)
        country = registered.get("country") if registered else answers.country.strip()
        case = self._free_id(country, when.shown)
        title = f"{country}, {when.words().split(' ', 1)[1] if when.precision == 'day' else when.words()}"
        head = {"title": title, "country": country, "iso3": iso3, "searched_until": self.today().isoformat()}
        text = f"{title}: a case of the record."
        # Who opens a case knows of it today, however coarse its day 0 is still.
        known = min(when.latest, max(when.earliest, self.today()))
        opened = own_fact(f"{case}/case", "case", text, head, known.isoformat(), Marking.UNCLASSIFIED)
        fields = {
            "kind": "seizure",
            "when": answers.day.strip(),
            "known": known.isoformat(),
            "actor": SEIZERS.get(answers.category, "authorities"),
            "text": answers.what.strip() or f"{SEIZED[answers.category]} {country}.",
            "category": answers.category,
            "victim": "not_established",
            "outcome": "completed",
            "confidence": "medium",
            "sources": ["first"],
        }
        source = {"title": answers.source.strip()} | ({"address": answers.address} if answers.address else {})
        taken = self._fact(case, "seizure", fields, {"first": source})
        self._ledger.assert_facts((opened, taken), self.recorder, reason="a new case")
        return case

    def heard(self, answers: NewCase) -> tuple[Day, str]:
        """The day and the state's code, once every answer is fit to be recorded. BadRecord with all that is not."""
        problems: list[Problem] = []
        when: Day | None = None
        try:
            when = read_day(answers.day, "the day")
        except BadRecord as fault:
            problems += fault.problems
        if when is not None and when.precision == "unknown":
            problems.append(
                Problem("the day", "a case needs at least the year of its day 0.", "Write 2026-11-20 or 2026-11.")
            )
        country = answers.country.strip()
        if not country:
            problems.append(Problem("the country", "is missing.", "Give its usual English name."))
        if not answers.source.strip():
            problems.append(Problem("the source", "is missing.", "Say who reports it: every fact has a source."))
        if answers.category not in CATEGORIES:
            near = get_close_matches(answers.category, CATEGORIES, 1) or CATEGORIES
            remedy = f"Possible: {', '.join(near)}."
            problems.append(Problem("the kind of change", f"{answers.category!r} is none.", remedy))
        iso3 = answers.iso3 or self.iso3_of(country)
        if country and not re.fullmatch(r"[A-Z]{3}", iso3):
            remedy = "Give its ISO 3166 code of three letters as well (--iso3), such as MLI."
            problems.append(Problem("the country", f"{country!r} is not in the register of states.", remedy))
        if problems or when is None:
            raise BadRecord(problems)
        return when, iso3

    def iso3_of(self, country: str) -> str:
        """The code of a state of the register by a name in any of the six UN languages; empty where there is none."""
        found = self._state_named(country)
        return found.get("iso3") if found else ""

    def _state_named(self, country: str) -> Fact | None:
        try:
            return self.state_named(country)
        except NoAnswer:
            return None

    def _free_id(self, country: str, day: date) -> str:
        name = re.sub(r"[^a-z]+", "-", fold(country)).strip("-")
        taken = set(self.case_ids())
        choices = [f"{name}-{day.year}", f"{name}-{day.year}-{day.month:02d}"]
        choices += [f"{name}-{day.year}-{day.month:02d}-{number}" for number in range(2, 10)]
        for choice in choices:
            if choice not in taken and CASE_ID.match(choice):
                return choice
        raise BadRecord(
            [
                Problem(
                    "the country",
                    f"{country!r} gives no free case id for {day}.",
                    "Use letters, and check `goodoffices cases`.",
                )
            ]
        )

    def _fact(self, case: str, name: str, fields: Mapping[str, Any], sources: Mapping[str, Any]) -> Fact:
        problems: list[Problem] = []
        read = {key: read_source(key, one, f"the source {key}", problems) for key, one in sources.items()}
        known: dict[str, Source] = {key: source for key, source in read.items() if source is not None}
        form = FactForm(case, name, fields, lambda field: field, problems)
        # What is not known may be recorded too; cases and states are opened elsewhere.
        fact = form.fact(known, Marking.UNCLASSIFIED, gaps=True)
        if problems or fact is None:
            raise BadRecord(problems)
        return fact

    def free_key(self, case: str, name: str) -> str:
        """A key within the case that nothing was ever recorded under: the name itself, or with a number."""
        used = set(self._ledger.last_entries((case,)))
        choices = [name, *(f"{name}-{number}" for number in range(2, 10_000))]
        return next(choice for choice in choices if f"{case}/{choice}" not in used)

    def record(self, case: str, name: str, fields: Mapping[str, Any], sources: Mapping[str, Any]) -> Fact:
        """Record a new fact of a case. BadRecord with every problem; nothing is written then."""
        self._case_head(case)
        fact = self._fact(case, name, fields, sources)
        self._ledger.assert_facts((fact,), self.recorder)
        return fact

    def record_facts(self, facts: Sequence[Fact], reason: str = "") -> None:
        """Record facts that were read already, all or none. Those recorded with the same content are passed over."""
        self._ledger.assert_facts(facts, self.recorder, reason=reason)

    def correct(
        self,
        key: str,
        changes: Mapping[str, Any],
        reason: str,
        known_at: date | None = None,
        sources: Mapping[str, Any] | None = None,
    ) -> Fact:
        """Correct fields of a fact. With `known_at` the old content stays what was known before that day."""
        before = self.current(key)
        if not reason.strip():
            raise BadRecord([Problem("--reason", "a correction needs a reason.", "Say in a few words what was wrong.")])
        given = {f"s{number}": one.source.record() for number, one in enumerate(before.citations)}
        for one in given.values():
            one.pop("id", None)
        fields = fields_of(before) | dict(changes)
        if known_at and "known" not in changes:
            fields["known"] = known_at.isoformat()
        fact = self._fact(before.subject, before.name, fields, {**given, **(sources or {})})
        # Sources that stay keep their own ids.
        kept = {f"s{number}": one for number, one in enumerate(before.citations)}
        fact = replace(fact, citations=tuple(kept.get(one.source.id, one) for one in fact.citations))
        self._ledger.correct(fact, self.recorder, reason, known_at)
        return fact

    def retract(self, key: str, reason: str, known_at: date | None = None) -> Fact:
        """Withdraw a fact: it leaves every answer, and stays in its history."""
        before = self.current(key)
        if not reason.strip():
            raise BadRecord([Problem("--reason", "a withdrawal needs a reason.", "Say in a few words why.")])
        self._ledger.retract(key, self.recorder, reason, known_at)
        return before

    def current(self, key: str) -> Fact:
        """A fact as it stands now, whenever it counts as known. NoAnswer, with the nearest, where there is none."""
        subject = key.partition("/")[0]
        found = self._ledger.snapshot((subject,), date.max, date.max, self.clearance).find(key)
        if found is None:
            near = get_close_matches(
                key,
                [fact.key for fact in self._ledger.snapshot((subject,), date.max, date.max, self.clearance).facts],
                5,
                0.5,
            )
            raise NoAnswer(f"the record has no fact {key!r}." + (f" Nearest: {', '.join(near)}." if near else ""), near)
        return found


def now() -> datetime:
    """The clock of the machine: handed to the desk, read nowhere else."""
    return datetime.now(UTC).astimezone()


def open_desk(
    database: str | Path | None = None,
    clock: Callable[[], datetime] = now,
    progress: Progress | None = None,
    recorder: str = "",
    take_in: bool = True,
) -> Desk:
    """Open the desk over a database (default: the user's own), with the installed casebook taken in."""
    desk = Desk(open_ledger(str(database or default_database()), clock), clock, recorder)
    if take_in:
        desk.take_in_casebook(progress)
    return desk
