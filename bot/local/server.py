"""The workspace on an address: a thread with an event loop, and a server in it that can be stopped and started."""

import asyncio
import socket
import threading
from concurrent.futures import Future
from typing import Any

import uvicorn
from starlette.applications import Starlette

from bot.local.errors import PortInUse


class LoopThread:
    """An event loop of its own, for as long as the workspace is open."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="local-workspace", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def close(self) -> None:
        """Stop the loop, drop what was planned for later, and join the thread."""
        asyncio.run_coroutine_threadsafe(self._cancel_all(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    async def _cancel_all(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.loop.shutdown_asyncgens()
        await self.loop.shutdown_default_executor()


class Server:
    """One uvicorn on the thread's loop."""

    def __init__(self, app: Starlette, thread: LoopThread, host: str, port: int) -> None:
        self._socket = _listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        self._uvicorn = _Uvicorn(_config(app))
        self._loop = thread.loop
        self._done: Future[Any] = asyncio.run_coroutine_threadsafe(
            self._uvicorn.serve(sockets=[self._socket]), thread.loop
        )

    def stop(self) -> None:
        """Close the address and every connection."""
        self._loop.call_soon_threadsafe(self._uvicorn.enough.set)
        self._done.result()
        self._socket.close()


class _Uvicorn(uvicorn.Server):
    """Ends when told to, not at its next look at the clock."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.enough = asyncio.Event()

    async def main_loop(self) -> None:
        await self.enough.wait()


def _config(app: Starlette) -> uvicorn.Config:
    """Quiet, and prompt at the end: open sockets and event streams are cut after a second.

    The pings are frequent because slack_sdk's client can close only once something has arrived.
    """
    return uvicorn.Config(
        app,
        http="h11",
        ws="websockets-sansio",
        ws_ping_interval=0.2,
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        timeout_graceful_shutdown=1,
    )


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortInUse(f"{host}:{port} is in use or not allowed: {error.strerror}") from error
    return listener
