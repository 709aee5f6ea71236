"""Finding the element a person means, and reading what they put into it."""

from collections.abc import Iterator
from typing import Any

from bot.local.errors import Refused
from bot.local.model import Message, View
from bot.local.reading import elements, plain
from bot.local.values import VALUE_KEYS, iso_date, option_named

Payload = dict[str, Any]


def exactly(block_id: str, action_id: str, value: str | None = None) -> str:
    """The name no other element shares, for those who have the ids at hand; `value` tells feedback buttons apart."""
    return "\n".join((block_id, action_id) if value is None else (block_id, action_id, value))


def find_button(container: Message | View, button: str) -> tuple[Payload, Payload, str | None]:
    """The block, the element and the value it sends; LookupError unless exactly one button fits."""
    every = list(_buttons(container))
    exact = [(b, e, v) for b, e, v, names in every if button in names]
    if len(exact) != 1:
        known = ", ".join(repr(names[0]) for *_, names in every)
        raise LookupError(f"{len(exact)} buttons fit {button!r}; there are {known or 'none'}")
    return exact[0]


def _buttons(container: Message | View) -> Iterator[tuple[Payload, Payload, str | None, tuple[str, ...]]]:
    for block, element in elements(container.blocks):
        if element["type"] in ("button", "icon_button"):
            yield block, element, element.get("value"), _names(block, element, element)
        elif element["type"] == "feedback_buttons":
            for side in ("positive_button", "negative_button"):
                yield block, element, element[side]["value"], _names(block, element, element[side])


def _names(block: Payload, element: Payload, button: Payload) -> tuple[str, ...]:
    shown = plain(button["text"]["text"])
    action_id, value = element["action_id"], button.get("value")
    said = button.get("accessibility_label", shown)
    return (shown, said, action_id, f"{action_id}={value}", exactly(block["block_id"], action_id, value))


def find_field(container: Message | View, field: str) -> tuple[Payload, Payload]:
    """The block and the element; LookupError unless exactly one field fits."""
    every = [(b, e) for b, e in elements(container.blocks) if e["type"] in VALUE_KEYS or e["type"] == "overflow"]
    exact = [(b, e) for b, e in every if field in _labels(b, e)]
    if len(exact) != 1:
        known = ", ".join(repr(_labels(b, e)[0]) for b, e in every)
        raise LookupError(f"{len(exact)} fields fit {field!r}; there are {known or 'none'}")
    return exact[0]


def _labels(block: Payload, element: Payload) -> tuple[str, ...]:
    shown = [plain(part["text"]) for part in (block.get("label"), element.get("placeholder")) if part]
    block_id, action_id = block["block_id"], element["action_id"]
    return (*shown, action_id, block_id, exactly(block_id, action_id))


def parsed(element: Payload, value: Any, options: list[tuple[str, str]]) -> Any:
    """What the element holds after the person put `value` into it."""
    if value in (None, "", []):
        return None
    match element["type"]:
        case "plain_text_input":
            return str(value)
        case "datepicker":
            return iso_date(value)
        case "checkboxes":
            chosen = [option_named(element, wanted) for wanted in value]
            return [option for option in element["options"] if option in chosen]
        case "users_select" | "conversations_select":
            return _chosen(value, options)
        case "multi_users_select":
            return _at_most(element, [_chosen(wanted, options) for wanted in value])
        case _:
            return option_named(element, value)


def _chosen(wanted: str, options: list[tuple[str, str]]) -> str:
    found = [key for key, shown in options if wanted in (key, shown, shown.removeprefix("#"))]
    if len(found) != 1:
        raise LookupError(f"{len(found)} choices fit {wanted!r}; there are {', '.join(s for _, s in options)}")
    return found[0]


def _at_most(element: Payload, chosen: list[str]) -> list[str]:
    most = element.get("max_selected_items")
    if most is not None and len(chosen) > most:
        raise Refused(f"You can choose no more than {most}.")
    return chosen
