"""Whether a letter says what is required, looked for in the text itself.

What a machine can tell is whether the content's own paragraph is still there, or else whether one paragraph has the
words that such a statement needs. That an author's wording means the same is for a supervisor to judge, so whatever is
not word for word as the content has it is named to them. What must be missing blocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from conversations.cases import LetterVersion
from guideline_content.letter import AuthorField, Element
from guideline_content.letter_text import wording, write
from guideline_content.letter_words import count, found, paragraphs, plain, sentences, shared_run
from guideline_content.pathway import Pathway

TELLING_RUN = 6
"""So many words in a row that the rationale and the letter share are not there by chance."""


class Said(StrEnum):
    """How a letter says a required element."""

    AS_WRITTEN = "as_written"
    REWORDED = "reworded"
    DOUBTFUL = "doubtful"
    MISSING = "missing"


@dataclass(frozen=True)
class Coverage:
    """One required element and where the letter says it.

    `where`: the sentences that say it; for a doubtful one, the sentence that may contradict them.
    `lacking`: wordings that would be needed and are nowhere together. `unwanted`: words that must not be there.
    """

    element: Element
    said: Said
    where: str = ""
    lacking: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def complaint(self) -> str:
        """What is wrong with a missing element, as the author reads it."""
        lacking = f"missing: {', '.join(f'“{words}”' for words in self.lacking)}" if self.lacking else ""
        unwanted = f"has: {', '.join(f'“{words}”' for words in self.unwanted)}" if self.unwanted else ""
        return f"{self.element.title} ({'; '.join(part for part in (lacking, unwanted) if part)})"


def coverage(version: LetterVersion, pathway: Pathway, role: str) -> tuple[Coverage, ...]:
    """Every element that the letter needs for this role of the most responsible provider, in order."""
    reading = _Reading.of(version, pathway, role)
    return tuple(_coverage(element, reading) for element in pathway.elements(role, version.form.states))


def missing(version: LetterVersion, pathway: Pathway, role: str) -> tuple[Coverage, ...]:
    """The elements that the letter does not say, or not in a way that could count."""
    return tuple(one for one in coverage(version, pathway, role) if one.said is Said.MISSING)


@dataclass(frozen=True)
class _Reading:
    """A version beside what the content alone would say. `template`: its paragraphs by part."""

    version: LetterVersion
    pathway: Pathway
    template: dict[str, str]

    @classmethod
    def of(cls, version: LetterVersion, pathway: Pathway, role: str) -> "_Reading":
        return cls(version, pathway, {part.id: part.text for part in write(pathway, version.form, role)})

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        return paragraphs(self.version.text)

    @cached_property
    def doubtful_sentences(self) -> tuple[str, ...]:
        """Of what people wrote, that is every sentence that is not the content's, those with a word of doubt."""
        written = (text for part, text in self.template.items() if not self.pathway.letter.part[part].field)
        known = {plain(sentence) for text in written for sentence in sentences(text)}
        here = (sentence for paragraph in self.paragraphs for sentence in sentences(paragraph))
        new = (sentence for sentence in here if plain(sentence) not in known)
        return tuple(sentence for sentence in new if found(self.pathway.letter.doubts, sentence))

    def author_says(self, field: AuthorField) -> bool:
        own = {part.id for part in self.pathway.letter.parts if part.field is field}
        texts = (part.text for part in self.version.parts if part.id in own)
        return any(character.isalnum() for text in texts for character in text)


def _coverage(element: Element, reading: _Reading) -> Coverage:
    if unwanted := _unwanted(element, reading.version):
        return Coverage(element, Said.MISSING, unwanted=unwanted)
    if element.field and not reading.author_says(element.field):
        return Coverage(element, Said.MISSING, lacking=("what the author has to add",))
    if element.part is None:
        return Coverage(element, Said.AS_WRITTEN)
    return _found(element, reading, reading.template[element.part])


def _unwanted(element: Element, version: LetterVersion) -> tuple[str, ...]:
    """What must not be in the letter: the content's list, and for withheld reasons anything of the rationale."""
    unwanted = [words for words in element.never if count(words, version.text)]
    if element.never and version.form.rationale:
        echo = shared_run(version.form.rationale, version.text, TELLING_RUN)
        unwanted += [echo] if echo else []
    return tuple(unwanted)


def _found(element: Element, reading: _Reading, template: str) -> Coverage:
    groups = tuple(tuple(wording(words, reading.version.form) for words in group) for group in element.words)
    doubts = reading.pathway.letter.doubts
    verbatim = [paragraph for paragraph in reading.paragraphs if plain(paragraph) == plain(template)]
    candidates = verbatim or [paragraph for paragraph in reading.paragraphs if not _lacking(groups, paragraph)]
    if not candidates:
        return Coverage(element, Said.MISSING, lacking=_least_lacking(groups, reading.paragraphs))
    where = _saying(groups, candidates[0])
    if not verbatim and (unwanted := _new_doubts(where, template, doubts)):
        return Coverage(element, Said.MISSING, where=where, unwanted=unwanted)
    if contradiction := _contradiction(groups, reading.doubtful_sentences, template, doubts):
        return Coverage(element, Said.DOUBTFUL, where=contradiction)
    return Coverage(element, Said.AS_WRITTEN if verbatim else Said.REWORDED, where=where)


_Groups = tuple[tuple[str, ...], ...]


def _lacking(groups: _Groups, text: str) -> tuple[str, ...]:
    return tuple(group[0] for group in groups if not found(group, text))


def _least_lacking(groups: _Groups, texts: Sequence[str]) -> tuple[str, ...]:
    """What the paragraph that comes closest still lacks."""
    return min((_lacking(groups, text) for text in texts), key=len, default=_lacking(groups, ""))


def _saying(groups: _Groups, paragraph: str) -> str:
    """The sentences of a paragraph that have any of the words."""
    return " ".join(one for one in sentences(paragraph) if len(_lacking(groups, one)) < len(groups))


def _new_doubts(text: str, template: str, doubts: Sequence[str]) -> tuple[str, ...]:
    """Words of doubt that stand there more often than the template has them."""
    return tuple(doubt for doubt in doubts if count(doubt, text) > count(doubt, template))


def _contradiction(groups: _Groups, doubtful: Sequence[str], template: str, doubts: Sequence[str]) -> str:
    """A sentence that speaks of the same thing with a word of doubt; one thing in common is too little to tell."""
    for sentence in doubtful:
        if len(groups) - len(_lacking(groups, sentence)) > 1 and _new_doubts(sentence, template, doubts):
            return sentence
    return ""
