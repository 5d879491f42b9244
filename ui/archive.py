"""The store behind the app, where one was chosen: opened once for all sessions, and who is asking."""

import os
import time

import streamlit as st

from pipeline.store.engine import VARIABLE, Store, open_store
from pipeline.store.permissions import LOCAL, Person
from pipeline.store.users import check_login, find_user, has_users, subject_of


def has_store() -> bool:
    """Whether the app was started with a store (``RASID_STORE``)."""
    return bool(os.environ.get(VARIABLE))


@st.cache_resource(show_spinner=False)
def shared_store() -> Store:
    """The store that all sessions share."""
    return open_store()


def current_person() -> Person:
    """Who is asking: the one person of a laptop, or who has logged in; asked anew on every rerun.

    Raises
    ------
    NotAllowedError
        Where the store has users and nobody is logged in whose login still counts.
    """
    store = shared_store()
    if not has_users(store):
        return LOCAL
    claims = dict(st.user)
    user = find_user(store, subject_of(claims))
    return check_login(claims, user, time.time())
