"""YAML as editors get it wrong: one clear problem each, with its line, and never a traceback."""

from pathlib import Path

import pytest

from guideline_content.models import Frozen, Identifier, Text
from guideline_content.problems import ContentError
from guideline_content.yaml_files import read


class Note(Frozen):
    title: Text
    year: Text | None = None
    tags: tuple[Text, ...] = ()
    words: dict[Identifier, Text] = {}  # noqa: RUF012 - a default of a frozen model
    count: int = 0


SAID = {
    "": "1: the file is empty",
    "# only a remark\n": "1: the file is empty",
    "title: a: b\n": "1: a text with ': ' in it needs quotes; or this line is indented too far",
    "title: 'a\nyear: b\n": "3: the quotes opened on line 1 are not closed",
    "title: a\n\tyear: b\n": "2: there is a tab; indent with spaces",
    "title: a\ntags: [b\n": "3: the bracket opened on line 2 is not closed, or a comma is missing",
    "title: a\nyear\n": "3: a key is followed by a colon and a space; the one begun on line 2 is not",
    "title: a\ntags:\n    - b\n  - c\n": "4: this does not line up with what began on line 1; indent it the same",
    "title: @a\n": "1: text that begins with a special character needs quotes "
    "(found character '@' that cannot start any token)",
    "title: *a\n": "1: text that begins with * needs quotes",
    "title: &a b\nyear: *a\n": "2: year: this uses a text again by its name (*); write it out, or put it in quotes",
    "title: !a b\n": "1: title: !a is not used in these files; write plain text",
    "title: a\n---\ntitle: b\n": "2: a file is one document; remove the --- line",
    "title: a\x07\n": "1: a control character (U+0007) stands here; remove it",
    "just text\n": "1: keys with values are expected here, not just text",
    "- title: a\n": "1: keys with values are expected here, not a list",
    "title: a\n2016: b\n": "2: a key must be a word; put quotes around 2016",
    "title: a\n? [b]\n: c\n": "2: a key must be a word, not a list or keys",
    "title: a\ntitle: b\n": "2: title: 'title' stands here twice; the first is on line 1",
    "title: a\ntags: [b, 3]\n": "2: tags[2]: 3 is a number here; put it in quotes",
    "title: a\nwords: {b: 1.5}\n": "2: words.b: 1.5 is a number here; put it in quotes",
    "title: a\nwords:\n  Big One: c\n": "3: words.Big One: 'Big One' cannot be an id; an id has small letters and "
    "digits, with single dots or hyphens between them",
    "title: a\nwords: [b]\n": "2: words: keys with values are expected here, not a list",
    "title: a\ncount: many\n": "2: count: a whole number is expected here, not many",
    "title: a\nyaer: b\n": "2: yaer: 'yaer' is not a key here (allowed: title, year, tags, words, count). "
    "Did you mean 'year'?",
    f"title: {'[' * 3000}\n": "1: brackets or lists are nested too deeply",
}


@pytest.mark.parametrize(("text", "said"), SAID.items(), ids=[said[:40] for said in SAID.values()])
def test_a_mistake_is_one_clear_problem(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "note.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read(path, Note)
    assert str(caught.value) == f"{path}:{said}"


def test_lists_are_read_as_tuples_and_texts_without_the_space_around_them(tmp_path: Path) -> None:
    path = tmp_path / "note.yaml"
    path.write_text("title: >\n  a\n  b\ntags: [c, d]\n", encoding="utf-8")
    assert read(path, Note) == Note(title="a b", tags=("c", "d"))


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "note.yaml"
    path.write_bytes("\ufefftitle: é\r\nyear: b\r\n".encode())
    assert read(path, Note) == Note(title="é", year="b")


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "note.yaml"
    path.write_bytes("title: a\nyear: é\n".encode("latin-1"))
    with pytest.raises(ContentError) as caught:
        read(path, Note)
    assert str(caught.value) == f"{path}:2: this is not UTF-8; save the file as UTF-8"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, Note)
    assert str(caught.value) == f"{tmp_path}:1: the file cannot be read: Is a directory"
