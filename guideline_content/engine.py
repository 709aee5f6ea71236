"""Answers questions from a guideline: deterministic, offline, from its content alone."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from guideline_content.answers import Answer, Match, Outcome
from guideline_content.concepts import Concepts, Unit
from guideline_content.evidence import Evidence, Sample, features
from guideline_content.follow_ups import follows_up, neighbours
from guideline_content.loading import BUILT_IN, load
from guideline_content.models import Clause, Entry, Group, Guideline, Silence
from guideline_content.parts import MOST_QUESTIONS, questions
from guideline_content.phrasings import expand
from guideline_content.retrieval import Found, Index, Said, Text, best_first
from guideline_content.roles import RoleNames
from guideline_content.spelling import Speller, english
from guideline_content.text import LONGEST_QUESTION, content_words, words
from guideline_content.vocabulary import Vocabulary, load_vocabulary

MOST_MATCHES = 5
CHOICES = 3
EVIDENCE_SHARE = 0.35
WRITTEN_WEIGHT = 0.6
REFUSED_BELOW = 0.25
TOPIC_MARGIN = 0.06
SURE_FROM = 0.35
CLEAR_MARGIN = 0.03
MEMBER_FROM = 0.35
SAME_TOPIC = 0.1
NEAR_TOPIC = 0.08


def open_answerer(folder: Path = BUILT_IN) -> "Answerer":
    """The answerer for the guideline in a folder. Raises ContentError."""
    with _without_pauses():
        guideline = load(folder)
        return Answerer(guideline, load_vocabulary(folder, guideline))


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Keeps the garbage collector from going over what is being built, and later from what was: it stays."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


class Answerer:
    """Answers questions. Nothing in it changes after it is built, so any thread may ask."""

    def __init__(self, guideline: Guideline, vocabulary: Vocabulary) -> None:
        self.guideline = guideline
        self._roles = RoleNames(guideline.roles, content_words)
        self._topics = {topic.id: topic for topic in vocabulary.topics}
        phrases = {f"role.{role}": names for role, names in self._roles.names.items()}
        for concept, forms in vocabulary.concepts.items():
            phrases[concept] = [content_words(form) for form in forms]
        ranks = english()
        self._concepts = Concepts(phrases, vocabulary.plain, ranks)
        said = list(_said(guideline, vocabulary))
        light = frozenset(f"{{{concept}}}" for concept in phrases if concept in vocabulary.light or _is_role(concept))
        bases = self._concepts.bases
        wordings = {f"{{{concept}}}": [bases(form) for form in forms] for concept, forms in phrases.items()}
        texts = [self._text(owner, field, text) for owner, field, text in said]
        self._index = Index(texts, light, wordings)
        self._evidence = Evidence(self._samples(texts, vocabulary.examples))
        known = {word for _, _, text in said for word in text} | vocabulary.plain
        known.update(word for wordings in phrases.values() for wording in wordings for word in wording)
        self._speller = Speller(known, ranks)

    def _text(self, owner: str, field: str, words: Sequence[str]) -> Text:
        bases = self._concepts.bases(words)
        return Text(owner, field, tuple(self._concepts.units(words, bases)), bases)

    def _samples(self, texts: Iterable[Text], examples: Mapping[str, Iterable[str]]) -> Iterator[Sample]:
        for text in texts:
            yield Sample(text.owner, features(text.units, ()), WRITTEN_WEIGHT)
        for owner, asked in examples.items():
            for question in asked:
                words = content_words(question)
                bases = self._concepts.bases(words)
                yield Sample(owner, features(self._concepts.units(words, bases), bases), 1.0)

    def _found(self, said: Said, favoured: Mapping[str, float] = MappingProxyType({})) -> list[Found]:
        """What the wording finds, mixed with what examples tell; best first. `favoured`: added to whose score.

        Examples of other topics count for the nearest topic too: all of them tell that the guideline is silent.
        """
        scores = {one.owner: (1 - EVIDENCE_SHARE) * one.score for one in self._index.find(said, favoured)}
        shares = self._evidence.shares(features(said.units, said.words))
        for owner, share in shares.items():
            scores[owner] = scores.get(owner, 0.0) + EVIDENCE_SHARE * share
        topics = scores.keys() & self._topics.keys()
        if topics:
            nearest = max(sorted(topics), key=scores.__getitem__)
            scores[nearest] += EVIDENCE_SHARE * sum(shares.get(topic, 0.0) for topic in topics - {nearest})
        return [Found(owner, score) for owner, score in sorted(scores.items(), key=best_first)]

    def answer(self, question: str, role: str | None = None, topic: tuple[str, ...] = ()) -> Answer:
        """What the guideline says to a question. `role`: the asker's, unless the question says another.

        `topic`: ids of the entries of the conversation's last answer, which a follow-up refers to.
        """
        asked = questions(question[:LONGEST_QUESTION])
        if len(asked) > 1:
            several = self._several(question, asked, role, topic)
            if several:
                return several
        return self._one(question, role, topic)

    def _several(self, question: str, asked: Sequence[str], role: str | None, topic: tuple[str, ...]) -> Answer | None:
        """Answers to several questions in one, where at least two of them have different ones."""
        answers: list[Answer] = []
        cited: set[str] = set()
        for part in asked:
            answer = self._one(part, role, topic)
            role = answer.role
            if not answer.matches or answer.matches[0].score < SURE_FROM:
                continue
            clauses = set(self.guideline.clause_ids(answer.matches[0].entry))
            if not clauses <= cited:
                cited |= clauses
                answers.append(answer)
        if len(answers) < 2:
            return None
        return replace(answers[0], question=question, role=role, also=tuple(answers[1:MOST_QUESTIONS]))

    def _one(self, question: str, role: str | None, topic: tuple[str, ...]) -> Answer:
        written = words(question)
        read = self._speller.repaired(written)
        spoken = self._roles.spoken(read)
        own = spoken.own if spoken else range(0)
        said = [word for at, word in enumerate(read) if at not in own]
        bases = self._concepts.bases(said)
        units = self._concepts.units(said, bases)
        meant = Said(units, bases)
        asked = _Asked(question, spoken.role if spoken else role, " ".join(read) if read != written else None)
        known = tuple(id for id in topic if id in self.guideline.entries)
        if known and follows_up(read, units):
            if all(_is_role(unit.features[0].strip("{}")) for unit in units):
                return self._same_topic(asked, known)
            return self._judge(asked, self._found(meant, self._related(known)), units)
        return self._judge(asked, self._found(meant), units)

    def _same_topic(self, asked: "_Asked", topic: tuple[str, ...]) -> Answer:
        """The last answer once more, for another role."""
        found = [Found(id, 1.0 - rank / 10) for rank, id in enumerate(topic)]
        return self._judge(asked, found, ())

    def _related(self, topic: tuple[str, ...]) -> dict[str, float]:
        """Entries that a follow-up is likely to be about, and how much that counts for them."""
        entries = [self.guideline.entries[id] for id in topic]
        related = {id: NEAR_TOPIC for entry in entries for id in neighbours(self.guideline, entry)}
        return {**related, **dict.fromkeys(topic, NEAR_TOPIC), topic[0]: SAME_TOPIC}

    def _judge(self, asked: "_Asked", found: Sequence[Found], units: Sequence[Unit]) -> Answer:
        entries = [one for one in found if one.owner not in self._topics]
        outside = next((one for one in found if one.owner in self._topics), None)
        best = entries[0].score if entries else 0.0
        if outside and outside.score > max(REFUSED_BELOW, best - TOPIC_MARGIN):
            title = self._topics[outside.owner].title
            confidence = min(1.0, 0.5 + outside.score - best)
            return asked.answer(Outcome.NOT_COVERED, (), confidence, small_talk=title is None, topic=title)
        if best < REFUSED_BELOW:
            return asked.answer(Outcome.NOT_COVERED, (), 1 - best, small_talk=not units)
        matches = self._matches(entries, asked.role)
        if isinstance(matches[0].entry, Silence):
            return asked.answer(Outcome.SILENT, self._silent(matches, entries, asked.role), best)
        clear = len(matches) < 2 or best - matches[1].score >= CLEAR_MARGIN
        if best >= SURE_FROM and clear:
            return asked.answer(Outcome.ANSWERED, matches, best)
        return asked.answer(Outcome.UNSURE, matches[:CHOICES], best)

    def _matches(self, found: Sequence[Found], role: str | None) -> tuple[Match, ...]:
        """The best entries, none that cites only what better ones cite already."""
        matches: list[Match] = []
        cited: set[str] = set()
        for one in found:
            entry = self.guideline.entries.get(one.owner)
            if entry is None or (matches and cited.issuperset(self.guideline.clause_ids(entry))):
                continue
            cited.update(self.guideline.clause_ids(entry))
            matches.append(self._match(entry, one.score, role, found))
            if len(matches) == MOST_MATCHES:
                break
        return tuple(matches)

    def _silent(self, matches: Sequence[Match], found: Sequence[Found], role: str | None) -> tuple[Match, ...]:
        """The silence and its nearest clauses, those first that the question comes closest to."""
        silence = matches[0].entry
        scores = {one.owner: one.score for one in found}
        nearest = sorted(silence.nearest, key=lambda id: -scores.get(id, 0.0)) if isinstance(silence, Silence) else []
        entries = [self.guideline.entries[id] for id in nearest]
        return (matches[0], *(self._match(entry, scores.get(entry.id, 0.0), role) for entry in entries))

    def _match(self, entry: Entry, score: float, role: str | None, found: Sequence[Found] = ()) -> Match:
        bound = entry.applies_to if isinstance(entry, Clause) else ()
        members = {clause.id for clause in self.guideline.members(entry.id)} if isinstance(entry, Group) else set()
        member = next((one.owner for one in found if one.owner in members and one.score >= MEMBER_FROM), None)
        return Match(entry, min(1.0, score), role in bound if role and bound else None, member)


@dataclass(frozen=True)
class _Asked:
    """What does not depend on what is found."""

    question: str
    role: str | None
    read_as: str | None

    def answer(
        self,
        outcome: Outcome,
        matches: tuple[Match, ...],
        confidence: float,
        *,
        small_talk: bool = False,
        topic: str | None = None,
    ) -> Answer:
        confidence = max(0.0, min(1.0, confidence))
        return Answer(self.question, outcome, matches, confidence, self.role, self.read_as, small_talk, topic)


def _is_role(concept: str) -> bool:
    return concept.startswith("role.")


def _said(guideline: Guideline, vocabulary: Vocabulary) -> Iterator[tuple[str, str, list[str]]]:
    """Everything a question can be compared with: owner, field and words."""
    for entry in guideline.entries.values():
        yield entry.id, "title", content_words(entry.title)
        yield entry.id, "statement", content_words(entry.statement)
    phrased = [(id, "phrasing", templates) for id, templates in vocabulary.phrasings.items()]
    phrased += [(topic.id, "topic", topic.phrasings) for topic in vocabulary.topics]
    for owner, field, templates in phrased:
        for template in templates:
            for wording in expand(template):
                yield owner, field, content_words(wording)
