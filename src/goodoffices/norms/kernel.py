"""The kernel: a compiled rulebook run over one history after another, state by state.

Invariant: for exact, settled facts it gives what the case evaluator gives, day by day; property tests hold the two
together. Where dates would have to be weighed after all, the history is marked hard and left to the case evaluator.
"""

from __future__ import annotations

from typing import Any

from goodoffices.norms.kernel_layout import (
    BEGUN,
    C_KIND,
    CAUSE,
    DEFINITION,
    DIRTY,
    DONE,
    DUE,
    JOINED,
    LEFT,
    M_DAY,
    M_INDEX,
    M_STEP,
    NEVER_DAY,
    NEXT,
    OBLIGATION,
    OPEN_CAUSE,
    OPEN_DONE,
    OPEN_DUE,
    OPEN_FROM,
    OPEN_SINCE,
    OPEN_STATE,
    OPEN_TRIGGER,
    OVER,
    P_FIRST,
    P_FIRST_INDEX,
    P_LAST,
    P_LAST_INDEX,
    RAW,
    SINCE,
    STATE,
    STATUS,
    TRIGGER,
    VALUE,
    VALUE_SINCE,
    WATCH,
    jit,
    jit_whole,
)
from goodoffices.norms.kernel_rules import definition, obligation, standing, status


@jit
def _evaluate(rule: int, today: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any) -> bool:
    """One rule, today. True where dates must be weighed."""
    kind = prog[0][rule, C_KIND]
    if kind == OBLIGATION:
        return obligation(rule, today, prog, rs, ps, ms, stack)
    if kind == STATUS:
        return status(rule, today, prog, rs, ps, ms, stack)
    if kind == DEFINITION:
        return definition(rule, today, prog, rs, ps, ms, stack)
    return standing(rule, today, prog, rs, ps, ms, stack)


@jit
def _apply(place: int, today: int, kind: int, prog: Any, rs: Any, ps: Any, ms: Any) -> bool:
    """One event: the patterns it is of, the organisation it joins or leaves. True where that may change a rule."""
    type_offsets, type_patterns, type_members = prog[5], prog[6], prog[7]
    dirty = False
    for row in range(type_offsets[kind], type_offsets[kind + 1]):
        pattern = type_patterns[row]
        if ps[pattern, P_FIRST] == 0:
            ps[pattern, P_FIRST], ps[pattern, P_FIRST_INDEX] = today, place
            for looking in range(prog[8][pattern], prog[8][pattern + 1]):
                rs[prog[9][looking], DIRTY] = 1
                dirty = True
        if ps[pattern, P_LAST] != today:
            ps[pattern, P_LAST], ps[pattern, P_LAST_INDEX] = today, place
            for looking in range(prog[10][pattern], prog[10][pattern + 1]):
                rule = prog[11][looking, 0]
                if rs[rule, WATCH] & prog[11][looking, 1] != 0:
                    rs[rule, DIRTY] = 1
                    dirty = True
    member = type_members[kind, 0]
    if member >= 0:
        step = LEFT if type_members[kind, 1] == 1 else JOINED
        if not (ms[member, M_DAY] == today and ms[member, M_STEP] == LEFT):  # on one day leaving comes last
            ms[member, M_STEP], ms[member, M_DAY], ms[member, M_INDEX] = step, today, place
        for looking in range(prog[12][member], prog[12][member + 1]):
            rs[prog[13][looking], DIRTY] = 1
            dirty = True
    return dirty


@jit
def _changed(rule: int, rs: Any) -> bool:
    """Whether the rule stands otherwise than when its interval was opened."""
    return bool(
        rs[rule, STATE] != rs[rule, OPEN_STATE]
        or rs[rule, SINCE] != rs[rule, OPEN_SINCE]
        or rs[rule, DUE] != rs[rule, OPEN_DUE]
        or rs[rule, DONE] != rs[rule, OPEN_DONE]
    )


@jit
def _close(rule: int, history: int, until: int, rs: Any, out: Any, used: int) -> int:
    """Write the open interval of a rule, where there is one and room for it."""
    if rs[rule, OPEN_FROM] == 0 or rs[rule, OPEN_FROM] >= until:
        return used
    if used < out.shape[1]:
        out[0, used], out[1, used], out[2, used], out[3, used] = history, rule, rs[rule, OPEN_FROM], until
        out[4, used], out[5, used], out[6, used] = rs[rule, OPEN_STATE], rs[rule, OPEN_SINCE], rs[rule, OPEN_DUE]
        out[7, used], out[8, used], out[9, used] = rs[rule, OPEN_DONE], rs[rule, OPEN_TRIGGER], rs[rule, OPEN_CAUSE]
    return used + 1


