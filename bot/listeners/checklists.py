"""Steps: done, answered, stated, set to not applicable, reopened, noted."""

from bot import ids
from bot.case_replies import act, finish, open_form, pressed, show_screen, shown
from bot.payloads import Click, Submission
from bot.references import Origin, Screen
from bot.turn import Turn
from bot.views.cases import ShownCase
from bot.views.checklists import build_aside_form, build_note_form, build_state_form
from conversations.authority import Act
from conversations.errors import ConversationError
from guideline_content.checklists import Step

NO_SUCH_STEP = "This step is not part of the case's checklists any more. Ask for the case again."


def handle_done(turn: Turn[Click]) -> None:
    """The step is done."""
    cases, by = turn.work.cases, turn.payload.user
    act(turn, lambda about: cases.complete(about.code, about.thing, seen=about.version, by=by, at=turn.at))


def handle_reopen(turn: Turn[Click]) -> None:
    """The step is open again."""
    cases, by = turn.work.cases, turn.payload.user
    act(turn, lambda about: cases.reopen(about.code, about.thing, seen=about.version, by=by, at=turn.at))


def handle_answer(turn: Turn[Click]) -> None:
    """The step's question is answered."""
    cases, by = turn.work.cases, turn.payload.user
    act(
        turn,
        lambda about: cases.answer(about.code, about.thing, about.choice, seen=about.version, by=by, at=turn.at),
    )


def handle_state(turn: Turn[Click]) -> None:
    """Open the form for a statement."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.WORK_STEPS)
    step = _step(case, about.thing)
    open_form(turn, about, lambda origin: build_state_form(case, step, origin))


def handle_state_form(turn: Turn[Submission]) -> None:
    """Meet the step by the statement."""
    origin, text = _filled(turn, "text")
    about = origin.about
    turn.work.cases.state(
        about.code, about.thing, text, seen=about.version, by=turn.payload.user, at=turn.at, nonce=origin.nonce
    )
    finish(turn, origin, "Saved", f"It is stated in case {about.code}.")


def handle_aside(turn: Turn[Click]) -> None:
    """Open the form to set a step to not applicable."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.WORK_STEPS)
    step = _step(case, about.thing)
    open_form(turn, about, lambda origin: build_aside_form(case, step, origin))


def handle_aside_form(turn: Turn[Submission]) -> None:
    """Set the step to not applicable."""
    origin, reason = _filled(turn, "reason")
    about = origin.about
    turn.work.cases.set_aside(
        about.code, about.thing, reason, seen=about.version, by=turn.payload.user, at=turn.at, nonce=origin.nonce
    )
    finish(turn, origin, "Set", f"The step of case {about.code} is set to not applicable.")


def handle_note(turn: Turn[Click]) -> None:
    """Open the form for a note."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.ADD_NOTE)
    step = _step(case, about.thing)
    open_form(turn, about, lambda origin: build_note_form(case, step, origin))


def handle_note_form(turn: Turn[Submission]) -> None:
    """Add the note."""
    origin, text = _filled(turn, "text")
    about = origin.about
    turn.work.cases.add_note(about.code, about.thing, text, by=turn.payload.user, at=turn.at, nonce=origin.nonce)
    finish(turn, origin, "Added", f"The note is in case {about.code}.")


def handle_read(turn: Turn[Click]) -> None:
    """Show all that was written for a step; a button to another page carries its number."""
    about = pressed(turn)
    _step(shown(turn, about.code), about.thing)
    before = Screen.parse(turn.payload.private_metadata) if turn.payload.in_modal else None
    page = about.version if before and before.kind == ids.STEP_READ else 0
    show_screen(turn, Screen(ids.STEP_READ, about.code, about.thing, page))


def _step(case: ShownCase, step_id: str) -> Step:
    try:
        return case.pathway.checklists.steps[step_id]
    except KeyError:
        raise ConversationError(NO_SUCH_STEP) from None


def _filled(turn: Turn[Submission], field: str) -> tuple[Origin, str]:
    return Origin.parse(turn.payload.private_metadata), turn.payload.written(field) or ""
