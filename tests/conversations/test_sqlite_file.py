"""The file of the embedded store: private, recognised before it is touched, refused in one clear line."""

import multiprocessing
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from places import aborting

from conversations.errors import StoreError
from conversations.questions import AnsweredQuestion
from conversations.sqlite_file import SQLiteFile
from conversations.sqlite_store import MIGRATIONS, SQLiteStore
from guideline_content.answers import Outcome

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PROCESSES = multiprocessing.get_context("spawn")
NOBODY = 65534


def everything_in(folder: Path) -> dict[str, bytes | None]:
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}


def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as refused:
        SQLiteStore(path)
    line = str(refused.value)
    assert str(path) in line or str(path.parent) in line
    assert "\n" not in line
    return line


# Making it


def test_only_its_owner_can_read_the_files(tmp_path: Path) -> None:
    with SQLiteStore(tmp_path / "store.db") as store:
        store.claim("event", at=NOON)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


def test_a_closed_store_leaves_one_file(tmp_path: Path) -> None:
    with SQLiteStore(tmp_path / "store.db") as store:
        store.claim("event", at=NOON)
    assert list(everything_in(tmp_path)) == ["store.db"]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "store.db").touch()
    with SQLiteStore(tmp_path / "store.db") as store:
        assert store.claim("event", at=NOON)


@pytest.mark.parametrize("name", ["with space.db", "50%.db", "a?mode=ro.db", "a#b.db", "é.db", "store"])
def test_the_file_has_the_name_it_was_given(tmp_path: Path, name: str) -> None:
    with SQLiteStore(tmp_path / name) as store:
        store.claim("event", at=NOON)
    assert list(everything_in(tmp_path)) == [name]


def open_at_once(folder: Path, rounds: int, start: Any, results: Connection) -> None:
    won = 0
    with aborting(start):
        for number in range(rounds):
            start.wait()
            with SQLiteStore(folder / f"{number}.db") as store:
                won += store.claim("event", at=NOON)
    results.send(won)


def test_processes_that_open_a_missing_file_at_once_make_one_store(tmp_path: Path) -> None:
    rounds, start = 20, PROCESSES.Barrier(4)
    pipes = [PROCESSES.Pipe(duplex=False) for _ in range(4)]
    processes = [
        PROCESSES.Process(target=open_at_once, args=(tmp_path, rounds, start, sending)) for _, sending in pipes
    ]
    for process in processes:
        process.start()
    for _, sending in pipes:
        sending.close()
    assert sum(receiving.recv() for receiving, _ in pipes) == rounds
    for process in processes:
        process.join()


# What is not ours


def a_text(path: Path) -> None:
    path.write_text("Minutes of the meeting, " * 100)


def a_short_text(path: Path) -> None:
    path.write_text("hello")


def another_programs_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table people (name)")
        other.commit()


def another_programs_empty_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("vacuum")


def another_programs_marked_database(path: Path) -> None:
    another_programs_database(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"pragma user_version = {len(MIGRATIONS)}")
        other.execute("pragma application_id = 252006674")


def another_programs_growing_database(path: Path) -> None:
    """Its first page says that there are more, which are not written yet."""
    another_programs_database(path)
    os.truncate(path, 4096)


def another_programs_log(path: Path) -> None:
    path.touch()
    path.with_name(path.name + "-wal").write_bytes(b"kept elsewhere")


