"""Cases: opened, shown, shared, moved and closed."""

from collections.abc import Sequence

from bot import ids
from bot.case_replies import actor, draw, finish, open_form, pressed, show_screen, shown
from bot.payloads import CameIn, Click, Command, Payload, Submission
from bot.references import Origin, Reference, Screen
from bot.replies import show_modal
from bot.turn import Turn
from bot.views.case_forms import (
    build_case_form,
    build_chooser,
    build_close_form,
    build_join_form,
    build_move_form,
)
from conversations.authority import Act
from conversations.cases import Case, CaseForm, CloseReason
from conversations.errors import ConversationError, FieldErrors

NO_CASES = (
    f"You have no open case here. {ids.SLASH_RECONCILE} opens one. "
    "For somebody else's case, write its code behind the command."
)


def handle_reconcile(turn: Turn[Command]) -> None:
    """Open a case, or show the one with this code."""
    if turn.payload.question:
        _show(turn, turn.payload.question)
    else:
        _open_case_form(turn)


def handle_open(turn: Turn[Click]) -> None:
    """Open the form for a case."""
    _open_case_form(turn)


def _open_case_form(turn: Turn[Payload]) -> None:
    asking, person = turn.asking, actor(turn)
    open_form(
        turn,
        Reference(""),
        lambda origin: build_case_form(asking.guideline, origin, by=person, role=asking.role(person)),
    )


def handle_case_form(turn: Turn[Submission]) -> None:
    """Open the case, in a channel where it can live; its messages follow."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    form = CaseForm(
        label=filled.written("label") or "",
        channel=filled.chosen("channel"),
        provider=filled.chosen("provider"),
        role=filled.chosen("role"),
        participants=filled.several("participants"),
    )
    _require_channel(turn, form.channel)
    case = turn.work.cases.open(form, by=filled.user, at=turn.at, nonce=origin.nonce)
    finish(turn, origin, "Case opened", f"Case *{case.code}* is open. It lives in <#{case.channel}>.")


def _require_channel(turn: Turn[Submission], channel: str) -> None:
    problem = turn.work.channels.problem(channel, by=turn.payload.user) if channel else None
    if problem:
        raise FieldErrors({"channel": problem})


def handle_show(turn: Turn[Click]) -> None:
    """Show a case."""
    _show(turn, pressed(turn).code)


def _show(turn: Turn[Payload], code: str) -> None:
    """Whoever asks for a case gets its messages back where somebody deleted them."""
    case = shown(turn, code).case
    turn.work.delivery.ask_again(case.code)
    show_screen(turn, Screen(ids.CASE_SHOW, case.code))


def handle_list(turn: Turn[Click]) -> None:
    """Show all of a person's cases, or all that wait for their approval."""
    about = Reference.parse(turn.payload.value)
    show_screen(turn, Screen(ids.CASE_LIST, "", about.thing, about.version))


def handle_close(turn: Turn[Click]) -> None:
    """Open the form to close a case."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.CLOSE)
    open_form(turn, about, lambda origin: build_close_form(case, origin))


def handle_close_form(turn: Turn[Submission]) -> None:
    """Close the case."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    reason, note = CloseReason(filled.chosen("reason")), filled.written("note")
    turn.work.cases.close(origin.about.code, reason, note=note or None, by=filled.user, at=turn.at, nonce=origin.nonce)
    finish(turn, origin, "Case closed", f"Case {origin.about.code} is closed.")


def handle_join(turn: Turn[Click]) -> None:
    """Open the form to add people."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.ADD_PARTICIPANTS)
    open_form(turn, about, lambda origin: build_join_form(case, origin))


def handle_join_form(turn: Turn[Submission]) -> None:
    """Add the people."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    turn.work.cases.add_participants(origin.about.code, filled.several("participants"), by=filled.user, at=turn.at)
    finish(turn, origin, "Participants added", f"They take part in case {origin.about.code} from now on.")


def handle_move(turn: Turn[Click]) -> None:
    """Open the form to move a case."""
    about = pressed(turn)
    case = shown(turn, about.code, Act.MOVE)
    open_form(turn, about, lambda origin: build_move_form(case, origin))


def handle_move_form(turn: Turn[Submission]) -> None:
    """Let the case go on in another channel."""
    filled, origin = turn.payload, Origin.parse(turn.payload.private_metadata)
    channel = filled.chosen("channel")
    _require_channel(turn, channel)
    turn.work.cases.move(origin.about.code, channel, by=filled.user, at=turn.at)
    finish(turn, origin, "Case moved", f"Case {origin.about.code} goes on in <#{channel}>.")


def handle_came_in(turn: Turn[CameIn]) -> None:
    """Where the bot has come (back) to a channel, the cases there go on."""
    if turn.payload.user == turn.payload.bot:
        turn.work.delivery.channel_is_open(turn.payload.channel)


# which case


def own_cases(turn: Turn[Payload]) -> Sequence[Case]:
    """The open cases that the person may mean: their own, and those of the channel they are in; oldest first."""
    cases, person = turn.work.cases, actor(turn)
    channel = turn.payload.channel_id if isinstance(turn.payload, Command) else None
    here = cases.in_channel(channel, by=person) if channel else ()
    found = {case.code: case for case in (*cases.cases_of(person), *here)}
    return sorted(found.values(), key=lambda case: case.opened_at)


def show_for_case(turn: Turn[Payload], kind: str, code: str, title: str) -> None:
    """Show a screen of the case with this code; without one, of the person's only case, or of one they choose."""
    if code:
        show_screen(turn, Screen(kind, shown(turn, code).case.code))
        return
    cases = own_cases(turn)
    if not cases:
        raise ConversationError(NO_CASES)
    if len(cases) == 1:
        show_screen(turn, Screen(kind, cases[0].code))
    else:
        show_modal(turn, build_chooser(cases, title, kind))


def handle_chosen(turn: Turn[Submission]) -> None:
    """Show in place of the chooser what it was opened for."""
    screen = Screen(turn.payload.private_metadata, turn.payload.chosen("case"))
    turn.ack(response_action="update", view=draw(turn, screen))
