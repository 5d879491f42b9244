"""How many were killed and wounded: digits, words, duals, one, none - and silence, which stays unknown."""

from collections.abc import Callable

import pytest

from pipeline.annotate import Notes
from pipeline.casualties import count_casualties, iter_words
from pipeline.reading import PlacedReading

Mark = Callable[..., Notes]


def counted(notes: Notes) -> tuple[int | None, int | None]:
    found = count_casualties(notes, 0, len(notes.text.tokens))
    return found.killed.best if found.killed else None, found.wounded.best if found.wounded else None


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        # digits, in all scripts
        ("مقتل 5 مدنيين وإصابة 12 آخرين", 5, 12),
        ("مقتل ٥ مدنيين وإصابة ١٢ آخرين", 5, 12),
        ("killed 5 people and wounded 12 others", 5, 12),
        # words
        ("مقتل خمسة مدنيين وإصابة ثلاثة عشر آخرين", 5, 13),
        ("أسفر عن سقوط أربعة قتلى وستة جرحى", 4, 6),
        ("أودى بحياة أربعة عشر شخصا", 14, None),
        ("killing three soldiers and wounding seven", 3, 7),
        ("at least twelve people were killed", 12, None),
        ("five soldiers were wounded", None, 5),
        ("leaving 12 people dead and 30 injured", 12, 30),
        # duals
        ("قتل جنديان في الهجوم", 2, None),
        ("مقتل مدنيين اثنين وإصابة ثلاثة", 2, 3),
        ("سقط قتيلان وجريحان", 2, 2),
        ("وأصيب طفلان", None, 2),
        # a single person
        ("مقتل جندي وإصابة طفل", 1, 1),
        ("قُتل ضابط وأصيب خمسة", 1, 5),
        ("killing a soldier", 1, None),
        ("one man was killed and two were wounded", 1, 2),
        ("وإصابة امرأة واحدة", None, 1),
        ("سقط قتيل وعدد من الجرحى", 1, None),
    ],
)
def test_figures(mark: Mark, text: str, killed: int | None, wounded: int | None) -> None:
    assert counted(mark(text)) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("دون وقوع إصابات", None, 0),
        ("دون تسجيل قتلى", 0, None),
        ("ولم يسفر الهجوم عن خسائر بشرية", 0, 0),
        ("دون أن يسفر ذلك عن ضحايا بشرية", 0, 0),
        ("لم تقع إصابات", None, 0),
        ("there were no casualties", 0, 0),
        ("no one was killed", 0, None),
        ("without casualties", 0, 0),
    ],
)
def test_none_is_a_figure(mark: Mark, text: str, killed: int | None, wounded: int | None) -> None:
    assert counted(mark(text)) == (killed, wounded)


@pytest.mark.parametrize(
    "text",
    [
        "سقط صاروخ على مدينة مأرب",
        "ولم ترد أنباء عن وقوع إصابات",
        "ولم ترد معلومات عن سقوط ضحايا",
        "There was no word of casualties",
        "There were no immediate reports of casualties",
        "ما أدى إلى مقتل وإصابة عشرات المدنيين",
        "سقوط عدد من القتلى والجرحى",
        "killing dozens",
        "causing casualties",
        "several people were wounded",
    ],
)
def test_silence_and_vague_words_stay_unknown(mark: Mark, text: str) -> None:
    assert counted(mark(text)) == (None, None)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("مقتل 5 مدنيين بينهم طفلان", 5, None),
        ("killed five people, including two children", 5, None),
        ("سقطت 10 صواريخ وأدت إلى مقتل مدني", 1, None),
        ("ten rockets killed a guard", 1, None),
        ("قتل ثلاثة أشخاص على بعد 20 كيلومترا من المدينة", 3, None),
    ],
)
def test_what_is_counted_are_the_victims(mark: Mark, text: str, killed: int | None, wounded: int | None) -> None:
    assert counted(mark(text)) == (killed, wounded)


def test_a_bound_widens_the_range(mark: Mark) -> None:
    notes = mark("ما لا يقل عن 12 قتيلا")
    killed = count_casualties(notes, 0, len(notes.text.tokens)).killed
    assert killed is not None
    assert killed.low == killed.best == 12 <= killed.high


