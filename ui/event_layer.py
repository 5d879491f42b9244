"""The folium elements of the map's event layer: one attaches it to the map, one tells it what to show.

Neither carries a word of any article: the layer (``ui/static/event_layer*.js``) is told a key and asks the server for
its cells, which arrive as JSON. What is written into the page's script are numbers, colours and our own labels, as JSON
in which no character can end the script.
"""

import json
from typing import Any

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

OWN = "../../rasid/assets/own"
# Loaded one after another, each building on those before it; the last one has the two calls from outside.
LAYER_FILES = (
    "event_layer_paint",
    "event_layer_shapes",
    "event_layer_point",
    "event_layer_cells",
    "event_layer_link",
    "event_layer_area",
    "event_layer_shades",
    "event_layer_around",
    "event_layer",
)


def script_json(value: Any) -> str:
    r"""Write a value as JSON that may stand inside a script: no character in it can end the script or a template.

    Examples
    --------
    >>> script_json({"a": "</script>"})
    '{"a": "\\u003c/script\\u003e"}'
    """
    said = json.dumps(value, ensure_ascii=True, allow_nan=False)
    for character in "<>&`$":
        said = said.replace(character, f"\\u{ord(character):04x}")
    return said


class EventLayer(JSCSSMixin, MacroElement):
    """Attach Rasid's event layer to a folium map; add it once.

    Parameters
    ----------
    options
        ``colours``: a hex colour for each event type; ``web``: name -> ``url`` and ``attribution`` of web tiles that
        the layer fetches only when it is told to show them.
    """

    default_js = [(name, f"{OWN}/{name}.js") for name in LAYER_FILES]  # noqa: RUF012 (folium's own form)
    default_css = [("rasid-layer", f"{OWN}/event_layer.css")]  # noqa: RUF012

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.rasid.attach({{ this._parent.get_name() }}, {{ this.options_json }});"
        "{% endmacro %}"
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "EventLayer"
        self.options_json = script_json(options)


class ShowEvents(MacroElement):
    """Tell the event layer what to show: ``key``, ``theme``, ``base``, ``types``, ``selected``, ``fit`` ...

    ``ui.layer_panel.layer_state`` says what else.
    """

    _template = Template("{% macro script(this, kwargs) %}window.rasid.show({{ this.state_json }});{% endmacro %}")

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "ShowEvents"
        self.state_json = script_json(state)


def show_group(state: dict[str, Any]) -> folium.FeatureGroup:
    """Wrap ``ShowEvents`` for ``st_folium(feature_group_to_add=...)``, which runs it without re-creating the map."""
    group = folium.FeatureGroup()
    group.add_child(ShowEvents(state))
    return group
