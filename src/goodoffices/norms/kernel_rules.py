"""The kernel’s rules: what a status, definition, prohibition, permission or duty comes to on the day reached.

Invariant: each gives what its judge in the case evaluator gives; True where dates would have to be weighed.
"""

from __future__ import annotations

from typing import Any

from goodoffices.norms import calendar
from goodoffices.norms.kernel_conditions import condition, exceptions, gate
from goodoffices.norms.kernel_layout import (
    ALREADY,
    ALREADY_INDEX,
    AVAILABLE,
    BEGUN,
    BEGUN_INDEX,
    C_ALREADY,
    C_ALSTATE,
    C_AMOUNT,
    C_B1,
    C_B2,
    C_BLAST,
    C_COMP,
    C_CURES,
    C_E1,
    C_E2,
    C_ENDED,
    C_EXERCISED,
    C_FORBIDS,
    C_FROM1,
    C_KIND,
    C_LAPSES,
    C_MAIN,
    C_MUST,
    C_PRE,
    C_PUBLIC,
    C_REFUSED,
    C_ROUND,
    C_UN1,
    C_UN2,
    C_UNIT,
    C_UNVERIFIED,
    CAUSE,
    COMPENSATED,
    DEVIATION,
    DISCHARGED,
    DONE,
    DUE,
    ENDED,
    ENDED_DAY,
    ENDED_INDEX,
    EXERCISED,
    FULFILLED,
    FULFILLED_LATE,
    IN_FORCE_STATE,
    MADE_GOOD,
    MET_STATE,
    NEXT,
    NO_STATE,
    NOT_AVAILABLE,
    NOT_IN_FORCE,
    NOT_MET,
    NOT_TRIGGERED,
    OPEN,
    OVER,
    OVER_INDEX,
    OVERDUE,
    P_FIRST,
    P_FIRST_INDEX,
    P_LAST,
    P_LAST_INDEX,
    PENDING,
    PERFORMED,
    PERFORMED_INDEX,
    PERHAPS,
    POSSIBLE,
    PROHIBITION,
    RAW,
    REACHED,
    REFUSED,
    REFUSED_INDEX,
    SINCE,
    START,
    START_INDEX,
    STATE,
    TRIGGER,
    UNDETERMINED,
    VALUE,
    VALUE_INDEX,
    VALUE_SINCE,
    W_BEGINS,
    W_COMP,
    W_DONE,
    W_ENDED,
    W_ENDS,
    W_MUST,
    W_REFUSED,
    WATCH,
    jit,
)
from goodoffices.norms.program import FAILS, HOLDS, UNKNOWN


@jit
def status(rule: int, today: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any) -> bool:
    """A status: what an organ's act began lasts until another ended it, or the rule no longer reaches the state."""
    row, moves = prog[0][rule], prog[4]
    begins, ends = -1, -1
    for place in range(row[C_B1], row[C_B2]):
        pattern = moves[place]
        if ps[pattern, P_LAST] == today and (begins < 0 or ps[pattern, P_LAST_INDEX] < begins):
            begins = ps[pattern, P_LAST_INDEX]
    for place in range(row[C_E1], row[C_E2]):
        pattern = moves[place]
        if ps[pattern, P_LAST] == today and (ends < 0 or ps[pattern, P_LAST_INDEX] < ends):
            ends = ps[pattern, P_LAST_INDEX]
    hard = False
    for turn in range(2):
        ending = (turn == 0) == (row[C_BLAST] == 1)
        if ending and ends >= 0 and rs[rule, BEGUN] > 0 and rs[rule, OVER] == 0:
            rs[rule, OVER], rs[rule, OVER_INDEX] = today, ends
        elif not ending and begins >= 0 and (rs[rule, BEGUN] == 0 or rs[rule, OVER] > 0):
            if rs[rule, BEGUN] != today or rs[rule, OVER] != today:
                rs[rule, REACHED], _, hard = gate(rule, today, prog, rs, ps, ms, stack)
            rs[rule, BEGUN], rs[rule, BEGUN_INDEX] = today, begins
            rs[rule, OVER], rs[rule, OVER_INDEX] = 0, -1
    begun, over = rs[rule, BEGUN], rs[rule, OVER]
    state, cause = NOT_IN_FORCE, -1
    if begun > 0:
        state, cause = (ENDED, rs[rule, OVER_INDEX]) if over > 0 else (IN_FORCE_STATE, rs[rule, BEGUN_INDEX])
    rs[rule, RAW] = state
    until = over
    if state == IN_FORCE_STATE and rs[rule, REACHED] == HOLDS:
        reached, since, weigh = gate(rule, today, prog, rs, ps, ms, stack)
        hard = hard or weigh
        if reached == FAILS:
            state, until = ENDED, since
            hard = hard or since == 0
    rs[rule, STATE], rs[rule, SINCE], rs[rule, DUE], rs[rule, DONE] = state, begun, 0, 0
    rs[rule, TRIGGER], rs[rule, CAUSE] = rs[rule, BEGUN_INDEX], cause
    rs[rule, VALUE] = HOLDS if state == IN_FORCE_STATE else FAILS
    rs[rule, VALUE_SINCE] = until if state == ENDED else begun
    rs[rule, VALUE_INDEX] = cause
    rs[rule, WATCH] = W_ENDS if begun > 0 and over == 0 else W_BEGINS
    return hard


