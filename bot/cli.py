"""The command line: `guideline-bot`.

The commands that talk to Slack import it when they run, so that the others answer at once.
"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TypeVar

import click

from bot import settings
from bot.local.errors import PortInUse
from bot.logs import configure_logs
from bot.settings import Settings, SettingsError, SlackSettings
from bot.terminal import as_text
from conversations.errors import StoreError
from conversations.questions import Reason
from guideline_content import engine, loading
from guideline_content.answers import as_json
from guideline_content.checking import check as check_content
from guideline_content.engine import Answerer
from guideline_content.loading import ContentError
from guideline_content.models import Guideline
from guideline_content.pathway import Pathway
from guideline_content.pathway_loading import has_pathway, load_pathway
from guideline_content.whole_file import NotWrittenError

LOCAL_DATABASE = Path("guideline-bot-local.sqlite3")
LOCAL_PORT = 8642


class Refused(click.ClickException):
    """Nothing was done: one line says why, and the exit code is 2."""

    exit_code = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """A Slack bot that answers what a guideline says.

    Every answer comes from the guideline's content, with its force, whom it binds, and its clause.
    """


@main.command()
def run() -> None:
    """Connect to Slack by Socket Mode and answer, until stopped.

    Takes SLACK_BOT_TOKEN and SLACK_APP_TOKEN from the environment or from .env; README.md says where to get them.
    """
    from bot import running

    read = _settings(SlackSettings)
    answerer = _answerer(read)
    configure_logs(read.log_level, read.time_zone)
    try:
        running.run(read, answerer, _pathway(read, answerer), click.echo)
    except (running.NotConnectedError, StoreError) as error:
        raise Refused(str(error)) from None


@main.command(short_help="Try the bot in the browser, without Slack.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=LOCAL_PORT, show_default=True, help="0 takes a free one."
)
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    default=LOCAL_DATABASE,
    show_default=True,
    help="SQLite file that the bot keeps its state in. DATABASE is for real workspaces and left alone.",
)
def local(port: int, database: Path) -> None:
    """Try the bot in the browser: a small workspace on this machine, with the real bot in it.

    Needs no Slack account, no token and no network. The workspace forgets everything when it stops; the bot does not.
    """
    from bot import running

    read = _settings(Settings)
    answerer = _answerer(read)
    configure_logs(read.log_level, read.time_zone)
    try:
        running.run_local(read, answerer, _pathway(read, answerer), port=port, database=database, say=click.echo)
    except PortInUse as error:
        raise Refused(f"{error}. Choose another with --port.") from None
    except StoreError as error:
        raise Refused(str(error)) from None


@main.command()
@click.argument("question", nargs=-1)
@click.option("--role", help="Your role, by id or name: nurse-practitioner, np, ...")
@click.option("--json", "as_json_lines", is_flag=True, help="One JSON object, for other programs.")
@click.option(
    "--file", "file", type=click.File("rb"), help="One question a line, - for standard input; one JSON object a line."
)
def ask(question: tuple[str, ...], role: str | None, as_json_lines: bool, file: IO[bytes] | None) -> None:
    """Answer a question here, as the bot would in Slack."""
    if bool(question) == bool(file):
        raise Refused("Ask either a QUESTION or the questions of a --file.")
    answerer = _answerer(_settings(Settings))
    role_id = _role(answerer.guideline, role) if role else None
    for line in _lines(file) if file else [" ".join(question)]:
        answer = answerer.answer(line, role=role_id)
        if as_json_lines or file:
            click.echo(json.dumps(as_json(answer, answerer.guideline)))
        else:
            click.echo(as_text(answerer.guideline, answer))
        sys.stdout.flush()


@main.command(short_help="Check the content of a guideline.")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def check(folder: Path | None) -> None:
    """Check the content of a guideline's FOLDER, as an editor would before handing it over.

    Without FOLDER it checks the one the bot serves. Exit code 0: nothing is wrong. 1: each problem is one line, with
    file, line and key. 2: there is no such folder.
    """
    folder = folder or _folder(_settings(Settings))
    if not folder.is_dir():
        raise Refused(f"{folder} is no folder.")
    problems = check_content(folder)
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo(_counts(loading.load(folder)))


REASONS = {reason.value.replace("_", "-"): reason for reason in Reason}
ORDERS = ("frequent", "newest")


@main.command(short_help="List the questions that were not answered, or not well.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what was asked on this day or later: 2026-03-31.",
)
@click.option(
    "--reason",
    "reasons",
    type=click.Choice(list(REASONS)),
    multiple=True,
    help="Only these; may be repeated. Without it: all but helpful.",
)
@click.option(
    "--sort", "order", type=click.Choice(ORDERS), default="frequent", show_default=True, help="What comes first."
)
@click.option(
    "--database", type=click.Path(path_type=Path), help="SQLite file of the bot; without it the setting DATABASE."
)
@click.option(
    "--export",
    type=click.Path(path_type=Path),
    help="Write YAML for examples.yaml to this file instead, - for standard output.",
)
def questions(
    since: datetime | None, reasons: tuple[str, ...], order: str, database: Path | None, export: Path | None
) -> None:
    """List the register of questions that were not answered, or not well: a question asked again is one.

    By the reason it is there for and by the entry that came closest, each with what people say they looked for, and
    whether the present content answers it. With --export, as YAML that an editor can paste into examples.yaml: each
    question under the entry that the present content answers it with, the others as remarks.
    """
    from bot import stewarding

    read = _settings(Settings)
    answerer = _answerer(read)
    wanted = stewarding.Wanted(
        since=since.replace(tzinfo=read.time_zone) if since else None,
        reasons=tuple(REASONS[name] for name in reasons),
        newest_first=order == "newest",
    )
    path = database or read.database
    try:
        stewarding.show_questions(path, answerer, _folder(read), wanted, export=export, zone=read.time_zone)
    except ContentError as error:
        raise _unusable(error, _folder(read)) from None
    except (StoreError, NotWrittenError) as error:
        raise Refused(str(error)) from None


@main.command(short_help="Print the app manifest for Slack.")
def manifest() -> None:
    """Print the app manifest, to be pasted where Slack asks for one when an app is created."""
    from bot.listeners import REGISTRY
    from bot.manifest import build_manifest

    guideline = _answerer(_settings(Settings)).guideline
    click.echo(json.dumps(build_manifest(REGISTRY, guideline.title), ensure_ascii=False, indent=2))


S = TypeVar("S", bound=Settings)


def _settings(kind: type[S]) -> S:
    try:
        return settings.read(kind)
    except SettingsError as error:
        raise Refused(str(error)) from None


def _folder(read: Settings) -> Path:
    return read.guideline_folder or loading.BUILT_IN


def _answerer(read: Settings) -> Answerer:
    folder = _folder(read)
    try:
        return engine.open_answerer(folder)
    except ContentError as error:
        raise _unusable(error, folder) from None


def _unusable(error: ContentError, folder: Path) -> Refused:
    first, *more = error.problems
    others = f" (and {len(more)} more: guideline-bot check {folder})" if more else ""
    return Refused(f"The content cannot be used. {first}{others}")


def _pathway(read: Settings, answerer: Answerer) -> Pathway | None:
    """What cases are worked by, from the same folder; None for a guideline that only answers questions."""
    folder = _folder(read)
    if not has_pathway(folder):
        return None
    try:
        return load_pathway(folder, answerer.guideline)
    except ContentError as error:
        raise _unusable(error, folder) from None


def _role(guideline: Guideline, name: str) -> str:
    """The id of the role that people call this."""
    for role in guideline.roles:
        if name.lower() in (role.id, role.title.lower(), *role.names):
            return role.id
    raise Refused(f"There is no role {name!r}. The roles are: {', '.join(role.id for role in guideline.roles)}.")


def _lines(file: IO[bytes]) -> Iterator[str]:
    """The lines of the file, empty ones too: line for line, each has its answer."""
    for line in file:
        yield line.decode("utf-8", "replace").removeprefix("\ufeff").strip()


def _counts(guideline: Guideline) -> str:
    return (
        f"{guideline.title}, version {guideline.version}: {len(guideline.clauses)} clauses, "
        f"{len(guideline.groups)} groups, {len(guideline.silences)} silences, {len(guideline.readings)} readings. "
        "Nothing is wrong."
    )
