"""The App Home: asking from there, and browsing by section."""

from bot import ids
from bot.case_replies import desk_of
from bot.payloads import Click, HomeOpened, Payload, Submission
from bot.replies import show_answers, show_modal, text_without_identity
from bot.turn import Turn
from bot.views.forms import build_ask_form
from bot.views.home import Page, build_home, build_section_modal
from bot.views.questions import build_entry_modal


def handle_home_opened(turn: Turn[HomeOpened]) -> None:
    """Draw the person's Home."""
    if turn.payload.tab == "home":
        publish_home(turn, turn.payload.user)


def publish_home(turn: Turn[Payload], person: str) -> None:
    """The person's Home as things are now."""
    asking = turn.asking
    desk = desk_of(turn.casework, person) if turn.casework else None
    turn.client.views_publish(user_id=person, view=build_home(asking.guideline, asking.role(person), desk))


def handle_ask_open(turn: Turn[Click]) -> None:
    """Open the form for a question."""
    show_modal(turn, build_ask_form())


def handle_ask_form(turn: Turn[Submission]) -> None:
    """Answer in the place of the form."""
    form = turn.payload
    question = text_without_identity(turn, ids.QUESTION_BLOCK)
    if question is not None:
        show_answers(turn, turn.asking.ask(question, person=form.user, conversation=form.conversation, at=turn.at))


def handle_browse(turn: Turn[Click]) -> None:
    """Show a page of a section."""
    show_modal(turn, build_section_modal(turn.asking.guideline, Page.parse(turn.payload.value)))


def handle_browse_entry(turn: Turn[Click]) -> None:
    """Show an entry, with the way back to its page."""
    page, _, entry_id = turn.payload.value.rpartition(":")
    asking = turn.asking
    view = build_entry_modal(asking.guideline, asking.entry(entry_id), asking.role(turn.payload.user), back=page)
    show_modal(turn, view)
