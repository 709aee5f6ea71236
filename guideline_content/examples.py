"""Questions as people asked them, each under the entry or topic that answers it best."""

from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import Field

from guideline_content import yaml_files
from guideline_content.models import Frozen, Identifier, Text
from guideline_content.problems import ContentError, Problem, did_you_mean
from guideline_content.text import content_words
from guideline_content.wordings import Line, lines_of, templates
from guideline_content.yaml_files import Document

EXAMPLES = "examples.yaml"


class ExamplesFile(Frozen):
    """Questions, one a line, by the id of the entry or topic they ask for."""

    examples: dict[Identifier, Text] = Field(default_factory=dict)


def load_examples(folder: Path) -> dict[str, tuple[str, ...]]:
    """The questions in a guideline's folder by entry or topic; none where there is no file. Raises ContentError."""
    path = folder / EXAMPLES
    examples = yaml_files.read(path, ExamplesFile).examples if path.exists() else {}
    return {owner: tuple(question for _, question in templates(text)) for owner, text in examples.items()}


def problems(folder: Path, owners: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the examples: a file that cannot be read, an unknown owner, a question that has two."""
    if not (folder / EXAMPLES).exists():
        return
    try:
        examples = yaml_files.read(folder / EXAMPLES, ExamplesFile).examples
    except ContentError as error:
        yield from error.problems
        return
    document = Document.open(folder / EXAMPLES)
    for owner in examples.keys() - set(owners):
        message = f"there is no entry or topic '{owner}'{did_you_mean(owner, owners)}"
        yield document.problem(("examples", owner), message)
    lines = [line for owner in examples for line in lines_of(document, ("examples", owner), owner)]
    yield from _asked_twice(lines)


def _asked_twice(lines: list[Line]) -> Iterator[Problem]:
    asked: dict[tuple[str, ...], Line] = {}
    for line in lines:
        first = asked.setdefault(tuple(content_words(line.template)), line)
        if first is not line:
            where = f"{first.owner} (line {first.number})"
            yield line.problem(f"'{line.template}' is an example of {where} already; keep one of the two")
