"""The command line, as its users meet it: a process, its output and its exit code."""

import json
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from bot.listeners import REGISTRY
from bot.local.workspace import LocalWorkspace
from bot.manifest import build_manifest
from guideline_content.loading import BUILT_IN
from tests.bot.conftest import PROGRAM, one_line

LETTER = "What goes in the letter?"


@pytest.fixture
def running(tmp_path: Path, environment: dict[str, str]) -> Any:
    """Starts a command that serves, and ends it with the test."""

    @contextmanager
    def run(*arguments: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
        with subprocess.Popen(
            [*PROGRAM, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env=environment | settings,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    return run


def printed_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()


# ask


def test_ask_answers_in_words(guideline_bot: Any) -> None:
    done = guideline_bot("ask", "what", "goes in the letter?")
    assert done.returncode == 0
    assert "What the letter contains" in done.stdout
    assert "MUST - §4.2.3 Ending phase, letter" in done.stdout
    assert "*" not in done.stdout


def test_ask_as_json_is_one_object(guideline_bot: Any) -> None:
    answer = json.loads(guideline_bot("ask", "--json", LETTER).stdout)
    assert set(answer) == {"question", "outcome", "entries", "confidence"}
    assert (answer["question"], answer["outcome"]) == (LETTER, "answered")
    first = answer["entries"][0]
    assert set(first) == {"id", "title", "section", "kind", "obligation", "clauses", "applies", "score"}
    assert (first["id"], first["kind"], first["obligation"]) == ("letter-contents", "group", None)
    assert "letter.thirty-days" in first["clauses"]


@pytest.mark.parametrize("role", ["nurse-practitioner", "NP", "Nurse practitioner"])
def test_ask_takes_a_role_by_id_or_name(role: str, guideline_bot: Any) -> None:
    done = guideline_bot("ask", "--role", role, "Prescriptions for 30 days of refills")
    assert "as a nurse practitioner, this applies to you" in done.stdout


def test_ask_for_an_unknown_role_lists_the_roles(guideline_bot: Any) -> None:
    assert "nurse-practitioner, physician-assistant" in one_line(guideline_bot("ask", "--role", "pilot", LETTER))


def test_each_line_of_a_file_is_answered_by_a_line(guideline_bot: Any, tmp_path: Path) -> None:
    questions = ["What goes in the letter?", "", "Where can I park?", "caf\u00e9 \u2028 zzz"]
    (tmp_path / "questions.txt").write_text("\ufeff" + "\n".join(questions), encoding="utf-8")
    lines = guideline_bot("ask", "--file", "questions.txt").stdout.splitlines()  # U+2028 ends one here
    assert [json.loads(line)["question"] for line in lines] == questions


def test_questions_from_standard_input_are_answered_as_they_come(running: Any, environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [*PROGRAM, "ask", "--file", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, bufsize=0
    ) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(2):
            process.stdin.write(f"{LETTER}\n".encode())
            assert json.loads(process.stdout.readline())["outcome"] == "answered"
        process.stdin.close()
        assert process.wait() == 0


def test_bytes_that_are_no_text_are_a_question_like_any_other(guideline_bot: Any) -> None:
    lines = guideline_bot("ask", "--file", "-", given=b"\xff\xfe\n\x00\n").stdout.splitlines()
    assert len([json.loads(line) for line in lines]) == 2


def test_reader_that_leaves_early_gets_no_traceback(environment: dict[str, str]) -> None:
    """As `| head -1` does."""
    with subprocess.Popen(
        [*PROGRAM, "ask", "--file", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout
        process.stdout.close()
        _, complaint = process.communicate(f"{LETTER}\n".encode() * 10)
    assert complaint == b""


@pytest.mark.parametrize("arguments", [[], ["--file", "-", "and a question"]])
def test_ask_wants_questions_from_one_place(arguments: list[str], guideline_bot: Any) -> None:
    one_line(guideline_bot("ask", *arguments))


# check and manifest


def test_check_of_the_built_in_content_counts_it(guideline_bot: Any) -> None:
    done = guideline_bot("check")
    assert done.returncode == 0
    assert re.search(r"\d+ clauses, \d+ groups, \d+ silences, \d+ readings", done.stdout)


@pytest.fixture
def broken_folder(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(BUILT_IN, tmp_path / "broken"))
    file = folder / "guideline.yaml"
    text = file.read_text(encoding="utf-8").replace("obligation: must", "obligation: shall")
    file.write_text(text, encoding="utf-8")
    return folder


def test_check_says_each_problem_in_a_line(guideline_bot: Any, broken_folder: Path) -> None:
    done = guideline_bot("check", str(broken_folder))
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert len(lines) > 1
    assert all(re.match(rf"{broken_folder}/guideline\.yaml:\d+: ", line) for line in lines)


def test_check_of_no_folder_is_refused(guideline_bot: Any) -> None:
    assert "nowhere" in one_line(guideline_bot("check", "nowhere"))


@pytest.mark.parametrize("command", [["ask", LETTER], ["local"], ["manifest"]])
def test_broken_content_is_one_line_and_the_way_to_see_the_rest(
    command: list[str], guideline_bot: Any, broken_folder: Path, tmp_path: Path
) -> None:
    said = one_line(guideline_bot(*command, GUIDELINE_FOLDER=str(broken_folder)))
    assert "guideline.yaml:" in said
    assert "guideline-bot check" in said
    assert not list(tmp_path.glob("*.sqlite3*"))


def test_manifest_is_printed_as_json(guideline_bot: Any, answerer: Any) -> None:
    printed = json.loads(guideline_bot("manifest").stdout)
    assert printed == build_manifest(REGISTRY, answerer.guideline.title)


# help


def test_help_names_every_command_with_what_it_does(guideline_bot: Any) -> None:
    shown = guideline_bot("--help").stdout.partition("Commands:")[2]
    assert re.findall(r"^  (\w+) +\w", shown, re.MULTILINE) == ["ask", "check", "local", "manifest", "questions", "run"]


# local


def test_local_says_where_it_is_and_stops_on_either_signal(running: Any) -> None:
    for kind in (signal.SIGINT, signal.SIGTERM):
        with running("local", "--port", "0") as process:
            address = re.search(r"http://127\.0\.0\.1:\d+/", printed_by(process))
            assert address
            with urlopen(address[0]) as page:
                assert page.status == 200
            process.send_signal(kind)
            assert process.wait() == 0
            assert process.stderr.read() == ""


def test_local_goes_past_any_proxy(running: Any) -> None:
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
    with running("local", "--port", "0", **proxies) as process:
        assert "http://127.0.0.1:" in printed_by(process)


def test_used_port_is_refused_and_leaves_nothing_behind(guideline_bot: Any, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert "--port" in one_line(guideline_bot("local", "--port", port))
    assert list(tmp_path.iterdir()) == []


def foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("create table recipes (name text)")


def no_database(path: Path) -> None:
    path.write_text("not a database at all, but long enough to be looked at " * 20, encoding="utf-8")


def folder_of_that_name(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("prepare", [foreign_database, no_database])
def test_file_of_something_else_is_refused_and_left_as_it_is(prepare: Any, guideline_bot: Any, tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    prepare(path)
    before = path.read_bytes()
    assert "other.sqlite3" in one_line(guideline_bot("local", "--port", "0", "--database", str(path)))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_database_where_nothing_can_be_written_is_refused(guideline_bot: Any) -> None:
    one_line(guideline_bot("local", "--port", "0", "--database", "missing/folder/bot.sqlite3"))


# run


def test_run_names_the_settings_that_are_missing(guideline_bot: Any, tmp_path: Path) -> None:
    said = one_line(guideline_bot("run"))
    assert "SLACK_BOT_TOKEN is missing; SLACK_APP_TOKEN is missing" in said
    assert list(tmp_path.iterdir()) == []


def slack_settings(workspace: LocalWorkspace) -> dict[str, str]:
    return {
        "SLACK_API_URL": workspace.api_url.rstrip("/"),
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }


def test_run_answers_in_the_workspace_its_settings_name(
    running: Any, workspace: LocalWorkspace, tmp_path: Path
) -> None:
    with running("run", **slack_settings(workspace), LOG_LEVEL="DEBUG") as process:
        assert "Connected to Local primary care" in printed_by(process)
        rosa = workspace.person("Nurse")
        rosa.say(rosa.direct_message, LETTER)
        rosa.wait_for_message("What the letter contains")
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
        log = process.stderr.read()
    assert "letter-contents" in log
    assert LETTER not in log
    assert rosa.id not in log
    assert (tmp_path / "guideline-bot.sqlite3").is_file()
    assert workspace.refusals == ()


@pytest.mark.parametrize(
    ("name", "token"), [("SLACK_BOT_TOKEN", "xoxb-1-secret"), ("SLACK_APP_TOKEN", "xapp-1-secret")]
)
def test_token_that_slack_does_not_take_is_named(
    name: str, token: str, guideline_bot: Any, workspace: LocalWorkspace
) -> None:
    said = one_line(guideline_bot("run", **slack_settings(workspace) | {name: token}))
    assert f"{name}: invalid_auth" in said
    assert "secret" not in said


def test_slack_that_cannot_be_reached_is_named(guideline_bot: Any, workspace: LocalWorkspace) -> None:
    said = one_line(guideline_bot("run", **slack_settings(workspace) | {"SLACK_API_URL": "http://127.0.0.1:9/"}))
    assert "http://127.0.0.1:9/" in said
