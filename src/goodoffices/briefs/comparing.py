"""Cases side by side: for each organisation and kind of act, on which day after the seizure it first came.

Invariant: an empty cell says that no act is known, never that there was none. Only acts are here that had surely begun
by the day looked at and were known on the day of knowledge; of competing accounts only the preferred one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.casebook.actors import LANES, actors
from goodoffices.core.days import Day
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import FIELDS, KINDS, steps_of
from goodoffices.core.reading import begun, case_fact, seizure
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.verdicts import Verdict

NO_ACT: Final = "no act known"
UN_MISSION: Final = "un-mission"  # all missions are one row: each case has its own

# Kinds with a row for each word of one field; every other kind has one row.
_SPLIT: Final = {
    "statement": "verb",
    "aid_measure": "aid",
    "credentials": "credentials",
    "mandate": "direction",
    "force": "step",
    "recognition": "step",
    "guidance": "step",
    "crisis_policy": "step",
    "assessment": "step",
}
_KINDS: Final = (*(kind.name for kind in KINDS.values() if kind.organ_act), "no_product")
# Of these a subject matter means that the words were about something else than the change itself, such as an attack.
_SPOKEN: Final = ("statement", "press_statement", "presidential_statement", "resolution")
_LABELS: Final = {
    "suspension_declined": "does not suspend",
    "statement.none": "statement: no position",
    "statement.not_shown": "statement: words not shown",
    "no_product": "no product, though seized or could have been",
    "aid_measure.no_determination": "aid: no determination made",
}
_GATHERED: Final = {
    "un-credentials-committee": "un-general-assembly",
    **dict.fromkeys(("un-dppa", "un-dpo", "un-ola", "un"), "un-secretariat"),
}
_NAMES: Final = {
    UN_MISSION: "UN mission",
    "un-security-council": "Security Council",
    "un-general-assembly": "General Assembly",
    "un-secretary-general": "Secretary-General",
}
_OUTCOMES: Final = {
    "failed": "failed attempt",
    "reversed": "reversed",
    "contested": "contested whether it was an unconstitutional change",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A case that is compared: its day 0, and what a reader must know before reading its cells."""

    case: str
    title: str
    zero: str
    outcome: str
    flags: tuple[str, ...]
    title_fr: str = ""

    def said(self, language: str = "en") -> str:
        """The case's title in English or French."""
        return self.title_fr if language == "fr" and self.title_fr else self.title


@dataclass(frozen=True, slots=True)
class When:
    """An act's date, counted in days from the seizure.

    `day` is None where the day is not exact; `first` and `last` bound it then. All three are None where no seizure is
    known, and for a silence that lasted. `date` is the date as the record writes it (EDTF), `said` the same for people.
    `known_day` is the day on which the act could be known, where the record gives one and it is a later day.
    """

    day: int | None
    first: int | None
    last: int | None
    date: str
    said: str
    known_day: int | None = None

    @property
    def words(self) -> str:
        """ "day 8", "day 19 (known day 27)", "before day 0: day -329", "July 2023 (day -25 to 5)"."""
        known = f" (known day {self.known_day})" if self.known_day is not None else ""
        if self.last is not None and self.last < 0:
            return "before day 0: " + (f"day {self.day}" if self.day is not None else self.said) + known
        if self.day is not None:
            return f"day {self.day}{known}"
        bounds = f" (day {self.first} to {self.last})" if self.first is not None and self.first != self.last else ""
        return self.said + bounds + known


