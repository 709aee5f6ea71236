"""Asking to be told, and being told, once, when the content answers a question."""

import logging
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.one_case import LEASE
from bot.local.faults import Fault, LostAnswer, RateLimited, ServerError
from bot.local.model import Message
from bot.local.person import Person
from bot.local.workspace import LocalWorkspace
from conversations.asking import KEPT, Asking
from conversations.questions import Reason, Waiting
from conversations.sqlite_store import SQLiteStore
from guideline_content import engine
from guideline_content.answers import Answer, Outcome
from guideline_content.loading import BUILT_IN
from guideline_content.models import Guideline
from tests.bot.conftest import FEE, PROGRAM, Bot, Clinic, Content, Start

LETTER = "What goes in the letter?"
TELL_ME = "Tell me when it is answered"
TOLD = "You wanted to be told"


@dataclass
class Listening:
    """An answerer that covers nothing, and notes what it was asked."""

    guideline: Guideline
    heard: list[str] = field(default_factory=list)

    def answer(
        self, question: str, role: str | None = None, topic: tuple[str, ...] = (), *, settled: bool = True
    ) -> Answer:
        self.heard.append(question)
        return Answer(question, Outcome.NOT_COVERED, (), 0.9, role)


def wait_for_answer(bot: Bot, person: Person | None = None) -> Message:
    """Ask, and ask to be told."""
    person = person or bot.nurse
    asked = person.mention("primary-care", FEE)
    answer = person.wait_for_message("", "primary-care", after=asked)
    person.click(answer, TELL_ME)
    person.wait_for_message("Noted.", "primary-care")
    return answer


def news(person: Person) -> list[Message]:
    """What the bot told somebody, whom it never answered in a direct message."""
    return [message for message in person.messages(person.direct_message) if message.from_bot]


@pytest.mark.parametrize("outcome", [Outcome.UNSURE, Outcome.SILENT, Outcome.NOT_COVERED])
def test_who_asks_to_be_told_is_told_once_when_the_content_answers(outcome: Outcome, start: Start) -> None:
    with start(outcome) as bot:
        wait_for_answer(bot)
        bot.telling().run()
        assert news(bot.nurse) == []
    with start(Outcome.ANSWERED) as bot:
        bot.telling().run()
        (told,) = news(bot.nurse)
        for text in (TOLD, f"The question was:\n{FEE}", "A registered letter", "content version", "Was this it?"):
            assert text in told.shown
    with start(Outcome.ANSWERED) as bot:
        bot.telling().run()
        assert news(bot.nurse) == [told]
    with start(Outcome.ANSWERED, ("letter-contents",)) as bot:
        bot.telling().run()
        assert news(bot.nurse) == [told]


def test_what_is_told_has_buttons_that_work(start: Start) -> None:
    with start() as bot:
        wait_for_answer(bot)
    with start(Outcome.ANSWERED, ("letter.thirty-days.emergency-care",)) as bot:
        rosa = bot.nurse
        with bot.telling().running():
            told = rosa.wait_for_message(TOLD)
        rosa.choose(told, "Set my role", "Nurse practitioner")
        rosa.wait_for(lambda: "as a nurse practitioner, this applies to you" in (rosa.message(told) or told).shown)
        rosa.click(told, "Yes")
        rosa.wait_for_message("Thank you")
        assert {line.reason for line in bot.store.registered()} == {Reason.NOT_COVERED, Reason.HELPFUL}


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ((Outcome.ANSWERED, ("letter-contents",)), True),
        ((Outcome.ANSWERED, ("letter.registered", "letter-contents")), False),
        ((Outcome.UNSURE, ("letter-contents",)), False),
        ((Outcome.SILENT, ("silence.who-signs",)), False),
    ],
)
def test_who_said_no_is_told_of_another_first_entry(
    now: tuple[Outcome, tuple[str, ...]], told: bool, start: Start
) -> None:
    with start(Outcome.ANSWERED) as bot:
        rosa = bot.nurse
        asked = rosa.mention("primary-care", FEE)
        rosa.click(rosa.wait_for_message("A registered letter", after=asked), "No")
        form = rosa.wait_for_modal("What was missing?")
        assert "kept for 30 days" in str(form.blocks)
        rosa.fill("Being told", ["Tell me when there is another answer"])
        assert rosa.submit() == {}
        assert "I tell you in a direct message" in rosa.wait_for_modal("register of questions").shown
        assert [line.reason for line in bot.store.registered()] == [Reason.NOT_HELPFUL]
    with start(*now) as bot:
        bot.telling().run()
        assert [TOLD in message.shown for message in news(bot.nurse)] == [True] * told


