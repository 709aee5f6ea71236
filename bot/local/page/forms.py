"""What the page's script sends, read against what the person has on the screen."""

from collections.abc import Iterator
from typing import Any

from starlette.datastructures import FormData

from bot.local.errors import Refused
from bot.local.fields import exactly
from bot.local.model import Message, View
from bot.local.page.fields import as_field, field_name
from bot.local.person import Person
from bot.local.reading import elements
from bot.local.values import VALUE_KEYS

Payload = dict[str, Any]
GONE = "This has changed in the meantime. Please look again."
SEVERAL = {"checkboxes", "multi_users_select"}


def text_of(form: FormData, key: str) -> str:
    """A field as text, its lines ended as Slack ends them; empty where it is missing."""
    value = form.get(key, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def surface_of(person: Person, form: FormData) -> Message | View:
    """The message, form or Home that something was done in."""
    if view_id := text_of(form, "view"):
        found: Message | View | None = next((view for view in _views(person) if view.id == view_id), None)
    else:
        ts, channel = text_of(form, "ts"), text_of(form, "channel")
        everything = person.messages(channel, text_of(form, "thread") or None)
        found = next((message for message in everything if message.ts == ts), None)
    if found is None:
        raise Refused(GONE)
    return found


def _views(person: Person) -> Iterator[View]:
    yield from person.modals
    if person.home:
        yield person.home


def fill_in(person: Person, surface: Message | View, form: FormData) -> None:
    """Take over everything the form holds, as the bot gets it with whatever is done next.

    `drawn` names the fields the form had: one that came in the meantime keeps what it holds.
    """
    drawn = form.getlist("drawn")
    for block, element in elements(surface.blocks):
        if element["type"] not in VALUE_KEYS or field_name(block, element) not in drawn:
            continue
        held = person.values(surface)[block["block_id"]][element["action_id"]][VALUE_KEYS[element["type"]]]
        put = value_of(form, block, element)
        if put != as_field(held):
            person.put(surface, exactly(block["block_id"], element["action_id"]), put)


def value_of(form: FormData, block: Payload, element: Payload) -> str | list[str]:
    """What one field of the form holds: text, an id or an option's value, or a list of them."""
    sent = [value for value in form.getlist(field_name(block, element)) if isinstance(value, str)]
    if element["type"] in SEVERAL:
        return sent
    return sent[-1].replace("\r\n", "\n") if sent else ""
