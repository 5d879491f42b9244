"""Whole articles: exactly the attacks they report, each field on its words, and nothing of what is only named."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.sphere import distance_km
from pipeline.reading import PlacedEvent, PlacedReading
from pipeline.records import Article
from pipeline.run import read_events, read_placed
from pipeline.tabulate import tabulate

Read = Callable[..., PlacedReading]
Make = Callable[..., Article]
SEED = Path(__file__).resolve().parents[3] / "shared" / "articles" / "seed.txt"
OWN_DAY = date(2024, 1, 25)
OWN = """فجر السبت 20 يناير/كانون الثاني 2024، أطلقت فصائل المقاومة الإسلامية في العراق ثمانية صواريخ من منطقة \
حديثة على قاعدة "عين الأسد" في محافظة الأنبار غربي العراق، ما أسفر عن إصابة ثلاثة جنود أمريكيين دون تسجيل قتلى.
وقال مسؤول أمني عراقي إن الهجوم وقع عند الساعة الـ4:30 بالتوقيت المحلي.
وكانت طائرة مسيرة مفخخة قد استهدفت يوم 16 من الشهر ذاته قاعدة حرير في أربيل، دون أن يسفر ذلك عن إصابات.
وفي 12 يناير، شنت طائرات أمريكية غارات جوية على مقر لحركة النجباء في بغداد، أدت إلى مقتل قياديين اثنين.
وفي الـ9 من الشهر نفسه، تعرضت قاعدتا عين الأسد وحرير لهجومين بطائرات مسيرة.
ويتمركز مئات الجنود الأمريكيين أيضا في قاعدة فيكتوريا قرب مطار بغداد، وقد غادر آخرون قاعدة التاجي عام 2020.
وزار رئيس الوزراء العراقي تركيا الأسبوع الماضي لبحث أمن الحدود."""
CONOCO, OMAR, VILLAGE = (40.33, 35.33), (40.56, 35.10), (40.56, 35.10)  # (lon, lat), to a tenth of a degree
BUKAMAL, ASAD, HARIR = (40.92, 34.45), (42.44, 33.79), (44.35, 36.53)


def find(reading: PlacedReading, day: date, event_type: str, near: tuple[float, float] | None = None) -> PlacedEvent:
    """The one event of that kind on that day (and within 15 km of a point)."""
    found = [
        placed
        for placed in reading.events
        if placed.event.event_type == event_type
        and placed.event.when is not None
        and (placed.event.when.start, placed.event.when.end) == (day, day)
        and (near is None or is_near(placed, near))
    ]
    told = [(p.event.event_type, p.event.when, p.target and p.target.matched_name) for p in reading.events]
    assert len(found) == 1, f"{event_type} on {day}: {len(found)} of {told}"
    return found[0]


def is_near(placed: PlacedEvent, point: tuple[float, float]) -> bool:
    target = placed.target
    return (
        bool(target and target.lon is not None and target.lat is not None)
        and distance_km(target.lon, target.lat, *point) <= 15
    )


def quote(placed: PlacedEvent, name: str) -> str:
    return placed.event.evidence[name].text


def outcome(reading: PlacedReading) -> list[tuple[Any, ...]]:
    """What an article is read to, without its words."""
    return sorted(
        (
            p.event.event_type,
            p.event.time_status,
            str(p.event.when),
            p.event.actor_id or "",
            p.event.killed.best if p.event.killed else -1,
            p.target.place_id if p.target and p.target.place_id else "",
        )
        for p in reading.events
    )


def assert_quotes(reading: PlacedReading) -> None:
    """Every mention quotes its exact words."""
    text = reading.article.text
    mentions = [place.mention for place, _ in reading.places]
    for placed in reading.events:
        event = placed.event
        mentions += [*event.evidence.values(), *(place.mention for place in event.places)]
        mentions += [count.mention for count in (event.killed, event.wounded, event.weapon_count) if count]
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip()


def names(reading: PlacedReading, role: str) -> set[str]:
    return {place.name for place, _ in reading.places if place.role == role}


# --- (a) the seed report ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seed(read: Read) -> PlacedReading:
    if not SEED.is_file():
        pytest.skip(f"the seed report is not beside this checkout: {SEED}")
    return read(SEED.read_text(encoding="utf-8"), date(2023, 4, 10), "seed")


def test_seed_quotes_stand_in_the_text(seed: PlacedReading) -> None:
    assert_quotes(seed)


def test_seed_tells_exactly_these_attacks(seed: PlacedReading) -> None:
    told = sorted((str(p.event.when and p.event.when.start), p.event.event_type) for p in seed.events)
    assert told == [
        ("2023-03-23", "airstrike"),
        ("2023-03-23", "drone"),
        ("2023-03-24", "rocket_or_missile"),
        ("2023-03-25", "rocket_or_missile"),
        ("2023-03-25", "rocket_or_missile"),
        ("2023-04-10", "rocket_or_missile"),
    ]


def test_seed_rocket_at_conoco(seed: PlacedReading) -> None:
    placed = find(seed, date(2023, 4, 10), "rocket_or_missile", CONOCO)
    event, origin = placed.event, placed.origin
    assert event.time_status == "actual"
    assert (event.actor_id, event.actor_basis in {"suspected", "blamed", "stated"}) == ("iran-backed-militias", True)
    assert event.weapon == "rocket" and event.weapon_count is not None and event.weapon_count.best == 1
    assert event.killed is not None and event.wounded is not None
    assert (event.killed.best, event.wounded.best) == (0, 0)
    assert origin is not None and origin.lon is not None and origin.lat is not None
    assert distance_km(origin.lon, origin.lat, *BUKAMAL) <= 10
    assert "كونوكو" in quote(placed, "place_name")
    assert quote(placed, "origin_name") == "البوكمال"
    assert "بصاروخ واحد" in quote(placed, "weapon_count")
    assert "مدعومة من إيران" in quote(placed, "actor")
    assert "خسائر بشرية" in quote(placed, "killed")


def test_seed_rocket_at_conoco_has_its_hour(seed: PlacedReading) -> None:
    when = find(seed, date(2023, 4, 10), "rocket_or_missile", CONOCO).event.when
    assert when is not None and when.time == "05:51"


@pytest.mark.parametrize(("point", "name"), [(OMAR, "عمر"), (CONOCO, "كونوكو")])
def test_seed_two_fields_are_two_attacks(seed: PlacedReading, point: tuple[float, float], name: str) -> None:
    placed = find(seed, date(2023, 3, 25), "rocket_or_missile", point)
    assert placed.event.actor_id == "iran-backed-militias"
    assert placed.event.time_status == "historical"
    assert quote(placed, "place_name") == name
    assert quote(placed, "event_type") == "هجمات صاروخية"
    assert "25 مارس/آذار" in quote(placed, "date_start")
    assert placed.event.killed is None and placed.event.wounded is None


def test_seed_green_village(seed: PlacedReading) -> None:
    placed = find(seed, date(2023, 3, 24), "rocket_or_missile", VILLAGE)
    assert placed.event.wounded is not None and placed.event.wounded.best == 0
    assert placed.event.time_status == "historical"
    assert quote(placed, "place_name") == "القرية الخضراء"
    assert "إصابات" in quote(placed, "wounded")
    assert "24 من الشهر نفسه" in quote(placed, "date_start")


def test_seed_green_village_ten_rockets(seed: PlacedReading) -> None:
    placed = find(seed, date(2023, 3, 24), "rocket_or_missile", VILLAGE)
    assert placed.event.weapon_count is not None and placed.event.weapon_count.best == 10
    assert "بعشرة صواريخ" in quote(placed, "weapon_count")


def test_seed_drone(seed: PlacedReading) -> None:
    placed = find(seed, date(2023, 3, 23), "drone")
    assert placed.event.killed is not None and placed.event.wounded is not None
    assert (placed.event.killed.best, placed.event.wounded.best) == (1, 5)
    assert placed.event.time_status == "historical"
    assert placed.target is not None and placed.target.admin1 == "Hasakah"
    assert "متعاقد" in quote(placed, "killed")
    assert "5" in quote(placed, "wounded")
    assert "مسيرة" in quote(placed, "weapon")


def test_seed_drone_is_somewhere_in_the_governorate(seed: PlacedReading) -> None:
    target = find(seed, date(2023, 3, 23), "drone").target
    assert target is not None and target.precision == "adm1"


def test_seed_airstrikes_of_the_us(seed: PlacedReading) -> None:
    placed = find(seed, date(2023, 3, 23), "airstrike")
    assert placed.event.actor_id is not None and placed.event.actor_id.startswith("united-states")
    assert placed.event.time_status == "historical"
    assert placed.target is not None and placed.target.country == "SY"
    assert "غارات" in quote(placed, "event_type")


def test_seed_what_is_only_named_is_no_target(seed: PlacedReading) -> None:
    assert not names(seed, "target") & {"التنف", "كندا", "إيران", "طهران", "لبنان", "أفغانستان", "باكستان", "روسيا"}
    assert {"التنف", "كندا"} <= names(seed, "mention")
    assert all(p.event.when is not None and p.event.when.start.year == 2023 for p in seed.events)
    assert all(p.target is not None and p.target.country == "SY" for p in seed.events)


# --- (b) a report of our own, as hard ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own(read: Read) -> PlacedReading:
    return read(OWN, OWN_DAY, "own")


def test_own_quotes_stand_in_the_text(own: PlacedReading) -> None:
    assert_quotes(own)


def test_own_rockets(own: PlacedReading) -> None:
    placed = find(own, date(2024, 1, 20), "rocket_or_missile", ASAD)
    event = placed.event
    assert (event.actor_id, event.actor_basis) == ("islamic-resistance-in-iraq", "stated")
    assert event.weapon_count is not None and event.weapon_count.best == 8
    assert event.killed is not None and event.wounded is not None
    assert (event.killed.best, event.wounded.best) == (0, 3)
    assert placed.origin is not None and placed.origin.matched_name == "حديثة"
    assert quote(placed, "origin_name") == "حديثة"
    assert quote(placed, "place_name") == "عين الأسد"
    assert "ثمانية صواريخ" in quote(placed, "weapon_count")
    assert "ثلاثة جنود" in quote(placed, "wounded")
    assert "قتلى" in quote(placed, "killed")
    assert "20 يناير" in quote(placed, "date_start")


def test_own_rockets_have_their_hour(own: PlacedReading) -> None:
    when = find(own, date(2024, 1, 20), "rocket_or_missile", ASAD).event.when
    assert when is not None and when.time == "04:30"


def test_own_drone_at_harir(own: PlacedReading) -> None:
    placed = find(own, date(2024, 1, 16), "drone", HARIR)
    assert placed.event.time_status == "historical"
    assert placed.event.wounded is not None and placed.event.wounded.best == 0
    assert quote(placed, "place_name") == "حرير"
    assert "16 من الشهر ذاته" in quote(placed, "date_start")


def test_own_airstrikes_in_baghdad(own: PlacedReading) -> None:
    placed = find(own, date(2024, 1, 12), "airstrike")
    assert placed.event.actor_id is not None and placed.event.actor_id.startswith("united-states")
    assert placed.event.killed is not None and placed.event.killed.best == 2
    assert placed.target is not None and placed.target.matched_name == "بغداد"
    assert "قياديين اثنين" in quote(placed, "killed")


@pytest.mark.parametrize("point", [ASAD, HARIR])
def test_own_two_bases_are_two_attacks(own: PlacedReading, point: tuple[float, float]) -> None:
    assert find(own, date(2024, 1, 9), "drone", point).event.time_status == "historical"


def test_own_tells_nothing_else(own: PlacedReading) -> None:
    days = {p.event.when.start for p in own.events if p.event.when is not None}
    assert days == {date(2024, 1, 20), date(2024, 1, 16), date(2024, 1, 12), date(2024, 1, 9)}
    assert len(own.events) == 5
    assert all(p.event.when is not None for p in own.events)
    assert not names(own, "target") & {"فيكتوريا", "التاجي", "تركيا"}


# --- what holds for every text ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def read_as(gazetteer: Gazetteer, read: Read) -> Callable[[str, str], PlacedReading]:
    """Read any text as an article in a given language."""
    del read  # its checks that set-up has run hold here as well
    return lambda text, language: read_placed(Article("any", language, text, date(2024, 5, 3)), gazetteer)


WORDS = (
    "قصف استهـ.ـداف هجومٌ صاروخي الجيش للجيش والقوات قاعدة حقل مدينة دمشق دير الزور بدرعا للعراق وحماة بين قرب شمال "
    "من على في قتل جنديان وإصابة 5 ثلاثة صواريخ أمس الخميس ، . « » \n ( ) \u200f \u202b \u2069 \ufeff ـ ً "
    "rockets hit Mosul 's killed two US troops in Hama province near Deir ez-Zor - yesterday"
)
PIECES = st.sampled_from(WORDS.split(" "))


@settings(max_examples=150, deadline=None)
@given(text=st.lists(PIECES, min_size=1, max_size=40).map(" ".join), language=st.sampled_from(["ar", "en"]))
def test_every_mention_quotes_its_words_whatever_the_text(
    read_as: Callable[[str, str], PlacedReading], text: str, language: str
) -> None:
    assert_quotes(read_as(text, language))


@settings(max_examples=80, deadline=None)
@given(text=st.text(max_size=80))
def test_every_mention_of_any_text_quotes_its_words(read_as: Callable[[str, str], PlacedReading], text: str) -> None:
    assert_quotes(read_as(text, "ar"))


@pytest.mark.parametrize(
    "dressed",
    [
        "تمّ اِسْتِهْدَافُ قَاعِدَةِ عَيْنِ الأَسَدِ بِطَائِرَةٍ مُسَيَّرَةٍ يوم الخميس.",
        "تم استهـ.ـداف قاعدة عين الأسـ.ـد بطائرة مسـ*ـيرة يوم الخميس.",
        "تم استهداف \u2067قاعدة\u2069 عين\u200f الأس\u200cد بطـــائرة مسيرة يوم الخميس.",
        "تم إستهداف قاعده عين الاسد بطائره مسيره يوم الخميس.",
    ],
)
def test_dressed_spelling_is_read_like_plain(read: Read, dressed: str) -> None:
    plain = read("تم استهداف قاعدة عين الأسد بطائرة مسيرة يوم الخميس.")
    reading = read(dressed)
    assert len(plain.events) == 1
    assert outcome(reading) == outcome(plain)
    assert_quotes(reading)


def test_the_same_article_gives_the_same_ids(read: Read) -> None:
    first, second = (read(OWN, OWN_DAY, "own") for _ in range(2))
    ids = [placed.event.event_id for placed in first.events]
    assert ids == [placed.event.event_id for placed in second.events]
    assert len(set(ids)) == len(ids) > 1


def test_another_article_has_other_ids(read: Read) -> None:
    one, two = read(OWN, OWN_DAY, "one"), read(OWN, OWN_DAY, "two")
    assert not {p.event.event_id for p in one.events} & {p.event.event_id for p in two.events}


@pytest.mark.parametrize(
    "text",
    [
        "سجل مهاجم نادي الشرطة هدفا بتسديدة صاروخية في شباك الزوراء على ملعب البصرة يوم الخميس.",
        "أجرى الجيش مناورات بالذخيرة الحية قرب مدينة الحديدة أطلق خلالها صواريخ على أهداف وهمية.",
        "سجلت الوزارة 165 هجوما في العراق منذ بداية العام.",
        "بحث الوزير في عمان التعاون التجاري مع دمشق يوم الخميس.",
        "The striker fired a rocket of a shot past the goalkeeper as Baghdad FC attacked from the start of the match.",
        "Last year 165 attacks were recorded in Iraq, killing 300 people.",
        "The navy fired missiles in a drill off Latakia on Thursday.",
        "The minister attacked the budget in a speech in Baghdad on Thursday.",
    ],
)
def test_what_is_no_attack_makes_no_event(read: Read, text: str) -> None:
    assert read(text).events == ()


@pytest.mark.parametrize(
    "text",
    [
        "توعدت جماعة الحوثي بأنها ستستهدف ميناء إيلات بصواريخ باليستية إذا استمر القصف.",
        "If the talks fail, rockets could hit Tel Aviv, the minister warned.",
        "Israel will strike Damascus next week, he said.",
    ],
)
def test_what_may_or_will_happen_is_no_actual_event(read: Read, text: str) -> None:
    assert not [p for p in read(text).events if p.event.time_status in ("actual", "historical")]


def test_what_is_denied_is_told_as_denied(read: Read) -> None:
    events = read("نفت وزارة الدفاع أن يكون مطار حماة قد تعرض يوم الخميس لهجوم بطائرة مسيرة.").events
    assert [placed.event.time_status for placed in events] == ["denied"]


def rows(reading: PlacedReading) -> Sequence[dict[str, Any]]:
    return tabulate([reading]).reset_index().to_dict("records")


def test_one_row_an_event(own: PlacedReading) -> None:
    assert [row["event_id"] for row in rows(own)] == [placed.event.event_id for placed in own.events]


# --- the whole story (run.py) -----------------------------------------------------------------------------------------


def test_the_same_article_twice_changes_nothing(read: Read, gazetteer: Gazetteer, make_article: Make) -> None:
    del read
    article = make_article(OWN, OWN_DAY)
    once, twice = read_events([article], gazetteer), read_events([article, article], gazetteer)
    assert list(once.index) == list(twice.index)
    assert once["reports"].tolist() == twice["reports"].tolist() == [1] * len(once)


def test_no_articles_make_an_empty_table(gazetteer: Gazetteer) -> None:
    assert len(read_events([], gazetteer)) == 0


def test_any_reader_may_be_put_in(gazetteer: Gazetteer, make_article: Make) -> None:
    asked: list[str] = []

    def nothing(article: Article, gazetteer: Gazetteer | None) -> PlacedReading:
        del gazetteer
        asked.append(article.article_id)
        return PlacedReading(article, (), ())

    assert len(read_events([make_article(OWN)], gazetteer, nothing)) == 0
    assert asked == ["own"]


def test_a_day_that_only_heads_the_page_dates_no_attack(read: Read) -> None:
    reading = read("3 مايو 2024\nاستهدفت طائرة مسيرة مطار أربيل الدولي.")
    assert [placed.event.when and placed.event.when.precision for placed in reading.events] == ["range"]


def test_an_unknown_target_lies_somewhere_in_what_the_text_puts_it_in(read: Read) -> None:
    placed = read("قصف الطيران بلدة زغروطة بريف حماة الشمالي يوم الخميس.").events[0]
    target = placed.target
    assert target is not None and target.extent_km is not None
    assert (target.query.name, target.status, target.admin1) == ("زغروطة", "placed", "Hama")
    assert target.extent_km >= 10
    assert target.precision not in ("site", "town")
    assert any("زغروطة" in reason for reason in target.reasons)


def test_one_unknown_place_does_not_empty_a_reading(read: Read) -> None:
    reading = read("قصف الطيران بلدة زغروطة يوم الخميس. وانفجرت عبوة ناسفة في مدينة تدمر يوم الخميس.")
    assert sorted(str(placed.target and placed.target.status) for placed in reading.events) == ["placed", "unplaced"]


def test_a_name_told_again_as_target_has_that_role(read: Read) -> None:
    reading = read("استهدفت طائرة مسيرة مطار أربيل الدولي يوم الخميس. وأغلق مطار أربيل الدولي بعدها.")
    assert {place.role for place, _ in reading.places if place.name == "مطار أربيل الدولي"} == {"target"}


def places_hit(reading: PlacedReading) -> set[str]:
    return {placed.target.matched_name for placed in reading.events if placed.target and placed.target.matched_name}


def test_names_added_under_one_kind_word_are_places_all(read: Read) -> None:
    text = "قصفت المدفعية مساء الخميس 2 مايو قرى كفرعميم وزعرورة ومجدليا في ريف إدلب."
    assert {"كفرعميم", "زعرورة", "مجدليا"} <= names(read(text), "target")


def test_where_people_flee_to_is_not_hit(read: Read) -> None:
    text = "قصف مدفعي تركي طال يوم الخميس محيط مدينة رأس العين، والأهالي ينزحون باتجاه الحسكة."
    assert names(read(text), "target") == {"رأس العين"}


def test_where_those_who_attack_are_based_is_not_hit(read: Read) -> None:
    text = "تعرضت بلدة النيرب يوم الخميس لقصف مدفعي من قبل قوات النظام المتمركزة في سراقب."
    assert names(read(text), "target") == {"النيرب"}


def test_two_attacks_of_one_sentence_set_side_by_side(read: Read) -> None:
    text = "شن الطيران الإسرائيلي غارات يوم الخميس على مدينة خان يونس، فيما أطلقت صواريخ من غزة باتجاه عسقلان."
    assert {placed.event.event_type for placed in read(text).events} == {"airstrike", "rocket_or_missile"}


def test_people_killed_by_somebody_are_an_attack(read: Read) -> None:
    (placed,) = read("قتلت القوات الإسرائيلية ثلاثة شبان في مدينة نابلس يوم الخميس.").events
    assert (placed.event.event_type, placed.event.killed and placed.event.killed.best) == ("ambush_or_assassination", 3)


def test_a_foiled_bombing_is_none(read: Read) -> None:
    assert not read("أحبطت قوات الأمن يوم الخميس محاولة تفجير عبوة ناسفة في مدينة كركوك.").events


def test_nobody_claiming_an_attack_denies_nothing(read: Read) -> None:
    (placed,) = read("انفجرت سيارة مفخخة يوم الخميس في مدينة تل أبيض، ولم تتبن أي جهة التفجير.").events
    assert placed.event.time_status == "actual"


def test_a_capital_that_speaks_is_not_hit(read: Read) -> None:
    reading = read("شنت إسرائيل غارة على مطار التيفور يوم الخميس. وقالت دمشق إن الهجوم أسفر عن مقتل جنديين.")
    assert "دمشق" not in names(reading, "target")


def test_the_side_of_a_city_gives_way_to_the_town_that_lies_there(read: Read) -> None:
    text = (
        "قتل ثلاثة جنود في هجوم لتنظيم داعش شمال العاصمة بغداد يوم الخميس. "
        "وأوضح المصدر أن عناصر التنظيم هاجموا نقطة تفتيش في قضاء الطارمية."
    )
    (placed,) = read(text).events
    assert placed.target is not None and placed.target.matched_name == "الطارمية"


def test_a_list_with_commas_is_hit_all_over(read: Read) -> None:
    reading = read("Government forces shelled the towns of Saraqib, Ariha and Kafr Nabl on Thursday.")
    assert {"Saraqib", "Ariha", "Kafr Nabl"} <= names(reading, "target")


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("On Thursday two deminers died when a booby-trapped house exploded in Ain Zara.", 2),
        ("The governor was abducted and killed in El Geneina on Thursday.", 1),
        ("Rebels overran the town of Saraqib on Thursday, killing a dozen pro-government militiamen.", 12),
        ("The army claims killing of 4 Houthi fighters by a roadside bomb in Taiz on Thursday.", 4),
    ],
)
def test_who_was_killed_is_counted_in_english(read: Read, text: str, killed: int) -> None:
    told = [placed.event.killed.best for placed in read(text).events if placed.event.killed]
    assert told == [killed]


def test_a_weapon_that_wounds_is_an_attack(read: Read) -> None:
    (placed,) = read("On Thursday a mine wounded three children in Tadmur.").events
    assert (placed.event.event_type, placed.event.weapon) == ("ied_or_mine", "landmine")


def test_a_weekday_in_a_month_long_ago(read: Read) -> None:
    (placed,) = read("وقع هجوم انتحاري يوم أحد في أبريل/نيسان 2017 في مدينة طنطا أسفر عن مقتل 28 شخصا.").events
    assert placed.event.when is not None and (placed.event.when.start, placed.event.when.end) == (
        date(2017, 4, 1),
        date(2017, 4, 30),
    )


@pytest.mark.parametrize(
    ("text", "actor_id"),
    [
        ("قتل 17 مقاتلا على يد مسلحين ينتمون لتنظيم الدولة الإسلامية في مدينة السويداء يوم الخميس.", "islamic-state"),
        ("هاجم مقاتلون من تنظيم داعش رتلا لقوات النظام قرب مدينة الميادين يوم الخميس.", "islamic-state"),
        ("قصفت طائرة تابعة للتحالف الدولي موقعا لتنظيم داعش في مدينة الميادين يوم الخميس.", "international-coalition"),
        ("شنت طائرات حربية يعتقد أنها إسرائيلية غارات قرب مدينة البوكمال يوم الخميس.", "israel"),
        ("سوريا: إسرائيل قصفت مطار التيفور بصواريخ يوم الخميس.", "israel"),
        ("انفجر لغم زرعه الحوثيون في مدينة تعز يوم الخميس وقتل طفلا.", "houthis"),
        ("Two U.S.-led air strikes hit Hodeidah airport on Thursday.", "international-coalition"),
        ("On Thursday 25 Al-Nusra fighters were reported killed when a bomb exploded in a mosque in Idlib.", None),
    ],
)
def test_who_did_it(read: Read, text: str, actor_id: str | None) -> None:
    (placed,) = read(text).events
    assert placed.event.actor_id == actor_id


def test_days_after_another_attack_are_counted_from_the_one_told_first(read: Read) -> None:
    text = (
        "A car bomb killed seven people in Azaz on Tuesday. It came hours after two people died in shelling on Mare', "
        "and three days after a roadside bomb wounded five soldiers near al-Bab."
    )
    told = {
        (placed.target and placed.target.matched_name, placed.event.when and placed.event.when.start)
        for placed in read(text).events
    }
    assert ("Al Bāb", date(2024, 4, 27)) in told


def test_a_short_name_is_not_all_of_it(read: Read) -> None:
    reading = read("Two people died in shelling on Tall Rifaat on Thursday.")
    assert [place.name for place, _ in reading.places] == ["Tall Rifaat"]


@pytest.mark.parametrize(
    "text",
    [
        "A court in Baghdad sentenced three men to death on Thursday over a 2016 truck bombing in Karrada.",
        "Lebanese troops deployed in Khiam on Thursday for the first time since the war, which killed 4,000 people.",
        "فككت وحدات الهندسة في الجيش اللبناني لغماً من مخلفات الحرب قرب بلدة عيترون، الخميس، وفجرت قنبلة في مكانها.",
        "أفرجت جماعة الحوثي عن 20 أسيراً في صنعاء، الأحد، في صفقة تبادل، بعد ثلاثة أعوام على أسرهم في معارك تعز.",
    ],
)
def test_what_looks_back_makes_no_attack_of_today(read: Read, text: str) -> None:
    told = [placed.event.when for placed in read(text).events]
    assert not [when for when in told if when is not None and when.end >= date(2024, 4, 25)]


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Gunmen in Saraqib fired 60 rockets towards Aleppo on Thursday.", "Saraqib"),
        ("تعرضت بلدة النيرب يوم الخميس لقصف مدفعي من قبل قوات النظام المتمركزة في سراقب.", "سراقب"),
    ],
)
def test_where_those_who_fired_are_is_the_origin(read: Read, text: str, origin: str) -> None:
    assert origin in names(read(text), "origin")


def test_a_very_long_list_of_places_is_read(read: Read) -> None:
    names = ", ".join(["Saraqib", "Ariha", "Idlib"] * 700)
    reading = read(f"Government forces shelled {names} and Kafr Nabl on Thursday.")
    assert reading.events


@pytest.mark.parametrize(("said", "count"), [("2,000 rockets", 2000), ("2000 rockets", 2000), ("12 rockets", 12)])
def test_many_rockets_are_counted(read: Read, said: str, count: int) -> None:
    (placed,) = read(f"Militants fired {said} at the city of Ashkelon on Thursday.").events
    assert placed.event.weapon_count is not None and placed.event.weapon_count.best == count
