"""Answers in plain words: what notifications and screen readers say of a message."""

from bot.views.blocks import fallback, uncapitalised
from bot.views.statements import condition_of, section_label
from guideline_content.answers import Answer, Outcome
from guideline_content.models import Clause, Entry, Group, Guideline, Reading, Silence


def summary(guideline: Guideline, answer: Answer) -> str:
    """The answer in a few sentences."""
    return fallback(answer.local or "", *_said(guideline, answer))


def not_covered(guideline: Guideline, answer: Answer) -> str:
    """That the guideline has nothing on it, and on what, where that is known."""
    about = f"That looks like a question about {uncapitalised(answer.topic)}: t" if answer.topic else "T"
    return f"{about}he guideline {guideline.title} does not cover it."


def _said(guideline: Guideline, answer: Answer) -> list[str]:
    if answer.small_talk:
        return [f"Glad to help with what the guideline {guideline.title} says."]
    if not answer.matches:
        return [not_covered(guideline, answer)]
    if answer.outcome is Outcome.UNSURE:
        return ["Did you mean:", "; ".join(match.entry.title for match in answer.matches)]
    return _spoken(guideline, answer.matches[0].entry)


def _spoken(guideline: Guideline, entry: Entry) -> list[str]:
    match entry:
        case Clause():
            force = f"{entry.title} ({entry.obligation.upper()}, {section_label(guideline, entry.section)}):"
            condition = condition_of(guideline, entry)
            return [force, f"{condition}." if condition else "", entry.statement]
        case Group():
            members = (f"{clause.title} ({clause.obligation.upper()})" for clause in guideline.members(entry.id))
            return [f"{entry.title}:", f"{'; '.join(members)}."]
        case Silence():
            return ["The guideline does not say:", f"{entry.title}.", entry.statement, f"Ask {guideline.contact}."]
        case Reading():
            return ["Background reading, not the guideline:", f"{entry.title}.", entry.statement]
