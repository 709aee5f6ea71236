"""`api.*`, `auth.*`, `apps.*`, `bots.*`: who the app is and how it connects."""

from bot.local.errors import SlackError
from bot.local.methods.method import Arguments, Method, NoArguments, Payload
from bot.local.payloads import team_payload
from bot.local.people import APP_ID, BOT_ID, BOT_USER_ID
from bot.local.slack import Slack


class Test(Arguments):
    """`api.test`."""

    error: str | None = None


class BotsInfo(Arguments):
    """`bots.info`."""

    bot: str | None = None


def api_test(slack: Slack, given: Test) -> Payload:
    """Answers, or fails as asked."""
    if given.error is not None:
        raise SlackError(given.error)
    return {}


def auth_test(slack: Slack, given: NoArguments) -> Payload:
    """Who the token belongs to."""
    bot = {"user": slack.bot.handle, "user_id": BOT_USER_ID, "bot_id": BOT_ID}
    return {"url": slack.url, "is_enterprise_install": False} | team_payload() | bot


def connections_open(slack: Slack, given: NoArguments) -> Payload:
    """An address for one Socket Mode connection."""
    address = slack.url.replace("http://", "ws://", 1)
    return {"url": f"{address}link/?ticket={slack.socket_mode.ticket()}&app_id={APP_ID}"}


def bots_info(slack: Slack, given: BotsInfo) -> Payload:
    """The bot, and only this bot."""
    if given.bot != BOT_ID:
        raise SlackError("bot_not_found")
    bot = {"id": BOT_ID, "app_id": APP_ID, "user_id": BOT_USER_ID, "name": slack.bot.name, "deleted": False}
    return {"bot": bot}


APPS = {
    "api.test": Method(Test, api_test, without_token=True),
    "auth.test": Method(NoArguments, auth_test),
    "apps.connections.open": Method(NoArguments, connections_open, app_token=True),
    "bots.info": Method(BotsInfo, bots_info, ("users:read",)),
}
