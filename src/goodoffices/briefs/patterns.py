"""How organisations answer, over all cases: the tables a researcher asks for.

Invariant: a number counts cases that the record knows, and beside it stand their ids; a blank says that no act is
known, never that there was none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from goodoffices.casebook.actors import actors
from goodoffices.core.days import Day
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.reading import begun, case_fact, day_number, day_zero, seizure
from goodoffices.core.snapshots import Snapshot

NAMES: Final = {
    "lags": "Days from the seizure to a suspension, by case and organisation.",
    "categories": "Kinds of change against answers: of how many cases each organisation suspended, condemned, said so.",
    "category-5": "Changes of law against alternation: what the texts say of them, and what was done.",
    "council": "What the Security Council did, by whether the country was on its agenda.",
    "alignment": "The African Union, the region, the Council and the Secretary-General side by side, case by case.",
}
SUSPENDERS: Final = ("au", "ecowas", "sadc", "eccas", "oas", "commonwealth", "oif")
REGIONS: Final = ("ecowas", "rec")  # lanes of regional bodies
_NO_REGION: Final = ("commonwealth", "oif", "cplp")  # bodies in those lanes whose members share something else
_PRODUCTS: Final = ("press_statement", "presidential_statement", "resolution")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns and rows; each cell is text, and `cases` are those behind a row."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cases: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A case with what the rules made of it."""

    snapshot: Snapshot
    findings: Sequence[Finding]

    @property
    def id(self) -> str:
        """The case's id."""
        return self.snapshot.subjects[0]

    @property
    def category(self) -> str:
        """Its kind of change; empty where no seizure is known."""
        taken = seizure(self.snapshot)
        return taken.get("category") if taken else ""

    def acts(self, *kinds: str) -> list[Fact]:
        """Acts of these kinds that had surely begun, from the day before the seizure on; one of a coarse day that may
        lie there is among them."""
        zero = day_zero(self.snapshot)
        found = begun(self.snapshot, *kinds)
        if zero is None or zero.precision == "unknown":
            return list(found)
        first = zero.earliest - timedelta(days=1)
        return [fact for fact in found if fact.span.begins.latest >= first]


def body_of(fact: Fact) -> str:
    """The organisation an actor belongs to, or the actor itself."""
    actor = actors()[fact.actor]
    return actor.part_of or fact.actor


def lags(cases: Iterable[Told]) -> Table:
    """Days from the seizure to the first suspension by each organisation; where a day is coarse, the date as known."""
    rows, behind = [], []
    for case in cases:
        zero = day_zero(case.snapshot)
        days: dict[str, str] = {}
        for fact in case.acts("suspension"):
            number = _number(fact.span.begins, zero)
            days.setdefault(body_of(fact), str(number) if number is not None else fact.span.begins.text)
        if days:
            others = [f"{_short(body)} {said}" for body, said in days.items() if body not in SUSPENDERS]
            rows.append((case.id, *(days.get(body, "") for body in SUSPENDERS), "; ".join(others)))
            behind.append((case.id,))
    return _table("lags", ("case", *(_short(body) for body in SUSPENDERS), "others"), rows, behind)


def categories(cases: Iterable[Told]) -> Table:
    """Of the cases of each kind: how many each organisation suspended, and in how many somebody condemned."""
    grouped: dict[str, list[Told]] = {}
    for case in cases:
        grouped.setdefault(case.category or "not known", []).append(case)
    rows, behind = [], []
    for category, mine in sorted(grouped.items(), key=lambda pair: -len(pair[1])):
        suspended = [
            str(sum(any(body_of(fact) == body for fact in case.acts("suspension")) for case in mine))
            for body in SUSPENDERS
        ]
        condemned = sum(_condemned(case, "un-secretary-general") for case in mine)
        council = sum(bool(_products(case)) for case in mine)
        rows.append((category.replace("_", " "), str(len(mine)), *suspended, str(condemned), str(council)))
        behind.append(tuple(case.id for case in mine))
    columns = ("kind of change", "cases", *(f"{_short(body)} suspended" for body in SUSPENDERS))
    return _table("categories", (*columns, "Secretary-General condemned", "Council spoke"), rows, behind)


