"""The strip of time of a norm: solid where it surely was in force, hollow where it perhaps was."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.briefs.force_strip import WIDTH, draw_strip
from goodoffices.core.days import read_span

FIRST, LAST = date(2000, 1, 1), date(2009, 12, 31)


def boxes(drawn: str) -> list[tuple[str, float, float]]:
    root = ElementTree.fromstring(drawn)
    return [
        (node.get("class") or "", float(node.get("x") or 0), float(node.get("width") or 0))
        for node in root.iter("rect")
    ]


def share(day: date) -> float:
    return (day - FIRST).days / (LAST - FIRST).days * WIDTH


def drawn(*texts: str, as_of: date = LAST) -> str:
    return draw_strip([read_span(one) for one in texts], FIRST, LAST, as_of, "In force")


def test_open_periods_run_to_the_end_of_the_scale() -> None:
    ((name, x, width),) = boxes(drawn("2005-01-01/.."))
    assert name == "held"
    assert x == pytest.approx(share(date(2005, 1, 1)), abs=0.1)
    assert x + width == WIDTH


def test_a_beginning_that_is_one_day_of_many_is_hollow_first() -> None:
    (maybe, held) = boxes(drawn("[2001-12-21..2008-02-20]/.."))
    assert (maybe[0], held[0]) == ("maybe", "held")
    assert maybe[1] == pytest.approx(share(date(2001, 12, 21)), abs=0.1)
    assert maybe[1] + maybe[2] == pytest.approx(held[1], abs=0.11)
    assert held[1] == pytest.approx(share(date(2008, 2, 20)), abs=0.1)


def test_an_end_of_a_coarse_date_is_hollow_last() -> None:
    (held, maybe) = boxes(drawn("2001-01-01/2004"))
    assert (held[0], maybe[0]) == ("held", "maybe")
    assert maybe[1] + maybe[2] == pytest.approx(share(date(2005, 1, 1)), abs=0.1)


def test_each_span_has_its_bar_and_the_alternative_is_there() -> None:
    said = drawn("2001-01-01/..", "2003-01-01/2004-01-01")
    tops = {node.get("y") for node in ElementTree.fromstring(said).iter("rect")}
    assert len(tops) == 2
    assert "<title>In force</title>" in said
    assert "<title>&lt;b&gt;</title>" in draw_strip([], FIRST, LAST, LAST, "<b>")


DAYS = st.integers(-900, 4500).map(lambda number: FIRST + timedelta(number))


@given(DAYS, DAYS, DAYS)
def test_nothing_leaves_the_scale(one: date, other: date, as_of: date) -> None:
    first, last = sorted((one, other))
    said = draw_strip([read_span(f"{first}/{last}")], FIRST, LAST, as_of, "x")
    for _, x, width in boxes(said):
        assert 0 <= x <= WIDTH
        assert x + width <= WIDTH + 1
