"""Dates and times in Arabic and English: what is found, where it stands and which days it means."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pipeline.dates import DateWords, find_dateline, find_dates, load_date_words, resolve_dates
from pipeline.records import DateSpan
from pipeline.text import tokenize

LANGUAGES = Path(__file__).parents[2] / "data" / "languages"
PUBLISHED = date(2024, 3, 20)  # a Wednesday


@cache
def words(code: str) -> DateWords:
    return load_date_words(LANGUAGES / code)


def read(code: str, sentence: str, published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    """(words, answer) of every mention; answer: start[..end precision][ time][ since], "-" = not settled."""
    text = tokenize(sentence)
    mentions = find_dates(text, words(code))
    spans = resolve_dates(mentions, published)
    found = []
    for mention, span in zip(mentions, spans, strict=True):
        answer = say(span) if mention.expression.has_day else "time"
        time = mention.expression.time if span is None else span.time
        since = " since" if mention.expression.since else ""
        found.append((text.mention(mention.first, mention.last).text, f"{answer}{' ' + time if time else ''}{since}"))
    return found


def say(span: DateSpan | None) -> str:
    if span is None:
        return "-"
    if span.precision == "day":
        assert span.start == span.end
        return f"{span.start}"
    return f"{span.start}..{span.end} {span.precision}"


ARABIC = [
    # day, month, year
    ("وقع الهجوم في 25 مارس/آذار 2023 قرب الحقل", "25 مارس/آذار 2023", "2023-03-25"),
    ("في 25 مارس/آذار الماضي شنت", "25 مارس/آذار الماضي", "2023-03-25"),
    ("في 5 مارس قصفت", "5 مارس", "2024-03-05"),
    ("في 20 مارس قصفت", "20 مارس", "2024-03-20"),
    ("في 21 مارس قصفت", "21 مارس", "2023-03-21"),
    ("يوم ٢٥ كانون الثاني ٢٠٢٤", "٢٥ كانون الثاني ٢٠٢٤", "2024-01-25"),
    ("في الـ7 من تشرين الأول 2023", "الـ7 من تشرين الأول 2023", "2023-10-07"),
    ("في السابع من أكتوبر/تشرين الأول 2023", "السابع من أكتوبر/تشرين الأول 2023", "2023-10-07"),
    ("في الرابع والعشرين من شباط", "الرابع والعشرين من شباط", "2024-02-24"),
    ("في الأول من أيار 2022", "الأول من أيار 2022", "2022-05-01"),
    ("بتاريخ 25/3/2023 استهدفت", "25/3/2023", "2023-03-25"),
    ("بتاريخ 4/7/2022", "4/7/2022", "2022-07-04"),
    ("بتاريخ 2023-03-25", "2023-03-25", "2023-03-25"),
    ("بتاريخ 04.07.2015", "04.07.2015", "2015-07-04"),
    ("في 12 جانفي 2020", "12 جانفي 2020", "2020-01-12"),
    ("في 3 جويلية 2019", "3 جويلية 2019", "2019-07-03"),
    ("في 9 أوت 2019", "9 أوت 2019", "2019-08-09"),
    ("في 9 غشت 2019", "9 غشت 2019", "2019-08-09"),
    ("في 14 آب (أغسطس) 2021", "14 آب (أغسطس) 2021", "2021-08-14"),
    ("في 14 حزيران - يونيو 2021", "14 حزيران - يونيو 2021", "2021-06-14"),
    ("25 مارس، 2023 قتل", "25 مارس، 2023", "2023-03-25"),
    ("في 8 كانون الأول من عام 2022", "8 كانون الأول من عام 2022", "2022-12-08"),
    ("في 8 كانون الأول من العام الماضي", "8 كانون الأول من العام الماضي", "2023-12-08"),
    ("في 8 نيسان المقبل", "8 نيسان المقبل", "2024-04-08"),
    ("في 8 آذار الجاري", "8 آذار الجاري", "2024-03-08"),
    # months and years
    ("خلال شهر يناير", "شهر يناير", "2024-01-01..2024-01-31 month"),
    ("في شباط الماضي", "شباط الماضي", "2024-02-01..2024-02-29 month"),
    ("خلال مايو/أيار 2021", "مايو/أيار 2021", "2021-05-01..2021-05-31 month"),
    ("مطلع حزيران الماضي", "مطلع حزيران الماضي", "2023-06-01..2023-06-10 range"),
    ("أواخر تموز 2020", "أواخر تموز 2020", "2020-07-21..2020-07-31 range"),
    ("منتصف نيسان 2020", "منتصف نيسان 2020", "2020-04-11..2020-04-20 range"),
    ("في عام 2017 سيطر", "عام 2017", "2017-01-01..2017-12-31 year"),
    ("سنة ٢٠١٤", "سنة ٢٠١٤", "2014-01-01..2014-12-31 year"),
    ("العام الماضي", "العام الماضي", "2023-01-01..2023-12-31 year"),
    ("الشهر الماضي", "الشهر الماضي", "2024-02-01..2024-02-29 month"),
    ("الأسبوع الماضي", "الأسبوع الماضي", "2024-03-10..2024-03-16 week"),
    ("هذا الأسبوع", "هذا الأسبوع", "2024-03-17..2024-03-20 week"),
    ("خلال الشهر الجاري", "الشهر الجاري", "2024-03-01..2024-03-20 month"),
    ("في صيف 2014", "صيف 2014", "2014-06-01..2014-08-31 range"),
    ("في نهاية الشهر الماضي", "نهاية الشهر الماضي", "2024-02-19..2024-02-29 range"),
    # weekdays
    ("أعلن الجيش، الثلاثاء، مقتل", "الثلاثاء", "2024-03-19"),
    ("يوم الأربعاء", "يوم الأربعاء", "2024-03-20"),
    ("والخميس قصفت", "والخميس", "2024-03-14"),
    ("يوم الأحد الماضي", "يوم الأحد الماضي", "2024-03-17"),
    ("الأربعاء الماضي", "الأربعاء الماضي", "2024-03-13"),
    ("يوم الجمعة المقبل", "يوم الجمعة المقبل", "2024-03-22"),
    ("يوم خميس", "يوم خميس", "2024-03-14"),
    ("مساء السبت", "مساء السبت", "2024-03-16 evening"),
    ("فجر يوم الاثنين", "فجر يوم الاثنين", "2024-03-18 dawn"),
    ("بعد ظهر أمس", "بعد ظهر أمس", "2024-03-19 afternoon"),
    ("ليل الأحد", "ليل الأحد", "2024-03-17 night"),
    ("صباح اليوم، الأربعاء، قصفت", "صباح اليوم، الأربعاء", "2024-03-20 morning"),
    ("اليوم (الأربعاء) أعلنت", "اليوم (الأربعاء)", "2024-03-20"),
    ("مساء أمس الثلاثاء", "مساء أمس الثلاثاء", "2024-03-19 evening"),
    ("مساء أمس الاثنين", "مساء أمس الاثنين", "2024-03-18 evening"),
    ("الثلاثاء من الأسبوع الماضي", "الثلاثاء من الأسبوع الماضي", "2024-03-12"),
    ("السبت 11 أغسطس، قصفت", "السبت 11 أغسطس", "2018-08-11"),
    ("يوم الخميس الموافق 14 مارس", "يوم الخميس الموافق 14 مارس", "2024-03-14"),
    # near days
    ("اليوم أعلنت", "اليوم", "2024-03-20"),
    ("أمس", "أمس", "2024-03-19"),
    ("وأمس الأول قصفت", "وأمس الأول", "2024-03-18"),
    ("أول أمس", "أول أمس", "2024-03-18"),
    ("أول من أمس", "أول من أمس", "2024-03-18"),
    ("بالأمس", "بالأمس", "2024-03-19"),
    ("البارحة", "البارحة", "2024-03-19"),
    ("الليلة الماضية", "الليلة الماضية", "2024-03-19..2024-03-20 range night"),
    ("فجر اليوم", "فجر اليوم", "2024-03-20 dawn"),
    ("فجر هذا اليوم", "فجر هذا اليوم", "2024-03-20 dawn"),
    ("ليل الاثنين الثلاثاء", "ليل الاثنين الثلاثاء", "2024-03-18..2024-03-19 range night"),
    ("ليلة السبت-الأحد", "ليلة السبت-الأحد", "2024-03-16..2024-03-17 range night"),
    ("ليل الخميس إلى الجمعة", "ليل الخميس إلى الجمعة", "2024-03-14..2024-03-15 range night"),
    ("قبل يومين", "قبل يومين", "2024-03-18"),
    ("قبل ثلاثة أيام", "قبل ثلاثة أيام", "2024-03-17"),
    ("قبل 10 أيام", "قبل 10 أيام", "2024-03-10"),
    ("قبل أيام", "قبل أيام", "2024-03-13..2024-03-18 range"),
    ("قبل أسبوع", "قبل أسبوع", "2024-03-10..2024-03-16 week"),
    ("قبل شهرين", "قبل شهرين", "2024-01-01..2024-01-31 month"),
    ("منذ ثلاثة أيام", "منذ ثلاثة أيام", "2024-03-17..2024-03-20 range since"),
    ("منذ الأحد", "الأحد", "2024-03-17..2024-03-20 range since"),
    ("منذ مساء الأحد", "مساء الأحد", "2024-03-17..2024-03-20 range evening since"),
    ("منذ 2011", "2011", "2011-01-01..2024-03-20 range since"),
    ("ومنذ 30 آذار/مارس 2018", "30 آذار/مارس 2018", "2018-03-30..2024-03-20 range since"),
    ("خلال الـ24 ساعة الماضية", "الـ24 ساعة الماضية", "2024-03-19..2024-03-20 range"),
    ("خلال اليومين الماضيين", "اليومين الماضيين", "2024-03-18..2024-03-20 range"),
    ("خلال الأيام الثلاثة الماضية", "الأيام الثلاثة الماضية", "2024-03-17..2024-03-20 range"),
    ("غدا", "غدا", "2024-03-21"),
    # ranges
    ("من 3 إلى 5 مايو 2023", "3 إلى 5 مايو 2023", "2023-05-03..2023-05-05 range"),
    ("بين 3 و5 مايو 2023", "3 و5 مايو 2023", "2023-05-03..2023-05-05 range"),
    ("من 28 أبريل حتى 5 مايو 2023", "28 أبريل حتى 5 مايو 2023", "2023-04-28..2023-05-05 range"),
    ("بين عامي 2013 و2016", "عامي 2013 و2016", "2013-01-01..2016-12-31 range"),
    ("مطلع حزيران الماضي وحتى الجمعة", "مطلع حزيران الماضي وحتى الجمعة", "2023-06-01..2024-03-15 range"),
    # clock
    ("عند الساعة الـ5:51 بالتوقيت المحلي", "عند الساعة الـ5:51 بالتوقيت المحلي", "time 05:51"),
    ("الثالثة فجرا", "الثالثة فجرا", "time 03:00"),
    ("الساعة الثانية والنصف بعد الظهر", "الساعة الثانية والنصف بعد الظهر", "time 14:30"),
    ("الساعة 8 مساءً", "الساعة 8 مساءً", "time 20:00"),
    ("الساعة الثانية عشرة إلا ربعا ليلا", "الساعة الثانية عشرة إلا ربعا ليلا", "time 23:45"),
    ("الساعة 01:30 بتوقيت غرينتش", "الساعة 01:30 بتوقيت غرينتش", "time 01:30"),
    ("عند الساعة الثالثة من فجر اليوم", "عند الساعة الثالثة من فجر اليوم", "2024-03-20 03:00"),
    ("الساعة 1:14 ظهر 2 أكتوبر/تشرين الأول", "الساعة 1:14 ظهر 2 أكتوبر/تشرين الأول", "2023-10-02 13:14"),
    ("الساعة 00:30 بتوقيت دمشق (21:30 ت غ)", "الساعة 00:30 بتوقيت دمشق (21:30 ت غ)", "time 00:30"),
    ("في الرابعة فجر اليوم", "في الرابعة فجر اليوم", "2024-03-20 04:00"),
    ("عند الثالثة من فجر الأحد", "عند الثالثة من فجر الأحد", "2024-03-17 03:00"),
    ("4:30 عصر أمس", "4:30 عصر أمس", "2024-03-19 16:30"),
    ("الخامسة مساء الأحد", "الخامسة مساء الأحد", "2024-03-17 17:00"),
    ("امبارح", "امبارح", "2024-03-19"),
    ("صباحا", "صباحا", "time morning"),
    ("بعد منتصف الليل", "بعد منتصف الليل", "time night"),
    ("الساعة 05,00 صباحا", "الساعة 05,00 صباحا", "time 05:00"),
    ("غارات ليلية", "ليلية", "time night"),
    ("وقع الانفجار فجر، الأحد", "فجر، الأحد", "2024-03-17 dawn"),
    # cues, joined words and overlaps
    ("منذ عام 2013", "عام 2013", "2013-01-01..2024-03-20 range since"),
    ("منذ يوم الأحد", "يوم الأحد", "2024-03-17..2024-03-20 range since"),
    ("منذ بداية العام", "بداية العام", "2024-01-01..2024-03-20 range since"),
    ("قبل يوم الجمعة", "يوم الجمعة", "2024-03-15"),
    ("بتاريخ ٥ / ٣ / ٢٠٢٤", "٥ / ٣ / ٢٠٢٤", "2024-03-05"),
    ("الثلاثاء 5/3", "الثلاثاء 5/3", "2024-03-05"),
    ("ليل السادس والسابع من نيسان 2018", "ليل السادس والسابع من نيسان 2018", "2018-04-06..2018-04-07 range night"),
    ("ليلة السادس والعشرين من مايو 2018", "ليلة السادس والعشرين من مايو 2018", "2018-05-26 night"),
    ("الأسبوع الثاني من شهر شباط", "الأسبوع الثاني من شهر شباط", "2024-02-01..2024-02-29 month"),
    ("ليل 8-9 كانون الثاني", "ليل 8-9 كانون الثاني", "2024-01-08..2024-01-09 range night"),
    ("يومي السبت والأحد الماضيين", "يومي السبت والأحد الماضيين", "2024-03-16..2024-03-17 range"),
    ("بين الاثنين والأربعاء", "بين الاثنين والأربعاء", "2024-03-18..2024-03-20 range"),
    ("بين 2012 و2014", "2012 و2014", "2012-01-01..2014-12-31 range"),
    ("خلال الساعات الأربع والعشرين الماضية", "الساعات الأربع والعشرين الماضية", "2024-03-19..2024-03-20 range"),
    ("الصيف الماضي", "الصيف الماضي", "2023-06-01..2023-08-31 range"),
    ("من يناير إلى يوليو 2023", "يناير إلى يوليو 2023", "2023-01-01..2023-07-31 range"),
    ("في ساعة متأخرة من ليل الأحد", "ساعة متأخرة من ليل الأحد", "2024-03-17 night"),
    ("سابع يونيو", "سابع يونيو", "2023-06-07"),
    ("اليوم الخميس", "اليوم الخميس", "2024-03-21"),  # written past midnight, dated the day before
    ("يوم الثلاثاء 2 نيسان", "يوم الثلاثاء 2 نيسان", "2024-04-02"),  # no past year near falls on it
    ("في آب", "آب", "2023-08-01..2023-08-31 month"),
    ("أيار - مايو 2018", "أيار - مايو 2018", "2018-05-01..2018-05-31 month"),
    ("هجمات 11 سبتمبر", "هجمات 11 سبتمبر", "2001-09-11"),
    ("في 29 مارس الجاري", "29 مارس الجاري", "2024-03-29"),
    # Hijri
    ("في 15 رمضان 1445هـ", "15 رمضان 1445هـ", "2024-03-25"),
    ("في 15 رمضان 1444", "15 رمضان 1444", "2023-04-06"),
    ("الموافق 10 محرم 1445 هـ", "10 محرم 1445 هـ", "2023-07-28"),
    ("الأحد ٧ رمضان ١٤٤٥ هـ - ١٧ مارس ٢٠٢٤", "الأحد ٧ رمضان ١٤٤٥ هـ - ١٧ مارس ٢٠٢٤", "2024-03-17"),
    ("يوم الأحد الموافق 1445/9/7هـ", "يوم الأحد الموافق 1445/9/7هـ", "2024-03-17"),
    ("5 رمضان 1445هـ الموافق 15 مارس 2024", "5 رمضان 1445هـ الموافق 15 مارس 2024", "2024-03-15"),
    ("في 5 رمضان قتل", "5 رمضان", "2024-03-15"),
]


@pytest.mark.parametrize(("sentence", "quote", "answer"), ARABIC, ids=[case[0] for case in ARABIC])
def test_arabic_expressions(sentence: str, quote: str, answer: str) -> None:
    assert read("ar", sentence) == [(quote, answer)]


ENGLISH = [
    ("on March 25, 2023 rockets hit", "March 25, 2023", "2023-03-25"),
    ("on 25 March 2023", "25 March 2023", "2023-03-25"),
    ("on the 25th of March 2023", "the 25th of March 2023", "2023-03-25"),
    ("on March 25th", "March 25th", "2023-03-25"),
    ("on March 5", "March 5", "2024-03-05"),
    ("on March 20", "March 20", "2024-03-20"),
    ("the twenty-fifth of March 2023", "the twenty-fifth of March 2023", "2023-03-25"),
    ("on Sept. 11, 2001", "Sept. 11, 2001", "2001-09-11"),
    ("Sat Nov 18 2017", "Sat Nov 18 2017", "2017-11-18"),
    ("Thursday 2 Jun 2016", "Thursday 2 Jun 2016", "2016-06-02"),
    ("on Friday, March 15, two died", "Friday, March 15", "2024-03-15"),
    ("25/3/2023", "25/3/2023", "2023-03-25"),
    ("3/25/2023", "3/25/2023", "2023-03-25"),
    ("04/07/2015", "04/07/2015", "2015-07-04"),
    ("03/19/2024", "03/19/2024", "2024-03-19"),
    ("2023-03-25", "2023-03-25", "2023-03-25"),
    ("25.03.23", "25.03.23", "2023-03-25"),
    ("in January the base was hit", "January", "2024-01-01..2024-01-31 month"),
    ("in March 2019", "March 2019", "2019-03-01..2019-03-31 month"),
    ("last March", "last March", "2023-03-01..2023-03-31 month"),
    ("early June", "early June", "2023-06-01..2023-06-10 range"),
    ("in late 2022", "late 2022", "2022-09-01..2022-12-31 range"),
    ("mid-July 2021", "mid-July 2021", "2021-07-11..2021-07-20 range"),
    ("in 2017 the group", "2017", "2017-01-01..2017-12-31 year"),
    ("in 2024 so far", "2024", "2024-01-01..2024-03-20 year"),
    ("last year", "last year", "2023-01-01..2023-12-31 year"),
    ("last month", "last month", "2024-02-01..2024-02-29 month"),
    ("last week", "last week", "2024-03-11..2024-03-17 week"),
    ("this week", "this week", "2024-03-18..2024-03-20 week"),
    ("earlier this month", "earlier this month", "2024-03-01..2024-03-20 month"),
    ("in the summer of 2014", "summer of 2014", "2014-06-01..2014-08-31 range"),
    ("said on Tuesday", "Tuesday", "2024-03-19"),
    ("said Wednesday that", "Wednesday", "2024-03-20"),
    ("last Friday", "last Friday", "2024-03-15"),
    ("last Wednesday", "last Wednesday", "2024-03-13"),
    ("next Sunday", "next Sunday", "2024-03-24"),
    ("on tuesday in a post", "tuesday", "2024-03-19"),
    ("Tuesday of last week", "Tuesday of last week", "2024-03-12"),
    ("on Tuesday morning", "Tuesday morning", "2024-03-19 morning"),
    ("at dawn on Tuesday", "at dawn on Tuesday", "2024-03-19 dawn"),
    ("on the night of 3 May 2023", "the night of 3 May 2023", "2023-05-03 night"),
    ("in the early hours of Sunday", "in the early hours of Sunday", "2024-03-17 dawn"),
    ("late on Monday night", "late on Monday night", "2024-03-18 night"),
    ("overnight into Tuesday", "overnight into Tuesday", "2024-03-18..2024-03-19 range night"),
    ("overnight", "overnight", "2024-03-19..2024-03-20 range night"),
    ("last night", "last night", "2024-03-19..2024-03-20 range night"),
    ("today", "today", "2024-03-20"),
    ("earlier today", "earlier today", "2024-03-20"),
    ("this morning", "this morning", "2024-03-20 morning"),
    ("yesterday", "yesterday", "2024-03-19"),
    ("yesterday evening", "yesterday evening", "2024-03-19 evening"),
    ("the day before yesterday", "the day before yesterday", "2024-03-18"),
    ("tomorrow", "tomorrow", "2024-03-21"),
    ("two days ago", "two days ago", "2024-03-18"),
    ("a few days ago", "a few days ago", "2024-03-14..2024-03-18 range"),
    ("a week ago", "a week ago", "2024-03-11..2024-03-17 week"),
    ("three months ago", "three months ago", "2023-12-01..2023-12-31 month"),
    ("two years ago", "two years ago", "2022-01-01..2022-12-31 year"),
    ("hours ago", "hours ago", "2024-03-19..2024-03-20 range"),
    ("in the past 24 hours", "the past 24 hours", "2024-03-19..2024-03-20 range"),
    ("over the past three days", "the past three days", "2024-03-17..2024-03-20 range"),
    ("in the last week", "the last week", "2024-03-13..2024-03-20 range"),
    ("since Sunday", "Sunday", "2024-03-17..2024-03-20 range since"),
    ("since 2011", "2011", "2011-01-01..2024-03-20 range since"),
    ("since May 10", "May 10", "2023-05-10..2024-03-20 range since"),
    ("since last month", "last month", "2024-02-01..2024-03-20 range since"),
    ("between 3 and 5 May 2023", "3 and 5 May 2023", "2023-05-03..2023-05-05 range"),
    ("May 3-5, 2023", "May 3-5, 2023", "2023-05-03..2023-05-05 range"),
    ("from 28 April to 5 May 2023", "28 April to 5 May 2023", "2023-04-28..2023-05-05 range"),
    ("from Friday to Sunday", "Friday to Sunday", "2024-03-15..2024-03-17 range"),
    ("between Monday and Wednesday", "Monday and Wednesday", "2024-03-18..2024-03-20 range"),
    ("at 1:09 a.m. on Thursday", "at 1:09 a.m. on Thursday", "2024-03-14 01:09"),
    ("on Thursday at 3 pm", "Thursday at 3 pm", "2024-03-14 15:00"),
    ("at 3pm", "at 3pm", "time 15:00"),
    ("at 05:30 local time", "at 05:30 local time", "time 05:30"),
    ("(0530 GMT)", "0530 GMT", "time 05:30"),
    ("at 7:30 a.m. (0430 GMT) on Monday", "at 7:30 a.m. (0430 GMT) on Monday", "2024-03-18 07:30"),
    ("around midnight", "around midnight", "time night"),
    ("Monday's attack", "Monday's", "2024-03-18"),
    ("last week’s raid", "last week’s", "2024-03-11..2024-03-17 week"),
    ("On 15 March 24 people died", "15 March", "2024-03-15"),
    ("late on Monday", "late on Monday", "2024-03-18 evening"),
    ("early Tuesday", "early Tuesday", "2024-03-19 morning"),
    ("over the weekend", "over the weekend", "2024-03-16..2024-03-17 range"),
    ("since the start of the year", "the start of the year", "2024-01-01..2024-03-20 range since"),
    ("the October 7 attack", "October 7 attack", "2023-10-07"),
    ("last summer", "last summer", "2023-06-01..2023-08-31 range"),
    ("this winter", "this winter", "2023-12-01..2024-02-29 range"),
    ("on Friday the 15th", "Friday the 15th", "2024-03-15"),
    ("today (20 March)", "today (20 March)", "2024-03-20"),
    ("October 25-26, 2016", "October 25-26, 2016", "2016-10-25..2016-10-26 range"),
    ("15 Ramadan 1445 AH", "15 Ramadan 1445 AH", "2024-03-25"),
]


@pytest.mark.parametrize(("sentence", "quote", "answer"), ENGLISH, ids=[case[0] for case in ENGLISH])
def test_english_expressions(sentence: str, quote: str, answer: str) -> None:
    assert read("en", sentence) == [(quote, answer)]


STORIES = [
    ("ar", "في 25 مارس الماضي شنت هجمات. وفي الـ24 من الشهر نفسه أعلنت الوزارة", ["2023-03-25", "2023-03-24"]),
    ("ar", "قصفت الثلاثاء بلدة. وقبل ذلك بيوم قتل اثنان", ["2024-03-19", "2024-03-18"]),
    ("ar", "في 10 كانون الثاني قصفت القاعدة. وبعد ذلك بيومين ردت القوات", ["2024-01-10", "2024-01-12"]),
    ("ar", "قصفت السبت. وفي اليوم نفسه أصيب آخرون. وفي اليوم التالي انسحبوا", ["2024-03-16"] * 2 + ["2024-03-17"]),
    ("ar", "في 10 حزيران 2014 سقطت المدينة. وفي 29 حزيران أعلن التنظيم", ["2014-06-10", "2014-06-29"]),
    ("ar", "قتل 12 منذ الأحد. وفي اليوم نفسه", ["2024-03-17..2024-03-20 range since", "2024-03-19..2024-03-20 range"]),
    ("en", "It struck on Wednesday. A day earlier, two died. Hours later", ["2024-03-20", "2024-03-19", "2024-03-19"]),
    ("en", "On May 3, 2022 it began. The next day it ended", ["2022-05-03", "2022-05-04"]),
    ("en", "On March 25, 2023 it fired. On the 24th of the same month it fled", ["2023-03-25", "2023-03-24"]),
    ("en", "Killed on Tuesday morning. Later in the day another", ["2024-03-19 morning", "2024-03-19"]),
    ("en", "Hit on Monday. That night a second", ["2024-03-18", "2024-03-18 night"]),
    ("en", "Hit on January 5. Two weeks later", ["2024-01-05", "2024-01-15..2024-01-21 week"]),
    (
        "en",
        "On 10 June 2014 it fell. On 29 June it was declared. On Tuesday they met",
        ["2014-06-10", "2014-06-29", "2024-03-19"],
    ),
]


@pytest.mark.parametrize(("code", "story", "answers"), STORIES, ids=[case[1] for case in STORIES])
def test_later_dates_count_from_earlier_ones(code: str, story: str, answers: list[str]) -> None:
    assert [answer for _, answer in read(code, story)] == answers


NO_DATE = {
    "ar": [
        "أحد المواقع",
        "إن فجر مسلحون قنبلة",
        "من قبل القوات",
        "الشيخ صباح الأحمد",
        "قناة روسيا اليوم",
        "صحيفة اليوم السابع",
        "بشكل عام",
        "الأمين العام",
        "قتل 12 شخصا وأصيب 25",
        "مارس ضغوطا على الحكومة",
        "اليوم الأكثر دموية",
        "في اليوم الثاني من المعارك",
        "بعد نحو أسبوعين من هجمات مماثلة",
        "القرار 2254",
        "حارب في سوق الجمعة",
        "رقم 2014",
        "خميس مشيط",
        "كل يوم جمعة",
        "بين باب الهوى وسرمدا",
        "في إب وسط اليمن",
        "في اب وسط اليمن",
        "شارع 30 آذار",
        "في يومها الثالث",
        "حركة 14 آذار",
        "الأحد عشر لاعبا",
        "يتدهور يوما بعد يوم",
        "على بعد ساعتين من العاصمة",
    ],
    "en": [
        "they may 5 times",
        "troops march 25 kilometres",
        "the sun rose",
        "Black Friday sales",
        "the Sunday Times reported",
        "2,014 people",
        "the second man",
        "every Friday",
        "15 to 20 people",
        "won 3:1",
        "USA Today said",
        "two days after the raid",
        "the day after the raid",
        "in the 1980s",
        "Theresa May said",
    ],
}


@pytest.mark.parametrize(("code", "sentence"), [(code, line) for code, lines in NO_DATE.items() for line in lines])
def test_what_only_looks_like_a_date(code: str, sentence: str) -> None:
    assert read(code, sentence) == []


@pytest.mark.parametrize(
    "sentence", ["yesterday", "on Tuesday", "last month", "March 5", "a day earlier", "since Sunday"]
)
def test_nothing_is_counted_from_an_unknown_publication_date(sentence: str) -> None:
    assert [answer.split()[0] for _, answer in read("en", sentence, published=None)] == ["-"]


def test_an_absolute_date_needs_no_publication_date() -> None:
    assert read("en", "On 3 May 2022, and a day later", published=None)[0][1] == "2022-05-03"
    assert read("en", "On 3 May 2022. A day later", published=None)[1][1] == "2022-05-04"


@pytest.mark.parametrize("sentence", ["30 February 2023", "in 1850", "31/11/2023", "June 3, 2031"])
def test_impossible_and_implausible_days_stay_open(sentence: str) -> None:
    assert [answer for _, answer in read("en", sentence) if answer != "-"] == []


DATELINES = [
    ("en", "Sat Nov 18 2017 20 civilians killed in a car bomb attack on Friday", date(2017, 11, 18)),
    ("en", "State TV AFP Thursday 2 Jun 2016 An attack killed one", date(2016, 6, 2)),
    ("en", "BEIRUT, 5 March 2024 - Two died", date(2024, 3, 5)),
    ("ar", "دمشق 20 آذار 2024 (وكالات) قتل اثنان", date(2024, 3, 20)),
    ("en", "In Mosul, which fell on 10 June 2014, two died", None),
    ("ar", "سقطت المدينة في 10 حزيران 2014 بيد التنظيم", None),
    ("en", "Two died on Tuesday", None),
]


@pytest.mark.parametrize(("code", "head", "day"), DATELINES, ids=[case[1] for case in DATELINES])
def test_a_dateline_says_when_the_article_was_written(code: str, head: str, day: date | None) -> None:
    text = tokenize(head)
    assert find_dateline(text, find_dates(text, words(code))) == day
