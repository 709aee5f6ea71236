"""A Slack workspace on this machine: the bot connects to it as to Slack, people use it by page or from tests.

    with LocalWorkspace(manifest) as workspace:
        client = WebClient(workspace.bot_token, base_url=workspace.api_url)
        handler = SocketModeHandler(App(client=client), workspace.app_token)
        handler.connect()
        workspace.wait_until_connected()

        rosa = workspace.person("Rosa Reyes")
        rosa.say(rosa.direct_message, "who signs the letter?")
        answer = rosa.wait_for_message("does not say")
        rosa.click(answer, "No")
        form = rosa.wait_for_modal("What were you looking for?")
        rosa.fill("In a few words", "the name of the signatory")
        assert rosa.submit() == {}

        rosa.command("primary-care", "/guideline", "who signs the letter?")
        asked = rosa.mention("primary-care", "who signs the letter?")
        rosa.wait_for(lambda: rosa.messages("primary-care", asked.ts)[1:])
        assert "Browse" in rosa.open_home().labels
        workspace.quiet()
        handler.close()

Nothing is kept over a restart. While it is open, this process uses no proxy: slack_sdk takes one from the environment
and knows no exceptions for loopback.
"""

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from typing import Any, Self

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.local import page
from bot.local.administration import Administration
from bot.local.errors import Refusal
from bot.local.faults import Faults
from bot.local.manifest import Manifest, read_manifest
from bot.local.onlooker import TIMEOUT
from bot.local.people import PEOPLE, Channel, Profile, channels
from bot.local.person import Person
from bot.local.server import LoopThread, Server
from bot.local.slack import Slack
from bot.local.socket_mode import Envelope
from bot.local.state import Clock, State
from bot.local.web_api import WebApi

_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


def _now() -> datetime:
    return datetime.now(UTC)


