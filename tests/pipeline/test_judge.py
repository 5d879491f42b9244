"""Is it an attack, and did it happen: signs, their weights, and the time status."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate import Notes
from pipeline.clauses import Clause
from pipeline.judge import judge_status, load_weights, topics, weigh
from pipeline.reading import PlacedReading

Mark = Callable[..., Notes]
Read = Callable[..., PlacedReading]


def status(notes: Notes, word: str) -> str:
    index = next(i for i, token in enumerate(notes.text.tokens) if token.raw == word)
    number = notes.text.sentence_of(index)
    first, last = notes.text.sentences[number]
    return judge_status(notes, Clause(number, first, last, ((first, last),)), index, index + 1)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("استهدفت طائرة القاعدة أمس", "استهدفت", "actual"),
        ("إنها سوف تستهدف القاعدة", "تستهدف", "future"),
        ("لو استهدفت طائرة القاعدة", "استهدفت", "hypothetical"),
        ("نفى المصدر استهداف القاعدة", "استهداف", "denied"),
        ("لم تستهدف القاعدة", "تستهدف", "denied"),
        ("A drone attacked the base", "attacked", "actual"),
        ("Israel will attack the base", "attack", "future"),
        ("The spokesman denied the attack", "attack", "denied"),
    ],
)
def test_time_status_of_a_word(mark: Mark, text: str, word: str, expected: str) -> None:
    assert status(mark(text), word) == expected


def test_a_threat_is_hypothetical_unless_told_as_done(mark: Mark) -> None:
    assert status(mark("هدد الحزب بهجوم على القاعدة"), "بهجوم") == "hypothetical"
    text = "هدد المتحدث باسم الحزب في خطاب طويل مساء بالرد على هجوم قتل فيه جنديان أمس"
    assert status(mark(text), "هجوم") == "actual"


def test_weights_are_numbers_with_a_bias() -> None:
    weights = load_weights()
    assert "bias" in weights
    assert all(isinstance(value, float) for value in weights.values())


def test_signs_are_added_up_once_each() -> None:
    weights = load_weights()
    assert weigh([]) == weights["bias"]
    assert weigh(["day", "day"]) == pytest.approx(weights["bias"] + weights["day"])
    assert weigh(["no such sign"]) == weights["bias"]


@given(st.sets(st.sampled_from(sorted(load_weights().keys() - {"bias"}))))
def test_the_sum_is_exact_in_whatever_order_signs_come(signs: set[str]) -> None:
    exact = sum(Decimal(str(load_weights()[sign])) for sign in ("bias", *signs))
    assert weigh(signs) == float(exact)


@pytest.mark.parametrize(
    ("sign", "for_it"), [("casualties", True), ("day", True), ("sport", False), ("exercise", False)]
)
def test_what_speaks_for_an_attack_weighs_more_than_nothing(sign: str, for_it: bool) -> None:
    assert (load_weights()[sign] > 0) is for_it


def test_what_else_an_article_is_about(mark: Mark) -> None:
    assert "sport" in topics(mark("فاز المنتخب في مباراة أمس. ثم عاد."))
    assert "exercise" in topics(mark("بدأت مناورات عسكرية أمس."))
    assert topics(mark("قصف الطيران البلدة.")) == []
    assert topics(mark("")) == []


@pytest.mark.parametrize(
    "text",
    [
        "تصدى حارس مرمى البصرة لقذيفة المهاجم في المباراة يوم الخميس.",
        "أطلق الجيش صواريخ خلال مناورات قرب مدينة الحديدة يوم الخميس.",
        "أطلقت إيران صاروخا يحمل قمرا صناعيا إلى الفضاء يوم الخميس.",
        "تعرض موقع الوزارة في بغداد لهجوم سيبراني نفذه قراصنة يوم الخميس.",
        "حكمت المحكمة في بغداد على ثلاثة متهمين بالسجن يوم الخميس.",
        "بين الحين والآخر تتعرض القواعد في سوريا لهجمات صاروخية.",
        "The army fired missiles during a military exercise near Hodeidah on Thursday.",
        "Hackers hit the ministry in Baghdad with a cyber attack on Thursday.",
        "The team from Mosul won the match against Basra with a late strike on Thursday.",
    ],
)
def test_other_news_is_silent(read: Read, text: str) -> None:
    assert [p for p in read(text).events if p.event.time_status in ("actual", "historical")] == []


@pytest.mark.parametrize(
    "text",
    [
        "قصف الطيران مدينة درعا يوم الخميس ما أدى إلى مقتل جنديين.",
        "انفجرت عبوة ناسفة في مدينة تدمر يوم الخميس.",
        "A drone hit the town of Masyaf on Thursday, killing one soldier.",
        "Gunmen attacked a checkpoint in Mosul on Thursday, wounding two officers.",
    ],
)
def test_a_plain_attack_is_told(read: Read, text: str) -> None:
    assert [placed.event.time_status for placed in read(text).events] == ["actual"]
