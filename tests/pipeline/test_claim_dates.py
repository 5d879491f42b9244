"""Which day of a clause is the day of its attack."""

from collections.abc import Callable
from datetime import date

import pytest

from pipeline.reading import PlacedReading

Read = Callable[..., PlacedReading]


def days(reading: PlacedReading) -> list[tuple[date, date]]:
    return [(event.event.when.start, event.event.when.end) for event in reading.events if event.event.when]


@pytest.mark.parametrize(
    "text",
    [
        "أفادت مصادر طبية، الخميس، بمقتل ثلاثة جنود في قصف مدفعي على مدينة درعا مساء الأربعاء.",
        "أعلن المرصد الخميس مقتل ثلاثة جنود في قصف مدفعي على مدينة درعا. ووقع القصف مساء الأربعاء.",
    ],
)
def test_the_day_of_the_attack_goes_before_that_of_the_statement(read: Read, text: str) -> None:
    assert days(read(text)) == [(date(2024, 5, 1), date(2024, 5, 1))]


def test_a_relative_clause_about_something_else_has_a_day_of_its_own(read: Read) -> None:
    text = "قصفت طائرات التحالف، الخميس، معسكر خالد الذي استولت عليه الميليشيات قبل عامين."
    assert days(read(text)) == [(date(2024, 5, 2), date(2024, 5, 2))]


def test_what_an_attack_is_only_for_is_no_attack(read: Read) -> None:
    text = "عثرت القوات يوم الخميس على منصات في مزارع قرب مدينة الحديدة استخدمتها الميليشيات لاستهداف السعودية."
    assert read(text).events == ()


def test_who_came_under_fire_suffered_it(read: Read) -> None:
    assert len(read("تعرضت مدينة حماة لقصف جوي يوم الخميس.").events) == 1
