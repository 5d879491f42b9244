"""Who may enter, without a browser: a server that others can reach shows nothing without a login."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pipeline.store.engine import open_store
from ui import archive
from ui.archive import shared_store
from ui.labels import load_labels, screen_languages

PAGE = """
import streamlit as st
from pipeline.errors import RasidError
from ui.labels import load_labels
from ui.login import enter
try:
    if enter(load_labels({code!r})):
        st.text("inside")
except RasidError as error:
    st.text(str(error))
"""


def show(code: str = "en") -> list[str]:
    app = AppTest.from_string(PAGE.format(code=code), default_timeout=60).run()
    assert not app.exception
    return [block.value for block in app.text] + [button.label for button in app.button]


@pytest.mark.parametrize(("address", "is_let_in"), [("127.0.0.1", True), ("0.0.0.0", False), (None, False)])
def test_without_a_login_only_this_machine_gets_in(monkeypatch, address, is_let_in):
    real = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: address if name == "server.address" else real(name))
    shown = show()
    assert shown == ["inside"] if is_let_in else "no login" in shown[0]


@pytest.mark.parametrize("code", screen_languages())
def test_with_a_login_nobody_gets_in_without_one_not_even_into_a_store_without_users(monkeypatch, tmp_path, code):
    monkeypatch.setenv("RASID_STORE", str(tmp_path / "store.rasid"))
    open_store(tmp_path / "store.rasid").close()
    shared_store.clear()
    words = load_labels(code)
    monkeypatch.setattr(archive, "_claims", lambda: {"is_logged_in": False})
    assert show(code) == [words("login.enter")]
    claims = {"is_logged_in": True, "iss": "https://login.example.org", "sub": "7", "iat": 1}
    monkeypatch.setattr(archive, "_claims", lambda: claims)
    shown = show(code)
    assert "is no user of this store" in shown[0]
    assert shown[1:] == [words("login.again"), words("login.leave")]
    shared_store.clear()


def test_a_login_without_a_store_lets_nobody_in(monkeypatch):
    monkeypatch.delenv("RASID_STORE", raising=False)
    monkeypatch.setattr(archive, "_claims", lambda: {"is_logged_in": True})
    assert "needs a store" in show()[0]
