"""BM25 over all that is said for each owner together, whichever its terms are: words, or pairs of neighbours."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import log
from typing import Generic, TypeVar

K1 = 1.2
B = 0.75
EVERYWHERE = 0.8
LONG_POSTING = 800

T = TypeVar("T", str, tuple[str, str])
K = TypeVar("K", bound=Hashable)


class Bm25(Generic[T]):
    """Scores from 0 to 1: the share of what a text with exactly the question's terms would get."""

    def __init__(self, counts: Mapping[str, Mapping[T, float]]) -> None:
        lengths = {owner: sum(count.values()) for owner, count in counts.items()}
        average = sum(lengths.values()) / max(1, len(lengths))
        found: dict[T, dict[str, float]] = defaultdict(dict)
        for owner, count in counts.items():
            for term, times in count.items():
                found[term][owner] = times
        norms = {owner: K1 * (1 - B + B * length / average) for owner, length in lengths.items()}
        everyone = len(counts)
        self._most = 0.5 * log(1 + everyone)
        self._credits: dict[T, dict[str, float]] = {}
        self._rarity: dict[T, float] = {}
        for term, owners in found.items():
            if len(owners) > EVERYWHERE * everyone:
                self._rarity[term] = 0.0
                continue
            rare = self._rarity[term] = log(1 + (everyone - len(owners) + 0.5) / (len(owners) + 0.5))
            self._credits[term] = {owner: rare * n / (n + norms[owner]) for owner, n in owners.items()}

    def find(self, terms: Iterable[T]) -> dict[str, float]:
        """Whoever has any of the terms, and how well."""
        asked = set(terms)
        ideal = sum(self._rarity.get(term, self._most) for term in asked)
        if not ideal:
            return {}
        return add_up([(self._credits[term], 1 / ideal) for term in sorted(asked) if term in self._credits])


def add_up(postings: Sequence[tuple[dict[K, float], float]]) -> dict[K, float]:
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
