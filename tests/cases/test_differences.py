"""What changed between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from conversations.differences import Change, Piece, difference

KEPT, REMOVED, ADDED = Change


def test_a_changed_word_is_removed_and_added() -> None:
    assert difference("I will call you today.", "I will write you today.") == (
        Piece(KEPT, "I will "),
        Piece(REMOVED, "call "),
        Piece(ADDED, "write "),
        Piece(KEPT, "you today."),
    )


def test_equal_texts_have_one_piece() -> None:
    assert difference("Same.\n\nText.", "Same.\n\nText.") == (Piece(KEPT, "Same.\n\nText."),)


def test_an_empty_text_is_all_added_or_removed() -> None:
    assert difference("", "New.") == (Piece(ADDED, "New."),)
    assert difference("Old.", "") == (Piece(REMOVED, "Old."),)
    assert difference("", "") == ()


def test_words_with_marks_inside_are_whole() -> None:
    assert difference("de-enrolled, don't", "de-enrolled, do") == (
        Piece(KEPT, "de-enrolled, "),
        Piece(REMOVED, "don't"),
        Piece(ADDED, "do"),
    )


@given(st.text(), st.text())
def test_nothing_is_lost(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.change is not ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.change is not REMOVED) == after
