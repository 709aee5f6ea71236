"""Was this it? Yes, or no and what was looked for."""

from bot import ids
from bot.payloads import Click, Submission
from bot.replies import show_modal, tell, text_without_identity
from bot.turn import Turn
from bot.views.blocks import note
from bot.views.feedback import build_feedback_form
from bot.views.forms import build_notice_modal

THANKS = "Thank you, noted."
IN_REGISTER = "Thank you. It is in the register of questions, which those who edit the content read."


def handle_feedback(turn: Turn[Click]) -> None:
    """A yes is registered; a no opens the form, and is registered as well should the form stay empty."""
    click = turn.payload
    vote, _, answer_id = click.value.partition(":")
    helpful = vote == "yes"
    turn.asking.give_feedback(answer_id, person=click.user, helpful=helpful, at=turn.at)
    if helpful:
        _thank(turn)
    else:
        show_modal(turn, build_feedback_form(answer_id))


def _thank(turn: Turn[Click]) -> None:
    if turn.payload.in_modal:
        show_modal(turn, build_notice_modal("Thank you", THANKS))
    else:
        tell(turn, [note(THANKS)])


def handle_feedback_form(turn: Turn[Submission]) -> None:
    """Register what was looked for."""
    form = turn.payload
    wanted = text_without_identity(turn, ids.WANTED_BLOCK)
    if wanted is not None:
        turn.asking.give_feedback(form.private_metadata, person=form.user, helpful=False, wanted=wanted, at=turn.at)
        show_modal(turn, build_notice_modal("Thank you", IN_REGISTER))
