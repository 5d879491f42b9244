"""What can go wrong with a store; every message says what to do."""

from collections.abc import Mapping
from typing import Any

from pipeline.errors import RasidError, UsageError


class StoreError(RasidError):
    """A store that cannot do what was asked."""


class StoreMissingError(StoreError):
    """There is no store where one was asked for."""


class StoreLockedError(StoreError):
    """Another process is writing and did not finish in time; nothing was changed."""


class StoreFullError(StoreError):
    """There is no room left on the disk; nothing was changed."""


class StoreReadOnlyError(StoreError):
    """The file or its folder may not be written; nothing was changed."""


class StoreDamagedError(StoreError):
    """The file is not a whole store."""


class StoreNewerError(StoreError):
    """The store was written by a newer Rasid; nothing was changed."""


class StoreUnavailableError(StoreError):
    """The database server cannot be reached."""


class LiveStoreError(StoreError, UsageError):
    """Somebody asked a file reader to open the live store, which would damage it."""


class NotFoundError(StoreError, LookupError):
    """The store holds no such article, event, report or user."""


class NotAllowedError(StoreError, PermissionError):
    """The person may not do this."""


class ReviewError(StoreError, ValueError):
    """A change that the review rules do not allow."""


class ConflictError(StoreError):
    """Somebody else changed the event first.

    Attributes
    ----------
    event_id : str
    version : int
        The version the event has now.
    theirs : Mapping
        field -> (value you saw, value now), for every field changed since the version you saw.
    yours : Mapping
        field -> value you wanted.
    who, when : str
        Who changed it last and when (ISO 8601, UTC).
    """

    def __init__(
        self,
        event_id: str,
        version: int,
        theirs: Mapping[str, tuple[Any, Any]],
        yours: Mapping[str, Any],
        who: str,
        when: str,
    ) -> None:
        self.event_id, self.version, self.theirs, self.yours = event_id, version, dict(theirs), dict(yours)
        self.who, self.when = who, when
        changed = "; ".join(f"{name}: {old!r} -> {new!r}" for name, (old, new) in self.theirs.items()) or "its reports"
        wanted = "; ".join(f"{name}: {value!r}" for name, value in self.yours.items())
        super().__init__(
            f"{who} changed event {event_id} at {when} ({changed}), after you opened it. Nothing of yours was saved"
            f"{f' ({wanted})' if wanted else ''}: look at the difference and save again on version {version}"
        )
