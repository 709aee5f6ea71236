"""Whether a letter's template is whole: written for every role, it says each element as letter.yaml has it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from guideline_content.letter import AuthorField, Element, Part
from guideline_content.letter_text import LetterForm, PartText, author_fields, block_name, environment, wording, write
from guideline_content.letter_words import count, found, paragraphs
from guideline_content.pathway import Pathway
from guideline_content.problems import Problem
from guideline_content.yaml_files import Document

LONGEST = 3000
"""Characters of a part, so that it can be edited in one field of a form."""

_SAMPLE = LetterForm(
    reasons="A sample of reasons.",
    continuing_care="A sample of care.",
    options="A sample of options.",
    start=date(2027, 3, 1),
    end=date(2027, 4, 1),
)


def problems(pathway: Pathway, path: Path, letter: Document) -> Iterator[Problem]:
    """What is wrong with the template (`path`) or with what letter.yaml says of it."""
    try:
        blocks = environment().from_string(pathway.template).blocks
    except TemplateSyntaxError as error:
        yield Problem(path, error.lineno, "", error.message or "this is not a template")
        return
    wrong = [*_blocks(pathway, path, letter, set(blocks)), *_places(pathway, path, letter)]
    yield from wrong
    if not wrong:
        yield from dict.fromkeys(_written(pathway, path, letter))


def _blocks(pathway: Pathway, path: Path, letter: Document, blocks: set[str]) -> Iterator[Problem]:
    parts = [block_name(part.id) for part in pathway.letter.parts]
    for index, name in enumerate(parts):
        if name not in blocks:
            yield letter.problem(("parts", index, "id"), f"the template has no block '{name}'")
    for name in sorted(blocks - set(parts)):
        yield Problem(path, _line(pathway, name), name, "no part of letter.yaml is named like this block")


def _places(pathway: Pathway, path: Path, letter: Document) -> Iterator[Problem]:
    known = {place.text for place in pathway.letter.places}
    for number, line in enumerate(pathway.template.splitlines(), start=1):
        for text in re.findall(r"\[[^\[\]]+\]", line):
            if text not in known:
                yield Problem(path, number, "", f"{text} is none of the places in letter.yaml")
    for index, place in enumerate(pathway.letter.places):
        if place.text not in pathway.template:
            yield letter.problem(("places", index, "text"), f"{place.text} is nowhere in the template")


def _written(pathway: Pathway, path: Path, letter: Document) -> Iterator[Problem]:
    """The letter as it is for each role, with the reasons stated and withheld."""
    withheld = _SAMPLE.model_copy(update={"reasons": None, "rationale": "A sample of a rationale."})
    for role in pathway.guideline.roles:
        for form in (_SAMPLE, withheld):
            try:
                parts = {part.id: part for part in write(pathway, form, role.id)}
            except (TemplateError, TypeError, ValueError, AttributeError) as error:
                yield Problem(path, 1, "", f"the letter cannot be written for the role '{role.id}': {error}")
                continue
            yield from _parts(pathway, path, parts)
            yield from _elements(pathway, letter, form, role.id, parts)


def _parts(pathway: Pathway, path: Path, parts: dict[str, PartText]) -> Iterator[Problem]:
    for part in pathway.letter.parts:
        if part.id in parts and (message := _wrong(part, parts[part.id].text)):
            name = block_name(part.id)
            yield Problem(path, _line(pathway, name), name, message)


def _wrong(part: Part, text: str) -> str | None:
    if part.field is AuthorField.RATIONALE:
        return "the rationale for withholding the reasons stays in the case record"
    if part.field and text != getattr(_SAMPLE, part.field.value):
        return f"the block holds the author's words alone: {{{{ {part.field.value} }}}}"
    if not part.field and any(words in text for words in author_fields(_SAMPLE).values()):
        return "the author's words have a part of their own, with a `field`"
    if len(text) > LONGEST:
        return f"the part has {len(text)} characters; {LONGEST} can be edited"
    return None if text else "the block is empty"


def _elements(
    pathway: Pathway, letter: Document, form: LetterForm, role: str, parts: dict[str, PartText]
) -> Iterator[Problem]:
    whole = "\n\n".join(part.text for part in parts.values())
    for element in pathway.elements(role, form.states):
        index = pathway.letter.elements.index(element)
        for key, message in _unsaid(element, form, parts, whole):
            yield letter.problem(("elements", index, key), message)


def _unsaid(element: Element, form: LetterForm, parts: dict[str, PartText], whole: str) -> Iterator[tuple[str, str]]:
    for words in element.never:
        if count(words, whole):
            yield "never", f"the template itself says '{words}'"
    if element.part is None:
        return
    text = parts[element.part].text
    if len(paragraphs(text)) != 1:
        yield "part", f"the block '{block_name(element.part)}' has to be one paragraph to be recognised"
    for group in element.words:
        try:
            wordings = [wording(words, form) for words in group]
        except (TemplateError, TypeError, ValueError, AttributeError) as error:
            yield "words", f"'{group[0]}' cannot be written: {error}"
            continue
        if not found(wordings, text):
            yield "words", f"the template does not have '{group[0]}' in its part '{element.part}'"


def _line(pathway: Pathway, block: str) -> int:
    lines = pathway.template.splitlines()
    return next((number for number, line in enumerate(lines, 1) if re.search(rf"block\s+{block}\b", line)), 1)
