import numpy as np
import pytest
import shapely

from ui.area import MOST_CORNERS, AreaError, make_area, outline, read_area


def test_a_box_is_a_box():
    assert read_area("box:40,35,41.5,36").geometry.equals(shapely.box(40, 35, 41.5, 36))


def test_a_circle_is_round_on_the_ground():
    geometry = read_area("circle:44,60,100").geometry
    west, south, east, north = geometry.bounds
    assert north - south == pytest.approx(200 / 111.2, rel=0.01)
    assert east - west == pytest.approx(2 * (north - south), rel=0.02)  # a degree of longitude is half as long there


def test_polygons_with_holes_and_parts_are_read():
    area = read_area("polygon:40,30,44,30,44,34,40,34;41,31,42,31,42,32,41,32|50,30,51,30,51,31")
    assert area.geometry.area == pytest.approx(16 - 1 + 0.5)


def test_a_line_drawn_across_itself_still_encloses():
    assert read_area("polygon:40,30,42,32,42,30,40,32").geometry.area == pytest.approx(2)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "box",
        "box:1,2,3",
        "box:41,35,40,36",
        "box:1,2,nan,4",
        "box:1,2,1e3,4",
        "box:1,2,٣,4",
        "box:1, 2,3,4",
        "circle:44,34,0",
        "circle:44,34,6000",
        "circle:44,89,10",
        "circle:179.9,20,100",
        "polygon:40,30,41,31",
        "polygon:40,30,41,31,42",
        "polygon:40,30,41,30,42,30",
        "polygon:40,30,400,30,42,31",
        "polygon:" + ",".join(["1"] * 2 * (MOST_CORNERS + 1)),
        "box:" + "1" * 5000,
        "file:0123",
        "__import__('os'):1",
    ],
)
def test_nonsense_is_no_area(word):
    with pytest.raises(AreaError):
        read_area(word)


def test_an_area_of_a_file_that_is_small_has_a_word_that_reads_back():
    hole = shapely.Polygon([(40.12345, 30), (44, 30), (44, 34)], [[(43, 31), (43.5, 31), (43.5, 31.5)]])
    area = make_area(shapely.MultiPolygon([hole, shapely.box(50, 30, 51, 31)]), "zone.geojson")
    assert area.has_address
    assert read_area(area.word).geometry.area == pytest.approx(hole.area + 1, rel=1e-3)


def test_an_area_of_a_file_that_is_large_has_none_but_is_known_again():
    angle = np.linspace(0, 2 * np.pi, 500, endpoint=False)
    ring = shapely.Polygon(np.column_stack([44 + np.cos(angle), 33 + np.sin(angle)]))
    area = make_area(ring, "zone.geojson")
    assert not area.has_address
    assert area == make_area(ring, "zone.geojson")
    assert area.describe()["bounds"] == [43.0, 32.0, 45.0, 34.0]


def test_what_is_not_in_degrees_is_refused_with_its_bounds():
    with pytest.raises(AreaError) as refused:
        make_area(shapely.box(400000, 3700000, 500000, 3800000), "utm.geojson")
    assert refused.value.label == "area.not_degrees"
    assert refused.value.values["lon"] == "400000"


def test_an_outline_is_light_enough_to_travel():
    rng = np.random.default_rng(5)
    angle = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    reach = 3 + rng.random(3000)
    jagged = shapely.Polygon(np.column_stack([44 + reach * np.cos(angle), 33 + reach * np.sin(angle)]))
    rings = outline(make_area(jagged, "coast"))
    assert 4 <= sum(map(len, rings)) <= 400
    assert outline(read_area("box:40,35,41,36"))[0][0] == (35, 41)


def test_an_outline_of_ten_thousand_islands_travels_too():
    islands = shapely.MultiPolygon([shapely.box(x, y, x + 0.1, y + 0.1) for x in range(30, 50) for y in range(-80, 80)])
    assert sum(map(len, outline(make_area(islands, "islands")))) <= 800
