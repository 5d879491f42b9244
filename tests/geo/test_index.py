import sqlite3
from pathlib import Path

import pytest

from geo.index import GazetteerError, Index, make_filter
from geo.index_write import IndexWriter
from tests.geo.conftest import make_place


def write(path: Path) -> Index:
    with IndexWriter(path, {"title": "t"}) as writer:
        writer.add(make_place("a", "Qasr Sarab", 40, 35), ["Qasr Sarab", "قصر سراب", "Qasr  Sarab"])
        writer.add(make_place("b", "Sarab airport", 40, 35, "airport"), ["Sarab airport"], [("Qasr Sarab", "military")])
    return Index(path)


def test_names_are_found_by_folded_key_and_counted_once(tmp_path: Path) -> None:
    index = write(tmp_path / "x.sqlite")
    assert {index.place(row.place).place_id for row in index.named("qasr sarab")} == {"a", "b"}
    assert index.has("قصر سراب") and not index.has("قصر")
    assert index.about["places"] == 2 and index.about["names"] == 4


def test_scoped_names_say_so(tmp_path: Path) -> None:
    index = write(tmp_path / "x.sqlite")
    assert {row.scope for row in index.named("qasr sarab")} == {None, "military"}


def test_the_filter_never_misses_a_first_word(tmp_path: Path) -> None:
    index = write(tmp_path / "x.sqlite")
    assert index.begins("qasr") and index.begins("قصر") and index.begins("sarab")
    strangers = [f"word{number}" for number in range(2000)]
    assert sum(map(index.begins, strangers)) < 40


def test_a_filter_of_nothing_holds_nothing() -> None:
    assert len(make_filter([], 0)) > 8


def test_other_spellings_are_found_and_limited_to_countries(tmp_path: Path) -> None:
    index = write(tmp_path / "x.sqlite")
    assert set(index.forms("kasr saraab").keys) == {"qasr sarab", "قصر سراب"}
    assert index.forms("kasr saraab", ["IQ"]).keys == []
    assert index.forms("tadmur").keys == index.forms("22").keys == index.forms("а").keys == []
    assert {row.place for row in index.same_but_for_spaces("qasrsarab")} == {1, 2}


@pytest.mark.parametrize("name", ["deir ezzor", "deir ezor", "dair alzoura", "deir essor", "دير الزور", "ديرالزورة"])
def test_spellings_one_consonant_apart_are_found(name: str, tmp_path: Path) -> None:
    with IndexWriter(tmp_path / "x.sqlite", {}) as writer:
        writer.add(make_place("a", "Dayr az-Zawr", 40, 35), ["Dayr az-Zawr"])
    assert Index(tmp_path / "x.sqlite").forms(name).keys == ["dayr az zawr"]


def test_names_of_many_places_come_largest_first_and_bounded(tmp_path: Path) -> None:
    with IndexWriter(tmp_path / "x.sqlite", {}) as writer:
        for number in range(3000):
            place = make_place(str(number), "Hamra", 40, 35, country="IQ" if number else "SY", population=number)
            writer.add(place, ["Hamra"])
    index = Index(tmp_path / "x.sqlite")
    assert [index.place(row.place).population for row in index.named("hamra", most=3)] == [2999, 2998, 2997]
    assert index.place(index.named("hamra", ["SY"], most=1)[0].place).country == "SY"
    assert len(index.named_any(["hamra", "other"], 5)) == 5
    assert index.forms("hamra").countries == ["IQ,SY"]


def test_old_names_are_weak_and_places_without_skeletons_are_found_by_letters_only(tmp_path: Path) -> None:
    with IndexWriter(tmp_path / "x.sqlite", {}) as writer:
        writer.add(make_place("a", "Qasr Sarab", 40, 35), ["Qasr Sarab"], weak=["Rih", "Qasr Sarab"])
        writer.add(make_place("b", "Far Town", 40, 35), ["Far Town"], skeletons=False)
    index = Index(tmp_path / "x.sqlite")
    assert [row.weak for name in ("qasr sarab", "rih") for row in index.named(name)] == [0, 1]
    assert index.forms("far town").keys == [] and index.same_but_for_spaces("fartown")


def test_an_error_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with pytest.raises(ZeroDivisionError), IndexWriter(path, {"title": "t"}) as writer:
        writer.add(make_place("a", "A", 40, 35), ["Aaa"])
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_index_stays_in_place_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    write(path)
    with pytest.raises(ZeroDivisionError), IndexWriter(path, {"title": "t"}):
        raise ZeroDivisionError
    assert Index(path).has("qasr sarab")


def test_missing_broken_and_foreign_files_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no gazetteer at"):
        Index(tmp_path / "none.sqlite")
    (tmp_path / "junk.sqlite").write_bytes(b"junk" * 1000)
    with pytest.raises(GazetteerError, match="build it again"):
        Index(tmp_path / "junk.sqlite")
    path = tmp_path / "old.sqlite"
    write(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE about SET value = '0' WHERE item = 'schema'")
    with pytest.raises(GazetteerError, match="another version"):
        Index(path)
