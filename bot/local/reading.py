"""What a person reads in blocks, as plain lines, and what can be pressed or filled in there."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

Payload = dict[str, Any]

_CONTROL = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_INTERACTIVE = {"actions", "context_actions"}


def lines(blocks: Iterable[Payload]) -> Iterator[str]:
    """Every text people read, in order; labels of inputs are read, labels of buttons are not."""
    for block in blocks:
        yield from (plain(text) for text in _texts(block) if text)


def _texts(block: Payload) -> Iterator[str]:
    for key in ("text", "label", "hint"):
        yield from _composition(block.get(key))
    if block.get("type") == "rich_text":
        yield from ("".join(run.get("text", "") for run in part["elements"]) for part in block["elements"])
    for part in (*block.get("fields", ()), *(block.get("elements", ()) if block.get("type") == "context" else ())):
        yield from _composition(part)


def _composition(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and isinstance(value.get("text"), str):
        yield value["text"]


def plain(text: str) -> str:
    """Slack's escapes undone: `&amp;` is `&`, `<https://a.ca|A>` is A, `<@U1>` is @U1."""
    return html.unescape(_CONTROL.sub(_control, text))


def _control(found: re.Match[str]) -> str:
    sign, target, label = found.groups()
    return f"{sign if sign != '!' else '@'}{label or target}"


def elements(blocks: Iterable[Payload]) -> Iterator[tuple[Payload, Payload]]:
    """Every interactive element with the block it lies in."""
    for block in blocks:
        if block["type"] in _INTERACTIVE:
            yield from ((block, element) for element in block["elements"])
        elif block["type"] == "input":
            yield block, block["element"]
        elif "accessory" in block:
            yield block, block["accessory"]


def labels(blocks: Iterable[Payload]) -> Iterator[str]:
    """What the interactive elements say: a button its text, feedback buttons both, a select its placeholder."""
    for _, element in elements(blocks):
        yield from (text for key in _LABELS for text in _composition(element.get(key)))
        yield from (text for side in _SIDES if side in element for text in _composition(element[side]["text"]))
        yield from (option["text"]["text"] for option in element.get("options", ()))


_LABELS = ("text", "placeholder")
_SIDES = ("positive_button", "negative_button")
