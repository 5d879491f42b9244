"""One attack told twice is one event; another day, place or kind is another."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from geo.place import PLACED, Placement, PlaceQuery
from pipeline.attack import Attack
from pipeline.reading import PlacedReading
from pipeline.records import Claim, Count, DateSpan, Mention, PlaceMention
from pipeline.toponym import Toponym
from pipeline.unite import settle_count, unite

Read = Callable[..., PlacedReading]
WORDS = Mention(0, 3, "hit")
STRONG = ("typed_trigger", "is_drone", "day", "narrow_place", "casualties")
THURSDAY = DateSpan(date(2024, 5, 2), date(2024, 5, 2), "day")
TUESDAY = DateSpan(date(2024, 4, 30), date(2024, 4, 30), "day")


def place(name: str, lon: float, lat: float, extent_km: float = 3.0) -> tuple[Toponym, Placement]:
    toponym = Toponym(0, 1, PlaceMention(WORDS, name))
    return toponym, Placement(PLACED, PlaceQuery(name), name, name, lon, lat, "town", extent_km, "SY")


PLACES = [place("A", 36.0, 35.0), place("B", 40.0, 35.0), place("Province", 36.1, 35.1, 60.0)]


def claim(sentence: int, event_type: str | None = "drone", target: int | None = 0, **more: object) -> Claim:
    values: dict[str, object] = {"when": THURSDAY, "signs": STRONG, "targets": () if target is None else (target,)}
    return Claim(sentence, WORDS, event_type, **(values | more))  # type: ignore[arg-type]


def united(claims: Sequence[Claim]) -> list[Attack]:
    return unite(claims, [toponym for toponym, _ in PLACES], [placement for _, placement in PLACES])


def test_one_claim_is_one_attack() -> None:
    assert len(united([claim(0)])) == 1


@pytest.mark.parametrize(
    "again",
    [
        claim(1),
        claim(1, "interception"),
        claim(1, ""),
        claim(1, when=None),
        claim(1, target=None),
        claim(1, target=2),
    ],
)
def test_what_fits_is_added(again: Claim) -> None:
    attacks = united([claim(0), again])
    assert [len(attack.claims) for attack in attacks] == [2]


@pytest.mark.parametrize(
    "other",
    [
        claim(1, target=1),
        claim(1, when=TUESDAY),
        claim(1, "ied_or_mine"),
        claim(1, "armed_clash"),
        claim(1, anew=True, target=1),
    ],
)
def test_what_does_not_fit_begins_another(other: Claim) -> None:
    assert len(united([claim(0), other])) == 2


@pytest.mark.parametrize("status", ["future", "hypothetical"])
def test_what_did_not_happen_is_no_attack(status: str) -> None:
    assert united([claim(0, time_status=status)]) == []


def test_too_little_is_left_out() -> None:
    assert united([claim(0, signs=("sport", "weak_trigger", "no_place"))]) == []


def test_two_far_targets_are_two_attacks_but_one_toll_is_one() -> None:
    both = claim(0, targets=(0, 1))
    toll = claim(0, targets=(0, 1), killed=Count(5, 5, 5, WORDS))
    assert [attack.target for attack in united([both])] == [0, 1]
    assert len(united([toll])) == 1


def test_the_narrower_place_and_the_shorter_span_win() -> None:
    week = DateSpan(date(2024, 4, 29), date(2024, 5, 5), "week")
    attack = united([claim(0, target=2, when=week), claim(1, target=0, when=THURSDAY)])[0]
    assert (attack.target, attack.when) == (0, THURSDAY)


def test_the_head_says_most() -> None:
    attack = united([claim(0, signs=("typed_trigger", "is_drone", "day", "narrow_place")), claim(1)])[0]
    assert attack.head is attack.claims[1]
    assert attack.sentence == 1


def test_figures_settle_on_the_first_and_widen_the_range() -> None:
    first, second = Count(5, 5, 5, WORDS), Count(7, 6, 8, WORDS)
    settled = settle_count([None, first, None, second])
    assert settled is not None
    assert (settled.best, settled.low, settled.high) == (5, 5, 8)
    assert settle_count([None, None]) is None
    assert settle_count([]) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("استهدفت طائرة مسيرة قاعدة حرير يوم الخميس. وأكد مصدر أن الطائرة المسيرة أصابت قاعدة حرير.", 1),
        ("تعرض حقل العمر لقصف بخمسة صواريخ يوم الخميس. وقال مصدر إن القصف على حقل العمر لم يسفر عن إصابات.", 1),
        ("A drone hit the town of Masyaf on Thursday. The attack killed one soldier.", 1),
        ("استهدفت طائرة مسيرة قاعدة حرير يوم الخميس. وقبل ذلك بيوم استهدفت طائرة مسيرة قاعدة حرير.", 2),
        ("A drone hit the town of Masyaf on Thursday. A day earlier, a drone hit the town of Masyaf.", 2),
        ("قصف الطيران مدينة درعا يوم الخميس. وقصف الطيران مدينة درعا يوم الأربعاء.", 2),
        ("قصف الطيران مدينة درعا يوم الخميس. وقصف الطيران مدينة درعا يوم الثلاثاء.", 2),
        ("استهدفت طائرة مسيرة قاعدة حرير يوم الخميس. وانفجرت عبوة ناسفة في مدينة تدمر يوم الخميس.", 2),
    ],
)
def test_told_again_and_told_anew(read: Read, text: str, count: int) -> None:
    assert len(read(text).events) == count


def test_what_the_second_telling_adds_is_kept(read: Read) -> None:
    event = read("A drone hit the town of Masyaf on Thursday. The attack killed one soldier.").events[0].event
    assert event.killed is not None and event.killed.best == 1


def test_a_day_earlier_is_the_day_before(read: Read) -> None:
    reading = read("A drone hit the town of Masyaf on Thursday. A day earlier, a drone hit the town of Masyaf.")
    days = [placed.event.when.start for placed in reading.events if placed.event.when]
    assert days == [date(2024, 5, 2), date(2024, 5, 1)]
