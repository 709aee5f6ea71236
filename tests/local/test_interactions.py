"""Commands, clicks and forms, answered by a Bolt app over loopback."""

import pytest
from slack_sdk.webhook import WebhookClient

from bot.local.errors import Refused
from tests.local.build import actions, button, field, home, modal, option, plain, section, typed

PUBLIC, PRIVATE = "C0PRIMARY1", "C0NORTH001"


@pytest.fixture
def seen():
    """What listeners received."""
    return []


@pytest.fixture
def offer(app, rosa):
    """Posts blocks to Rosa and returns the message as she sees it."""

    def offered(*blocks, **more):
        app.client.chat_postMessage(**({"channel": rosa.id, "text": "Offer", "blocks": list(blocks)} | more))
        return rosa.wait_for_message("")

    return offered


# commands


def test_a_command_arrives_as_slack_sends_it(app, rosa, seen):
    app.command("/tiny")(lambda ack, body: (ack(), seen.append(body)))
    assert rosa.command(PUBLIC, "/tiny", "who signs & <when>?") is None
    (body,) = seen
    assert body.pop("trigger_id")
    assert body.pop("response_url").startswith("http://127.0.0.1:")
    assert body == {
        "token": "local",
        "team_id": "T0LOCAL001",
        "team_domain": "local",
        "channel_id": PUBLIC,
        "channel_name": "primary-care",
        "user_id": rosa.id,
        "user_name": "rosa.reyes",
        "command": "/tiny",
        "text": "who signs & <when>?",
        "api_app_id": "A0LOCAL001",
        "is_enterprise_install": "false",
    }
    assert rosa.messages(PUBLIC) == []


def test_a_command_that_escapes_names_people_by_id(manifest, open_workspace, connect, seen):
    manifest["features"]["slash_commands"][0]["should_escape"] = True
    workspace = open_workspace()
    connect(workspace).command("/tiny")(lambda ack, body: (ack(), seen.append(body["text"])))
    workspace.person("Rosa Reyes").command(PUBLIC, "/tiny", "@Jasleen Gill & co")
    assert seen == ["<@U0GILL0001> &amp; co"]


@pytest.mark.parametrize(("channel", "name"), [(PRIVATE, "privategroup"), ("D0REYES001", "directmessage")])
def test_the_names_of_private_conversations_are_kept_from_commands(app, rosa, seen, channel, name):
    app.command("/tiny")(lambda ack, body: (ack(), seen.append(body["channel_name"])))
    rosa.command(channel, "/tiny")
    assert seen == [name]


def test_what_comes_with_the_acknowledgement_is_for_the_asker_alone(app, rosa, marc):
    app.command("/tiny")(lambda ack: ack(text="fallback", blocks=[section("Only you")]))
    rosa.command(PUBLIC, "/tiny", "x")
    assert [(m.shown, m.to) for m in rosa.messages(PUBLIC)] == [("Only you", rosa.id)]
    assert marc.messages(PUBLIC) == []


def test_an_answer_for_the_channel_shows_the_command_too(app, rosa, marc):
    app.command("/tiny")(lambda ack: ack(text="For all", response_type="in_channel"))
    rosa.command(PUBLIC, "/tiny", "x")
    assert [m.shown for m in marc.messages(PUBLIC)] == ["/tiny x", "For all"]


def test_an_acknowledgement_and_a_later_answer_both_arrive(app, rosa):
    @app.command("/tiny")
    def answer(ack, respond):
        ack("first")
        respond("second")

    rosa.command(PUBLIC, "/tiny")
    rosa.wait_for_message("second")
    assert sorted(m.shown for m in rosa.messages(PUBLIC)) == ["first", "second"]


def test_a_bad_answer_to_a_command_is_refused_and_kept(workspace, app, rosa):
    app.command("/tiny")(lambda ack: ack(text="x", blocks=[{"type": "carousel"}]))
    rosa.command(PUBLIC, "/tiny")
    assert [(r.what, r.error) for r in workspace.refusals] == [("slash_commands acknowledgement", "invalid_blocks")]
    assert rosa.messages(PUBLIC) == []


def test_a_command_without_a_connected_app_fails(workspace, rosa):
    said = rosa.command(PUBLIC, "/tiny")
    assert said == '/tiny failed with the error "dispatch_failed"'
    assert [(m.user, m.shown, m.to) for m in rosa.messages(PUBLIC)] == [("USLACKBOT", said, rosa.id)]


