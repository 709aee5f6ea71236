"""What people read when something goes wrong: a refusal says its sentence, a bug apologises with a number.

A bug is logged with its traceback and the same number; what somebody typed is in neither. A form that fails keeps what
was typed: the sentence lies over it.
"""

import logging
import secrets
import traceback
from typing import Any

from slack_bolt import Ack, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.payloads import Said
from bot.views.blocks import Message, note
from bot.views.forms import build_notice_modal
from conversations import identifiers
from conversations.errors import ConversationError, FieldErrors

LOG = logging.getLogger(__name__)

APOLOGY = (
    "Sorry, something went wrong on my side, and I could not do that. Please try again. If it happens again, "
    "tell those who run this bot the number {number}."
)


def handle_error(error: Exception, body: dict[str, Any], ack: Ack, client: WebClient, respond: Respond) -> None:
    """Tell the person what happened, whatever they did; the one place for it."""
    if isinstance(error, FieldErrors) and body.get("type") == "view_submission":
        ack(response_action="errors", errors=_at_the_fields(error, body))
        return
    if isinstance(error, ConversationError):
        _tell(str(error), body, ack, client, respond)
        return
    number = secrets.token_hex(4)
    try:
        LOG.error("Error %s\n%s", number, identifiers.mask("".join(traceback.format_exception(error))))
    finally:
        _tell(APOLOGY.format(number=number), body, ack, client, respond)


def _at_the_fields(error: FieldErrors, body: dict[str, Any]) -> dict[str, str]:
    """Each sentence at its field. One whose field the form does not show stands at the first."""
    shown = list(body["view"]["state"]["values"])
    errors: dict[str, str] = {}
    for name, sentence in error.fields.items():
        place = name if name in shown else shown[0]
        errors[place] = f"{errors[place]} {sentence}" if place in errors else sentence
    return errors


def _tell(sentence: str, body: dict[str, Any], ack: Ack, client: WebClient, respond: Respond) -> None:
    """Where the person is looking; that it cannot be told is logged, and no reason to fail again."""
    try:
        if body.get("type") == "view_submission" and ack.response is None:
            ack(response_action="push", view=build_notice_modal("Not done", sentence))
        else:
            _beside_it(body, note(sentence), client, respond)
    except (SlackClientError, OSError):
        LOG.exception("The person could not be told")


def _beside_it(body: dict[str, Any], message: Message, client: WebClient, respond: Respond) -> None:
    match body:
        case {"event": {"type": "message"}}:
            said = Said.model_validate(body)
            client.chat_postMessage(channel=said.channel, thread_ts=said.thread, **message.payload())
        case {"event": {"type": "app_mention", "user": str(user)}}:
            said = Said.model_validate(body)
            client.chat_postEphemeral(channel=said.channel, user=user, thread_ts=said.thread, **message.payload())
        case {"view": {"type": "modal"}, "trigger_id": str(trigger_id), "user": {"id": str(user)}}:
            _over_the_modal(message, trigger_id, user, client)
        case {"event": {"user": str(user)}} | {"view": dict(), "user": {"id": str(user)}}:
            client.chat_postMessage(channel=user, **message.payload())
        case {"response_url": str(), **rest}:
            thread = rest.get("container", {}).get("thread_ts")
            respond(**message.payload(), response_type="ephemeral", replace_original=False, thread_ts=thread)
        case _:
            LOG.error("Nobody to tell: a payload of type %s", body.get("type"))


def _over_the_modal(message: Message, trigger_id: str, user: str, client: WebClient) -> None:
    """On top of what the person looks at; where nothing more fits on it, in a direct message."""
    try:
        client.views_push(trigger_id=trigger_id, view=build_notice_modal("Not done", message.text))
    except SlackApiError:
        client.chat_postMessage(channel=user, **message.payload())
