"""What can go wrong, as a small family of errors whose messages are meant for people.

Each carries what was wrong, the offending value and what to do. An absent thing is a value, a broken promise an error.
"""


class RasidError(Exception):
    """Any fault of an input, a table or a call that Rasid found and can explain."""


class InputError(RasidError, ValueError):
    """An input that cannot be read as an article."""


class EventsError(RasidError, ValueError):
    """An events table that does not keep its promises; the message lists every fault."""


class UsageError(RasidError, ValueError):
    """A call that cannot work whatever the input: a missing file, an unknown format."""


class LanguageError(RasidError, ValueError):
    """A language that is not installed, or a folder of ``data/languages`` that is incomplete."""
