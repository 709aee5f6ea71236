"""One of the people in the workspace: what they see, and waiting until they see something."""

from collections.abc import Callable
from typing import Any, TypeVar

from bot.local.errors import Refused
from bot.local.model import Message, View
from bot.local.people import Channel, Profile
from bot.local.reading import plain
from bot.local.slack import Slack
from bot.local.values import all_options, offers

Payload = dict[str, Any]
Seen = TypeVar("Seen")
TIMEOUT = 15.0


class Onlooker:
    """Sees as this person. A channel may be given by id, name or as the Channel itself."""

    def __init__(self, slack: Slack, profile: Profile) -> None:
        self._slack = slack
        self._state = slack.state
        self.profile = profile
        self.id = profile.id
        self.name = profile.name
        self.title = profile.title

    def __repr__(self) -> str:
        return f"<{self.name}>"

    # what they see

    @property
    def direct_message(self) -> Channel:
        """Their conversation with the bot."""
        return self._state.direct_message(self.id)

    def conversations(self) -> list[Channel]:
        """Their channels and their direct message with the bot."""
        return [channel for channel in self._state.channels.values() if self.id in channel.members]

    def messages(self, channel: Channel | str, thread_ts: str | None = None) -> list[Message]:
        """What they see there, oldest first: the channel without its threads, or one thread with its root."""
        where = self._channel(channel)
        seen = [m for m in self._state.messages(where.id) if m.to in (None, self.id)]
        if thread_ts is None:
            return [m for m in seen if not m.is_reply or m.broadcast]
        return [m for m in seen if thread_ts in (m.ts, m.thread_ts)]

    def message(self, shown: Message) -> Message | None:
        """The same message as it stands now, or None if it is gone."""
        return self._state.message(shown.channel, shown.ts)

    @property
    def modals(self) -> list[View]:
        """The modals open on their screen, the one on top last."""
        return self._state.stack(self.id)

    @property
    def modal(self) -> View | None:
        """The modal on top."""
        modals = self.modals
        return modals[-1] if modals else None

    @property
    def home(self) -> View | None:
        """The Home the bot published for them."""
        return self._state.home(self.id)

    def values(self, container: Message | View) -> dict[str, dict[str, Payload]]:
        """What they have filled in there, as Slack's `state.values`."""
        if isinstance(container, Message):
            return self._state.message_values(self.id, container)
        return container.values

    def options(self, element: Payload) -> list[tuple[str, str]]:
        """What they can choose in a select, radio buttons or checkboxes: pairs of value and visible text."""
        if element["type"] in ("users_select", "multi_users_select"):
            members = (*self._state.people.values(), self._slack.bot)
            return [(member.id, member.name) for member in members]
        if element["type"] == "conversations_select":
            return [(c.id, self._label(c)) for c in self._open_to_me() if offers(element, c)]
        return [(option["value"], plain(option["text"]["text"])) for option in all_options(element)]

    def _open_to_me(self) -> list[Channel]:
        return [c for c in self._state.channels.values() if self.id in c.members or c.kind == "public"]

    def _label(self, channel: Channel) -> str:
        return f"#{channel.name}" if channel.name else self._slack.bot.name

    def _channel(self, channel: Channel | str) -> Channel:
        found = channel if isinstance(channel, Channel) else self._state.channel_named(channel)
        if found is None or found not in self._open_to_me():
            raise Refused(f"{self.name} sees no channel {channel}")
        return found

    # waiting

    def wait_for(self, sight: Callable[[], Seen | None], timeout: float = TIMEOUT) -> Seen:
        """Block until `sight` gives something, asked again after each change in the workspace, and only then.

        TimeoutError tells what the person sees instead.
        """
        with self._state.changed:
            found = self._state.changed.wait_for(sight, timeout)
        if not found:
            raise TimeoutError(f"{self.name} waited in vain and sees:\n{self.describe()}")
        return found

    def wait_for_message(
        self,
        text: str,
        channel: Channel | str | None = None,
        *,
        after: Message | None = None,
        timeout: float = TIMEOUT,
    ) -> Message:
        """The newest message from others that shows this text, there or anywhere, in threads too.

        `after`: only messages younger than this one.
        """
        where = [self._channel(channel)] if channel else self.conversations()

        def sight() -> Message | None:
            seen = [m for c in where for m in self._state.messages(c.id) if m.to in (None, self.id)]
            young = [m for m in seen if m.user != self.id and (after is None or m.ts > after.ts)]
            return max((m for m in young if text in m.shown), key=lambda m: m.ts, default=None)

        return self.wait_for(sight, timeout)

    def wait_for_modal(self, text: str = "", timeout: float = TIMEOUT) -> View:
        """The modal on top, once its title or content shows this text."""
        return self.wait_for(lambda: self.modal if self.modal and text in self.modal.shown else None, timeout)

    def wait_for_home(self, text: str = "", timeout: float = TIMEOUT) -> View:
        """Their Home, once it shows this text."""
        return self.wait_for(lambda: self.home if self.home and text in self.home.shown else None, timeout)

    def describe(self) -> str:
        """Everything on their screen, in lines, for people who wonder why a test failed."""
        lines = [f"modal {view.title!r}: {view.shown!r} {view.labels}" for view in self.modals]
        if self.home:
            lines.append(f"Home: {self.home.shown!r} {self.home.labels}")
        for channel in self.conversations():
            lines.append(f"{self._label(channel)}:")
            seen = [m for m in self._state.messages(channel.id) if m.to in (None, self.id)]
            lines.extend(f"  {self._line(message)}" for message in seen)
        return "\n".join(lines)

    def _line(self, message: Message) -> str:
        who = self._slack.names[message.user] + (" (only you)" if message.to else "")
        thread = "  " if message.is_reply else ""
        labels = " ".join(f"[{label}]" for label in message.labels)
        return f"{thread}{who}: {message.shown!r} {labels}".rstrip()
