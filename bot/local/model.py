"""What the workspace holds: messages and views. They are never changed, only replaced, so anyone may keep one."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.local.people import Channel
from bot.local.reading import labels, lines, plain

Payload = dict[str, Any]
Values = dict[str, dict[str, Payload]]


@dataclass(frozen=True)
class Message:
    """A message as it stands. `to` names the one person who sees an ephemeral message, else None.

    `text` and `blocks` are as Slack keeps them: escaped, with mentions as `<@U...>`, each block with its `block_id`.
    Where there are blocks, they are what is shown; `text` is only the fallback.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Payload, ...] = ()
    thread_ts: str | None = None
    to: str | None = None
    broadcast: bool = False
    edited: bool = False
    from_bot: bool = False
    replies: int = 0
    latest_reply: str | None = None
    metadata: Payload | None = None
    client_msg_id: str | None = None

    @property
    def is_reply(self) -> bool:
        """Lies in a thread and is not its root."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @cached_property
    def shown(self) -> str:
        """What people read, a line a piece of text, without the labels of buttons and other elements."""
        return "\n".join(lines(self.blocks)) if self.from_bot and self.blocks else plain(self.text)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What buttons, selects and the like say, in order."""
        return tuple(labels(self.blocks))


@dataclass(frozen=True)
class View:
    """A modal or a Home as one person has it open.

    `payload` is the view the bot sent, checked, with generated ids. `values` is Slack's `state.values`.
    `errors` maps block ids to the text shown at the field. `trouble` is what Slack shows when the bot did not answer.
    `channel`: the conversation the person was in when it opened.
    """

    id: str
    user: str
    payload: Payload
    hash: str
    root_id: str
    previous_id: str | None = None
    channel: Channel | None = None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @property
    def type(self) -> str:
        """`modal` or `home`."""
        return str(self.payload["type"])

    @property
    def title(self) -> str:
        """The modal's title; a Home has none."""
        return _text(self.payload.get("title"))

    @property
    def submit(self) -> str | None:
        """The label of the button that submits, or None where there is nothing to submit."""
        return _text(self.payload["submit"]) if "submit" in self.payload else None

    @property
    def close(self) -> str:
        """The label of the button that dismisses."""
        return _text(self.payload.get("close")) or ("Cancel" if self.submit else "Close")

    @property
    def blocks(self) -> tuple[Payload, ...]:
        """The blocks, each with its `block_id`, each element with its `action_id`."""
        return tuple(self.payload["blocks"])

    @cached_property
    def shown(self) -> str:
        """What people read, a line a piece of text."""
        return "\n".join(filter(None, (self.title, *lines(self.blocks), *self.errors.values(), self.trouble)))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What buttons, selects and the like say, in order."""
        return tuple(labels(self.blocks))


def _text(composition: Payload | None) -> str:
    return str(composition["text"]) if composition else ""
