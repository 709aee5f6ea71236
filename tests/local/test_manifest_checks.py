"""A manifest that Slack would not take is refused before anything starts, and the workspace keeps to a good one."""

import pytest

from bot.local.errors import InvalidManifest, PortInUse, Refused
from bot.local.manifest import read_manifest
from bot.local.workspace import LocalWorkspace


def without(manifest, *path):
    part = manifest
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]


def put(manifest, value, *path):
    part = manifest
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value


BOT = ("oauth_config", "scopes", "bot")
EVENTS = ("settings", "event_subscriptions", "bot_events")
COMMANDS = ("features", "slash_commands")
BROKEN = {
    "no name": (lambda m: without(m, "display_information", "name"), "display_information.name"),
    "long name": (lambda m: put(m, "x" * 36, "display_information", "name"), "display_information.name"),
    "long description": (
        lambda m: put(m, "x" * 141, "display_information", "description"),
        "display_information.description",
    ),
    "no bot": (lambda m: without(m, "features", "bot_user"), "features.bot_user"),
    "no socket mode": (lambda m: put(m, False, "settings", "socket_mode_enabled"), "socket_mode_enabled"),
    "misspelt key": (lambda m: put(m, True, "settings", "socketmode"), "settings.socketmode"),
    "long command": (
        lambda m: put(m, [{"command": "/" + "x" * 32, "description": "d"}], *COMMANDS),
        "features.slash_commands.0.command",
    ),
    "command without slash": (
        lambda m: put(m, [{"command": "tiny", "description": "d"}], *COMMANDS),
        "features.slash_commands.0.command",
    ),
    "command twice": (lambda m: put(m, m["features"]["slash_commands"] * 2, *COMMANDS), "declared once"),
    "commands without their scope": (
        lambda m: put(m, ["app_mentions:read", "im:history"], *BOT),
        "need the scope commands",
    ),
    "event without its scope": (
        lambda m: put(m, ["commands", "im:history"], *BOT),
        "app_mention needs the scope app_mentions:read",
    ),
    "unknown event": (lambda m: put(m, ["message.mars"], *EVENTS), "message.mars is not known here"),
}


@pytest.mark.parametrize(("mutate", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_manifest_is_named(manifest, mutate, message):
    mutate(manifest)
    with pytest.raises(InvalidManifest, match=message):
        read_manifest(manifest)


def test_a_port_in_use_is_named(workspace, manifest):
    port = int(workspace.url.rstrip("/").rpartition(":")[2])
    with pytest.raises(PortInUse, match=f"127.0.0.1:{port}"), LocalWorkspace(manifest, port=port):
        pass


def test_the_messages_tab_can_be_off(manifest, open_workspace):
    manifest["features"]["app_home"]["messages_tab_enabled"] = False
    rosa = open_workspace().person("Rosa Reyes")
    with pytest.raises(Refused, match="turned off"):
        rosa.say(rosa.direct_message, "hello")


def test_events_the_app_did_not_subscribe_to_are_not_sent(manifest, open_workspace):
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["app_mention"]
    workspace = open_workspace()
    rosa = workspace.person("Rosa Reyes")
    rosa.say(rosa.direct_message, "hello")
    rosa.open_home(wait=False)
    rosa.mention("primary-care", "hello")
    assert [event.payload["event"]["type"] for event in workspace.events] == ["app_mention"]


def test_clicks_reach_no_app_without_interactivity(manifest, open_workspace, connect):
    manifest["settings"]["interactivity"]["is_enabled"] = False
    workspace = open_workspace()
    app = connect(workspace)
    rosa = workspace.person("Rosa Reyes")
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    app.client.chat_postMessage(channel=rosa.id, text="x", blocks=[{"type": "actions", "elements": [button]}])
    assert rosa.click(rosa.wait_for_message(""), "Go") == "dispatch_failed"


def test_tokens_are_new_at_every_start(manifest):
    with LocalWorkspace(manifest) as first, LocalWorkspace(manifest) as second:
        assert first.bot_token.startswith("xoxb-")
        assert first.app_token.startswith("xapp-")
        assert first.bot_token != second.bot_token
        assert first.app_token != second.app_token
