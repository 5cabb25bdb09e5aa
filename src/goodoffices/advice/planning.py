"""A contingency plan, before anything happens: the plan’s advice, and what would follow if a change came today.

Three suppositions are worked out with the same rules and the same triage as a real case. Invariant: what is supposed
carries its own source, so that no finding can be taken for one of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from goodoffices.advice.items import Group, Item, Section
from goodoffices.advice.situation import Situation
from goodoffices.core.days import read_span
from goodoffices.core.facts import Fact, order
from goodoffices.core.findings import Finding
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Citation, Source

SUPPOSED: Final = Source("supposed", "Supposed, not on record")
LATER: Final = 30  # days after the change at which tasks are triaged
CASE: Final = "plan-supposed"
_ASKED: Final = ("pending", "open", "projected", "overdue")


@dataclass(frozen=True, slots=True)
class Supposed:
    """A fact of a supposition: so many days after the change."""

    day: int
    kind: str
    actor: str
    value: tuple[tuple[str, str], ...]
    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Supposition:
    """A change that may come, told by a few facts."""

    id: str
    title: tuple[str, str]
    facts: tuple[Supposed, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would follow from a supposition: what rules would ask in the first days, and what would become of each
    task after a month."""

    supposition: Supposition
    title: str
    facts: tuple[Fact, ...]
    duties: tuple[Finding, ...]
    tasks: tuple[Item, ...]

    def asks_as(self, other: Foreseen) -> bool:
        """Whether rules would ask the same, by the same days."""
        return [(one.rule, one.due) for one in self.duties] == [(one.rule, one.due) for one in other.duties]


