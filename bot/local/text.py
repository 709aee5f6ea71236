"""What a person types, as Slack writes it down: escaped, with mentions, channels and links marked."""

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.local.people import Channel

Payload = dict[str, Any]

_LINK = r"https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"]"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_DOMAIN = r"(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:ca|com|org|net|dev|info)(?![\w-])(?:/[^\s<>|]*[^\s<>|.,;:!?)\]'\"])?"


class Piece(NamedTuple):
    """A run of typed text: how Slack marks it in `text`, and its rich text element."""

    marked: str
    rich: Payload


class Typing:
    """Knows who and what can be mentioned. `mentions` maps names as people type them after `@` to user ids."""

    def __init__(self, mentions: dict[str, str], channels: tuple[Channel, ...]) -> None:
        self._mentions = {name.casefold(): user for name, user in mentions.items()}
        self._channels = {channel.name: channel.id for channel in channels if channel.name}
        self._pattern = re.compile(
            "|".join(
                (
                    f"(?P<email>{_EMAIL})",
                    f"(?P<link>{_LINK})",
                    rf"@(?P<user>{_any_of(mentions)})\b",
                    rf"#(?P<channel>{_any_of(self._channels)})\b",
                    r"@(?P<everybody>here|channel|everyone)\b",
                    f"(?P<domain>{_DOMAIN})",
                )
            ),
            re.IGNORECASE,
        )

    def marked(self, typed: str) -> str:
        """Slack's `text`."""
        return "".join(piece.marked for piece in self._pieces(typed))

    def rich_text(self, typed: str, block_id: str) -> Payload:
        """Slack's `rich_text` block for the same words."""
        section = {"type": "rich_text_section", "elements": [piece.rich for piece in self._pieces(typed)]}
        return {"type": "rich_text", "block_id": block_id, "elements": [section]}

    def _pieces(self, typed: str) -> Iterator[Piece]:
        end = 0
        for found in self._pattern.finditer(typed):
            yield from _plain(typed[end : found.start()])
            yield self._special(str(found.lastgroup), str(found[str(found.lastgroup)]))
            end = found.end()
        yield from _plain(typed[end:])

    def _special(self, kind: str, value: str) -> Piece:
        if kind == "user":
            user = self._mentions[value.casefold()]
            return Piece(f"<@{user}>", {"type": "user", "user_id": user})
        if kind == "channel":
            channel = self._channels[value.lower()]
            return Piece(f"<#{channel}|{value.lower()}>", {"type": "channel", "channel_id": channel})
        if kind == "everybody":
            return Piece(f"<!{value.lower()}>", {"type": "broadcast", "range": value.lower()})
        return _link(kind, value)


def _link(kind: str, value: str) -> Piece:
    shown = html.escape(value, quote=False)
    if kind == "link":
        return Piece(f"<{shown}>", {"type": "link", "url": value})
    scheme = "mailto:" if kind == "email" else "http://"
    return Piece(f"<{scheme}{shown}|{shown}>", {"type": "link", "url": f"{scheme}{value}", "text": value})


def _plain(typed: str) -> Iterator[Piece]:
    if typed:
        yield Piece(html.escape(typed, quote=False), {"type": "text", "text": typed})


def _any_of(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
