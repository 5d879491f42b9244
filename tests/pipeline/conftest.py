"""What the tests of reading share: the gazetteer that set-up built, and texts of our own marked and read."""

from collections.abc import Callable
from datetime import date

import pytest

from geo.build import build, embedded_path
from geo.gazetteer import Gazetteer, open_gazetteer
from pipeline.annotate import Notes, annotate
from pipeline.language import load_language
from pipeline.locate import with_parents
from pipeline.ordinary import ordinary_folder
from pipeline.reading import PlacedReading
from pipeline.records import Article
from pipeline.run import read_placed
from pipeline.toponym import Toponym
from pipeline.toponyms import find_toponyms

PUBLISHED = date(2024, 5, 3)  # a Friday


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The embedded gazetteer as set-up built it; built here where set-up has not run."""
    path = embedded_path()
    if not path.is_file():
        path = tmp_path_factory.mktemp("var") / "gazetteer.sqlite"
        build(path)
    return open_gazetteer([path])


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    """Make an article of our own: published on Friday 3 May 2024, Arabic where Arabic letters stand in it."""

    def make(text: str, published: date | None = PUBLISHED, article_id: str = "own") -> Article:
        language = "ar" if any("\u0600" <= letter <= "\u06ff" for letter in text) else "en"
        return Article(article_id, language, text, published)

    return make


@pytest.fixture(scope="session")
def mark(make_article: Callable[..., Article]) -> Callable[..., Notes]:
    """Mark what a text's language knows in it."""

    def mark_text(text: str, published: date | None = PUBLISHED) -> Notes:
        article = make_article(text, published)
        return annotate(article, load_language(article.language))

    return mark_text


@pytest.fixture(scope="session")
def read(make_article: Callable[..., Article], gazetteer: Gazetteer) -> Callable[..., PlacedReading]:
    """Read a text as an article of its own."""
    if not (ordinary_folder() / "ar.txt").is_file():
        pytest.skip(f"{ordinary_folder()} is not built: run `make setup`")

    def read_text(text: str, published: date | None = PUBLISHED, article_id: str = "own") -> PlacedReading:
        return read_placed(make_article(text, published, article_id), gazetteer)

    return read_text


@pytest.fixture(scope="session")
def name_places(mark: Callable[..., Notes], gazetteer: Gazetteer) -> Callable[[str], list[Toponym]]:
    """Find the place names of a text, each with what it is said to lie in."""

    def name(text: str) -> list[Toponym]:
        notes = mark(text)
        return with_parents(notes, find_toponyms(notes, gazetteer))

    return name
