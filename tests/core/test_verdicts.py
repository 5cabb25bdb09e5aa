"""The four answers: their truth table, written out."""

import itertools

import pytest

from goodoffices.core.verdicts import Verdict, all_of, any_of

H, F, U, D = Verdict.HOLDS, Verdict.FAILS, Verdict.UNKNOWN, Verdict.DISPUTED
ALL = {
    (H, H): H,
    (H, F): F,
    (H, U): U,
    (H, D): D,
    (F, F): F,
    (F, U): F,
    (F, D): F,
    (U, U): U,
    (U, D): D,
    (D, D): D,
}
ANY = {
    (H, H): H,
    (H, F): H,
    (H, U): H,
    (H, D): H,
    (F, F): F,
    (F, U): U,
    (F, D): D,
    (U, U): U,
    (U, D): D,
    (D, D): D,
}


@pytest.mark.parametrize("pair", ALL, ids=lambda pair: "-".join(one.value for one in pair))
def test_truth_table(pair: tuple[Verdict, Verdict]) -> None:
    for verdicts in (pair, pair[::-1]):
        assert all_of(verdicts) is ALL[pair]
        assert any_of(verdicts) is ANY[pair]


def test_of_nothing() -> None:
    assert all_of([]) is H
    assert any_of([]) is F


def test_negation_and_its_law() -> None:
    assert [one.negated() for one in (H, F, U, D)] == [F, H, U, D]
    for pair in itertools.product(Verdict, repeat=2):
        assert all_of(pair).negated() is any_of(one.negated() for one in pair)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_has_no_truth_value(verdict: Verdict) -> None:
    with pytest.raises(TypeError, match="is Verdict"):
        bool(verdict)
    with pytest.raises(TypeError):
        _ = not verdict
