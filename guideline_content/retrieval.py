"""Finds what a question is about among many phrasings: how much of the question, and of the phrasing, is shared."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from guideline_content.concepts import Unit

INNER_CREDIT = 0.3
LIGHT_WEIGHT = 0.5
LEAST_WEIGHT = 0.4
UNKNOWN_WEIGHT = 0.8
LONG_POSTING = 1500
FIELD_WEIGHTS = {"phrasing": 1.0, "title": 3.0, "statement": 1.0}
SATURATION = 1.2
SECOND = 0.5
PHRASING_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Text:
    """Something a question is compared with. `owner`: what it speaks for; `field`: what kind of text it is."""

    owner: str
    field: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How well something meets a question: `score` 0 to 1; `covered`: the share of the question it speaks of."""

    owner: str
    score: float
    covered: float


class Index:
    """Texts by what they say. Nothing in it changes after it is built, so any thread may search it."""

    def __init__(self, texts: Iterable[Text], light: frozenset[str]) -> None:
        texts = [text for text in texts if text.units]
        self._light = light
        self._weights = self._weigh(texts)
        self._owners: list[str] = []
        self._phrasings: dict[str, dict[int, float]] = defaultdict(dict)
        seen: set[tuple[str, frozenset[Unit]]] = set()
        for text in texts:
            said = (text.owner, frozenset(text.units))
            if text.field != "statement" and said not in seen:
                seen.add(said)
                self._add(text)
        self._entries = self._saturated(texts)

    def _weigh(self, texts: Sequence[Text]) -> dict[str, float]:
        owners: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            for unit in text.units:
                for feature in (*unit.features, *unit.inner):
                    owners[feature].add(text.owner)
        everyone = len({text.owner for text in texts}) + 1
        rarity = {f: log(everyone / (len(who) + 0.5)) / log(everyone) for f, who in owners.items()}
        return {f: (LEAST_WEIGHT + (1 - LEAST_WEIGHT) * max(0.0, r)) * (LIGHT_WEIGHT if f in self._light else 1.0) for f, r in rarity.items()}

    def _add(self, text: Text) -> None:
        number = len(self._owners)
        self._owners.append(text.owner)
        length = sqrt(sum(self.weight(unit) for unit in text.units))
        for unit in text.units:
            part = sqrt(self.weight(unit)) / length
            for feature in unit.inner:
                self._phrasings[feature].setdefault(number, INNER_CREDIT * part)
            for feature in unit.features:
                self._phrasings[feature][number] = part

    def _saturated(self, texts: Sequence[Text]) -> dict[str, dict[str, float]]:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for unit in text.units:
                for feature in unit.features:
                    counts[feature][text.owner] += FIELD_WEIGHTS[text.field]  # type: ignore[assignment]
                for feature in unit.inner:
                    counts[feature][text.owner] += FIELD_WEIGHTS[text.field] * INNER_CREDIT  # type: ignore[assignment]
        return {f: {owner: n / (n + SATURATION) for owner, n in owners.items()} for f, owners in counts.items()}

    def weight(self, unit: Unit) -> float:
        """How much a thing said weighs: the more, the fewer speak of it; a word nobody knows weighs a lot."""
        return unit.trust * max(self._weights.get(feature, UNKNOWN_WEIGHT) for feature in unit.features)

    def known(self, unit: Unit) -> bool:
        """Whether anything speaks of it."""
        return any(feature in self._weights for feature in (*unit.features, *unit.inner))

    def find(self, units: Sequence[Unit]) -> list[Found]:
        """Whoever shares anything with the question, best first."""
        asked = sum(self.weight(unit) for unit in units)
        if not asked:
            return []
        best = self._best_phrasings(units, asked)
        spoken = self._spoken_of(units)
        found = [
            Found(owner, PHRASING_SHARE * best.get(owner, 0.0) + (1 - PHRASING_SHARE) * share / asked, share / asked)
            for owner, share in spoken.items()
        ]
        return sorted(found, key=lambda one: (-one.score, one.owner))

    def _best_phrasings(self, units: Sequence[Unit], asked: float) -> dict[str, float]:
        shared: dict[int, float] = {}
        for unit in sorted(units, key=self._commonness):
            self._share(unit, shared)
        length = sqrt(asked)
        best: dict[str, float] = {}
        second: dict[str, float] = {}
        for number, weight in shared.items():
            score = min(1.0, weight / length)
            owner = self._owners[number]
            top = best.get(owner, 0.0)
            if score > top:
                best[owner] = score
                second[owner] = top
            elif score > second.get(owner, 0.0):
                second[owner] = score
        return {owner: (score + SECOND * second.get(owner, 0.0)) / (1 + SECOND) for owner, score in best.items()}

    def _commonness(self, unit: Unit) -> int:
        return sum(len(self._phrasings.get(feature, ())) for feature in (*unit.features, *unit.inner))

    def _share(self, unit: Unit, shared: dict[int, float]) -> None:
        weight = sqrt(self.weight(unit))
        credits: Mapping[int, float] = self._credits(unit)
        if len(credits) > LONG_POSTING and shared:
            credits = {number: credits[number] for number in shared if number in credits}
        for number, credit in credits.items():
            shared[number] = shared.get(number, 0.0) + weight * credit

    def _credits(self, unit: Unit) -> Mapping[int, float]:
        if len(unit.features) == 1 and not unit.inner:
            return self._phrasings.get(unit.features[0], {})
        credits: dict[int, float] = {}
        for feature in unit.inner:
            for number, credit in self._phrasings.get(feature, {}).items():
                credits[number] = max(credits.get(number, 0.0), credit * INNER_CREDIT)
        for feature in unit.features:
            for number, credit in self._phrasings.get(feature, {}).items():
                credits[number] = max(credits.get(number, 0.0), credit)
        return credits

    def _spoken_of(self, units: Sequence[Unit]) -> dict[str, float]:
        spoken: dict[str, float] = {}
        for unit in units:
            weight = self.weight(unit)
            for owner, share in self._shares(unit).items():
                spoken[owner] = spoken.get(owner, 0.0) + weight * share
        return spoken

    def _shares(self, unit: Unit) -> Mapping[str, float]:
        if len(unit.features) == 1 and not unit.inner:
            return self._entries.get(unit.features[0], {})
        shares: dict[str, float] = {}
        for feature in unit.inner:
            for owner, share in self._entries.get(feature, {}).items():
                shares[owner] = max(shares.get(owner, 0.0), share * INNER_CREDIT)
        for feature in unit.features:
            for owner, share in self._entries.get(feature, {}).items():
                shares[owner] = max(shares.get(owner, 0.0), share)
        return shares