def test_a_command_that_is_not_acknowledged_in_time_fails(open_workspace, connect):
    workspace = open_workspace(ack_timeout=0)
    connect(workspace)
    rosa = workspace.person("Rosa Reyes")
    assert rosa.command(PUBLIC, "/tiny") == '/tiny failed with the error "operation_timeout"'


def test_commands_do_not_work_in_threads_and_need_to_be_declared(rosa):
    root = rosa.say(PUBLIC, "root")
    with pytest.raises(Refused, match="not supported in threads"):
        rosa.command(PUBLIC, "/tiny", thread_ts=root.ts)
    with pytest.raises(Refused, match="/other is not a valid command"):
        rosa.command(PUBLIC, "/other")


# clicks


def test_a_click_arrives_with_its_message(app, offer, rosa, seen):
    app.action("press")(lambda ack, body: (ack(), seen.append(body)))
    message = offer(actions(button(value="v"), block_id="row"), channel=PUBLIC)
    assert rosa.click(message, "Press") is None
    (body,) = seen
    assert body["type"] == "block_actions"
    assert body["user"] == {
        "id": rosa.id,
        "username": "rosa.reyes",
        "name": "rosa.reyes",
        "team_id": "T0LOCAL001",
    }
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": PUBLIC,
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": PUBLIC, "name": "primary-care"}
    assert body["message"]["ts"] == message.ts
    assert body["state"] == {"values": {}}
    (action,) = body["actions"]
    assert action.pop("action_ts")
    assert action == {
        "type": "button",
        "action_id": "press",
        "block_id": "row",
        "text": plain("Press") | {"emoji": True},
        "value": "v",
    }


def test_a_click_in_a_thread_names_the_thread(app, offer, rosa, seen):
    app.action("press")(lambda ack, body: (ack(), seen.append(body["container"].get("thread_ts"))))
    root = rosa.say(PUBLIC, "root")
    rosa.click(offer(actions(button()), channel=PUBLIC, thread_ts=root.ts), "Press")
    assert seen == [root.ts]


def test_thumbs_send_the_value_of_the_one_pressed(app, offer, rosa, seen):
    app.action("thumbs")(lambda ack, action: (ack(), seen.append((action["type"], action["value"]))))
    yes = {"text": plain("Good"), "value": "yes", "accessibility_label": "It helped"}
    thumbs = {"type": "feedback_buttons", "action_id": "thumbs", "positive_button": yes}
    message = offer({"type": "context_actions", "elements": [thumbs | {"negative_button": yes | {"value": "no"}}]})
    rosa.click(message, "thumbs=no")
    rosa.click(message, "thumbs=yes")
    assert seen == [("feedback_buttons", "no"), ("feedback_buttons", "yes")]


def test_a_choice_in_a_message_is_sent_with_everything_chosen_there(app, offer, rosa, marc, seen):
    app.action("role")(lambda ack, body: (ack(), seen.append((body["actions"][0], body["state"]["values"]))))
    select = {"type": "static_select", "action_id": "role", "options": [option("Nurse"), option("Midwife")]}
    note = field("Note", typed("note"), "noted")
    message = offer(actions(select, block_id="row"), note, channel=PUBLIC)
    rosa.choose(message, "Note", "words")
    rosa.choose(message, "role", "Midwife")
    marc.choose(message, "role", "Nurse")
    (action, values), (_, his) = seen
    midwife = {"text": plain("Midwife") | {"emoji": True}, "value": "midwife"}
    assert action["selected_option"] == midwife
    assert values == {
        "row": {"role": {"type": "static_select", "selected_option": midwife}},
        "noted": {"note": {"type": "plain_text_input", "value": "words"}},
    }
    assert his["noted"]["note"]["value"] is None


def test_an_overflow_menu_sends_its_option(app, offer, rosa, seen):
    app.action("more")(lambda ack, action: (ack(), seen.append(action["selected_option"]["value"])))
    menu = {"type": "overflow", "action_id": "more", "options": [option("Edit"), option("Remove")]}
    rosa.choose(offer(section(accessory=menu)), "more", "Remove")
    assert seen == ["remove"]


def test_pressing_in_an_old_copy_sends_what_was_seen_there(app, offer, rosa, seen):
    app.action("press")(lambda ack, body: (ack(), seen.append((body["actions"][0]["value"], body["message"]["text"]))))
    old = offer(actions(button(value="version 1")))
    blocks = [actions(button(value="version 2"))]
    app.client.chat_update(channel=old.channel, ts=old.ts, text="changed", blocks=blocks)
    rosa.click(old, "Press")
    assert seen == [("version 1", "changed")]


