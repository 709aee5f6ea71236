"""Asking: one service from a question to an answer that is remembered, and to what people say of it."""

import logging
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from conversations import identifiers, questions
from conversations.errors import ConversationError
from conversations.questions import AnsweredQuestion, RegisteredQuestion, Waiting, newly_answered
from conversations.store import Store
from guideline_content.answers import Answer, Match, Outcome
from guideline_content.models import Clause, Entry, Guideline

LOG = logging.getLogger(__name__)

FOLLOW_UP = timedelta(minutes=15)
KEPT = timedelta(days=30)

TOLD_ALREADY = "You were told already: the answer is in our direct messages."
_FORGOTTEN = "That answer is too old, or the content has changed since. Please ask again."


class Answerer(Protocol):
    """What finds the answers."""

    @property
    def guideline(self) -> Guideline:
        """The guideline it answers from."""

    def answer(
        self, question: str, role: str | None = None, topic: tuple[str, ...] = (), *, settled: bool = True
    ) -> Answer:
        """The answer. `topic`: ids of the entries shown before, where the question may be a follow-up; `settled`:
        whether they were an answer, not choices.
        """


@dataclass(frozen=True)
class Asked:
    """An answer given. `id`: what a click refers to it by; `person`: who asked; `seen`: what looks like identity."""

    id: str
    person: str
    answer: Answer
    seen: tuple[identifiers.Kind, ...] = ()


@dataclass(frozen=True)
class News:
    """What the content answers by now to somebody who waits for it."""

    waiting: Waiting
    answer: Answer

    @property
    def key(self) -> str:
        """Of the person and the question."""
        return f"{self.waiting.asked.id} {self.waiting.person}"


