"""Naive Bayes: what questions asked before tell of a new one. Its probabilities are counted, never trained."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import exp, log, sqrt
from types import MappingProxyType

from guideline_content.concepts import Meant
from guideline_content.text import BREAK

SMOOTHING = 0.03
FEW = 400
LEAST = 1e-6

Feature = str | tuple[str, str]
"""A word in its base form or a concept; or two of them, one after the other, where texts begin and end included."""


def features(meant: Meant, words: Sequence[str]) -> Iterator[Feature]:
    """What is counted of texts: what they mean, their words, and what follows what. `words`: in their base forms."""
    said = [*chain.from_iterable(meant.units)]
    return chain(filter(BREAK.__ne__, chain(said, meant.inner, words)), pairwise(said), pairwise(words))


class NaiveBayes:
    """How likely a question asks for each owner of samples. Nothing in it changes after it is built.

    A feature counts the more, the rarer it is in the samples; one that none of them has only makes everything less
    sure. All owners are as likely before anything is asked.
    """

    def __init__(self, counts: Mapping[str, Mapping[Feature, int]]) -> None:
        """`counts`: how often each feature is in the samples, by the owner they ask for."""
        self._features = sum(sum(counted.values()) for counted in counts.values())
        self._counts: dict[Feature, dict[str, int]] = {}
        for owner, counted in counts.items():
            for feature, count in counted.items():
                if feature in self._counts:
                    self._counts[feature][owner] = count
                else:
                    self._counts[feature] = {owner: count}
        rest = SMOOTHING * len(self._counts)
        self._unseen = {owner: log(SMOOTHING / (sum(counted.values()) + rest)) for owner, counted in counts.items()}
        most = max((max(counted.values(), default=0) for counted in counts.values()), default=0)
        self._seen = [log(count / SMOOTHING + 1) for count in range(most + 1)]

    def probabilities(
        self, asked: Iterable[Feature], favoured: Mapping[str, float] = MappingProxyType({})
    ) -> dict[str, float]:
        """By owner, the next to impossible left out; they add up to 1. `favoured`: how many times likelier an owner is.

        Rare features come first; of the owners of a very common one only the likeliest so far are looked at, so that a
        large guideline answers about as fast as a small one.
        """
        weights = self._weights(asked)
        sums: dict[str, float] = {}
        for feature in sorted(weights, key=lambda feature: len(self._counts[feature])):
            sums = self._add(sums, self._counts[feature], weights[feature])
        weight = sum(weights.values())
        logs = {owner: score + weight * self._unseen[owner] for owner, score in sums.items()}
        for owner in favoured.keys() & logs.keys():
            logs[owner] += log(favoured[owner])
        return _probabilities(logs)

    def _weights(self, asked: Iterable[Feature]) -> dict[Feature, float]:
        """The known features weighed by their rarity, together with the unknown words to length 1: a long question
        counts as one.
        """
        weights: dict[Feature, float] = {}
        unknown = 0
        for feature in dict.fromkeys(asked):
            owners = self._counts.get(feature)
            if owners:
                weights[feature] = self._rarity(sum(owners.values()))
            elif isinstance(feature, str):
                unknown += 1
        length = sqrt(sum([weight * weight for weight in weights.values()]) + unknown * self._rarity(0) ** 2)
        return {feature: weight / length for feature, weight in weights.items()}

    def _rarity(self, holders: int) -> float:
        return log((2 + self._features) / (1 + holders))

    def _add(self, sums: dict[str, float], counts: Mapping[str, int], weight: float) -> dict[str, float]:
        if sums and len(counts) > FEW:
            likeliest = sorted(sums, key=sums.__getitem__, reverse=True)[:FEW]
            sums = {owner: sums[owner] for owner in likeliest}
            counts = {owner: counts[owner] for owner in likeliest if owner in counts}
        seen = self._seen
        for owner, count in counts.items():
            sums[owner] = sums.get(owner, 0.0) + weight * seen[count]
        return sums


def _probabilities(logs: Mapping[str, float]) -> dict[str, float]:
    best = max(logs.values(), default=0.0)
    odds = {owner: exp(score - best) for owner, score in logs.items()}
    total = sum(odds.values())
    return {owner: share / total for owner, share in odds.items() if share > LEAST * total}
