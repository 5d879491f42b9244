"""Who may enter: on a server with a login every run of every page asks first; without one only this machine may."""

import streamlit as st

from pipeline.errors import UsageError
from pipeline.store.errors import NotAllowedError
from pipeline.store.login import is_loopback
from pipeline.store.permissions import Person
from pipeline.store.users import end_login, find_user, note_login
from ui.archive import current_person, has_store, is_logged_in, is_login_set_up, login_time, shared_store
from ui.labels import Labels
from ui.markup import isolate, tag


def enter(labels: Labels) -> bool:
    """Let people in who may be here, and show the others how to log in; answers whether to go on.

    Raises
    ------
    UsageError
        Where other machines can reach the app and there is no login.
    """
    if not is_login_set_up():
        _require_this_machine()
        return True
    if not has_store():
        raise UsageError("A login needs a store, which holds the users: start with rasid serve --login FILE --store")
    if not is_logged_in():
        _offer_login(labels)
        return False
    try:
        person = current_person()
    except NotAllowedError as refusal:
        _show_refusal(refusal, labels)
        return False
    _greet(person, labels)
    return True


def _require_this_machine() -> None:
    address = str(st.get_option("server.address") or "")
    if not is_loopback(address):
        raise UsageError(
            f"This server listens on {address or 'every address'} and has no login, so it shows nothing. Start it with "
            "rasid serve --login FILE, or on 127.0.0.1"
        )


def _offer_login(labels: Labels) -> None:
    st.html(tag("h2", labels("login.heading")) + tag("p", labels("login.help"), class_="rasid-hint"))
    if st.button(labels("login.enter"), key="login", type="primary"):
        st.login()


def _show_refusal(refusal: NotAllowedError, labels: Labels) -> None:
    st.error(labels("login.refused"))
    st.text(str(refusal))
    if st.button(labels("login.again"), key="login", type="primary"):
        st.login()
    if st.button(labels("login.leave"), key="logout"):
        st.logout()


def _greet(person: Person, labels: Labels) -> None:
    user = find_user(shared_store(), person.subject)
    if st.session_state.get("login_noted") != login_time():
        note_login(shared_store(), person, login_time())
        st.session_state["login_noted"] = login_time()
    with st.sidebar:
        role = labels.name("login_role", user.role if user else None)
        name = (user and user.name) or person.subject.rpartition("|")[2]
        st.html(tag("p", isolate(name), " ", tag("small", role), class_="rasid-person"))
        if st.button(labels("login.leave"), key="logout", width="stretch"):
            end_login(shared_store(), person, login_time())
            st.logout()
