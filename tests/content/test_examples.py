"""Example questions: checked like all content."""

from pathlib import Path

import pytest

from guideline_content.checking import check
from guideline_content.examples import load_examples
from guideline_content.loading import load
from guideline_content.problems import ContentError
from guideline_content.vocabulary import load_vocabulary


def written(folder: Path, text: str) -> Path:
    path = folder / "examples.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_example_of_an_unknown_entry_is_told_at_its_key(folder: Path) -> None:
    path = written(folder, "examples:\n  letter.registred: |\n    how do i give them notice\n")
    assert [str(problem) for problem in check(folder)] == [
        f"{path}:2: examples.letter.registred: there is no entry or topic 'letter.registred'. "
        "Did you mean 'letter.registered'?"
    ]


def test_an_example_claimed_twice_is_told_at_its_line(folder: Path) -> None:
    path = written(
        folder,
        "examples:\n  letter.registered: |\n    Who gets a copy?\n  letter.copy-on-file: |\n    who gets a copy\n",
    )
    assert [str(problem) for problem in check(folder)] == [
        f"{path}:5: examples.letter.copy-on-file: 'who gets a copy' is an example of letter.registered (line 3) "
        "already; keep one of the two"
    ]


def test_examples_that_cannot_be_read_keep_from_loading(folder: Path) -> None:
    written(folder, "exmaples: {}\n")
    with pytest.raises(ContentError, match=r"examples\.yaml:1: exmaples"):
        load_vocabulary(folder, load(folder))


def test_a_folder_needs_no_examples(folder: Path) -> None:
    (folder / "examples.yaml").unlink()
    assert load_examples(folder) == {}
    assert check(folder) == ()
