"""The curated conflict sites: a table tested as a table, and compared with the reference gazetteer where it is present."""

import csv
import gzip
import json
import math
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
from shapely import STRtree
from shapely.geometry import Point, shape

from geo.fold import fold_name

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "data" / "gazetteer" / "sites.csv"
REFERENCE = ROOT.parent / "shared" / "reference"
COUNTRIES = ("sy", "iq", "ye", "lb", "ps", "il", "jo")
COLUMNS = [
    "place_id",
    "kind",
    "lon",
    "lat",
    "extent_km",
    "country",
    "admin1",
    "names_ar",
    "names_en",
    "source",
    "confidence",
    "note",
]
KINDS = set(
    "governorate district city town village quarter base airbase airport field refinery plant pipeline_station crossing dam"
    " bridge port camp prison hospital mosque market street square river valley mountain desert lake sea strait gulf canal"
    " island region embassy tower".split()
)
ARABIC = re.compile("[\u0600-\u06ff]")
LATIN = re.compile("[A-Za-z]")
# A point may lie this far outside its governorate: the outlines are generalised and many crossings stand on them.
BORDER_KM = 3.0
SLACK_KM = 5.0


def read_sites() -> list[dict[str, str]]:
    with SITES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def point_of(site: dict[str, str]) -> tuple[float, float]:
    return float(site["lon"]), float(site["lat"])


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two (lon, lat) points on a sphere of 6371 km."""
    (lon1, lat1), (lon2, lat2) = one, other
    half_lat, half_lon = math.radians(lat2 - lat1) / 2, math.radians(lon2 - lon1) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * math.sin(half_lon) ** 2
    return 2 * 6371 * math.asin(math.sqrt(chord))


def names_of(site: dict[str, str]) -> list[str]:
    return site["names_ar"].split("|") + site["names_en"].split("|")


SITE_ROWS = read_sites()


def test_columns_and_order() -> None:
    with SITES.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS
    ids = [site["place_id"] for site in SITE_ROWS]
    assert ids == sorted(ids)
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert len(ids) >= 250


def test_every_cell_is_of_its_kind() -> None:
    wrong = []
    for site in SITE_ROWS:
        lon, lat = point_of(site)
        checks = {
            "place_id": re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", site["place_id"]),
            "kind": site["kind"] in KINDS,
            "lon": -20 <= lon <= 80,
            "lat": 0 <= lat <= 55,
            "extent_km": 0.3 <= float(site["extent_km"]) <= 300,
            "country": re.fullmatch(r"([A-Z]{2})?", site["country"]),
            "source": site["source"],
            "confidence": site["confidence"] in {"high", "medium", "low"},
        }
        wrong += [f"{site['place_id']}: {name} = {site[name]!r}" for name, good in checks.items() if not good]
    assert wrong == []


def test_low_confidence_means_a_wide_extent() -> None:
    narrow = [s["place_id"] for s in SITE_ROWS if s["confidence"] == "low" and float(s["extent_km"]) < 4]
    assert narrow == []


def test_names_are_in_their_script_and_differ_after_folding() -> None:
    wrong = []
    for site in SITE_ROWS:
        for column, script, other in (("names_ar", ARABIC, LATIN), ("names_en", LATIN, ARABIC)):
            names = site[column].split("|")
            wrong += [f"{site['place_id']}: {n!r}" for n in names if not script.search(n) or other.search(n) or n != n.strip()]
            folded = Counter(map(fold_name, names))
            wrong += [f"{site['place_id']}: {n!r} twice" for n, count in folded.items() if count > 1]
    assert wrong == []


def test_a_weak_name_is_one_of_the_names() -> None:
    for site in SITE_ROWS:
        for name in re.findall(r"weak: ([^;]+)", site["note"]):
            assert set(map(str.strip, name.split("|"))) <= set(names_of(site)), site["place_id"]


def test_same_name_and_kind_stand_apart() -> None:
    known: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    close = []
    for site in SITE_ROWS:
        for name in set(map(fold_name, names_of(site))):
            twins = known[site["country"], site["kind"], name]
            close += [(site["place_id"], t["place_id"]) for t in twins if distance_km(point_of(site), point_of(t)) < 5]
            twins.append(site)
    assert close == []


MUST_HAVE = {
    "Deir ez-Zor": "دير الزور|Deir ez-Zor|Dayr az-Zawr|Deir Ezzor|Deir al-Zor|Deir Ezzour",
    "Al-Bukamal": "البوكمال|البو كمال|أبو كمال|Al-Bukamal|Abu Kamal|Albukamal|Bukamal",
    "Al-Tanf": "التنف|Al-Tanf|Tanf",
    "Conoco": "كونوكو|كونيكو|Conoco|Koniko",
    "al-Omar": "العمر|al-Omar|Omar",
    "Green Village": "القرية الخضراء|Green Village",
    "Hasakah": "الحسكة|Hasakah|Al-Hasakah|Hassakeh",
    "Shaddadi": "الشدادي|الشدادة|Shaddadi|Al-Shaddadah",
    "Raqqa": "الرقة|Raqqa|Ar-Raqqah",
    "Ayn al-Asad": "عين الأسد|Ayn al-Asad|Ain al-Asad|Al Asad",
    "Erbil airport": "مطار أربيل|Erbil Airport|Erbil International Airport",
    "Mayadin": "الميادين|Mayadin|Al-Mayadeen",
    "Kharab al-Jir": "خراب الجير|Kharab al-Jir",
    "Rmelan": "رميلان|Rmelan|Rumaylan",
    "Khasham": "خشام|Khasham|Khusham",
    "Tower 22": "البرج 22|Tower 22",
    "Baghdad": "بغداد|Baghdad",
    "Gaza": "غزة|Gaza",
    "Idlib": "إدلب|Idlib",
    "Kobani": "كوباني|عين العرب|Kobani|Kobane|Ain al-Arab",
}


@pytest.mark.parametrize("place", sorted(MUST_HAVE))
def test_the_places_every_report_names_are_here(place: str) -> None:
    known = {fold_name(name) for site in SITE_ROWS for name in names_of(site)}
    assert [name for name in MUST_HAVE[place].split("|") if fold_name(name) not in known] == []


needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the shared reference gazetteer is not here")

# Natural Earth's admin1 names (ours) -> the reference's, where folding does not make them equal.
SAME_REGION = {
    ("SY", "Al-Hasakah"): ["Hasaka (Al Haksa)"],
    ("SY", "Deir ez-Zor"): ["Days Az Zawr"],
    ("SY", "Al-Raqqah"): ["Ar Raqqah"],
    ("SY", "Hama"): ["Hamah"],
    ("SY", "Homs"): ["Homs (Hims)"],
    ("SY", "Daraa"): ["Dar`a"],
    ("SY", "As-Suwayda"): ["As Suwayda'"],
    ("SY", "Latakia"): ["Lattakia"],
    ("SY", "Quneitra"): ["Quneitra", "United Nations Disengagement Observer Force"],
    ("IQ", "Duhok"): ["Dihok"],
    ("IQ", "Erbil"): ["Arbil"],
    ("IQ", "Basra"): ["Al-Basrah"],
    ("IQ", "Al Muthanna"): ["Al-Muthannia"],
    ("IQ", "Sulaymaniyah"): ["As-Sulaymaniyah", "Halabja"],
    ("IQ", "Al Anbar"): ["Al-Anbar"],
    ("IQ", "Najaf"): ["An-Najaf"],
    ("IQ", "Nineveh"): ["Ninawa"],
    ("IQ", "Saladin"): ["Sala ad-Din"],
    ("IQ", "Kirkuk"): ["Kirkuk", "At-Ta'mim"],
    ("IQ", "Babylon"): ["Babil"],
    ("IQ", "Al-Qadisiyyah"): ["Al-Qadisiyah"],
    ("IQ", "Dhi Qar"): ["Dhi-Qar"],
    ("IQ", "Karbala"): ["Karbala'"],
    ("YE", "Hadhramaut"): ["Hadramawt"],
    ("YE", "Ad Dali'"): ["Al Dali'"],
    ("YE", "Sanaa"): ["Sana'a", "Amanat Al Asimah"],
    ("YE", "'Adan"): ["`Adan"],
    ("LB", "Beqaa"): ["Beqaa", "Baalbek-Hermel"],
    ("LB", "North Lebanon"): ["North Lebanon", "Akkar"],
    ("JO", "Ajloun"): ["Ajlun"],
    ("JO", "Jerash"): ["Jarash"],
}
PALESTINIAN = {"Gaza Strip": {"North", "Gaza", "Deir Al-Balah", "Khan Younis", "Rafah", "Gaza Strip"}}


@cache
def reference_regions(country: str) -> tuple[tuple[str, object], ...]:
    with gzip.open(REFERENCE / f"admin_{country}.geojson.gz", "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    return tuple((f["properties"]["name"], shape(f["geometry"])) for f in features if f["properties"]["level"] == 1)


@cache
def reference_places(country: str, districts: bool = False) -> dict[str, tuple[tuple[float, float], ...]]:
    """Folded name -> the (lon, lat) points the reference gazetteer gives settlements and campuses of that name."""
    left_out = {"country", "region"} if districts else {"country", "region", "county"}
    found: dict[str, set[tuple[float, float]]] = defaultdict(set)
    with gzip.open(REFERENCE / f"places_{country}.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["superseded"] == "yes" or row["placetype"] in left_out:
                continue
            names = {row["name"], row["name_ar"], *row["names_ar"].split("|"), *row["names_latin"].split("|")}
            for name in filter(None, map(fold_name, names)):
                found[name].add((float(row["lon"]), float(row["lat"])))
    return {name: tuple(points) for name, points in found.items()}


def km_from(region: object, point: tuple[float, float]) -> float:
    """Rough distance of a (lon, lat) point from a polygon; 0 inside."""
    return float(region.distance(Point(point))) * 100  # type: ignore[attr-defined]


def expected_regions(site: dict[str, str]) -> list[str]:
    if site["country"] == "PS":
        gaza = PALESTINIAN["Gaza Strip"]
        names = {name for name, _ in reference_regions("ps")}
        return sorted(gaza & names if site["admin1"] == "Gaza Strip" else names - gaza)
    return SAME_REGION.get((site["country"], site["admin1"]), [site["admin1"]])


def covered(sites: list[dict[str, str]]) -> list[dict[str, str]]:
    return [s for s in sites if s["country"].lower() in COUNTRIES]


@needs_reference
def test_every_point_lies_in_the_governorate_it_claims() -> None:
    outside = []
    for site in covered(SITE_ROWS):
        if site["kind"] == "governorate" or not site["admin1"]:
            continue
        regions = reference_regions(site["country"].lower())
        wanted = {fold_name(name) for name in expected_regions(site)}
        far = min((km_from(r, point_of(site)) for n, r in regions if fold_name(n) in wanted), default=math.inf)
        if far > BORDER_KM + float(site["extent_km"]) / 2:
            outside.append(f"{site['place_id']} ({site['admin1']}): {far:.0f} km outside")
    assert outside == []
