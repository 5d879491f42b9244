"""Safe HTML: every word that goes in is escaped here and nowhere else, and text of the news is isolated."""

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit


class Markup(str):
    """Text that is HTML already; only ``tag`` and ``join`` make it."""

    __slots__ = ()


def _safe(part: "str | Markup") -> str:
    return str(part) if isinstance(part, Markup) else escape(part, quote=True)


def tag(name: str, *parts: "str | Markup", **attributes: str | None) -> Markup:
    """Build one element; plain text is escaped, ``Markup`` is taken as it is, ``class_`` means class.

    Examples
    --------
    >>> tag("b", "<img onerror=x>", class_="name")
    '<b class="name">&lt;img onerror=x&gt;</b>'
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{said}>{''.join(map(_safe, parts))}</{name}>")


def join(parts: Iterable["str | Markup"], between: str = "") -> Markup:
    """Put parts together; plain text among them is escaped."""
    return Markup(escape(between, quote=True).join(map(_safe, parts)))


def isolate(text: str) -> Markup:
    """Wrap text of the news, a number or a date so that its direction disturbs nothing beside it."""
    return tag("bdi", text)


def link(address: str | None, text: str) -> Markup | str:
    """Make a link of a web address; anything else that calls itself one is dropped and the text stays."""
    if not address or urlsplit(address).scheme not in {"http", "https"}:
        return text
    return tag("a", text, href=address, target="_blank", rel="noopener noreferrer")
