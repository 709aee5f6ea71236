"""What a content steward asks of the register of questions: to read it, or to get it as content."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from os.path import realpath
from pathlib import Path

import click

from bot.register_text import as_text
from conversations import register
from conversations.errors import StoreError
from conversations.example_export import as_examples
from conversations.questions import Reason
from conversations.register import LISTED, Order, Reread
from conversations.sqlite_store import SQLiteStore
from guideline_content.engine import Answerer
from guideline_content.vocabulary import load_vocabulary
from guideline_content.whole_file import NotWrittenError, write_whole

STANDARD_OUTPUT = Path("-")
BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for the files that belong to it."""


@dataclass(frozen=True)
class Wanted:
    """Which questions, and in which order. `reasons`: empty for all that leave something to do."""

    since: datetime | None = None
    reasons: tuple[Reason, ...] = ()
    newest_first: bool = False


def show_questions(
    database: Path, answerer: Answerer, folder: Path, wanted: Wanted, *, export: Path | None, zone: tzinfo
) -> None:
    """Print the questions, or write them to `export`; an empty register is said in a line, and no file is written.

    `folder`: where the answerer's content is. Raises StoreError, ContentError, NotWrittenError.
    """
    if export:
        _refuse_in_use(export, database, folder)
    found = _read(database, answerer, wanted)
    if not found:
        click.echo(f"There are no such questions in the register of {database}.", err=bool(export))
        return
    words = load_vocabulary(folder, answerer.guideline)
    if export:
        _hand_over(as_examples(found, answerer.guideline, words), export)
        return
    order: Order = register.newest if wanted.newest_first else register.most_frequent
    click.echo(as_text(register.parts(found, words.plain, order), answerer.guideline, zone))


def _refuse_in_use(export: Path, database: Path, folder: Path) -> None:
    """Raises NotWrittenError for what the bot works with: its content, its database, and what lies beside that."""
    if export == STANDARD_OUTPUT:
        return
    try:
        target = export.resolve()
        target.exists()
    except RuntimeError:
        raise NotWrittenError(f"{export} is a link that leads nowhere; choose another place.") from None
    except OSError as error:
        raise NotWrittenError(f"{export} cannot be written ({error.strerror}); choose another place.") from None
    beside = {Path(realpath(f"{file}{suffix}")) for file in (database, realpath(database)) for suffix in BESIDE}
    if target in beside or target.is_relative_to(realpath(folder)):
        raise NotWrittenError(f"{export} is what the bot works with, and was left as it is; choose another place.")


def _read(database: Path, answerer: Answerer, wanted: Wanted) -> tuple[Reread, ...]:
    if not database.exists():
        raise StoreError(f"There is no database {database}; name the bot's with --database.")
    with SQLiteStore(database) as store:
        return register.reread(store.registered(), answerer, since=wanted.since, reasons=wanted.reasons or LISTED)


def _hand_over(yaml: str, where: Path) -> None:
    """All of it or nothing."""
    if where == STANDARD_OUTPUT:
        click.echo(yaml.encode("utf-8"), nl=False)
    else:
        write_whole(where, yaml)
        click.echo(f"Written to {where}.")
