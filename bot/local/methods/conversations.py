"""`conversations.*`: channels and who is in them. Each kind of conversation has a scope of its own."""

from bot.local.errors import SlackError
from bot.local.methods.method import Arguments, Method, Payload
from bot.local.people import BOT_USER_ID, TEAM_ID, Channel
from bot.local.slack import Slack

_READ = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
_TYPES = {"public_channel": "public", "private_channel": "private", "im": "im"}


class Info(Arguments):
    """`conversations.info`."""

    channel: str
    include_locale: bool = False
    include_num_members: bool = False


class Members(Arguments):
    """`conversations.members`."""

    channel: str
    cursor: str | None = None
    limit: int | None = None


class List(Arguments):
    """`conversations.list` and `users.conversations`."""

    cursor: str | None = None
    exclude_archived: bool = False
    limit: int | None = None
    types: str = "public_channel"


class ListOf(List):
    """`users.conversations`: of this person, or of the bot."""

    user: str | None = None


class Open(Arguments):
    """`conversations.open`."""

    channel: str | None = None
    return_im: bool = False
    users: str | None = None


def info(slack: Slack, given: Info) -> Payload:
    """One conversation."""
    channel = _readable(slack, given.channel)
    count = {"num_members": len(channel.members)} if given.include_num_members else {}
    return {"channel": channel_payload(channel) | count}


def members(slack: Slack, given: Members) -> Payload:
    """The ids of its members, in one page."""
    return {"members": sorted(_readable(slack, given.channel).members)} | _last_page()


def list_all(slack: Slack, given: List) -> Payload:
    """The conversations of these types that the bot can know of, in one page."""
    kinds = _kinds(slack, given.types)
    known = [c for c in slack.state.channels.values() if c.kind in kinds]
    return _listed([c for c in known if not c.is_private or BOT_USER_ID in c.members])


def list_of(slack: Slack, given: ListOf) -> Payload:
    """Those among them that the person is a member of."""
    kinds = _kinds(slack, given.types)
    both = {given.user or BOT_USER_ID}
    known = [c for c in slack.state.channels.values() if c.kind in kinds and both <= c.members]
    return _listed([c for c in known if not c.is_private or BOT_USER_ID in c.members])


def open_direct_message(slack: Slack, given: Open) -> Payload:
    """The direct message with one person."""
    users = (given.users or "").split(",")
    if len(users) > 1:
        raise SlackError("not_supported")
    if given.channel is None and users[0] not in slack.state.people:
        raise SlackError("user_not_found" if given.users else "invalid_user_combination")
    channel = slack.visible_channel(given.channel) if given.channel else slack.state.direct_message(users[0])
    return {"channel": channel_payload(channel) if given.return_im else {"id": channel.id}}


def channel_payload(channel: Channel) -> Payload:
    """A conversation as Slack describes it."""
    kind = channel.kind
    flags = {"is_channel": kind != "im", "is_group": False, "is_im": kind == "im", "is_mpim": False}
    common = {"id": channel.id, "created": 0, "is_archived": channel.archived, "is_private": channel.is_private}
    if kind == "im":
        (user,) = channel.members - {BOT_USER_ID}
        return common | flags | {"user": user, "is_open": True}
    member = BOT_USER_ID in channel.members
    named = {"name": channel.name, "name_normalized": channel.name, "context_team_id": TEAM_ID}
    return common | flags | named | {"is_member": member, "is_general": False, "is_shared": False}


def _readable(slack: Slack, channel_id: str) -> Channel:
    channel = slack.visible_channel(channel_id)
    slack.require(_READ[channel.kind])
    return channel


def _kinds(slack: Slack, types: str) -> set[str]:
    wanted = types.split(",")
    if unknown := [name for name in wanted if name not in (*_TYPES, "mpim")]:
        raise SlackError("invalid_types", (f"[ERROR] {unknown[0]}",))
    kinds = {_TYPES[name] for name in wanted if name in _TYPES}
    for kind in sorted(kinds):
        slack.require(_READ[kind])
    return kinds


def _listed(channels: list[Channel]) -> Payload:
    return {"channels": [channel_payload(channel) for channel in channels]} | _last_page()


def _last_page() -> Payload:
    return {"response_metadata": {"next_cursor": ""}}


CONVERSATIONS = {
    "conversations.info": Method(Info, info),
    "conversations.members": Method(Members, members),
    "conversations.list": Method(List, list_all),
    "users.conversations": Method(ListOf, list_of),
    "conversations.open": Method(Open, open_direct_message, ("im:write",)),
}
