#!/usr/bin/env python3
"""Makes the outlines of the world map from the npm package world-atlas; run by hand, never by a test or the product.

    npm pack world-atlas@2.0.2
    python tools/build_world.py world-atlas-2.0.2.tgz

Writes src/goodoffices/briefs/maps/world.json (a path a state, by M49 code, with a place for a dot) and its VENDOR.json.
The package holds Natural Earth's outlines, which are in the public domain. What is done to them, in this order:

- projected by Equal Earth (Šavrič, Patterson and Jenny 2018), so that no continent is drawn larger than it is;
- simplified line by line (Visvalingam), a border shared by two states once, so that no gap opens between them;
- islets too small to see are left out, never the largest part of a state;
- Natural Earth draws who holds a place. Where the United Nations lists no state for it, or the General Assembly has
  said whose it is, it is drawn with that state: Somaliland with Somalia, the north of Cyprus with Cyprus, Crimea with
  Ukraine (A/RES/68/262). Western Sahara, on the list of non-self-governing territories, is drawn whole, on both sides
  of the wall of sand. Kosovo has no M49 code and stands under XKX, as in the register of states;
- Antarctica and Siachen Glacier are left out; Tuvalu, which this scale lacks, comes from the finer one, as a place
  alone.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import math
import sys
import tarfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1] / "src" / "goodoffices" / "briefs" / "maps"
WIDTH = 2000
LEAST = 1.0  # a bend of less than this, in square units of a map 2000 wide, is straightened
ISLET = 3.0
SOUTH = -57.0
JOINED = {"Somaliland": "706", "N. Cyprus": "196"}
OWN = {"Kosovo": "XKX"}
LEFT_OUT = ("Antarctica", "Siachen Glacier", "Indian Ocean Ter.", "Ashmore and Cartier Is.")
SAHARA = 27 + 2 / 3  # degrees north: where Morocco ends and Western Sahara begins
CRIMEA = (32.0, 44.0, 37.0, 46.5)  # west, south, east, north
Point = tuple[float, float]
Ring = list[Point]


def main() -> int:
    """Read the package, write the outlines."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    with tarfile.open(sys.argv[1]) as package:
        fine, plain = (_read(package, f"countries-{scale}.json") for scale in ("10m", "50m"))
        licence = _bytes(package, "LICENSE")
        version = json.loads(_bytes(package, "package.json"))["version"]
    states = {code: _state(rings) for code, rings in sorted(_states(plain).items())}
    height = round(_equal_earth(0, 84)[1] - _equal_earth(0, SOUTH)[1])
    states["798"] = _place_alone(fine, "798")
    world = {
        "projection": "Equal Earth",
        "width": WIDTH,
        "height": height,
        "states": states,
    }
    text = json.dumps(world, separators=(",", ":")) + "\n"
    HERE.mkdir(exist_ok=True)
    (HERE / "world.json").write_text(text, encoding="utf-8")
    (HERE / "ISC-world-atlas.txt").write_bytes(licence)
    _vendor(version, text)
    print(f"{len(states)} states, {len(text)} characters")
    return 0


def _bytes(package: tarfile.TarFile, name: str) -> bytes:
    found = package.extractfile(f"package/{name}")
    assert found is not None
    return found.read()


def _read(package: tarfile.TarFile, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_bytes(package, name))
    return read


def _lines(topology: dict[str, Any]) -> list[Ring]:
    """The lines in degrees; TopoJSON stores steps."""
    (scale_x, scale_y), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + left, y * scale_y + low))
        found.append(line)
    return found


