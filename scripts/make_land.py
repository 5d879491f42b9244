"""Make data/boundaries/land.geojson again: the countries around the region, for maps that carry their own background.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_land.py package/countries-50m.json

Countries of data/boundaries/admin1.geojson are left out (their areas are more exact), the others simplified as
coverages (those that are far more), so that neighbours keep a common border, and written with two decimals.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

DATA = Path(__file__).resolve().parent.parent / "data" / "boundaries"
NEAR = shapely.box(-20, -12, 85, 56)  # what a map of the region shows around it
TOLERANCE = (0.06, 0.5)  # degrees, near and far
SMALLEST = (0.02, 0.5)  # square degrees: smaller islands are left out
OVERLAP = 0.5  # share of a country that our own areas cover, from which it is left out


def decode(topology: dict[str, Any]) -> list[Any]:
    """Decode the countries of a quantised TopoJSON as shapely geometries (WGS 84)."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        return [point for place, part in enumerate(parts) for point in part[bool(place) :]]

    made = []
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country.get("arcs", [])
        rings = [[ring(numbers) for numbers in polygon] for polygon in polygons]
        made.append(shapely.make_valid(shapely.MultiPolygon([(each[0], each[1:]) for each in rings])))
    return made


def main(source: str) -> None:
    """Write the file."""
    countries = decode(json.loads(Path(source).read_text(encoding="utf-8")))
    ours = shapely.union_all(
        [
            shapely.make_valid(shape(row["geometry"]))
            for row in json.loads((DATA / "admin1.geojson").read_text())["features"]
        ]
    )
    others = [_only_polygons(land) for land in countries if shapely.intersection(land, ours).area < OVERLAP * land.area]
    far = shapely.disjoint(others, NEAR)
    simple = [
        polygon
        for place in (0, 1)
        for land in shapely.coverage_simplify(np.array(others)[far == bool(place)], TOLERANCE[place])
        for polygon in _large(land, SMALLEST[place])
    ]
    rounded = shapely.set_precision(simple, 0.01)
    features = [
        {"type": "Feature", "properties": {}, "geometry": mapping(part)}
        for land in rounded
        for part in shapely.get_parts(land)
        if part.geom_type == "Polygon"
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    (DATA / "land.geojson").write_text(text + "\n", encoding="utf-8")
    print(len(others), "countries,", len(features), "polygons,", len(text), "characters")


def _only_polygons(land: Any) -> Any:
    return shapely.MultiPolygon([part for part in shapely.get_parts(land) if part.geom_type == "Polygon"])


def _large(land: Any, smallest: float) -> list[Any]:
    parts = [part for part in shapely.get_parts(land) if part.geom_type == "Polygon"]
    return [part for part in parts if part.area >= smallest]


if __name__ == "__main__":
    main(sys.argv[1])
