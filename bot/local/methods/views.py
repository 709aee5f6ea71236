"""`views.*`: modals and the Home tab."""

from dataclasses import replace
from typing import Any

from bot.local.errors import SlackError
from bot.local.limits import checked_view
from bot.local.methods.method import Arguments, Json, Method
from bot.local.model import Payload, View
from bot.local.payloads import view_payload
from bot.local.slack import Slack
from bot.local.view_stack import open_view, published_home, push_view, updated_view


class Open(Arguments):
    """`views.open` and `views.push`."""

    trigger_id: str
    view: Json


class Update(Arguments):
    """`views.update`."""

    view: Json
    view_id: str | None = None
    external_id: str | None = None
    hash: str | None = None


class Publish(Arguments):
    """`views.publish`."""

    user_id: str
    view: Json
    hash: str | None = None


def open_modal(slack: Slack, given: Open) -> Payload:
    """Show a modal to whoever the trigger belongs to."""
    view = _of_type("modal", given.view)
    trigger = slack.triggers.exchange(given.trigger_id)
    _external_id_is_free(slack, view)
    return _shown(open_view(slack.state, trigger, view))


def push(slack: Slack, given: Open) -> Payload:
    """Put a modal on top of the one the person acted in."""
    view = _of_type("modal", given.view)
    trigger = slack.triggers.exchange(given.trigger_id)
    _external_id_is_free(slack, view)
    return _shown(push_view(slack.state, trigger, view))


def update(slack: Slack, given: Update) -> Payload:
    """Draw an open view anew; what was filled in under the same ids stays."""
    view = checked_view(given.view)
    with slack.state.lock:
        before = _found(slack, given)
        if before is None or before.type != view["type"]:
            raise SlackError("not_found")
        if given.hash is not None and given.hash != before.hash:
            raise SlackError("hash_conflict")
        return _shown(slack.state.put_view(updated_view(before, view)))


def publish(slack: Slack, given: Publish) -> Payload:
    """Show a person this Home."""
    if not slack.manifest.features.app_home.home_tab_enabled:
        raise SlackError("not_enabled")
    view = _of_type("home", given.view)
    if given.user_id not in slack.state.people:
        raise SlackError("user_not_found")
    with slack.state.lock:
        before = slack.state.home(given.user_id)
        if given.hash is not None and before is not None and given.hash != before.hash:
            raise SlackError("hash_conflict")
        return _shown(slack.state.put_view(published_home(given.user_id, before, view)))


def _of_type(wanted: str, view: Any) -> Payload:
    checked = checked_view(view)
    if checked["type"] != wanted:
        raise SlackError("invalid_arguments", (f"[ERROR] must be one of: '{wanted}' [json-pointer:/view/type]",))
    return checked


def _external_id_is_free(slack: Slack, view: Payload) -> None:
    external_id = view.get("external_id")
    if external_id and slack.state.view_with_external_id(external_id) is not None:
        raise SlackError("duplicate_external_id")


def _found(slack: Slack, given: Update) -> View | None:
    if given.view_id is not None:
        return slack.state.view(given.view_id)
    return slack.state.view_with_external_id(given.external_id) if given.external_id else None


def _shown(view: View) -> Payload:
    return {"view": view_payload(replace(view, errors={}))}


VIEWS = {
    "views.open": Method(Open, open_modal),
    "views.push": Method(Open, push),
    "views.update": Method(Update, update),
    "views.publish": Method(Publish, publish),
}
