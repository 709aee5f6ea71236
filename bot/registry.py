"""What the bot registers with Slack, declared once: Bolt's listeners and the app manifest are both made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.payloads import Payload
from bot.turn import Turn

P = TypeVar("P", bound=Payload)

SCOPES_BY_METHOD: dict[str, str | tuple[str, ...] | None] = {
    "apps_connections_open": None,
    "auth_test": None,
    "chat_delete": "chat:write",
    "chat_getPermalink": None,
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_info": ("channels:read", "groups:read"),
    "conversations_members": ("channels:read", "groups:read"),
    "conversations_open": "im:write",
    "views_open": None,
    "views_publish": None,
    "views_push": None,
    "views_update": None,
}
"""Every method of the Web API that the bot calls, with the bot scopes it takes: one for each kind of conversation."""


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
        by_method = (scopes for scopes in SCOPES_BY_METHOD.values() if scopes)
        needed = {scope for scopes in by_method for scope in ((scopes,) if isinstance(scopes, str) else scopes)}
        needed |= {event.scope for event in self.events if event.scope}
        needed |= {"commands"} if self.commands else set()
        return tuple(sorted(needed))
