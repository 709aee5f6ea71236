"""When something goes wrong, the person reads what to do next, and the log has the reason but not their words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from bot import ids
from bot.listeners import REGISTRY
from bot.local.faults import ServerError
from guideline_content.answers import Answer
from guideline_content.engine import Answerer
from guideline_content.models import Guideline
from tests.bot.conftest import Clinic, OpenClinic

APOLOGY = "something went wrong on my side"
WORDS = "confidential words"


@dataclass
class Broken:
    """An answerer with a bug, whose message quotes the question as many do."""

    guideline: Guideline

    def answer(
        self, question: str, role: str | None = None, topic: tuple[str, ...] = (), *, settled: bool = True
    ) -> Answer:
        raise KeyError("asked by PHIN 123 456 789")


@pytest.fixture
def broken(open_clinic: OpenClinic, answerer: Answerer) -> Iterator[Clinic]:
    with open_clinic(Broken(answerer.guideline)) as clinic:
        yield clinic


def number_in(text: str) -> str:
    found = re.search(r"number (\w+)", text)
    assert found
    return found[1]


def test_bug_in_a_direct_message_is_apologised_for_in_its_thread(
    broken: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    rosa = broken.nurse
    asked = rosa.say(rosa.direct_message, WORDS)
    apology = rosa.wait_for_message(APOLOGY)
    assert apology.thread_ts == asked.ts
    assert number_in(apology.shown) in caplog.text
    assert "Traceback" in caplog.text
    assert WORDS not in caplog.text
    assert "123 456 789" not in caplog.text


def test_bug_after_a_mention_is_told_to_that_person_alone(broken: Clinic) -> None:
    asked = broken.nurse.mention("primary-care", WORDS)
    apology = broken.nurse.wait_for_message(APOLOGY, "primary-care")
    assert (apology.to, apology.thread_ts) == (broken.nurse.id, asked.ts)


def test_bug_after_a_command_is_told_to_that_person_alone(broken: Clinic) -> None:
    assert broken.nurse.command("primary-care", "/guideline", WORDS) is None
    assert broken.nurse.wait_for_message(APOLOGY, "primary-care").to == broken.nurse.id


def test_bug_behind_a_form_lies_over_it_and_what_was_typed_stays(broken: Clinic) -> None:
    rosa = broken.nurse
    rosa.click(rosa.open_home(), "Ask a question")
    rosa.wait_for_modal("Ask the guideline")
    rosa.fill("Your question", WORDS)
    rosa.submit()
    assert APOLOGY in rosa.wait_for_modal("Not done").shown
    rosa.dismiss()
    form = rosa.wait_for_modal("Ask the guideline")
    assert WORDS in str(rosa.values(form))


def test_bug_behind_a_button_of_the_home_is_told_in_a_direct_message(broken: Clinic) -> None:
    rosa = broken.nurse
    rosa.click(rosa.open_home(), broken.guideline.examples[0])
    rosa.wait_for_message(APOLOGY, rosa.direct_message)


def test_slack_that_fails_once_is_apologised_for(open_clinic: OpenClinic) -> None:
    with open_clinic() as clinic:
        rosa = clinic.nurse
        rosa.say(rosa.direct_message, "hello")
        first = rosa.wait_for_message("Hello")
        clinic.workspace.faults.add("chat.postMessage", ServerError())
        rosa.say(rosa.direct_message, clinic.guideline.examples[0])
        rosa.wait_for_message(APOLOGY, after=first)


@pytest.fixture
def newer(open_clinic: OpenClinic) -> Iterator[Clinic]:
    """A version that no longer knows some of the buttons and forms that people still have on their screens."""
    kept = tuple(action for action in REGISTRY.actions if action.action_id != ids.FEEDBACK)
    with open_clinic(registry=replace(REGISTRY, actions=kept, forms=())) as clinic:
        yield clinic


def test_button_of_an_older_version_says_so(newer: Clinic) -> None:
    rosa = newer.nurse
    rosa.say(rosa.direct_message, newer.guideline.examples[0])
    assert rosa.click(rosa.wait_for_message("Was this it?"), "Yes") is None
    rosa.wait_for_message("older version")


def test_form_of_an_older_version_says_so_and_keeps_what_was_typed(newer: Clinic) -> None:
    rosa = newer.nurse
    rosa.click(rosa.open_home(), "Ask a question")
    rosa.wait_for_modal("Ask the guideline")
    rosa.fill("Your question", WORDS)
    rosa.submit()
    rosa.wait_for_modal("older version")
    assert len(rosa.modals) == 2


def test_click_on_a_forgotten_answer_says_to_ask_again(clinic: Clinic) -> None:
    rosa = clinic.nurse
    rosa.say(rosa.direct_message, clinic.guideline.examples[0])
    answer = rosa.wait_for_message("Was this it?")
    clinic.store.forget_answers(before=clinic.clock.now.replace(year=2100))
    rosa.click(answer, "Yes")
    rosa.wait_for_message("Please ask again")
