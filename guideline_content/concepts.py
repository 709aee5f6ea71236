"""What words mean: a text as units, each a concept of the lexicon or the base form of a word that carries content."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from guideline_content.forms import base
from guideline_content.text import BREAK

GAP = "~"
LONGEST_GAP = 3

Form = tuple[str, ...]
"""The words of a phrase in their base forms, with gaps."""

Unit = tuple[str, ...]
"""One thing said: its concepts, or else the base form of its word; nothing for a word that says nothing."""

Found = tuple[int, int, tuple[int, ...], Unit]
"""A phrase of the lexicon in a text: minus its words, how far they reach, where they stand, what they say.

What says more is smaller."""


class Meant(NamedTuple):
    """What a text says. `units`: the things said, in their order; `inner`: the concepts of the words of a phrase by
    themselves: "behavioural contract" is one concept, and within it there are two others.
    """

    units: list[Unit]
    inner: list[str]


class Concepts:
    """Reads words as units. `phrases`: concept -> phrases for it, in which `~` leaves room for up to three words;
    `plain`: words that say nothing; `ranks`: English words by frequency.
    """

    def __init__(
        self, phrases: Mapping[str, Iterable[Sequence[str]]], plain: Iterable[str], ranks: Mapping[str, int]
    ) -> None:
        self._bases = _Bases(ranks)
        self._alone: dict[str, Unit] = {}
        self._joined: dict[Form, Unit] = {}
        self._lengths: dict[Form, set[int]] = defaultdict(set)
        self._gapped: dict[str, dict[str, list[tuple[Form, Unit]]]] = defaultdict(lambda: defaultdict(list))
        self._reach = 0
        for form, unit in self._by_form(phrases).items():
            if len(form) == 1:
                self._alone[form[0]] = unit
            elif GAP in form:
                self._gapped[form[0]][form[-1]].append((form, unit))
                self._reach = max(self._reach, len(form) + LONGEST_GAP * form.count(GAP))
            else:
                self._joined[form] = unit
                self._lengths[form[:2]].add(len(form))
        self._single = _Single(dict.fromkeys(self.bases(plain), ()) | self._alone)

    def _by_form(self, phrases: Mapping[str, Iterable[Sequence[str]]]) -> dict[Form, Unit]:
        forms: dict[Form, list[str]] = defaultdict(list)
        for concept, wordings in phrases.items():
            for form in dict.fromkeys(tuple(self.bases(wording)) for wording in wordings):
                forms[form].append(f"{{{concept}}}")
        return {form: tuple(concepts) for form, concepts in forms.items()}

    def bases(self, words: Iterable[str]) -> list[str]:
        """The base forms under which forms of a word meet; a concept stays as it is."""
        return list(map(self._bases.__getitem__, words))

    def meant(self, bases: Sequence[str]) -> Meant:
        """What words in their base forms say: the longest phrases first, plain words left out."""
        units = list(map(self._single.__getitem__, bases))
        inner: list[str] = []
        taken: set[int] = set()
        for _, _, positions, unit in sorted(self._phrases(bases)):
            if taken.isdisjoint(positions):
                taken.update(positions)
                for at in positions:
                    inner.extend(self._alone.get(bases[at], ()))
                    units[at] = ()
                units[positions[0]] = unit
        return Meant([unit for unit in units if unit], inner)

    def _phrases(self, bases: Sequence[str]) -> list[Found]:
        """The phrases of several words in a text."""
        found: list[Found] = []
        lengths, gapped = self._lengths, self._gapped
        for at, sizes in [(at, lengths[pair]) for at, pair in enumerate(pairwise(bases)) if pair in lengths]:
            for size in sizes:
                form = tuple(bases[at : at + size])
                if form in self._joined:
                    found.append((-size, size - 1, tuple(range(at, at + size)), self._joined[form]))
        for at, ends in [(at, gapped[first]) for at, first in enumerate(bases) if first in gapped]:
            for last in bases[at + 2 : at + self._reach]:
                if last == BREAK:
                    break
                for form, unit in ends.get(last, ()):
                    if positions := _match(form, bases, at):
                        found.append((-len(positions), positions[-1] - at, positions, unit))
        return found


class _Bases(dict[str, str]):
    """Base forms by word. Those of known English words are kept once they have been looked up."""

    def __init__(self, ranks: Mapping[str, int]) -> None:
        super().__init__({BREAK: BREAK, GAP: GAP})
        self._ranks = ranks

    def __missing__(self, word: str) -> str:
        if word[0] == "{":
            return word
        found = base(word, self._ranks)
        if word in self._ranks:
            self[word] = found
        return found


class _Single(dict[str, Unit]):
    """What a word says by itself: its concepts, nothing, or itself."""

    def __missing__(self, word: str) -> Unit:
        return (word,)


def _match(form: Form, bases: Sequence[str], start: int) -> tuple[int, ...]:
    """Where the words of a phrase with a gap stand, or nothing."""
    positions, at, gap = [start], start + 1, 0
    for word in form[1:]:
        if word == GAP:
            gap = LONGEST_GAP
            continue
        while gap and at < len(bases) and bases[at] not in (word, BREAK):
            at, gap = at + 1, gap - 1
        if at >= len(bases) or bases[at] != word:
            return ()
        positions.append(at)
        at, gap = at + 1, 0
    return tuple(positions)
