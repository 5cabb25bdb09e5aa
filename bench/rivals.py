"""The six made-up rules told to other tools, each as fast as that tool allows.

Every rival is handed its data in its own form beforehand, and gives the states of the rules for one day: an array with
a row a history and a column a rule, in the order of `RULES`, as numbers of `norms.program.STATES`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import clingo
import numpy as np
import numpy.typing as npt
import polars as pl
from made_up import ENGAGEMENT, FIRST, LIFTING, ORDER, SANCTION, SEIZURE, SUSPENSION, TERMS
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from goodoffices.norms.histories import EventType, Histories
from goodoffices.norms.program import STATES
from goodoffices.norms.rules import AllOf, Condition, InForce, Met, Not, Pattern, Recorded, Rule, Rulebook

States = npt.NDArray[np.int32]
RULES = ("m.suspended", "m.seized", "m.suspend", "m.lift", "m.no-engagement", "m.sanction")
CODE = {name: number for number, name in enumerate(STATES)}
NOT_IN_FORCE, IN_FORCE, ENDED = CODE["not_in_force"], CODE["in_force"], CODE["ended"]
MET, NOT_MET, DEVIATION = CODE["met"], CODE["not_met"], CODE["deviation"]
NOT_TRIGGERED, PENDING, OVERDUE = CODE["not_triggered"], CODE["pending"], CODE["overdue"]
FULFILLED, LATE = CODE["fulfilled"], CODE["fulfilled_late"]
AVAILABLE, EXERCISED, NOT_AVAILABLE = CODE["available"], CODE["exercised"], CODE["not_available"]
SPREAD = 1024  # more than the days of a history: history * SPREAD + day is one number, in order

# ---------------------------------------------------------------- plain Python


def as_lists(histories: Histories) -> list[list[tuple[int, int, int]]]:
    """Histories as lists of (type, day, known)."""
    rows = list(zip(histories.type.tolist(), histories.day.tolist(), histories.known.tolist(), strict=True))
    offsets = histories.offsets.tolist()
    return [rows[start:stop] for start, stop in pairwise(offsets)]


def _duty(start: int, done: int, term: int, today: int) -> int:
    if not start:
        return NOT_TRIGGERED
    if done:
        return FULFILLED if done <= start + term else LATE
    return PENDING if today <= start + term else OVERDUE


def one_pass(events: list[tuple[int, int, int]], today: int) -> tuple[int, ...]:  # noqa: PLR0912, C901
    """All six rules in one loop over the events of a history, written by hand for just these six."""
    seized = ordered = begun = over = talked = engaged = used = done_1 = start_2 = done_2 = 0
    exercised = False
    for kind, day, known in events:
        if known > today or day > today or kind > SANCTION:
            continue
        if kind == ENGAGEMENT:
            talked = day
            if seized and not engaged:
                engaged = day
        elif kind == SEIZURE:
            if not seized:
                seized = day
                engaged = talked if talked == day else 0
                done_1 = begun if begun == day else 0
                if ordered:
                    start_2, done_2 = day, over if over == day else 0
        elif kind == ORDER:
            if not ordered:
                ordered = day
                if seized:
                    start_2, done_2 = day, over if over == day else 0
        else:
            if used and used < day:  # that day is over: was the status in force at its end?
                exercised = exercised or begun > over
                used = 0
            if kind == SANCTION:
                used = day
            elif kind == SUSPENSION:
                begun = day
                if seized and not done_1:
                    done_1 = day
            else:
                over = day
                if start_2 and not done_2:
                    done_2 = day
    in_force = begun > over
    exercised = exercised or (used > 0 and in_force)
    breach = engaged and (not ordered or engaged < ordered)
    return (
        IN_FORCE if in_force else ENDED if begun else NOT_IN_FORCE,
        MET if seized else NOT_MET,
        _duty(seized, done_1, TERMS[0], today),
        _duty(start_2, done_2, TERMS[1], today),
        DEVIATION if breach else IN_FORCE if seized and not ordered else NOT_IN_FORCE,
        EXERCISED if exercised else AVAILABLE if in_force else NOT_AVAILABLE,
    )


def rule_by_rule(events: list[tuple[int, int, int]], today: int) -> tuple[int, ...]:
    """The days of each type first, then one rule after another, looking days up in order."""
    days: list[list[int]] = [[] for _ in range(SANCTION + 2)]
    for kind, day, known in events:
        if known <= today and day <= today:
            days[kind].append(day)
    suspensions, liftings, engagements = days[SUSPENSION], days[LIFTING], days[ENGAGEMENT]
    seized = days[SEIZURE][0] if days[SEIZURE] else 0
    ordered = days[ORDER][0] if days[ORDER] else 0
    start = max(seized, ordered) if seized and ordered else 0
    begun = suspensions[-1] if suspensions else 0
    in_force = begun > (liftings[-1] if liftings else 0)
    engaged = _from(engagements, seized) if seized else 0
    breach = engaged and (not ordered or engaged < ordered)
    exercised = any(_until(suspensions, day) > _until(liftings, day) for day in days[SANCTION])
    return (
        IN_FORCE if in_force else ENDED if begun else NOT_IN_FORCE,
        MET if seized else NOT_MET,
        _duty(seized, _from(suspensions, seized), TERMS[0], today),
        _duty(start, _from(liftings, start), TERMS[1], today),
        DEVIATION if breach else IN_FORCE if seized and not ordered else NOT_IN_FORCE,
        EXERCISED if exercised else AVAILABLE if in_force else NOT_AVAILABLE,
    )


def _from(days: list[int], first: int) -> int:
    place = bisect_left(days, first)
    return days[place] if place < len(days) else 0


def _until(days: list[int], last: int) -> int:
    place = bisect_right(days, last)
    return days[place - 1] if place else 0


def python_states(
    told: Callable[[list[tuple[int, int, int]], int], tuple[int, ...]],
    histories: list[list[tuple[int, int, int]]],
    as_of: date,
) -> list[tuple[int, ...]]:
    """One history after another."""
    today = as_of.toordinal()
    return [told(events, today) for events in histories]


class AnyRules:
    """Rules as they are written, interpreted one after another for one history: duties with a term in days, statuses,
    definitions, prohibitions and powers, over conditions on acts and on other rules."""

    def __init__(self, book: Rulebook, types: tuple[EventType, ...]):
        self.rules = {rule.id: rule for rule in book.rules}
        self.number = {one.kind: number for number, one in enumerate(types)}
        self.days: dict[int, list[int]] = {}

    def __call__(self, events: list[tuple[int, int, int]], today: int) -> tuple[int, ...]:
        """The states of all rules on a day."""
        days: dict[int, list[int]] = {}
        for kind, day, known in events:
            if known <= today and day <= today:
                days.setdefault(kind, []).append(day)
        self.days = days
        return tuple(self._state(self.rules[one], today) for one in RULES)

    def _acts(self, pattern: Pattern | None) -> list[int]:
        return self.days.get(self.number[pattern.kinds[0]], []) if pattern else []

    def _status(self, rule: Rule, day: int) -> tuple[int, int]:
        begun, over = _until(self._acts(rule.begins[0]), day), _until(self._acts(rule.ends[0]), day)
        return (IN_FORCE if begun > over else ENDED if begun else NOT_IN_FORCE), begun

    def _since(self, condition: Condition | None, day: int) -> int:
        """Since when a condition has held on a day; 0 where it does not, 1 where always."""
        match condition:
            case Recorded(pattern):
                acts = self._acts(pattern)
                return acts[0] if acts and acts[0] <= day else 0
            case AllOf(parts):
                found = [self._since(part, day) for part in parts]
                return max(found) if all(found) else 0
            case Not(part):
                return 0 if self._since(part, day) else 1
            case Met(rule):
                return self._since(self.rules[rule].holds_if, day)
            case InForce(rule):
                state, begun = self._status(self.rules[rule], day)
                return begun if state == IN_FORCE else 0
        raise TypeError(condition)

    def _state(self, rule: Rule, today: int) -> int:
        if rule.kind == "status":
            return self._status(rule, today)[0]
        if rule.kind == "definition":
            return MET if self._since(rule.holds_if, today) else NOT_MET
        if rule.kind == "obligation":
            start = self._since(rule.trigger, today)
            done = _from(self._acts(rule.must), start) if start else 0
            return _duty(start, done, rule.within.amount if rule.within and rule.within.amount else 0, today)
        ban = rule.kind == "prohibition"
        if any(self._since(rule.holds_if, day) for day in self._acts(rule.forbids if ban else rule.exercised_by)):
            return DEVIATION if ban else EXERCISED
        holds = self._since(rule.holds_if, today)
        return (IN_FORCE if holds else NOT_IN_FORCE) if ban else AVAILABLE if holds else NOT_AVAILABLE


# ---------------------------------------------------------------- Polars


def as_frame(histories: Histories) -> pl.DataFrame:
    """Histories as a table of events, in order of history and day."""
    number = np.repeat(np.arange(len(histories), dtype=np.int64), np.diff(histories.offsets))
    columns = {"history": number, "day": histories.day, "known": histories.known, "kind": histories.type}
    return pl.DataFrame(columns).with_columns(at=pl.col("history") * SPREAD + pl.col("day") - FIRST.toordinal())


def polars_states(frame: pl.DataFrame, count: int, as_of: date) -> pl.DataFrame:
    """All histories at once: a group-by for first and last days, as-of joins for what stood on the day of an act.

    Days are numbered through over all histories (`at`), so that every join is of two sorted columns.
    """
    today = as_of.toordinal()
    events = frame.lazy().filter((pl.col("known") <= today) & (pl.col("day") <= today))
    kind, at = pl.col("kind"), pl.col("at")
    base = pl.LazyFrame({"history": pl.int_range(count, dtype=pl.Int64, eager=True)})
    firsts = events.group_by("history").agg(
        seized=at.filter(kind == SEIZURE).min(),
        ordered=at.filter(kind == ORDER).min(),
        begun=at.filter(kind == SUSPENSION).max(),
        over=at.filter(kind == LIFTING).max(),
    )

    def acts(number: int, name: str) -> pl.LazyFrame:
        found = events.filter(kind == number).select(at.alias(name), pl.col("history").alias(f"{name}_history"))
        return found.set_sorted(name)

    def next_of(table: pl.LazyFrame, start: str, number: int, name: str) -> pl.LazyFrame:
        """Add the first act of this type from a day on, where it is of the same history."""
        asked = table.filter(pl.col(start).is_not_null()).select("history", start).sort(start)
        joined = asked.join_asof(acts(number, name), left_on=start, right_on=name, strategy="forward", coalesce=False)
        joined = joined.filter(pl.col("history") == pl.col(f"{name}_history")).select("history", name)
        return table.join(joined, on="history", how="left")

    sanctions = acts(SANCTION, "used").join_asof(
        acts(SUSPENSION, "s"), left_on="used", right_on="s", strategy="backward", coalesce=False
    )
    sanctions = sanctions.filter(pl.col("used_history") == pl.col("s_history")).join_asof(
        acts(LIFTING, "l"), left_on="used", right_on="l", strategy="backward", coalesce=False
    )
    standing = (pl.col("l_history") != pl.col("used_history")) | pl.col("l").is_null() | (pl.col("s") > pl.col("l"))
    exercised = sanctions.filter(standing).select(history="used_history", exercised=pl.lit(True)).unique()

    table = base.join(firsts, on="history", how="left").with_columns(start=pl.max_horizontal("seized", "ordered"))
    both = pl.col("seized").is_not_null() & pl.col("ordered").is_not_null()
    table = table.with_columns(start=pl.when(both).then("start"))
    table = next_of(table, "seized", SUSPENSION, "done_1")
    table = next_of(table, "start", LIFTING, "done_2")
    table = next_of(table, "seized", ENGAGEMENT, "engaged")
    table = table.join(exercised, on="history", how="left")
    last = pl.col("history") * SPREAD + today - FIRST.toordinal()
    in_force = (pl.col("begun") > pl.col("over")) | (pl.col("begun").is_not_null() & pl.col("over").is_null())
    in_force = in_force.fill_null(False)
    breach = (pl.col("engaged") < pl.col("ordered")) | (pl.col("engaged").is_not_null() & pl.col("ordered").is_null())
    seized, ordered = pl.col("seized").is_not_null(), pl.col("ordered").is_not_null()

    def duty(start: str, done: str, term: int) -> pl.Expr:
        due, act = pl.col(start) + term, pl.col(done)
        return (
            pl.when(pl.col(start).is_null())
            .then(NOT_TRIGGERED)
            .when(act.is_not_null())
            .then(pl.when(act <= due).then(FULFILLED).otherwise(LATE))
            .otherwise(pl.when(last <= due).then(PENDING).otherwise(OVERDUE))
        )

    begun = pl.col("begun").is_not_null()
    states = {
        "m.suspended": pl.when(in_force).then(IN_FORCE).when(begun).then(ENDED).otherwise(NOT_IN_FORCE),
        "m.seized": pl.when(seized).then(MET).otherwise(NOT_MET),
        "m.suspend": duty("seized", "done_1", TERMS[0]),
        "m.lift": duty("start", "done_2", TERMS[1]),
        "m.no-engagement": pl.when(breach)
        .then(DEVIATION)
        .when(seized & ~ordered)
        .then(IN_FORCE)
        .otherwise(NOT_IN_FORCE),
        "m.sanction": pl.when("exercised").then(EXERCISED).when(in_force).then(AVAILABLE).otherwise(NOT_AVAILABLE),
    }
    return table.select("history", **states).collect()  # in any order


# ---------------------------------------------------------------- clingo

_NAMES = ("seizure", "suspension", "lifting", "order", "engagement", "sanction", "statement")
# Time steps are the days of a history on which something happens, and the day asked about.
_LAW = f"""
on(T,I) :- e(T,D), day(I,D).  last(I) :- day(I,_), not day(I+1,_).
inforce(I) :- on(suspension,I), not on(lifting,I).
inforce(I) :- inforce(I-1), day(I,_), not on(lifting,I).
begun :- on(suspension,_).
seized(I) :- on(seizure,I).  seized(I) :- seized(I-1), day(I,_).
ordered(I) :- on(order,I).  ordered(I) :- ordered(I-1), day(I,_).
both(I) :- seized(I), ordered(I).
arose(1,D) :- seized(I), not seized(I-1), day(I,D).  trigger(1,I) :- seized(I).  act(1,suspension).  term(1,{TERMS[0]}).
arose(2,D) :- both(I), not both(I-1), day(I,D).      trigger(2,I) :- both(I).    act(2,lifting).     term(2,{TERMS[1]}).
did(N,I) :- trigger(N,I), act(N,T), on(T,I).  done(N,I) :- did(N,I).  done(N,I) :- done(N,I-1), day(I,_).
performed(N,D) :- done(N,I), not done(N,I-1), day(I,D).
duty(N,fulfilled) :- performed(N,D), arose(N,S), term(N,K), D <= S+K.
duty(N,fulfilled_late) :- performed(N,D), arose(N,S), term(N,K), D > S+K.
duty(N,pending) :- arose(N,S), not performed(N,_), term(N,K), last(I), day(I,D), D <= S+K.
duty(N,overdue) :- arose(N,S), not performed(N,_), term(N,K), last(I), day(I,D), D > S+K.
duty(N,not_triggered) :- not arose(N,_), term(N,_).
breach :- on(engagement,I), seized(I), not ordered(I).
used :- on(sanction,I), inforce(I).
state(0,in_force) :- last(I), inforce(I).
state(0,ended) :- last(I), begun, not inforce(I).
state(0,not_in_force) :- not begun.
state(1,met) :- last(I), seized(I).  state(1,not_met) :- last(I), not seized(I).
state(2,S) :- duty(1,S).  state(3,S) :- duty(2,S).
state(4,deviation) :- breach.
state(4,in_force) :- not breach, last(I), seized(I), not ordered(I).
state(4,not_in_force) :- not breach, last(I), not seized(I).
state(4,not_in_force) :- not breach, last(I), ordered(I).
state(5,exercised) :- used.
state(5,available) :- not used, last(I), inforce(I).
state(5,not_available) :- not used, last(I), not inforce(I).
#show state/2.
"""


def as_facts(histories: Histories, as_of: date) -> list[str]:
    """Each history as facts of a logic program: events, and its days numbered through."""
    today = as_of.toordinal()
    found = []
    for events in as_lists(histories):
        known = [(kind, day) for kind, day, seen in events if seen <= today and day <= today]
        days = sorted({today, *(day for _, day in known)})
        text = "".join(f"e({_NAMES[kind]},{day})." for kind, day in known)
        found.append(text + "".join(f"day({number},{day})." for number, day in enumerate(days)))
    return found


def clingo_states(facts: list[str]) -> States:
    """One history after another: its facts and the rules grounded, and the one answer set read."""
    found = np.full((len(facts), len(RULES)), -1, dtype=np.int32)
    for number, text in enumerate(facts):
        control = clingo.Control(["--warn=none"])
        control.add("base", [], _LAW)
        control.add("base", [], text)
        control.ground([("base", [])])
        with control.solve(yield_=True) as answers:
            for model in answers:
                for symbol in model.symbols(shown=True):
                    rule, state = symbol.arguments
                    found[number, rule.number] = CODE[state.name]
    return found


# ---------------------------------------------------------------- OpenFisca


OPENFISCA_RULES = ("m.seized", "m.suspend", "m.lift")
_INPUTS = {"seizure": SEIZURE, "suspension": SUSPENSION, "lifting": LIFTING, "order": ORDER}
_HISTORY = build_entity(key="history", plural="histories", label="A history", is_person=True)


def _first_day(history: Any, period: Any, name: str, start: Any = None) -> Any:
    """The first day of the two years on which an input is true (from a day of each history on); 0 is none."""
    found = np.zeros(history.count, dtype=np.int32)
    for day in range(FIRST.toordinal(), period.start.date.toordinal() + 1):
        happened = history(name, _period(day)) & (found == 0)
        if start is not None:
            happened &= (start > 0) & (start <= day)
        found[happened] = day
    return found


def _fisca_duty(start: Any, done: Any, term: int, today: int) -> Any:
    """What became of a duty, by the days on which it arose and was done."""
    due = start + term
    ran = np.where(done > 0, np.where(done <= due, FULFILLED, LATE), np.where(today <= due, PENDING, OVERDUE))
    return np.where(start > 0, ran, NOT_TRIGGERED)


def _first_seizure(history: Any, period: Any) -> Any:
    return _first_day(history, period, "seizure")


def _seized(history: Any, period: Any) -> Any:
    return np.where(history("first_seizure", period) > 0, MET, NOT_MET)


def _suspend(history: Any, period: Any) -> Any:
    start = history("first_seizure", period)
    done = _first_day(history, period, "suspension", start)
    return _fisca_duty(start, done, TERMS[0], period.start.date.toordinal())


def _lift(history: Any, period: Any) -> Any:
    begun, ordered = history("first_seizure", period), _first_day(history, period, "order")
    start = np.where((begun > 0) & (ordered > 0), np.maximum(begun, ordered), 0)
    done = _first_day(history, period, "lifting", start)
    return _fisca_duty(start, done, TERMS[1], period.start.date.toordinal())


_COMPUTED = {"first_seizure": _first_seizure, "seized": _seized, "suspend": _suspend, "lift": _lift}


def _period(day: int) -> Period:
    when = date.fromordinal(day)
    return Period((DateUnit.DAY, Instant((when.year, when.month, when.day)), 1))


def as_simulation(histories: Histories, as_of: date) -> Any:
    """Histories as a population, with an input a day for each type of event that the three rules look at."""
    system = TaxBenefitSystem([_HISTORY])
    shape = {"entity": _HISTORY, "definition_period": DateUnit.DAY}
    for name in _INPUTS:
        system.add_variable(type(name, (Variable,), shape | {"value_type": bool}))
    for name, formula in _COMPUTED.items():
        system.add_variable(type(name, (Variable,), shape | {"value_type": int, "formula": formula}))
    simulation = SimulationBuilder().build_default_simulation(system, len(histories))
    number = np.repeat(np.arange(len(histories)), np.diff(histories.offsets))
    today = as_of.toordinal()
    for name, kind in _INPUTS.items():
        chosen = (histories.type == kind) & (histories.known <= today)
        grid = np.zeros((today - FIRST.toordinal() + 1, len(histories)), dtype=np.bool_)
        inside = chosen & (histories.day <= today)
        grid[histories.day[inside] - FIRST.toordinal(), number[inside]] = True
        for step, row in enumerate(grid):
            simulation.set_input(name, _period(FIRST.toordinal() + step), row)
    return simulation


def openfisca_states(simulation: Any, as_of: date) -> States:
    """Three of the six: a status lasts from one day into the next, and two rules lean on what stood on another day;
    stating that would take every variable on every day."""
    when = _period(as_of.toordinal())
    for variable in _COMPUTED:
        simulation.delete_arrays(variable)
    return np.stack([simulation.calculate(name, when) for name in ("seized", "suspend", "lift")], axis=1)
