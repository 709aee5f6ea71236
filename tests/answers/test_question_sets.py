"""How good answers are on questions kept for measuring; `tests/bench/answers.py` prints the figures."""

from pathlib import Path

import pytest

from guideline_content.engine import Answerer, open_answerer
from guideline_content.loading import BUILT_IN
from guideline_content.text import content_words
from guideline_content.vocabulary import load_vocabulary
from tests.bench import measures
from tests.bench.answers import asking

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
    assert in_three >= 0.98
    assert hard_first >= 0.85
    assert hard_in_three >= 0.95
    refused = {kind: refused for kind, (_, refused) in measures.out_of_scope(ask, parts["out_of_scope"]).items()}
    assert refused["all"] >= 0.90
    assert refused["near"] >= 0.75
    assert sum(count * refused for count, *_, refused in found.values()) <= 0.05 * len(parts["in_scope"])
    assert measures.share([ask(question["q"], ()).silent for question in parts["silent"]]) >= 0.80


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