def test_words_behind_a_figure_are_quoted(mark: Mark) -> None:
    notes = mark("ما أدى إلى مَقْتَلِ ثلاثة جنود وإصابة 12 آخرين.")
    found = count_casualties(notes, 0, len(notes.text.tokens))
    assert found.killed is not None and found.wounded is not None
    assert found.killed.mention.text == "مَقْتَلِ ثلاثة جنود"
    assert "12" in found.wounded.mention.text
    for count in (found.killed, found.wounded):
        mention = count.mention
        assert notes.article.text[mention.start : mention.end] == mention.text


def test_only_the_tokens_asked_for_are_read(mark: Mark) -> None:
    notes = mark("مقتل 5 مدنيين. إصابة 12 آخرين")
    middle = notes.text.sentences[0][1]
    first, second = count_casualties(notes, 0, middle), count_casualties(notes, middle, len(notes.text.tokens))
    assert (first.killed and first.killed.best, first.wounded) == (5, None)
    assert (second.killed, second.wounded and second.wounded.best) == (None, 12)
    assert [m.first for m in iter_words(notes, 0, middle)] == [0]


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        # one more, by himself or as one of the family
        ("قتل مدني وأصيب آخر بجروح", 1, 1),
        ("وجرح رابع في هجوم مسلح", None, 1),
        ("وأصيب طفلاها بانفجار لغم", None, 2),
        ("فقتل أحدهما وأصيب الآخر", 1, 1),
        # dead and wounded in one figure, each unknown
        ("مقتل وإصابة 15 جنديا في كمين", None, None),
        ("سقط 30 شخصا بين قتيل وجريح", None, None),
        ("Thirty people were killed or wounded", None, None),
        ("left 15 soldiers dead or injured", None, None),
        # a figure on either side is not shared
        ("إن شخصين قتلا وأصيب سبعة", 2, 7),
        ("خمسة مدنيين قتلوا وثلاثة أصيبوا", 5, 3),
        ("سقوط ثلاثة ضحايا وإصابة أربعة آخرين", 3, 4),
        # nobody
        ("ولم يصب أحد بأذى", None, 0),
        ("ولم يسفر القصف عن سقوط قتلى أو جرحى", 0, 0),
        ("Nobody was killed or injured", 0, 0),
        ("without injuring anyone", None, 0),
        ("there was no loss of life", 0, None),
        # what is not known is no "none"
        ("قتل 20 مدنيا بينما لم تعرف أعداد الجرحى", 20, None),
        ("ولا إحصائية للقتلى والجرحى حتى الآن", None, None),
        # words that harm only where people stand beside them
        ("فقتل اثنين منهم وأصاب ثلاثة", 2, 3),
        ("أصابت رصاصات القناصة ثلاثة متظاهرين", None, 3),
        ("وأصابت الصواريخ ثلاثة منازل", None, None),
        ("قضى رجل وابنتاه", 3, None),
        ("Two people were treated for shock", None, 2),
        # ages, adjectives and reasons are no toll
        ("Ahmed al-Ali, 34, was killed and his brother Khaled, 29, was injured", 1, 1),
        ("named after the dead commander", None, None),
        ("in retaliation for the killing of a general", None, None),
        ("before being shot dead by police", None, None),
        # the dead and their figure apart
        ("The death toll from the shelling of the town rose to 22", 22, None),
        ("إن عدد القتلى ارتفع إلى سبعة", 7, None),
        ("وقدر المرصد عدد القتلى بنحو 60 شخصا", 60, None),
    ],
)
def test_kinds_of_telling(mark: Mark, text: str, killed: int | None, wounded: int | None) -> None:
    assert counted(mark(text)) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "A car bomb exploded in Kirkuk on Thursday, killing three. "
            "The death toll later rose to seven, with 20 wounded.",
            7,
            20,
        ),
        ("قُتل عشرة أشخاص في قصف على مدينة كادقلي يوم الخميس. وأعلن الأطباء ارتفاع الحصيلة إلى 14 قتيلا.", 14, None),
        (
            "Five soldiers were killed in a missile attack on Marib on Thursday. "
            "So far this year more than 200 soldiers have been killed.",
            5,
            None,
        ),
    ],
)
def test_a_risen_toll_replaces_the_one_before_and_a_sum_does_not(
    read: Callable[..., PlacedReading], text: str, killed: int, wounded: int | None
) -> None:
    event = read(text).events[0].event
    assert (event.killed and event.killed.best, event.wounded and event.wounded.best) == (killed, wounded)
