"""Trigger ids: proof that a person just did something, good for opening one view within three seconds."""

import secrets
from dataclasses import dataclass

from bot.local.errors import SlackError
from bot.local.state import State

LIFETIME = 3.0


@dataclass
class Trigger:
    """Who did it, when, in which conversation and in which modal."""

    user: str
    at: float
    channel: str | None
    view: str | None
    used: bool = False


class Triggers:
    """Issues trigger ids and takes each back once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, *, channel: str | None = None, view: str | None = None) -> str:
        """A fresh trigger id."""
        with self._state.lock:
            trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
            self._issued[trigger_id] = Trigger(user, self._state.now(), channel, view)
            return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use it up; unknown, too old or used before is refused by Slack's names."""
        with self._state.lock:
            trigger = self._issued.get(trigger_id)
            if trigger is None:
                raise SlackError("invalid_arguments", ("[ERROR] invalid `trigger_id` [json-pointer:/trigger_id]",))
            if trigger.used:
                raise SlackError("exchanged_trigger_id")
            if self._state.now() - trigger.at > LIFETIME:
                raise SlackError("expired_trigger_id")
            trigger.used = True
            return trigger
