"""Where a dateline ends, and that its place is no target."""

from collections.abc import Callable

import pytest

from pipeline.annotate import Notes
from pipeline.dateline import dateline_end
from pipeline.reading import PlacedReading


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("BEIRUT (Newswire) - Shells fell.", "Shells fell."),
        ("BEIRUT, Lebanon — Shells fell.", "Shells fell."),
        ("دبي، الإمارات (وكالة) -- سقطت قذائف.", "سقطت قذائف."),
        ("بغداد - سقطت قذائف.", "سقطت قذائف."),
    ],
)
def test_a_dateline_ends_after_its_dash(mark: Callable[..., Notes], text: str, rest: str) -> None:
    notes = mark(text)
    end = dateline_end(notes)
    while notes.text.tokens[end].raw == "-":
        end += 1
    assert text[notes.text.tokens[end].start :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Hama - again.",
        "قصف الطيران حماة - مرة أخرى.",
        "Shells fell on a very long street that has no name at all (so they say) and then - nothing.",
        "-",
        "",
    ],
)
def test_a_dash_inside_a_sentence_ends_no_dateline(mark: Callable[..., Notes], text: str) -> None:
    assert dateline_end(mark(text)) == 0


def test_the_place_of_a_dateline_is_no_target(read: Callable[..., PlacedReading]) -> None:
    reading = read("BEIRUT (Newswire) - Israeli warplanes struck a depot near the town of Masyaf late on Thursday.")
    assert [place.name for place in reading.events[0].event.places] == ["Masyaf"]
    assert {place.name: place.role for place, _ in reading.places} == {"BEIRUT": "mention", "Masyaf": "target"}


def test_the_party_of_a_dateline_did_nothing(read: Callable[..., PlacedReading]) -> None:
    reading = read("TEHRAN (Newswire) - Rockets hit the town of Masyaf on Thursday.")
    assert [placed.event.actor_id for placed in reading.events] == [None]
