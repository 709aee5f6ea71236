"""What is remembered of an answer, and the register's lines made from it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conversations import questions
from conversations.identifiers import Kind
from conversations.questions import LONGEST, AnsweredQuestion, Reason
from guideline_content.answers import Answer, Match, Outcome
from guideline_content.models import Clause, Obligation

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def clause(id: str) -> Clause:
    return Clause(id=id, section="s", title="t", statement="s", obligation=Obligation.MUST, source=("x",))


def asked(outcome: Outcome = Outcome.SILENT, question: str = "no-shows?", **given: Any) -> AnsweredQuestion:
    matches = (Match(clause("first"), 0.9), Match(clause("second"), 0.4))
    answer = Answer(question, outcome, matches, 0.9, role="nurse", **given)
    return questions.answered(
        answer, id="answer-1", at=NOON, person="U01", conversation="D01", content_version="0123456789ab"
    )


def test_an_answer_is_remembered_with_the_ids_of_its_entries_best_first() -> None:
    remembered = asked()
    assert remembered.entries == ("first", "second")
    assert (remembered.role, remembered.outcome) == ("nurse", Outcome.SILENT)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.UNSURE, Reason.UNSURE),
        (Outcome.SILENT, Reason.SILENT),
        (Outcome.NOT_COVERED, Reason.NOT_COVERED),
    ],
)
def test_a_question_without_a_good_answer_goes_to_the_register(outcome: Outcome, reason: Reason) -> None:
    line = questions.unanswered(asked(outcome))
    assert line is not None
    assert (line.reason, line.question, line.entries, line.role) == (reason, "no-shows?", ("first", "second"), "nurse")
    assert line.content_version == "0123456789ab"


def test_an_answered_question_does_not_go_to_the_register() -> None:
    assert questions.unanswered(asked(Outcome.ANSWERED)) is None


def test_small_talk_does_not_go_to_the_register() -> None:
    assert questions.unanswered(asked(Outcome.NOT_COVERED, small_talk=True)) is None


def test_the_question_is_screened_before_it_is_remembered() -> None:
    assert asked(question="Why did PHIN 123 456 789 leave?").question == "Why did PHIN [removed: PHIN] leave?"


def test_how_a_question_with_an_identifier_was_read_is_not_kept() -> None:
    """Respelling may take the word away by which the number is known."""
    assert asked(question="MHSC 123456", read_as="hsc 123456").read_as is None
    assert asked(question="who sings", read_as="who signs").read_as == "who signs"
    assert asked(question="mhcs 123456", read_as="mhsc 123456").read_as == f"mhsc [removed: {Kind.REGISTRATION}]"


def test_what_was_looked_for_is_screened() -> None:
    vote = questions.feedback(asked(), person="U01", helpful=False, at=NOON, wanted=" call 204-555-1234 ")
    assert (vote.reason, vote.wanted) == (Reason.NOT_HELPFUL, "call [removed: phone number]")


def test_numbers_that_are_allowed_stay() -> None:
    vote = questions.feedback(
        asked(), person="U01", helpful=False, at=NOON, wanted="204-555-1234", allowed=["204 555 1234"]
    )
    assert vote.wanted == "204-555-1234"


@pytest.mark.parametrize("wanted", [None, "", "  \n"])
def test_a_vote_without_a_text_has_none(wanted: str | None) -> None:
    vote = questions.feedback(asked(), person="U01", helpful=True, at=NOON, wanted=wanted)
    assert (vote.reason, vote.wanted) == (Reason.HELPFUL, None)


def test_a_person_has_one_vote_on_an_answer_whatever_it_is_and_whenever() -> None:
    yes = questions.feedback(asked(), person="U01", helpful=True, at=NOON)
    no = questions.feedback(asked(), person="U01", helpful=False, at=NOON + timedelta(minutes=1), wanted="x")
    assert yes.id == no.id


def test_votes_of_two_people_and_the_question_itself_are_lines_of_their_own() -> None:
    line = questions.unanswered(asked())
    votes = [questions.feedback(asked(), person=person, helpful=True, at=NOON) for person in ("U01", "U02")]
    assert line is not None
    assert len({line.id, *(vote.id for vote in votes)}) == 3


def test_a_line_of_the_register_names_neither_person_nor_conversation_nor_answer() -> None:
    vote = questions.feedback(asked(), person="U01", helpful=True, at=NOON).model_dump_json()
    assert not any(secret in vote for secret in ("U01", "D01", "answer-1"))


def test_a_text_is_kept_whole_up_to_3000_characters() -> None:
    assert questions.screened("x" * LONGEST) == "x" * LONGEST
    assert questions.screened("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"


def test_an_identifier_at_the_cut_is_removed_whole() -> None:
    kept = questions.screened("x" * (LONGEST - 5) + " 123 456 789")
    assert len(kept) == LONGEST
    assert not any(character.isdigit() for character in kept)


def test_what_a_database_refuses_is_taken_out() -> None:
    assert questions.screened("a\0b \ud800c") == "ab ?c"
