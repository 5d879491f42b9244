"""``rasid gazetteer``: build the embedded gazetteer, install others, list them."""

import csv
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from geo.build import build as build_embedded
from geo.build import embedded_path
from geo.columns import guess_columns
from geo.download import download
from geo.gazetteer import home_folder, open_gazetteer
from geo.install import GEONAMES, Columns, Report, install, read_csv, read_geojson, read_geonames
from pipeline.console import say, with_progress
from pipeline.errors import UsageError

app = typer.Typer(help="Build, install and list gazetteers.", no_args_is_help=True)
install_app = typer.Typer(help="Install a gazetteer beside the embedded one.", no_args_is_help=True)
app.add_typer(install_app, name="install")

GEONAMES_URL = "https://download.geonames.org/export/dump"
GEONAMES_LICENCE = "GeoNames, CC BY 4.0"

NameColumn = Annotated[str | None, typer.Option(help="column of the name")]
NamesColumn = Annotated[
    list[str] | None, typer.Option(help="column of more names, joined by --separator; may be repeated")
]
Separator = Annotated[str, typer.Option(help="what joins names inside one cell")]
Title = Annotated[str | None, typer.Option(help="name to install it under; by default the file's")]
Licence = Annotated[str, typer.Option(help="licence and credit, shown by `rasid gazetteer info`")]
IdColumn = Annotated[str | None, typer.Option(help="column of the row's own id")]
KindColumn = Annotated[str | None, typer.Option(help="column of the kind of place")]
CountryColumn = Annotated[str | None, typer.Option(help="column of the country, ISO 3166 alpha-2")]
Admin1Column = Annotated[str | None, typer.Option(help="column of the first-level area")]
Admin2Column = Annotated[str | None, typer.Option(help="column of the district")]
PopulationColumn = Annotated[str | None, typer.Option(help="column of the population")]
Skip = Annotated[list[str] | None, typer.Option(help="COLUMN=VALUE: leave out rows that have it; may be repeated")]


@app.command()
def build() -> None:
    """Build the embedded gazetteer (`make setup` does it)."""
    places, names = build_embedded(embedded_path())
    say(f"{embedded_path()}: {places:,} places, {names:,} names")


@app.command()
def info() -> None:
    """List the gazetteers in use."""
    for item in open_gazetteer().info():
        typer.echo(f"{item['title']}: {int(item['places']):,} places, {int(item['names']):,} names")
        typer.echo(f"  licence: {item.get('licence') or 'not stated'}\n  file: {item['path']}")
    typer.echo(f"further gazetteers are installed in {home_folder()}")


@app.command()
def remove(title: Annotated[str, typer.Argument(help="title of an installed gazetteer, as `info` shows it")]) -> None:
    """Remove an installed gazetteer."""
    for item in open_gazetteer().info():
        if item["title"] == title and Path(item["path"]).parent == home_folder():
            Path(item["path"]).unlink()
            say(f"removed {title} ({item['path']})")
            return
    raise UsageError(f"no installed gazetteer is called {title!r}; `rasid gazetteer info` lists them")


@install_app.command("csv")
def install_csv(
    files: Annotated[list[Path], typer.Argument(help="tables with a header, .csv or .tsv, also .gz; UTF-8")],
    name_column: NameColumn = None,
    lon_column: Annotated[str | None, typer.Option(help="column of the longitude, WGS 84 degrees")] = None,
    lat_column: Annotated[str | None, typer.Option(help="column of the latitude")] = None,
    names_column: NamesColumn = None,
    separator: Separator = "|",
    id_column: IdColumn = None,
    kind_column: KindColumn = None,
    country_column: CountryColumn = None,
    admin1_column: Admin1Column = None,
    admin2_column: Admin2Column = None,
    population_column: PopulationColumn = None,
    skip: Skip = None,
    delimiter: Annotated[str | None, typer.Option(help="column separator; by default , or tab for .tsv")] = None,
    title: Title = None,
    licence: Licence = "",
) -> None:
    """Install tables of places. Columns that are not named are guessed from the header and said."""
    given = Columns(
        name_column or "", lon_column or "", lat_column or "", tuple(names_column or ()), id_column, kind_column,
        country_column, admin1_column, admin2_column, population_column, separator, _conditions(skip),
    )  # fmt: skip
    _check_files(files)
    rows = chain.from_iterable(read_csv(path, delimiter) for path in files)
    _install(files[0], title, rows, given, licence)


