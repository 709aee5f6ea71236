"""What words mean: a text as units, each a concept of the lexicon or the base form of a word that carries content."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from guideline_content.forms import base

GAP = "~"
LONGEST_GAP = 3
RARE = 2500
TRUST = ((300, 0.7), (1000, 0.8), (RARE, 0.9))
PHRASE_TRUST = 0.9

Positions = tuple[int, ...]
Form = tuple[str, ...]
Phrase = tuple[Form, tuple[str, ...]]


class Unit(NamedTuple):
    """One thing said. `features`: its concepts, or else its base form; `inner`: what the words in it say by themselves.

    "behavioural contract" is one concept, and within it there are two others. `trust`: 0 to 1, how far the words can be
    relied on to mean that: the commoner a single word, the more else it may mean.
    """

    features: tuple[str, ...]
    inner: tuple[str, ...] = ()
    trust: float = 1.0


Found = tuple[int, int, Positions, tuple[str, ...]]
"""A phrase of the lexicon in a text: minus its words, how far they reach, where they stand, what they mean.

What says more is smaller."""


class Concepts:
    """Reads words as units. `phrases`: concept -> phrases for it, in which `~` leaves room for up to three words."""

    def __init__(
        self, phrases: Mapping[str, Iterable[Sequence[str]]], plain: Iterable[str], ranks: Mapping[str, int]
    ) -> None:
        self._ranks = ranks
        self._plain = frozenset(plain)
        words = {word for wordings in phrases.values() for wording in wordings for word in wording}
        self._bases = {word: base(word, ranks) for word in words}
        self._begun: dict[str, _Begun] = {}
        for form, concepts in self._by_form(phrases).items():
            self._begun.setdefault(form[0], _Begun()).add(form, tuple(dict.fromkeys(concepts)))
        self._trusts = {word: _trust_of(rank) for word, rank in ranks.items() if rank < RARE}

    def _by_form(self, phrases: Mapping[str, Iterable[Sequence[str]]]) -> dict[Form, list[str]]:
        forms: dict[Form, list[str]] = {}
        bases = self._bases
        for concept, wordings in phrases.items():
            name = f"{{{concept}}}"
            for wording in wordings:
                forms.setdefault(tuple([bases[word] for word in wording]), []).append(name)
        return forms

    def base(self, word: str) -> str:
        """The base form under which forms of a word meet; a concept stays as it is."""
        return self._bases.get(word) or (word if word[0] == "{" else base(word, self._ranks))

    def bases(self, words: Iterable[str]) -> tuple[str, ...]:
        """The base forms of words."""
        known = self._bases.get
        return tuple([known(word) or self.base(word) for word in words])

    def units(self, words: Sequence[str], bases: Sequence[str]) -> list[Unit]:
        """What the words say, in their order: the longest phrases first, plain words left out, nothing said twice.

        `bases`: their base forms.
        """
        outer: dict[Positions, tuple[str, ...]] = {}
        inner: dict[Positions, tuple[str, ...]] = {}
        taken: dict[int, Positions] = {}
        for _, _, positions, concepts in self._found(bases):
            holder = taken.get(positions[0])
            if holder is None and (len(positions) == 1 or taken.keys().isdisjoint(positions)):
                outer[positions] = concepts
                for at in positions:
                    taken[at] = positions
            elif holder and (len(positions) == 1 or all(taken.get(at) is holder for at in positions)):
                inner[holder] = inner.get(holder, ()) + concepts
        plain = self._plain
        for at, word in enumerate(words):
            if at not in taken and word not in plain:
                outer[(at,)] = (bases[at],)
        units: dict[tuple[str, ...], Unit] = {}
        trusts = self._trusts
        for positions in sorted(outer):
            features = outer[positions]
            trust = trusts.get(words[positions[0]], 1.0)
            if len(positions) > 1 and trust < PHRASE_TRUST:
                trust = max(PHRASE_TRUST, *[trusts.get(words[at], 1.0) for at in positions])
            if features not in units or units[features].trust < trust:
                units[features] = Unit(features, inner.get(positions, ()), trust)
        return list(units.values())

    def _found(self, bases: Sequence[str]) -> list[Found]:
        """The phrases of the lexicon in a text, those that say most first."""
        found: list[Found] = []
        begins = self._begun
        after = [*bases[1:], ""]
        for at, first in enumerate(bases):
            if first not in begins:
                continue
            alone, pairs, gapped = begins[first].parts
            if alone:
                found.append((-1, 0, (at,), alone))
            if after[at] in pairs:
                for form, concepts in pairs[after[at]]:
                    size = len(form)
                    if size == 2 or tuple(bases[at : at + size]) == form:
                        found.append((-size, size - 1, tuple(range(at, at + size)), concepts))
            for form, concepts in gapped:
                if form[-1] in bases and (positions := _match(form, bases, at)):
                    found.append((-len(positions), positions[-1] - at, positions, concepts))
        if len(found) > 1:
            found.sort()
        return found


class _Begun:
    """The phrases that begin with one word. `parts`: what the word means alone, those that go on, those with a gap."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts: tuple[tuple[str, ...], dict[str, list[Phrase]], list[Phrase]] = ((), {}, [])

    def add(self, form: Form, concepts: tuple[str, ...]) -> None:
        _alone, pairs, gapped = self.parts
        if len(form) == 1:
            self.parts = (concepts, pairs, gapped)
        elif GAP in form:
            gapped.append((form, concepts))
        else:
            pairs.setdefault(form[1], []).append((form, concepts))


def _trust_of(rank: int) -> float:
    return next(trust for limit, trust in TRUST if rank < limit)


def _match(form: Form, bases: Sequence[str], start: int) -> Positions:
    """Where the words of a phrase with a gap stand, or nothing."""
    positions, at, gap = [start], start + 1, 0
    for word in form[1:]:
        if word == GAP:
            gap = LONGEST_GAP
            continue
        while gap and at < len(bases) and bases[at] != word:
            at, gap = at + 1, gap - 1
        if at >= len(bases) or bases[at] != word:
            return ()
        positions.append(at)
        at, gap = at + 1, 0
    return tuple(positions)
