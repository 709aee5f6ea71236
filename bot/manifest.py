"""The app manifest, made from what the bot registers."""

from typing import Any

from bot.registry import Registry
from bot.views.blocks import shortened

DESCRIPTION = 140


def build_manifest(registry: Registry, guideline_title: str) -> dict[str, Any]:
    """The manifest of an app that runs this bot by Socket Mode, as Slack takes it when an app is created."""
    return {
        "display_information": {
            "name": "Guideline",
            "description": shortened(f"What the guideline {guideline_title} says, with its clauses", DESCRIPTION),
            "background_color": "#1f4e5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Guideline", "always_online": True},
            "slash_commands": [
                {
                    "command": command.name,
                    "description": command.description,
                    "usage_hint": command.usage_hint,
                    "should_escape": True,
                }
                for command in registry.commands
            ],
        },
        "oauth_config": {"scopes": {"bot": list(registry.scopes)}},
        "settings": {
            "event_subscriptions": {"bot_events": [event.subscription for event in registry.events]},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }
