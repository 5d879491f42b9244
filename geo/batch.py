"""Lists of place descriptions: each one a query of its own, without neighbours."""

from dataclasses import replace

from geo.fold import fold_name
from geo.gazetteer import Gazetteer
from geo.phrase import bare_name, parse_phrase
from geo.place import PlaceQuery


def query_of(
    gazetteer: Gazetteer, name: str, country: str | None = None, admin1: str | None = None, kind: str | None = None
) -> PlaceQuery:
    """Make a query of a written place description and what is known beside it.

    Parameters
    ----------
    gazetteer
        Says which whole strings are names, so that their words are not taken apart.
    name
        Description such as "Homs town", "10 km north of X", "X, Y governorate".
    country
        ISO 3166 alpha-2 code, or a country's name.
    admin1, kind
        First-level area and kind of place, where known.
    """
    query = parse_phrase(name, lambda text: gazetteer.strength(fold_name(text)) is not None)
    return replace(
        query,
        country=country_code(gazetteer, country),
        admin1=bare_name(admin1) if admin1 else None,
        kind=kind or query.kind,
    )


def country_code(gazetteer: Gazetteer, country: str | None) -> str | None:
    """ISO 3166 alpha-2 code of a code or a country's name; None where it is neither."""
    if not country or not country.strip():
        return None
    if len(country.strip()) == 2 and country.strip().isalpha():
        return country.strip().upper()
    found = [item.place for item in gazetteer.lookup(country, kind="country") if item.place.kind == "country"]
    return found[0].country if found else None
