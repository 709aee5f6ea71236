"""What the bot says about itself: the greeting, and help."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from bot import ids
from bot.views.blocks import Message, actions, context, escape, fallback, messages, sections
from bot.views.questions import example_buttons
from guideline_content.models import Guideline

EXAMPLES = 4
NO_NAMES = "Please leave out patients' names, numbers and dates of birth: a question needs none of them."


def build_greeting(guideline: Guideline) -> tuple[Message, ...]:
    """The first thing a person reads in a direct message, once."""
    return _build(guideline, f"Hello! I answer questions about the guideline {guideline.title}.")


def build_help(guideline: Guideline) -> tuple[Message, ...]:
    """What one can do here."""
    return _build(guideline, f"I answer questions about the guideline {guideline.title}.")


def _build(guideline: Guideline, opening: str) -> tuple[Message, ...]:
    summary = fallback(opening, f"Ask in your own words, for example: {'; '.join(guideline.examples[:EXAMPLES])}")
    return messages(summary, _blocks(guideline, opening))


def _blocks(guideline: Guideline, opening: str) -> Iterator[Block]:
    yield from sections(f"{escape(opening)} {escape(what_it_says())}")
    yield from sections("\n".join(f"• {line}" for line in ways_to_ask()))
    yield from sections("For example:")
    yield from actions(example_buttons(guideline.examples[:EXAMPLES]))
    yield context(f"{NO_NAMES} Where the guideline is silent I say so; ask {escape(guideline.contact)}.")


def what_it_says() -> str:
    """The promise every answer keeps."""
    return "Every answer shows its force (must, should, consider, may), whom it binds, and the clause it comes from."


def ways_to_ask() -> tuple[str, ...]:
    """Where a question can be asked, in mrkdwn."""
    return (
        "*In a direct message* to me: just ask, in your own words.",
        "*In a channel*: mention me with your question; I answer in the thread.",
        f"`{ids.SLASH_GUIDELINE} your question`, anywhere: only you see the answer, until you share it.",
        "*My Home tab*: set your role, browse the guideline by section.",
    )
