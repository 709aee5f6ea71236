"""Where a store of each kind is kept; a place can be sent to another process, which opens the same store there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from conversations.sqlite_store import SQLiteStore
from conversations.store import Store


class Place(Protocol):
    """What a store is opened from, as often as one likes."""

    def open(self) -> Store:
        """A store on what is kept here."""


@dataclass(frozen=True)
class SQLitePlace:
    """A file."""

    path: Path

    def open(self) -> Store:
        """A store on the file."""
        return SQLiteStore(self.path)


@contextmanager
def aborting(start: Any) -> Iterator[None]:
    """Whoever fails between barriers lets the other processes fail too, not wait."""
    try:
        yield
    except BaseException:
        start.abort()
        raise
