"""Everything one person has before them: the rail, the conversation or Home, the thread, the form on top."""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from bot.local.manifest import SlashCommand
from bot.local.model import Message, View
from bot.local.page.authors import Author, author
from bot.local.page.mrkdwn import Names, mrkdwn
from bot.local.page.surfaces import Surface, message_surface, view_surface
from bot.local.page.timeline import Line, Replies, said_at, spaced
from bot.local.page.unread import ReadMarks
from bot.local.people import TEAM_NAME, Channel
from bot.local.person import Person

if TYPE_CHECKING:
    from bot.local.workspace import LocalWorkspace

HOME = "home"
NOWHERE = ""


@dataclass(frozen=True)
class Entry:
    """A line of the rail."""

    label: str
    address: str
    icon: str
    current: bool
    unread: int


class Screen:
    """The page for one person at one place: a conversation, the Home, or nowhere in particular."""

    def __init__(
        self,
        workspace: "LocalWorkspace",
        person: Person,
        place: Channel | str,
        thread_ts: str | None,
        marks: ReadMarks,
        zone: tzinfo,
    ) -> None:
        self.workspace = workspace
        self.changes = workspace.changes
        self.person = person
        self.channel = place if isinstance(place, Channel) else None
        self.is_home = place == HOME
        self.thread_ts = thread_ts if self.channel else None
        self.team = TEAM_NAME
        self.app = workspace.bot.name
        self.tabs = workspace.manifest.features.app_home
        self._marks = marks
        self._now = workspace.slack.state.clock().astimezone(zone)
        self._names = Names(workspace.names.get, self._channel_name, self._now.tzinfo or UTC)
        if self.channel:
            marks.read(person, self.channel)

    # where one is

    @property
    def pane(self) -> str:
        """The one pane a narrow screen shows."""
        if self.thread_ts:
            return "thread"
        return "main" if self.channel or self.is_home else "rail"

    @property
    def is_app(self) -> bool:
        """One of the app's two tabs is open."""
        return self.is_home or self.channel == self.person.direct_message

    @property
    def title(self) -> str:
        """What is open, in a word or two."""
        if self.is_app:
            return self.app
        return self.label(self.channel) if self.channel else self.team

    def label(self, channel: Channel) -> str:
        """A conversation by name."""
        return channel.name or self.app

    def address(self, channel: Channel, thread_ts: str | None = None) -> str:
        """Where this person finds a conversation, or a thread in it."""
        thread = f"?thread={quote(thread_ts)}" if thread_ts else ""
        return f"/as/{self.person.id}/{channel.id}{thread}"

    @property
    def home_address(self) -> str:
        """Where this person finds the app's Home."""
        return f"/as/{self.person.id}/{HOME}"

    @property
    def post_address(self) -> str:
        """Where what this person does is sent, without its last word."""
        return f"/as/{self.person.id}"

    def as_other(self, other: Person) -> str:
        """The same place as somebody else, or their direct message where they cannot be."""
        if self.is_home:
            return f"/as/{other.id}/{HOME}"
        there = self.channel if self.channel in other.conversations() else other.direct_message
        return f"/as/{other.id}/{(there or other.direct_message).id}"

    # the rail

    @property
    def channels(self) -> list[Entry]:
        """The person's channels."""
        return [self._entry(channel) for channel in self.person.conversations() if channel.kind != "im"]

    @property
    def direct_message(self) -> Entry:
        """The person's conversation with the bot."""
        return self._entry(self.person.direct_message)

    def _entry(self, channel: Channel) -> Entry:
        icon = {"im": "message", "private": "lock"}.get(channel.kind, "hash")
        unread = self._marks.unread(self.person, channel)
        return Entry(self.label(channel), self.address(channel), icon, channel == self.channel, unread)

    # the conversation

    @cached_property
    def lines(self) -> list[Line]:
        """The messages of the conversation."""
        return self._lines(self.person.messages(self.channel), "main") if self.channel else []

    @cached_property
    def thread(self) -> list[Line]:
        """The messages of the open thread, its root first unless that was deleted."""
        if not self.channel or not self.thread_ts:
            return []
        return self._lines(self.person.messages(self.channel, self.thread_ts), "thread")

    def replies(self, root: Message) -> Replies | None:
        """What the root of a thread says of it; None where nobody answered yet."""
        messages = self.person.messages(root.channel, root.ts) if root.replies else []
        thread = [message for message in messages if message.ts != root.ts and not message.to]
        if not thread:
            return None
        authors = tuple(self.author_of(user) for user in dict.fromkeys(message.user for message in thread))
        return Replies(len(thread), authors, said_at(thread[-1], self._now.tzinfo or UTC))

    def _lines(self, messages: list[Message], pane: str) -> list[Line]:
        return [
            Line(message, self.author_of(message.user), at, self._surface(message, pane), follows, day)
            for message, at, follows, day in spaced(messages, self._now)
        ]

    def _surface(self, message: Message, pane: str) -> Surface:
        return message_surface(message, self.person, self._names, pane)

    def words(self, text: str) -> Markup:
        """A text in Slack's markup as HTML."""
        return mrkdwn(text, self._names)

    def author_of(self, user: str) -> Author:
        """Somebody as the head of their messages shows them."""
        name = self.workspace.names.get(user, user)
        return author(user, name, tuple(person.id for person in self.workspace.people))

    def _channel_name(self, channel_id: str) -> tuple[str, str] | None:
        known = (channel for channel in self.person.conversations() if channel.id == channel_id)
        channel = next(known, None)
        return (self.label(channel), self.address(channel)) if channel else None

    # the app

    @property
    def home(self) -> Surface | None:
        """The app's Home, once the bot has published it."""
        view = self.person.home
        return view_surface(view, self.person, self._names) if view and self.is_home else None

    @cached_property
    def modal(self) -> View | None:
        """The form on top."""
        return self.person.modal

    @property
    def form(self) -> Surface | None:
        """What is in the form on top."""
        return view_surface(self.modal, self.person, self._names) if self.modal else None

    @property
    def commands(self) -> list[SlashCommand]:
        """What can be typed after a slash."""
        return self.workspace.manifest.features.slash_commands

    @property
    def mentionable(self) -> list[tuple[str, str]]:
        """Who can be named after `@`: name and role, the bot first."""
        people = [(person.name, person.title) for person in self.workspace.people if person is not self.person]
        return [(self.workspace.bot.name, "App"), *people]
