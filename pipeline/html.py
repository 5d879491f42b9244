"""A news page to its text: title, date, body, without menus and footers."""

import re
from dataclasses import dataclass
from datetime import date

import lxml.html
import trafilatura
from lxml import etree
from trafilatura.settings import Document

from pipeline.decode import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,30})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself; ``published`` is ISO text or None, ``text`` is empty where no article was found."""

    text: str
    title: str | None
    published: str | None
    url: str | None
    source: str | None


def read_page(data: bytes, latest: date) -> Page:
    """Take the article out of an HTML page, whole or broken.

    Parameters
    ----------
    data
        The bytes of the page.
    latest
        Dates after this day are not believed.

    Raises
    ------
    InputError
        Where the bytes are no text.
    """
    named = _CHARSET.search(data[:4096])
    html = decode(data, named.group(1).decode("ascii") if named else None).text
    dates = {"extensive_search": False, "original_date": True, "max_date": latest.isoformat()}
    found = trafilatura.bare_extraction(
        html, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=dates
    )
    if not isinstance(found, Document) or not found.text:
        return Page(_visible_text(html), None, None, None, None)
    return Page(found.text, found.title or None, found.date or None, found.url or None, found.sitename or None)


def _visible_text(html: str) -> str:
    """Text of pages too short or too broken for the extractor, block by block."""
    try:
        tree = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError:
        return ""
    etree.strip_elements(tree, etree.Comment, "script", "style", "head", "noscript", "template", with_tail=False)
    lines = (" ".join(line.split()) for line in tree.itertext())
    return "\n".join(line for line in lines if line)
