"""Answers questions from a guideline: deterministic, offline, from its content alone."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from guideline_content.answers import Answer, Outcome
from guideline_content.concepts import Concepts, Unit
from guideline_content.follow_ups import follows_up, neighbours
from guideline_content.judging import SURE, Judge, Read
from guideline_content.kept_counts import Counting, kept_counts
from guideline_content.loading import BUILT_IN, load
from guideline_content.models import Guideline
from guideline_content.naive_bayes import Counts, NaiveBayes, counted, features
from guideline_content.parts import MOST_QUESTIONS, pieces, questions
from guideline_content.phrasings import expand
from guideline_content.roles import RoleNames
from guideline_content.spelling import Speller, english
from guideline_content.text import BREAK, LONGEST_QUESTION, content_words, words
from guideline_content.vocabulary import Vocabulary, load_vocabulary

MOST_PIECES = 12
SURE_BESIDE = 0.8
"""How sure one answer has to be to stand beside what is not covered."""

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
        self._judge = Judge(guideline, vocabulary)
        self._other_language, self._foreign = vocabulary.other_language, vocabulary.foreign
        phrases = {f"role.{role}": names for role, names in self._roles.names.items()}
        for concept, forms in vocabulary.concepts.items():
            phrases[concept] = [content_words(form) for form in forms]
        ranks = english()
        self._concepts = Concepts(phrases, vocabulary.plain, ranks)
        written = _written(guideline, vocabulary)
        samples = chain(written.items(), vocabulary.examples.items())
        self._bayes = NaiveBayes(
            keep(lambda: counted((owner, self._said(_run_together(texts))[0]) for owner, texts in samples))
        )
        known = {word for wordings in phrases.values() for wording in wordings for word in wording} | vocabulary.plain
        self._speller = Speller(
            known.union(_run_together(chain.from_iterable(written.values()))), ranks, vocabulary.foreign
        )

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
        parts = self._several(asked, role, topic) if len(asked) > 1 else ()
        if not parts and whole.outcome is Outcome.NOT_COVERED:
            parts = self._by_pieces(whole, role, topic)
        if not parts:
            return whole
        first, *others = parts[:MOST_QUESTIONS]
        return replace(
            first, question=question, role=parts[-1].role, also=tuple(others), local=first.local or whole.local
        )

    def _by_pieces(self, whole: Answer, role: str | None, topic: tuple[str, ...]) -> Sequence[Answer]:
        """What is said beside small talk or a crisis, or is urgent, in a message that is not covered as a whole."""
        said = pieces(whole.question[:LONGEST_QUESTION])[:MOST_PIECES]
        answers = [self._one(piece, role, topic) for piece in said] if len(said) > 1 else []
        return [
            answer
            for answer in answers
            if (answer.matches and whole.small_talk)
            or (answer.outcome in SURE and whole.local)
            or self._judge.is_urgent(answer)
        ]

    def _several(self, asked: Sequence[str], role: str | None, topic: tuple[str, ...]) -> Sequence[Answer]:
        """Answers to several questions in one, each with something new, and then what surely is not covered.

        None where fewer than two of them have one, or one so sure that it is not hidden by what is not covered.
        """
        answers: list[Answer] = []
        outside: list[Answer] = []
        cited: set[str] = set()
        for part in asked:
            answer = self._one(part, role, topic)
            role = answer.role
            if answer.topic:
                outside.append(answer)
            elif answer.outcome in SURE and not self._judge.cites(answer) <= cited:
                cited |= self._judge.cites(answer)
                answers.append(answer)
        hidden = outside and answers and answers[0].confidence >= SURE_BESIDE
        return [*answers, *outside] if len(answers) > 1 or hidden else ()

    def _one(self, question: str, role: str | None, topic: tuple[str, ...], *, settled: bool = True) -> Answer:
        written = words(question)
        read = self._speller.repaired(written)
        spoken = self._roles.spoken(read)
        own = spoken.own if spoken else range(0)
        said = [word for at, word in enumerate(read) if at not in own]
        meant, units = self._said([BREAK, *said, BREAK])
        read_as = " ".join(read) if read != written else None
        asked = Read(question, spoken.role if spoken else role, read_as, self._language(question, read))
        if self._is_foreign(written):
            return replace(asked.answer(Outcome.NOT_COVERED, (), 1.0), local=self._other_language)
        known = tuple(id for id in topic if id in self.guideline.entries)
        if known and follows_up(read, units):
            if all(_is_role(unit[0].strip("{}")) for unit in units):
                return self._judge.again(asked, known, settled=settled)
            return self._judge.judge(asked, self._bayes.probabilities(meant, self._related(known)), units)
        return self._judge.judge(asked, self._bayes.probabilities(meant), units)

    def _language(self, question: str, read: Sequence[str]) -> str | None:
        """The line for what is hardly English: most of its words are none, or its letters make no words at all."""
        if not read:
            return self._other_language if any(map(str.isalpha, question)) else None
        strange = sum(not self._speller.known(word) or word in self._foreign for word in read)
        return self._other_language if strange > 1 and 2 * strange >= len(read) else None

    def _is_foreign(self, written: Sequence[str]) -> bool:
        """Whether it is in another language: not to be understood, however English some of its words look."""
        return bool(written) and 2 * sum(word in self._foreign for word in written) >= len(written)

    def _related(self, topic: tuple[str, ...]) -> dict[str, float]:
        """Entries that a follow-up is likely to be about, and how many times likelier than others they are."""
        entries = [self.guideline.entries[id] for id in topic]
        related = {id: NEAR_TOPIC for entry in entries for id in neighbours(self.guideline, entry)}
        return {**related, **dict.fromkeys(topic, NEAR_TOPIC), topic[0]: SAME_TOPIC}


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
