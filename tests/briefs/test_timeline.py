"""The timeline as a value and as a drawing."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.briefs.timeline import Band, Lane, Mark, Timeline
from goodoffices.briefs.timeline_svg import draw, draw_parts
from goodoffices.briefs.zoom import Zoomed, read_zoom, zoomed
from goodoffices.core.errors import BadRecord
from goodoffices.desk.desk import Desk
from record import day

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def mali(desk: Desk) -> Timeline:
    return desk.case("mali-2021", desk.moment(day("2021-06-15"))).timeline


def lane(figure: Timeline, name: str) -> Lane:
    return next(one for one in figure.lanes if one.id == name)


def test_the_suspension_is_a_diamond_and_a_band_that_lasts(mali: Timeline) -> None:
    marks = {mark.key: mark for mark in lane(mali, "au").marks}
    assert marks["mali-2021/au-suspension"].shape == "diamond"
    assert marks["mali-2021/au-suspension"].at == day("2021-06-01")
    bands = lane(mali, "au").bands
    assert [(band.start, band.end) for band in bands] == [(day("2021-06-01"), None)]


def test_a_band_ends_with_its_lifting(desk: Desk) -> None:
    figure = desk.case("mali-2020", desk.moment()).timeline
    band = lane(figure, "au").bands[0]
    assert band.end is not None
    assert band.start < band.end < day("2020-11-01")


def test_a_band_ends_when_the_state_has_left(desk: Desk) -> None:
    bands = lane(desk.case("mali-2021", desk.moment()).timeline, "ecowas").bands
    assert [band.end for band in bands] == [day("2025-01-29")]


def test_a_promise_not_kept_is_a_ring_and_later_than_the_day_looked_at(mali: Timeline) -> None:
    rings = [mark for _, mark in mali.marks if mark.shape == "ring"]
    assert rings
    assert all(mark.later for mark in rings)


def test_what_is_not_known_yet_is_not_drawn(desk: Desk) -> None:
    figure = desk.case("mali-2021", desk.moment(day("2021-05-26"), day("2021-05-26"))).timeline
    assert all(mark.at <= day("2021-05-26") for _, mark in figure.marks)
    assert not lane(figure, "au").bands


def test_the_drawing_needs_no_style_and_no_script(mali: Timeline) -> None:
    for drawn in (draw(mali), *draw_parts(mali, link=lambda key: f"/facts/{key}?a=1&b=2")):
        root = ET.fromstring(drawn)
        for element in root.iter():
            assert "style" not in element.attrib
            assert not [name for name in element.attrib if name.startswith("on")]
            assert element.tag.removeprefix(SVG) in ("svg", "path", "rect", "circle", "text", "title", "a", "g")


def test_each_mark_is_drawn_once_with_its_sentence(mali: Timeline) -> None:
    root = ET.fromstring(draw(mali))
    titles = [element.findtext(f"{SVG}title") for element in root.iter(f"{SVG}g")]
    assert len(titles) == len(mali.marks)
    for _, mark in mali.marks:
        assert f"{mark.when}: {mark.text}" in titles


def _figure(spots: list[tuple[int, str, int]], as_of: int) -> Timeline:
    start = date(2021, 1, 1)
    marks = tuple(
        Mark(
            f"c-2021/m{number}",
            "disc",
            start + timedelta(at),
            start + timedelta(at),
            start + timedelta(at),
            label,
            f"{label}.",
            "",
            weight,
            at > as_of,
        )
        for number, (at, label, weight) in enumerate(sorted(spots))
    )
    return Timeline(
        "A case",
        start,
        start + timedelta(100),
        start + timedelta(as_of),
        start,
        (Lane("au", "African Union", marks, ()),),
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.text("abcdefgh <&\"'é", min_size=1, max_size=40), st.integers(1, 9)),
        max_size=25,
    ),
    st.integers(0, 100),
)
def test_labels_never_cover_each_other(spots: list[tuple[int, str, int]], as_of: int) -> None:
    root = ET.fromstring(draw(_figure(spots, as_of)))
    boxes: dict[float, list[tuple[float, float]]] = {}
    for text in root.iter(f"{SVG}text"):
        if text.get("class") != "lab":
            continue
        width = len(text.text or "") * 0.545 * 11.2
        x = float(text.attrib["x"])
        left, right = (x, x + width) if text.get("text-anchor") == "start" else (x - width, x)
        boxes.setdefault(float(text.attrib["y"]), []).append((left, right))
    for row in boxes.values():
        row.sort()
        for (_, end), (start, _) in pairwise(row):
            assert start >= end


def test_an_empty_timeline_is_drawn() -> None:
    figure = Timeline("Nothing", date(2021, 1, 1), date(2021, 1, 1), date(2021, 1, 1), None, ())
    assert ET.fromstring(draw(figure)).tag == f"{SVG}svg"


@pytest.mark.parametrize(("days", "most"), [(20, 12), (75, 12), (300, 14), (4000, 14), (40000, 16)])
def test_ticks_stay_readable_over_any_stretch(days: int, most: int) -> None:
    start = date(1950, 1, 1)
    figure = Timeline(
        "Long",
        start,
        start + timedelta(days),
        start,
        None,
        (Lane("au", "AU", (), (Band("c-1950/b", start, None, "x"),)),),
    )
    assert len(re.findall('class="tick"', draw(figure))) <= most


def test_names_are_escaped() -> None:
    bad = '"><script>alert(1)</script>'
    start = date(2021, 1, 1)
    mark = Mark("c-2021/m", "disc", start, start, start, bad, bad, bad, 9, False)
    figure = Timeline(bad, start, start + timedelta(10), start, start, (Lane("au", bad, (mark,), ()),))
    assert "<script" not in draw(figure)
    ET.fromstring(draw(figure))


# ---------------------------------------------------------------- looking closer


@pytest.fixture
def look(desk: Desk) -> Callable[..., Zoomed]:
    def closer(case: str = "mali-2021", **given: str) -> Zoomed:
        view = desk.case(case, desk.moment())
        return zoomed(view.checked.snapshot, view.title, read_zoom(given), view.timeline)

    return closer


def test_unasked_it_is_the_usual_figure(look: Callable[..., Zoomed], desk: Desk) -> None:
    found = look()
    assert found.figure == desk.case("mali-2021", desk.moment()).timeline
    assert (found.earlier, found.later) == (None, None)
    assert look(zoom_from="2021-06-01").figure == found.figure


@pytest.mark.parametrize("span", ["10", "30", "100", "365"])
def test_so_many_days_from_just_before_day_zero(look: Callable[..., Zoomed], span: str) -> None:
    found = look(zoom=span)
    assert (found.figure.end - found.figure.start).days == int(span)
    assert found.figure.start < day("2021-05-24") <= found.figure.start + timedelta(days=20)
    assert all(found.figure.start <= mark.at <= found.figure.end for _, mark in found.figure.marks)
    assert found.later is not None
    assert found.later.first is not None
    assert found.later.first > found.figure.start


def test_one_can_walk_to_both_ends_and_meets_every_fact(look: Callable[..., Zoomed]) -> None:
    everything = {mark.key for _, mark in look(zoom="all").figure.marks}
    found, seen, steps = look(zoom="365"), set(), 0
    while found.earlier is not None:
        found = look(**found.earlier.asked)
    while True:
        seen |= {mark.key for _, mark in found.figure.marks}
        steps += 1
        assert steps < 500
        if found.later is None:
            break
        found = look(**found.later.asked)
    assert seen == everything
    assert len(everything) > 100


def test_of_few_days_the_axis_counts_days(look: Callable[..., Zoomed]) -> None:
    ticks = re.findall(r'class="tick"[^>]*>([^<]+)<', draw(look(zoom="10").figure))
    assert ticks[0].endswith(" May 2021")
    assert ticks[1].endswith(" May")
    months = re.findall(r'class="tick"[^>]*>([^<]+)<', draw(look(zoom="365").figure, "fr"))
    assert "juil." in months


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"zoom": "7"}, "zoom"),
        ({"zoom": "-10"}, "zoom"),
        ({"zoom": "10", "zoom_from": "2021-13-01"}, "zoom_from"),
        ({"zoom": "365", "zoom_from": "9999-12-31"}, "zoom_from"),
        ({"zoom": "10", "zoom_from": "0001-01-01"}, "zoom_from"),
    ],
)
def test_days_that_are_none_are_refused(given: dict[str, str], where: str) -> None:
    with pytest.raises(BadRecord) as refused:
        read_zoom(given)
    assert [one.where for one in refused.value.problems] == [where]
