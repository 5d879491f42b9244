"""Which place was hit, where it was launched from, and which is only named."""

from collections.abc import Callable

import pytest

from pipeline.reading import PlacedReading

Read = Callable[..., PlacedReading]


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("سقط صاروخ على بغداد يوم الخميس.", "بغداد"),
        ("انفجرت سيارة مفخخة في بغداد يوم الخميس فقتل ثلاثة رجال.", "بغداد"),
        ("سقط صاروخ في صنعاء يوم الخميس.", "صنعاء"),
        ("انفجرت عبوة في دمشق يوم الخميس قتل فيها رجل من تدمر.", "دمشق"),
    ],
)
def test_an_attack_in_a_capital_is_there_and_not_by_its_state(read: Read, text: str, capital: str) -> None:
    reading = read(text)
    assert targets(reading) == [capital]
    assert [placed.event.actor_id for placed in reading.events] == [None]


def targets(reading: PlacedReading) -> list[str | None]:
    return [next((p.name for p in placed.event.places if p.role == "target"), None) for placed in reading.events]


def origins(reading: PlacedReading) -> list[str | None]:
    return [next((p.name for p in placed.event.places if p.role == "origin"), None) for placed in reading.events]


@pytest.mark.parametrize(
    ("text", "origin", "target"),
    [
        ("أُطلقت صواريخ من بلدة تادف على مدينة الباب يوم الخميس.", "تادف", "الباب"),
        ("سقطت على مدينة الباب صواريخ أُطلقت من بلدة تادف يوم الخميس.", "تادف", "الباب"),
        ("Rockets fired from Al-Bukamal hit the town of Masyaf on Thursday.", "Al-Bukamal", "Masyaf"),
        ("A rocket launched from Yemen hit Eilat on Thursday.", "Yemen", "Eilat"),
        ("سقط صاروخ على مدينة الباب يوم الخميس.", None, "الباب"),
    ],
)
def test_origin_and_target(read: Read, text: str, origin: str | None, target: str) -> None:
    reading = read(text)
    assert (origins(reading), targets(reading)) == ([origin], [target])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصف الطيران بلدة سرمدا وبلدة الدانا مساء الخميس.", {"سرمدا", "الدانا"}),
        ("تعرض حقلا العمر والتنك لهجوم بالصواريخ يوم الخميس.", {"العمر", "التنك"}),
        ("تعرضت مدينتا حمص وحماة لقصف جوي يوم الخميس.", {"حمص", "حماة"}),
        ("Warplanes bombed Masyaf and Tartus on Thursday.", {"Masyaf", "Tartus"}),
    ],
)
def test_coordinated_targets_are_attacks_of_their_own(read: Read, text: str, expected: set[str]) -> None:
    found = targets(read(text))
    assert len(found) == len(expected)
    assert set(found) == expected


def test_one_toll_for_two_places_is_one_event(read: Read) -> None:
    reading = read("قتل خمسة مدنيين في غارات جوية على بلدة سرمدا وبلدة الدانا يوم الخميس.")
    assert len(reading.events) == 1
    killed = reading.events[0].event.killed
    assert killed is not None and killed.best == 5


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("قصف الطيران قرية كاني ماسي شمالي العراق مساء الخميس.", "كاني ماسي"),
        ("استهدفت غارة مبنى في حي المزة بدمشق يوم الخميس.", "حي المزة"),
        ("A drone hit the town of Masyaf in Hama province on Thursday.", "Masyaf"),
        ("وقع هجوم بطائرة مسيرة في محافظة إدلب يوم الخميس.", "إدلب"),
    ],
)
def test_the_narrowest_of_a_chain_is_the_target(read: Read, text: str, target: str) -> None:
    assert targets(read(text)) == [target]


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("Warplanes bombed Masyaf on Thursday, a source said from Beirut.", "Beirut"),
        ("قصف الطيران بلدة سرمدا يوم الخميس، وقال المرصد ومقره لندن إن القصف كان عنيفا.", "لندن"),
        ("A man from Amman was killed when a drone hit Masyaf on Thursday.", "Amman"),
        ("انفجرت عبوة ناسفة في مدينة حمص يوم الخميس قتل فيها رجل من تدمر.", "تدمر"),
        ("Warplanes bombed Masyaf on Thursday. Talks will be held in Amman.", "Amman"),
    ],
)
def test_a_place_in_passing_is_no_target(read: Read, text: str, passed: str) -> None:
    reading = read(text)
    assert len(reading.events) == 1
    assert passed not in targets(reading)
    assert {place.role for place, _ in reading.places if place.name == passed} <= {"mention"}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("انفجرت عبوة ناسفة بين مدينة تدمر وبلدة السخنة يوم الخميس.", ("تدمر", "السخنة")),
        ("A car bomb exploded between Mosul and Tal Afar on Wednesday.", ("Mosul", "Tal Afar")),
    ],
)
def test_between_two_places_is_one_place(read: Read, text: str, ends: tuple[str, str]) -> None:
    reading = read(text)
    assert len(reading.events) == 1
    place = reading.events[0].event.places[0]
    assert (place.name, place.between) == ends


def test_roles_of_all_places(read: Read) -> None:
    reading = read("أُطلقت صواريخ من بلدة تادف على مدينة الباب يوم الخميس. وزار الوفد دمشق.")
    assert {place.name: place.role for place, _ in reading.places} == {
        "تادف": "origin",
        "الباب": "target",
        "دمشق": "mention",
    }
