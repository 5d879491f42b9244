import numpy as np
import pytest
from shapely import Point

from pipeline.codes import event_types
from pipeline.events import make_events
from ui.cells import MAX_CELLS, View, cluster_rows, draw, frame_view
from ui.columns import build_columns

REGION = View(5, 30, 10, 60, 42)


@pytest.fixture
def columns(events):
    return build_columns(events)


def everything(columns):
    return np.ones(len(columns), dtype=bool)


def drawn(drawing):
    points = len(drawing.points) + sum(cluster.count for cluster in drawing.clusters)
    return points + sum(area.count for area in drawing.areas)


def test_every_placed_event_is_drawn_once(columns):
    assert drawn(draw(columns, everything(columns), REGION)) == int(columns.placed.sum())


def test_a_mask_hides(columns):
    mask = np.zeros(len(columns), dtype=bool)
    mask[0] = True
    drawing = draw(columns, mask, REGION)
    assert (len(drawing.points), len(drawing.clusters), len(drawing.areas)) == (1, 0, 0)


def test_areas_never_join_a_cluster(events, columns):
    drawing = draw(columns, everything(columns), View(2, -180, -80, 180, 80))
    assert {events.index[area.row] for area in drawing.areas} == {"e2", "e8"}


def test_one_spot_is_one_cluster_at_any_zoom(events, columns):
    mask = events.index.isin(["e1", "e7"])
    for zoom in (3, 8, 18):
        drawing = draw(columns, mask, View(zoom, 40.32, 35.34, 40.34, 35.36))
        assert [cluster.count for cluster in drawing.clusters] == [2]
        assert events.index[drawing.clusters[0].row] in {"e1", "e7"}
        assert drawing.clusters[0].lon == pytest.approx(40.33, abs=1e-5)
        assert drawing.clusters[0].lat == pytest.approx(35.35, abs=1e-5)


def test_a_cluster_of_several_places_says_its_bounds_and_kinds(events, columns):
    mask = events.index.isin(["e1", "e3", "e7"])
    (cluster,) = draw(columns, mask, View(3, 0, 0, 90, 60)).clusters
    assert cluster.row == -1
    west, south, east, north = cluster.bounds
    assert (west, east) == pytest.approx((40.33, 40.92), abs=1e-5)
    assert (south, north) == pytest.approx((34.45, 35.35), abs=1e-5)
    named = {list(event_types())[number]: count for number, count in cluster.types}
    assert named == {"rocket_or_missile": 2, "airstrike": 1}


@pytest.mark.parametrize("view", [View(3, 0, 0, 90, 60), View(6, 36, 30, 46, 38), View(8, 40, 34, 42, 36)])
def test_the_rows_of_each_cluster_are_those_it_counts(columns, view):
    clusters = draw(columns, everything(columns), view).clusters
    found = [cluster_rows(columns, everything(columns), view, number) for number in range(len(clusters))]
    assert [len(rows) for rows in found] == [cluster.count for cluster in clusters]
    assert len(np.unique(np.concatenate(found))) == sum(map(len, found))
    assert not len(cluster_rows(columns, everything(columns), view, len(clusters)))
    assert not len(cluster_rows(columns, everything(columns), view, -1))


def test_zooming_in_parts_places(events, columns):
    mask = events.index.isin(["e1", "e3"])
    drawing = draw(columns, mask, View(9, 40, 34, 41.5, 36))
    assert len(drawing.points) == 2


def test_cells_stay_put_while_panning():
    first, second = frame_view(View(7, 40, 30, 45, 35)), frame_view(View(7, 40.01, 30.01, 45.01, 35.01))
    size = 1 << first.shift
    assert first.shift == second.shift
    assert (first.left - second.left) % size == (first.top - second.top) % size == 0


@pytest.mark.parametrize("view", [View(18, -180, -85, 180, 85), View(25, 0, 0, 1, 1), View(0, -500, -90, 500, 90)])
def test_no_view_asks_for_too_many_cells(view):
    frame = frame_view(view)
    assert 1 <= frame.columns * frame.rows <= MAX_CELLS


def test_a_route_is_drawn_when_only_its_middle_is_in_view(events, columns):
    mask = everything(columns)
    between = View(9, 40.5, 34.7, 40.7, 35.0)
    assert [events.index[route.row] for route in draw(columns, mask, between).routes] == ["e1"]
    assert draw(columns, mask, View(9, 50, 20, 51, 21)).routes == ()


def test_a_large_area_is_drawn_when_its_centre_is_out_of_view(events, columns):
    drawing = draw(columns, everything(columns), View(10, 41.2, 36.5, 41.3, 36.6))
    assert "e2" in {events.index[area.row] for area in drawing.areas}


def test_many_points_stay_few_shapes():
    rng = np.random.default_rng(1)
    rows = [
        {
            "event_id": f"m{number}",
            "event_type": "drone",
            "time_status": "actual",
            "place_status": "placed",
            "precision": "town",
            "extent_km": 1.0,
            "article_id": "a",
            "language": "en",
            "geometry": Point(lon, lat),
        }
        for number, (lon, lat) in enumerate(rng.uniform((30, 12), (58, 38), (3000, 2)))
    ]
    columns = build_columns(make_events(rows))
    drawing = draw(columns, everything(columns), REGION)
    assert drawn(drawing) == 3000
    assert len(drawing.clusters) + len(drawing.points) < 1000


def test_neighbours_too_close_to_draw_become_one():
    spots = [(39.9, 35.0), (40.1, 35.0), (40.1, 35.0), (48.0, 35.0)]  # a cell border lies between the first two
    rows = [
        {
            "event_id": f"n{number}",
            "event_type": "drone",
            "time_status": "actual",
            "place_status": "placed",
            "precision": "town",
            "extent_km": 1.0,
            "article_id": "a",
            "language": "en",
            "geometry": Point(lon, lat),
        }
        for number, (lon, lat) in enumerate(spots)
    ]
    columns = build_columns(make_events(rows))
    drawing = draw(columns, everything(columns), View(5, 30, 25, 55, 45))
    assert [cluster.count for cluster in drawing.clusters] == [3]
    assert drawing.points.tolist() == [3]
