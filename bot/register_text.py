"""The register of questions as a content steward reads it in a terminal."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from textwrap import wrap

from bot.views.blocks import shortened
from conversations.questions import Reason
from conversations.register import Part, Recurring
from guideline_content.models import Guideline

WIDTH = 100
INDENT = 8
LONGEST = 300
"""Characters of a question that are shown; the export has all of them."""
OTHERS = 3
"""How many other wordings of a question are shown."""

HEADINGS = {
    Reason.UNSURE: "UNSURE: several entries came near",
    Reason.SILENT: "SILENT: the guideline is known not to say",
    Reason.NOT_COVERED: "NOT COVERED: no entry came near",
    Reason.NOT_HELPFUL: "NOT HELPFUL: answered, and somebody said that this was not it",
    Reason.HELPFUL: "HELPFUL: answered, and somebody said that this was it",
}


def as_text(parts: Sequence[Part], guideline: Guideline, zone: tzinfo) -> str:
    """All of it, by reason and by the entry that came closest."""
    questions = [question for part in parts for question in part.questions]
    answered = sum(bool(question.solved_by) for question in questions)
    lines = [f"{_counted(questions)}. Now answered: {answered}."]
    for reason, some in groupby(parts, key=lambda part: part.reason):
        lines += _of_reason(reason, list(some), guideline, zone)
    return "\n".join(lines)


def _of_reason(reason: Reason, parts: Sequence[Part], guideline: Guideline, zone: tzinfo) -> Iterator[str]:
    yield from ("", f"{HEADINGS[reason]} ({_counted([question for part in parts for question in part.questions])})")
    for part in parts:
        if part.closest:
            yield from ("", f"  Closest: {_named(part.closest, guideline)}")
        yield ""
        for question in part.questions:
            yield from _of_question(question, guideline, zone)


def _of_question(question: Recurring, guideline: Guideline, zone: tzinfo) -> Iterator[str]:
    first, *others = dict.fromkeys(map(_one_line, question.wordings))
    yield from _wrapped(f"{question.times:>3} x  ", f"{first}  [{_day(question.last, zone)}]")
    if others:
        more = f", and {len(others) - OTHERS} more" if len(others) > OTHERS else ""
        yield from _wrapped("", f"also: {' / '.join(others[:OTHERS])}{more}")
    for wanted in question.wanted:
        yield from _wrapped("", f"looked for: {_one_line(wanted)}")
    if question.solved_by:
        yield from _wrapped("", f"now answered by: {_named(question.solved_by, guideline)}")


def _wrapped(mark: str, text: str) -> Iterable[str]:
    return wrap(text, WIDTH, initial_indent=f"{mark:>{INDENT}}", subsequent_indent=" " * INDENT)


def _named(id: str, guideline: Guideline) -> str:
    entry = guideline.entries.get(id)
    return f"{entry.title} ({id})" if entry else f"{id}, which the content no longer has"


def _counted(questions: Collection[Recurring]) -> str:
    times = sum(question.times for question in questions)
    return f"{_number(len(questions), 'question')}, asked {_number(times, 'time')}"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _one_line(text: str) -> str:
    """Nothing in it moves the cursor, colours the terminal or begins a line."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return shortened(" ".join(printable.split()), LONGEST) or "(nothing that can be shown)"


def _day(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).date().isoformat()
