"""The gazetteer: every installed index behind one interface, from names in text to candidate places."""

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import platformdirs

from geo.build import embedded_path
from geo.fold import fold_name
from geo.index import GazetteerError, Index, NameRow
from geo.kinds import kind_of
from geo.likeness import FUZZY_BOUND, SAME_CLOSE, likenesses
from geo.place import Candidate, Place
from geo.region import ARABIC, REGION, country_fits
from geo.spelling import script, split_at_articles
from geo.weak import is_strong_name, is_weak_name

LONGEST_NAME = 8  # words
MOST_CANDIDATES = 80
FOREIGN_TIMES = 0.3  # chance that an Arabic name is meant by a Latin spelling of a place whose Arabic name is another
MOST_SPELLINGS = 40  # other spellings of one name that are followed to their places
MOST_OF_A_SPELLING = 40  # places followed for each
STRONG_POPULATION = 20_000  # people in a town of the region, from which its main name alone means it
ALIAS_POPULATION = 60_000  # and its other names
WORLD_POPULATION = 500_000  # and in a town elsewhere
OWN_TABLES = frozenset({"sites", "regions"})
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
        found = self.exact(folded_name)
        if not found:
            return None
        if is_weak_name(folded_name):
            return "weak"
        if is_strong_name(folded_name):
            return "strong"
        own = ((place, row.text) for place, row in found if row.scope is None)
        return "strong" if any(_is_prominent(place, text) for place, text in own) else "weak"

    def exact(self, key: str, countries: Sequence[str] = ()) -> list[tuple[Place, NameRow]]:
        """Places with exactly this folded name, the largest first, those of ``countries`` before others."""
        return [(index.place(row.place), row) for index in self.indexes for row in index.named(key, countries)]

    def is_known(self, name: str, country: str | None = None) -> bool:
        """Say whether a place, of ``country`` where one is given, has this very name."""
        key = fold_name(name)
        if country is None:
            return self._has(key)
        return any(country_fits(country, place.country) for place, _ in self.exact(key, (country,)))

    def lookup(
        self, name: str, *, fuzzy: bool = True, kind: str | None = None, countries: Sequence[str] = ()
    ) -> tuple[Candidate, ...]:
        """Find the places a name may mean, best spelling first.

        Parameters
        ----------
        name
            Bare name in any supported script.
        fuzzy
            Look for other spellings too; without it, for the same letters only, give or take articles and spaces.
        kind
            Kind asked for; lets names count that places bear only as such (an airport goes by its city's name).
        countries
            Where other spellings are looked for (ISO 3166 alpha-2); everywhere where none is given.

        Returns
        -------
        tuple of Candidate
            ``score`` says how well the spelling fits: 1 for the same folded name, down to FUZZY_BOUND.
        """
        key = fold_name(name)
        family = kind_of(kind).family if kind else None
        best: dict[str, Candidate] = {}
        exact = self.exact(key, countries) or [
            found for split in split_at_articles(key) for found in self.exact(split, countries)
        ]
        free = family is None and all(row.scope is not None for _, row in exact)
        for place, row in exact:
            if free or row.scope in (None, family):
                _keep(best, _candidate(place, row, key))
        for index in self.indexes if key else ():
            for row in index.same_but_for_spaces(key, countries):
                if row.scope in (None, family) and row.key != key:
                    _keep(best, _candidate(index.place(row.place), row, key))
            if fuzzy:
                self._keep_alike(best, index, key, family, countries)
        ranked = sorted(best.values(), key=lambda item: (-item.score, -item.place.population))
        return tuple(ranked[:MOST_CANDIDATES])

    def _keep_alike(
        self, best: dict[str, Candidate], index: Index, key: str, family: str | None, countries: Sequence[str]
    ) -> None:
        forms = index.forms(key, countries)
        chances = likenesses(key, forms)
        good = np.flatnonzero((chances >= FUZZY_BOUND) & (chances < SAME_CLOSE))
        good = good[np.argsort(-chances[good], kind="stable")][:MOST_SPELLINGS]
        arabic = script(key) == "arabic"
        alike = {forms.keys[number]: float(chances[number]) for number in good.tolist() if forms.keys[number] != key}
        for row in index.named_any(list(alike), MOST_OF_A_SPELLING):
            place = index.place(row.place)
            if row.scope in (None, family) and (not countries or place.country is None or place.country in countries):
                chance = alike[row.key] * (FOREIGN_TIMES if arabic and _goes_by_another(place, row) else 1.0)
                if chance >= FUZZY_BOUND:
                    _keep(best, Candidate(place, row.text, chance, (f"spelled {row.text}",)))

    def info(self) -> list[dict[str, str]]:
        """What each index says about itself: title, licence, places, names, path."""
        return [{**{item: str(value) for item, value in index.about.items()}, "path": str(index.path)}
                for index in self.indexes]  # fmt: skip


def _candidate(place: Place, row: NameRow, key: str) -> Candidate:
    """A place that bears the name, give or take articles and spaces; an old name of it is no surer than that."""
    reason = f"as {row.text}, an old or colloquial name" if row.weak else f"as {row.text}"
    return Candidate(place, row.text, 1.0 if row.key == key and not row.weak else SAME_CLOSE, (reason,))


def _goes_by_another(place: Place, row: NameRow) -> bool:
    """Say whether a Latin spelling is of a place that is called in Arabic first, and whose Arabic name is known."""
    return place.name_ar is not None and place.country in ARABIC and script(row.key) == "latin"


def _keep(best: dict[str, Candidate], candidate: Candidate) -> None:
    place = candidate.place
    if place.place_id not in best or best[place.place_id].score < candidate.score:
        best[place.place_id] = candidate


def _is_prominent(place: Place, name: str) -> bool:
    if kind_of(place.kind).family in STRONG_FAMILIES:
        return True
    if place.country not in REGION:
        return place.population >= WORLD_POPULATION
    if place.source in OWN_TABLES:
        return place.kind in ("city", "town", "camp") or " " in fold_name(name)
    main = name in (place.name, place.name_ar)
    return place.population >= (STRONG_POPULATION if main else ALIAS_POPULATION)


def countries_of(places: Iterable[Place]) -> set[str]:
    """Country codes of places."""
    return {place.country for place in places if place.country}
