"""A message, a modal or a Home as the templates draw it: its blocks, and what one reader needs to read them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from bot.local.model import Message, Values, View
from bot.local.page.fields import as_field, field_name
from bot.local.page.markdown import markdown
from bot.local.page.mrkdwn import Names, mrkdwn, plain_text
from bot.local.page.rich_text import rich_text
from bot.local.person import Person
from bot.local.values import VALUE_KEYS

Payload = dict[str, Any]


@dataclass(frozen=True)
class Surface:
    """Blocks with one reader's view of them.

    `kind`: main or thread (a message in one of these panes), modal, home. `where` says in form fields which message
    or view it is.
    """

    kind: str
    where: Mapping[str, str]
    blocks: tuple[Payload, ...]
    reader: Person
    names: Names
    values: Values = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> int:
        """The rank of a heading in it: below the page's own, or below the thread's or the form's."""
        return 2 if self.kind in ("main", "home") else 3

    def text(self, composition: Payload) -> Markup:
        """A text object as HTML."""
        if composition["type"] == "mrkdwn":
            return mrkdwn(composition["text"], self.names, verbatim=composition.get("verbatim", False))
        return plain_text(composition["text"], with_emoji=composition.get("emoji", True))

    def markdown(self, block: Payload) -> Markup:
        """A `markdown` block as HTML."""
        return markdown(block["text"], self.heading)

    def rich_text(self, block: Payload) -> Markup:
        """A `rich_text` block as HTML."""
        return rich_text(block, self.names)

    def id(self, block: Payload, part: str = "") -> str:
        """An id for a part of a block, unique in the page."""
        return re.sub(r"[^\w-]", "_", "-".join((self.kind, *self.where.values(), block["block_id"], part)))

    def name(self, block: Payload, element: Payload) -> str:
        """What the element is called in the form."""
        return field_name(block, element)

    def held(self, block: Payload, element: Payload) -> Any:
        """What the element holds now: text, a date, an id, an option's value, or a list of them."""
        entry = self.values.get(block["block_id"], {}).get(element["action_id"], {})
        return as_field(entry.get(VALUE_KEYS[element["type"]]))

    def error(self, block: Payload) -> str | None:
        """What is wrong with the field of this block."""
        return self.errors.get(block["block_id"])

    def described_by(self, block: Payload) -> str:
        """The ids of what explains a field: its error and its hint."""
        parts = [part for part, present in (("error", self.error(block)), ("hint", block.get("hint"))) if present]
        return " ".join(self.id(block, part) for part in parts)


def message_surface(message: Message, reader: Person, names: Names, pane: str) -> Surface:
    """The blocks of a message, with what the reader chose in them. `pane`: the root of a thread is shown twice."""
    where = {"channel": message.channel, "ts": message.ts, "thread": message.thread_ts or ""}
    return Surface(pane, where, message.blocks, reader, names, reader.values(message))


def view_surface(view: View, reader: Person, names: Names) -> Surface:
    """The blocks of a modal or Home, with what the person filled in and what was wrong with it."""
    return Surface(view.type, {"view": view.id}, view.blocks, reader, names, view.values, view.errors)