def test_a_form_without_the_tick_asks_for_nothing(start: Start) -> None:
    with start(Outcome.ANSWERED) as bot:
        asked = bot.nurse.mention("primary-care", FEE)
        bot.nurse.click(bot.nurse.wait_for_message("A registered letter", after=asked), "No")
        bot.nurse.wait_for_modal("What was missing?")
        bot.nurse.fill("What were you looking for?", "a price")
        bot.nurse.submit()
        assert bot.store.waiting() == ()


def test_the_button_says_how_long_it_is_kept(start: Start) -> None:
    with start() as bot:
        assert "kept for 30 days, as answers are" in wait_for_answer(bot).shown


def test_asking_twice_is_asking_once(start: Start) -> None:
    with start() as bot:
        answer = wait_for_answer(bot)
        bot.nurse.click(answer, TELL_ME)
        bot.nurse.click(answer, TELL_ME)
        assert len(bot.store.waiting()) == 1
    with start(Outcome.ANSWERED) as bot:
        bot.telling().run()
        assert len(news(bot.nurse)) == 1
        bot.nurse.click(answer, TELL_ME)
        bot.nurse.wait_for_message("You were told already")
        assert bot.store.waiting() == ()


def test_everybody_who_waits_for_an_answer_is_told(start: Start) -> None:
    with start() as bot:
        answer = wait_for_answer(bot)
        bot.physician.click(answer, TELL_ME)
        bot.physician.wait_for_message("Noted.", "primary-care")
    with start(Outcome.ANSWERED) as bot:
        bot.telling().run()
        assert [len(news(person)) for person in (bot.nurse, bot.physician, bot.nurse_practitioner)] == [1, 1, 0]


def test_after_thirty_days_nobody_waits_any_more(start: Start) -> None:
    with start() as bot:
        answer = wait_for_answer(bot)
        bot.clock.advance(KEPT + timedelta(seconds=1))
    with start(Outcome.ANSWERED) as bot:
        bot.telling().run()
        assert news(bot.nurse) == []
        assert bot.store.waiting() == ()
        bot.nurse.click(answer, TELL_ME)
        bot.nurse.wait_for_message("too old")


def test_the_register_names_nobody_and_gains_no_line_by_telling(start: Start) -> None:
    with start() as bot:
        wait_for_answer(bot)
        before = bot.store.registered()
        assert len(before) == 1
        assert bot.nurse.id not in before[0].model_dump_json()
    with start(Outcome.ANSWERED) as bot:
        bot.telling().run()
        assert bot.store.registered() == before


def test_small_talk_and_answers_offer_nothing_to_wait_for(clinic: Clinic) -> None:
    rosa = clinic.nurse
    for said in ("thanks, that was great!", LETTER):
        asked = rosa.mention("primary-care", said)
        assert TELL_ME not in rosa.wait_for_message("", "primary-care", after=asked).labels


def test_an_answer_in_a_modal_can_be_waited_for_too(start: Start) -> None:
    with start() as bot:
        rosa = bot.nurse
        rosa.click(rosa.open_home(), "Ask a question")
        rosa.wait_for_modal("Ask the guideline")
        rosa.fill("Your question", FEE)
        rosa.submit()
        rosa.click(rosa.wait_for_modal("does not cover"), TELL_ME)
        rosa.wait_for_modal("I tell you in a direct message")
    with start(Outcome.ANSWERED) as bot:
        bot.telling().run()
        assert len(news(bot.nurse)) == 1


