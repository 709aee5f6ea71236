"""What Slack sends, as typed models: raw payloads are read here and go no further.

Validation errors never quote their input: a payload may hold what nobody should read in a log.
"""

import re
from datetime import date
from typing import Any

from pydantic import AliasPath, BaseModel, ConfigDict, Field

PEOPLE_WRITE = {None, "file_share", "thread_broadcast"}
"""Subtypes of messages that a person wrote; edits, joins, bots and the like have others."""


class Payload(BaseModel):
    """Something Slack sent; what we do not use of it is dropped."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class HomeOpened(Payload):
    """Someone looks at a tab of the bot's App Home."""

    user: str = Field(validation_alias=AliasPath("event", "user"))
    tab: str = Field(validation_alias=AliasPath("event", "tab"))


class Said(Payload):
    """A message in a direct message, or one that mentions the bot."""

    user: str | None = Field(None, validation_alias=AliasPath("event", "user"))
    bot_id: str | None = Field(None, validation_alias=AliasPath("event", "bot_id"))
    subtype: str | None = Field(None, validation_alias=AliasPath("event", "subtype"))
    channel: str = Field(validation_alias=AliasPath("event", "channel"))
    channel_type: str | None = Field(None, validation_alias=AliasPath("event", "channel_type"))
    ts: str = Field(validation_alias=AliasPath("event", "ts"))
    thread_ts: str | None = Field(None, validation_alias=AliasPath("event", "thread_ts"))
    text: str = Field("", validation_alias=AliasPath("event", "text"))

    @property
    def by_person(self) -> bool:
        """Whether somebody wrote it just now."""
        return self.user is not None and self.bot_id is None and self.subtype in PEOPLE_WRITE

    @property
    def is_direct(self) -> bool:
        """Whether only the person and the bot read it."""
        return self.channel_type == "im"

    @property
    def question(self) -> str:
        """What was said, in plain words."""
        return plain(self.text)

    @property
    def thread(self) -> str:
        """The thread it is in, or begins."""
        return self.thread_ts or self.ts

    @property
    def conversation(self) -> str:
        """In which a follow-up finds the topic of the last answer."""
        return _conversation(self.channel, self.thread)


class CameIn(Payload):
    """Somebody came into a channel. `bot`: the bot's own user id."""

    user: str = Field(validation_alias=AliasPath("event", "user"))
    channel: str = Field(validation_alias=AliasPath("event", "channel"))
    bot: str = Field("", validation_alias=AliasPath("authorizations", 0, "user_id"))


class Command(Payload):
    """A slash command."""

    user_id: str
    channel_id: str
    trigger_id: str = ""
    text: str = ""

    @property
    def question(self) -> str:
        """What follows the command, in plain words."""
        return plain(self.text)

    @property
    def conversation(self) -> str:
        """In which a follow-up finds the topic of the last answer."""
        return _conversation(self.channel_id, self.user_id)


class Click(Payload):
    """A button pressed, or an option chosen."""

    user: str = Field(validation_alias=AliasPath("user", "id"))
    trigger_id: str
    action_id: str = Field(validation_alias=AliasPath("actions", 0, "action_id"))
    button_value: str | None = Field(None, validation_alias=AliasPath("actions", 0, "value"))
    option_value: str | None = Field(None, validation_alias=AliasPath("actions", 0, "selected_option", "value"))
    channel: str | None = Field(None, validation_alias=AliasPath("channel", "id"))
    message_ts: str | None = Field(None, validation_alias=AliasPath("container", "message_ts"))
    thread_ts: str | None = Field(None, validation_alias=AliasPath("container", "thread_ts"))
    is_ephemeral: bool = Field(False, validation_alias=AliasPath("container", "is_ephemeral"))
    view_id: str | None = Field(None, validation_alias=AliasPath("view", "id"))
    view_type: str | None = Field(None, validation_alias=AliasPath("view", "type"))
    private_metadata: str = Field("", validation_alias=AliasPath("view", "private_metadata"))
    callback_id: str = Field("", validation_alias=AliasPath("view", "callback_id"))
    block_id: str = Field("", validation_alias=AliasPath("actions", 0, "block_id"))

    @property
    def value(self) -> str:
        """What the button carries, or the option chosen."""
        return self.option_value or self.button_value or ""

    @property
    def which(self) -> str:
        """What `ids.one_of_many` put after the action's name."""
        return self.action_id.partition(".")[2]

    @property
    def in_modal(self) -> bool:
        """Whether it was in a modal, which can be redrawn in place."""
        return self.view_type == "modal"

    @property
    def conversation(self) -> str:
        """In which a follow-up finds the topic of the last answer."""
        thread = self.user if self.is_ephemeral else self.thread_ts or self.message_ts or self.user
        return _conversation(self.channel or "home", thread)


class Submission(Payload):
    """A modal sent off."""

    user: str = Field(validation_alias=AliasPath("user", "id"))
    private_metadata: str = Field("", validation_alias=AliasPath("view", "private_metadata"))
    values: dict[str, dict[str, dict[str, Any]]] = Field(validation_alias=AliasPath("view", "state", "values"))

    @property
    def conversation(self) -> str:
        """In which a follow-up finds the topic of the last answer."""
        return _conversation("home", self.user)

    def text(self, block_id: str, action_id: str) -> str:
        """What was typed into a text input."""
        return str(self.values[block_id][action_id].get("value") or "").strip()

    def held(self, block_id: str) -> dict[str, Any]:
        """What the one element of a block holds; nothing for a block that the form does not have."""
        return next(iter(self.values.get(block_id, {}).values()), {})

    def written(self, block_id: str) -> str | None:
        """What was typed into a block's text input; None where the form has none."""
        return str(self.held(block_id).get("value") or "") if block_id in self.values else None

    def chosen(self, block_id: str) -> str:
        """What was chosen in a block: the value of an option, a person or a channel. Empty for nothing."""
        held = self.held(block_id)
        option = (held.get("selected_option") or {}).get("value")
        return str(option or held.get("selected_user") or held.get("selected_conversation") or "")

    def several(self, block_id: str) -> tuple[str, ...]:
        """All that was chosen in a block: values of options, or people."""
        held = self.held(block_id)
        options = [option["value"] for option in held.get("selected_options") or ()]
        return tuple(map(str, options or held.get("selected_users") or ()))

    def day(self, block_id: str) -> date | None:
        """The day that was picked in a block."""
        picked = self.held(block_id).get("selected_date")
        return date.fromisoformat(picked) if picked else None


def _conversation(channel: str, within: str) -> str:
    """A direct message is one conversation, whatever its threads; in a channel each thread is one."""
    return channel if channel.startswith("D") else f"{channel} {within}"


def plain(text: str) -> str:
    """Slack's message text as the person meant it: no mentions, links by their label, entities undone, no emoji."""
    text = re.sub(r"<[@!][^>]*>", " ", text)
    text = re.sub(r"<#[^|>]*\|?([^>]*)>", r"#\1", text)
    text = re.sub(r"<[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"<((?:https?://|mailto:|tel:)[^>]*)>", r"\1", text)
    text = re.sub(r"(?<!\w):[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:(?!\w)", " ", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("`", " ")
    return re.sub(r"\s+", " ", text).strip()
