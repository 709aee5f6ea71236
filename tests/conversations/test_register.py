"""The register as it is read: what is one question, what it came closest to, what is answered by now."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from conversations.questions import Reason, RegisteredQuestion
from conversations.register import LISTED, Part, Recurring, newest, parts, reread
from guideline_content.answers import Answer, Match, Outcome
from guideline_content.models import Clause, Guideline, Obligation

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLAIN = frozenset(["the", "a", "do", "does", "is", "it", "to", "i", "we", "can"])
NUMBERS = count()


def a_line(question: str, reason: Reason = Reason.UNSURE, **given: Any) -> RegisteredQuestion:
    number = next(NUMBERS)
    usual: dict[str, Any] = {"at": NOON + timedelta(minutes=number), "entries": ("letter",), "content_version": "0"}
    return RegisteredQuestion(id=f"q{number}", question=question, reason=reason, **(usual | given))


class Knowing:
    """An answerer that knows some questions and is not sure of the others; reads "lettre" as "letter"."""

    guideline: Guideline

    def __init__(self, **known: str) -> None:
        self.known = known

    def answer(
        self, question: str, role: str | None = None, topic: tuple[str, ...] = (), *, settled: bool = True
    ) -> Answer:
        read_as = question.replace("lettre", "letter") if "lettre" in question else None
        if question in self.known:
            return Answer(question, Outcome.ANSWERED, (match(self.known[question]),), 1.0)
        return Answer(question, Outcome.UNSURE, (match("letter"), match("chart")), 0.3, read_as=read_as)


def match(id: str) -> Match:
    return Match(
        Clause(id=id, section="s", title=id, statement="s", obligation=Obligation.MUST, source=("x",)), score=0.5
    )


def read(*lines: RegisteredQuestion, **more: Any) -> tuple[Part, ...]:
    return parts(reread(lines, Knowing()), PLAIN, **more)


def only(found: tuple[Part, ...]) -> tuple[Recurring, ...]:
    assert len(found) == 1
    return found[0].questions


@pytest.mark.parametrize(
    "again",
    [
        "who signs the letter?",
        "WHO SIGNS the letter!!",
        "the letter: who signs it",
        "who does sign a letter",
        "who signs the letters",
        "who signs the lettre",
    ],
)
def test_the_same_question_put_differently_is_one(again: str) -> None:
    (question,) = only(read(a_line("who signs the letter"), a_line(again)))
    assert (question.times, set(question.wordings)) == (2, {"who signs the letter", again})


@pytest.mark.parametrize(
    "other", ["who signs the chart", "who reads the letter", "who signs the letter if the physician will not"]
)
def test_another_question_is_another(other: str) -> None:
    assert [question.times for question in only(read(a_line("who signs the letter"), a_line(other)))] == [1, 1]


def test_one_word_more_in_a_long_question_makes_no_other_question() -> None:
    long = "who signs the letter when the supervisor and the physician disagree"
    (question,) = only(read(a_line(long), a_line(f"{long} today")))
    assert question.times == 2


def test_questions_of_signs_and_plain_words_alone_are_told_apart() -> None:
    assert len(only(read(*map(a_line, ["🙂", "???", "can i", "is it", "can i"])))) == 4


def test_a_question_is_named_by_its_commonest_wording_and_of_equals_by_the_newest() -> None:
    twice = a_line("letter: who signs")
    (question,) = only(read(a_line("who signs the letter"), twice, a_line("letter: who signs")))
    assert question.wordings[0] == "letter: who signs"
    (question,) = only(read(a_line("who signs the letter"), a_line("letter: who signs")))
    assert question.wordings[0] == "letter: who signs"


def test_what_was_looked_for_is_told_once() -> None:
    lines = [a_line("x y", wanted=wanted) for wanted in ("the fee", None, "the form", "the fee")]
    assert only(read(*lines))[0].wanted == ("the fee", "the form")


def test_parts_are_a_reason_and_a_closest_entry_each() -> None:
    found = read(
        a_line("one", Reason.NOT_COVERED, entries=()),
        a_line("one", Reason.UNSURE, entries=("chart", "letter")),
        a_line("one", Reason.UNSURE),
        a_line("one", Reason.SILENT),
    )
    assert [(part.reason, part.closest) for part in found] == [
        (Reason.UNSURE, "letter"),
        (Reason.UNSURE, "chart"),
        (Reason.SILENT, "letter"),
        (Reason.NOT_COVERED, None),
    ]


def test_the_most_frequent_comes_first_or_the_newest_if_wanted() -> None:
    lines = [a_line("fee form"), a_line("fee form"), a_line("bus stop"), a_line("chart", entries=("chart",))]
    assert [question.wordings[0] for part in read(*lines) for question in part.questions] == [
        "fee form",
        "bus stop",
        "chart",
    ]
    assert [question.wordings[0] for part in read(*lines, order=newest) for question in part.questions] == [
        "chart",
        "bus stop",
        "fee form",
    ]


def test_votes_that_an_answer_helped_are_read_only_when_they_are_asked_for() -> None:
    lines = [a_line("one", reason) for reason in Reason]
    assert {one.line.reason for one in reread(lines, Knowing())} == set(Reason) - {Reason.HELPFUL}
    assert [one.line.reason for one in reread(lines, Knowing(), reasons=[Reason.HELPFUL])] == [Reason.HELPFUL]
    assert Reason.HELPFUL not in LISTED


def test_since_counts_from_that_moment_on() -> None:
    before, after = a_line("one", at=NOON - timedelta(microseconds=1)), a_line("two", at=NOON)
    assert [one.line for one in reread([before, after], Knowing(), since=NOON)] == [after]


@pytest.mark.parametrize(
    ("reason", "now", "solved_by"),
    [
        (Reason.UNSURE, "letter", "letter"),
        (Reason.NOT_COVERED, "letter", "letter"),
        (Reason.NOT_HELPFUL, "letter", None),
        (Reason.NOT_HELPFUL, "chart", "chart"),
    ],
)
def test_a_question_is_solved_by_an_answer_that_it_did_not_have(reason: Reason, now: str, solved_by: str) -> None:
    (one,) = reread([a_line("one", reason)], Knowing(one=now))
    assert one.solved_by == solved_by


def test_a_question_that_is_still_unsure_is_not_solved() -> None:
    (one,) = reread([a_line("one")], Knowing())
    assert one.solved_by is None


def test_what_stands_for_an_identifier_is_not_asked_and_makes_no_other_question() -> None:
    masked = a_line("who signs the letter of [removed: phone number]")
    (one,) = reread([masked], Knowing(**{"who signs the letter of …": "letter"}))
    assert (one.line, one.solved_by) == (masked, "letter")
    (question,) = only(read(a_line("who signs the letter of"), masked))
    assert question.times == 2


def test_ten_thousand_different_questions_are_read() -> None:
    found = only(read(*(a_line(f"letter fee{number} form{number} who") for number in range(10_000))))
    assert len(found) == 10_000
