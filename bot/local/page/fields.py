"""How the fields of the page's forms stand for Slack's elements."""

from typing import Any
from urllib.parse import quote

Payload = dict[str, Any]


def field_name(block: Payload, element: Payload) -> str:
    """What an element is called in a form: Slack's two ids, without the quotes that browsers rewrite in names."""
    return "/".join(quote(part, safe="") for part in (block["block_id"], element["action_id"]))


def as_field(held: Any) -> Any:
    """What an element holds, as the value of its field: text, a date, an id, an option's value, or a list of them."""
    if isinstance(held, list):
        return [as_field(item) for item in held]
    return held["value"] if isinstance(held, dict) else held or ""
