"""Tolls that "and" adds up."""

from collections.abc import Callable

import pytest

from pipeline.reading import PlacedReading

Read = Callable[..., PlacedReading]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("قتل رجل وابنه بقصف مدفعي على بلدة النيرب يوم الخميس.", 2),
        ("استشهدت سيدة وطفلاها في قصف على مدينة خان يونس يوم الخميس.", 3),
        ("قتل جنديان وضابط وأصيب 3 آخرون في هجوم قرب مدينة تدمر يوم الخميس.", 3),
        ("مقتل 3 خبراء و4 مدنيين في غارة على مدينة صعدة يوم الخميس.", 7),
        ("A mother and two daughters were killed when shells hit Saraqib on Thursday.", 3),
        ("An Israeli drone strike killed a man and his son in Nabatieh on Thursday and wounded three.", 2),
        ("The shelling killed two soldiers and three civilians in Saraqib on Thursday.", 5),
        ("The shelling killed two soldiers and wounded three civilians in Saraqib on Thursday.", 2),
        ("قتل مدنيان وجندي أصيب بجروح بقصف على بلدة النيرب يوم الخميس.", 2),
        ("The shelling killed two soldiers and a man was wounded in Saraqib on Thursday.", 2),
        ("قتل خمسة مدنيين بينهم طفلان وسيدة بقصف على بلدة النيرب يوم الخميس.", 5),
    ],
)
def test_who_and_joins_to_the_dead_is_counted_too(read: Read, text: str, killed: int) -> None:
    assert [placed.event.killed.best for placed in read(text).events if placed.event.killed] == [killed]
