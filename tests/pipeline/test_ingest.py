import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.ingest import MOST_BYTES, Article, Asked, Refusal, iter_inputs, read_bytes, read_inputs
from pipeline.language import installed_languages

TODAY = date(2023, 5, 1)
REPORT = "أعلن متحدث عسكري سقوط صاروخين قرب المطار صباح الثلاثاء، دون وقوع إصابات."
BULLETIN = "Two rockets fell near the airport on Tuesday morning, a military spokesman said; nobody was hurt."


def lines(*rows: Any) -> bytes:
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def read(*rows: Any) -> tuple[list[Article], list[Refusal]]:
    return read_bytes("news.jsonl", lines(*rows), today=TODAY)


def test_json_lines_become_articles_in_order() -> None:
    articles, refusals = read(
        {
            "id": "a",
            "lang": "ar",
            "published": "2023-04-11",
            "text": REPORT,
            "source": "S",
            "url": "U",
            "title": "T",
            "x": 1,
        },
        {"id": 7, "lang": None, "published": None, "text": BULLETIN, "unheard-of": 1},
    )
    assert refusals == []
    assert articles[0] == Article("a", "ar", REPORT, date(2023, 4, 11), "S", "U", "T")
    assert articles[1] == Article("7", "en", BULLETIN)


def test_text_file_takes_day_and_language_from_the_call(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    articles, refusals = read_inputs([path], published=date(2023, 4, 11), language="ar", today=TODAY)
    assert articles == [Article("report", "ar", REPORT, date(2023, 4, 11))]
    assert refusals == []


def test_web_page_gives_title_day_and_body_without_its_menu(tmp_path: Path) -> None:
    body = "".join(f"<p>{REPORT} {number}</p>" for number in range(6))
    page = f"""<html lang="ar"><head><title>صاروخان قرب المطار</title>
        <meta property="article:published_time" content="2023-04-11T08:00:00+03:00"></head>
        <body><nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav>
        <article><h1>صاروخان قرب المطار</h1>{body}</article>
        <footer>جميع الحقوق محفوظة</footer></body></html>"""
    path = tmp_path / "page.html"
    path.write_text(page, encoding="windows-1256")
    (article,), refusals = read_inputs([path], today=TODAY)
    assert refusals == []
    assert article.title == "صاروخان قرب المطار"
    assert article.published_at == date(2023, 4, 11)
    assert REPORT in article.text
    assert "رياضة" not in article.text


@pytest.mark.parametrize(
    "page", [f"<p>{REPORT}", f"<html><body><div><p>{REPORT}</div></b></html", f"<div>{REPORT}<script>x"]
)
def test_broken_web_page_still_gives_its_text(page: str) -> None:
    (article,), _ = read_bytes("page.html", page.format(REPORT).encode(), today=TODAY)
    assert REPORT in article.text
    assert "<" not in article.text


def test_folder_is_read_in_order_and_says_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.jsonl").write_bytes(lines({"id": "first", "text": BULLETIN}))
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    articles, refusals = read_inputs([tmp_path], today=TODAY)
    assert [article.article_id for article in articles] == ["first", "b/one"]
    assert [(Path(refusal.source).name, refusal.kept) for refusal in refusals] == [("c.docx", False)]


@pytest.mark.parametrize(
    ("data", "article_id"),
    [
        (lines({"id": "x", "text": BULLETIN}), "x"),
        (BULLETIN.encode(), "standard input"),
        (f"<html><p>{BULLETIN}</html>".encode(), "standard input"),
    ],
)
def test_standard_input_is_told_by_its_content(monkeypatch: pytest.MonkeyPatch, data: bytes, article_id: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,), refusals = read_inputs(["-"], today=TODAY)
    assert article.article_id == article_id
    assert article.text == BULLETIN
    assert refusals == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b'{"id": "x", "text": "unfinished', "not valid JSON"),
        (b"[1, 2]", "a JSON list"),
        (b"[" * 100_000, "not usable JSON"),
        ({"id": "x"}, "its text is None"),
        ({"id": "x", "text": 5}, "its text is 5"),
        ({"id": "x", "text": "  \n"}, "no words"),
        ({"id": "x", "text": "123 - 456"}, "no words"),
        (
            {"id": "x", "lang": "xx", "text": BULLETIN},
            f"'xx'; installed: {', '.join(installed_languages())}",
        ),
        ({"id": "x", "text": "Ракета упала на город"}, "unknown language"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
    ],
)
def test_a_bad_line_is_refused_by_number_and_the_rest_goes_on(row: Any, said: str) -> None:
    articles, refusals = read({"id": "before", "text": BULLETIN}, row, b"", {"id": "after", "text": BULLETIN})
    assert [article.article_id for article in articles] == ["before", "after"]
    (refusal,) = refusals
    assert said in str(refusal)
    assert str(refusal).startswith("news.jsonl, line 2: ")
    assert not refusal.kept


