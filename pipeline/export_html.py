"""Events as one HTML page that opens without the internet: map, list, search and the words each event rests on.

Scripts, styles and the ground of the map stand in the page; a content security policy lets nothing else run and nothing
be fetched. Words of the news are JSON in the page and reach the screen as text only.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geopandas as gpd
import orjson
import pandas as pd

from geo.fold import fold, fold_character
from pipeline.background import Polygon, load_ground, load_names
from pipeline.codes import event_types
from pipeline.errors import UsageError
from pipeline.provenance import Provenance, describe_provenance
from pipeline.screen_words import read_directions, read_names, read_screens

MOST_EVENTS = 20_000
_STATIC = Path(__file__).resolve().parent / "static"
_NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_WORDS = (
    *("about.honest", "count.", "detail.", "event_type.", "time_status.", "precision.", "place_status."),
    *(
        "actor_basis.",
        "review_status.",
        "evidence.",
        "country.",
        "filter.search",
        "table.limited",
        "language",
        "offline.",
    ),
)
_SEARCHED = ("place", "admin1", "actor", "target", "attribution", "source", "title")
_FIELDS = {  # short name -> column
    "precision": "precision",
    "km": "extent_km",
    "type": "event_type",
    "status": "time_status",
    "placed": "place_status",
    "admin1": "admin1",
    "country": "country",
    "actor_id": "actor_id",
    "actor": "actor",
    "basis": "actor_basis",
    "target_id": "target_id",
    "target": "target",
    "weapon": "weapon",
    "killed": "killed",
    "wounded": "wounded",
    "attribution": "attribution",
    "source": "source",
    "title": "title",
    "url": "url",
    "review": "review_status",
}


def write_html(events: gpd.GeoDataFrame, path: Path, provenance: Provenance) -> None:
    """Write events as one HTML page (UTF-8).

    Raises
    ------
    UsageError
        Where there are more than ``MOST_EVENTS``: a browser would not open the page.
    """
    if len(events) > MOST_EVENTS:
        raise UsageError(
            f"{len(events):,} events are too many for one HTML page; it holds {MOST_EVENTS:,} at most. "
            "Narrow the filter, or choose .gpkg or .parquet"
        )
    path.write_text("".join(_page(events, provenance)), encoding="utf-8")


def _page(events: gpd.GeoDataFrame, provenance: Provenance) -> Iterator[str]:
    leaflet = _leaflet("leaflet.js").partition("//# sourceMappingURL")[0]
    ours = (_STATIC / "offline.js").read_text(encoding="utf-8")
    styles = _leaflet("leaflet.css") + (_STATIC / "offline.css").read_text(encoding="utf-8")
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in (leaflet, ours))
    policy = f"{_NOTHING_ELSE}; script-src {allowed}"
    title = escape(f"Rasid · {len(events)} · {provenance.generated_at:%Y-%m-%d}")
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=True)}">'
    yield f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    yield f"<style>{styles}</style></head><body>"
    yield f"<header><h1>Rasid<i>{escape(read_screens()['en']['page.other'])}</i></h1>"
    yield '<div id="counts" role="status"></div><div id="languages"></div></header><div id="map"></div>'
    yield '<aside><input id="search" type="search"><div id="side"></div></aside>'
    yield '<footer><div id="legend"></div><p id="honest"></p><dl id="made"></dl></footer>'
    yield f'<script type="application/json" id="data">{_as_json(describe(events, provenance))}</script>'
    yield f"<script>{leaflet}</script><script>{ours}</script></body></html>\n"


def _as_json(value: Any) -> str:
    """Write JSON in which no character can end the script element that it stands in."""
    return (
        orjson.dumps(value).decode().replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _leaflet(name: str) -> str:
    spec = find_spec("js_lib_leaflet")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("The package 'django-js-lib-leaflet' is not installed; run: make setup")
    folder = Path(next(iter(spec.submodule_search_locations))) / "static" / "js_lib_leaflet"
    return (folder / name).read_text(encoding="utf-8")


def describe(events: gpd.GeoDataFrame, provenance: Provenance) -> dict[str, Any]:
    """Say all that the page shows: events, the ground, words in every language, how it was made."""
    said = _describe_events(events)
    ground = load_ground()
    screens = read_screens()
    return {
        "events": said,
        "languages": list(screens),
        "directions": read_directions(),
        "words": {
            code: {key: word for key, word in words.items() if key.startswith(_WORDS)}
            for code, words in screens.items()
        },
        "names": {kind: _used(kind, said) for kind in ("actor", "weapon")},
        "colours": {name: kind.colour for name, kind in event_types().items()},
        "letters": _letters(),
        "land": [_pack(polygon) for polygon in ground.land],
        "areas": [_pack(polygon) for polygon in ground.areas],
        "ground": [[name.lon, name.lat, name.km, int(name.country), name.words] for name in load_names()],
        "made": [[name, _say(value)] for name, value in describe_provenance(provenance).items()],
    }


def _say(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _letters() -> dict[str, str]:
    """How each letter is folded for the search, of the alphabets that the news here is written in."""
    letters = (chr(code) for code in (*range(0x80, 0x250), *range(0x300, 0x370), *range(0x5B0, 0x750)))
    return {letter: fold_character(letter) for letter in letters if fold_character(letter) != letter}


def _used(kind: str, said: list[dict[str, Any]]) -> dict[str, Mapping[str, str]]:
    fields = ("actor_id", "target_id") if kind == "actor" else ("weapon",)
    ids = {event.get(field) for event in said for field in fields}
    return {name: words for name, words in read_names(kind).items() if name in ids}


def _pack(polygon: Polygon) -> list[list[int]]:
    """Say rings as whole numbers, each the step from the one before, in hundredths of a degree."""
    packed = []
    for ring in polygon:
        points = (ring * 100).round().astype(int)
        steps = points.copy()
        steps[1:] -= points[:-1]
        packed.append(steps.ravel().tolist())
    return packed


def _describe_events(events: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Say the events, the latest first, the undated last; what is not known is left out."""
    ordered = events.sort_values("date_end", ascending=False, na_position="last", kind="stable")
    table = pd.DataFrame(ordered.drop(columns="geometry")).astype("object")
    rows: list[dict[str, Any]] = table.where(table.notna(), None).to_dict("records")  # type: ignore[assignment]
    return [_event(*row) for row in zip(map(str, ordered.index), rows, ordered.geometry, strict=True)]


def _event(event_id: str, row: Mapping[str, Any], point: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"id": event_id, "place": row["matched_name"] or row["place_name"]}
    if point is not None and not point.is_empty:
        said |= {"lon": round(point.x, 5), "lat": round(point.y, 5)}
    said |= {short: row[column] for short, column in _FIELDS.items()}
    said |= {"first": _day(row["date_start"]), "last": _day(row["date_end"]), "quotes": _quotes(row["evidence"])}
    said["text"] = (
        fold(" ".join(str(said[name]) for name in _SEARCHED if said[name])) + " " + fold(_joined(said["quotes"]))
    )
    return {name: value for name, value in said.items() if value is not None and value != []}


def _day(moment: Any) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%d}"


def _quotes(evidence: str) -> list[list[str]]:
    """The words each field rests on, each once."""
    found = orjson.loads(evidence)
    quotes = {str(entry.get("quote", "")): name for name, entry in reversed(list(found.items()))}
    return [[name, quote] for quote, name in reversed(list(quotes.items())) if quote]


def _joined(quotes: list[list[str]]) -> str:
    return " ".join(quote for _, quote in quotes)
