import numpy as np
import pytest

from ui.book import make_book
from ui.labels import load_labels
from ui.legend import describe_legend
from ui.split import choose_parts

EN = load_labels("en")


@pytest.fixture
def book(events, articles):
    return make_book(events, articles)


def explained(book, *rows):
    mask = np.zeros(len(book), dtype=bool)
    mask[list(rows)] = True
    said = describe_legend(book, mask, EN)
    return {name for name in ("historical", "denied", "future", "reviewed") if EN(f"legend.{name}") in said}


def test_marks_are_explained_where_they_are_on_the_map(book):
    assert explained(book, 0) == set()
    assert explained(book, 0, 2) == {"historical"}
    assert explained(book, 7) == {"denied"}
    assert explained(book, 6) == {"reviewed"}


def test_what_is_not_on_the_map_is_not_explained(book):
    assert explained(book, 3, 4) == set()


def test_announced_and_hypothetical_share_a_mark(events, articles):
    book = make_book(events.assign(time_status="hypothetical"), articles)
    assert explained(book, 0) == {"future"}


def test_by_actor_the_legend_has_actors_and_counts_what_is_on_the_map(book):
    parts = choose_parts(book.columns, np.ones(len(book), dtype=bool), "actor")
    placed = np.arange(len(book)) != 3
    said = describe_legend(book, placed, EN, "light", parts)
    assert "Iran-backed" in said
    assert "not said<bdi>3</bdi>" in said  # one more was placed nowhere
    assert EN("legend.cluster_actor") in said
    assert EN("event_type.drone") not in said
