"""The SQLite file of a store: made private, recognised before it is touched, reached by a connection for each call."""

import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from conversations.errors import StoreError

APPLICATION_ID = 0x47646C42
"""Marks a file as ours, in the place SQLite's file format has for it."""

Migration = Callable[[Database], None]
"""Makes of a file with one schema version the next one."""

BUSY_SECONDS = 5.0
"""How long a call waits for another process that is writing."""


class SQLiteFile:
    """One file, many threads, many processes.

    Idle connections are kept for the next call. Writers wait for each other at the beginning of a transaction, where
    SQLite's busy timeout works, never in the middle of one.
    """

    def __init__(self, path: Path, migrations: Sequence[Migration]) -> None:
        """Open the file, or make it. `StoreError` where that cannot be; a file that is not ours stays as it was.

        `migrations`: from an empty file to the newest schema, whose version is their number; never reordered.
        """
        self.path = path.absolute()
        self._idle: deque[Database] = deque()
        self._closed = False
        _make_if_missing(self.path)
        _refuse_foreign(self.path)
        try:
            with self.connection() as db:
                with _immediate(db):
                    self._settle_schema(db, migrations)
                _enable_wal(db)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def connection(self) -> Iterator[Database]:
        """For reading: a connection nobody else uses meanwhile. SQLite's errors leave it as `StoreError`."""
        try:
            db = self._take()
            try:
                yield db
            finally:
                self._give_back(db)
        except sqlite3.Error as error:
            raise StoreError(_in_words(error, self.path)) from error

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """For writing: all of it is kept when the block ends, or none of it."""
        with self.connection() as db, _immediate(db):
            yield db

    def close(self) -> None:
        """Close what is idle now; what is in use closes when its call ends."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _take(self) -> Database:
        if self._closed:
            raise StoreError(f"The database {self.path} was closed already; open it again.")
        try:
            return self._idle.pop()
        except IndexError:
            return _connect(self.path)

    def _give_back(self, db: Database) -> None:
        self._idle.append(db)
        if self._closed:
            self.close()

    def _settle_schema(self, db: Database, migrations: Sequence[Migration]) -> None:
        """Runs inside the transaction, so of two processes that make the file at once the second finds it made."""
        version = db.execute("pragma user_version").fetchone()[0]
        if version > len(migrations):
            raise StoreError(
                f"The database {self.path} was written by a newer version of this program; update the program."
            )
        for migrate in migrations[version:]:
            migrate(db)
        if version < len(migrations):
            db.execute(f"pragma application_id = {APPLICATION_ID}")
            db.execute(f"pragma user_version = {len(migrations)}")


def in_utc(at: datetime) -> str:
    """A time as it is kept: of one length, so that texts sort as the times do."""
    if at.tzinfo is None:
        raise ValueError("a time that is kept needs its time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@contextmanager
def _immediate(db: Database) -> Iterator[None]:
    """sqlite-utils begins deferred, which fails under threads with "database is locked"."""
    db.execute("begin immediate")
    try:
        yield
        db.execute("commit")
    finally:
        db.rollback()


def _enable_wal(db: Database) -> None:
    """SQLite's busy timeout does not cover this switch: it fails at once while another process opens the file too."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return db.enable_wal()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _make_if_missing(path: Path) -> None:
    """An empty file that only its owner can read; SQLite gives -wal and -shm the same permissions."""
    try:
        if not path.parent.is_dir():
            raise StoreError(f"There is no folder {path.parent} for the database; make it, or choose another place.")
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        _refuse_unusable(path)
    except OSError as error:
        raise StoreError(
            f"The database {path} cannot be made ({error.strerror}); allow writing to its folder, or choose another."
        ) from error


def _refuse_unusable(path: Path) -> None:
    """Asked beforehand: SQLite opens a read-only file without a word and leaves a log beside it."""
    if not path.is_file():
        raise StoreError(f"{path} is not a file, so it cannot be the database; choose another place.")
    if not os.access(path, os.R_OK | os.W_OK):
        raise StoreError(f"The database {path} may not be read and written; allow both, to it and to its folder.")


def _refuse_foreign(path: Path) -> None:
    """A file that has anything in it must bear our mark before it is opened as usual, which may change a file."""
    log = path.with_name(path.name + "-wal")
    try:
        empty = path.stat().st_size == 0
        ours = not log.exists() if empty else _application_id(path) == APPLICATION_ID
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname != "SQLITE_NOTADB":
            raise StoreError(_in_words(error, path)) from error
        ours = False
    if not ours:
        raise StoreError(f"{path} is a file of another program, left as it was; choose another place for the database.")


def _application_id(path: Path) -> int:
    """The mark, read without locks, journals or recovery (`immutable`).

    Another process may be growing the file: `writable_schema` is what keeps SQLite from calling that damage.
    Through SQLite, never `open()`: closing a file of one's own drops the locks that this process holds on it.
    """
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as reader:
        reader.execute("pragma writable_schema = on")
        return int(reader.execute("pragma application_id").fetchone()[0])


def _connect(path: Path) -> Database:
    """May be used by any thread, by one at a time. Never makes a file: one that was deleted is an error."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    db = Database(connection, execute_plugins=False)
    db.execute("pragma synchronous = full")
    return db


_REMEDIES = {
    "SQLITE_READONLY": "it is read-only; allow writing to it and to its folder",
    "SQLITE_CANTOPEN": "it cannot be opened; allow reading and writing it and its folder",
    "SQLITE_PERM": "it may not be opened; allow reading and writing it and its folder",
    "SQLITE_BUSY": "another process keeps it locked; end that process, or try again",
    "SQLITE_FULL": "the disk is full; make room",
    "SQLITE_NOTADB": "it is not a database of this program; choose another place, or restore a backup",
    "SQLITE_CORRUPT": "it is damaged; restore a backup",
    "SQLITE_IOERR": "the disk failed; look at the disk, or restore a backup",
}


def _in_words(error: sqlite3.Error, path: Path) -> str:
    name = getattr(error, "sqlite_errorname", "")
    known = next((words for code, words in _REMEDIES.items() if name.startswith(code)), f"{error}; see the log")
    return f"The database {path} cannot be used: {known}."
