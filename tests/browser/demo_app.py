"""A small app with every element the page draws, so that what is tested is the page and not the bot."""

import re

from slack_bolt import App

MANIFEST = {
    "display_information": {"name": "Care Guide"},
    "features": {
        "bot_user": {"display_name": "Care Guide", "always_online": True},
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "slash_commands": [
            {"command": "/ask", "description": "Ask a question that only you see", "usage_hint": "[question]"},
            {"command": "/form", "description": "Open a form with every kind of field"},
            {"command": "/lost", "description": "A command nobody listens to"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["app_mentions:read", "chat:write", "commands", "im:history", "im:write", "users:read"],
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "app_mention", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def plain(text):
    return {"type": "plain_text", "text": text}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text}


def option(value, text, description=None):
    made = {"value": value, "text": plain(text)}
    return made | ({"description": plain(description)} if description else {})


def button(action, text, **more):
    return {"type": "button", "action_id": action, "text": plain(text), **more}


def field(block_id, label, element, **more):
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def answer_blocks(question):
    return [
        {"type": "header", "text": plain("Ending phase")},
        {
            "type": "section",
            "text": mrkdwn(
                f"*{question}*\n"
                "The relationship `may` end at once if a patient is violent or makes _serious threats_.\n"
                "> Authorities, including police, may need to be called.\nSee <https://example.org/policy|the policy>."
            ),
            "accessory": {
                "type": "overflow",
                "action_id": "more",
                "options": [option("copy", "Copy the citation"), option("report", "Report a mistake")],
            },
        },
        {"type": "section", "fields": [mrkdwn("*Force*\nMay"), mrkdwn("*Section*\n4.2.3 Ending phase")]},
        {
            "type": "context",
            "elements": [mrkdwn("Therapeutic Relationships, 4.2.3"), mrkdwn("See also: the letter")],
        },
        {
            "type": "actions",
            "elements": [
                button("share", "Share in channel", style="primary", value="share"),
                button("open_form", "Open a form"),
                button(
                    "discard",
                    "Discard",
                    style="danger",
                    confirm={
                        "title": plain("Discard this answer?"),
                        "text": mrkdwn("It goes away for *everybody*."),
                        "confirm": plain("Discard"),
                        "deny": plain("Keep"),
                        "style": "danger",
                    },
                ),
                button("lost", "Ask nobody"),
                {
                    "type": "static_select",
                    "action_id": "topic",
                    "placeholder": plain("Topic"),
                    "options": [
                        option("letter", "The letter"),
                        option("chart", "The chart"),
                        option("meds", "Refills"),
                    ],
                },
            ],
        },
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "feedback",
                    "positive_button": {"text": plain("This was it"), "value": "yes"},
                    "negative_button": {"text": plain("This was not it"), "value": "no"},
                },
                {"type": "icon_button", "action_id": "remove", "icon": "trash", "text": plain("Remove")},
            ],
        },
    ]


def form_view():
    roles = [option("physician", "Physician"), option("nurse", "Nurse", "Also a nurse practitioner's team")]
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Log a consultation"),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": [
            {"type": "section", "text": mrkdwn("No names of patients, please.")},
            field(
                "code",
                "Case code",
                {"type": "plain_text_input", "action_id": "code", "max_length": 12, "placeholder": plain("TR-4F7K")},
                hint=plain("Two letters, a dash, four signs."),
            ),
            field(
                "asked",
                "What was asked",
                {"type": "plain_text_input", "action_id": "asked", "multiline": True, "max_length": 300},
            ),
            field("kind", "Kind", {"type": "static_select", "action_id": "kind", "options": roles}),
            field("with", "With whom", {"type": "multi_users_select", "action_id": "with"}, optional=True),
            field("lead", "Supervisor", {"type": "users_select", "action_id": "lead"}, optional=True),
            field(
                "where",
                "Where to post",
                {"type": "conversations_select", "action_id": "where", "filter": {"include": ["public", "private"]}},
                optional=True,
            ),
            field("when", "When", {"type": "datepicker", "action_id": "when"}, optional=True),
            field(
                "steps",
                "Next steps",
                {"type": "checkboxes", "action_id": "steps", "options": [option("a", "Call"), option("b", "Write")]},
                optional=True,
            ),
            field("role", "Your role", {"type": "radio_buttons", "action_id": "role", "options": roles}, optional=True),
            {"type": "actions", "elements": [button("deeper", "Add a person"), button("slow", "Ask nobody")]},
        ],
    }


def second_view():
    return {
        "type": "modal",
        "callback_id": "second",
        "title": plain("Add a person"),
        "submit": plain("Add"),
        "blocks": [field("who", "Role outside the team", {"type": "plain_text_input", "action_id": "who"})],
    }


def home_view(chosen="none"):
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Welcome")},
            {
                "type": "section",
                "text": mrkdwn(f"*My role*\nChosen: {chosen}"),
                "accessory": {
                    "type": "static_select",
                    "action_id": "home_role",
                    "placeholder": plain("Choose a role"),
                    "options": [option("physician", "Physician"), option("nurse", "Nurse")],
                },
            },
            {"type": "divider"},
            {"type": "section", "text": mrkdwn("*Common questions*")},
            {
                "type": "actions",
                "elements": [
                    button("ask_a", "Who signs the letter?", value="a"),
                    button("ask_b", "30 days?", value="b"),
                ],
            },
        ],
    }


def listen(app: App, heard: list) -> None:
    """`heard` collects what people chose and submitted."""

    @app.event("message")
    def on_message(event, say):
        say(text="Ending phase", blocks=answer_blocks(event["text"][:200]), thread_ts=event.get("thread_ts"))

    @app.event("app_mention")
    def on_mention(event, say):
        say(text="An answer in the thread.", thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("app_home_opened")
    def on_home(event, client):
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=home_view())

    @app.command("/ask")
    def on_ask(ack, command, respond):
        ack()
        respond(text="Only for you", blocks=answer_blocks(command["text"] or "Nothing asked"))

    @app.command("/form")
    def on_form(ack, command, client):
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=form_view())

    @app.action("open_form")
    def on_open(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form_view())

    @app.action("deeper")
    def on_deeper(ack, body, client):
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=second_view())

    @app.view("form")
    def on_submit(ack, view, body, client):
        heard.append(view["state"]["values"])
        code = view["state"]["values"]["code"]["code"]["value"]
        if not code.startswith("TR-"):
            ack(response_action="errors", errors={"code": "A case code begins with TR-."})
            return
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text=f"Saved for {code}.")

    @app.view("second")
    def on_second(ack):
        ack()

    @app.action("home_role")
    def on_role(ack, body, action, client):
        ack()
        chosen = action["selected_option"]["text"]["text"] if action["selected_option"] else "none"
        client.views_publish(user_id=body["user"]["id"], view=home_view(chosen))

    @app.action("discard")
    def on_discard(ack, respond):
        ack()
        respond(delete_original=True)

    @app.action("share")
    def on_share(ack, body, client):
        ack()
        shared = [
            {
                "type": "markdown",
                "text": "# Shared\n1. **First** step\n2. ~~Second~~\n\n| a | b |\n|---|---|\n| 1 | 2 |",
            }
        ]
        client.chat_postMessage(channel=body["channel"]["id"], text="Shared", blocks=shared)

    @app.action(re.compile("topic|more|feedback|remove|ask_a|ask_b"))
    def on_anything(ack, action):
        heard.append(action)
        ack()
