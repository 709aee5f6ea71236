"""What the bot registers with Slack, declared once: Bolt's listeners and the app manifest are both made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.payloads import Payload
from bot.turn import Turn

P = TypeVar("P", bound=Payload)

SCOPES_BY_METHOD = {
    "apps_connections_open": None,
    "auth_test": None,
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "views_open": None,
    "views_publish": None,
    "views_update": None,
}
"""Every method of the Web API that the bot calls, with the bot scope it takes."""


@dataclass(frozen=True)
class Command(Generic[P]):
    """A slash command. `usage_hint` is what Slack shows behind it while one types."""

    name: str
    description: str
    usage_hint: str
    payload: type[P]
    listener: Callable[[Turn[P]], None]


@dataclass(frozen=True)
class Event(Generic[P]):
    """An event subscription. `name`: what the event calls itself; `subscription`: what the manifest calls it."""

    name: str
    subscription: str
    scope: str | None
    payload: type[P]
    listener: Callable[[Turn[P]], None]


@dataclass(frozen=True)
class Action(Generic[P]):
    """A button or select, and all those that `ids.one_of_many` makes of its action_id."""

    action_id: str
    payload: type[P]
    listener: Callable[[Turn[P]], None]


@dataclass(frozen=True)
class Form(Generic[P]):
    """A modal that is sent off. Its listener acknowledges by itself: what comes next is in the acknowledgement."""

    callback_id: str
    payload: type[P]
    listener: Callable[[Turn[P]], None]


@dataclass(frozen=True)
class Registry:
    """All of it."""

    commands: tuple[Command[Any], ...]
    events: tuple[Event[Any], ...]
    actions: tuple[Action[Any], ...]
    forms: tuple[Form[Any], ...]

    @property
    def scopes(self) -> tuple[str, ...]:
        """The bot scopes it takes, in alphabetical order."""
        needed = {scope for scope in SCOPES_BY_METHOD.values() if scope}
        needed |= {event.scope for event in self.events if event.scope}
        needed |= {"commands"} if self.commands else set()
        return tuple(sorted(needed))
