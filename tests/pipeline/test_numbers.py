"""Numbers in Arabic and English: figures, words, vague quantities, bounds, and figures that count nothing."""

from functools import cache
from pathlib import Path

import pytest

from pipeline.numbers import NumberMention, NumberWords, find_numbers, load_number_words
from pipeline.text import tokenize

LANGUAGES = Path(__file__).parents[2] / "data" / "languages"


@cache
def words(code: str) -> NumberWords:
    return load_number_words(LANGUAGES / code)


def mentions(code: str, sentence: str) -> tuple[NumberMention, ...]:
    return find_numbers(tokenize(sentence), words(code))


def read(code: str, sentence: str) -> list[tuple[str, str]]:
    """(words, answer) of every mention; answer: best or low~best~high, then kind and bound where they say something."""
    text = tokenize(sentence)
    found = []
    for one in find_numbers(text, words(code)):
        size = f"{one.best}" if one.low == one.best == one.high else f"{one.low}~{one.best}~{one.high}"
        marks = [one.kind] * (one.kind != "count") + [one.bound] * (one.bound != "exact")
        found.append((text.mention(one.first, one.last).text, " ".join([size, *marks])))
    return found


COUNTS = [
    ("ar", "قتل 23 شخصا", "23", "23"),
    ("ar", "قتل ٢٣ شخصا", "٢٣", "23"),
    ("ar", "نزح 1,500 مدني", "1,500", "1500"),
    ("ar", "نزح 1.500 مدني", "1.500", "1500"),
    ("ar", "نزح ١٬٥٠٠ مدني", "١٬٥٠٠", "1500"),
    ("ar", "مقتل ثلاثة جنود", "ثلاثة", "3"),
    ("ar", "بثلاثة صواريخ", "بثلاثة", "3"),
    ("ar", "وأربع قذائف", "وأربع", "4"),
    ("ar", "لخمسة عناصر", "لخمسة", "5"),
    ("ar", "الجنود الثلاثة", "الثلاثة", "3"),
    ("ar", "بـ12 قذيفة", "12", "12"),
    ("ar", "و3 نساء", "3", "3"),
    ("ar", "بصاروخ واحد", "واحد", "1"),
    ("ar", "إصابة اثنين من العناصر", "اثنين", "2"),
    ("ar", "أحد عشر قتيلا", "أحد عشر", "11"),
    ("ar", "إحدى عشرة قذيفة", "إحدى عشرة", "11"),
    ("ar", "اثنا عشر مدنيا", "اثنا عشر", "12"),
    ("ar", "ثلاثة عشر جنديا", "ثلاثة عشر", "13"),
    ("ar", "ثماني عشرة غارة", "ثماني عشرة", "18"),
    ("ar", "عشرين صاروخا", "عشرين", "20"),
    ("ar", "ثلاثة وعشرين صاروخا", "ثلاثة وعشرين", "23"),
    ("ar", "خمسة وسبعون جريحا", "خمسة وسبعون", "75"),
    ("ar", "مئة وخمسين طائرة", "مئة وخمسين", "150"),
    ("ar", "مائة وثلاثة وعشرين شخصا", "مائة وثلاثة وعشرين", "123"),
    ("ar", "ثلاثمئة صاروخ", "ثلاثمئة", "300"),
    ("ar", "مئتي مسلح", "مئتي", "200"),
    ("ar", "ألف مقاتل", "ألف", "1000"),
    ("ar", "ألفي نازح", "ألفي", "2000"),
    ("ar", "ثلاثة آلاف وخمسمئة مقاتل", "ثلاثة آلاف وخمسمئة", "3500"),
    ("ar", "خمسة عشر ألفا و300 نازح", "خمسة عشر ألفا و300", "15300"),
    ("ar", "15 ألف نازح", "15 ألف", "15000"),
    ("ar", "3.5 ملايين نازح", "3.5 ملايين", "3500000"),
    ("ar", "مليوني نازح", "مليوني", "2000000"),
    ("ar", "مليون ومئتي ألف نازح", "مليون ومئتي ألف", "1200000"),
    ("ar", "بين 10 إلى 15 ألف مقاتل", "10 إلى 15 ألف", "10000~12500~15000 range"),
    ("ar", "84 مليار و900 مليون نسمة", "84 مليار و900 مليون", "84900000000"),
    ("ar", "مليون ونصف المليون لاجئ", "مليون ونصف المليون", "1500000"),
    ("ar", "نصف مليون لاجئ", "نصف مليون", "500000"),
    ("ar", "مقتل38 شخصا", "38", "38"),
    ("ar", "صفر قتلى", "صفر", "0"),
    ("en", "12 people died", "12", "12"),
    ("en", "Twenty-five members", "Twenty-five", "25"),
    ("en", "three soldiers", "three", "3"),
    ("en", "nine others", "nine", "9"),
    ("en", "one hundred and fifty", "one hundred and fifty", "150"),
    ("en", "one hundred twenty three", "one hundred twenty three", "123"),
    ("en", "two thousand five hundred fighters", "two thousand five hundred", "2500"),
    ("en", "a dozen rockets", "a dozen", "12"),
    ("en", "two dozen rockets", "two dozen", "24"),
    ("en", "half a dozen drones", "half a dozen", "6"),
    ("en", "a hundred people", "a hundred", "100"),
    ("en", "1,500 people", "1,500", "1500"),
    ("en", "280000 people", "280000", "280000"),
    ("en", "3.5 million people", "3.5 million", "3500000"),
    ("en", "a couple of drones", "a couple of", "2"),
]
BOUNDED = [
    ("ar", "ما لا يقل عن 12 شخصا", "ما لا يقل عن 12", "12 at_least"),
    ("ar", "12 شخصا على الأقل", "12", "12 at_least"),
    ("ar", "نحو 50 صاروخا", "نحو 50", "45~50~55 about"),
    ("ar", "حوالي ثلاثين قتيلا", "حوالي ثلاثين", "27~30~33 about"),
    ("ar", "أكثر من 130 شخصا", "أكثر من 130", "130 more_than"),
    ("ar", "ما يصل إلى 20 مسلحا", "ما يصل إلى 20", "1~20~20 at_most"),
    ("ar", "بين 20 و30 صاروخا", "20 و30", "20~25~30 range"),
    ("ar", "من خمسة إلى ستة مسلحين", "خمسة إلى ستة", "5~5~6 range"),
    ("ar", "عشرات القتلى", "عشرات", "20~30~99 vague"),
    ("ar", "ومئات الجرحى", "ومئات", "200~300~999 vague"),
    ("ar", "عشرات الآلاف", "عشرات الآلاف", "20000~30000~99999 vague"),
    ("ar", "آلاف النازحين", "آلاف", "2000~3000~9999 vague"),
    ("ar", "عدة صواريخ", "عدة", "3~4~9 vague"),
    ("en", "at least 15 people", "at least 15", "15 at_least"),
    ("en", "15 people at least", "15", "15 at_least"),
    ("en", "about 30 others", "about 30", "27~30~33 about"),
    ("en", "some 300 fighters", "some 300", "270~300~330 about"),
    ("en", "more than one hundred wounded", "more than one hundred", "100 more_than"),
    ("en", "up to 30 fighters", "up to 30", "1~30~30 at_most"),
    ("en", "between 20 and 30 rockets", "20 and 30", "20~25~30 range"),
    ("en", "20-30 drones", "20-30", "20~25~30 range"),
    ("en", "five or six gunmen", "five or six", "5~5~6 range"),
    ("en", "dozens of civilians", "dozens of", "24~30~99 vague"),
    ("en", "several rockets", "several", "3~4~9 vague"),
    ("en", "hundreds of thousands of people", "hundreds of thousands of", "200000~300000~999999 vague"),
]
NOT_COUNTS = [
    ("ar", "في عام 2014", "year"),
    ("ar", "في 2014", "year"),
    ("ar", "طفل عمره 12 عاما", "time"),
    ("ar", "الساعة 5:51", "time"),
    ("ar", "25/3/2023", "date"),
    ("ar", "12.5 في المئة", "percent"),
    ("ar", "20%", "percent"),
    ("ar", "10 كيلومترات", "measure"),
    ("ar", "خمسة ملايين دولار", "money"),
    ("ar", "منذ ثلاثة أيام", "time"),
    ("ar", "طائرات F-16", "name"),
    ("ar", "مطار T4", "name"),
    ("ar", "البرج 22", "name"),
    ("ar", "والفرقة 17", "name"),
    ("ar", "صواريخ إس-300", "name"),
    ("ar", "طائرة تو-160", "name"),
    ("ar", "فاز 3-1", "score"),
    ("ar", "خسر 2-3.", "score"),
    ("ar", "موسم 2009-2010", "year"),
    ("en", "in 2014", "year"),
    ("en", "since 2011", "year"),
    ("en", "a 12-year-old boy", "age"),
    ("en", "an F-16 jet", "name"),
    ("en", "Tower 22", "name"),
    ("en", "a 122-mm rocket", "measure"),
    ("en", "the 24th of March", "ordinal"),
    ("en", "10 percent", "percent"),
    ("en", "$500", "money"),
    ("en", "at 1:09", "time"),
    ("en", "three days", "time"),
    ("en", "the two-day visit", "time"),
]
NOTHING = [
    ("ar", "أحد مواقعنا"),
    ("ar", "الهجوم الأول والثاني"),
    ("ar", "يوم الاثنين والسبت"),
    ("ar", "لست أدري"),
    ("ar", "بئر السبع"),
    ("ar", "في الخامسة عشرة من عمرها"),
    ("ar", "الذكرى الخامسة والعشرين"),
    ("ar", "ميدان السبعين"),
    ("ar", "واحدا تلو الآخر"),
    ("en", "the second and third attack"),
    ("en", "no one was hurt"),
    ("en", "they hit one another"),
]


@pytest.mark.parametrize(
    ("code", "sentence", "quote", "answer"), COUNTS + BOUNDED, ids=[one[1] for one in COUNTS + BOUNDED]
)
def test_how_many(code: str, sentence: str, quote: str, answer: str) -> None:
    assert read(code, sentence) == [(quote, answer)]


@pytest.mark.parametrize(("code", "sentence", "kind"), NOT_COUNTS, ids=[one[1] for one in NOT_COUNTS])
def test_figures_that_count_nothing_say_what_they_are(code: str, sentence: str, kind: str) -> None:
    assert [mention.kind for mention in mentions(code, sentence)] == [kind]


@pytest.mark.parametrize(("code", "sentence"), NOTHING, ids=[one[1] for one in NOTHING])
def test_words_that_are_no_numbers(code: str, sentence: str) -> None:
    assert mentions(code, sentence) == ()
