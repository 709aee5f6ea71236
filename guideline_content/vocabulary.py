"""The words people use for what a guideline says: phrasings of its entries, concepts, and topics outside it."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from guideline_content import examples, wordings, yaml_files
from guideline_content.models import Frozen, Guideline, Identifier, Text
from guideline_content.problems import ContentError, Problem, did_you_mean
from guideline_content.wordings import Line, lines_of
from guideline_content.yaml_files import Document

PHRASINGS, LEXICON, TOPICS = "phrasings.yaml", "lexicon.yaml", "topics.yaml"


class PhrasingsFile(Frozen):
    """Ways of asking for the entries of a guideline, by entry id; one template a line."""

    phrasings: dict[Identifier, Text] = Field(default_factory=dict)


class LexiconFile(Frozen):
    """Words and phrases, separated by commas or lines, by the concept they stand for.

    `urgent`: concepts, separated by commas, by the entry or topic that they call for, whatever else is said.
    `plain`: words that say nothing of what a question is about; `foreign`: words of other languages, not respelled.
    """

    concepts: dict[Identifier, Text] = Field(default_factory=dict)
    urgent: dict[Identifier, Text] = Field(default_factory=dict)
    plain: Text | None = None
    foreign: Text | None = None


class TopicText(Frozen):
    """A topic outside the guideline; `phrasings`: one template a line; `local`: a line that is ours."""

    title: Text
    phrasings: Text
    local: Text | None = None


class TopicsFile(Frozen):
    """What people ask that the guideline does not cover, and small talk. `other_language`: a line that is ours, for
    what is not in English.
    """

    topics: dict[Identifier, TopicText] = Field(default_factory=dict)
    small_talk: dict[Identifier, Text] = Field(default_factory=dict)
    other_language: Text | None = None


@dataclass(frozen=True)
class Topic:
    """Something people ask for that is not in the guideline. `title`: None for small talk; `local`: a line of ours."""

    id: str
    title: str | None
    phrasings: tuple[str, ...]
    local: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Words for one guideline or several. `phrasings`: templates by entry id; `concepts`: phrases by concept;
    `examples`: questions by the id of an entry or topic; `urgent`: concepts by the id of an entry or topic.
    """

    phrasings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    concepts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    topics: tuple[Topic, ...] = ()
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    urgent: dict[str, frozenset[str]] = field(default_factory=dict)
    other_language: str | None = None


def load_vocabulary(folder: Path, guideline: Guideline) -> Vocabulary:
    """The vocabulary in a guideline's folder; a file that is not there is an empty one. Raises ContentError.

    Phrasings of entries that the guideline does not have are an error here too: they would answer with nothing.
    """
    phrasings = _read(folder / PHRASINGS, PhrasingsFile)
    lexicon = _read(folder / LEXICON, LexiconFile)
    topics = _read(folder / TOPICS, TopicsFile)
    if not phrasings.phrasings.keys() <= guideline.entries.keys():
        raise ContentError(problems(folder, guideline))
    return Vocabulary(
        phrasings={id: _templates(text) for id, text in phrasings.phrasings.items()},
        concepts={concept: phrases(text) for concept, text in lexicon.concepts.items()},
        plain=frozenset((lexicon.plain or "").split()),
        foreign=frozenset((lexicon.foreign or "").split()),
        topics=_topics(topics),
        examples=examples.load_examples(folder),
        urgent={id: frozenset(phrases(concepts)) for id, concepts in lexicon.urgent.items()},
        other_language=topics.other_language,
    )


def problems(folder: Path, guideline: Guideline) -> tuple[Problem, ...]:
    """Everything that is wrong with the words people use, by file and line. Files that cannot be read come alone."""
    models: dict[str, type[Frozen]] = {PHRASINGS: PhrasingsFile, LEXICON: LexiconFile, TOPICS: TopicsFile}
    try:
        documents = {name: Document.open(folder / name) for name in models if (folder / name).exists()}
    except ContentError as error:
        return error.problems
    unread = [problem for name, document in documents.items() for problem in document.problems(models[name])]
    return tuple(sorted(set(unread or _wrong(folder, documents, guideline))))


def _wrong(folder: Path, documents: dict[str, Document], guideline: Guideline) -> Iterator[Problem]:
    lexicon = _read(folder / LEXICON, LexiconFile)
    outside = _read(folder / TOPICS, TopicsFile)
    owners = [*guideline.entries, *outside.topics, *outside.small_talk]
    for id, named in lexicon.urgent.items():
        if id not in owners:
            message = f"there is no entry or topic '{id}'{did_you_mean(id, owners)}"
            yield documents[LEXICON].problem(("urgent", id), message)
        for unknown in set(phrases(named)) - lexicon.concepts.keys():
            message = f"there is no concept '{unknown}' in the lexicon{did_you_mean(unknown, lexicon.concepts)}"
            yield documents[LEXICON].problem(("urgent", id), message)
    roles = [(*role.names, role.title) for role in guideline.roles]
    meant = {form for names in (*map(phrases, lexicon.concepts.values()), *roles) for form in names}
    for word in (lexicon.foreign or "").split():
        if word in meant or word.removesuffix("s") in meant:
            message = f"'{word}' is a word of a concept or a role; a message of it alone could not be understood"
            yield documents[LEXICON].problem(("foreign",), message)
    if PHRASINGS in documents:
        phrased = _read(folder / PHRASINGS, PhrasingsFile).phrasings
        yield from _not_of_the_guideline(documents[PHRASINGS], phrased.keys(), guideline)
    concepts = [*lexicon.concepts, *(f"role.{role.id}" for role in guideline.roles)]
    yield from wordings.wrong(_lines(folder, documents), concepts)
    yield from examples.problems(folder, owners)


def _not_of_the_guideline(document: Document, phrased: Set[str], guideline: Guideline) -> Iterator[Problem]:
    for id in phrased - guideline.entries.keys():
        yield document.problem(("phrasings", id), f"there is no entry '{id}'{did_you_mean(id, guideline.entries)}")
    for id in guideline.entries.keys() - phrased:
        yield document.problem(("phrasings",), f"'{id}' has no phrasing; write down how people ask for it")


def _lines(folder: Path, documents: dict[str, Document]) -> Iterator[Line]:
    """Every template of phrasings and topics."""
    for id in _read(folder / PHRASINGS, PhrasingsFile).phrasings:
        yield from lines_of(documents[PHRASINGS], ("phrasings", id), id)
    topics = _read(folder / TOPICS, TopicsFile)
    for id in topics.topics:
        yield from lines_of(documents[TOPICS], ("topics", id, "phrasings"), id)
    for id in topics.small_talk:
        yield from lines_of(documents[TOPICS], ("small_talk", id), id)


def _templates(text: str) -> tuple[str, ...]:
    return tuple(template for _, template in wordings.templates(text))


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a concept, separated by commas or lines."""
    stripped = (" ".join(phrase.split()) for line in text.splitlines() for phrase in line.split(","))
    return tuple(phrase for phrase in stripped if phrase)


def _topics(file: TopicsFile) -> tuple[Topic, ...]:
    outside = [Topic(id, topic.title, _templates(topic.phrasings), topic.local) for id, topic in file.topics.items()]
    return (*outside, *(Topic(id, None, _templates(text)) for id, text in file.small_talk.items()))


def _read(path: Path, model: type[yaml_files.M]) -> yaml_files.M:
    return yaml_files.read(path, model) if path.exists() else model()
