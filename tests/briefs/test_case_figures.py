"""The figures of the list of cases: each case is drawn once, told by letter and pattern, and leads to its row."""

import importlib.util
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from goodoffices.briefs.tally import Occurrence, State, StateCount, by_state, by_year, kind_letter
from goodoffices.briefs.tile_grid import STEPS, TILES, draw_tiles, scale, step_of
from goodoffices.briefs.world_map import OUTLINES, draw_world, off_the_map, outline_of, world
from goodoffices.briefs.yearly_svg import draw_years, outcome_key, year_legend
from goodoffices.casebook.states import read_states
from goodoffices.core.kinds import CATEGORIES
from goodoffices.core.kinds import OUTCOMES as ALL_OUTCOMES

SVG = "{http://www.w3.org/2000/svg}"
REGISTER = {
    fact.get("iso3"): State(fact.get("iso3"), fact.get("m49"), fact.get("country"), fact.get("country_fr"))
    for fact in read_states()
    if fact.kind == "state"
}
HOSTILE = '<script>alert(1)</script>" onload="x\' & co'


def occurrence(case: str, year: int, kind: str, outcome: str, iso3: str, title: str = "") -> Occurrence:
    return Occurrence(case, title or case, f"{case}/seizure", year, kind, outcome, iso3)


ALL = [
    occurrence(f"{kind}-{outcome}", 2000 + number, kind, outcome, ("MLI", "MLI", "FJI", "STP", "XKX")[number])
    for kind in CATEGORIES
    for number, outcome in enumerate(ALL_OUTCOMES)
]


def link(asked: Mapping[str, str]) -> str:
    return "/cases?" + "&".join(f"{name}={value}" for name, value in asked.items())


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def links(figure: ElementTree.Element, css: str) -> dict[str, ElementTree.Element]:
    return {one.get("href", ""): one for one in figure.iter(f"{SVG}a") if one.get("class", "").startswith(css)}


def test_a_brick_a_case_with_the_letter_of_its_kind_and_a_pattern_of_its_outcome() -> None:
    years = by_year(ALL, 2005)
    figure = parsed(draw_years(years, "en", link))
    bars = links(figure, "bar")
    assert set(bars) == {
        link({"kind": one.kind, "outcome": one.outcome, "from": str(one.year), "to": str(one.year)}) for one in ALL
    }
    patterns = {one.get("id") for one in figure.iter(f"{SVG}pattern")}
    looks: dict[str, set[str]] = {}
    for address, bar in bars.items():
        kind, outcome = re.findall(r"kind=(\w+)&outcome=(\w+)", address)[0]
        assert [one.text for one in bar.iter(f"{SVG}text")] == [kind_letter(kind)]
        shape = next(bar.iter(f"{SVG}rect"))
        fill, css = shape.get("fill", ""), shape.get("class", "")
        look = "hollow" if "hollow" in css else "full"
        if fill.startswith("url("):
            assert fill[5:-1] in patterns
            look = fill[5:-1].rpartition("-")[2]
        looks.setdefault(outcome, set()).add(look)
    assert looks == {"completed": {"full"}, "failed": {"hollow"}, "reversed": {"reversed"}, "contested": {"contested"}}


def test_sums_and_years_are_said() -> None:
    found = [*ALL, occurrence("lone", 1998, "military_coup", "completed", "MLI")]
    figure = parsed(draw_years(by_year(found, 2005), "en", link))
    sums = links(figure, "sum")
    per_year = Counter(one.year for one in found)
    assert {address: next(one.iter(f"{SVG}text")).text for address, one in sums.items()} == {
        link({"from": str(year), "to": str(year)}): str(count) for year, count in per_year.items()
    }
    assert next(sums[link({"from": "1998", "to": "1998"})].iter(f"{SVG}title")).text == "1998: 1 case"
    words = [one.text for one in figure.iter(f"{SVG}text")]
    assert {"2000", "2005", "’98", "’01"} <= set(words)
    assert "’99" not in words
    assert figure.get("aria-label") == f"Changes of government by year, 1998 to 2005: {len(found)}"
    assert (parsed(draw_years((), "fr")).get("aria-label") or "").startswith("Aucun changement")


def test_a_legend_for_what_is_drawn_and_nothing_else() -> None:
    years = by_year([one for one in ALL if one.outcome == "failed" and one.kind in ("other", "armed_takeover")], 2005)
    assert year_legend(years) == (("A", "armed takeover"), ("O", "other"))
    assert [name for name, _, _ in outcome_key(years)] == ["failed"]
    full = by_year(ALL, 2005)
    assert len({drawing for _, drawing, _ in outcome_key(full)}) == len(ALL_OUTCOMES)
    assert outcome_key(full, "fr")[0][2] == "accompli"


