"""The part of the world the gazetteer is made for, and the sources of the embedded one: shared by several modules."""

REGION = frozenset([
    "SY", "IQ", "LB", "JO", "YE", "IL", "PS", "EG", "LY", "SD", "SS", "TR", "IR", "SA", "AE", "OM", "QA", "BH", "KW",
    "CY", "TN", "DZ", "MA", "EH", "ER", "DJ", "SO", "ET", "TD", "AF", "PK",
])  # fmt: skip
CURATED = frozenset({"Natural Earth", "GeoNames", "regions", "sites", "airportsdata"})
