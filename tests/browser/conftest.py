"""A real browser before the local workspace. Where there is none, the tests say what to install and are skipped."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from slack_bolt import App
from slack_sdk import WebClient

from bot.local.workspace import LocalWorkspace
from bot.running import connected, serving
from tests.bot.conftest import answerer, clinic, open_clinic  # noqa: F401 - fixtures
from tests.browser.demo_app import MANIFEST, listen
from tests.browser.desks import DESKTOP, Desk

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
def heard() -> list:
    """What the app was told, in order."""
    return []


@pytest.fixture
def workspace(heard: list) -> Iterator[LocalWorkspace]:
    """With the small app in it."""
    with LocalWorkspace(MANIFEST, ack_timeout=1.0) as workspace:
        app = App(client=WebClient(workspace.bot_token, base_url=workspace.api_url))
        listen(app, heard)
        with serving(app), connected(app, workspace.app_token):
            workspace.wait_until_connected()
            yield workspace
            workspace.quiet()


@pytest.fixture
def sit_down(browser: Browser, workspace: LocalWorkspace) -> Iterator[Callable[..., Desk]]:
    """Gives a person a browser of their own; at the end nobody's console may have complained."""
    desks: list[Desk] = []

    def sit_down(name: str, device: dict = DESKTOP) -> Desk:
        desks.append(Desk(browser, workspace, name, device))
        return desks[-1]

    yield sit_down
    for desk in desks:
        desk.close()
    assert [complaint for desk in desks for complaint in desk.complaints] == []


@pytest.fixture
def snap(request: pytest.FixtureRequest):
    """Saves what a page shows under `screenshots/`, by the name of the test."""

    def snap(page: Page, what: str = "") -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", f"{request.node.name.removeprefix('test_')} {what}").strip("-")
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return snap
