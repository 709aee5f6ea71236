"""The bot is killed between an acknowledgement and delivery, and started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.local.faults import ServerError
from bot.local.workspace import LocalWorkspace
from conversations.sqlite_store import SQLiteStore
from tests.cases_in_slack.people import NORTH, Team, everything, surface_name

ROOT = Path(__file__).parents[2]
RUN = [sys.executable, "-c", "from bot.cli import main; main(['run'])"]

AFTER_THE_LEASE = 60.0
"""Seconds. What the killed process was about to do is left alone until its lease ends."""

Bot = subprocess.Popen[str]


@pytest.fixture
def start(workspace: LocalWorkspace, tmp_path: Path) -> Iterator[Callable[[], Bot]]:
    """Starts the bot as a process of its own, on the same file each time."""
    settings = {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE": str(tmp_path / "bot.sqlite3"),
        "SUPERVISORS": workspace.person("Marc Desrosiers").id,
        "PYTHONPATH": str(ROOT),
    }
    with ExitStack() as running:

        def started() -> Bot:
            bot = subprocess.Popen(RUN, env={**os.environ, **settings}, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
            running.callback(stop, bot)
            assert bot.stdout
            assert "Connected" in bot.stdout.readline()
            workspace.wait_until_connected()
            return bot

        yield started


def stop(bot: Bot) -> None:
    if bot.poll() is None:
        bot.send_signal(signal.SIGTERM)
    assert bot.wait(timeout=30) in (0, -signal.SIGKILL)


def test_nothing_acknowledged_is_lost(workspace: LocalWorkspace, start: Callable[[], Bot], tmp_path: Path) -> None:
    bot = start()
    with SQLiteStore(tmp_path / "bot.sqlite3") as store:
        team = Team(workspace, store)
        code = team.open_case()
        checklist = team.surface(team.rosa, code, "checklist-reconciliation")

        workspace.faults.add("chat.update", *[ServerError(503)] * 100)
        workspace.faults.add("chat.postMessage", *[ServerError(503)] * 100)
        assert team.anneliese.click(checklist, "Mark as done: Work together on the problem") is None
        assert team.log_consultation(code, "team") == {}
        bot.kill()
        bot.wait(timeout=30)
        workspace.faults.clear()

        start()
        for name, shown in (("checklist-reconciliation", "Done by"), ("consultation-1", "Team"), ("card", "1 logged")):
            team.surface(team.rosa, code, name, shown, timeout=AFTER_THE_LEASE)
        names = [surface_name(one) for one in everything(team.rosa, NORTH)]
        assert names == ["card", "checklist-reconciliation", "consultation-1"]
        assert store.cases.verify(code) == ()