@dataclass(frozen=True, slots=True)
class Response:
    """One cell: the first act of a kind from the seizure on, or the last before it where none came after.

    `facts` are the keys of all such acts, the one shown first. `more` counts the others on the same side of day 0,
    `before` those that came before it. `about` is the subject of an act that spoke of something else than the change.
    `perhaps_earlier` says that an act of coarse date may have come before the one shown.
    """

    when: When
    facts: tuple[str, ...]
    more: int = 0
    before: int = 0
    about: str = ""
    perhaps_earlier: bool = False

    @property
    def words(self) -> str:
        """The cell for people."""
        said = self.when.words + (f", on {self.about}" if self.about else "")
        said += ", perhaps earlier" if self.perhaps_earlier else ""
        others = [f"{self.more} more" if self.more else "", f"{self.before} before day 0" if self.before else ""]
        return said + "".join(f"; {one}" for one in others if one)


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation and a kind of act, with one cell a column; None where no act is known."""

    organisation: str
    name: str
    act: str
    label: str
    cells: tuple[Response | None, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """An act in a case's sequence. `first` says that it is the one its cell shows."""

    when: When
    organisation: str
    name: str
    act: str
    label: str
    text: str
    fact: str
    first: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The response matrix, and what the organs did in each case in order of time, in the columns' order."""

    as_of: date
    known_at: date
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sequences: tuple[tuple[Step, ...], ...]


def compare(snapshots: Sequence[Snapshot]) -> Comparison:
    """Set the cases of these snapshots, all taken at one moment, side by side. Rows stand in the order of a timeline's
    lanes, whatever the order of the cases."""
    found = [_grouped(snapshot) for snapshot in snapshots]
    zeros = [zero_of(snapshot) for snapshot in snapshots]
    columns = tuple(column(snapshot) for snapshot in snapshots)
    keys = sorted({key for groups in found for key in groups}, key=_place)
    rows = tuple(
        Row(
            *(organisation, organisation_name(organisation), act, act_label(act)),
            tuple(
                response(groups.get((organisation, act), ()), zero) for groups, zero in zip(found, zeros, strict=True)
            ),
        )
        for organisation, act in keys
    )
    sequences = tuple(_sequence(groups, zero) for groups, zero in zip(found, zeros, strict=True))
    return Comparison(snapshots[0].as_of, snapshots[0].known_at, columns, rows, sequences)


def zero_of(snapshot: Snapshot) -> Day | None:
    """Day 0, where a seizure was known that had surely begun by the day looked at."""
    taken = seizure(snapshot)
    return taken.span.begins if taken and taken.span.begun_by(snapshot.as_of) is Verdict.HOLDS else None


def column(snapshot: Snapshot) -> Column:
    """The head of a case's column: failed and contested cases, and competing accounts of the seizure, are flagged."""
    case, zero = snapshot.subjects[0], zero_of(snapshot)
    opened, taken = case_fact(snapshot), seizure(snapshot)
    title, title_fr = (opened.get("title"), opened.get("title_fr")) if opened else (case, "")
    if zero is None or taken is None:
        return Column(case, title, "", "", ("no seizure known on these days",), title_fr)
    flags = [_OUTCOMES[taken.get("outcome")]] if taken.get("outcome") in _OUTCOMES else []
    if any(fact.competes_with for fact in snapshot.of_kind("seizure")):
        flags.append("accounts of the seizure compete")
    if not zero.precise:
        flags.append("day 0 is not exact")
    return Column(case, title, zero.text, taken.get("outcome"), tuple(flags), title_fr)


def organisation_of(fact: Fact) -> str:
    """The organisation that acted: an organ's organisation by the register, but the organs of the UN apart. A decision
    on credentials is the General Assembly's, whoever reports it. Empty for those of the country itself."""
    actor = actors()[fact.actor]
    if fact.kind == "credentials":
        return "un-general-assembly"
    if actor.lane in ("authorities", "society"):
        return ""
    if actor.mission_type:
        return UN_MISSION
    if actor.part_of and actor.part_of != "un":
        return actor.part_of
    return _GATHERED.get(actor.id, actor.id)


def organisation_name(organisation: str) -> str:
    """The name for a table."""
    return _NAMES.get(organisation) or actors()[organisation].brief_name


