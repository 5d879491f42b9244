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
        ("قُتل شاب وزوجته وأطفالهما الثلاثة في غارة على بلدة ميس الجبل يوم الخميس.", 5),
        ("قتل القيادي في الفصيل وأربعة من مرافقيه بقصف على مدينة الباب يوم الخميس.", 5),
        ("استشهد شابان فلسطينيان برصاص الاحتلال في مخيم بلاطة فجر الخميس.", 2),
        ("An air strike killed a man, his wife and their three children in Saraqib on Thursday.", 5),
        ("The group's commander and four of his guards were killed in a drone strike in Nabatieh on Thursday.", 5),
        ("120 soldiers and a general were killed in an attack on Marib on Thursday.", 121),
        ("The strike killed Abu Hassan, a local commander, and three others in Idlib on Thursday.", 4),
        ("قتل خمسة مدنيين بينهم طفلان وسيدة بقصف على بلدة النيرب يوم الخميس.", 5),
    ],
)
def test_who_and_joins_to_the_dead_is_counted_too(read: Read, text: str, killed: int) -> None:
    assert [placed.event.killed.best for placed in read(text).events if placed.event.killed] == [killed]
