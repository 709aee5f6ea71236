"""What owners of a workspace do: channels come and are archived, people and the bot join and leave, messages go."""

from dataclasses import replace

from bot.local import payloads
from bot.local.errors import Refused
from bot.local.model import Message
from bot.local.people import BOT_USER_ID, Channel
from bot.local.slack import Slack
from bot.local.state import new_id


class Administration:
    """Acts on the workspace as nobody in particular. A channel may be given by id or name."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._state = slack.state

    def add_channel(
        self, name: str, members: frozenset[str], *, private: bool = True, with_bot: bool = True
    ) -> Channel:
        """A new channel with these people in it (user ids)."""
        everybody = members | {BOT_USER_ID} if with_bot else members
        return self._state.put_channel(Channel(new_id("C"), name, "private" if private else "public", everybody))

    def bring_in(self, channel: str, member: str | None = None) -> None:
        """Somebody joins, the bot if nobody is named; the bot hears of it where it is (then) a member."""
        before = self._channel(channel)
        user = member or BOT_USER_ID
        after = self._state.put_channel(replace(before, members=before.members | {user}))
        if BOT_USER_ID in after.members:
            event = payloads.member_joined_event(user, after, self._state.next_ts())
            self._slack.publish("member_joined_channel", event)

    def take_out(self, channel: str, member: str | None = None) -> None:
        """Somebody leaves, the bot if nobody is named."""
        before = self._channel(channel)
        self._state.put_channel(replace(before, members=before.members - {member or BOT_USER_ID}))

    def archive(self, channel: str, *, archived: bool = True) -> None:
        """Nothing can be posted in the channel any more, or again."""
        self._state.put_channel(replace(self._channel(channel), archived=archived))

    def delete(self, message: Message) -> None:
        """Remove anybody's message."""
        self._slack.delete(message)

    def _channel(self, name: str) -> Channel:
        found = self._state.channel_named(name)
        if found is None:
            raise Refused(f"There is no channel {name}")
        return found
