"""People who work on cases in a local workspace, over real Socket Mode, with the store on a real SQLite file."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from slack_sdk import WebClient

from bot.app import build_app
from bot.listeners import REGISTRY
from bot.local.workspace import LocalWorkspace
from bot.manifest import build_manifest
from bot.running import connected, serving
from bot.work import Work, build_work
from conversations.asking import Asking
from conversations.sqlite_store import SQLiteStore
from guideline_content.engine import Answerer, open_answerer
from guideline_content.loading import BUILT_IN
from guideline_content.pathway import Pathway
from guideline_content.pathway_loading import load_pathway
from tests.cases_in_slack.people import Team

WINNIPEG = ZoneInfo("America/Winnipeg")
SOON = timedelta(milliseconds=50)


@dataclass
class Clock:
    """The time of what people do, as the test wants it. Delivery waits by the real one."""

    now: datetime = field(default=datetime(2026, 3, 2, 15, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, step: timedelta) -> None:
        self.now += step


@dataclass(frozen=True)
class Clinic(Team):
    """The workspace with the bot in it, and what the bot keeps."""

    workspace: LocalWorkspace
    store: SQLiteStore
    work: Work
    clock: Clock

    def settle(self) -> None:
        """Until delivery has done what it can."""
        assert self.work.delivery.settle(timeout=15)


OpenClinic = Callable[..., AbstractContextManager[Clinic]]


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    return open_answerer()


@pytest.fixture(scope="session")
def pathway(answerer: Answerer) -> Pathway:
    return load_pathway(BUILT_IN, answerer.guideline)


@pytest.fixture
def workspace(answerer: Answerer) -> Iterator[LocalWorkspace]:
    with LocalWorkspace(build_manifest(REGISTRY, answerer.guideline.title)) as workspace:
        yield workspace


@pytest.fixture
def open_clinic(workspace: LocalWorkspace, answerer: Answerer, pathway: Pathway, tmp_path: Path) -> OpenClinic:
    """Starts the bot in the workspace; what it kept when it last ran in this test is still there."""

    @contextmanager
    def opened(
        supervisors: tuple[str, ...] = ("Marc Desrosiers", "Oksana Kowalchuk"), patience: timedelta = SOON
    ) -> Iterator[Clinic]:
        clock = Clock()
        with SQLiteStore(tmp_path / "bot.sqlite3") as store:
            client = WebClient(workspace.bot_token, base_url=workspace.api_url)
            named = [workspace.person(name).id for name in supervisors]
            work = build_work(
                store, pathway, client, supervisors=named, zone=WINNIPEG, patience=patience, call_seconds=1
            )
            app = build_app(Asking(answerer, store), client, work, clock=clock)
            with work.delivery.running(), serving(app), connected(app, workspace.app_token):
                workspace.wait_until_connected()
                yield Clinic(workspace, store, work, clock)

    return opened


@pytest.fixture
def clinic(open_clinic: OpenClinic, caplog: pytest.LogCaptureFixture) -> Iterator[Clinic]:
    """Slack refuses nothing here, and nothing goes wrong unnoticed."""
    with open_clinic() as clinic:
        yield clinic
        assert clinic.workspace.refusals == ()
    assert [
        one.getMessage()
        for one in caplog.get_records("call")
        if one.levelname == "ERROR" and one.name.startswith("bot")
    ] == []
