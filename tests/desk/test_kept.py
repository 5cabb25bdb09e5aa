"""Answers that are kept: worked out once for each content, moment and question; never told on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from goodoffices.desk.desk import Desk
from goodoffices.desk.kept import Kept


def test_an_answer_is_worked_out_once_for_each_question(desk: Desk) -> None:
    kept: Kept[int] = Kept()
    made = iter(range(100))
    now = desk.moment()
    assert [kept.get(desk, now, lambda: next(made), "a") for _ in range(3)] == [0, 0, 0]
    assert kept.get(desk, now, lambda: next(made), "b") == 1
    assert kept.get(desk, desk.moment(now.as_of - timedelta(1)), lambda: next(made), "a") == 2
    desk.correct("mali-2021/au-suspension", {"text": "The Union suspends Mali, said otherwise."}, "a test")
    assert kept.get(desk, now, lambda: next(made), "a") == 3


def test_what_was_said_with_hindsight_is_not_told_on_the_day_after(desk: Desk) -> None:
    """The same two days asked about: while they are today notes may be said, and on the next day they may not."""
    kept: Kept[bool] = Kept()
    now = desk.moment()
    after = replace(now, today=now.today + timedelta(1))
    assert (now.as_of, now.known_at) == (after.as_of, after.known_at)
    assert kept.get(desk, now, lambda: now.hindsight) is True
    assert kept.get(desk, after, lambda: after.hindsight) is False


def test_the_oldest_is_let_go_of(desk: Desk) -> None:
    kept: Kept[int] = Kept(2)
    made = iter(range(100))
    now = desk.moment()
    found = [kept.get(desk, now, lambda: next(made), name) for name in ("a", "b", "c", "b", "c", "a")]
    assert found == [0, 1, 2, 1, 2, 3]
