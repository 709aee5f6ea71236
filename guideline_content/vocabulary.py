"""The words people use for what a guideline says: phrasings of its entries, concepts, and topics outside it."""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from guideline_content import yaml_files
from guideline_content.models import Frozen, Guideline, Identifier, Text

PHRASINGS, LEXICON, TOPICS, EXAMPLES = "phrasings.yaml", "lexicon.yaml", "topics.yaml", "examples.yaml"


class PhrasingsFile(Frozen):
    """Ways of asking for the entries of a guideline, by entry id; one template a line."""

    phrasings: dict[Identifier, Text]


class LexiconFile(Frozen):
    """Words and phrases, separated by commas or lines, by the concept they stand for.

    `light`: concepts that say how something is asked rather than what; they count little.
    `plain`: words that say nothing of what a question is about.
    """

    concepts: dict[Identifier, Text]
    light: dict[Identifier, Text] = Field(default_factory=dict)
    plain: Text


class TopicText(Frozen):
    """A topic outside the guideline; `phrasings`: one template a line."""

    title: Text
    phrasings: Text


class TopicsFile(Frozen):
    """What people ask that the guideline does not cover, and small talk."""

    topics: dict[Identifier, TopicText]
    small_talk: dict[Identifier, Text] = Field(default_factory=dict)


class ExamplesFile(Frozen):
    """Questions as people asked them, one a line, by the id of the entry or topic that answers them best."""

    examples: dict[Identifier, Text]


@dataclass(frozen=True)
class Topic:
    """Something people ask for that is not in the guideline. `title`: None for small talk."""

    id: str
    title: str | None
    phrasings: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Words for one guideline or several. `phrasings`: templates by entry id; `concepts`: phrases by concept;
    `examples`: questions by the id of an entry or topic.
    """

    phrasings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    concepts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    light: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    topics: tuple[Topic, ...] = ()
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict)


def load_vocabulary(folder: Path, guideline: Guideline) -> Vocabulary:
    """The vocabulary in a guideline's folder. A file that is not there is an empty one. Raises ContentError."""
    phrasings = _read(folder / PHRASINGS, PhrasingsFile)
    lexicon = _read(folder / LEXICON, LexiconFile)
    topics = _read(folder / TOPICS, TopicsFile)
    examples = _read(folder / EXAMPLES, ExamplesFile)
    light = lexicon.light if lexicon else {}
    concepts = {**lexicon.concepts, **light} if lexicon else {}
    return Vocabulary(
        phrasings={id: lines(text) for id, text in phrasings.phrasings.items()} if phrasings else {},
        concepts={concept: phrases(text) for concept, text in concepts.items()},
        light=frozenset(light),
        plain=frozenset(lexicon.plain.split()) if lexicon else frozenset(),
        topics=_topics(topics) if topics else (),
        examples={id: lines(text) for id, text in examples.examples.items()} if examples else {},
    )


def lines(text: str) -> tuple[str, ...]:
    """The templates in a text, one a line; a line that begins with # is a remark."""
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a concept, separated by commas or lines."""
    stripped = (" ".join(phrase.split()) for line in text.splitlines() for phrase in line.split(","))
    return tuple(phrase for phrase in stripped if phrase)


def _topics(file: TopicsFile) -> tuple[Topic, ...]:
    outside = [Topic(id, topic.title, lines(topic.phrasings)) for id, topic in file.topics.items()]
    return (*outside, *(Topic(id, None, lines(text)) for id, text in file.small_talk.items()))


def _read(path: Path, model: type[yaml_files.M]) -> yaml_files.M | None:
    return yaml_files.read(path, model) if path.exists() else None
