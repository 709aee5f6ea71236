"""What words mean: a text as units, each a concept of the lexicon or the base form of a word that carries content."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guideline_content.forms import base

GAP = "~"
LONGEST_GAP = 3
RARE = 2500
TRUST = ((300, 0.7), (1000, 0.8), (RARE, 0.9))
PHRASE_TRUST = 0.9

Positions = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing said. `features`: its concepts, or else its base form; `inner`: what the words within it say by themselves.

    "behavioural contract" is one concept, and within it there are two others. `trust`: 0 to 1, how far the words can be
    relied on to mean that: the commoner a single word, the more else it may mean.
    """

    features: tuple[str, ...]
    inner: tuple[str, ...] = ()
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class _Pattern:
    stems: tuple[str, ...]
    concept: str
    literals: int


class Concepts:
    """Reads words as units. `phrases`: concept -> phrases for it, in which `~` leaves room for up to three words."""

    def __init__(
        self, phrases: Mapping[str, Iterable[Sequence[str]]], plain: Iterable[str], ranks: Mapping[str, int]
    ) -> None:
        self._ranks = ranks
        self._stems = {word: base(word, ranks) for word in _words_of(phrases)}
        self._plain = frozenset(plain)
        self._single: dict[str, list[_Pattern]] = {}
        self._pairs: dict[tuple[str, str], list[_Pattern]] = {}
        self._gapped: dict[str, list[_Pattern]] = {}
        for concept, wordings in phrases.items():
            for stems in {tuple(map(self.stem, wording)) for wording in wordings}:
                self._add(_Pattern(stems, f"{{{concept}}}", len(stems) - stems.count(GAP)))

    def _add(self, pattern: _Pattern) -> None:
        first, *rest = pattern.stems
        if not rest:
            self._single.setdefault(first, []).append(pattern)
        elif GAP in rest:
            self._gapped.setdefault(first, []).append(pattern)
        else:
            self._pairs.setdefault((first, rest[0]), []).append(pattern)

    def stem(self, word: str) -> str:
        """The base form under which forms of a word meet; a concept stays as it is."""
        return self._stems.get(word) or (word if word.startswith("{") else base(word, self._ranks))

    def units(self, words: Sequence[str]) -> list[Unit]:
        """What the words say, in their order: the longest phrases first, plain words left out, nothing said twice."""
        stems = [self.stem(word) for word in words]
        outer, inner, taken = self._sorted(stems)
        for position, word in enumerate(words):
            if position not in taken and word not in self._plain:
                outer[(position,)] = [stems[position]]
        units: dict[tuple[str, ...], Unit] = {}
        for at in sorted(outer):
            features = tuple(dict.fromkeys(outer[at]))
            unit = Unit(features, tuple(dict.fromkeys(inner.get(at, ()))), self._trust([words[one] for one in at]))
            if features not in units or units[features].trust < unit.trust:
                units[features] = unit
        return list(units.values())

    def _trust(self, words: Sequence[str]) -> float:
        rank = max(0 if word.startswith("{") else self._ranks.get(word, RARE) for word in words)
        if words[0].startswith("{") or rank >= RARE:
            return 1.0
        trust = next(trust for limit, trust in TRUST if rank < limit)
        return trust if len(words) == 1 else max(trust, PHRASE_TRUST)

    def _sorted(
        self, stems: Sequence[str]
    ) -> tuple[dict[Positions, list[str]], dict[Positions, list[str]], dict[int, Positions]]:
        """The concepts said by the longest phrases, those said within them, and which phrase has taken which word."""
        outer: dict[Positions, list[str]] = {}
        inner: dict[Positions, list[str]] = {}
        taken: dict[int, Positions] = {}
        found = list(self._found(stems))
        found.sort(key=lambda match: (-match[1].literals, match[0][-1] - match[0][0]))
        for positions, pattern in found:
            holders = {taken.get(position) for position in positions}
            if positions in outer:
                outer[positions].append(pattern.concept)
            elif holders == {None}:
                outer[positions] = [pattern.concept]
                taken.update(dict.fromkeys(positions, positions))
            elif len(holders) == 1:
                inner.setdefault(taken[positions[0]], []).append(pattern.concept)
        return outer, inner, taken

    def _found(self, stems: Sequence[str]) -> Iterator[tuple[Positions, _Pattern]]:
        for start, stem in enumerate(stems):
            for pattern in self._single.get(stem, ()):
                yield (start,), pattern
            for pattern in self._pairs.get((stem, stems[start + 1]), ()) if start + 1 < len(stems) else ():
                end = start + pattern.literals
                if pattern.literals == 2 or tuple(stems[start:end]) == pattern.stems:
                    yield tuple(range(start, end)), pattern
            for pattern in self._gapped.get(stem, ()):
                if pattern.stems[-1] in stems and (positions := _match(pattern.stems, stems, start)):
                    yield positions, pattern


def _words_of(phrases: Mapping[str, Iterable[Sequence[str]]]) -> set[str]:
    return {word for wordings in phrases.values() for wording in wordings for word in wording}


def _match(pattern: Sequence[str], stems: Sequence[str], start: int) -> Positions:
    """Where the words of a pattern stand, or nothing."""
    positions, at, gap = [start], start + 1, 0
    for stem in pattern[1:]:
        if stem == GAP:
            gap = LONGEST_GAP
            continue
        while gap and at < len(stems) and stems[at] != stem:
            at, gap = at + 1, gap - 1
        if at >= len(stems) or stems[at] != stem:
            return ()
        positions.append(at)
        at, gap = at + 1, 0
    return tuple(positions)
