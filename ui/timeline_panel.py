"""The folium elements of the timeline under the map: one makes it, one tells it what to show.

As with the event layer, no word of any article is in them: the timeline (``ui/static/timeline*.js``) is told a key and
days, and asks the server for counts and its own words, which arrive as JSON.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from ui.book import Book
from ui.columns import Mask
from ui.event_layer import OWN, script_json
from ui.filters import EPOCH, EventFilter, filter_rows, to_day
from ui.shelf import Shelf

TIMELINE_FILES = (
    "timeline_base",
    "timeline_chart",
    "timeline_brush",
    "timeline_reel",
    "timeline_film",
    "timeline_play",
    "timeline_bar",
    "timeline",
)
TIMELINE_HEIGHT = 132  # pixels, as ui/static/timeline.css has it


class Timeline(JSCSSMixin, MacroElement):
    """Put Rasid's timeline under a folium map; add it once, after the event layer."""

    default_js = [(f"rasid-{name}", f"{OWN}/{name}.js") for name in TIMELINE_FILES]  # noqa: RUF012 (folium's own form)
    default_css = [("rasid-timeline", f"{OWN}/timeline.css")]  # noqa: RUF012

    _template = Template("{% macro script(this, kwargs) %}window.rasid.timeline.attach();{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Timeline"


class ShowTimeline(MacroElement):
    """Tell the timeline what to show, as ``timeline_state`` says it."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.rasid.timeline.show({{ this.state_json }});{% endmacro %}"
    )

    def __init__(self, state: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "ShowTimeline"
        self.state_json = script_json(dict(state))


def any_day(book: Book, chosen: EventFilter, mask: Mask) -> Mask:
    """Mark what passes all filters but that of days; ``mask`` is what passes all of them."""
    return mask if chosen.first is chosen.last is None else filter_rows(book.columns, _without_days(chosen))


def _without_days(chosen: EventFilter) -> EventFilter:
    return replace(chosen, first=None, last=None)


def timeline_state(shelf: Shelf, book: Book, chosen: EventFilter, whole: Mask) -> dict[str, Any]:
    """Say what the timeline shows: the key of ``whole`` (passes all filters but that of days), and the days chosen.

    ``first`` and ``last`` are days since 1970-01-01, None where no period is chosen.
    """
    first, last = (to_day(day) if day else None for day in (chosen.first, chosen.last))
    return {"key": shelf.put(book, _without_days(chosen), whole), "first": first, "last": last}


def days_said(pick: Mapping[str, Any]) -> tuple[date | None, date | None] | None:
    """Read the period that the timeline chose; None where it chose none or what it says is none.

    Examples
    --------
    >>> days_said({"days": [19000, 19006]})
    (datetime.date(2022, 1, 8), datetime.date(2022, 1, 14))
    >>> days_said({"days": [None, None]})
    (None, None)
    >>> days_said({"days": [5, "x"]}) is days_said({"row": 3}) is None
    True
    """
    days = pick.get("days")
    if not isinstance(days, list) or len(days) != 2:
        return None
    if days == [None, None]:
        return None, None
    if not all(isinstance(day, int) and not isinstance(day, bool) for day in days) or days[0] > days[1]:
        return None
    try:
        first, last = (date.fromordinal(EPOCH.toordinal() + day) for day in days)
    except (ValueError, OverflowError):
        return None
    return first, last
