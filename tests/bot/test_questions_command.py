"""`guideline-bot questions`, as a content steward meets it."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from conversations.asking import Asking
from conversations.questions import Reason, RegisteredQuestion
from conversations.sqlite_store import SQLiteStore
from guideline_content.engine import Answerer, open_answerer
from guideline_content.examples import EXAMPLES
from guideline_content.loading import BUILT_IN
from tests.bot.conftest import one_line

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
DATABASE = "guideline-bot.sqlite3"
QUESTIONS = {
    "hom clinic definition": "two",
    "# bit the midwife: done 'as of now'?": None,
    '- FASD guy who keeps "swearing" | at everybody 🙂': "who to ask: a colleague\n# or not",
    "30 day start date": None,
    "\twean him off the benzos\nor renew till he finds someone": None,
    "where can i park my car": "the 'visitor' lot",
}

Register = Callable[..., Path]


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """Puts questions into the register of a database in the folder where commands run."""

    def register(*lines: RegisteredQuestion) -> Path:
        with SQLiteStore(tmp_path / DATABASE) as store:
            for line in lines:
                store.register(line)
        return tmp_path / DATABASE

    return register


def a_line(question: str, reason: Reason = Reason.UNSURE, number: int = 0, **given: Any) -> RegisteredQuestion:
    usual = {"at": NOON + timedelta(minutes=number), "content_version": "0"}
    return RegisteredQuestion(id=f"{question} {number}", question=question, reason=reason, **(usual | given))


# reading


def test_a_question_asked_again_is_one_line_with_how_often(guideline_bot: Any, register: Register) -> None:
    register(
        a_line("who signs the letter?", Reason.SILENT, entries=("silence.who-signs",)),
        a_line("the letter, who signs it", Reason.SILENT, 1, entries=("silence.who-signs",), wanted="a name"),
        a_line("where can i park", Reason.NOT_COVERED),
    )
    done = guideline_bot("questions")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 questions, asked 3 times. Now answered: 0.\n")
    assert "Closest: Who signs the letter (silence.who-signs)" in done.stdout
    assert "   2 x  the letter, who signs it  [2026-03-02]\n        also: who signs the letter?\n" in done.stdout
    assert "looked for: a name" in done.stdout
    assert "NOT COVERED: no entry came near (1 question" in done.stdout
    assert done.stdout.index("SILENT") < done.stdout.index("NOT COVERED") < done.stdout.index("where can i park")


def test_what_people_asked_in_slack_is_listed(guideline_bot: Any, tmp_path: Path, answerer: Answerer) -> None:
    with SQLiteStore(tmp_path / "other.sqlite3") as store:
        asking = Asking(answerer, store)
        asking.ask("where can i park my car", person="U01", conversation="D01", at=NOON)
        (asked,) = asking.ask("what goes in the letter?", person="U01", conversation="D01", at=NOON)
        asking.give_feedback(asked.id, person="U01", helpful=False, at=NOON, wanted="who pays the postage")
        asking.give_feedback(asked.id, person="U02", helpful=True, at=NOON)
    shown = guideline_bot("questions", "--database", "other.sqlite3").stdout
    for text in ("where can i park my car", "what goes in the letter?", "looked for: who pays the postage"):
        assert shown.count(text) == 1
    assert "U01" not in shown
    helped = guideline_bot("questions", "--reason", "helpful", DATABASE="other.sqlite3").stdout
    assert "HELPFUL" in helped
    assert "park" not in helped


def test_reasons_add_up_and_days_count_in_the_configured_zone(guideline_bot: Any, register: Register) -> None:
    register(
        a_line("one", Reason.UNSURE, at=datetime(2026, 3, 2, 5, 59, tzinfo=UTC)),
        a_line("two", Reason.UNSURE, at=datetime(2026, 3, 2, 6, 0, tzinfo=UTC)),
        a_line("three", Reason.SILENT),
        a_line("four", Reason.NOT_COVERED),
    )
    shown = guideline_bot("questions", "--since", "2026-03-02", "--reason", "unsure", "--reason", "not-covered").stdout
    assert [word in shown for word in ("one", "two", "three", "four")] == [False, True, False, True]


def test_newest_comes_first_if_wanted(guideline_bot: Any, register: Register) -> None:
    register(a_line("fees"), a_line("fees", number=1), a_line("buses", number=2))
    frequent, newest = guideline_bot("questions").stdout, guideline_bot("questions", "--sort", "newest").stdout
    assert frequent.index("fees") < frequent.index("buses")
    assert newest.index("buses") < newest.index("fees")


def test_what_the_content_answers_by_now_is_marked(guideline_bot: Any, register: Register) -> None:
    register(a_line("What goes in the letter?"), a_line("where can i park"))
    shown = guideline_bot("questions").stdout
    assert "Now answered: 1." in shown
    assert "now answered by: What the letter contains (letter-contents)" in shown


def test_an_entry_that_is_gone_is_named_by_its_id(guideline_bot: Any, register: Register) -> None:
    register(a_line("one", entries=("letter.colour",)))
    assert "letter.colour, which the content no longer has" in guideline_bot("questions").stdout


def test_nothing_that_was_asked_moves_the_cursor(guideline_bot: Any, register: Register) -> None:
    register(a_line("\x1b[2J\x07one\r\nNOT COVERED\u202e"))
    shown = guideline_bot("questions").stdout
    assert "[2J one NOT COVERED" in shown
    assert all(character.isprintable() or character == "\n" for character in shown)


# exporting


def pasted(export: str, folder: Path) -> Path:
    """A copy of the built-in content into whose examples an editor has pasted the export, by hand: lines below the id
    where it is there, the id with them where it is not."""
    copy = Path(shutil.copytree(BUILT_IN, folder))
    lines = (copy / EXAMPLES).read_text(encoding="utf-8").splitlines()
    _, _, blocks = export.partition("\nexamples:\n")
    key = ""
    for line in blocks.splitlines():
        if line.startswith("    "):
            lines.insert(lines.index(key) + 1, line)
        elif line.startswith("  "):
            key = line
            lines += [] if key in lines else ["", key]
    (copy / EXAMPLES).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return copy


def test_export_pasted_into_the_content_is_in_order_and_answers(
    guideline_bot: Any, register: Register, tmp_path: Path
) -> None:
    register(*(a_line(question, wanted=wanted) for question, wanted in QUESTIONS.items()))
    export = guideline_bot("questions", "--export", "-").stdout
    copy = pasted(export, tmp_path / "copy")
    checked = guideline_bot("check", str(copy))
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    answerer = open_answerer(copy)
    examples = yaml.safe_load(export)["examples"]
    asked = [(id, line) for id, block in examples.items() for line in block.splitlines() if not line.startswith("#")]
    assert len(asked) >= len(QUESTIONS) / 2
    assert f"# TO SORT: {len(QUESTIONS) - len(asked)}." in export
    for id, question in asked:
        assert answerer.answer(question).matches[0].entry.id == id
    assert "#     # looked for: the 'visitor' lot\n#     where can i park my car\n" in export


def test_export_by_itself_is_a_file_of_examples(guideline_bot: Any, register: Register, tmp_path: Path) -> None:
    register(*(a_line(question, wanted=wanted) for question, wanted in QUESTIONS.items()))
    copy = Path(shutil.copytree(BUILT_IN, tmp_path / "copy"))
    (copy / EXAMPLES).unlink()
    assert guideline_bot("questions", "--export", str(copy / EXAMPLES)).stdout == f"Written to {copy / EXAMPLES}.\n"
    assert guideline_bot("check", str(copy)).returncode == 0


def test_export_replaces_a_file_whole_and_leaves_nothing_beside_it(
    guideline_bot: Any, register: Register, tmp_path: Path
) -> None:
    database = register(a_line("hom clinic definition"))
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "real.yaml").write_text("x" * 100_000, encoding="utf-8")
    (folder / "real.yaml").chmod(0o640)
    (folder / "link.yaml").symlink_to("real.yaml")
    guideline_bot("questions", "--export", str(folder / "link.yaml"))
    assert "hom clinic definition" in (folder / "real.yaml").read_text(encoding="utf-8")
    assert "xxx" not in (folder / "real.yaml").read_text(encoding="utf-8")
    assert stat.S_IMODE((folder / "real.yaml").stat().st_mode) == 0o640
    assert {path.name for path in folder.iterdir()} == {"real.yaml", "link.yaml"}
    guideline_bot("questions", "--export", str(folder / "new.yaml"))
    assert stat.S_IMODE((folder / "new.yaml").stat().st_mode) == 0o600
    assert database.exists()


# refusing


def test_no_database_is_refused_and_none_is_made(guideline_bot: Any, tmp_path: Path) -> None:
    assert "nowhere.sqlite3" in one_line(guideline_bot("questions", "--database", "nowhere.sqlite3"))
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_something_else_is_refused(guideline_bot: Any, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.execute("create table recipes (name text)")
    assert "another program" in one_line(guideline_bot("questions"))


def a_folder(path: Path) -> None:
    path.mkdir()


def in_no_folder(path: Path) -> None:
    """Nothing is there, and nothing it could be in."""


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("prepare", "where"), [(a_folder, "out.yaml"), (in_no_folder, "missing/out.yaml"), (a_pipe, "out.yaml")]
)
def test_what_cannot_be_written_is_refused_and_left_as_it_is(
    prepare: Callable[[Path], None], where: str, guideline_bot: Any, register: Register, tmp_path: Path
) -> None:
    register(a_line("hom clinic definition"))
    prepare(tmp_path / where)
    before = {path.name for path in tmp_path.iterdir()}
    assert "out.yaml" in one_line(guideline_bot("questions", "--export", where))
    assert {path.name for path in tmp_path.iterdir()} == before


IN_USE = [
    DATABASE,
    f"{DATABASE}-wal",
    f"{DATABASE}-shm",
    f"{DATABASE}-journal",
    "copy/examples.yaml",
    "copy/clauses.yaml",
]


@pytest.mark.parametrize("where", [*IN_USE, "copy/new.yaml"])
@pytest.mark.parametrize("database", [DATABASE, "link.sqlite3"])
def test_what_the_bot_works_with_is_not_written_over(
    database: str, where: str, guideline_bot: Any, register: Register, tmp_path: Path
) -> None:
    register(a_line("hom clinic definition"))
    copy = Path(shutil.copytree(BUILT_IN, tmp_path / "copy"))
    (tmp_path / "link.sqlite3").symlink_to(DATABASE)
    settings = {"GUIDELINE_FOLDER": str(copy), "DATABASE": database}
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    refused = one_line(guideline_bot("questions", "--export", where, **settings))
    assert f"{where} is what the bot works with" in refused
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_standard_output_may_be_in_the_folder_of_the_content(guideline_bot: Any, register: Register) -> None:
    copy = Path(shutil.copytree(BUILT_IN, register(a_line("hom clinic definition")).parent, dirs_exist_ok=True))
    done = guideline_bot("questions", "--export", "-", GUIDELINE_FOLDER=str(copy))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_that_is_too_long_is_refused(guideline_bot: Any, register: Register) -> None:
    register(a_line("hom clinic definition"))
    assert "File name too long" in one_line(guideline_bot("questions", "--export", "x" * 300))


def test_a_link_that_leads_to_itself_is_refused(guideline_bot: Any, register: Register, tmp_path: Path) -> None:
    register(a_line("hom clinic definition"))
    (tmp_path / "out.yaml").symlink_to("out.yaml")
    assert "out.yaml is a link that leads nowhere" in one_line(guideline_bot("questions", "--export", "out.yaml"))


def test_an_empty_register_is_said_in_a_line(guideline_bot: Any, register: Register) -> None:
    register()
    done = guideline_bot("questions")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"There are no such questions in the register of {DATABASE}.\n"


@pytest.mark.parametrize("where", ["-", "out.yaml"])
def test_nothing_to_export_leaves_the_file_as_it_is(
    where: str, guideline_bot: Any, register: Register, tmp_path: Path
) -> None:
    register(a_line("one"))
    (tmp_path / "out.yaml").write_text("kept", encoding="utf-8")
    done = guideline_bot("questions", "--since", "2026-04-01", "--export", where)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "out.yaml").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("arguments", [["--since", "yesterday"], ["--reason", "boredom"]])
def test_what_is_no_date_and_no_reason_is_refused(arguments: list[str], guideline_bot: Any, register: Register) -> None:
    register(a_line("one"))
    done = guideline_bot("questions", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert arguments[1] in done.stderr
