"""One mission at a moment: its mandates and tasks decision by decision, the changes of government in its life and what
was decided next, consent, advice, its end, and the sources of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from goodoffices.briefs.lives import Change, Life, is_vague
from goodoffices.briefs.mandates import (
    Decision,
    TaskLine,
    TaskTable,
    by_fate,
    on_mandate,
    strength_on,
    tasks_of,
    turn_words,
)
from goodoffices.briefs.mission_words import term_words
from goodoffices.briefs.timeline import Band, Lane, Mark, Shape, Timeline
from goodoffices.core.days import NEVER
from goodoffices.core.errors import NoAnswer
from goodoffices.core.facts import Fact, order
from goodoffices.core.kinds import KINDS
from goodoffices.core.names import fold
from goodoffices.core.sources import Source
from goodoffices.desk.asking import Asking
from goodoffices.desk.mission_register import MissionRow, Record, mission_rows, record_at
from goodoffices.desk.views import Moment

# What is told of a mission besides its mandates: that it names it, or that a case in its life tells it.
_NAMED: Final = ("assessment", "recommendation", "guidance", "staff_security", "working_group", "lead_department")
_OF_ITS_CASES: Final = ("assessment", "recommendation", "guidance")
_MARGIN: Final = 60  # days before its beginning that the strip shows


@dataclass(frozen=True, slots=True)
class Cycle:
    """A decision in the course of a mandate: the term it grants, what it did with the tasks, and whether it lies after
    the day looked at. `tasks` is empty where the record does not tell the tasks under it."""

    decision: Decision
    term: str
    later: bool
    tasks: tuple[tuple[str, tuple[Fact, ...]], ...]
    added: tuple[TaskLine, ...]
    dropped: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """A change of government in the mission’s life: the next decision on its mandate, the days until then where both
    days are exact, and what the case tells of the mission’s tasks and of consent."""

    change: Change
    next: Decision | None
    days: int | None
    tasks: tuple[tuple[str, tuple[Fact, ...]], ...]
    consent: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class MissionView:
    """Everything the page of a mission shows."""

    row: MissionRow
    moment: Moment
    cycles: tuple[Cycle, ...]
    tasks: TaskTable
    turned: tuple[Turned, ...]
    consent: tuple[Fact, ...]
    consent_now: Fact | None
    strength: tuple[str, Fact] | None
    told: tuple[Fact, ...]
    exits: tuple[Fact, ...]
    reasons: tuple[Fact, ...]
    figure: Timeline
    sources: tuple[Source, ...]

    @property
    def course(self) -> tuple[Fact, ...]:
        """Consent and advice in one order of time; what has no day last."""
        return tuple(sorted((*self.consent, *self.told), key=order))


def mission_view(desk: Asking, mission: str, moment: Moment, language: str = "en") -> MissionView:
    """A mission as known at a moment. NoAnswer, with the nearest, where none of that id had begun or was known."""
    record, rows = record_at(desk, moment), mission_rows(desk, moment, language)
    row = next((one for one in rows if one.id == mission), None)
    if row is None:
        names = {one.id: one.id for one in rows} | {fold(one.short): one.id for one in rows}
        raise none_such(mission, names, "mission", moment)
    return _view(record, row, language)


def _view(record: Record, row: MissionRow, language: str) -> MissionView:
    day, facts = record.moment.as_of, record.about(row.id)
    tasks = tasks_of(facts, row.id, row.decisions)
    consent = _of(facts, "consent")
    told = _told(record, row)
    exits = _of(facts, "mission_exit")
    given = [one for one in consent if one.span.begins.earliest <= day]
    reasons = [one.fact for one in row.decisions if one.turn == "end"]
    reasons += [one for one in consent if one.get("step") == "withdrawn"]
    figure = strip(row, consent, told, exits, record.moment, language)
    shown = [row.mission.head, *facts, *told, *(one.fact for one in row.changes)]
    return MissionView(
        row=row,
        moment=record.moment,
        cycles=tuple(_cycles(row.decisions, tasks, day, language)),
        tasks=tasks,
        turned=tuple(_turned(change, row, facts) for change in row.changes),
        consent=consent,
        consent_now=given[-1] if given else None,
        strength=strength_on(row.decisions, day),
        told=told,
        exits=exits,
        reasons=tuple(sorted(reasons, key=order)),
        figure=figure,
        sources=sources_of(shown),
    )


def none_such(wanted: str, names: Mapping[str, str], what: str, moment: Moment) -> NoAnswer:
    """That there is no such mission or operation, with the nearest; the same words whether it is unknown or to come.
    `names` are ids by all that one may be called."""
    near = list(dict.fromkeys(names[one] for one in get_close_matches(fold(wanted), names, 5, 0.5)))
    said = f"no {what} {wanted!r} had begun by {moment.as_of.isoformat()}, as known on {moment.known_at.isoformat()}."
    return NoAnswer(said + (f" Nearest: {', '.join(near)}." if near else ""), near)


def _of(facts: Iterable[Fact], *kinds: str) -> tuple[Fact, ...]:
    return tuple(sorted((fact for fact in facts if fact.kind in kinds and not fact.competes_with), key=order))


def _told(record: Record, row: MissionRow) -> tuple[Fact, ...]:
    """Assessments, advice and staff security that name the mission, and those of the cases in its life that name no
    other."""
    cases = {change.case for change in row.changes}
    named = _of(record.about(row.id), *_NAMED)
    others = [
        fact
        for fact in record.facts
        if fact.subject in cases and fact.kind in _OF_ITS_CASES and not fact.get("mission") and not fact.competes_with
    ]
    both = {fact.key: fact for fact in (*named, *others) if _in_life(fact, row.life)}
    return tuple(sorted(both.values(), key=order))


def _in_life(fact: Fact, life: Life) -> bool:
    if fact.span.begins.precision == "unknown":
        return True
    over = life.ended is not None and fact.span.begins.earliest > life.ended.latest
    return not over and fact.span.end_latest > life.begun.earliest


def _cycles(taken: Sequence[Decision], tasks: TaskTable, day: date, language: str) -> Iterable[Cycle]:
    before: Decision | None = None
    for one in taken:
        # A mandate is told by one document, its tasks by the same.
        told = one.document if one.turn and one.document in tasks.documents else ""
        yield Cycle(
            decision=one,
            term=_term(one, before, language),
            later=one.day.earliest > day,
            tasks=tasks.fates(told) if told else (),
            added=tasks.added(told) if told else (),
            dropped=tasks.dropped(told) if told else (),
        )
        if one.turn and one.until:
            before = one


def _term(one: Decision, before: Decision | None, language: str) -> str:
    """How long the decision prolongs the mandate: from the end of the term before, or from its own day."""
    if one.until is None or one.turn == "end":
        return ""
    runs_on = before is not None and before.until is not None and before.until.earliest >= one.day.latest
    first = before.until if runs_on and before and before.until else one.day
    return term_words(first, one.until, language)


def _turned(change: Change, row: MissionRow, facts: Sequence[Fact]) -> Turned:
    later = [one for one in on_mandate(row.decisions) if one.day.earliest >= change.day.earliest]
    following = later[0] if later else None
    exact = following is not None and following.day.precise and change.day.precise
    mine = [fact for fact in facts if fact.subject == change.case and not fact.competes_with]
    return Turned(
        change=change,
        next=following,
        days=(following.day.shown - change.day.shown).days if following and exact else None,
        tasks=by_fate(fact for fact in mine if fact.kind == "mission_task"),
        consent=tuple(fact for fact in mine if fact.kind == "consent"),
    )


def sources_of(facts: Iterable[Fact]) -> tuple[Source, ...]:
    """The sources of facts, each once, in the order in which they are first cited."""
    found: dict[tuple[str, str], Source] = {}
    for fact in facts:
        for one in fact.citations:
            found.setdefault((one.source.title, one.source.address or one.source.mirror), one.source)
    return tuple(found.values())


# the strip

_LANES: Final = {
    "mandate": ("Mandate", "Mandat"),
    "changes": ("Changes", "Changements"),
    "consent": ("Consent", "Consentement"),
    "advice": ("Assessment, advice", "Évaluation, conseil"),
    "end": ("Closing", "Fermeture"),
}
_LABELS: Final = {
    "requested": ("asked for", "demandée"),
    "given": ("consent given", "accord donné"),
    "withdrawn": ("withdrawn", "retiré"),
    "assessment": ("assessment", "évaluation"),
    "recommendation": ("recommendation", "recommandation"),
    "guidance": ("guidance", "consigne"),
    "staff_security": ("staff", "personnel"),
    "working_group": ("working group", "groupe de travail"),
    "lead_department": ("lead", "chef de file"),
    "mission_exit": ("closes", "fermeture"),
}
_WEIGHTS: Final = {"start": 9, "end": 9, "change": 7, "reduce": 7, "rollover": 6, "renew": 5, "": 3}


def strip(
    row: MissionRow,
    consent: Sequence[Fact],
    told: Sequence[Fact],
    exits: Sequence[Fact],
    moment: Moment,
    language: str = "en",
) -> Timeline:
    """The course of a mission as a figure: its mandates as bands with their decisions, what happened in the country,
    consent, advice, its closing."""
    bounds = [row.life.begun.shown, moment.as_of] if row.life.ended is None else [row.life.begun.shown]
    bounds += [one.until.shown for one in row.decisions if one.until] + [one.day.shown for one in row.decisions]
    bounds += [one.span.begins.shown for one in (*exits, *consent)]
    start = date.fromordinal(max(min(bounds).toordinal() - _MARGIN, 1))
    end = max(min(max(bounds), NEVER - timedelta(days=800)), start + timedelta(days=60)) + timedelta(days=_MARGIN)
    lanes = {
        "mandate": tuple(_decided(one, moment.as_of, language) for one in row.decisions),
        "changes": tuple(
            _marked(one.fact, one.said(language), "disc", moment.as_of, language, 9) for one in row.changes
        ),
        "consent": tuple(_marked(one, _label(one, language), "disc", moment.as_of, language, 7) for one in consent),
        "advice": tuple(
            _marked(one, _label(one, language), _shape(one), moment.as_of, language, 4) for one in told if _dated(one)
        ),
        "end": tuple(_marked(one, _label(one, language), "disc", moment.as_of, language, 8) for one in exits),
    }
    bands = _bands(on_mandate(row.decisions), language)
    made = tuple(
        Lane(name, _LANES[name][language == "fr"], _inside(marks, start, end), bands if name == "mandate" else ())
        for name, marks in lanes.items()
        if marks
    )
    said = "Mandats de " if language == "fr" else "Mandates of "
    return Timeline(said + row.short, start, end, moment.as_of, None, made)


def _label(fact: Fact, language: str) -> str:
    """The few words beside a mark: the step of consent, else the kind."""
    found = _LABELS.get(fact.get("step") if fact.kind == "consent" else fact.kind)
    return found[language == "fr"] if found else fact.said(language)


def _shape(fact: Fact) -> Shape:
    return "diamond" if KINDS[fact.kind].organ_act else "disc"


def _dated(fact: Fact) -> bool:
    return fact.span.begins.precision != "unknown"


def _inside(marks: Iterable[Mark], start: date, end: date) -> tuple[Mark, ...]:
    return tuple(one for one in marks if start <= one.at <= end)


def _decided(one: Decision, as_of: date, language: str) -> Mark:
    label = one.document.partition(" (")[0] or turn_words(one.turn, language)
    said = f"{one.document or one.day.words(language)}, {turn_words(one.turn, language)}: {one.fact.said(language)}"
    return _marked(one.fact, label, "diamond", as_of, language, _WEIGHTS[one.turn], said)


def _marked(fact: Fact, label: str, shape: Shape, as_of: date, language: str, weight: int, said: str = "") -> Mark:
    day = fact.span.begins
    return Mark(
        key=fact.key,
        shape="box" if is_vague(day) else shape,
        at=day.shown,
        first=day.earliest,
        last=day.latest,
        label=label or fact.said(language),
        text=said or fact.said(language),
        when=fact.span.words(language),
        weight=weight,
        later=day.earliest > as_of,
    )


def _bands(taken: Sequence[Decision], language: str) -> tuple[Band, ...]:
    """The terms of the mandate: each from its decision to its last day, or to the next decision."""
    found = []
    for number, one in enumerate(taken):
        if one.until is None or one.turn == "end" or one.until.shown <= one.day.shown:
            continue
        following = next((other.day.shown for other in taken[number + 1 :] if other.until), NEVER)
        label = f"{one.label}: {one.day.words(language)} – {one.until.words(language)}"
        found.append(Band(one.fact.key, one.day.shown, min(one.until.shown, following), label))
    return tuple(found)
