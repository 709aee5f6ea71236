"""Refusals, and a store that cannot be used."""


class ConversationError(Exception):
    """A refusal: its text is the sentence the person reads."""


class StoreError(Exception):
    """What is to be kept cannot be kept: its text is one line that names the file and says what to do."""
