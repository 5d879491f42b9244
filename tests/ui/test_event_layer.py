"""What reaches the browser as script: nothing that an event says."""

import ast
import json
import re
from pathlib import Path

import folium
import pytest
from streamlit_folium import generate_js_hash, generate_leaflet_string

import ui
from ui.assets import OWN
from ui.event_layer import LAYER_FILES, EventLayer, ShowEvents, script_json, show_group
from ui.map import base_map

SOURCES = [*Path(ui.__file__).parent.rglob("*.py"), Path(ui.__file__).parent.parent / "app.py"]
FORBIDDEN = {
    "Popup",
    "Tooltip",
    "DivIcon",
    "GeoJsonPopup",
    "GeoJsonTooltip",
    "Marker",
    "CircleMarker",
    "Html",
    "IFrame",
    "GeoJson",
    "Choropleth",
    "Element",
}
TEXT_ARGUMENTS = {"popup", "tooltip", "name", "attr", "tiles", "html"}


def called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def folium_calls(tree):
    """Calls of anything that comes from folium or branca."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"folium", "branca"}
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        if (isinstance(owner, ast.Name) and owner.id == "folium") or called(node) in imported:
            yield node


def is_mute_ring(node):
    """A ring that cannot be asked for words: numbers, colours and ``interactive=False``, no popup, no tooltip."""
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    mute = isinstance(given.get("interactive"), ast.Constant) and given["interactive"].value is False
    return called(node) == "CircleMarker" and mute and not {"popup", "tooltip", None} & given.keys()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_word_of_an_event_can_reach_folium(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in folium_calls(tree):
        if not is_mute_ring(node):
            assert called(node) not in FORBIDDEN, f"{path.name}:{node.lineno} makes a folium.{called(node)}"
        for keyword in node.keywords:
            if keyword.arg in TEXT_ARGUMENTS:
                assert isinstance(keyword.value, ast.Constant), f"{path.name}:{node.lineno} {keyword.arg} is no literal"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_page_text_is_written_as_trusted_html(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword):
            assert node.arg not in {"unsafe_allow_html", "unsafe_allow_javascript"}, f"{path.name}:{node.value.lineno}"
        if isinstance(node, ast.Call) and called(node) in {"markdown", "write", "caption"}:
            assert all(isinstance(part, ast.Constant) for part in node.args), f"{path.name}:{node.lineno}"


def test_the_guard_sees_a_violation():
    tree = ast.parse("import folium\nfolium.Marker(x, popup=folium.Popup(text))")
    assert {called(node) for node in folium_calls(tree)} == {"Marker", "Popup"}


@pytest.mark.parametrize("text", ["</script>", "${alert(1)}", "`", "{{ 'x' }}", "\u2028", "<!--", "\u202e", "'\"\\"])
def test_script_json_can_not_end_a_script(text):
    said = script_json({"text": text})
    assert json.loads(said)["text"] == text
    assert not set("<>&`$") & set(said)
    assert said.isascii()


def test_the_base_map_asks_for_nothing_elsewhere():
    rendered = base_map()
    links = [
        src for element in (rendered, *rendered._children.values()) for _, src in getattr(element, "default_js", [])
    ]
    links += [
        src for element in (rendered, *rendered._children.values()) for _, src in getattr(element, "default_css", [])
    ]
    assert links
    assert all(source.startswith("../../rasid/") for source in links)


def test_every_file_of_the_layer_is_loaded():
    assert {path.stem for path in OWN.glob("event_layer*.js")} == set(LAYER_FILES)


@pytest.mark.parametrize("path", sorted(OWN.glob("*.js")), ids=lambda path: path.name)
def test_no_script_of_ours_makes_markup_or_runs_text(path):
    said = path.read_text(encoding="utf-8")
    sinks = r"HTML\b|bind(Popup|Tooltip)|document\.write|\beval\b|new Function|srcdoc|DOMParser"
    assert not re.findall(sinks, said)
    assert len(said.splitlines()) < 300


def test_the_base_map_is_the_same_every_time():
    def key():
        made = base_map()
        made.get_root().render()
        return generate_js_hash(generate_leaflet_string(made), "map")

    assert key() == key()


def test_elements_render_their_calls():
    made = base_map()
    made.add_child(show_group({"key": "k1", "types": ["a<b"]}))
    html = made.get_root().render()
    assert "window.rasid.attach(map_" in html
    assert 'window.rasid.show({"key": "k1", "types": ["a\\u003cb"]});' in html
    assert isinstance(EventLayer({}), folium.MacroElement)
    assert ShowEvents({"key": "</script>"}).state_json == '{"key": "\\u003c/script\\u003e"}'
