"""The `rich_text` block as HTML: what a person typed, with its links and mentions."""

from typing import Any

from markupsafe import Markup

from bot.local.page.mrkdwn import Names, emoji, link, mention, mention_of_channel, plain_text

Payload = dict[str, Any]
STYLES = {"bold": "strong", "italic": "em", "strike": "s", "code": "code"}


def rich_text(block: Payload, names: Names) -> Markup:
    """HTML of the whole block."""
    return Markup().join(_part(part, names) for part in block["elements"])


def _part(part: Payload, names: Names) -> Markup:
    kind = part["type"]
    if kind == "rich_text_list":
        items = (Markup("<li>{}</li>").format(_run(item, names)) for item in part["elements"])
        tag = "ol" if part.get("style") == "ordered" else "ul"
        return Markup("<{}>{}</{}>").format(tag, Markup().join(items), tag)
    tag = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}.get(kind, "p")
    return Markup("<{}>{}</{}>").format(tag, _run(part, names), tag)


def _run(part: Payload, names: Names) -> Markup:
    return Markup().join(_styled(element, names) for element in part["elements"])


def _styled(element: Payload, names: Names) -> Markup:
    html = _element(element, names)
    for style, tag in STYLES.items():
        if element.get("style", {}).get(style):
            html = Markup("<{}>{}</{}>").format(tag, html, tag)
    return html


def _element(element: Payload, names: Names) -> Markup:
    kind = element["type"]
    if kind == "user":
        return mention(names.person(element["user_id"]) or element["user_id"])
    if kind == "channel":
        return mention_of_channel(element["channel_id"], "", names)
    if kind == "broadcast":
        return mention(element["range"])
    if kind == "link":
        return link(element["url"], element.get("text") or element["url"].removeprefix("mailto:"))
    if kind == "emoji":
        return emoji(element["name"])
    return plain_text(element.get("text", ""))
