"""The letter: drafted, revised, submitted, decided on."""

from collections.abc import Callable

from slack_sdk.models.views import View

from bot import ids
from bot.case_replies import act, finish, open_form, pressed, show_screen, shown
from bot.payloads import Click, Submission
from bot.references import Origin, Reference, Screen
from bot.replies import show_modal
from bot.turn import Turn
from bot.views.cases import ShownCase
from bot.views.letter_forms import (
    ACKNOWLEDGE,
    build_approve_form,
    build_changes_form,
    build_draft_form,
    build_reject_form,
    build_revise_form,
    build_wording_form,
)
from bot.views.letters import build_rationale_modal
from conversations.authority import Act
from conversations.cases import Letter
from conversations.errors import NotAllowedError, StaleError
from conversations.letters import current, require_seen
from conversations.readiness import require_ready
from conversations.reviews import conflict_of_interest
from guideline_content.letter import Reasons
from guideline_content.letter_text import LetterForm

ANOTHER_LETTER = "There is another letter in this case by now. Look at that one."


def handle_draft(turn: Turn[Click]) -> None:
    """Open the form for a letter, where the preconditions stand."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.DRAFT)
    require_ready(case.case, case.pathway)
    open_form(turn, about, lambda origin: build_draft_form(case, origin))


def handle_reasons(turn: Turn[Click]) -> None:
    """Draw the form anew, with the field that the choice asks for."""
    origin, states = Origin.parse(turn.payload.private_metadata), Reasons(turn.payload.value)
    if turn.payload.callback_id == ids.LETTER_DRAFT_FORM:
        show_modal(turn, build_draft_form(shown(turn, origin.about.code, Act.DRAFT), origin, states))
        return
    case = shown(turn, origin.about.code, Act.REVISE)
    show_modal(turn, build_revise_form(case, _letter(case, origin.about), origin, states))


def handle_draft_form(turn: Turn[Submission]) -> None:
    """Post the draft."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    code = origin.about.code
    turn.work.letters.draft(
        code, _form(filled), authors=filled.several("authors"), by=filled.user, at=turn.at, nonce=origin.nonce
    )
    finish(turn, origin, "Drafted", f"The draft is in the thread of case {code}.")


def _form(filled: Submission) -> LetterForm:
    return LetterForm(
        reasons=filled.written("reasons"),
        rationale=filled.written("rationale"),
        continuing_care=filled.written("continuing_care") or "",
        options=filled.written("options") or "",
        start=filled.day("start"),
        end=filled.day("end"),
    )


def handle_revise(turn: Turn[Click]) -> None:
    """Open the form to say otherwise what the author says."""
    _open_for_newest(turn, Act.REVISE, build_revise_form)


def handle_wording(turn: Turn[Click]) -> None:
    """Open the form to word the content's paragraphs otherwise."""
    _open_for_newest(turn, Act.REVISE, build_wording_form)


def _open_for_newest(turn: Turn[Click], act: Act, build: Callable[[ShownCase, Letter, Origin], View]) -> None:
    about = pressed(turn)
    case = shown(turn, about.code, act)
    letter = _newest(case, about)
    open_form(turn, about, lambda origin: build(case, letter, origin))


def _letter(case: ShownCase, about: Reference) -> Letter:
    """The letter that a button is about, as long as it is the one being worked on."""
    letter = current(case.case)
    if str(letter.number) != about.thing:
        raise StaleError(ANOTHER_LETTER)
    return letter


def _newest(case: ShownCase, about: Reference) -> Letter:
    letter = _letter(case, about)
    require_seen(letter, about.version)
    return letter


def handle_revise_form(turn: Turn[Submission]) -> None:
    """Post the next version, its own wording kept."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    before = _letter(shown(turn, origin.about.code, Act.REVISE), origin.about).latest
    _revise(turn, origin, _form(filled), {edit.id: edit.text for edit in before.edits}, filled.several("authors"))


def handle_wording_form(turn: Turn[Submission]) -> None:
    """Post the next version, what its author says kept."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    before = _letter(shown(turn, origin.about.code, Act.REVISE), origin.about).latest
    _revise(turn, origin, before.form, {part: filled.written(part) or "" for part in filled.values}, ())


