"""Which language model is asked, and how much of it is put up with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from pipeline.errors import RasidError, UsageError

_PATH = "/chat/completions"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class ModelError(RasidError):
    """A language model that cannot be reached, or whose answer cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """An OpenAI-compatible endpoint and the bounds one article's question must keep.

    Raises
    ------
    UsageError
        Where the address is none, no model is named, or a key would travel unencrypted to another machine.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    deadline_s: float = 120.0  # seconds of wall clock for the whole call, connection and answer together
    most_bytes: int = 1_000_000  # of an answer
    longest_text: int = 60_000  # characters of an article that is sent at all

    def __post_init__(self) -> None:
        address = _address(self.url)
        if not self.model:
            raise UsageError("RASID_LLM_MODEL is not set; name the model that RASID_LLM_URL serves")
        if self.key and not (self.key.isascii() and self.key.isprintable()):
            raise UsageError("RASID_LLM_KEY holds characters that no key has; copy it anew, without line breaks")
        if self.key and address.scheme == "http" and address.hostname not in _LOOPBACK:
            raise UsageError(f"RASID_LLM_KEY would travel unencrypted to {address.hostname}; use https")

    @property
    def endpoint(self) -> str:
        """Address questions are posted to.

        Examples
        --------
        >>> ModelSettings("http://localhost:8080", "any").endpoint
        'http://localhost:8080/v1/chat/completions'
        """
        base = self.url.rstrip("/")
        if base.endswith(_PATH):
            return base
        return base + _PATH if urlsplit(base).path else f"{base}/v1{_PATH}"


def _address(url: str) -> SplitResult:
    try:
        address = urlsplit(url)
        usable = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:  # brackets that do not close, a port out of range
        usable = False
    if not usable:
        raise UsageError(f"RASID_LLM_URL is {url!r}; it must be an address such as http://localhost:8080/v1")
    return address


def settings_from(environment: Mapping[str, str]) -> ModelSettings:
    """Settings named by ``RASID_LLM_URL``, ``RASID_LLM_MODEL``, ``RASID_LLM_KEY`` and ``RASID_LLM_SECONDS``.

    Raises
    ------
    UsageError
        Where no address is set or a setting cannot be used.
    """
    url = environment.get("RASID_LLM_URL", "")
    if not url:
        raise UsageError("No language model is set: give its address in RASID_LLM_URL and its name in RASID_LLM_MODEL")
    seconds = environment.get("RASID_LLM_SECONDS", "120")
    try:
        deadline = float(seconds)
    except ValueError:
        deadline = 0.0
    if not 0 < deadline <= 3600:
        raise UsageError(f"RASID_LLM_SECONDS is {seconds!r}; it must be a number of seconds up to 3600")
    model, key = environment.get("RASID_LLM_MODEL", ""), environment.get("RASID_LLM_KEY") or None
    return ModelSettings(url, model, key, deadline_s=deadline)
