"""What a question finds in the guideline: an outcome and the entries that say it, best first."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from guideline_content.models import Clause, Entry, Group, Guideline, Reading, Silence


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
    `member`: for a group, the id of the member that was asked for most, if any was.
    """

    entry: Entry
    score: float
    applies: bool | None = None
    member: str | None = None


@dataclass(frozen=True)
class Answer:
    """What the guideline has to say to a question.

    `matches`: best first; for `unsure` the up to three choices; for `silent` the silence first, then its nearest
    clauses; empty for `not_covered`.
    `role`: the asker's role, named in the question or else the one given; None: unknown.
    `read_as`: the question as it was understood, where a word of it was respelled; else None.
    `small_talk`: it was a greeting, thanks or chatter (always `not_covered`).
    `topic`: for `not_covered`, the title of the known topic outside the guideline it is about (fees); else None.
    `local`: a line that is ours and not the guideline's, if there is one to be shown.
    `confidence`: 0 to 1, how sure the outcome is.
    `also`: the answers to further questions in the same message, which have none of their own.
    """

    question: str
    outcome: Outcome
    matches: tuple[Match, ...]
    confidence: float
    role: str | None = None
    read_as: str | None = None
    small_talk: bool = False
    topic: str | None = None
    local: str | None = None
    also: tuple["Answer", ...] = ()


def as_json(answer: Answer, guideline: Guideline) -> dict[str, Any]:
    """The answer as other tools read it; where a message asked several things, their entries take turns."""
    labels = {section.id: section.label for section in guideline.sections}
    where = {clause.id: clause.where for clause in guideline.source_clauses}
    return {
        "question": answer.question,
        "outcome": answer.outcome.value,
        "entries": [
            {
                "id": match.entry.id,
                "title": match.entry.title,
                "section": _section(match.entry, guideline, labels, where),
                "kind": match.entry.kind,
                "obligation": match.entry.obligation.value if isinstance(match.entry, Clause) else None,
                "clauses": list(guideline.clause_ids(match.entry)),
                "applies": match.applies,
                "score": round(match.score, 3),
            }
            for match in all_matches(answer)
        ],
        "confidence": round(answer.confidence, 3),
    }


def all_matches(answer: Answer) -> tuple[Match, ...]:
    """The matches of every question in the message, best first and taking turns, no entry twice."""
    parts = [part.matches for part in (answer, *answer.also)]
    turns = [matches[turn] for turn in range(max(map(len, parts))) for matches in parts if turn < len(matches)]
    return tuple(
        {match.entry.id: match for match in reversed(turns)}[id] for id in dict.fromkeys(m.entry.id for m in turns)
    )


def _section(entry: Entry, guideline: Guideline, labels: dict[str, str], where: dict[str, str]) -> str | None:
    """The citation: of a reading its article's, of a silence none, for it stands nowhere."""
    match entry:
        case Clause() | Group():
            return labels[entry.section]
        case Reading():
            return where[entry.source[0]]
        case Silence():
            return None
