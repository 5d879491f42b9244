"""Events as KML 2.2, for Google Earth and other globes, piece by piece.

A site or a town is a point; what is coarser is the outline of its extent, without a pin at its centre. Every column
is there as typed data. Words of the news are escaped as XML and, where a globe shows them as HTML, as HTML before that.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.sphere import move
from pipeline.codes import event_types
from pipeline.events import EVENT_COLUMNS
from pipeline.provenance import Provenance, describe_provenance

PART = 5000  # events that are written at once
_CORNERS = 48  # of the outline of an extent
_POINTS = ("site", "town")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML, however written
_TYPES = {"Int64": "int", "int64": "int", "float64": "double"}
_COLUMNS = {name: dtype for name, dtype in EVENT_COLUMNS.items() if name != "geometry"}
_TOLD = (
    *("actor", "target", "weapon", "killed", "wounded", "precision", "extent_km", "time_status"),
    *("source", "title", "url"),
)


def write_kml(events: gpd.GeoDataFrame, path: Path, provenance: Provenance) -> None:
    """Write events as KML (UTF-8)."""
    parts = (events.iloc[start : start + PART] for start in range(0, len(events), PART))
    with path.open("wb") as file:
        file.writelines(stream_kml(parts, provenance))


def stream_kml(parts: Iterable[gpd.GeoDataFrame], provenance: Provenance) -> Iterator[bytes]:
    """Say events as KML, piece by piece; an event that is not placed is a placemark without a place.

    Parameters
    ----------
    parts
        Events tables (EPSG:4326), one after another.
    provenance
        Stands in the description of the document.
    """
    yield _head(provenance).encode()
    for part in parts:
        yield "".join(_placemarks(part)).encode()
    yield b"</Folder></Document></kml>\n"


def _text(value: object) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", str(value)), quote=True)


def _head(provenance: Provenance) -> str:
    how = describe_provenance(provenance).items()
    said = "<br>".join(f"{escape(name)}: {escape(str(value))}" for name, value in how)
    fields = {"event_id": "str", **_COLUMNS, "lon": "float64", "lat": "float64"}
    typed = ((name, _TYPES.get(dtype, "string")) for name, dtype in fields.items())
    schema = "".join(f'<SimpleField type="{kind}" name="{name}"/>' for name, kind in typed)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>Rasid</name><description>{_text(said)}</description>{''.join(_styles())}"
        f'<Schema name="events" id="events">{schema}</Schema><Folder><name>events</name>\n'
    )


def _styles() -> Iterator[str]:
    balloon = "<BalloonStyle><text>$[description]</text></BalloonStyle>"
    for name, kind in event_types().items():
        red, green, blue = (kind.colour[place : place + 2] for place in (1, 3, 5))
        colour = f"ff{blue}{green}{red}"
        yield (
            f'<Style id="{name}"><IconStyle><color>{colour}</color><scale>0.9</scale></IconStyle>'
            f"<LineStyle><color>{colour}</color><width>1.6</width></LineStyle>"
            f"<PolyStyle><color>22{blue}{green}{red}</color></PolyStyle>{balloon}</Style>"
        )


def _placemarks(events: gpd.GeoDataFrame) -> Iterator[str]:
    plain = pd.DataFrame(events.drop(columns="geometry")).astype("object")
    rows: list[dict[str, Any]] = plain.where(plain.notna(), None).to_dict("records")  # type: ignore[assignment]
    for event_id, point, row in zip(events.index, events.geometry, rows, strict=True):
        place = (float(point.x), float(point.y)) if point is not None and not point.is_empty else None
        yield _placemark(str(event_id), row, place)


def _placemark(event_id: str, row: Mapping[str, Any], place: tuple[float, float] | None) -> str:
    where = row["matched_name"] or row["place_name"] or ""
    values = {"event_id": event_id, **{name: row[name] for name in _COLUMNS}}
    values |= {"lon": place[0], "lat": place[1]} if place else {}
    said = ((name, _text(_plain(value))) for name, value in values.items() if value is not None)
    data = "".join(f'<SimpleData name="{name}">{value}</SimpleData>' for name, value in said)
    return (
        f"<Placemark><name>{_text(where)}</name>"
        f"<description>{_text(_describe(row, where))}</description>"
        f"{_span(row)}<styleUrl>#{_text(row['event_type'])}</styleUrl>"
        f'<ExtendedData><SchemaData schemaUrl="#events">{data}</SchemaData></ExtendedData>'
        f"{_shape(row, place) if place else ''}</Placemark>\n"
    )


def _plain(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def _describe(row: Mapping[str, Any], where: str) -> str:
    """What a balloon shows, as HTML whose every word is escaped."""
    ends = [str(_plain(row[name])) for name in ("date_start", "date_end") if row[name] is not None]
    days = " – ".join(dict.fromkeys(ends))
    lines = [f"<b>{escape(str(row['event_type']).replace('_', ' '))}</b>", escape(where), escape(days)]
    lines += [f"{name.replace('_', ' ')}: {escape(str(row[name]))}" for name in _TOLD if row[name] is not None]
    return "<br>".join(line for line in lines if line)


def _span(row: Mapping[str, Any]) -> str:
    first, last = row["date_start"], row["date_end"]
    if first is None or last is None:
        return ""
    begin, end = _day(first), _day(last)
    if begin == end:
        return f"<TimeStamp><when>{begin}</when></TimeStamp>"
    return f"<TimeSpan><begin>{begin}</begin><end>{end}</end></TimeSpan>"


def _day(moment: pd.Timestamp) -> date:
    return moment.date()


def _shape(row: Mapping[str, Any], place: tuple[float, float]) -> str:
    lon, lat = place
    if row["precision"] in _POINTS or not row["extent_km"] or math.isnan(row["extent_km"]):
        return f"<Point><coordinates>{lon!r},{lat!r}</coordinates></Point>"
    ring = [move(lon, lat, 360 * step / _CORNERS, row["extent_km"]) for step in range(_CORNERS)]
    corners = " ".join(f"{x:.5f},{y:.5f}" for x, y in [*ring, ring[0]])
    return (
        "<Polygon><tessellate>1</tessellate><outerBoundaryIs><LinearRing>"
        f"<coordinates>{corners}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    )
