"""Answers questions from a guideline: deterministic, offline, from its content alone."""

import gc
import re
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

_ASIDE = re.compile(r"\bhere\s*[,.:;!?-]", re.IGNORECASE)

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
            known.union(_run_together(chain.from_iterable(written.values()))), ranks, self._left_alone
        )

    def _left_alone(self, word: str) -> bool:
        """Whether a word is to be read as it stands: of another language, or one that people use."""
        return word in self._foreign or self._bayes.has_often(self._concepts.bases([word])[0])

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
        said = pieces(question[:LONGEST_QUESTION])[:MOST_PIECES]
        role = self._own_role(question) or role
        whole = self._one(question, role, topic, settled=settled)
        beside = topic if settled else ()
        parts = self._several(asked, role, beside) if len(asked) > 1 else ()
        each = [self._one(piece, role, beside) for piece in said] if len(said) > 1 else []
        if not parts and whole.outcome is Outcome.NOT_COVERED:
            parts = [answer for answer in each if self._stands_out(answer, whole)]
        first, *others = parts[:MOST_QUESTIONS] or [whole]
        line = next((answer.local for answer in (first, whole, *each) if self._judge.is_of_urgency(answer.local)), None)
        foreign = any(self._is_foreign(words(piece)) for piece in said if " " in piece)
        local = line or first.local or (self._other_language if foreign else None)
        return replace(first, question=question, also=tuple(others), local=local)

    def _own_role(self, question: str) -> str | None:
        """The role that the asker says is theirs, for whatever is asked in the message."""
        spoken = self._roles.spoken(self._speller.repaired(words(question)), aside=_has_aside(question))
        return spoken.role if spoken and spoken.own else None

    def _stands_out(self, piece: Answer, whole: Answer) -> bool:
        """Whether it is to be answered although its message is not covered: beside small talk, or as it is urgent."""
        beside = (piece.matches and whole.small_talk) or (piece.outcome in SURE and whole.local)
        return bool(beside) or self._judge.is_urgent(piece)

    def _several(self, asked: Sequence[str], role: str | None, topic: tuple[str, ...]) -> Sequence[Answer]:
        """Answers to several questions in one, each with something new, and then what surely is not covered.

        Nothing where fewer than two of them have one, unless the only one is sure enough to stand beside the others.
        """
        answers: list[Answer] = []
        outside: list[Answer] = []
        cited: set[str] = set()
        for part in asked:
            answer = self._one(part, role, topic)
            if answer.topic:
                outside.append(answer)
            elif answer.outcome in SURE and not self._judge.cites(answer) <= cited:
                cited |= self._judge.cites(answer)
                answers.append(answer)
        stands = outside and answers and answers[0].confidence >= SURE_BESIDE
        return [*answers, *outside] if len(answers) > 1 or stands else ()

    def _one(self, question: str, role: str | None, topic: tuple[str, ...], *, settled: bool = True) -> Answer:
        written = words(question)
        if self._other_language and self._is_foreign(written):
            foreign = Read(question, role, None, self._other_language)
            return foreign.answer(Outcome.NOT_COVERED, (), 1.0)
        read = self._speller.repaired(written)
        spoken = self._roles.spoken(read, aside=_has_aside(question))
        own = spoken.own if spoken else range(0)
        said = [word for at, word in enumerate(read) if at not in own]
        meant, units = self._said([BREAK, *said, BREAK])
        read_as = " ".join(read) if read != written else None
        asked = Read(question, spoken.role if spoken else role, read_as, self._language(question, read))
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
        foreign = sum(word in self._foreign for word in written)
        return 2 * foreign >= len(written) and foreign >= min(2, len(written)) > 0

    def _related(self, topic: tuple[str, ...]) -> dict[str, float]:
        """Entries that a follow-up is likely to be about, and how many times likelier than others they are."""
        entries = [self.guideline.entries[id] for id in topic]
        related = {id: NEAR_TOPIC for entry in entries for id in neighbours(self.guideline, entry)}
        return {**related, **dict.fromkeys(topic, NEAR_TOPIC), topic[0]: SAME_TOPIC}


def _has_aside(question: str) -> bool:
    """Whether somebody introduces themselves: "NP here, ..."."""
    return _ASIDE.search(question) is not None


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
