"""What people wrote, shown exactly: nothing in it is markup, pings or links, and nothing of it is cut in silence."""

from collections.abc import Iterable, Iterator

from slack_sdk.models.blocks import (
    Block,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
)

from bot.views.blocks import SECTION_TEXT, pieces, shortened
from conversations.differences import Change, Piece

EXCERPT = 200
UNCHANGED_WORDS = 15
"""Of a longer run of unchanged words only so many next to a change are shown, and how many are not."""


def quote(text: str) -> Iterator[Block]:
    """All of a text, set apart as somebody's words."""
    for piece in pieces(text, SECTION_TEXT):
        yield RichTextBlock(elements=[RichTextQuoteElement(elements=[RichTextElementParts.Text(text=piece)])])


def verbatim(text: str) -> Iterator[Block]:
    """All of a text, as the text of a letter reads."""
    for piece in pieces(text, SECTION_TEXT):
        yield SectionBlock(text=PlainTextObject(text=piece, emoji=False))


def excerpt(text: str) -> str:
    """The beginning of a text in one line; an ellipsis where it goes on, so there must be a way to read it all."""
    return shortened(" ".join(text.split()), EXCERPT)


Span = tuple[str, dict[str, bool] | None]
"""A text and its style."""

BOLD, ITALIC, STRUCK = {"bold": True}, {"italic": True}, {"strike": True}
_STYLES = {Change.REMOVED: STRUCK, Change.ADDED: BOLD, Change.KEPT: None}


def rich(spans: Iterable[Span]) -> Iterator[Block]:
    """Styled texts in which nothing is markup, in as many blocks as they need."""
    for group in _packed(spans):
        parts = [RichTextElementParts.Text(text=text, style=style) for text, style in group]
        yield RichTextBlock(elements=[RichTextSectionElement(elements=parts)])


def difference(changes: Iterable[Piece]) -> Iterator[Block]:
    """What changed, word by word: removed words struck through, new ones bold."""
    pieces = tuple(changes)
    last = len(pieces) - 1
    yield from rich(
        span
        for position, piece in enumerate(pieces)
        for span in _spans(piece, follows=position > 0, is_followed=position < last)
    )


def _spans(piece: Piece, *, follows: bool, is_followed: bool) -> Iterator[Span]:
    """`follows`, `is_followed`: there is a change before it, or behind it."""
    words = piece.text.split()
    head, tail = UNCHANGED_WORDS * follows, UNCHANGED_WORDS * is_followed
    hidden = len(words) - head - tail
    if piece.change is not Change.KEPT or hidden <= 1:
        yield from ((text, _STYLES[piece.change]) for text in _cut(piece.text))
        return
    if head:
        yield f"{' '.join(words[:head])} ", None
    yield f"[{hidden:,} unchanged words]", ITALIC
    if tail:
        yield f" {' '.join(words[-tail:])} ", None


def _cut(text: str) -> Iterator[str]:
    return (text[start : start + SECTION_TEXT] for start in range(0, len(text), SECTION_TEXT))


def _packed(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Spans in blocks of a size that can be split over messages."""
    group: list[Span] = []
    for span in spans:
        if group and sum(len(text) for text, _ in group) + len(span[0]) > SECTION_TEXT:
            yield group
            group = []
        group.append(span)
    if group:
        yield group
