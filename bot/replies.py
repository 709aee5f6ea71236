"""The ways back to Slack: an answer appears where the person is looking."""

from collections.abc import Iterable, Sequence
from typing import Any

from slack_sdk.models.views import View

from bot import ids
from bot.payloads import Click, Command, Payload, Said, Submission
from bot.turn import Turn
from bot.views.blocks import Message
from bot.views.questions import Place, Shown, build_answer, build_answer_modal
from conversations import identifiers
from conversations.asking import Asked


class ReplyRefusedError(Exception):
    """Slack did not take what was sent to a response_url."""


def show_answers(turn: Turn[Payload], asked: Sequence[Asked]) -> None:
    """Answer in the thread, to the asker alone, or in a modal: as the place asks for."""
    match turn.payload:
        case Said() as said:
            post(turn, said.channel, said.thread, _drawn(turn, asked, Place.CONVERSATION))
        case Command() | Click(is_ephemeral=True):
            tell(turn, _drawn(turn, asked, Place.ONLY_ASKER))
        case Click(channel=str(channel), message_ts=str(ts)) as click:
            post(turn, channel, click.thread_ts or ts, _drawn(turn, asked, Place.CONVERSATION))
        case Click() | Submission():
            show_modal(turn, build_answer_modal([shown(turn, one, Place.MODAL) for one in asked]))


def _drawn(turn: Turn[Payload], asked: Sequence[Asked], place: Place) -> list[Message]:
    return [message for one in asked for message in build_answer(shown(turn, one, place))]


def replace_answer(turn: Turn[Click], asked: Asked) -> None:
    """Put the answer in the place of the message that was clicked; what does not fit into one follows it."""
    click = turn.payload
    if click.is_ephemeral:
        first, *more = build_answer(shown(turn, asked, Place.ONLY_ASKER))
        _respond(turn, replace_original=True, **first.payload())
        tell(turn, more)
    else:
        first, *more = build_answer(shown(turn, asked, Place.CONVERSATION))
        turn.client.chat_update(channel=str(click.channel), ts=str(click.message_ts), **first.payload())
        post(turn, str(click.channel), click.thread_ts or str(click.message_ts), more)


def shown(turn: Turn[Payload], asked: Asked, place: Place) -> Shown:
    """The answer with what drawing it takes."""
    seen = tuple(kind.value for kind in asked.seen)
    pathway = turn.casework.cases.pathway if turn.casework else None
    return Shown(turn.asking.guideline, asked.answer, asked.id, place, seen, pathway)


def post(turn: Turn[Payload], channel: str, thread_ts: str | None, messages: Iterable[Message]) -> None:
    """Post for everybody in the channel, into the thread if there is one."""
    for message in messages:
        turn.client.chat_postMessage(channel=channel, thread_ts=thread_ts, **message.payload())


def tell(turn: Turn[Payload], messages: Iterable[Message]) -> None:
    """Say it to that person only, where they are."""
    for message in messages:
        _respond(turn, response_type="ephemeral", replace_original=False, **message.payload())


def share(turn: Turn[Click], messages: Iterable[Message]) -> None:
    """Say it to the whole channel, also to one that the bot is not in."""
    for message in messages:
        _respond(turn, response_type="in_channel", replace_original=False, **message.payload())


def show_modal(turn: Turn[Payload], view: View) -> None:
    """Open the modal, or draw it in the place of the one that is open."""
    match turn.payload:
        case Submission():
            turn.ack(response_action="update", view=view)
        case Click(in_modal=True, view_id=str(view_id)):
            turn.client.views_update(view_id=view_id, view=view)
        case Click(trigger_id=trigger_id) | Command(trigger_id=trigger_id):
            turn.client.views_open(trigger_id=trigger_id, view=view)
        case payload:
            raise TypeError(f"{type(payload).__name__} opens no modal")


def text_without_identity(turn: Turn[Submission], block_id: str) -> str | None:
    """What was typed; None if it looks like an identifier: then its field says so, and what was typed stays in it."""
    text = turn.payload.text(block_id, ids.TEXT_INPUT)
    found = identifiers.find(text)
    if found:
        turn.ack(response_action="errors", errors={block_id: found[0].sentence})
        return None
    return text


def _respond(turn: Turn[Payload], **message: Any) -> None:
    thread_ts = turn.payload.thread_ts if isinstance(turn.payload, Click) else None
    response = turn.respond(**message, thread_ts=thread_ts)
    if response.status_code != 200:
        raise ReplyRefusedError(f"response_url answered {response.status_code}: {response.body}")
