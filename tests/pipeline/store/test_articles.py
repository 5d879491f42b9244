from pathlib import Path

import pytest
from store_making import article, elsewhere, report, table, toll

from pipeline.errors import EventsError
from pipeline.store.articles import add_articles, known_articles, load_articles, read_article
from pipeline.store.check import check_store
from pipeline.store.engine import Store, open_store
from pipeline.store.errors import NotFoundError, StoreError
from pipeline.store.events import load_events, load_reports, read_event
from pipeline.store.review import edit_event, set_status


def test_what_goes_in_comes_out_and_the_texts_with_it(store: Store) -> None:
    rows = [
        elsewhere(1, **toll(3, 2, 5), time="05:51"),
        elsewhere(2, date_start=None, date_end=None, date_precision=None),
    ]
    unplaced = {"place_status": "unplaced", "geometry": None, "precision": None, "extent_km": None, "place_id": None}
    before = table(*rows, elsewhere(3, **unplaced))
    added = add_articles(store, [article(number) for number in (1, 2, 3)], before)
    assert (added.new, added.reports, added.new_events) == (("a1", "a2", "a3"), 3, 3)
    after = load_events(store)
    assert before.drop(columns="geometry").equals(after.drop(columns="geometry"))
    assert before.geometry.geom_equals(after.geometry).tolist() == [True, True, False]
    assert after.geometry.iloc[2] is None
    assert read_article(store, "a2") == article(2)


def test_the_same_article_twice_changes_nothing(store: Store) -> None:
    add_articles(store, [article(1)], table(report(1)))
    before = check_store(store).counts
    again = add_articles(store, [article(1)], table(report(1)))
    assert again.known == ("a1",)
    assert not again.new
    assert known_articles(store, [article(1), article(2)]) == {"a1"}
    assert check_store(store).counts == before


def test_the_same_content_under_another_id_changes_nothing(store: Store) -> None:
    add_articles(store, [article(1)], table(report(1)))
    copy = article(2, text=article(1).text, source="source 1")
    assert add_articles(store, [copy], table(report(2))).known == ("a2",)
    assert len(load_events(store)) == 1


def test_one_text_twice_in_one_call_is_kept_once(store: Store) -> None:
    copy = article(2, text=article(1).text, source="source 1")
    added = add_articles(store, [article(1), copy], table(report(1), report(2)))
    assert (added.new, added.known, added.reports) == (("a1",), ("a2",), 1)


def test_a_corrected_version_supersedes_and_the_old_text_stays_readable(store: Store) -> None:
    add_articles(store, [article(1, "Two were killed.")], table(report(1, **toll(2))))
    added = add_articles(store, [article(1, "Three were killed.")], table(report(1, **toll(3))))
    assert added.corrected == ("a1",)
    events = load_events(store)
    assert events["killed"].tolist() == [3]
    assert events["reports"].tolist() == [1]
    assert read_article(store, "a1").text == "Three were killed."
    assert read_article(store, "a1", revision=1).text == "Two were killed."
    assert check_store(store).is_ok


def test_an_article_of_the_same_address_is_a_corrected_version(store: Store) -> None:
    url = "https://example.org/news/7"
    add_articles(store, [article(1, url=url)], table(report(1)))
    assert add_articles(store, [article(2, url=url)], table(report(2))).corrected == ("a2",)
    assert [one.article_id for one in load_articles(store)] == ["a2"]
    assert load_events(store)["article_id"].tolist() == ["a2"]
    home = "https://example.org/"
    assert add_articles(store, [article(3, url=home), article(4, url=home)], table()).new == ("a3", "a4")


def test_a_corrected_report_under_another_id_stays_the_same_event_with_its_edits(store: Store) -> None:
    add_articles(store, [article(1)], table(report(1)))
    edit_event(store, "r1", {"weapon": "drone"}, 1)
    add_articles(store, [article(1, "corrected")], table(report(7, article_id="a1", **toll(4))))
    event = read_event(store, "r1")
    assert (event.values["killed"], event.values["weapon"], event.values["members"]) == (4, "drone", '["r7"]')


def test_an_event_that_a_correction_takes_back_goes_unless_somebody_worked_on_it(store: Store) -> None:
    add_articles(store, [article(1), article(2)], table(elsewhere(1), elsewhere(2)))
    edit_event(store, "r2", {"weapon": "drone"}, 1)
    add_articles(store, [article(1, "nothing happened"), article(2, "nothing happened here")], table())
    assert list(load_events(store).index) == ["r2"]
    assert read_event(store, "r1").state == "superseded"
    assert check_store(store).is_ok


def test_a_later_report_joins_the_stored_event(store: Store) -> None:
    add_articles(store, [article(1)], table(report(1, **toll(1))))
    added = add_articles(store, [article(2)], table(report(2, **toll(2))))
    assert (added.joined, added.new_events) == (1, 0)
    (event,) = load_events(store).itertuples()
    assert (event.Index, event.reports, event.killed_low, event.killed_high) == ("r1", 2, 1, 2)
    assert list(load_reports(store, "r1").index) == ["r1", "r2"]


def test_a_reviewed_event_keeps_its_values_when_reports_join(store: Store) -> None:
    add_articles(store, [article(1)], table(report(1, **toll(1))))
    set_status(store, "r1", "reviewed", 1)
    add_articles(store, [article(2)], table(report(2, **toll(2))))
    (event,) = load_events(store).itertuples()
    assert (event.killed, event.reports, event.review_status) == (1, 2, "reviewed")


def test_reports_of_articles_that_were_not_handed_over_are_refused(store: Store) -> None:
    with pytest.raises(NotFoundError, match="a2"):
        add_articles(store, [article(1)], table(report(2)))
    assert load_articles(store) == []


def test_two_versions_in_one_call_are_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="one after the other"):
        add_articles(store, [article(1), article(1, "corrected")], table(report(1)))
    assert load_articles(store) == []


def test_a_table_that_breaks_its_promises_changes_nothing(store: Store) -> None:
    broken = table(report(1))
    broken["extent_km"] = 0.0
    with pytest.raises(EventsError, match="extent_km"):
        add_articles(store, [article(1)], broken)
    assert load_articles(store) == []


def test_an_event_found_in_its_old_days_may_be_from_before_1970(store: Store) -> None:
    old = {"date_start": "1967-06-05", "date_end": "1967-06-05"}
    add_articles(store, [article(1), article(2)], table(report(1, **old), report(2, **old)))
    assert load_events(store)["reports"].tolist() == [2]


def test_only_events_of_a_status_are_loaded_where_asked(store: Store) -> None:
    add_articles(store, [article(1), article(2)], table(elsewhere(1), elsewhere(2)))
    set_status(store, "r1", "reviewed", 1)
    assert list(load_events(store, ["reviewed"]).index) == ["r1"]
    assert len(load_events(store, ["published"])) == 0


def test_arabic_names_and_spaces_in_the_path(tmp_path: Path) -> None:
    store = open_store(tmp_path / "مجلد الأخبار" / "سجل راصد.rasid")
    add_articles(store, [article(1, "قُتل ثلاثة «مدنيين» 😀 \u202e")], table(report(1, place_name="القاعدة")))
    assert read_article(store, "a1").text.endswith("\u202e")
    assert load_events(store)["place_name"].tolist() == ["القاعدة"]
    store.close()
