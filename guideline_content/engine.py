"""Answers questions from a guideline: deterministic, offline, from its content alone."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from guideline_content.answers import Answer, Match, Outcome
from guideline_content.concepts import Concepts, Unit
from guideline_content.follow_ups import follows_up, neighbours
from guideline_content.kept_counts import Counting, kept_counts
from guideline_content.loading import BUILT_IN, load
from guideline_content.models import Clause, Entry, Group, Guideline, Silence
from guideline_content.naive_bayes import Counts, NaiveBayes, counted, features
from guideline_content.parts import MOST_QUESTIONS, pieces, questions
from guideline_content.phrasings import expand
from guideline_content.roles import RoleNames
from guideline_content.spelling import Speller, english
from guideline_content.text import BREAK, LONGEST_QUESTION, content_words, words
from guideline_content.vocabulary import Topic, Vocabulary, load_vocabulary

MOST_MATCHES = 5
CHOICES = 3
MOST_PIECES = 12

# Probabilities, and shares of the likeliest entry's, chosen on questions kept apart (tests/questions/tuning.yaml).
SURE_FROM, SILENT_FROM = 0.5, 0.6
REFUSED_BELOW = 0.03
OUTSIDE_FROM, OUTSIDE_SHARE = 0.2, 0.6
URGENT_FROM = 0.1
MEMBER_SHARE = 0.5
BESIDE = 0.25
CHOICE_FROM = 0.05

# How many times likelier a follow-up is to ask for the entry shown before, and for those next to it.
SAME_TOPIC, NEAR_TOPIC = 16.0, 12.0


def open_answerer(folder: Path = BUILT_IN) -> "Answerer":
    """The answerer for the guideline in a folder. Raises ContentError."""
    with _without_pauses():
        guideline = load(folder)
        return Answerer(guideline, load_vocabulary(folder, guideline), partial(kept_counts, folder, guideline.version))


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
    """Answers questions. No question changes the answer to another, so any thread may ask."""

    def __init__(
        self, guideline: Guideline, vocabulary: Vocabulary, keep: Callable[[Counting], Counts] = lambda count: count()
    ) -> None:
        """`keep`: calls what counts the texts, or returns what it returned for the same ones before."""
        self.guideline = guideline
        self._roles = RoleNames(guideline.roles, content_words)
        self._topics = {topic.id: topic for topic in vocabulary.topics}
        urgent = {id: {f"{{{concept}}}" for concept in named} for id, named in vocabulary.urgent.items()}
        self._urgent = {id: named for id, named in urgent.items() if id in guideline.entries}
        self._crises = {id: named for id, named in urgent.items() if id in self._topics}
        self._other_language = vocabulary.other_language
        phrases = {f"role.{role}": names for role, names in self._roles.names.items()}
        for concept, forms in vocabulary.concepts.items():
            phrases[concept] = [content_words(form) for form in forms]
        self._cites = {id: frozenset(guideline.clause_ids(entry)) for id, entry in guideline.entries.items()}
        self._silences = {silence.id for silence in guideline.silences}
        ranks = english()
        self._concepts = Concepts(phrases, vocabulary.plain, ranks)
        written = _written(guideline, vocabulary)
        samples = chain(written.items(), vocabulary.examples.items())
        self._bayes = NaiveBayes(
            keep(lambda: counted((owner, self._said(_run_together(texts))[0]) for owner, texts in samples))
        )
        known = {word for wordings in phrases.values() for wording in wordings for word in wording} | vocabulary.plain
        self._speller = Speller(known.union(_run_together(chain.from_iterable(written.values()))), ranks)

    def _said(self, words: Sequence[str]) -> tuple[Iterator[str], list[Unit]]:
        """What is counted of texts, and the things they say."""
        bases = self._concepts.bases(words)
        meant = self._concepts.meant(bases)
        return features(meant, bases), [unit for unit in meant.units if unit != (BREAK,)]

    def answer(
        self, question: str, role: str | None = None, topic: tuple[str, ...] = (), *, settled: bool = True
    ) -> Answer:
        """What the guideline says to a question. `role`: the asker's, unless the question says another.

        `topic`: ids of the entries of the conversation's last answer, which a follow-up refers to. `settled`: False
        where that answer was unsure, and they are the choices it offered.
        """
        asked = questions(question[:LONGEST_QUESTION])
        whole = self._one(question, role, topic, settled=settled)
        parts = self._several(question, asked, role, topic) if len(asked) > 1 else None
        if not parts and whole.outcome is Outcome.NOT_COVERED:
            parts = self._by_pieces(whole, role, topic)
        return replace(parts, local=parts.local or whole.local) if parts else whole

    def _by_pieces(self, whole: Answer, role: str | None, topic: tuple[str, ...]) -> Answer | None:
        """What is said beside small talk, or what is urgent, in a message that is not covered as a whole."""
        said = pieces(whole.question[:LONGEST_QUESTION])[:MOST_PIECES]
        answers = [self._one(piece, role, topic) for piece in said] if len(said) > 1 else []
        urgent = frozenset().union(*(self._cites[id] for id in self._urgent))
        found = [
            answer
            for answer in answers
            if answer.matches and (whole.small_talk or not urgent.isdisjoint(self._cites[answer.matches[0].entry.id]))
        ]
        return replace(found[0], question=whole.question, also=tuple(found[1:MOST_QUESTIONS])) if found else None

    def _several(self, question: str, asked: Sequence[str], role: str | None, topic: tuple[str, ...]) -> Answer | None:
        """Answers to several questions in one, where at least two of them have different ones."""
        answers: list[Answer] = []
        cited: set[str] = set()
        for part in asked:
            answer = self._one(part, role, topic)
            role = answer.role
            if answer.outcome not in (Outcome.ANSWERED, Outcome.SILENT):
                continue
            clauses = set(self.guideline.clause_ids(answer.matches[0].entry))
            if not clauses <= cited:
                cited |= clauses
                answers.append(answer)
                if len(answers) == MOST_QUESTIONS:
                    break
        if len(answers) < 2:
            return None
        return replace(answers[0], question=question, role=role, also=tuple(answers[1:]))

    def _one(self, question: str, role: str | None, topic: tuple[str, ...], *, settled: bool = True) -> Answer:
        written = words(question)
        read = self._speller.repaired(written)
        spoken = self._roles.spoken(read)
        own = spoken.own if spoken else range(0)
        said = [word for at, word in enumerate(read) if at not in own]
        meant, units = self._said([BREAK, *said, BREAK])
        read_as = " ".join(read) if read != written else None
        asked = _Asked(question, spoken.role if spoken else role, read_as, self._language(question, written))
        known = tuple(id for id in topic if id in self.guideline.entries)
        if known and follows_up(read, units):
            if all(_is_role(unit[0].strip("{}")) for unit in units):
                return self._same_topic(asked, known, settled=settled)
            return self._judge(asked, self._bayes.probabilities(meant, self._related(known)), units)
        return self._judge(asked, self._bayes.probabilities(meant), units)

    def _language(self, question: str, written: Sequence[str]) -> str | None:
        """The line for what is hardly English: most of its words are none, or its letters make no words at all."""
        unknown = sum(not self._speller.known(word) for word in written)
        if written:
            return self._other_language if unknown > 1 and 2 * unknown >= len(written) else None
        return self._other_language if any(map(str.isalpha, question)) else None

    def _same_topic(self, asked: "_Asked", topic: tuple[str, ...], *, settled: bool) -> Answer:
        """The last answer once more, for another role."""
        if settled:
            return self._judge(asked, {topic[0]: 1.0}, ())
        choices = [self._match(self.guideline.entries[id], {id: 1 / len(topic)}, asked.role) for id in topic[:CHOICES]]
        return asked.answer(Outcome.UNSURE, tuple(choices), 1 / len(topic))

    def _related(self, topic: tuple[str, ...]) -> dict[str, float]:
        """Entries that a follow-up is likely to be about, and how many times likelier than others they are."""
        entries = [self.guideline.entries[id] for id in topic]
        related = {id: NEAR_TOPIC for entry in entries for id in neighbours(self.guideline, entry)}
        return {**related, **dict.fromkeys(topic, NEAR_TOPIC), topic[0]: SAME_TOPIC}

    def _judge(self, asked: "_Asked", likely: Mapping[str, float], units: Sequence[Unit]) -> Answer:
        """The answer where these are the probabilities of entries and of topics that the guideline does not cover."""
        entries = {id: share for id, share in likely.items() if id not in self._topics}
        best = max(entries.values(), default=0.0)
        outside = sum(likely.values()) - sum(entries.values())
        nearest = max(likely.keys() - entries.keys(), key=lambda id: (likely[id], id), default=None)
        topic = self._topics[nearest] if nearest else None
        said = {feature for unit in units for feature in unit}
        refused = outside > max(OUTSIDE_FROM, OUTSIDE_SHARE * best)
        crisis = next((self._topics[id] for id, named in self._crises.items() if not said.isdisjoint(named)), None)
        if crisis and (refused or best < SURE_FROM):
            return asked.outside(crisis, outside, sure=True)
        asked = replace(asked, crisis=crisis.local if crisis else None)
        urgent = self._said_urgent(entries, said)
        if topic and refused and (topic.local or not urgent):
            if not units:
                return asked.answer(Outcome.NOT_COVERED, (), outside, small_talk=True)
            return asked.outside(topic, outside, sure=likely[topic.id] >= SURE_FROM)
        if best < REFUSED_BELOW:
            return asked.answer(Outcome.NOT_COVERED, (), 1 - best, small_talk=not units)
        matches = self._matches(entries, asked.role)
        if urgent and not any(self._cites[urgent] & self._cites[match.entry.id] for match in matches[:CHOICES]):
            beside = replace(self._match(self.guideline.entries[urgent], entries, asked.role), score=BESIDE * best)
            matches = (matches[0], beside, *matches[1:-1])
        silent = isinstance(matches[0].entry, Silence)
        sure = self._support(matches[0].entry, entries)
        if sure < (SILENT_FROM if silent else SURE_FROM):
            choices = [match for match in matches[:CHOICES] if match.score >= CHOICE_FROM * best]
            return asked.answer(Outcome.UNSURE, tuple(choices), sure)
        if silent:
            return asked.answer(Outcome.SILENT, self._silent(matches[0], entries, asked.role), sure)
        return asked.answer(Outcome.ANSWERED, matches, sure)

    def _said_urgent(self, entries: Mapping[str, float], said: Set[str]) -> str | None:
        """The entry that is not to be kept from whoever says what they say, if it is at all likely to be meant."""
        for id, named in self._urgent.items():
            if not said.isdisjoint(named):
                likely = sum(share for other, share in entries.items() if self._cites[other] <= self._cites[id])
                if likely > URGENT_FROM * sum(entries.values()):
                    return id
        return None

    def _matches(self, likely: Mapping[str, float], role: str | None) -> tuple[Match, ...]:
        """The likeliest entries, none that cites just what a likelier one cites."""
        matches: list[Match] = []
        cited: set[frozenset[str]] = set()
        for id in sorted(likely, key=lambda id: (-likely[id], id)):
            if self._cites[id] not in cited:
                cited.add(self._cites[id])
                matches.append(self._match(self.guideline.entries[id], likely, role))
                if len(matches) == MOST_MATCHES:
                    break
        return tuple(matches)

    def _support(self, entry: Entry, likely: Mapping[str, float]) -> float:
        """How likely it is that the entry answers: by itself, or because it says all that another one says."""
        if isinstance(entry, Silence):
            return likely[entry.id]
        says = self._cites[entry.id]
        silences = self._silences
        return sum(share for id, share in likely.items() if id not in silences and self._cites[id] <= says)

    def _silent(self, silence: Match, likely: Mapping[str, float], role: str | None) -> tuple[Match, ...]:
        """The silence and its nearest clauses, those first that the question comes closest to."""
        nearest = silence.entry.nearest if isinstance(silence.entry, Silence) else ()
        closest = sorted(nearest, key=lambda id: -likely.get(id, 0.0))
        return (silence, *(self._match(self.guideline.entries[id], likely, role) for id in closest))

    def _match(self, entry: Entry, likely: Mapping[str, float], role: str | None) -> Match:
        """The entry as a match, of a group with the member that was asked for."""
        bound = entry.applies_to if isinstance(entry, Clause) else ()
        members = [clause.id for clause in self.guideline.members(entry.id)] if isinstance(entry, Group) else []
        member = max(members, key=lambda id: likely.get(id, 0.0), default=None)
        share = likely.get(entry.id, 0.0)
        asked_for = member if member and likely.get(member, 0.0) > MEMBER_SHARE * share else None
        return Match(entry, share, role in bound if role and bound else None, asked_for)


@dataclass(frozen=True)
class _Asked:
    """What does not depend on what is found."""

    question: str
    role: str | None
    read_as: str | None
    language: str | None
    crisis: str | None = None

    def outside(self, topic: Topic, confidence: float, *, sure: bool) -> Answer:
        """Not covered; on what, only where that is sure."""
        answer = self.answer(Outcome.NOT_COVERED, (), confidence, small_talk=topic.title is None)
        return replace(answer, topic=topic.title if sure else None, local=self.language or topic.local)

    def answer(
        self,
        outcome: Outcome,
        matches: tuple[Match, ...],
        confidence: float,
        *,
        small_talk: bool = False,
    ) -> Answer:
        confidence = max(0.0, min(1.0, confidence))
        local = self.crisis or (self.language if outcome in (Outcome.NOT_COVERED, Outcome.UNSURE) else None)
        return Answer(
            self.question, outcome, matches, confidence, self.role, self.read_as, small_talk=small_talk, local=local
        )


def _is_role(concept: str) -> bool:
    return concept.startswith("role.")


def _written(guideline: Guideline, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """What editors wrote, free of spelling mistakes, by the entry or topic that it speaks for."""
    texts = {entry.id: [entry.title, entry.statement] for entry in guideline.entries.values()}
    for owner, templates in chain(vocabulary.phrasings.items(), ((one.id, one.phrasings) for one in vocabulary.topics)):
        texts.setdefault(owner, []).extend(chain.from_iterable(map(expand, templates)))
    return texts


def _run_together(texts: Iterable[str]) -> list[str]:
    """The words of texts, which begin and end where a line does: read at once, thousands take no time."""
    return content_words(BREAK.join(("", *texts, "")))
