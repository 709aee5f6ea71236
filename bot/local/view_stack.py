"""How modals open, lie on each other, change and go; and the Home."""

import secrets
from dataclasses import replace
from typing import Any

from bot.local.errors import SlackError
from bot.local.model import View
from bot.local.state import State, new_id
from bot.local.triggers import Trigger
from bot.local.values import initial_values

Payload = dict[str, Any]

DEEPEST = 3


def new_hash() -> str:
    """Names one state of a view."""
    return f"{secrets.randbelow(10**10):010d}.{secrets.token_hex(4)}"


def open_view(state: State, trigger: Trigger, payload: Payload) -> View:
    """The person's only modal now; whatever was open before is gone."""
    view_id = new_id("V")
    channel = state.channels.get(trigger.channel or "")
    values = initial_values(payload["blocks"], {}, channel)
    view = View(view_id, trigger.user, payload, new_hash(), view_id, channel=channel, values=values)
    state.set_stack(trigger.user, [view])
    return view


def push_view(state: State, trigger: Trigger, payload: Payload) -> View:
    """On top of the modal the trigger comes from; `push_limit_reached` past three."""
    with state.lock:
        stack = state.stack(trigger.user)
        if trigger.view is None or trigger.view not in [view.id for view in stack]:
            raise SlackError("not_found")
        return pushed_on(state, stack, payload)


def pushed_on(state: State, stack: list[View], payload: Payload) -> View:
    """The stack with one more modal on top."""
    if len(stack) >= DEEPEST:
        raise SlackError("push_limit_reached")
    below = stack[-1]
    values = initial_values(payload["blocks"], {}, below.channel)
    view = View(new_id("V"), below.user, payload, new_hash(), below.root_id, below.id, below.channel, values)
    state.set_stack(below.user, [*stack, view])
    return view


def updated_view(before: View, payload: Payload) -> View:
    """The same view with new content. Errors go; values stay where block id, action id and type are the same."""
    values = initial_values(payload["blocks"], before.values, before.channel)
    return replace(before, payload=payload, hash=new_hash(), values=values, errors={}, trouble=None)


def published_home(user: str, before: View | None, payload: Payload) -> View:
    """The person's Home, which keeps its id."""
    if before is not None:
        return updated_view(before, payload)
    view_id = new_id("V")
    return View(view_id, user, payload, new_hash(), view_id, values=initial_values(payload["blocks"], {}, None))
