"""Was this it? What people say lands in the register, once, without identity."""

import pytest

from bot.local.model import Message
from conversations.questions import Reason
from tests.bot.conftest import Clinic

LETTER = "What goes in the letter?"
PHIN = "123 456 789"


def answered(clinic: Clinic, question: str = LETTER) -> Message:
    rosa = clinic.nurse
    rosa.say(rosa.direct_message, question)
    return rosa.wait_for_message("content version")


def register(clinic: Clinic) -> list[tuple[Reason, str, str | None]]:
    return [(line.reason, line.question, line.wanted) for line in clinic.store.registered()]


def test_yes_is_registered_and_thanked_for(clinic: Clinic) -> None:
    answer = answered(clinic)
    clinic.nurse.click(answer, "Yes")
    assert clinic.nurse.wait_for_message("Thank you").to == clinic.nurse.id
    assert register(clinic) == [(Reason.HELPFUL, LETTER, None)]


def test_no_asks_what_was_looked_for(clinic: Clinic) -> None:
    answer = answered(clinic)
    clinic.nurse.click(answer, "No")
    assert "No names" in str(clinic.nurse.wait_for_modal("What was missing?").blocks)
    clinic.nurse.fill("What were you looking for?", "who pays the postage")
    assert clinic.nurse.submit() == {}
    clinic.nurse.wait_for_modal("register of questions")
    assert register(clinic) == [(Reason.NOT_HELPFUL, LETTER, "who pays the postage")]


def test_no_counts_also_when_the_form_is_closed(clinic: Clinic) -> None:
    answer = answered(clinic)
    clinic.nurse.click(answer, "No")
    clinic.nurse.wait_for_modal("What was missing?")
    clinic.nurse.dismiss()
    assert register(clinic) == [(Reason.NOT_HELPFUL, LETTER, None)]


def test_identifier_is_refused_at_its_field_and_what_was_typed_stays(clinic: Clinic) -> None:
    answer = answered(clinic)
    clinic.nurse.click(answer, "No")
    clinic.nurse.wait_for_modal("What was missing?")
    clinic.nurse.fill("What were you looking for?", f"the letter for {PHIN}")
    problems = clinic.nurse.submit()
    assert list(problems) == ["wanted"]
    assert PHIN not in problems["wanted"]
    form = clinic.nurse.wait_for_modal("What was missing?")
    assert PHIN in str(clinic.nurse.values(form))
    assert register(clinic) == [(Reason.NOT_HELPFUL, LETTER, None)]
    clinic.nurse.fill("What were you looking for?", "the letter for somebody")
    assert clinic.nurse.submit() == {}
    clinic.nurse.wait_for_modal("register of questions")
    assert register(clinic) == [(Reason.NOT_HELPFUL, LETTER, "the letter for somebody")]


def test_twice_yes_is_once(clinic: Clinic) -> None:
    answer = answered(clinic)
    for _ in range(2):
        clinic.nurse.click(answer, "Yes")
        clinic.nurse.wait_for_message("Thank you")
    assert register(clinic) == [(Reason.HELPFUL, LETTER, None)]


def test_each_reader_of_a_thread_has_a_vote(clinic: Clinic) -> None:
    clinic.nurse.mention("primary-care", LETTER)
    answer = clinic.physician.wait_for_message("What the letter contains", "primary-care")
    for person, vote in ((clinic.nurse, "Yes"), (clinic.physician, "No")):
        person.click(answer, vote)
    clinic.physician.wait_for_modal("What was missing?")
    clinic.nurse.wait_for_message("Thank you")
    assert sorted(reason for reason, *_ in register(clinic)) == [Reason.HELPFUL, Reason.NOT_HELPFUL]


@pytest.mark.parametrize(("vote", "sees"), [("Yes", "Thank you"), ("No", "What was missing?")])
def test_answer_in_a_modal_has_its_vote_too(vote: str, sees: str, clinic: Clinic) -> None:
    rosa = clinic.nurse
    rosa.click(rosa.open_home(), LETTER)
    rosa.click(rosa.wait_for_modal("What the letter contains"), vote)
    rosa.wait_for_modal(sees)
    assert len(register(clinic)) == 1


def test_identifier_in_a_question_is_answered_warned_of_and_not_kept(clinic: Clinic) -> None:
    rosa = clinic.nurse
    rosa.say(rosa.direct_message, f"PHIN {PHIN}: where can he park his car?")
    answer = rosa.wait_for_message("does not cover")
    assert "Please delete your message" in answer.shown
    assert PHIN not in str(answer.blocks) + answer.text
    (line,) = clinic.store.registered()
    assert PHIN not in line.question
    assert "park his car" in line.question


def test_identifier_in_the_question_form_is_refused_at_its_field(clinic: Clinic) -> None:
    rosa = clinic.nurse
    rosa.click(rosa.open_home(), "Ask a question")
    rosa.wait_for_modal("Ask the guideline")
    rosa.fill("Your question", f"PHIN {PHIN}: where can he park his car?")
    assert list(rosa.submit()) == ["question"]
    assert register(clinic) == []
