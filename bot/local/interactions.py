"""What people do with the app: commands, clicks and forms go to it, and its acknowledgement takes effect."""

from dataclasses import replace
from typing import Any

from bot.local import payloads
from bot.local.errors import Refused, SlackError
from bot.local.limits import checked_view
from bot.local.model import Message, View
from bot.local.payloads import Action
from bot.local.people import SLACKBOT, Channel, Profile
from bot.local.reading import elements
from bot.local.response_urls import ResponseUrl, read_reply
from bot.local.slack import Slack
from bot.local.socket_mode import Envelope, ignore
from bot.local.values import current, input_error
from bot.local.view_stack import pushed_on, updated_view

Payload = dict[str, Any]

TROUBLE = "We had some trouble connecting. Try again?"


# commands


def run_command(slack: Slack, person: Profile, channel: Channel, command: str, text: str) -> str | None:
    """Send a slash command and wait for its acknowledgement. Returns what Slackbot says if it fails."""
    declared = slack.manifest.command(command)
    if declared is None:
        raise Refused(f"{command} is not a valid command.")
    sent = slack.typing.marked(text) if declared.should_escape else text
    payload = payloads.command_payload(person, channel, command, sent) | {
        "response_url": slack.new_response_url(person.id, channel.id),
        "trigger_id": slack.triggers.issue(person.id, channel=channel.id),
    }
    where = ResponseUrl(person.id, channel.id, None, slack.state.now())
    invoked = Message(channel.id, "", person.id, f"{command} {slack.typing.marked(text)}".strip())
    envelope = Envelope("slash_commands", payload, on_ack=lambda ack: _answer_command(slack, ack, where, invoked))
    failure = slack.socket_mode.wait(slack.socket_mode.deliver(envelope)).failure
    return _slackbot_says(slack, person, channel, f'{command} failed with the error "{failure}"') if failure else None


def _answer_command(slack: Slack, ack: Payload, where: ResponseUrl, invoked: Message) -> None:
    """Show what came with the acknowledgement; an answer for the channel shows the command to everybody too."""
    if not ack:
        return
    try:
        reply = read_reply(ack)
    except SlackError as error:
        slack.refuse("slash_commands acknowledgement", error)
        return
    if reply.response_type == "in_channel":
        slack.post(replace(invoked, ts=slack.state.next_ts()))
    slack.answer(reply, where)


def _slackbot_says(slack: Slack, person: Profile, channel: Channel, text: str) -> str:
    slack.state.add(Message(channel.id, slack.state.next_ts(), SLACKBOT.id, text, to=person.id))
    return text


# clicks and choices


def act_in_message(slack: Slack, person: Profile, message: Message, action: Action) -> str | None:
    """Send `block_actions` from a message and wait. Returns Slack's name for what went wrong, if it did."""
    channel = slack.state.channels[message.channel]
    values = slack.state.message_values(person.id, message)
    payload = payloads.message_action_payload(person, message, channel, values) | {
        "response_url": slack.new_response_url(person.id, channel.id, message.ts),
        "trigger_id": slack.triggers.issue(person.id, channel=channel.id),
    }
    return _send_action(slack, payload, action)


def act_in_view(slack: Slack, person: Profile, view: View, action: Action) -> str | None:
    """Send `block_actions` from a modal or the Home and wait. Returns Slack's name for what went wrong."""
    channel = view.channel.id if view.channel else None
    modal = view.id if view.type == "modal" else None
    payload = payloads.view_action_payload(person, view)
    payload["trigger_id"] = slack.triggers.issue(person.id, channel=channel, view=modal)
    return _send_action(slack, payload, action)


def _send_action(slack: Slack, payload: Payload, action: Action) -> str | None:
    payload["actions"] = [payloads.action_payload(action, slack.state.next_ts())]
    return _interact(slack, Envelope("interactive", payload)).failure


def _interact(slack: Slack, envelope: Envelope) -> Envelope:
    if not slack.manifest.settings.interactivity.is_enabled:
        return envelope
    return slack.socket_mode.wait(slack.socket_mode.deliver(envelope))


