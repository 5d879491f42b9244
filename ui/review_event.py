"""One event of the queue: what it says, who says what, why its reports are together, and the keys to act."""

from typing import Any

import orjson
import pandas as pd
import streamlit as st

from pipeline.plain import one_event
from pipeline.store.articles import load_articles
from pipeline.store.errors import ConflictError
from pipeline.store.events import StoredEvent, load_reports, read_event
from pipeline.store.merges import explain_event, read_sources, split_event, undo_split
from pipeline.store.queue import Waiting, list_by_status, review_queue
from pipeline.store.review import (
    EDITABLE,
    MACHINE,
    PUBLISHED,
    REJECTED,
    REVIEWED,
    edit_event,
    last_action,
    set_status,
    undo,
    why_rejected,
)
from pipeline.store.search import search_events
from pipeline.store.words import split_words
from ui.archive import current_person, shared_store
from ui.details import describe_event
from ui.labels import Labels
from ui.markup import isolate, join, tag
from ui.review_correct import show_correction
from ui.review_notes import show_notes
from ui.review_parts import act, reasons_table
from ui.review_place import show_place

_KEYS = {"approve": "a", "reject": "x", "next": "j", "previous": "k", "undo": "u"}
_LISTS = (MACHINE, REVIEWED, PUBLISHED, REJECTED)
_TOLLS = ("killed", "wounded")
_WHOLE = ("weapon_count", *(f"{name}{end}" for name in _TOLLS for end in ("_low", "", "_high")))
_REAL = ("lon", "lat", "extent_km", "origin_lon", "origin_lat", "origin_extent_km")


def show_event(labels: Labels) -> None:
    """Show the event of the queue that is looked at."""
    _say_outcome(labels)
    queue, names = _choose_list(labels)
    held = st.session_state.get("review_event")
    if held is None or (held not in names and not st.session_state.get("review_stay")):
        held = names[min(st.session_state.get("review_at", 0), len(names) - 1)] if names else None
    if held is None:
        return
    event = _hold(held)
    left, right = st.columns([3, 2], gap="large")
    with right:
        _show_buttons(event, names, labels)
        _show_publishing(event, names, labels)
        _show_edit(event, labels)
        show_place(event, labels)
        show_notes(event.event_id, labels)
        show_correction(event, labels)
    with left:
        _show_rejection(event, labels)
        _show_doubts(next((one for one in queue if one.event.event_id == held), None), labels)
        _show_details(event, labels)


def _choose_list(labels: Labels) -> tuple[list[Waiting], list[str]]:
    """Let the person choose what to look at: what waits, or what was reviewed or published; answers the ids too."""
    status = st.segmented_control(
        labels("review.lists"),
        _LISTS,
        default=MACHINE,
        format_func=lambda name: labels(f"review.list_{name}"),
        key="review_list",
        label_visibility="collapsed",
    )
    queue: list[Waiting] = []
    among = _search(labels)
    if status in (REVIEWED, PUBLISHED, REJECTED):
        names = list_by_status(shared_store(), status, current_person(), among=among)
    else:
        queue = review_queue(shared_store(), current_person(), among=among)
        names = [waiting.event.event_id for waiting in queue]
    word = {REVIEWED: "reviewed", PUBLISHED: "published", REJECTED: "rejected"}.get(status or "", "waiting")
    st.html(tag("p", labels(f"review.{word}", count=len(names)), class_="rasid-found"))
    if not names:
        st.html(tag("p", labels("review.empty" if word == "waiting" else "review.none_here"), class_="rasid-hint"))
    return queue, names


def _search(labels: Labels) -> set[str] | None:
    """Ids of the events whose articles have the words that were typed; None where none were."""
    hint = labels("review.search_hint")
    said = st.text_input(labels("review.search"), key="review_search", placeholder=hint, max_chars=200)
    if not split_words(said or ""):
        return None
    return {one.event_id for one in search_events(shared_store(), said, current_person())}


def _hold(event_id: str) -> StoredEvent:
    """The event as this person saw it first: a later change by somebody else must not slip under an edit."""
    seen: StoredEvent | None = st.session_state.get("review_seen")
    if seen is None or seen.event_id != event_id:
        seen = read_event(shared_store(), event_id, current_person())
        st.session_state["review_seen"], st.session_state["review_event"] = seen, event_id
    return seen


def _say_outcome(labels: Labels) -> None:
    conflict: ConflictError | None = st.session_state.pop("conflict", None)
    if conflict is not None:
        st.warning(labels("review.conflict", who=conflict.who))
        rows = [
            (name, str(old), str(new), str(conflict.yours.get(name, "")))
            for name, (old, new) in conflict.theirs.items()
        ]
        heads = [labels(f"review.diff_{name}") for name in ("field", "saw", "theirs", "yours")]
        head = tag("tr", *(tag("th", word) for word in heads))
        body = join(tag("tr", *(tag("td", isolate(cell)) for cell in row)) for row in rows)
        st.html(tag("table", head, body, class_="rasid-reasons rasid-diff"))
    if fault := st.session_state.pop("review_fault", None):
        st.error(labels("review.refused"))
        st.text(fault)
    if done := st.session_state.pop("review_done", None):
        st.toast(done)


