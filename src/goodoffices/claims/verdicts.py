"""What a claim comes to: the words a report uses, and how far what was found may lie from them.

Invariant: this table is the only place where a verdict is made. `judge` is given what is expected and every value the
facts allow, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final, Never

Value = float | bool | frozenset[str]


class ClaimVerdict(Enum):
    """What became of a claim. Has no truth value: compare it with `is`."""

    HOLDS = "holds"
    FAILS = "fails"
    BORDERLINE = "borderline"
    UNKNOWN = "unknown"

    def __bool__(self) -> Never:
        raise TypeError("a claim's verdict has four values: compare it with `is ClaimVerdict.HOLDS`")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How a word is read: from which share of the figure to which it holds, and to which it is borderline.

    `open_low` and `open_high` say that the bound itself is on the wrong side ("just over a month" is not a month).
    """

    meaning: str
    low: float
    high: float
    low_borderline: float
    high_borderline: float
    open_low: bool = False
    open_high: bool = False


_FAR: Final = float("inf")
_HAIR: Final = 1e-9  # shares are floats: 1.15 of 20 must not miss by a rounding

# One table for all claims. "Borderline" reaches up to twice the tolerance; beyond it a claim fails. Words that bound a
# figure (within, at least) hold up to it; a term kept "within" N is borderline up to a tenth beyond.
TOLERANCES: Final[dict[str, Tolerance]] = {
    "about": Tolerance("within 10%", 0.90, 1.10, 0.80, 1.20),
    "just_over": Tolerance("above, by at most 15%", 1.0, 1.15, 1.0, 1.30, open_low=True),
    "more_than": Tolerance("above, by at most 15%", 1.0, 1.15, 1.0, 1.30, open_low=True),
    "nearly": Tolerance("below, by at most 15%", 0.85, 1.0, 0.70, 1.0, open_high=True),
    "within": Tolerance("no more; a tenth beyond is borderline", -_FAR, 1.0, -_FAR, 1.10),
    "within_about": Tolerance("no more than 10% beyond", -_FAR, 1.10, -_FAR, 1.20),
    "at_least": Tolerance("no less", 1.0, _FAR, 1.0, _FAR),
    "fewer_than": Tolerance("less", -_FAR, 1.0, -_FAR, 1.0, open_high=True),
}
# Words that are taken exactly.
EXACT: Final = ("equals", "same", "yes")
FORMS: Final = (*EXACT, *TOLERANCES)
UNITS: Final = ("", "day", "week", "month", "year", "point", "percent")


@dataclass(frozen=True, slots=True)
class Expect:
    """What a claim says: a form of FORMS, its figure, and the unit the report counts in."""

    form: str
    figure: Value
    unit: str = ""

    @property
    def words(self) -> str:
        """As printed: "just over 1 month", "Mali, Sudan"."""
        if isinstance(self.figure, frozenset):
            return ", ".join(sorted(self.figure)) or "none"
        if isinstance(self.figure, bool):
            return "yes" if self.figure else "no"
        figure = f"{self.figure:g}"
        unit = f" {self.unit}{'' if self.figure == 1 else 's'}" if self.unit else ""
        form = "" if self.form == "equals" else self.form.replace("_", " ") + " "
        return f"{form}{figure}{unit}"

    @property
    def step(self) -> float:
        """How finely an exact length is meant: a day, a week, a month; half of one where halves are said. Years are
        said by halves."""
        halves = isinstance(self.figure, float) and self.figure % 1 == 0.5
        return 0.5 if halves or self.unit == "year" else 1.0


def one_verdict(expect: Expect, value: Value) -> ClaimVerdict:
    """What one value comes to. Lengths of time taken exactly are rounded to the step in which they are said."""
    if expect.form in ("same", "yes"):
        return ClaimVerdict.HOLDS if value == expect.figure else ClaimVerdict.FAILS
    if isinstance(value, frozenset) or isinstance(expect.figure, frozenset):
        return ClaimVerdict.FAILS
    figure = float(expect.figure)
    if expect.form == "equals":
        if expect.unit in ("", "point", "percent"):
            return ClaimVerdict.HOLDS if abs(value - figure) < _HAIR else ClaimVerdict.FAILS
        miss = value - figure
        return ClaimVerdict.HOLDS if -expect.step / 2 <= miss < expect.step / 2 else ClaimVerdict.FAILS
    return _graded(TOLERANCES[expect.form], float(value), figure)


def _graded(word: Tolerance, value: float, figure: float) -> ClaimVerdict:
    low, high = _bound(word.low, figure), _bound(word.high, figure)
    right_of_low = value > low + _HAIR if word.open_low else value >= low - _HAIR
    left_of_high = value < high - _HAIR if word.open_high else value <= high + _HAIR
    if right_of_low and left_of_high:
        return ClaimVerdict.HOLDS
    wrong_side = (word.open_low and not right_of_low) or (word.open_high and not left_of_high)
    near = _bound(word.low_borderline, figure) - _HAIR <= value <= _bound(word.high_borderline, figure) + _HAIR
    return ClaimVerdict.BORDERLINE if near and not wrong_side else ClaimVerdict.FAILS


def _bound(share: float, figure: float) -> float:
    return share if share in (_FAR, -_FAR) else share * figure


def judge(expect: Expect, values: Iterable[Value], coarse: bool = False) -> ClaimVerdict:
    """What all values the facts allow come to together.

    One verdict where they agree. Where they differ, because a date is known to the month only, the claim is
    borderline; where it is known less well (`coarse`), it is unknown, as it is without any value.
    """
    verdicts = {one_verdict(expect, value) for value in values}
    if len(verdicts) == 1:
        return verdicts.pop()
    return ClaimVerdict.UNKNOWN if coarse or not verdicts else ClaimVerdict.BORDERLINE
