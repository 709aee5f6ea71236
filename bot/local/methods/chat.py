"""`chat.*`: the bot's messages."""

from typing import Any

from bot.local.errors import SlackError
from bot.local.limits import check_message_text, checked_blocks
from bot.local.methods.method import Arguments, Json, Method, Payload
from bot.local.model import Message
from bot.local.payloads import message_payload
from bot.local.people import BOT_USER_ID, Channel
from bot.local.slack import Slack


class Content(Arguments):
    """What every message has: text, blocks or both."""

    text: str | None = None
    blocks: Json = None

    def content(self) -> Payload:
        """Text and blocks, checked; `no_text` where there is neither."""
        check_message_text(self.text or "")
        blocks = checked_blocks(self.blocks) if self.blocks is not None else None
        if not self.text and not blocks:
            raise SlackError("no_text")
        return {"text": self.text or "", "blocks": blocks}


class PostMessage(Content):
    """`chat.postMessage`."""

    channel: str
    thread_ts: str | None = None
    reply_broadcast: bool = False
    mrkdwn: bool = True
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    metadata: Json = None


class PostEphemeral(Content):
    """`chat.postEphemeral`."""

    channel: str
    user: str
    thread_ts: str | None = None


class Update(Content):
    """`chat.update`: blocks that are not given stay as they are; an empty list removes them."""

    channel: str
    ts: str
    metadata: Json = None


class Delete(Arguments):
    """`chat.delete`."""

    channel: str
    ts: str


class Permalink(Arguments):
    """`chat.getPermalink`."""

    channel: str
    message_ts: str


def post_message(slack: Slack, given: PostMessage) -> Payload:
    """Post to a conversation, a person's direct message, or a thread."""
    channel = _writable(slack, given.channel)
    content = given.content()
    message = slack.bot_message(
        channel.id,
        content["text"],
        content["blocks"] or (),
        thread_ts=_thread(slack, channel, given.thread_ts),
        broadcast=given.reply_broadcast,
        metadata=_metadata(given.metadata),
    )
    return _posted(slack.post(message))


def post_ephemeral(slack: Slack, given: PostEphemeral) -> Payload:
    """Post for the eyes of one member."""
    channel = _writable(slack, given.channel)
    if given.user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = given.content()
    thread_ts = _thread(slack, channel, given.thread_ts)
    message = slack.bot_message(
        channel.id, content["text"], content["blocks"] or (), to=given.user, thread_ts=thread_ts
    )
    return {"message_ts": slack.post(message).ts}


def update(slack: Slack, given: Update) -> Payload:
    """Edit one of the bot's own messages."""
    channel = _open(slack.visible_channel(given.channel), "is_inactive")
    before = _own(slack, channel, given.ts, "cant_update_message")
    content = given.content()
    blocks = before.blocks if content["blocks"] is None else content["blocks"]
    metadata = before.metadata if given.metadata is None else _metadata(given.metadata)
    after = slack.change(before, text=content["text"], blocks=blocks, metadata=metadata)
    return _posted(after) | {"text": after.text}


def delete(slack: Slack, given: Delete) -> Payload:
    """Delete one of the bot's own messages."""
    channel = slack.visible_channel(given.channel)
    slack.delete(_own(slack, channel, given.ts, "cant_delete_message"))
    return {"channel": channel.id, "ts": given.ts}


def permalink(slack: Slack, given: Permalink) -> Payload:
    """An address people can open."""
    channel = slack.visible_channel(given.channel)
    if slack.state.message(channel.id, given.message_ts) is None:
        raise SlackError("message_not_found")
    link = f"{slack.url}archives/{channel.id}/p{given.message_ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _writable(slack: Slack, target: str) -> Channel:
    """The conversation to write to; a person's id means the direct message with them."""
    if target in slack.state.people:
        return slack.state.direct_message(target)
    channel = slack.visible_channel(target)
    if BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    return _open(channel, "is_archived")


def _open(channel: Channel, otherwise: str) -> Channel:
    if channel.archived:
        raise SlackError(otherwise)
    return channel


def _thread(slack: Slack, channel: Channel, thread_ts: str | None) -> str | None:
    """The thread, which must exist: a root, or replies whose root was deleted."""
    if thread_ts is None:
        return None
    root = slack.state.message(channel.id, thread_ts)
    alone = root is not None and root.to is None and not root.is_reply
    if alone or any(m.thread_ts == thread_ts and not m.to for m in slack.state.messages(channel.id)):
        return thread_ts
    raise SlackError("thread_not_found")


def _metadata(given: Any) -> Payload | None:
    if given is None:
        return None
    if not isinstance(given, dict) or given.keys() != {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if not isinstance(given["event_type"], str) or not isinstance(given["event_payload"], dict):
        raise SlackError("invalid_metadata_schema")
    return given


def _own(slack: Slack, channel: Channel, ts: str, otherwise: str) -> Message:
    message = slack.state.message(channel.id, ts)
    if message is None or message.to is not None:
        raise SlackError("message_not_found")
    if not message.from_bot:
        raise SlackError(otherwise)
    return message


def _posted(message: Message) -> Payload:
    return {"channel": message.channel, "ts": message.ts, "message": message_payload(message)}


_WRITE = ("chat:write",)
CHAT = {
    "chat.postMessage": Method(PostMessage, post_message, _WRITE),
    "chat.postEphemeral": Method(PostEphemeral, post_ephemeral, _WRITE),
    "chat.update": Method(Update, update, _WRITE),
    "chat.delete": Method(Delete, delete, _WRITE),
    "chat.getPermalink": Method(Permalink, permalink),
}