class LocalWorkspace:
    """The stand-in for Slack. Open it with `with`; every method may be called from any thread.

    `manifest`: the app's, as a dict in Slack's schema; the workspace sends only events it subscribes to, knows only
    commands it declares, and grants only its scopes. InvalidManifest names what Slack would not take.
    `port`: 0 takes a free one; PortInUse when it is taken.
    `clock`: timestamps, trigger ids and response URLs go by it.
    `ack_timeout`: seconds to wait for an acknowledgement. `retry_after`: seconds before an unacknowledged event
    is sent again, once for each number.
    """

    def __init__(
        self,
        manifest: dict[str, Any],
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        people: tuple[Profile, ...] = PEOPLE,
        clock: Clock = _now,
        ack_timeout: float = 3.0,
        retry_after: Sequence[float] = (0, 60, 300),
    ) -> None:
        state = State(people, channels(people), clock)
        self.slack = Slack(read_manifest(manifest), state, ack_timeout=ack_timeout, retry_after=retry_after)
        self._address = (host, port)
        self._persons = tuple(Person(self.slack, profile) for profile in people)
        self._open = ExitStack()
        self._thread: LoopThread | None = None
        self._server: Server | None = None
        self._waiting: set[asyncio.Event] = set()
        self._closing = False

    # opening and closing

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            opening.enter_context(without_proxies())
            self._thread = opening.enter_context(closing(LoopThread()))
            opening.enter_context(self.slack.running_on(self._thread.loop, self._wake))
            self._listen()
            opening.callback(self._hang_up)
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing = True
        self.slack.state.touch()
        self._open.close()

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Refuse every connection for a while, as when the network is down; nothing in the workspace is lost."""
        self._hang_up()
        try:
            yield
        finally:
            self._listen()

    def _listen(self) -> None:
        only_here = Middleware(TrustedHostMiddleware, allowed_hosts=[self._address[0], "localhost"])
        app = Starlette(routes=self.routes, middleware=[only_here])
        self._server = Server(app, self._loop_thread, *self._address)
        self._address = (self._address[0], self._server.port)
        self.slack.url = self.url

    @property
    def _loop_thread(self) -> LoopThread:
        if self._thread is None:
            raise RuntimeError("The workspace is not open: use it in a with statement")
        return self._thread

    def _hang_up(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    @property
    def routes(self) -> list[BaseRoute]:
        """What is served: the Web API, response URLs, the bot's sockets, and the page."""
        api = WebApi(self.slack)
        return [
            Route("/api/{method}", api.method, methods=["GET", "POST"]),
            Route("/respond/{token}", api.respond, methods=["POST"]),
            WebSocketRoute("/link/", self.slack.socket_mode.serve),
            *page.routes(self),
        ]

    # addresses and tokens

    @property
    def url(self) -> str:
        """Where the page is."""
        host, port = self._address
        return f"http://{host}:{port}/"

    @property
    def api_url(self) -> str:
        """What slack_sdk's WebClient takes as `base_url`."""
        return f"{self.url}api/"

    @property
    def bot_token(self) -> str:
        """A bot token (`xoxb-`), new at every start."""
        return self.slack.bot_token

    @property
    def app_token(self) -> str:
        """An app token (`xapp-`) for Socket Mode, new at every start."""
        return self.slack.app_token

    # what is there

    @property
    def manifest(self) -> Manifest:
        """The app's manifest, parsed: its name, its commands, its tabs."""
        return self.slack.manifest

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody one can act as."""
        return self._persons

    @property
    def administration(self) -> Administration:
        """What owners of the workspace can do."""
        return Administration(self.slack)

    @property
    def bot(self) -> Profile:
        """The bot as a member."""
        return self.slack.bot

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels, without direct messages."""
        return tuple(channel for channel in self.slack.state.channels.values() if channel.kind != "im")

    @property
    def names(self) -> dict[str, str]:
        """What to show for an id, in mentions and as authors: members by name, channels by theirs."""
        return self.slack.names

    def person(self, who: str) -> Person:
        """By user id, handle, full name or title; LookupError unless exactly one fits."""
        found = [p for p in self.people if who in (p.id, p.profile.handle, p.name, p.title)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} people fit {who!r}; there are {', '.join(p.name for p in self.people)}")
        return found[0]

    # waiting

    @property
    def changes(self) -> int:
        """Goes up with everything that happens in the workspace."""
        return self.slack.state.changes

    @property
    def closing(self) -> bool:
        """The workspace is about to end; whoever streams from it should end too."""
        return self._closing

    def wait_for_change(self, after: int, timeout: float = TIMEOUT) -> int:
        """Block until `changes` is past `after`, or the time is up; returns `changes`."""
        with self.slack.state.changed:
            self.slack.state.changed.wait_for(lambda: self.changes > after or self._closing, timeout)
            return self.changes

    async def next_change(self, after: int) -> int:
        """The same for the server's own event loop, without a timeout: returns `changes` once it is past `after`.

        Returns at once when the workspace is closing.
        """
        woken = asyncio.Event()
        self._waiting.add(woken)
        try:
            while self.changes <= after and not self._closing:
                woken.clear()
                await woken.wait()
        finally:
            self._waiting.discard(woken)
        return self.changes

    def _wake(self) -> None:
        self._loop_thread.loop.call_soon_threadsafe(self._wake_all)

    def _wake_all(self) -> None:
        for woken in self._waiting:
            woken.set()

    def wait_until_connected(self, timeout: float = TIMEOUT) -> None:
        """Block until the bot has a socket open; TimeoutError if it does not."""
        self._wait(lambda: self.slack.socket_mode.connected > 0, timeout, "The bot did not connect.")

    def quiet(self, timeout: float = TIMEOUT) -> None:
        """Block until everything sent to the bot is acknowledged or given up. It may still be working after that."""
        self._wait(lambda: not self.slack.socket_mode.in_flight, timeout, "The bot does not acknowledge.")

    def _wait(self, reached: Any, timeout: float, otherwise: str) -> None:
        with self.slack.state.changed:
            if not self.slack.state.changed.wait_for(reached, timeout):
                raise TimeoutError(otherwise)

    # what went wrong, and what should

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Everything of the bot's that was refused so far, oldest first. A good bot has none."""
        with self.slack.state.lock:
            return tuple(self.slack.refusals)

    def calls(self, method: str) -> int:
        """How often the bot has called a method of the Web API, answered or not."""
        return self.slack.calls[method]

    @property
    def faults(self) -> Faults:
        """Failures to order for the next Web API calls."""
        return self.slack.faults

    @property
    def events(self) -> tuple[Envelope, ...]:
        """The events sent so far, without repetitions."""
        with self.slack.state.lock:
            return tuple(self.slack.socket_mode.events)

    def send_again(self, event: Envelope | None = None) -> Envelope:
        """Deliver an event (the last one) once more with the same `event_id`, as Slack may at any time."""
        return self.slack.socket_mode.send_again(event or self.events[-1])

    def disconnect_bot(self, reason: str = "refresh_requested") -> None:
        """Close the bot's sockets, as Slack does every few hours."""
        self.slack.socket_mode.disconnect(reason)


@contextmanager
def without_proxies() -> Iterator[None]:
    """The environment without proxy settings, put back at the end."""
    kept = {name: os.environ.pop(name) for name in _PROXIES if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
