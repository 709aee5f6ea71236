"""Refusals."""


class ConversationError(Exception):
    """A refusal: its text is the sentence the person reads."""
