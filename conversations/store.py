"""What a store promises. Every implementation passes the one contract suite in tests/."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from conversations.questions import RegisteredQuestion


class Store(Protocol):
    """Keeps what people told the bot. Each call is one transaction; safe from any thread and any process."""

    def role(self, person: str) -> str | None:
        """The role id the person set, or None. `person`: a Slack user id."""

    def set_role(self, person: str, role: str | None, *, at: datetime) -> None:
        """Keep the person's role; None forgets it."""

    def claim(self, key: str, *, at: datetime) -> bool:
        """True for the first who asks for this key, False ever after. Twice is once: events, greetings, form nonces."""

    def register(self, question: RegisteredQuestion) -> None:
        """Add to the question register; an id that is there already changes nothing."""

    def registered(self) -> Sequence[RegisteredQuestion]:
        """The question register, oldest first."""
