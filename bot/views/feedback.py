"""Was this it? The buttons for it, and the form behind "No"."""

from collections.abc import Iterator

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    ContextActionsBlock,
    DividerBlock,
    FeedbackButtonsElement,
    InputBlock,
)
from slack_sdk.models.blocks.basic_components import FeedbackButtonObject
from slack_sdk.models.views import View

from bot import ids
from bot.views.blocks import actions, button, context, sections
from bot.views.forms import text_field
from bot.views.inputs import field, option
from conversations.asking import KEPT

TELL_ME = "Tell me when it is answered"
HOW_TOLD = f"You are told once, by direct message. That you want to be is kept for {KEPT.days} days, as answers are."


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
    """Where there is nothing to praise: a way to say what was looked for, and to be told when it is there."""
    yield from actions([_button("I was looking for something else", "no", answer_id), _tell_me(answer_id)])
    yield context(HOW_TOLD)


def build_tell_me(answer_id: str) -> Iterator[Block]:
    """A way to be told when there is an answer."""
    yield from actions([_tell_me(answer_id)])
    yield context(HOW_TOLD)


def _tell_me(answer_id: str) -> ButtonElement:
    return button(TELL_ME, ids.one_of_many(ids.TELL_ME, answer_id), answer_id)


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
            text_field(ids.WANTED_BLOCK, "What were you looking for?", "In your own words.", optional=True),
            _tell_me_field(),
        ],
    )


def _tell_me_field() -> InputBlock:
    box = CheckboxesElement(action_id=ids.INPUT, options=[option(ids.TELL_ME, "Tell me when there is another answer")])
    return field(ids.TELL_ME_BLOCK, "Being told", box, hint=HOW_TOLD, optional=True)