def test_the_question_is_told_screened_and_as_plain_text(start: Start, answerer: engine.Answerer) -> None:
    question = "what of *him* <!channel>, PHIN 123 456 789?"
    kept = "what of *him* <!channel>, PHIN [removed: PHIN]?"
    with start() as bot:
        rosa = bot.nurse
        asked = rosa.mention("primary-care", question)
        rosa.click(rosa.wait_for_message("", "primary-care", after=asked), TELL_ME)
        rosa.wait_for_message("Noted.")
    asked_again = "what of *him* <!channel>, PHIN …?"
    with start(content=Content(answerer.guideline, {asked_again: (Outcome.ANSWERED, ("letter.registered",))})) as bot:
        bot.telling().run()
        (told,) = news(bot.nurse)
        assert [block["text"] for block in told.blocks[1:2]] == [{"type": "plain_text", "text": kept, "emoji": False}]
        assert "123 456" not in str(told)


def test_a_follow_up_is_asked_again_as_one(start: Start, answerer: engine.Answerer) -> None:
    content = Content(answerer.guideline, {LETTER: (Outcome.ANSWERED, ("letter-contents",))})
    with start(content=content) as bot:
        rosa = bot.nurse
        root = rosa.mention("primary-care", LETTER)
        first = rosa.wait_for_message("What the letter contains")
        rosa.mention("primary-care", FEE, thread_ts=root.ts)
        rosa.click(rosa.wait_for_message("does not cover", after=first), TELL_ME)
        rosa.wait_for_message("Noted.")
        content.topics.clear()
        bot.telling().run()
        assert content.topics == [("letter-contents",)]


def test_a_follow_up_that_is_told_of_keeps_what_it_followed(start: Start, answerer: engine.Answerer) -> None:
    content = Content(answerer.guideline, {LETTER: (Outcome.ANSWERED, ("letter-contents",))})
    with start(content=content) as bot:
        rosa = bot.nurse
        root = rosa.mention("primary-care", LETTER)
        first = rosa.wait_for_message("What the letter contains")
        rosa.mention("primary-care", FEE, thread_ts=root.ts)
        rosa.click(rosa.wait_for_message("does not cover", after=first), TELL_ME)
        rosa.wait_for_message("Noted.")
        content.known[FEE] = (Outcome.ANSWERED, ("letter.registered",))
        bot.telling().run()
        (told,) = news(rosa)
        rosa.click(told, "No")
        rosa.wait_for_modal("What was missing?")
        rosa.fill("Being told", ["Tell me when there is another answer"])
        rosa.submit()
        rosa.wait_for_modal("I tell you in a direct message")
        assert [one.asked.follows for one in bot.store.waiting()] == [("letter-contents",)]


@pytest.mark.parametrize("identifier", ["204-555-1234", "PHIN 123 456 789", "jane@example.org"])
def test_a_question_that_held_an_identifier_is_asked_again_as_it_was_asked(
    identifier: str, start: Start, answerer: engine.Answerer
) -> None:
    content = Listening(answerer.guideline)
    with start(content=content) as bot:
        rosa = bot.nurse
        asked = rosa.mention("primary-care", f"what of {identifier} and the fee?")
        rosa.click(rosa.wait_for_message("does not cover", after=asked), TELL_ME)
        rosa.wait_for_message("Noted.")
        bot.telling().run()
        first, again = content.heard
        assert first == again
        assert "removed" not in again


@pytest.mark.parametrize("fault", [ServerError(), RateLimited(1)])
@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
def test_slack_out_of_reach_at_the_start_delays_and_loses_nothing(method: str, fault: Fault, start: Start) -> None:
    with start() as bot:
        wait_for_answer(bot)
    with start(Outcome.ANSWERED) as bot:
        bot.workspace.faults.add(method, fault, fault)
        bot.telling().run()
        assert bot.workspace.faults.next(method) is None
        assert len(news(bot.nurse)) == 1
        assert bot.store.waiting() == ()


def test_a_post_whose_answer_was_lost_is_repeated_once(start: Start) -> None:
    with start() as bot:
        wait_for_answer(bot)
    with start(Outcome.ANSWERED) as bot:
        bot.workspace.faults.add("chat.postMessage", LostAnswer())
        bot.telling().run()
        assert len(news(bot.nurse)) == 2


@contextmanager
def asked_to_wait() -> Iterator[threading.Event]:
    """Set once Slack has asked for patience."""
    heard = threading.Event()

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "Slack asks to wait" in record.getMessage():
                heard.set()

    handler, logger = Handler(), logging.getLogger("bot.delivery.telling")
    logger.addHandler(handler)
    yield heard
    logger.removeHandler(handler)