@jit
def _settle(
    history: int, today: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any, out: Any, used: int
) -> tuple[int, bool, int]:
    """Evaluate what today may have changed, in the order of leaning; give the next day on which a term runs out."""
    hard, soonest, keep = False, NEVER_DAY, out.shape[1] > 0
    for rule in range(rs.shape[0]):
        if rs[rule, DIRTY] == 1:
            rs[rule, DIRTY] = 0
            value, since = rs[rule, VALUE], rs[rule, VALUE_SINCE]
            raw, begun, over = rs[rule, RAW], rs[rule, BEGUN], rs[rule, OVER]
            hard = _evaluate(rule, today, prog, rs, ps, ms, stack) or hard
            moved = raw != rs[rule, RAW] or begun != rs[rule, BEGUN] or over != rs[rule, OVER]
            if moved or value != rs[rule, VALUE] or since != rs[rule, VALUE_SINCE]:
                for looking in range(prog[14][rule], prog[14][rule + 1]):
                    rs[prog[15][looking], DIRTY] = 1
            if keep and _changed(rule, rs):
                used = _close(rule, history, today, rs, out, used)
                rs[rule, OPEN_FROM] = today
                rs[rule, OPEN_STATE], rs[rule, OPEN_SINCE] = rs[rule, STATE], rs[rule, SINCE]
                rs[rule, OPEN_DUE], rs[rule, OPEN_DONE] = rs[rule, DUE], rs[rule, DONE]
                rs[rule, OPEN_TRIGGER], rs[rule, OPEN_CAUSE] = rs[rule, TRIGGER], rs[rule, CAUSE]
        if 0 < rs[rule, NEXT] < soonest:
            soonest = rs[rule, NEXT]
    return used, hard, soonest


@jit
def _finish(first: int, history: int, horizon: int, rs: Any, out: Any, last: Any, used: int) -> int:
    """The horizon is reached: close the open intervals, and note the states of that day where there is room."""
    for rule in range(rs.shape[0]):
        used = _close(rule, first + history, horizon + 1, rs, out, used)
        if last.shape[0] > history:
            last[history, rule, 0], last[history, rule, 1] = rs[rule, STATE], rs[rule, SINCE]
            last[history, rule, 2], last[history, rule, 3] = rs[rule, DUE], rs[rule, DONE]
    return used


@jit_whole
def run(
    columns: Any, first: int, known_at: int, horizon: int, prog: Any, scratch: Any, out: Any, last: Any, hard: Any
) -> int:
    """Run histories one after another. Gives how many intervals there are; they are in `out` as far as it has room,
    and are not looked for where it has none.

    `columns` are offsets, day, known and type of the histories; `first` numbers the first of them. `last` takes the
    state, since, due and done of every rule on the horizon's day, where it has room; `hard` marks histories to weigh.
    """
    offsets, days, known, kinds = columns
    rs, ps, ms, stack, everything, blank = scratch
    turns, turn_rules = prog[16], prog[17]
    rules, used, keep = rs.shape[0], 0, out.shape[1] > 0
    for history in range(len(offsets) - 1):
        for place in range(len(blank)):
            everything[place] = blank[place]
        begin, end = offsets[history], offsets[history + 1]
        event, turn, dirty = begin, 0, True
        while event < end and known[event] > known_at:
            event += 1
        today = min(days[event], horizon) if event < end else horizon
        while turn < len(turns) and turns[turn] <= today:
            turn += 1
        alarm = turns[turn] if turn < len(turns) else NEVER_DAY
        while True:
            stop = min(alarm, horizon + 1)
            while event < end:
                if known[event] <= known_at:
                    day = days[event]
                    if day != today:
                        if dirty or day >= stop:
                            break
                        today = day
                    if _apply(event - begin, today, kinds[event], prog, rs, ps, ms):
                        dirty = True
                event += 1
            if dirty:  # the day is over
                used, weigh, alarm = _settle(first + history, today, prog, rs, ps, ms, stack, out, used)
                dirty = False
                if alarm < horizon and not keep:  # nobody asks on which day a term ran out, only whether it has
                    alarm = horizon
                if turn < len(turns):
                    alarm = min(alarm, turns[turn])
                if weigh:
                    hard[history] = 1
            elif alarm <= horizon:  # a day on which something turns by itself
                today, dirty = alarm, True
                for rule in range(rules):
                    if 0 < rs[rule, NEXT] <= today:
                        rs[rule, DIRTY] = 1
                while turn < len(turns) and turns[turn] <= today:
                    rs[turn_rules[turn], DIRTY] = 1
                    turn += 1
            else:
                break
        used = _finish(first, history, horizon, rs, out, last, used)
    return used
