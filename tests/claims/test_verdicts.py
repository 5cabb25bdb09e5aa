"""The one table of tolerances, at its edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.claims.verdicts import FORMS, TOLERANCES, ClaimVerdict, Expect, judge, one_verdict

HOLDS, FAILS = ClaimVerdict.HOLDS, ClaimVerdict.FAILS
BORDERLINE, UNKNOWN = ClaimVerdict.BORDERLINE, ClaimVerdict.UNKNOWN
figures = st.integers(1, 500)


@pytest.mark.parametrize(
    ("form", "value", "verdict"),
    [
        ("about", 90, HOLDS),
        ("about", 110, HOLDS),
        ("about", 89.9, BORDERLINE),
        ("about", 120, BORDERLINE),
        ("about", 120.1, FAILS),
        ("about", 79.9, FAILS),
        ("just_over", 100, FAILS),
        ("just_over", 100.1, HOLDS),
        ("just_over", 115, HOLDS),
        ("just_over", 115.1, BORDERLINE),
        ("just_over", 130, BORDERLINE),
        ("just_over", 130.1, FAILS),
        ("just_over", 99, FAILS),
        ("more_than", 114, HOLDS),
        ("more_than", 140, FAILS),
        ("nearly", 100, FAILS),
        ("nearly", 99.9, HOLDS),
        ("nearly", 85, HOLDS),
        ("nearly", 84.9, BORDERLINE),
        ("nearly", 70, BORDERLINE),
        ("nearly", 69.9, FAILS),
        ("within", 100, HOLDS),
        ("within", 110, BORDERLINE),
        ("within", 110.1, FAILS),
        ("within", 3, HOLDS),
        ("within_about", 110, HOLDS),
        ("within_about", 120, BORDERLINE),
        ("within_about", 121, FAILS),
        ("at_least", 100, HOLDS),
        ("at_least", 99.9, FAILS),
        ("at_least", 10_000, HOLDS),
        ("fewer_than", 99.9, HOLDS),
        ("fewer_than", 100, FAILS),
        ("equals", 100, HOLDS),
        ("equals", 99, FAILS),
    ],
)
def test_edges_of_the_table(form: str, value: float, verdict: ClaimVerdict) -> None:
    assert one_verdict(Expect(form, 100.0), value) is verdict


@pytest.mark.parametrize(
    ("figure", "unit", "value", "verdict"),
    [
        (8.0, "month", 8.49, HOLDS),
        (8.0, "month", 9.1, FAILS),
        (2.5, "month", 2.7, HOLDS),
        (2.5, "month", 2.8, FAILS),
        (2.0, "year", 1.58, FAILS),
        (1.5, "year", 1.48, HOLDS),
        (3.0, "week", 3.0, HOLDS),
        (9.0, "day", 10.0, FAILS),
        (58.0, "point", 58.4, FAILS),
    ],
)
def test_exact_lengths_are_rounded_to_the_step_in_which_they_are_said(
    figure: float, unit: str, value: float, verdict: ClaimVerdict
) -> None:
    assert one_verdict(Expect("equals", figure, unit), value) is verdict


def test_nothing_is_ever_at_least_nothing_but_itself_and_more() -> None:
    assert one_verdict(Expect("at_least", 0.0, "day"), 2.0) is HOLDS
    assert one_verdict(Expect("at_least", 0.0, "day"), -1.0) is FAILS


@given(st.sampled_from(sorted(TOLERANCES)), figures, st.lists(st.floats(0, 1000), min_size=3, max_size=9))
def test_what_holds_is_one_stretch_and_the_borderline_lies_around_it(
    form: str, figure: int, values: list[float]
) -> None:
    verdicts = [one_verdict(Expect(form, float(figure)), value) for value in sorted(values)]
    holding = [place for place, verdict in enumerate(verdicts) if verdict is HOLDS]
    if holding:
        assert all(verdicts[place] is HOLDS for place in range(holding[0], holding[-1] + 1))


@given(st.sampled_from(sorted(TOLERANCES)), figures, st.floats(0, 1000), st.integers(2, 50))
def test_the_unit_does_not_matter_to_words_of_degree(form: str, figure: int, value: float, times: int) -> None:
    share = value / figure
    edges = {
        bound for tol in TOLERANCES.values() for bound in (tol.low, tol.high, tol.low_borderline, tol.high_borderline)
    }
    if all(abs(share - edge) > 1e-6 for edge in edges):
        scaled = one_verdict(Expect(form, float(figure * times)), value * times)
        assert scaled is one_verdict(Expect(form, float(figure)), value)


@given(figures, st.floats(0, 2000))
def test_just_over_and_nearly_never_hold_together(figure: int, value: float) -> None:
    both = {one_verdict(Expect(form, float(figure)), value) for form in ("just_over", "nearly")}
    assert both != {HOLDS}


def test_sets_and_yes_are_exact() -> None:
    assert one_verdict(Expect("same", frozenset({"Chad"})), frozenset({"Chad"})) is HOLDS
    assert one_verdict(Expect("same", frozenset({"Chad"})), frozenset({"Chad", "Mali"})) is FAILS
    assert one_verdict(Expect("yes", False), False) is HOLDS
    assert one_verdict(Expect("equals", 1.0), frozenset({"Chad"})) is FAILS


def test_values_that_agree_decide_and_values_that_differ_do_not() -> None:
    six = Expect("equals", 6.0, "month")
    assert judge(six, ()) is UNKNOWN
    assert judge(six, (5.6, 6.2)) is HOLDS
    assert judge(six, (5.2, 6.2)) is BORDERLINE
    assert judge(six, (5.2, 6.2), coarse=True) is UNKNOWN
    assert judge(six, (1.0, 2.0), coarse=True) is FAILS


def test_a_verdict_has_no_truth_value() -> None:
    with pytest.raises(TypeError):
        bool(HOLDS)


def test_every_form_is_said_in_words() -> None:
    assert [Expect(form, 2.0, "month").words for form in FORMS if form in TOLERANCES]
    assert Expect("just_over", 1.0, "month").words == "just over 1 month"
    assert Expect("same", frozenset()).words == "none"
    assert Expect("yes", True).words == "yes"
