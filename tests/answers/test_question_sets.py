"""How good answers are on questions kept for measuring; `tests/bench/answers.py` prints the figures."""

from pathlib import Path

import pytest

from guideline_content.answers import Outcome
from guideline_content.engine import Answerer, open_answerer
from guideline_content.loading import BUILT_IN
from guideline_content.text import content_words
from guideline_content.vocabulary import load_vocabulary
from tests.bench import measures
from tests.bench.answers import asking
from tests.bench.synthetic import mistyped

QUESTIONS = Path(__file__).parents[1] / "questions"
FILES = [QUESTIONS / "tuning.yaml", QUESTIONS / "held_out.yaml"]


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return open_answerer()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_answers_are_as_good_as_they_have_to_be(answerer: Answerer, path: Path) -> None:
    ask, parts = asking(answerer), measures.read([path])
    found = measures.in_scope(ask, parts["in_scope"])
    _, first, in_three, _ = found["everyday"]
    _, hard_first, hard_in_three, _ = found["hard"]
    assert first >= 0.95
    assert in_three >= 0.985
    assert hard_first >= 0.85
    assert hard_in_three >= 0.95
    refused = {kind: refused for kind, (_, refused) in measures.out_of_scope(ask, parts["out_of_scope"]).items()}
    assert refused["all"] >= 0.90
    assert refused["near"] >= 0.75
    assert sum(count * refused for count, *_, refused in found.values()) <= 0.05 * len(parts["in_scope"])
    assert measures.share([ask(question["q"], ()).silent for question in parts["silent"]]) >= 0.80


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_typing_mistake_costs_little(answerer: Answerer, path: Path) -> None:
    ask = asking(answerer)
    clean = [question for question in measures.read([path])["in_scope"] if not question.get("typo")]
    wrong = mistyped([question["q"] for question in clean])
    right = measures.share([ask(question["q"], ()).first(question["any"]) for question in clean])
    still = measures.share([ask(q, ()).first(one["any"]) for q, one in zip(wrong, clean, strict=True)])
    assert right - still <= 0.03


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_question_for_measuring_is_an_example(answerer: Answerer, path: Path) -> None:
    vocabulary = load_vocabulary(BUILT_IN, answerer.guideline)
    examples = {tuple(content_words(text)) for texts in vocabulary.examples.values() for text in texts}
    parts = measures.read([path])
    asked = {tuple(content_words(one["q"])) for part in ("in_scope", "silent", "out_of_scope") for one in parts[part]}
    assert len(examples & asked) == 0


@pytest.mark.parametrize(
    "act", ["hit", "bit", "punched", "kicked", "spat on", "choked", "threatened to kill", "stabbed"]
)
@pytest.mark.parametrize(
    "who",
    ["doctor", "NP", "nurse", "midwife", "social worker", "physician assistant", "pharmacist", "dietitian", "resident"],
)
def test_violence_toward_any_provider_is_never_refused(answerer: Answerer, act: str, who: str) -> None:
    answer = answerer.answer(f"he {act} the {who}")
    cited = {id for match in answer.matches[:3] for id in answerer.guideline.clause_ids(match.entry)}
    assert "end.violence" in cited


@pytest.mark.parametrize(
    "around",
    [
        "Hello, I hope you are well. {} Thanks so much for your help!",
        "{} And what is the dose of tylenol for a child?",
        "How do I get a parking pass? {}",
        "{} during a blood draw",
        "{} on facebook",
    ],
)
@pytest.mark.parametrize(
    "told", ["A patient punched our nurse.", "He threatened to kill me.", "She pulled a knife on us."]
)
def test_nothing_said_around_it_hides_violence(answerer: Answerer, around: str, told: str) -> None:
    answer = answerer.answer(around.format(told))
    cited = {id for match in answer.matches[:3] for id in answerer.guideline.clause_ids(match.entry)}
    assert "end.violence" in cited


@pytest.mark.parametrize(
    "question", ["patient is suicidal", "she threatens to kill herself", "someone collapsed", "he took an overdose"]
)
def test_a_crisis_is_not_taken_for_violence_and_gets_a_local_line(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.outcome is Outcome.NOT_COVERED
    assert answer.local == "In immediate danger, call 911 first."


@pytest.mark.parametrize(
    "question",
    [
        "My patient is suicidal. He also hit a nurse yesterday.",
        "My patient is suicidal, what do I do? And what goes in the letter? And who do I consult?",
        "What goes in the letter? Who do I consult? Do I send it registered? She wants to die.",
        "she will kill herself if I end it",
        "He says he'll end his life if we terminate the relationship.",
        "can I discharge a patient who self harms",
    ],
)
def test_a_crisis_is_not_lost_beside_what_the_guideline_says(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.matches
    assert answer.local == "In immediate danger, call 911 first."


@pytest.mark.parametrize("question", ["Что в письме?", "患者打了我", "paciente amenazó enfermera cuchillo ayer"])
def test_another_language_gets_a_local_line(answerer: Answerer, question: str) -> None:
    assert "English only" in (answerer.answer(question).local or "")


@pytest.mark.parametrize("question", ["", "???", "<@U123>", "https://example.org", "the"])
def test_what_says_nothing_is_small_talk(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question).small_talk


def test_an_answer_to_another_role_leads_on_to_nothing_else(answerer: Answerer) -> None:
    before = answerer.answer("do I owe the 30 days of refills")
    again = answerer.answer("and if I'm an NP?", topic=tuple(match.entry.id for match in before.matches))
    assert [match.entry.id for match in again.matches] == [before.matches[0].entry.id]
    assert again.role == "nurse-practitioner"
