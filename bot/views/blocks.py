"""The few shapes that every view is made of, and how they fit Slack's limits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement

SECTION_TEXT = 3000
BUTTON_TEXT = 75
MESSAGE_BLOCKS = 50
MESSAGE_TEXT = 12_000
MESSAGE_FALLBACK = 3000
VIEW_BLOCKS = 100
VIEW_TITLE = 24
ACTIONS_ELEMENTS = 25


@dataclass(frozen=True)
class Message:
    """What one call posts. `text` is what notifications and screen readers say of it."""

    text: str
    blocks: tuple[Block, ...]

    def payload(self) -> dict[str, Any]:
        """The arguments of the Web API, checked by the SDK's own validators."""
        return {"text": self.text, "blocks": [block.to_dict() for block in self.blocks]}


def escape(text: str) -> str:
    """The text as mrkdwn that pings nobody and links nowhere, whoever wrote it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(*parts: str) -> str:
    """Plain sentences as a message's `text`; a long one ends in an ellipsis, the blocks hold it all."""
    text = escape(" ".join(part.strip() for part in parts if part.strip()))
    return text if len(text) <= MESSAGE_FALLBACK else text[: MESSAGE_FALLBACK - 1].rsplit(" ", 1)[0] + "…"


def sections(mrkdwn: str) -> Iterator[SectionBlock]:
    """The text in as many sections as it needs."""
    for piece in pieces(mrkdwn, SECTION_TEXT):
        yield SectionBlock(text=MarkdownTextObject(text=piece, verbatim=True))


def pieces(text: str, limit: int) -> Iterator[str]:
    """The text cut at the last paragraph, line, sentence or word that fits, so that nothing of it is lost."""
    rest = text.strip()
    while len(rest) > limit:
        cut = _last_break(rest, limit)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _last_break(text: str, limit: int) -> int:
    for pattern in (r"\n\n", r"\n", r"[.!?;:] ", r" "):
        breaks = [match.end() for match in re.finditer(pattern, text[:limit])]
        if breaks and breaks[-1] > limit // 2:
            return breaks[-1]
    return limit


def context(mrkdwn: str) -> ContextBlock:
    """A small grey line."""
    return ContextBlock(elements=[MarkdownTextObject(text=mrkdwn, verbatim=True)])


def verbatim_context(text: str) -> ContextBlock:
    """A small grey line of a person's own words: plain text, in which nothing is markup."""
    return ContextBlock(elements=[PlainTextObject(text=text, emoji=False)])


def button(text: str, action_id: str, value: str | None = None, *, style: str | None = None) -> ButtonElement:
    """A button; a title too long for one ends in an ellipsis, and its whole is what a screen reader says."""
    return ButtonElement(
        text=PlainTextObject(text=shortened(text, BUTTON_TEXT), emoji=False),
        action_id=action_id,
        value=value,
        style=style,
    )


def uncapitalised(text: str) -> str:
    """A title as it stands inside a sentence; an abbreviation stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def shortened(text: str, limit: int) -> str:
    """The text, or as much of it as fits before an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def actions(elements: Sequence[InteractiveElement]) -> Iterator[ActionsBlock]:
    """Buttons and selects in as many rows as they need."""
    for start in range(0, len(elements), ACTIONS_ELEMENTS):
        yield ActionsBlock(elements=list(elements[start : start + ACTIONS_ELEMENTS]))


def messages(text: str, blocks: Iterable[Block]) -> tuple[Message, ...]:
    """The blocks in as few messages as Slack's limits allow; each after the first says that it goes on."""
    packed: list[list[Block]] = [[]]
    for block in blocks:
        if packed[-1] and not _fits([*packed[-1], block]):
            packed.append([])
        packed[-1].append(block)
    return tuple(
        Message(text if number == 1 else f"(continued, {number} of {len(packed)}) {text}", tuple(group))
        for number, group in enumerate(packed, 1)
    )


def note(mrkdwn: str) -> Message:
    """A sentence or two of ours."""
    return Message(mrkdwn, tuple(sections(mrkdwn)))


def _fits(blocks: Sequence[Block]) -> bool:
    return len(blocks) <= MESSAGE_BLOCKS and sum(map(text_length, blocks)) <= MESSAGE_TEXT


def text_length(block: Block) -> int:
    """Characters of all texts in a block."""

    def count(value: object) -> int:
        match value:
            case {"text": str(text)}:
                return len(text)
            case dict():
                return sum(map(count, value.values()))
            case list():
                return sum(map(count, value))
            case _:
                return 0

    return count(block.to_dict())
