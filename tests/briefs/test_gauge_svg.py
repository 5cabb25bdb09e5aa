"""The scale of a claim: bands where it holds and is borderline, a line at the figure, dots at what was found."""

from __future__ import annotations

import re
from math import inf
from xml.etree import ElementTree

import pytest

from goodoffices.briefs.gauge_svg import WIDTH, Gauge, draw_gauge

SVG = "{http://www.w3.org/2000/svg}"


def parts(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def one(drawn: str, name: str) -> dict[str, float]:
    (found,) = [node for node in parts(drawn).iter() if node.get("class") == name]
    return {key: float(value) for key, value in found.attrib.items() if key in ("x", "width", "cx")}


def line(drawn: str) -> float:
    return float(re.search(r'class="said" d="M([\d.]+) ', drawn)[1])  # type: ignore[index]


GAUGE = Gauge(10.0, (9.0, 11.0), (8.0, 12.0), (11.5,), "about 10 days", "11 days")


def test_each_thing_lies_where_its_number_is() -> None:
    drawn = draw_gauge(GAUGE, "x")
    held, near, found = one(drawn, "held"), one(drawn, "near"), one(drawn, "found")
    unit = near["width"] / 4
    assert held["width"] == pytest.approx(2 * unit, abs=0.3)
    assert line(drawn) == pytest.approx(near["x"] + 2 * unit, abs=0.3)
    assert found["cx"] == pytest.approx(near["x"] + 3.5 * unit, abs=0.3)
    assert held["x"] + held["width"] < found["cx"] < near["x"] + near["width"]


def test_an_open_bound_reaches_the_edge() -> None:
    drawn = draw_gauge(Gauge(16.0, (-inf, 16.0), (-inf, 17.6), (16.6,), "within", "found"), "x")
    held, near = one(drawn, "held"), one(drawn, "near")
    assert held["x"] == near["x"] == 16.0
    assert near["width"] > held["width"]
    at_least = draw_gauge(Gauge(3.0, (3.0, inf), (3.0, inf), (1.0,), "at least 3", "1"), "x")
    assert one(at_least, "held")["x"] + one(at_least, "held")["width"] == WIDTH - 16
    assert one(at_least, "found")["cx"] < one(at_least, "held")["x"]


def test_a_range_of_values_is_a_dashed_line_between_its_ends() -> None:
    drawn = draw_gauge(Gauge(10.0, (9.0, 11.0), (8.0, 12.0), (8.5, 12.5), "a", "b"), "x")
    assert drawn.count('class="found"') == 2
    assert "stroke-dasharray" in drawn
    assert draw_gauge(GAUGE, "x").count('class="found"') == 1


@pytest.mark.parametrize("figure", [0.0, 1.0, 2023.0, -5.0])
def test_nothing_leaves_the_drawing(figure: float) -> None:
    drawn = draw_gauge(Gauge(figure, (figure, figure), (figure, figure), (figure,), "w" * 200, "y" * 300), "x")
    for node in parts(drawn).iter():
        for key in ("x", "cx"):
            if node.get(key):
                assert 0 <= float(node.get(key) or 0) <= WIDTH


def test_texts_are_escaped_and_the_alternative_comes_first() -> None:
    drawn = draw_gauge(Gauge(1.0, (0.0, 2.0), (0.0, 2.0), (1.0,), '<b>&"', "</svg>"), "<title>")
    root = parts(drawn)
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "<title>"
    assert [node.text for node in root.iter(f"{SVG}text")] == ['<b>&"', "</svg>"]
    assert "style=" not in drawn
