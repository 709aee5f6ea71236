"""Blocks, elements and views as the bot would send them."""


def plain(text):
    return {"type": "plain_text", "text": text}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text}


def section(text="Hello", **more):
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text="Press", action_id="press", **more):
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements, **more):
    return {"type": "actions", "elements": list(elements), **more}


def option(text, value=None, **more):
    return {"text": plain(text), "value": value or text.lower(), **more}


def typed(action_id="typed", **more):
    return {"type": "plain_text_input", "action_id": action_id, **more}


def field(label="Reason", element=None, block_id="reason", **more):
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element or typed(), **more}


def modal(*blocks, title="Form", submit="Send", **more):
    footer = {"submit": plain(submit)} if submit else {}
    return {"type": "modal", "title": plain(title), "blocks": list(blocks), **footer, **more}


def home(*blocks, **more):
    return {"type": "home", "blocks": list(blocks), **more}
