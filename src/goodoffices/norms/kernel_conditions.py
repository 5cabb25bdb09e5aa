"""The kernel’s conditions: what a condition, a guard or an exception comes to on the day a history has reached."""

from __future__ import annotations

from typing import Any

from goodoffices.norms.kernel_layout import (
    C_FROM1,
    C_FROM2,
    C_GATE,
    C_TO1,
    C_TO2,
    C_UN1,
    C_UN2,
    JOINED,
    M_DAY,
    M_INDEX,
    M_STEP,
    P_FIRST,
    P_FIRST_INDEX,
    VALUE,
    VALUE_INDEX,
    VALUE_SINCE,
    jit,
)
from goodoffices.norms.program import ALL, CONST, FAILS, HOLDS, IN_FORCE, MEMBER, MET, NOT, PARTY, RECORDED, UNKNOWN


@jit
def _all_of(stack: Any, first: int, count: int) -> None:
    """The parts from `first` on, joined: each holds, since the last of their days."""
    verdict, since, index = HOLDS, 0, -1
    for part in range(first, first + count):
        verdict = min(verdict, stack[part, 0])
        if stack[part, 1] > since:
            since, index = stack[part, 1], stack[part, 2]
    if verdict == FAILS:
        since, index = 0, -1
    stack[first, 0], stack[first, 1], stack[first, 2] = verdict, since, index


@jit
def _any_of(stack: Any, first: int, count: int) -> bool:
    """The parts from `first` on, joined: one holds, since the first of their days. True where that is one of two."""
    verdict, sure, index, perhaps, other = FAILS, 0, -1, 0, -1
    for part in range(first, first + count):
        mine, day = stack[part, 0], stack[part, 1]
        verdict = max(verdict, mine)
        if mine == HOLDS and day > 0 and (sure == 0 or day < sure):
            sure, index = day, stack[part, 2]
        elif mine == UNKNOWN and day > 0 and (perhaps == 0 or day < perhaps):
            perhaps, other = day, stack[part, 2]
    hard = sure > 0 and 0 < perhaps < sure
    if sure == 0:
        sure, index = perhaps, other
    stack[first, 0], stack[first, 1], stack[first, 2] = verdict, sure, index
    return bool(hard)


@jit
def condition(number: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any) -> tuple[int, int, int, bool]:
    """What a condition comes to now: its verdict, since when, by which event, and whether dates must be weighed."""
    steps, conditions = prog[1], prog[2]
    begin, end = conditions[number, 0], conditions[number, 1]
    if end == begin + 1:  # most are one step, and need no stack
        operation, a = steps[begin, 0], steps[begin, 1]
        if operation == RECORDED and ps[a, P_FIRST] > 0:
            return HOLDS, ps[a, P_FIRST], ps[a, P_FIRST_INDEX], False
        if operation == MET or operation == IN_FORCE:
            return rs[a, VALUE], rs[a, VALUE_SINCE], rs[a, VALUE_INDEX], False
    top, hard = 0, False
    for step in range(begin, end):
        operation, a, b = steps[step, 0], steps[step, 1], steps[step, 2]
        if operation == RECORDED:
            if ps[a, P_FIRST] > 0:
                stack[top, 0], stack[top, 1], stack[top, 2] = HOLDS, ps[a, P_FIRST], ps[a, P_FIRST_INDEX]
            else:
                silent = UNKNOWN if b >= 0 and ps[b, P_FIRST] == 0 else FAILS
                stack[top, 0], stack[top, 1], stack[top, 2] = silent, 0, -1
            top += 1
        elif operation == MEMBER:
            verdict = HOLDS if ms[a, M_STEP] == JOINED else FAILS
            stack[top, 0], stack[top, 1], stack[top, 2] = verdict, ms[a, M_DAY], ms[a, M_INDEX]
            top += 1
        elif operation == PARTY:
            verdict, act = UNKNOWN, -1
            if ps[b, P_FIRST] > 0:
                verdict, act = FAILS, b
            elif ps[a, P_FIRST] > 0:
                verdict, act = HOLDS, a
            stack[top, 0], stack[top, 1], stack[top, 2] = verdict, 0, -1
            if act >= 0:
                stack[top, 1], stack[top, 2] = ps[act, P_FIRST], ps[act, P_FIRST_INDEX]
            top += 1
        elif operation == MET or operation == IN_FORCE:
            stack[top, 0], stack[top, 1], stack[top, 2] = rs[a, VALUE], rs[a, VALUE_SINCE], rs[a, VALUE_INDEX]
            top += 1
        elif operation == CONST:
            stack[top, 0], stack[top, 1], stack[top, 2] = a, 0, -1
            top += 1
        elif operation == NOT:
            stack[top - 1, 0] = HOLDS - stack[top - 1, 0]
        elif operation == ALL:
            top -= a
            _all_of(stack, top, a)
            top += 1
        else:
            top -= a
            hard = _any_of(stack, top, a) or hard
            top += 1
    return stack[0, 0], stack[0, 1], stack[0, 2], hard


@jit
def gate(rule: int, today: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any) -> tuple[int, int, bool]:
    """Whether the rule reaches the case today, and since when that has been so."""
    row = prog[0][rule]
    if today < row[C_FROM1] or today >= row[C_TO2]:
        return FAILS, (row[C_TO2] if today >= row[C_TO2] else 0), False
    if today < row[C_FROM2] or today >= row[C_TO1]:
        return UNKNOWN, 0, False
    if row[C_GATE] < 0:
        return HOLDS, 0, False
    verdict, since, _, hard = condition(row[C_GATE], prog, rs, ps, ms, stack)
    return verdict, since, hard


@jit
def exceptions(rule: int, prog: Any, rs: Any, ps: Any, ms: Any, stack: Any) -> tuple[int, int, bool, int, bool]:
    """Whether an exception holds, the first day since which one has, whether another is unknown, the last day on which
    one ended, and hard."""
    row, unless = prog[0][rule], prog[3]
    verdict, first, doubt, over, hard = FAILS, 0, False, 0, False
    for place in range(row[C_UN1], row[C_UN2]):
        one, since, _, weigh = condition(unless[place], prog, rs, ps, ms, stack)
        hard = hard or weigh
        verdict = max(verdict, one)
        if one == HOLDS:
            day = since if since > 0 else -1  # -1: it holds, and since when is the duty's own start
            if first == 0 or day < first:
                first = day
        elif one == UNKNOWN:
            doubt = True
        elif since > over:
            over = since
    return verdict, first, doubt, over, hard