@pytest.mark.parametrize("count", [1, 27, 33, 200])
def test_any_number_of_years_fits_in_the_figure(count: int) -> None:
    found = [
        occurrence("first", 2000, "other", "completed", "MLI"),
        occurrence("last", 1999 + count, "other", "failed", "MLI"),
    ]
    figure = parsed(draw_years(by_year(found, 1999 + count)))
    width, height = float(figure.get("width", 0)), float(figure.get("height", 0))
    assert width == pytest.approx(680) or count > 32
    for one in figure.iter(f"{SVG}rect"):
        if one.get("x"):
            assert 0 <= float(one.get("x", 0)) < float(one.get("x", 0)) + float(one.get("width", 0)) <= width
            assert 0 <= float(one.get("y", 0)) <= height


@pytest.mark.parametrize("drawn", ["years", "tiles", "world"])
def test_those_not_chosen_are_faint(drawn: str) -> None:
    chosen = {one.case for one in ALL if one.iso3 == "STP"}
    counts = by_state(ALL, REGISTER)
    text = {
        "years": draw_years(by_year(ALL, 2005), "en", link, chosen),
        "tiles": draw_tiles(counts, REGISTER, "en", link, chosen),
        "world": draw_world(counts, "en", link, chosen),
    }[drawn]
    marks = [one for one in parsed(text).iter() if "faint" in one.get("class", "").split()]
    if drawn == "years":
        assert len(marks) == len(ALL) - len(chosen)
    else:
        faint = {re.findall(r"state=(\w+)", one.get("href", ""))[0] for one in marks}
        assert faint == {"tiles": {"MLI"}, "world": {"MLI", "FJI"}}[drawn]
    assert all(float(one.get("opacity", 1)) < 1 for one in marks)
    plain = {
        "years": draw_years(by_year(ALL, 2005), "en", link),
        "tiles": draw_tiles(counts, REGISTER, "en", link),
        "world": draw_world(counts, "en", link),
    }[drawn]
    assert "faint" not in plain


def test_texts_of_others_stay_texts() -> None:
    bad = [occurrence("x", 2001, "military_coup", "completed", "MLI", HOSTILE)]
    states = {"MLI": State("MLI", "466", HOSTILE, HOSTILE)}
    counts = by_state(bad, states)
    for drawn in (
        draw_years(by_year(bad, 2001), "en", link),
        draw_tiles(counts, states, "fr", link),
        draw_world(counts, "en", link),
    ):
        figure = parsed(drawn)
        assert not [one for one in figure.iter() if one.tag.endswith("script")]
        assert not [name for one in figure.iter() for name in one.attrib if name.startswith("on") or name == "style"]
        assert any(HOSTILE in (one.text or "") for one in figure.iter(f"{SVG}title"))


# Africa


def test_the_grid_has_every_state_of_africa_once_and_each_a_place_of_its_own() -> None:
    members = {
        fact.subject.partition(":")[2]
        for fact in read_states()
        if fact.kind == "membership" and fact.get("organisation") == "au"
    }
    assert set(TILES) == members | {"MAR"}
    assert len(set(TILES.values())) == len(TILES)


@pytest.mark.parametrize(
    ("one", "other", "lies"),
    [
        ("DZA", "ZAF", "north"),
        ("TUN", "NGA", "north"),
        ("SEN", "ETH", "west"),
        ("CPV", "MLI", "west"),
        ("MDG", "MOZ", "east"),
        ("SDN", "TCD", "east"),
        ("COD", "CAF", "south"),
        ("BFA", "MLI", "south"),
    ],
)
def test_the_grid_is_roughly_where_the_states_are(one: str, other: str, lies: str) -> None:
    (x, y), (other_x, other_y) = TILES[one], TILES[other]
    assert {"north": y < other_y, "south": y > other_y, "west": x < other_x, "east": x > other_x}[lies]


def test_each_square_says_its_number_and_leads_there() -> None:
    figure = parsed(draw_tiles(by_state(ALL, REGISTER), REGISTER, "en", link))
    tiles = links(figure, "tile")
    assert set(tiles) == {link({"state": code}) for code in TILES}
    numbers = {
        re.findall(r"=(\w+)", address)[0]: [t.text for t in one.iter(f"{SVG}text")] for address, one in tiles.items()
    }
    in_mali = sum(one.iso3 == "MLI" for one in ALL)
    assert numbers["MLI"] == ["MLI", str(in_mali)]
    assert numbers["BWA"] == ["BWA"]
    said = next(tiles[link({"state": "BWA"})].iter(f"{SVG}title")).text
    assert said == "Botswana: no case"
    assert (next(tiles[link({"state": "MLI"})].iter(f"{SVG}title")).text or "").startswith(f"Mali: {in_mali} cases (")
    assert "Côte d’Ivoire : aucun cas" in draw_tiles((), REGISTER, "fr")
    # A register with nothing in it names states by their codes.
    assert "MLI: no case" in draw_tiles((), {})


