"""What words mean: phrases of the lexicon in questions and in thousands of samples read at once."""

import pytest

from guideline_content.concepts import Concepts
from guideline_content.spelling import english
from guideline_content.text import content_words

LEXICON = {
    "contract": ["behavioural contract", "contract"],
    "behaviour": ["behaviour", "behavioural"],
    "end-care": ["kick ~ out", "fire", "let go"],
    "violence": ["hit", "kick"],
    "letter": ["letter"],
    "in-writing": ["letter"],
}


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    phrases = {concept: [content_words(form) for form in forms] for concept, forms in LEXICON.items()}
    return Concepts(phrases, ["we", "do", "a", "this", "the", "is"], english())


def units(concepts: Concepts, text: str) -> list[tuple[str, ...]]:
    return concepts.meant(concepts.bases(content_words(text))).units


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("do we fire the client", [("{end-care}",), ("client",)]),
        ("we fired a client", [("{end-care}",), ("client",)]),
        ("kick this guy out", [("{end-care}",), ("guy",)]),
        ("kick the", [("{violence}",)]),
        ("kick a b c d out", [("{violence}",), ("b",), ("c",), ("d",), ("out",)]),
        ("the letter", [("{letter}", "{in-writing}")]),
        ("is this a", []),
        ("{contract} we", [("{contract}",)]),
    ],
)
def test_words_are_read_as_concepts_the_longest_phrase_first(
    concepts: Concepts, text: str, said: list[tuple[str, ...]]
) -> None:
    assert units(concepts, text) == said


def test_words_within_a_phrase_say_what_they_mean_too(concepts: Concepts) -> None:
    meant = concepts.meant(concepts.bases(["behavioural", "contract"]))
    assert meant.units == [("{contract}",)]
    assert sorted(meant.inner) == ["{behaviour}", "{contract}"]


def test_a_phrase_does_not_reach_into_the_next_text(concepts: Concepts) -> None:
    assert ("{end-care}",) not in units(concepts, "kick him\nout of the room")
    assert ("{end-care}",) not in units(concepts, "let\ngo")


def test_texts_read_together_say_what_each_says_by_itself(concepts: Concepts) -> None:
    texts = ["we fired a client", "kick this guy out", "behavioural contract is hit and miss", "the letter"]
    together = [unit for unit in units(concepts, "\n".join(texts)) if unit != ("\n",)]
    assert together == [unit for text in texts for unit in units(concepts, text)]
