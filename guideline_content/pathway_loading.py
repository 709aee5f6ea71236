"""Loads what cases are worked by: checklists.yaml, letter.yaml and the letter's template, beside a guideline."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guideline_content import letter_checks
from guideline_content.checklists import Checklists, Means
from guideline_content.letter import LetterContent
from guideline_content.models import Guideline
from guideline_content.pathway import Pathway
from guideline_content.problems import ContentError, Problem, did_you_mean
from guideline_content.yaml_files import Document, KeyPath

CHECKLISTS, LETTER = "checklists.yaml", "letter.yaml"


def has_pathway(folder: Path) -> bool:
    """Whether cases can be worked by this guideline; one may only answer questions."""
    return (folder / CHECKLISTS).exists() or (folder / LETTER).exists()


def load_pathway(folder: Path, guideline: Guideline) -> Pathway:
    """The guideline with what a case is worked by. Raises `ContentError` with everything that is wrong."""
    checklists, letter = _read(folder, CHECKLISTS, Checklists), _read(folder, LETTER, LetterContent)
    references = [*_of_checklists(checklists, guideline), *_of_letter(letter, guideline)]
    if references:
        raise ContentError(references)
    template = folder / letter.parse(LetterContent).template
    pathway = Pathway(
        guideline=guideline,
        checklists=checklists.parse(Checklists),
        letter=letter.parse(LetterContent),
        template=_template(template, letter),
    )
    if wrong := tuple(letter_checks.problems(pathway, template, letter)):
        raise ContentError(wrong)
    return pathway


def _read(folder: Path, name: str, model: type[Checklists] | type[LetterContent]) -> Document:
    document = Document.open(folder / name)
    if wrong := document.problems(model):
        raise ContentError(wrong)
    return document


def _template(path: Path, letter: Document) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ContentError(
            [letter.problem(("template",), f"there is no template that can be read at {path}")]
        ) from None


def _of_checklists(document: Document, guideline: Guideline) -> Iterator[Problem]:
    content = document.parse(Checklists)
    kinds = {kind.id for kind in content.consultation_kinds}
    questions = {step.id: step for step in content.steps.values() if step.met_by is Means.ANSWER}
    for at, branch, step in _branches(content):
        if branch.step not in questions:
            yield document.problem((*at, "step"), _unknown("step that is `met_by: answer`", branch.step, questions))
            continue
        answers = {choice.id for choice in questions[branch.step].answers}
        if step == branch.step or branch.answer not in answers:
            yield document.problem((*at, "answer"), _unknown("such answer", branch.answer, answers))
    yield from _references(document, "clauses", "clause", {clause.id for clause in guideline.clauses})
    yield from _references(document, "kinds", "kind of consultation", kinds)
    for at, name in _named(document.value, ("preconditions",), "steps"):
        if name not in content.steps:
            yield document.problem(at, _unknown("step", name, content.steps))
    yield from _twice(document, [("consultation_kinds",), ("consultation_ways",), ("checklists",), ("preconditions",)])
    yield from _twice(document, [("checklists", index, "steps") for index in range(len(content.checklists))], "steps")


def _branches(content: Checklists) -> Iterator[tuple[KeyPath, Any, str]]:
    for index, checklist in enumerate(content.checklists):
        for number, step in enumerate(checklist.steps):
            if step.branch:
                yield ("checklists", index, "steps", number, "branch"), step.branch, step.id


def _of_letter(document: Document, guideline: Guideline) -> Iterator[Problem]:
    content = document.parse(LetterContent)
    yield from _references(document, "clauses", "clause", {clause.id for clause in guideline.clauses})
    yield from _twice(document, [("places",), ("parts",), ("elements",)])
    own = {part.field for part in content.parts if part.field}
    sentences = {part.id for part in content.parts if not part.field}
    for index, element in enumerate(content.elements):
        if element.part and element.part not in sentences:
            message = _unknown("part with sentences of the template", element.part, sentences)
            yield document.problem(("elements", index, "part"), message)
        if element.field and element.field not in own:
            yield document.problem(("elements", index, "field"), f"no part holds '{element.field.value}'")


def _references(document: Document, key: str, what: str, known: set[str]) -> Iterator[Problem]:
    """Every list under a key of this name, wherever it is."""
    for at, name in _named(document.value, (), key):
        if name not in known:
            yield document.problem(at, _unknown(what, name, known))


def _named(value: Any, at: KeyPath, key: str) -> Iterator[tuple[KeyPath, str]]:
    for part in at:
        value = value[part]
    yield from _walk(value, at, key)


def _walk(value: Any, at: KeyPath, key: str) -> Iterator[tuple[KeyPath, str]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        if name == key and isinstance(inner, list) and all(isinstance(one, str) for one in inner):
            yield from (((*at, name, index), one) for index, one in enumerate(inner))
        else:
            yield from _walk(inner, (*at, name), key)


def _unknown(what: str, name: str, known: Any) -> str:
    listed = f" (allowed: {', '.join(sorted(known))})" if len(known) <= 20 else ""
    return f"there is no {what} '{name}'{listed}{did_you_mean(name, known)}"


def _twice(document: Document, lists: list[KeyPath], space: str | None = None) -> Iterator[Problem]:
    """Ids that stand for two things: in each list, or in all of them together where they share a space."""
    first: dict[tuple[object, str], int] = {}
    for path in lists:
        value: Any = document.value
        for part in path:
            value = value[part]
        for index, item in enumerate(value):
            at = (*path, index, "id")
            line = first.setdefault((space or path, item["id"]), document.lines[at])
            if line != document.lines[at]:
                yield document.problem(at, f"'{item['id']}' is used already, on line {line}")
