"""Naive Bayes: what questions asked before tell of a new one. Its probabilities are counted, never trained."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import exp, log, sqrt
from types import MappingProxyType
from typing import NamedTuple

from guideline_content.concepts import Meant
from guideline_content.text import BREAK

SMOOTHING = 0.03
"""How often a feature counts that an owner never had: less, and rare words decide alone; more, and they hardly do."""

FEW = 400
OFTEN = 6
"""A word that says something and has no concept counts twice: about three times in all texts."""

LEAST = 1e-6


def features(meant: Meant, words: Sequence[str]) -> Iterator[str]:
    """What is counted of texts: what they mean, their words, and what follows what (two with a space between them),
    where texts begin and end included. A word that says something and has no concept counts as both, and so twice.
    `words`: in their base forms.
    """
    said = [*chain.from_iterable(meant.units)]
    pairs = chain(pairwise(said), pairwise(words))
    return chain(filter(BREAK.__ne__, chain(said, meant.inner, words)), map(" ".join, pairs))


class Counts(NamedTuple):
    """How often features are in samples. `times`: by feature and by the owner that the samples ask for; `totals`: of
    all features, by owner.
    """

    times: dict[str, dict[str, int]]
    totals: dict[str, int]


def counted(samples: Iterable[tuple[str, Iterable[str]]]) -> Counts:
    """The counts of samples: their owner and their features."""
    by_owner: dict[str, Counter[str]] = defaultdict(Counter)
    for owner, found in samples:
        by_owner[owner].update(found)
    counts = Counts({}, {owner: counter.total() for owner, counter in by_owner.items()})
    for owner, counter in by_owner.items():
        for feature, times in counter.items():
            counts.times.setdefault(feature, {})[owner] = times
    return counts


class NaiveBayes:
    """How likely a question asks for each owner of samples. Nothing in it changes after it is built.

    A feature counts the more, the rarer it is in the samples; one that none of them has only makes everything less
    sure. All owners are as likely before anything is asked.
    """

    def __init__(self, counts: Counts) -> None:
        self._times = counts.times
        self._all = sum(counts.totals.values())
        rest = SMOOTHING * len(counts.times)
        self._unseen = {owner: log(SMOOTHING / (total + rest)) for owner, total in counts.totals.items()}

    def probabilities(
        self, asked: Iterable[str], favoured: Mapping[str, float] = MappingProxyType({})
    ) -> dict[str, float]:
        """By owner, the next to impossible left out; they add up to 1. `favoured`: how many times likelier an owner is.

        Rare features come first; of the owners of a very common one only the likeliest so far are looked at, so that a
        large guideline answers about as fast as a small one.
        """
        weights = self._weights(asked)
        sums: dict[str, float] = defaultdict(float)
        for feature in sorted(weights, key=lambda feature: len(self._times[feature])):
            weight, times = weights[feature], self._times[feature]
            if sums and len(times) > FEW:
                likeliest = sorted(sums, key=sums.__getitem__, reverse=True)[:FEW]
                sums = defaultdict(float, {owner: sums[owner] for owner in likeliest})
                times = {owner: times[owner] for owner in likeliest if owner in times}
            for owner, often in times.items():
                sums[owner] += weight * _MORE[often]
        weight = sum(weights.values())
        logs = {owner: score + weight * self._unseen[owner] for owner, score in sums.items()}
        for owner in favoured.keys() & logs.keys():
            logs[owner] += log(favoured[owner])
        return _probabilities(logs)

    def has_often(self, feature: str) -> bool:
        """Whether it is in the samples more often than a mistake is made in the same way."""
        return sum(self._times.get(feature, {}).values()) >= OFTEN

    def _weights(self, asked: Iterable[str]) -> dict[str, float]:
        """The known features weighed by their rarity, together with the unknown words to length 1: a long question
        counts as one.
        """
        weights: dict[str, float] = {}
        unknown = 0
        for feature in dict.fromkeys(asked):
            owners = self._times.get(feature)
            if owners:
                weights[feature] = self._rarity(sum(owners.values()))
            elif " " not in feature:
                unknown += 1
        length = sqrt(sum([weight * weight for weight in weights.values()]) + unknown * self._rarity(0) ** 2)
        return {feature: weight / length for feature, weight in weights.items()}

    def _rarity(self, holders: int) -> float:
        return log((2 + self._all) / (1 + holders))


class _More(dict[int, float]):
    """What having a feature so many times tells more than not having it."""

    def __missing__(self, times: int) -> float:
        self[times] = log(times / SMOOTHING + 1)
        return self[times]


_MORE = _More()


def _probabilities(logs: Mapping[str, float]) -> dict[str, float]:
    best = max(logs.values(), default=0.0)
    odds = {owner: exp(score - best) for owner, score in logs.items()}
    total = sum(odds.values())
    return {owner: share / total for owner, share in odds.items() if share > LEAST * total}
