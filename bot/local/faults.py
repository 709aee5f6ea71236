"""Failures on purpose: what the next calls of a Web API method meet instead of a quick, good answer."""

import threading
from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True)
class RateLimited:
    """429 with Retry-After; nothing is done."""

    retry_after: int = 1


@dataclass(frozen=True)
class ServerError:
    """An answer with this status that is not JSON; nothing is done."""

    status: int = 500


@dataclass(frozen=True)
class LostAnswer:
    """The call is carried out, but its answer never comes: the client times out and cannot know."""


Fault = RateLimited | ServerError | LostAnswer


class Faults:
    """A queue for each method; a method without one works."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def add(self, method: str, *faults: Fault) -> None:
        """The next calls of the method fail so, one after the other."""
        with self._lock:
            self._queues[method].extend(faults)

    def next(self, method: str) -> Fault | None:
        """The fault for this call, taken out of the queue."""
        with self._lock:
            queue = self._queues[method]
            return queue.popleft() if queue else None

    def clear(self) -> None:
        """Everything works again."""
        with self._lock:
            self._queues.clear()
