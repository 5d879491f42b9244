"""Kinds and homes of sources, and the hint an outlet gives to the choice of places."""

import csv
from datetime import date
from pathlib import Path

import pytest

from geo.fold import fold_name
from geo.region import REGION
from pipeline.reading import PlacedReading
from pipeline.records import Article
from pipeline.run import read_placed
from pipeline.sources import home_country, source_kind

TABLE = Path(__file__).resolve().parents[2] / "data" / "sources.csv"
KINDS = {"official", "agency", "monitor", "local", "party", "media"}


def test_the_table_holds_folded_names_known_kinds_and_countries_of_the_region() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["pattern"] for row in rows}) == len(rows)
    for row in rows:
        assert row["pattern"] == fold_name(row["pattern"]) and row["kind"] in KINDS, row
        assert row["country"] in ("", *REGION), row


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("SANA", "official"),
        ("رويترز", "agency"),
        ("Enab Baladi", "local"),
        ("العربي الجديد", "media"),
        ("A blog", "unknown"),
    ],
)
def test_kinds(source: str, kind: str) -> None:
    assert source_kind(source) == kind


@pytest.mark.parametrize(
    ("source", "url", "country"),
    [
        ("سانا", None, "SY"),
        ("وكالة سبأ", "https://www.sabanet.ye/x", "YE"),
        ("Radio Dabanga", None, "SD"),
        ("Reuters", "https://reuters.example.iq/a", None),  # known, and at home nowhere
        ("Sky News Arabia", None, None),
        (None, "https://www.enabbaladi.net/archives/1", "SY"),
        (None, "https://news.example.ye/1", "YE"),
        ("Some page", "https://www.example.gov.lb/1", "LB"),
        (None, "https://www.aljazeera.net/1", None),
        (None, "https://example.com/sy", None),
        (None, "https://example.co.uk/1", None),
        (None, "no address", None),
        (None, "http://[broken", None),
        (None, None, None),
        ("", "", None),
    ],
)
def test_homes(source: str | None, url: str | None, country: str | None) -> None:
    assert home_country(source, url) == country


def read(text: str, source: str | None) -> PlacedReading:
    return read_placed(Article("a", "ar", text, date(2024, 5, 2), source))


def read_country(text: str, source: str | None) -> str | None:
    """Country of the first place of an article."""
    return read(text, source).places[0][1].country


def test_the_outlet_decides_between_towns_of_one_name_and_the_article_before_it() -> None:
    text = "قتل أربعة مدنيين في قصف على بلدة القصير، الخميس."
    assert [read_country(text, source) for source in (None, "رويترز", "سبأ", "سانا")] == [None, None, None, "SY"]
    told = text.replace("بلدة القصير", "بلدة القصير في مصر")
    assert read_country(told, "سانا") == "EG"


def test_the_reasons_of_the_table_name_the_outlet() -> None:
    (answer,) = [answer for _, answer in read("قتل أربعة مدنيين في قصف على بلدة القصير، الخميس.", "سانا").places]
    assert any("where the outlet is at home" in reason for reason in answer.reasons)
