"""Parts that the tabs of the review page share."""

from collections.abc import Callable, Sequence

import streamlit as st

from pipeline.errors import RasidError
from pipeline.store.errors import ConflictError
from ui.labels import Labels
from ui.markup import Markup, isolate, join, tag

_HEADS = ("feature", "points", "left", "right")


def reasons_table(reasons: Sequence[tuple[str, float, str, str]], labels: Labels) -> Markup:
    """Say what speaks for and against two reports telling of one attack, as safe HTML.

    Parameters
    ----------
    reasons
        Feature, points (above 0 for, below 0 against), and what either report says.
    """
    head = tag("tr", *(tag("th", labels(f"review.reason_{name}")) for name in _HEADS))
    rows = [
        tag(
            "tr",
            tag("td", labels.name("review_feature", feature)),
            tag("td", isolate(f"{points:+.1f}")),
            tag("td", isolate(left)),
            tag("td", isolate(right)),
        )
        for feature, points, left, right in reasons
    ]
    return tag("table", head, join(rows), class_="rasid-reasons")


def act(change: Callable[[], object], labels: Labels) -> bool:
    """Make a change and look at the event anew; answers whether it was made."""
    made = False
    try:
        change()
        made = True
        st.session_state["review_done"] = labels("review.kept")
    except ConflictError as conflict:
        st.session_state["conflict"] = conflict
    except RasidError as error:
        st.session_state["review_fault"] = str(error)
    st.session_state.pop("review_seen", None)
    return made
