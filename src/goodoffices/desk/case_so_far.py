"""A case while it is being recorded: the facts so far, whether they fit together, and what the rules ask now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.briefs.timeline import Timeline, timeline
from goodoffices.casebook.checks import check_facts
from goodoffices.core.errors import Problem
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.reading import case_fact, key_days, told
from goodoffices.core.snapshots import Snapshot
from goodoffices.desk.desk import Desk
from goodoffices.desk.views import Moment
from goodoffices.norms.evaluator import evaluate

_ASKS_NOTHING: Final = ("available", "undetermined", "discharged")  # what one may do, what nobody knows, what is over
_PRESSING: Final = ("overdue", "pending", "open", "deviation", "possible_deviation", "disputed")


@dataclass(frozen=True, slots=True)
class SoFar:
    """What stands beside the form. `asks` are the findings by which something is asked, what presses first, by its
    day; `ahead` are facts that were recorded and count as known only from a later day on."""

    id: str
    title: str
    title_fr: str
    snapshot: Snapshot
    facts: tuple[Fact, ...]
    gaps: tuple[Fact, ...]
    ahead: tuple[Fact, ...]
    checks: tuple[Problem, ...]
    asks: tuple[Finding, ...]
    quiet: int
    figure: Timeline
    key_days: tuple[tuple[date, str], ...]


def so_far(desk: Desk, case: str, moment: Moment, language: str = "en") -> SoFar:
    """A case as the page of recording shows it. NoAnswer where there is none."""
    snapshot = desk.snapshot(case, moment)
    opened = case_fact(snapshot)
    head = opened or next(fact for fact in desk.everything_of(case) if fact.kind == "case")
    title = head.get("title")
    title_fr = head.get("title_fr") or title
    findings = [one for book in desk.rules() for one in evaluate(book, snapshot)]
    loud = [one for one in findings if not (one.quiet or one.kind == "definition" or one.state in _ASKS_NOTHING)]
    return SoFar(
        case,
        title,
        title_fr,
        snapshot,
        told(snapshot),
        snapshot.of_kind("gap"),
        # What was recorded and counts as known only later than the day looked at: said, lest it be recorded twice.
        tuple(fact for fact in snapshot.later if fact.subject == case) if moment.hindsight else (),
        checks_of(desk, case, snapshot) if opened else (),
        tuple(sorted(loud, key=_order)),
        len(findings) - len(loud),
        timeline(snapshot, title_fr if language == "fr" else title, most=5, language=language),
        key_days(snapshot),
    )


def _order(finding: Finding) -> tuple[bool, bool, date, str]:
    pressing = finding.state in _PRESSING
    return not pressing, finding.due is None, finding.due or date.max, finding.rule


def checks_of(desk: Desk, case: str, snapshot: Snapshot) -> tuple[Problem, ...]:
    """Contradictions between the facts of one case, its state's, and those of other cases that they point at."""
    facts = list(snapshot.facts)
    targets = {key for fact in facts for key in (fact.get("of"), fact.competes_with) if key}
    for subject in sorted({key.partition("/")[0] for key in targets} - {fact.subject for fact in facts}):
        facts += desk.everything_of(subject)
    return tuple(one for one in check_facts(facts) if one.where.partition(",")[0].partition("/")[0] == case)
