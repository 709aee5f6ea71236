"""Refusals, and a store that cannot be used."""

from collections.abc import Mapping


class ConversationError(Exception):
    """A refusal: its text is the sentence the person reads."""


class UnknownCaseError(ConversationError):
    """There is no such case, or none that this person may know of: nobody can tell which."""

    def __init__(self) -> None:
        super().__init__(
            "There is no case with this code that you can see. Check the code, or ask whoever gave it to you."
        )


class NotAllowedError(ConversationError):
    """The person may see the case, but this is for others to do."""


class StaleError(ConversationError):
    """What the person saw has changed since: its text says to what."""


class FieldErrors(ConversationError):
    """A form that cannot be taken: `fields` has a sentence for each field, to be shown there; nothing was kept."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(" ".join(self.fields.values()))


class StoreError(Exception):
    """What is to be kept cannot be kept: its text is one line that names the file and says what to do."""
