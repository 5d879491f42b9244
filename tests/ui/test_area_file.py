import json

import pytest
import shapely

from ui.area import AreaError
from ui.area_file import MOST_BYTES, MOST_CORNERS, read_area_file

SQUARE = [[[40, 30], [44, 30], [44, 34], [40, 34], [40, 30]]]


def read(said, name="zone.geojson"):
    return read_area_file(name, said if isinstance(said, bytes) else json.dumps(said).encode())


def collection(*geometries):
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
    return {"type": "FeatureCollection", "features": features}


def polygon(coordinates=SQUARE):
    return {"type": "Polygon", "coordinates": coordinates}


@pytest.mark.parametrize(
    "said",
    [
        polygon(),
        {"type": "Feature", "geometry": polygon()},
        collection(polygon(), None),
        {"type": "GeometryCollection", "geometries": [polygon()]},
        {"type": "MultiPolygon", "coordinates": [SQUARE]},
        {**polygon(), "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}},
        b"\xef\xbb\xbf" + json.dumps(polygon()).encode(),
        polygon([[[40, 30, 9], [44, 30, 9], [44, 34, 9], [40, 34, 9], [40, 30, 9]]]),
    ],
)
def test_polygons_are_read_wherever_they_stand(said):
    area = read(said)
    assert area.geometry.equals(shapely.box(40, 30, 44, 34))
    assert (area.kind, area.name) == ("file", "zone.geojson")


def test_polygons_that_overlap_are_one_area():
    moved = [[[x + 2, y] for x, y in SQUARE[0]]]
    assert read(collection(polygon(), polygon(moved))).geometry.area == pytest.approx(24)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        (b"\xff\xfe", "area.not_json"),
        (b"[" * 100_000, "area.not_json"),
        (b'"text"', "area.not_json"),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 1]]]}', "area.not_json"),
        (b'{"type":"GeometryCollection","geometries":[' * 400 + b"]}" * 400, "area.not_json"),
        ({"type": "FeatureCollection"}, "area.not_json"),
        ({"type": "FeatureCollection", "features": ["x"]}, "area.not_json"),
        (collection(), "area.no_polygon"),
        (collection(None), "area.no_polygon"),
        ({"type": "Polygon", "coordinates": []}, "area.no_polygon"),
        (collection(polygon(), {"type": "Point", "coordinates": [40, 30]}), "area.wrong_type"),
        ({"type": "Topology", "objects": {}}, "area.wrong_type"),
        ({}, "area.wrong_type"),
        (polygon([["a", "b", "c", "d"]]), "area.bad_ring"),
        (polygon([[[40, 30], [44, 30]]]), "area.bad_ring"),
        (polygon([[[40], [44], [44], [40]]]), "area.bad_ring"),
        (polygon([[1, 2, 3, 4]]), "area.bad_ring"),
        (polygon([[{"x": 1}, {"x": 2}, {"x": 3}, {"x": 4}]]), "area.bad_ring"),
        (polygon([[[40, 30], [40, 30], [40, 30], [40, 30]]]), "area.no_polygon"),
        (polygon([[[4e5, 3e6], [5e5, 3e6], [5e5, 4e6], [4e5, 3e6]]]), "area.not_degrees"),
        ({**polygon(), "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::32637"}}}, "area.other_system"),
    ],
)
def test_what_is_no_area_is_refused_with_a_reason(said, label):
    with pytest.raises(AreaError) as refused:
        read(said)
    assert refused.value.label == label


def test_a_large_file_is_refused_before_it_is_read():
    with pytest.raises(AreaError) as refused:
        read(b" " * (MOST_BYTES + 1))
    assert refused.value.label == "area.too_large"


def test_too_many_corners_are_refused():
    ring = [[40 + index * 1e-5, 30 + index % 2] for index in range(MOST_CORNERS + 1)]
    with pytest.raises(AreaError) as refused:
        read(json.dumps(polygon([ring])).replace(" ", "").encode())
    assert refused.value.label == "area.too_many"


def test_of_a_name_only_the_last_part_is_kept():
    assert read(polygon(), "C:\\somebody\\zone.geojson").name == "zone.geojson"
