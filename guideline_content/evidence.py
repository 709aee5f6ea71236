"""What questions asked before tell of a new one: naive Bayes, whose probabilities are counted and never trained."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import exp, log, sqrt

from guideline_content.concepts import Unit

CONCEPT, INNER, WORD = 1.0, 0.5, 0.5
PAIR = 0.5
SMOOTHING = 0.01
LONG_POSTING = 400
LEAST_SHARE = 0.001

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Sample:
    """A text known to ask for `owner`. `weight`: what it counts, a real question being 1."""

    owner: str
    features: Features
    weight: float


class Evidence:
    """How samples divide a question among their owners. Nothing in it changes after it is built."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        samples = list(samples)
        self._rarity = _rarity(samples)
        counts: dict[str, dict[str, float]] = {feature: {} for feature in self._rarity}
        totals: dict[str, float] = defaultdict(float)
        for sample in samples:
            owner, weight = sample.owner, sample.weight
            for feature, part in self._normal(sample.features).items():
                owners = counts[feature]
                owners[owner] = owners.get(owner, 0.0) + part * weight
                totals[owner] += part * weight
        rest = SMOOTHING * len(counts)
        self._unseen = {owner: log(SMOOTHING / (total + rest)) for owner, total in totals.items()}
        self._seen = {
            feature: {owner: log(count / SMOOTHING + 1) for owner, count in owners.items()}
            for feature, owners in counts.items()
        }

    def shares(self, features: Features) -> dict[str, float]:
        """The probability of each owner, those next to nothing left out; the more owners it has, the less work a
        feature is worth, so that a large guideline answers as fast as a small one.
        """
        asked = self._normal(features)
        scores: dict[str, float] = {}
        for feature in sorted(asked, key=lambda feature: len(self._seen[feature])):
            _add(scores, self._seen[feature], asked[feature])
        mass = sum(asked.values())
        logs = {owner: score + mass * self._unseen[owner] for owner, score in scores.items()}
        return _probabilities(logs)

    def _normal(self, features: Features) -> Features:
        """The features that are known, weighed by how rare they are, to length 1: a long question counts as one."""
        rarity = self._rarity
        weighed = {feature: weight * rarity[feature] for feature, weight in features.items() if feature in rarity}
        length = sqrt(sum(weight * weight for weight in weighed.values()))
        return {feature: weight / length for feature, weight in weighed.items()}


def features(units: Sequence[Unit], stems: Sequence[str]) -> Features:
    """What is counted of a text: what it says and what follows what, and its words."""
    said = [feature for unit in units for feature in unit.features]
    found: Features = {}
    for first, second in pairwise(said):
        found[f"{first}+{second}"] = PAIR
    for stem in stems:
        found[f"'{stem}"] = WORD
    for unit in units:
        for feature in unit.inner:
            found[feature] = INNER
    found.update(dict.fromkeys(said, CONCEPT))
    return found


def _rarity(samples: Sequence[Sample]) -> dict[str, float]:
    holders = Counter(chain.from_iterable(sample.features for sample in samples))
    rarity = [log((1 + len(samples)) / (1 + held)) + 1 for held in range(max(holders.values(), default=0) + 1)]
    return {feature: rarity[held] for feature, held in holders.items()}


def _add(scores: dict[str, float], owners: Mapping[str, float], weight: float) -> None:
    if scores and len(owners) > LONG_POSTING:
        for owner in sorted(scores, key=scores.__getitem__, reverse=True)[LONG_POSTING:]:
            del scores[owner]
        owners = {owner: owners[owner] for owner in scores if owner in owners}
    for owner, score in owners.items():
        scores[owner] = scores.get(owner, 0.0) + weight * score


def _probabilities(logs: Mapping[str, float]) -> dict[str, float]:
    best = max(logs.values(), default=0.0)
    odds = {owner: exp(score - best) for owner, score in logs.items()}
    total = sum(odds.values())
    return {owner: share / total for owner, share in odds.items() if share > LEAST_SHARE * total}
