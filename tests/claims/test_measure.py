"""How far a claim misses: the scale agrees with the verdicts, whatever the word and the figure."""

from __future__ import annotations

import pytest

from goodoffices.claims.measure import bounds_of, miss_of
from goodoffices.claims.verdicts import EXACT, FORMS, ClaimVerdict, Expect, Value, one_verdict

NUMBERS = [form for form in FORMS if form not in EXACT]
GRID = [number / 20 for number in range(0, 121)]


@pytest.mark.parametrize("form", NUMBERS)
def test_the_percentage_agrees_with_the_verdict(form: str) -> None:
    expect = Expect(form, 3.0, "month")
    for value in GRID:
        found = miss_of(expect, (value,))
        assert found is not None
        verdict = one_verdict(expect, value)
        if found.share is None:
            assert verdict is ClaimVerdict.FAILS, value
            continue
        share = round(found.share, 6)
        if verdict is ClaimVerdict.HOLDS:
            assert share <= 100, value
        elif verdict is ClaimVerdict.BORDERLINE:
            assert 100 < share <= 200, value
        else:
            # On the wrong side of the word nothing is allowed, the figure itself included.
            assert share > 200 or value == 3.0, value


def test_further_off_is_never_less() -> None:
    for form in NUMBERS:
        for side in (1, -1):
            shares = [
                found.share
                for step in range(1, 40)
                if (found := miss_of(Expect(form, 10.0, "day"), (10 + side * step / 4,))) and found.share is not None
            ]
            assert shares == sorted(shares), (form, side)


@pytest.mark.parametrize(
    ("expect", "value", "days", "share"),
    [
        (Expect("equals", 18.0, "month"), 13.0, 152, 1000),  # half a month is allowed
        (Expect("equals", 4.0, "week"), 3.0, 7, 200),
        (Expect("equals", 1.5, "year"), 2.0, 183, 200),  # halves are said: a quarter is allowed
        (Expect("about", 200.0), 230.0, None, 150),
        (Expect("equals", 5.0), 7.0, None, None),  # a number that is exact allows nothing
        (Expect("fewer_than", 5.0, "day"), 6.0, 1, None),
    ],
)
def test_days_and_percent(expect: Expect, value: float, days: int | None, share: int | None) -> None:
    found = miss_of(expect, (value,))
    assert found is not None
    assert (None if found.days is None else round(found.days)) == days
    assert (None if found.share is None else round(found.share)) == share


def test_of_a_coarse_date_the_kindest_day_counts() -> None:
    found = miss_of(Expect("just_over", 1.0, "month"), (0.5, 1.0, 1.1, 1.6))
    assert found is not None
    assert found.amount == pytest.approx(0.1)


@pytest.mark.parametrize(("expect", "values"), [
    (Expect("yes", True), (False,)), (Expect("same", frozenset({"Mali"})), (frozenset({"Chad"}),)),
    (Expect("equals", 3.0), ()),
])  # fmt: skip
def test_what_is_no_number_has_no_miss(expect: Expect, values: tuple[Value, ...]) -> None:
    assert miss_of(expect, values) is None


@pytest.mark.parametrize("form", NUMBERS)
def test_bounds_are_those_of_the_verdict(form: str) -> None:
    expect = Expect(form, 4.0, "week")
    bounds = bounds_of(expect)
    assert bounds is not None
    (low, high), (near_low, near_high) = bounds
    assert near_low <= low <= high <= near_high
    for value in GRID:
        if low < value < high:
            assert one_verdict(expect, value) is ClaimVerdict.HOLDS
        if not near_low <= value <= near_high:
            assert one_verdict(expect, value) is ClaimVerdict.FAILS
    assert bounds_of(Expect("equals", 4.0)) is None
    assert bounds_of(Expect("same", frozenset())) is None