@pytest.mark.parametrize(
    ("published", "day", "said"),
    [
        ("2023-04-11T23:30:00+03:00", date(2023, 4, 11), ""),
        ("2023-05-02", date(2023, 5, 2), ""),
        ("2023-05-03", None, "lies in the future"),
        ("1444-09-20", None, "Hijri"),
        ("11/04/2023", None, "'11/04/2023' is no date"),
        ("2023-02-30", None, "'2023-02-30' is no date"),
        ("2023-04-111", None, "no date"),
        (20230411, None, "no date"),
    ],
)
def test_a_day_that_cannot_be_true_is_unknown_and_said(published: Any, day: date | None, said: str) -> None:
    (article,), refusals = read({"id": "x", "published": published, "text": BULLETIN})
    assert article.published_at == day
    assert bool(refusals) == bool(said)
    assert all(said in refusal.reason and refusal.kept for refusal in refusals)


def test_a_claimed_language_gives_way_to_the_script() -> None:
    (article,), (refusal,) = read({"id": "x", "lang": "en", "text": REPORT})
    assert article.language == "ar"
    assert refusal.kept


def test_region_tags_and_capitals_of_a_language_are_understood() -> None:
    (article,), refusals = read({"id": "x", "lang": "AR-sy", "text": REPORT})
    assert (article.language, refusals) == ("ar", [])


def test_of_one_id_the_first_is_kept() -> None:
    (article,), (refusal,) = read({"id": "x", "text": BULLETIN}, {"id": "x", "text": REPORT})
    assert article.text == BULLETIN
    assert str(refusal).startswith("news.jsonl, line 2: the id 'x'")


def test_an_article_without_id_gets_one_and_it_is_said() -> None:
    (article,), (refusal,) = read({"text": BULLETIN})
    assert article.article_id == "news-1"
    assert refusal.kept


def test_windows_1256_json_is_read_and_said() -> None:
    data = json.dumps({"id": "x", "text": REPORT}, ensure_ascii=False).encode("windows-1256")
    (article,), (refusal,) = read_bytes("news.jsonl", data, today=TODAY)
    assert article.text == REPORT
    assert "windows-1256" in refusal.reason


def test_half_characters_are_replaced_where_they_stand() -> None:
    (article,), _ = read_bytes("news.jsonl", b'{"id": "x", "text": "rocket \\ud83d here"}', today=TODAY)
    assert article.text == "rocket \ufffd here"


def test_ten_megabytes_are_read_and_more_than_fifty_refused() -> None:
    long = (BULLETIN + "\n") * (10_000_000 // len(BULLETIN))
    (article,), refusals = read_bytes("long.txt", long.encode(), today=TODAY)
    assert (len(article.text), refusals) == (len(long), [])
    articles, (refusal,) = read_bytes("huge.txt", b"a " * (MOST_BYTES // 2 + 1), today=TODAY)
    assert articles == []
    assert "50 MB" in str(refusal)


def test_a_line_of_more_than_fifty_megabytes_does_not_take_its_neighbours_along() -> None:
    huge = b'{"id": "h", "text": "' + b"a " * (MOST_BYTES // 2 + 1) + b'"}'
    articles, (refusal,) = read({"id": "before", "text": BULLETIN}, huge, {"id": "after", "text": BULLETIN})
    assert [article.article_id for article in articles] == ["before", "after"]
    assert refusal.line == 2


def test_a_missing_path_and_an_unknown_language_are_unusable_calls(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.txt"):
        read_inputs([tmp_path / "nowhere.txt"], today=TODAY)
    with pytest.raises(UsageError, match="'xx' is not installed"):
        read_inputs([tmp_path], language="xx", today=TODAY)
    with pytest.raises(UsageError, match="future"):
        read_inputs([tmp_path], published=date(2024, 1, 1), today=TODAY)


def test_articles_come_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_bytes(lines({"id": "a", "text": BULLETIN}, {"id": "b", "text": BULLETIN}))
    found = iter_inputs([path], Asked(TODAY))
    assert isinstance(next(found), Article)
