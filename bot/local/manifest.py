"""The app manifest, with Slack's limits. The workspace grants what it names and nothing else."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.local.errors import InvalidManifest

# Events the workspace knows how to send, each with the scope Slack wants for the subscription.
EVENT_SCOPES = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "member_joined_channel": "groups:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}


class Part(BaseModel):
    """A part of the manifest: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DisplayInformation(Part):
    """How the app presents itself."""

    name: str = Field(min_length=1, max_length=35)
    description: str = Field("", max_length=140)
    long_description: str | None = Field(None, min_length=174, max_length=4000)
    background_color: str | None = Field(None, pattern=r"^#[0-9a-fA-F]{3,6}$")


class BotUser(Part):
    """The bot among the members."""

    display_name: str = Field(min_length=1, max_length=80)
    always_online: bool = False


class AppHome(Part):
    """The tabs people see when they open the app."""

    home_tab_enabled: bool = False
    messages_tab_enabled: bool = True
    messages_tab_read_only_enabled: bool = True


class SlashCommand(Part):
    """A command people can type."""

    command: str = Field(pattern=r"^/\S+$", max_length=32)
    description: str = Field(min_length=1, max_length=2000)
    usage_hint: str | None = Field(None, max_length=1000)
    should_escape: bool = False
    url: str | None = None


class Features(Part):
    """What people can do with the app."""

    bot_user: BotUser
    app_home: AppHome = AppHome()
    slash_commands: list[SlashCommand] = Field(default_factory=list, max_length=50)


class Scopes(Part):
    """What the app may do."""

    bot: list[str] = Field(min_length=1)
    bot_optional: list[str] = []


class OAuthConfig(Part):
    """Permissions."""

    scopes: Scopes
    redirect_urls: list[str] = []


class EventSubscriptions(Part):
    """What the app hears of."""

    bot_events: list[str] = []
    request_url: str | None = None


class Interactivity(Part):
    """Whether clicks and submissions reach the app."""

    is_enabled: bool
    request_url: str | None = None
    message_menu_options_url: str | None = None


class Settings(Part):
    """How the app is reached."""

    event_subscriptions: EventSubscriptions = EventSubscriptions()
    interactivity: Interactivity = Interactivity(is_enabled=False)
    org_deploy_enabled: bool = False
    socket_mode_enabled: bool = False
    token_rotation_enabled: bool = False
    is_hosted: bool = False


class Metadata(Part):
    """The version of the schema."""

    major_version: int = 1
    minor_version: int = 1


class Manifest(Part):
    """An app manifest as far as the workspace understands it."""

    metadata: Metadata = Field(default=Metadata(), alias="_metadata")
    display_information: DisplayInformation
    features: Features
    oauth_config: OAuthConfig
    settings: Settings

    @property
    def scopes(self) -> tuple[str, ...]:
        """The bot's scopes, as granted when a person installs the app and leaves every optional scope ticked."""
        return tuple(dict.fromkeys((*self.oauth_config.scopes.bot, *self.oauth_config.scopes.bot_optional)))

    @property
    def events(self) -> tuple[str, ...]:
        """The events the bot is told of."""
        return tuple(self.settings.event_subscriptions.bot_events)

    def command(self, name: str) -> SlashCommand | None:
        """The declared command with this name."""
        return next((c for c in self.features.slash_commands if c.command == name), None)


def read_manifest(manifest: dict[str, Any]) -> Manifest:
    """The manifest, or InvalidManifest naming what Slack, or a workspace that only speaks Socket Mode, would refuse."""
    try:
        read = Manifest.model_validate(manifest)
    except ValidationError as invalid:
        problem = invalid.errors()[0]
        raise InvalidManifest(f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}") from invalid
    _check(read)
    return read


def _check(manifest: Manifest) -> None:
    if not manifest.settings.socket_mode_enabled:
        raise InvalidManifest("settings.socket_mode_enabled: must be true, the workspace speaks Socket Mode only")
    names = [command.command for command in manifest.features.slash_commands]
    if len(set(names)) < len(names):
        raise InvalidManifest("features.slash_commands: each command can be declared once")
    if names and "commands" not in manifest.scopes:
        raise InvalidManifest("oauth_config.scopes.bot: slash commands need the scope commands")
    for event in manifest.events:
        if event not in EVENT_SCOPES:
            raise InvalidManifest(f"settings.event_subscriptions.bot_events: {event} is not known here")
        needed = EVENT_SCOPES[event]
        if needed and needed not in manifest.scopes:
            raise InvalidManifest(f"settings.event_subscriptions.bot_events: {event} needs the scope {needed}")