@pytest.mark.parametrize(
    "make",
    [
        a_text,
        a_short_text,
        another_programs_database,
        another_programs_empty_database,
        another_programs_marked_database,
        another_programs_growing_database,
        another_programs_log,
    ],
)
def test_a_file_of_another_program_is_refused_and_left_as_it_was(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "store.db"
    make(path)
    before = everything_in(tmp_path)
    assert "another program" in refusal(path)
    assert everything_in(tmp_path) == before


def test_a_database_that_another_program_has_open_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("pragma journal_mode = wal")
        other.execute("create table people (name)")
        before = everything_in(tmp_path)
        assert "another program" in refusal(path)
        assert everything_in(tmp_path) == before


def crash_with_an_open_database(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("pragma journal_mode = wal")
    other.execute("create table people (name)")
    os._exit(1)


def test_the_log_of_another_program_that_crashed_is_left_for_it(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    process = PROCESSES.Process(target=crash_with_an_open_database, args=(path,))
    process.start()
    process.join()
    before = everything_in(tmp_path)
    assert before["store.db-wal"]
    assert "another program" in refusal(path)
    assert everything_in(tmp_path) == before


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    SQLiteStore(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    before = everything_in(tmp_path)
    assert "update the program" in refusal(path)
    assert everything_in(tmp_path) == before


# What cannot be used


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    assert "is not a file" in refusal(tmp_path / "store.db")
    assert everything_in(tmp_path) == {"store.db": None}


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "store.db")
    assert "is not a file" in refusal(tmp_path / "store.db")


def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    assert f"no folder {tmp_path / 'data'}" in refusal(tmp_path / "data" / "store.db")
    assert everything_in(tmp_path) == {}


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("hello")
    assert "no folder" in refusal(tmp_path / "data" / "store.db")


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    assert "cannot be made" in refusal(tmp_path / ("x" * 300))


def test_a_damaged_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    SQLiteStore(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert "damaged" in refusal(path)


def test_a_file_that_is_deleted_while_the_store_is_closed_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        store.claim("event", at=NOON)
    path.unlink()
    with SQLiteStore(path) as store:
        assert store.claim("event", at=NOON)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that a user without rights can reach; pytest's own cannot be."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def open_without_rights(path: Path, result: Connection) -> None:
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        SQLiteStore(path).close()
    except StoreError as error:
        result.send(str(error))
    else:
        result.send("opened")


def opened_without_rights(path: Path) -> str:
    receiving, sending = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=open_without_rights, args=(path, sending))
    process.start()
    sending.close()
    result: str = receiving.recv()
    process.join()
    return result


def give_away(*paths: Path) -> None:
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, NOBODY, NOBODY)


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "remedy"),
    [
        (0o400, 0o700, "may not be read and written"),
        (0o600, 0o500, "it is read-only"),
        (0o000, 0o700, "may not be read and written"),
    ],
    ids=["read-only file", "read-only folder", "unreadable file"],
)
def test_a_store_that_may_not_be_written_says_what_to_allow(
    open_folder: Path, file_mode: int, folder_mode: int, remedy: str
) -> None:
    path = open_folder / "store.db"
    SQLiteStore(path).close()
    before = everything_in(open_folder)
    give_away(open_folder, path)
    path.chmod(file_mode)
    open_folder.chmod(folder_mode)
    line = opened_without_rights(path)
    assert remedy in line
    assert str(path) in line
    path.chmod(0o600)
    assert everything_in(open_folder) == before


def test_a_user_without_other_rights_can_use_a_store_of_their_own(open_folder: Path) -> None:
    give_away(open_folder)
    assert opened_without_rights(open_folder / "store.db") == "opened"
    assert opened_without_rights(open_folder / "store.db") == "opened"


def test_a_store_is_not_made_in_a_read_only_folder(open_folder: Path) -> None:
    give_away(open_folder)
    open_folder.chmod(0o500)
    line = opened_without_rights(open_folder / "store.db")
    assert "cannot be made (Permission denied)" in line
    assert everything_in(open_folder) == {}


# Files of earlier versions

EARLIER = """
insert into answers (id, at, person, conversation, outcome, small_talk, question, entries, content_version, role)
values ('a1', '2026-03-02T12:00:00.000000+00:00', 'U01', 'D01', 'answered', 0, 'who signs?', '["x", "y"]', '0', 'nurse')
"""


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_file_of_an_earlier_version_opens_with_all_that_is_in_it(tmp_path: Path, version: int) -> None:
    path = tmp_path / "store.db"
    earlier = SQLiteFile(path, MIGRATIONS[:version])
    with earlier.transaction() as db:
        db.execute(EARLIER)
        db.execute("insert into people (person, role, at) values ('U01', 'nurse', '2026-03-02T12:00:00.000000+00:00')")
    earlier.close()
    kept = AnsweredQuestion(
        id="a1",
        at=NOON,
        person="U01",
        conversation="D01",
        question="who signs?",
        outcome=Outcome.ANSWERED,
        entries=("x", "y"),
        role="nurse",
        content_version="0",
    )
    for _ in range(2):
        with SQLiteStore(path) as store:
            assert (store.answered("a1"), store.role("U01")) == (kept, "nurse")
            assert store.last_answered("D01", "U01", since=NOON) == kept
            waiting = store.wait("a1", "U01", at=NOON)
            assert waiting
            assert store.waiting() == (waiting,)
