"""``rasid gazetteer``: build the embedded gazetteer, install others, list them."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from geo.build import build as build_embedded
from geo.build import embedded_path
from geo.columns import guess_columns
from geo.download import download
from geo.gazetteer import home_folder, open_gazetteer
from geo.geonames import DUMP_URL, GEONAMES, LICENCE, WHOLE_WORLD, dump_urls, read_geonames
from geo.geonames import alternate_names as read_alternate_names
from geo.install import Report, install
from geo.table import Columns, read_csv, read_geojson
from pipeline.console import say, with_progress
from pipeline.errors import UsageError

app = typer.Typer(help="Build, install and list gazetteers.", no_args_is_help=True)
install_app = typer.Typer(help="Install a gazetteer beside the embedded one.", no_args_is_help=True)
app.add_typer(install_app, name="install")

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
    alternate_names: Annotated[
        Path | None, typer.Option(help="with one --file: its file of alternate names, .zip or .txt")
    ] = None,
    without_alternate_names: Annotated[
        bool, typer.Option("--without-alternate-names", help="with --country: fetch the dump only")
    ] = False,
    url: Annotated[str, typer.Option(help="folder of the dumps")] = DUMP_URL,
    sha256: Annotated[str | None, typer.Option(help="checksum the (one) fetched dump must have")] = None,
    alternate_names_sha256: Annotated[
        str | None, typer.Option(help="checksum its file of alternate names must have")
    ] = None,
) -> None:
    """Install GeoNames country dumps with their alternate names: fetched with resume, or from local files."""
    if bool(country) == bool(file):
        raise UsageError("give either --country SY,IQ,... or --file PATH")
    if alternate_names and (not file or len(file) != 1):
        raise UsageError("--alternate-names goes with one --file")
    _check_files([*(file or ()), *([alternate_names] if alternate_names else ())])
    if file:
        for path in file:
            _install_dump(path, alternate_names)
        return
    codes = _country_codes(country or "")
    if (sha256 or alternate_names_sha256) and len(codes) != 1:
        raise UsageError("a checksum is that of one file; name one country")
    for code in codes:
        dump, names = dump_urls(url.rstrip("/"), code)
        path = _fetch(dump, f"{code}.zip", sha256)
        more = None if without_alternate_names else _fetch(names, f"{code}-names.zip", alternate_names_sha256)
        _install_dump(path, more)


def _country_codes(countries: str) -> list[str]:
    given = [code.strip() for code in countries.split(",") if code.strip()]
    codes = [code if code == WHOLE_WORLD else code.upper() for code in given]
    for code in codes:
        if code != WHOLE_WORLD and not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise UsageError(f"{code!r} is no two-letter country code")
    return codes


def _fetch(url: str, name: str, sha256: str | None) -> Path:
    target = home_folder() / "downloads" / name
    say(f"fetching {url}")
    found = download(url, target, sha256=sha256)
    say(f"{target}: {target.stat().st_size:,} bytes, SHA-256 {found}")
    return target


def _install_dump(path: Path, more: Path | None) -> None:
    with ExitStack() as stack:
        names = None
        if more:
            scratch = home_folder() / "downloads" / f"{path.stem}-names.scratch"
            names = stack.enter_context(read_alternate_names(more, scratch))
            say(
                f"{more}: {names.names:,} alternate names kept, {names.left_out:,} of other languages, links and codes "
                "left out"
            )
        rows = _counted(read_geonames(path, names))
        _say_report(install(f"GeoNames {path.stem}", rows, GEONAMES, licence=LICENCE, prefix="gn"))


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
