"""Text as people write it, made fit to be kept."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator


def tidy(text: str) -> str:
    """The text without what no database or JSON takes; its words and line breaks stay as they are."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return "".join(one for one in lines if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")).strip()


Written = Annotated[str, AfterValidator(tidy)]
"""What a person wrote, tidied."""