@jit
def definition(rule: int, today: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any) -> bool:
    """A definition: asked of the day on which what it describes began."""
    row = prog[0][rule]
    verdict, since, index, hard = condition(row[C_MAIN], prog, rs, ps, ms, stack)
    if row[C_UN2] > row[C_UN1]:
        free, _, _, over, weigh = exceptions(rule, prog, rs, ps, ms, stack)
        hard = hard or weigh
        verdict = min(verdict, HOLDS - free)
        if 0 < since < over:  # it holds anew since an exception ended
            since, index = over, -1
    if verdict != FAILS:
        if since != rs[rule, START] or rs[rule, START] == 0:
            rs[rule, START] = since
            rs[rule, REACHED], _, weigh = gate(rule, today, prog, rs, ps, ms, stack)
            hard = hard or weigh or (0 < since < today and rs[rule, STATE] != NO_STATE)
        elif since == 0:
            rs[rule, REACHED], _, weigh = gate(rule, today, prog, rs, ps, ms, stack)
            hard = hard or weigh
        verdict = min(verdict, rs[rule, REACHED])
    state = MET_STATE if verdict == HOLDS else NOT_MET if verdict == FAILS else UNDETERMINED
    since = since if verdict != FAILS else 0
    rs[rule, STATE], rs[rule, SINCE], rs[rule, DUE], rs[rule, DONE] = state, since, 0, 0
    rs[rule, TRIGGER], rs[rule, CAUSE] = (index, index) if verdict != FAILS else (-1, -1)
    rs[rule, VALUE], rs[rule, VALUE_SINCE], rs[rule, VALUE_INDEX] = verdict, since, rs[rule, TRIGGER]
    return hard


@jit
def standing(rule: int, today: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any) -> bool:
    """A prohibition, permission or power: what holds today, and whether its act was done on a day when it held."""
    row = prog[0][rule]
    reached, _, hard = gate(rule, today, prog, rs, ps, ms, stack)
    held, since, index = HOLDS, 0, -1
    if row[C_MAIN] >= 0:
        held, since, index, weigh = condition(row[C_MAIN], prog, rs, ps, ms, stack)
        hard = hard or weigh
    verdict = min(reached, held)
    if row[C_UN2] > row[C_UN1]:
        free, _, _, over, weigh = exceptions(rule, prog, rs, ps, ms, stack)
        hard = hard or weigh
        verdict = min(verdict, HOLDS - free)
        if 0 < since < over:  # it holds anew since an exception ended
            since, index = over, -1
    ban = row[C_KIND] == PROHIBITION
    act = row[C_FORBIDS] if ban else row[C_EXERCISED]
    if act >= 0 and ps[act, P_LAST] == today:
        if verdict == HOLDS and rs[rule, PERFORMED] == 0:
            rs[rule, PERFORMED], rs[rule, PERFORMED_INDEX] = today, ps[act, P_LAST_INDEX]
        elif verdict == UNKNOWN:
            rs[rule, PERHAPS] = 1
    done = rs[rule, PERFORMED] > 0
    if 0 < since < row[C_FROM1]:  # nothing stands before the norm does
        since = row[C_FROM1]
    if ban:
        state = IN_FORCE_STATE if verdict == HOLDS else NOT_IN_FORCE if verdict == FAILS else UNDETERMINED
        if done:
            state = UNDETERMINED if row[C_UNVERIFIED] == 1 else DEVIATION
        elif rs[rule, PERHAPS] == 1:
            state = UNDETERMINED
        told = verdict == HOLDS and (done or state == IN_FORCE_STATE)
    else:
        state = AVAILABLE if verdict == HOLDS else NOT_AVAILABLE if verdict == FAILS else UNDETERMINED
        state = EXERCISED if done else state
        told = verdict == HOLDS
    rs[rule, STATE], rs[rule, SINCE] = state, (since if told else 0)
    rs[rule, DUE], rs[rule, DONE] = 0, rs[rule, PERFORMED]
    rs[rule, TRIGGER], rs[rule, CAUSE] = (index if told else -1), rs[rule, PERFORMED_INDEX]
    rs[rule, WATCH] = 0 if done or verdict == FAILS else W_DONE
    return hard


