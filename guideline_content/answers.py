"""What a question finds in the guideline: an outcome and the entries that say it, best first."""

from dataclasses import dataclass
from enum import StrEnum

from guideline_content.models import Entry


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    UNSURE = "unsure"
    SILENT = "silent"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class Match:
    """An entry found, and how well: 0 (nothing in common) to 1 (certain).

    `applies` supposes that the asker is the most responsible provider: whether the entry names the asker's role;
    None where the role is unknown or the entry names no role.
    """

    entry: Entry
    score: float
    applies: bool | None = None


@dataclass(frozen=True)
class Answer:
    """What the guideline has to say to a question.

    `matches`: best first; for `unsure` the up to three choices; for `silent` the silence first, then its nearest
    clauses; empty for `not_covered`.
    `role`: the asker's role, named in the question or else the one given; None: unknown.
    `read_as`: the question as it was understood, where a word of it was respelled; else None.
    `small_talk`: it was a greeting, thanks or chatter (always `not_covered`).
    `topic`: for `not_covered`, the title of the known topic outside the guideline it is about (fees); else None.
    `confidence`: 0 to 1, how sure the outcome is.
    """

    question: str
    outcome: Outcome
    matches: tuple[Match, ...]
    confidence: float
    role: str | None = None
    read_as: str | None = None
    small_talk: bool = False
    topic: str | None = None
