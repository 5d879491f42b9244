"""Who did it, who was hit, and on whose word."""

from collections.abc import Callable

import pytest

from pipeline.annotate import Notes
from pipeline.parties import Parties, find_parties
from pipeline.reading import PlacedReading

Mark = Callable[..., Notes]


def parties(notes: Notes) -> Parties:
    return find_parties(notes, 0, len(notes.text.tokens))


@pytest.mark.parametrize(
    ("text", "actor_id", "basis"),
    [
        ("قصف الجيش التركي قرية كاني ماسي", "turkey-army", "subject|adjective"),
        ("تعرضت القرية لقصف من قبل الجيش التركي", "turkey-army", "by"),
        ("استهدفت غارة إسرائيلية البلدة", "israel", "adjective"),
        ("شن حزب الله هجوما على الموقع", "hezbollah", "subject|adjective"),
        ("أعلن تنظيم الدولة مسؤوليته عن التفجير", "islamic-state", "claimed"),
        ("تبنى حزب الله الهجوم على الموقع", "hezbollah", "claimed"),
        ("اتهمت الحكومة اليمنية جماعة الحوثي بقصف المدينة", "houthis", "blamed"),
        ("Houthi fighters fired two missiles at a tanker", "houthis", None),
        ("The village was shelled by the Turkish army", "turkey-army", "by"),
        ("Hezbollah claimed responsibility for the attack", "hezbollah", "claimed"),
        ("An Israeli strike hit the building", "israel", "adjective"),
        ("Islamic State attacked the convoy", "islamic-state", "subject|adjective"),
        ("The army said Hezbollah fired rockets at the town", "hezbollah", None),
        ("The Turkish army said it retaliated by firing rockets at the village", "turkey-army", None),
    ],
)
def test_who_did_it(mark: Mark, text: str, actor_id: str, basis: str | None) -> None:
    found = parties(mark(text))
    assert found.initiator is not None
    assert found.initiator.actor_id == actor_id
    assert basis is None or found.basis in basis.split("|")


@pytest.mark.parametrize(
    ("text", "target_id", "actor_id"),
    [
        ("شن الجيش التركي هجوما ضد تنظيم الدولة", "islamic-state", "turkey-army"),
        ("US forces carried out a strike against Islamic State", "islamic-state", "united-states-army"),
        ("قتل 7 جنود أتراك في هجوم", "turkey-army", None),
    ],
)
def test_who_was_hit(mark: Mark, text: str, target_id: str | None, actor_id: str | None) -> None:
    found = parties(mark(text))
    assert (found.target.actor_id if found.target else None) == target_id
    assert (found.initiator.actor_id if found.initiator else None) == actor_id


@pytest.mark.parametrize(
    "text",
    [
        "قال الجيش التركي إن صاروخا سقط على القرية",
        "A rocket fell on the village, the Turkish army said",
        "The Turkish army said a rocket fell on the village",
        "The blast claimed the lives of nine people in Aden",
        "France condemned the bombing that killed nine people in Aden",
        "وقع انفجار في القرية",
        "تعرضت قاعدة للقوات الأمريكية لهجوم بطائرة مسيرة",
    ],
)
def test_who_only_speaks_or_is_hit_did_nothing(mark: Mark, text: str) -> None:
    assert parties(mark(text)).initiator is None


def test_an_army_that_announces_its_strike_did_it(mark: Mark) -> None:
    found = parties(mark("أعلن الجيش التركي استهداف مواقع في القرية"))
    assert found.initiator is not None and found.initiator.actor_id == "turkey-army"


def test_the_words_of_a_party_are_quoted(mark: Mark) -> None:
    notes = mark("قصف الجيش التركيّ القرية")
    initiator = parties(notes).initiator
    assert initiator is not None
    mention = initiator.mention
    assert notes.article.text[mention.start : mention.end] == mention.text == "الجيش التركيّ"


def test_no_names_no_parties(mark: Mark) -> None:
    assert parties(mark("سقطت قذيفة على القرية")) == Parties()


def test_a_capital_where_something_happened_did_nothing(read: Callable[..., PlacedReading]) -> None:
    reading = read("وقع قصف جوي في دمشق يوم الخميس.")
    assert [placed.event.actor_id for placed in reading.events] == [None]


def test_bases_of_a_reading(read: Callable[..., PlacedReading]) -> None:
    for text, basis in [
        ("أعلن تنظيم الدولة مسؤوليته عن تفجير انتحاري استهدف مسجدا في مدينة قندهار يوم الأربعاء.", "claimed"),
        ("اتهمت الحكومة اليمنية جماعة الحوثي بقصف مدينة تعز بالمدفعية يوم الخميس.", "blamed"),
        ("قصف الجيش التركي قرية كاني ماسي شمالي العراق مساء الخميس.", "stated"),
    ]:
        assert [placed.event.actor_basis for placed in read(text).events] == [basis]
