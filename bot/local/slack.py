"""The workspace without its server: what is in it, what the app may do in it, and how the app hears of it."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bot.local import payloads
from bot.local.errors import Refusal, SlackError
from bot.local.faults import Faults
from bot.local.manifest import Manifest
from bot.local.model import Message
from bot.local.people import BOT_USER_ID, SLACKBOT, Channel, Profile
from bot.local.response_urls import Reply, ResponseUrl, ResponseUrls
from bot.local.socket_mode import Envelope, SocketMode
from bot.local.state import State
from bot.local.text import Typing
from bot.local.triggers import Triggers

Payload = dict[str, Any]

_MESSAGE_EVENTS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}


class Slack:
    """Everything that Slack's servers do, except listening on an address."""

    def __init__(self, manifest: Manifest, state: State, *, ack_timeout: float, retry_after: Sequence[float]) -> None:
        self.manifest = manifest
        self.state = state
        self.socket_mode = SocketMode(state, ack_timeout=ack_timeout, retry_after=retry_after)
        self.triggers = Triggers(state)
        self.response_urls = ResponseUrls(state)
        self.faults = Faults()
        self.bot_token = f"xoxb-local-{secrets.token_hex(12)}"
        self.app_token = f"xapp-1-local-{secrets.token_hex(12)}"
        self.url = ""
        self.refusals: list[Refusal] = []
        self.calls: Counter[str] = Counter()
        self.bot = Profile(BOT_USER_ID, "guideline_assistant", manifest.features.bot_user.display_name, "")
        mentions = {person.name: person.id for person in (*state.people.values(), self.bot)}
        self.typing = Typing(mentions, tuple(state.channels.values()))

    @contextmanager
    def running_on(self, loop: asyncio.AbstractEventLoop, on_change: Callable[[], None]) -> Iterator[None]:
        """Deliver through this loop, and tell of every change, as long as it runs."""
        self.socket_mode.loop, self.state.on_change = loop, on_change
        try:
            yield
        finally:
            self.socket_mode.loop, self.state.on_change = None, lambda: None

    # what the app may do

    def require(self, *scopes: str) -> None:
        """`missing_scope` unless the app has one of these."""
        granted = self.manifest.scopes
        if scopes and not set(scopes) & set(granted):
            raise SlackError("missing_scope", needed=scopes[0], provided=",".join(granted))

    def refuse(self, what: str, error: SlackError) -> None:
        """Keep for whoever asks later what went wrong: the bot may have swallowed it."""
        with self.state.lock:
            self.refusals.append(Refusal(what, error.error, error.messages))

    @property
    def names(self) -> dict[str, str]:
        """What to show for an id: members by name, channels by theirs."""
        members = (*self.state.people.values(), self.bot, SLACKBOT)
        named = {channel.id: channel.name for channel in self.state.channels.values() if channel.name}
        return {member.id: member.name for member in members} | named

    def visible_channel(self, channel_id: str) -> Channel:
        """The conversation, as far as the bot knows of it: public, or its own."""
        channel = self.state.channels.get(channel_id)
        if channel is None or (channel.is_private and BOT_USER_ID not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def new_response_url(self, user: str, channel: str, message: str | None = None) -> str:
        """The whole address."""
        return self.url + self.response_urls.issue(user, channel, message)

    # what the app hears of

    def publish(self, subscription: str, event: Payload) -> Envelope | None:
        """Send the event if the app subscribed to it."""
        if subscription not in self.manifest.events:
            return None
        payload = payloads.event_callback(event, self.state)
        return self.socket_mode.deliver(Envelope("events_api", payload, accepts_response_payload=False))

    def post(self, message: Message) -> Message:
        """Put the message where it belongs and tell the app, unless it is ephemeral or the bot is not there."""
        posted = self.state.add(message)
        channel = self.state.channels[message.channel]
        if message.to is None and BOT_USER_ID in channel.members:
            parent = self._parent(posted)
            self.publish(_MESSAGE_EVENTS[channel.kind], payloads.message_event(posted, channel) | parent)
            if f"<@{BOT_USER_ID}>" in message.text and channel.kind != "im" and not message.from_bot:
                self.publish("app_mention", payloads.mention_event(posted, channel) | parent)
        return posted

    def _parent(self, message: Message) -> Payload:
        root = self.state.message(message.channel, message.thread_ts or "")
        return {"parent_user_id": root.user} if root and message.is_reply else {}

    def change(self, before: Message, **changes: Any) -> Message:
        """Edit the message and tell the app."""
        with self.state.lock:
            now = self.state.message(before.channel, before.ts) or before
            after = self.state.put(replace(now, edited=True, **changes))
        channel = self.state.channels[before.channel]
        if before.to is None:
            event = payloads.message_changed_event(after, before, channel, self.state.next_ts())
            self.publish(_MESSAGE_EVENTS[channel.kind], event)
        return after

    def delete(self, message: Message) -> None:
        """Remove the message and tell the app."""
        self.state.remove(message)
        channel = self.state.channels[message.channel]
        if message.to is None:
            event = payloads.message_deleted_event(message, channel, self.state.next_ts())
            self.publish(_MESSAGE_EVENTS[channel.kind], event)

    # what the app answers outside the Web API

    def bot_message(self, channel: str, text: str, blocks: Sequence[Payload], **more: Any) -> Message:
        """A message of the bot's, not yet posted."""
        ts = self.state.next_ts()
        return Message(channel, ts, BOT_USER_ID, text, tuple(blocks), from_bot=True, **more)

    def answer(self, reply: Reply, where: ResponseUrl) -> None:
        """Do what came to a response URL: replace or delete the message it is about, or post."""
        original = self.state.message(where.channel, where.message) if where.message else None
        if original is not None and reply.delete_original:
            self.delete(original)
        elif original is not None and reply.replace_original:
            self.change(original, text=reply.text, blocks=tuple(reply.blocks or ()))
        elif not reply.delete_original:
            to = where.user if reply.response_type == "ephemeral" else None
            blocks, thread = reply.blocks or (), reply.thread_ts
            self.post(self.bot_message(where.channel, reply.text, blocks, to=to, thread_ts=thread))
