"""What is wrong with a content folder, said so that an editor finds the place and knows what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is (`line` counts from 1; `key` is empty for the file as a whole) and what is allowed."""

    file: Path
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        """One line, as compilers write it, so that editors can jump to it."""
        return ": ".join(part for part in (f"{self.file}:{self.line}", self.key, self.message) if part)


class ContentError(Exception):
    """The content cannot be used. Its text has one line a problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, allowed: Iterable[str]) -> list[str]:
    """The one of the allowed words that is most like this one; empty if none is."""
    return get_close_matches(word, list(allowed), n=1)


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """A question to end a message with, naming what is nearest; empty if nothing is."""
    return "".join(f". Did you mean '{near}'?" for near in nearest(word, allowed))
