"""Spelling repair that leaves real words alone: "dose" is never read as "does"."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

KNOWN_ENGLISH = 45_000
COMMON_ENGLISH = 20_000
LONGEST_READ = 20 * KNOWN_ENGLISH
SHORT_WORD = 7
SHORTEST_REPAIRED = 4
MOST_REPAIRED = 12
KEPT_WORDS = 256
"""The parts of a message are read one by one too, and then again with the same mistakes."""


def english() -> dict[str, int]:
    """Frequent English words with their rank, the most frequent first (from symspellpy's word list)."""
    spec = find_spec("symspellpy")
    if spec is None or not spec.submodule_search_locations:
        return {}
    path = Path(spec.submodule_search_locations[0]) / "frequency_dictionary_en_82_765.txt"
    with path.open(encoding="utf-8-sig") as lines:
        words = lines.read(LONGEST_READ).split()[0 : 2 * KNOWN_ENGLISH : 2]
    return {word: rank for rank, word in enumerate(words)}


class Speller:
    """Reads a misspelt word as one the content uses, or else as a frequent English one."""

    def __init__(
        self, vocabulary: Iterable[str], ranks: Mapping[str, int], left_alone: Callable[[str], bool] = lambda _: False
    ) -> None:
        """`left_alone`: whether a word that is none is not respelled either."""
        self._left_alone = left_alone
        self._vocabulary = {word for word in vocabulary if word.isalpha()}
        self._ranks = ranks
        self._near = {reach: _around(self._vocabulary, reach) for reach in (1, 2)}
        self._common = _around(list(ranks)[:COMMON_ENGLISH], 1)
        self._nearest = lru_cache(maxsize=KEPT_WORDS)(self._look_up)

    def known(self, word: str) -> bool:
        """Whether it is a word as it stands."""
        return word in self._vocabulary or word in self._ranks or not word.isalpha()

    def repaired(self, words: list[str]) -> list[str]:
        """The words with the misspelt ones respelled; at most a dozen, so that gibberish costs no time."""
        left = MOST_REPAIRED
        out = []
        for word in words:
            if left and len(word) >= SHORTEST_REPAIRED - 1 and not self.known(word) and not self._left_alone(word):
                left -= 1
                word = self._nearest(word) or word
            out.append(word)
        return out

    def _look_up(self, word: str) -> str | None:
        reach = 1 if len(word) <= SHORT_WORD else 2
        return self._closest(word, self._near[reach], reach) or self._closest(word, self._common, 1)

    def _closest(self, word: str, within: Mapping[int, list[str]], reach: int) -> str | None:
        near = process.extract(word, within.get(len(word), ()), scorer=OSA.distance, score_cutoff=reach, limit=12)
        if len(word) < SHORTEST_REPAIRED:
            near = [match for match in near if sorted(match[0]) == sorted(word)]
        return min(near, key=lambda match: self._rank(word, match[0], match[1]), default=(None,))[0]

    def _rank(self, word: str, choice: str, distance: float) -> tuple[float, bool, bool, int]:
        return (
            distance,
            _undoubled(choice) != _undoubled(word),
            choice[0] != word[0],
            self._ranks.get(choice, KNOWN_ENGLISH),
        )


def _around(words: Iterable[str], reach: int) -> dict[int, list[str]]:
    """By length: the words that differ from it in length by no more than `reach`."""
    around: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        for length in range(len(word) - reach, len(word) + reach + 1):
            around[length].append(word)
    return dict(around)


def _undoubled(word: str) -> str:
    """The word without doubled letters: leaving one out is the commonest mistake."""
    return "".join(letter for letter, _ in groupby(word))
