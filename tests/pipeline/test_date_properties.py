"""What must hold for dates and numbers in any text, and what a language folder must and must not say."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dates import DateWords, find_dates, load_date_words, resolve_dates
from pipeline.errors import LanguageError
from pipeline.numbers import NumberWords, find_numbers, load_number_words
from pipeline.text import tokenize

LANGUAGES = Path(__file__).parents[2] / "data" / "languages"
CODES = ["ar", "en"]


@cache
def grammars(code: str) -> tuple[DateWords, NumberWords]:
    return load_date_words(LANGUAGES / code), load_number_words(LANGUAGES / code)


def vocabulary(code: str) -> list[str]:
    dates, numbers = grammars(code)
    marks = [*"،,.()/-:%$؟", "\n", "\u200f", "ـ"]
    figures = ["1", "3", "12", "24", "31", "45", "1,500", "3.5", "2014", "1445", "5:51", "25/3/2023", "3-5", "٢٣"]
    inner = {word for phrases in dates.matcher.sets.values() for rest in phrases.values() for word in rest[0][0]}
    return sorted({*dates.starts, *numbers.starts, *inner, *dates.links.time, *dates.links.range}) + marks + figures


def texts(code: str) -> st.SearchStrategy[str]:
    piece = st.sampled_from(vocabulary(code)) | st.text(max_size=4)
    return st.lists(piece, max_size=25).map(" ".join)


DAYS = st.dates(date(1950, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize("code", CODES)
@given(data=st.data(), published=st.none() | DAYS)
@settings(max_examples=150, deadline=None)
def test_dates_are_quoted_exactly_in_order_and_span_forward(
    code: str, data: st.DataObject, published: date | None
) -> None:
    text = tokenize(data.draw(texts(code)))
    mentions = find_dates(text, grammars(code)[0])
    last = 0
    for mention in mentions:
        assert last <= mention.first < mention.last <= len(text.tokens)
        assert text.sentence_of(mention.first) == text.sentence_of(mention.last - 1)
        quote = text.mention(mention.first, mention.last)
        assert text.original[quote.start : quote.end] == quote.text
        last = mention.last
    for mention, span in zip(mentions, resolve_dates(mentions, published), strict=True):
        assert span is None or mention.expression.has_day
        if span is not None:
            assert span.start <= span.end
            assert (span.precision == "day") <= (span.start == span.end)
            assert span.start.year >= 1900


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_numbers_are_quoted_exactly_and_bounded(code: str, data: st.DataObject) -> None:
    text = tokenize(data.draw(texts(code)))
    last = 0
    for mention in find_numbers(text, grammars(code)[1]):
        assert last <= mention.first <= mention.number[0] < mention.number[1] <= mention.last <= len(text.tokens)
        assert 0 <= mention.low <= mention.best <= mention.high
        last = mention.last


@pytest.mark.parametrize("code", CODES)
@given(data=st.data(), published=DAYS)
@settings(max_examples=150, deadline=None)
def test_what_was_said_to_be_past_never_lies_ahead(code: str, data: st.DataObject, published: date) -> None:
    text = tokenize(data.draw(texts(code)))
    mentions = find_dates(text, grammars(code)[0])
    for mention, span in zip(mentions, resolve_dates(mentions, published), strict=True):
        expression = mention.expression
        counted = expression.anchor == "publication" and expression.until is None
        if span is None or not counted or expression.shift is None:
            continue
        if expression.shift < 0 and not expression.shift_far:
            assert span.start <= published


@given(published=DAYS, back=st.integers(0, 6))
def test_a_weekday_is_the_last_one_up_to_publication(published: date, back: int) -> None:
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    day = published - timedelta(back)
    mentions = find_dates(tokenize(f"It fell on {names[day.weekday()]}."), grammars("en")[0])
    (span,) = resolve_dates(mentions, published)
    assert span is not None
    assert span.start == span.end == day


@given(day=st.dates(date(1960, 1, 1), date(2030, 1, 1)))
def test_every_spelling_of_a_day_means_that_day(day: date) -> None:
    months_en = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
    months_ar = ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول"]
    english = [*months_en, "November", "December"][day.month - 1]
    arabic = [*months_ar, "تشرين الثاني", "كانون الأول"][day.month - 1]
    spellings = [
        ("en", f"on {english} {day.day}, {day.year}"),
        ("en", f"on {day.day} {english} {day.year}"),
        ("en", f"on {day.isoformat()}"),
        ("ar", f"في {day.day} {arabic} {day.year}"),
        ("ar", f"في {day.day}/{day.month}/{day.year}"),
        ("ar", f"في الـ{day.day} من {arabic} عام {day.year}"),
    ]
    for code, sentence in spellings:
        (span,) = resolve_dates(find_dates(tokenize(sentence), grammars(code)[0]), None)
        assert span is not None, sentence
        assert span.start == span.end == day, sentence


def test_reading_takes_time_in_proportion_to_the_text() -> None:
    """Count the steps of the matcher, not the clock: a text twice as long is matched twice as often, no more."""
    line = "منذ 3 إلى 5 مايو ليل الاثنين الثلاثاء الساعة الثالثة والنصف فجرا 2014 " * 40
    once = len(find_dates(tokenize(line), grammars("ar")[0]))
    assert len(find_dates(tokenize((line + "\n") * 8), grammars("ar")[0])) == 8 * once


TURKISH_DATES = """
[since]
words = ["beri"]
[links]
of = ["günü"]
time = ["günü", "saat"]
apposition = [","]
[shapes]
year = ["{year}"]
[[sets.month]]
words = ["Mart"]
value = 3
[[sets.month]]
words = ["Nisan"]
value = 4
[[sets.weekday]]
words = ["Pazartesi"]
value = 0
[[sets.weekday]]
words = ["Salı"]
value = 1
[[sets.part]]
words = ["sabahı"]
part = "morning"
[[rules]]
forms = ["{day} {month} <year>?", "{month} {year}"]
[[rules]]
forms = ["{weekday} günü?"]
[[rules]]
set = { unit = "day", shift = -1 }
forms = ["dün"]
[[rules]]
set = { direction = -1 }
forms = ["{count:number} {unit} önce"]
[[rules]]
set = { bound = "either" }
forms = ["{part}"]
[[sets.unit]]
words = ["gün"]
unit = "day"
"""
TURKISH_NUMBERS = """
[compounds]
needs_and = false
[[numbers]]
words = ["üç"]
value = 3
[[numbers]]
words = ["yirmi"]
value = 20
[[numbers]]
words = ["yüz"]
scale = 100
[[numbers]]
words = ["bin"]
scale = 1000
[[bounds]]
name = "at_least"
before = ["en az"]
"""


def write(folder: Path, dates: str, numbers: str = TURKISH_NUMBERS) -> Path:
    (folder / "dates.toml").write_text(dates, encoding="utf-8")
    (folder / "numbers.toml").write_text(numbers, encoding="utf-8")
    return folder


def test_another_language_needs_data_alone(tmp_path: Path) -> None:
    folder = write(tmp_path, TURKISH_DATES)
    text = tokenize("25 Mart 2023 günü vuruldu. Salı sabahı ve dün vuruldu. 3 gün önce. Nisan 2022")
    mentions = find_dates(text, load_date_words(folder))
    spans = resolve_dates(mentions, date(2024, 3, 20))
    assert [str(span.start) for span in spans if span] == [
        "2023-03-25",
        "2024-03-19",
        "2024-03-19",
        "2024-03-17",
        "2022-04-01",
    ]
    assert mentions[1].expression.time == "morning"
    (number,) = find_numbers(tokenize("en az üç yüz yirmi üç kişi"), load_number_words(folder))
    assert (number.best, number.bound) == (323, "at_least")


DATE_FAULTS = [
    ("[[rules]]\nforms = ['{nowhere}']", "rules entry 1", "nowhere"),
    ("[[rules]]\nforms = ['<nowhere>']", "rules entry 1", "nowhere"),
    ("[[rules]]\nforms = []", "rules entry 1", "at least one form"),
    ("[[rules]]\nforms = ['today?']", "rules", "matches nothing"),
    ("[[rules]]\nset = { shfit = 1 }\nforms = ['today']", "rules entry 1", "shfit"),
    ("[[rules]]\nset = { unit = 'fortnight' }\nforms = ['today']", "rules entry 1", "fortnight"),
    ("[[sets.month]]\nwords = ['Smarch']\nvalue = 13\n[[rules]]\nforms = ['{month}']", "sets.month entry 1", "13"),
    ("[[sets.month]]\nwords = []\nvalue = 1\n[[rules]]\nforms = ['{month}']", "sets.month entry 1", "words"),
    ("[[sets.month]]\nwords = ['x']\n[[rules]]\nforms = ['{month}']", "sets.month entry 1", "value"),
    ("written_order = 'ymd'\n[[rules]]\nforms = ['today']", "written_order", "ymd"),
    ("week_starts = 9\n[[rules]]\nforms = ['today']", "week_starts", "9"),
    ("[links]\nin = ['x']\n[[rules]]\nforms = ['today']", "links", "in"),
    ("[shapes]\na = ['<a>']\n[[rules]]\nforms = ['<a>']", "rules entry 1", "itself"),
    ("rules = 3 4", "dates.toml", "TOML"),
    ("", "rules", "at least one rule"),
]


@pytest.mark.parametrize(("table", "key", "word"), DATE_FAULTS, ids=[fault[0][:40] for fault in DATE_FAULTS])
def test_a_faulty_date_table_is_refused_by_file_and_key(tmp_path: Path, table: str, key: str, word: str) -> None:
    with pytest.raises(LanguageError) as caught:
        load_date_words(write(tmp_path, table))
    message = str(caught.value)
    assert str(tmp_path / "dates.toml") in message
    assert key in message
    assert word in message


NUMBER_FAULTS = [
    ("", "numbers", "at least one"),
    ("[[numbers]]\nwords = ['x']\nvalue = -1", "numbers entry 1", "-1"),
    ("[[numbers]]\nwords = ['x']\nvalu = 1", "numbers entry 1", "valu"),
    ("[[numbers]]\nvalue = 1", "numbers entry 1", "words"),
    (
        "[[numbers]]\nwords = ['x']\nvalue = 1\n[[vague]]\nwords = ['y']\nlow = 5\nvalue = 2\nhigh = 9",
        "vague entry 1",
        "5",
    ),
    ("[[numbers]]\nwords = ['x']\nvalue = 1\n[[kinds_after]]\nwords = ['y']\nkind = 'z'", "kinds_after entry 1", "'z'"),
    ("[[numbers]]\nwords = ['x']\nvalue = 1\n[[bounds]]\nname = 'z'", "bounds entry 1", "'z'"),
]


@pytest.mark.parametrize(("table", "key", "word"), NUMBER_FAULTS, ids=[fault[0][:40] for fault in NUMBER_FAULTS])
def test_a_faulty_number_table_is_refused_by_file_and_key(tmp_path: Path, table: str, key: str, word: str) -> None:
    with pytest.raises(LanguageError) as caught:
        load_number_words(write(tmp_path, TURKISH_DATES, table))
    message = str(caught.value)
    assert str(tmp_path / "numbers.toml") in message
    assert key in message
    assert word in message


@pytest.mark.parametrize("load", [load_date_words, load_number_words])
def test_a_missing_table_is_named(tmp_path: Path, load: object) -> None:
    assert callable(load)
    with pytest.raises(LanguageError, match="no such file"):
        load(tmp_path)


@pytest.mark.parametrize("piece", ["9" * 5000, "9" * 400 + ".5", "2023-1-" + "9" * 5000, "1/" * 3000, "million " * 200])
def test_monstrous_figures_break_nothing(piece: str) -> None:
    text = tokenize(f"{piece} people died on Tuesday")
    dates, numbers = grammars("en")
    assert len(find_dates(text, dates)) == 1
    assert all(mention.high <= 10**16 for mention in find_numbers(text, numbers))
