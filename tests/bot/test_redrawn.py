"""An answer that is drawn again is the same answer: for a role, for a channel, after a restart."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bot.local.model import Message
from bot.views.questions import Place, Shown, build_answer
from conversations.asking import Asked, Asking
from conversations.identifiers import Kind
from conversations.questions import AnsweredQuestion
from conversations.sqlite_store import SQLiteStore
from guideline_content import engine
from guideline_content.answers import Answer, Match, Outcome
from guideline_content.models import Guideline
from tests.bot.conftest import Bot, Clock, Start

TUNING = Path(__file__).parents[1] / "questions" / "tuning.yaml"
QUESTION = "refils or emergancy care?"
READ_AS = "refills or emergency care"
CARE, REFILLS, FAR = "letter.thirty-days.emergency-care", "letter.thirty-days.refills", "letter.registered"


@dataclass
class Near:
    """An answerer that respells, and finds two entries near each other and one far off."""

    guideline: Guideline
    outcome: Outcome = Outcome.ANSWERED

    def answer(
        self, question: str, role: str | None = None, topic: tuple[str, ...] = (), *, settled: bool = True
    ) -> Answer:
        scores = {CARE: 0.9, "silence.controlled-medications": 0.85, FAR: 0.1}
        matches = tuple(Match(self.guideline.entries[id], score) for id, score in scores.items())
        return Answer(question, self.outcome, matches, 0.7, role, question.replace(QUESTION, READ_AS))


def links(message: Message) -> list[str]:
    """The buttons that lead on."""
    return [label for label in message.labels if "medications" in label or "registered" in label]


@pytest.mark.parametrize("restarted", [False, True])
def test_a_role_changes_nothing_but_what_it_means_for_the_role(
    restarted: bool,
    start: Start,
    answerer: engine.Answerer,
) -> None:
    near = Near(answerer.guideline)
    with start(content=near) as bot:
        asked = bot.nurse.mention("primary-care", QUESTION)
        answer = bot.nurse.wait_for_message(f"Read as: {READ_AS}", after=asked)
        assert len(links(answer)) == 1
        if not restarted:
            redrawn = with_role(bot, answer)
    if restarted:
        with start(content=near) as bot:
            redrawn = with_role(bot, answer)
    assert f"Read as: {READ_AS}" in redrawn.shown
    assert links(redrawn) == links(answer)


def with_role(bot: Bot, answer: Message) -> Message:
    rosa = bot.nurse
    rosa.choose(answer, "Set my role", "Nurse practitioner")
    return rosa.wait_for(
        lambda: (
            now
            if (now := rosa.message(answer)) and "as a nurse practitioner, this applies to you" in now.shown
            else None
        )
    )


def test_what_is_shared_after_a_restart_is_the_answer_without_the_question(
    start: Start, answerer: engine.Answerer
) -> None:
    near = Near(answerer.guideline)
    with start(content=near) as bot:
        bot.nurse.command("primary-care", "/guideline", f"{QUESTION} (Jane Doe)")
        answer = bot.nurse.wait_for_message(f"Read as: {READ_AS} (Jane Doe)", "primary-care")
    with start(content=near) as bot:
        bot.nurse.click(answer, "Share in channel")
        shared = bot.physician.wait_for_message("Emergency care", "primary-care")
        assert links(shared) == links(answer)
        assert not any(word in str(shared) for word in ("Read as", "Jane", QUESTION))


def test_a_warning_is_not_shared(start: Start, answerer: engine.Answerer) -> None:
    with start(content=Near(answerer.guideline)) as bot:
        bot.nurse.command("primary-care", "/guideline", f"{QUESTION} PHIN 123 456 789")
        answer = bot.nurse.wait_for_message("Please leave identity out", "primary-care")
        bot.nurse.click(answer, "Share in channel")
        shared = bot.physician.wait_for_message("Emergency care", "primary-care")
        assert "Please leave identity out" not in shared.shown


def test_the_request_to_delete_a_message_stays_with_its_answer(start: Start, answerer: engine.Answerer) -> None:
    with start(content=Near(answerer.guideline)) as bot:
        asked = bot.nurse.mention("primary-care", f"{QUESTION} PHIN 123 456 789")
        answer = bot.nurse.wait_for_message("Please delete your message", after=asked)
        assert "seems to hold a PHIN" in with_role(bot, answer).shown


def test_a_choice_keeps_how_the_question_was_read(start: Start, answerer: engine.Answerer) -> None:
    with start(content=Near(answerer.guideline, Outcome.UNSURE)) as bot:
        rosa = bot.nurse
        asked = rosa.mention("primary-care", QUESTION)
        unsure = rosa.wait_for_message("Did you mean", after=asked)
        rosa.click(unsure, "A registered letter")
        settled = rosa.wait_for(lambda: now if (now := rosa.message(unsure)) != unsure else None)
        assert settled
        assert f"Read as: {READ_AS}" in settled.shown


def drawn(asking: Asking, one: Asked) -> list[object]:
    shown = Shown(asking.guideline, one.answer, one.id, Place.CONVERSATION, tuple(one.seen))
    return [message.payload() for message in build_answer(shown)]


def test_every_answer_is_drawn_again_as_it_was(answerer: engine.Answerer, tmp_path: Path) -> None:
    questions = yaml.safe_load(TUNING.read_text(encoding="utf-8"))
    some = [one["q"] for part in ("in_scope", "silent", "out_of_scope", "several") for one in questions[part][:25]]
    clock = Clock()
    with SQLiteStore(tmp_path / "bot.sqlite3") as store:
        asking = Asking(answerer, store)
        given = []
        for question in some:
            clock.advance(timedelta(hours=1))
            given += asking.ask(question, person="U01", conversation="D01", at=clock())
    with SQLiteStore(tmp_path / "bot.sqlite3") as store:
        asking = Asking(answerer, store)
        for one in given:
            assert drawn(asking, asking.recall(one.id)) == drawn(asking, one)


@pytest.mark.parametrize(
    ("question", "kind", "number"),
    [
        (f"{QUESTION} PHIN 123 456 789", Kind.PHIN, "456 789"),
        ("he has MHSC 123456 who signs the letter", Kind.REGISTRATION, "123456"),
        ("whats in the leter and who signs it, his MHSC is 123456", Kind.REGISTRATION, "123456"),
        ("his MHSC? 123456. whats in the leter and who signs it", Kind.REGISTRATION, "123456"),
    ],
)
@pytest.mark.parametrize("near", [False, True])
def test_what_is_shown_and_kept_of_a_question_holds_no_identifier(
    near: bool, question: str, kind: Kind, number: str, answerer: engine.Answerer, tmp_path: Path
) -> None:
    with SQLiteStore(tmp_path / "bot.sqlite3") as store:
        asking = Asking(Near(answerer.guideline) if near else answerer, store)
        given = asking.ask(question, person="U01", conversation="D01", at=Clock()())
        assert given[0].seen == (kind,)
        for one in given:
            kept = store.answered(one.id)
            assert kept
            assert number not in kept.model_dump_json() + str(drawn(asking, one))
        assert store.answered(given[0].id).read_as is None  # type: ignore[union-attr]
        assert number not in str(store.registered())


def test_an_answer_that_an_earlier_version_kept_is_drawn_by_its_first_entry_alone(
    answerer: engine.Answerer, tmp_path: Path
) -> None:
    earlier = AnsweredQuestion(
        id="a1",
        at=Clock()(),
        person="U01",
        conversation="D01",
        question=QUESTION,
        outcome=Outcome.ANSWERED,
        entries=(CARE, FAR),
        content_version="0",
    )
    with SQLiteStore(tmp_path / "bot.sqlite3") as store:
        store.remember_answer(earlier)
        asking = Asking(answerer, store)
        answer = asking.recall("a1").answer
        assert [(match.entry.id, match.score) for match in answer.matches] == [(CARE, 1.0), (FAR, 0.0)]
        assert answer.read_as is None
