from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, SlackSettings, read

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret"}
NAMES = [name.upper() for name in SlackSettings.model_fields]


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def set_all(monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def test_nothing_has_to_be_set_without_slack() -> None:
    assert read(Settings).database == Path("guideline-bot.sqlite3")
    assert str(read(Settings).time_zone) == "America/Winnipeg"


def test_settings_are_read_from_the_file_beside_the_bot(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE=there.sqlite3\nLOG_LEVEL=DEBUG\nSOMETHING_ELSE=1\n", encoding="utf-8")
    assert read(Settings).database == Path("there.sqlite3")


@pytest.mark.parametrize("written", ["U012AB3CD,W9", " U012AB3CD , W9,", "U012AB3CD W9"])
def test_supervisors_are_user_ids_separated_by_commas(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, SUPERVISORS=written)
    assert read(Settings).supervisors == {"U012AB3CD", "W9"}


def test_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("DATABASE=there.sqlite3\n", encoding="utf-8")
    set_all(monkeypatch, DATABASE="here.sqlite3")
    assert read(Settings).database == Path("here.sqlite3")


def test_address_of_slack_ends_in_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, **TOKENS, SLACK_API_URL="http://127.0.0.1:9/api")
    assert str(read(SlackSettings).slack_api_url) == "http://127.0.0.1:9/api/"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN is missing"),
        ({}, "SLACK_BOT_TOKEN is missing; SLACK_APP_TOKEN is missing"),
        (TOKENS | {"SLACK_BOT_TOKEN": "xapp-1-secret"}, "SLACK_BOT_TOKEN is no token that begins with xoxb-"),
        (TOKENS | {"SLACK_APP_TOKEN": "xapp secret"}, "SLACK_APP_TOKEN is no token that begins with xapp-"),
        (TOKENS | {"SLACK_API_URL": "slack"}, "SLACK_API_URL"),
        (TOKENS | {"TIME_ZONE": "Winnipeg"}, "TIME_ZONE is no time zone"),
        (TOKENS | {"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        (TOKENS | {"SUPERVISORS": "U012AB3CD, @marc"}, "SUPERVISORS holds '@marc', which is no Slack user id"),
    ],
)
def test_wrong_setting_is_named_in_one_line_without_its_token(
    environment: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_all(monkeypatch, **environment)
    with pytest.raises(SettingsError) as refused:
        read(SlackSettings)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_settings_do_not_print_their_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, **TOKENS)
    assert "secret" not in f"{read(SlackSettings)!r} {read(SlackSettings)}"


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"\.env"):
        read(Settings)
