"""The Bolt app: what the registry declares, over one service."""

import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar

from slack_bolt import Ack, App, BoltResponse, Respond
from slack_sdk import WebClient

from bot import ids
from bot.errors import handle_error
from bot.listeners import REGISTRY
from bot.payloads import Payload
from bot.registry import Registry
from bot.turn import Turn
from bot.work import Work
from conversations.asking import Asking
from conversations.errors import ConversationError
from conversations.store import Store

LISTENERS_AT_ONCE = 20
"""Socket Mode hands over ten payloads at once, and each waits up to three seconds for its acknowledgement: with twice
as many threads, ten listeners held up by a slow Slack do not keep the next ten people waiting."""

ANYTHING = re.compile(".*")
OUTDATED = "That is from an older version of this bot and does nothing any more. Please ask again."

BOLT = logging.getLogger("slack_bolt.guideline-bot")
BOLT.setLevel(logging.ERROR)

Clock = Callable[[], datetime]
P = TypeVar("P", bound=Payload)


def utc_now() -> datetime:
    """The time, for everybody but tests."""
    return datetime.now(UTC)


def build_app(
    asking: Asking,
    client: WebClient,
    work: Work | None = None,
    *,
    clock: Clock = utc_now,
    registry: Registry = REGISTRY,
) -> App:
    """The app, not connected yet; without `work` it only answers questions.

    Calls auth.test: raises BoltError where Slack does not take the client's token.
    """
    executor = ThreadPoolExecutor(LISTENERS_AT_ONCE, thread_name_prefix="listener")
    app = App(name="guideline-bot", client=client, listener_executor=executor, logger=BOLT)
    app.error(handle_error)
    app.use(_skip_duplicates(asking.store, clock))
    _register(app, registry, asking, work, clock)
    app.event(ANYTHING)(_acknowledge)
    app.action(ANYTHING)(_refuse_outdated)
    app.view(ANYTHING)(_refuse_outdated)
    return app


def _register(app: App, registry: Registry, asking: Asking, work: Work | None, clock: Clock) -> None:
    def listening(payload: type[P], listener: Callable[[Turn[P]], None], *, ack_first: bool) -> Callable[..., None]:
        def listen(body: dict[str, Any], client: WebClient, ack: Ack, respond: Respond) -> None:
            if ack_first:
                ack()
            try:
                listener(Turn(payload.model_validate(body), clock(), asking, client, ack, respond, work))
            except Exception as error:  # noqa: BLE001 - Bolt would take back the acknowledgement
                handle_error(error, body, ack, client, respond)

        return listen

    for event in registry.events:
        app.event(event.name)(listening(event.payload, event.listener, ack_first=False))
    for command in registry.commands:
        app.command(command.name)(listening(command.payload, command.listener, ack_first=True))
    for action in registry.actions:
        app.action(ids.any_of(action.action_id))(listening(action.payload, action.listener, ack_first=True))
    for form in registry.forms:
        app.view(form.callback_id)(listening(form.payload, form.listener, ack_first=False))


def _skip_duplicates(store: Store, clock: Clock) -> Callable[..., BoltResponse | None]:
    """Slack delivers an event at least once; whatever comes again is acknowledged and goes no further."""

    def skip_duplicates(body: dict[str, Any], next: Callable[[], None]) -> BoltResponse | None:
        event_id = body.get("event_id")
        if event_id and not store.claim(f"event {body.get('team_id')} {event_id}", at=clock()):
            return BoltResponse(status=200)
        next()
        return None

    return skip_duplicates


def _acknowledge() -> None:
    """A subscribed event that no listener wants: acknowledged by Bolt, or Slack would send it again."""


def _refuse_outdated(body: dict[str, Any], ack: Ack, client: WebClient, respond: Respond) -> None:
    """What was drawn by an older version and is clicked or sent off today: forms are answered over themselves."""
    if body["type"] != "view_submission":
        ack()
    handle_error(ConversationError(OUTDATED), body, ack, client, respond)
