"""What a store promises. Every implementation passes the one contract suite in tests/."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from conversations.case_store import CaseStore, DeliveryStore
from conversations.questions import AnsweredQuestion, RegisteredQuestion, Waiting


class Store(Protocol):
    """Keeps what people told the bot. Each call is one transaction; safe from any thread and any process.

    What a call has returned from is kept, also when the process is killed right after. Times carry a time zone
    (`ValueError` if not) and come back in UTC. Raises `StoreError` where it cannot read or keep.
    """

    @property
    def cases(self) -> CaseStore:
        """Where the cases are kept."""

    @property
    def delivery(self) -> DeliveryStore:
        """Where it is kept what has been shown of them, and what is still to be."""

    def role(self, person: str) -> str | None:
        """The role id the person set, or None. `person`: a Slack user id."""

    def set_role(self, person: str, role: str | None, *, at: datetime) -> None:
        """Keep the person's role; None forgets it."""

    def claim(self, key: str, *, at: datetime) -> bool:
        """True for the first who asks for this key, False ever after. Twice is once: events, greetings, form nonces."""

    def remember_answer(self, answered: AnsweredQuestion, unanswered: RegisteredQuestion | None = None) -> None:
        """Keep an answer for the clicks and follow-ups that refer to it, and register its question: both or neither.

        An id that is there already changes nothing.
        """

    def answered(self, id: str) -> AnsweredQuestion | None:
        """The answer with this id, or None: never given, or forgotten by now."""

    def last_answered(self, conversation: str, person: str, *, since: datetime) -> AnsweredQuestion | None:
        """What the person was last shown in the conversation at `since` or later: the topic of a follow-up.

        Answers without entries (small talk, not covered) are passed over.
        """

    def forget_answers(self, *, before: datetime) -> int:
        """Delete the answers given before then, with who asked and who waits; returns how many.

        The question register stays.
        """

    def wait(self, answer_id: str, person: str, *, at: datetime) -> Waiting | None:
        """Keep that the person wants to be told when the question is answered; None where the answer is not known.

        Who waits already, or was told, stays as they are.
        """

    def waiting(self) -> Sequence[Waiting]:
        """Everybody who waits and was not told, those who waited longest first."""

    def lease_waiting(self, waiting: Waiting, *, holder: str, at: datetime, until: datetime) -> bool:
        """Whether this holder alone may tell them, until then; False also if they were told."""

    def told(self, waiting: Waiting, *, at: datetime) -> None:
        """They were told, and do not wait any more."""

    def register(self, question: RegisteredQuestion) -> None:
        """Add to the question register; an id that is there already changes nothing."""

    def register_feedback(self, feedback: RegisteredQuestion) -> None:
        """Keep a person's vote on an answer: the latest by `at` counts, and there is one line for it.

        What the person wrote stays when a later vote comes without a text.
        """

    def registered(self) -> Sequence[RegisteredQuestion]:
        """The question register, oldest first."""

    def close(self) -> None:
        """Let go of the database; calls that come later raise `StoreError`. Closing twice is closing once."""
