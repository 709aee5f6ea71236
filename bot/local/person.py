"""One of the people in the workspace: what they do."""

from dataclasses import replace
from typing import Any

from bot.local import interactions, payloads
from bot.local.errors import Refused
from bot.local.fields import find_button, find_field, parsed
from bot.local.model import Message, View
from bot.local.onlooker import Onlooker
from bot.local.payloads import Action
from bot.local.people import Channel
from bot.local.state import new_id
from bot.local.values import state_value, with_value

Payload = dict[str, Any]


class Person(Onlooker):
    """Acts as this person, and sees what they see.

    What waits for the bot (commands, clicks, submissions) must not be called on the workspace's own event loop.
    """

    def say(self, channel: Channel | str, text: str, thread_ts: str | None = None) -> Message:
        """Post a message. `@` and a name mentions, the bot too; Slack's escapes are applied."""
        where = self._channel(channel)
        home = self._slack.manifest.features.app_home
        if where.kind == "im" and (home.messages_tab_read_only_enabled or not home.messages_tab_enabled):
            raise Refused("Sending messages to this app has been turned off.")
        if not text.strip():
            raise Refused("There is nothing to send.")
        if thread_ts and self._state.message(where.id, thread_ts) is None and not self.messages(where, thread_ts):
            raise Refused("This thread was deleted.")
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

    def put(self, container: Message | View, field: str, value: Any) -> None:
        """`choose` without telling the bot: what a form holds before it is sent."""
        block, element = find_field(container, field)
        self._keep(container, block, element, parsed(element, value, self.options(element)))

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
        self._channel(container.channel)
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
        modal = self.modal
        if modal is None:
            raise LookupError(f"{self.name} has no modal open.\n{self.describe()}")
        return modal