# forms


def submit(slack: Slack, person: Profile, view: View) -> None:
    """Check the fields as Slack's client does, send them, and let the acknowledgement decide what shows next."""
    with slack.state.lock:
        view = slack.state.view(view.id) or view
        problems = _field_problems(view)
        modal = slack.state.put_view(replace(view, errors=problems, trouble=None))
    if problems:
        return
    payload = payloads.view_submission_payload(person, modal) | {
        "trigger_id": slack.triggers.issue(
            person.id, channel=modal.channel.id if modal.channel else None, view=modal.id
        ),
        "response_urls": _response_urls(slack, person, modal),
    }
    envelope = Envelope("interactive", payload, on_ack=lambda ack: _after_submission(slack, modal.id, ack))
    if _interact(slack, envelope).failure:
        _show_trouble(slack, modal.id)


def _field_problems(view: View) -> dict[str, str]:
    problems: dict[str, str] = {}
    for block, element in elements(view.blocks):
        if block["type"] == "input":
            entry = view.values[block["block_id"]][element["action_id"]]
            if problem := input_error(block, current(element, entry)):
                problems[block["block_id"]] = problem
    return problems


def _response_urls(slack: Slack, person: Profile, view: View) -> list[Payload]:
    """One for each conversation chosen in a field that asks for it."""
    urls = []
    for block, element in elements(view.blocks):
        chosen = element.get("response_url_enabled") and current(
            element, view.values[block["block_id"]][element["action_id"]]
        )
        if chosen:
            ids = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
            urls.append(ids | {"response_url": slack.new_response_url(person.id, chosen)})
    return urls


def _after_submission(slack: Slack, view_id: str, ack: Payload) -> None:
    """Do what the acknowledgement says; one that Slack would not understand is trouble for the person."""
    view = slack.state.view(view_id)
    if view is None:
        return
    try:
        _respond(slack, view, ack)
    except SlackError as error:
        slack.refuse("view_submission acknowledgement", error)
        _show_trouble(slack, view_id)


def _respond(slack: Slack, view: View, ack: Payload) -> None:
    stack = slack.state.stack(view.user)
    match ack.get("response_action"):
        case None if not ack:
            slack.state.set_stack(view.user, [other for other in stack if other.id != view.id])
        case "clear":
            slack.state.set_stack(view.user, [])
        case "errors":
            slack.state.put_view(replace(view, errors=_errors(view, ack.get("errors"))))
        case "update":
            slack.state.put_view(updated_view(view, _modal(ack)))
        case "push":
            pushed_on(slack.state, stack, _modal(ack))
        case other:
            raise SlackError("invalid_response_action", (f"[ERROR] {other!r}",))


def _modal(ack: Payload) -> Payload:
    view = checked_view(ack.get("view"))
    if view["type"] != "modal":
        raise SlackError("invalid_arguments", ("[ERROR] must be one of: 'modal' [json-pointer:/view/type]",))
    return view


def _errors(view: View, errors: Any) -> dict[str, str]:
    """Texts by the ids of input blocks; any other id makes the whole acknowledgement invalid."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise SlackError("invalid_errors", (f"[ERROR] errors must name input blocks, not {errors!r}",))
    return {block_id: str(text) for block_id, text in errors.items()}


def _show_trouble(slack: Slack, view_id: str) -> None:
    view = slack.state.view(view_id)
    if view is not None:
        slack.state.put_view(replace(view, trouble=TROUBLE))


def dismiss(slack: Slack, person: Profile, *, everything: bool) -> None:
    """Close the modal on top, or all; the app hears of it where it asked to be told."""
    stack = slack.state.stack(person.id)
    everything = everything or bool(stack[-1].payload["clear_on_close"])
    gone = stack if everything else stack[-1:]
    slack.state.set_stack(person.id, stack[: len(stack) - len(gone)])
    for view in reversed(gone):
        if view.payload["notify_on_close"]:
            payload = payloads.view_closed_payload(person, view, is_cleared=everything)
            _interact(slack, Envelope("interactive", payload, on_ack=ignore))
