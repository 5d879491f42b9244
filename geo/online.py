"""Ask an online geocoder about names the gazetteers lack: off by default, polite, and never trusted.

Answers are proposals, not placements: they carry their service and licence and wait for a person. "No such place" is
told apart from "no answer": only the first is kept for good, the rest is noted and may be asked again.
"""

import json
import math
import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from geopy import exc
from geopy.geocoders import GeoNames, Nominatim, Photon
from geopy.location import Location

from geo.admin import load_areas
from geo.gazetteer import home_folder
from geo.index import GazetteerError
from geo.online_http import DeadlineAdapter
from geo.online_store import OnlineStore
from geo.place import UNPLACED, Placement

FOUND, NOT_FOUND = "found", "not_found"
UNAVAILABLE, RATE_LIMITED, FORBIDDEN, IMPLAUSIBLE = "unavailable", "rate_limited", "forbidden", "implausible"
PACE_SECONDS = 1.0  # one request a second and service, all processes together
DEADLINE_SECONDS = 10.0
PATIENCE_SECONDS = 60.0  # longest wait for a slot
BLOCK_SECONDS = 24 * 3600.0
RETRY_SECONDS = 60.0  # after "too many requests" without a Retry-After
EXTENT_KM = 10.0
LONGEST_NAME = 200
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+")
LICENCES = {
    "nominatim": "ODbL, © OpenStreetMap contributors",
    "photon": "ODbL, © OpenStreetMap contributors",
    "geonames": "CC BY 4.0, GeoNames",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a service said about one question; coordinates are None unless the outcome is ``found``."""

    outcome: str  # found, not_found, unavailable, rate_limited, forbidden, implausible
    service: str
    question: str
    name: str | None = None
    lon: float | None = None
    lat: float | None = None
    extent_km: float | None = None
    country: str | None = None
    licence: str | None = None
    reason: str = ""


class OnlineError(GazetteerError):
    """An online geocoder is set up in a way that cannot work or would be impolite; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Service:
    """An online geocoder to ask.

    ``name`` is nominatim, photon or geonames; ``contact`` (an e-mail address or web page) goes into the user agent, as
    the services demand; ``server`` is one's own instance ("http://localhost:8080"); ``username`` is GeoNames' account.
    """

    name: str
    contact: str
    server: str | None = None
    username: str | None = None
    deadline: float = DEADLINE_SECONDS
    pace: float = PACE_SECONDS
    patience: float = PATIENCE_SECONDS

    def __post_init__(self) -> None:
        if self.name not in LICENCES:
            raise OnlineError(f"{self.name!r} is no known service; choose one of {', '.join(LICENCES)}")
        if not _CONTACT.fullmatch(self.contact.strip()):
            raise OnlineError(
                f"contact {self.contact!r} must be an e-mail address or a web page: the services ask for it"
            )
        if self.name == "geonames" and not self.username:
            raise OnlineError("geonames needs a username (register one there)")

    @property
    def key(self) -> str:
        """Name under which pace, blocks and answers are kept: one for each server."""
        return f"{self.name} {self.server}" if self.server else self.name


def store_path() -> Path:
    """File that all processes share."""
    return home_folder().parent / "online.sqlite"


class OnlineGeocoder:
    """Asks one service, with the shared store."""

    def __init__(self, service: Service, store: OnlineStore | None = None) -> None:
        self.service = service
        self.store = store or OnlineStore(store_path())
        self._ask = _ASK[service.name](service)

    def propose(self, name: str, country: str | None = None) -> Proposal:
        """Ask about one name.

        Parameters
        ----------
        name
            What to look for.
        country
            ISO 3166 alpha-2 code the answer must lie in, where known.

        Returns
        -------
        Proposal
            From the store where the question was answered before; its outcome says what happened, never None.
        """
        service, question = self.service.key, json.dumps([name.strip(), country], ensure_ascii=False)
        kept = self.store.answer(service, question)
        if kept:
            return Proposal(**json.loads(kept[1]))
        reason = self.store.blocked(service)
        if reason:
            return self._without_answer(question, FORBIDDEN, f"not asked: {reason}")
        wait = self.store.reserve(service, self.service.pace, self.service.patience)
        if wait is None:
            return self._without_answer(question, RATE_LIMITED, "not asked: too many questions are waiting")
        time.sleep(wait)
        return self._ask_now(question, name.strip(), country)

    def _ask_now(self, question: str, name: str, country: str | None) -> Proposal:
        try:
            location = self._ask(name, country)
        except (exc.GeocoderInsufficientPrivileges, exc.GeocoderAuthenticationFailure) as error:
            reason = f"the service refuses us ({error}); it is not asked again for a day"
            self.store.block(self.service.key, BLOCK_SECONDS, reason)
            return self._without_answer(question, FORBIDDEN, reason)
        except (exc.GeocoderRateLimited, exc.GeocoderQuotaExceeded) as error:
            pause = float(getattr(error, "retry_after", None) or RETRY_SECONDS)
            self.store.hold_back(self.service.key, pause)
            return self._without_answer(question, RATE_LIMITED, f"too many requests; next one in {pause:.0f} s")
        except (exc.GeopyError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            return self._without_answer(question, UNAVAILABLE, str(error) or type(error).__name__)
        return self._keep(self._judge(question, location, country))

    def _judge(self, question: str, location: Location | None, country: str | None) -> Proposal:
        if location is None:
            return Proposal(NOT_FOUND, self.service.name, question)
        lon, lat = float(location.longitude), float(location.latitude)
        fault = find_fault(lon, lat, country)
        if fault:
            return Proposal(IMPLAUSIBLE, self.service.name, question, reason=fault)
        area = load_areas().locate(lon, lat)
        return Proposal(
            FOUND, self.service.name, question, clean_name(location.address), lon, lat, EXTENT_KM,
            area.country if area else country, LICENCES[self.service.name],
        )  # fmt: skip

    def _keep(self, proposal: Proposal) -> Proposal:
        body = json.dumps(asdict(proposal), ensure_ascii=False)
        self.store.keep(self.service.key, proposal.question, proposal.outcome, body)
        return proposal

    def _without_answer(self, question: str, outcome: str, reason: str) -> Proposal:
        self.store.postpone(self.service.key, question, outcome)
        return Proposal(outcome, self.service.name, question, reason=reason)

    def retry(self) -> list[Proposal]:
        """Ask again what this service left unanswered."""
        open_questions = [item.question for item in self.store.pending() if item.service == self.service.key]
        return [self.propose(*json.loads(question)) for question in open_questions]


def find_fault(lon: float, lat: float, country: str | None) -> str | None:
    """Why a point cannot be the answer, or None: not on the globe, or outside the country asked for."""
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        return f"longitude {lon}, latitude {lat} is no point on the globe"
    if country is None or load_areas().country(country) is None:
        return None
    area = load_areas().locate(lon, lat, country)
    if area is not None and area.country == country:
        return None
    turned = load_areas().locate(lat, lon, country) if abs(lon) <= 90 else None
    hint = "; with longitude and latitude exchanged it would lie there" if turned and turned.country == country else ""
    return f"longitude {lon}, latitude {lat} lies outside {country}{hint}"


def clean_name(text: object) -> str:
    """A service's text as plain data: no control or invisible characters, bounded; markup stays text."""
    kept = "".join(letter for letter in str(text) if unicodedata.category(letter)[0] != "C")
    return kept[:LONGEST_NAME]


def propose_all(placements: Iterable[Placement], online: OnlineGeocoder) -> Iterator[Proposal | None]:
    """Ask about every unplaced name; None for the names that need no asking."""
    for item in placements:
        wanted = item.status == UNPLACED and item.query.name.strip()
        yield online.propose(item.query.name, item.query.country) if wanted else None


Ask = Callable[[str, str | None], Location | None]
"""Asks one service about a name, in a country where one is known; None where it knows no such place."""


def _options(service: Service) -> dict[str, object]:
    given: dict[str, object] = {
        "user_agent": f"rasid/0.1 ({service.contact.strip()})",
        "timeout": service.deadline,
        "adapter_factory": DeadlineAdapter,
    }
    if service.server:
        parts = urlsplit(service.server if "//" in service.server else f"https://{service.server}")
        given |= {"domain": f"{parts.netloc}{parts.path}".rstrip("/"), "scheme": parts.scheme}
    return given


def _nominatim(service: Service) -> Ask:
    geocoder = Nominatim(**_options(service))
    return lambda name, country: geocoder.geocode(name, country_codes=country.lower() if country else None)


def _photon(service: Service) -> Ask:
    geocoder = Photon(**_options(service))

    def ask(name: str, country: str | None) -> Location | None:
        """Photon knows boxes, no countries."""
        area = load_areas().country(country) if country else None
        west, south, east, north = area.geometry.bounds if area else (0, 0, 0, 0)
        return geocoder.geocode(name, bbox=[(south, west), (north, east)] if area else None)

    return ask


def _geonames(service: Service) -> Ask:
    geocoder = GeoNames(service.username, **_options(service))
    return lambda name, country: geocoder.geocode(name, country=country)


_ASK: dict[str, Callable[[Service], Ask]] = {"nominatim": _nominatim, "photon": _photon, "geonames": _geonames}
