"""Codes of cases: opaque, short enough to say over the phone, without letters and digits that look or sound alike."""

import re
from collections.abc import Callable

ALPHABET = "234679ACDEFHJKMNPQRTWXY"
LENGTH = 4

Choose = Callable[[str], str]
"""Chooses one character at random."""


def new_code(choose: Choose) -> str:
    """A code that may be taken: the store tells."""
    return "TR-" + "".join(choose(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """The code as it is kept, however it was typed; None where it is none."""
    typed = "".join(character for character in text.upper() if character.isalnum())
    found = re.fullmatch(rf"(?:TR)?([{ALPHABET}]{{{LENGTH}}})", typed)
    return f"TR-{found[1]}" if found else None
