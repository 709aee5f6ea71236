"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Words with the spaces and line breaks around them, and what became of them."""

    change: Change
    text: str


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """In the order of reading; what was removed comes before what replaced it.

    Kept and removed pieces joined are the text before, kept and added ones the text after: nothing is lost.
    """
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.KEPT, "".join(old[old_from:old_to])))
            continue
        pieces.append(Piece(Change.REMOVED, "".join(old[old_from:old_to])))
        pieces.append(Piece(Change.ADDED, "".join(new[new_from:new_to])))
    return tuple(piece for piece in pieces if piece.text)


def _words(text: str) -> list[str]:
    """Words, punctuation marks and what stands between: each with the spaces after it, as they would only blur it."""
    return re.findall(r"(?:[^\W_]+(?:['\u2019-][^\W_]+)*|[^\w\s]|_)\s*|\s+", text)