def test_a_deleted_message_cannot_be_pressed(app, offer, rosa):
    message = offer(actions(button()))
    app.client.chat_delete(channel=message.channel, ts=message.ts)
    with pytest.raises(Refused, match="deleted"):
        rosa.click(message, "Press")


def test_an_unanswered_click_tells_so(open_workspace, connect):
    workspace = open_workspace(ack_timeout=0)
    app = connect(workspace)
    rosa = workspace.person("Rosa Reyes")
    app.client.chat_postMessage(channel=rosa.id, text="x", blocks=[actions(button())])
    assert rosa.click(rosa.wait_for_message(""), "Press") == "operation_timeout"


# response URLs


@pytest.fixture
def ephemeral(app, rosa):
    """A message for Rosa alone, with a button whose response URL the test gets."""

    def shown():
        urls = []
        app.action("press")(lambda ack, body: (ack(), urls.append((body, body["response_url"]))))
        app.client.chat_postEphemeral(channel=PUBLIC, user=rosa.id, text="x", blocks=[actions(button())])
        rosa.click(rosa.wait_for_message("", PUBLIC), "Press")
        return urls[0]

    return shown


def test_a_click_in_an_ephemeral_message_comes_without_its_content(ephemeral):
    body, _ = ephemeral()
    assert body["container"]["is_ephemeral"]
    assert "message" not in body


def test_an_ephemeral_message_is_replaced_or_deleted_by_its_response_url(ephemeral, rosa):
    _, url = ephemeral()
    WebhookClient(url).send(text="instead", replace_original=True)
    assert [(m.shown, m.to) for m in rosa.messages(PUBLIC)] == [("instead", rosa.id)]
    WebhookClient(url).send(delete_original=True)
    assert rosa.messages(PUBLIC) == []


def test_without_more_a_response_url_posts_for_one_person(ephemeral, rosa, marc):
    _, url = ephemeral()
    WebhookClient(url).send(text="for you")
    WebhookClient(url).send(text="for all", response_type="in_channel")
    assert [m.shown for m in rosa.messages(PUBLIC)] == ["", "for you", "for all"]
    assert [m.shown for m in marc.messages(PUBLIC)] == ["for all"]


def test_a_response_url_is_good_for_five_uses(ephemeral):
    _, url = ephemeral()
    answers = [WebhookClient(url).send(text=str(number)) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body


def test_a_response_url_is_good_for_thirty_minutes(ephemeral, clock):
    _, url = ephemeral()
    clock.advance(30 * 60)
    assert WebhookClient(url).send(text="in time").status_code == 200
    clock.advance(1)
    assert "expired_url" in WebhookClient(url).send(text="late").body


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "colour": "red"}, "invalid_payload"),
        ({"text": "x", "response_type": "loud"}, "invalid_payload"),
        ({"text": "x", "blocks": [{"type": "carousel"}]}, "invalid_blocks"),
    ],
)
def test_bad_replies_are_refused(workspace, ephemeral, reply, error):
    _, url = ephemeral()
    assert error in WebhookClient(url).send_dict(reply).body
    assert workspace.refusals[-1].what == "response_url"


# forms


@pytest.fixture
def open_form(app, rosa):
    """Opens a modal by a command, and returns what Rosa sees."""

    def opened(*blocks, **more):
        @app.command("/tiny")
        def answer(ack, body, client):
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=modal(*blocks, callback_id="form", **more))

        rosa.command(PUBLIC, "/tiny")
        return rosa.wait_for_modal()

    return opened


def test_a_form_arrives_with_what_was_filled_in(app, open_form, rosa, seen):
    app.view("form")(lambda ack, body: (ack(), seen.append(body)))
    view = open_form(field(), private_metadata="kept")
    rosa.fill("Reason", "because")
    assert rosa.submit() == {}
    (body,) = seen
    assert body["view"]["state"] == {"values": {"reason": {"typed": {"type": "plain_text_input", "value": "because"}}}}
    assert (body["view"]["id"], body["view"]["private_metadata"]) == (view.id, "kept")
    assert body["view"]["hash"] == view.hash
    assert body["response_urls"] == []
    assert rosa.modal is None


def test_errors_show_at_their_fields_and_what_was_typed_stays(app, open_form, rosa):
    app.view("form")(lambda ack: ack(response_action="errors", errors={"reason": "No names, please."}))
    open_form(field())
    rosa.fill("Reason", "about Jane")
    assert rosa.submit() == {"reason": "No names, please."}
    assert rosa.modal.values["reason"]["typed"]["value"] == "about Jane"


