"""Socket Mode: what happens in the workspace goes to the bot in envelopes, and every envelope is to be acknowledged."""

import asyncio
import json
import secrets
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.local.people import APP_ID
from bot.local.state import State

Payload = dict[str, Any]
MOST_CONNECTIONS = 10


def ignore(response: Payload) -> None:
    """For envelopes whose acknowledgement says nothing."""


class WouldBlock(Exception):
    """Waiting here would keep the answer from arriving."""


@dataclass
class Envelope:
    """One delivery. `on_ack` runs as soon as the acknowledgement arrives, if it arrives in time."""

    type: str
    payload: Payload
    on_ack: Callable[[Payload], None] = ignore
    accepts_response_payload: bool = True
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    attempt: int = 0
    sent: bool = False
    acknowledged: bool = False
    overdue: bool = False

    @property
    def in_flight(self) -> bool:
        """Sent, and an acknowledgement would still count."""
        return self.sent and not self.acknowledged and not self.overdue

    @property
    def failure(self) -> str | None:
        """Slack's name for what went wrong, if something did."""
        if self.acknowledged:
            return None
        return "operation_timeout" if self.sent else "dispatch_failed"

    def wire(self) -> str:
        """The text sent over the socket."""
        body: Payload = {
            "envelope_id": self.id,
            "payload": self.payload,
            "type": self.type,
            "accepts_response_payload": self.accepts_response_payload,
        }
        if self.type == "events_api":
            body |= {"retry_attempt": self.attempt, "retry_reason": "timeout" if self.attempt else ""}
        return json.dumps(body)


@dataclass(eq=False)
class Connection:
    """One open socket of the bot."""

    outbox: "asyncio.Queue[str | None]"
    loop: asyncio.AbstractEventLoop

    def send(self, text: str | None) -> None:
        """Queue a text; None closes the socket."""
        self.loop.call_soon_threadsafe(self.outbox.put_nowait, text)


class SocketMode:
    """The bot's connections. Each envelope goes to one of them, in turn."""

    def __init__(self, state: State, *, ack_timeout: float, retry_after: Sequence[float]) -> None:
        self._state = state
        self._ack_timeout = ack_timeout
        self._retry_after = tuple(retry_after)
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self._open: dict[str, Envelope] = {}
        self.events: list[Envelope] = []
        self.loop: asyncio.AbstractEventLoop | None = None

    @property
    def connected(self) -> int:
        """How many sockets the bot has open."""
        return len(self._connections)

    @property
    def in_flight(self) -> bool:
        """An acknowledgement is still awaited."""
        with self._state.lock:
            return any(envelope.in_flight for envelope in self._open.values())

    def ticket(self) -> str:
        """Good for one connection."""
        with self._state.lock:
            self._tickets.add(ticket := secrets.token_hex(16))
            return ticket

    # deliveries

    def deliver(self, envelope: Envelope) -> Envelope:
        """Send to one connection. An event that is not acknowledged in time is sent again, as Slack does."""
        with self._state.lock:
            if envelope.type == "events_api" and envelope.attempt == 0:
                self.events.append(envelope)
            self._send(envelope)
        self._later(self._ack_timeout if envelope.sent else 0, lambda: self._expire(envelope))
        return envelope

    def wait(self, envelope: Envelope) -> Envelope:
        """Block until acknowledged, at most as long as Slack waits; a later acknowledgement no longer counts."""
        self._refuse_on_the_loop()
        with self._state.changed:
            self._state.changed.wait_for(lambda: not envelope.in_flight, timeout=self._ack_timeout)
            envelope.overdue = not envelope.acknowledged
        return envelope

    def _refuse_on_the_loop(self) -> None:
        with suppress(RuntimeError):
            here = asyncio.get_running_loop()
            if here is self.loop:
                raise WouldBlock("The bot is heard on this very event loop: call this from a thread")

    def send_again(self, envelope: Envelope) -> Envelope:
        """Deliver the same event once more, as Slack does when it missed the acknowledgement."""
        attempt = envelope.attempt + 1
        again = Envelope(envelope.type, envelope.payload, accepts_response_payload=False, attempt=attempt)
        return self.deliver(again)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the bot to connect anew, as Slack does every few hours, and close the sockets."""
        with self._state.lock:
            connections, self._connections = self._connections, []
        for connection in connections:
            connection.send(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}}))
            connection.send(None)
        self._state.touch()

    def _send(self, envelope: Envelope) -> None:
        self._open[envelope.id] = envelope
        if self._connections:
            connection = self._connections.pop(0)
            self._connections.append(connection)
            envelope.sent = True
            connection.send(envelope.wire())

    def _later(self, seconds: float, what: Callable[[], object]) -> None:
        if self.loop is not None and self.loop.is_running():
            self.loop.call_soon_threadsafe(self.loop.call_later, seconds, what)

    def _expire(self, envelope: Envelope) -> None:
        with self._state.lock:
            self._open.pop(envelope.id, None)
            if envelope.acknowledged:
                return
            envelope.overdue = True
            if envelope.type == "events_api" and envelope.attempt < len(self._retry_after):
                self._later(self._retry_after[envelope.attempt], lambda: self.send_again(envelope))
        self._state.touch()

    # the socket

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from hello to the end."""
        if not self._admit(socket.query_params.get("ticket", "")):
            await socket.close(code=1008)
            return
        await socket.accept()
        connection = Connection(asyncio.Queue(), asyncio.get_running_loop())
        connection.send(self._hello())
        with self._state.lock:
            self._connections.append(connection)
        self._state.touch()
        await self._converse(socket, connection)

    def _admit(self, ticket: str) -> bool:
        with self._state.lock:
            known = ticket in self._tickets and len(self._connections) < MOST_CONNECTIONS
            self._tickets.discard(ticket)
            return known

    def _hello(self) -> str:
        return json.dumps(
            {
                "type": "hello",
                "num_connections": self.connected + 1,
                "connection_info": {"app_id": APP_ID},
                "debug_info": {"host": "loopback", "approximate_connection_time": 18060},
            }
        )

    async def _converse(self, socket: WebSocket, connection: Connection) -> None:
        writer = asyncio.create_task(_write(socket, connection.outbox))
        try:
            while True:
                self._acknowledge(json.loads(await socket.receive_text()))
        except WebSocketDisconnect:
            pass
        finally:
            writer.cancel()
            self._forget(connection)

    def _forget(self, connection: Connection) -> None:
        with self._state.lock:
            if connection in self._connections:
                self._connections.remove(connection)
        self._state.touch()

    def _acknowledge(self, message: Payload) -> None:
        with self._state.lock:
            envelope = self._open.get(message.get("envelope_id", ""))
            if envelope is None or not envelope.in_flight:
                return
            envelope.on_ack(message.get("payload") or {})
            envelope.acknowledged = True
        self._state.touch()


async def _write(socket: WebSocket, outbox: "asyncio.Queue[str | None]") -> None:
    with suppress(WebSocketDisconnect):
        while (text := await outbox.get()) is not None:
            await socket.send_text(text)
        await socket.close(code=1000)
