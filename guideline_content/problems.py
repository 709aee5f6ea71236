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


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """A question to end a message with, naming what is closest to `word`; empty if nothing is."""
    near = get_close_matches(word, list(allowed), n=1)
    return f". Did you mean '{near[0]}'?" if near else ""
