"""Finds what a question is about among many phrasings: how much of the question, and of the phrasing, is shared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from types import MappingProxyType
from typing import NamedTuple

from guideline_content.concepts import Unit

INNER_CREDIT = 0.3
LIGHT_WEIGHT = 0.5
LEAST_WEIGHT = 0.4
UNKNOWN_WEIGHT = 0.8
LONG_POSTING = 800
WORTH_A_LOOK = 0.4
FIELD_WEIGHTS = {"phrasing": 1.0, "title": 3.0, "statement": 1.0}
SATURATION = 1.2
SECOND = 0.5
PHRASING_SHARE = 0.45


class Text(NamedTuple):
    """Something a question is compared with. `owner`: what it speaks for; `field`: what kind of text it is."""

    owner: str
    field: str
    units: tuple[Unit, ...]


class Found(NamedTuple):
    """How well something meets a question, from 0."""

    owner: str
    score: float


class Index:
    """Texts by what they say. Nothing in it changes after it is built, so any thread may search it."""

    def __init__(self, texts: Iterable[Text], light: frozenset[str]) -> None:
        texts = [text for text in texts if text.units]
        self.weights = _weights(texts, light)
        self._owners: list[str] = []
        self._phrasings: dict[str, dict[int, float]] = defaultdict(dict)
        for owner, units in {(text.owner, text.units): None for text in texts if text.field != "statement"}:
            self._add(owner, units)
        self._entries = _spoken_of(texts)

    def _add(self, owner: str, units: tuple[Unit, ...]) -> None:
        number = len(self._owners)
        self._owners.append(owner)
        weights = [self.weight(unit) for unit in units]
        length = sqrt(sum(weights))
        for unit, weight in zip(units, weights, strict=True):
            part = sqrt(weight) / length
            for feature in unit.inner:
                self._phrasings[feature].setdefault(number, INNER_CREDIT * part)
            for feature in unit.features:
                self._phrasings[feature][number] = part

    def weight(self, unit: Unit) -> float:
        """How much a thing said weighs: the more, the fewer speak of it; a word nobody knows weighs a lot."""
        weights = self.weights
        return unit.trust * max([weights.get(feature, UNKNOWN_WEIGHT) for feature in unit.features])

    def find(self, units: Sequence[Unit], favoured: Mapping[str, float] = MappingProxyType({})) -> list[Found]:
        """Whoever shares anything with the question, best first. `favoured`: what to add to whose score."""
        weighed = [(self.weight(unit), unit) for unit in units]
        asked = sum(weight for weight, _ in weighed)
        if not asked:
            return []
        best = self._best_phrasings(weighed, sqrt(asked))
        spoken: dict[str, float] = {}
        for weight, unit in weighed:
            for owner, share in _credits(self._entries, unit).items():
                spoken[owner] = spoken.get(owner, 0.0) + weight * share
        scores = {owner: (1 - PHRASING_SHARE) * share / asked for owner, share in spoken.items()}
        for owner, score in best.items():
            scores[owner] += PHRASING_SHARE * score
        for owner in favoured.keys() & scores.keys():
            scores[owner] += favoured[owner]
        return [Found(owner, score) for owner, score in sorted(scores.items(), key=_best_first)]

    def _best_phrasings(self, weighed: Sequence[tuple[float, Unit]], length: float) -> dict[str, float]:
        """Of each owner the phrasing nearest to the question, with half a look at the next one."""
        shared: dict[int, float] = {}
        for _, credits, weight in sorted(self._postings(weighed), key=len_first):
            if len(credits) > LONG_POSTING and shared:
                for number in shared.keys() & credits.keys():
                    shared[number] += weight * credits[number]
            else:
                for number, credit in credits.items():
                    shared[number] = shared.get(number, 0.0) + weight * credit
        least = WORTH_A_LOOK * max(shared.values(), default=0.0)
        best: dict[str, float] = {}
        second: dict[str, float] = {}
        for number, weight in shared.items():
            if weight < least:
                continue
            owner = self._owners[number]
            top = best.get(owner, 0.0)
            if weight > top:
                best[owner], second[owner] = weight, top
            elif weight > second[owner]:
                second[owner] = weight
        return {
            owner: min(1.0, (weight + SECOND * second[owner]) / (1 + SECOND) / length) for owner, weight in best.items()
        }

    def _postings(self, weighed: Sequence[tuple[float, Unit]]) -> list[tuple[int, Mapping[int, float], float]]:
        postings: list[tuple[int, Mapping[int, float], float]] = []
        for weight, unit in weighed:
            credits = _credits(self._phrasings, unit)
            postings.append((len(credits), credits, sqrt(weight)))
        return postings


def len_first(posting: tuple[int, Mapping[int, float], float]) -> int:
    """Rare things first: what they bring up is all that common things can add to."""
    return posting[0]


def _best_first(scored: tuple[str, float]) -> tuple[float, str]:
    return -scored[1], scored[0]


def _credits(table: Mapping[str, dict[int, float]] | Mapping[str, dict[str, float]], unit: Unit) -> dict:  # type: ignore[type-arg]
    """Whoever speaks of a thing said, with how much of it they get: all of it, or part where it lies within."""
    first, *others = unit.features
    credits = table.get(first, _NOBODY)
    if not others and not unit.inner:
        return credits
    credits = dict(credits)
    for feature in others:
        for key, credit in table.get(feature, _NOBODY).items():
            if credit > credits.get(key, 0.0):
                credits[key] = credit
    for feature in unit.inner:
        for key, credit in table.get(feature, _NOBODY).items():
            credits.setdefault(key, credit * INNER_CREDIT)
    return credits


_NOBODY: dict = {}  # type: ignore[type-arg]


def _weights(texts: Sequence[Text], light: frozenset[str]) -> dict[str, float]:
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, _, units in texts:
        for features, inner, _ in units:
            for feature in features:
                owners[feature].add(owner)
            for feature in inner:
                owners[feature].add(owner)
    everyone = len({text.owner for text in texts}) + 1
    rarity = {feature: max(0.0, log(everyone / (len(who) + 0.5)) / log(everyone)) for feature, who in owners.items()}
    return {
        feature: (LEAST_WEIGHT + (1 - LEAST_WEIGHT) * rare) * (LIGHT_WEIGHT if feature in light else 1.0)
        for feature, rare in rarity.items()
    }


def _spoken_of(texts: Sequence[Text]) -> dict[str, dict[str, float]]:
    """How much each owner speaks of each thing, all fields together: 0 to 1, the next mention adding ever less."""
    counts: dict[str, dict[str, float]] = defaultdict(dict)
    for owner, field, units in texts:
        weight = FIELD_WEIGHTS[field]
        for features, inner, _ in units:
            for feature in features:
                count = counts[feature]
                count[owner] = count.get(owner, 0.0) + weight
            for feature in inner:
                count = counts[feature]
                count[owner] = count.get(owner, 0.0) + weight * INNER_CREDIT
    return {f: {owner: n / (n + SATURATION) for owner, n in owners.items()} for f, owners in counts.items()}
