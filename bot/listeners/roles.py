"""My role: set on the App Home or from an answer."""

from bot.listeners.home import publish_home
from bot.payloads import Click
from bot.replies import replace_answer, tell
from bot.turn import Turn
from bot.views.blocks import note
from bot.views.home import NO_ROLE

SOMEBODY_ELSES = "Your role is set. This answer was given to somebody else: ask to see what it means for you."


def handle_role(turn: Turn[Click]) -> None:
    """Keep the role; the Home or the answer it was chosen from is drawn anew for it."""
    click, asking = turn.payload, turn.asking
    role = None if click.value == NO_ROLE else click.value
    asking.store.set_role(click.user, role, at=turn.at)
    if click.view_id:
        publish_home(turn, click.user)
        return
    asked = asking.recall(click.which, role=role)
    if asked.person == click.user:
        replace_answer(turn, asked)
    else:
        tell(turn, [note(SOMEBODY_ELSES)])
