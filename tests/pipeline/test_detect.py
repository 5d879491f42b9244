import pytest

from pipeline.detect import detect_language, language_signs

ARABIC = (
    "استهدفت طائرة مسيرة موقعا عسكريا قرب المدينة مساء أمس، وقال مصدر محلي إن الهجوم لم يسفر عن إصابات في صفوف الجنود "
    "الذين كانوا في الموقع"
)
ENGLISH = (
    "A drone hit a military post near the town on Monday evening, a local source said, and nobody was hurt in the "
    "attack that followed a quiet week"
)
PERSIAN = (
    "به گفته منابع محلی یک پهپاد به پایگاه نظامی نزدیک شهر حمله کرد و در این حمله کسی زخمی نشد و گزارش‌ها از منطقه "
    "همچنان ادامه دارد و پژوهشگران نیز"
)
TURKISH = (
    "Pazartesi akşamı kente yakın bir askeri noktaya insansız hava aracıyla saldırı düzenlendi, yerel kaynaklar "
    "saldırıda kimsenin yaralanmadığını ve henüz hiçbir örgütün üstlenmediğini söyledi"
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ARABIC, "ar"),
        (ENGLISH, "en"),
        ("قصف", "ar"),
        ("Rockets on the airport", "en"),
        (ARABIC + " (CENTCOM, Reuters)", "ar"),
        (PERSIAN, None),
        (TURKISH, None),
        ("Дрон ударил по базе", None),
        ("12.04.2023", None),
        ("", None),
    ],
)
def test_language_is_told_by_script_and_words(text: str, language: str | None) -> None:
    assert detect_language(text) == language


def test_arabic_and_english_are_installed() -> None:
    assert {"ar", "en"} <= language_signs().keys()