def _show_buttons(event: StoredEvent, names: list[str], labels: Labels) -> None:
    store, person = shared_store(), current_person()
    why = st.text_input(labels("review.why"), key="review_why")
    columns = st.columns(len(_KEYS))
    pressed = {
        name: column.button(labels(f"review.{name}"), key=f"review_{name}", shortcut=key, width="stretch")
        for column, (name, key) in zip(columns, _KEYS.items(), strict=True)
    }
    at = names.index(event.event_id) if event.event_id in names else 0
    if pressed["next"] or pressed["previous"]:
        _go((at + (1 if pressed["next"] else -1)) % max(len(names), 1))
    status = "reviewed" if pressed["approve"] else "rejected" if pressed["reject"] else None
    if status and act(lambda: set_status(store, event.event_id, status, event.version, person, why or None), labels):
        st.session_state["review_last"] = event.event_id
        _go(at)
    if pressed["undo"]:
        last = st.session_state.get("review_last", event.event_id)
        act(lambda: _take_back(last), labels)
    if any(pressed.values()):
        st.rerun()


def _take_back(event_id: str) -> None:
    """Take back the last change of an event, be it an edit, a step or a split."""
    store, person = shared_store(), current_person()
    take_back = undo_split if last_action(store, event_id, person) == "split" else undo
    take_back(store, event_id, read_event(store, event_id, person).version, person)


def _show_rejection(event: StoredEvent, labels: Labels) -> None:
    """Say who rejected an event and why."""
    said = why_rejected(shared_store(), event.event_id, current_person())
    if event.values["review_status"] == REJECTED and said is not None:
        who, when, why = said
        told = tag("p", labels("review.rejected_by"), " ", isolate(who), ", ", isolate(when[:10]), ": ", isolate(why))
        st.html(told)


def _show_publishing(event: StoredEvent, names: list[str], labels: Labels) -> None:
    """Offer the step that leads on, or back, from here."""
    steps = {
        REVIEWED: ("publish", PUBLISHED, "p"),
        PUBLISHED: ("unpublish", REVIEWED, "b"),
        REJECTED: ("restore", MACHINE, "o"),
    }
    step = steps.get(event.values["review_status"])
    if step is None:
        return
    name, status, key = step
    if st.button(labels(f"review.{name}"), key=f"review_{name}", shortcut=key, width="stretch"):
        why = st.session_state.get("review_why") or None
        made = act(
            lambda: set_status(shared_store(), event.event_id, status, event.version, current_person(), why), labels
        )
        if made:
            st.session_state["review_last"] = event.event_id
            _go(names.index(event.event_id) if event.event_id in names else 0)
        st.rerun()


def _go(at: int) -> None:
    st.session_state["review_at"] = at
    st.session_state.pop("review_event", None)
    st.session_state.pop("review_seen", None)


def _show_edit(event: StoredEvent, labels: Labels) -> None:
    with st.form("review_edit", border=True):
        name = st.selectbox(labels("review.field"), EDITABLE, index=EDITABLE.index("killed"), key="review_field")
        said = st.text_input(labels("review.value"), key="review_value")
        pressed = st.form_submit_button(labels("review.save"), width="stretch")
    if pressed:
        changes = read_change(name, said)
        act(
            lambda: edit_event(
                shared_store(),
                event.event_id,
                changes,
                event.version,
                current_person(),
                st.session_state.get("review_why") or None,
            ),
            labels,
        )
        st.session_state["review_last"] = event.event_id
        st.rerun()


def read_change(name: str, said: str) -> dict[str, Any]:
    """Read what was typed as a value of a column; nothing typed is null, and one toll sets its low and high too.

    Examples
    --------
    >>> read_change("killed", "3")
    {'killed_low': 3, 'killed': 3, 'killed_high': 3}
    >>> read_change("weapon", " ")
    {'weapon': None}
    """
    words = said.strip()
    value: Any = words or None
    if words and name in _WHOLE:
        value = int(words) if words.isdecimal() else words
    elif words and name in _REAL:
        value = float(words) if words.replace(".", "", 1).lstrip("-").isdecimal() else words
    if name in _TOLLS:
        return {f"{name}_low": value, name: value, f"{name}_high": value}
    return {name: value}


def _show_doubts(waiting: Waiting | None, labels: Labels) -> None:
    if waiting is not None and waiting.doubts:
        chips = [tag("span", labels.name("review_doubt", doubt), class_="rasid-chip") for doubt in waiting.doubts]
        st.html(tag("p", join(chips, " ")))


def _show_details(event: StoredEvent, labels: Labels) -> None:
    store, person = shared_store(), current_person()
    row = one_event(event.event_id, event.values).reset_index().iloc[0]
    names = {said["article_id"] for said in orjson.loads(event.values["evidence"]).values()}
    articles = {one.article_id: one for one in load_articles(store, {event.values["article_id"], *names}, person)}
    sources = read_sources(store, event.event_id, person)
    if event.values["reports"] > 1:
        with st.expander(labels("review.together"), expanded=True):
            _show_reports(event, labels)
    with st.expander(labels("review.says")):
        rows = [
            (one.field, one.source or one.article_id, one.source_kind, str(one.value), one.quote)
            for one in sources.said
        ]
        heads = [labels(f"review.said_{name}") for name in ("field", "source", "kind", "value", "quote")]
        st.dataframe(pd.DataFrame(rows, columns=heads), hide_index=True)
    st.html(describe_event(row, articles, labels))


def _show_reports(event: StoredEvent, labels: Labels) -> None:
    store, person = shared_store(), current_person()
    for pair in explain_event(store, event.event_id, person):
        st.html(reasons_table([(one.feature, one.points, one.left, one.right) for one in pair.reasons], labels))
    table = load_reports(store, event.event_id, person)
    names = table["source"].fillna(table["article_id"])
    taken = st.multiselect(
        labels("review.take_out"),
        list(table.index),
        format_func=lambda report: f"{names[report]} ({report[:6]})",
        key="review_taken",
    )
    if st.button(labels("review.split"), key="review_split", disabled=not taken):
        act(lambda: split_event(store, event.event_id, taken, event.version, person), labels)
        st.session_state["review_last"] = event.event_id
        st.rerun()
