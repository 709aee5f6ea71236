"""Answers where there is no Slack: the same blocks, as text."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.views.blocks import Message
from bot.views.questions import Place, Shown, build_answer
from guideline_content.answers import Answer
from guideline_content.models import Guideline

BOLD = re.compile(r"(?<!\w)\*(\S(?:[^*\n]*\S)?)\*(?!\w)")
ITALIC = re.compile(r"^_(.+)_$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")


def as_text(guideline: Guideline, answer: Answer) -> str:
    """The answer as people read it in a terminal."""
    drawn = [build_answer(Shown(guideline, part, "", Place.TERMINAL)) for part in (answer, *answer.also)]
    return "\n\n".join("\n".join(_lines(messages)).strip() for messages in drawn)


def _lines(messages: Iterable[Message]) -> Iterator[str]:
    for message in messages:
        for block in message.payload()["blocks"]:
            yield from _block_lines(block)


def _block_lines(block: dict[str, Any]) -> Iterator[str]:
    match block:
        case {"type": "section", "text": text}:
            yield from ("", _plain(text))
        case {"type": "divider"}:
            yield ""
        case {"type": "context", "elements": texts}:
            yield from (f"  {_plain(text)}" for text in texts)
        case {"type": "actions", "elements": buttons}:
            yield from (f"  - {_plain(button['text'])}" for button in buttons if "text" in button)


def _plain(text: dict[str, Any]) -> str:
    words = str(text["text"])
    if text["type"] == "mrkdwn":
        words = CODE.sub(r"\1", ITALIC.sub(r"\1", BOLD.sub(r"\1", words)))
        words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return words
