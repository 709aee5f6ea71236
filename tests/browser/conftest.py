"""A real browser before the local workspace. Where there is none, the tests say what to install and are skipped."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from demo import MANIFEST, listen
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.local.workspace import LocalWorkspace

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = "No Chromium here: apt-get install chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 740}
SCREENSHOTS = Path(__file__).parents[2] / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. With CI=true its absence is a failure: there the tests are meant to run."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    if found is None:
        pytest.skip(MISSING)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def workspace() -> Iterator[LocalWorkspace]:
    with LocalWorkspace(MANIFEST, ack_timeout=1.0) as workspace:
        app = App(client=WebClient(workspace.bot_token, base_url=workspace.api_url))
        listen(app)
        handler = SocketModeHandler(app, workspace.app_token)
        handler.connect()
        workspace.wait_until_connected()
        yield workspace
        workspace.quiet()
        handler.client.closed = True
        handler.client.message_queue.put(None)
        handler.close()


class Desk:
    """Somebody before a browser of their own. What the page's console complains of is kept in `complaints`."""

    def __init__(self, context: BrowserContext, workspace: LocalWorkspace, name: str) -> None:
        self.person = workspace.person(name)
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._url = workspace.url

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "status of 409" not in text:
            self.complaints.append(text)

    def go(self, place: str = "") -> Page:
        """Open a place by the name of a channel, `home`, or the direct message."""
        channels = {channel.name: channel.id for channel in self.person.conversations()}
        where = channels.get(place, place) or self.person.direct_message.id
        self.page.goto(f"{self._url}as/{self.person.id}/{where}")
        return self.page


@pytest.fixture
def sit_down(browser: Browser, workspace: LocalWorkspace) -> Iterator:
    """Gives a person a browser of their own; at the end nobody's console may have complained."""
    desks: list[Desk] = []

    def sit_down(name: str, viewport: dict = DESKTOP, **options) -> Desk:
        context = browser.new_context(viewport=viewport, **options)
        context.set_default_timeout(10_000)
        desks.append(Desk(context, workspace, name))
        return desks[-1]

    yield sit_down
    for desk in desks:
        desk.page.context.close()
    assert [complaint for desk in desks for complaint in desk.complaints] == []


@pytest.fixture
def snap(request: pytest.FixtureRequest):
    """Saves what a page shows under `screenshots/`, by the name of the test."""

    def snap(page: Page, what: str = "") -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", f"{request.node.name.removeprefix('test_')} {what}").strip("-")
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return snap
