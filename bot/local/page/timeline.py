"""The messages of a conversation or thread as they follow each other on the screen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from bot.local.model import Message
from bot.local.page.authors import Author
from bot.local.page.dates import clock, day_words
from bot.local.page.surfaces import Surface

RUN_OF_ONE_AUTHOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Line:
    """One message as shown. `follows`: the same author goes on, so the name is not repeated."""

    message: Message
    author: Author
    at: datetime
    surface: Surface
    follows: bool
    day: str | None

    @property
    def time(self) -> str:
        """When it was said, by the clock."""
        return clock(self.at)

    @property
    def moment(self) -> str:
        """When it was said, in full."""
        return f"{self.at:%A}, {self.at:%B} {self.at.day}, {self.at.year} at {self.time}"


@dataclass(frozen=True)
class Replies:
    """What stands below the root of a thread: how many answered, who, and when last."""

    count: int
    authors: tuple[Author, ...]
    latest: datetime

    @property
    def words(self) -> str:
        """How many, in words."""
        return "1 reply" if self.count == 1 else f"{self.count} replies"

    @property
    def time(self) -> str:
        """When the last one came, by the clock."""
        return clock(self.latest)


def said_at(message: Message, zone: tzinfo) -> datetime:
    """A message's `ts` as a point in time."""
    return datetime.fromtimestamp(float(message.ts), UTC).astimezone(zone)


def spaced(messages: Iterable[Message], now: datetime) -> Iterator[tuple[Message, datetime, bool, str | None]]:
    """Each message with its time, whether it goes on from the one before, and the day it opens, if it opens one."""
    before: Message | None = None
    before_at: datetime | None = None
    for message in messages:
        at = said_at(message, now.tzinfo or UTC)
        day = day_words(at, now) if before_at is None or before_at.date() != at.date() else None
        yield message, at, day is None and _goes_on(before, before_at, message, at), day
        before, before_at = message, at


def _goes_on(before: Message | None, before_at: datetime | None, message: Message, at: datetime) -> bool:
    if before is None or before_at is None:
        return False
    same = (before.user, before.to) == (message.user, message.to)
    return same and not before.replies and at - before_at < RUN_OF_ONE_AUTHOR
