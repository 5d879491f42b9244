"""The events table to files: GeoJSON (RFC 7946), CSV, GeoPackage, GeoParquet, KML, HTML, PNG.

Every file says how it was made (filter, version, time, citation, licence) where its format has room for it. Files are
written aside, flushed to the disk and renamed, so that no reader ever sees half a file.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import orjson
import pandas as pd

from pipeline.codes import ACLED_GEO_PRECISION, ACLED_TIME_PRECISION, UCDP_WHERE_PREC, event_types, ucdp_date_prec
from pipeline.errors import UsageError
from pipeline.events import EVENT_COLUMNS, conform_events, validate_events
from pipeline.export_html import write_html
from pipeline.export_kml import write_kml
from pipeline.export_png import write_png
from pipeline.files import write_aside
from pipeline.provenance import Provenance as Provenance
from pipeline.provenance import describe_provenance as describe_provenance
from pipeline.store.guard import refuse_store_path

_JSON_COLUMNS = ("candidates", "members", "evidence")
_DAYS = [name for name, dtype in EVENT_COLUMNS.items() if dtype.startswith("datetime")]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_events(events: gpd.GeoDataFrame, path: Path, provenance: Provenance) -> None:
    """Write events to a file of the format its suffix names: .geojson, .csv, .gpkg, .parquet, .kml, .html or .png.

    Raises
    ------
    UsageError
        Where the suffix is none of these, or the folder does not exist.
    EventsError
        Where the table does not keep its promises.
    """
    writer = find_writer(path)
    validate_events(events)
    with write_aside(path) as draft:
        writer(events, draft, provenance)


def find_writer(path: Path) -> Callable[[gpd.GeoDataFrame, Path, Provenance], None]:
    """Say which function writes ``path``; for checking a path before long work.

    Raises
    ------
    UsageError
        Where none does, or the folder does not exist.
    """
    refuse_store_path(path)
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(f"{path} cannot be written: {path.suffix or 'no suffix'!r} is none of {', '.join(_WRITERS)}")
    if not path.parent.is_dir():
        raise UsageError(f"{path} cannot be written: there is no folder {path.parent}")
    return writer


def to_geojson(events: gpd.GeoDataFrame, provenance: Provenance) -> bytes:
    """Say events as a GeoJSON FeatureCollection (RFC 7946, UTF-8).

    Longitude comes first, days are ISO text, unknown is null, there is no ``crs``; events that are not placed have a
    null geometry. ``metadata`` is a foreign member. The codes of ACLED, UCDP GED and PLOVER are added to each event.
    """
    collection: dict[str, Any] = {"type": "FeatureCollection", "metadata": describe_provenance(provenance)}
    points = events.geometry[events.geometry.notna()]
    if len(points):
        collection["bbox"] = [float(edge) for edge in points.total_bounds]
    collection["features"] = _features(events)
    return orjson.dumps(collection)


def _features(events: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    plain = add_codes(_plain(events))
    for name in _JSON_COLUMNS:
        plain[name] = [orjson.loads(text) for text in plain[name]]
    cells = zip(*(_cells(plain[name]) for name in plain.columns), strict=True)
    return [
        {
            "type": "Feature",
            "id": event_id,
            "geometry": {"type": "Point", "coordinates": [point.x, point.y]} if point else None,
            "properties": {"event_id": event_id, **dict(zip(plain.columns, values, strict=True))},
        }
        for event_id, point, values in zip(events.index, events.geometry, cells, strict=True)
    ]


def _cells(column: "pd.Series[Any]") -> list[Any]:
    """The values of a column as Python's own, null as None."""
    values: list[Any] = column.astype("object").where(column.notna(), None).tolist()
    return values


def _plain(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """The table without its geometry, days as ISO text."""
    plain = pd.DataFrame(events.drop(columns="geometry"))
    for name in _DAYS:
        plain[name] = plain[name].dt.strftime("%Y-%m-%d").astype("str")
    return plain


def add_codes(table: pd.DataFrame) -> pd.DataFrame:
    """Add to a table of events the codes that ACLED, UCDP GED and PLOVER give them; it is not modified.

    Added are ``acled_event_type``, ``acled_sub_event_type``, ``geo_precision`` and ``time_precision`` (ACLED),
    ``where_prec`` and ``date_prec`` (UCDP GED) and ``plover_mode``, by the rules of ``docs/codebook.md``.
    """
    types, kind = event_types(), table["event_type"]
    spans = zip(pd.to_datetime(table["date_start"]), pd.to_datetime(table["date_end"]), strict=True)
    return table.assign(
        acled_event_type=kind.map({name: row.acled_event_type for name, row in types.items()}),
        acled_sub_event_type=kind.map({name: row.acled_sub_event_type for name, row in types.items()}),
        plover_mode=kind.map({name: row.plover_mode for name, row in types.items()}),
        geo_precision=table["precision"].map(ACLED_GEO_PRECISION).astype("Int64"),
        time_precision=table["date_precision"].map(ACLED_TIME_PRECISION).astype("Int64"),
        where_prec=table["precision"].map(UCDP_WHERE_PREC).astype("Int64"),
        date_prec=pd.Series([ucdp_date_prec(_day(a), _day(b)) for a, b in spans], table.index, dtype="Int64"),
    )


def _day(moment: Any) -> date | None:
    return None if pd.isna(moment) else moment.date()


def to_csv(events: gpd.GeoDataFrame) -> bytes:
    """Say events as CSV (UTF-8 with a byte order mark, as spreadsheets want it), with ``lon``, ``lat`` and the codes.

    A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.
    """
    plain = add_codes(_plain(events))
    for name in plain.columns:
        if plain[name].dtype == "str" or plain[name].dtype == "object":
            plain[name] = plain[name].map(defuse, na_action="ignore")
    plain.insert(0, "lon", events.geometry.x)
    plain.insert(1, "lat", events.geometry.y)
    plain.index = plain.index.map(defuse)
    return plain.to_csv(index_label="event_id", lineterminator="\r\n").encode("utf-8-sig")


def defuse(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _write_geojson(events: gpd.GeoDataFrame, path: Path, provenance: Provenance) -> None:
    path.write_bytes(to_geojson(events, provenance))


def _write_csv(events: gpd.GeoDataFrame, path: Path, provenance: Provenance) -> None:
    path.write_bytes(to_csv(events))


def _write_gpkg(events: gpd.GeoDataFrame, path: Path, provenance: Provenance) -> None:
    table = gpd.GeoDataFrame(_plain(events), geometry=events.geometry).reset_index()
    described = {name.upper(): str(value) for name, value in describe_provenance(provenance).items()}
    table.to_file(path, layer="events", driver="GPKG", engine="pyogrio", geometry_type="Point", metadata=described)


def _write_parquet(events: gpd.GeoDataFrame, path: Path, provenance: Provenance) -> None:
    table = events.copy(deep=False)
    table.attrs = {"rasid": describe_provenance(provenance)}
    table.to_parquet(path, compression="zstd")


_WRITERS: dict[str, Callable[[gpd.GeoDataFrame, Path, Provenance], None]] = {
    ".geojson": _write_geojson,
    ".csv": _write_csv,
    ".gpkg": _write_gpkg,
    ".parquet": _write_parquet,
    ".kml": write_kml,
    ".html": write_html,
    ".png": write_png,
}


def read_events_file(path: Path) -> gpd.GeoDataFrame:
    """Read an events table back from GeoParquet, with every dtype as promised.

    Raises
    ------
    EventsError
        Where what was read is no events table.
    """
    refuse_store_path(path)
    return validate_events(conform_events(gpd.read_parquet(path)))
