"""The review page as a script, in every language, on an empty store and a full one; absent where there is no store."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.events import make_events
from pipeline.records import Article
from pipeline.store.articles import add_articles
from pipeline.store.corrections import list_corrections, make_patch
from pipeline.store.engine import open_store
from pipeline.store.events import StoredEvent, load_events, read_event
from pipeline.store.permissions import OPERATOR, Person
from pipeline.store.review import read_notes, set_status
from pipeline.store.users import add_user
from ui.archive import shared_store
from ui.labels import load_labels, screen_languages
from ui.review_event import read_change
from ui.review_parts import reasons_table
from ui.review_place import pin_map, read_click

PAGE = """
from ui.labels import load_labels
from ui.review_page import show_review_page
show_review_page(load_labels({code!r}))
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RASID_STORE", str(tmp_path / "store.rasid"))
    shared_store.clear()
    open_store(tmp_path / "store.rasid").close()
    yield tmp_path / "store.rasid"
    shared_store.clear()


def fill(path: Path) -> None:
    place = {"place_status": "unplaced", "place_name": "<img src=x onerror=alert(1)>", "event_type": "drone"}
    rows = [
        place | {"event_id": f"e{n}", "article_id": f"a{n}", "language": "en", "time_status": "actual"} for n in (1, 2)
    ]
    store = open_store(path)
    add_articles(store, [Article(f"a{n}", "en", f"text {n}") for n in (1, 2)], make_events(rows), OPERATOR)
    store.close()


def show(code: str) -> AppTest:
    return AppTest.from_string(PAGE.format(code=code), default_timeout=60).run()


