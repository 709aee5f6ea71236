"""What is said in a message as a whole: by whom, what follows what, and several questions in one."""

import pytest

from guideline_content.answers import Outcome
from guideline_content.engine import Answerer


@pytest.mark.parametrize("question", ["", "???", "<@U123>", "https://example.org", "the"])
def test_what_says_nothing_is_small_talk(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question).small_talk


def test_an_answer_to_another_role_leads_on_to_nothing_else(answerer: Answerer) -> None:
    before = answerer.answer("do I owe the 30 days of refills")
    again = answerer.answer("and if I'm an NP?", topic=tuple(match.entry.id for match in before.matches))
    assert [match.entry.id for match in again.matches] == [before.matches[0].entry.id]
    assert again.role == "nurse-practitioner"


def test_an_unsure_answer_to_another_role_offers_the_same_choices(answerer: Answerer) -> None:
    choices = ("letter.copy-on-file", "letter.copy-to-college")
    again = answerer.answer("and if I'm an NP?", topic=choices, settled=False)
    assert again.outcome is Outcome.UNSURE
    assert tuple(match.entry.id for match in again.matches) == choices
    assert again.role == "nurse-practitioner"


def test_an_unsure_answer_is_not_settled_by_what_is_asked_beside_it(answerer: Answerer) -> None:
    choices = ("letter.copy-on-file", "letter.copy-to-college")
    again = answerer.answer("and if I'm an NP? where can I park?", topic=choices, settled=False)
    assert not any(match.entry.id in choices for match in again.matches)


@pytest.mark.parametrize(
    ("question", "answered", "outside"),
    [
        ("how much is a physical and what goes in the letter?", "letter-contents", "Fees and billing"),
        ("what goes in the letter? where can I park?", "letter-contents", "Parking and transport"),
    ],
)
def test_what_is_covered_is_answered_and_what_is_not_is_said(
    answerer: Answerer, question: str, answered: str, outside: str
) -> None:
    answer = answerer.answer(question)
    assert answer.matches[0].entry.id == answered
    assert [part.topic for part in answer.also] == [outside]
    assert answer.question == question


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("I'm an NP, do I owe the 30 days?", "nurse-practitioner"),
        ("NP here, do I owe the 30 days?", "nurse-practitioner"),
        ("hi, RN here, is it registered?", "nurse"),
        ("do nurses owe the 30 days?", "nurse"),
        ("NP here, does emergency care apply?", "nurse-practitioner"),
        ("RN here, can patients appeal?", "nurse"),
        ("just a nurse here, is it registered?", "nurse"),
        ("where can I park? I'm an NP, do I have to send a copy to the college?", "nurse-practitioner"),
        ("our NP is the MRP, does CPSM get a copy?", "nurse-practitioner"),
        ("if a nurse was hit, do I owe 30 days?", None),
        ("patient works as a nurse, do I owe 30 days?", None),
        ("doctor here refuses to sign, do I owe 30 days", None),
        ("she has a psychiatrist, do I owe her 30 days of refills?", None),
        ("pt has a counsellor and a dietitian, do I owe the 30 days?", None),
        ("the physician here ended it, do I owe 30 days?", None),
        ("a nurse here was hit, do I owe 30 days?", None),
        ("nurse here was threatened, do i send a copy to the college", None),
        ("doctor here wont sign, do I owe 30 days", None),
    ],
)
def test_only_the_askers_own_role_or_the_one_asked_about_counts(
    answerer: Answerer, question: str, role: str | None
) -> None:
    assert answerer.answer(question).role == role
