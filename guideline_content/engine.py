"""Answers questions from a guideline: deterministic, offline, from its content alone."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from guideline_content.answers import Answer, Match, Outcome
from guideline_content.concepts import GAP, Concepts, Unit
from guideline_content.evidence import Evidence, Features, Sample, features
from guideline_content.loading import BUILT_IN, load
from guideline_content.models import Clause, Entry, Guideline, Silence
from guideline_content.phrasings import expand
from guideline_content.retrieval import Found, Index, Text
from guideline_content.roles import RoleNames
from guideline_content.spelling import Speller, english
from guideline_content.text import content_words, words
from guideline_content.vocabulary import Vocabulary, load_vocabulary

MOST_MATCHES = 5
CHOICES = 3
WRITTEN_WEIGHT = 0.3
REFUSED_BELOW = 0.25
TOPIC_MARGIN = 0.1
SURE_FROM = 0.45
CLEAR_MARGIN = 0.04


def open_answerer(folder: Path = BUILT_IN) -> "Answerer":
    """The answerer for the guideline in a folder. Raises ContentError."""
    guideline = load(folder)
    return Answerer(guideline, load_vocabulary(folder, guideline))


class Answerer:
    """Answers questions. Nothing in it changes after it is built, so any thread may ask."""

    def __init__(self, guideline: Guideline, vocabulary: Vocabulary) -> None:
        self.guideline = guideline
        self._roles = RoleNames(guideline.roles, content_words)
        self._topics = {topic.id: topic for topic in vocabulary.topics}
        phrases = {f"role.{role}": names for role, names in self._roles.names.items()}
        phrases |= {concept: [_phrase(wording) for wording in known] for concept, known in vocabulary.concepts.items()}
        ranks = english()
        self._concepts = Concepts(phrases, vocabulary.plain, ranks)
        said = list(_said(guideline, vocabulary))
        light = frozenset(f"{{{concept}}}" for concept in phrases if concept in vocabulary.light or _is_role(concept))
        units = self._concepts.units
        texts = [Text(owner, field, tuple(units(text))) for owner, field, text in said]
        self._index = Index(texts, light)
        self._evidence = Evidence(self._samples(texts, vocabulary))
        known = {word for _, _, text in said for word in text} | vocabulary.plain
        known.update(word for wordings in phrases.values() for wording in wordings for word in wording)
        self._speller = Speller(known, ranks)

    def answer(self, question: str, role: str | None = None, topic: tuple[str, ...] = ()) -> Answer:
        """What the guideline says to a question. `role`: the asker's, unless the question says another.

        `topic`: ids of the entries of the conversation's last answer, which a follow-up refers to.
        """
        written = words(question)
        read = self._speller.repaired(written)
        spoken = self._roles.spoken(read)
        role = spoken.role if spoken else role
        own = spoken.own if spoken else range(0)
        asked = [word for at, word in enumerate(read) if at not in own]
        units = self._concepts.units(asked)
        read_as = " ".join(read) if read != written else None
        return self._judge(question, units, self._found(units, asked), role, read_as)

    def _samples(self, texts: Iterable[Text], vocabulary: Vocabulary) -> Iterator[Sample]:
        for text in texts:
            yield Sample(text.owner, features(text.units, ()), WRITTEN_WEIGHT)
        for owner, questions in vocabulary.examples.items():
            for question in questions:
                asked = content_words(question)
                yield Sample(owner, self._features(self._concepts.units(asked), asked), 1.0)

    def _features(self, units: Sequence[Unit], asked: Sequence[str]) -> Features:
        return features(units, [self._concepts.stem(word) for word in asked])

    def _found(self, units: Sequence[Unit], asked: Sequence[str]) -> list[Found]:
        """What the wording finds and what earlier questions tell, half and half; best first."""
        shares = self._evidence.shares(self._features(units, asked))
        outside = sum(share for owner, share in shares.items() if owner in self._topics)
        found = {one.owner: one for one in self._index.find(units)}
        mixed = []
        for owner in found.keys() | shares.keys():
            one = found.get(owner, Found(owner, 0.0, 0.0))
            share = outside if owner in self._topics else shares.get(owner, 0.0)
            mixed.append(Found(owner, (one.score + share) / 2, one.covered))
        return sorted(mixed, key=lambda one: (-one.score, one.owner))

    def _judge(
        self, question: str, units: Sequence[Unit], found: Sequence[Found], role: str | None, read_as: str | None
    ) -> Answer:
        entries = [one for one in found if one.owner not in self._topics]
        outside = next((one for one in found if one.owner in self._topics), None)
        best = entries[0].score if entries else 0.0
        if outside and outside.score > max(REFUSED_BELOW, best - TOPIC_MARGIN):
            title = self._topics[outside.owner].title
            confidence = min(1.0, 0.5 + outside.score - best)
            return Answer(question, Outcome.NOT_COVERED, (), confidence, role, read_as, title is None, title)
        if best < REFUSED_BELOW:
            return Answer(question, Outcome.NOT_COVERED, (), 1 - best, role, read_as, small_talk=not units)
        matches = self._matches(entries, role)
        if isinstance(matches[0].entry, Silence):
            return Answer(question, Outcome.SILENT, self._silent(matches, role), best, role, read_as)
        clear = len(matches) < 2 or best - matches[1].score >= CLEAR_MARGIN
        if best >= SURE_FROM and clear:
            return Answer(question, Outcome.ANSWERED, matches, best, role, read_as)
        return Answer(question, Outcome.UNSURE, matches[:CHOICES], best, role, read_as)

    def _matches(self, found: Sequence[Found], role: str | None) -> tuple[Match, ...]:
        """The best entries, none that cites only what better ones cite already."""
        matches: list[Match] = []
        cited: set[str] = set()
        for one in found:
            entry = self.guideline.entries.get(one.owner)
            if entry is None or (matches and cited.issuperset(self.guideline.clause_ids(entry))):
                continue
            cited.update(self.guideline.clause_ids(entry))
            matches.append(self._match(entry, one.score, role))
            if len(matches) == MOST_MATCHES:
                break
        return tuple(matches)

    def _silent(self, matches: Sequence[Match], role: str | None) -> tuple[Match, ...]:
        silence = matches[0].entry
        nearest = (self.guideline.entries[near] for near in silence.nearest) if isinstance(silence, Silence) else ()
        return (matches[0], *(self._match(entry, matches[0].score / 2, role) for entry in nearest))

    def _match(self, entry: Entry, score: float, role: str | None) -> Match:
        bound = entry.applies_to if isinstance(entry, Clause) else ()
        return Match(entry, min(1.0, score), role in bound if role and bound else None)


def _is_role(concept: str) -> bool:
    return concept.startswith("role.")


def _phrase(wording: str) -> list[str]:
    return [part for piece in wording.split() for part in ([GAP] if piece == GAP else content_words(piece))]


def _said(guideline: Guideline, vocabulary: Vocabulary) -> Iterator[tuple[str, str, list[str]]]:
    """Everything a question can be compared with: owner, field and words."""
    for entry in guideline.entries.values():
        yield entry.id, "title", content_words(entry.title)
        yield entry.id, "statement", content_words(entry.statement)
    owned = {**vocabulary.phrasings, **{topic.id: topic.phrasings for topic in vocabulary.topics}}
    for owner, templates in owned.items():
        for template in templates:
            for wording in expand(template):
                yield owner, "phrasing", _wording_words(wording)


def _wording_words(wording: Sequence[str]) -> list[str]:
    return [word for part in wording for word in ([part] if part[0] == "{" else content_words(part))]
