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
UNCHANGED_WORDS = 30
"""Of a longer run of unchanged words only the words next to a change are shown, and how many are not."""


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
    yield from rich(span for piece in changes for span in _spans(piece))


def _spans(piece: Piece) -> Iterator[Span]:
    words = piece.text.split()
    hidden = len(words) - 2 * UNCHANGED_WORDS
    if piece.change is not Change.KEPT or hidden <= 0:
        yield from ((text, _STYLES[piece.change]) for text in _cut(piece.text))
        return
    yield f"{' '.join(words[:UNCHANGED_WORDS])} ", None
    yield f"[{hidden:,} unchanged words]", ITALIC
    yield f" {' '.join(words[-UNCHANGED_WORDS:])} ", None


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
