"""The form for a question, the field that every form has, and windows with a sentence."""

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
        blocks=[text_field(ids.QUESTION_BLOCK, "Your question", "As you would ask a colleague.")],
    )


def build_notice_modal(title: str, sentence: str) -> View:
    """A sentence in a window of its own. `sentence`: ours, never what somebody typed."""
    return View(type="modal", title=title, close="Close", blocks=list(sections(sentence)))


def text_field(block_id: str, label: str, hint: str, *, optional: bool = False) -> InputBlock:
    """A field for free text, which says that identity does not belong in it."""
    return InputBlock(
        block_id=block_id,
        label=PlainTextObject(text=label, emoji=False),
        hint=PlainTextObject(text=f"{hint} {NO_NAMES}", emoji=False),
        element=PlainTextInputElement(action_id=ids.TEXT_INPUT, multiline=True, max_length=LONGEST),
        optional=optional,
    )
