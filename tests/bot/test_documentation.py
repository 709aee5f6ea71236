"""What README.md and .env.example promise is there, and what is there they mention."""

import re
import subprocess
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.listeners import REGISTRY
from bot.settings import SlackSettings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SETTINGS = [name.upper() for name in SlackSettings.model_fields]
OPTIONS = [
    (name, option)
    for name, command in main.commands.items()
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for option in parameter.opts
]


def table_rows(first_cell: str) -> list[str]:
    return [line for line in README.splitlines() if line.startswith(f"| `{first_cell}")]


@pytest.mark.parametrize("command", main.commands)
def test_command_is_in_the_readme(command: str) -> None:
    assert len(table_rows(f"guideline-bot {command}")) == 1


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_option_is_in_the_readme(command: str, option: str) -> None:
    assert f"`{option}`" in table_rows(f"guideline-bot {command}")[0]


def test_readme_names_no_command_that_is_not_there() -> None:
    named = {line.split("`")[1].split()[1] for line in README.splitlines() if line.startswith("| `guideline-bot ")}
    assert named == set(main.commands)


@pytest.mark.parametrize("setting", SETTINGS)
def test_setting_is_in_the_readme_and_the_example(setting: str) -> None:
    assert len(table_rows(f"{setting}`")) == 1
    assert re.search(rf"^(# )?{setting}=", ENV_EXAMPLE, re.MULTILINE)


def test_example_has_no_setting_that_is_not_there() -> None:
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", ENV_EXAMPLE, re.MULTILINE)) == set(SETTINGS)


def test_defaults_in_the_readme_are_those_of_the_code() -> None:
    for name, field in SlackSettings.model_fields.items():
        if not field.is_required() and field.default:
            assert f"| `{name.upper()}` | `{field.default}` |" in README


def test_readme_names_every_scope_and_command_of_slack() -> None:
    for name in (*REGISTRY.scopes, *(command.name for command in REGISTRY.commands)):
        assert f"`{name}" in README


def test_a_bot_in_slack_takes_ten_steps_at_most() -> None:
    steps = README.partition("## In your own Slack workspace")[2].partition("\n## ")[0]
    assert 1 <= len(re.findall(r"^\d+\. ", steps, re.MULTILINE)) <= 10


def test_newcomer_has_two_command_lines_and_ci_runs_the_second() -> None:
    lines = re.findall(r"^    (python3 -m venv .+)$", README, re.MULTILINE)
    assert [line.rpartition("/")[2] for line in lines] == ["guideline-bot local", "pytest -n auto"]
    pattern = re.search(r"grep -xE '(.+)' README.md", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert pattern
    assert [line for line in README.splitlines() if re.fullmatch(pattern[1], line)] == [f"    {lines[1]}"]


def test_ci_script_is_valid_bash() -> None:
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)
