"""What Slack tells a bot, in Slack's shapes."""

import secrets
from dataclasses import dataclass
from typing import Any

from bot.local.model import Message, View
from bot.local.people import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID, TEAM_NAME, Channel, Profile
from bot.local.state import State, new_id
from bot.local.values import VALUE_KEYS

Payload = dict[str, Any]

TEAM_DOMAIN = "local"
_CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}
_HIDDEN_NAMES = {"private": "privategroup", "im": "directmessage"}


@dataclass(frozen=True)
class Action:
    """Something a person did with one element: what it was, and what it holds now."""

    block: Payload
    element: Payload
    value: Any = None


def channel_name(channel: Channel) -> str:
    """Slack keeps the names of private conversations out of commands and interactions."""
    return _HIDDEN_NAMES.get(channel.kind, channel.name)


# messages


def message_payload(message: Message) -> Payload:
    """A message as it appears in events, interactions and API responses."""
    body: Payload = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts, "team": TEAM_ID}
    if message.blocks:
        body["blocks"] = list(message.blocks)
    if message.from_bot:
        body |= {"bot_id": BOT_ID, "app_id": APP_ID}
    optional = {
        "client_msg_id": message.client_msg_id,
        "thread_ts": message.thread_ts,
        "metadata": message.metadata,
        "edited": {"user": message.user, "ts": message.ts} if message.edited else None,
        "reply_count": message.replies or None,
        "latest_reply": message.latest_reply,
    }
    return body | {key: value for key, value in optional.items() if value is not None}


def message_event(message: Message, channel: Channel) -> Payload:
    """The `message` event of a new message."""
    return message_payload(message) | _where(channel, message.ts)


def mention_event(message: Message, channel: Channel) -> Payload:
    """The `app_mention` event of a message that names the bot."""
    event = message_payload(message) | {"type": "app_mention"}
    return event | {"channel": channel.id, "event_ts": message.ts}


def message_changed_event(message: Message, before: Message, channel: Channel, ts: str) -> Payload:
    """The `message` event with subtype `message_changed`."""
    body = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": ts}
    both = {"message": message_payload(message), "previous_message": message_payload(before)}
    return body | both | _where(channel, ts)


def message_deleted_event(message: Message, channel: Channel, ts: str) -> Payload:
    """The `message` event with subtype `message_deleted`."""
    body = {"type": "message", "subtype": "message_deleted", "hidden": True, "ts": ts, "deleted_ts": message.ts}
    return body | {"previous_message": message_payload(message)} | _where(channel, ts)


def home_opened_event(user: str, channel: Channel, tab: str, view: View | None, ts: str) -> Payload:
    """The `app_home_opened` event."""
    event = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab, "event_ts": ts}
    return event | ({"view": view_payload(view)} if view else {})


def member_joined_event(user: str, channel: Channel, ts: str) -> Payload:
    """The `member_joined_channel` event."""
    kind = "G" if channel.is_private else "C"
    return {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": kind,
        "team": TEAM_ID,
        "event_ts": ts,
    }


def _where(channel: Channel, ts: str) -> Payload:
    return {"channel": channel.id, "channel_type": _CHANNEL_TYPES[channel.kind], "event_ts": ts}


def event_callback(event: Payload, state: State) -> Payload:
    """The envelope's payload around an event."""
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "local",
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(state.now()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_hex(16)}",
    }


# commands and interactions


def command_payload(person: Profile, channel: Channel, command: str, text: str) -> Payload:
    """A slash command, still without `trigger_id` and `response_url`."""
    return {
        "token": "local",
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
    }


def _interaction(kind: str, person: Profile) -> Payload:
    user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": TEAM_ID}
    return {
        "type": kind,
        "user": user,
        "api_app_id": APP_ID,
        "token": "local",
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_action_payload(person: Profile, message: Message, channel: Channel, values: Payload) -> Payload:
    """`block_actions` from a message; the content of an ephemeral message is not sent back."""
    ephemeral = message.to is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    } | ({"thread_ts": message.thread_ts} if message.thread_ts else {})
    body = _interaction("block_actions", person) | {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": values},
    }
    return body if ephemeral else body | {"message": message_payload(message)}


def view_action_payload(person: Profile, view: View) -> Payload:
    """`block_actions` from a modal or a Home."""
    container = {"type": "view", "view_id": view.id}
    return _interaction("block_actions", person) | {"container": container, "view": view_payload(view)}


def view_submission_payload(person: Profile, view: View) -> Payload:
    """`view_submission`, still without `response_urls`."""
    return _interaction("view_submission", person) | {"view": view_payload(view), "response_urls": []}


def view_closed_payload(person: Profile, view: View, *, is_cleared: bool) -> Payload:
    """`view_closed`; `is_cleared`: the whole stack went."""
    return _interaction("view_closed", person) | {"view": view_payload(view), "is_cleared": is_cleared}


def view_payload(view: View) -> Payload:
    """A view as it appears in interactions and API responses."""
    nothing = {"title": None, "close": None, "submit": None, "clear_on_close": False, "notify_on_close": False}
    return (
        nothing
        | view.payload
        | {
            "id": view.id,
            "team_id": TEAM_ID,
            "state": {"values": view.values},
            "hash": view.hash,
            "previous_view_id": view.previous_id,
            "root_view_id": view.root_id,
            "app_id": APP_ID,
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
        }
    )


def action_payload(action: Action, ts: str) -> Payload:
    """One entry of `actions`."""
    kind = action.element["type"]
    entry: Payload = {
        "type": kind,
        "action_id": action.element["action_id"],
        "block_id": action.block["block_id"],
        "action_ts": ts,
    }
    kept = {key: action.element[key] for key in ("text", "style", "placeholder") if key in action.element}
    return entry | kept | _held(action)


def _held(action: Action) -> Payload:
    kind = action.element["type"]
    if kind == "overflow":
        return {"selected_option": action.value}
    if kind in VALUE_KEYS:
        return {VALUE_KEYS[kind]: action.value}
    return {"value": action.value} if action.value is not None else {}


def user_payload(person: Profile) -> Payload:
    """A member as `users.info` describes them."""
    profile = {
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "title": person.title,
        "team": TEAM_ID,
    }
    flags = dict.fromkeys(("deleted", "is_admin", "is_owner", "is_restricted", "is_ultra_restricted"), False)
    zone = {"tz": "America/Winnipeg", "tz_label": "Central Time", "tz_offset": -21600}
    is_bot = person.id == BOT_USER_ID
    whole = {"id": person.id, "team_id": TEAM_ID, "name": person.handle, "real_name": person.name, "profile": profile}
    return whole | flags | zone | {"is_bot": is_bot, "is_app_user": False, "updated": 0}


def team_payload() -> Payload:
    """The workspace as `auth.test` names it."""
    return {"team": TEAM_NAME, "team_id": TEAM_ID}