@dataclass(frozen=True, slots=True)
class Plan:
    """A contingency plan for a country: its advice, what is foreseen, the changes it has had, and the ids and names of
    the missions there."""

    country: str
    name: str
    situation: Situation
    mission_name: str
    section: Section
    foreseen: tuple[Foreseen, ...]
    history: tuple[Fact, ...]
    present: tuple[tuple[str, str], ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The parts of the plan."""
        return self.section.groups


def _coup(victim: str, en: str, fr: str) -> Supposed:
    value = (("category", "military_coup"), ("victim", victim), ("outcome", "completed"))
    return Supposed(0, "seizure", "armed-forces", value, en, fr)


_LIMITED: Final = (("step", "issued"), ("subject_matter", "limited contact with de facto authorities"))
SUPPOSITIONS: Final = (
    Supposition(
        "open",
        ("A coup whose leaders reach out", "Un coup d’État dont les chefs tendent la main"),
        (
            _coup(
                "elected", "Officers remove the elected government.", "Des officiers renversent le gouvernement élu."
            ),
            Supposed(
                1,
                "authorities_statement",
                "authorities",
                (("verb", "support"), ("subject_matter", "cooperation with the United Nations")),
                "Those in power say that they want to work with the United Nations.",
                "Ceux qui ont pris le pouvoir disent vouloir travailler avec l’ONU.",
            ),
            Supposed(
                20,
                "transition_term",
                "authorities",
                (("months", "18"),),
                "A transition of eighteen months is announced.",
                "Une transition de dix-huit mois est annoncée.",
            ),
        ),
    ),
    Supposition(
        "contested",
        ("A coup that is contested", "Un coup d’État contesté"),
        (
            _coup("elected", "The army removes the government.", "L’armée renverse le gouvernement."),
            Supposed(
                0,
                "detention",
                "armed-forces",
                (("direction", "start"), ("target", "ministers and officials")),
                "Ministers and the mission’s partners are detained.",
                "Des ministres et des partenaires de la mission sont arrêtés.",
            ),
            Supposed(
                0,
                "legal_act",
                "armed-forces",
                (("direction", "end"), ("subject_matter", "constitution")),
                "The constitution is suspended.",
                "La constitution est suspendue.",
            ),
            Supposed(
                3,
                "violence",
                "armed-forces",
                (("target", "protesters"),),
                "Protesters are shot.",
                "On tire sur des manifestants.",
            ),
            Supposed(
                5,
                "aid_measure",
                "states",
                (("aid", "paused"),),
                "Donors stop their aid.",
                "Les bailleurs cessent leur aide.",
            ),
            Supposed(
                10,
                "guidance",
                "un-ola",
                _LIMITED,
                "The Office of Legal Affairs advises limited contact.",
                "Le Bureau des affaires juridiques conseille de limiter les contacts.",
            ),
        ),
    ),
    Supposition(
        "takeover",
        ("An armed takeover", "Une prise de pouvoir armée"),
        (
            Supposed(
                0,
                "seizure",
                "armed-groups",
                (("category", "armed_takeover"), ("victim", "elected"), ("outcome", "completed")),
                "An armed group takes the capital.",
                "Un groupe armé prend la capitale.",
            ),
            Supposed(
                0,
                "legal_act",
                "armed-groups",
                (("direction", "end"), ("subject_matter", "constitution")),
                "The constitution no longer applies.",
                "La constitution ne s’applique plus.",
            ),
            Supposed(
                1,
                "staff_security",
                "armed-groups",
                (("step", "intrusion"),),
                "Fighters enter UN premises.",
                "Des combattants entrent dans des locaux de l’ONU.",
            ),
            Supposed(
                2,
                "aid_measure",
                "states",
                (("aid", "ended"),),
                "Donors end development aid.",
                "Les bailleurs mettent fin à l’aide au développement.",
            ),
            Supposed(
                10,
                "guidance",
                "un-ola",
                _LIMITED,
                "The Office of Legal Affairs advises limited contact.",
                "Le Bureau des affaires juridiques conseille de limiter les contacts.",
            ),
        ),
    ),
)


def supposed_snapshot(base: Snapshot, supposition: Supposition, first: date, after: int) -> Snapshot:
    """The country’s standing facts with those of a supposition, so many days after the change. `base` has the state’s
    facts, and those of a case of the user’s own, if any; its seizures give way to the supposed one."""
    facts = supposed_facts(supposition, first)
    day = first + timedelta(days=after)
    standing = tuple(fact for fact in base.facts if fact.kind not in ("seizure", "constitutional_order"))
    known = tuple(fact for fact in facts if fact.known_at <= day)
    subjects = (CASE, *(one for one in base.subjects if one.startswith("state:")))
    moved = tuple(fact if fact.subject.startswith("state:") else _moved(fact) for fact in standing)
    return replace(
        base,
        subjects=subjects,
        as_of=day,
        known_at=day,
        facts=tuple(sorted((*moved, *known), key=order)),
        later=(),
    )


def _moved(fact: Fact) -> Fact:
    """A fact of another case as one of the supposed case."""
    return replace(fact, key=f"{CASE}/{fact.name}")


def supposed_facts(supposition: Supposition, first: date) -> tuple[Fact, ...]:
    """The facts of a supposition, counted from a day."""
    return tuple(_fact(one, number, first) for number, one in enumerate(supposition.facts, 1))


def _fact(one: Supposed, number: int, first: date) -> Fact:
    day = first + timedelta(days=one.day)
    return Fact(
        key=f"{CASE}/supposed-{number}",
        kind=one.kind,
        actor=one.actor,
        span=read_span(day.isoformat()),
        known_at=day,
        text=one.en,
        citations=(Citation(SUPPOSED),),
        confidence="low",
        value=one.value,
        texts=(("fr", one.fr),),
    )


Judge = Callable[[Snapshot], Sequence[Finding]]
Triage = Callable[[Snapshot, Sequence[Finding]], Sequence[Item]]


def foresee(base: Snapshot, first: date, language: str, judge: Judge, triage: Triage) -> tuple[Foreseen, ...]:
    """What would follow from each supposition if it came on a day. `judge` evaluates all rules and signs on a snapshot,
    `triage` the tasks of the mandate."""
    found = []
    for one in SUPPOSITIONS:
        soon = supposed_snapshot(base, one, first, 1)
        later = supposed_snapshot(base, one, first, LATER)
        duties = tuple(
            finding
            for finding in judge(soon)
            if finding.kind == "obligation" and finding.state in _ASKED and not finding.rule.startswith("sign.")
        )
        tasks = tuple(triage(later, judge(later)))
        title = one.title[language == "fr"]
        found.append(Foreseen(one, title, supposed_facts(one, first), duties, tasks))
    return tuple(found)
