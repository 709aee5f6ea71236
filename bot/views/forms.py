"""The forms: ask a question, and say what was looked for."""

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement, PlainTextObject
from slack_sdk.models.views import View

from bot import ids
from bot.views.blocks import sections

LONGEST = 3000
NO_NAMES = "No names, health numbers, phone numbers or dates of birth, please."


def build_ask_form() -> View:
    """A question, asked where there is no conversation to put it in."""
    return View(
        type="modal",
        callback_id=ids.ASK_FORM,
        title="Ask the guideline",
        submit="Ask",
        close="Cancel",
        blocks=[_text(ids.QUESTION_BLOCK, "Your question", "As you would ask a colleague.")],
    )


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
            _text(ids.WANTED_BLOCK, "What were you looking for?", "In your own words."),
        ],
    )


def build_thanks_modal() -> View:
    """Sent, and where it went."""
    return build_notice_modal("Thank you", "It is in the register of questions that those who edit the content read.")


def build_notice_modal(title: str, sentence: str) -> View:
    """A sentence in a window of its own. `sentence`: ours, never what somebody typed."""
    return View(type="modal", title=title, close="Close", blocks=list(sections(sentence)))


def _text(block_id: str, label: str, hint: str) -> InputBlock:
    return InputBlock(
        block_id=block_id,
        label=PlainTextObject(text=label, emoji=False),
        hint=PlainTextObject(text=f"{hint} {NO_NAMES}", emoji=False),
        element=PlainTextInputElement(action_id=ids.TEXT_INPUT, multiline=True, max_length=LONGEST),
    )