def act_of(fact: Fact) -> str:
    """The kind of act: "suspension", "statement.condemn", "aid_measure.paused"."""
    word = fact.get(_SPLIT[fact.kind]) if fact.kind in _SPLIT else ""
    return f"{fact.kind}.{word}" if word else fact.kind


def act_label(act: str) -> str:
    """The kind of act for a table."""
    kind, _, word = act.partition(".")
    plain = kind.removesuffix("_measure").replace("_", " ")
    return _LABELS.get(act) or plain + (f": {word.replace('_', ' ')}" if word else "")


def when(fact: Fact, zero: Day | None) -> When:
    """A fact's date in days from the seizure. A silence that lasted has no day, only its period."""
    begins = fact.span.begins
    if zero is None or "unknown" in (begins.precision, zero.precision):
        return When(None, None, None, fact.span.text, fact.span.words())
    if fact.span.period and (fact.kind == "no_product" or fact.get("aid") == "no_determination"):
        return When(None, None, None, fact.span.text, fact.span.words())
    first, last = (begins.earliest - zero.latest).days, (begins.latest - zero.earliest).days
    day = first if begins.precise and zero.precise else None
    known = (fact.known_at - zero.earliest).days
    given = not fact.known_assumed and zero.precise and known > last
    return When(day, first, last, begins.text, begins.words(), known if given else None)


def response(facts: Iterable[Fact], zero: Day | None) -> Response | None:
    """The cell for these acts of one kind; the first is the one whose latest possible day comes first."""
    acts = sorted(facts, key=_surely)
    if not acts:
        return None
    after = [fact for fact in acts if zero is None or fact.span.begins.latest >= zero.earliest]
    pool = after or acts
    direct = [fact for fact in pool if not _about(fact)] or pool
    shown = direct[0] if after else direct[-1]
    others = [fact for fact in acts if fact is not shown]
    earlier = any(fact.span.begins.earliest < shown.span.begins.earliest for fact in direct if fact is not shown)
    return Response(
        when(shown, zero),
        (shown.key, *(fact.key for fact in others)),
        len(pool) - 1,
        len(acts) - len(pool),
        _about(shown),
        bool(after) and earlier,
    )


def _about(fact: Fact) -> str:
    return fact.get("subject_matter") if fact.kind in (*_SPOKEN, "no_product") else ""


def _surely(fact: Fact) -> tuple[date, date, str]:
    return fact.span.begins.latest, fact.span.begins.shown, fact.key


def _grouped(snapshot: Snapshot) -> dict[tuple[str, str], list[Fact]]:
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in begun(snapshot, *_KINDS):
        organisation = organisation_of(fact)
        if organisation:
            groups.setdefault((organisation, act_of(fact)), []).append(fact)
    return groups


def _place(key: tuple[str, str]) -> tuple[int, str, int, int]:
    """Where a row stands: by lane, organisation, kind of act and the word of its field."""
    organisation, act = key
    lane = "mission" if organisation == UN_MISSION else actors()[organisation].lane
    kind, _, word = act.partition(".")
    words = steps_of(kind, _SPLIT[kind]) or FIELDS[_SPLIT[kind]].choices if kind in _SPLIT else ()
    return list(LANES).index(lane), organisation, _KINDS.index(kind), words.index(word) if word in words else -1


def _sequence(groups: dict[tuple[str, str], list[Fact]], zero: Day | None) -> tuple[Step, ...]:
    """What the organs did from the seizure on, in order of time."""
    steps: list[tuple[tuple[date, date, str], Step]] = []
    for (organisation, act), facts in groups.items():
        cell = response(facts, zero)
        shown = cell.facts[0] if cell else ""
        name, label = organisation_name(organisation), act_label(act)
        for fact in facts:
            if zero is None or fact.span.begins.latest >= zero.earliest:
                step = Step(when(fact, zero), organisation, name, act, label, fact.text, fact.key, fact.key == shown)
                steps.append((_surely(fact), step))
    return tuple(step for _, step in sorted(steps, key=lambda pair: pair[0]))