def _equal_earth(longitude: float, latitude: float) -> Point:
    """Units of a map `WIDTH` wide; y grows to the north."""
    first, second, third, fourth = 1.340264, -0.081106, 0.000893, 0.003796
    root = math.sqrt(3) / 2
    angle = math.asin(root * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    x = math.radians(longitude) * math.cos(angle)
    x /= root * (first + 3 * second * square + sixth * (7 * third + 9 * fourth * square))
    y = angle * (first + second * square + sixth * (third + fourth * square))
    scale = WIDTH / (2 * math.pi / (root * first))
    return x * scale, y * scale


def _project(line: list[Point]) -> list[Point]:
    top = _equal_earth(0, 84)[1]
    found = []
    for longitude, latitude in line:
        x, y = _equal_earth(longitude, latitude)
        found.append((x + WIDTH / 2, top - y))
    return found


def _simplified(degrees: list[Point]) -> list[Point]:
    """Visvalingam: bends go in the order of the area they enclose, the ends stay, a ring keeps four points."""
    line = _project(degrees)
    size = len(line)
    fewest = 4 if line[0] == line[-1] else 2
    before, after = list(range(-1, size - 1)), list(range(1, size + 1))
    gone = [False] * size
    waiting = [(_area(line[one - 1], line[one], line[one + 1]), one) for one in range(1, size - 1)]
    heapq.heapify(waiting)
    area_of = {one: area for area, one in waiting}
    left, least = size, 0.0
    while waiting and left > fewest:
        area, one = heapq.heappop(waiting)
        if gone[one] or area != area_of[one]:
            continue
        least = max(least, area)
        if least > LEAST:
            break
        gone[one] = True
        left -= 1
        earlier, later = before[one], after[one]
        after[earlier], before[later] = later, earlier
        for other in (earlier, later):
            if 0 < other < size - 1:
                area_of[other] = max(least, _area(line[before[other]], line[other], line[after[other]]))
                heapq.heappush(waiting, (area_of[other], other))
    return [point for number, point in enumerate(degrees) if not gone[number]]


def _area(one: Point, two: Point, three: Point) -> float:
    return abs((two[0] - one[0]) * (three[1] - one[1]) - (three[0] - one[0]) * (two[1] - one[1])) / 2


def _states(topology: dict[str, Any]) -> dict[str, list[Ring]]:
    """The rings of each state by its code, in degrees, simplified."""
    lines = [_simplified(line) for line in _lines(topology)]
    found: dict[str, list[Ring]] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name in LEFT_OUT:
            continue
        code = JOINED.get(name) or OWN.get(name) or shape["id"]
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        found[code] += [_round(ring, lines) for polygon in polygons for ring in polygon]
    held = [ring for ring in found["643"] if all(_within(point, CRIMEA) for point in ring)]
    assert held, "the outlines have no Crimea: look at what changed in them"
    found["643"] = [ring for ring in found["643"] if ring not in held]
    found["804"] += held
    south = [_cut(ring, 1, -1, SAHARA) for ring in found["504"]]
    found["504"] = [_cut(ring, 1, 1, SAHARA) for ring in found["504"]]
    found["732"] += south
    # Where nothing but a line is left of a state, its place stays.
    return {code: _joined([ring for ring in rings if len(ring) > 2]) or rings for code, rings in found.items()}


def _round(ring: list[int], lines: list[Ring]) -> Ring:
    """A ring of lines by number as points, without the last, which is the first; ~n is line n backwards. Longitudes go
    on round the world, not back across it."""
    points: Ring = []
    for line in ring:
        for longitude, latitude in lines[line] if line >= 0 else lines[~line][::-1]:
            turns = round((points[-1][0] - longitude) / 360) if points else 0
            point = (longitude + 360 * turns, latitude)
            if not points or points[-1] != point:
                points.append(point)
    return points[:-1] if points[0] == points[-1] else points


def _within(point: Point, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _edges(ring: Ring) -> list[tuple[Point, Point]]:
    return list(zip(ring, ring[1:] + ring[:1], strict=True))


def _joined(rings: list[Ring]) -> list[Ring]:
    """Rings of one state that run along each other become one: an edge that runs both ways lies inside, and falls
    away."""
    edges = {edge for ring in rings for edge in _edges(ring)}
    touching = [ring for ring in rings if any((end, start) in edges for start, end in _edges(ring))]
    after: dict[Point, list[Point]] = defaultdict(list)
    for ring in touching:
        for start, end in _edges(ring):
            if (end, start) not in edges:
                after[start].append(end)
    joined = [ring for ring in rings if ring not in touching]
    while after:
        point = first = next(iter(after))
        ring = []
        while not ring or point != first:
            ring.append(point)
            following = after[point].pop()
            if not after[point]:
                del after[point]
            point = following
        joined.append(ring)
    return joined


def _cut(ring: Ring, axis: int, sign: int, limit: float) -> Ring:
    """What of a ring lies on one side of a meridian (axis 0) or parallel (axis 1), after Sutherland and Hodgman."""
    kept: Ring = []
    for one, two in _edges(ring) if ring else []:
        first, second = (point[axis] * sign >= limit * sign for point in (one, two))
        if first:
            kept.append(one)
        if first != second:
            part = (limit - one[axis]) / (two[axis] - one[axis])
            crossing = [one[0] + part * (two[0] - one[0]), one[1] + part * (two[1] - one[1])]
            crossing[axis] = limit
            kept.append((crossing[0], crossing[1]))
    return kept


def _on_the_map(ring: Ring) -> list[list[tuple[int, int]]]:
    """A ring in whole units, without a point twice in a row; two rings where it crosses the edge of the map."""
    found = []
    for turn in (-360, 0, 360):
        inside = [(longitude + turn, latitude) for longitude, latitude in ring]
        inside = _cut(_cut(inside, 0, -1, 180), 0, 1, -180)
        points: list[tuple[int, int]] = []
        for x, y in _project(inside):
            point = round(x), round(y)
            if not points or points[-1] != point:
                points.append(point)
        if points:
            found.append(points)
    return found


def _enclosed(points: list[tuple[int, int]]) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return sum(one[0] * two[1] - two[0] * one[1] for one, two in pairs) / 2


def _middle(points: list[tuple[int, int]]) -> tuple[int, int]:
    """The centre of gravity of what a ring encloses; the mean of its points where that is nothing."""
    pairs = list(zip(points, points[1:] + points[:1], strict=True))
    doubled = sum(one[0] * two[1] - two[0] * one[1] for one, two in pairs)
    if abs(doubled) < 1:
        return round(sum(x for x, _ in points) / len(points)), round(sum(y for _, y in points) / len(points))
    x = sum((one[0] + two[0]) * (one[0] * two[1] - two[0] * one[1]) for one, two in pairs) / (3 * doubled)
    y = sum((one[1] + two[1]) * (one[0] * two[1] - two[0] * one[1]) for one, two in pairs) / (3 * doubled)
    return round(x), round(y)


def _state(rings: list[Ring]) -> dict[str, Any]:
    drawn = [points for ring in rings for points in _on_the_map(ring)]
    largest = max(drawn, key=lambda points: (abs(_enclosed(points)), len(points)))
    seen = [points for points in drawn if len(points) > 3 and abs(_enclosed(points)) >= ISLET]
    kept = seen or ([largest] if len(largest) > 2 else [])
    # Holes run the other way round, and count against.
    area = round(abs(sum(_enclosed(points) for points in kept)))
    return {"d": "".join(_path(points) for points in kept), "at": list(_middle(largest)), "area": area}


def _path(points: list[tuple[int, int]]) -> str:
    if points[0] == points[-1]:
        points = points[:-1]
    x, y = points[0]
    steps: list[str] = []
    for one, two in pairwise(points):
        for step in (two[0] - one[0], two[1] - one[1]):
            steps.append(str(step) if step < 0 or not steps else f" {step}")
    return f"M{x} {y}l{''.join(steps)}z"


def _place_alone(topology: dict[str, Any], code: str) -> dict[str, Any]:
    lines = _lines(topology)
    shape = next(one for one in topology["objects"]["countries"]["geometries"] if one.get("id") == code)
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    points = _project([point for polygon in polygons for point in _round(polygon[0], lines)])
    x, y = (sum(one[axis] for one in points) / len(points) for axis in (0, 1))
    return {"d": "", "at": [round(x), round(y)], "area": 0}


def _vendor(version: str, text: str) -> None:
    entry = {
        "name": "World Atlas TopoJSON (outlines of Natural Earth, public domain)",
        "version": version,
        "licence": "ISC",
        "licence_file": "ISC-world-atlas.txt",
        "source": {"registry": "npm", "package": "world-atlas", "version": version},
        "changed": "Projected by Equal Earth, simplified, some outlines joined, all by tools/build_world.py. "
        "The borders imply no opinion of ours on the status of any place.",
        "files": [
            {
                "file": "world.json",
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "from": "countries-50m.json",
            },
        ],
    }
    (HERE / "VENDOR.json").write_text(json.dumps([entry], indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
