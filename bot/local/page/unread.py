"""What each person has not read yet."""

from bot.local.model import Message
from bot.local.people import Channel
from bot.local.person import Person


class ReadMarks:
    """Up to where each person has read each conversation; kept as long as the workspace."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], str] = {}

    def read(self, person: Person, channel: Channel) -> None:
        """The person has the conversation before them."""
        latest = max((_latest(message, channel) for message in person.messages(channel)), default="")
        self._read[person.id, channel.id] = latest

    def unread(self, person: Person, channel: Channel) -> int:
        """How many messages came from others since; in a direct message a thread that goes on counts as one."""
        mark = self._read.get((person.id, channel.id), "")
        return sum(_latest(m, channel) > mark for m in person.messages(channel) if m.user != person.id or m.replies)


def _latest(message: Message, channel: Channel) -> str:
    return max(message.ts, message.latest_reply or "") if channel.kind == "im" else message.ts