@jit
def _act(pattern: int, today: int, day: int, index: int, ps: Any) -> tuple[int, int]:
    """The first act since the duty arose: the one kept, or today's."""
    if day == 0 and pattern >= 0 and ps[pattern, P_LAST] == today:
        return today, ps[pattern, P_LAST_INDEX]
    return day, index


@jit
def _arise(rule: int, since: int, index: int, today: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any) -> bool:
    """A duty arises: whether the rule reaches the case that day, and whether it is so already."""
    row = prog[0][rule]
    hard = since < today and rs[rule, STATE] != NO_STATE
    rs[rule, START], rs[rule, START_INDEX] = since, index
    rs[rule, REACHED], _, weigh = gate(rule, today, prog, rs, ps, ms, stack)
    for quantity in (PERFORMED, REFUSED, ENDED_DAY, MADE_GOOD, ALREADY):
        rs[rule, quantity] = 0
    rs[rule, PERFORMED_INDEX] = rs[rule, REFUSED_INDEX] = rs[rule, ENDED_INDEX] = rs[rule, ALREADY_INDEX] = -1
    status = row[C_ALREADY]
    if status >= 0 and rs[status, RAW] == row[C_ALSTATE]:
        in_force = row[C_ALSTATE] == IN_FORCE_STATE
        day = rs[status, BEGUN] if in_force else rs[status, OVER]
        if day < since:
            rs[rule, ALREADY] = day
            rs[rule, ALREADY_INDEX] = rs[status, BEGUN_INDEX] if in_force else rs[status, OVER_INDEX]
    if row[C_PRE] == 1 and row[C_MUST] >= 0:
        rs[rule, PERFORMED], rs[rule, PERFORMED_INDEX] = ps[row[C_MUST], P_FIRST], ps[row[C_MUST], P_FIRST_INDEX]
    return hard or weigh


@jit
def _done(performed: int, start: int, due: int, row: Any) -> int:
    """What a performed duty comes to."""
    if due == 0:
        return FULFILLED
    late = FULFILLED_LATE if row[C_CURES] == 1 and row[C_LAPSES] == 0 else DEVIATION
    if row[C_UNIT] != 0:
        return FULFILLED if performed <= due else late
    apart = performed - start  # the hours between two days lie between these two
    if (apart + 1) * calendar.HOURS <= row[C_AMOUNT]:
        return FULFILLED
    return late if (apart - 1) * calendar.HOURS >= row[C_AMOUNT] else POSSIBLE


@jit
def _made_good(rule: int, today: int, due: int, state: int, row: Any, rs: Any, ps: Any) -> int:
    """A breach, or that an act on its day or later made it good."""
    broken = due + 1 if due > 0 else 0
    for quantity in (REFUSED, ENDED_DAY):
        day = rs[rule, quantity]
        if day > 0 and (broken == 0 or day < broken):
            broken = day
    if row[C_COMP] >= 0 and ps[row[C_COMP], P_LAST] == today and 0 < broken <= today:
        rs[rule, MADE_GOOD] = today
    return COMPENSATED if rs[rule, MADE_GOOD] > 0 else state


@jit
def _course(rule: int, today: int, freed: int, prog: Any, rs: Any, ps: Any) -> tuple[int, int]:
    """What became of a duty that has arisen, and the day on which that turns by itself."""
    row = prog[0][rule]
    start, performed = rs[rule, START], rs[rule, PERFORMED]
    refused, ended = rs[rule, REFUSED], rs[rule, ENDED_DAY]
    due = calendar.due(start, row[C_AMOUNT], row[C_UNIT], row[C_ROUND]) if row[C_AMOUNT] >= 0 else 0
    rs[rule, DUE] = due
    state, turns = OPEN, 0
    in_time = freed > 0 and (due == 0 or freed <= due) and (refused == 0 or freed <= refused)
    in_time = in_time and (ended == 0 or freed <= ended)
    if performed > 0 and (ended == 0 or performed <= ended):
        state = _done(performed, start, due, row)
        if in_time and state != FULFILLED:  # what was no longer owed cannot be done late
            state = DISCHARGED
    elif in_time:
        state = DISCHARGED
    elif refused > 0 or (ended > 0 and row[C_PUBLIC] == 1):
        state = DEVIATION
    elif ended > 0:
        state = UNDETERMINED
    elif freed > 0:
        state = DEVIATION if row[C_PUBLIC] == 1 else UNDETERMINED
    elif due == 0:
        state = OPEN if row[C_PUBLIC] == 1 else UNDETERMINED
    elif due >= today:
        state, turns = PENDING, due + 1
    elif row[C_PUBLIC] == 0:
        state = UNDETERMINED
    else:
        state = DEVIATION if row[C_LAPSES] == 1 else OVERDUE
    if state == DEVIATION or state == OVERDUE:
        state = _made_good(rule, today, due, state, row, rs, ps)
    return state, turns


