"""Where a dateline ends: «دبي، الإمارات (CNN) --», "BEIRUT (Reuters) -"; its places are where it was written."""

from pipeline.annotate import Notes

_LONGEST_DATELINE = 14
_SHORT_DATELINE = 6
_DASHES = frozenset("-–—")


def dateline_end(notes: Notes) -> int:
    """First token after a dateline («دبي، الإمارات (CNN) --», "BEIRUT (Reuters) -"); 0 where there is none."""
    tokens = notes.text.tokens[:_LONGEST_DATELINE]
    for index, token in enumerate(tokens):
        if token.raw in _DASHES and index and (tokens[index - 1].raw == ")" or _is_open(notes, index)):
            return index + 1
    return 0


def _is_open(notes: Notes, index: int) -> bool:
    """Say whether nothing but names stands before ``index``: no verb, no attack."""
    tokens = notes.text.tokens
    if (
        index + 1 < len(tokens)
        and tokens[index - 1].end == tokens[index].start
        and tokens[index].end == tokens[index + 1].start
    ):
        return False  # a hyphen: "U.S.-led"
    return index <= _SHORT_DATELINE and not any(notes.has(c, 0, index) for c in ("trigger", "cue:speech", "cue:person"))
