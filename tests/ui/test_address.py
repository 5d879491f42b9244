from datetime import date
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest
import shapely

from pipeline.events import empty_events
from ui.address import FIELDS, TEXT_LIMIT, Refused, find_choices, read_address, write_address
from ui.area import make_area, read_area
from ui.columns import build_columns
from ui.filters import EventFilter

AT_FIRST = ("actual", "historical")


@pytest.fixture
def choices(events):
    return find_choices(build_columns(events))


def through_a_link(chosen, choices):
    address = urlencode(write_address(chosen, choices), doseq=True)
    return read_address(parse_qs(address, keep_blank_values=True), choices)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"text": "حقل العمر & 50% of=it"},
        {"first": date(2023, 3, 24), "last": date(2023, 4, 2)},
        {"actor": ("iran-backed-militias", "united-states")},
        {"event_type": ("drone",), "weapon": ("", "rocket"), "country": ("SY", "YE")},
        {"actor_basis": ("blamed",), "coarsest": "town"},
        {"time_status": ()},
        {"time_status": ("denied",)},
        {"area": read_area("circle:40.5,35,80.5")},
        {"area": read_area("polygon:40,30,44,30,44,34;41,31,42,31,42,32|50,30,51,30,51,31")},
    ],
)
def test_a_filter_comes_back_as_it_went(choices, changed):
    chosen = EventFilter(**{"time_status": AT_FIRST, **changed})
    assert through_a_link(chosen, choices) == (chosen, [])


def test_what_is_as_at_first_is_not_in_the_address(choices):
    assert write_address(EventFilter(time_status=("historical", "actual")), choices) == {}
    assert write_address(EventFilter(), choices) == {"time_status": ["any"]}


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"actor": ["nobody"]}, [Refused("actor", "nobody")]),
        ({"event_type": ["suicide_bombing"]}, [Refused("event_type", "suicide_bombing")]),  # not among these events
        ({"actor": ["any"]}, []),
        ({"coarsest": ["village"]}, [Refused("coarsest", "village")]),
        ({"area": ["circle:1"]}, [Refused("area", "circle:1")]),
        ({"area": ["box:1,1,2,2", "x"], "actor": ["nobody"]}, [Refused("actor", "nobody"), Refused("area", "x")]),
        ({"actr": ["rsf"]}, [Refused("actr", "")]),
        ({"text": ["a", "b"]}, [Refused("text", "b")]),
        ({"text": ["x" * (TEXT_LIMIT + 1)]}, [Refused("text", "x" * (TEXT_LIMIT + 1))]),
        ({"from": ["2023-02-30"]}, [Refused("from", "2023-02-30")]),
        ({"from": ["2023-04-02"], "to": ["2023-04-01"]}, [Refused("from", "2023-04-02"), Refused("to", "2023-04-01")]),
        ({"from": ["2024-01-01"]}, [Refused("from", "2024-01-01")]),
        ({"to": ["1999-01-01"]}, [Refused("to", "1999-01-01")]),
    ],
)
def test_what_does_not_fit_is_left_out_and_named(choices, said, refused):
    chosen, told = read_address(said, choices)
    assert told == refused
    assert (chosen.first, chosen.last, chosen.actor, chosen.event_type) == (None, None, (), ())
    assert chosen.coarsest is None


def test_what_fits_is_followed_beside_what_does_not(choices):
    chosen, told = read_address({"actor": ["nobody", "united-states-army"], "time_status": ["whatever"]}, choices)
    assert chosen.actor == ("united-states-army",)
    assert chosen.time_status == AT_FIRST
    assert told == [Refused("actor", "nobody"), Refused("time_status", "whatever")]


def test_a_period_is_cut_to_the_days_of_the_data_and_said_so(choices):
    chosen, told = read_address({"from": ["2020-01-01"], "to": ["2023-03-05"]}, choices)
    assert (chosen.first, chosen.last) == (date(2023, 3, 1), date(2023, 3, 5))
    assert told == [Refused("from", "2020-01-01")]


def test_one_end_of_a_period_is_enough(choices):
    chosen, told = read_address({"from": ["2023-04-01"]}, choices)
    assert (chosen.first, chosen.last, told) == (date(2023, 4, 1), date(2023, 4, 11), [])


def test_without_events_nothing_can_be_asked_for():
    choices = find_choices(build_columns(empty_events()))
    chosen, told = read_address({"from": ["2023-04-01"], "actor": ["rsf"]}, choices)
    assert chosen == EventFilter()
    assert told == [Refused("actor", "rsf"), Refused("from", "2023-04-01")]


def test_every_field_of_words_is_one_of_the_filter():
    assert set(FIELDS) <= set(EventFilter.__dataclass_fields__)


def test_an_area_too_large_for_an_address_is_left_out_of_it(choices):
    angle = np.linspace(0, 2 * np.pi, 500, endpoint=False)
    ring = shapely.Polygon(np.column_stack([44 + np.cos(angle), 33 + np.sin(angle)]))
    chosen = EventFilter(time_status=AT_FIRST, area=make_area(ring, "zone.geojson"))
    assert write_address(chosen, choices) == {}
