from dataclasses import replace

import numpy as np
import pytest
import shapely

from ui.area import make_area, read_area
from ui.area_mask import count_vague, project_area, rows_within
from ui.columns import build_columns, km_to_units, project
from ui.filters import EventFilter, count_events, filter_rows


@pytest.fixture
def columns(events):
    return build_columns(events)


def kept(columns, word):
    return np.flatnonzero(rows_within(columns, read_area(word))).tolist()


def test_a_site_counts_by_its_point(columns):
    assert kept(columns, "box:40.3,35.3,40.35,35.4") == [0, 6, 7]  # and the country whose extent lies around it
    assert kept(columns, "box:45,15,46,16") == [5]


def test_a_wide_place_counts_where_its_extent_touches(columns):
    assert kept(columns, "circle:40.74,37.5,30") == [1]  # 111 km from its point, extent 90 km
    assert kept(columns, "circle:40.74,37.5,15") == []
    mask = rows_within(columns, read_area("circle:40.74,37.5,30"))
    assert count_vague(columns, mask) == 1


def test_what_is_not_placed_is_in_no_area(columns):
    assert set(kept(columns, "box:-180,-85,180,85")) == {0, 1, 2, 5, 6, 7}


def test_a_hole_is_not_inside(columns):
    around = shapely.box(44, 14, 46, 17).difference(shapely.Point(45.02, 15.45).buffer(0.2))
    assert not rows_within(columns, make_area(around, "ring"))[5]


def test_the_grid_changes_nothing(columns):
    """A jagged star against the plain test of each point."""
    rng = np.random.default_rng(3)
    angle = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    reach = 2 + 3 * rng.random(300)
    star = make_area(shapely.Polygon(np.column_stack([44 + reach * np.cos(angle), 33 + reach * np.sin(angle)])), "star")
    many = _many_points(columns, rng)
    plain = shapely.intersects_xy(project_area(shapely.segmentize(star.geometry, 0.5)), many.x, many.y)
    assert 0 < plain.sum() < len(plain)
    assert (rows_within(many, star) == plain).all()


def test_the_grid_changes_nothing_for_wide_places_either(columns):
    rng = np.random.default_rng(4)
    number = 3000
    x, y = project(rng.uniform(38, 50, number), rng.uniform(27, 39, number))
    wide = np.full(number, 4, dtype=np.int8)
    km = rng.uniform(1, 90, number).astype(np.float32)
    many = replace(
        columns, x=x, y=y, precision=wide, placed=wide > 0, extent_km=km, spot=np.arange(number, dtype=np.int32)
    )
    hole = make_area(shapely.Point(44, 33).buffer(4).difference(shapely.Point(44, 33).buffer(2)), "ring")
    plain = shapely.distance(project_area(shapely.segmentize(hole.geometry, 0.5)), shapely.points(x, y)) <= km_to_units(
        km, y
    )
    assert 0 < plain.sum() < number
    assert (rows_within(many, hole) == plain).all()


def _many_points(columns, rng):
    number = 20_000
    x, y = project(rng.uniform(38, 50, number), rng.uniform(27, 39, number))
    exact = np.zeros(number, dtype=np.int8)
    return replace(columns, x=x, y=y, precision=exact, placed=exact == 0, spot=np.arange(number, dtype=np.int32))


def test_an_area_joins_the_other_filters(columns):
    near = read_area("box:39,34,42,36")
    assert np.flatnonzero(filter_rows(columns, EventFilter(area=near))).tolist() == [0, 1, 2, 6, 7]
    chosen = EventFilter(area=near, coarsest="town", event_type=("rocket_or_missile",))
    assert count_events(columns, chosen).shown == 2
