"""The bot as a process: opened piece by piece, connected, and stopped cleanly by Ctrl+C or SIGTERM."""

import ipaddress
import logging
import signal
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode import SocketModeClient

from bot.app import build_app
from bot.delivery.telling import Telling
from bot.listeners import REGISTRY
from bot.local.workspace import LocalWorkspace, without_proxies
from bot.manifest import build_manifest
from bot.settings import Settings, SlackSettings
from bot.work import Work, build_work
from conversations.asking import Answerer, Asking
from conversations.sqlite_store import SQLiteStore
from guideline_content.pathway import Pathway

SUPERVISOR = "Supervisor"
LOG = logging.getLogger(__name__)


class NotConnectedError(Exception):
    """Slack cannot be reached or does not take a token; its text is one line."""


def run(settings: SlackSettings, answerer: Answerer, pathway: Pathway | None, say: Callable[[str], None]) -> None:
    """Serve a Slack workspace until the process is told to stop."""
    with ExitStack() as running:
        running.enter_context(without_proxies() if _is_loopback(str(settings.slack_api_url)) else nullcontext())
        stop = running.enter_context(_stop_signals())
        client = WebClient(settings.slack_bot_token.get_secret_value(), base_url=str(settings.slack_api_url))
        where = _workspace_of(client)
        store = running.enter_context(SQLiteStore(settings.database))
        supervisors = settings.supervisors
        work = running.enter_context(working(store, pathway, client, supervisors=supervisors, zone=settings.time_zone))
        asking = Asking(answerer, store)
        app = running.enter_context(serving(build_app(asking, client, work)))
        running.enter_context(connected(app, settings.slack_app_token.get_secret_value()))
        running.enter_context(Telling(client, asking, pathway).running())
        say(f"Connected to {where}. Ctrl+C stops.")
        stop.wait()


def run_local(
    settings: Settings,
    answerer: Answerer,
    pathway: Pathway | None,
    *,
    port: int,
    database: Path,
    say: Callable[[str], None],
) -> None:
    """Serve a local workspace in the browser until the process is told to stop. The workspace forgets, the bot not.

    Its supervisors decide on letters, whatever the settings say: those are people of another workspace.
    """
    with ExitStack() as running:
        stop = running.enter_context(_stop_signals())
        manifest = build_manifest(REGISTRY, answerer.guideline.title)
        workspace = running.enter_context(LocalWorkspace(manifest, port=port))
        store = running.enter_context(SQLiteStore(database))
        client = WebClient(workspace.bot_token, base_url=workspace.api_url)
        store.delivery.unpost_all()
        supervisors = [person.id for person in workspace.people if person.title == SUPERVISOR]
        work = running.enter_context(working(store, pathway, client, supervisors=supervisors, zone=settings.time_zone))
        asking = Asking(answerer, store)
        app = running.enter_context(serving(build_app(asking, client, work)))
        running.enter_context(connected(app, workspace.app_token))
        workspace.wait_until_connected()
        running.enter_context(Telling(client, asking, pathway).running())
        say(f"The local workspace is at {workspace.url} - the bot keeps its state in {database}. Ctrl+C stops.")
        stop.wait()


@contextmanager
def connected(app: App, app_token: str) -> Iterator[None]:
    """The app on Socket Mode, for as long as the block lasts."""
    handler = SocketModeHandler(app, app_token)
    try:
        with _refusals_of("SLACK_APP_TOKEN", app.client):
            handler.client.wss_uri = app.client.apps_connections_open(app_token=app_token)["url"]
            handler.client.connect()
        if not handler.client.is_connected():
            raise NotConnectedError("Slack opens no socket to this machine: a firewall or proxy may be in the way.")
        yield
    finally:
        _close(handler.client)


def _close(client: SocketModeClient) -> None:
    """Close it now: by itself it would first wait up to a second for one more message."""
    client.closed = True
    client.message_queue.put(None)
    client.close()


@contextmanager
def serving(app: App) -> Iterator[App]:
    """Let the listeners that are at work finish."""
    try:
        yield app
    finally:
        app.listener_runner.listener_executor.shutdown()


@contextmanager
def working(
    store: SQLiteStore, pathway: Pathway | None, client: WebClient, *, supervisors: Collection[str], zone: ZoneInfo
) -> Iterator[Work | None]:
    """Working on cases, if the guideline has what they are worked by, and delivery of their messages."""
    if pathway is None:
        yield None
        return
    work = build_work(store, pathway, client, supervisors=supervisors, zone=zone)
    with work.delivery.running():
        yield work


def _workspace_of(client: WebClient) -> str:
    with _refusals_of("SLACK_BOT_TOKEN", client):
        identity = client.auth_test()
    return f"{identity['team']} as @{identity['user']}"


@contextmanager
def _refusals_of(token: str, client: WebClient) -> Iterator[None]:
    """Say in one line which token Slack does not take, or that it cannot be reached."""
    try:
        yield
    except SlackApiError as error:
        raise NotConnectedError(f"Slack does not take {token}: {error.response['error']}.") from None
    except (SlackClientError, OSError) as error:
        raise NotConnectedError(f"No answer from Slack at {client.base_url}: {error}.") from None


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    """An event that Ctrl+C and SIGTERM set; a second one ends the process at once."""
    stop = threading.Event()
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(kind) for kind in kinds]

    def stop_once(kind: int, _: object) -> None:
        stop.set()
        signal.signal(kind, signal.SIG_DFL)

    for kind in kinds:
        signal.signal(kind, stop_once)
    try:
        yield stop
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
