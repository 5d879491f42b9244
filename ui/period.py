"""What the map shows of a period of days: out of what passes all other filters, and what was found out about that."""

from dataclasses import replace

from ui.cells import View
from ui.day_table import DayTable, Tally, count_period, is_small, tabulate_days
from ui.payload import render_cells
from ui.shelf import Shown
from ui.split import SPLITS, Parts, choose_parts
from ui.timeline import overlap

Days = tuple[int, int] | None  # first and last day since 1970-01-01; None: all days, and what has no date


def parts_of(shown: Shown, by: str) -> Parts:
    """Say what has a part, chosen among all days, so that an actor keeps its colour while the days change."""
    return shown.keep(f"parts {by}", lambda: choose_parts(shown.book.columns, shown.mask, by))


def tally_of(shown: Shown, days: Days, by: str) -> Tally:
    """Count a period as the counters and the legend do."""
    columns, parts = shown.book.columns, parts_of(shown, by)
    first, last = days or (None, None)

    def tabulate() -> DayTable | None:
        return tabulate_days(columns, shown.mask, parts) if is_small(columns, parts) else None

    table = shown.keep(f"days {by}", tabulate)
    return table.count(first, last) if table else count_period(columns, shown.mask, parts, first, last)


def render_period(shown: Shown, days: Days, view: View, by: str) -> bytes:
    """Draw a period for a screen as JSON bytes, with the counts that the page around the map says."""
    inside = shown if days is None else replace(shown, mask=overlap(shown.book.columns, shown.mask, *days))
    parts = parts_of(shown, by) if by != SPLITS[0] else None
    return render_cells(inside, view, parts, tally_of(shown, days, by))
