"""What words mean: a text as units, each a concept of the lexicon or the stem of a word that carries content."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import snowballstemmer

GAP = "~"
LONGEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing said. `features`: its concepts, or else its stem; `inner`: what the words within it say by themselves.

    "behavioural contract" is one concept, and within it there are two others.
    """

    features: tuple[str, ...]
    inner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pattern:
    stems: tuple[str, ...]
    concept: str
    literals: int


class Concepts:
    """Reads words as units. `phrases`: concept -> phrases for it, in which `~` leaves room for up to three words."""

    def __init__(self, phrases: Mapping[str, Iterable[Sequence[str]]], plain: Iterable[str]) -> None:
        self._stemmer = snowballstemmer.stemmer("english")
        self._stems: dict[str, str] = {}
        self._plain = frozenset(plain)
        self._patterns: dict[str, list[_Pattern]] = {}
        for concept, wordings in phrases.items():
            for wording in wordings:
                stems = tuple(word if word == GAP else self.stem(word) for word in wording)
                pattern = _Pattern(stems, f"{{{concept}}}", sum(stem != GAP for stem in stems))
                self._patterns.setdefault(stems[0], []).append(pattern)

    def stem(self, word: str) -> str:
        """The stem under which forms of a word meet; a concept stays as it is."""
        known = self._stems.get(word)
        return known or (word if word.startswith("{") else str(self._stemmer.stemWord(word)))

    def learn(self, words: Iterable[str]) -> None:
        """Keep the stems of the words of the content at hand."""
        fresh = [word for word in set(words) if not word.startswith("{")]
        self._stems.update(zip(fresh, self._stemmer.stemWords(fresh), strict=True))

    def units(self, words: Sequence[str]) -> list[Unit]:
        """What the words say, in their order: the longest phrases first, plain words left out, nothing said twice."""
        stems = [self.stem(word) for word in words]
        found = sorted(self._found(stems), key=lambda match: (-match[1].literals, match[0][-1] - match[0][0]))
        taken: dict[int, tuple[int, ...]] = {}
        said: dict[tuple[int, ...], list[str]] = {}
        inner: dict[tuple[int, ...], list[str]] = {}
        for positions, pattern in found:
            if positions in said:
                said[positions].append(pattern.concept)
            elif not any(position in taken for position in positions):
                said[positions] = [pattern.concept]
                taken.update(dict.fromkeys(positions, positions))
            elif len({taken.get(position) for position in positions}) == 1:
                inner.setdefault(taken[positions[0]], []).append(pattern.concept)
        for position, word in enumerate(words):
            if position not in taken and word.startswith("{"):
                said[(position,)] = [word]
            elif position not in taken and word not in self._plain:
                said[(position,)] = [stems[position]]
        units = (Unit(tuple(dict.fromkeys(said[at])), tuple(dict.fromkeys(inner.get(at, ())))) for at in sorted(said))
        return list(dict.fromkeys(units))

    def _found(self, stems: Sequence[str]) -> Iterable[tuple[tuple[int, ...], _Pattern]]:
        for start, stem in enumerate(stems):
            for pattern in self._patterns.get(stem, ()):
                positions = _match(pattern.stems, stems, start)
                if positions:
                    yield positions, pattern


def _match(pattern: Sequence[str], stems: Sequence[str], start: int) -> tuple[int, ...]:
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
