"""Looks for wordings in a text as a reader would: blind to case, line breaks and the shape of quotes and dashes."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_SHAPES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'} | dict.fromkeys(_DASHES, "-"))


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """The text in one line of lower case, without invisible characters."""
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) != "Cf"
    )
    return " ".join(visible.translate(_SHAPES).casefold().split())


def count(words: str, text: str) -> int:
    """How often the whole words stand in the text."""
    return sum(1 for _ in _whole(plain(words)).finditer(plain(text)))


@lru_cache(maxsize=1024)
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def found(wordings: Sequence[str], text: str) -> str | None:
    """The first of the wordings that stands in the text."""
    return next((words for words in wordings if count(words, text)), None)


def paragraphs(text: str) -> tuple[str, ...]:
    """The text split at empty lines."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def sentences(paragraph: str) -> tuple[str, ...]:
    """A paragraph split where a sentence ends; colons do not end one."""
    return tuple(part.strip() for part in re.split(r"(?<=[.!?])\s+", paragraph) if part.strip())


def shared_run(one: str, other: str, words: int) -> str | None:
    """A run of that many words which both texts have, as the first of them has it; None if there is none."""
    here, there = _words(one), f" {' '.join(_words(other))} "
    runs = (" ".join(here[start : start + words]) for start in range(len(here) - words + 1))
    return next((run for run in runs if f" {run} " in there), None)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:'\w+)*", plain(text))
