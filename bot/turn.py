"""One thing that somebody did in Slack, with all it takes to answer it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.payloads import Payload
from conversations.asking import Asking

P_co = TypeVar("P_co", bound=Payload, covariant=True)


@dataclass(frozen=True)
class Turn(Generic[P_co]):
    """What was done (`payload`), when (`at`), the service that answers it, and the ways back to Slack."""

    payload: P_co
    at: datetime
    asking: Asking
    client: WebClient
    ack: Ack
    respond: Respond
