"""`users.*`: the people."""

from bot.local.errors import SlackError
from bot.local.methods.method import Arguments, Method, Payload
from bot.local.payloads import user_payload
from bot.local.slack import Slack


class Info(Arguments):
    """`users.info`."""

    user: str
    include_locale: bool = False


class List(Arguments):
    """`users.list`."""

    cursor: str | None = None
    include_locale: bool = False
    limit: int | None = None


def info(slack: Slack, given: Info) -> Payload:
    """One member; the bot is one too."""
    everybody = slack.state.people | {slack.bot.id: slack.bot}
    if given.user not in everybody:
        raise SlackError("user_not_found")
    return {"user": user_payload(everybody[given.user])}


def list_all(slack: Slack, given: List) -> Payload:
    """All members, in one page."""
    members = [user_payload(person) for person in (*slack.state.people.values(), slack.bot)]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


_READ = ("users:read",)
USERS = {
    "users.info": Method(Info, info, _READ),
    "users.list": Method(List, list_all, _READ),
}
