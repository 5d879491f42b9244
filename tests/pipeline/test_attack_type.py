"""What kind of attack a clause tells, the word it rests on, and the weapon."""

from collections.abc import Callable

import pytest

from pipeline.annotate import Notes
from pipeline.attack_type import AttackType, decide_type, weapon_types
from pipeline.codes import event_types

Mark = Callable[..., Notes]


def decided(notes: Notes) -> AttackType | None:
    return decide_type(notes, 0, len(notes.text.tokens))


@pytest.mark.parametrize(
    ("text", "event_type", "weapon"),
    [
        ("سقطت ثلاثة صواريخ على القاعدة", "rocket_or_missile", "rocket"),
        ("استهدف هجوم صاروخي القاعدة", "rocket_or_missile", None),
        ("أطلق صاروخ باليستي على المدينة", "rocket_or_missile", "missile"),
        ("استهدفت طائرة مسيرة القاعدة", "drone", "drone"),
        ("تعرضت القاعدة لهجوم بطائرة مسيرة", "drone", "drone"),
        ("شن الطيران غارات على البلدة", "airstrike", None),
        ("قصفت طائرات حربية البلدة", "airstrike", None),
        ("قصفت المدفعية البلدة", "artillery_shelling", None),
        ("سقطت قذائف هاون على البلدة", "artillery_shelling", "mortar"),
        ("انفجرت عبوة ناسفة في السوق", "ied_or_mine", "ied"),
        ("انفجار لغم بسيارة", "ied_or_mine", "landmine"),
        ("تفجير انتحاري في السوق", "suicide_bombing", None),
        ("اندلعت اشتباكات في البلدة", "armed_clash", None),
        ("اغتال مسلحون ضابطا", "ambush_or_assassination", None),
        ("اختطف مسلحون خمسة عمال", "abduction", None),
        ("اعتقلت القوات ستة أشخاص في مداهمة", "arrest_raid", None),
        ("اعترض الدفاع الجوي طائرة مسيرة", "interception", None),
        ("أسقطت الدفاعات طائرتين مسيرتين", "interception", "drone"),
        ("Rockets hit the base", "rocket_or_missile", "rocket"),
        ("A drone hit the depot", "drone", "drone"),
        ("Warplanes struck the depot", "airstrike", None),
        ("Shelling hit the village", "artillery_shelling", None),
        ("A roadside bomb exploded", "ied_or_mine", "ied"),
        ("A suicide bomber blew himself up at the gate", "suicide_bombing", None),
        ("Clashes broke out in the town", "armed_clash", None),
        ("Gunmen kidnapped five workers", "abduction", None),
        ("Air defences shot down three drones", "interception", None),
    ],
)
def test_kinds_and_weapons(mark: Mark, text: str, event_type: str, weapon: str | None) -> None:
    attack = decided(mark(text))
    assert attack is not None
    assert attack.event_type == event_type
    if weapon is not None:
        assert attack.weapon is not None and attack.weapon.value == weapon


@pytest.mark.parametrize(
    "text", ["وصل الوفد إلى المدينة", "The delegation arrived", "صواريخ في المخزن", "The rockets are old", ""]
)
def test_no_attack_is_told(mark: Mark, text: str) -> None:
    assert decided(mark(text)) is None


def test_bombardment_alone_leaves_the_weapon_open(mark: Mark) -> None:
    attack = decided(mark("قصف على البلدة"))
    assert attack is not None
    assert (attack.event_type, attack.weapon) == ("bombardment", None)


def test_bombardment_by_aircraft_is_an_airstrike(mark: Mark) -> None:
    attack = decided(mark("قصف الطيران البلدة"))
    assert attack is not None and attack.event_type == "airstrike"


def test_a_strike_by_a_drone_is_a_drone_attack(mark: Mark) -> None:
    attack = decided(mark("غارة جوية بطائرة مسيرة"))
    assert attack is not None and attack.event_type == "drone"


def test_an_attack_told_before_its_interception_is_the_event(mark: Mark) -> None:
    attack = decided(mark("استهدف هجوم صاروخي القاعدة قبل أن يعترض الدفاع الجوي صاروخا"))
    assert attack is not None and attack.event_type == "rocket_or_missile"


def test_the_attack_another_one_came_before_is_not_the_one_told(mark: Mark) -> None:
    attack = decided(mark("سبق ذلك الهجوم الصاروخي تفجير عبوة ناسفة"))
    assert attack is not None and attack.event_type == "ied_or_mine"


def test_the_word_it_rests_on_is_a_trigger(mark: Mark) -> None:
    notes = mark("ليلا استهدفت طائرة مسيرة القاعدة")
    attack = decided(notes)
    assert attack is not None and attack.trigger in notes.matches["trigger"]


def test_only_the_tokens_asked_for_are_read(mark: Mark) -> None:
    notes = mark("قصف الطيران البلدة. وصل الوفد")
    assert decide_type(notes, *notes.text.sentences[1]) is None


def test_every_weapon_implies_a_known_type() -> None:
    known = set(event_types())
    assert weapon_types()
    assert set(weapon_types().values()) - {""} <= known
