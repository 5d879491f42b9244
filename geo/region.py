"""The part of the world the gazetteer is made for, and the sources of the embedded one: shared by several modules."""

REGION = frozenset([
    "SY", "IQ", "LB", "JO", "YE", "IL", "PS", "EG", "LY", "SD", "SS", "TR", "IR", "SA", "AE", "OM", "QA", "BH", "KW",
    "CY", "TN", "DZ", "MA", "EH", "ER", "DJ", "SO", "ET", "TD", "AF", "PK",
])  # fmt: skip
BESIDE = frozenset({"ML", "NE", "BF", "MR"})
"""Countries outside the region whose small towns its news names, too."""
CURATED = frozenset({"Natural Earth", "GeoNames", "regions", "sites", "airportsdata"})
ARABIC = frozenset([
    "SY", "IQ", "LB", "JO", "YE", "PS", "EG", "LY", "SD", "SA", "AE", "OM", "QA", "BH", "KW", "TN", "DZ", "MA", "EH",
    "MR",
])  # fmt: skip
"""Countries whose places are called in Arabic first."""


def country_fits(stated: str | None, found: str | None) -> bool:
    """Say whether a place of country ``found`` may be told as one of ``stated``; sources mix Israel and Palestine."""
    return stated is None or found is None or found == stated or {stated, found} == {"IL", "PS"}
