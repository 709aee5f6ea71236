"""The manifest is made from what is registered; here it is held against what the code calls and listens to."""

import ast
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.listeners import REGISTRY
from bot.local.manifest import read_manifest
from bot.manifest import build_manifest
from bot.registry import SCOPES_BY_METHOD

BOT = Path(__file__).parents[2] / "bot"
MANIFEST: dict[str, Any] = build_manifest(REGISTRY, "Therapeutic Relationships")


def methods_called() -> set[str]:
    """Every method of the Web API that the bot's own code calls on a client."""
    called = set()
    for file in [*BOT.glob("*.py"), *BOT.glob("listeners/*.py"), *BOT.glob("views/*.py"), *BOT.glob("delivery/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                target = ast.unparse(node.func.value)
                if target.rpartition(".")[2] == "client" and hasattr(WebClient, node.func.attr):
                    called.add(node.func.attr)
    return called


def test_each_method_the_code_calls_has_its_scope_stated() -> None:
    assert methods_called() == set(SCOPES_BY_METHOD)


def test_workspace_takes_the_manifest() -> None:
    manifest = read_manifest(MANIFEST)
    assert manifest.settings.socket_mode_enabled
    assert manifest.settings.interactivity.is_enabled


def test_manifest_declares_what_is_registered_and_nothing_else() -> None:
    assert [command["command"] for command in MANIFEST["features"]["slash_commands"]] == [
        command.name for command in REGISTRY.commands
    ]
    assert MANIFEST["settings"]["event_subscriptions"]["bot_events"] == [
        event.subscription for event in REGISTRY.events
    ]
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == [
        "app_mentions:read",
        "channels:read",
        "chat:write",
        "commands",
        "groups:read",
        "im:history",
        "im:write",
    ]


def test_messages_tab_is_open_for_questions() -> None:
    app_home = MANIFEST["features"]["app_home"]
    assert (app_home["messages_tab_enabled"], app_home["messages_tab_read_only_enabled"]) == (True, False)


@pytest.mark.parametrize("title", ["Short", "A guideline with a very long title, " * 10])
def test_description_fits_whatever_the_guideline_is_called(title: str) -> None:
    read_manifest(build_manifest(REGISTRY, title))
