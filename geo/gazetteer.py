"""The gazetteer: every installed index behind one interface, from names in text to candidate places."""

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import platformdirs
from rapidfuzz import fuzz

from geo.build import embedded_path
from geo.fold import fold_name
from geo.index import GazetteerError, Index, NameRow, spelling_hashes
from geo.kinds import kind_of
from geo.place import Candidate, Place
from geo.spelling import close, script, skeleton, sound
from geo.weak import is_weak_name

LONGEST_NAME = 8  # words
FUZZY_BOUND = 0.74  # spellings less alike than this are other names; see docs/geocoding.md
SAME_CLOSE = 0.97
MOST_CANDIDATES = 80
STRONG_POPULATION = 20_000
STRONG_FAMILIES = frozenset({"area", "military", "energy", "crossing", "water"})


def home_folder() -> Path:
    """Folder of installed gazetteers: RASID_HOME/gazetteers, else the user's data folder."""
    home = os.environ.get("RASID_HOME")
    return Path(home) / "gazetteers" if home else Path(platformdirs.user_data_dir("rasid")) / "gazetteers"


def installed_paths() -> list[Path]:
    """Installed gazetteers, in the order of their names."""
    return sorted(home_folder().glob("*.sqlite"))


def open_gazetteer(paths: Sequence[Path] | None = None) -> "Gazetteer":
    """Open the embedded gazetteer and everything installed (or just ``paths``).

    Raises
    ------
    GazetteerError
        Where the embedded index has not been built, or an index cannot be read; the message names the command to run.
    """
    if paths is None:
        if not embedded_path().is_file():
            raise GazetteerError(
                f"the embedded gazetteer is missing ({embedded_path()}): run `make setup`, or `rasid gazetteer build`"
            )
        paths = [embedded_path(), *installed_paths()]
    return Gazetteer([Index(path) for path in paths])


class Gazetteer:
    """Names -> places, over one or more indexes; the first index (the embedded one) wins ties."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        self.indexes = tuple(indexes)
        self.strength = lru_cache(maxsize=100_000)(self._strength)
        self._begins = lru_cache(maxsize=200_000)(self._begins_a_name)
        self._has = lru_cache(maxsize=100_000)(self._is_name)

    def longest_name(self, first: str, rest: Sequence[str]) -> int:
        """Count the words of the longest name that starts with ``first`` and goes on with words of ``rest``.

        Parameters
        ----------
        first
            Folded word, joined prefixes already removed.
        rest
            The folded words that follow it.

        Returns
        -------
        int
            Number of words including ``first``; 0 where no name begins here.
        """
        if not self._begins(first):
            return 0
        for length in range(min(LONGEST_NAME - 1, len(rest)), 0, -1):
            if self._has(" ".join((first, *rest[:length]))):
                return length + 1
        return 1 if self._has(first) else 0

    def _begins_a_name(self, word: str) -> bool:
        return any(index.begins(word) for index in self.indexes)

    def _is_name(self, key: str) -> bool:
        return any(index.has(key) for index in self.indexes)

    def _strength(self, folded_name: str) -> str | None:
        """Say how much a folded name alone speaks for a place.

        Returns
        -------
        str or None
            "strong", "weak" (also an ordinary word, very short, or small places only: needs context), None = no name.
        """
        places = [place for place, row in self.exact(folded_name) if row.scope is None]
        if not places:
            return None
        if is_weak_name(folded_name):
            return "weak"
        return "strong" if any(map(_is_prominent, places)) else "weak"

    def exact(self, key: str) -> list[tuple[Place, NameRow]]:
        """Places with exactly this folded name."""
        return [(index.place(row.place), row) for index in self.indexes for row in index.named(key)]

    def alike(self, key: str) -> list[tuple[Place, NameRow]]:
        """Places with a name that may be another spelling of this folded name, unsorted."""
        hashes = spelling_hashes(key)
        return [(index.place(row.place), row) for index in self.indexes for row in index.spelled(hashes)]

    def lookup(self, name: str, *, fuzzy: bool = True, kind: str | None = None) -> tuple[Candidate, ...]:
        """Find the places a name may mean, best spelling first.

        Parameters
        ----------
        name
            Bare name in any supported script.
        fuzzy
            Look for other spellings too.
        kind
            Kind asked for; lets names count that places bear only as such (an airport goes by its city's name).

        Returns
        -------
        tuple of Candidate
            ``score`` says how well the spelling fits: 1 for the same folded name, down to FUZZY_BOUND.
        """
        key = fold_name(name)
        family = kind_of(kind).family if kind else None
        best: dict[tuple[str, str], Candidate] = {}
        for place, row in self.exact(key):
            if row.scope in (None, family):
                _keep(best, Candidate(place, row.text, 1.0, ("same name",)))
        if fuzzy and key:
            for place, row in self.alike(key):
                if row.scope in (None, family) and row.key != key:
                    likeness = alikeness(key, row.key)
                    if likeness >= FUZZY_BOUND:
                        reason = (
                            "same name but for article or spacing" if likeness == SAME_CLOSE else "similar spelling"
                        )
                        _keep(best, Candidate(place, row.text, likeness, (f"{reason}: {row.text}",)))
        ranked = sorted(best.values(), key=lambda item: (-item.score, -item.place.population))
        return tuple(ranked[:MOST_CANDIDATES])

    def info(self) -> list[dict[str, str]]:
        """What each index says about itself: title, licence, places, names, path."""
        return [{**{item: str(value) for item, value in index.about.items()}, "path": str(index.path)}
                for index in self.indexes]  # fmt: skip


def alikeness(key: str, other: str) -> float:
    """How likely two folded names are spellings of one name, 0 to 1, in any scripts.

    Examples
    --------
    >>> alikeness("deir ez zor", "dayr az zawr") > alikeness("deir ez zor", "deir hafir")
    True
    """
    if close(key) == close(other):
        return SAME_CLOSE
    bones = fuzz.ratio(skeleton(key), skeleton(other)) / 100
    heard = fuzz.ratio(sound(key), sound(other)) / 100
    likeness = 0.6 * bones + 0.4 * heard
    if script(key) == script(other):
        likeness = max(likeness, 0.5 * (fuzz.ratio(close(key), close(other)) / 100 + bones))
    return 0.95 * likeness


def _keep(best: dict[tuple[str, str], Candidate], candidate: Candidate) -> None:
    place = candidate.place
    name = (place.source, place.place_id)
    if name not in best or best[name].score < candidate.score:
        best[name] = candidate


def _is_prominent(place: Place) -> bool:
    return place.population >= STRONG_POPULATION or kind_of(place.kind).family in STRONG_FAMILIES


def countries_of(places: Iterable[Place]) -> set[str]:
    """Country codes of places."""
    return {place.country for place in places if place.country}
