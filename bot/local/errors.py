"""What goes wrong in a Slack workspace, by Slack's own names."""

from dataclasses import dataclass


class SlackError(Exception):
    """A Web API call refused: `{"ok": false, "error": ...}`, with details where Slack gives them."""

    def __init__(self, error: str, messages: tuple[str, ...] = (), **details: object) -> None:
        super().__init__(" ".join((error, *messages)))
        self.error = error
        self.messages = messages
        self.details = details


class Refused(Exception):
    """Slack's client does not let a person do this; the text is what it says."""


class PortInUse(Exception):
    """Something else listens on the address already."""


class InvalidManifest(ValueError):
    """Slack would not take this app manifest; the text names the key."""


@dataclass(frozen=True)
class Refusal:
    """One thing the workspace refused: `what` is a method, `response_url` or an acknowledgement."""

    what: str
    error: str
    messages: tuple[str, ...] = ()
