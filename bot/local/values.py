"""What a person has typed or chosen, in the shapes of Slack's `state.values`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.local.errors import Refused
from bot.local.model import Values
from bot.local.people import Channel
from bot.local.reading import elements

Payload = dict[str, Any]

VALUE_KEYS = {
    "plain_text_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
}
INITIAL_KEYS = {
    "plain_text_input": "initial_value",
    "static_select": "initial_option",
    "radio_buttons": "initial_option",
    "checkboxes": "initial_options",
    "datepicker": "initial_date",
    "users_select": "initial_user",
    "multi_users_select": "initial_users",
    "conversations_select": "initial_conversation",
}
_SEVERAL = {"checkboxes", "multi_users_select"}


def state_value(element: Payload, value: Any) -> Payload:
    """The element's entry in `state.values`; nothing chosen is null, or an empty list where several may be."""
    kind = element["type"]
    empty: Any = [] if kind in _SEVERAL else None
    return {"type": kind, VALUE_KEYS[kind]: value if value not in (None, "") else empty}


def current(element: Payload, entry: Payload | None) -> Any:
    """What the entry holds: text, option, options, date, id or ids; None or an empty list for nothing."""
    return (entry or state_value(element, None))[VALUE_KEYS[element["type"]]]


def initial_values(blocks: Iterable[Payload], before: Values, here: Channel | None) -> Values:
    """`state.values` for freshly drawn blocks. What was filled in under the same ids and type stays.

    `here`: the conversation that elements may take as their default.
    """
    values: Values = {}
    for block, element in elements(blocks):
        if element["type"] not in VALUE_KEYS:
            continue
        kept = before.get(block["block_id"], {}).get(element["action_id"])
        if kept is None or kept["type"] != element["type"]:
            kept = state_value(element, _initial(element, here))
        values.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return values


def offers(element: Payload, channel: Channel) -> bool:
    """A `conversations_select` lets people choose this conversation."""
    wanted = element.get("filter", {})
    if channel.kind == "im" and wanted.get("exclude_bot_users"):
        return False
    return channel.kind in wanted.get("include", ("public", "private", "im"))


def _initial(element: Payload, here: Channel | None) -> Any:
    if element.get("default_to_current_conversation") and here and offers(element, here):
        return here.id
    return element.get(INITIAL_KEYS[element["type"]])


def with_value(values: Values, block_id: str, action_id: str, entry: Payload) -> Values:
    """The values with one entry replaced."""
    return values | {block_id: values.get(block_id, {}) | {action_id: entry}}


def option_named(element: Payload, wanted: str) -> Payload:
    """The option with this value or this visible text, as it stands in the payload."""
    found = [o for o in all_options(element) if wanted in (o["value"], o["text"]["text"])]
    if len(found) != 1:
        known = ", ".join(repr(o["text"]["text"]) for o in all_options(element))
        raise LookupError(f"{len(found)} options are called {wanted!r}; there are {known}")
    return dict(found[0])


def all_options(element: Payload) -> list[Payload]:
    """The options of a static element, those in groups too."""
    groups = element.get("option_groups", ())
    return [*element.get("options", ()), *(option for group in groups for option in group["options"])]


def input_error(block: Payload, value: Any) -> str | None:
    """What Slack's client says at the field before it sends anything, or None where it has nothing to say."""
    if value in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    if block["element"]["type"] == "plain_text_input":
        return _length_error(block["element"], value)
    return None


def _length_error(element: Payload, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    if len(value) > most:
        return f"Please enter no more than {most} characters."
    return None


def iso_date(typed: str) -> str:
    """The date as Slack writes it; anything but YYYY-MM-DD cannot be picked."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError as error:
        raise Refused(f"{typed!r} is not a date like 2026-01-31") from error
