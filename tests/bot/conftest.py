"""The real bot in a local workspace, over real Socket Mode, on a real SQLite file; and its commands as processes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.app import build_app
from bot.delivery.patience import Patience
from bot.delivery.telling import Telling
from bot.listeners import REGISTRY
from bot.local.person import Person
from bot.local.workspace import LocalWorkspace
from bot.manifest import build_manifest
from bot.registry import Registry
from bot.running import connected, serving
from bot.settings import SlackSettings
from conversations.asking import Answerer, Asking
from conversations.sqlite_store import SQLiteStore
from guideline_content import engine
from guideline_content.answers import Answer, Match, Outcome
from guideline_content.models import Guideline

PROGRAM = [str(Path(sys.executable).with_name("guideline-bot"))]
FEE = "what does the letter cost?"
SOON = timedelta(milliseconds=20)
OUTCOMES = {
    Outcome.UNSURE: ("letter.registered", "letter-contents"),
    Outcome.SILENT: ("silence.who-signs", "letter.registered"),
    Outcome.NOT_COVERED: (),
    Outcome.ANSWERED: ("letter.registered",),
}


@dataclass
class Clock:
    """The time, as the test wants it."""

    now: datetime = field(default=datetime(2026, 3, 2, 15, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, step: timedelta) -> None:
        self.now += step


@dataclass(frozen=True)
class Clinic:
    """The workspace with the bot in it, and what the bot keeps."""

    workspace: LocalWorkspace
    store: SQLiteStore
    clock: Clock
    guideline: Guideline

    @property
    def physician(self) -> Person:
        return self.workspace.person("Physician")

    @property
    def nurse_practitioner(self) -> Person:
        return self.workspace.person("Nurse practitioner")

    @property
    def nurse(self) -> Person:
        return self.workspace.person("Nurse")


OpenClinic = Callable[..., AbstractContextManager[Clinic]]


@pytest.fixture(scope="session")
def answerer() -> engine.Answerer:
    return engine.open_answerer()


@pytest.fixture
def open_clinic(answerer: engine.Answerer, tmp_path: Path) -> OpenClinic:
    """Opens the clinic; what the bot kept when it was last open in this test is still there."""

    @contextmanager
    def opened(answerer: Answerer = answerer, registry: Registry = REGISTRY) -> Iterator[Clinic]:
        clock = Clock()
        manifest = build_manifest(REGISTRY, answerer.guideline.title)
        with LocalWorkspace(manifest) as workspace, SQLiteStore(tmp_path / "bot.sqlite3") as store:
            client = WebClient(workspace.bot_token, base_url=workspace.api_url)
            app = build_app(Asking(answerer, store), client, clock=clock, registry=registry)
            with serving(app), connected(app, workspace.app_token):
                workspace.wait_until_connected()
                yield Clinic(workspace, store, clock, answerer.guideline)
            assert workspace.refusals == ()

    return opened


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Iterator[Clinic]:
    with open_clinic() as clinic:
        yield clinic


@dataclass
class Content:
    """An answerer with other content: to each question it knows, this outcome and these entries."""

    guideline: Guideline
    known: dict[str, tuple[Outcome, tuple[str, ...]]]
    topics: list[tuple[str, ...]] = field(default_factory=list)

    def answer(
        self, question: str, role: str | None = None, topic: tuple[str, ...] = (), *, settled: bool = True
    ) -> Answer:
        self.topics.append(topic)
        outcome, ids = self.known.get(question, (Outcome.NOT_COVERED, ()))
        matches = tuple(Match(self.guideline.entries[id], 0.9) for id in ids)
        return Answer(question, outcome, matches, 0.9, role)


@dataclass(frozen=True)
class Bot(Clinic):
    """The bot as it runs, and what it has to tell when it starts."""

    asking: Asking

    def telling(self) -> Telling:
        client = WebClient(self.workspace.bot_token, base_url=self.workspace.api_url)
        return Telling(client, self.asking, None, clock=self.clock, patience=Patience(SOON), call_seconds=1)


Start = Callable[..., AbstractContextManager[Bot]]


@pytest.fixture
def workspace(answerer: engine.Answerer) -> Iterator[LocalWorkspace]:
    with LocalWorkspace(build_manifest(REGISTRY, answerer.guideline.title)) as workspace:
        yield workspace


@pytest.fixture
def start(workspace: LocalWorkspace, answerer: engine.Answerer, tmp_path: Path) -> Start:
    """Starts the bot with some content; the workspace, the time and what the bot kept go on."""
    clock = Clock()

    @contextmanager
    def started(
        outcome: Outcome = Outcome.NOT_COVERED, ids: tuple[str, ...] | None = None, content: Answerer | None = None
    ) -> Iterator[Bot]:
        shown = OUTCOMES[outcome] if ids is None else ids
        knowing = content or Content(answerer.guideline, {FEE: (outcome, shown)})
        with SQLiteStore(tmp_path / "bot.sqlite3") as store:
            asking = Asking(knowing, store)
            client = WebClient(workspace.bot_token, base_url=workspace.api_url)
            app = build_app(asking, client, clock=clock)
            with serving(app), connected(app, workspace.app_token):
                workspace.wait_until_connected()
                yield Bot(workspace, store, clock, answerer.guideline, asking)

    return started


@pytest.fixture
def environment() -> dict[str, str]:
    """Without any of our settings."""
    ours = {name.upper() for name in SlackSettings.model_fields}
    return {name: value for name, value in os.environ.items() if name not in ours} | {"PYTHONUNBUFFERED": "1"}


@pytest.fixture
def guideline_bot(tmp_path: Path, environment: dict[str, str]) -> Any:
    """Runs a command to its end, in an empty folder."""

    def run(*arguments: str, given: str | bytes = "", **settings: str) -> subprocess.CompletedProcess[str]:
        given = given.encode() if isinstance(given, str) else given
        done = subprocess.run(
            [*PROGRAM, *arguments],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env=environment | settings,
            timeout=60,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What a refused command says: one line on standard error, and nothing else happened."""
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    return done.stderr
