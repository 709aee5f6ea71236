"""Everything the workspace knows, behind one lock, and a count that goes up with every change."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.local.model import Message, Values, View
from bot.local.people import BOT_USER_ID, Channel, Profile
from bot.local.values import initial_values

Clock = Callable[[], datetime]


def new_id(prefix: str) -> str:
    """An id as Slack's look: a letter or two, then capitals and digits."""
    return prefix + secrets.token_hex(5).upper()


class State:
    """Messages, modals and Homes. Every method may be called from any thread."""

    def __init__(self, people: tuple[Profile, ...], channels: tuple[Channel, ...], clock: Clock) -> None:
        self.people = {person.id: person for person in people}
        self.channels = {channel.id: channel for channel in channels}
        self.clock = clock
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.changes = 0
        self.on_change: Callable[[], None] = lambda: None
        self._messages: dict[str, dict[str, Message]] = {channel: {} for channel in self.channels}
        self._stacks: dict[str, list[View]] = {person: [] for person in self.people}
        self._homes: dict[str, View] = {}
        self._message_values: dict[tuple[str, str, str], Values] = {}
        self._last_ts = (0, 0)

    def touch(self) -> None:
        """Tell everybody who waits that something changed."""
        with self.lock:
            self.changes += 1
            self.changed.notify_all()
        self.on_change()

    def now(self) -> float:
        """Seconds since the epoch, by the workspace's clock."""
        return self.clock().timestamp()

    def next_ts(self) -> str:
        """A timestamp later than every one before it, as Slack promises within a conversation."""
        with self.lock:
            micros = int(self.now() * 1_000_000)
            seconds, fraction = self._last_ts = max(divmod(micros, 1_000_000), _after(self._last_ts))
            return f"{seconds}.{fraction:06d}"

    # conversations and messages

    def direct_message(self, user: str) -> Channel:
        """The conversation between this person and the bot."""
        members = {user, BOT_USER_ID}
        return next(c for c in self.channels.values() if c.kind == "im" and c.members == members)

    def channel_named(self, name: str) -> Channel | None:
        """The channel with this id or this name, with or without `#`."""
        wanted = name.removeprefix("#")
        return next((c for c in self.channels.values() if wanted in (c.id, c.name) and wanted), None)

    def put_channel(self, channel: Channel) -> Channel:
        """A new channel, or what became of one."""
        with self.lock:
            self.channels[channel.id] = channel
            self._messages.setdefault(channel.id, {})
            self.touch()
            return channel

    def message(self, channel: str, ts: str) -> Message | None:
        """The message as it stands, or None where there is none (any more)."""
        with self.lock:
            return self._messages.get(channel, {}).get(ts)

    def messages(self, channel: str) -> list[Message]:
        """All messages of a conversation, oldest first, whoever may see them."""
        with self.lock:
            return list(self._messages[channel].values())

    def add(self, message: Message) -> Message:
        """Post; a reply is counted at its root, and gives a root that was alone its thread."""
        with self.lock:
            self._messages[message.channel][message.ts] = message
            if message.is_reply and message.to is None:
                self._count_replies(message.channel, str(message.thread_ts))
            self.touch()
            return message

    def put(self, message: Message) -> Message:
        """Replace the message with the same `ts`."""
        with self.lock:
            self._messages[message.channel][message.ts] = message
            self.touch()
            return message

    def remove(self, message: Message) -> None:
        """Delete; a thread keeps its replies when its root goes."""
        with self.lock:
            self._messages[message.channel].pop(message.ts, None)
            if message.is_reply and message.to is None:
                self._count_replies(message.channel, str(message.thread_ts))
            self.touch()

    def _count_replies(self, channel: str, root_ts: str) -> None:
        root = self._messages[channel].get(root_ts)
        if root is None:
            return
        replies = [m.ts for m in self._messages[channel].values() if m.thread_ts == root_ts and m.is_reply and not m.to]
        counted = replace(root, replies=len(replies), latest_reply=max(replies, default=None))
        self._messages[channel][root_ts] = replace(counted, thread_ts=root_ts if replies else None)

    # views

    def stack(self, user: str) -> list[View]:
        """The modals this person has open, the visible one last."""
        with self.lock:
            return list(self._stacks[user])

    def set_stack(self, user: str, stack: list[View]) -> None:
        """Open, push and close are new stacks."""
        with self.lock:
            self._stacks[user] = stack
            self.touch()

    def home(self, user: str) -> View | None:
        """The Home the bot published for this person."""
        with self.lock:
            return self._homes.get(user)

    def view(self, view_id: str) -> View | None:
        """The open modal or the published Home with this id."""
        with self.lock:
            open_views = [view for stack in self._stacks.values() for view in stack]
            return next((v for v in (*open_views, *self._homes.values()) if v.id == view_id), None)

    def view_with_external_id(self, external_id: str) -> View | None:
        """The open modal or Home the bot gave this id to."""
        with self.lock:
            open_views = [view for stack in self._stacks.values() for view in stack]
            views = (*open_views, *self._homes.values())
            return next((v for v in views if v.payload.get("external_id") == external_id), None)

    def put_view(self, view: View) -> View:
        """Replace the view with the same id where it is, or set the person's Home."""
        with self.lock:
            if view.type == "home":
                self._homes[view.user] = view
            else:
                self._stacks[view.user] = [view if v.id == view.id else v for v in self._stacks[view.user]]
            self.touch()
            return view

    def message_values(self, user: str, message: Message) -> Values:
        """What this person has chosen in the message; the others do not see it."""
        with self.lock:
            before = self._message_values.get((user, message.channel, message.ts), {})
            return initial_values(message.blocks, before, self.channels[message.channel])

    def set_message_values(self, user: str, message: Message, values: Values) -> None:
        """Keep it."""
        with self.lock:
            self._message_values[user, message.channel, message.ts] = values
            self.touch()


def _after(moment: tuple[int, int]) -> tuple[int, int]:
    seconds, fraction = moment
    return (seconds, fraction + 1) if fraction < 999_999 else (seconds + 1, 0)
