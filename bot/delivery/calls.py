"""The calls that post, change and remove a message, and the ways in which they end."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.views.halts import Halt

TOO_MANY_REQUESTS = 429
PATIENCE = 60
"""Seconds to wait where Slack asks for patience without saying how long."""

_GONE = {"message_not_found", "thread_not_found"}
_HALTS = {**{halt.value: halt for halt in Halt}, "is_inactive": Halt.IS_ARCHIVED}
_OUT_OF_ORDER = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}


class DeliveryError(Exception):
    """A message could not be brought up to date."""


class UnreachableError(DeliveryError):
    """Slack did not answer, or not in order. Whether it did what was asked is unknown."""


class RateLimitedError(DeliveryError):
    """Slack asks to wait so many seconds; it did nothing."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} s")


class GoneError(DeliveryError):
    """The message, or the thread it belongs to, was deleted."""


class HaltedError(DeliveryError):
    """Nothing can be posted in the channel until somebody does something about it."""

    def __init__(self, halt: Halt) -> None:
        self.halt = halt
        super().__init__(halt.value)


class RefusedError(DeliveryError):
    """Slack will never take this: our mistake."""


class Calls:
    """Slack, as far as delivery needs it. `client`: without retries of its own, which could post twice."""

    def __init__(self, client: WebClient) -> None:
        self.client = client

    def post(self, channel: str, thread_ts: str | None, payload: dict[str, Any]) -> str:
        """Post a message; returns its ts."""
        with _understood():
            return str(self.client.chat_postMessage(channel=channel, thread_ts=thread_ts, **payload)["ts"])

    def update(self, channel: str, ts: str, payload: dict[str, Any]) -> None:
        """Show something else in a message."""
        with _understood():
            self.client.chat_update(channel=channel, ts=ts, **payload)

    def delete(self, channel: str, ts: str) -> None:
        """Remove a message; one that is gone already is no error."""
        try:
            with _understood():
                self.client.chat_delete(channel=channel, ts=ts)
        except GoneError:
            return

    def direct_message(self, person: str) -> str:
        """The conversation with a person."""
        with _understood():
            return str(self.client.conversations_open(users=person)["channel"]["id"])

    def link(self, channel: str, ts: str) -> str:
        """Where people can open a message."""
        with _understood():
            return str(self.client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])


@contextmanager
def _understood() -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        raise _meaning(error) from error
    except (SlackClientError, OSError, HTTPException) as error:
        raise UnreachableError(str(error)) from error


def _meaning(error: SlackApiError) -> DeliveryError:
    status, code = error.response.status_code, str(error.response.get("error"))
    if status == TOO_MANY_REQUESTS or code == "ratelimited":
        return RateLimitedError(_seconds(error.response.headers))
    if status != 200 or code in _OUT_OF_ORDER:
        return UnreachableError(f"{status} {code}")
    if code in _GONE:
        return GoneError(code)
    if code in _HALTS:
        return HaltedError(_HALTS[code])
    return RefusedError(f"{code} {error.response.get('response_metadata', '')}")


def _seconds(headers: Any) -> int:
    value = {str(name).lower(): value for name, value in dict(headers or {}).items()}.get("retry-after")
    first = str(value[0] if isinstance(value, list) else value)
    return int(first) if first.isdigit() else PATIENCE