@jit
def _acts(rule: int, today: int, row: Any, rs: Any, ps: Any) -> None:
    """What was done, refused or ended today, where that is the first time since the duty arose."""
    rs[rule, PERFORMED], rs[rule, PERFORMED_INDEX] = _act(
        row[C_MUST], today, rs[rule, PERFORMED], rs[rule, PERFORMED_INDEX], ps
    )
    rs[rule, REFUSED], rs[rule, REFUSED_INDEX] = _act(
        row[C_REFUSED], today, rs[rule, REFUSED], rs[rule, REFUSED_INDEX], ps
    )
    rs[rule, ENDED_DAY], rs[rule, ENDED_INDEX] = _act(
        row[C_ENDED], today, rs[rule, ENDED_DAY], rs[rule, ENDED_INDEX], ps
    )


@jit
def obligation(rule: int, today: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any) -> bool:
    """A duty: from its trigger, what must be done, by when, and what became of it."""
    row = prog[0][rule]
    triggered, since, index, hard = condition(row[C_MAIN], prog, rs, ps, ms, stack)
    rs[rule, NEXT], rs[rule, DUE], rs[rule, DONE], rs[rule, SINCE] = 0, 0, 0, 0
    rs[rule, TRIGGER], rs[rule, CAUSE], rs[rule, WATCH] = -1, -1, 0
    if triggered == FAILS:
        rs[rule, STATE] = NOT_TRIGGERED
        return hard
    if since == 0:
        rs[rule, STATE] = UNDETERMINED
        return hard
    if since != rs[rule, START]:
        hard = _arise(rule, since, index, today, prog, rs, ps, ms, stack) or hard
    reached = rs[rule, REACHED]
    if reached == FAILS:
        rs[rule, STATE] = NOT_TRIGGERED
        return hard
    rs[rule, SINCE], rs[rule, TRIGGER] = since, rs[rule, START_INDEX]
    if rs[rule, ALREADY] > 0:
        rs[rule, DONE], rs[rule, CAUSE] = rs[rule, ALREADY], rs[rule, ALREADY_INDEX]
        rs[rule, STATE] = FULFILLED if reached == triggered == HOLDS else UNDETERMINED
        return hard
    _acts(rule, today, row, rs, ps)
    _, freed, doubt, _, weigh = exceptions(rule, prog, rs, ps, ms, stack)
    hard = hard or weigh
    if freed == -1:
        freed = since
    if reached == HOLDS and today > since:
        now, lost, weigh = gate(rule, today, prog, rs, ps, ms, stack)
        hard = hard or weigh or (now == FAILS and lost == 0)
        if now == FAILS and lost > 0 and (freed == 0 or lost < freed):
            freed = lost
    state, turns = _course(rule, today, freed, prog, rs, ps)
    departed = state == DEVIATION  # the act that departed is told, also where an exception may have freed from the duty
    if doubt and (
        state == DEVIATION or state == OVERDUE or state == POSSIBLE or state == FULFILLED_LATE or state == COMPENSATED
    ):
        state = UNDETERMINED
    told = departed or state == FULFILLED or state == FULFILLED_LATE or state == POSSIBLE
    if rs[rule, PERFORMED] > 0 and told:
        rs[rule, DONE], rs[rule, CAUSE] = rs[rule, PERFORMED], rs[rule, PERFORMED_INDEX]
    elif rs[rule, REFUSED] > 0:
        rs[rule, CAUSE] = rs[rule, REFUSED_INDEX]
    else:
        rs[rule, CAUSE] = rs[rule, ENDED_INDEX]
    if (state == DEVIATION or state == OVERDUE) and row[C_UNVERIFIED] == 1:
        state = UNDETERMINED
    if (reached == UNKNOWN or triggered == UNKNOWN) and state != DISCHARGED:
        state = UNDETERMINED
    rs[rule, STATE], rs[rule, NEXT] = state, turns
    rs[rule, WATCH] = (
        (W_MUST if rs[rule, PERFORMED] == 0 else 0)
        | (W_REFUSED if rs[rule, REFUSED] == 0 else 0)
        | (W_ENDED if rs[rule, ENDED_DAY] == 0 else 0)
        | (W_COMP if rs[rule, MADE_GOOD] == 0 else 0)
    )
    return hard
