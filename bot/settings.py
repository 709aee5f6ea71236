"""Settings, from the environment and a `.env` file in the working directory."""

import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

SLACK_API = "https://slack.com/api/"


class SettingsError(Exception):
    """A setting is missing or malformed: its text is one line that names each, and never holds a token."""


def _token(prefix: str, where: str) -> AfterValidator:
    def check(token: SecretStr) -> SecretStr:
        if not re.fullmatch(rf"{prefix}-[A-Za-z0-9-]+", token.get_secret_value()):
            raise ValueError(f"is no token that begins with {prefix}- ({where})")
        return token

    return AfterValidator(check)


def _zone(name: object) -> object:
    try:
        return ZoneInfo(name) if isinstance(name, str) else name
    except (KeyError, ValueError, OSError):
        raise ValueError("is no time zone name such as America/Winnipeg") from None


def _people(ids: object) -> object:
    found = frozenset(re.split(r"[\s,]+", ids.strip())) - {""} if isinstance(ids, str) else ids
    wrong = (
        sorted(one for one in found if not re.fullmatch(r"[UW][A-Z0-9]+", one)) if isinstance(found, frozenset) else []
    )
    if wrong:
        raise ValueError(f"holds {wrong[0]!r}, which is no Slack user id: they begin with U, as in U012AB3CD")
    return found


def _with_slash(url: HttpUrl) -> HttpUrl:
    return url if str(url).endswith("/") else HttpUrl(f"{url}/")


class Settings(BaseSettings):
    """What every command needs to know; nothing here has to be set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    guideline_folder: Path | None = Field(None, description="folder of the guideline to serve; else the built-in one")
    database: Path = Field(Path("guideline-bot.sqlite3"), description="SQLite file that `run` keeps its state in")
    time_zone: Annotated[ZoneInfo, BeforeValidator(_zone)] = Field(
        ZoneInfo("America/Winnipeg"), description="time zone of the times people see, those in the log included"
    )
    supervisors: Annotated[frozenset[str], NoDecode, BeforeValidator(_people)] = Field(
        frozenset(), description="Slack user ids (U...) of those who may approve a letter, separated by commas"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much goes to the log")


class SlackSettings(Settings):
    """What it takes to connect to a Slack workspace."""

    slack_bot_token: Annotated[SecretStr, _token("xoxb", "OAuth & Permissions in the app's settings")] = Field(
        description="the app's bot token (xoxb-)"
    )
    slack_app_token: Annotated[SecretStr, _token("xapp", "Basic Information, App-Level Tokens")] = Field(
        description="the app's token for Socket Mode (xapp-)"
    )
    slack_api_url: Annotated[HttpUrl, AfterValidator(_with_slash)] = Field(
        HttpUrl(SLACK_API), description="Web API of Slack, or of another server that speaks it"
    )


S = TypeVar("S", bound=Settings)


def read(kind: type[S]) -> S:
    """The settings; raises SettingsError."""
    try:
        return kind()
    except ValidationError as error:
        problems = "; ".join(_problem(str(one["loc"][0]).upper(), one["type"], one["msg"]) for one in error.errors())
        raise SettingsError(f"{problems}. Set it in the environment or in .env (see .env.example).") from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError("The file .env cannot be read as text.") from None


def _problem(name: str, kind: str, message: str) -> str:
    if kind == "missing":
        return f"{name} is missing"
    if kind == "value_error":
        return f"{name} {message.removeprefix('Value error, ')}"
    return f"{name}: {message}"
