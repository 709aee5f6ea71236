"""What an editor gets to paste: it loads whatever people wrote, and only what is likely to be right is content."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conversations.example_export import as_examples, in_one_line
from conversations.questions import Reason, RegisteredQuestion
from conversations.register import Reread
from guideline_content.answers import Answer, Match, Outcome
from guideline_content.engine import Answerer, open_answerer
from guideline_content.examples import EXAMPLES, load_examples
from guideline_content.models import Guideline
from guideline_content.vocabulary import Topic, Vocabulary

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NUMBERS = count()
REGISTERED, COPY = "letter.registered", "letter.copy-on-file"


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    answerer: Answerer = open_answerer()
    return answerer.guideline


def asked(
    guideline: Guideline,
    question: str,
    nearest: str | None = REGISTERED,
    reason: Reason = Reason.UNSURE,
    now: Outcome = Outcome.ANSWERED,
    **given: Any,
) -> Reread:
    line = RegisteredQuestion(
        id=f"q{next(NUMBERS)}", at=NOON, reason=reason, question=question, content_version="0", **given
    )
    if nearest is None:
        return Reread(line, Answer(question, Outcome.NOT_COVERED, (), 0.9, topic="Fees"))
    return Reread(line, Answer(question, now, (Match(guideline.entries[nearest], 0.4),), 0.4))


def loaded(text: str, folder: Path) -> dict[str, tuple[str, ...]]:
    """The examples in it, as content is loaded; it is one line of a block each."""
    (folder / EXAMPLES).write_text(text, encoding="utf-8")
    return load_examples(folder)


NASTY = [
    "who signs: the letter",
    "'who' \"signs\"",
    "# who signs",
    "## # who signs",
    "- who signs",
    "| who signs",
    ">- who signs",
    "who\nsigns\n\n  letter.registered: |\n",
    "who\tsigns",
    "\twho signs",
    "who signs # or not",
    "who signs 🙂👩‍⚕️",
    "who\u2028signs\u2029\u0085\x0b\x0c\x1c",
    "who \x00\x07\x1b[31m signs \ufeff\ufffe",
    "---",
    "--- who",
    "... who",
    "%YAML who",
    "&a *b !c who",
    "{who} [signs] ~",
    "who signs\\n",
    "examples:",
    "x" * 3000,
    "@who `signs`",
    "no",
    "12",
]


@pytest.mark.parametrize("question", NASTY)
def test_whatever_was_asked_is_one_line_under_its_entry(question: str, guideline: Guideline, tmp_path: Path) -> None:
    lines = [asked(guideline, question, wanted=question), asked(guideline, "who gets a copy", COPY, wanted=question)]
    found = loaded(as_examples(lines, guideline, Vocabulary()), tmp_path)
    assert found.pop(COPY) == ("who gets a copy",)
    words = in_one_line(question)
    assert found == ({REGISTERED: (words,)} if any(map(str.isalnum, words)) else {})


@given(questions=st.lists(st.text(), max_size=3), wanted=st.text())
def test_no_text_breaks_the_file(questions: list[str], wanted: str, guideline: Guideline) -> None:
    lines = [asked(guideline, question, wanted=wanted) for question in questions]
    lines += [asked(guideline, question, None, Reason.NOT_COVERED, wanted=wanted) for question in questions]
    text = as_examples([*lines, asked(guideline, "who gets a copy", COPY)], guideline, Vocabulary())
    found = yaml.safe_load(text)["examples"]
    assert found.pop(COPY).splitlines()[-1] == "who gets a copy"
    assert set(found) <= {REGISTERED}


def test_what_people_looked_for_stands_above_as_a_remark(guideline: Guideline, tmp_path: Path) -> None:
    lines = [asked(guideline, "who signs", wanted="a name:\n# and a date")]
    text = as_examples(lines, guideline, Vocabulary())
    assert "  letter.registered: |\n    # looked for: a name: # and a date\n    who signs\n" in text
    assert loaded(text, tmp_path) == {REGISTERED: ("who signs",)}


def test_a_question_that_is_an_example_already_is_left_out(guideline: Guideline, tmp_path: Path) -> None:
    lines = [asked(guideline, "Who signs?"), asked(guideline, "who posts it")]
    text = as_examples(lines, guideline, Vocabulary(examples={COPY: ("who signs",)}))
    assert loaded(text, tmp_path) == {REGISTERED: ("who posts it",)}
    assert "Left out: 1" in text


def test_a_wording_has_one_place_and_one_line(guideline: Guideline, tmp_path: Path) -> None:
    lines = [asked(guideline, "who signs"), asked(guideline, "Who signs?!", reason=Reason.SILENT)]
    assert loaded(as_examples(lines, guideline, Vocabulary()), tmp_path) == {REGISTERED: ("Who signs?!",)}


def test_what_is_near_nothing_is_for_the_editor_to_sort(guideline: Guideline, tmp_path: Path) -> None:
    text = as_examples(
        [asked(guideline, "what does it cost", None, wanted="a price")],
        guideline,
        Vocabulary(topics=(Topic("fees", "Fees", ()),)),
    )
    assert loaded(text, tmp_path) == {}
    sort = text.partition("# TO SORT: 1.")[2]
    assert "\n# taken for fees, which is not covered\n#     # looked for: a price\n#     what does it cost\n" in sort


@pytest.mark.parametrize("now", [Outcome.ANSWERED, Outcome.SILENT])
def test_what_is_answered_by_now_is_content(now: Outcome, guideline: Guideline, tmp_path: Path) -> None:
    text = as_examples([asked(guideline, "who signs", now=now)], guideline, Vocabulary())
    assert loaded(text, tmp_path) == {REGISTERED: ("who signs",)}
    assert "TO SORT" not in text


def test_what_is_unsure_is_for_the_editor_to_sort_with_the_nearest_id(guideline: Guideline, tmp_path: Path) -> None:
    text = as_examples([asked(guideline, "who signs", now=Outcome.UNSURE)], guideline, Vocabulary())
    assert loaded(text, tmp_path) == {}
    assert f"\n# nearest: {REGISTERED}\n#     who signs\n" in text.partition("# TO SORT: 1.")[2]


@pytest.mark.parametrize(("nearest", "placed"), [(REGISTERED, False), (COPY, True)])
def test_an_entry_that_somebody_said_was_not_it_does_not_get_the_question(
    nearest: str, placed: bool, guideline: Guideline, tmp_path: Path
) -> None:
    voted = asked(guideline, "who signs", nearest, Reason.NOT_HELPFUL, entries=(REGISTERED,))
    text = as_examples([voted, asked(guideline, "who signs", nearest)], guideline, Vocabulary())
    assert bool(loaded(text, tmp_path)) is placed
    assert ("letter.registered, but somebody said that this was not it" in text) is not placed


def test_several_questions_in_one_are_for_the_editor_to_take_apart(guideline: Guideline, tmp_path: Path) -> None:
    one = asked(guideline, "who signs and who posts it")
    more = Answer("who posts it", Outcome.ANSWERED, one.now.matches, 1.0)
    both = Answer(one.now.question, Outcome.ANSWERED, one.now.matches, 1.0, also=(more,))
    text = as_examples([Reread(one.line, both)], guideline, Vocabulary())
    assert loaded(text, tmp_path) == {}
    assert "several questions in one" in text


def test_an_identifier_that_was_removed_leaves_no_words_behind(guideline: Guideline, tmp_path: Path) -> None:
    lines = [asked(guideline, "does [removed: PHIN] get the letter")]
    assert loaded(as_examples(lines, guideline, Vocabulary()), tmp_path) == {REGISTERED: ("does … get the letter",)}


@pytest.mark.parametrize("id", ["no", "12", "1e3", "null", "2026-03-02"])
def test_an_id_that_yaml_takes_for_something_else_stands_in_quotes(
    id: str, guideline: Guideline, tmp_path: Path
) -> None:
    entry = guideline.entries[REGISTERED].model_copy(update={"id": id})
    others = {name: getattr(guideline, name) for name in Guideline.model_fields}
    renamed = Guideline(**{**others, "clauses": (entry,), "groups": (), "silences": (), "readings": ()})
    text = as_examples([asked(renamed, "who signs", id)], renamed, Vocabulary())
    assert loaded(text, tmp_path) == {id: ("who signs",)}
