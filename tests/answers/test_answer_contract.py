"""What other tools rely on: the shape of an answer as JSON, and which outcome a question has."""

import json

import pytest

from guideline_content.answers import as_json
from guideline_content.engine import Answerer, open_answerer

KEYS = {"id", "title", "section", "kind", "obligation", "clauses", "applies", "score"}


def asked(answerer: Answerer, question: str, role: str | None = None) -> dict:
    return json.loads(json.dumps(as_json(answerer.answer(question, role=role), answerer.guideline)))


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("what goes in the letter?", "answered"),
        ("when do the 30 days start", "silent"),
        ("who signs the letter", "silent"),
        ("what is the dose of amoxicillin for a child", "not_covered"),
        ("where can I park", "not_covered"),
        ("thanks!", "not_covered"),
        ("", "not_covered"),
    ],
)
def test_answer_has_the_agreed_shape(answerer: Answerer, question: str, outcome: str) -> None:
    answer = asked(answerer, question)
    assert set(answer) == {"question", "outcome", "entries", "confidence"}
    assert (answer["question"], answer["outcome"]) == (question, outcome)
    assert 0 <= answer["confidence"] <= 1
    assert all(set(entry) == KEYS and 0 <= entry["score"] <= 1 for entry in answer["entries"])
    assert bool(answer["entries"]) is (outcome != "not_covered")


def test_group_cites_the_clauses_of_all_its_members(answerer: Answerer) -> None:
    group = asked(answerer, "what goes in the letter?")["entries"][0]
    assert (group["id"], group["kind"], group["obligation"]) == ("letter-contents", "group", None)
    assert group["clauses"][:3] == ["letter.registered", "letter.reasons", "letter.continuing-care"]
    assert "letter.copy-to-college" in group["clauses"]


def test_silence_cites_its_nearest_clauses(answerer: Answerer) -> None:
    silence, *nearest = asked(answerer, "when do the 30 days start")["entries"]
    assert silence["kind"] == "silence"
    assert silence["clauses"] == ["letter.thirty-days", "letter.registered"]
    assert [entry["kind"] for entry in nearest] == ["clause"] * len(nearest)


@pytest.mark.parametrize(
    ("question", "role", "applies"),
    [
        ("do I owe the 30 days?", None, None),
        ("do I owe the 30 days?", "nurse-practitioner", True),
        ("do I owe the 30 days?", "nurse", False),
        ("I'm an NP, do I owe the 30 days?", "nurse", True),
        ("I'm a nurse, do I owe the 30 days?", "physician", False),
        ("must it be a registered letter?", "physician", None),
    ],
)
def test_whether_a_clause_applies_supposes_the_asker_is_most_responsible(
    answerer: Answerer, question: str, role: str | None, applies: bool | None
) -> None:
    answer = asked(answerer, question, role)
    assert answer["outcome"] == "answered"
    assert answer["entries"][0]["applies"] is applies


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("do we have to tell them why", "letter.reasons.stated"),
        ("what if telling them why puts me in danger", "letter.reasons.withheld"),
        ("is termination a last resort", "end.last-resort.last-resort"),
        ("he hit a nurse, can we end it at once", "end.violence.immediate-ending"),
        ("I suspect he is impaired, what now", "end.step.impairment.referral"),
        ("his behaviour is not due to an impairment, whom do I consult", "end.step.consult-colleagues"),
    ],
)
def test_rule_and_exception_are_told_apart(answerer: Answerer, question: str, first: str) -> None:
    assert asked(answerer, question)["entries"][0]["id"] == first


@pytest.mark.parametrize(
    "question", ["letter " * 400, "\0\ud800", "🤬🤬", "<@U1> <https://x.y|z> ```code```", "?" * 3000, "Что в письме?"]
)
def test_no_question_is_an_error(answerer: Answerer, question: str) -> None:
    assert as_json(answerer.answer(question), answerer.guideline)["outcome"] in {
        "answered",
        "unsure",
        "silent",
        "not_covered",
    }


def test_same_question_has_the_same_answer_from_another_start(answerer: Answerer) -> None:
    again = open_answerer()
    for question in ("pt punched a nurse can we end it today", "copies?", "who do I consult and do I mail it"):
        assert asked(answerer, question) == asked(again, question)
