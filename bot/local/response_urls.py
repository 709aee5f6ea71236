"""Response URLs: the bot may answer a command or a click through them, five times within thirty minutes."""

import secrets
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.local.errors import SlackError
from bot.local.limits import check_message_text, checked_blocks
from bot.local.state import State

LIFETIME = 30 * 60
MOST_USES = 5


class Reply(BaseModel):
    """What may be sent to a response URL, or with the acknowledgement of a command."""

    model_config = ConfigDict(extra="forbid")

    text: str = ""
    blocks: list[Any] | None = None
    response_type: Literal["ephemeral", "in_channel"] = "ephemeral"
    replace_original: bool = False
    delete_original: bool = False
    thread_ts: str | None = None
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None


@dataclass
class ResponseUrl:
    """Where answers go: to the person and the conversation it was issued for, about this message if there is one."""

    user: str
    channel: str
    message: str | None
    at: float
    uses: int = 0


class ResponseUrls:
    """Issues response URLs and counts their uses."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: str, message: str | None = None) -> str:
        """The path of a fresh one."""
        with self._state.lock:
            token = secrets.token_hex(12)
            self._issued[token] = ResponseUrl(user, channel, message, self._state.now())
            return f"respond/{token}"

    def use(self, token: str) -> ResponseUrl:
        """Count one use; unknown, too old or used up is refused by Slack's names."""
        with self._state.lock:
            issued = self._issued.get(token)
            if issued is None:
                raise SlackError("invalid_response_url")
            if self._state.now() - issued.at > LIFETIME:
                raise SlackError("expired_url")
            if issued.uses >= MOST_USES:
                raise SlackError("used_url")
            issued.uses += 1
            return issued


def read_reply(payload: Any) -> Reply:
    """The reply with its blocks checked; whatever Slack does not know of is refused."""
    try:
        reply = Reply.model_validate(payload)
    except ValidationError as invalid:
        problem = invalid.errors()[0]
        where = ".".join(map(str, problem["loc"]))
        raise SlackError("invalid_payload", (f"[ERROR] {where}: {problem['msg']}",)) from invalid
    check_message_text(reply.text)
    if not reply.delete_original and not reply.text and not reply.blocks:
        raise SlackError("no_text")
    return reply.model_copy(update={"blocks": list(checked_blocks(reply.blocks or []))})
