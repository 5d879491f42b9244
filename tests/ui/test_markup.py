import pytest

from ui.markup import Markup, isolate, join, link, tag

HOSTILE = ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", '" onmouseover="alert(1)', "&lt;b&gt;"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_escaped_everywhere(text):
    for said in (tag("p", text), tag("p", "x", title=text), join([text]), join(["a", "b"], text), isolate(text)):
        assert "<img" not in said
        assert "<script" not in said
        assert '" onmouseover' not in said
        assert "<b>" not in said


def test_markup_is_not_escaped_twice():
    assert tag("p", tag("b", "a&b")) == "<p><b>a&amp;b</b></p>"
    assert isinstance(tag("p"), Markup)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " javascript:alert(1)", "file:///x", ""]
)
def test_only_web_addresses_become_links(address):
    assert link(address, "original") == "original"


def test_a_link_leaks_nothing():
    assert link("https://example.org/?a=1&b=2", "x") == (
        '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">x</a>'
    )
