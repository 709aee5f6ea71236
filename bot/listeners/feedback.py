"""Was this it? Yes, or no and what was looked for."""

from bot import ids
from bot.payloads import Click, Submission
from bot.replies import show_modal, tell, text_without_identity
from bot.turn import Turn
from bot.views.blocks import note
from bot.views.feedback import build_feedback_form
from bot.views.forms import build_notice_modal
from conversations.asking import KEPT

THANKS = "Thank you, noted."
NOTED = (
    f"Noted. Should the guideline's content come to answer it within {KEPT.days} days of the question, I tell you in a "
    "direct message, once. After that it is forgotten that you asked for it, as answers are."
)
IN_REGISTER = "Thank you. It is in the register of questions, which those who edit the content read."


def handle_feedback(turn: Turn[Click]) -> None:
    """A yes is registered; a no opens the form, and is registered as well should the form stay empty."""
    click = turn.payload
    vote, _, answer_id = click.value.partition(":")
    helpful = vote == "yes"
    turn.asking.give_feedback(answer_id, person=click.user, helpful=helpful, at=turn.at)
    if helpful:
        _say(turn, "Thank you", THANKS)
    else:
        show_modal(turn, build_feedback_form(answer_id))


def handle_tell_me(turn: Turn[Click]) -> None:
    """Keep who wants to be told when there is an answer."""
    turn.asking.wait(turn.payload.value, person=turn.payload.user, at=turn.at)
    _say(turn, "You will be told", NOTED)


def _say(turn: Turn[Click], title: str, sentence: str) -> None:
    if turn.payload.in_modal:
        show_modal(turn, build_notice_modal(title, sentence))
    else:
        tell(turn, [note(sentence)])


def handle_feedback_form(turn: Turn[Submission]) -> None:
    """Register what was looked for, and keep who wants to be told."""
    form = turn.payload
    wanted = text_without_identity(turn, ids.WANTED_BLOCK)
    if wanted is None:
        return
    answer_id, asking = form.private_metadata, turn.asking
    asking.give_feedback(answer_id, person=form.user, helpful=False, wanted=wanted, at=turn.at)
    if form.several(ids.TELL_ME_BLOCK):
        asking.wait(answer_id, person=form.user, at=turn.at)
        show_modal(turn, build_notice_modal("Thank you", f"{IN_REGISTER}\n\n{NOTED}"))
    else:
        show_modal(turn, build_notice_modal("Thank you", IN_REGISTER))