class Asking:
    """Answers, remembers, registers. Texts are screened before anything of them is kept."""

    def __init__(self, answerer: Answerer, store: Store) -> None:
        self.guideline = answerer.guideline
        self.store = store
        self._answerer = answerer

    def ask(self, question: str, *, person: str, conversation: str, at: datetime) -> tuple[Asked, ...]:
        """Answer what is asked: one answer for each question in it, at least one.

        `conversation`: a key of the place, in which a follow-up finds the topic of the last answer.
        """
        self._forget_once_a_day(at)
        before = self.store.last_answered(conversation, person, since=at - FOLLOW_UP)
        topic = before.entries if before else ()
        settled = before is None or before.outcome is not Outcome.UNSURE
        answer = self._answer(question, self.role(person), topic, settled=settled)
        follows = topic if settled else ()
        parts = [_by_itself(part) for part in (answer, *answer.also)]
        first, *others = (Asked(uuid.uuid4().hex, person, part) for part in parts)
        seen = dict.fromkeys(found.kind for found in identifiers.find(question))
        asked = (replace(first, seen=tuple(seen)), *others)
        for one in asked:
            kept = self._kept(one, conversation, at, follows=follows)
            self._keep(kept, questions.unanswered(kept))
        return asked

    def recall(self, answer_id: str, *, role: str | None = None) -> Asked:
        """The answer with this id as it was given, for this role if one is given.

        ConversationError where it is no longer known.
        """
        remembered = self._remembered(answer_id)
        scores = remembered.scores or tuple(float(not at) for at in range(len(remembered.entries)))
        matches = tuple(
            self._match(entry_id, role or remembered.role, score)
            for entry_id, score in zip(remembered.entries, scores, strict=True)
        )
        if matches:
            matches = (replace(matches[0], member=remembered.member), *matches[1:])
        answer = _recalled(remembered, matches, role)
        return Asked(answer_id, remembered.person, answer, remembered.seen)

    def choose(self, answer_id: str, entry_id: str, *, at: datetime) -> Asked:
        """Settle an unsure answer on one of its entries. Choosing twice is choosing once."""
        remembered = self._remembered(answer_id)
        match = self._match(entry_id, remembered.role)
        answer = replace(_recalled(remembered, (match,), None), outcome=Outcome.ANSWERED)
        id = uuid.uuid5(uuid.UUID(answer_id), entry_id).hex
        chosen = Asked(id, remembered.person, answer, remembered.seen)
        self._keep(self._kept(chosen, remembered.conversation, at, follows=remembered.follows))
        return chosen

    def entry(self, entry_id: str) -> Entry:
        """The entry; ConversationError where the content no longer has it."""
        if entry_id not in self.guideline.entries:
            raise ConversationError(_FORGOTTEN)
        return self.guideline.entries[entry_id]

    def role(self, person: str) -> str | None:
        """The person's role, None where none is set or the content no longer knows it."""
        role = self.store.role(person)
        return role if role in {known.id for known in self.guideline.roles} else None

    def give_feedback(
        self, answer_id: str, *, person: str, helpful: bool, at: datetime, wanted: str | None = None
    ) -> None:
        """Register a vote on an answer, and what was looked for."""
        remembered = self._remembered(answer_id)
        vote = questions.feedback(remembered, person=person, helpful=helpful, at=at, wanted=wanted)
        self.store.register_feedback(vote)

    def wait(self, answer_id: str, *, person: str, at: datetime) -> None:
        """Keep that the person wants to be told when the content answers the question. Twice is once."""
        waiting = self.store.wait(answer_id, person, at=at)
        if waiting is None:
            raise ConversationError(_FORGOTTEN)
        if waiting.told:
            raise ConversationError(TOLD_ALREADY)

    def news(self, *, at: datetime) -> tuple[News, ...]:
        """Who waits for an answer that the present content has. What is older than `KEPT` is forgotten first."""
        self.store.forget_answers(before=at - KEPT)
        asked_again = (News(one, self._answer_again(one)) for one in self.store.waiting())
        return tuple(news for news in asked_again if newly_answered(news.answer, not_by=_rejected(news.waiting.asked)))

    def bring(self, news: News, *, conversation: str, at: datetime) -> tuple[Asked, ...]:
        """The answers that somebody waited for, remembered as if they had asked there; bringing twice is once."""
        source, person, version = uuid.UUID(news.waiting.asked.id), news.waiting.person, self.guideline.version
        asked = tuple(
            Asked(uuid.uuid5(source, f"{person} {version} {number}").hex, person, _by_itself(part))
            for number, part in enumerate((news.answer, *news.answer.also))
        )
        for one in asked:
            self._keep(self._kept(one, conversation, at, follows=news.waiting.asked.follows))
        return asked

    def _answer_again(self, waiting: Waiting) -> Answer:
        asked = waiting.asked
        return self._answer(asked.question, self.role(waiting.person), asked.follows)

    def _answer(self, question: str, role: str | None, topic: tuple[str, ...], *, settled: bool = True) -> Answer:
        """The answer to what is left of the question without identifiers: the same whether these are masked yet."""
        left = identifiers.without_masks(identifiers.mask(question))
        return replace(self._answerer.answer(left, role=role, topic=topic, settled=settled), question=question)

    def _keep(self, kept: AnsweredQuestion, unanswered: RegisteredQuestion | None = None) -> None:
        self.store.remember_answer(kept, unanswered)
        LOG.info("Answer %s: %s, %s", kept.id, kept.outcome, ", ".join(kept.entries) or "no entry")

    def _kept(
        self, asked: Asked, conversation: str, at: datetime, *, follows: tuple[str, ...] = ()
    ) -> AnsweredQuestion:
        return questions.answered(
            asked.answer,
            id=asked.id,
            at=at,
            person=asked.person,
            conversation=conversation,
            content_version=self.guideline.version,
            follows=follows,
            seen=asked.seen,
        )

    def _remembered(self, answer_id: str) -> AnsweredQuestion:
        remembered = self.store.answered(answer_id)
        if remembered is None:
            raise ConversationError(_FORGOTTEN)
        return remembered

    def _match(self, entry_id: str, role: str | None, score: float = 1.0) -> Match:
        entry = self.entry(entry_id)
        named = entry.applies_to if isinstance(entry, Clause) else ()
        return Match(entry, score, role in named if role and named else None)

    def _forget_once_a_day(self, at: datetime) -> None:
        if self.store.claim(f"forget {at.date().isoformat()}", at=at):
            self.store.forget_answers(before=at - KEPT)


def _by_itself(part: Answer) -> Answer:
    """One answer of several, with no identifier in what is shown of the question."""
    return replace(part, also=(), read_as=questions.reading(part))


def _rejected(asked: AnsweredQuestion) -> str | None:
    """The entry that was the answer to it: who waits nevertheless said that this was not it."""
    return next(iter(asked.entries), None) if asked.outcome is Outcome.ANSWERED else None


def _recalled(remembered: AnsweredQuestion, matches: tuple[Match, ...], role: str | None) -> Answer:
    return Answer(
        question=remembered.question,
        outcome=remembered.outcome,
        matches=matches,
        confidence=1.0,
        role=role or remembered.role,
        read_as=remembered.read_as,
        small_talk=remembered.small_talk,
        topic=remembered.about,
        local=remembered.local,
    )
