from pathlib import Path

import pytest

from ui.about_page import describe_scoreboard, read_scoreboard
from ui.labels import load_labels, screen_languages

README = Path(__file__).resolve().parent.parent.parent / "README.md"


def test_the_app_shows_the_figures_of_the_readme():
    lines = README.read_text(encoding="utf-8").split("<!-- scoreboard -->")[1].split("<!-- /scoreboard -->")[0]
    told = [tuple(float(cell) for cell in line.split("|")[2:4]) for line in lines.strip().splitlines()[2:]]
    assert list(read_scoreboard().values()) == told


@pytest.mark.parametrize("code", screen_languages())
def test_every_measure_has_a_name(code):
    labels = load_labels(code)
    said = describe_scoreboard(read_scoreboard(), labels)
    assert said.count("<tr>") == len(read_scoreboard()) + 1
    assert labels("measure.event_f1") in said
    assert "<bdi>0.93</bdi>" in describe_scoreboard({"event_f1": (0.93, 0.5)}, labels)
