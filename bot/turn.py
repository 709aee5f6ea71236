"""One thing that somebody did in Slack, with all it takes to answer it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.payloads import Payload
from bot.work import Work
from conversations.asking import Asking
from conversations.errors import ConversationError

NO_CASES = "This guideline answers questions only: it has no checklists and no letter that a case could be worked by."

P_co = TypeVar("P_co", bound=Payload, covariant=True)


@dataclass(frozen=True)
class Turn(Generic[P_co]):
    """What was done (`payload`), when (`at`), the services that answer it, and the ways back to Slack."""

    payload: P_co
    at: datetime
    asking: Asking
    client: WebClient
    ack: Ack
    respond: Respond
    casework: Work | None

    @property
    def work(self) -> Work:
        """Working on cases; refused where the guideline has nothing to work them by."""
        if self.casework is None:
            raise ConversationError(NO_CASES)
        return self.casework
