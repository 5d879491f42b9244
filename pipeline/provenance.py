"""How a file of events was made, as every format says it."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

CITATION = "Rasid, events read by machine from news texts; see the source of each event"
LICENCE = "Places: GeoNames (CC BY 4.0), Natural Earth (public domain), airportsdata (MIT), Rasid's sites (Apache-2.0)"


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a file was made: what its reader needs to judge and cite it."""

    generated_at: datetime
    version: str
    filter: dict[str, Any] = field(default_factory=dict)
    citation: str = CITATION
    licence: str = LICENCE


def describe_provenance(provenance: Provenance) -> dict[str, Any]:
    """Say how a file was made in plain words and lists."""
    return {**asdict(provenance), "generated_at": provenance.generated_at.isoformat(timespec="seconds")}
