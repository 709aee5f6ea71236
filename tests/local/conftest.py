"""A small app that the workspace runs, so that what is tested is the workspace and not the bot."""

import copy
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.local.workspace import LocalWorkspace

MANIFEST = {
    "display_information": {"name": "Tiny app"},
    "features": {
        "bot_user": {"display_name": "Tiny App", "always_online": True},
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "slash_commands": [{"command": "/tiny", "description": "Do something"}],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:read",
                "chat:write",
                "commands",
                "groups:read",
                "im:history",
                "im:read",
                "im:write",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "app_mention", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


class Clock:
    """Stands still until told to move."""

    def __init__(self):
        self.now = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def advance(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def manifest():
    return copy.deepcopy(MANIFEST)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def open_workspace(manifest, clock):
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(LocalWorkspace(manifest, **({"clock": clock} | options)))


@pytest.fixture
def workspace(open_workspace):
    return open_workspace()


@pytest.fixture
def client(workspace):
    return WebClient(workspace.bot_token, base_url=workspace.api_url)


@pytest.fixture
def connect():
    """Connects a Bolt app to a workspace; closed before the workspace is."""
    with ExitStack() as stack:

        def connected(workspace):
            app = App(client=WebClient(workspace.bot_token, base_url=workspace.api_url))
            handler = SocketModeHandler(app, workspace.app_token)
            stack.callback(_close, handler)
            stack.callback(workspace.quiet)
            handler.connect()
            workspace.wait_until_connected()
            return app

        yield connected


def _close(handler):
    """The SDK's client looks only once a second whether it was closed, unless something arrives."""
    handler.client.closed = True
    handler.client.message_queue.put(None)
    handler.close()


@pytest.fixture
def app(workspace, connect):
    return connect(workspace)


@pytest.fixture
def rosa(workspace):
    return workspace.person("Rosa Reyes")


@pytest.fixture
def marc(workspace):
    return workspace.person("Marc Desrosiers")


@pytest.fixture
def oksana(workspace):
    """The one who is not in the private channel."""
    return workspace.person("Oksana Kowalchuk")
