"""BM25 over all that is said for each owner together, whichever its terms are: words, or pairs of neighbours."""

from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Generic, TypeVar

K1 = 1.2
B = 0.75
EVERYWHERE = 0.8
LONG_POSTING = 800

T = TypeVar("T", str, tuple[str, str])
K = TypeVar("K", str, int)


class Bm25(Generic[T]):
    """Scores from 0 to 1: the share of what a text with exactly the question's terms would get.

    `counts`: how often each owner has each term; they are kept.
    """

    def __init__(self, counts: dict[T, dict[str, float]]) -> None:
        lengths: dict[str, float] = {}
        for owners in counts.values():
            for owner, times in owners.items():
                lengths[owner] = lengths.get(owner, 0.0) + times
        average = sum(lengths.values()) / max(1, len(lengths))
        self._norms = {owner: K1 * (1 - B + B * length / average) for owner, length in lengths.items()}
        self._counts: dict[T, dict[str, float]] = counts
        self._everyone = len(lengths)
        self._most = 0.5 * log(1 + len(lengths))

    def find(self, terms: Iterable[T]) -> dict[str, float]:
        """Whoever has any of the terms, and how well."""
        rarity = {term: self._rarity(term) for term in sorted(set(terms))}
        ideal = sum(rarity.values())
        if not ideal:
            return {}
        return add_up([(self._credits(term), rare / ideal) for term, rare in rarity.items() if rare])

    def _rarity(self, term: T) -> float:
        if term not in self._counts:
            return self._most
        owners = len(self._counts[term])
        if owners > EVERYWHERE * self._everyone:
            return 0.0
        return log(1 + (self._everyone - owners + 0.5) / (owners + 0.5))

    def _credits(self, term: T) -> dict[str, float]:
        norms = self._norms
        return {owner: times / (times + norms[owner]) for owner, times in self._counts.get(term, {}).items()}


def add_up(postings: Sequence[tuple[Mapping[K, float], float]]) -> dict[K, float]:
    """Weighted sums by key: rare things first, for very common ones only add to what they brought up."""
    sums: dict[K, float] = {}
    for credits, weight in sorted(postings, key=lambda posting: len(posting[0])):
        if len(credits) > LONG_POSTING and sums:
            for key in sums.keys() & credits.keys():
                sums[key] += weight * credits[key]
        else:
            for key, credit in credits.items():
                sums[key] = sums.get(key, 0.0) + weight * credit
    return sums
