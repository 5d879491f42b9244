"""Fields of an input to an ``Article``: what is wrong is refused, what cannot be true is taken as unknown, and said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pipeline.detect import detect_language, script_share
from pipeline.errors import UsageError
from pipeline.language import installed_languages
from pipeline.records import Article

_EARLIEST = date(1900, 1, 1)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?![\d-])")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WRITTEN_OTHERWISE = (
    0.1  # share of letters in the script of the language an input claims, below which it is not believed
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller says about inputs that do not say it themselves, and the day that counts as today.

    Raises
    ------
    UsageError
        Where the language is not installed or the day lies in the future.
    """

    today: date
    published: date | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if self.language is not None and self.language not in installed_languages():
            raise UsageError(f"The language {self.language!r} is not installed; installed: {_installed()}")
        if self.published is not None and self.published > self.latest:
            raise UsageError(f"The day of publication {self.published} lies in the future; today is {self.today}")

    @property
    def latest(self) -> date:
        """The last day an article can have been published: tomorrow, for clocks east of ours."""
        return self.today + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was wrong with an input; ``kept`` says that its article was read all the same."""

    source: str
    line: int | None
    reason: str
    kept: bool = False

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}, line {self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Found:
    """An article and where it was found."""

    article: Article
    source: str
    line: int | None


def make_article(source: str, line: int | None, fields: dict[str, Any], asked: Asked) -> Iterator[Found | Refusal]:
    """Make an article of the fields ``id, text, lang, published, source, url, title``; others are ignored.

    Yields
    ------
    Found or Refusal
        Remarks first, then the article; only a refusal where there can be none.
    """
    text = fields.get("text")
    if not isinstance(text, str):
        yield Refusal(source, line, f"its text is {shorten(text)}, not a string; every article needs a text")
        return
    if not any(map(str.isalpha, text)):
        yield Refusal(source, line, f"its text {shorten(text)} has no words; every article needs a text")
        return
    language, remark = _choose_language(fields.get("lang"), text, asked)
    if language is None:
        yield Refusal(source, line, remark)
        return
    published, doubt = _choose_day(fields.get("published"), asked)
    for said in filter(None, (remark, doubt)):
        yield Refusal(source, line, said, kept=True)
    article = Article(
        article_id=_clean(str(fields["id"])),
        language=language,
        text=_clean(text),
        published_at=published,
        source=_word(fields.get("source")),
        url=_word(fields.get("url")),
        title=_word(fields.get("title")),
    )
    yield Found(article, source, line)


def shorten(value: Any) -> str:
    """Show a value in a message, however long it is."""
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def _clean(text: str) -> str:
    """Replace half characters that no file can hold; offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


def _word(value: Any) -> str | None:
    return _clean(str(value)) if value not in (None, "") else None


def _installed() -> str:
    return ", ".join(installed_languages())


def _choose_language(said: Any, text: str, asked: Asked) -> tuple[str | None, str]:
    """Code of the text's language and a remark; None where it is not installed, with the reason."""
    said = said if said not in (None, "") else asked.language
    found = detect_language(text)
    if said is None:
        return found, "" if found else f"unknown language in {shorten(text[:40])}; installed: {_installed()}"
    code = str(said).strip().lower().replace("_", "-").partition("-")[0]
    if code not in installed_languages():
        return None, f"unknown language {shorten(said)}; installed: {_installed()}"
    if found not in (None, code) and script_share(text, code) < _WRITTEN_OTHERWISE:
        return found, f"it says language {shorten(said)} but is written otherwise; read as {found}"
    return code, ""


def _choose_day(said: Any, asked: Asked) -> tuple[date | None, str]:
    """Day of publication and a remark; a day that cannot be true is unknown, never corrected."""
    if said in (None, ""):
        return asked.published, ""
    day = _iso_day(str(said))
    if day is None:
        return (
            None,
            f"published {shorten(said)} is no date like 2023-04-10; taken as unknown, so relative days stay open",
        )
    if day > asked.latest:
        return None, f"published {day} lies in the future; taken as unknown"
    if day < _EARLIEST:
        return (
            None,
            f"published {day} is before {_EARLIEST.year} (a Hijri year?); taken as unknown",
        )
    return day, ""


def _iso_day(said: str) -> date | None:
    if not _ISO_DAY.match(said.strip()):
        return None
    try:
        return datetime.strptime(said.strip()[:10], "%Y-%m-%d").date()
    except ValueError:
        return None
