"""A text as a reader takes it: one kind of digit, dash and space, lower case, nothing invisible."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LINE_BREAKS = "\n\r\v\f\x85\u2028\u2029"
_DASHES = "\u2212\u2043"
_DOTS = "\u00b7\u2022\u2219\u22c5"
_INVISIBLE = {"Cf", "Mn", "Me"}


@dataclass(frozen=True)
class PlainText:
    """`text`: the plain form; `origins`: for each of its characters, and for its end, where the original has it."""

    text: str
    origins: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original text of a span (not empty) in the plain one, with what is invisible behind it."""
        return self.origins[start], max(self.origins[end - 1] + 1, self.origins[end])


def plain(text: str) -> PlainText:
    """The plain form. A character can vanish (zero-width) or become several (a ligature)."""
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        replacement = _plain_character(character)
        characters.append(replacement)
        origins.extend([index] * len(replacement))
    return PlainText("".join(characters), (*origins, len(text)))


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character in _LINE_BREAKS:
        return "\n"
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    if category == "Pd" or character in _DASHES:
        return "-"
    if category in {"Zs", "Cc"}:
        return " "
    if character in _DOTS:
        return "."
    digit = unicodedata.decimal(character, None)
    return unicodedata.normalize("NFKC", character).lower() if digit is None else str(digit)
