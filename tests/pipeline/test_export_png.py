from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image, features

from pipeline.events import empty_events
from pipeline.export_png import HEIGHT, WIDTH, write_png
from pipeline.picture import fit_frame, load_font
from pipeline.provenance import Provenance

PROVENANCE = Provenance(datetime(2024, 3, 1, 12, tzinfo=UTC), "0.1.0", {"text": "الحسكة"})


def picture_of(events, tmp_path):
    write_png(events, tmp_path / "events.png", PROVENANCE)
    return Image.open(tmp_path / "events.png")


def count_pixels(picture, colour):
    wanted = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return int((abs(np.asarray(picture.convert("RGB")).astype(int) - wanted).max(axis=2) < 8).sum())


def test_a_picture_says_how_it_was_made(events, tmp_path):
    picture = picture_of(events, tmp_path)
    assert picture.size == (WIDTH, HEIGHT)
    assert picture.text["version"] == "0.1.0"
    assert picture.text["filter"] == '{"text": "الحسكة"}'
    assert {"citation", "licence", "generated_at"} <= picture.text.keys()


def test_events_are_drawn_in_the_colour_of_their_kind(events, tmp_path):
    clash = "#009e73"
    with_clash = count_pixels(picture_of(events, tmp_path), clash)
    without = count_pixels(picture_of(events.drop("e6"), tmp_path), clash)
    assert with_clash > without + 50  # its mark, and its dot in the legend
    assert without == 0


def test_nothing_placed_is_a_picture_of_the_region(events, tmp_path):
    assert picture_of(events.loc[["e4", "e5"]], tmp_path).size == (WIDTH, HEIGHT)
    assert picture_of(empty_events(), tmp_path).size == (WIDTH, HEIGHT)


def test_one_spot_fills_no_window_closer_than_it_is_known():
    frame = fit_frame((0, 0, 1000, 500), (40.33, 35.35, 40.33, 35.35))
    (left, right), _ = frame.place(np.array([40.33, 41.33]), np.array([35.35, 35.35]))
    assert left == pytest.approx(500)
    assert 100 < right - left < 1000


@pytest.mark.skipif(not features.check("raqm"), reason="this Pillow writes Arabic letters unjoined")
def test_arabic_letters_are_joined():
    font = load_font(20)
    assert font.getlength("بلد") < sum(font.getlength(letter) for letter in "بلد")


@pytest.mark.parametrize("text", ["<script>", "\u202e\u2066", "a\nb", "x" * 5000, "\U0001f4a5"])
def test_hostile_words_break_no_picture(events, tmp_path, text):
    changed = events.assign(place_name=text, matched_name=text)
    write_png(changed, tmp_path / "events.png", Provenance(datetime.now(UTC), text, {text: text}))
    assert Image.open(tmp_path / "events.png").size == (WIDTH, HEIGHT)
