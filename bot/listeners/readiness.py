"""Readiness for a letter, and the safety exception."""

from bot import ids
from bot.case_replies import finish, open_form, pressed, shown
from bot.listeners.cases import show_for_case
from bot.payloads import Click, Command, Submission
from bot.references import Origin
from bot.turn import Turn
from bot.views.readiness import build_exception_form, build_withdrawal_form
from conversations.authority import Act


def handle_command(turn: Turn[Command]) -> None:
    """Show whether a letter can be drafted, and what is missing."""
    show_for_case(turn, ids.READINESS, turn.payload.question, "Termination letter")


def handle_check(turn: Turn[Click]) -> None:
    """The same for the button's case, or one to be chosen."""
    show_for_case(turn, ids.READINESS, pressed(turn).code, "Check readiness")


def handle_declare(turn: Turn[Click]) -> None:
    """Open the form for a safety exception."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.EXCEPT)
    open_form(turn, about, lambda origin: build_exception_form(case, origin))


def handle_exception_form(turn: Turn[Submission]) -> None:
    """Declare the safety exception."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    code, reason, statement = origin.about.code, filled.chosen("reason"), filled.written("statement") or ""
    turn.work.cases.declare_safety_exception(code, reason, statement, by=filled.user, at=turn.at, nonce=origin.nonce)
    finish(turn, origin, "Declared", f"The safety exception is declared in case {code}. A letter can be drafted.")


def handle_withdraw(turn: Turn[Click]) -> None:
    """Open the form to withdraw a safety exception."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.EXCEPT)
    open_form(turn, about, lambda origin: build_withdrawal_form(case, origin))


def handle_withdrawal_form(turn: Turn[Submission]) -> None:
    """Withdraw it."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    about, reason = origin.about, filled.written("reason") or ""
    turn.work.cases.withdraw_safety_exception(
        about.code, about.thing, reason, by=filled.user, at=turn.at, nonce=origin.nonce
    )
    finish(turn, origin, "Withdrawn", f"The safety exception of case {about.code} no longer stands.")
