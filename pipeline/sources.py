"""What a report's source is (official, agency, monitor, local, party, media, unknown) and where it is at home."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from geo.fold import fold_name
from geo.region import REGION

_TABLE = Path(__file__).resolve().parent.parent / "data" / "sources.csv"
UNKNOWN, PARTY = "unknown", "party"


@dataclass(frozen=True, slots=True)
class _Outlet:
    pattern: str  # folded, a space at either end
    kind: str
    country: str  # ISO 3166 alpha-2; empty for those who report from anywhere


@lru_cache(maxsize=1)
def _outlets() -> list[_Outlet]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = [_Outlet(f" {fold_name(row['pattern'])} ", row["kind"], row["country"]) for row in csv.DictReader(file)]
    return sorted(rows, key=lambda row: -len(row.pattern))


@lru_cache(maxsize=1)
def _joined() -> dict[str, _Outlet]:
    """Outlets by their pattern without spaces, as it stands in an address."""
    return {row.pattern.replace(" ", ""): row for row in reversed(_outlets())}


def _named(source: str) -> _Outlet | None:
    folded = f" {fold_name(source)} "
    return next((row for row in _outlets() if row.pattern in folded), None)


@lru_cache(maxsize=4096)
def source_kind(source: str | None) -> str:
    """Say what kind of source a name is, by the longest name of ``data/sources.csv`` in it.

    Examples
    --------
    >>> source_kind("Reuters"), source_kind("Al-Masirah TV"), source_kind(None)
    ('agency', 'party', 'unknown')
    """
    outlet = _named(source) if source else None
    return outlet.kind if outlet else UNKNOWN


@lru_cache(maxsize=4096)
def home_country(source: str | None, url: str | None = None) -> str | None:
    """Country an outlet reports from and about, as a hint for the choice of places.

    The name decides by ``data/sources.csv``; where it is not known, the words of the article's address, and else its
    top-level domain, if that is one of a country of the region.

    Returns
    -------
    str or None
        ISO 3166 alpha-2; None for outlets that look at the whole region, and for unknown ones.

    Examples
    --------
    >>> home_country("SANA"), home_country("Reuters", "https://reuters.com/x"), home_country(None, "https://news.example.ye/1")
    ('SY', None, 'YE')
    """
    labels = _host(url).split(".")
    outlet = (_named(source) if source else None) or next(
        (_joined()[word] for word in labels if word in _joined()), None
    )
    if outlet is not None:
        return outlet.country or None
    domain = labels[-1].upper()
    return domain if domain in REGION else None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").replace("-", "")
    except ValueError:  # no address at all
        return ""
