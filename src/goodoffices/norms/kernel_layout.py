"""How the kernel keeps its numbers: codes of states and kinds, columns of the rule table, rows of the scratch tables.

`rs` has a row a rule and a column a quantity, `ps` and `ms` the same for patterns and organisations. Days are ordinals,
0 is none; indexes count events within the history, -1 is none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from goodoffices.norms.compiled import compiled
from goodoffices.norms.program import ACTS, COLUMN, STATES

# One loop over tables that are handed in: inlined into it, and without counting who holds which table. Counting at
# every look at a table took thirty times as long as the rules did. Compiled functions therefore allocate nothing.
_OPTIONS: Final[dict[str, Any]] = {"nogil": True, "_nrt": False}  # the last has no public name
_Function = TypeVar("_Function", bound=Callable[..., Any])


def jit(function: _Function) -> _Function:
    """Compiled into its callers."""
    return compiled(function, forceinline=True, **_OPTIONS)


def jit_whole(function: _Function) -> _Function:
    """Compiled, and called from Python."""
    return compiled(function, **_OPTIONS)


(
    NOT_TRIGGERED,
    PENDING,
    OPEN,
    FULFILLED,
    FULFILLED_LATE,
    OVERDUE,
    DEVIATION,
    DISCHARGED,
    COMPENSATED,
    POSSIBLE,
    UNDETERMINED,
    IN_FORCE_STATE,
    NOT_IN_FORCE,
    ENDED,
    AVAILABLE,
    EXERCISED,
    NOT_AVAILABLE,
    MET_STATE,
    NOT_MET,
) = range(len(STATES))
OBLIGATION, STATUS, DEFINITION, PROHIBITION, PERMISSION, POWER = range(6)
NO_STATE: Final = -1

# Columns of the rule table.
C_KIND, C_FROM1, C_FROM2, C_TO1, C_TO2 = (
    COLUMN[name] for name in ("kind", "from_first", "from_last", "to_first", "to_last")
)
C_GATE, C_MAIN, C_UN1, C_UN2 = (COLUMN[name] for name in ("gate", "main", "first_unless", "end_unless"))
C_MUST, C_REFUSED, C_ENDED, C_COMP = (COLUMN[name] for name in ("must", "refused", "ended", "compensated"))
C_FORBIDS, C_EXERCISED = COLUMN["forbids"], COLUMN["exercised"]
C_AMOUNT, C_UNIT, C_ROUND = COLUMN["amount"], COLUMN["unit"], COLUMN["rounding"]
C_PRE, C_LAPSES, C_CURES, C_PUBLIC = (COLUMN[name] for name in ("preemptive", "lapses", "late_cures", "public"))
C_UNVERIFIED, C_ALREADY, C_ALSTATE = (COLUMN[name] for name in ("unverified", "already", "already_state"))
C_BLAST, C_B1, C_B2, C_E1, C_E2 = (
    COLUMN[name] for name in ("begins_last", "first_begin", "end_begin", "first_end", "end_end")
)

# Columns of `rs`: what is kept of a rule while a history runs.
QUANTITIES: Final = (
    *("state", "since", "due", "done", "trigger", "cause", "value", "value_since", "value_index"),
    *("start", "start_index", "reached", "performed", "performed_index", "refused", "refused_index"),
    *("ended", "ended_index", "made_good", "already", "already_index"),
    *("begun", "begun_index", "over", "over_index", "raw", "next", "perhaps", "dirty", "watch"),
    *("open_from", "open_state", "open_since", "open_due", "open_done", "open_trigger", "open_cause"),
)
(
    STATE,
    SINCE,
    DUE,
    DONE,
    TRIGGER,
    CAUSE,
    VALUE,
    VALUE_SINCE,
    VALUE_INDEX,
    START,
    START_INDEX,
    REACHED,
    PERFORMED,
    PERFORMED_INDEX,
    REFUSED,
    REFUSED_INDEX,
    ENDED_DAY,
    ENDED_INDEX,
    MADE_GOOD,
    ALREADY,
    ALREADY_INDEX,
    BEGUN,
    BEGUN_INDEX,
    OVER,
    OVER_INDEX,
    RAW,
    NEXT,
    PERHAPS,
    DIRTY,
    WATCH,
    OPEN_FROM,
    OPEN_STATE,
    OPEN_SINCE,
    OPEN_DUE,
    OPEN_DONE,
    OPEN_TRIGGER,
    OPEN_CAUSE,
) = range(len(QUANTITIES))
# Bits of "watch": the acts that could change the rule as it stands. Others need no look at it.
W_MUST, W_REFUSED, W_ENDED, W_COMP, W_DONE, W_BEGINS, W_ENDS = (1 << bit for bit in range(len(ACTS)))
P_FIRST, P_FIRST_INDEX, P_LAST, P_LAST_INDEX = range(4)
M_STEP, M_DAY, M_INDEX = range(3)
JOINED, LEFT = 1, 2
NEVER_DAY: Final = 2**31 - 1
DEPTH: Final = 64

Scratch = npt.NDArray[np.int32]
# Columns of `rs` in which nothing is -1.
_NONE_YET: Final = (
    *(STATE, TRIGGER, CAUSE, VALUE_INDEX, START_INDEX, PERFORMED_INDEX, REFUSED_INDEX, OPEN_STATE),
    *(ENDED_INDEX, ALREADY_INDEX, BEGUN_INDEX, OVER_INDEX, OPEN_TRIGGER, OPEN_CAUSE),
)


def scratch(rules: int, patterns: int, members: int) -> tuple[Scratch, ...]:
    """The tables a history runs in: `rs`, `ps`, `ms` and the stack; then all but the stack as one row, and what that
    row is before anything happened."""
    sizes = rules * len(QUANTITIES), max(1, patterns) * 4, max(1, members) * 3
    blank = np.zeros(sum(sizes), dtype=np.int32)
    rs = blank[: sizes[0]].reshape(rules, len(QUANTITIES))
    rs[:, DIRTY] = 1
    rs[:, RAW] = NOT_IN_FORCE
    rs[:, _NONE_YET] = -1
    row = blank.copy()
    rs, ps, ms = np.split(row, np.cumsum(sizes[:2]))
    tables = rs.reshape(rules, len(QUANTITIES)), ps.reshape(-1, 4), ms.reshape(-1, 3)
    return (*tables, np.zeros((DEPTH, 3), dtype=np.int32), row, blank)