def test_more_cases_are_darker_up_to_the_last_step() -> None:
    assert [step_of(count) for count in (0, 1, 2, 3, 4, 9)] == [0, 1, 2, 3, 4, 4]
    assert list(STEPS) == sorted(set(STEPS))
    assert [said for _, said in scale()] == ["no case", "1", "2", "3", "4 and more"]
    assert [said for _, said in scale("fr")][-1] == "4 et plus"


# the world


def builder() -> ModuleType:
    place = Path(__file__).parents[2] / "tools" / "build_world.py"
    spec = importlib.util.spec_from_file_location("build_world", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rings(path: str) -> list[list[tuple[int, int]]]:
    found = []
    for start, steps in re.findall(r"M([^l]+)l([^z]*)z", path):
        x, y = map(int, start.split())
        ring = [(x, y)]
        numbers = [int(one) for one in re.findall(r"-?\d+", steps)]
        assert len(numbers) % 2 == 0
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            ring.append((x, y))
        found.append(ring)
    return found


def holds(path: str, x: float, y: float) -> bool:
    inside = False
    for ring in rings(path):
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "code"),
    [
        ("Bamako", 12.64, -7.99, "466"),
        ("Khartoum", 15.5, 32.5, "729"),
        ("Juba", 4.85, 31.6, "728"),
        ("Hargeisa", 9.56, 44.06, "706"),
        ("Sevastopol", 44.7, 33.9, "804"),
        ("Kyiv", 50.45, 30.5, "804"),
        ("Moscow", 55.75, 37.6, "643"),
        ("Anadyr, beyond the 180th meridian", 66.3, -172.0, "643"),
        ("Laayoune", 26.5, -13.0, "732"),
        ("Port Moresby", -9.0, 147.5, "598"),
        ("Quito", -0.4, -78.4, "218"),
        ("Pristina", 42.6, 21.0, "XKX"),
    ],
)
def test_places_lie_in_the_outline_of_their_state(place: str, latitude: float, longitude: float, code: str) -> None:
    tool = builder()
    x, y = tool._project([(longitude, latitude)])[0]
    assert [one for one, outline in world().outlines.items() if holds(outline.path, x, y)] == [code], place


def test_areas_are_true() -> None:
    """Equal Earth: the areas of states stand to each other as on the globe (square kilometres, rounded)."""
    areas = {"466": 1_248_000, "140": 623_000, "076": 8_500_000, "643": 17_000_000, "686": 197_000}
    scale_of = {code: world().outlines[code].area / area for code, area in areas.items()}
    mean = sum(scale_of.values()) / len(scale_of)
    for code, found in scale_of.items():
        assert found == pytest.approx(mean, rel=0.06), code


def test_every_state_of_the_register_is_on_the_map() -> None:
    counts = [StateCount(state, ()) for state in REGISTER.values()]
    assert off_the_map(counts) == ()
    nowhere = StateCount(State("ZZZ", "", "Nowhere", ""), ())
    assert off_the_map([nowhere]) == (nowhere,)
    whole = world()
    for one in whole.outlines.values():
        assert 0 <= one.at[0] <= whole.width
        assert 0 <= one.at[1] <= whole.height


def test_the_outlines_are_small_enough_to_ship() -> None:
    assert OUTLINES.stat().st_size < 120_000


def test_states_with_cases_are_filled_and_small_ones_have_a_dot() -> None:
    counts = by_state(ALL, REGISTER)
    figure = parsed(draw_world(counts, "en", link))
    places = links(figure, "place")
    assert set(places) == {link({"state": one.state.iso3}) for one in counts}
    dotted = {address for address, one in places.items() if list(one.iter(f"{SVG}circle"))}
    assert link({"state": "STP"}) in dotted
    assert link({"state": "MLI"}) not in dotted
    land = next(one for one in figure.iter(f"{SVG}path") if one.get("class") == "w-land")
    mali = outline_of(next(one for one in counts if one.state.iso3 == "MLI"))
    assert mali is not None
    assert mali.path not in land.get("d", "")
    assert world().outlines["072"].path in land.get("d", "")
    assert figure.get("aria-label") == f"World: {len(ALL)} cases in 3 states"
    assert draw_world((), "fr").count("<path") == 1
