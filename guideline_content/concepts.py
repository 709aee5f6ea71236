"""What words mean: a text as units, each a concept of the lexicon or the stem of a word that carries content."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import snowballstemmer

GAP = "~"
LONGEST_GAP = 3

Positions = tuple[int, ...]


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
        self._stems = self._learned(phrases)
        self._plain = frozenset(plain)
        self._single: dict[str, list[_Pattern]] = {}
        self._pairs: dict[tuple[str, str], list[_Pattern]] = {}
        self._gapped: dict[str, list[_Pattern]] = {}
        for concept, wordings in phrases.items():
            for stems in {tuple(map(self.stem, wording)) for wording in wordings}:
                self._add(_Pattern(stems, f"{{{concept}}}", len(stems) - stems.count(GAP)))

    def _learned(self, phrases: Mapping[str, Iterable[Sequence[str]]]) -> dict[str, str]:
        words = list({word for wordings in phrases.values() for wording in wordings for word in wording})
        return {**dict(zip(words, self._stemmer.stemWords(words), strict=True)), GAP: GAP}

    def _add(self, pattern: _Pattern) -> None:
        first, *rest = pattern.stems
        if not rest:
            self._single.setdefault(first, []).append(pattern)
        elif GAP in rest:
            self._gapped.setdefault(first, []).append(pattern)
        else:
            self._pairs.setdefault((first, rest[0]), []).append(pattern)

    def stem(self, word: str) -> str:
        """The stem under which forms of a word meet; a concept stays as it is."""
        return self._stems.get(word) or (word if word.startswith("{") else str(self._stemmer.stemWord(word)))

    def units(self, words: Sequence[str]) -> list[Unit]:
        """What the words say, in their order: the longest phrases first, plain words left out, nothing said twice."""
        stems = [self.stem(word) for word in words]
        outer, inner, taken = self._sorted(stems)
        for position, word in enumerate(words):
            if position not in taken and word not in self._plain:
                outer[(position,)] = [stems[position]]
        units = (
            Unit(tuple(dict.fromkeys(outer[at])), tuple(dict.fromkeys(inner[at])) if at in inner else ())
            for at in sorted(outer)
        )
        return list(dict.fromkeys(units))

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
