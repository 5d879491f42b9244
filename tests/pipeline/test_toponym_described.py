"""Places that an article describes without naming them: capitals, and the sides of "the country"."""

from collections.abc import Callable

import pytest

from pipeline.reading import PlacedReading

Read = Callable[..., PlacedReading]


def placed(reading: PlacedReading) -> list[tuple[str | None, str | None]]:
    """Country and precision of where each attack was placed."""
    return [(event.target.country, event.target.precision) for event in reading.events if event.target]


def target_names(reading: PlacedReading) -> set[str]:
    return {place.name for event in reading.events for place in event.event.places if place.role == "target"}


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("هز انفجار العاصمة الصومالية يوم الخميس وأدى إلى مقتل خمسة أشخاص.", "مقديشو"),
        ("طعن رجل أربعة أشخاص في العاصمة النمساوية يوم الخميس.", "فيينا"),
        ("وقع انفجار في عاصمة بوركينا فاسو يوم الخميس أدى إلى مقتل أربعة أشخاص.", "واغادوغو"),
        ("A car bomb killed five people in the Somali capital on Thursday.", "Mogadishu"),
    ],
)
def test_a_capital_told_by_its_country_is_that_city(read: Read, text: str, capital: str) -> None:
    assert target_names(read(text)) == {capital}


def test_a_capital_named_at_once_is_read_once(read: Read) -> None:
    text = "قتل خمسة في العاصمة العراقية بغداد يوم الخميس بانفجار عبوة ناسفة."
    assert target_names(read(text)) == {"بغداد"}


def test_a_side_of_the_country_lies_in_the_country_the_article_is_about(read: Read) -> None:
    text = "قتل ثلاثة جنود في هجوم مسلح شمال شرقي البلاد يوم الخميس. وتشهد نيجيريا هجمات متكررة."
    assert {country for country, _ in placed(read(text))} == {"NG"}


def test_the_country_alone_is_no_place(read: Read) -> None:
    text = "قتل ثلاثة جنود في هجوم مسلح يوم الخميس. وتعهد الرئيس بحماية البلاد."
    assert target_names(read(text)) == set()
