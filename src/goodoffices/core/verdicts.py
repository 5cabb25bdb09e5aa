"""Four-valued answers. Unknown is an answer, and so is disputed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Never


class Verdict(Enum):
    """Whether something holds, on what is known. Has no truth value: compare it with `is`."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"

    def __bool__(self) -> Never:
        raise TypeError("a verdict has four values: compare it with `is Verdict.HOLDS`, do not test its truth")

    def negated(self) -> Verdict:
        """What holds fails and the reverse; unknown and disputed stay."""
        if self is Verdict.HOLDS:
            return Verdict.FAILS
        if self is Verdict.FAILS:
            return Verdict.HOLDS
        return self


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Holds where all hold; one failure decides; a dispute shows before a mere gap."""
    found = Verdict.HOLDS
    for one in verdicts:
        if one is Verdict.FAILS:
            return one
        if one is Verdict.DISPUTED or (one is Verdict.UNKNOWN and found is Verdict.HOLDS):
            found = one
    return found


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Holds where one holds; fails only where all fail."""
    found = Verdict.FAILS
    for one in verdicts:
        if one is Verdict.HOLDS:
            return one
        if one is Verdict.DISPUTED or (one is Verdict.UNKNOWN and found is Verdict.FAILS):
            found = one
    return found