def category_five(cases: Iterable[Told]) -> Table:
    """Cases of changed law: the findings on the definitions that cover them, and what organisations did."""
    rows, behind = [], []
    for case in cases:
        if case.category != "constitutional_manipulation":
            continue
        met = [one.rule for one in case.findings if one.kind == "definition" and one.state == "met"]
        acts = case.acts("suspension", "suspension_declined", "determination", "statement", "press_statement")
        done = [f"{_short(body_of(fact))}: {_word(fact)}" for fact in acts]
        rows.append((case.id, ", ".join(met), "; ".join(dict.fromkeys(done)) or "no act known"))
        behind.append((case.id,))
    return _table("category-5", ("case", "definitions met", "what was done"), rows, behind)


def council(cases: Iterable[Told]) -> Table:
    """The Council's products by agenda status."""
    grouped: dict[str, list[Told]] = {}
    for case in cases:
        marks = [fact for fact in begun(case.snapshot, "council_agenda") if fact.get("agenda_item")]
        status = marks[-1].get("agenda_item") if marks else "not known"
        grouped.setdefault(status, []).append(case)
    rows, behind = [], []
    for status in ("own", "regional", "not known"):
        mine = grouped.get(status, [])
        counts = [str(sum(_spoke(case, kind) for case in mine)) for kind in _PRODUCTS]
        condemned = str(sum(_condemned(case, "un-security-council") for case in mine))
        silent = str(sum(not _products(case) and bool(case.acts("no_product")) for case in mine))
        named = {"own": "an item of its own", "regional": "under a regional item"}.get(status, status)
        rows.append((named, str(len(mine)), *counts, condemned, silent))
        behind.append(tuple(case.id for case in mine))
    columns = ("agenda", "cases", "press statement", "presidential statement", "resolution", "condemned", "silent")
    return _table("council", columns, rows, behind)


def alignment(cases: Iterable[Told]) -> Table:
    """What each of the four said or did first, case by case."""
    rows, behind = [], []
    for case in cases:
        acts = case.acts("suspension", "suspension_declined", "determination", "decision", "statement", *_PRODUCTS)
        zero = day_zero(case.snapshot)
        firsts = [
            _first([fact for fact in acts if body_of(fact) == "au"], zero),
            _first([fact for fact in acts if _of_region(fact)], zero),
            _first([fact for fact in acts if fact.actor == "un-security-council"], zero),
            _first([fact for fact in acts if fact.actor == "un-secretary-general"], zero),
        ]
        opened = case_fact(case.snapshot)
        rows.append((case.id, opened.get("country") if opened else "", *firsts))
        behind.append((case.id,))
    columns = ("case", "country", "African Union", "region", "Security Council", "Secretary-General")
    return _table("alignment", columns, rows, behind)


TABLES: Final = {
    "lags": lags,
    "categories": categories,
    "category-5": category_five,
    "council": council,
    "alignment": alignment,
}


def _table(
    name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], behind: Sequence[tuple[str, ...]]
) -> Table:
    return Table(name, NAMES[name], tuple(columns), tuple(tuple(row) for row in rows), tuple(behind))


def _short(body: str) -> str:
    actor = actors()[body]
    return actor.short or actor.name


def _of_region(fact: Fact) -> bool:
    return actors()[fact.actor].lane in REGIONS and body_of(fact) not in _NO_REGION


def _number(day: Day, zero: Day | None) -> int | None:
    """Days since the seizure, where both are known to the day."""
    return day_number(day, zero) if zero is not None and day.precise and zero.precise else None


def _products(case: Told) -> list[Fact]:
    """Texts of the Council on the change itself, not on another matter."""
    found = case.acts(*_PRODUCTS)
    return [fact for fact in found if fact.actor == "un-security-council" and not fact.get("subject_matter")]


def _spoke(case: Told, kind: str) -> bool:
    return any(fact.kind == kind for fact in _products(case))


def _condemned(case: Told, actor: str) -> bool:
    found = case.acts("statement", "determination", *_PRODUCTS)
    return any(
        fact.actor == actor and fact.get("verb") in ("condemn", "reject") and not fact.get("subject_matter")
        for fact in found
    )


def _word(fact: Fact) -> str:
    """What an act says in a word: its verb, or its kind."""
    verb = fact.get("verb")
    return verb.replace("_", " ") if fact.kind == "statement" and verb else fact.kind.replace("_", " ")


def _first(acts: Sequence[Fact], zero: Day | None) -> str:
    """The first act that suspends or refuses to, else the first of any kind, with its day."""
    if not acts:
        return ""
    weighty = [fact for fact in acts if fact.kind in ("suspension", "suspension_declined")]
    chosen = (weighty or list(acts))[0]
    number = _number(chosen.span.begins, zero)
    return f"{_word(chosen)} ({f'day {number}' if number is not None else chosen.span.begins.text})"
