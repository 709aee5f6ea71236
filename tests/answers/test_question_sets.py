"""How good answers are on questions kept for measuring; `tests/bench/answers.py` prints the figures."""

from pathlib import Path

import pytest

from guideline_content.engine import Answerer
from guideline_content.loading import BUILT_IN
from guideline_content.text import content_words
from guideline_content.vocabulary import load_vocabulary
from tests.bench import measures
from tests.bench.answers import asking
from tests.bench.synthetic import mistyped

QUESTIONS = Path(__file__).parents[1] / "questions"
FILES = [QUESTIONS / "tuning.yaml", QUESTIONS / "held_out.yaml"]


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
