import numpy as np
import pytest

from pipeline.events import empty_events
from ui.columns import UNDATED_END, WORLD, build_columns, categorize, km_to_units, project, unproject


def test_positions_survive_projection():
    lon, lat = np.array([40.33, -3.7, 179.9, 36.3]), np.array([35.35, 40.4, -60.0, 33.5])
    back = unproject(*(part.astype(float) + 0.5 for part in project(lon, lat)))
    assert np.allclose(back[0], lon, atol=1e-6)
    assert np.allclose(back[1], lat, atol=1e-6)


def test_north_is_up_and_east_is_right():
    x, y = project(np.array([0.0, 10.0]), np.array([10.0, 0.0]))
    assert x[1] > x[0]
    assert y[1] > y[0] == project(np.array([5.0]), np.array([10.0]))[1][0]


def test_a_distance_grows_towards_the_pole():
    equator, sixty = project(np.zeros(2), np.array([0.0, 60.0]))[1]
    units = km_to_units(np.array([100, 100], dtype=np.float32), np.array([equator, sixty]))
    assert units[1] / units[0] == pytest.approx(2, rel=0.01)
    assert units[0] == pytest.approx(100 / 40075 * WORLD, rel=0.01)


def test_rows_stay_in_order_and_lose_nothing(events):
    columns = build_columns(events)
    assert len(columns) == len(events)
    assert columns.placed.tolist() == events.geometry.notna().tolist()
    assert [columns.event_type.values[code] for code in columns.event_type.codes] == events["event_type"].tolist()
    assert columns.end.tolist().count(UNDATED_END) == int(events["date_start"].isna().sum())


def test_the_same_place_is_the_same_spot(events):
    columns = build_columns(events)
    first, second = events.index.get_loc("e1"), events.index.get_loc("e7")
    assert columns.spot[first] == columns.spot[second] >= 0
    assert columns.spot[events.index.get_loc("e4")] == -1
    assert columns.route[first] >= 0 > columns.route[second]


def test_an_actor_without_an_id_keeps_its_words(events):
    nameless = events.copy()
    nameless.loc["e3", "actor_id"] = None
    columns = build_columns(nameless)
    assert columns.actor.values[columns.actor.codes[nameless.index.get_loc("e3")]] == "US forces"


def test_the_table_is_not_modified(events):
    before = events.copy()
    build_columns(events)
    assert before.equals(events)


def test_an_empty_table_has_empty_columns():
    columns = build_columns(empty_events())
    assert len(columns) == 0
    assert columns.actor.count(columns.placed) == {}


def test_categories_mark_and_count(events):
    category = categorize(events["country"])
    assert category.mask(("YE",)).sum() == 1
    assert category.mask(("",)).sum() == 2
    assert category.mask(("XX",)).sum() == 0
    assert category.count(np.ones(len(events), dtype=bool)) == {"": 2, "SY": 5, "YE": 1}


def test_areas_are_named_with_their_country(events):
    admin1 = build_columns(events).admin1
    assert admin1.values == ("", "SY/Al-Hasakah", "SY/Deir ez-Zor")
    assert [admin1.values[code] for code in admin1.codes[:3]] == ["SY/Deir ez-Zor", "SY/Al-Hasakah", ""]
