"""Was this it? The buttons for it, and the form behind "No"."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ButtonElement, ContextActionsBlock, DividerBlock, FeedbackButtonsElement
from slack_sdk.models.blocks.basic_components import FeedbackButtonObject
from slack_sdk.models.views import View

from bot import ids
from bot.views.blocks import actions, button, context, sections
from bot.views.forms import text_field


def build_message_feedback(answer_id: str) -> Iterator[Block]:
    """The thumbs under a message."""
    yield context("Was this it?")
    yield ContextActionsBlock(
        elements=[
            FeedbackButtonsElement(
                action_id=ids.FEEDBACK,
                positive_button=FeedbackButtonObject(
                    text="Yes", value=_vote("yes", answer_id), accessibility_label="Yes, this was it"
                ),
                negative_button=FeedbackButtonObject(
                    text="No", value=_vote("no", answer_id), accessibility_label="No, this was not it"
                ),
            )
        ]
    )


def build_modal_feedback(answer_id: str) -> Iterator[Block]:
    """The same in a modal, where Slack has no thumbs."""
    yield DividerBlock()
    yield context("Was this it?")
    yield from actions([_button("Yes", "yes", answer_id), _button("No", "no", answer_id)])


def build_nothing_found_feedback(answer_id: str) -> Iterator[Block]:
    """Where there is nothing to praise: a way to say what was looked for."""
    yield from actions([_button("I was looking for something else", "no", answer_id)])


def _button(text: str, vote: str, answer_id: str) -> ButtonElement:
    return button(text, ids.one_of_many(ids.FEEDBACK, f"{vote}.{answer_id}"), _vote(vote, answer_id))


def _vote(vote: str, answer_id: str) -> str:
    return f"{vote}:{answer_id}"


def build_feedback_form(answer_id: str) -> View:
    """What were you looking for?"""
    return View(
        type="modal",
        callback_id=ids.FEEDBACK_FORM,
        private_metadata=answer_id,
        title="What was missing?",
        submit="Send",
        close="Cancel",
        blocks=[
            *sections("Thank you for telling us. Those who look after the content will read it."),
            text_field(ids.WANTED_BLOCK, "What were you looking for?", "In your own words."),
        ],
    )
