"""Finds what a question is about among many phrasings: how much of the question, and of the phrasing, is shared."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain, pairwise
from math import log, sqrt
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from guideline_content.bm25 import Bm25, add_up
from guideline_content.concepts import Unit

INNER_CREDIT = 0.3
LIGHT_WEIGHT = 0.5
LEAST_WEIGHT = 0.4
UNKNOWN_WEIGHT = 0.8
WORTH_A_LOOK = 0.4
FIELD_WEIGHTS = {"phrasing": 1.0, "topic": 1.0, "title": 3.0, "statement": 1.0}
SATURATION = 1.2
SECOND = 0.5
PHRASING_SHARE = 0.45
MEANING, WORDS, PAIRS = 0.35, 0.4, 0.5
TIMES = {"title": 2}
SPELLED_OUT = 0.1
MOST_FOUND = 60

K = TypeVar("K")
T = TypeVar("T", str, tuple[str, str])


class Text(NamedTuple):
    """Something a question is compared with. `owner`: what it speaks for; `field`: what kind of text it is."""

    owner: str
    field: str
    units: tuple[Unit, ...]
    words: tuple[str, ...]


class Said(NamedTuple):
    """A question: what it says, and its words in their base forms."""

    units: Sequence[Unit]
    words: Sequence[str]


class Found(NamedTuple):
    """How well something meets a question, from 0."""

    owner: str
    score: float


class Index:
    """Texts by what they say. Nothing in it changes after it is built, so any thread may search it."""

    def __init__(
        self, texts: Iterable[Text], light: frozenset[str], wordings: Mapping[str, Sequence[tuple[str, ...]]]
    ) -> None:
        texts = list(texts)
        self.weights = _weights(texts, light)
        self._owners: list[str] = []
        self._phrasings: dict[str, dict[int, float]] = defaultdict(dict)
        for owner, units in {(text.owner, text.units): None for text in texts if text.field != "statement"}:
            if units:
                self._add(owner, units)
        self._entries = _spoken_of(texts)
        self._words: Bm25[str] = Bm25(_counted(texts, wordings, lambda words: words, SPELLED_OUT))
        self._pairs: Bm25[tuple[str, str]] = Bm25(_counted(texts, wordings, pairwise, 0.0))

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

    def find(self, said: Said, favoured: Mapping[str, float] = MappingProxyType({})) -> list[Found]:
        """Whoever shares anything with the question, best first. `favoured`: what to add to whose score."""
        scores: dict[str, float] = {}
        found = (self._meant(said.units), self._words.find(said.words), self._pairs.find(pairwise(said.words)))
        for share, one in zip((MEANING, WORDS, PAIRS), found, strict=True):
            for owner, score in one.items():
                scores[owner] = scores.get(owner, 0.0) + share * score
        for owner in favoured.keys() & scores.keys():
            scores[owner] += favoured[owner]
        return [Found(owner, score) for owner, score in nsmallest(MOST_FOUND, scores.items(), key=best_first)]

    def _meant(self, units: Sequence[Unit]) -> dict[str, float]:
        """How well each owner meets what is meant: its nearest phrasing, and all it speaks of."""
        weighed = [(self.weight(unit), unit) for unit in units]
        asked = sum(weight for weight, _ in weighed)
        if not asked:
            return {}
        spoken = add_up([(_credits(self._entries, unit), weight) for weight, unit in weighed])
        scores = {owner: (1 - PHRASING_SHARE) * share / asked for owner, share in spoken.items()}
        for owner, score in self._best_phrasings(weighed, sqrt(asked)).items():
            scores[owner] = scores.get(owner, 0.0) + PHRASING_SHARE * score
        return scores

    def _best_phrasings(self, weighed: Sequence[tuple[float, Unit]], length: float) -> dict[str, float]:
        """Of each owner the phrasing nearest to the question, with half a look at the next one."""
        shared = add_up([(_credits(self._phrasings, unit), sqrt(weight)) for weight, unit in weighed])
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


def best_first(scored: tuple[str, float]) -> tuple[float, str]:
    """Sorts by score, and by id where scores are equal, so that the same question has the same answer."""
    return -scored[1], scored[0]


def _credits(table: Mapping[str, dict[K, float]], unit: Unit) -> dict[K, float]:
    """Whoever speaks of a thing said, with how much of it they get: all of it, or part where it lies within."""
    first, *others = unit.features
    credits = table.get(first, {})
    if not others and not unit.inner:
        return credits
    credits = dict(credits)
    for feature in others:
        for key, credit in table.get(feature, {}).items():
            if credit > credits.get(key, 0.0):
                credits[key] = credit
    for feature in unit.inner:
        for key, credit in table.get(feature, {}).items():
            credits.setdefault(key, credit * INNER_CREDIT)
    return credits


def _counted(
    texts: Iterable[Text],
    wordings: Mapping[str, Sequence[tuple[str, ...]]],
    terms: Callable[[tuple[str, ...]], Iterable[T]],
    spelled_out: float,
) -> dict[T, dict[str, float]]:
    """How often each term is written for each owner, and a little also in the wordings of the concepts it names.

    Concepts that only topics name are what tells those topics, so their wordings count in full.
    """
    counts: dict[T, dict[str, float]] = {}
    namers: dict[str, dict[str, bool]] = defaultdict(dict)
    for owner, field, _, words in texts:
        times = TIMES.get(field, 1)
        for term in terms(words):
            owners = counts.setdefault(term, {})
            owners[owner] = owners.get(owner, 0.0) + times
        for word in words:
            if word[0] == "{":
                namers[word][owner] = field == "topic"
    for concept, owning in namers.items():
        share = 1.0 if all(owning.values()) else spelled_out
        if not share:
            continue
        for term in chain.from_iterable(map(terms, wordings.get(concept, ()))):
            owners = counts.setdefault(term, {})
            for owner in owning:
                owners[owner] = owners.get(owner, 0.0) + share
    return counts


def _weights(texts: Sequence[Text], light: frozenset[str]) -> dict[str, float]:
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, _, units, _ in texts:
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
    for owner, field, units, _ in texts:
        weight = FIELD_WEIGHTS[field]
        for features, inner, _ in units:
            for feature in features:
                count = counts[feature]
                count[owner] = count.get(owner, 0.0) + weight
            for feature in inner:
                count = counts[feature]
                count[owner] = count.get(owner, 0.0) + weight * INNER_CREDIT
    return {f: {owner: n / (n + SATURATION) for owner, n in owners.items()} for f, owners in counts.items()}