@pytest.mark.parametrize("errors", [{"elsewhere": "x"}, {"text": "x"}, {}])
def test_errors_can_only_point_at_input_blocks(workspace, app, open_form, rosa, errors):
    app.view("form")(lambda ack: ack({"response_action": "errors", "errors": errors}))
    open_form(field(optional=True), section(block_id="text"))
    assert rosa.submit() == {}
    assert rosa.modal.trouble == "We had some trouble connecting. Try again?"
    assert workspace.refusals[-1].error == "invalid_errors"


def test_a_form_can_give_way_to_another(app, open_form, rosa):
    app.view("form")(lambda ack: ack(response_action="update", view=modal(section("Thank you"))))
    before = open_form(field(optional=True))
    rosa.submit()
    assert rosa.modal.id == before.id
    assert "Thank you" in rosa.modal.shown


def test_a_form_can_put_another_on_top(app, open_form, rosa):
    app.view("form")(lambda ack: ack(response_action="push", view=modal(section("More"), callback_id="other")))
    app.view("other")(lambda ack: ack())
    open_form(field(optional=True))
    rosa.submit()
    assert len(rosa.modals) == 2
    rosa.submit()
    assert len(rosa.modals) == 1


def test_a_form_can_close_the_whole_stack(app, open_form, rosa):
    app.view("form")(lambda ack: ack(response_action="push", view=modal(section("More"), callback_id="other")))
    app.view("other")(lambda ack: ack(response_action="clear"))
    open_form(field(optional=True))
    rosa.submit()
    rosa.submit()
    assert rosa.modal is None


def test_a_bad_view_in_an_acknowledgement_is_trouble(workspace, app, open_form, rosa):
    app.view("form")(lambda ack: ack(response_action="update", view=modal(section(), title="x" * 25)))
    open_form(field(optional=True))
    rosa.submit()
    assert rosa.modal.trouble
    assert workspace.refusals[-1].error == "invalid_arguments"


def test_a_field_that_asks_for_it_brings_a_response_url(app, open_form, rosa, marc, seen):
    app.view("form")(lambda ack, body: (ack(), seen.extend(body["response_urls"])))
    where = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    open_form(field("Where", where, "place"))
    rosa.fill("Where", "primary-care")
    rosa.submit()
    (url,) = seen
    assert (url["block_id"], url["action_id"], url["channel_id"]) == ("place", "where", PUBLIC)
    WebhookClient(url["response_url"]).send(text="shared", response_type="in_channel")
    assert [m.shown for m in marc.messages(PUBLIC)] == ["shared"]


def test_a_field_that_dispatches_tells_at_once(app, open_form, rosa, seen):
    app.action("typed")(lambda ack, body: (ack(), seen.append(body)))
    open_form(field(dispatch_action=True))
    rosa.fill("Reason", "now")
    (body,) = seen
    assert body["container"] == {"type": "view", "view_id": rosa.modal.id}
    assert body["actions"][0]["value"] == "now"
    assert body["view"]["state"]["values"]["reason"]["typed"]["value"] == "now"
    assert "response_url" not in body


def test_a_button_in_a_modal_can_push_another(app, open_form, rosa):
    @app.action("press")
    def push(ack, body, client):
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=modal(section("Deeper")))

    view = open_form(actions(button()))
    rosa.click(view, "Press")
    assert rosa.wait_for_modal("Deeper").previous_id == view.id


@pytest.mark.parametrize("everything", [False, True])
def test_closing_is_told_where_it_is_asked_for(app, open_form, rosa, seen, everything):
    app.view_closed("form")(lambda ack, body: (ack(), seen.append(body["is_cleared"])))
    open_form(section(), notify_on_close=True)
    rosa.dismiss(everything=everything)
    assert seen == [everything]


def test_closing_is_not_told_otherwise(workspace, app, open_form, rosa, seen):
    app.view_closed("form")(lambda ack, body: (ack(), seen.append(body)))
    open_form(section())
    rosa.dismiss()
    workspace.quiet()
    assert seen == []


# the Home


def test_opening_the_home_lets_the_app_draw_it(app, rosa):
    @app.event("app_home_opened")
    def draw(event, client):
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=home(section("Welcome"), actions(button())))

    assert rosa.open_home().shown == "Welcome"
    app.action("press")(
        lambda ack, body, client: (
            ack(),
            client.views_publish(user_id=body["user"]["id"], hash=body["view"]["hash"], view=home(section("Pressed"))),
        )
    )
    rosa.click(rosa.home, "Press")
    rosa.wait_for_home("Pressed")