@install_app.command("geojson")
def install_geojson(
    files: Annotated[list[Path], typer.Argument(help="GeoJSON FeatureCollections, also .gz; areas give a point")],
    name_column: NameColumn = None,
    names_column: NamesColumn = None,
    separator: Separator = "|",
    id_column: IdColumn = None,
    kind_column: KindColumn = None,
    country_column: CountryColumn = None,
    admin1_column: Admin1Column = None,
    admin2_column: Admin2Column = None,
    population_column: PopulationColumn = None,
    skip: Skip = None,
    title: Title = None,
    licence: Licence = "",
) -> None:
    """Install the features of GeoJSON files; columns are their properties."""
    given = Columns(
        name_column or "", "lon", "lat", tuple(names_column or ()), id_column, kind_column, country_column,
        admin1_column, admin2_column, population_column, separator, _conditions(skip),
    )  # fmt: skip
    _check_files(files)
    _install(files[0], title, chain.from_iterable(map(read_geojson, files)), given, licence)


@install_app.command("geonames")
def install_geonames(
    country: Annotated[
        str | None, typer.Option(help="countries to fetch, such as SY,IQ (allCountries = the whole world)")
    ] = None,
    file: Annotated[list[Path] | None, typer.Option(help="a dump already here, XX.zip or XX.txt; repeatable")] = None,
    url: Annotated[str, typer.Option(help="folder of the dumps")] = GEONAMES_URL,
    sha256: Annotated[str | None, typer.Option(help="checksum the (one) fetched file must have")] = None,
) -> None:
    """Install GeoNames country dumps: fetched with resume, or from --file."""
    if bool(country) == bool(file):
        raise UsageError("give either --country SY,IQ,... or --file PATH")
    if file:
        _check_files(file)
    for path in file or _fetch_dumps(country or "", url, sha256):
        report = install(f"GeoNames {path.stem}", _counted(read_geonames(path)), GEONAMES, licence=GEONAMES_LICENCE,
                         prefix="gn")  # fmt: skip
        _say_report(report)


def _fetch_dumps(countries: str, url: str, sha256: str | None) -> Iterator[Path]:
    codes = [code.strip() for code in countries.split(",") if code.strip()]
    if sha256 and len(codes) != 1:
        raise UsageError("--sha256 is the checksum of one file; name one country")
    for code in codes:
        name = code if code == "allCountries" else code.upper()
        if name != "allCountries" and not (len(name) == 2 and name.isascii() and name.isalpha()):
            raise UsageError(f"{code!r} is no two-letter country code")
        target = home_folder() / "downloads" / f"{name}.zip"
        say(f"fetching {url}/{name}.zip")
        found = download(f"{url}/{name}.zip", target, sha256=sha256)
        say(f"{target}: {target.stat().st_size:,} bytes, SHA-256 {found}")
        yield target


def _check_files(files: list[Path]) -> None:
    for path in files:
        if not path.is_file():
            raise UsageError(f"there is no file {path}")


def _conditions(skip: list[str] | None) -> tuple[tuple[str, str], ...]:
    pairs = [item.partition("=") for item in skip or ()]
    for column, equals, _ in pairs:
        if not equals:
            raise UsageError(f"--skip {column!r}: write COLUMN=VALUE")
    return tuple((column, value) for column, _, value in pairs)


def _install(path: Path, title: str | None, rows: Iterator[dict[str, str]], given: Columns, licence: str) -> None:
    first = next(rows, None)
    if first is None:
        raise UsageError(f"{path} has no rows")
    columns = guess_columns(given, list(first))
    say(f"columns: {describe_columns(columns)}")
    name = title or path.name.split(".")[0]
    _say_report(install(name, _counted(chain([first], rows)), columns, licence=licence))


def _counted(rows: Iterator[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
    csv.field_size_limit(1 << 24)
    return with_progress(rows, "Installing places", None)


def describe_columns(columns: Columns) -> str:
    """Say which column was taken for what."""
    told = {
        "name": columns.name, "lon": columns.lon, "lat": columns.lat, "names": ", ".join(columns.names),
        "id": columns.place_id, "kind": columns.kind, "country": columns.country, "admin1": columns.admin1,
        "admin2": columns.admin2, "population": columns.population,
        "skip": ", ".join(f"{name}={value}" for name, value in columns.skip),
    }  # fmt: skip
    return "; ".join(f"{what} {column}" for what, column in told.items() if column)


def _say_report(report: Report) -> None:
    say(f"{report.path}: {report.places:,} places, {report.names:,} names installed; {report.skipped:,} rows left out "
        f"on purpose, {report.refused:,} refused")  # fmt: skip
    for problem in report.problems:
        say(f"refused: {problem}")
