"""One of the people in the workspace: what they do, and what they see."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from bot.local import interactions, payloads
from bot.local.errors import Refused
from bot.local.fields import find_button, find_field, parsed
from bot.local.model import Message, View
from bot.local.payloads import Action
from bot.local.people import BOT_USER_ID, Channel, Profile
from bot.local.reading import plain
from bot.local.slack import Slack
from bot.local.state import new_id
from bot.local.values import all_options, offers, state_value, with_value

Payload = dict[str, Any]
Seen = TypeVar("Seen")
TIMEOUT = 15.0


class Person:
    """Acts and sees as this person. A channel may be given by id, name or as the Channel itself."""

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
        return self.modals[-1] if self.modals else None

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

    # what they do

    def say(self, channel: Channel | str, text: str, thread_ts: str | None = None) -> Message:
        """Post a message. `@` and a name mentions, the bot too; Slack's escapes are applied."""
        where = self._channel(channel)
        home = self._slack.manifest.features.app_home
        if where.kind == "im" and (home.messages_tab_read_only_enabled or not home.messages_tab_enabled):
            raise Refused("Sending messages to this app has been turned off.")
        if self.id not in where.members:
            raise Refused(f"Join {where.name} first.")
        return self._slack.post(
            Message(
                where.id,
                self._state.next_ts(),
                self.id,
                self._slack.typing.marked(text),
                (self._slack.typing.rich_text(text, new_id("B")),),
                thread_ts=thread_ts,
                client_msg_id=new_id("").lower(),
            )
        )

    def mention(self, channel: Channel | str, text: str, thread_ts: str | None = None) -> Message:
        """Post a message that begins by mentioning the bot."""
        return self.say(channel, f"@{self._slack.bot.name} {text}", thread_ts)

    def command(self, channel: Channel | str, command: str, text: str = "", thread_ts: str | None = None) -> str | None:
        """Run a slash command and wait for its acknowledgement.

        Returns None, or what Slackbot tells the person when it failed. What the bot answers is among the messages.
        """
        if thread_ts is not None:
            raise Refused(f"{command} is not supported in threads. Sorry!")
        return interactions.run_command(self._slack, self.profile, self._channel(channel), command, text)

    def enter(self, channel: Channel | str, text: str, thread_ts: str | None = None) -> str | None:
        """What typing into the composer does: `/` begins a command, anything else is a message."""
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            return self.command(channel, command, rest.strip(), thread_ts)
        self.say(channel, text, thread_ts)
        return None

    def open_home(self, *, wait: bool = True) -> View | None:
        """Open the app's Home tab; with `wait`, until the bot has published it for this visit."""
        before = self.home
        self._open_app("home")
        if not wait:
            return self.home
        return self.wait_for(lambda: self.home if self.home and self.home != before else None)

    def open_direct_message(self) -> None:
        """Open the app's Messages tab; the bot is told."""
        self._open_app("messages")

    def _open_app(self, tab: str) -> None:
        ts = self._state.next_ts()
        view = self.home if tab == "home" else None
        event = payloads.home_opened_event(self.id, self.direct_message, tab, view, ts)
        self._slack.publish("app_home_opened", event)

    def click(self, container: Message | View, button: str) -> str | None:
        """Press a button, by its text or `action_id` (and `value`, written `action_id=value`, where several share it).

        Returns None, or Slack's name for what went wrong. Pressing in an old copy of a message sends what the person
        saw there.
        """
        block, element, value = find_button(container, button)
        return self._act(container, Action(block, element, value))

    def choose(self, container: Message | View, field: str, value: Any) -> str | None:
        """Choose, tick or type in a field, by label, placeholder, `action_id` or `block_id`.

        `value`: text; the value or visible text of an option; a list of them for checkboxes and several people; a name
        or id of a person or channel; a date as YYYY-MM-DD; None for nothing. Outside of input blocks, and in those
        with `dispatch_action`, the bot is told at once. Returns None, or Slack's name for what went wrong.
        """
        block, element = find_field(container, field)
        chosen = parsed(element, value, self.options(element))
        if element["type"] != "overflow":
            container = self._keep(container, block, element, chosen)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        return self._act(container, Action(block, element, chosen))

    def _keep(self, container: Message | View, block: Payload, element: Payload, value: Any) -> Message | View:
        entry = state_value(element, value)
        if isinstance(container, Message):
            values = with_value(self.values(container), block["block_id"], element["action_id"], entry)
            self._state.set_message_values(self.id, container, values)
            return container
        with self._state.lock:
            view = self._still_open(container)
            values = with_value(view.values, block["block_id"], element["action_id"], entry)
            errors = {block_id: text for block_id, text in view.errors.items() if block_id != block["block_id"]}
            return self._state.put_view(replace(view, values=values, errors=errors))

    def _act(self, container: Message | View, action: Action) -> str | None:
        if isinstance(container, View):
            return interactions.act_in_view(self._slack, self.profile, self._still_open(container), action)
        message = self.message(container)
        if message is None or message.to not in (None, self.id):
            raise Refused("This message was deleted.")
        return interactions.act_in_message(self._slack, self.profile, message, action)

    def _still_open(self, view: View) -> View:
        now = self._state.view(view.id)
        if now is None or now.user != self.id:
            raise Refused("This view is closed.")
        return now

    def fill(self, field: str, value: Any) -> str | None:
        """`choose` in the modal on top."""
        return self.choose(self._modal(), field, value)

    def submit(self) -> dict[str, str]:
        """Submit the modal on top and wait for the bot. Returns the errors now shown, by `block_id`.

        `modal` is then what is on top: the same one with errors or trouble, another, or None.
        """
        view = self._modal()
        interactions.submit(self._slack, self.profile, view)
        after = self._state.view(view.id)
        return after.errors if after else {}

    def dismiss(self, *, everything: bool = False) -> None:
        """Close the modal on top, or with `everything` the whole stack, as the cross does."""
        self._modal()
        interactions.dismiss(self._slack, self.profile, everything=everything)

    def _modal(self) -> View:
        if self.modal is None:
            raise LookupError(f"{self.name} has no modal open.\n{self.describe()}")
        return self.modal

    # waiting

    def wait_for(self, sight: Callable[[], Seen | None], timeout: float = TIMEOUT) -> Seen:
        """Block until `sight` gives something, asked again after each change.

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
        who = {BOT_USER_ID: self._slack.bot.name}.get(message.user, message.user)
        if message.user in self._state.people:
            who = self._state.people[message.user].name
        kind = " (only you)" if message.to else ""
        thread = "  " if message.is_reply else ""
        return f"{thread}{who}{kind}: {message.shown!r} {' '.join(f'[{label}]' for label in message.labels)}".rstrip()
