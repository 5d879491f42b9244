"""Notes beside an event: what was written, and a form for another."""

import streamlit as st

from pipeline.store.review import add_note, read_notes
from ui.archive import current_person, shared_store
from ui.labels import Labels
from ui.markup import isolate, join, tag
from ui.review_parts import act


def show_notes(event_id: str, labels: Labels) -> None:
    """Show the notes beside an event, oldest first, and the form for another."""
    notes = read_notes(shared_store(), event_id, current_person())
    with st.expander(labels("review.notes", count=len(notes)), expanded=bool(notes)):
        items = [
            tag("li", isolate(note.text), " ", tag("small", isolate(f"{note.written_by}, {note.written_at}")))
            for note in notes
        ]
        if items:
            st.html(tag("ul", join(items), class_="rasid-notes"))
        with st.form("review_notes", border=False, clear_on_submit=True):
            text = st.text_area(labels("review.note"), key="review_note", height=80)
            pressed = st.form_submit_button(labels("review.add_note"), width="stretch")
    if pressed:
        act(lambda: add_note(shared_store(), event_id, text, current_person()), labels)
        st.rerun()
