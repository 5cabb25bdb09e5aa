"""What the casebook knows of each case, field by field: so many facts, a gap that is told, or nothing yet.

Invariant: a blank never says that something did not happen. Where a field cannot apply (the African Union outside
Africa) the table says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.casebook.actors import actors
from goodoffices.casebook.checks import membership
from goodoffices.core.facts import Fact

RESPONSES: Final = (
    *("determination", "statement", "decision", "suspension", "suspension_declined", "meeting", "sanction", "force"),
    *("press_statement", "presidential_statement", "resolution", "no_product", "mediation", "deadline_set"),
)
_P5: Final = ("china", "france", "russia", "uk", "us")
_REGIONS: Final = ("ecowas", "eccas", "sadc", "igad", "rec")  # lanes of regional bodies


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the table: its short name, what it asks, and the facts that answer."""

    name: str
    asks: str
    answers: Callable[[Fact], bool]
    african: bool = False  # asked of members of the African Union only


@dataclass(frozen=True, slots=True)
class Row:
    """One case: how many facts answer each field (None where the field cannot apply), its gaps, its sources."""

    case: str
    country: str
    counts: tuple[int | None, ...]
    gaps: tuple[str, ...]
    facts: int
    sources: int
    searched_until: str

    @property
    def known(self) -> int:
        """How many fields that can apply are answered."""
        return sum(1 for count in self.counts if count)

    @property
    def asked(self) -> int:
        """How many fields can apply."""
        return sum(1 for count in self.counts if count is not None)


def _body(fact: Fact) -> str:
    actor = actors()[fact.actor]
    return actor.part_of or fact.actor


def _answer(*bodies: str) -> Callable[[Fact], bool]:
    return lambda fact: fact.kind in RESPONSES and (_body(fact) in bodies or fact.actor in bodies)


def _of(*kinds: str) -> Callable[[Fact], bool]:
    return lambda fact: fact.kind in kinds


def _region(fact: Fact) -> bool:
    return fact.kind in RESPONSES and actors()[fact.actor].lane in _REGIONS


def _council(fact: Fact) -> bool:
    return fact.actor == "un-security-council" and fact.kind in RESPONSES


def _united_states(fact: Fact) -> bool:
    return fact.actor == "us" and fact.kind in ("aid_measure", "determination")


def _permanent(fact: Fact) -> bool:
    return fact.actor in _P5 and fact.kind in ("stance", "statement", "determination", "veto", "recognition")


FIELDS: Final = (
    Field("ousted", "who was removed", _of("ousted")),
    Field("leader", "who took power", _of("leadership")),
    Field("AU", "how the African Union answered", _answer("au"), african=True),
    Field("region", "how the regional body answered", _region),
    Field("Council", "what the Security Council said, or that it said nothing", _council),
    Field("agenda", "whether the country was on the Council’s agenda", _of("council_agenda")),
    Field("SG", "what the Secretary-General said", _answer("un-secretary-general")),
    Field("P5", "where the permanent members stood", _permanent),
    Field("US law", "what the United States determined, or did with its aid", _united_states),
    Field("EU", "how the European Union answered", _answer("eu")),
    Field("seat", "who held the seat in the General Assembly", _of("credentials")),
    Field("sanctions", "what measures were taken", _of("sanction")),
    Field("mission", "which UN mission covered the country", _of("mission_present")),
    Field("promise", "what the new authorities promised", _of("promise", "transition_term")),
    Field("vote", "which votes were held", _of("vote_held")),
    Field("end", "how the transition ended", _of("constitutional_order")),
    Field("opinion", "what the public was found to think", _of("opinion")),
)


def coverage(facts: Sequence[Fact]) -> tuple[Row, ...]:
    """The table, one row a case, in the order of the facts."""
    by_subject: dict[str, list[Fact]] = {}
    for fact in facts:
        by_subject.setdefault(fact.subject, []).append(fact)
    rows = []
    for head in (fact for fact in facts if fact.kind == "case"):
        mine = by_subject[head.subject]
        state = by_subject.get(f"state:{head.get('iso3')}", [])
        african = bool(membership(state, "au"))
        told = [fact for fact in mine if fact.kind not in ("case", "gap")]
        rows.append(
            Row(
                case=head.subject,
                country=head.get("country"),
                counts=tuple(
                    None if field.african and not african else sum(1 for fact in told if field.answers(fact))
                    for field in FIELDS
                ),
                gaps=tuple(fact.text for fact in mine if fact.kind == "gap"),
                facts=len(told),
                sources=len({one.source.title for fact in told for one in fact.citations}),
                searched_until=head.get("searched_until"),
            )
        )
    return tuple(rows)
