"""A case to play with, in a ledger of its own: made-up states, real rules.

Invariant: the sandbox and the record never meet. The sandbox has another file, another desk and no fact of the record;
every country in it says in its name that it is made up, so that whatever is printed from it says so, too. Advice alone
quotes precedents from the record, as it would to a real mission: they are read, and never written down.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from goodoffices.briefs.document import Brief
from goodoffices.casebook.files import FOLDER, Casebook
from goodoffices.casebook.states import read_states
from goodoffices.core.days import Day
from goodoffices.core.errors import BadRecord, Broken, Problem
from goodoffices.desk.asking import Asking
from goodoffices.desk.beside import beside
from goodoffices.desk.desk import Desk, NewCase
from goodoffices.desk.intake import take_in
from goodoffices.desk.views import Moment
from goodoffices.ledger.store import Ledger, open_ledger

STATES: Final = FOLDER / "sandbox" / "states.yaml"
COUNTRY: Final = "Meridia"
_AGO: Final = 3  # day 0 is so many days back: some terms have begun, few have run out
_SOURCE: Final = {"made-up": {"title": "Made up for the sandbox"}}
_NOT_REAL: Final = ("Sandbox: nothing in this document is real", "Bac à sable : rien dans ce document n’est réel")


class SandboxDesk(Desk):
    """A desk over the sandbox: its cases happen in made-up states only, and its briefs say that nothing is real."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime], recorder: str, record: Asking):
        super().__init__(ledger, clock, recorder)
        self._record = record

    @property
    def quoted(self) -> Asking:
        """The record beside it: nothing that is made up has precedents."""
        return self._record

    def heard(self, answers: NewCase) -> tuple[Day, str]:
        """As at any desk; a country must be one of the sandbox's own."""
        try:
            when, iso3 = super().heard(answers)
        except BadRecord as fault:
            remedy = f"The sandbox has made-up countries: {', '.join(self.countries())}."
            ours = [replace(one, remedy=remedy) if one.where == "the country" else one for one in fault.problems]
            raise BadRecord(ours) from fault
        if not self.state(iso3, self.moment()).facts:
            remedy = f"The sandbox has made-up countries: {', '.join(self.countries())}."
            raise BadRecord([Problem("the country", f"{answers.country!r} is no country of the sandbox.", remedy)])
        return when, iso3

    def take_in_states(self) -> None:
        """Bring in the made-up states."""
        take_in(self._ledger, made_up())

    def countries(self) -> tuple[str, ...]:
        """The made-up countries, by their short names."""
        states = self.everything(self.moment()).of_kind("state")
        return tuple(sorted(fact.get("country").partition(" (")[0] for fact in states))

    def brief(
        self, case: str, moment: Moment, language: str = "en", readings: Mapping[str, str] | None = None
    ) -> Brief:
        """As at any desk, with a line that says that nothing in it is real."""
        made = super().brief(case, moment, language, readings)
        said = _NOT_REAL[language == "fr"]
        return replace(made, subtitle=f"{said}. {made.subtitle}")  # it stands on each page


class Sandbox:
    """The sandbox beside one record; there is none until it is made."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self._lock = Lock()
        self._open: SandboxDesk | None = None

    @property
    def path(self) -> Path:
        """Its ledger."""
        return beside(self._desk.place(), "sandbox")

    def desk(self) -> SandboxDesk | None:
        """The desk over it, opened when first asked for; None where none was made."""
        with self._lock:
            if self._open is None and self.path.exists():
                self._open = self._opened(self.path)
            return self._open

    def make(self) -> str:
        """Make it, or make it anew: what was played before is gone. Gives the id of its case. Broken where its file
        cannot be written."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None
            draft = self.path.with_name(f"{self.path.name}.new")
            try:
                for path in (*_files(draft), *_files(self.path)):
                    path.unlink(missing_ok=True)
                made = self._opened(draft)
                try:
                    case = _play(made)
                finally:
                    made.close()
                for old, new in zip(_files(draft), _files(self.path), strict=True):
                    if old.exists():
                        os.replace(old, new)
            except OSError as fault:
                raise Broken(f"the sandbox at {self.path} cannot be made: {fault.strerror}.") from fault
            self._open = self._opened(self.path)
            return case

    def _opened(self, path: Path) -> SandboxDesk:
        ledger = open_ledger(path, self._desk.clock)
        return SandboxDesk(ledger, self._desk.clock, self._desk.recorder, self._desk)


def _files(path: Path) -> tuple[Path, ...]:
    """A ledger's file and what lies beside it."""
    return path, path.with_name(f"{path.name}.heads"), path.with_name(f"{path.name}.drafts")


def _play(desk: SandboxDesk) -> str:
    """Take in the made-up states and tell the made-up case."""
    desk.take_in_states()
    zero = desk.today() - timedelta(_AGO)
    what = "Officers of the guard take power in Meridia, a country that does not exist."
    case = desk.new_case(NewCase(COUNTRY, zero.isoformat(), "military_coup", "Made up for the sandbox", "", what))
    for name, fields in _facts(zero).items():
        given = {"confidence": "medium", "known": fields["when"], "sources": ["made-up"], **fields}
        desk.record(case, name, given, _SOURCE)
    return case


def _facts(zero: date) -> dict[str, dict[str, str]]:
    """What happened in Meridia; the acts of the bodies are left to the reader to record, but for the first two."""
    first, second = zero.isoformat(), (zero + timedelta(1)).isoformat()
    return {
        "president-ousted": {
            "kind": "ousted",
            "when": first,
            "actor": "armed-forces",
            "person": "Ada Lume",
            "office": "president",
            "text": "The officers hold President Ada Lume, who is as made up as her country.",
            "text_fr": "Les officiers détiennent la présidente Ada Lume, aussi inventée que son pays.",
        },
        "junta-chief": {
            "kind": "leadership",
            "when": first,
            "actor": "armed-forces",
            "person": "Colonel Otto Brand",
            "office": "head of state",
            "manner": "took_power",
            "text": "Colonel Otto Brand says that he now leads Meridia.",
            "text_fr": "Le colonel Otto Brand dit diriger désormais la Méridie.",
        },
        "ecowas-statement": {
            "kind": "statement",
            "when": second,
            "actor": "ecowas",
            "verb": "condemn",
            "text": "ECOWAS condemns the taking of power in Meridia.",
            "text_fr": "La CEDEAO condamne la prise du pouvoir en Méridie.",
        },
        "sg-statement": {
            "kind": "statement",
            "when": second,
            "actor": "un-secretary-general",
            "verb": "condemn",
            "text": "The Secretary-General condemns the taking of power in Meridia.",
            "text_fr": "Le Secrétaire général condamne la prise du pouvoir en Méridie.",
        },
    }


def made_up(states: Path = STATES) -> Casebook:
    """The register of made-up states as a casebook without cases."""
    return Casebook(read_states(states), hashlib.sha256(states.read_bytes()).hexdigest())