def html(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


@pytest.mark.parametrize("code", screen_languages())
def test_an_empty_queue_says_so_in_every_language(path: Path, code: str) -> None:
    app = show(code)
    assert not app.exception
    assert load_labels(code)("review.empty") in html(app)


@pytest.mark.parametrize("code", screen_languages())
def test_events_wait_with_their_doubts_and_text_of_the_news_is_no_html(path: Path, code: str) -> None:
    fill(path)
    app = show(code)
    assert not app.exception
    assert load_labels(code)("review_doubt.place_unplaced") in html(app)
    assert "<img" not in html(app)
    for tab in ("proposals", "intake", "audit"):
        app.get("button_group")[0].set_value(tab).run()
        assert not app.exception


def test_in_a_store_with_users_nobody_sees_anything_without_a_login(path: Path) -> None:
    fill(path)
    store = open_store(path)
    add_user(store, "https://x|1", "admin", OPERATOR)
    store.close()
    app = show("en")
    assert len(app.exception) == 1
    assert load_labels("en")("review_doubt.place_unplaced") not in html(app)


@pytest.mark.parametrize(
    ("name", "said", "change"),
    [
        ("wounded", "7", {"wounded_low": 7, "wounded": 7, "wounded_high": 7}),
        ("killed", "", {"killed_low": None, "killed": None, "killed_high": None}),
        ("killed_low", "2", {"killed_low": 2}),
        ("lon", "-1.5", {"lon": -1.5}),
        ("lon", "east", {"lon": "east"}),
        ("actor", " a group ", {"actor": "a group"}),
    ],
)
def test_what_is_typed_is_read_as_the_column_wants_it(name: str, said: str, change: dict[str, object]) -> None:
    assert read_change(name, said) == change


def test_reasons_are_escaped() -> None:
    table = reasons_table([("place", 1.0, "<b>", "${x}")], load_labels("en"))
    assert "<b>" not in table
    assert "+1.0" in table


def button(app: AppTest, key: str):
    return next(one for one in app.button if one.key == key)


def look_at(app: AppTest, status: str) -> AppTest:
    return next(one for one in app.get("button_group") if one.key == "review_list").set_value(status).run()


@pytest.mark.parametrize("code", screen_languages())
def test_a_reviewed_event_is_published_and_taken_back(path: Path, code: str) -> None:
    fill(path)
    app = show(code)
    held = app.session_state["review_event"]
    assert not [one for one in app.button if one.key in ("review_publish", "review_unpublish")]
    button(app, "review_approve").click().run()
    button(look_at(app, "reviewed"), "review_publish").click().run()
    assert statuses(path)[held] == "published"
    assert load_labels(code)("review.none_here") in html(app)
    button(look_at(app, "published"), "review_unpublish").click().run()
    assert not app.exception
    assert statuses(path)[held] == "reviewed"


def statuses(path: Path) -> dict[str, str]:
    store = open_store(path)
    found = load_events(store, by=OPERATOR)["review_status"].to_dict()
    store.close()
    return found


def test_a_viewer_is_told_why_nothing_is_published(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path)
    store = open_store(path)
    event_id = str(load_events(store).index[0])
    set_status(store, event_id, "reviewed", 1, OPERATOR)
    add_user(store, "https://x|0", "admin", OPERATOR)
    add_user(store, "https://x|1", "viewer", OPERATOR)
    store.close()
    monkeypatch.setattr("ui.review_event.current_person", lambda: Person("https://x|1"))
    app = look_at(show("en"), "reviewed")
    button(app, "review_publish").click().run()
    assert "may not publish" in "".join(text.value for text in app.text)
    assert statuses(path)[event_id] == "reviewed"


@pytest.mark.parametrize("code", screen_languages())
def test_a_note_is_kept_and_shown_as_text(path: Path, code: str) -> None:
    fill(path)
    app = show(code)
    app.text_area(key="review_note").set_value("<img src=y> ask the desk")
    button_of_form(app, load_labels(code)("review.add_note")).click().run()
    assert not app.exception
    assert "ask the desk" in html(app)
    assert "<img" not in html(app)
    store = open_store(path)
    notes = read_notes(store, app.session_state["review_event"])
    store.close()
    assert [note.text for note in notes] == ["<img src=y> ask the desk"]


def test_an_empty_note_is_refused(path: Path) -> None:
    fill(path)
    app = show("en")
    button_of_form(app, "Add note").click().run()
    assert "A note needs words" in "".join(text.value for text in app.text)


def button_of_form(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def fill_ambiguous(path: Path) -> None:
    """One event that could be at two places."""
    about = {"kind": "town", "country": "SY", "admin1": None, "lat": 35.5, "extent_km": 3.0, "precision": "town"}
    candidates = [
        {"place_id": f"x{n}", "name": f"<b>Tell {n}", "lon": 40.0 + n, "score": 0.5 - n / 10, "reasons": [f"near {n}"]}
        | about
        for n in (0, 1)
    ]
    row = {"event_id": "e1", "article_id": "a1", "language": "en", "time_status": "actual", "event_type": "drone"}
    row |= {"place_status": "ambiguous", "place_name": "Tell", "candidates": candidates}
    store = open_store(path)
    add_articles(store, [Article("a1", "en", "text 1")], make_events([row]), OPERATOR)
    store.close()


def only_event(path: Path) -> StoredEvent:
    store = open_store(path)
    found = read_event(store, str(load_events(store, by=OPERATOR).index[0]), OPERATOR)
    store.close()
    return found


@pytest.mark.parametrize("code", screen_languages())
def test_another_place_is_chosen_by_score_and_reason(path: Path, code: str) -> None:
    fill_ambiguous(path)
    app = show(code)
    shown = html(app)
    assert all(word in shown for word in ("0.5", "0.4", "near 0", "near 1", "35.500, 41.000"))
    assert "<b>" not in shown
    app.selectbox(key="review_candidate").set_value(1)
    button_of_form(app, load_labels(code)("review.choose")).click().run()
    assert not app.exception
    values = only_event(path).values
    assert (values["place_status"], values["place_id"], values["lon"]) == ("placed", "x1", 41.0)


@pytest.mark.parametrize("code", screen_languages())
def test_the_pin_is_moved_by_latitude_and_longitude(path: Path, code: str) -> None:
    fill_ambiguous(path)
    words = load_labels(code)
    app = show(code)
    event_id = app.session_state["review_event"]
    app.number_input(key=f"review_lat_{event_id}_1").set_value(34.25)
    button_of_form(app, words("review.move_pin")).click().run()
    assert words("review.pin_needs") in [warning.value for warning in app.warning]
    assert only_event(path).values["place_status"] == "ambiguous"
    app.number_input(key=f"review_lon_{event_id}_1").set_value(41.5)
    button_of_form(app, words("review.move_pin")).click().run()
    assert not app.exception
    values = only_event(path).values
    assert (values["lat"], values["lon"], values["extent_km"], values["place_status"]) == (34.25, 41.5, 1.0, "placed")


def test_a_latitude_beyond_the_pole_cannot_be_typed(path: Path) -> None:
    fill_ambiguous(path)
    app = show("en")
    event_id = app.session_state["review_event"]
    lat, lon = (app.number_input(key=f"review_{name}_{event_id}_1") for name in ("lat", "lon"))
    assert (lat.min, lat.max, lon.min, lon.max) == (-90, 90, -180, 180)


@pytest.mark.parametrize("code", screen_languages())
def test_the_rejected_are_listed_with_their_reason_and_restored(path: Path, code: str) -> None:
    fill(path)
    words = load_labels(code)
    app = show(code)
    held = app.session_state["review_event"]
    app.text_input(key="review_why").set_value("<b>told twice")
    button(app, "review_reject").click().run()
    app = look_at(app, "rejected")
    assert words("review.rejected", count=1) in html(app)
    assert words("review.rejected_by") in html(app)
    assert "told twice" in html(app)
    assert "<b>told" not in html(app)
    button(app, "review_restore").click().run()
    assert not app.exception
    assert statuses(path)[held] == "machine"


def test_a_search_of_the_articles_narrows_the_lists(path: Path) -> None:
    fill(path)
    app = show("en")
    app.text_input(key="review_search").set_value("TEXT 2").run()
    assert "Waiting: 1" in html(app)
    assert app.session_state["review_event"] == "e2"
    app.text_input(key="review_search").set_value("nowhere").run()
    assert "Waiting: 0" in html(app)
    app.text_input(key="review_search").set_value(" ").run()
    assert "Waiting: 2" in html(app)


@pytest.mark.parametrize("said", [None, 7, {}, {"lat": True}, {"lat": "1", "lng": 2}, {"lat": float("nan"), "lng": 2}])
def test_a_click_that_is_none_means_nothing(said: object) -> None:
    assert read_click(said) is None


def test_the_map_of_the_pin_shows_no_words_of_the_news() -> None:
    candidates = [{"lat": 35.5, "lon": 41.0, "name": "<b>Tell"}, {"lat": None, "lon": None}]
    drawn = pin_map({"lat": 34.0, "lon": 40.0}, candidates).get_root().render()
    assert drawn.count("L.circleMarker") == 2
    assert "Tell" not in drawn
    assert "https://" not in drawn.replace("https://www.openstreetmap.org", "")


CORRECTIONS = {
    "place_alias": ({"place_id": "x9", "names": "Tell Nine"}, "+x9,Tell Nine"),
    "site": (
        {"place_id": "x9-base", "lat": 35.5, "lon": 41.0, "extent_km": 2.0, "country": "SY", "names_en": "Tell base"},
        "+x9-base,country,41.0,35.5,2.0,SY,",
    ),
    "actor_alias": ({"actor_id": "x9-group", "name": "the Nine"}, "+x9-group,the Nine,strong"),
}


@pytest.mark.parametrize("code", screen_languages())
@pytest.mark.parametrize("kind", CORRECTIONS)
def test_a_correction_is_kept_and_offered_as_a_patch(path: Path, code: str, kind: str) -> None:
    fill_ambiguous(path)
    app = show(code)
    said, line = CORRECTIONS[kind]
    assert not app.get("download_button")
    app.selectbox(key="review_correct").set_value(kind).run()
    for name, value in said.items():
        key = f"correct_{kind}_{name}_{app.session_state['review_event']}_1"
        next(one for one in [*app.text_input, *app.number_input] if one.key == key).set_value(value)
    button_of_form(app, load_labels(code)("review.keep_correction")).click().run()
    assert not app.exception
    assert len(app.get("download_button")) == 1
    store = open_store(path)
    assert line in make_patch(list_corrections(store))
    store.close()


def test_a_correction_that_lacks_something_is_refused(path: Path) -> None:
    fill_ambiguous(path)
    app = show("en")
    button_of_form(app, "Keep the correction").click().run()
    assert "needs place_id" in "".join(text.value for text in app.text)
    assert not app.get("download_button")
