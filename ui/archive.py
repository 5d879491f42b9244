"""The store behind the app, where one was chosen: opened once for all sessions, and who is asking."""

import os
import time
from typing import Any

import streamlit as st

from pipeline.store.engine import VARIABLE, Store, open_store
from pipeline.store.errors import NotAllowedError
from pipeline.store.login import HOURS_VARIABLE
from pipeline.store.permissions import LOCAL, Person
from pipeline.store.users import LONGEST_LOGIN_HOURS, check_login, find_user, has_users, subject_of


def has_store() -> bool:
    """Whether the app was started with a store (``RASID_STORE``)."""
    return bool(os.environ.get(VARIABLE))


@st.cache_resource(show_spinner=False)
def shared_store() -> Store:
    """The store that all sessions share."""
    return open_store()


def is_login_set_up() -> bool:
    """Whether the server was told of a login provider; Streamlit then says of everybody whether they are logged in."""
    return "is_logged_in" in _claims()


def is_logged_in() -> bool:
    """Whether Streamlit knows a login, which need not count any more."""
    return _claims().get("is_logged_in") is True


def current_person() -> Person:
    """Who is asking: the one person of a laptop, or who has logged in; asked anew on every rerun.

    Raises
    ------
    NotAllowedError
        Where the server has a login or the store users, and nobody is logged in whose login still counts.
    """
    store = shared_store()
    if not is_login_set_up() and not has_users(store):
        return LOCAL
    claims = _claims()
    if not is_logged_in():
        raise NotAllowedError("Nobody is logged in here; log in first")
    user = find_user(store, subject_of(claims))
    return check_login(claims, user, time.time(), _longest_hours())


def login_time() -> float:
    """When the login was made (``iat``, seconds since 1970), once ``current_person`` has accepted it."""
    return float(_claims()["iat"])


def _claims() -> dict[str, Any]:
    return dict(st.user.to_dict())


def _longest_hours() -> float:
    return float(os.environ.get(HOURS_VARIABLE) or LONGEST_LOGIN_HOURS)