def test_stopping_does_not_wait_for_slack_to_come_back(start: Start) -> None:
    with start() as bot:
        wait_for_answer(bot)
    with start(Outcome.ANSWERED) as bot:
        bot.workspace.faults.add("conversations.open", RateLimited(600))
        with asked_to_wait() as heard, bot.telling().running():
            assert heard.wait(timeout=15)
        assert len(bot.store.waiting()) == 1


class DyingStore(SQLiteStore):
    """The process dies before it can mark what was told."""

    def told(self, waiting: Waiting, **_: object) -> None:
        raise SystemExit


def test_dying_between_the_post_and_the_mark_repeats_it_once_after_the_lease(
    start: Start, tmp_path: Path, answerer: engine.Answerer
) -> None:
    with start() as bot:
        wait_for_answer(bot)
    with start(Outcome.ANSWERED) as bot:
        with DyingStore(tmp_path / "bot.sqlite3") as dying, pytest.raises(SystemExit):
            replace(
                bot, asking=Asking(Content(bot.guideline, {FEE: (Outcome.ANSWERED, ("letter.registered",))}), dying)
            ).telling().run()
        assert len(news(bot.nurse)) == 1
        bot.clock.advance(LEASE)
        bot.telling().run()
        bot.telling().run()
        assert len(news(bot.nurse)) == 2


def test_two_processes_that_start_at_once_tell_once(start: Start) -> None:
    with start() as bot:
        wait_for_answer(bot)
    with start(Outcome.ANSWERED) as bot:
        with bot.telling().running(), bot.telling().running():
            bot.nurse.wait_for_message(TOLD)
        assert len(news(bot.nurse)) == 1
        assert bot.store.waiting() == ()


def process(workspace: LocalWorkspace, environment: dict[str, str], **settings: str) -> AbstractContextManager[None]:
    """The bot as a process, from its start until it was told to stop and has."""
    tokens = {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
    }

    @contextmanager
    def running() -> Iterator[None]:
        with subprocess.Popen(
            [*PROGRAM, "run"], stdout=subprocess.PIPE, text=True, env=environment | tokens | settings
        ) as bot:
            try:
                assert bot.stdout
                assert "Connected" in bot.stdout.readline()
                workspace.wait_until_connected()
                yield
            finally:
                bot.terminate()
                assert bot.wait(timeout=30) == 0

    return running()


def test_a_bot_that_starts_with_more_content_tells_by_itself(
    workspace: LocalWorkspace, environment: dict[str, str], tmp_path: Path
) -> None:
    question = "which colour of envelope brings luck?"
    richer = Path(shutil.copytree(BUILT_IN, tmp_path / "richer"))
    text = (richer / "phrasings.yaml").read_text(encoding="utf-8")
    key = "  letter.registered: |\n"
    assert text.count(key) == 1
    (richer / "phrasings.yaml").write_text(
        text.replace(key, f"{key}    which colour of envelope brings luck\n"), encoding="utf-8"
    )
    database = str(tmp_path / "bot.sqlite3")
    rosa = workspace.person("Nurse")
    with process(workspace, environment, DATABASE=database):
        asked = rosa.mention("primary-care", question)
        rosa.click(rosa.wait_for_message("", "primary-care", after=asked), TELL_ME)
        rosa.wait_for_message("Noted.")
    for _ in range(2):
        with process(workspace, environment, DATABASE=database, GUIDELINE_FOLDER=str(richer)):
            told = rosa.wait_for_message(TOLD)
            assert "A registered letter" in told.shown
    assert news(rosa) == [told]


def test_somebody_who_cannot_be_reached_keeps_nobody_waiting(start: Start) -> None:
    with start() as bot:
        wait_for_answer(bot)
        waiting = bot.store.waiting()[0]
        assert bot.store.wait(waiting.asked.id, "U0GONE0000", at=bot.clock() - timedelta(minutes=1))
    with start(Outcome.ANSWERED) as bot:
        assert [one.person for one in bot.store.waiting()] == ["U0GONE0000", bot.nurse.id]
        bot.telling().run()
        assert len(news(bot.nurse)) == 1
        assert [one.person for one in bot.store.waiting()] == ["U0GONE0000"]
