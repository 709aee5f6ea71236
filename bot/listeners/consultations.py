"""Consultations: logged and listed."""

from datetime import date

from bot import ids
from bot.case_replies import finish, open_form, pressed, show_screen, shown
from bot.listeners.cases import NO_CASES, own_cases, show_for_case
from bot.payloads import Click, Command, Payload, Submission
from bot.references import Origin, Reference, Screen
from bot.turn import Turn
from bot.views.consultations import build_consultation_form
from conversations.authority import Act
from conversations.cases import ConsultationForm
from conversations.errors import ConversationError, FieldErrors


def handle_consult(turn: Turn[Command]) -> None:
    """Open the form, about the case with this code or one to be chosen."""
    code = turn.payload.question
    _open_form(turn, Reference(shown(turn, code, Act.CONSULT).case.code if code else ""))


def handle_log(turn: Turn[Click]) -> None:
    """Open the form, about the case or step of the button."""
    about = pressed(turn)
    if about.code:
        shown(turn, about.code, Act.CONSULT)
    _open_form(turn, about)


def _open_form(turn: Turn[Payload], about: Reference) -> None:
    cases = () if about.code else own_cases(turn)
    if not about.code and not cases:
        raise ConversationError(NO_CASES)
    pathway = shown(turn, about.code).pathway if about.code else turn.work.cases.pathway
    open_form(turn, about, lambda origin: build_consultation_form(pathway, cases, origin))


def handle_form(turn: Turn[Submission]) -> None:
    """Log the consultation."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    code = origin.about.code or filled.chosen("case")
    form = ConsultationForm(
        kinds=filled.several("kinds"),
        people=filled.several("people"),
        others=filled.written("others") or "",
        day=_day(turn),
        way=filled.chosen("way"),
        asked=filled.written("asked") or "",
        advised=filled.written("advised") or "",
        next_step=filled.written("next_step") or "",
    )
    turn.work.cases.consult(code, form, by=filled.user, at=turn.at, nonce=origin.nonce)
    finish(turn, origin, "Logged", f"The consultation is logged in case {code}.")


def _day(turn: Turn[Submission]) -> date:
    day = turn.payload.day("day")
    if day is None:
        raise FieldErrors({"day": "Please choose the day."})
    return day


def handle_consultations(turn: Turn[Command]) -> None:
    """List a case's consultations."""
    show_for_case(turn, ids.CONSULTATIONS, turn.payload.question, "Consultations")


def handle_list(turn: Turn[Click]) -> None:
    """List a case's consultations; a button to another page carries its number."""
    about = pressed(turn)
    shown(turn, about.code)
    show_screen(turn, Screen(ids.CONSULTATIONS, about.code, page=about.version))
