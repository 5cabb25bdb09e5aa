"""What an edited casebook would change: facts, findings and claims, before anything is written to anybody's record.

Invariant: both sides are computed by the same code over the same kind of ledger, one after the other, so that what
differs differs because of the edit alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from goodoffices.casebook.files import CASES, STATES, Casebook, read_case, read_casebook
from goodoffices.claims.compute import Result
from goodoffices.core.errors import BadRecord, NoAnswer, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.desk.asking import Asking
from goodoffices.desk.intake import Progress, TakenIn, take_in
from goodoffices.desk.views import Moment
from goodoffices.ledger.store import Change, open_ledger

# What may change in a finding without its state changing.
_COMPARED: Final = ("state", "since", "until", "due", "performed_on", "day", "our_reading", "divergence", "facts")
_Findings = Mapping[tuple[str, str], Finding]


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding before and after. None where the case is new, or gone."""

    case: str
    rule: str
    before: Finding | None
    after: Finding | None

    @property
    def flips(self) -> bool:
        """Whether the state itself changes, not only its days or facts."""
        return (self.before and self.before.state) != (self.after and self.after.state)


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim before and after."""

    before: Result
    after: Result

    @property
    def flips(self) -> bool:
        """Whether the verdict itself changes, not only what was found."""
        return self.before.verdict is not self.after.verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything an edit changes, and what loading it does to a ledger that has the casebook as it was."""

    moment: Moment
    facts: tuple[Change, ...]
    findings: tuple[FindingChange, ...]
    claims: tuple[ClaimChange, ...]
    taken_in: TakenIn


def difference(
    edited: Path,
    clock: Callable[[], datetime],
    days: tuple[date | None, date | None] = (None, None),
    progress: Progress | None = None,
    installed: tuple[Path, Path] = (CASES, STATES),
) -> Difference:
    """Compare the casebook with an edited one: a case file, a folder of case files, or a whole casebook's folder.

    A file, and each file of a folder, takes the place of the installed one of the same name, or is a new case. A folder
    with `cases/` and `states.yaml` in it is a whole casebook: what it leaves out is gone. BadRecord for what cannot be
    read; NoAnswer where there is no such file.
    """
    before = read_casebook(*installed)
    after = _edited(edited, before)
    with tempfile.TemporaryDirectory(prefix="goodoffices-") as folder:
        ledger = open_ledger(str(Path(folder) / "ledger.db"), clock)
        desk = Asking(ledger, clock)
        try:
            moment = desk.moment(*days)
            take_in(ledger, before)
            facts = {fact.key: fact for fact in before.facts}
            findings, claims = _derived(desk, moment, progress, "as it is")
            taken = take_in(ledger, after)
            now, computed = _derived(desk, moment, progress, "as edited")
        finally:
            desk.close()
    return Difference(
        moment,
        _facts_changed(facts, {fact.key: fact for fact in after.facts}),
        _findings_changed(findings, now),
        tuple(
            ClaimChange(one, other)
            for one, other in zip(claims, computed, strict=True)
            if (one.verdict, one.found.values, one.fact_keys) != (other.verdict, other.found.values, other.fact_keys)
        ),
        taken,
    )


def _edited(given: Path, before: Casebook) -> Casebook:
    """The casebook with the edit in it."""
    if not given.exists():
        raise NoAnswer(f"there is no file or folder {given}.")
    if given.is_dir() and (given / "cases").is_dir():
        return read_casebook(given / "cases", given / "states.yaml")
    paths = sorted(given.glob("*.yaml")) if given.is_dir() else [given]
    if not paths:
        raise BadRecord([Problem(str(given), "holds no case file.", "A case file ends in .yaml.")])
    problems: list[Problem] = []
    replaced: dict[str, tuple[Fact, ...]] = {}
    for path in paths:
        try:
            case = read_case(path)
            replaced[case.case] = case.facts
        except BadRecord as fault:
            problems += fault.problems
    if problems:
        raise BadRecord(problems)
    kept = [fact for fact in before.facts if fact.subject not in replaced]
    return Casebook((*kept, *(fact for facts in replaced.values() for fact in facts)), f"edited {before.digest}")


def _derived(
    desk: Asking, moment: Moment, progress: Progress | None, which: str
) -> tuple[_Findings, tuple[Result, ...]]:
    if progress:
        progress(f"Evaluating the casebook {which}")
    findings = {
        (case, finding.rule): finding for case in desk.case_ids() for finding in desk.check(case, moment).findings
    }
    return findings, desk.claims(moment)


def _facts_changed(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> tuple[Change, ...]:
    found = [Change("new", None, after[key]) for key in sorted(after.keys() - before.keys())]
    found += [Change("withdrawn", before[key], None) for key in sorted(before.keys() - after.keys())]
    found += [
        Change("corrected", before[key], after[key])
        for key in sorted(before.keys() & after.keys())
        if before[key].version != after[key].version
    ]
    return tuple(found)


def _findings_changed(before: _Findings, after: _Findings) -> tuple[FindingChange, ...]:
    found = []
    for case, rule in sorted({*before, *after}):
        old, new = before.get((case, rule)), after.get((case, rule))
        if old is None or new is None or any(getattr(old, name) != getattr(new, name) for name in _COMPARED):
            found.append(FindingChange(case, rule, old, new))
    return tuple(found)
