"""The ways back to somebody who works on a case: screens, forms over them, and what is said when something is done."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot import ids
from bot.delivery.calls import DeliveryError
from bot.delivery.drawing import surface_of
from bot.payloads import Click, Command, Payload, Submission
from bot.references import Origin, Reference, Screen
from bot.replies import show_modal, tell
from bot.turn import Turn
from bot.views.blocks import note
from bot.views.cases import ShownCase
from bot.views.checklists import build_step_modal
from bot.views.consultations import build_consultations_modal
from bot.views.desk import Desk, build_list_modal
from bot.views.forms import build_notice_modal
from bot.views.letters import build_version_modal
from bot.views.readiness import build_readiness_modal
from bot.views.whole_case import build_case_modal
from bot.work import Work
from conversations.authority import Act
from conversations.delivery import CARD
from conversations.errors import ConversationError, StaleError

SLOW = "Slack takes its time at the moment. It is done; the messages follow."
OLD_COPY = "This copy is not kept up to date. The one that is: {link}"
NO_SUCH_VERSION = "There is no such version of a letter in this case."

CLOSED = "not_found"
"""What Slack calls a view that is not open any more."""

Build = Callable[[Origin], View]


def actor(turn: Turn[Payload]) -> str:
    """Who did it."""
    match turn.payload:
        case Command(user_id=user) | Click(user=user) | Submission(user=user):
            return user
        case payload:
            raise TypeError(f"{type(payload).__name__} is nobody's act")


def shown(turn: Turn[Payload], code: str, act: Act = Act.SEE) -> ShownCase:
    """The case, to be drawn for the person; refused where they may not do this with it."""
    cases = turn.work.cases
    seen = cases.look(code, by=actor(turn), act=act)
    return ShownCase(seen.case, seen.pathway, cases.zone)


def pressed(turn: Turn[Click]) -> Reference:
    """What the button stands for. A copy of a message that nobody knew of is adopted, or leads to the real one."""
    about, click = Reference.parse(turn.payload.value), turn.payload
    surface = surface_of(click.block_id)
    if surface and click.channel and click.message_ts:
        current = turn.work.delivery.pressed(about.code, surface, click.channel, click.message_ts)
        if current:
            _point_from(turn, click.channel, click.message_ts, current)
    return about


def _point_from(turn: Turn[Click], channel: str, old: str, current: str) -> None:
    link = turn.client.chat_getPermalink(channel=channel, message_ts=current)["permalink"]
    turn.client.chat_update(channel=channel, ts=old, **note(OLD_COPY.format(link=f"<{link}>")).payload())


# acting at once


def act(turn: Turn[Click], do: Callable[[Reference], object]) -> None:
    """Do what a button stands for; what became of it appears where the person is looking."""
    about = pressed(turn)
    try:
        do(about)
    except StaleError:
        _redraw(turn)
        raise
    finally:
        turn.work.delivery.wake()
    _redraw(turn)
    if not turn.payload.in_modal and turn.work.delivery.lags:
        tell(turn, [note(SLOW)])


def _redraw(turn: Turn[Click]) -> None:
    screen = Screen.parse(turn.payload.private_metadata) if turn.payload.in_modal else None
    if screen:
        _update(turn, str(turn.payload.view_id), screen)


def _update(turn: Turn[Payload], view_id: str, screen: Screen) -> None:
    """Draw the screen anew, unless the person has closed it meanwhile."""
    try:
        turn.client.views_update(view_id=view_id, view=draw(turn, screen))
    except SlackApiError as error:
        if error.response["error"] != CLOSED:
            raise


# forms


def open_form(turn: Turn[Payload], about: Reference, build: Build) -> None:
    """Open a form, over the screen if the person is looking at one."""
    view = build(_origin(turn, about))
    match turn.payload:
        case Click(in_modal=True, trigger_id=trigger_id):
            turn.client.views_push(trigger_id=trigger_id, view=view)
        case _:
            show_modal(turn, view)


def _origin(turn: Turn[Payload], about: Reference) -> Origin:
    origin = Origin(about, nonce=uuid4().hex)
    match turn.payload:
        case Click(in_modal=True, view_id=str(view_id), private_metadata=metadata) if Screen.parse(metadata):
            return replace(origin, view=view_id, screen=metadata)
        case Click(block_id=block_id):
            return replace(origin, in_thread=surface_of(block_id) is not None)
        case _:
            return origin


def finish(turn: Turn[Submission], origin: Origin, title: str, said: str) -> None:
    """The form is taken: it closes, and what became of it is seen, or said where it would not be."""
    delivery = turn.work.delivery
    delivery.wake()
    screen = Screen.parse(origin.screen)
    if screen:
        turn.ack()
        _update(turn, origin.view, screen)
    elif origin.in_thread and not delivery.lags:
        turn.ack()
    else:
        show_modal(turn, build_notice_modal(title, f"{said} {SLOW}" if delivery.lags else said))


# screens


def show_screen(turn: Turn[Payload], screen: Screen) -> None:
    """Open a screen, or put it over another one. Pages of the same, and what a list leads to, take its place."""
    view = draw(turn, screen)
    match turn.payload:
        case Click(in_modal=True, trigger_id=trigger_id, private_metadata=metadata):
            before = Screen.parse(metadata)
            if before and before.kind not in (screen.kind, ids.CASE_LIST):
                turn.client.views_push(trigger_id=trigger_id, view=view)
                return
    show_modal(turn, view)


def draw(turn: Turn[Payload], screen: Screen) -> View:
    """A screen as the case is now, for whoever may see it."""
    if screen.kind == ids.CASE_LIST:
        desk = desk_of(turn.work, actor(turn))
        return build_list_modal(desk.waiting if screen.thing == "approvals" else desk.mine, screen)
    case = shown(turn, screen.code)
    match screen.kind:
        case ids.CASE_SHOW:
            return build_case_modal(case, screen, link_to(turn, case))
        case ids.READINESS:
            return build_readiness_modal(case, screen)
        case ids.CONSULTATIONS:
            return build_consultations_modal(case, screen)
        case ids.STEP_READ:
            return build_step_modal(case, screen)
        case ids.LETTER_READ:
            view = build_version_modal(case, screen)
            if view is None:
                raise ConversationError(NO_SUCH_VERSION)
            return view
        case kind:
            raise ValueError(f"There is no screen {kind}")


def link_to(turn: Turn[Payload], case: ShownCase) -> str | None:
    """Where the thread of a case is; None while it is not posted or cannot be reached."""
    card = next(iter(turn.work.delivery.surfaces(case.case.code)), None)
    if card is None or card.name != CARD or card.ts is None:
        return None
    try:
        return turn.work.delivery.calls.link(card.channel, card.ts)
    except DeliveryError:
        return None


def desk_of(work: Work, person: str) -> Desk:
    """What the person's cases need of them."""
    cases = work.cases
    waiting = [ShownCase(case, cases.pathway_of(case), cases.zone) for case in cases.waiting_for(person)]
    mine = [ShownCase(case, cases.pathway_of(case), cases.zone) for case in reversed(cases.cases_of(person))]
    return Desk(waiting, mine)