def _revise(
    turn: Turn[Submission], origin: Origin, form: LetterForm, edits: dict[str, str], authors: tuple[str, ...]
) -> None:
    about = origin.about
    turn.work.letters.revise(
        about.code,
        form,
        edits,
        seen=about.version,
        authors=authors,
        by=turn.payload.user,
        at=turn.at,
        nonce=origin.nonce,
    )
    finish(turn, origin, "Revised", f"The version is in the thread of case {about.code}.")


def handle_submit(turn: Turn[Click]) -> None:
    """Ask for approval."""
    letters, by = turn.work.letters, turn.payload.user

    def submit(about: Reference) -> None:
        _letter(shown(turn, about.code), about)
        letters.submit(about.code, seen=about.version, by=by, at=turn.at)

    act(turn, submit)


def handle_approve(turn: Turn[Click]) -> None:
    """Open the form that approves one exact text."""
    _open_decision(turn, build_approve_form)


def handle_changes(turn: Turn[Click]) -> None:
    """Open the form to ask for changes."""
    _open_decision(turn, lambda case, _, origin: build_changes_form(case, origin))


def handle_reject(turn: Turn[Click]) -> None:
    """Open the form to reject a letter."""
    _open_decision(turn, lambda case, _, origin: build_reject_form(case, origin))


def _open_decision(turn: Turn[Click], build: Callable[[ShownCase, Letter, Origin], View]) -> None:
    """Whoever may not decide hears it before they fill in a form."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.DECIDE)
    if conflict := conflict_of_interest(case.case, case.pathway, turn.payload.user):
        raise NotAllowedError(conflict)
    letter = _newest(case, about)
    open_form(turn, about, lambda origin: build(case, letter, origin))


def handle_approve_form(turn: Turn[Submission]) -> None:
    """Approve the text that the form was opened for."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    about = origin.about
    boxes = [name for name in filled.values if name.startswith(ACKNOWLEDGE)]
    _letter(shown(turn, about.code), about)
    turn.work.letters.approve(
        about.code,
        seen=about.version,
        sha256=about.choice,
        acknowledged=[one for box in boxes for one in filled.several(box)],
        by=filled.user,
        at=turn.at,
        nonce=origin.nonce,
    )
    finish(turn, origin, "Approved", f"The letter of case {about.code} is approved.")


def handle_changes_form(turn: Turn[Submission]) -> None:
    """Ask the authors for changes."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    about = origin.about
    _letter(shown(turn, about.code), about)
    turn.work.letters.request_changes(
        about.code,
        filled.written("comment") or "",
        seen=about.version,
        by=filled.user,
        at=turn.at,
        nonce=origin.nonce,
    )
    finish(turn, origin, "Changes requested", f"The authors of the letter of case {about.code} are told.")


def handle_reject_form(turn: Turn[Submission]) -> None:
    """Reject the letter."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    about = origin.about
    case = shown(turn, about.code)
    if case.case.letter:
        _letter(case, about)
    turn.work.letters.reject(
        about.code,
        filled.written("reason") or "",
        seen=about.version,
        by=filled.user,
        at=turn.at,
        nonce=origin.nonce,
    )
    finish(turn, origin, "Rejected", f"The letter of case {about.code} is rejected.")


def handle_read(turn: Turn[Click]) -> None:
    """Show one version of a letter."""
    about = pressed(turn)
    show_screen(turn, Screen(ids.LETTER_READ, about.code, about.thing))


def handle_rationale(turn: Turn[Click]) -> None:
    """Show why the reasons are withheld, to those who may know."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.SEE_RATIONALE)
    view = build_rationale_modal(case, turn.work.letters.rationale(about.code, by=turn.payload.user))
    if turn.payload.in_modal:
        turn.client.views_push(trigger_id=turn.payload.trigger_id, view=view)
    else:
        show_modal(turn, view)
